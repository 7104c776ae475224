"""A drawn sample for people at a terminal."""

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from fupin_cli.model.fieldsheet import ANSWERS, COLUMNS, header, values
from fupin_cli.model.sample import Sample
from fupin_cli.report.options import Options
from fupin_cli.report.page import Page
from fupin_cli.report.samples.telling import how_drawn, strata_rows

_PROBLEMS = 20
#: The terminal shows who is to be visited, not the blanks.
_SHOWN = [
    place
    for place, name in enumerate(COLUMNS)
    if name not in (*ANSWERS, "year", "address", "sample-visited", "sample-interviewer", "sample-remarks")
]


def print_sample(sample: Sample, options: Options, console: Console) -> None:
    """Print how the sample was drawn, what of each stratum, and who."""
    for part in _report(sample, Page(sample.inputs, options)):
        console.print(part)


def _report(sample: Sample, page: Page) -> Iterator[RenderableType]:
    yield Text(page.say("title-sample"), style="bold")
    yield from page.sources()
    for line in how_drawn(sample, page.lang):
        yield Text(line)
    first, *rows = strata_rows(sample, page.lang)
    yield _table([str(text) for text in first], [[str(text) for text in row] for row in rows], numbers=True)
    limit = page.options.limit
    shown = sample.units[: limit or None]
    lines = [values(sample, number, unit) for number, unit in enumerate(shown, start=1)]
    cells = [["" if line[place] is None else str(line[place]) for place in _SHOWN] for line in lines]
    yield _table([header(COLUMNS[place]) for place in _SHOWN], cells, numbers=False)
    if len(shown) < len(sample.units):
        yield Text(page.say("sample-left-out", count=len(sample.units) - len(shown)), style="dim")
    yield from page.problems(sample.problems, _PROBLEMS)


def _table(headings: list[str], rows: list[list[str]], *, numbers: bool) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, pad_edge=False)
    for place, heading in enumerate(headings):
        table.add_column(Text(heading, style="bold"), justify="right" if numbers and place else "left")
    for row in rows:
        table.add_row(*map(Text, row))
    return table
