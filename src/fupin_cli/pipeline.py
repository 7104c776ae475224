"""load → evaluate → report, in a few lines that one can read aloud."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.metadata import version

from fupin_cli.engines.duck import connect
from fupin_cli.errors import InputRefused, UsageRefused
from fupin_cli.evaluate.quality import changes, find_errors, untold
from fupin_cli.evaluate.run import conflicts, judge, years_outside
from fupin_cli.load.cells.several import OnStep, read_files
from fupin_cli.load.tables.build import load_tables
from fupin_cli.load.tables.inspect import inspect_files
from fupin_cli.model.cells import SourceFile
from fupin_cli.model.inputs import Loaded
from fupin_cli.model.inspection import Inspection
from fupin_cli.model.job import CHECK_ALL, CHECKS, Job
from fupin_cli.model.problem import Problem, refusal
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Change, Group, Quality, Result
from fupin_cli.model.tables import TABLES, Table, fields
from fupin_cli.rosters.dibao import with_roster
from fupin_cli.rules.packs import LoadedPack
from fupin_cli.rules.parameters import Parameters, choose, refuse_unknown
from fupin_cli.rules.standard import ReadyStandard
from fupin_cli.tasks import Request, Task, known_standards, open_pack, open_quality, open_task, packs_for

#: The name under which the package is installed.
DISTRIBUTION = "fupin-cli"


def check(job: Job, request: Request, on_step: OnStep | None = None) -> tuple[Result, Sequence[InputRefused]]:
    """Judge every subject in the files; the second value are the files of a batch that were refused.

    Raises:
        FupinError: the command line, the pack, or every one of the files is refused.
    """
    task = open_task(job, request)
    loaded = task.loaded
    is_quality = all(loaded.standards[main].is_quality for main, *_ in task.standards)
    # Other processes read the files; meanwhile there is time for the rules about the data.
    with ThreadPoolExecutor(1) as aside:
        opening = None if is_quality else aside.submit(open_quality, request.rules, job.pack)
        aside.submit(connect)
        files, refused = read_together(request, on_step)
        rules = opening.result() if opening is not None else None
    data = with_roster(load_tables(files, request.sheets, task.tables), request.dibao)
    there = over_tables(job, task, data.tables)
    groups, findings = judge_tables([there], rules, data.tables, request)
    quality = None
    if rules is not None:
        quality = quality_of(rules, findings, changes_of(there, groups, findings, data.tables, request))
    result = result_of(job.command, [there], groups, data, request, quality)
    away = [*refused, *data.refused]
    result = replace(result, problems=[*map(refusal, away), *result.problems])
    return _with_sources(result, files, request), away


def over_tables(job: Job, task: Task, tables: Mapping[str, Table]) -> Task:
    """The task's standards whose table is there.

    Raises:
        InputRefused: none of those is there that the command is for.
    """
    there = task.over(tables)
    if not any(main not in job.also for main, *_ in there.standards):
        subjects = [task.loaded.standards[main].subject for main, *_ in task.standards if main not in job.also]
        raise InputRefused("tables-missing", command=job.command, sheets="、".join(TABLES[name].SHEETS[0] for name in subjects))
    return there


def check_all(request: Request, on_step: OnStep | None = None) -> tuple[Result, Sequence[InputRefused]]:
    """Judge every subject by the standards of all check commands in one reading; the second value are the refused files.

    A pack that is asked for takes the place of the usual one of every command that it has standards for.

    Raises:
        FupinError: the command line, a pack, or every one of the files is refused.
    """
    asked = [open_pack(name, "") for name in (request.rules, *request.more_rules) if name is not None]
    usual: dict[str, LoadedPack] = {}
    chosen = [(job, loaded) for job in CHECKS for loaded in packs_for(job, asked, request, usual)]
    settings = request.settings or {}
    for name in settings:
        refuse_unknown(name, [loaded.pack for _, loaded in chosen])
    files, refused = read_together(request, on_step)
    tasks, told = [], set[str]()
    for job, loaded in chosen:
        # What looks for odd entries of a sheet is asked once, whichever pack has it.
        known = [names for names in known_standards(job, loaded) if names[0] not in job.also or names[0] not in told]
        told |= {names[0] for names in known if names[0] in job.also}
        mine = {name: text for name, text in settings.items() if name in loaded.pack.parameters}
        tasks.append((job, Task(loaded, choose(loaded.pack, mine), known)))
    data = load_tables(files, request.sheets, {table for _, task in tasks for table in task.tables})
    silent = {job.command: [table for table in job.needs if table not in data.tables] for job, _ in tasks}
    given = [(job, task.over(data.tables)) for job, task in tasks if not silent[job.command]]
    # What goes along with a table's verdicts is never judged alone: a sheet of steps without a county says nothing of counties.
    there = [task for job, task in given if any(main not in job.also for main, *_ in task.standards)]
    if not there:
        raise InputRefused("tables-missing", command=CHECK_ALL, sheets=TABLES["household"].SHEETS[0])
    groups, _ = judge_tables(there, None, data.tables, request)
    result = result_of(CHECK_ALL, there, groups, data, request)
    notes = [
        Problem("check-left-out", "info", facts={"command": command, "sheets": "、".join(TABLES[t].SHEETS[0] for t in lacking)})
        for command, lacking in silent.items()
        if lacking
    ]
    away = [*refused, *data.refused]
    result = replace(result, problems=[*map(refusal, away), *result.problems, *notes])
    return _with_sources(result, files, request), away


def _with_sources(result: Result, files: Sequence[SourceFile], request: Request) -> Result:
    """The result with the cells that were read, where somebody asked to keep them: no two files have one content."""
    if not request.keep_sources:
        return result
    known = {file.sha256: file for file in files}
    kept = {place: known[one.sha256] for place, one in enumerate(result.inputs) if one.sha256 in known}
    return replace(result, sources=kept)


def result_of(
    command: str, tasks: Sequence[Task], groups: Sequence[Group], data: Loaded, request: Request, quality: Quality | None = None
) -> Result:
    """The verdicts with everything that a report says beside them."""
    mains = [group.main for group in groups]
    # Two standards that look at one field find the same disagreement.
    told = {(p.code, p.where, p.table, p.name): p for main in mains for p in conflicts(main)}
    return Result(
        command=command,
        version=version(DISTRIBUTION),
        rules=[task.rules() for task in tasks],
        as_of=request.as_of,
        inputs=data.inputs,
        assumptions=request.assumptions or {},
        problems=[*untold(data.problems, mains), *told.values(), *_years_outside(groups, tasks)],
        groups=groups,
        quality=quality,
    )


def judge_tables(
    tasks: Sequence[Task], rules: LoadedPack | None, tables: Mapping[str, Table], request: Request, *, beside: bool = True
) -> tuple[list[Group], list[StandardResult]]:
    """The verdicts on each table, and what the rules of data quality find beside them; ``beside`` each other, in as many threads
    as there are standards, unless the other cores have work of their own.
    """
    named = [(task, name) for task in tasks for names in task.standards for name in names]
    subjects = {task.loaded.standards[name].subject for task, name in named}

    def verdict(one: tuple[Task, str]) -> StandardResult:
        task, standard = one[0], one[0].loaded.standards[one[1]]
        return judge(standard, task.parameters, tables, request.as_of, _assumed(standard, request, subjects))

    def errors() -> list[StandardResult]:
        return find_errors(rules, tables, request.as_of) if rules is not None else []

    if beside:
        # DuckDB works outside the interpreter's lock, so a second standard costs little time on a machine with two cores.
        with ThreadPoolExecutor(len(named) + 1) as pool:
            # What takes longest goes first.
            looking, verdicts = pool.submit(errors), list(pool.map(verdict, named))
            findings = looking.result()
    else:
        verdicts, findings = [verdict(one) for one in named], errors()
    found = {(id(task), name): judged for (task, name), judged in zip(named, verdicts, strict=True)}
    return [
        Group(found[id(task), main], [found[id(task), name] for name in beside], number)
        for number, task in enumerate(tasks)
        for main, *beside in task.standards
    ], findings


def _assumed(standard: ReadyStandard, request: Request, subjects: Iterable[str]) -> Mapping[str, str]:
    """The assumptions that are meant for a standard's table; one that is meant for none is left for it to refuse."""
    given = request.assumptions or {}
    elsewhere = {name for subject in subjects if subject != standard.subject for name in fields(subject)}
    if standard.is_quality:
        return {}
    return {name: text for name, text in given.items() if name in fields(standard.subject) or name not in elsewhere}


