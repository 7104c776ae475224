"""What is read of a folder, in which order, and what is told of the rest."""

from pathlib import Path

import pytest

from fupin_cli.load.cells.folders import workbooks


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_a_folder_is_its_workbooks_in_the_order_of_their_names(tmp_path: Path) -> None:
    touch(tmp_path, "b.xlsx", "a.CSV", "乙.xls", "c.parquet", "甲.et", "d.XLSM", "e.html")
    found = workbooks([str(tmp_path)])
    assert [Path(path).name for path in found.files] == ["a.CSV", "b.xlsx", "c.parquet", "d.XLSM", "e.html", "乙.xls", "甲.et"]
    assert not found.refused
    assert not found.notes


def test_files_of_the_command_line_are_taken_as_they_are_and_in_their_order(tmp_path: Path) -> None:
    touch(tmp_path, "县/b.xlsx", "县/a.xlsx")
    found = workbooks(["none.xlsx", str(tmp_path / "县"), "说明.txt", "a\0b"])
    assert [*found.files] == ["none.xlsx", str(tmp_path / "县/a.xlsx"), str(tmp_path / "县/b.xlsx"), "说明.txt", "a\0b"]


def test_what_is_left_out_of_a_folder_is_told_but_for_what_programs_hide(tmp_path: Path) -> None:
    touch(tmp_path, "a.xlsx", "说明.txt", "b.docx", "~$a.xlsx", ".hidden.xlsx", ".~lock.a.xlsx#", "去年/a.xlsx", "x.xlsx/y.xlsx")
    found = workbooks([str(tmp_path)])
    assert [Path(path).name for path in found.files] == ["a.xlsx"]
    assert [(note.code, note.severity, note.facts["count"]) for note in found.notes] == [
        ("folders-within", "warning", "2"),
        ("files-left-out", "info", "2"),
    ]
    assert found.notes[0].facts["first"] == str(tmp_path / "x.xlsx")


@pytest.mark.parametrize("names", [(), ("说明.txt",), ("去年/a.xlsx",), ("~$a.xlsx",)])
def test_a_folder_without_a_workbook_is_refused_and_the_others_go_on(tmp_path: Path, names: tuple[str, ...]) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    touch(empty, *names)
    touch(tmp_path, "有/a.xlsx")
    found = workbooks([str(empty), str(tmp_path / "有")])
    assert [(one.code, one.facts) for one in found.refused] == [("folder-without-workbooks", {"path": str(empty)})]
    assert [Path(path).name for path in found.files] == ["a.xlsx"]


def test_a_link_to_a_workbook_is_one(tmp_path: Path) -> None:
    touch(tmp_path, "a.xlsx")
    (tmp_path / "县").mkdir()
    (tmp_path / "县" / "b.xlsx").symlink_to(tmp_path / "a.xlsx")
    (tmp_path / "县" / "c.xlsx").symlink_to(tmp_path / "gone")
    assert [Path(path).name for path in workbooks([str(tmp_path / "县")]).files] == ["b.xlsx", "c.xlsx"]
