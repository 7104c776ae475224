"""The result of a run: the verdicts on the tables that were judged, and everything that a report may say beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow.compute as pc

from fupin_cli.model.cells import SourceFile
from fupin_cli.model.figure import FoundRate
from fupin_cli.model.inputs import InputSummary
from fupin_cli.model.pack import Pack
from fupin_cli.model.parameter import Period
from fupin_cli.model.problem import Problem
from fupin_cli.model.result import StandardResult


@dataclass(frozen=True)
class Rules:
    """A pack that was used."""

    pack: Pack
    #: Parameters that the standards look at → their values with the years in which they are in force.
    parameters: Mapping[str, Sequence[Period]]


@dataclass(frozen=True)
class Group:
    """The verdicts on the subjects of one table."""

    #: The standard that gives the verdict.
    main: StandardResult
    #: Standards shown beside it.
    beside: Sequence[StandardResult] = ()
    #: Index of the pack that these standards are of, in the result's ``rules``.
    rules: int = 0
    #: Subject → its rates, in the order of the standard; empty where the standard has none.
    rates: Mapping[int, Sequence[FoundRate]] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """The table's name."""
        return self.main.subject.name


@dataclass(frozen=True)
class Finding:
    """A rule of data quality that a subject surely breaks."""

    judged: StandardResult
    check: str
    index: int


@dataclass(frozen=True)
class Change:
    """What a verdict would be if every value that an error of data quality questions were unknown."""

    outcome: str
    possible: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Quality:
    """What the error-level rules of data quality say about the tables of another check. No verdict is changed by it."""

    pack: Pack
    #: Parameters of its standards → their values.
    parameters: Mapping[str, Sequence[Period]]
    judged: Sequence[StandardResult]
    #: Table → subject → what its verdict would be; only where that differs.
    changes: Mapping[str, Mapping[int, Change]]

    def errors(self) -> dict[tuple[str, str], int]:
        """(Table, rule) → how many subjects surely break it; only error-level rules that somebody breaks."""
        counted = {
            (judged.subject.name, name): judged.count(name, "fail")
            for judged in self.judged
            for name, check in judged.standard.checks.items()
            if check.severity == "gate"
        }
        return {rule: count for rule, count in counted.items() if count}


@dataclass(frozen=True)
class Result:
    """Everything that a report may say about a run."""

    command: str
    #: Version of the program.
    version: str
    #: The packs that were used, at least one.
    rules: Sequence[Rules]
    as_of: date | None
    inputs: Sequence[InputSummary]
    #: ``--assume``: field → the text that the user gave.
    assumptions: Mapping[str, str]
    problems: Sequence[Problem]
    #: The tables that were judged, at least one.
    groups: Sequence[Group]
    #: What speaks against the data; None where that is what the command itself judges.
    quality: Quality | None = None
    #: Index of an input → its cells as they were read; none unless somebody asked to keep them: they are the whole of the files.
    sources: Mapping[int, SourceFile] = field(default_factory=dict)

    @property
    def pack(self) -> Pack:
        """The first pack: the only one, unless several were asked for."""
        return self.rules[0].pack

    @property
    def parameters(self) -> Mapping[str, Sequence[Period]]:
        """The parameters of the first pack."""
        return self.rules[0].parameters

    def of(self, judged: StandardResult) -> Rules:
        """The pack that a standard is of, with its parameters."""
        for group in self.groups:
            if judged is group.main or any(judged is other for other in group.beside):
                return self.rules[group.rules]
        return self.rules[0]

    def years(self) -> list[int]:
        """The years of the subjects, sorted."""
        found = {year for group in self.groups for year in pc.unique(group.main.data.column("year")).to_pylist()}
        return sorted(found - {None})

    def meets(self) -> bool:
        """Whether every subject of every table meets its standard."""
        return all(group.main.meets() for group in self.groups)
