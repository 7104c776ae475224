"""Personal data made unreadable: identity numbers, telephone numbers, bank cards, wherever they stand in a text."""

import re
from collections.abc import Sequence

from fupin_cli.report.personal import Span, key_spans, personal_spans

#: No number of fewer digits than this is personal: the shortest is one that a spreadsheet has shortened.
FEWEST = 7
#: The same in the place of a household's number: the shortest is a landline.
FEWEST_OF_KEY = 10
_STARS = "****"
#: Numbers of households as registers have them, which are many: seen at a glance to be neither a telephone nor longer.
_PLAIN_KEY = re.compile(r"(?!(?:86)?1[3-9][0-9]{9}\Z|0[0-9]{9,13}\Z)[0-9]{1,14}")
#: Last characters of a number in the place of a household's number or of a name, by which people tell one from another.
_TOLD_APART = 4


def mask(text: str) -> str:
    """The text with every number that looks personal reduced to its first digits."""
    # Most texts are names and cells, and reports have many of them.
    return text if _digits(text) < FEWEST else _reduced(text, personal_spans(text), 0)


def mask_key(text: str) -> str:
    """A household number stays readable; of a number of a person in its place the first and the last digits do."""
    if _PLAIN_KEY.fullmatch(text) or _digits(text) < FEWEST_OF_KEY:
        return text
    return _reduced(text, key_spans(text), _TOLD_APART)


def mask_ends(text: str) -> str:
    """A name by which something is found: of every number that looks personal the first and the last digits stay."""
    return text if _digits(text) < FEWEST else _reduced(text, personal_spans(text), _TOLD_APART)


def mask_whole(text: str) -> str:
    """A value of a sensitive field: hardly anything is left of it, because its damaged forms have no pattern."""
    return text[:3] + _STARS if len(text) > 6 else _STARS


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _reduced(text: str, spans: Sequence[Span], last: int) -> str:
    if not spans:
        return text
    parts: list[str] = []
    end = 0
    for span in spans:
        parts += [
            text[end : span.start],
            text[span.start : span.start + span.kept],
            _STARS,
            text[span.end - last : span.end] if last else "",
        ]
        end = span.end
    return "".join(parts) + text[end:]
