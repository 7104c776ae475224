"""The reports that an office opens: LibreOffice reads the drafts and the workbooks, and prints every word of them."""

import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from fupin_cli.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
HOUSEHOLDS = str(ROOT / "samples/households.xlsx")
WRONG = str(ROOT / "samples/everything-wrong.xlsx")
COUNTIES = str(ROOT / "samples/counties")
DRAFTS = {
    "exit": ["check-exit", HOUSEHOLDS],
    "exit-en": ["check-exit", HOUSEHOLDS, "--lang", "en"],
    "exit-wrong": ["check-exit", WRONG],
    "county": ["check-county", COUNTIES],
    "county-en": ["check-county", COUNTIES, "--lang", "en"],
}
BOOKS = {"exit": DRAFTS["exit"], "wrong": DRAFTS["exit-wrong"], "county": DRAFTS["county"], "all": ["check-all", HOUSEHOLDS]}
Save = Callable[[Sequence[Path], str, Path], None]


def made(folder: Path, commands: dict[str, list[str]], suffix: str) -> dict[str, Path]:
    """What these commands write; a report of who does not meet the standard ends with 1."""
    paths = {name: folder / f"{name}.{suffix}" for name in commands}
    for name, path in paths.items():
        assert main([*commands[name], "-o", str(path), "--quiet"]) in (0, 1)
    return paths


def printed(pdf: Path) -> str:
    """The words of the pages without spaces: lines end where the page wants it."""
    done = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True, timeout=60)
    return squeezed(done.stdout.decode("utf-8"))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return made(tmp_path_factory.mktemp("drafts"), DRAFTS, "docx")


@pytest.fixture(scope="module")
def pages(drafts: dict[str, Path], save: Save, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    save(list(drafts.values()), "pages", folder)
    return folder


@pytest.mark.parametrize("name", DRAFTS)
def test_a_draft_prints_every_heading_and_every_cell(name: str, drafts: dict[str, Path], pages: Path) -> None:
    book, text = Document(str(drafts[name])), printed(pages / f"{name}.pdf")
    cells = {line for table in book.tables for row in table.rows for cell in row.cells for line in cell.text.split("\n")}
    told = [paragraph.text for paragraph in book.paragraphs if paragraph.text]
    assert len(told) > 20
    # A cell whose text goes on over a line is printed line by line, mixed with its neighbours: its words stand in short pieces.
    assert [words for words in told if squeezed(words) not in text and not split_by_a_page(words, text)] == []
    assert [words for words in cells if len(words) <= 5 and squeezed(words) not in text] == []


def split_by_a_page(words: str, text: str) -> bool:
    """Whether a paragraph stands on two pages, between which the number of a page and the line above stand."""
    plain = squeezed(words)
    return any(plain[:place] in text and plain[place:] in text for place in range(1, len(plain)))


def test_headings_are_numbered_anew_in_each_chapter(pages: Path) -> None:
    text = printed(pages / "county.pdf")
    assert text.count("一、自查结论") == text.count("九、审核意见和签章") == 5
    assert text.count("十、") == 0
    assert printed(pages / "exit.pdf").count("八、附件清单") == 2


def test_a_draft_saved_by_another_program_has_the_same_words(
    drafts: dict[str, Path], save: Save, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("saved")
    save(list(drafts.values()), "docx", folder)
    for name, path in drafts.items():
        before, after = Document(str(path)), Document(str(folder / f"{name}.docx"))
        assert [p.text for p in after.paragraphs if p.text] == [p.text for p in before.paragraphs if p.text]
        assert [[[c.text for c in row.cells] for row in t.rows] for t in after.tables] == [
            [[c.text for c in row.cells] for row in t.rows] for t in before.tables
        ]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return made(tmp_path_factory.mktemp("books"), BOOKS, "xlsx")


def test_a_workbook_saved_by_another_program_has_the_same_cells(
    books: dict[str, Path], save: Save, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("books-saved")
    save(list(books.values()), "xlsx", folder)
    for name, path in books.items():
        before, after = openpyxl.load_workbook(path), openpyxl.load_workbook(folder / f"{name}.xlsx")
        assert after.sheetnames == before.sheetnames
        for sheet in before:
            cells = {cell.coordinate: str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
            others = {
                cell.coordinate: str(cell.value)
                for row in after[sheet.title].iter_rows()
                for cell in row
                if cell.value is not None
            }
            assert others == cells
            assert {cell.data_type for row in sheet.iter_rows() for cell in row} & {"f", "e"} == set()


def test_a_workbook_prints(books: dict[str, Path], save: Save, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("books-pages")
    save(list(books.values()), "pdf", folder)
    assert "公示名单" in printed(folder / "exit.pdf")
    assert "样甲县" in printed(folder / "county.pdf")
