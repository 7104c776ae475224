"""A workbook that will probably be asked for is begun before anyone waits for it."""

import os
from pathlib import Path

import pytest
import xlsxwriter

from fupin_cli.load.cells import child
from fupin_cli.load.cells.files import read_file


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(5000):
            sheet.write_row(row, 0, [f"户{row}", *[row * column / 100 if row else "列" for column in range(1, 15)]])
    return path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that workers were asked for."""
    paths: list[str] = []
    ask = child.Worker.ask

    def noted(self: child.Worker, path: str, *arguments: object, **more: float) -> None:
        paths.append(path)
        ask(self, path, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(child.Worker, "ask", noted)
    return paths


def test_a_workbook_that_was_begun_is_not_asked_for_again(large: Path, asked: list[str]) -> None:
    child.start()
    child.begin(str(large))
    assert asked == [str(large)]
    assert len(read_file(str(large)).sheets[0].rows) == 5000
    assert asked == [str(large)]
    assert child._warm == []


@pytest.mark.parametrize("what", ["another file", "another state", "a sheet by name"])
def test_a_worker_that_begun_something_else_is_not_used(what: str, large: Path, asked: list[str]) -> None:
    other = large.with_name("other.xlsx")
    other.write_bytes(large.read_bytes())
    child.start()
    child.begin(str(other if what == "another file" else large))
    if what == "another state":
        os.utime(large, ns=(1, 1))
    read = read_file(str(large), sheets=["Sheet1"] if what == "a sheet by name" else None)
    assert len(read.sheets[0].rows) == 5000
    assert len(asked) == 2
    assert child._warm == []


def test_nothing_is_begun_with_what_is_no_workbook(large: Path, asked: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b")
    child.start()
    for path in (tmp_path / "a.csv", tmp_path, tmp_path / "none", "", "a\0b"):
        child.begin(str(path))
    child.begin(str(large))
    child.begin(str(large))
    assert asked == [str(large)]
    child.end_warm()
