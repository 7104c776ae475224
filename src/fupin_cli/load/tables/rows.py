"""Rows under a header: which are records, and which are titles, totals, notes or examples."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.load.tables.columnnames import Matched
from fupin_cli.load.tables.headers import Header
from fupin_cli.model.cells import Sheet
from fupin_cli.model.values import ValueType

#: Totals stand in one of the first columns, before the figures.
_LEADING = 6
_TOTAL = (
    r"^[\s　]*([\p{Han}0-9]{1,10})?(合[\s　]*计|总[\s　]*计|小[\s　]*计|共[\s　]*计|累[\s　]*计)[\s　]*"
    r"([（(][^（()）]*[)）]|[0-9]+[\s　]*[户人].{0,8})?[:：]?[\s　]*$"
)
_NOTE = r"^[\s　(（]*(注|备注|说明|附注|填报|填表|填制|制表|审核|审批|负责人|单位)[^\n]{0,12}?[:：]"
#: The same without a colon, where nothing else stands in the row.
_NOTE_ALONE = (
    r"^[\s　(（]*((注|备注|说明|附注)[\s　]+\S|共[\s　]*[0-9]+[\s　]*[户人页]|第[\s　]*[0-9]+[\s　]*页|过次页|承前页"
    r"|以下空白|其中[:：]?"
    r"|(制表|填表|审核|负责)人?[\s　]*$|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日[\s　]*$)"
)
_EXAMPLE = r"^[\s　(（【\[]*(示例|样例|举例|范例)行?([\s　)）】\]:：]|$)"
_FIGURE = r"^-?[0-9]+(\.[0-9]+)?$"
#: Words alone in their row are a note, whatever the first one: a sentence, or too long to be a number or a name.
_SENTENCE, _HAN, _LONG = r"[，。；！]", r"\p{Han}", 16
_NARROW = 3
#: What every total, note and example has in it.
_IN_TOTAL, _IN_NOTE, _IN_EXAMPLE = ("计",), (":", "："), ("例",)


@dataclass(frozen=True)
class Rows:
    """The rows of a sheet sorted out."""

    #: Indexes among the sheet's kept rows that are records.
    records: pa.Int64Array
    #: Why the others are not, by row index: ``title``, ``total``, ``note``, ``example``.
    skipped: Mapping[int, str]


def sort_rows(sheet: Sheet, header: Header) -> Rows:
    """Which rows are records. A row with a 户编号 of its own is one, whatever else it says."""
    count = len(sheet.rows)
    reasons: dict[int, str] = dict.fromkeys(range(header.first), "title")
    # A sheet may be as wide as its format allows and hold three columns.
    texts = [column.text for column in sheet.columns if column.text.null_count < count] or [sheet.columns[0].text]
    leading = texts[:_LEADING]
    first = pc.coalesce(*texts)
    filled = pc.cast(pc.is_valid(texts[0]), pa.int32())
    for text in texts[1:]:
        filled = pc.add(filled, pc.cast(pc.is_valid(text), pa.int32()))
    # Only in a table of some width does a lone sentence stand out from a record with one cell.
    alone = pc.equal(filled, 1) if len(texts) > _NARROW else pa.array([False] * count, pa.bool_())
    total, note = _any([_matches(text, _TOTAL, _IN_TOTAL) for text in leading]), _matches(first, _NOTE, _IN_NOTE)
    closer = _CloserLook(sheet, header, pc.indices_nonzero(_any([total, note, alone])))
    # A header repeated on every printed page is a title.
    repeated = _any(
        [
            _says(sheet.columns[_named(header)[0].position].text, header.first),
            *(_repeats(sheet, header, index) for index in range(header.first + 1, header.index + 1)),
        ]
    )
    totals, notes = closer.totals_and_notes(first, total, note, alone)
    for chosen, reason in (
        (pc.indices_nonzero(_matches(first, _EXAMPLE, _IN_EXAMPLE)), "example"),
        (totals, "total"),
        (notes, "note"),
        (pc.indices_nonzero(repeated), "title"),
    ):
        for index in chosen.to_pylist():
            if index > header.index:
                reasons.setdefault(index, reason)
    skipped = pa.array(sorted({*reasons, *range(header.first, header.index + 1)}), pa.int64())
    everything = pc.indices_nonzero(pa.repeat(pa.scalar(True), count)).cast(pa.int64())
    return Rows(everything.filter(pc.invert(pc.is_in(everything, value_set=skipped))), reasons)


class _CloserLook:
    """The few rows that may be totals or notes: what tells them from records costs too much for all rows."""

    def __init__(self, sheet: Sheet, header: Header, rows: pa.Array) -> None:
        self._sheet, self._header, self._rows = sheet, header, rows

    def totals_and_notes(self, first: pa.Array, total: pa.Array, note: pa.Array, alone: pa.Array) -> tuple[pa.Array, pa.Array]:
        """The rows that are totals, and those that are notes."""
        first, total, note, alone = (mask.take(self._rows) for mask in (first, total, note, alone))
        # A row with figures in its columns is a record, whatever its first word.
        figures = [self._find(match, _FIGURE) for match in _named(self._header) if match.column.type is not ValueType.TEXT]
        note = pc.and_(note, pc.invert(_any(figures))) if figures else note
        sentence = pc.and_(alone, pc.or_(_is_sentence(first), _matches(first, _NOTE_ALONE)))
        other = pc.invert(self._own_key(sentence))
        return self._rows.filter(pc.and_(total, other)), self._rows.filter(pc.and_(pc.or_(note, sentence), other))

    def _own_key(self, sentence: pa.Array) -> pa.Array:
        parts = self._header.matched.get("parts")
        if parts is not None:
            # A declared figure may well be a total: what it is compared with makes its row a record.
            return pc.is_valid(self._sheet.columns[parts.position].text.take(self._rows))
        key = self._header.matched.get("household_id")
        if key is None:
            return pa.array([False] * len(self._rows), pa.bool_())
        keyed = pc.is_valid(self._sheet.columns[key.position].text.take(self._rows))
        says_other = pc.or_(self._find(key, _TOTAL), self._find(key, _NOTE))
        return pc.and_(keyed, pc.invert(pc.or_(says_other, sentence)))

    def _find(self, match: Matched, pattern: str) -> pa.Array:
        return _matches(self._sheet.columns[match.position].text.take(self._rows), pattern)


def _plain(text: pa.StringArray) -> pa.StringArray:
    """Texts as headers are compared: full-width forms made half-width, nothing that nobody sees."""
    return pc.replace_substring_regex(pc.utf8_normalize(text, "NFKC"), r"[\s\x{ad}\x{180e}\x{200b}-\x{200f}\x{2060}\x{feff}]", "")


def _says(text: pa.StringArray, index: int) -> pa.BooleanArray:
    """Rows that say what this row of the header says."""
    said = _plain(text.slice(index, 1))[0]
    if said.as_py() is not None and not said.as_py().isascii() and pc.all(pc.string_is_ascii(text.slice(index + 1))).as_py():
        # Plain letters and digits under a Chinese word: folding makes no such word of them.
        return pc.equal(pc.indices_nonzero(pa.repeat(pa.scalar(True), len(text))), index)
    return pc.fill_null(pc.equal(_plain(text), said), False)


def _repeats(sheet: Sheet, header: Header, index: int) -> pa.BooleanArray:
    """Rows that say in every field's column what this further row of the header says."""
    columns = [_plain(sheet.columns[match.position].text) for match in _named(header)]
    same = [pc.fill_null(pc.equal(column, column[index]), False) for column in columns if column[index].is_valid]
    silent = [pc.is_null(column) for column in columns if not column[index].is_valid]
    return functools.reduce(pc.and_, [*same, *silent])


