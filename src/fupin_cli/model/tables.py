"""Which tables there are, and what a loaded one looks like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

import pyarrow as pa

from fupin_cli.model.archive import Archive
from fupin_cli.model.between import ABOUT, BETWEEN, PREVIOUS
from fupin_cli.model.columns import Column, Record, columns
from fupin_cli.model.county import County
from fupin_cli.model.fund import Fund
from fupin_cli.model.household import Household
from fupin_cli.model.nearest import nearest
from fupin_cli.model.person import Person
from fupin_cli.model.problem import Address
from fupin_cli.model.procedure import Procedure
from fupin_cli.model.reconcile import Reconcile
from fupin_cli.model.service import Service
from fupin_cli.model.support import Support
from fupin_cli.model.survey import Survey
from fupin_cli.model.team import Team
from fupin_cli.model.totals import Totals
from fupin_cli.model.township import Township
from fupin_cli.model.values import Form
from fupin_cli.model.village import Village

#: Every table that fupin knows, by name, those of people first.
TABLES: Mapping[str, type[Record]] = {
    table.TABLE: table
    for table in (
        Household, Person, Village, County, Procedure, Support, Township, Team, Survey, Service, Archive, Fund, Reconcile,
        Totals,
    )
}  # fmt: skip

#: Columns that every loaded table carries beside its fields: which sheet (index into ``Table.sheets``) and which row in it.
SHEET, ROW = "_sheet", "_row"

#: Money and other decimals: no float touches a threshold.
DECIMAL = pa.decimal128(18, 6)
_ARROW = {"year": pa.int64(), "count": pa.int64(), "number": DECIMAL, "yes-no": pa.bool_(), "date": pa.date32()}


def fields(table: str) -> Mapping[str, Column]:
    """The declared fields of a table by name.

    Looked up by name there are, beside them, those that comparing the years works out, and last year's (``previous.`` before a
    name). No sheet has these, so they are not listed with the others.
    """
    return _declared(table)


class _Fields(dict[str, Column]):
    """The declared fields, which give those of rules about rosters, too, where somebody asks for one by its name."""

    def __init__(self, table: str) -> None:
        super().__init__(columns(TABLES[table]))
        between = BETWEEN.get(table)
        self._between = columns(between) if between is not None else {}

    def __missing__(self, name: str) -> Column:
        if name in self._between:
            return self._between[name]
        if self._between and name.startswith(PREVIOUS):
            return _of_last_year(self[name.removeprefix(PREVIOUS)])
        raise KeyError(name)


@cache
def _declared(table: str) -> Mapping[str, Column]:
    return _Fields(table)


def _of_last_year(column: Column) -> Column:
    """A field as the row of the year before has it."""
    return replace(column, name=PREVIOUS + column.name, label="上年" + column.label, aliases=())


def named(name: str, subject: str) -> Column | None:
    """The field that a name means beside a subject: its own, also as last year has it, or ``table.field`` of another row."""
    table, point, inner = name.partition(".")
    # A field may be called as a table is: the county of a household.
    elsewhere = bool(point) and table in TABLES
    try:
        return fields(table)[inner] if elsewhere else fields(subject)[name]
    except KeyError:
        return None


def is_field(name: str, table: str) -> bool:
    """Whether a table has a field of this name: declared, worked out by comparing the years, or last year's."""
    return name in fields(table) or (bool(worked_out(table)) and named(name, table) is not None)


def is_between(name: str, table: str) -> bool:
    """Whether it is a field that no sheet of this table has: comparing the years gives it."""
    return name not in fields(table) and is_field(name, table)


def worked_out(table: str) -> Mapping[str, Column]:
    """The fields of a table that no sheet has: what comparing the years gives; empty for tables of no roster."""
    between = BETWEEN.get(table)
    return columns(between) if between is not None else {}


def nearest_field(name: str, declared: Mapping[str, Column]) -> str:
    """The field whose name, label or other spelling is most like ``name``; empty when none is like it at all."""
    spellings = {spelt: column.name for column in declared.values() for spelt in (column.label, *column.aliases)}
    return nearest(name, declared) or spellings.get(nearest(name, spellings), "")


def arrow_type(form: Form) -> pa.DataType:
    """How a field's values lie in memory."""
    return _ARROW.get(form.name, pa.string())


