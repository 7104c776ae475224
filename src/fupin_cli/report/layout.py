"""How parts of a terminal report stand on the page."""

from rich.console import RenderableType
from rich.padding import Padding


def indented(part: RenderableType, by: int, *, above: int = 0) -> RenderableType:
    """A part moved to the right, every line of it. Not filled up: a line in a file or pipe must not end in blanks."""
    return Padding(part, (above, 0, 0, by), expand=False)
