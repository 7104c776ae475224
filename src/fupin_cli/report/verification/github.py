"""Findings as workflow commands of GitHub Actions, which shows them as annotations beside the files.

GitHub shows ten errors, ten warnings and ten notes of a step; a notice says how many there are beside them. Accepted findings
are counted and not shown. What fails the run is an error there, what does not is a warning.
"""

from collections.abc import Iterator, Sequence

from fupin_cli.model.verification import Found, Verification
from fupin_cli.report.gate import refused_lines
from fupin_cli.report.options import Options
from fupin_cli.report.verification.basis import ending, notes
from fupin_cli.report.verification.rules import Rule, rules_of
from fupin_cli.report.verification.shares import shared
from fupin_cli.report.verification.told import DiscreetWords, Told, discreet, primary, told
from fupin_cli.report.verification.uris import line, posix

#: So many of each kind GitHub shows of a step.
MOST = 10
#: Ends or begins something in a workflow command.
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = _DATA | {":": "%3A", ",": "%2C"}
_ESCAPED, _ESCAPED_PROPERTY = str.maketrans(_DATA), str.maketrans(_PROPERTY)


def github_lines(verification: Verification, options: Options) -> Iterator[str]:
    """The commands, a line each."""
    words = discreet(verification.result, options)
    rules = {rule.id: rule for rule in rules_of(verification, words)}
    new = [one for one in verification.found if one.accepted is None]
    failing = [one for one in new if rules[one.rule].fails]
    others = [one for one in new if not rules[one.rule].fails]
    for kind, found in (("error", failing), ("warning", others)):
        for one in told(words, shared(found, MOST)):
            yield _annotation(words, kind, one, rules[one.found.rule])
    yield from _refused(verification, words)
    yield from _notices(verification, words, failing, others)


def _refused(verification: Verification, words: DiscreetWords) -> Iterator[str]:
    """Files that were not verified: there is no row to mark."""
    title = words.say("ci-files-refused")
    lines = refused_lines(verification.gate, words.lang) if verification.gate is not None else []
    yield from (_command("error", {"title": title}, line) for line in lines)


def _notices(
    verification: Verification, words: DiscreetWords, failing: Sequence[Found], others: Sequence[Found]
) -> Iterator[str]:
    """How it ended, and what is not shown; each in a notice of its own, which makes fewer than ten."""
    title = words.say(f"title-{verification.result.command}")
    left = [max(len(found) - MOST, 0) for found in (failing, others)]
    if any(left):
        yield _command("notice", {"title": title}, words.say("ci-github-left", errors=left[0], warnings=left[1]))
    accepted = sum(one.accepted is not None for one in verification.found)
    if accepted:
        yield _command("notice", {"title": title}, words.say("ci-github-accepted", count=accepted))
    lines = list(ending(verification, words, MOST))
    if not (failing or others or (verification.gate is not None and verification.gate.refused)):
        lines.insert(0, words.say("ci-nothing-new"))
    lines += notes(words)[:MOST]
    if lines:
        yield _command("notice", {"title": title}, "\n".join(lines))


def _annotation(words: DiscreetWords, kind: str, one: Told, rule: Rule) -> str:
    cell = primary(one.found)
    path = posix(words.result.inputs[cell.input].path)
    properties = {"file": path, "line": str(line(cell)), "title": f"{rule.title} ({rule.id})"}
    lines = [one.text(rule.remedy), *rule.lines]
    return _command(kind, properties, "\n".join(lines))


def _command(kind: str, properties: dict[str, str], message: str) -> str:
    told = ",".join(f"{name}={value.translate(_ESCAPED_PROPERTY)}" for name, value in properties.items())
    return f"::{kind} {told}::{message.translate(_ESCAPED)}\n"
