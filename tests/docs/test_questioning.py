"""docs/questioning-a-verdict.md: every command is run as it stands there, and every line that is shown is what it prints."""

import re
import shlex
import shutil
import subprocess
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "questioning-a-verdict.md").read_text(encoding="utf-8")
#: What happens on the page, in its order: a file is written, a word in it is put right, a command is run.
EVENTS = re.compile(
    r"<!-- file: (?P<file>\S+) -->\n```yaml\n(?P<text>.*?)```"
    r"|<!-- replace: (?P<within>\S+) (?P<before>\S+) (?P<after>\S+) -->"
    r"|```console\n\$ (?P<command>[^\n]+)\n(?P<shown>.*?)```",
    re.DOTALL,
)
LEFT_OUT = "…"
README = (ROOT / "README.md").read_text(encoding="utf-8")
Run = Callable[..., subprocess.CompletedProcess[bytes]]


def test_every_line_that_is_shown_is_printed(fupin: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    ran = 0
    for event in EVENTS.finditer(PAGE):
        if event["file"]:
            path = tmp_path / event["file"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(event["text"], encoding="utf-8")
        elif event["within"]:
            path = tmp_path / event["within"]
            path.write_text(path.read_text(encoding="utf-8").replace(event["before"], event["after"]), encoding="utf-8")
        else:
            ran += 1
            shows(fupin, tmp_path, event["command"], event["shown"])
    assert ran == PAGE.count("```console") > 12


def test_what_the_readme_shows_is_printed(fupin: Run) -> None:
    shown = textwrap.dedent(README.partition("<!-- explain -->\n")[2].partition("<!-- /explain -->")[0])
    shows(fupin, ROOT, "fupin explain samples/households.xlsx 349900010009", f"{LEFT_OUT}\n{shown}")


def shows(fupin: Run, folder: Path, command: str, shown: str) -> None:
    name, *arguments = shlex.split(command)
    assert name == "fupin"
    done = fupin(*arguments, cwd=folder)
    printed = [line.rstrip() for stream in (done.stdout, done.stderr) for line in stream.decode("utf-8").splitlines()]
    place = 0
    for number, chunk in enumerate(chunks(shown.splitlines())):
        found = next((at for at in range(place, len(printed)) if is_shown(chunk, printed[at:])), None)
        assert found is not None, "\n".join([command, *chunk, "is not in", *printed])
        assert number or found == 0 or shown.startswith(LEFT_OUT), f"{command}: what stands before is not marked as left out"
        place = found + len(chunk)
    assert shown.rstrip().endswith(LEFT_OUT) or place == len(printed), f"{command}: what follows is not marked as left out"


def is_shown(chunk: list[str], printed: list[str]) -> bool:
    """Whether the lines are the next ones; what is left out within a line may be anything."""
    patterns = [".*".join(map(re.escape, line.split(LEFT_OUT))) for line in chunk]
    return len(printed) >= len(chunk) and all(re.fullmatch(one, line) for one, line in zip(patterns, printed, strict=False))


def chunks(lines: list[str]) -> Iterator[list[str]]:
    """The lines that stand together, between what is left out."""
    chunk: list[str] = []
    for line in [*lines, LEFT_OUT]:
        if line != LEFT_OUT:
            chunk.append(line)
        elif chunk:
            yield chunk
            chunk = []
