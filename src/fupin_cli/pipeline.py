"""load → evaluate → report, in a few lines that one can read aloud."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from fupin_cli.errors import InputRefused, UsageRefused
from fupin_cli.evaluate.cases import run_cases
from fupin_cli.evaluate.run import conflicts, judge, years_outside
from fupin_cli.load.cells.files import read_file
from fupin_cli.load.tables.build import load_tables
from fupin_cli.model.case import CaseOutcome
from fupin_cli.model.pack import Pack
from fupin_cli.model.result import Result
from fupin_cli.rules.locate import locate, shelf
from fupin_cli.rules.packs import LoadedPack, load_cases, load_pack
from fupin_cli.rules.parameters import Parameters, choose

#: The name under which the package is installed.
DISTRIBUTION = "fupin-cli"


@dataclass(frozen=True)
class Job:
    """What a check command stands for: its pack unless told otherwise, its standard, and those shown beside it."""

    command: str
    pack: str
    standard: str
    beside: tuple[str, ...] = ()


CHECK_EXIT = Job("check-exit", "national-2016", "household-exit", ("exit-procedure",))


@dataclass(frozen=True)
class Request:
    """What the user asked for."""

    files: Sequence[str]
    rules: str | None = None
    as_of: date | None = None
    settings: Mapping[str, str] | None = None
    assumptions: Mapping[str, str] | None = None
    sheets: Sequence[str] = ()


def check(job: Job, request: Request) -> tuple[Result, Sequence[InputRefused]]:
    """Judge every subject in the files; the second value are the files of a batch that were refused.

    Raises:
        FupinError: the command line, the pack, or every one of the files is refused.
    """
    loaded = open_pack(request.rules, job.pack)
    parameters = choose(loaded.pack, request.settings or {})
    assumptions = request.assumptions or {}
    files, refused = [], []
    for path in request.files:
        try:
            files.append(read_file(path, sheets=request.sheets or None))
        except InputRefused as error:
            refused.append(error)
    if not files:
        raise refused[0]
    twice = next(
        (file.path for index, file in enumerate(files) if any(file.sha256 == other.sha256 for other in files[:index])), None
    )
    if twice is not None:
        raise UsageRefused("file-given-twice", path=twice)
    data = load_tables(files, request.sheets)
    names = [name for name in (job.standard, *job.beside) if name in loaded.standards]
    standards = [loaded.standards[name] for name in names]
    # DuckDB works outside the interpreter's lock, so the second standard costs no time on a machine with two cores.
    with ThreadPoolExecutor(len(standards)) as pool:
        main, *beside = pool.map(lambda standard: judge(standard, parameters, data.tables, request.as_of, assumptions), standards)
    result = Result(
        command=job.command,
        version=version(DISTRIBUTION),
        pack=loaded.pack,
        as_of=request.as_of,
        parameters={name: parameters.periods(name) for name in _parameters_used(loaded, names)},
        inputs=data.inputs,
        assumptions=assumptions,
        problems=[*data.problems, *conflicts(main), *years_outside(main, loaded.pack)],
        main=main,
        beside=beside,
    )
    return result, [*refused, *data.refused]


def open_pack(rules: str | None, default: str) -> LoadedPack:
    """The pack that ``--rules`` means."""
    folder, found = locate(rules, default)
    return load_pack(folder, found)


def all_packs() -> list[Pack]:
    """Every pack that can be found by name, in the order of their names."""
    found = shelf()
    return [load_pack(found.find(name), found).pack for name in found.names()]


def run_pack_cases(rules: str | None, default: str) -> tuple[Pack, Mapping[str, Sequence[CaseOutcome]]]:
    """Judge the worked cases of a pack, by standard."""
    loaded = open_pack(rules, default)
    parameters = Parameters(loaded.pack, {})
    return loaded.pack, {name: run_cases(loaded.standards[name], parameters, cases) for name, cases in load_cases(loaded).items()}


def _parameters_used(loaded: LoadedPack, standards: Sequence[str]) -> list[str]:
    used = {name for standard in standards for name in loaded.standards[standard].parameters()}
    return [name for name in loaded.pack.parameters if name in used]
