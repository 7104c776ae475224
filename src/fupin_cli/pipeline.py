"""load → evaluate → report, in a few lines that one can read aloud."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from fupin_cli.errors import InputRefused, UsageRefused
from fupin_cli.evaluate.cases import run_cases
from fupin_cli.evaluate.quality import changes, find_errors, untold
from fupin_cli.evaluate.reconcile.run import reconcile
from fupin_cli.evaluate.run import conflicts, judge, years_outside
from fupin_cli.load.cells.several import OnStep, read_files
from fupin_cli.load.tables.build import load_tables
from fupin_cli.load.tables.inspect import inspect_files
from fupin_cli.model.case import CaseOutcome
from fupin_cli.model.cells import SourceFile
from fupin_cli.model.inspection import Inspection
from fupin_cli.model.pack import Pack
from fupin_cli.model.problem import Problem
from fupin_cli.model.reconciled import Reconciliation
from fupin_cli.model.run import Group, Quality, Result
from fupin_cli.model.tables import TABLES, Table
from fupin_cli.rules.locate import locate, shelf
from fupin_cli.rules.packs import LoadedPack, load_cases, load_pack
from fupin_cli.rules.parameters import Parameters, choose

#: Declared figures, and the rosters that they may be counted over.
RECONCILED = ("reconcile", "household", "person", "village", "fund")

#: The name under which the package is installed.
DISTRIBUTION = "fupin-cli"


@dataclass(frozen=True)
class Job:
    """What a check command stands for: its pack unless told otherwise, and the standards that it takes from it."""

    command: str
    pack: str
    #: For each table that is judged the standard that gives the verdict, then those shown beside it.
    standards: tuple[tuple[str, ...], ...]


CHECK_EXIT = Job("check-exit", "national-2016", (("household-exit", "exit-procedure"),))
CHECK_SUPPORT = Job("check-support", "support-2020", (("household-support",), ("support-measures",)))
CHECK_ARCHIVE = Job(
    "check-archive", "archive-2018", (("household-archive",), ("village-archive",), ("team-archive",), ("archive-items",))
)
CHECK_DATA = Job("check-data", "data-quality", (("household-quality",), ("person-quality",), ("village-quality",)))


@dataclass(frozen=True)
class Request:
    """What the user asked for."""

    files: Sequence[str]
    rules: str | None = None
    as_of: date | None = None
    settings: Mapping[str, str] | None = None
    assumptions: Mapping[str, str] | None = None
    sheets: Sequence[str] = ()


def check(job: Job, request: Request, on_step: OnStep | None = None) -> tuple[Result, Sequence[InputRefused]]:
    """Judge every subject in the files; the second value are the files of a batch that were refused.

    Raises:
        FupinError: the command line, the pack, or every one of the files is refused.
    """
    loaded = open_pack(request.rules, job.pack)
    known = _known(job, loaded)
    parameters = choose(loaded.pack, request.settings or {})
    is_quality = all(loaded.standards[main].is_quality for main, *_ in known)
    # Other processes read the files; meanwhile there is time for the rules about the data.
    with ThreadPoolExecutor(1) as aside:
        opening = None if is_quality else aside.submit(open_quality, request.rules, job.pack)
        files, refused = _read(request, on_step)
        rules = opening.result() if opening is not None else None
    data = load_tables(
        files, request.sheets, {table for names in known for name in names for table in loaded.standards[name].tables}
    )
    wanted = [names for names in known if loaded.standards[names[0]].subject in data.tables]
    if not wanted:
        sheets = "、".join(TABLES[loaded.standards[main].subject].SHEETS[0] for main, *_ in known)
        raise InputRefused("tables-missing", command=job.command, sheets=sheets)
    groups, quality = _judge(loaded, parameters, wanted, rules, data.tables, request)
    used = {name for names in wanted for standard in names for name in loaded.standards[standard].parameters()}
    result = Result(
        command=job.command,
        version=version(DISTRIBUTION),
        pack=loaded.pack,
        as_of=request.as_of,
        parameters={name: parameters.periods(name) for name in loaded.pack.parameters if name in used},
        inputs=data.inputs,
        assumptions=request.assumptions or {},
        problems=[*untold(data.problems, [group.main for group in groups]), *_doubts(groups, loaded.pack)],
        groups=groups,
        quality=quality,
    )
    return result, [*refused, *data.refused]


def _judge(
    loaded: LoadedPack,
    parameters: Parameters,
    wanted: Sequence[Sequence[str]],
    rules: LoadedPack | None,
    tables: Mapping[str, Table],
    request: Request,
) -> tuple[list[Group], Quality | None]:
    """The verdicts on each table, and what the rules of data quality say about them."""
    day, assumptions = request.as_of, request.assumptions or {}
    names = [name for group in wanted for name in group]
    # DuckDB works outside the interpreter's lock, so a second standard costs little time on a machine with two cores.
    with ThreadPoolExecutor(len(names) + 1) as pool:
        verdicts = pool.map(lambda name: judge(loaded.standards[name], parameters, tables, day, assumptions), names)
        looking = pool.submit(find_errors, rules, tables, day) if rules is not None else None
        found = dict(zip(names, verdicts, strict=True))
        findings = looking.result() if looking is not None else []
    groups = [Group(found[main], [found[name] for name in beside]) for main, *beside in wanted]
    if rules is None:
        return groups, None
    changed = {
        group.subject: changes(loaded.standards[main], parameters, tables, day, assumptions, group.main, findings)
        for group, (main, *_) in zip(groups, wanted, strict=True)
        # What looks for odd entries says itself what is wrong with the data.
        if not loaded.standards[main].is_quality
    }
    periods = Parameters(rules.pack, {}).periods
    return groups, Quality(rules.pack, {name: periods(name) for name in rules.pack.parameters}, findings, changed)


def _known(job: Job, loaded: LoadedPack) -> list[list[str]]:
    """The command's standards that the pack has."""
    known = [[name for name in names if name in loaded.standards] for names in job.standards if names[0] in loaded.standards]
    if not known:
        wanted = "、".join(names[0] for names in job.standards)
        raise UsageRefused("pack-for-another-command", name=loaded.pack.name, command=job.command, standards=wanted)
    return known


