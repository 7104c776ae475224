"""The explanation for people at a terminal: the verdict, then each check as a tree."""

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.text import Text
from rich.tree import Tree

from fupin_cli.model.explanation import Explained, Explanation
from fupin_cli.report.explanation.sections import Section, head, of_standard, of_subject
from fupin_cli.report.explanation.wording import Line, Telling
from fupin_cli.report.layout import indented, outcome_colour
from fupin_cli.report.options import Options
from fupin_cli.report.words import Words

#: A page so wide that a tree of some depth leaves room for words.
_NARROW = 72
_COLOURS = {"✓": "green", "✗": "red", "?": "yellow", "–": "dim", "": "default"}


def print_explanation(explanation: Explanation, options: Options, console: Console) -> None:
    """Print the whole report."""
    for number, subject in enumerate(explanation.subjects):
        if number:
            console.print()
        for part in _subject(subject, options, narrow=console.width < _NARROW):
            console.print(part)


def _subject(subject: Explained, options: Options, *, narrow: bool) -> Iterator[RenderableType]:
    words = Words(subject.result, options)
    main = subject.grounds[0]
    known_as, told = words.of(main.judged).who(main.view)
    yield Text(words.say("explain-title") + words.say("colon") + known_as + told, style="bold")
    for line in head(words):
        yield Text(line, style="dim")
    for grounds in subject.grounds:
        yield from _standard(Telling(words.of(grounds.judged), grounds), narrow=narrow)
    for section in of_subject(words, subject):
        yield from _section(section, narrow=narrow)


def _standard(telling: Telling, *, narrow: bool) -> Iterator[RenderableType]:
    words, view = telling.words, telling.grounds.view
    title = telling.say(
        "explain-verdict", standard=words.judged.standard.title.say(words.lang), outcome=words.outcome(view.outcome)
    )
    yield Text("\n" + title, style=f"bold {outcome_colour(words, view.outcome)}")
    for section in of_standard(telling):
        yield from _section(section, narrow=narrow)


def _section(section: Section, *, narrow: bool) -> Iterator[RenderableType]:
    yield Text("\n" + section.title, style="bold")
    for line in section.lines:
        if narrow:
            yield from _stepped(line, 1)
        else:
            yield indented(_drawn(line), 2)


def _stepped(line: Line, depth: int) -> Iterator[RenderableType]:
    """A line and those under it, each a step further in: on a narrow page the guides of a tree would leave no room for words."""
    yield indented(_text(line), depth)
    for below in line.below:
        yield from _stepped(below, depth + 1)


def _drawn(line: Line) -> Tree:
    tree = Tree(_text(line), guide_style="dim")
    _grow(tree, line)
    return tree


def _grow(tree: Tree, line: Line) -> None:
    for below in line.below:
        _grow(tree.add(_text(below)), below)


def _text(line: Line) -> Text:
    text = Text(f"{line.mark} " if line.mark else "", style=_COLOURS[line.mark])
    # Nothing but brightness says that a part could not matter where there are no colours: its mark stays.
    return text.append(line.text, style="dim" if line.dim else "default")
