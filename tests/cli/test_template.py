"""``fupin template`` as a user meets it."""

import errno
import os
from pathlib import Path

import openpyxl
import pytest

from fupin_cli.cli.main import main
from fupin_cli.model.tables import TABLES


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("kind", "sheets"), [("village", ["村"]), ("村", ["村"]), ("all", 14)])
def test_a_kind_by_its_name_or_its_sheets_gives_its_sheets(
    kind: str, sheets: list[str] | int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["template", kind, "-o", "模板.xlsx"]) == 0
    names = openpyxl.load_workbook(folder / "模板.xlsx").sheetnames
    assert (len(names) if isinstance(sheets, int) else names) == sheets
    told = capsys.readouterr()
    assert told.out == ""
    assert "已写入 模板.xlsx" in told.err


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_only_the_owner_may_read_it(folder: Path) -> None:
    assert main(["template", "person", "-o", "人.xlsx", "--quiet"]) == 0
    assert (folder / "人.xlsx").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == ["人.xlsx"]


WRONG = {
    "no kind": (["-o", "a.xlsx"], "household person village"),
    "misspelt kind": (["househlod", "-o", "a.xlsx"], "是不是 household"),
    "no output": (["person"], "fupin template person -o person.xlsx"),
    "another suffix": (["person", "-o", "a.csv"], ".xlsx"),
    "misspelt option": (["person", "-o", "a.xlsx", "--froce"], "是不是 --force"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_command_line_names_the_next_step_and_writes_nothing(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, words = WRONG[name]
    assert main(["template", *arguments]) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.out == ""
    assert list(folder.iterdir()) == []


def test_a_file_that_is_there_is_replaced_only_on_request(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.xlsx").write_bytes("有人填好的".encode())
    assert main(["template", "person", "-o", "a.xlsx"]) == 2
    assert "--force" in capsys.readouterr().err
    assert (folder / "a.xlsx").read_bytes() == "有人填好的".encode()
    assert main(["template", "person", "-o", "a.xlsx", "--force"]) == 0
    assert openpyxl.load_workbook(folder / "a.xlsx").sheetnames == ["人"]


def test_a_folder_that_is_not_there_is_told_with_exit_code_3(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "person", "-o", "没有/a.xlsx"]) == 3
    assert "写不了" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_a_disk_that_is_full_while_the_workbook_is_made_is_told_with_exit_code_3(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("fupin_cli.cli.template.template", full)
    assert main(["template", "person", "-o", "a.xlsx"]) == 3
    assert "No space left on device" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_names_every_kind(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "--help", "--lang", lang]) == 0
    words = capsys.readouterr().out
    assert [name for name in (*TABLES, "all") if name not in words] == []
    if lang == "zh":
        assert [table.SHEETS[0] for table in TABLES.values() if table.SHEETS[0] not in words] == []


def test_an_empty_template_is_no_roster_where_all_is_well(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "household", "-o", "户.xlsx"]) == 0
    capsys.readouterr()
    assert main(["check-exit", "户.xlsx"]) == 3
    assert "没有数据行" in capsys.readouterr().err
