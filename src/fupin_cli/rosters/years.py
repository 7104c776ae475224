"""Rosters of several years, read year by year and put together into one table of each kind.

The year of a row is its 年度; where a file does not say one, it is the only year in the file's name.
"""

import re
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.errors import InputRefused
from fupin_cli.evaluate.stacked import moved, moved_problem, stacked
from fupin_cli.load.cells.child import Crew, kill_running
from fupin_cli.load.cells.several import OnStep, Step, read_files, size_of
from fupin_cli.load.tables.build import load_tables
from fupin_cli.model.cells import SourceFile
from fupin_cli.model.inputs import InputSummary, Loaded
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.tables import SHEET, Table

KEY, YEAR = "household_id", "year"
_HOUSEHOLD, _PERSON = "household", "person"
#: Years whose cells are made into tables beside each other.
_AT_ONCE = 2
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class _Part:
    """The files of one year, or those whose names say none."""

    #: The year in their names.
    year: int | None
    paths: Sequence[str]


def load_years(
    paths: Sequence[str], sheets: Sequence[str], needed: Callable[[], Collection[str]], on_step: OnStep | None = None
) -> tuple[Loaded, list[InputRefused]]:
    """The tables of all years; the second value are the files that cannot be read.

    ``needed`` says which tables somebody looks at; it is asked when the first files are read, and may find that out meanwhile.

    Raises:
        InputRefused: no file can be read, one says of no year which it is, or two files have the same household in one year.
    """
    loaded: list[Loaded] = []
    refused: list[InputRefused] = []
    # Arrow works outside the interpreter's lock. Whatever ends this early ends the readers first.
    with ThreadPoolExecutor(_AT_ONCE) as pool, closing(_read_ahead(_with_steps(_parts(paths), on_step), sheets)) as parts:
        for data, unread in _beside_each_other(pool, parts, sheets, needed):
            refused += unread
            loaded += [data] if data is not None else []
    if not loaded:
        raise refused[0]
    whole = _together(loaded)
    _refuse_same_year(loaded)
    return replace(whole, problems=[*whole.problems, *_years_told(whole.tables)]), refused


_OfPart = tuple[Loaded | None, list[InputRefused]]


def _beside_each_other(
    pool: Executor, parts: Iterable[tuple[_Part, list[SourceFile], list[InputRefused]]], sheets: Sequence[str],
    needed: Callable[[], Collection[str]],
) -> Iterator[_OfPart]:  # fmt: skip
    """The parts in their order, a few of them made into tables at once."""
    begun: deque[Future[_OfPart]] = deque()
    for part, files, unread in parts:
        begun.append(pool.submit(_tables, part, files, unread, sheets, needed()))
        if len(begun) == _AT_ONCE:
            yield begun.popleft().result()
    yield from (one.result() for one in begun)


def _tables(
    part: _Part, files: list[SourceFile], unread: list[InputRefused], sheets: Sequence[str], needed: Collection[str]
) -> _OfPart:
    """The tables of a part, each row with a year, if any of its files can be used; and those that cannot."""
    if not files:
        return None, unread
    try:
        data = load_tables(files, sheets, needed)
    except InputRefused as error:
        # Nothing of this year can be used; the other years go on.
        return None, [*unread, error]
    _refuse_undated(data, part.year)
    _refuse_doubles(data, part.year)
    return _dated(data, part.year), unread


_Files = tuple[list[SourceFile], list[InputRefused]]


def _read_ahead(
    parts: Iterator[tuple[_Part, OnStep | None]], sheets: Sequence[str]
) -> Generator[tuple[_Part, list[SourceFile], list[InputRefused]]]:
    """Each part with its files; while somebody works with them, other processes read those of the next part."""
    readers = Crew()

    def begin(part: _Part, steps: OnStep | None) -> tuple[_Part, Future[_Files]]:
        return part, aside.submit(read_files, part.paths, sheets or None, steps, readers)

    with ThreadPoolExecutor(1) as aside:
        try:
            ahead = [begin(*one) for one in islice(parts, 1)]
            while ahead:
                part, reading = ahead.pop()
                files, refused = reading.result()
                ahead = [begin(*one) for one in islice(parts, 1)]
                yield part, files, refused
        except BaseException:
            # Nobody waits for what is still being read.
            kill_running()
            raise
        finally:
            readers.end()


