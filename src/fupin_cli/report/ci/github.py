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
from fupin_cli.report.unread import Unread

#: So many of each kind GitHub shows of a step, and most files among them.
MOST, _FILES = 10, 5
#: Ends or begins something in a workflow command.
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = _DATA | {":": "%3A", ",": "%2C"}
_ESCAPED, _ESCAPED_PROPERTY = str.maketrans(_DATA), str.maketrans(_PROPERTY)


def github(bulletin: Bulletin) -> Iterator[str]:
    """The commands, a line each."""
    new = [one for one in bulletin.found if one.accepted is None]
    failing = [one for one in new if bulletin.rule(one).fails]
    others = [one for one in new if not bulletin.rule(one).fails]
    # What nobody looked at comes first, lest the findings in the other files take all the room.
    refused = bulletin.refused[:_FILES]
    yield from (_refused(bulletin, one) for one in refused)
    rooms = (MOST - len(refused), MOST)
    for kind, found, room in zip(("error", "warning"), (failing, others), rooms, strict=True):
        for one in bulletin.tell(shared(found, room)):
            yield _annotation(bulletin, kind, one)
    left = [max(len(found) - room, 0) for found, room in zip((failing, others), rooms, strict=True)]
    yield from _notices(bulletin, failing, others, left)


def _refused(bulletin: Bulletin, one: Unread) -> str:
    """A file that was not looked at: there is no row to mark."""
    told = "\n".join(line for line in (one.reason, one.hint) if line)
    if not one.path:
        return _command("error", {"title": bulletin.title}, told)
    return _command("error", {"file": visible(posix(one.path)), "title": bulletin.say("unread-file")}, told)


def _notices(bulletin: Bulletin, failing: Sequence[Found], others: Sequence[Found], left: Sequence[int]) -> Iterator[str]:
    """How it ended, and what is not shown; each in a notice of its own, which makes fewer than ten."""
    files = len(bulletin.refused) - _FILES
    if files > 0:
        yield _command("notice", {"title": bulletin.title}, bulletin.say("unread-more", count=files))
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
