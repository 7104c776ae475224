"""What a roster is made of, for people at a terminal."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from rich.cells import cell_len, set_cell_size
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from fupin_cli.model.summary import COUNTED, Block, Measure, Size, Summary, Tally
from fupin_cli.model.tables import fields
from fupin_cli.report.bands import AT_LINE, band_names, line_text, share_of, used_lines
from fupin_cli.report.layout import indented
from fupin_cli.report.numbers import fixed_text, fraction_text
from fupin_cli.report.options import Options
from fupin_cli.report.page import Page

_SHORT, _PROBLEMS = 12, 20
#: Digits behind the point of a percentage, and of an index.
#: Cells of a page below which the tables of counts are as narrow as they can be.
_NARROW = 60
_PERCENT, _INDEX = 2, 6
_BAR, _LEAST_BAR = "█", 8
#: The words for the measures, in their order.
MEASURES = ("summary-headcount", "summary-gap", "summary-severity")


def print_summary(result: Summary, options: Options, console: Console) -> None:
    """Print each year, and below it its places."""
    page = Page(result.inputs, options)
    for part in _report(result, page, console.width):
        console.print(part)


def _report(result: Summary, page: Page, width: int) -> Iterator[RenderableType]:
    yield Text(page.say("title-summary"), style="bold")
    yield from page.unread(result.problems)
    pack = result.pack
    yield Text(page.say("pack-line", pack=pack.name, version=pack.head.version, sha=pack.sha256[:_SHORT]), style="dim")
    if result.as_of is not None:
        yield Text(page.say("as-of-line", day=result.as_of.isoformat()), style="dim")
    yield from page.sources()
    yield from _line(result, page)
    for block in result.blocks:
        if not block.place:
            yield from _block(block, page, width)
            places = [other for other in result.blocks if other.place and other.year == block.year]
            if places:
                yield from _places(places, page)
    if any(measure.exact is None for block in result.blocks for measure in block.measures):
        yield Text("\n" + page.say("summary-assumed"), style="dim")
    yield from page.problems(result.problems, _PROBLEMS)


def _line(result: Summary, page: Page) -> Iterator[RenderableType]:
    """Which lines were used, and whether somebody has confirmed them."""
    if result.line is not None:
        yield Text(page.say("summary-line-given", line=line_text(result.line)), style="dim")
    years = {block.year for block in result.blocks if block.year is not None}
    for period in used_lines(result):
        if period.source is not None and isinstance(period.value, Decimal):
            used = sorted(year for year in years if period.first <= year <= (period.last or year))
            line = page.say("summary-line", line=line_text(period.value))
            unsure = page.say("unconfirmed") if period.source.status is not None else ""
            names = page.say("list-comma").join([*map(str, used), *([period.where] if period.where is not None else [])])
            yield Text(names + page.say("colon") + line + unsure, style="dim")


def heading(block: Block, page: Page) -> str:
    """A block's year and size."""
    year = page.say("summary-no-year") if block.year is None else page.say("summary-year", year=block.year)
    return f"{year}  {size_text(block.size, page)}"


def size_text(size: Size, page: Page) -> str:
    """How many households and persons."""
    text = page.say("summary-size", households=size.households, persons=size.persons)
    return text + (page.say("comma") + page.say("summary-unsized", count=size.unsized) if size.unsized else "")


def _block(block: Block, page: Page, width: int) -> Iterator[RenderableType]:
    yield Text("\n" + heading(block, page), style="bold")
    for name in COUNTED:
        yield indented(_tallies(name, block, page, width), 2, above=1)
    if not block.lines:
        yield indented(Text(page.say("summary-no-line-hint"), style="yellow"), 2, above=1)
        return
    lines = page.say("list-comma").join(page.say("summary-line", line=line_text(line)) for line in block.lines)
    yield indented(Text(page.say("summary-incomes", lines=lines)), 2, above=1)
    for line in _histogram(block, page, width - 4):
        yield indented(line, 4)
    poor = page.say("summary-poor", households=block.poor.households, persons=block.poor.persons)
    yield indented(Text(poor), 2, above=1)
    for name, measure in zip(MEASURES, block.measures, strict=False):
        value = measure_text(measure, page, percent=name == MEASURES[0])
        yield indented(Text(page.say("summary-measure", name=page.say(name), value=value)), 2)


