"""How much room a text takes, without any font: Chinese fonts are rarely on the machine that makes a report."""

from rich.cells import cell_len, chop_cells

from fupin_cli.report.problems import visible

#: Width of a character of one cell and of two, in parts of the letter size; the wider of common fonts.
_NARROW, _WIDE = 0.62, 1.03


def width(text: str, size: float) -> float:
    """How wide a text is at most, in pixels."""
    wide = max(cell_len(text) - len(text), 0)
    return size * (_NARROW * (len(text) - wide) + _WIDE * wide)


def wrapped(text: str, room: float, size: float, most: int = 0) -> list[str]:
    """A text in lines that fit, broken between words where there are any; with ``most`` only so many, and then "…"."""
    lines = [""]
    for word in " ".join(visible(text).split()).split(" "):
        for turn, part in enumerate(_parts(word, room, size)):
            longer = f"{lines[-1]}{'' if turn else ' '}{part}".strip()
            if width(longer, size) <= room:
                lines[-1] = longer
            else:
                lines.append(part)
    lines = [line for line in lines if line] or [""]
    if most and len(lines) > most:
        return [*lines[: most - 1], f"{_first(lines[most - 1], room - size, size)}…"]
    return lines


def _parts(word: str, room: float, size: float) -> list[str]:
    if width(word, size) <= room:
        return [word]
    # So many cells fit in any case: two narrow characters are wider than a wide one.
    return chop_cells(word, max(2, int(room / size / _NARROW)))


def _first(text: str, room: float, size: float) -> str:
    """The beginning of a text that fits."""
    while text and width(text, size) > room:
        text = text[:-1]
    return text