def _named(header: Header) -> list[Matched]:
    return list(header.matched.values())


def _is_sentence(text: pa.Array) -> pa.Array:
    long = pc.fill_null(pc.greater_equal(pc.utf8_length(text), _LONG), False)
    return pc.or_(_matches(text, _SENTENCE), pc.and_(long, _matches(text, _HAN)))


def _matches(text: pa.Array, pattern: str, marks: Sequence[str] = ()) -> pa.Array:
    """The texts that a pattern matches. ``marks``: one of them stands in each of these, and a Chinese word; few texts have it."""
    if not marks:
        return pc.fill_null(pc.match_substring_regex(text, pattern), False)
    # All of them are Chinese words: plain letters and digits, of which most keys consist, are none.
    words = pc.fill_null(pc.invert(pc.string_is_ascii(text)), False)
    some = text if pc.all(words).as_py() else text.filter(words)
    marked = pc.fill_null(_any([pc.match_substring(some, mark) for mark in marks]), False)
    found = pc.replace_with_mask(marked, marked, _matches(some.filter(marked), pattern))
    return found if some is text else pc.replace_with_mask(words, words, found)


def _any(masks: list[pa.Array]) -> pa.Array:
    result = masks[0]
    for mask in masks[1:]:
        result = pc.or_(result, mask)
    return result
