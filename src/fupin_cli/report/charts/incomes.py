"""Incomes per person against the line that a standard asks for, counted exactly: who is at the line is on the side of those who
do not pass it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.model.pack import NOT_APPLICABLE, Check
from fupin_cli.model.result import StandardResult
from fupin_cli.model.view import Look
from fupin_cli.report.numbers import number_text
from fupin_cli.report.paper.drawn import Histogram, Mark
from fupin_cli.report.paper.model import Chart, Tone
from fupin_cli.report.words import Words

#: The field that is drawn.
_INCOME = "income_per_capita"
#: Bands of a quarter of the line: up to three times the line; with nobody there, up to twice.
_QUARTERS, _LEAST = 12, 8
_PARTS = 4
_HUNDRED = Decimal(100)
#: Wide enough for sums of money times persons times a band's number.
_MONEY, _COUNT, _SMALL = pa.decimal256(44, 12), pa.decimal256(19, 0), pa.decimal256(3, 0)


@dataclass(frozen=True)
class _Asked:
    """A requirement that compares the income with a line."""

    name: str
    check: Check
    sign: str
    look: Look
    line: str


@dataclass(frozen=True)
class _Counted:
    """How many are in each band, and who is in none."""

    #: Below nothing, each quarter, and beyond the last.
    bands: Sequence[int]
    no_income: int
    no_line: int


def incomes(words: Words) -> Chart | None:
    """The incomes of those whom the standard is for; None where it asks for none, or no line is in force for anybody."""
    judged = words.judged
    asked = next(_asked(judged), None)
    if asked is None:
        return None
    meant = judged.data.filter(pc.not_equal(judged.data.column("outcome"), NOT_APPLICABLE))
    lines = sorted({line for line in meant.column(f"limit.{asked.line}").to_pylist() if line is not None})
    if not lines:
        return None
    counted = _count(meant, asked)
    label = words.label(_INCOME)
    quarter = lines[0] / _PARTS if len(lines) == 1 else _HUNDRED / _PARTS
    data = _histogram(words, asked, counted, lines, quarter)
    counts = ((code, count) for code, count in (("unknown", counted.no_income), ("no-line", counted.no_line)) if count)
    notes = [words.say(f"chart-incomes-{code}", count=words.count(count)) for code, count in counts]
    if len(lines) > 1:
        values = words.say("list-comma").join(words.limit(asked.line, line) for line in lines)
        notes.insert(0, words.say("chart-incomes-lines", label=words.label(asked.line), values=values))
    told = [f"{data.label}{words.say('colon')}{_told(words, asked, data)}", *(mark.label for mark in data.marks)]
    note = " ".join(notes)
    return Chart(words.say("chart-incomes", label=label), words.say("semicolon").join(told), data, note)


def _asked(judged: StandardResult) -> Iterator[_Asked]:
    for name, check in judged.standard.checks.items():
        looks, sign = judged.looks[name], judged.signs.get(name)
        income = next((look for look in looks if look.kind == "field" and look.name == _INCOME), None)
        line = next((look for look in looks if look.kind == "parameter"), None)
        if sign in ("<", "<=", ">", ">=") and income is not None and line is not None:
            yield _Asked(name, check, sign, income, line.name)


def _count(rows: pa.Table, asked: _Asked) -> _Counted:
    income, persons = _income(rows, asked.look)
    line = rows.column(f"limit.{asked.line}")
    known = pc.and_(pc.is_valid(income), pc.is_valid(persons))
    scaled = pc.multiply(line.cast(pa.decimal256(24, 6)), persons.cast(_COUNT))
    fourfold = pc.multiply(income.cast(_MONEY), pa.scalar(Decimal(_PARTS), _SMALL))
    # A requirement of more than the line has everybody at the line below it; one of less, too, at the edge of the other side.
    reach = pc.less_equal if asked.sign in (">", "<=") else pc.less
    below = [
        pc.sum(reach(fourfold, pc.multiply(scaled, pa.scalar(Decimal(turn), _SMALL)))).as_py() or 0
        for turn in range(_QUARTERS + 1)
    ]
    judged = int(pc.sum(pc.and_(known, pc.is_valid(line))).as_py() or 0)
    no_line = int(pc.sum(pc.and_(known, pc.is_null(line))).as_py() or 0)
    bands = [below[0], *(high - low for low, high in pairwise(below)), judged - below[-1]]
    return _Counted(bands, rows.num_rows - judged - no_line, no_line)


def _income(rows: pa.Table, look: Look) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    """An income and among how many it is divided: the income per person that is given, else what it comes from."""
    given = rows.column(f"given.{look.name}")
    if f"conflict.{look.name}" in rows.column_names:
        given = pc.if_else(rows.column(f"conflict.{look.name}"), None, given)
    income, persons = given.cast(_MONEY), pc.if_else(pc.is_valid(given), 1, None)
    for source in (source for source in look.sources if source.quotient):
        whole, among = rows.column(f"fact.{source.fact}").cast(_MONEY), rows.column(f"fact.{source.fields[-1]}")
        income, persons = pc.coalesce(income, whole), pc.if_else(pc.is_valid(given), 1, among)
    return income, persons


def _histogram(words: Words, asked: _Asked, counted: _Counted, lines: Sequence[Decimal], quarter: Decimal) -> Histogram:
    bands = list(counted.bands)
    # Below nothing only where somebody is; beyond twice the line only as far as somebody is.
    first, last = int(not bands[0]), len(bands) - int(not bands[-1])
    while last > _LEAST + 1 and not bands[last - 1]:
        last -= 1
    edges = [quarter * (turn - 1) for turn in range(first, last + 1)]
    unit = words.parameter_unit(asked.line)
    if len(lines) == 1:
        mark = Mark(
            words.say("chart-incomes-line", label=words.label(asked.line), value=words.limit(asked.line, lines[0])), lines[0]
        )
        label = words.label(_INCOME) + words.say("in-parentheses", text=unit)
    else:
        mark = Mark(words.say("chart-incomes-at-line"), _HUNDRED)
        label = words.say("chart-incomes-share", label=words.label(_INCOME))
    tones = [_tone(asked, turn) for turn in range(first, last)]
    ends = (first == 0, last == len(bands))
    return Histogram(edges, bands[first:last], label, [mark], ends, words.say("table-household"), tones)


def _tone(asked: _Asked, band: int) -> Tone:
    """Whether those of a band are on the right side of the line."""
    if asked.check.way:
        return "plain"
    return "good" if (band > _PARTS) is asked.sign.startswith(">") else "bad"


def _told(words: Words, asked: _Asked, data: Histogram) -> str:
    """Every band in which somebody is."""
    up_to = asked.sign in (">", "<=")
    found = []
    for turn, (count, (low, high)) in enumerate(zip(data.counts, pairwise(data.edges), strict=True)):
        ends = {"low": number_text(low), "high": number_text(high)}
        if turn == 0 and data.open_ends[0]:
            code = "chart-band-up-to" if up_to else "summary-band-below"
        elif turn == len(data.counts) - 1 and data.open_ends[1]:
            code = "chart-band-above" if up_to else "summary-band-above"
        else:
            code = "chart-band-over" if up_to else "summary-band"
        if count:
            found.append(words.say("chart-band", band=words.say(code, **ends), count=words.count(count)))
    return words.say("list-comma").join(found)
