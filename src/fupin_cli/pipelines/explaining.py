"""One subject, all the way: read, find whom is asked about, judge, and say what the verdict rests on and what would change it."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from fupin_cli.engines.duck import connect
from fupin_cli.errors import InputRefused, UsageRefused
from fupin_cli.evaluate.doubt import questioned_cells
from fupin_cli.evaluate.explanation.asked import Asked, find, in_year, keys_of, nearest_numbers, rows_of, years_of
from fupin_cli.evaluate.explanation.near import Near, around, near
from fupin_cli.evaluate.explanation.whole import questioned, whole
from fupin_cli.evaluate.explanation.worlds import Cell, Edits, Judge, Unreadable
from fupin_cli.evaluate.quality import find_errors
from fupin_cli.load.cells.several import OnStep
from fupin_cli.load.tables.build import load_tables
from fupin_cli.model.changeable import is_identity
from fupin_cli.model.explanation import Explained, Explanation, Grounds, Questioned
from fupin_cli.model.inputs import Loaded
from fupin_cli.model.job import Job
from fupin_cli.model.problem import Address, Problem, refusal
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Group, Quality
from fupin_cli.model.tables import Table, fields
from fupin_cli.pipeline import over_tables, read_together, result_of
from fupin_cli.report.mask import mask_key
from fupin_cli.report.problems import visible
from fupin_cli.rosters.dibao import with_roster
from fupin_cli.rules.packs import LoadedPack
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard
from fupin_cli.tasks import Request, Task, open_quality, open_task

#: Years named in one sentence.
_SHOWN = 6
#: Problems for which a row belongs to no subject: whoever is not found may stand in one of those.
_LOSING = {"household-doubled", "subject-doubled", "member-doubled", "member-without-household", "member-without-year"}


@dataclass(frozen=True)
class Whom:
    """Who is asked about."""

    ids: Sequence[str]
    year: int | None = None


def explain(job: Job, whom: Whom, request: Request, on_step: OnStep | None = None) -> tuple[Explanation, Sequence[InputRefused]]:
    """The whole chain behind the verdicts on some subjects; the second value are the files of a batch that were refused.

    Raises:
        FupinError: the command line, the pack, or every one of the files is refused, or somebody who is asked about is in none.
    """
    if not whom.ids:
        raise UsageRefused("explain-nobody")
    task = open_task(job, request)
    is_quality = all(task.loaded.standards[main].is_quality for main, *_ in task.standards)
    with ThreadPoolExecutor(1) as aside:
        opening = None if is_quality else aside.submit(open_quality, request.rules, job.pack)
        aside.submit(connect)
        files, refused = read_together(request, on_step)
        rules = opening.result() if opening is not None else None
    # Whoever asks by a member's number needs the members, whatever the standards look at.
    data = with_roster(load_tables(files, request.sheets, task.tables | {"person"}), request.dibao)
    away = [*refused, *data.refused]
    data = replace(data, problems=[*map(refusal, away), *data.problems])
    judged = {name: table for name, table in data.tables.items() if name in task.tables}
    there = over_tables(job, task, judged)
    chosen = [one for text in whom.ids for one in _subjects(there, data, text, whom.year)]
    with ThreadPoolExecutor(len(max(there.standards, key=len)) + 1) as pool:
        run = _Run(job, there, data, judged, request, pool, rules)
        found = [run.explained(names, index) for names, index in dict.fromkeys(chosen)]
    return Explanation(job.command, found), away


def _subjects(task: Task, data: Loaded, text: str, year: int | None) -> list[tuple[tuple[str, ...], int]]:
    """The standards and rows that a text means."""
    tables = data.tables
    for names in task.standards:
        subject = task.loaded.standards[names[0]].subject
        asked = find(tables, subject, text)
        if asked is not None:
            return [(tuple(names), row) for row in _rows(tables[subject], asked, text, year)]
    table = tables[task.loaded.standards[task.standards[0][0]].subject]
    near_by = "、".join(visible(mask_key(key)) for key in nearest_numbers(table, text.strip()))
    lost = [one for one in data.problems if one.code in _LOSING and one.where is not None]
    here = [one.where for one in lost if one.where is not None and text.strip() in _places(one.where)]
    places = _few(here or [one.where for one in lost if one.where is not None])
    away = [one for one in data.problems if one.refuses]
    if away and not here:
        # The run ends here: what was refused is told nowhere else.
        paths = "、".join(one.facts.get("path", "") for one in away[:_SHOWN]) + "…" * (len(away) > _SHOWN)
        raise UsageRefused("explain-unknown-unread", id=_told(text), count=len(away), files=visible(paths))
    if lost:
        code = "explain-lost" if here else "explain-unknown-lost"
        raise UsageRefused(code, id=_told(text), count=len(lost), places=visible(places), nearest="" if here else near_by)
    raise UsageRefused("explain-unknown" if near_by else "explain-unknown-far", id=_told(text), nearest=near_by)


def _places(where: Address) -> tuple[str, str]:
    """A row as somebody may name it."""
    return f"{where.sheet}!{where.row}", str(where)


def _rows(table: Table, asked: Asked, text: str, year: int | None) -> Sequence[int]:
    rows = asked.rows
    of_name = {key or row for key, row in zip(keys_of(table, rows), rows, strict=True)} if asked.by == "name" else set()
    if len(of_name) > 1:
        places = _few([table.address(row) for row in rows])
        raise UsageRefused("explain-several", id=_told(text), count=len(of_name), places=visible(places))
    if year is None:
        return rows
    of_year = in_year(table, rows, year)
    if not of_year:
        years = "、".join(str(one) for one in sorted({one for one in years_of(table, rows) if one is not None}))
        raise UsageRefused("explain-year", id=_told(text), year=year, years=years or "–")
    return of_year


def _few(places: Sequence[Address]) -> str:
    return "、".join(str(one) for one in places[:_SHOWN]) + "…" * (len(places) > _SHOWN)


def _told(text: str) -> str:
    """What was asked for, as it may be repeated: of an identity number or a name hardly anything."""
    shown = visible(mask_key(text.strip()))
    return shown if shown.isascii() or "!" in shown else shown[:1] + "*"


@dataclass(frozen=True)
class _Run:
    """What is the same for everybody who is asked about."""

    job: Job
    task: Task
    data: Loaded
    #: The tables that the standards look at: data quality is asked of these, as beside a check.
    tables: Mapping[str, Table]
    request: Request
    pool: ThreadPoolExecutor
    #: The rules of data quality; None where data quality is itself what is asked about.
    rules: LoadedPack | None

    def explained(self, names: Sequence[str], index: int) -> Explained:
        """Everything about one subject by the standards of its table."""
        judges = [self.judge(index, name) for name in names]
        mine = rows_of(self.tables, judges[0].standard.subject, index)
        quality, looking = None, self.pool.submit(self.doubts, mine)
        grounds = list(self.pool.map(whole, judges))
        doubts = looking.result()
        if self.rules is not None and doubts is not None:
            periods = Parameters(self.rules.pack, {}).periods
            parameters = {name: periods(name) for name in self.rules.pack.parameters}
            quality = Quality(self.rules.pack, parameters, [*doubts.findings], {})
            grounds[0] = replace(grounds[0], questioned=doubts.questioned(judges[0], grounds[0]))
        main, *beside = (one.judged for one in grounds)
        result = result_of(self.job.command, [self.task], [Group(main, beside)], self.data, self.request, quality)
        return Explained(result, grounds, _of_subject(result.problems, self.data.tables, main.subject.name, index))

    def judge(self, index: int, name: str) -> Judge:
        """What judges one subject by one standard."""
        standard = self.task.loaded.standards[name]
        found = near(standard, self.data.tables, index)
        return Judge(standard, self.task.parameters, self.request.as_of, self.assumed(standard), found)

    def assumed(self, standard: ReadyStandard) -> Mapping[str, str]:
        """The assumptions that are meant for a standard's table; one that is meant for none is left for it to refuse."""
        given = self.request.assumptions or {}
        subjects = {self.task.loaded.standards[main].subject for main, *_ in self.task.standards}
        elsewhere = {name for subject in subjects for name in fields(subject)} - set(fields(standard.subject))
        return {} if standard.is_quality else {name: text for name, text in given.items() if name not in elsewhere}

    def doubts(self, mine: Mapping[str, Sequence[int]]) -> "_Doubts | None":
        """What the rules of data quality find in the rows of one subject."""
        if self.rules is None:
            return None
        quality = [standard for standard in self.rules.standards.values() if standard.is_quality]
        tables, origins = around(quality, self.tables, mine)
        return _Doubts(find_errors(self.rules, tables, self.request.as_of), origins, mine)


