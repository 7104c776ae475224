"""What errors of data quality would change in the verdicts of another check: said beside them, never in their place."""

from collections.abc import Iterator
from dataclasses import replace

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


def doubts(words: Words) -> Iterator[RenderableType]:
    """How many errors of which rules, and whose outcome rests on the values that they question."""
    result = words.result
    errors = result.quality.errors() if result.quality is not None else {}
    if result.quality is None or not errors:
        return
    pack = result.quality.pack
    heading = words.say("heading-quality", pack=pack.name, version=pack.head.version, count=sum(errors.values()))
    yield Text("\n" + heading, style="bold")
    judged = {one.subject.name: one for one in result.quality.judged}
    for (table, rule), count in errors.items():
        own = _of_quality(words, judged[table])
        title = own.judged.standard.checks[rule].title.say(words.lang)
        yield indented(Text(own.say("rule-broken", rule=title, count=own.count(count))), 2)
    for group in (group for group in result.groups if not group.main.is_quality):
        yield from _changes(words.of(group.main), group)
    paths = [source.path for source in result.inputs[:_FILES]] + ["…"] * (len(result.inputs) > _FILES)
    yield indented(Text(words.say("quality-next", files=" ".join(paths)), style="dim"), 2)


def _changes(words: Words, group: Group) -> Iterator[RenderableType]:
    quality = words.result.quality
    changed = quality.changes.get(group.subject, {}) if quality is not None else {}
    if not changed:
        subjects = words.say(f"table-{group.subject}")
        yield indented(Text(words.say("quality-changes-none", subjects=subjects)), 2)
        return
    yield indented(Text(words.say("quality-changes", count=words.count(len(changed))), style="yellow"), 2)
    for view in group.main.views(list(changed)[:_SHOWN], ()):
        change = changed[view.index]
        known_as, told = words.who(view)
        turn = words.say("quality-turn", before=words.outcome(view.outcome), after=words.outcome(change.outcome))
        yield indented(Text(known_as, style="bold").append(told + words.say("colon") + turn, style="not bold"), 4)
        for reason in _reasons(words, change):
            yield indented(Text(reason), 6)
    if len(changed) > _SHOWN:
        yield indented(Text(words.say("rule-left-out", count=words.count(len(changed) - _SHOWN)), style="dim"), 4)


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
