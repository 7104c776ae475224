"""The people's own cells as they stand in the new workbook: texts as texts, numbers as numbers, what is personal masked."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Literal

import pyarrow.compute as pc

from fupin_cli.model.cells import GridColumn, Kind, Sheet, column_letter
from fupin_cli.model.tables import TABLES, fields
from fupin_cli.report.mask import FEWEST, FEWEST_OF_KEY, mask_key, mask_whole
from fupin_cli.report.options import Options
from fupin_cli.report.problems import safe, visible
from fupin_cli.report.words import NUMBERED
from fupin_cli.report.workbook.book import is_live

#: What is shown of a column: hardly anything of identity and telephone numbers; a household's number unless it is one of them;
#: whatever does not look personal.
Hiding = Literal["whole", "key", "pattern"]
#: Texts that have to be looked at one by one, in the engine's spelling of expressions: what begins like a formula or markup, what
#: steers, what XML cannot hold.
_ODD = (
    r"^(?:[=+\-@#＝＋－＠\t\r\n]|<r>)"
    r"|[\x00-\x08\x0b-\x1f\x7f-\x{9f}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}\x{fffe}\x{ffff}]"
)
#: No text with fewer digits holds a number that is masked, in a household's number and elsewhere.
_FEWEST: dict[Hiding, int] = {"key": FEWEST_OF_KEY, "pattern": FEWEST}
#: Numbers of households as registers have them, no telephone among them: not looked at one by one.
_REGISTERED = r"^(?:[1-9][0-9]{11}|[1-9][0-9]{13})$"
#: Characters that no cell has room for twice.
_LONG = 16_000
#: Digits that a number of a spreadsheet keeps.
_DIGITS = 15
#: The first day that spreadsheets agree about, and the day before their first one.
_FIRST, _ZERO = date(1900, 3, 1), date(1899, 12, 30)


@dataclass(frozen=True)
class Odd:
    """A cell that is no plain text and no plain number."""

    value: str | float | bool
    #: Of a number, how it is shown.
    form: str = "@"


#: None: blank. A plain text or number is written as it is.
Value = str | float | Odd | None


def values_of(column: GridColumn, hiding: Hiding, options: Options) -> list[Value]:
    """Cells of a column as they are written."""
    texts: list[Value] = column.text.to_pylist()
    kinds = column.kind.to_pylist()
    shown = _shower(hiding, options)
    for index in _to_look_at(column, hiding, options):
        texts[index] = _looked_at(texts[index], kinds[index], shown)
    found = set(kinds)
    if found <= {Kind.BLANK, Kind.TEXT}:
        return texts
    if found <= {Kind.BLANK, Kind.TEXT, Kind.NUMBER}:
        # A text that is a text already was masked, or has more digits than a number keeps.
        return [_number(v) if k == Kind.NUMBER and v.__class__ is str else v for v, k in zip(texts, kinds, strict=True)]
    return [_typed(value, kind) for value, kind in zip(texts, kinds, strict=True)]


def hidings(sheet: Sheet, header: int, letters: Mapping[str, tuple[str, str]]) -> list[Hiding]:
    """How much of each column of a sheet is shown; ``letters``: column letter → table and field that it was read as."""
    at = sheet.rows.index(header).as_py()
    found: list[Hiding] = []
    for place, column in enumerate(sheet.columns):
        table, name = letters.get(column_letter(place), ("", ""))
        heading = _folded(column.text[at].as_py() or "") if at >= 0 else ""
        if (table and fields(table)[name].sensitive) or heading in _sensitive():
            found.append("whole")
        else:
            found.append("key" if table and name in NUMBERED else "pattern")
    return found


def _shower(hiding: Hiding, options: Options) -> Callable[[str], str]:
    """What is shown of a text."""
    if not options.mask:
        return visible
    if hiding == "whole":
        return lambda text: visible(mask_whole(text))
    if hiding == "key":
        return lambda text: visible(mask_key(text))
    return lambda text: safe(text, options)


def _to_look_at(column: GridColumn, hiding: Hiding, options: Options) -> Sequence[int]:
    """The cells that are not written as they are."""
    if options.mask and hiding == "whole":
        return pc.indices_nonzero(pc.is_valid(column.text)).to_pylist()  # type: ignore[no-any-return]
    # No day has as many digits as a number of a person; most columns say the same few things.
    texts = pc.if_else(pc.equal(column.kind, int(Kind.DATE)), None, column.text)
    distinct = pc.drop_null(pc.unique(texts))
    odd = pc.or_(pc.match_substring_regex(distinct, _ODD), pc.greater(pc.utf8_length(distinct), _LONG))
    if options.mask and (pc.max(pc.binary_length(distinct)).as_py() or 0) >= _FEWEST[hiding]:
        digits = pc.greater_equal(pc.count_substring_regex(distinct, r"\p{N}"), _FEWEST[hiding])
        odd = pc.or_(odd, pc.and_not(digits, pc.match_substring_regex(distinct, _REGISTERED)) if hiding == "key" else digits)
    chosen = distinct.filter(odd)
    return pc.indices_nonzero(pc.is_in(texts, value_set=chosen)).to_pylist() if len(chosen) else []


def _looked_at(text: Value, kind: int, shown: Callable[[str], str]) -> Value:
    """A cell that is looked at by itself; a number or a day stays one where it shows nothing personal."""
    told = shown(str(text))
    if kind in (Kind.NUMBER, Kind.DATE, Kind.BOOL) and told == text:
        return text
    # Numbers of households are many, and most of these texts are theirs.
    plain = told.isascii() and len(told) < _LONG and not is_live(told) and not told.startswith("<r>")
    return told if plain and kind == Kind.TEXT else Odd(told)


def _number(text: str) -> Value:
    """A number; of more digits than a spreadsheet keeps the text."""
    plain = text.removesuffix("%")
    if sum(map(str.isdigit, plain.partition("E")[0].partition("e")[0].lstrip("-0."))) > _DIGITS:
        return Odd(text)
    try:
        value = float(plain)
    except ValueError:
        return Odd(text)
    if plain == text:
        return value
    decimals = len(plain.partition(".")[2])
    return Odd(value / 100, f"0.{'0' * decimals}%" if decimals else "0%")


def _typed(value: Value, kind: int) -> Value:
    if not isinstance(value, str) or kind in (Kind.BLANK, Kind.TEXT):
        return value
    match kind:
        case Kind.NUMBER:
            return _number(value)
        case Kind.DATE:
            return _day(value)
        case Kind.BOOL:
            return Odd(value == "TRUE")
        case _:
            return Odd(value)


def _day(text: str) -> Value:
    """A day or moment as spreadsheets count them; the text where they do not agree how, or where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return Odd(text)
    if moment.date() < _FIRST:
        return Odd(text)
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    days = (moment.date() - _ZERO).days
    return Odd(days + seconds / 86_400, "yyyy-mm-dd hh:mm:ss" if seconds else "yyyy-mm-dd")


@cache
def _sensitive() -> frozenset[str]:
    """The headings of columns with personal numbers, of every table."""
    known = (column for table in TABLES for column in fields(table).values() if column.sensitive)
    return frozenset(_folded(text) for column in known for text in (column.label, *column.aliases))


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
