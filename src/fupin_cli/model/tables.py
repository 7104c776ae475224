"""Which tables there are, and what a loaded one looks like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa

from fupin_cli.model.archive import Archive
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
from fupin_cli.model.township import Township
from fupin_cli.model.values import Form
from fupin_cli.model.village import Village

#: Every table that fupin knows, by name, those of people first.
TABLES: Mapping[str, type[Record]] = {
    table.TABLE: table
    for table in (
        Household, Person, Village, County, Procedure, Support, Township, Team, Survey, Service, Archive, Fund, Reconcile,
    )
}  # fmt: skip

#: Columns that every loaded table carries beside its fields: which sheet (index into ``Table.sheets``) and which row in it.
SHEET, ROW = "_sheet", "_row"

#: Money and other decimals: no float touches a threshold.
DECIMAL = pa.decimal128(18, 6)
_ARROW = {"year": pa.int64(), "count": pa.int64(), "number": DECIMAL, "yes-no": pa.bool_(), "date": pa.date32()}


def fields(table: str) -> Mapping[str, Column]:
    """The declared fields of a table by name."""
    return columns(TABLES[table])


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

    def has(self, name: str) -> bool:
        """Whether any sheet has the field."""
        return name in self.data.column_names

    # A report names some ten cells of each record: to ask Arrow for single numbers took most of the time of a large one.
    @cached_property
    def _sheet_numbers(self) -> list[int]:
        return list(self.data.column(SHEET).to_pylist())

    @cached_property
    def _row_numbers(self) -> list[int]:
        return list(self.data.column(ROW).to_pylist())

    def address(self, index: int, name: str | None = None) -> Address:
        """Where a record, or one of its fields, stands. A field its sheet does not have is addressed by the row alone."""
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


def _either(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value
