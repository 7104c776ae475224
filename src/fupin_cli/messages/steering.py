"""Characters that steer instead of showing: whoever names a file may put them there, and a terminal would obey."""

import re

#: Control characters steer a terminal; marks of writing direction make a text read as something else.
_STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]|\r(?!\n)")


def unsteered(text: str) -> str:
    """The text with every such character replaced by one that shows."""
    # Most texts have none, and reports have many texts.
    return text if text.isprintable() else _STEERING.sub("\ufffd", text)
