"""What a row is known by, whichever file it stands in: what is shown of it, and what tells it apart beside that."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.model.problem import Address
from fupin_cli.model.result import KEY_JOINT
from fupin_cli.model.tables import ROW, SHEET, TABLES, Table

#: Of these tables rows are known by more than their key says, or by less.
_KNOWN_BY = {"person": ("household_id", "person_id"), "totals": ("village", "document")}
#: So many hexadecimal digits are kept of a name: one in 4096 names has the same.
_DIGITS = 3


@dataclass(frozen=True)
class Subject:
    """Who a finding is about."""

    #: Its numbers as they stand in the sheet, joined; empty where it has none.
    key: str = ""
    #: A trace of its name, where the numbers do not tell it apart.
    trace: str = ""
    year: int | None = None
    #: Its row in the table.
    index: int = -1


def trace(text: str) -> str:
    """Enough of a text to tell two of them apart in most cases, too little to find out what it says."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS] if text else ""


def known_by(table: Table, indices: Sequence[int]) -> list[Subject]:
    """Who the records with these indexes are."""
    record = TABLES[table.name]
    parts = _KNOWN_BY.get(table.name, record.KEY)
    wanted = [name for name in dict.fromkeys((*parts, record.NAME, "year")) if table.has(name)]
    if not wanted:
        return [Subject(index=index) for index in indices]
    rows = table.data.select(wanted).take(pa.array(indices, pa.int64())).to_pylist()
    return [_subject(row, parts, record.NAME, index) for row, index in zip(rows, indices, strict=True)]


def _subject(row: Mapping[str, object], parts: Sequence[str], name: str, index: int) -> Subject:
    year = row.get("year")
    # The number of its own comes last; the household of a member stands before it.
    complete = all(row.get(part) for part in parts)
    return Subject(
        KEY_JOINT.join(str(row[part]) for part in parts if row.get(part)),
        "" if complete else trace(str(row.get(name) or "")),
        year if isinstance(year, int) else None,
        index,
    )


@dataclass(frozen=True)
class Places:
    """Which record stands where, for problems, which know their cell only."""

    table: Table

    def subjects(self, addresses: Iterable[Address]) -> dict[tuple[int, str, int], Subject]:
        """File, sheet and row → who stands there; of rows with several records the first."""
        rows = pa.array(sorted({address.row for address in addresses if address.row}), pa.int32())
        hits = pc.indices_nonzero(pc.is_in(self.table.data.column(ROW), value_set=rows))
        places = self.table.data.select([SHEET, ROW]).take(hits)
        found: dict[tuple[int, str, int], Subject] = {}
        for subject, place in zip(known_by(self.table, hits.to_pylist()), places.to_pylist(), strict=True):
            sheet = self.table.sheets[place[SHEET]]
            found.setdefault((sheet.input, sheet.name, place[ROW]), subject)
        return found

    @cached_property
    def years(self) -> Mapping[int, int]:
        """File → the year of its rows, of files of one year only."""
        if not self.table.has("year"):
            return {}
        pairs = self.table.data.select([SHEET, "year"]).group_by([SHEET, "year"]).aggregate([]).to_pylist()
        found: dict[int, set[int | None]] = {}
        for pair in pairs:
            found.setdefault(self.table.sheets[pair[SHEET]].input, set()).add(pair["year"])
        return {source: year for source, years in found.items() if len(years) == 1 for year in years if year is not None}
