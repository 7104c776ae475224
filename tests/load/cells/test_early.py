"""A large workbook is read while it is looked at; what comes of it counts only if the look allows it."""

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from workbooks import careful_sheet, cells_of

from fupin_cli.load.cells import child, worker, xlsx
from fupin_cli.load.cells.files import read_file

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(5000):
            sheet.write_row(row, 0, [f"户{row}", *[row * column / 100 if row else "列" for column in range(1, 15)]])
    return path


def with_an_error(path: Path) -> Path:
    spoilt = path.with_name("error.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(spoilt, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b'<c r="C3900"', b'<c r="C3900" t="e"') if name == SHEET else content)
    return spoilt


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each worker was asked to begin early."""
    how: list[bool] = []
    ask = child.Worker.ask

    def noted(self: child.Worker, *arguments: object, **more: bool) -> None:
        how.append(more.get("early", False))
        ask(self, *arguments, **more)

    monkeypatch.setattr(child.Worker, "ask", noted)
    monkeypatch.setattr(child, "EARLY", 0)
    monkeypatch.setattr(child, "LIMITS_MEMORY", True)
    return how


def test_what_is_read_early_is_what_a_careful_reader_reads(large: Path, asked: list[bool]) -> None:
    assert cells_of(read_file(str(large)).sheets[0]) == cells_of(careful_sheet(large))
    assert asked == [True]


def test_what_the_look_does_not_allow_is_read_by_a_process_that_looks_first(large: Path, asked: list[bool]) -> None:
    path = with_an_error(large)
    assert cells_of(read_file(str(path)).sheets[0]) == cells_of(careful_sheet(path))
    assert asked == [True, False]


def test_a_reader_that_dies_of_what_it_began_too_early_costs_no_file(
    large: Path, asked: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    take = child.take

    def dying() -> child.Worker:
        with monkeypatch.context() as once:
            if not asked:
                once.setattr(child, "COMMAND", (sys.executable, "-c", "import os; os.abort()"))
            return take()

    monkeypatch.setattr(child, "take", dying)
    assert len(read_file(str(large)).sheets[0].rows) == 5000
    assert asked == [True, False]


def test_where_memory_is_not_limited_nothing_is_read_that_was_not_looked_at(
    large: Path, asked: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "LIMITS_MEMORY", False)
    assert len(read_file(str(large)).sheets[0].rows) == 5000
    assert asked == [False]


def test_too_early_gives_no_answer(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("grant_memory", "set_memory_limit"):
        monkeypatch.setattr(xlsx, name, lambda _: None)
    answer = io.BytesIO()
    worker.answer({"path": str(with_an_error(large)), "sheets": None, "early": True}, answer)
    assert answer.getvalue() == b""


def test_memory_that_was_lacking_early_is_asked_for_once_more(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(xlsx, "read_book", lacking)
    answer = io.BytesIO()
    worker.answer({"path": str(large), "sheets": None, "early": True}, answer)
    assert answer.getvalue() == b""


def test_a_workbook_that_was_begun_is_not_asked_for_again(large: Path, asked: list[bool]) -> None:
    child.start()
    child.begin(str(large))
    assert asked == [True]
    assert len(read_file(str(large)).sheets[0].rows) == 5000
    assert asked == [True]
    assert child._warm == []


@pytest.mark.parametrize("what", ["another file", "another state", "a sheet by name"])
def test_a_worker_that_begun_something_else_is_not_used(what: str, large: Path, asked: list[bool]) -> None:
    other = large.with_name("other.xlsx")
    other.write_bytes(large.read_bytes())
    child.start()
    child.begin(str(other if what == "another file" else large))
    if what == "another state":
        os.utime(large, ns=(1, 1))
    read = read_file(str(large), sheets=["Sheet1"] if what == "a sheet by name" else None)
    assert len(read.sheets[0].rows) == 5000
    assert asked == [True, True]
    assert child._warm == []


def test_nothing_is_begun_with_what_is_no_workbook(large: Path, asked: list[bool], tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b")
    child.start()
    for path in (tmp_path / "a.csv", tmp_path, tmp_path / "none", "", "a\0b"):
        child.begin(str(path))
    child.begin(str(large))
    child.begin(str(large))
    assert asked == [True]
    child._end_warm()
