"""Header rows: where they are, and which column is which field."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from fupin_cli.load.tables.columnnames import (
    Matched,
    is_about_another,
    joined_text,
    match_text,
    nearest_header,
    with_unit,
    without_unit,
)
from fupin_cli.load.tables.layouts import is_known_elsewhere
from fupin_cli.load.tables.merged import spread_texts
from fupin_cli.load.tables.units import LIKE_A_UNIT, is_money, noted_money, unit_word
from fupin_cli.model.cells import Sheet, column_letter
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.text import fold

#: How many rows of a sheet are looked at for its header.
SEARCHED = 20
#: A header names at least so many fields: one alone may be a word of a text.
_FEWEST = 2
#: What says who a row is about.
_WHO = ("household_id", "year")
#: How statistical forms count columns that hold no figures.
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Header:
    """Header rows read as a table's."""

    #: Index of the first and the last header row among the sheet's kept rows.
    first: int
    index: int
    #: The sheet's own number of the row that names the fields.
    row: int
    #: The folded text of every column, column A first.
    texts: Sequence[str]
    matched: Mapping[str, Matched]
    #: Fields that more than one column names in the same words, with their positions.
    doubled: Mapping[str, Sequence[int]] = field(default_factory=dict)
    #: Further columns that name a field in other words.
    further: Mapping[str, Sequence[Matched]] = field(default_factory=dict)

    @property
    def positions(self) -> set[int]:
        """All columns that are fields."""
        return {match.position for match in self.all()}

    def all(self) -> list[Matched]:
        """Every column that is a field."""
        return [*self.matched.values(), *(match for matches in self.further.values() for match in matches)]


@dataclass(frozen=True)
class Top:
    """The first rows of a sheet as folded texts, merged cells spread over all that they cover."""

    sheet: Sheet
    rows: Sequence[Sequence[str]]

    @cached_property
    def used(self) -> Sequence[int]:
        """The columns in which something stands: a sheet may be as wide as a format allows and hold three."""
        return [position for position in range(len(self.sheet.columns)) if any(row[position] for row in self.rows)]

    def joined(self, index: int, table: str) -> list[str]:
        """A row and the one below it as one header: groups above, names and units below."""
        texts = [""] * len(self.sheet.columns)
        upper = self.below_groups(index, table)
        for position in self.used:
            texts[position] = joined_text(upper[position], self.rows[index + 1][position], table)
        return texts

    def below_groups(self, index: int, table: str) -> Sequence[str]:
        """A row's texts; what stands below the title of another time or of somebody else keeps that title before it."""
        if index == 0 or not self.touching(index - 1):
            return self.rows[index]
        above, own = self.rows[index - 1], self.rows[index]
        if not any(is_about_another(above[at], table) for at in self.used):
            return own
        # What spans the household's number or the year is the table's title.
        named = {at: match.column.name for at in self.used if (match := match_text(own[at], table)) is not None}
        titles = {above[at] for at, name in named.items() if name in _WHO}
        odd = {text for text in {above[at] for at in self.used} - titles if is_about_another(text, table)}
        if not odd:
            return own
        return [f"{above[at]}{text}" if text and above[at] in odd else text for at, text in enumerate(own)]

    def names_under_another(self, index: int, table: str) -> bool:
        """Whether the next row names a field below a title of another time or of somebody else."""
        pairs = [(self.rows[index][at], self.rows[index + 1][at]) for at in self.used]
        return any(below and is_about_another(above, table) and match_text(below, table) is not None for above, below in pairs)

    def touching(self, index: int) -> bool:
        """Whether the next kept row is the next row of the sheet, too."""
        return index + 1 < len(self.rows) and self.sheet.rows[index + 1].as_py() == self.sheet.rows[index].as_py() + 1


def top_of(sheet: Sheet) -> Top:
    """The rows in which a header is looked for."""
    count = sum(row.as_py() <= SEARCHED for row in sheet.rows[:SEARCHED])
    return Top(sheet, [[fold(text) for text in texts] for texts in spread_texts(sheet, count)])


def find_header(top: Top, table: str) -> Header | None:
    """The row among the first that names most fields of a table; the upper one of equals; None where none does.

    Two rows are one header where together they name more fields than either alone.
    """
    singles = [read_header(top, index, index, table) for index in range(len(top.rows))]
    # The first of equals.
    best = max(singles, key=lambda header: len(header.matched), default=None)
    if best is None:
        return None
    for index in range(len(top.rows) - 1):
        if not top.touching(index):
            continue
        both = read_header(top, index, index + 1, table)
        # A header row above the best one has the groups of its columns, and perhaps their units.
        above = best.first == best.index == index + 1 and len(singles[index].matched) >= _FEWEST
        # A row that names fields below such a group is no record, although the group takes them out.
        below = best.first == best.index == index and top.names_under_another(index, table)
        if len(both.matched) > len(best.matched) or ((above or below) and len(both.matched) == len(best.matched)):
            best = both
    return best if len(best.matched) >= _FEWEST else None


