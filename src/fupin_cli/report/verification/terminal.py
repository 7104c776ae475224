"""The report on yearly rosters for people at a terminal: whether the run fails and why, then every finding with its cells."""

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.text import Text

from fupin_cli.model.verification import Verification
from fupin_cli.report.around import documents, head, numbers, problems
from fupin_cli.report.findings import findings, findings_summary
from fupin_cli.report.gate import baseline_line, baseline_lines, gate_line, gate_lines
from fupin_cli.report.layout import indented
from fupin_cli.report.options import Options
from fupin_cli.report.story.terminal import print_story
from fupin_cli.report.words import Words

#: Most entries of a baseline that are listed of each kind.
_ENTRIES = 10


def print_verification(verification: Verification, options: Options, console: Console) -> None:
    """Print the whole report."""
    words = Words(verification.result, options)
    for part in _findings(verification, words):
        console.print(part)
    if verification.story is not None:
        print_story(verification.story, verification.result, options, console)
    for part in _ending(verification, words):
        console.print(part)


def _findings(verification: Verification, words: Words) -> Iterator[RenderableType]:
    yield from head(words)
    for group in words.result.groups:
        yield from findings_summary(words.of(group.main))
    settled = {
        (one.judged.subject.name, one.check, one.index)
        for one in verification.found
        if one.accepted is not None and one.judged is not None
    }
    yield from findings(words, settled)
    yield from problems(words, words.options.limit)


def _ending(verification: Verification, words: Words) -> Iterator[RenderableType]:
    yield from _baseline(verification, words)
    yield from _gate(verification, words)
    yield from numbers(words)
    yield from documents(words)


def _baseline(verification: Verification, words: Words) -> Iterator[RenderableType]:
    state = verification.baseline
    if state is None:
        return
    yield Text("\n" + baseline_line(state, words.lang))
    for line in baseline_lines(state, words.lang, _ENTRIES):
        yield indented(Text(line), 2)


def _gate(verification: Verification, words: Words) -> Iterator[RenderableType]:
    gate = verification.gate
    if gate is None:
        return
    mark, colour = ("✗", "red") if gate.fails else ("✓", "green")
    yield Text("\n").append(f"{mark} {gate_line(gate, words.lang)}", style=f"bold {colour}")
    for line in gate_lines(gate, words.lang):
        yield indented(Text(line), 2)
