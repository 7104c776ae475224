"""A sheet's records as typed columns: what one sheet gives to one table."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.load.tables.columnnames import Matched
from fupin_cli.load.tables.convert import Unread, convert
from fupin_cli.load.tables.headers import Header
from fupin_cli.model.cells import GridColumn, Sheet
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.tables import ROW, SHEET, Elsewhere, SheetRef, arrow_type, fields

#: Columns that are converted beside each other.
_AT_ONCE = 2


@dataclass
class Part:
    """Records of one sheet for one table, before they meet those of other sheets."""

    table: str
    sheet: SheetRef
    #: Field → values, all of one length.
    values: dict[str, pa.Array]
    #: The sheet's row number of each record.
    rows: pa.Int32Array
    #: Field → mask of cells that hold something unreadable.
    unread: dict[str, pa.BooleanArray] = field(default_factory=dict)
    #: Field → where its values stand that are not in their record's own row, column or sheet.
    elsewhere: dict[str, Elsewhere] = field(default_factory=dict)
    #: Field → {record: address} where another row of the same household says something different.
    disputed: dict[str, dict[int, Address]] = field(default_factory=dict)
    #: Field → what the sheet says, where that was made unknown because another source disagrees.
    as_given: dict[str, pa.Array] = field(default_factory=dict)
    #: Made from member rows that repeat their household's fields.
    derived: bool = False
    #: A list of heads that gives no 家庭人口数: whether anybody else belongs to the household is not said.
    heads_only: bool = False
    #: Sheets that lent values to these records, by their index among the table's sheets.
    lenders: dict[int, SheetRef] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def address(self, record: int, name: str) -> Address:
        """Where a field of a record stands."""
        sheet, row, letter = self.sheet, self.rows[record].as_py(), ""
        if (other := self.elsewhere.get(name)) is not None:
            sheet = self.lenders.get(other.sheets[record].as_py(), sheet)
            row = other.rows[record].as_py() or row
            letter = other.letters[record].as_py() or ""
        return Address(sheet.input, sheet.name, row, letter or sheet.letters.get(name, ""))

    def take(self, records: pa.Int64Array) -> "Part":
        """The part with these records only."""
        places = {old: new for new, old in enumerate(records.to_pylist())} if self.disputed else {}
        return Part(
            self.table,
            self.sheet,
            {name: values.take(records) for name, values in self.values.items()},
            self.rows.take(records),
            {name: mask.take(records) for name, mask in self.unread.items()},
            {name: other.take(records) for name, other in self.elsewhere.items()},
            {n: {places[r]: cell for r, cell in rivals.items() if r in places} for n, rivals in self.disputed.items()},
            {name: given.take(records) for name, given in self.as_given.items()},
            self.derived,
            self.heads_only,
            self.lenders,
        )

    def arrow(self, sheet_index: int) -> pa.Table:
        """The values with their addresses."""
        index = pa.array([sheet_index], pa.int32()).take(pa.array([0] * len(self), pa.int32()))
        return pa.table({**self.values, SHEET: index, ROW: self.rows})


def read_part(sheet: Sheet, table: str, header: Header, records: pa.Int64Array, source: int) -> tuple[Part, list[Problem]]:
    """Convert the columns of a sheet's records that are fields of a table."""
    letters = {name: match.letter for name, match in header.matched.items()}
    part = Part(table, SheetRef(source, sheet.name, letters), {}, sheet.rows.take(records))
    problems: list[Problem] = []
    # Arrow works outside the interpreter's lock, so two columns at a time take little more than half the time.
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        done = list(pool.map(lambda match: _read(sheet, part, match, records), header.matched.values()))
    for name, (values, unread, told) in zip(header.matched, done, strict=True):
        part.values[name] = values
        problems += told
        if pc.any(unread).as_py():
            part.unread[name] = unread
    for name, others in header.further.items():
        for match in others:
            rival = Part(table, SheetRef(source, sheet.name, {name: match.letter}), {}, part.rows)
            rival.values[name], unread, told = _read(sheet, rival, match, records)
            problems += told
            if pc.any(unread).as_py():
                rival.unread[name] = unread
            problems += agree(part, rival, name)
    return part, problems


