"""Whether a zip file is one that can be trusted, and its parts as bounded streams.

Nothing here believes what the zip says about itself: sizes are counted while inflating, every XML part is searched for a DTD,
and the checksum is compared at the end of each part.
"""

import errno
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from fupin_cli.errors import InputRefused

#: Largest part and largest sum of parts, inflated. A million rows of ten columns are about 500 MB.
MAX_PART = 1 << 30
MAX_TOTAL = 2 << 30
MAX_ENTRIES = 10_000
#: Parts other than sheets and shared strings are read whole: styles of a large workbook are about 2 MB.
MAX_WHOLE = 32 << 20
#: A bomb inflates a thousandfold, the emptiest real sheet about sixtyfold. Small parts may do as they like.
MAX_RATIO = 250
_RATIO_FROM = 16 << 20

_CHUNK = 1 << 20
_END = struct.Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"
_LONGEST_COMMENT = 0xFFFF
_LOCAL = struct.Struct("<4s5H3L2H")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_SMALLEST_DIRECTORY_ENTRY = 46
_LARGEST_DIRECTORY = 4 << 20
_ENCRYPTED_FLAG = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_WIDE_DECLARATIONS = tuple(mark.decode().encode(code) for mark in _DECLARATIONS for code in ("utf-16-le", "utf-16-be"))
_LONGEST_DECLARATION = 2 * len("<!DOCTYPE")
_XML_NAME = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)


class Archive:
    """An open workbook file whose directory was checked. Use it in a ``with`` block."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("rb")
        try:
            size = path.stat().st_size
            _check_end(self._file, size)
            self._zip = zipfile.ZipFile(self._file)
            self._parts = {_folded(info.filename): info for info in self._zip.infolist()}
            _check_entries(self._file, self._zip)
        except (
            zipfile.BadZipFile,
            zipfile.LargeZipFile,
            struct.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
        ) as error:
            self._file.close()
            raise InputRefused("workbook-damaged", where="zip") from error
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._zip.close()
        self._file.close()

    @property
    def names(self) -> list[str]:
        """All parts in the zip's order, folded: part names are case-insensitive (ECMA-376 part 2)."""
        return list(self._parts)

    @property
    def xml_names(self) -> list[str]:
        """The parts that hold XML; pictures and macros are never opened."""
        return [name for name in self._parts if _XML_NAME.search(name)]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and _folded(name) in self._parts

    def size(self, name: str) -> int:
        """Inflated size of a part as the zip declares it; true once the part was streamed."""
        return self._parts[_folded(name)].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part's bytes. Raises :class:`InputRefused` for a bomb, a DTD, a wrong checksum, a truncated part."""
        info = self._parts.get(_folded(name))
        if info is None:
            raise InputRefused("workbook-damaged", where=name)
        declarations: tuple[bytes, ...] = _DECLARATIONS
        length = 0
        tail = b""
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(_CHUNK):
                    if not length and 0 in chunk[:4]:
                        declarations = _WIDE_DECLARATIONS
                    length += len(chunk)
                    _check_size(name, length, info.compress_size)
                    seam = tail + chunk[:_LONGEST_DECLARATION]
                    # One character is found ten times faster than a word.
                    if (b"!" in chunk or b"!" in seam) and any(mark in chunk or mark in seam for mark in declarations):
                        raise InputRefused("workbook-has-dtd", part=name)
                    tail = chunk[-_LONGEST_DECLARATION:]
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, OSError) as error:
            if _lacks_memory(error):
                raise MemoryError from error
            raise InputRefused("workbook-damaged", where=name) from error

    def drain(self, name: str) -> None:
        """Look through a part without keeping it."""
        for _ in self.chunks(name):
            pass

    def whole(self, name: str) -> bytes:
        """A small part at once."""
        content = bytearray()
        for chunk in self.chunks(name):
            content += chunk
            if len(content) > MAX_WHOLE:
                raise InputRefused("workbook-too-large", part=name, limit=MAX_WHOLE >> 20)
        return bytes(content)


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _check_size(name: str, inflated: int, compressed: int) -> None:
    if inflated > _RATIO_FROM and inflated > MAX_RATIO * max(compressed, 1):
        raise InputRefused("workbook-is-bomb", part=name)
    if inflated > MAX_PART:
        raise InputRefused("workbook-too-large", part=name, limit=MAX_PART >> 20)


def _check_end(file: BinaryIO, size: int) -> None:
    """The directory's end record, before ``zipfile`` builds an object for every entry that the directory claims."""
    reach = min(size, _LONGEST_COMMENT + _END.size)
    file.seek(size - reach)
    ending = file.read(reach)
    at = ending.rfind(_END_SIGNATURE)
    if at < 0 or len(ending) - at < _END.size:
        raise InputRefused("workbook-damaged", where="zip")
    fields = _END.unpack_from(ending, at)
    entries, directory_size, comment = fields[4], fields[5], fields[7]
    # Bytes after the last end record: two readers could see two different workbooks.
    if len(ending) - at != _END.size + comment:
        raise InputRefused("workbook-damaged", where="zip")
    if entries > MAX_ENTRIES or directory_size > _LARGEST_DIRECTORY or directory_size // _SMALLEST_DIRECTORY_ENTRY < entries:
        raise InputRefused("workbook-too-many-parts", limit=MAX_ENTRIES)


def _check_entries(file: BinaryIO, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len({_folded(info.filename) for info in entries}) != len(entries):
        raise InputRefused("workbook-duplicate-part")
    total = 0
    free_from = 0
    for info in sorted(entries, key=lambda entry: entry.header_offset):
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise InputRefused("workbook-encrypted")
        if info.compress_type not in _METHODS:
            raise InputRefused("workbook-damaged", where=info.filename)
        file.seek(info.header_offset)
        local = _LOCAL.unpack(file.read(_LOCAL.size))
        if local[0] != _LOCAL_SIGNATURE:
            raise InputRefused("workbook-damaged", where=info.filename)
        # Parts that share bytes are how small bombs become big ones; bytes before the first part are another file in disguise.
        if info.header_offset < free_from or (not free_from and info.header_offset):
            raise InputRefused("workbook-duplicate-part")
        free_from = info.header_offset + _LOCAL.size + local[9] + local[10] + info.compress_size
        _check_size(info.filename, info.file_size, info.compress_size)
        total += info.file_size
    if free_from > archive.start_dir:
        raise InputRefused("workbook-damaged", where="zip")
    if total > MAX_TOTAL:
        raise InputRefused("workbook-too-large", part="*", limit=MAX_TOTAL >> 20)


def _lacks_memory(error: Exception) -> bool:
    """Whether a part could not be read for want of memory: that is our limit, not damage to the file."""
    return str(error).startswith("Error -4 ") or getattr(error, "errno", None) == errno.ENOMEM
