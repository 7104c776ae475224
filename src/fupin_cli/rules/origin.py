"""Where a part of a pack is written."""

from dataclasses import dataclass

from fupin_cli.errors import PackRefused
from fupin_cli.rules.yamltext import Place, Where, YamlText


@dataclass(frozen=True)
class Origin:
    """The file and place that a part of a pack comes from."""

    text: YamlText
    where: Where

    def refuse(self, code: str, *more: str | int, key: bool = False, offset: int = 0, **facts: object) -> PackRefused:
        """An error at this place, or further inside it."""
        return self.text.refuse(code, (*self.where, *more), key=key, offset=offset, **facts)

    def place(self, *more: str | int, offset: int = 0) -> Place:
        """This place, or one further inside it."""
        return self.text.place((*self.where, *more), offset=offset)
