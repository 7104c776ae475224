"""Pages about packs as Markdown (GitHub's)."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from fupin_cli.report.markdown import plain
from fupin_cli.report.packs.blocks import Block, Cell, Grid, Heading, Line, Prose


def as_markdown(blocks: Iterable[Block]) -> Iterator[str]:
    """The pieces of a page."""
    for number, block in enumerate(blocks):
        if number:
            yield "\n"
        match block:
            case Heading(level=level, text=text, code=code):
                yield f"{'#' * level} {plain(text)}{f' `{code}`' if code else ''}\n"
            case Prose(lines=lines):
                # Two blanks at its end break a line.
                yield "  \n".join(map(_line, lines)) + "\n"
            case Grid():
                yield from _grid(block)
            case _:
                assert_never(block)


def _grid(grid: Grid) -> Iterator[str]:
    yield "| " + " | ".join(map(plain, grid.headings)) + " |\n"
    yield "|" + " --- |" * len(grid.headings) + "\n"
    for row in grid.rows:
        yield "| " + " | ".join(map(_cell, row)) + " |\n"


def _cell(cell: Cell) -> str:
    return "<br>".join(map(_line, cell))


def _line(line: Line) -> str:
    match line.manner:
        case "code":
            return f"`{line.text}`"
        case "strong" | "open":
            return f"**{plain(line.text)}**"
        case "plain" | "quiet":
            return plain(line.text)
        case _:
            assert_never(line.manner)