def _parts(paths: Sequence[str]) -> list[_Part]:
    """The files by the year in their names, those without one first; so that a year's households and members meet."""
    found: dict[int | None, list[str]] = {}
    for path in paths:
        years = set(_YEAR.findall(Path(path).stem))
        found.setdefault(int(years.pop()) if len(years) == 1 else None, []).append(path)
    return [_Part(year, found[year]) for year in sorted(found, key=lambda year: year or 0)]


def _with_steps(parts: Sequence[_Part], on_step: OnStep | None) -> Iterator[tuple[_Part, OnStep | None]]:
    """Each part with what to call after each of its files: the steps are those of all parts together."""
    sizes = [[size_of(path) for path in part.paths] for part in parts]
    count, size = sum(map(len, sizes)), sum(map(sum, sizes))
    files = done = 0
    for part, own in zip(parts, sizes, strict=True):

        def told(step: Step, files: int = files, done: int = done) -> None:
            if on_step is not None:
                on_step(Step(files + step.files, count, done + step.size, size))

        yield part, told if on_step is not None else None
        files += len(own)
        done += sum(own)


def _refuse_undated(data: Loaded, year: int | None) -> None:
    """Refuse a roster of no known year, before its households are taken for those of another one of no known year.

    Raises:
        InputRefused: a sheet has no year, and neither has the name of its file.
    """
    tables = [data.tables[name] for name in (_HOUSEHOLD, _PERSON) if name in data.tables] if year is None else []
    for table in tables:
        # Rows that stand twice are out already, and may have been all.
        blank = table.data.filter(pc.is_null(table.data.column(YEAR))) if table.has(YEAR) else None
        for number in sorted(pc.unique(blank.column(SHEET)).to_pylist()) if blank is not None else (0,):
            # A blank in a column that is there is a blank; what several sheets say of a household is one row.
            if YEAR not in table.sheets[number].letters:
                raise InputRefused("roster-year-unknown", path=data.inputs[table.sheets[number].input].path)


def _dated(data: Loaded, year: int | None) -> Loaded:
    """What was loaded, each row with a year."""
    tables, problems = dict(data.tables), list(data.problems)
    for name, table in data.tables.items():
        if name not in (_HOUSEHOLD, _PERSON):
            continue
        if year is None:
            continue
        tables[name] = replace(_filled(table, year), lost_in=_lost(table, year))
        said = set(pc.unique(tables[name].data.column(YEAR)).to_pylist()) - {None, year}
        if said:
            source = table.sheets[0].input
            facts = {"path": data.inputs[source].path, "name": str(year), "said": "、".join(map(str, sorted(said)))}
            problems.append(Problem("roster-year-differs", "warning", Address(source, "", 0, ""), facts=facts))
    return replace(data, tables=tables, problems=problems)


def _lost(table: Table, year: int | None) -> frozenset[int] | None:
    """The years of the rows that were left out of a table: that of the files' names, where no row says another one."""
    said = {*pc.unique(table.data.column(YEAR)).to_pylist()} - {None} if table.has(YEAR) else set()
    return frozenset([year]) if year is not None and said <= {year} else None


def _filled(table: Table, year: int) -> Table:
    """The table with a year where its rows say none; a cell that nobody can read stays unknown."""
    given = pa.scalar(year, pa.int64())
    if not table.has(YEAR):
        return replace(table, data=table.data.append_column(YEAR, pa.repeat(given, table.data.num_rows)))
    column = table.data.column(YEAR)
    blank = pc.is_null(column)
    if YEAR in table.unreadable:
        blank = pc.and_not(blank, table.unreadable[YEAR])
    place = table.data.column_names.index(YEAR)
    return replace(table, data=table.data.set_column(place, YEAR, pc.if_else(blank, given, column)))


