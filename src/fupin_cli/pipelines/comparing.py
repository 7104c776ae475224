"""The same files judged twice: under other parameters, by another pack, with something assumed. They are read once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from fupin_cli.errors import InputRefused, UsageRefused
from fupin_cli.evaluate.compared import compare
from fupin_cli.evaluate.counted import tallies
from fupin_cli.evaluate.query import used_fields
from fupin_cli.load.cells.several import OnStep
from fupin_cli.load.tables.build import load_tables
from fupin_cli.model.comparison import Comparison
from fupin_cli.model.inputs import Loaded
from fupin_cli.model.job import Job
from fupin_cli.model.nearest import nearest
from fupin_cli.model.problem import Problem, refusal
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Group, Result
from fupin_cli.model.sweep import Series, Sweep, Tally
from fupin_cli.model.tables import TABLES, fields, nearest_field
from fupin_cli.pipeline import judge_tables, over_tables, read_together, result_of
from fupin_cli.rosters.dibao import with_roster
from fupin_cli.rules.packs import LoadedPack
from fupin_cli.rules.parameters import choose
from fupin_cli.rules.ranges import Range, range_of
from fupin_cli.tasks import Request, Task, known_standards, open_pack


@dataclass(frozen=True)
class _Side:
    """One way to judge: a pack, what is put in place of its parameters, and what is assumed."""

    loaded: LoadedPack
    settings: Mapping[str, str] = field(default_factory=dict)
    assumptions: Mapping[str, str] = field(default_factory=dict)

    def task(self, job: Job) -> Task:
        """What the command judges by on this side."""
        return Task(self.loaded, choose(self.loaded.pack, self.settings), known_standards(job, self.loaded))


def what_if(
    job: Job, request: Request, against: str | None, given: Mapping[str, str], on_step: OnStep | None = None
) -> tuple[Comparison, Sequence[InputRefused]]:
    """The files as they are judged now, and as they would be; the second value are the files of a batch that were refused.

    What would be different is the pack ``against``, the request's parameters and its assumptions. ``given`` are parameters and
    fields by name that hold on both sides.

    Raises:
        FupinError: nothing is to be different, or nothing that any standard looks at; the command line, a pack or every one of
            the files is refused.
    """
    if against is None and not request.settings and not request.assumptions:
        raise UsageRefused("whatif-nothing")
    loaded = open_pack(request.rules, job.pack)
    other = open_pack(against, job.pack) if against is not None else loaded
    before = _held(loaded, given, [other])
    after = _changed(_held(other, given, [loaded]), request.settings or {}, request.assumptions or {})
    old, new = before.task(job), after.task(job)
    _refuse_idle(job, new, request.settings or {}, request.assumptions or {})
    same_rules = old.parameters.chosen == new.parameters.chosen and loaded.pack.sha256 == other.pack.sha256
    if same_rules and before.assumptions == after.assumptions:
        raise UsageRefused("whatif-same", name=other.pack.name)
    return _compare(job, request, (before, after), on_step)


def compare_packs(
    before: LoadedPack, after: LoadedPack, job: Job, request: Request, on_step: OnStep | None = None
) -> tuple[Comparison, Sequence[InputRefused]]:
    """The same files by two packs; the second value are the files of a batch that were refused.

    The request's parameters and assumptions hold on both sides, as far as a pack has them; its ``rules`` are not looked at.

    Raises:
        FupinError: a pack has none of the command's standards; the command line or every one of the files is refused.
    """
    given = {**(request.settings or {}), **(request.assumptions or {})}
    sides = (_held(before, given, [after]), _held(after, given, [before]))
    for task in (side.task(job) for side in sides):
        # Here one --set gives a number to both sides, so that is what has to be asked for.
        for name in sorted(
            {one for names in task.standards for each in names for one in task.loaded.standards[each].parameters()}
        ):
            task.parameters.periods(name)
    return _compare(job, request, sides, on_step)


def _held(loaded: LoadedPack, given: Mapping[str, str], others: Iterable[LoadedPack] = ()) -> _Side:
    """A side on which these parameters and fields have these values; a parameter that only another pack has is left out.

    Raises:
        UsageRefused: no pack has a parameter, and no table a field, of such a name.
    """
    packs = (loaded, *others)
    parameters = {name for pack in packs for name in pack.pack.parameters}
    tables = {standard.subject for pack in packs for standard in pack.standards.values()}
    columns = {name: column for table in sorted(tables) for name, column in fields(table).items()}
    for name in given:
        if name not in parameters and name not in columns:
            near = nearest(name, sorted(parameters)) or nearest_field(name, columns)
            raise UsageRefused("whatif-given-unknown", name=name, nearest=near)
    settings = {name: text for name, text in given.items() if name in loaded.pack.parameters}
    return _Side(loaded, settings, {name: text for name, text in given.items() if name not in parameters})


def _refuse_idle(job: Job, task: Task, settings: Iterable[str], assumptions: Iterable[str] = ()) -> None:
    """Refuse what no standard of the command looks at: nothing could change.

    Raises:
        UsageRefused: a parameter or field is not looked at.
    """
    ready = [task.loaded.standards[name] for names in task.standards for name in names]
    used = {name for standard in ready for name in standard.parameters()}
    for name in settings:
        if name not in used:
            raise UsageRefused("whatif-parameter-idle", name=name, command=job.command, used="、".join(sorted(used)))
    looked = {name for standard in ready for name in used_fields(standard, task.parameters)}
    for name in assumptions:
        known = {field: column for standard in ready for field, column in fields(standard.subject).items()}
        if name not in known:
            raise UsageRefused("field-unknown", name=name, nearest=nearest_field(name, known))
        if name not in looked:
            raise UsageRefused("whatif-field-idle", name=name, command=job.command)


def _changed(side: _Side, settings: Mapping[str, str], assumptions: Mapping[str, str] | None = None) -> _Side:
    """The side with further parameters and assumptions."""
    return _Side(side.loaded, {**side.settings, **settings}, {**side.assumptions, **(assumptions or {})})


def _load(request: Request, tasks: Iterable[Task], on_step: OnStep | None) -> tuple[Loaded, Sequence[InputRefused]]:
    """The tables that any of these tasks looks at, read once; the second value are the files of a batch that were refused."""
    files, refused = read_together(request, on_step)
    wanted = {table for task in tasks for table in task.tables}
    data = with_roster(load_tables(files, request.sheets, wanted), request.dibao)
    away = [*refused, *data.refused]
    return replace(data, problems=[*map(refusal, away), *data.problems]), away


def _judged(job: Job, task: Task, data: Loaded, request: Request) -> Result:
    """What a check command would answer, without what the rules of data quality say beside it."""
    there = over_tables(job, task, data.tables)
    groups, _ = judge_tables([there], None, data.tables, request)
    return result_of(job.command, [there], groups, data, request)


def _compare(
    job: Job, request: Request, sides: tuple[_Side, _Side], on_step: OnStep | None
) -> tuple[Comparison, Sequence[InputRefused]]:
    tasks = [side.task(job) for side in sides]
    for task in tasks:
        _refuse_open(task)
    data, refused = _load(request, tasks, on_step)
    before, after = (
        _judged(job, task, data, replace(request, settings=side.settings, assumptions=side.assumptions))
        for side, task in zip(sides, tasks, strict=True)
    )
    pairs = _pairs(job, before, after)
    found = [compare(*pair) for pair in pairs]
    if not found:
        raise UsageRefused("whatif-nothing-in-common", command=job.command, name=before.pack.name, other=after.pack.name)
    gone = _alone(before, [one for one, _ in pairs])
    added = _alone(after, [other for _, other in pairs])
    return Comparison(job.command, before, after, found, gone, added, _each_once(before.problems, after.problems)), refused


def _refuse_open(task: Task) -> None:
    """Refuse a side on which a number is missing that the document leaves to the user: it has to be given for both."""
    for names in task.standards:
        for name in sorted({one for standard in names for one in task.loaded.standards[standard].parameters()}):
            parameter = task.loaded.pack.parameters[name]
            if parameter.value == "required" and name not in task.parameters.chosen:
                raise UsageRefused("whatif-given-needed", name=name)


def _pairs(job: Job, before: Result, after: Result) -> list[tuple[StandardResult, StandardResult]]:
    """The standards that answer one question: those that give the verdict, whatever they are called, and those of one name."""
    found: list[tuple[StandardResult, StandardResult]] = []
    others = {_question(job, group): group for group in after.groups}
    for group in before.groups:
        other = others.get(_question(job, group))
        if other is None:
            continue
        found.append((group.main, other.main))
        beside = {judged.standard.standard: judged for judged in other.beside}
        found += [(one, beside[name]) for one in group.beside if (name := one.standard.standard) in beside]
    return [pair for pair in found if pair[0].subject.name == pair[1].subject.name]


def _question(job: Job, group: Group) -> str:
    """What the standards of a group are asked: the first name of those that a command may take for it."""
    name = group.main.standard.standard
    return next((names[0] for names in job.standards if name in names), name)


def _alone(result: Result, paired: Sequence[StandardResult]) -> list[StandardResult]:
    every = [judged for group in result.groups for judged in (group.main, *group.beside)]
    return [judged for judged in every if all(judged is not other for other in paired)]


def _each_once(*problems: Sequence[Problem]) -> list[Problem]:
    """The problems of both sides; they have what could not be read in common."""
    found = {(p.code, p.where, p.table, p.name, p.value, *sorted(p.facts.items())): p for some in problems for p in some}
    return list(found.values())


def sweep(
    job: Job, request: Request, given: Mapping[str, str], text: str, on_step: OnStep | None = None
) -> tuple[Sweep, Sequence[InputRefused]]:
    """How many meet the standards as one parameter moves; the second value are the files of a batch that were refused.

    ``text`` is ``NAME=FROM:TO:STEP``. The request's parameters and assumptions, and what is ``given``, hold at every value.

    Raises:
        FupinError: it is no range of a number that the standards look at; the command line or every one of the files is refused.
    """
    asked = range_of(text)
    settings = request.settings or {}
    if asked.name in settings:
        raise UsageRefused("sweep-set-too", name=asked.name)
    side = _changed(_held(open_pack(request.rules, job.pack), given), settings, request.assumptions or {})
    start = _changed(side, {asked.name: f"{asked.values[0]:f}"})
    # What it moves to has to be a value that it can have, too.
    choose(side.loaded.pack, {asked.name: f"{asked.values[-1]:f}"})
    _refuse_idle(job, start.task(job), [*settings, asked.name], request.assumptions or {})
    parameter = side.loaded.pack.parameters[asked.name]
    if parameter.is_list:
        raise UsageRefused("sweep-list", name=asked.name)
    if parameter.by is not None:
        raise UsageRefused("sweep-by-place", name=asked.name, field=parameter.by)
    # A number that the document leaves to the user has no value now.
    is_open = parameter.value == "required" and asked.name not in side.settings
    task = (start if is_open else side).task(job)
    data, refused = _load(request, [task], on_step)
    base = _judged(job, task, data, replace(request, settings=side.settings, assumptions=side.assumptions))
    looking = [one for group in base.groups for one in (group.main, *group.beside)]
    looking = [one for one in looking if asked.name in task.loaded.standards[one.standard.standard].parameters()]
    if not looking:
        ready = [task.loaded.standards[name] for names in task.standards for name in names]
        sheets = dict.fromkeys(TABLES[one.subject].SHEETS[0] for one in ready if asked.name in one.parameters())
        raise InputRefused("tables-missing", command=job.command, sheets="、".join(sheets))
    series = [Series(one, _tallies(task, one.standard.standard, asked, data, request.as_of, side.assumptions)) for one in looking]
    return Sweep(
        job.command, asked.name, asked.values, base, () if is_open else task.parameters.periods(asked.name), series
    ), refused


def _tallies(
    task: Task, name: str, asked: Range, data: Loaded, as_of: date | None, assumptions: Mapping[str, str]
) -> list[Tally]:
    standard, chosen = task.loaded.standards[name], task.parameters.chosen
    mine = {} if standard.is_quality else {one: text for one, text in assumptions.items() if one in fields(standard.subject)}
    moved = [replace(task.parameters, chosen={**chosen, asked.name: value}) for value in asked.values]
    return list(tallies(standard, data.tables, as_of, mine, moved))
