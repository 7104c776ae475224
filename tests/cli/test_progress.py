"""A bar on a terminal while files are read, and nothing anywhere else."""

import io
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from fupin_cli.cli import progress
from fupin_cli.cli.progress import LARGE, reading_bar
from fupin_cli.load.cells.several import Step

TWO = ["a.xlsx", "b.xlsx"]
STEPS = [Step(0, 2, 0, 10), Step(1, 2, 4, 10), Step(2, 2, 10, 10)]


class Terminal(io.StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    written = Terminal()
    # Not sys.stderr itself: pytest puts its own back before the test begins.
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=written))
    return written


def run(files: list[str], *, quiet: bool = False) -> bool:
    with reading_bar(files, "zh", quiet=quiet) as on_step:
        for step in STEPS if on_step is not None else ():
            assert on_step is not None
            on_step(step)
    return on_step is not None


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


def test_several_files_on_a_terminal_show_a_bar_that_is_gone_afterwards(terminal: Terminal) -> None:
    assert run(TWO)
    assert "读取文件 2/2" in plain(terminal.getvalue())
    assert "100 %" in plain(terminal.getvalue())
    # The line is erased, and the cursor is seen again.
    assert terminal.getvalue().endswith("\x1b[2K")
    assert terminal.getvalue().rindex("\x1b[?25h") > terminal.getvalue().rindex("\x1b[?25l")


def test_nothing_is_written_after_the_last_file(terminal: Terminal) -> None:
    with reading_bar(TWO, "en", quiet=False) as on_step:
        assert on_step is not None
        for step in STEPS:
            on_step(step)
        assert plain(terminal.getvalue()).count("Reading files 2/2") >= 1
        assert terminal.getvalue().endswith("\x1b[2K")


@pytest.mark.parametrize("name", ["TERM", "pipe", "quiet", "small"])
def test_no_bar_where_none_belongs(name: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    files, quiet = TWO, name == "quiet"
    match name:
        case "TERM":
            monkeypatch.setenv("TERM", "dumb")
        case "pipe":
            # Colours may be forced into a pipe, a bar may not.
            monkeypatch.setenv("FORCE_COLOR", "1")
            monkeypatch.setattr(terminal, "isatty", lambda: False)
        case "small":
            (tmp_path / "a.csv").write_text("a,b\n")
            files = [str(tmp_path / "a.csv")]
    assert not run(files, quiet=quiet)
    assert terminal.getvalue() == ""


def test_a_single_large_file_shows_that_it_moves(terminal: Terminal, tmp_path: Path) -> None:
    with (tmp_path / "a.xlsx").open("wb") as file:
        file.truncate(LARGE + 1)
    with reading_bar([str(tmp_path / "a.xlsx")], "zh", quiet=False) as on_step:
        assert on_step is not None
        on_step(Step(0, 1, 0, LARGE + 1))
    assert "读取文件 0/1" in plain(terminal.getvalue())
    assert "%" not in plain(terminal.getvalue())


def test_without_colour_the_bar_has_none(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(TWO)
    assert "读取文件 2/2" in plain(terminal.getvalue())
    assert not re.search(r"\x1b\[(?:\d+;)*(?:3\d|38)[;m]", terminal.getvalue())


def test_a_file_that_is_not_there_needs_no_bar(terminal: Terminal, tmp_path: Path) -> None:
    assert not run([str(tmp_path / "none.xlsx")])
    assert not run(["a\0b"])
