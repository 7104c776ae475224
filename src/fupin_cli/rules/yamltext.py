"""YAML read strictly: every scalar is text with its place, and nothing clever is allowed.

YAML's own reading turns ``no`` into False, ``010`` into 8 and lets the last of two equal keys win. A pack is law: what was
written is what counts, so scalars stay text, and duplicate keys, aliases and tags are refused with their line.
"""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from fupin_cli.errors import PackRefused

#: libyaml where PyYAML was built with it: the same events and places, ten times faster.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Data = str | list["Data"] | dict[str, "Data"]
Where = tuple[str | int, ...]

_MAX_BYTES, _MAX_DEPTH = 1_000_000, 12


@dataclass(frozen=True)
class Spot:
    """A place in a file, 1-based."""

    line: int
    column: int
    #: For a scalar over several lines: how far its lines are indented, so that a place inside it can be named.
    block: bool = False


@dataclass
class YamlText:
    """A YAML file as plain data, and where each part of it stands."""

    file: str
    data: Data
    #: Path of keys and indexes → place of the value.
    values: dict[Where, Spot] = field(default_factory=dict)
    #: Path → place of the key itself.
    keys: dict[Where, Spot] = field(default_factory=dict)

    def spot(self, where: Where, *, key: bool = False) -> Spot:
        """The place of a value (or its key); of the nearest enclosing part where the part itself is missing."""
        table = self.keys if key else self.values
        for length in range(len(where), -1, -1):
            if where[:length] in table:
                return table[where[:length]]
        return Spot(1, 1)

    def refuse(self, code: str, where: Where, *, key: bool = False, offset: int = 0, **facts: object) -> PackRefused:
        """An error at a place of this file; ``offset`` counts characters into a scalar."""
        spot = self.spot(where, key=key)
        line, column = spot.line, spot.column + offset
        if spot.block:
            text = self.data
            for part in where:
                text = text[part]  # type: ignore[index]  # the path was walked when the file was read
            before = str(text)[:offset]
            line, column = line + before.count("\n"), spot.column + len(before) - (before.rfind("\n") + 1)
        return PackRefused(code, file=self.file, line=line, column=column, **facts)


def read_yaml(path: Path, shown: str) -> YamlText:
    """Read one file. ``shown`` is the name that errors use.

    Raises:
        PackRefused: too large or deep, not UTF-8, not YAML, a duplicate key, an alias, a tag.
    """
    try:
        raw = path.read_bytes()
    except OSError:
        raise PackRefused("pack-file-unreadable", file=shown, line=1, column=1) from None
    if len(raw) > _MAX_BYTES:
        raise PackRefused("pack-file-too-large", file=shown, line=1, column=1)
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        _refuse_cleverness(text, shown)
        root = yaml.compose(text, Loader=_LOADER)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise PackRefused("pack-not-utf8", file=shown, line=line, column=1) from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        raise PackRefused("pack-not-yaml", file=shown, line=line, column=column) from None
    document = YamlText(shown, "")
    if root is not None:
        document.data = _walk(document, root, (), text.split("\n"))
    return document


def _refuse_cleverness(text: str, shown: str) -> None:
    """Aliases and tags are refused on the event stream, before anything is built from them."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        place = {"file": shown, "line": line, "column": column}
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise PackRefused("pack-yaml-alias", **place)
        if getattr(event, "tag", None):
            raise PackRefused("pack-yaml-tag", **place)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MAX_DEPTH:
                raise PackRefused("pack-yaml-deep", **place)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _walk(document: YamlText, node: yaml.Node, where: Where, lines: list[str]) -> Data:
    mark = node.start_mark
    if isinstance(node, yaml.ScalarNode):
        if node.style in ("|", ">"):
            first = mark.line + 1
            indent = len(lines[first]) - len(lines[first].lstrip(" ")) if first < len(lines) else 0
            document.values[where] = Spot(first + 1, indent + 1, block=True)
        else:
            document.values[where] = Spot(mark.line + 1, mark.column + 1 + (1 if node.style else 0))
        return str(node.value)
    document.values[where] = Spot(mark.line + 1, mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_walk(document, item, (*where, index), lines) for index, item in enumerate(node.value)]
    result: dict[str, Data] = {}
    for key_node, value_node in node.value:
        place = Spot(key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, yaml.ScalarNode):
            raise PackRefused("pack-yaml-key", file=document.file, line=place.line, column=place.column)
        key = str(key_node.value)
        if key in result:
            raise PackRefused("pack-yaml-duplicate", file=document.file, line=place.line, column=place.column, key=key)
        document.keys[(*where, key)] = place
        result[key] = _walk(document, value_node, (*where, key), lines)
    return result
