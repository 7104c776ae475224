"""The list for the public notice: who may exit, village by village, with what may be published of a household, and no more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Group
from fupin_cli.report.exiting import column, publishable, sizes
from fupin_cli.report.words import Words
from fupin_cli.report.workbook.book import Book
from fupin_cli.report.workbook.listing import A4, refuse_too_large

#: What tells a village, and what is published of a household.
_VILLAGE, _PUBLISHED = ("year", "county", "township", "village"), ("villager_group", "head_name", "household_size")
_WIDTHS = (8, 22, 22, 16)
#: Page breaks that Excel reads from one sheet; further villages follow without one.
_MOST_BREAKS = 1000


@dataclass(frozen=True)
class Village:
    """The households of a village."""

    title: str
    #: Group, name, number of members; a blank text where nobody knows.
    households: Sequence[tuple[str, str, int | str]]


@dataclass(frozen=True)
class Notice:
    """The list: whom it names, and whom it does not."""

    villages: Sequence[Village]
    #: Households that meet the standard and are not to be named: out already, not on the register, or not so far yet.
    complete: int
    #: Of those listed, whose verdict rests on values that speak against each other.
    doubtful: int
    #: Of those listed, of whom the register does not say whether they are out already.
    unsaid: int

    @property
    def count(self) -> int:
        """How many households it names."""
        return sum(len(village.households) for village in self.villages)

    @classmethod
    def of(cls, words: Words) -> "Notice | None":
        """The list of a result that says who may exit; None for other results."""
        groups = [group for group in words.result.groups if group.main.standard.standard == CHECK_EXIT.standards[0][0]]
        return cls._listed(words.of(groups[0].main), groups[0]) if groups else None

    @classmethod
    def _listed(cls, words: Words, group: Group) -> "Notice":
        main = group.main
        fit = main.indices({name for name, outcome in main.standard.outcomes.items() if outcome.meets})
        listed = publishable(group)
        places, published = _columns(main, _VILLAGE), _columns(main, _PUBLISHED)
        people = ["" if size is None else size for size in sizes(main)]
        villages: dict[tuple[Any, ...], list[tuple[str, str, int | str]]] = {}
        for index in listed:
            team, name, _ = (words.safe(str(column[index] or "")) for column in published)
            villages.setdefault(tuple(column[index] for column in places), []).append((team, name, people[index]))
        quality = words.result.quality
        changes = quality.changes.get(group.subject, {}) if quality is not None else {}
        found = [Village(_title(words, place), households) for place, households in villages.items()]
        statuses = column(group, "poverty_status")
        unsaid = sum(not statuses[index] for index in listed)
        return cls(found, len(fit) - len(listed), sum(index in changes for index in listed), unsaid)


def _columns(main: StandardResult, names: Sequence[str]) -> list[list[Any]]:
    """Fields of the subjects; None where no sheet has one."""
    table = main.subject
    return [table.data.column(name).to_pylist() if table.has(name) else [None] * main.data.num_rows for name in names]


def _title(words: Words, place: Sequence[Any]) -> str:
    """The village with its county and township, and the year."""
    year, *names = place
    told = "".join(words.safe(str(name)) for name in names if name) or words.say("village-unknown")
    return " ".join(part for part in (told, words.say("year-of", year=year) if year is not None else "") if part)


def write_notice(book: Book, words: Words, notice: Notice) -> None:
    """Write the list: a page for each village, with blanks for the days of the notice."""
    sheet = book.sheet(book.name(words.say("book-notice")))
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&C{words.say('book-page')}")
    breaks, lines = [], list(_lines(words, notice))
    refuse_too_large(words.say("book-notice"), len(lines), len(_WIDTHS))
    for row, (looks, values) in enumerate(lines):
        if looks == "title" and row:
            breaks.append(row)
        for place, value in enumerate(values):
            if isinstance(value, int):
                sheet.write_number(row, place, value, book.format(looks, "0"))
            else:
                book.put(sheet, row, place, value, looks)
    sheet.set_h_pagebreaks(breaks[:_MOST_BREAKS])
    sheet.print_area(0, 0, len(lines) - 1, len(_WIDTHS) - 1)


def _lines(words: Words, notice: Notice) -> Iterator[tuple[str, Sequence[str | int]]]:
    """The rows of the sheet, each with its look."""
    say = words.say
    headings = [say(f"book-notice-{name}") for name in ("number", "group", "name", "size")]
    if not notice.villages:
        yield "title", [say("book-notice-title")]
        yield "", [say("book-notice-nobody")]
        yield "heading", headings
    for village in notice.villages:
        yield "title", [say("book-notice-title")]
        yield "", [village.title]
        yield "", [say("book-notice-days")]
        yield "heading", headings
        for number, household in enumerate(village.households, start=1):
            yield "listed", [number, *household]
        yield "", [say("book-notice-end", count=len(village.households))]
        yield "", [say("book-notice-seal")]
