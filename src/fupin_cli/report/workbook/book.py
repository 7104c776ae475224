"""A new workbook: sheets with names that Excel takes, formats by what they are for, the same bytes every time."""

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import Any, Self

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

#: A date in a property, not a moment.
_NEVER = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
#: Excel's own limits.
MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT, LONGEST_NAME = 1_048_576, 16_384, 32_767, 31
#: What no sheet may be called, and the name that Excel keeps for itself.
_FORBIDDEN, _KEPT = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffd]"), "history"
#: What a program takes for a formula or an error when it stands at the start of a text, half and full width.
_LIVE = ("=", "+", "-", "@", "#", "＝", "＋", "－", "＠", "\t", "\r", "\n")
#: What XML cannot hold, beside the control characters that Excel has a spelling for.
_UNHOLDABLE = re.compile("[\ufffe\uffff\ud800-\udfff]")
#: What each kind of cell looks like, by its name; ``fail`` and ``open`` are told in words beside every fill.
_LOOKS: dict[str, dict[str, Any]] = {
    "": {},
    "heading": {
        "bold": True, "bg_color": "#DDEBF7", "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1,
        "border_color": "#BFBFBF",
    },
    "ours": {
        "bold": True, "bg_color": "#E2EFDA", "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1,
        "border_color": "#BFBFBF",
    },
    "title": {"bold": True, "font_size": 14, "valign": "vcenter"},
    "section": {"bold": True, "font_size": 12, "bottom": 1, "bottom_color": "#7F7F7F"},
    "listed": {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter"},
    "long": {"text_wrap": True, "valign": "top"},
    "good": {"bg_color": "#E2EFDA"},
    "fail": {"bg_color": "#F8CBAD"},
    "open": {"bg_color": "#FFE699"},
    "aside": {"bg_color": "#EDEDED"},
    "link": {"font_color": "#0563C1", "underline": 1},
}  # fmt: skip
_TEXT, _BASE = "@", {"valign": "top"}


class Book:
    """A workbook that is being made. ``lean``: rows go to a temporary file at once, so that a large one needs little memory;
    they are then written from top to bottom. As a context it leaves no such file behind, whatever happens.
    """

    def __init__(self, *, lean: bool = False) -> None:
        self._stream = io.BytesIO()
        self._folder = TemporaryDirectory(prefix="fupin-") if lean else None
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        where = {"tmpdir": self._folder.name} if self._folder is not None else {"in_memory": True}
        self._book = Workbook(self._stream, {**options, **where, "constant_memory": lean})
        self._book.set_properties({"author": "fupin", "created": _NEVER})
        self._formats: dict[tuple[str, str, bool], Format] = {}
        self._names: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder is None:
            return
        for sheet in self._book.worksheets():
            if sheet.row_data_fh is not None:
                sheet.row_data_fh.close()
        self._folder.cleanup()

    def name(self, wanted: str) -> str:
        """A name for a sheet that no other has: without what Excel forbids, at most 31 characters long."""
        plain = _FORBIDDEN.sub("_", _UNHOLDABLE.sub("_", wanted)).strip("' ") or "_"
        plain = _short(plain, LONGEST_NAME).rstrip("' ")
        found, number = plain, 1
        while found.casefold() in self._names or found.casefold() == _KEPT:
            number += 1
            tail = f" ({number})"
            found = _short(plain, LONGEST_NAME - len(tail)) + tail
        self._names.add(found.casefold())
        return found

    def sheet(self, name: str) -> Worksheet:
        """A sheet under a name that :meth:`name` gave."""
        return self._book.add_worksheet(name)

    def format(self, look: str = "", number: str = _TEXT, *, quoted: bool = False) -> Format:
        """The format of a kind of cell, made once; several looks are joined by a space. ``quoted`` is for texts that a program
        would take for a formula when somebody edits them.
        """
        key = (look, number, quoted)
        if key not in self._formats:
            properties = dict(_BASE)
            for one in look.split():
                properties |= _LOOKS[one]
            self._formats[key] = self._book.add_format({**properties, "num_format": number, "quote_prefix": quoted})
        return self._formats[key]

    def put(self, sheet: Worksheet, row: int, column: int, text: str, look: str = "") -> None:
        """Write a text that stays text, whatever it begins with; row and column from 0."""
        text = fitting(text)
        form = self.format(look, quoted=text.startswith(_LIVE))
        if text.startswith("<r>") and text.endswith("</r>"):
            # The library takes such a text for its own markup, unless it comes in two pieces.
            sheet.write_rich_string(row, column, text[0], self.format(), text[1:], form)
        elif text:
            sheet.write_string(row, column, text, form)
        elif look:
            sheet.write_blank(row, column, None, form)

    def link(self, sheet: Worksheet, row: int, column: int, target: tuple[str, str], text: str) -> None:
        """Write a link to a cell of this workbook, which is a sheet's name and a cell."""
        name, cell = target
        quoted = name.replace("'", "''")
        sheet.write_url(row, column, f"internal:'{quoted}'!{cell}", self.format("link"), fitting(text))

    def fill_by_words(self, sheet: Worksheet, area: tuple[int, int, int, int], fills: Sequence[tuple[str, str]]) -> None:
        """Colour the cells of an area that hold exactly one of some words: the colour follows when somebody corrects one."""
        for word, look in fills:
            colour = self._book.add_format({"bg_color": _LOOKS[look]["bg_color"]})
            said = word.replace('"', '""')
            sheet.conditional_format(*area, {"type": "cell", "criteria": "==", "value": f'"{said}"', "format": colour})

    def packed(self) -> bytes:
        """The workbook's bytes.

        Raises:
            OSError: the disk for the temporary files is full.
        """
        try:
            self._book.close()
        except FileCreateError as error:
            raise error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error)) from None
        return self._stream.getvalue()


def fitting(text: str) -> str:
    """The text as far as a cell holds it, without what XML cannot hold."""
    if not text.isascii():
        text = _UNHOLDABLE.sub("\ufffd", text)
    return _short(text, LONGEST_TEXT)


def is_live(text: str) -> bool:
    """Whether a program would take the text for a formula when somebody edits it."""
    return text.startswith(_LIVE)


def width_of(text: str) -> int:
    """How many narrow characters wide a text is, Chinese ones counted double: fast enough for every cell of a sheet."""
    return len(text) if text.isascii() else (len(text.encode("utf-8", "replace")) + len(text)) // 2


def _short(text: str, most: int) -> str:
    """The text cut to so many UTF-16 units, which is how Excel counts."""
    if len(text) * 2 <= most or len(text.encode("utf-16-le", "replace")) // 2 <= most:
        return text
    return text.encode("utf-16-le", "replace")[: (most - 1) * 2].decode("utf-16-le", "ignore") + "…"
