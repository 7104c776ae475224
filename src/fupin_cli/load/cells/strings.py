"""The texts that cells of a workbook share: those that are as usual by the thousand, all others one by one."""

from collections.abc import Iterable, Iterator

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.archive import Archive
from fupin_cli.load.cells.lines import BREAK, ENTITIES, NotUsual, check_characters, is_utf8
from fupin_cli.load.cells.markup import Attributes, parse
from fupin_cli.load.cells.places import TEXT, Grammar, Place, plain_text, root_of

#: Where the shared texts stand in their part.
_STRINGS: Grammar = {"sst": {"si": TEXT}}
_WORDS = frozenset({"si", "t"})
_FIRST, _LAST = b"<si><t>", b"</t></si>"
_NEXT, _NEXT_WITH_SPACES = b"</t></si><si><t>", b'</t></si><si><t xml:space="preserve">'
_FIRST_WITH_SPACES = b'<si><t xml:space="preserve">'
_END = b"</si>"
_LONGEST = 8 << 20


def read_strings(archive: Archive, part: str | None) -> list[str]:
    """The workbook's shared texts, in order; what the file says about their number is not believed."""
    if part is None:
        return []
    reader = _StringReader(part)
    parse(_unusual(archive.chunks(part), reader), part, start=reader.start, end=reader.end, text=reader.text)
    return reader.strings


def _unusual(chunks: Iterable[bytes], reader: "_StringReader") -> Iterator[bytes]:
    """The part without the texts that are as usual; those go straight to the others."""
    rest = iter(chunks)
    head = b""
    for chunk in rest:
        head += chunk
        if (at := head.find(_FIRST[:4])) >= 0 or len(head) > _LONGEST:
            break
    else:
        at = -1
    yield head[: max(at, 0)]
    carry = head[max(at, 0) :]
    usually = at >= 0 and is_utf8(head) and reader.is_among_texts
    for chunk in rest if usually else ():
        window = carry + chunk
        end = window.rfind(_END) + len(_END)
        if end < len(_END):
            end = 0
        yield from _settled(window[:end], reader)
        carry = window[end:]
        if len(carry) > _LONGEST:
            break
    if usually:
        end = max(carry.rfind(_END) + len(_END), 0) if _END in carry else 0
        yield from _settled(carry[:end], reader)
        carry = carry[end:]
    yield carry
    yield from rest


def _settled(texts: bytes, reader: "_StringReader") -> Iterator[bytes]:
    """Take whole texts over; where they are not as usual, what the file has."""
    try:
        if not reader.is_among_texts:
            raise NotUsual
        reader.strings += _usual(texts)
    except NotUsual:
        yield texts


def _usual(texts: bytes) -> list[str]:
    """Texts without runs, pronunciation or escapes. Raises :class:`NotUsual`."""
    if not texts:
        return []
    if b"\r" in texts or BREAK in texts:
        raise NotUsual
    texts = texts.replace(b"\n", BREAK)
    first = next((tag for tag in (_FIRST, _FIRST_WITH_SPACES) if texts.startswith(tag)), None)
    if first is None or not texts.endswith(_LAST):
        raise NotUsual
    lines = texts[len(first) : -len(_LAST)].replace(_NEXT, b"\n").replace(_NEXT_WITH_SPACES, b"\n")
    check_characters(lines)
    # A text may hold this without harm, except where a CDATA section ends.
    if b"]]>" in lines:
        raise NotUsual
    try:
        text = lines.decode()
    except UnicodeDecodeError as error:
        raise NotUsual from error
    found = text.split("\n")
    if "&" in text or BREAK in lines:
        for entity, character in ((BREAK.decode(), "\n"), *ENTITIES):
            found = [one.replace(entity, character) for one in found]
    return found


class _StringReader:
    """Joins the runs of each text, without the pronunciation that Asian workbooks add to names."""

    def __init__(self, part: str) -> None:
        self.strings: list[str] = []
        self._part = part
        self._place = root_of(part, _STRINGS, words=_WORDS)
        self._path: list[Place] = []
        self._pieces: list[str] = []
        self._run: list[str] = []
        self._inside = self._has_text = False

    @property
    def is_among_texts(self) -> bool:
        """What comes next may be a text."""
        return self._place.tag == "sst"

    def start(self, name: str, _: Attributes) -> None:
        self._path.append(self._place)
        self._place = self._place[name]
        match self._place.tag:
            case "si" | "r":
                self._has_text = False
            case "t":
                if self._has_text:
                    raise InputRefused("workbook-damaged", where=self._part)
                self._inside = self._has_text = True

    def end(self, _: str) -> None:
        tag = self._place.tag
        self._place = self._path.pop()
        if tag == "si":
            self.strings.append("".join(self._pieces))
            self._pieces.clear()
        elif tag == "t":
            self._inside = False
            self._pieces.append(plain_text("".join(self._run)))
            self._run.clear()

    def text(self, data: str) -> None:
        if self._inside:
            self._run.append(data)
