"""A web page cut into tags and text, in one pass whatever stands in it.

The standard library's parser looks at the rest of the page again for every comment that nobody ends: two megabytes of them take
it minutes. Here every pattern matches where it stands, and nothing is looked at twice.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

# No group that captures stands inside a possessive quantifier: some releases of Python 3.11 lose its place.
_TOKEN = re.compile(
    r"""
    (?P<text>(?:[^<]++|<(?![A-Za-z/!?]))++)
    |<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*+)(?P<attributes>(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+)>?+
    |<!--(?:>|->|.*?(?:-->|\Z))
    |<[!?/][^>]*+>?+
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?""")
#: Elements whose content is text to their end tag, whatever it looks like.
_RAW = {
    name: re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE) for name in ("script", "style", "title", "xmp", "iframe", "noembed")
}
#: Cells of one column mostly have the same attributes.
_CACHED = 10_000

Attributes = dict[str, str]


class Token(NamedTuple):
    """A tag, or a text where ``name`` is empty."""

    name: str
    end: bool
    #: The text without references; of a tag what stands after its name.
    content: str


def tokens_of(page: str) -> Iterator[Token]:
    """The tags and texts of a page in their order, without comments, declarations, scripts and styles."""
    at = 0
    while at < len(page):
        for found in _TOKEN.finditer(page, at):
            name = found["name"]
            if name is None:
                if (text := found["text"]) is not None:
                    yield Token("", end=False, content=html.unescape(text))
                continue
            name = name.lower()
            yield Token(name, end=bool(found["end"]), content=found["attributes"])
            if name in _RAW and not found["end"]:
                ending = _RAW[name].search(page, found.end())
                at = len(page) if ending is None else ending.start()
                break
        else:
            return


class AttributeReader:
    """Reads the attributes of tags, each wording once."""

    def __init__(self) -> None:
        self._known: dict[str, Attributes] = {}

    def read(self, content: str) -> Attributes:
        """Attributes by their lower-case name; of two with one name the first counts."""
        known = self._known.get(content)
        if known is None:
            if len(self._known) >= _CACHED:
                self._known.clear()
            known = self._known[content] = {}
            for name, *values in _ATTRIBUTE.findall(content):
                known.setdefault(name.lower(), html.unescape("".join(values)))
        return known
