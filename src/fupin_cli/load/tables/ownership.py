"""Whose rows those are that name no county, and rows of a county that the 县 sheet does not have.

A workbook about one county seldom repeats the county's name in every sheet. Where the 县 sheet of a file has one county only,
rows of its other sheets that name none are this county's. ``load_tables`` asks it before subjects are counted, so that two rows
of one village are found out whether they name their county or not. A sheet that states no year is of the only one of the
counties; which rows belong to a subject is then settled with the verdict.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.load.tables.part import Part, in_rows, mask_of
from fupin_cli.load.tables.recognise import YEAR
from fupin_cli.load.tables.work import Work
from fupin_cli.model.nearest import nearest
from fupin_cli.model.problem import Address, Problem, Severity
from fupin_cli.model.tables import Elsewhere, arrow_type, fields

_COUNTY, _PROVINCE = "county", "province"
#: In the 程序 sheet the county is the subject of those rows that say so.
_STEPS, _SUBJECT, _KIND, _OF_COUNTY = "procedure", "subject_id", "subject_kind", "县"
#: A sheet that names more counties than this which are not in the 县 sheet has something else in that column.
_MOST_NAMED = 10


@dataclass(frozen=True)
class _Owner:
    """The one county of a file, and the cell that names it."""

    name: str
    #: Index of its sheet among those of the county table.
    part: int
    row: int


def of_one_county(work: Work) -> None:
    """Give rows that name no county to the only one of their file, and tell of rows that name one which is not there."""
    counties = work.parts.get(_COUNTY, ())
    listed = {name for part in counties if _COUNTY in part.values for name in part.values[_COUNTY].drop_null().to_pylist()}
    if not listed:
        return
    owners = _owners(counties)
    for table, parts in work.parts.items():
        name = _SUBJECT if table == _STEPS else _COUNTY
        if table == _COUNTY or name not in fields(table):
            continue
        for part in parts:
            owner = owners.get(part.sheet.input) or owners.get(None)
            work.problems += _settle(part, name, owner, listed, counties, len(parts))
            work.problems += _of_no_year(part, [one for one in counties if one.sheet.input == part.sheet.input] or counties)


def _owners(counties: Sequence[Part]) -> Mapping[int | None, _Owner]:
    """The one county of each file that has one, and under None that of all files together, for files without a 县 sheet."""
    inputs = {part.sheet.input for part in counties}
    found: dict[int | None, _Owner] = {}
    for source in inputs:
        owner = _only([(number, part) for number, part in enumerate(counties) if part.sheet.input == source])
        if owner is not None:
            found[source] = owner
    if (owner := _only(list(enumerate(counties)))) is not None:
        found[None] = owner
    return found


def _only(parts: Sequence[tuple[int, Part]]) -> _Owner | None:
    """The county that all rows of these sheets name; None where they name several, or one of them none."""
    if not all(_COUNTY in part.values and part.values[_COUNTY].null_count == 0 for _, part in parts):
        return None
    names = {name for _, part in parts for name in part.values[_COUNTY].to_pylist()}
    # Counties of one name in two provinces are two.
    provinces = {name for _, part in parts if _PROVINCE in part.values for name in part.values[_PROVINCE].drop_null().to_pylist()}
    if len(names) != 1 or len(provinces) > 1:
        return None
    number, first = next((number, part) for number, part in parts if len(part))
    return _Owner(names.pop(), number, first.rows[0].as_py())


def _settle(
    part: Part, name: str, owner: _Owner | None, listed: set[str], counties: Sequence[Part], count: int
) -> Iterator[Problem]:
    """One sheet's rows: those that name no county are filled in, if it can be only one, and the others are looked at."""
    named = part.values.get(name)
    if named is None:
        named = pa.nulls(len(part), arrow_type(fields(part.table)[name].form))
    silent = _silent(part, name, named)
    lost = pc.indices_nonzero(silent)
    strangers = _strangers(named, listed) if part.table != _STEPS else {}
    if owner is None or strangers:
        # A row without a county in a sheet that names another one may be that one's, too.
        if len(lost):
            yield _problem("rows-of-no-county", "warning", part, name, lost[0].as_py(), len(lost))
    elif len(lost):
        _fill(part, name, named, silent, owner, counties, count)
        yield _problem("rows-of-one-county", "info", part, name, lost[0].as_py(), len(lost), county=owner.name)
    if strangers:
        yield from _of_strangers(part, name, strangers, listed, named)


