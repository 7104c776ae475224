"""A sweep for people at a terminal: a bar for each value of the parameter."""

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.text import Text

from fupin_cli.model.comparison import Standing
from fupin_cli.model.sweep import Series, Sweep
from fupin_cli.report.comparison.moving import Kind, Mark, Moving
from fupin_cli.report.layout import indented
from fupin_cli.report.numbers import number_text
from fupin_cli.report.options import Options
from fupin_cli.report.page import Page

_SHORT, _PROBLEMS = 12, 20
#: Characters that are told apart without colour, for the first, second and further outcomes of a standing.
_SIGNS: Mapping[Standing, str] = {"meets": "█▓▌", "undetermined": "▒", "not": "░-=", "not_applicable": "·"}
_COLOURS: Mapping[Standing, str] = {"meets": "green", "undetermined": "yellow", "not": "red", "not_applicable": "dim"}
#: A bar shorter than this tells nothing: then there are only numbers. A longer one than this is no better to read.
_LEAST, _MOST = 8, 60
_GAP = "  "


def print_sweep(sweep: Sweep, options: Options, console: Console) -> None:
    """Print the whole report."""
    for part in _report(Moving(sweep, options), console.width):
        console.print(part)


def _report(moving: Moving, width: int) -> Iterator[RenderableType]:
    result = moving.sweep.base
    page, pack = Page(result.inputs, moving.options), result.pack
    yield Text(moving.title(), style="bold")
    yield Text(moving.range(), style="bold")
    yield from page.unread(result.problems)
    yield Text(moving.say("pack-line", pack=pack.name, version=pack.head.version, sha=pack.sha256[:_SHORT]), style="dim")
    if result.as_of is not None:
        yield Text(moving.say("as-of-line", day=result.as_of.isoformat()), style="dim")
    yield from page.sources()
    for series in moving.sweep.series:
        yield from _series(moving, series, width)
    yield from page.problems(result.problems, _PROBLEMS)
    if others := moving.others():
        yield Text("\n" + moving.say("sweep-others") + moving.say("colon") + " · ".join(others), style="dim")


def _series(moving: Moving, series: Series, width: int) -> Iterator[RenderableType]:
    kinds = moving.kinds(series)
    yield Text("\n" + moving.heading(series), style="bold")
    for kind in kinds:
        yield indented(Text(f"{sign(kind)} {kind.title}", style=_COLOURS[kind.standing]), 2)
    if now := moving.now(series):
        yield indented(Text(now), 2)
    yield Text("")
    values = [number_text(value) for value in moving.sweep.values]
    label = max(map(len, values))
    widths = [max(len(str(tally.outcomes.get(kind.outcome, 0))) for tally in series.tallies) for kind in kinds]
    room = min(_MOST, width - label - sum(len(_GAP) + one for one in widths) - len(_GAP))
    heads = "".join(_GAP + sign(kind).rjust(one) for kind, one in zip(kinds, widths, strict=True))
    yield Text(" " * label + heads, style="dim", no_wrap=True)
    every, marks = _every(len(values), moving.options.limit), moving.marks()
    for place, (value, tally) in enumerate(zip(moving.sweep.values, series.tallies, strict=True)):
        while marks and marks[0].value <= value:
            yield _mark(marks.pop(0), label, width)
        if place % every == 0 or place == len(values) - 1:
            counts = [tally.outcomes.get(kind.outcome, 0) for kind in kinds]
            yield _line(values[place].rjust(label), kinds, counts, widths, room)
    yield from (_mark(mark, label, width) for mark in marks)
    if every > 1:
        yield Text(moving.say("sweep-thinned", every=every), style="bold")


def _line(value: str, kinds: Sequence[Kind], counts: Sequence[int], widths: Sequence[int], room: int) -> Text:
    """One value: how many came to each outcome, and a bar of them all."""
    line = Text(value, no_wrap=True, overflow="crop")
    for kind, count, width in zip(kinds, counts, widths, strict=True):
        line.append(_GAP + str(count).rjust(width), style=_COLOURS[kind.standing] if count else "dim")
    if room >= _LEAST:
        line.append(_GAP)
        for kind, length in zip(kinds, lengths(counts, room), strict=True):
            line.append(sign(kind) * length, style=_COLOURS[kind.standing])
    return line


def sign(kind: Kind) -> str:
    """The character that stands for an outcome."""
    signs = _SIGNS[kind.standing]
    return signs[min(kind.place, len(signs) - 1)]


def lengths(counts: Sequence[int], room: int) -> list[int]:
    """The bar divided as the counts are: together always the same length, and nobody who is there without a character."""
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    found = [max(1, count * room // total) if count else 0 for count in counts]

    def spare(place: int) -> int:
        """By how much a part is longer than its share."""
        return found[place] * total - counts[place] * room

    while sum(found) != room:
        if sum(found) < room:
            found[min((place for place, count in enumerate(counts) if count), key=spare)] += 1
        else:
            found[max((place for place, length in enumerate(found) if length > 1), key=spare)] -= 1
    return found


def _every(count: int, limit: int) -> int:
    """Every how manieth value has a line, so that there are not many more than the limit."""
    return -(-count // limit) if limit else 1


def _mark(mark: Mark, label: int, width: int) -> Text:
    """A line at a value that is in force now."""
    text = f"{number_text(mark.value).rjust(label)}{_GAP}{mark.label}"
    rest = max(0, min(width, label + _MOST) - cell_len(text) - 1)
    return Text(f"{text} {'─' * rest}", style="bold")
