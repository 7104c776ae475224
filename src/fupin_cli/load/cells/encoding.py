"""The encoding in which every byte of a text file means something, or a refusal with the byte that does not."""

import re

from fupin_cli.errors import InputRefused

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_CHINESE = re.compile("[\u4e00-\u9fff]")


def encoding_of(data: bytes, *, chinese_said: bool = False) -> str:
    """The byte order mark's encoding, else UTF-8, else GB18030, each strictly.

    ``chinese_said``: the file says of itself that it is in a Chinese encoding. UTF-8 is then believed only where it gives
    Chinese: a few words of GB18030 happen to be UTF-8, too.
    """
    marked = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), None)
    if marked is not None:
        # The mark is left in, so that an error's place is a place in the file.
        _must_decode(data, marked.removesuffix("-sig"))
        return marked
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Almost any bytes are GB18030, UTF-8 ones too: they would turn into other Chinese without a word.
        foreign = _first_utf8_line(data)
        if foreign is not None:
            raise _mixed(data, max(error.start, foreign)) from error
        _must_decode(data, "gb18030")
        return "gb18030"
    if chinese_said and not data.isascii() and not _CHINESE.search(text):
        _must_decode(data, "gb18030")
        return "gb18030"
    return "utf-8"


def _must_decode(data: bytes, encoding: str) -> None:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _mixed(data, error.start) from error


def _mixed(data: bytes, offset: int) -> InputRefused:
    return InputRefused("csv-encoding", offset=offset, line=data.count(b"\n", 0, offset) + 1)


def _first_utf8_line(data: bytes) -> int | None:
    """Where the first line begins that is UTF-8 with Chinese characters; a line of GB18030 is that once in a million."""
    start = 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError:
                text = ""
            if _CHINESE.search(text):
                return start
        start += len(line)
    return None
