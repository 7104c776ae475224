"""Findings as workflow commands of GitHub Actions, which shows them as annotations beside the files.

GitHub shows ten errors, ten warnings and ten notes of a step; a notice says how many there are beside them. Accepted findings
are counted and not shown. What fails the run is an error there, what does not is a warning.
"""

from collections.abc import Iterator, Sequence

from fupin_cli.model.verification import Found
from fupin_cli.report.ci.bulletin import Bulletin, Told, primary
from fupin_cli.report.ci.shares import shared
from fupin_cli.report.ci.uris import line, posix
from fupin_cli.report.problems import visible

#: So many of each kind GitHub shows of a step.
MOST = 10
#: Ends or begins something in a workflow command.
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = _DATA | {":": "%3A", ",": "%2C"}
_ESCAPED, _ESCAPED_PROPERTY = str.maketrans(_DATA), str.maketrans(_PROPERTY)


def github(bulletin: Bulletin) -> Iterator[str]:
    """The commands, a line each."""
    new = [one for one in bulletin.found if one.accepted is None]
    failing = [one for one in new if bulletin.rule(one).fails]
    others = [one for one in new if not bulletin.rule(one).fails]
    for kind, found in (("error", failing), ("warning", others)):
        for one in bulletin.tell(shared(found, MOST)):
            yield _annotation(bulletin, kind, one)
    yield from _refused(bulletin)
    yield from _notices(bulletin, failing, others)


def _refused(bulletin: Bulletin) -> Iterator[str]:
    """Files that were not looked at: there is no row to mark."""
    title = bulletin.lost or bulletin.say("ci-files-refused")
    yield from (_command("error", {"title": title}, line) for line in bulletin.refused)


def _notices(bulletin: Bulletin, failing: Sequence[Found], others: Sequence[Found]) -> Iterator[str]:
    """How it ended, and what is not shown; each in a notice of its own, which makes fewer than ten."""
    left = [max(len(found) - MOST, 0) for found in (failing, others)]
    if any(left):
        yield _command("notice", {"title": bulletin.title}, bulletin.say("ci-github-left", errors=left[0], warnings=left[1]))
    accepted = sum(one.accepted is not None for one in bulletin.found)
    if accepted:
        yield _command("notice", {"title": bulletin.title}, bulletin.say("ci-github-accepted", count=accepted))
    lines = list(bulletin.ending(MOST))
    if not (failing or others or bulletin.refused):
        lines.insert(0, bulletin.say(bulletin.nothing))
    lines += bulletin.notes[:MOST]
    if lines:
        yield _command("notice", {"title": bulletin.title}, "\n".join(lines))


def _annotation(bulletin: Bulletin, kind: str, one: Told) -> str:
    cell, rule = primary(one.found), bulletin.rule(one.found)
    place = {"file": visible(posix(bulletin.inputs[cell.input].path)), "line": str(line(cell))} if bulletin.inputs else {}
    properties = {**place, "title": f"{rule.title} ({rule.id})"}
    lines = [one.text(rule.remedy), *rule.lines]
    return _command(kind, properties, "\n".join(lines))


def _command(kind: str, properties: dict[str, str], message: str) -> str:
    told = ",".join(f"{name}={value.translate(_ESCAPED_PROPERTY)}" for name, value in properties.items())
    return f"::{kind} {told}::{message.translate(_ESCAPED)}\n"
