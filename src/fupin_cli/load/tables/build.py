"""Files to tables: every sheet taken for what it is, every row accounted for."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.errors import InputRefused
from fupin_cli.load.tables.ambiguous import doubt_merged
from fupin_cli.load.tables.assemble import assemble, summaries
from fupin_cli.load.tables.derive import fill_from_id_numbers
from fupin_cli.load.tables.headers import Top, header_problems, read_header, top_of
from fupin_cli.load.tables.impossible import doubt_impossible
from fupin_cli.load.tables.join import are_doubles, join_sheets
from fupin_cli.load.tables.merged import spread
from fupin_cli.load.tables.ownership import of_one_county
from fupin_cli.load.tables.part import Part, read_part
from fupin_cli.load.tables.recognise import KEY, PLACES, YEAR, Plan, recognise
from fupin_cli.load.tables.rows import sort_rows
from fupin_cli.load.tables.split import HEAD, split
from fupin_cli.load.tables.strays import drop_doubled_members, drop_doubles, drop_strangers
from fupin_cli.load.tables.totals import check_totals
from fupin_cli.load.tables.unnamed import of_unnamed_places
from fupin_cli.load.tables.work import Taken, Work, lose
from fupin_cli.model.cells import Sheet, SourceFile, column_letter
from fupin_cli.model.household import MEMBER_COUNT
from fupin_cli.model.inputs import Loaded
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.tables import TABLES, SheetRef

#: Two columns that say who a row is about, in whatever words, are never weighed against each other.
_WHO = frozenset({KEY, YEAR})


def load_tables(files: Sequence[SourceFile], chosen: Sequence[str] = (), needed: Collection[str] = tuple(TABLES)) -> Loaded:
    """Tables from the cells of files.

    ``chosen`` are the names of the only sheets to take, none for all visible ones; ``needed`` the tables that somebody looks
    at, so that sheets of others are told and left alone. A file that has no sheet that we know, or several of one layout, is
    among the refused of the answer, and the others go on.

    Raises:
        InputRefused: every file was refused; the first refusal.
    """
    work = Work()
    accepted: list[SourceFile] = []
    refused: list[InputRefused] = []
    for file in files:
        try:
            work.add(take_file(file, len(accepted), chosen, needed))
        except InputRefused as error:
            refused.append(error)
        else:
            accepted.append(file)
    if not accepted:
        raise refused[0]
    settle(work, accepted)
    tables = {name: assemble(parts, work) for name, parts in work.parts.items() if parts}
    return Loaded(tables, summaries(accepted, work.taken), in_order(work, accepted), refused)


def settle(work: Work, files: Sequence[SourceFile]) -> None:
    """Bring together what the sheets say of the same subjects, and take out the rows that have none."""
    members = work.parts["person"]
    if members and not any(KEY in part.values for part in members):
        first = members[0].sheet
        raise InputRefused("members-without-key", path=files[first.input].path, sheet=first.name)
    of_one_county(work)
    of_unnamed_places(work)
    join_sheets(work)
    for part in members:
        work.problems += fill_from_id_numbers(part)
    if members and not work.parts["household"]:
        _households_of_members(work)
    for part in members:
        if KEY not in part.values:
            part.values[KEY] = pa.nulls(len(part), pa.string())
    drop_doubles(work)
    if members:
        drop_strangers(work)
        drop_doubled_members(work)
    doubt_impossible(work)


def in_order(work: Work, files: Sequence[SourceFile]) -> list[Problem]:
    """The problems in the order of the files, their sheets, rows and columns."""
    order = {(source, sheet.name): place for source, file in enumerate(files) for place, sheet in enumerate(file.sheets)}
    return sorted(work.problems, key=lambda problem: _place(problem, order))


def _place(problem: Problem, order: Mapping[tuple[int, str], int]) -> tuple[int, int, int, int, str]:
    """Problems in the order of the files, their sheets, rows and columns."""
    where = problem.where
    if where is None:
        return (-1, 0, 0, 0, "")
    return (where.input, order.get((where.input, where.sheet), -1), where.row, len(where.letter), where.letter)


def take_file(file: SourceFile, source: int, chosen: Sequence[str], needed: Collection[str]) -> Work:
    """What the sheets of one file give. Raises :class:`InputRefused` for a file that has nothing, or too much of one kind."""
    work = Work()
    for code in file.warnings:
        work.problems.append(Problem(code, "warning", Address(source, "", 0, ""), facts={"path": file.path}))
    found: dict[str, list[tuple[str, Plan]]] = defaultdict(list)
    bare: list[InputRefused] = []
    empty, unneeded = 0, False
    tops = [top_of(spread(sheet)) for sheet in _wanted(work, file, source, chosen)]
    wanted = [(top, recognise(top)) for top in tops]
    has_households = any(plan is not None and plan.kind == "household" for _, plan in wanted)
    for top, found_plan in wanted:
        plan, sheet = found_plan, top.sheet
        if plan is None:
            empty += len(sheet.rows) == 0
            _ignored(work, sheet, source, "sheet-unknown")
            continue
        if not set(plan.headers) & set(needed):
            unneeded = True
            _ignored(work, sheet, source, "sheet-not-needed")
            continue
        if plan.kind == "household+person" and has_households and set(plan.headers["household"].matched) <= PLACES:
            # A member sheet that repeats 行政村 or the like beside a household sheet of its own is no second household sheet.
            plan = Plan({"person": plan.headers["person"]})
            _ignored(work, sheet, source, "household-columns-unused")
        if not chosen:
            _refuse_second(file, sheet, plan, found)
        if not _take_sheet(work, file, top, source, plan):
            bare.append(InputRefused("sheet-without-records", path=file.path, sheet=sheet.name, row=plan.main.row))
    if bare and not work.taken:
        raise bare[0]
    if not work.taken and not unneeded:
        code = "file-without-rows" if empty == len(file.sheets) else "file-without-known-columns"
        raise InputRefused(code, path=file.path)
    return work


def _refuse_second(file: SourceFile, sheet: Sheet, plan: Plan, found: dict[str, list[tuple[str, Plan]]]) -> None:
    """Two sheets of one layout in a file: last year's beside this year's, a copy beside the original. Nobody can tell."""
    for table, header in plan.headers.items():
        for _, other in found[table]:
            derived = table == "household" and plan.kind != other.kind
            if are_doubles(header.matched, other.headers[table].matched, derived=derived):
                names = [*(name for name, _ in found[table]), sheet.name]
                raise InputRefused("sheets-ambiguous", path=file.path, sheets="、".join(names))
        found[table].append((sheet.name, plan))


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


def _take_sheet(work: Work, file: SourceFile, top: Top, source: int, plan: Plan) -> bool:
    """Take a sheet's records into the work; False for a sheet that has none under its header."""
    sheet, main = top.sheet, plan.main
    _refuse_doubled(file, sheet, plan)
    _refuse_two_rows(file, top, plan)
    rows = sort_rows(sheet, main)
    if len(rows.records) == 0:
        if set(rows.skipped.values()) != {"example"}:  # A sheet of the template that nobody has filled in holds nothing to tell.
            _ignored(work, sheet, source, "sheet-bare")
        return False
    taken = Taken(sheet, source, plan, rows.skipped, rows.records)
    work.taken.append(taken)
    work.problems += header_problems(sheet, main, plan.positions, list(plan.headers), source)
    work.problems += _told_of_rows(taken)
    parts = {}
    for table, header in plan.headers.items():
        parts[table], problems = read_part(sheet, table, header, rows.records, source)
        # An export's key columns are read for both tables; their problems are told once.
        told = {(p.code, p.where) for p in work.problems}
        work.problems += [problem for problem in problems if (problem.code, problem.where) not in told]
    for table, part in parts.items():
        names = {match.position: match.column.name for match in plan.headers[table].all()}
        work.problems += doubt_merged(sheet, part, names, _owners(part, parts))
    if "person" in parts:
        parts["person"].heads_only = _is_of_heads(parts["person"], parts.get("household"))
    if plan.kind != "household+person":
        work.problems += check_totals(sheet, main, parts[plan.kind], rows.skipped, source)
    if plan.kind == "household+person":
        before = set(parts["person"].rows.to_pylist())
        if parts["person"].heads_only:
            work.problems.append(_heads_only(parts["person"]))
        parts["household"], parts["person"], problems = split(parts["person"], parts["household"])
        work.problems += problems
        taken.lost |= before - set(parts["person"].rows.to_pylist())
    for table, part in parts.items():
        work.parts[table].append(part)
    return True


