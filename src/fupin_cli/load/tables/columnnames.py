"""Which field the text of a header names, and in which unit."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from fupin_cli.load.tables.units import IN_PARENTHESES, factor_of, unit_word
from fupin_cli.model.cells import column_letter
from fupin_cli.model.columns import Column
from fupin_cli.model.nearest import nearest
from fupin_cli.model.tables import fields
from fupin_cli.model.text import fold

#: A group of columns with such a title is about another year, or about a plan: its columns are not the fields that they name.
_OF_ANOTHER_TIME = re.compile(
    r"[上去前]一?年|(?:帮扶|脱贫|识别|搬迁|改造|以|之|此)前|当时|识别时|预计|计划|目标|预期|(?:19|20)\d\d年?"
)
#: A title over columns about somebody else: whoever helps the household. It is short, a table's own title is not.
_OF_SOMEBODY_ELSE = re.compile(r"帮扶|责任人|干部|联系人|包户|结对")
_OF_HEAD = re.compile(r"户主")
_LONGEST_GROUP = 12


@dataclass(frozen=True)
class Matched:
    """A column of a sheet that is a field of a table."""

    #: 0-based column of the sheet.
    position: int
    column: Column
    #: What its numbers are multiplied by to be in the field's unit.
    scale: Decimal = Decimal(1)
    #: A unit that is not known for the field: then nobody can say what its numbers mean, and every one is unreadable.
    odd_unit: str = ""
    #: The header states a unit itself, so that a note above the table does not count for it.
    own_unit: bool = False
    #: Number of the sheet's row in which the unit stands, where that is another than the header's.
    unit_row: int = 0

    @property
    def letter(self) -> str:
        """The column's letter."""
        return column_letter(self.position)


@cache
def spellings(table: str) -> Mapping[str, Column]:
    """Every header spelling of a table, folded."""
    found: dict[str, Column] = {}
    for column in fields(table).values():
        for spelling in (column.label, *column.aliases):
            found.setdefault(fold(spelling), column)
    return found


def nearest_header(text: str, tables: Sequence[str]) -> str:
    """The known spelling most like a folded header text; empty where none is like it."""
    return nearest(text, {spelling for table in tables for spelling in spellings(table)})


@cache
def match_text(text: str, table: str) -> Matched | None:
    """The field of a header text with its scale, or the unit where that is not known; None where the text is no field."""
    known = spellings(table)
    split = IN_PARENTHESES.fullmatch(text)
    if text in known:
        return Matched(0, known[text], own_unit=split is not None)
    if split is None:
        return None
    if split[1] in known:
        column = known[split[1]]
        if column.form.name not in ("number", "count") and _OF_ANOTHER_TIME.search(split[2]):
            return None
        return with_unit(Matched(0, column), split[2])
    # A field whose label states a unit, in another one.
    named = _named_with_unit(table).get(split[1])
    if named is None or factor_of(split[2], named) is None:
        return None
    return with_unit(Matched(0, named), split[2])


@cache
def _named_with_unit(table: str) -> Mapping[str, Column]:
    """Fields by their spellings without the unit that these state in parentheses."""
    found: dict[str, Column] = {}
    for spelling, column in spellings(table).items():
        split = IN_PARENTHESES.fullmatch(spelling)
        if split is not None and factor_of(split[2], column) is not None:
            found.setdefault(split[1], column)
    return found


def with_unit(match: Matched, unit: str) -> Matched:
    """A column whose numbers are in this unit."""
    factor = factor_of(unit, match.column)
    if factor is not None:
        return replace(match, scale=factor, own_unit=True)
    # Words in parentheses after a text, code or date are a remark; after a number they might change it.
    return replace(match, odd_unit=unit, own_unit=True) if match.column.form.name in ("number", "count") else match


def without_unit(text: str) -> str:
    """A header's text without what stands in parentheses at its end."""
    split = IN_PARENTHESES.fullmatch(text)
    return split[1] if split is not None else text


@cache
def is_about_another(group: str, table: str) -> bool:
    """Whether the title over some columns says that they are about another year, or about somebody else."""
    if not group or len(group) > _LONGEST_GROUP:
        return False
    if _OF_ANOTHER_TIME.search(group) or _OF_SOMEBODY_ELSE.search(group):
        return True
    return table == "person" and _OF_HEAD.search(group) is not None


def joined_text(above: str, below: str, table: str) -> str:
    """What a text says together with the group above it."""
    if not below or above == below:
        return above
    if not above:
        return below
    if unit_word(below):
        return f"{above}({unit_word(below)})"
    if above.isascii() and below.isascii():
        # Numbers and codes are no field's name, alone or together.
        return above + below
    if match_text(above + below, table) is not None:
        return above + below
    if match_text(below, table) is not None:
        if is_about_another(above, table):
            return above + below
        group = IN_PARENTHESES.fullmatch(above)
        return f"{below}({group[2]})" if group is not None and unit_word(group[2]) and "(" not in below else below
    return above if match_text(above, table) is not None else above + below
