"""What verifying rosters has to announce: findings by rule, accepted ones told apart, and whether the run fails."""

from collections.abc import Iterator
from functools import partial

from fupin_cli.model.problem import refusal
from fupin_cli.model.verification import Verification
from fupin_cli.report.ci.bulletin import Bulletin, Source
from fupin_cli.report.ci.github import github
from fupin_cli.report.ci.junit import junit
from fupin_cli.report.ci.sarif import sarif
from fupin_cli.report.options import Options
from fupin_cli.report.unread import unread_files
from fupin_cli.report.verification.basis import assumptions, ending, notes, numbers, packs
from fupin_cli.report.verification.rules import rules_of
from fupin_cli.report.verification.told import DiscreetWords, discreet, told


def roster_bulletin(verification: Verification, options: Options) -> Bulletin:
    """Everything about a run."""
    words, gate = discreet(verification.result, options), verification.gate
    result = words.result
    return Bulletin(
        lang=words.lang,
        command=result.command,
        version=result.version,
        title=words.say(f"title-{result.command}"),
        as_of=result.as_of,
        inputs=[Source(source.path, source.sha256) for source in result.inputs],
        rules=rules_of(verification, words),
        found=verification.found,
        tell=partial(told, words),
        packs=packs(words),
        numbers=numbers(words),
        assumptions=assumptions(words),
        notes=notes(words),
        ending=lambda limit: list(ending(verification, words, limit)),
        lost=_lost(verification, words),
        refused=unread_files(map(refusal, gate.refused), words.options) if gate is not None else [],
    )


def _lost(verification: Verification, words: DiscreetWords) -> str:
    """Whether the run fails for rows that nobody judged and no finding tells of: empty, or how."""
    kinds = {reason.kind for reason in verification.gate.reasons} if verification.gate is not None else set()
    return words.say("ci-rows-lost") if "quarantined" in kinds else ""


def junit_lines(verification: Verification, options: Options) -> Iterator[str]:
    """As JUnit."""
    return junit(roster_bulletin(verification, options))


def sarif_lines(verification: Verification, options: Options) -> Iterator[str]:
    """As SARIF."""
    return sarif(roster_bulletin(verification, options))


def github_lines(verification: Verification, options: Options) -> Iterator[str]:
    """As annotations on GitHub."""
    return github(roster_bulletin(verification, options))
