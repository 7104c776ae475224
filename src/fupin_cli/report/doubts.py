"""What errors of data quality would change in the verdicts of another check: said beside them, never in their place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rich.console import RenderableType
from rich.text import Text

from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Change, Group, Rules
from fupin_cli.report.layout import indented
from fupin_cli.report.words import Words

#: Subjects shown; all of them are in the files that ``-o`` writes.
_SHOWN = 10
#: Files named in a command to type.
_FILES = 3


@dataclass(frozen=True)
class Turned:
    """A subject whose verdict rests on values that are questioned."""

    known_as: str
    #: What else tells it.
    told: str
    #: From which outcome to which.
    turn: str
    reasons: Sequence[str]


def doubts(words: Words) -> Iterator[RenderableType]:
    """How many errors of which rules, and whose outcome rests on the values that they question."""
    heading = doubts_heading(words)
    if not heading:
        return
    yield Text("\n" + heading, style="bold")
    for line in broken_lines(words):
        yield indented(Text(line), 2)
    for group in (group for group in words.result.groups if not group.main.is_quality):
        yield from _changes(words.of(group.main), group)
    yield indented(Text(doubts_next(words), style="dim"), 2)


def doubts_heading(words: Words) -> str:
    """How many errors there are; empty where there is none, or nobody has looked."""
    quality = words.result.quality
    errors = quality.errors() if quality is not None else {}
    if quality is None or not errors:
        return ""
    head = quality.pack.head
    return words.say("heading-quality", pack=quality.pack.name, version=head.version, count=sum(errors.values()))


def broken_lines(words: Words) -> Iterator[str]:
    """Each rule that somebody breaks, with how many."""
    quality = words.result.quality
    judged = {one.subject.name: one for one in quality.judged} if quality is not None else {}
    for (table, rule), count in quality.errors().items() if quality is not None else ():
        own = _of_quality(words, judged[table])
        title = own.judged.standard.checks[rule].title.say(words.lang)
        yield own.say("rule-broken", rule=title, count=own.count(count))


def doubts_next(words: Words) -> str:
    """How to go through the errors."""
    inputs = words.result.inputs
    paths = [source.path for source in inputs[:_FILES]] + ["…"] * (len(inputs) > _FILES)
    return words.say("quality-next", files=" ".join(paths))


def turned_heading(words: Words, group: Group) -> str:
    """For how many subjects of a table the outcome would differ."""
    changed = _changed(words, group)
    if changed:
        return words.say("quality-changes", count=words.count(len(changed)))
    return words.say("quality-changes-none", subjects=words.say(f"table-{group.subject}"))


def turned(words: Words, group: Group) -> tuple[list[Turned], str]:
    """The first of these subjects, and how many more there are."""
    changed = _changed(words, group)
    found = []
    for view in group.main.views(list(changed)[:_SHOWN], ()):
        change = changed[view.index]
        turn = words.say("quality-turn", before=words.outcome(view.outcome), after=words.outcome(change.outcome))
        found.append(Turned(*words.who(view), turn, list(_reasons(words, change))))
    left = words.say("rule-left-out", count=words.count(len(changed) - _SHOWN)) if len(changed) > _SHOWN else ""
    return found, left


def _changed(words: Words, group: Group) -> dict[int, Change]:
    quality = words.result.quality
    return dict(quality.changes.get(group.subject, {})) if quality is not None else {}


def _changes(words: Words, group: Group) -> Iterator[RenderableType]:
    found, left = turned(words, group)
    yield indented(Text(turned_heading(words, group), style="yellow" if found else ""), 2)
    for one in found:
        line = Text(one.known_as, style="bold").append(one.told + words.say("colon") + one.turn, style="not bold")
        yield indented(line, 4)
        for reason in one.reasons:
            yield indented(Text(reason), 6)
    if left:
        yield indented(Text(left, style="dim"), 4)


def _of_quality(words: Words, judged: StandardResult) -> Words:
    """The words of the rules of data quality, whose pack is another one."""
    result, quality = words.result, words.result.quality
    if quality is None:
        raise AssertionError(judged.standard.standard)
    return replace(words, result=replace(result, rules=[Rules(quality.pack, quality.parameters)], groups=()), about=judged)


def _reasons(words: Words, change: Change) -> Iterator[str]:
    """The rules behind a change, each with its values and cells."""
    for finding in change.findings:
        own = _of_quality(words, finding.judged)
        for view in finding.judged.views([finding.index], (finding.check,)):
            failed = view.checks[0]
            yield failed.check.title.say(words.lang) + words.say("colon") + own.reason(failed)
