"""Packs at a terminal: what there is, and pages about them."""

from collections.abc import Iterable, Sequence
from typing import assert_never

from rich.cells import cell_len
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from fupin_cli.messages import Lang, say
from fupin_cli.model.pack import Pack
from fupin_cli.report.layout import indented
from fupin_cli.report.packs.blocks import Block, Cell, Grid, Heading, Line, Manner, Prose

_STYLES: dict[Manner, str] = {"plain": "default", "strong": "bold", "code": "cyan", "quiet": "dim", "open": "yellow"}


_UNBROKEN = 10


def print_packs(packs: Sequence[Pack], lang: Lang, console: Console) -> None:
    """One line for each pack."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("rules-pack", "rules-version", "rules-in-force", "rules-title", "rules-standards"):
        table.add_column(say(name, lang), overflow="fold")
    for pack in packs:
        table.add_row(pack.name, str(pack.head.version), _effective(pack), pack.head.title.say(lang), "\n".join(pack.standards))
    console.print(table)


def _effective(pack: Pack) -> str:
    return f"{pack.head.effective.start} – {pack.head.effective.end or ''}"


def print_blocks(blocks: Iterable[Block], console: Console) -> None:
    """A page."""
    for number, block in enumerate(blocks):
        match block:
            case Heading(level=level, text=text, code=code):
                if number:
                    console.print()
                line = Text(text, style="bold")
                line.append(f"  {code}" if code else "", style="cyan")
                console.print(indented(line, max(0, 2 * (level - 2))))
            case Prose(lines=lines):
                console.print(indented(Group(*map(_text, lines)), 2))
            case Grid():
                console.print(indented(_table(block, console.width - 2), 2, above=1))
            case _:
                assert_never(block)


def _table(grid: Grid, width: int) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", width=width)
    for place, (heading, share) in enumerate(zip(grid.headings, grid.widths, strict=True)):
        longest = max(cell_len(line.text) for row in grid.rows for line in [Line(heading), *row[place]])
        # A date or a number is not broken.
        table.add_column(heading, overflow="fold", ratio=share, min_width=min(longest, _UNBROKEN))
    tall = any(len(cell) > 1 for row in grid.rows for cell in row)
    for number, row in enumerate(grid.rows):
        if tall and number:
            table.add_row()
        table.add_row(*map(_cell, row))
    return table


def _cell(cell: Cell) -> Text:
    return Text("\n").join(map(_text, cell))


def _text(line: Line) -> Text:
    return Text(line.text, style=_STYLES[line.manner])