def _tallies(name: str, block: Block, page: Page, width: int) -> RenderableType:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    # On a narrow page the tables need not stand in line: a least width would push the shares over the edge.
    aligned = 18 if width >= _NARROW else None
    table.add_column(fields("household")[name].title(page.lang), overflow="fold", min_width=aligned)
    for heading_of in ("summary-households", "summary-persons"):
        table.add_column(page.say(heading_of), justify="right", overflow="fold")
    # Folded on a narrow page: a share of which only the first digit is seen would be another share.
    table.add_column(page.say("summary-share"), justify="right", overflow="fold")
    for tally in block.tallies[name]:
        unknown = tally.value is None
        persons = f"{tally.size.persons}{'+' if tally.size.unsized else ''}"
        row = [value_text(tally, page), str(tally.size.households), persons, share_text(tally.size, block.size, page)]
        table.add_row(*map(Text, row), style="yellow" if unknown else "")
    return table


def value_text(tally: Tally, page: Page) -> str:
    """A value, or the word that it is not known."""
    return page.say("summary-unknown") if tally.value is None else page.safe(tally.value)


def share_text(size: Size, whole: Size, page: Page) -> str:
    """A part of all households with its fraction."""
    share = share_of(size, whole)
    if share is None:
        return ""
    return f"{fixed_text(share, _PERCENT)} %" + page.say("in-parentheses", text=f"{size.households}/{whole.households}")


def _histogram(block: Block, page: Page, width: int) -> Iterator[Text]:
    """A bar for each band, as long as its households are many; the line stands between those below and those above."""
    names = [*band_names(block, page), page.say("summary-no-income"), page.say("summary-no-line")]
    sizes = [*block.bands, block.no_income, block.no_line]
    labels = max(map(cell_len, names))
    counts = len(str(max(size.households for size in sizes)))
    most = max(1, *(size.households for size in sizes))
    room = max(_LEAST_BAR, width - labels - counts - 4)
    for place, (name, size) in enumerate(zip(names, sizes, strict=True)):
        if place >= len(block.bands) and not size.households:
            continue
        if place == AT_LINE:
            yield Text(f"{'─' * (labels + 2)} {page.say('summary-at-line')}", style="bold")
        length = -(-size.households * room // most)
        colour = "yellow" if place >= len(block.bands) else "red" if place < AT_LINE else "green"
        line = Text(f"{set_cell_size(name, labels)}  {size.households:>{counts}}  ", no_wrap=True, overflow="ellipsis")
        line.append(_BAR * length, style=colour)
        yield line


def _places(places: Sequence[Block], page: Page) -> Iterator[RenderableType]:
    yield indented(Text(page.say("summary-by-place", count=len(places))), 2, above=1)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(page.say("summary-place"), overflow="fold")
    for name in ("summary-households", "summary-persons", *MEASURES):
        table.add_column(page.say(name), justify="right", overflow="fold")
    limit = page.options.limit
    for block in places[: limit or None]:
        measures = [measure_text(one, page, percent=place == 0) for place, one in enumerate(block.measures)]
        cells = [place_text(block, page), str(block.size.households), str(block.size.persons), *measures]
        table.add_row(*map(Text, cells))
    yield indented(table, 2)
    if limit and len(places) > limit:
        yield indented(Text(page.say("summary-places-left-out", count=len(places) - limit), style="bold"), 2)


def place_text(block: Block, page: Page) -> str:
    """A place by its name and those of the places around it."""
    return " ".join(page.safe(name) if name is not None else page.say("summary-unknown") for name in block.place)


def measure_text(measure: Measure, page: Page, *, percent: bool) -> str:
    """A measure; its least and its most where something is unknown."""
    low, high = (_measured(end, page, percent=percent) for end in (measure.low, measure.high))
    return low if measure.exact is not None else page.say("span-between", low=low, high=high)


def _measured(value: Fraction, page: Page, *, percent: bool) -> str:
    if not percent:
        least = Fraction(1, 10**_INDEX)
        # What is there must not look like nothing.
        return f"< {fixed_text(least, _INDEX)}" if 0 < value < least / 2 else fixed_text(value, _INDEX)
    return f"{fixed_text(100 * value, _PERCENT)} %" + page.say("in-parentheses", text=fraction_text(value))
