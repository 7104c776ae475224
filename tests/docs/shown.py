"""Commands on a page and what they print: every line that is shown must be printed, in its order."""

import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

LEFT_OUT = "…"
#: Commands of the README of which it shows what they print, by the name of the part.
IN_README = {
    "explain": "fupin explain samples/households.xlsx 349900010009",
    "rosters": "fupin verify-roster samples/roster-repo/rosters --diff",
    "counties": "fupin check-county samples/counties --as-of 2019-06-30",
}
Run = Callable[..., subprocess.CompletedProcess[bytes]]


def shows(fupin: Run, folder: Path, command: str, shown: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a folder and look for the lines; ``…`` stands for whatever is left out, in a line or of lines."""
    name, *arguments = shlex.split(command)
    assert name == "fupin"
    done = fupin(*arguments, cwd=folder)
    printed = [line.rstrip() for stream in (done.stdout, done.stderr) for line in stream.decode("utf-8").splitlines()]
    place = 0
    for number, chunk in enumerate(_chunks(shown.splitlines())):
        found = next((at for at in range(place, len(printed)) if _is_shown(chunk, printed[at:])), None)
        assert found is not None, "\n".join([command, *chunk, "is not in", *printed])
        assert number or found == 0 or shown.startswith(LEFT_OUT), f"{command}: what stands before is not marked as left out"
        place = found + len(chunk)
    assert shown.rstrip().endswith(LEFT_OUT) or place == len(printed), f"{command}: what follows is not marked as left out"
    return done


def _is_shown(chunk: list[str], printed: list[str]) -> bool:
    """Whether the lines are the next ones; what is left out within a line may be anything."""
    patterns = [".*".join(map(re.escape, line.split(LEFT_OUT))) for line in chunk]
    return len(printed) >= len(chunk) and all(re.fullmatch(one, line) for one, line in zip(patterns, printed, strict=False))


def _chunks(lines: list[str]) -> Iterator[list[str]]:
    """The lines that stand together, between what is left out."""
    chunk: list[str] = []
    for line in [*lines, LEFT_OUT]:
        if line != LEFT_OUT:
            chunk.append(line)
        elif chunk:
            yield chunk
            chunk = []
