"""How complete the files of a village's households are: item by item, so many there of so many due."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from fupin_cli.model.pack import NOT_APPLICABLE
from fupin_cli.model.result import StandardResult
from fupin_cli.model.view import STATUSES, Status
from fupin_cli.report.words import Words

#: The standard that is told by village: what the file of a household should hold.
_STANDARD = "household-archive"
#: The fields that say where a household lives.
PLACE = ("county", "township", "village")
_GAP = 2


@dataclass
class Tally:
    """Households of a village by one item."""

    there: int = 0
    missing: int = 0
    #: Nobody knows whether it is due, or whether it is there.
    unknown: int = 0

    @property
    def due(self) -> int:
        """For how many it is surely due."""
        return self.there + self.missing

    def add(self, status: Status) -> None:
        """Count one household; those to whom the item is not due are not counted."""
        self.there += status == "pass"
        self.missing += status == "fail"
        self.unknown += status == "unknown"


@dataclass
class Village:
    """The households of a village in one year, item by item."""

    place: tuple[str | None, ...]
    year: int | None
    items: Mapping[str, Tally]
    households: int = 0
    complete: int = 0


def villages(judged: StandardResult) -> list[Village]:
    """Every village in the order of the table, where the verdicts are about files of households; else none.

    Households whose file nobody asks for are left out.
    """
    if judged.standard.standard != _STANDARD:
        return []
    subject, data, standard = judged.subject.data, judged.data, judged.standard
    rows = data.num_rows
    places = [subject.column(name).to_pylist() if judged.subject.has(name) else [None] * rows for name in PLACE]
    years, outcomes = data.column("year").to_pylist(), data.column("outcome").to_pylist()
    doubted = data.column(f"may.{NOT_APPLICABLE}").to_pylist()
    statuses = {name: data.column(f"status.{name}").to_pylist() for name in standard.checks}
    found: dict[tuple[Any, ...], Village] = {}
    for index, (year, outcome, unsure, *place) in enumerate(zip(years, outcomes, doubted, *places, strict=True)):
        if outcome == NOT_APPLICABLE:
            continue
        key = (*place, year)
        if key not in found:
            found[key] = Village(tuple(place), year, {name: Tally() for name in standard.checks})
        village = found[key]
        village.households += 1
        village.complete += outcome in standard.outcomes and standard.outcomes[outcome].meets
        for name, column in statuses.items():
            status: Status = STATUSES[column[index]]
            # Of a household that may have no file at all nothing is surely due.
            status = "unknown" if unsure and status != "not_applicable" else status
            village.items[name].add(status)
    return list(found.values())


def completeness(words: Words) -> Iterator[RenderableType]:
    """The matrix of villages and items, and which number is which item."""
    judged = words.judged
    known = villages(judged)
    if not known:
        return
    limit = words.options.limit or len(known)
    yield Text("\n" + words.say("heading-completeness"), style="bold")
    yield Text(words.say("completeness-how"), style="dim")
    yield Matrix(words, judged, known[:limit])
    if len(known) > limit:
        yield Text(words.say("villages-left-out", count=len(known) - limit), style="bold")
    titles = (check.title.say(words.lang) for check in judged.standard.checks.values())
    yield Text(words.say("list-comma").join(f"{number} {title}" for number, title in enumerate(titles, start=1)), style="dim")


@dataclass(frozen=True)
class Matrix:
    """Villages by items, in as many tables below each other as the width asks for."""

    words: Words
    judged: StandardResult
    villages: list[Village]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Columns as wide as what they hold: an item that does not fit beside the others goes to the next table."""
        names = [place_name(self.words, village) for village in self.villages]
        columns = [("", names), (self.words.say("heading-complete"), [f"{v.complete}/{v.households}" for v in self.villages])]
        items = [
            (str(number), [cell(village.items[name]) for village in self.villages])
            for number, name in enumerate(self.judged.standard.checks, start=1)
        ]
        first = sum(map(_width, columns))
        lines: list[list[tuple[str, list[str]]]] = [columns]
        room = options.max_width - first
        for item in items:
            if room < _width(item) and len(lines[-1]) > 1:
                lines.append([columns[0]])
                room = options.max_width - _width(columns[0])
            lines[-1].append(item)
            room -= _width(item)
        for line in lines:
            yield _table(line)


def completeness_rows(words: Words) -> Iterator[list[str]]:
    """The same for a spreadsheet: a heading, and a row for each village."""
    known, checks = villages(words.judged), words.judged.standard.checks
    if known:
        heading = [words.label(name) for name in (*PLACE, "year")]
        heading += [words.say(f"csv-{name}") for name in ("files", "complete")]
        yield heading + [check.title.say(words.lang) for check in checks.values()]
    for village in known:
        place = [words.safe(part or "") for part in village.place]
        year = str(village.year) if village.year is not None else ""
        counts = [str(village.households), str(village.complete)]
        yield [*place, year, *counts, *(_in_words(words, village.items[name]) for name in checks)]


def _in_words(words: Words, tally: Tally) -> str:
    """The same without a slash: a spreadsheet would make a date of 1/2."""
    if not tally.due and not tally.unknown:
        return ""
    code = "tally-unknown" if tally.unknown else "tally"
    return words.say(code, due=tally.due, there=tally.there, unknown=tally.unknown)


def completeness_data(words: Words) -> list[dict[str, Any]]:
    """The same for machines."""
    return [
        {
            "standard": words.judged.standard.standard,
            **{name: words.safe(part) if part else None for name, part in zip(PLACE, village.place, strict=True)},
            "year": village.year,
            "households": village.households,
            "complete": village.complete,
            "items": {
                name: {"due": tally.due, "there": tally.there, "missing": tally.missing, "unknown": tally.unknown}
                for name, tally in village.items.items()
            },
        }
        for village in villages(words.judged)
    ]


def _table(columns: list[tuple[str, list[str]]]) -> Table:
    table = Table(box=None, padding=(0, _GAP, 0, 0), header_style="dim")
    for place, (heading, _) in enumerate(columns):
        table.add_column(heading, justify="right" if place else "left", overflow="fold", no_wrap=place > 0)
    for row in zip(*(cells for _, cells in columns), strict=True):
        table.add_row(*row)
    return table


def _width(column: tuple[str, list[str]]) -> int:
    heading, cells = column
    return max(cell_len(text) for text in (heading, *cells)) + _GAP


def cell(tally: Tally) -> str:
    """So many there of so many due, and of how many households nobody knows; a dash where it is due to nobody."""
    if not tally.due and not tally.unknown:
        return "–"
    return f"{tally.there}/{tally.due}" + (f"?{tally.unknown}" if tally.unknown else "")


def place_name(words: Words, village: Village) -> str:
    """The village with its township, and the year."""
    named = "".join(words.safe(part) for part in village.place[1:] if part)
    year = words.say("year-of", year=village.year) if village.year is not None else ""
    return " ".join(part for part in (named or words.say("village-unknown"), year) if part)
