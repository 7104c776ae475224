"""Files to tables: every sheet taken for what it is, every row accounted for."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from fupin_cli.errors import InputRefused
from fupin_cli.load.tables.derive import fill_from_id_numbers
from fupin_cli.load.tables.headers import Header, find_header, header_problems, header_text, read_header
from fupin_cli.load.tables.part import Part, read_part
from fupin_cli.load.tables.rows import sort_rows
from fupin_cli.load.tables.split import KEY, YEAR, split
from fupin_cli.load.tables.strays import drop_doubled_members, drop_doubles, drop_strangers
from fupin_cli.load.tables.work import Taken, Work, lose
from fupin_cli.model.cells import Sheet, SourceFile, column_letter
from fupin_cli.model.inputs import InputSummary, Loaded, RowCounts, SheetSummary
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.tables import SheetRef, Table

#: What a member sheet may repeat without being a household sheet, too.
_PLACES = {KEY, YEAR, "province", "city", "county", "township", "village", "villager_group"}
#: A sheet with one of these has a row per member, not per household.
_MEMBER_MARKS = ("relation", "person_id")


def load_tables(files: Sequence[SourceFile], chosen: Sequence[str] = ()) -> Loaded:
    """Tables from the cells of files. ``chosen`` are the names of the only sheets to take, none for all visible ones.

    A file that has no sheet that we know, or several for one table, is among the refused of the answer, and the others go on.

    Raises:
        InputRefused: every file was refused; the first refusal.
    """
    work = Work()
    accepted: list[SourceFile] = []
    refused: list[InputRefused] = []
    for file in files:
        try:
            work.add(_take_file(file, len(accepted), chosen))
        except InputRefused as error:
            refused.append(error)
        else:
            accepted.append(file)
    if not accepted:
        raise refused[0]
    if not work.parts["household"]:
        _households_of_members(work)
    drop_doubles(work)
    drop_strangers(work)
    drop_doubled_members(work)
    tables = {name: _table(parts, work) for name, parts in work.parts.items() if parts}
    order = {(source, sheet.name): place for source, file in enumerate(accepted) for place, sheet in enumerate(file.sheets)}
    problems = sorted(work.problems, key=lambda problem: _place(problem, order))
    return Loaded(tables, _summaries(accepted, work.taken), problems, refused)


def _place(problem: Problem, order: Mapping[tuple[int, str], int]) -> tuple[int, int, int, int, str]:
    """Problems in the order of the files, their sheets, rows and columns."""
    where = problem.where
    if where is None:
        return (-1, 0, 0, 0, "")
    return (where.input, order.get((where.input, where.sheet), -1), where.row, len(where.letter), where.letter)


def _take_file(file: SourceFile, source: int, chosen: Sequence[str]) -> Work:
    work = Work()
    for code in file.warnings:
        work.problems.append(Problem(code, "warning", Address(source, "", 0, ""), facts={"path": file.path}))
    found: dict[str, list[str]] = defaultdict(list)
    bare: list[InputRefused] = []
    empty = 0
    wanted = [(sheet, _recognise(sheet)) for sheet in _wanted(work, file, source, chosen)]
    has_households = any(plan is not None and plan[0] == "household" for _, plan in wanted)
    for sheet, plan in wanted:
        if plan is None:
            empty += len(sheet.rows) == 0
            _ignored(work, sheet, source, "sheet-unknown")
            continue
        kind, headers = plan
        if kind == "household+person" and has_households and set(headers["household"].matched) <= _PLACES:
            # A member sheet that repeats 行政村 or the like beside a household sheet of its own is no second household sheet.
            kind, headers = "person", {"person": headers["person"]}
            _ignored(work, sheet, source, "household-columns-unused")
        for table in kind.split("+"):
            found[table].append(sheet.name)
            if len(found[table]) > 1 and not chosen:
                raise InputRefused("sheets-ambiguous", path=file.path, sheets="、".join(found[table]))
        if not _take_sheet(work, file, sheet, source, kind, headers):
            main = headers.get("person") or headers["household"]
            bare.append(InputRefused("sheet-without-records", path=file.path, sheet=sheet.name, row=main.row))
    if bare and not work.taken:
        raise bare[0]
    if not found:
        code = "file-without-rows" if empty == len(file.sheets) else "file-without-known-columns"
        raise InputRefused(code, path=file.path)
    return work


def _wanted(work: Work, file: SourceFile, source: int, chosen: Sequence[str]) -> Iterator[Sheet]:
    """The sheets to look at: the chosen ones, or all that are not hidden."""
    for sheet in file.sheets:
        if sheet.hidden and not chosen:
            _ignored(work, sheet, source, "sheet-hidden")
        elif not chosen or sheet.name in chosen:
            yield sheet


def _ignored(work: Work, sheet: Sheet, source: int, code: str) -> None:
    if len(sheet.rows):
        facts = {"sheet": sheet.name, "rows": str(len(sheet.rows))}
        work.problems.append(Problem(code, "info", Address(source, sheet.name, sheet.rows[0].as_py(), ""), facts=facts))


def _recognise(sheet: Sheet) -> tuple[str, Mapping[str, Header]] | None:
    """What a sheet is, by its header: households, members, or members with their household's fields repeated."""
    if len(sheet.rows) == 0:
        return None
    person, household = find_header(sheet, "person"), find_header(sheet, "household")
    if person is not None and any(mark in person.matched for mark in _MEMBER_MARKS):
        if KEY not in person.matched:
            # A row per member and nothing that says of which household: to take each for a household would be wrong.
            return None
        own = {match.position for name, match in person.matched.items() if name not in (KEY, YEAR)}
        repeated = read_header(sheet, person.index, "household", own)
        if set(repeated.matched) - {KEY, YEAR}:
            return "household+person", {"person": person, "household": repeated}
        return "person", {"person": person}
    if household is not None:
        return "household", {"household": household}
    return None