def changes_of(
    task: Task,
    groups: Sequence[Group],
    findings: Sequence[StandardResult],
    tables: Mapping[str, Table],
    request: Request,
) -> dict[str, dict[int, Change]]:
    """Which verdicts rest on values that the rules of data quality question."""
    subjects = {group.subject for group in groups}
    changed = {}
    for group, (main, *_) in zip(groups, task.standards, strict=True):
        standard = task.loaded.standards[main]
        # What looks for odd entries says itself what is wrong with the data.
        if not standard.is_quality:
            assumed = _assumed(standard, request, subjects)
            changed[group.subject] = changes(standard, task.parameters, tables, request.as_of, assumed, group.main, findings)
    return changed


def quality_of(rules: LoadedPack, findings: Sequence[StandardResult], changed: Mapping[str, Mapping[int, Change]]) -> Quality:
    """What the rules of data quality say beside the verdicts."""
    periods = Parameters(rules.pack, {}).periods
    return Quality(rules.pack, {name: periods(name) for name in rules.pack.parameters}, findings, changed)


def read_together(request: Request, on_step: OnStep | None) -> tuple[list[SourceFile], list[InputRefused]]:
    """The files that can be read, and the refusals of the others."""
    files, refused = read_files(request.files, request.sheets or None, on_step)
    if not files:
        raise refused[0]
    refuse_twice(files)
    return files, refused


def refuse_twice(files: Sequence[SourceFile]) -> None:
    """Refuse files of one content: every household would stand twice.

    Raises:
        UsageRefused: the first file that another one was before.
    """
    twice = next(
        (file.path for index, file in enumerate(files) if any(file.sha256 == other.sha256 for other in files[:index])), None
    )
    if twice is not None:
        raise UsageRefused("file-given-twice", path=twice)


def _years_outside(groups: Sequence[Group], tasks: Sequence[Task]) -> list[Problem]:
    """A year that is not the pack's is told once."""
    outside: dict[tuple[str, str], Problem] = {}
    for group in reversed(groups):
        pack = tasks[group.rules].loaded.pack
        outside |= {(pack.name, problem.value): problem for problem in years_outside(group.main, pack)}
    return [outside[one] for one in sorted(outside)]


def look_into(
    paths: Sequence[str], sheets: Sequence[str] = (), on_step: OnStep | None = None
) -> tuple[Inspection, Sequence[InputRefused]]:
    """What files hold and what becomes of it; the second value are the files that could not be opened at all."""
    files, refused = read_files(paths, None, on_step)
    refuse_twice(files)
    return inspect_files(files, sheets), refused
