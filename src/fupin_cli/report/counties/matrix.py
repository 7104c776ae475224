"""The matrix of counties and gates on a terminal: each gate is a number that a legend explains, so that many fit side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from fupin_cli.report.counties.calendar import standing
from fupin_cli.report.counties.county import Counties, County
from fupin_cli.report.layout import count_text, outcome_colour
from fupin_cli.report.subjects import MARKS

#: The widest that a name or an outcome gets on one line.
_NAME, _OUTCOME = 24, 26
#: The calendar stands beside the gates only where this much is left for it.
_CALENDAR = 18
_GAP = 2


@dataclass(frozen=True)
class _Columns:
    """The columns that name a county, and how wide they are together."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Text]]

    @property
    def width(self) -> int:
        """With the space behind each."""
        return sum(self.widths) + _GAP * len(self.headings)

    @property
    def widths(self) -> list[int]:
        """Each as wide as what stands in it, as far as it may."""
        most = [_NAME] * (len(self.headings) - 1) + [_OUTCOME]
        texts = [[heading, *(row[place].plain for row in self.rows)] for place, heading in enumerate(self.headings)]
        return [min(max(map(cell_len, column)), limit) for column, limit in zip(texts, most, strict=True)]


def legend(counties: Counties) -> Iterator[RenderableType]:
    """The gates that somebody does not pass, by number, with how many fail them and of how many nobody knows."""
    words, standard, gates = counties.words, counties.judged.standard, counties.open_gates
    passed = len(counties.gates) - len(gates)
    if gates:
        table = Table(box=None, padding=(0, _GAP, 0, 0), header_style="dim")
        table.add_column("", justify="right")
        table.add_column(words.say("heading-gate"), overflow="fold")
        for heading in ("heading-fail", "heading-unknown"):
            table.add_column(words.say(heading), justify="right")
        counts = counties.judged.check_counts()
        for number, name in enumerate(gates, start=1):
            found = counts[name]
            title = standard.checks[name].title.say(words.lang)
            table.add_row(str(number), title, count_text(found["fail"], "red"), count_text(found["unknown"], "yellow"))
        yield Text("")
        yield table
    if passed and counties.judged.data.num_rows:
        yield Text(words.say("gates-passed", count=passed), style="dim")


def matrix(counties: Counties, shown: Sequence[County], width: int) -> Iterator[RenderableType]:
    """A line for each county; what does not fit side by side stands in further tables of the same counties."""
    if not shown:
        return
    known, gates = _known(counties, shown), list(range(len(counties.open_gates)))
    room = len(str(len(gates))) + _GAP
    calendar = any(county.steps for county in shown)
    fits = max((width - known.width) // room, 1)
    beside = calendar and width - known.width - room * len(gates) >= _CALENDAR
    # The verdict is said once.
    named = _Columns(known.headings[:-1], [row[:-1] for row in known.rows])
    for start in range(0, max(len(gates), 1), fits):
        part = gates[start : start + fits]
        yield Text("")
        yield _table(counties, shown, named if start else known, part, calendar=beside)
    if calendar and not beside:
        yield Text("")
        yield _table(counties, shown, named, (), calendar=True)


def _known(counties: Counties, shown: Sequence[County]) -> _Columns:
    """What tells a county, and its outcome."""
    words = counties.words
    headings = [words.say("heading-county")]
    if counties.provinces > 1:
        headings.insert(0, words.say("heading-province"))
    if counties.years > 1:
        headings.append(words.say("heading-year"))
    rows = []
    for county in shown:
        cells = [Text(county.name, style="bold")]
        if counties.provinces > 1:
            cells.insert(0, Text(county.province))
        if counties.years > 1:
            cells.append(Text(str(county.view.year) if county.view.year is not None else words.say("value-blank")))
        outcome = county.view.outcome
        rows.append([*cells, Text(words.outcome(outcome), style=outcome_colour(words, outcome))])
    return _Columns([*headings, words.say("heading-outcome")], rows)


def _table(
    counties: Counties, shown: Sequence[County], known: _Columns, gates: Sequence[int], *, calendar: bool
) -> RenderableType:
    words, names = counties.words, counties.open_gates
    table = Table(box=None, padding=(0, _GAP, 0, 0), header_style="dim")
    for heading, wide in zip(known.headings, known.widths, strict=True):
        table.add_column(heading, min_width=wide, max_width=wide, overflow="fold")
    for number in gates:
        table.add_column(str(number + 1), justify="right", no_wrap=True)
    if calendar:
        table.add_column(words.say("heading-calendar"), overflow="fold")
    for county, cells in zip(shown, known.rows, strict=True):
        checks = county.checks
        marks = [Text(*MARKS[checks[names[number]].status]) for number in gates]
        table.add_row(*cells, *marks, *([standing(words, county.steps)] if calendar else []))
    return table