def _read(request: Request, on_step: OnStep | None) -> tuple[list[SourceFile], list[InputRefused]]:
    """The files that can be read, and the refusals of the others."""
    files, refused = read_files(request.files, request.sheets or None, on_step)
    if not files:
        raise refused[0]
    _refuse_twice(files)
    return files, refused


def _refuse_twice(files: Sequence[SourceFile]) -> None:
    twice = next(
        (file.path for index, file in enumerate(files) if any(file.sha256 == other.sha256 for other in files[:index])), None
    )
    if twice is not None:
        raise UsageRefused("file-given-twice", path=twice)


def _doubts(groups: Sequence[Group], pack: Pack) -> list[Problem]:
    """What came to light about the data only when it was judged; a year that is not the pack's is told once."""
    outside = {problem.value: problem for group in reversed(groups) for problem in years_outside(group.main, pack)}
    return [*(problem for group in groups for problem in conflicts(group.main)), *(outside[year] for year in sorted(outside))]


def reconcile_files(request: Request, on_step: OnStep | None = None) -> tuple[Reconciliation, Sequence[InputRefused]]:
    """Compare declared figures with their parts; the second value are the files of a batch that were refused.

    Raises:
        FupinError: every one of the files is refused, or none has a sheet of declared figures.
    """
    files, refused = _read(request, on_step)
    data = load_tables(files, request.sheets, RECONCILED)
    if RECONCILED[0] not in data.tables:
        raise InputRefused("tables-missing", command="reconcile", sheets=TABLES[RECONCILED[0]].SHEETS[0])
    rows = reconcile(data.tables)
    return Reconciliation(version(DISTRIBUTION), data.inputs, data.problems, rows), [*refused, *data.refused]


def look_into(
    paths: Sequence[str], sheets: Sequence[str] = (), on_step: OnStep | None = None
) -> tuple[Inspection, Sequence[InputRefused]]:
    """What files hold and what becomes of it; the second value are the files that could not be opened at all."""
    files, refused = read_files(paths, None, on_step)
    _refuse_twice(files)
    return inspect_files(files, sheets), refused


def open_pack(rules: str | None, default: str) -> LoadedPack:
    """The pack that ``--rules`` means."""
    folder, found = locate(rules, default)
    return load_pack(folder, found)


def open_quality(rules: str | None, default: str) -> LoadedPack:
    """The pack of data quality: beside the pack that ``--rules`` means, else the usual one."""
    _, found = locate(rules, default)
    return load_pack(found.find(CHECK_DATA.pack), found)


def all_packs() -> list[Pack]:
    """Every pack that can be found by name, in the order of their names."""
    found = shelf()
    return [load_pack(found.find(name), found).pack for name in found.names()]


def run_pack_cases(rules: str | None, default: str) -> tuple[Pack, Mapping[str, Sequence[CaseOutcome]]]:
    """Judge the worked cases of a pack, by standard."""
    loaded = open_pack(rules, default)
    parameters = Parameters(loaded.pack, {})
    return loaded.pack, {name: run_cases(loaded.standards[name], parameters, cases) for name, cases in load_cases(loaded).items()}
