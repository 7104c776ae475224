"""Workbooks as bytes that are the same every time: they say nothing about when and by whom they were made."""

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

_NEVER = datetime(2000, 1, 1)  # noqa: DTZ001  # a date in a property, not a moment
_ZIP_NEVER = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def packed(book: Workbook) -> bytes:
    """The workbook's bytes, the same ones every time."""
    book.properties.creator = "fupin"
    book.properties.created = book.properties.modified = _NEVER
    dated = io.BytesIO()
    ExcelWriter(book, ZipFile(dated, "w")).save()
    return undated(dated, {})


def undated(dated: io.BytesIO, instead: Mapping[str, bytes]) -> bytes:
    """The bytes of a packed document without the hour of packing; some of its parts may be replaced."""
    packed_again = io.BytesIO()
    with ZipFile(packed_again, "w") as archive:
        for info, content in _parts(dated):
            archive.writestr(info, instead.get(info.filename, content), compress_type=ZIP_DEFLATED)
    return packed_again.getvalue()


def _parts(dated: io.BytesIO) -> Iterator[tuple[ZipInfo, bytes]]:
    with ZipFile(dated) as archive:
        for name in archive.namelist():
            info = ZipInfo(name, _ZIP_NEVER)
            info.create_system = _UNIX
            yield info, archive.read(name)
