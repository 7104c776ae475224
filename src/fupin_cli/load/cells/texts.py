"""Whether the fast reader would read the texts of a workbook as the careful one does."""

import re
from dataclasses import dataclass

from fupin_cli.load.cells.archive import Archive

#: Marks that the fast reader reads otherwise, or may: attributes in single quotes, line ends that XML folds, comments and CDATA.
#: Each under a character that is rare, and found ten times faster than the mark.
_ODD = ((b"'", b"='"), (b"\r", b"\r"), (b"!", b"<!"), (b"?", b"<?"))
_ESCAPE = re.compile(rb"_x[0-9A-Fa-f]{4}_")
#: It trims texts that do not ask to be kept as they are.
_SPACES = (b" ", b"\n", b"\t")
_TRIMMED_END = re.compile(rb"<t>[^<]*[ \n\t]</t>")
_CLAIMED = re.compile(rb'\buniqueCount="(\d*)"')
_REPEATED = re.compile(rb'\bcount="(\d{9,})"')
_HEAD = 2048
_LONGEST_TEXT = 8 << 20


@dataclass
class StringsLook:
    """What a look at the shared texts showed."""

    plain: bool = True
    number: int = 0
    longest: int = 0


def texts_are_plain(xml: bytes, *, tagged: bool = True) -> bool:
    """Nothing in these texts is read in two ways. ``tagged``: there are ``<t>`` elements among them."""
    if any(rare in xml and mark in xml for rare, mark in _ODD):
        return False
    if b"_" in xml and _ESCAPE.search(xml):
        return False
    spaces = [space for space in _SPACES if space in xml] if tagged else []
    if any(b"<t>" + space in xml for space in spaces):
        return False
    return not (any(space + b"</t>" in xml for space in spaces) and _TRIMMED_END.search(xml))


def look_at_strings(archive: Archive, part: str | None) -> StringsLook:
    """Look through the shared texts, to their end in any case. What they claim about their number must be true to be plain."""
    look = StringsLook()
    if part is None:
        return look
    claimed = 0
    carry = b""
    for at, chunk in enumerate(archive.chunks(part)):
        rest = chunk
        if at == 0:
            claimed = _claimed(chunk[:_HEAD])
            # Before the first text stand the part's own line ends.
            rest = chunk.partition(b"<si>")[2]
            look.number = 1
        if not look.plain:
            continue
        *whole, carry = (carry + rest).split(b"</si>")
        text = b"</si>".join(whole)
        look.number += text.count(b"<si")
        look.longest = max(look.longest, len(carry), max(map(len, whole), default=0))
        # No rich text, no pronunciation, no text that is not there.
        look.plain = len(carry) <= _LONGEST_TEXT and b"<r" not in text and b"<si/>" not in text and texts_are_plain(text)
    look.plain = look.plain and claimed <= look.number
    return look


def _claimed(head: bytes) -> int:
    """The number of texts that the part says it holds; the fast reader takes memory for it before it looks."""
    if _REPEATED.search(head):
        return 1 << 62
    claim = _CLAIMED.search(head)
    return int(claim[1][:18] or b"0") if claim else 0
