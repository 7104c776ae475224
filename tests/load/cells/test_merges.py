"""Merged cells and hidden rows are handed on as the file has them, whoever reads the sheet."""

import itertools
import random
from pathlib import Path

import openpyxl
import pytest
from workbooks import MakeBook, careful_sheet, parts_of, zipped

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells import merges, usual, xlsx
from fupin_cli.load.cells.careful import CellReader
from fupin_cli.load.cells.files import read_file
from fupin_cli.load.cells.merges import checked, merge_of
from fupin_cli.model.cells import Merge, Sheet

SHEET = "xl/worksheets/sheet1.xml"


def usual_sheet(path: Path, monkeypatch: pytest.MonkeyPatch) -> Sheet:
    """The sheet as its rows are read that are as usual; fails where the careful reader had to read one."""
    sheets: list[Sheet] = []
    with monkeypatch.context() as context:
        context.setattr(usual, "CELLS_PER_COLUMN", 0)
        context.setattr(CellReader, "_start_row", lambda *_: pytest.fail("careful"))
        xlsx.read_sheets(path, None, sheets.append)
    return sheets[0]


def big(path: Path, ranges: list[str], hidden: list[int]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(1, 80):
        sheet.append([f"户{row}", "组", row])
    for reference in ranges:
        # Without clearing the covered cells, as many programs write it.
        sheet.merged_cells.add(reference)
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    sheet.conditional_formatting.add("A1:C3", openpyxl.formatting.rule.CellIsRule(operator="equal", formula=["1"]))
    book.save(path)
    return path


def test_both_readers_give_the_merges_and_hidden_rows_that_openpyxl_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = big(tmp_path / "a.xlsx", ["A1:C1", "A40:A43", "B40:B41", "E50:F60"], [3, 44, 45, 79, 200])
    expected = [Merge(1, 1, 0, 2), Merge(40, 43, 0, 0), Merge(40, 41, 1, 1), Merge(50, 60, 4, 5)]
    for sheet in (careful_sheet(path), usual_sheet(path, monkeypatch), read_file(str(path)).sheets[0]):
        assert list(sheet.merged) == expected
        # Row 200 is hidden and empty: there is nothing to hide.
        assert sheet.hidden_rows == frozenset({3, 44, 45, 79})


def plain_rows(count: int, **attributes: str) -> str:
    """Rows of one number each; ``attributes`` of single rows are named ``row_7``."""
    return "".join(
        f'<row r="{row}"{attributes.get(f"row_{row}", "")}><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, count)
    )


@pytest.mark.parametrize(
    ("attribute", "hidden"),
    [
        (' spans="1:1" hidden="1"', True),
        (' hidden="true"', True),
        (' hidden="0"', False),
        (' ht="0" hidden="false" s="1"', False),
        (' xmlns:x="u" x:hidden="1"', False),
        (" hidden='1'", True),
        (' hidden = "1"', True),
        (' note="a>b" hidden="1"', True),
        (' note=" hidden=1"', False),
    ],
)
def test_both_readers_agree_on_how_a_row_says_that_it_is_hidden(
    book: MakeBook, monkeypatch: pytest.MonkeyPatch, attribute: str, *, hidden: bool
) -> None:
    path = book(plain_rows(60, row_50=attribute))
    monkeypatch.setattr(usual, "CELLS_PER_COLUMN", 0)
    sheets: list[Sheet] = []
    xlsx.read_sheets(path, None, sheets.append)
    assert sheets[0].hidden_rows == careful_sheet(path).hidden_rows == (frozenset({50}) if hidden else frozenset())


def with_merges(path: Path, xml: str, *, inside: str = "") -> Path:
    parts = parts_of(plain_rows(60) + inside)
    parts[SHEET] = parts[SHEET].replace("</worksheet>", f"{xml}</worksheet>")
    return zipped(path, parts)


def test_a_merge_is_only_one_where_merges_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = (
        '<m:mergeCells xmlns:m="http://purl.oclc.org/ooxml/spreadsheetml/main"><m:mergeCell ref="B2"/><m:mergeCell ref="B3:C4"/>'
        '<m:mergeCell ref="B3:C4"/></m:mergeCells>'
    )
    among_rows = with_merges(tmp_path / "a.xlsx", strict, inside='<mergeCell ref="A1:B1"/>')
    behind_them = with_merges(tmp_path / "b.xlsx", strict)
    # An element among the rows that is none of theirs is for the careful reader alone.
    for sheet in (careful_sheet(among_rows), careful_sheet(behind_them), usual_sheet(behind_them, monkeypatch)):
        assert list(sheet.merged) == [Merge(3, 4, 1, 2)]


@pytest.mark.parametrize("reference", ["A1:A2 B1:B2", "", "A0:B1", "B2:A1", "A1:XFE1", "A1:B1048577", "1:2", "A1:B2:C3", "a1:b2"])
def test_a_range_that_is_no_merge_refuses_the_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reference: str) -> None:
    path = with_merges(tmp_path / "a.xlsx", f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>')
    for read in (careful_sheet, lambda path: usual_sheet(path, monkeypatch), lambda path: read_file(str(path))):
        with pytest.raises(InputRefused) as refused:
            read(path)
        assert refused.value.code == "sheet-merges"


def test_two_merges_with_a_cell_in_common_are_refused_and_no_others() -> None:
    chance = random.Random(3)
    outcomes = set()
    for _ in range(400):
        some = []
        for _ in range(chance.randint(2, 5)):
            row, column = chance.randint(1, 6), chance.randint(0, 6)
            some.append(Merge(row, row + chance.randint(0, 2), column, column + chance.randint(1, 2)))
        cells = [
            set(itertools.product(range(m.first_row, m.last_row + 1), range(m.first_column, m.last_column + 1))) for m in {*some}
        ]
        disjoint = sum(map(len, cells)) == len(set().union(*cells))
        outcomes.add(disjoint)
        if disjoint:
            assert set(checked(some, "")) == {*some}
        else:
            with pytest.raises(InputRefused):
                checked(some, "")
    assert outcomes == {True, False}


def test_more_merges_than_anyone_makes_are_refused(book: MakeBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merges, "MAX_MERGES", 3)
    assert len(checked([merge_of(f"A{row}:B{row}", "") for row in range(1, 4)], "")) == 3
    with pytest.raises(InputRefused) as refused:
        checked([merge_of(f"A{row}:B{row}", "") for row in range(1, 5)], "")
    assert (refused.value.code, refused.value.facts["limit"]) == ("sheet-too-many-merges", 3)