def _take_sheet(work: Work, file: SourceFile, sheet: Sheet, source: int, kind: str, headers: Mapping[str, Header]) -> bool:
    """Take a sheet's records into the work; False for a sheet that has none under its header."""
    main = headers.get("person", headers.get("household"))
    if main is None:
        raise AssertionError(kind)
    _refuse_doubled(file, sheet, headers)
    _refuse_two_rows(file, sheet, main, list(headers))
    rows = sort_rows(sheet, main)
    if len(rows.records) == 0:
        _ignored(work, sheet, source, "sheet-bare")
        return False
    known = {match.position for header in headers.values() for match in header.matched.values()}
    work.problems += header_problems(sheet, main, known, list(headers), source)
    for index, reason in sorted(rows.skipped.items()):
        where = Address(source, sheet.name, sheet.rows[index].as_py(), "")
        work.problems.append(Problem(f"row-skipped-{reason}", "info", where))
    taken = Taken(sheet, source, main, kind, len(rows.skipped), len(rows.records))
    work.taken.append(taken)
    parts = {}
    for table, header in headers.items():
        parts[table], problems = read_part(sheet, table, header.matched, rows.records, source)
        # An export's key columns are read for both tables; their problems are told once.
        told = {(p.code, p.where) for p in work.problems}
        work.problems += [problem for problem in problems if (problem.code, problem.where) not in told]
    if "person" in parts:
        work.problems += fill_from_id_numbers(parts["person"])
    if kind == "household+person":
        before = set(parts["person"].rows.to_pylist())
        parts["household"], parts["person"], problems = split(parts["person"], parts["household"])
        work.problems += problems
        taken.lost |= before - set(parts["person"].rows.to_pylist())
    for table, part in parts.items():
        work.parts[table].append(part)
    return True


def _refuse_doubled(file: SourceFile, sheet: Sheet, headers: Mapping[str, Header]) -> None:
    """Two columns of one name: nobody can tell which of them counts."""
    for header in headers.values():
        for name, positions in header.doubled.items():
            letters = "、".join(column_letter(position) for position in positions)
            label = header.matched[name].column.label
            raise InputRefused("header-doubled", path=file.path, sheet=sheet.name, row=header.row, label=label, letters=letters)


def _refuse_two_rows(file: SourceFile, sheet: Sheet, main: Header, tables: Sequence[str]) -> None:
    """Another row that names fields, above or right below the header: what it names would be lost."""
    own = header_text(sheet, main.index)
    for index in (*range(main.index), main.index + 1):
        if index >= len(sheet.rows) or header_text(sheet, index) == own:
            continue
        if any(len(read_header(sheet, index, table).matched) > 1 for table in tables):
            first, second = sorted((sheet.rows[index].as_py(), main.row))
            raise InputRefused("header-two-rows", path=file.path, sheet=sheet.name, first=first, second=second)


def _households_of_members(work: Work) -> None:
    """Only member sheets were given: their households are known by their numbers alone."""
    for number, members in enumerate(work.parts["person"]):
        keys = {name: members.values[name] for name in (KEY, YEAR) if name in members.values}
        letters = {name: members.sheet.letters[name] for name in keys}
        repeated = Part("household", SheetRef(members.sheet.input, members.sheet.name, letters), keys, members.rows)
        households, kept, problems = split(members, repeated)
        work.problems += problems
        lose(work, members, set(members.rows.to_pylist()) - set(kept.rows.to_pylist()))
        work.parts["household"].append(households)
        work.parts["person"][number] = kept


def _table(parts: Sequence[Part], work: Work) -> Table:
    data = pa.concat_tables([part.arrow(index) for index, part in enumerate(parts)], promote_options="default").combine_chunks()
    names = dict.fromkeys(name for part in parts for name in part.unread)
    unread = {
        name: pa.concat_arrays([part.unread.get(name, pa.array([False] * len(part), pa.bool_())) for part in parts])
        for name in names
    }
    moved: dict[str, dict[int, int]] = defaultdict(dict)
    disputed: dict[str, dict[int, Address]] = defaultdict(dict)
    start = 0
    for part in parts:
        for name, rows in part.moved.items():
            moved[name] |= {start + record: row for record, row in rows.items()}
        for name, rivals in part.disputed.items():
            disputed[name] |= {start + record: cell for record, cell in rivals.items()}
        start += len(part)
    lost = sum(len(taken.lost) for taken in work.taken if parts[0].table in taken.kind.split("+"))
    return Table(parts[0].table, data, [part.sheet for part in parts], unread, dict(disputed), lost, dict(moved))


def _summaries(files: Sequence[SourceFile], taken: Sequence[Taken]) -> list[InputSummary]:
    summaries = []
    for source, file in enumerate(files):
        sheets = []
        for one in taken:
            if one.source == source:
                lost = len(one.lost)
                rows = RowCounts(one.records + one.skipped, one.records - lost, lost, one.skipped)
                sheets.append(SheetSummary(one.sheet.name, one.kind, one.header.row, rows))
        summaries.append(InputSummary(file.path, file.sha256, file.format, file.encoding, sheets))
    return summaries
