"""Findings as a JUnit report: a suite for each standard, a case for each rule, in the form that GitLab, Jenkins and GitHub read.

A case has one ``failure`` with everything in it, because readers show the first one only. What does not fail the run (warnings,
accepted findings) stands in the case's output, so that the colours are those of the exit code.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from fupin_cli.model.verification import READING, Found
from fupin_cli.report.ci.bulletin import Bulletin, Rule, Told, safe
from fupin_cli.report.problems import visible
from fupin_cli.report.unread import Unread

#: XML cannot hold these, not even as a reference.
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_TIME = {"time": "0"}


def junit(bulletin: Bulletin) -> Iterator[str]:
    """The text of the report in pieces, a finding at a time."""
    rules, lost = bulletin.rules, bulletin.lost
    found: dict[str, list[Found]] = {}
    for one in bulletin.found:
        found.setdefault(one.rule, []).append(one)
    suites = {name: [rule for rule in rules if rule.standard == name] for name in dict.fromkeys(rule.standard for rule in rules)}
    suites.setdefault(READING, [])
    failures = sum(rule.fails for rule in rules) + bool(lost)
    # A run that is refused as a whole is told by its own case.
    errors = [_unread_case(bulletin, one) for one in bulletin.refused if one.path]
    whole_case = "" if (suites[READING] or errors) and not lost else _whole_case(bulletin, lost)
    tests = len(rules) + bool(whole_case) + len(errors)
    whole = {"name": f"fupin {bulletin.command}", "tests": str(tests), "failures": str(failures)}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<testsuites{_attributes({**whole, 'errors': str(len(errors)), **_NO_TIME})}>\n"
    for name, own in suites.items():
        # What belongs to the run as a whole stands with what belongs to its files.
        last = name == READING
        first = [*errors, *([whole_case] if whole_case else [])] if last else []
        yield from _suite(bulletin, name, own, found, _about(bulletin) if last else (), first)
        yield from _output("system-out", [*bulletin.ending(0), *bulletin.notes] if last else ())
        yield " </testsuite>\n"
    yield "</testsuites>\n"


def _suite(
    bulletin: Bulletin,
    name: str,
    rules: Sequence[Rule],
    found: Mapping[str, Sequence[Found]],
    about: Iterable[tuple[str, str]],
    first: Sequence[str] = (),
) -> Iterator[str]:
    """A suite with its cases, to which something may be added before it is closed; ``first`` are already written."""
    counted = {
        "tests": len(rules) + len(first),
        "failures": sum(rule.fails for rule in rules) + sum("<failure" in case for case in first),
        "errors": sum("<error" in case for case in first),
        "skipped": sum(bool(rule.skipped) for rule in rules),
    }
    numbered = {name: str(count) for name, count in counted.items()}
    yield f" <testsuite{_attributes({'name': name, **numbered, **_NO_TIME})}>\n"
    properties = list(about)
    if properties:
        yield "  <properties>\n"
        yield from (f"   <property{_attributes({'name': key, 'value': value})}/>\n" for key, value in properties)
        yield "  </properties>\n"
    yield from first
    for rule in rules:
        yield from _case(bulletin, rule, found.get(rule.id, ()))


def _about(bulletin: Bulletin) -> Iterator[tuple[str, str]]:
    """What the run rests on, as properties."""
    yield "fupin", bulletin.version
    for name, sha in bulletin.packs:
        yield f"rules {name}", sha
    for source in bulletin.inputs:
        yield visible(f"input {source.path}"), source.sha256
    yield from ((f"parameter {number}", line) for number, line in enumerate(bulletin.numbers, 1))
    yield from ((f"assumption {number}", line) for number, line in enumerate(bulletin.assumptions, 1))


def _whole_case(bulletin: Bulletin, lost: str) -> str:
    """The case that the files could be read: where there is nothing to tell, it passes."""
    head = _case_head(READING, bulletin.say(bulletin.whole))
    if not lost:
        return f"{head}/>\n"
    # The reasons stand in the output of the suite.
    return f"{head}>\n   <failure{_attributes({'type': 'error', 'message': lost})}/>\n  </testcase>\n"


def _unread_case(bulletin: Bulletin, one: Unread) -> str:
    """A case that a file was looked at: it is in error, for nobody knows whether it would have failed."""
    head = _case_head(READING, bulletin.say("unread-case", path=one.name))
    error = _attributes({"type": one.code, "message": one.reason})
    return f"{head}>\n   <error{error}>{_text(one.hint)}</error>\n  </testcase>\n"


def _case_head(standard: str, name: str) -> str:
    return f"  <testcase{_attributes({'classname': standard, 'name': name, **_NO_TIME})}"


def _case(bulletin: Bulletin, rule: Rule, found: Sequence[Found]) -> Iterator[str]:
    head = _case_head(rule.standard, f"{rule.check} {rule.title}")
    if rule.skipped:
        yield f"{head}>\n   <skipped{_attributes({'message': rule.skipped})}/>\n  </testcase>\n"
        return
    if not found:
        yield f"{head}/>\n"
        return
    yield f"{head}>\n"
    new = [one for one in found if one.accepted is None]
    accepted = [one for one in found if one.accepted is not None]
    if rule.fails:
        message = bulletin.say("ci-broken", title=rule.title, count=len(new))
        yield f"   <failure{_attributes({'type': rule.level, 'message': message})}>"
        yield from (_text(line) for line in _lines(bulletin, rule, new))
        yield "</failure>\n"
    quiet = [] if rule.fails else new
    yield from _output("system-out", _not_failing(bulletin, rule, quiet, accepted), indent=3)
    yield "  </testcase>\n"


def _lines(bulletin: Bulletin, rule: Rule, found: Sequence[Found]) -> Iterator[str]:
    yield from (f"{line}\n" for line in rule.lines)
    yield from (f"{one.text(rule.remedy)}\n" for one in bulletin.tell(found))


def _not_failing(bulletin: Bulletin, rule: Rule, new: Sequence[Found], accepted: Sequence[Found]) -> Iterator[str]:
    if new:
        yield bulletin.say("ci-not-failing", count=len(new))
        yield from (line.removesuffix("\n") for line in _lines(bulletin, rule, new))
    if accepted:
        yield bulletin.say("ci-accepted", count=len(accepted))
        yield from (_accepted(bulletin, one) for one in bulletin.tell(accepted))


def _accepted(bulletin: Bulletin, one: Told) -> str:
    entry = one.found.accepted
    until = entry.until.isoformat() if entry is not None and entry.until is not None else ""
    return bulletin.say("ci-accepted-one", text=one.text(), until=until, why=safe(entry.why) if entry is not None else "")


def _output(name: str, lines: Iterable[str], indent: int = 2) -> Iterator[str]:
    """An element with these lines; none where there are none."""
    opened = False
    for line in lines:
        yield "" if opened else f"{' ' * indent}<{name}>"
        opened = True
        yield _text(f"{line}\n")
    if opened:
        yield f"</{name}>\n"


def _attributes(named: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(_possible(text))}" for name, text in named.items())


def _text(text: str) -> str:
    return escape(_possible(text), {"\r": "&#13;"})


def _possible(text: str) -> str:
    """The text with what XML cannot hold replaced by a character that says so."""
    return _IMPOSSIBLE.sub("\ufffd", text)
