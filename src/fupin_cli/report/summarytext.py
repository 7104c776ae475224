"""What a roster is made of, for machines (``fupin.summary/1``) and spreadsheets."""

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from fupin_cli.model.summary import COUNTED, LINE, QUARTERS, Block, Measure, Size, Summary
from fupin_cli.model.tables import fields
from fupin_cli.report.bands import band_names, line_text, share_of, used_lines
from fupin_cli.report.csvtext import csv_row
from fupin_cli.report.jsontext import period_json
from fupin_cli.report.numbers import decimal_text, fraction_text, is_decimal
from fupin_cli.report.options import Options
from fupin_cli.report.page import Page
from fupin_cli.report.summary import MEASURES, value_text
from fupin_cli.report.unread import Places, unread_cells, unread_json

SCHEMA = "fupin.summary/1"
_BOM = "\ufeff"


def summary_json(result: Summary, options: Options) -> Iterator[str]:
    """The report in pieces: one year or place per line."""
    page = Page(result.inputs, options)
    pack = result.pack
    head = {
        "schema": SCHEMA,
        "tool": {"version": result.version},
        "command": "summary",
        "as_of": result.as_of.isoformat() if result.as_of is not None else None,
        "rules": {
            "pack": pack.name,
            "version": pack.head.version,
            "sha256": pack.sha256,
            "parameters": {LINE: [period_json(period) for period in used_lines(result)]},
        },
        "by": list(result.by),
        "inputs": page.sources_json(),
        **unread_json(result.problems, options),
        "problems": [page.problem_json(problem) for problem in result.problems],
    }
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "results": ['
    separator = "\n  "
    for block in result.blocks:
        yield separator + json.dumps(_block(block, result.by, page), ensure_ascii=False)
        separator = ",\n  "
    yield "\n ]\n}\n"


def _block(block: Block, by: Sequence[str], page: Page) -> dict[str, Any]:
    place = {name: page.safe(value) if value is not None else None for name, value in zip(by, block.place, strict=False)}
    return {
        "year": block.year,
        "place": place if block.place else None,
        "size": _size(block.size),
        "counts": {
            name: [
                {"value": page.safe(tally.value) if tally.value is not None else None}
                | _size(tally.size)
                | {"share": _number(_share(tally.size, block.size))}
                for tally in block.tallies[name]
            ]
            for name in COUNTED
        },
        "lines": [line_text(line) for line in block.lines],
        "bands": [{"from": _quarters(place), "to": _quarters(place + 1)} | _size(size) for place, size in enumerate(block.bands)],
        "no_income": _size(block.no_income),
        "no_line": _size(block.no_line),
        "poor": _size(block.poor),
        "measures": [{"alpha": alpha} | _measure(measure) for alpha, measure in enumerate(block.measures)],
    }


def _size(size: Size) -> dict[str, int]:
    return {"households": size.households, "persons": size.persons, "unsized": size.unsized}


def _share(size: Size, whole: Size) -> Fraction | None:
    share = share_of(size, whole)
    return None if share is None else share / 100


def _quarters(place: int) -> str | None:
    """Where a band begins, as a multiple of the line."""
    return decimal_text(Fraction(QUARTERS[place - 1], 4)) if 1 <= place <= len(QUARTERS) else None


def _measure(measure: Measure) -> dict[str, Any]:
    return {"low": _number(measure.low), "high": _number(measure.high)}


def _number(value: Fraction | None) -> dict[str, str] | None:
    if value is None:
        return None
    found = {"value": decimal_text(value)}
    return found if is_decimal(value) else found | {"fraction": fraction_text(value)}


def summary_csv(result: Summary, options: Options) -> Iterator[str]:
    """A row for each number: its year, place, section and value."""
    page = Page(result.inputs, options)
    names = ("section", "value", "households", "persons", "unsized", "share", "low", "high", "line", "pack", "pack-sha256")
    places = [fields("household")[name].title(page.lang) for name in result.by]
    yield _BOM + csv_row([page.say("csv-year"), *places, *(page.say(f"csv-{name}") for name in names)])
    first, width = 1 + len(places), 1 + len(places) + len(names)
    yield from map(csv_row, unread_cells(result.problems, options, width, Places(first, first + 1)))
    numbers = range(len(places) + 3, len(places) + 9)
    tail = [f"{result.pack.name} v{result.pack.head.version}", result.pack.sha256]
    for block in result.blocks:
        place = [*(page.safe(name) if name is not None else "" for name in block.place), *[""] * len(places)][: len(places)]
        head = [str(block.year) if block.year is not None else "", *place]
        lines = page.say("list-comma").join(map(line_text, block.lines))
        for row in _rows(block, page):
            yield csv_row([*head, *row, lines, *tail], numbers)


def _rows(block: Block, page: Page) -> Iterator[list[str]]:
    """Section, value, households, persons, unsized, share, least and most."""
    yield [page.say("summary-section-all"), "", *_sizes(block.size, block.size), "", ""]
    for name in COUNTED:
        for tally in block.tallies[name]:
            section = fields("household")[name].title(page.lang)
            yield [section, value_text(tally, page), *_sizes(tally.size, block.size), "", ""]
    bands = [*band_names(block, page), page.say("summary-no-income"), page.say("summary-no-line")]
    section = page.say("summary-section-incomes")
    for name, size in zip(bands, (*block.bands, block.no_income, block.no_line), strict=True):
        yield [section, name, *_sizes(size, block.size), "", ""]
    for name, measure in zip(MEASURES, block.measures, strict=False):
        ends = [decimal_text(measure.low), decimal_text(measure.high)]
        yield [page.say("summary-section-measures"), page.say(name), "", "", "", "", *ends]


def _sizes(size: Size, whole: Size) -> list[str]:
    share = share_of(size, whole)
    return [str(size.households), str(size.persons), str(size.unsized), decimal_text(share, 2) if share is not None else ""]