def _silent(part: Part, name: str, named: pa.Array) -> pa.BooleanArray:
    """The rows that say nothing of a county: their cell is blank, and not unreadable."""
    silent = pc.is_null(named)
    if name in part.unread:
        silent = pc.and_(silent, pc.invert(part.unread[name]))
    if part.table == _STEPS:
        kinds = part.values.get(_KIND)
        mine = pc.fill_null(pc.equal(kinds, _OF_COUNTY), False) if kinds is not None else mask_of([], len(part))
        silent = pc.and_(silent, mine)
    return silent


def _fill(
    part: Part, name: str, named: pa.Array, silent: pa.BooleanArray, owner: _Owner, counties: Sequence[Part], count: int
) -> None:
    """The county's name in the silent rows, with the cell of the 县 sheet that it comes from."""
    part.values[name] = pc.if_else(silent, pa.scalar(owner.name), named)
    before = part.elsewhere.get(name) or in_rows(pa.nulls(len(part), pa.int32()))
    sheet = counties[owner.part].sheet
    # Sheets of another table are counted on from those of the part's own.
    number = count + owner.part
    part.lenders[number] = sheet
    part.elsewhere[name] = Elsewhere(
        pc.if_else(silent, pa.scalar(owner.row, pa.int32()), before.rows),
        pc.if_else(silent, pa.scalar(sheet.letters[_COUNTY]), before.letters),
        pc.if_else(silent, pa.scalar(number, pa.int32()), before.sheets),
    )


def _strangers(named: pa.Array, listed: set[str]) -> Mapping[str, int]:
    """Counties that rows name and the 县 sheet does not have, with the number of such rows, in the order of the sheet."""
    counted = named.drop_null().value_counts()
    names, counts = counted.field("values").to_pylist(), counted.field("counts").to_pylist()
    return {name: rows for name, rows in zip(names, counts, strict=True) if name not in listed}


def _of_strangers(part: Part, name: str, strangers: Mapping[str, int], listed: set[str], named: pa.Array) -> Iterator[Problem]:
    """What is said of rows of other counties; where a sheet has no other rows, that nothing of it counts, too."""
    texts = named.to_pylist()
    if sum(strangers.values()) == len(part):
        yield _problem("sheet-of-other-counties", "warning", part, name, 0, len(part))
    for stranger in [*strangers][:_MOST_NAMED]:
        near = nearest(stranger, sorted(listed))
        code = "rows-of-another-county-near" if near else "rows-of-another-county"
        yield _problem(code, "warning", part, name, texts.index(stranger), strangers[stranger], county=stranger, nearest=near)
    if further := [*strangers][_MOST_NAMED:]:
        rows = sum(strangers[one] for one in further)
        count = str(len(further))
        yield _problem("rows-of-further-counties", "warning", part, name, texts.index(further[0]), rows, count=count)


def _of_no_year(part: Part, counties: Sequence[Part]) -> Iterator[Problem]:
    """A sheet that states no year, beside counties of several: nobody knows which is meant. Of one year it is that."""
    years = {year for one in counties if YEAR in one.values for year in one.values[YEAR].drop_null().to_pylist()}
    silent = YEAR not in part.values or part.values[YEAR].null_count == len(part)
    if silent and YEAR not in part.unread and len(years) > 1 and len(part):
        yield _problem("rows-of-no-year", "warning", part, YEAR, 0, len(part), years="、".join(map(str, sorted(years))))


def _problem(code: str, severity: Severity, part: Part, name: str, record: int, rows: int, **facts: str) -> Problem:
    """A problem at the first of some rows of a sheet."""
    where = Address(part.sheet.input, part.sheet.name, part.rows[record].as_py(), part.sheet.letters.get(name, ""))
    return Problem(code, severity, where, part.table, name, facts={"rows": str(rows), **facts})
