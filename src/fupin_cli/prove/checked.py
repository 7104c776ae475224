"""Everything that can be proved about one standard, each finding with subjects that show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fupin_cli.prove.findings import Conditions, Findings, Found
from fupin_cli.prove.household import Household, household, wishes
from fupin_cli.prove.properties import broken
from fupin_cli.prove.prover import Prover
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard


@dataclass(frozen=True)
class Shown:
    """A finding and the subjects that show it: one, or before and after a change."""

    found: Found
    subjects: Sequence[Household]


@dataclass(frozen=True)
class Proofs:
    """What came of asking about a standard."""

    shown: Sequence[Shown]
    #: Properties that hold.
    holding: Sequence[str]
    asked: int
    given_up: int


def prove(standard: ReadyStandard, parameters: Parameters) -> Proofs:
    """Ask everything about a standard."""
    prover = Prover(standard, parameters)
    findings = Findings(prover)
    found = list(findings.all())
    holding: list[str] = []
    for one in broken(findings):
        if isinstance(one, Found):
            found.append(one)
        else:
            holding.append(one)
    shown = [Shown(one, list(_subjects(prover, findings, one))) for one in found]
    return Proofs(shown, holding, findings.asked, prover.given_up)


def _subjects(prover: Prover, findings: Findings, found: Found) -> Iterator[Household]:
    """The subject that tells most, and what it is after the change where there is one."""
    for subject in (prover.subject, found.after):
        # What is asked of the solution has to be named before it is found.
        for name in prover.standard.checks if subject is not None else ():
            subject.status(name)  # type: ignore[union-attr]  # mypy does not follow the condition
    # What never happens while the pack is in force may well happen in another year: that would show the contrary.
    always = findings.now if found.after is None else []
    for conditions in found.show:
        model = prover.model([*conditions, *always], *_wanted(prover, findings, found))
        if model is not None:
            yield household(prover, model, prover.subject)
            if found.after is not None:
                yield household(prover, model, found.after)
            return


def _wanted(prover: Prover, findings: Findings, found: Found) -> Iterator[Conditions]:
    yield findings.now
    yield from wishes(prover, prover.subject)
    if found.after is not None:
        yield from wishes(prover, found.after)
