"""What verifying rosters found, one object for each finding, so that each can be told, counted, accepted and found again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from fupin_cli.model.baseline import Accepted, BaselineState, Gate
from fupin_cli.model.pack import NOT_APPLICABLE
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Result
from fupin_cli.model.story import Story
from fupin_cli.model.view import CheckView, SubjectView

Level = Literal["error", "warning"]
#: Worst first.
LEVELS: tuple[Level, ...] = ("error", "warning")
#: In place of the standard in the rule of what could not be read.
READING = "reading"


@dataclass(frozen=True)
class Found:
    """A rule that a subject surely breaks, or something in the files that could not be read."""

    #: ``household-roster/continues``: standard and check; ``reading/number-unreadable``: the code of a problem.
    rule: str
    level: Level
    #: The row that is meant; the cell of a problem.
    where: Address
    #: The cells that the rule looked at, each once; of a problem its own and the one that it disagrees with.
    cells: tuple[Address, ...]
    #: What the subject is known by: its numbers, never a name and never an identity number; empty where it has none.
    key: str
    year: int | None
    #: 32 hexadecimal digits that stay when rows and files move.
    fingerprint: str
    #: The verdicts of the standard; None for a problem.
    judged: StandardResult | None = field(default=None, repr=False, compare=False)
    #: The subject's index in its table; -1 for a problem of no row that is known.
    index: int = -1
    #: The check that is broken; empty for a problem.
    check: str = ""
    problem: Problem | None = field(default=None, repr=False, compare=False)
    #: The entry of the baseline that accepts it; None where it is new.
    accepted: Accepted | None = None


@dataclass(frozen=True)
class Asked:
    """A rule of the packs, and how many were asked what it requires."""

    rule: str
    level: Level
    judged: StandardResult = field(repr=False, compare=False)
    check: str
    passed: int
    failed: int
    unknown: int

    @property
    def of_anybody(self) -> bool:
        """Whether it could be worked out for anybody."""
        return bool(self.passed or self.failed)


@dataclass(frozen=True)
class Verification:
    """The result of verifying rosters, with everything that its reports say beside it."""

    result: Result
    found: Sequence[Found]
    #: What changed from year to year; None unless it was asked for.
    story: Story | None = None
    #: The findings that were accepted before; None without a baseline.
    baseline: BaselineState | None = None
    #: Whether the run fails, and why; None where nobody asked.
    gate: Gate | None = None


def rule_name(judged: StandardResult, check: str) -> str:
    """What a rule is called in every report: its standard and its check."""
    return f"{judged.standard.standard}/{check}"


def level_of(judged: StandardResult, check: str) -> Level:
    """How bad it is to break a rule."""
    return "error" if judged.standard.checks[check].severity == "gate" else "warning"


def quality_standards(result: Result) -> Iterator[StandardResult]:
    """The standards of a result that say what is wrong with the data, in the order of the packs."""
    for group in result.groups:
        yield from (judged for judged in (group.main, *group.beside) if judged.is_quality)


def views_of(judged: StandardResult, check: str, indices: Sequence[int]) -> Iterator[tuple[SubjectView, CheckView]]:
    """What one rule says of these subjects, one by one. A standard has some hundred columns, of which a rule needs a few."""
    looks = judged.looks[check]
    sources = [inner for look in looks for source in look.sources for inner in (source, *source.behind)]
    named = {look.name for look in looks} | {name for one in sources for name in (one.fact, *one.fields)}
    about = {"status": {check}, "margin": {check}, "may": set(judged.standard.outcomes) | {NOT_APPLICABLE}}
    columns = [
        column
        for column, (kind, _, name) in ((column, column.partition(".")) for column in judged.data.column_names)
        if not name or (kind != "missing" and name in about.get(kind, named))
    ]
    narrow = replace(judged, data=judged.data.select(columns))
    yield from ((view, view.checks[0]) for view in narrow.views(indices, (check,)))


def cells_of(view: CheckView) -> tuple[Address, ...]:
    """The cells that a check looked at, each once, in the order in which it names them."""
    return tuple(dict.fromkeys(cell for cells in view.cells.values() for cell in cells if cell.tells))


def asked_rules(result: Result) -> list[Asked]:
    """Every rule about the data, errors before warnings, each with how many keep it, break it, or cannot be judged by it."""
    asked = []
    for judged in quality_standards(result):
        for check, counts in judged.check_counts().items():
            numbers = (counts["pass"], counts["fail"], counts["unknown"])
            asked.append(Asked(rule_name(judged, check), level_of(judged, check), judged, check, *numbers))
    return sorted(asked, key=lambda one: LEVELS.index(one.level))