def _heads_only(members: Part) -> Problem:
    where = Address(members.sheet.input, members.sheet.name, members.rows[0].as_py(), "")
    return Problem("members-heads-only", "warning", where, facts={"sheet": members.sheet.name})


def _is_of_heads(members: Part, repeated: Part | None) -> bool:
    """One row for each household, that of its head, and no number of members: nobody can say that he lives alone."""
    size = repeated.values.get(MEMBER_COUNT) if repeated is not None else None
    if not len(members) or KEY not in members.values or (size is not None and size.null_count < len(size)):
        return False
    relation = members.values.get("relation")
    if relation is not None and not set(relation.unique().to_pylist()) <= {HEAD, None}:
        return False
    known = pa.table({name: members.values[name] for name in (KEY, YEAR) if name in members.values})
    keys = len(members) - members.values[KEY].null_count
    return bool(known.group_by(known.column_names).aggregate([]).num_rows >= keys)


def _owners(part: Part, parts: Mapping[str, Part]) -> pa.Array:
    """Who each record is about: its household in an export's repeated fields, else itself."""
    members = parts.get("person")
    if part.table != "household" or members is None or KEY not in members.values:
        return part.rows
    if YEAR not in members.values:
        return members.values[KEY]
    years = pc.fill_null(pc.cast(members.values[YEAR], pa.string()), "")
    return pc.binary_join_element_wise(members.values[KEY], years, "\n")