def _together(loaded: Sequence[Loaded]) -> Loaded:
    """Everything as one, the files counted on."""
    inputs: list[InputSummary] = []
    problems: list[Problem] = []
    tables: dict[str, list[Table]] = {}
    refused: list[InputRefused] = []
    for data in loaded:
        by = len(inputs)
        for name, table in data.tables.items():
            tables.setdefault(name, []).append(moved(table, by))
        problems += [moved_problem(problem, by) for problem in data.problems]
        inputs += data.inputs
        refused += data.refused
    whole = {name: replace(stacked(parts), lost_in=_lost_in(parts)) for name, parts in tables.items()}
    return Loaded(whole, inputs, problems, refused)


def _lost_in(parts: Sequence[Table]) -> frozenset[int] | None:
    """The years of the rows that were left out of the parts."""
    years = [part.lost_in for part in parts if part.quarantined]
    return None if None in years else frozenset[int]().union(*(one for one in years if one is not None))


def _refuse_doubles(data: Loaded, year: int | None) -> None:
    """The same of files that are read together: there the households that stand in two of them are out already.

    Raises:
        InputRefused: there are such households. One that is twice in the same file is another mistake.
    """
    doubled = [problem for problem in data.problems if problem.code == "household-doubled"]
    pairs = [(problem.where.input, problem.other.input) for problem in doubled if problem.where and problem.other]
    between = [pair for pair in pairs if pair[0] < pair[1]]
    if between:
        first, second = (data.inputs[number].path for number in between[0])
        # Without a year in the names it is that of the rows, and these are gone.
        facts = {"path": first, "other": second, "year": str(year or ""), "count": str(len(between))}
        raise InputRefused("rosters-of-one-year" if year is not None else "rosters-of-one-year-unnamed", **facts)


def _refuse_same_year(loaded: Sequence[Loaded]) -> None:
    """Refuse two rosters of one year: which of them counts, nobody can tell.

    Raises:
        InputRefused: a household is in files of two parts in the same year.
    """
    seen: dict[int, list[Loaded]] = {}
    for data in loaded:
        table = data.tables.get(_HOUSEHOLD, data.tables.get(_PERSON))
        for year in pc.unique(table.data.column(YEAR)).to_pylist() if table is not None else ():
            if year is not None:
                seen.setdefault(year, []).append(data)
    for year, several in sorted(seen.items()):
        for first, second in pairwise(several):
            both = _numbers(first, year) & _numbers(second, year)
            if both:
                facts = {"path": _path(first), "other": _path(second), "year": str(year), "count": str(len(both))}
                raise InputRefused("rosters-of-one-year", **facts)


def _numbers(data: Loaded, year: int) -> set[str]:
    table = data.tables.get(_HOUSEHOLD, data.tables.get(_PERSON))
    if table is None or not table.has(KEY):
        return set()
    of_year = table.data.filter(pc.equal(table.data.column(YEAR), year))
    return set(of_year.column(KEY).to_pylist()) - {None}


def _path(data: Loaded) -> str:
    table = data.tables.get(_HOUSEHOLD, data.tables.get(_PERSON))
    return data.inputs[table.sheets[0].input if table is not None else 0].path


def _years_told(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """What the years that are there say about those that are not."""
    years = years_of(tables)
    if len(years) == 1:
        yield Problem("roster-single-year", "warning", facts={"year": str(years[0])})
    for before, after in pairwise(years):
        if after - before > 1:
            lacking = "、".join(map(str, range(before + 1, after)))
            yield Problem("roster-year-missing", "warning", facts={"years": lacking, "before": str(before), "after": str(after)})


def years_of(tables: Mapping[str, Table]) -> list[int]:
    """The years of which there are households or people, sorted."""
    found: set[int | None] = set()
    for name in (_HOUSEHOLD, _PERSON):
        if name in tables and tables[name].has(YEAR):
            found |= set(pc.unique(tables[name].data.column(YEAR)).to_pylist())
    return sorted(year for year in found if year is not None)
