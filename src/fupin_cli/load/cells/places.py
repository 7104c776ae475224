"""Which elements of a workbook's XML are its own, by namespace and by where they stand.

Other programs put elements of theirs into a cell (``extLst``), and damaged files have ours in the wrong place. What is a cell or
a value must not be told by its name alone: a foreign ``v`` is no value, and a row inside a row would take the cells of the outer
one with it.
"""

import re
from collections.abc import Mapping

from fupin_cli.errors import InputRefused

#: Transitional and strict, ECMA-376 part 1 and 4; some writers leave the namespace out.
_NAMESPACES = frozenset(
    {"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main", ""}
)
#: What other programs add, and how names are pronounced: nothing in there is a value.
_IGNORED = frozenset({"extLst", "rPh"})
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")

Grammar = Mapping[str, "Grammar"]
#: A text, or runs of texts that look different.
TEXT: Grammar = {"t": {}, "r": {"t": {}}}


class Place(dict[str, "Place"]):
    """A place in a part, with the places inside it by the expanded name of their element, each worked out once.

    Raises :class:`InputRefused` where one of the words stands outside its place, where a foreign element stands for one of the
    grammar, and where one stands inside a value.
    """

    def __init__(self, tag: str, part: str, inside: Grammar | None, words: frozenset[str]) -> None:
        """``inside`` is None where nothing counts; ``words`` must not stand there either."""
        super().__init__()
        #: The element's name; empty for one that the grammar does not know.
        self.tag = tag
        self._part = part
        self._inside = inside
        self._words = words

    def __missing__(self, name: str) -> "Place":
        namespace, _, local = name.rpartition(" ")
        ours = namespace in _NAMESPACES
        if self._inside is not None and local in self._inside:
            if not ours:
                raise InputRefused("workbook-damaged", where=self._part)
            place = Place(local, self._part, self._inside[local], self._words)
        elif self._inside == {} or (ours and local in self._words):
            # What holds a value holds text only.
            raise InputRefused("workbook-damaged", where=self._part)
        elif ours and local in _IGNORED:
            place = Place("", self._part, None, frozenset())
        else:
            # Everything inside what is not known is not known, however deep.
            place = self if self._inside is None else Place("", self._part, None, self._words)
        self[name] = place
        return place


def root_of(part: str, grammar: Grammar, *, words: frozenset[str]) -> Place:
    """The place around the root element of a part, which must be the one that the grammar names.

    ``words`` are those names of the grammar that must not stand in any other place, where they would be lost.
    """
    return _Root("/", part, grammar, words)


class _Root(Place):
    def __missing__(self, name: str) -> Place:
        place = super().__missing__(name)
        if not place.tag:
            raise InputRefused("workbook-damaged", where=self._part)
        return place


def plain_text(text: str) -> str:
    """A text as Excel shows it: ``_xHHHH_`` is the character of that number (ECMA-376 part 1, 22.9.2.19, ST_Xstring).

    ``_x005F_`` is the underscore that keeps what follows from being read so. Half a character becomes U+FFFD.
    """
    if "_x" not in text:
        return text
    shown = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return shown if shown == text else shown.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