def _read(sheet: Sheet, part: Part, match: Matched, records: pa.Int64Array) -> tuple[pa.Array, pa.BooleanArray, list[Problem]]:
    """One column's values, which of its cells cannot be read, and why."""
    grid = _cells(sheet.columns[match.position], records)
    if match.odd_unit:
        return pa.nulls(len(part), arrow_type(match.column.form)), pc.is_valid(grid.text), []
    done = convert(grid, match.column, match.scale)
    name = match.column.name
    problems = [unread_problem(part, r, name, why, grid.text[r].as_py() or "") for r, why in done.unread.items()]
    if done.folded:
        where, facts = part.address(done.folded[0], name), {"count": str(len(done.folded))}
        problems.append(Problem("cells-folded", "info", where, part.table, name, facts=facts))
    return done.values, mask_of(done.unread, len(part)), problems


def _cells(column: GridColumn, records: pa.Int64Array) -> GridColumn:
    """The cells of the records, which stand in the sheet's order: where no row between them is left out, nothing is copied."""
    count = len(records)
    first = records[0].as_py() if count else 0
    if count and records[count - 1].as_py() - first + 1 == count:
        return GridColumn(column.text.slice(first, count), column.kind.slice(first, count))
    return column.take(records)


def agree(part: Part, rival: Part, name: str, *, sheet: int | None = None) -> list[Problem]:
    """Settle a field that two columns give: what one of them says counts where the other is blank or says the same.

    Where they disagree, or one of them cannot be read, nobody knows; a problem names both cells. The records of both are the
    same; ``sheet`` is the rival's index among the table's sheets where it is not the part's own.
    """
    count = len(part)
    nothing = pa.nulls(count, arrow_type(fields(part.table)[name].form))
    mine, theirs = part.values.get(name, nothing), rival.values[name]
    never = pa.array([False] * count, pa.bool_())
    own_bad, their_bad = part.unread.get(name, never), rival.unread.get(name, never)
    differ = pc.fill_null(pc.not_equal(mine, theirs), False)
    problems: list[Problem] = []
    for record in pc.indices_nonzero(differ).to_pylist():
        where, other = part.address(record, name), rival.address(record, name)
        problems.append(Problem("sources-disagree", "error", where, part.table, name, other=other))
        part.disputed.setdefault(name, {})[record] = other
    bad = pc.or_(pc.or_(own_bad, their_bad), differ)
    lent = pc.and_(pc.and_(pc.is_null(mine), pc.invert(own_bad)), pc.or_(pc.is_valid(theirs), their_bad))
    if name not in part.sheet.letters:
        # The field's column is the rival's, blank cells too, where no other sheet has given it one.
        before = part.elsewhere.get(name)
        placed = pc.is_valid(before.letters) if before is not None else never
        lent = pc.or_(lent, pc.and_(pc.is_valid(rival.rows), pc.invert(placed)))
    if sheet is not None:
        part.lenders[sheet] = rival.sheet
    if pc.any(lent).as_py():
        part.elsewhere[name] = _lent(part, rival, name, lent, sheet)
    part.values[name] = pc.if_else(bad, pa.scalar(None, nothing.type), pc.coalesce(mine, theirs))
    if pc.any(bad).as_py():
        part.unread[name] = bad
    return problems


def _lent(part: Part, rival: Part, name: str, lent: pa.BooleanArray, sheet: int | None) -> Elsewhere:
    """The places of values that come from the rival, beside those that a field of the part has elsewhere already."""
    count = len(part)
    before = part.elsewhere.get(name) or in_rows(pa.nulls(count, pa.int32()))
    after = rival.elsewhere.get(name) or in_rows(pa.nulls(count, pa.int32()))
    number = pa.scalar(sheet, pa.int32())
    return Elsewhere(
        pc.if_else(lent, pc.coalesce(after.rows, rival.rows), before.rows),
        pc.if_else(lent, pc.coalesce(after.letters, pa.scalar(rival.sheet.letters[name])), before.letters),
        pc.if_else(lent, pc.coalesce(after.sheets, number), before.sheets),
    )


def unread_problem(part: Part, record: int, name: str, unread: Unread, value: str) -> Problem:
    """The problem of a cell that could not be read."""
    sensitive = fields(part.table)[name].sensitive
    return Problem(unread.code, "error", part.address(record, name), part.table, name, value, sensitive, unread.facts)


def in_rows(rows: pa.Int32Array) -> Elsewhere:
    """Values that stand in other rows of their own sheet and column; null where it is the record's own row."""
    return Elsewhere(rows, pa.nulls(len(rows), pa.string()), pa.nulls(len(rows), pa.int32()))


def mask_of(records: Mapping[int, object] | Sequence[int], count: int) -> pa.BooleanArray:
    """A mask that is True at these records."""
    if not records:
        return pa.repeat(pa.scalar(False), count)
    mask = [False] * count
    for record in records:
        mask[record] = True
    return pa.array(mask, pa.bool_())
