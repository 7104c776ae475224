"""How parts of a terminal report stand on the page."""

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from fupin_cli.report.words import Words

_COLOURS = {True: "green", False: "red", None: "yellow"}


def indented(part: RenderableType, by: int, *, above: int = 0) -> RenderableType:
    """A part moved to the right, every line of it. Not filled up: a line in a file or pipe must not end in blanks."""
    return Padding(part, (above, 0, 0, by), expand=False)


def count_text(count: int, colour: str) -> Text:
    """A number in a table, coloured where it is not nothing."""
    return Text(str(count), style=colour if count else "dim")


def outcome_colour(words: Words, outcome: str) -> str:
    """Green for what meets the standard, red for what does not, yellow for what is open."""
    declared = words.judged.standard.outcomes.get(outcome)
    return _COLOURS[declared.meets if declared is not None else None]


def outcome_line(words: Words) -> Text:
    """How many subjects came to each outcome."""
    line = Text("\n")
    for name, count in words.judged.outcome_counts().items():
        line.append(f"{words.outcome(name)} ", style="bold")
        line.append(f"{count}   ", style=f"bold {outcome_colour(words, name)}")
    line.append(words.say("subjects-total", count=words.count(words.judged.data.num_rows)))
    return line