@dataclass(frozen=True)
class SheetRef:
    """A sheet that gave rows to a table, and where each field stands in it."""

    #: Index of the file among the inputs.
    input: int
    #: The sheet's name; empty for csv.
    name: str
    #: Field → column letter. A field that is not here was not in the sheet at all.
    letters: Mapping[str, str]


@dataclass(frozen=True)
class Elsewhere:
    """Where the values of a field stand that are not in their record's own row, column or sheet; null where they are."""

    rows: pa.Int32Array
    letters: pa.StringArray
    #: Indexes into ``Table.sheets``.
    sheets: pa.Int32Array

    def take(self, records: pa.Array) -> "Elsewhere":
        """The places of these records only."""
        return Elsewhere(self.rows.take(records), self.letters.take(records), self.sheets.take(records))


@dataclass(frozen=True)
class Table:
    """A loaded table: typed columns, one row per record, each row with its address."""

    name: str
    #: Declared fields that some sheet has, plus ``_sheet`` (int32) and ``_row`` (int32). Row order is the files' order.
    data: pa.Table
    sheets: Sequence[SheetRef]
    #: Field → bool array: True where something stands in the cell but could not be read, or sources disagree. The value is
    #: then null, yet it is not blank: nothing may be filled in for it.
    unreadable: Mapping[str, pa.BooleanArray] = field(default_factory=dict)
    #: Field → record index → where else the sheet says something different (repeated values of an export). Such a value is
    #: among the unreadable ones, too.
    disputed: Mapping[str, Mapping[int, Address]] = field(default_factory=dict)
    #: How many of the sheets' rows have no subject and are not in ``data``.
    quarantined: int = 0
    #: Rows may be missing although none is known to: a sheet lists the head of each household and not how many it has.
    partial: bool = False
    #: Fields with values from another row (exports with a row per member), column (two columns for one field) or sheet
    #: (workbooks given together) than the record's own.
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
    #: What the sheet says in fields that were made unknown because another source disagrees: for rules about the data itself.
    as_given: Mapping[str, pa.Array] = field(default_factory=dict)
    #: The row of each record in the year before, in this table; null where there is none, or none is known. None unless the
    #: years were compared.
    previous: pa.Int64Array | None = None
    #: What comparing the years works out of each record (``model.between``).
    between: Mapping[str, pa.Array] = field(default_factory=dict)
    #: The years of the rows that are quarantined; None where they may be of any.
    lost_in: frozenset[int] | None = None

    def has(self, name: str) -> bool:
        """Whether any sheet has the field."""
        return name in self._columns

    @cached_property
    def _columns(self) -> frozenset[str]:
        return frozenset(self.data.column_names)

    # A report names some ten cells of each record: to ask Arrow for single numbers took most of the time of a large one.
    @cached_property
    def _sheet_numbers(self) -> list[int]:
        return list(self.data.column(SHEET).to_pylist())

    @cached_property
    def _row_numbers(self) -> list[int]:
        return list(self.data.column(ROW).to_pylist())

    def address(self, index: int, name: str | None = None) -> Address:
        """Where a record, or one of its fields, stands. A field its sheet does not have is addressed by the row alone.

        Last year's field stands in last year's row; what comparing the years works out is told at the cell that it is about, else
        at the record's key.
        """
        if name is not None and name.startswith(PREVIOUS) and self.previous is not None:
            before = self.previous[index].as_py()
            return self.address(index) if before is None else self.address(before, name.removeprefix(PREVIOUS))
        if name is not None and name in worked_out(self.name):
            about = (*ABOUT.get(name, ()), *_known_by(self.name))
            name = next((one for one in about if self.address(index, one).letter), None)
        number, row = self._sheet_numbers[index], self._row_numbers[index]
        if name is None:
            return Address(self.sheets[number].input, self.sheets[number].name, row, "A")
        letter = None
        if (other := self.elsewhere.get(name)) is not None:
            number = _either(other.sheets[index].as_py(), number)
            row = _either(other.rows[index].as_py(), row)
            letter = other.letters[index].as_py()
        sheet = self.sheets[number]
        return Address(sheet.input, sheet.name, row, sheet.letters.get(name, "") if letter is None else letter)


def _known_by(table: str) -> Sequence[str]:
    """The fields by which people find a record, the best one first."""
    return [name for name in (*TABLES[table].KEY, "id_number", TABLES[table].NAME) if name in fields(table)]


def _either(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value
