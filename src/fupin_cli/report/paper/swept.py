"""The paper of a sweep: how many meet each standard as a number moves, drawn and value by value."""

from fupin_cli.model.sweep import Series as SweptSeries
from fupin_cli.model.sweep import Sweep
from fupin_cli.report.comparison.moving import Moving
from fupin_cli.report.numbers import number_text
from fupin_cli.report.options import Options
from fupin_cli.report.paper.basis import answered, basis, problems, subtitle, toned
from fupin_cli.report.paper.comparisons import TONES
from fupin_cli.report.paper.drawn import Mark, Moved, Series
from fupin_cli.report.paper.model import Cell, Chart, Column, Grid, Lines, Paper, Part


def sweep_paper(sweep: Sweep, options: Options) -> Paper:
    """How many meet the standards as the parameter moves."""
    moving = Moving(sweep, options)
    words = moving.words
    parts: list[Part] = []
    for series in sweep.series:
        parts += [sweep_chart(moving, series), _values(moving, series)]
    others = moving.others()
    if others:
        parts.append(Lines(moving.say("sweep-others"), others))
    return Paper(
        lang=moving.lang,
        title=moving.title(),
        answer=answered(words, moving.range()),
        tone=toned(words, "open" if sweep.moves() else "plain"),
        subtitle=subtitle(words),
        parts=[*parts, *problems(words), basis(words)],
    )


def sweep_chart(moving: Moving, series: SweptSeries) -> Chart:
    """One standard: a column for each value, and lines at the values in force now."""
    kinds, values = moving.kinds(series), moving.sweep.values
    amounts = [[tally.outcomes.get(kind.outcome, 0) for kind in kinds] for tally in series.tallies]
    told = [
        moving.say(
            "sweep-said",
            value=number_text(value),
            counts=moving.say("list-comma").join(
                moving.say("sweep-tally", outcome=kind.title, count=count) for kind, count in zip(kinds, counts, strict=True)
            ),
        )
        for value, counts in zip(values, amounts, strict=True)
    ]
    marks = [Mark(f"{number_text(mark.value)} {mark.label}", mark.value) for mark in moving.marks()]
    now = moving.now(series)
    outside = [mark.label for mark in marks if not values[0] <= mark.value <= values[-1]]
    drawn = Moved([Series(kind.title, TONES[kind.standing]) for kind in kinds], values, amounts, moving.axis(), marks)
    told += [now] if now else []
    return Chart(
        moving.heading(series), " ".join([*told, *(mark.label for mark in marks)]), drawn, moving.say("list-comma").join(outside)
    )


def _values(moving: Moving, series: SweptSeries) -> Grid:
    """Every value with its outcomes; those in force now are marked."""
    kinds, present = moving.kinds(series), {mark.value: mark.label for mark in moving.marks()}
    columns = [
        Column(moving.axis(), "number"),
        *(Column(kind.title, "number") for kind in kinds),
        Column(moving.say("sweep-present")),
    ]
    rows = []
    for value, tally in zip(moving.sweep.values, series.tallies, strict=True):
        counts = (_count(tally.outcomes.get(kind.outcome, 0)) for kind in kinds)
        rows.append([Cell(number_text(value), number=value), *counts, Cell(present.get(value, ""))])
    notes = [
        moving.now(series),
        moving.say("list-comma").join(f"{number_text(mark.value)} {mark.label}" for mark in moving.marks()),
    ]
    title = moving.say("sweep-values", heading=moving.heading(series))
    return Grid(title, columns, rows, moving.say("semicolon").join(note for note in notes if note))


def _count(number: int) -> Cell:
    return Cell(str(number), number=number)