@dataclass(frozen=True)
class _Doubts:
    """What the rules of data quality find in the rows of one subject and in those beside them."""

    findings: Sequence[StandardResult]
    #: Table → the index that each of its rows has in the file's table.
    origins: Mapping[str, Sequence[int]]
    #: Table → the subject's rows there.
    mine: Mapping[str, Sequence[int]]

    def questioned(self, judge: Judge, grounds: Grounds) -> Questioned:
        """What they find in its own rows, and whether its verdict rests on that."""
        found = tuple(
            (result, check, row)
            for result in self.findings
            for check, declared in result.standard.checks.items()
            if declared.severity == "gate"
            for row in result.failing(check)
            if self._is_mine(result.subject.name, row)
        )
        return questioned(judge, grounds, self._cells(judge.near) if found else {}, found)

    def _is_mine(self, table: str, row: int) -> bool:
        return self.origins[table][row] in self.mine.get(table, ())

    def _cells(self, near_by: Near) -> Edits:
        """The cells in question, as the tables near the subject count them."""
        return {
            Cell(table, near_by.origins[table].index(self.origins[table][row]), name): Unreadable()
            for table, cells in questioned_cells(self.findings).items()
            if table in near_by.tables
            for name, rows in cells.items()
            if near_by.tables[table].has(name) and not is_identity(table, name)
            for row in sorted(rows)
            if self._is_mine(table, row)
        }


def _of_subject(problems: Sequence[Problem], tables: Mapping[str, Table], subject: str, index: int) -> list[Problem]:
    """The problems that stand in the rows of one subject."""
    mine = rows_of(tables, subject, index)
    places = {(at.input, at.sheet, at.row) for name, rows in mine.items() for row in rows for at in [tables[name].address(row)]}
    return [one for one in problems if one.where is not None and (one.where.input, one.where.sheet, one.where.row) in places]
