"""The report for people at a terminal: a summary, then every subject that does not pass, with its reason in words."""

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.text import Text

from fupin_cli.model.run import Result
from fupin_cli.report.around import basis, documents, head, numbers, problems
from fupin_cli.report.completeness import completeness
from fupin_cli.report.doubts import doubts
from fupin_cli.report.findings import findings, findings_summary
from fupin_cli.report.options import Options, is_quality
from fupin_cli.report.subjects import subjects, summary
from fupin_cli.report.words import Words

#: Most problems listed below verdicts.
_PROBLEMS = 20


def print_result(result: Result, options: Options, console: Console) -> None:
    """Print the whole report."""
    words = Words(result, options)
    for part in _quality_report(words) if is_quality(result) else _report(words):
        console.print(part)


def _report(words: Words) -> Iterator[RenderableType]:
    """Who meets the standard, and why not."""
    groups = [(words.of(group.main), group) for group in words.result.groups if not group.main.is_quality]
    entries = [words.of(group.main) for group in words.result.groups if group.main.is_quality]
    yield from head(words)
    # Of several standards for one table each has to say which it is.
    several = len({group.subject for _, group in groups}) < len(groups)
    for own, group in groups:
        yield from _named(own, several=several)
        yield from summary(own, group)
        yield from completeness(own)
    for own in entries:
        yield from findings_summary(own)
    yield from basis(words)
    yield from numbers(words)
    for own, group in groups:
        yield from _named(own, several=several)
        yield from subjects(own, group)
    if entries:
        yield from findings(words)
    yield from doubts(words)
    yield from problems(words, _PROBLEMS)
    yield from documents(words)


def _named(words: Words, *, several: bool) -> Iterator[RenderableType]:
    if several:
        yield Text(
            "\n" + words.say("heading-standard", title=words.judged.standard.title.say(words.lang)), style="bold underline"
        )


def _quality_report(words: Words) -> Iterator[RenderableType]:
    """What contradicts itself in the data: first what to correct, last the numbers that the rules use."""
    yield from head(words)
    for group in words.result.groups:
        yield from findings_summary(words.of(group.main))
    yield from findings(words)
    yield from problems(words, words.options.limit)
    yield from numbers(words)
    yield from documents(words)
