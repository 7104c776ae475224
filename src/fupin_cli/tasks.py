"""What a command is asked to do: the files, the packs, and the standards that it takes from these."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fupin_cli.errors import UsageRefused
from fupin_cli.model.job import CHECK_DATA, Job
from fupin_cli.model.run import Rules
from fupin_cli.rules.locate import locate
from fupin_cli.rules.packs import LoadedPack, load_pack
from fupin_cli.rules.parameters import Parameters, choose


@dataclass(frozen=True)
class Request:
    """What the user asked for."""

    files: Sequence[str]
    #: The pack to judge by; for a command that judges by several, further ones.
    rules: str | None = None
    more_rules: Sequence[str] = ()
    as_of: date | None = None
    settings: Mapping[str, str] | None = None
    assumptions: Mapping[str, str] | None = None
    sheets: Sequence[str] = ()
    #: Rosters of the minimum living allowance, to be compared with the files.
    dibao: Sequence[str] = ()
    #: Whether files whose names hold a number of a person are called without it.
    mask_names: bool = True
    #: Whether the result keeps the cells that were read, for a report that gives them back.
    keep_sources: bool = False


@dataclass(frozen=True)
class Task:
    """The standards of one pack that a command judges by, those of one table together."""

    loaded: LoadedPack
    parameters: Parameters
    standards: Sequence[Sequence[str]]

    @property
    def tables(self) -> set[str]:
        """The tables that its standards look at."""
        return {table for names in self.standards for name in names for table in self.loaded.standards[name].tables}

    def over(self, tables: Container[str]) -> "Task":
        """Only the standards whose table is there."""
        there = [names for names in self.standards if self.loaded.standards[names[0]].subject in tables]
        return replace(self, standards=there)

    def rules(self) -> Rules:
        """The pack, and the values of the parameters that the standards name."""
        used = {n for names in self.standards for name in names for n in self.loaded.standards[name].parameters()}
        pack = self.loaded.pack
        return Rules(pack, {name: self.parameters.periods(name) for name in pack.parameters if name in used})


def open_task(job: Job, request: Request) -> Task:
    """The pack that a command judges by, with the user's parameters, and the standards that it takes from it.

    Raises:
        FupinError: the pack or a parameter is refused, or the pack is for another command.
    """
    loaded = open_pack(request.rules, job.pack)
    return Task(loaded, choose(loaded.pack, request.settings or {}), known_standards(job, loaded))


def open_pack(rules: str | None, default: str) -> LoadedPack:
    """The pack that ``--rules`` means."""
    folder, found = locate(rules, default)
    return load_pack(folder, found)


def open_quality(rules: str | None, default: str) -> LoadedPack:
    """The pack of data quality: beside the pack that ``--rules`` means, else the usual one."""
    return _open_beside(rules, default, CHECK_DATA.pack)


def _open_beside(rules: str | None, default: str, name: str) -> LoadedPack:
    _, found = locate(rules, default)
    return load_pack(found.find(name), found)


def known_standards(job: Job, loaded: LoadedPack) -> list[list[str]]:
    """The command's standards that the pack has."""
    known = [found for names in job.standards if (found := [name for name in names if name in loaded.standards])]
    if not known:
        wanted = "、".join(names[0] for names in job.standards)
        raise UsageRefused("pack-for-another-command", name=loaded.pack.name, command=job.command, standards=wanted)
    return known + [[name] for name in job.also if name in loaded.standards]


def packs_for(job: Job, asked: Sequence[LoadedPack], request: Request, usual: dict[str, LoadedPack]) -> list[LoadedPack]:
    """The packs that were asked for as far as they have standards of a command, else its usual one, kept in ``usual``."""
    named = {name for names in job.standards for name in names}
    found = [loaded for loaded in asked if named & set(loaded.standards)]
    if not found and job.pack not in usual:
        usual[job.pack] = _open_beside(request.rules, job.pack, job.pack)
    return found or [usual[job.pack]]