def _told_of_rows(taken: Taken) -> Iterator[Problem]:
    """Rows that are skipped, each with its reason, and rows that are read although somebody has hidden them."""
    sheet, source = taken.sheet, taken.source
    for index, reason in sorted(taken.skipped.items()):
        yield Problem(f"row-skipped-{reason}", "info", Address(source, sheet.name, sheet.rows[index].as_py(), ""))
    if sheet.hidden_rows:
        hidden = pc.is_in(sheet.rows.take(taken.records), value_set=pa.array(sorted(sheet.hidden_rows), pa.int32()))
        rows = sheet.rows.take(taken.records).filter(hidden)
        if len(rows):
            facts = {"sheet": sheet.name, "count": str(len(rows))}
            yield Problem("rows-hidden", "warning", Address(source, sheet.name, rows[0].as_py(), ""), facts=facts)


def _refuse_doubled(file: SourceFile, sheet: Sheet, plan: Plan) -> None:
    """Two columns of one name: nobody can tell which of them counts."""
    for header in plan.headers.values():
        keys = {name: [header.matched[name], *more] for name, more in header.further.items() if name in _WHO}
        doubled = dict(header.doubled) | {name: [match.position for match in matches] for name, matches in keys.items()}
        for name, positions in doubled.items():
            letters = "、".join(column_letter(position) for position in positions)
            label = header.matched[name].column.label
            raise InputRefused("header-doubled", path=file.path, sheet=sheet.name, row=header.row, label=label, letters=letters)


def _refuse_two_rows(file: SourceFile, top: Top, plan: Plan) -> None:
    """Another row that names fields, above or right below the header: what it names would be lost."""
    main, sheet = plan.main, top.sheet
    own = {tuple(top.rows[index]) for index in range(main.first, main.index + 1)}
    for index in (*range(main.first), main.index + 1):
        if index >= len(top.rows) or tuple(top.rows[index]) in own:
            continue
        if any(len(read_header(top, index, index, table).matched) > 1 for table in plan.headers):
            first, second = sorted((sheet.rows[index].as_py(), main.row))
            raise InputRefused("header-two-rows", path=file.path, sheet=sheet.name, first=first, second=second)


def _households_of_members(work: Work) -> None:
    """Only member sheets were given: their households are known by their numbers alone, each made once."""
    made: set[tuple[object, ...]] = set()
    for number, members in enumerate(work.parts["person"]):
        keys = {name: members.values[name] for name in (KEY, YEAR) if name in members.values}
        if KEY not in keys:
            continue
        letters = {name: members.sheet.letters[name] for name in keys}
        repeated = Part("household", SheetRef(members.sheet.input, members.sheet.name, letters), keys, members.rows)
        households, kept, problems = split(members, repeated)
        work.problems += problems
        lose(work, members, set(members.rows.to_pylist()) - set(kept.rows.to_pylist()))
        if members.heads_only and len(members):
            work.problems.append(_heads_only(members))
        marks = list(zip(*(households.values[name].to_pylist() for name in keys), strict=True))
        fresh = [place for place, mark in enumerate(marks) if mark not in made]
        made.update(marks)
        work.parts["household"].append(households.take(pa.array(fresh, pa.int64())))
        work.parts["person"][number] = kept
