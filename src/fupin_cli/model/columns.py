"""How a table declares its fields: once, in a pydantic model, with everything that anyone needs to know of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter

from fupin_cli.model import values
from fupin_cli.model.values import Form, ValueType

Text = Annotated[str | None, BeforeValidator(values.TEXT)]
Key = Annotated[str | None, BeforeValidator(values.KEY)]
IdNumber = Annotated[str | None, BeforeValidator(values.ID_NUMBER)]
Phone = Annotated[str | None, BeforeValidator(values.PHONE)]
YesNo = Annotated[bool | None, BeforeValidator(values.YES_NO)]
Number = Annotated[Decimal | None, BeforeValidator(values.NUMBER)]
Percent = Annotated[Decimal | None, BeforeValidator(values.PERCENT)]
Count = Annotated[int | None, BeforeValidator(values.COUNT)]
Year = Annotated[int | None, BeforeValidator(values.YEAR)]
Day = Annotated[date | None, BeforeValidator(values.DATE)]
Items = Annotated[str | None, BeforeValidator(values.ITEMS)]
Month = Annotated[str | None, BeforeValidator(values.MONTH)]
MonthOfYear = Annotated[int | None, BeforeValidator(values.MONTH_OF_YEAR)]
Benefit = Annotated[bool | None, BeforeValidator(values.BENEFIT)]
DangerousHouse = Annotated[bool | None, BeforeValidator(values.DANGEROUS_HOUSE)]
SafeHouse = Annotated[bool | None, BeforeValidator(values.SAFE_HOUSE)]
Presence = Annotated[bool | None, BeforeValidator(values.PRESENCE)]


class Record(BaseModel):
    """A row of a table. Every field may be missing: what a sheet does not say is unknown."""

    #: The table's name in rules.
    TABLE: ClassVar[str]
    #: The names its sheet goes by, the Chinese one first.
    SHEETS: ClassVar[tuple[str, ...]]
    #: The fields that together say which subject a row is about. Beside them stands the year, where the table has one.
    KEY: ClassVar[tuple[str, ...]]
    #: Whether several rows of a year may have the same key: two payments of one measure are no mistake, two rows of one
    #: household are.
    REPEATS: ClassVar[bool] = False
    #: Fields that a sheet may leave out altogether: that is as if every cell of theirs were blank.
    SPARED: ClassVar[frozenset[str]] = frozenset()
    #: The field by which people call the subject; empty where it has no other name than its key.
    NAME: ClassVar[str] = ""
    #: Number fields of which the first is a part of the second by the meaning of the words, so never more than it.
    PARTS: ClassVar[tuple[tuple[str, str], ...]] = ()

    # Sheets are read by column, through the adapters below, so a whole record's validator is built only when somebody asks.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


@dataclass(frozen=True)
class Column:
    """One field of a table as its model declares it."""

    name: str
    #: The Chinese label: the template's header and the word that reports use.
    label: str
    #: Further header spellings, as registers write them.
    aliases: tuple[str, ...]
    form: Form
    #: Id of the unit in the catalogue (``yuan-household-year`` ...), empty where a value has none.
    unit: str
    #: The sensible bounds of a number; what lies outside them is not believed.
    smallest: int | None
    largest: int | None
    #: ID numbers and phones: masked wherever they are shown.
    sensitive: bool
    #: The annotated type with its bounds, as the model declares it.
    annotation: Any

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """Reads one cell: the pydantic adapter of the type, made when the first cell of the field is read."""
        return TypeAdapter(self.annotation)

    @property
    def type(self) -> ValueType:
        """The field's type in the rule language."""
        return self.form.type

    def title(self, lang: str) -> str:
        """The field's name for a reader: its label, or its identifier with spaces in English."""
        return self.label if lang == "zh" else self.name.replace("_", " ").replace(".", " ")


def column(
    label: str,
    *aliases: str,
    unit: str = "",
    smallest: int | None = None,
    largest: int | None = None,
    sensitive: bool = False,
) -> Any:
    """Declare a field of a table: its label, its other header spellings, its unit and its sensible bounds."""
    extra: dict[str, Any] = {
        "aliases": list(aliases),
        "unit": unit,
        "sensitive": sensitive,
        "smallest": smallest,
        "largest": largest,
    }
    return Field(default=None, title=label, ge=smallest, le=largest, json_schema_extra=extra)


@cache
def columns(table: type[Record]) -> Mapping[str, Column]:
    """The fields of a table by name, in the order of their declaration."""
    return {name: _declared(table, name) for name in table.model_fields}


def _declared(table: type[Record], name: str) -> Column:
    info = table.model_fields[name]
    forms = [m.func for m in info.metadata if isinstance(m, BeforeValidator) and isinstance(m.func, Form)]
    extra = info.json_schema_extra
    if len(forms) != 1 or not isinstance(extra, dict) or info.title is None:
        raise TypeError(f"{table.__name__}.{name} must be declared with a form and column()")
    aliases = extra["aliases"]
    return Column(
        name=name,
        label=info.title,
        aliases=tuple(str(alias) for alias in aliases) if isinstance(aliases, Sequence) else (),
        form=forms[0],
        unit=str(extra["unit"]),
        smallest=_bound(extra["smallest"]),
        largest=_bound(extra["largest"]),
        sensitive=bool(extra["sensitive"]),
        annotation=Annotated[info.annotation, *info.metadata],
    )


def _bound(value: object) -> int | None:
    return value if isinstance(value, int) else None