def read_header(top: Top, first: int, last: int, table: str, taken: Collection[int] = ()) -> Header:
    """One or two rows read as a table's header. ``taken`` are columns that belong to another table of the same sheet."""
    texts = top.below_groups(first, table) if first == last else top.joined(first, table)
    matched: dict[str, Matched] = {}
    doubled: dict[str, list[int]] = {}
    further: dict[str, list[Matched]] = {}
    for position in top.used:
        text = texts[position]
        # What is written without a Chinese character names no field: most cells of records are so.
        alike = match_text(text, table) if not text.isascii() and position not in taken else None
        if alike is None:
            continue
        found = replace(alike, position=position)
        name = found.column.name
        if name not in matched:
            matched[name] = found
        elif without_unit(texts[matched[name].position]) == without_unit(text):
            doubled.setdefault(name, [matched[name].position]).append(position)
        else:
            further.setdefault(name, []).append(found)
    return Header(first, last, top.sheet.rows[last].as_py(), texts, matched, doubled, further)


def settled(top: Top, header: Header) -> Header:
    """A header with the row of units or of column numbers below it, and with the unit that a note above the table states."""
    matched, texts, last = dict(header.matched), list(header.texts), header.index
    if top.touching(last) and _is_unit_row(top.rows[last + 1], matched):
        last += 1
        for name, match in matched.items():
            unit = unit_word(top.rows[last][match.position]) or top.rows[last][match.position]
            if unit and not match.own_unit:
                matched[name] = replace(with_unit(match, unit), unit_row=top.sheet.rows[last].as_py())
    if top.touching(last) and _is_numbering(top.rows[last + 1], texts):
        last += 1
    note = noted_money(top.sheet, range(header.first), range(header.first, header.index + 1))
    if note:
        matched = {name: _noted(match, note) for name, match in matched.items()}
    return replace(header, index=last, matched=matched, texts=texts)


def header_problems(sheet: Sheet, header: Header, known: set[int], tables: Sequence[str], source: int) -> list[Problem]:
    """What a header has that nobody can use: unknown names with the nearest known one, unknown units."""
    odd = {match.position: match for match in header.all() if match.odd_unit}
    problems: list[Problem] = []
    for position, text in enumerate(header.texts):
        where = Address(source, sheet.name, header.row, column_letter(position))
        if position in odd:
            said, match = written(sheet, header, position), odd[position]
            where = Address(source, sheet.name, match.unit_row or header.row, match.letter)
            problems.append(Problem("header-unit-unknown", "error", where, value=said, facts={"unit": match.odd_unit}))
        elif position not in known and text and not is_known_elsewhere(text):
            near = nearest_header(text, tables)
            code = "header-unknown-near" if near else "header-unknown"
            problems.append(Problem(code, "info", where, value=written(sheet, header, position), facts={"nearest": near}))
    return problems


def written(sheet: Sheet, header: Header, position: int) -> str:
    """A column's header as the sheet writes it; where two rows make it up, as they were joined."""
    text: str = sheet.columns[position].text[header.first].as_py() or ""
    return text if fold(text) == header.texts[position] else header.texts[position]


def _noted(match: Matched, unit: str) -> Matched:
    if match.own_unit or not is_money(match.column):
        return match
    return replace(with_unit(match, unit), own_unit=False)


def _is_unit_row(texts: Sequence[str], matched: Mapping[str, Matched]) -> bool:
    """A row of nothing but units, at least one of them under a number; those that we do not know stand under numbers only."""
    numbers = {match.position for match in matched.values() if match.column.form.name in ("number", "count")}
    filled = {position: text for position, text in enumerate(texts) if text}
    known = [position for position, text in filled.items() if unit_word(text)]
    others = [position for position in filled if position not in known]
    if not numbers & set(filled) or not all(position in numbers for position in others):
        return False
    return not any(_DIGIT.search(filled[position]) or not LIKE_A_UNIT.search(filled[position]) for position in others)


def _is_numbering(texts: Sequence[str], header: Sequence[str]) -> bool:
    """A row that counts all columns of a header: 甲 乙 1 2 3, or 1 2 3 4, or 甲 乙 丙 丁."""
    if any(name and not text for name, text in zip(header, texts, strict=True)):
        return False
    bare = [text.removeprefix("(").removesuffix(")") for text in texts if text]
    counted = [text for text in bare if text not in {"栏次", "序号", "列次"}]
    stems = sum(text in _STEMS for text in counted)
    expected = [*_STEMS[:stems], *(str(number) for number in range(1, len(counted) - stems + 1))]
    return len(counted) > _FEWEST and counted == expected
