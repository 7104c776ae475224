"""What fuzzing found, as small as it gets: each was an error that is not ours, or worse."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.delimited import read_delimited
from fupin_cli.load.cells.worker import write_file
from fupin_cli.rules.parser import parse
from fupin_cli.rules.scope import ExpressionError, Scope

CELLS = Path(__file__).resolve().parents[1] / "load" / "cells" / "data"
SHEET = "xl/worksheets/sheet1.xml"


def code_of(path: Path) -> str:
    with pytest.raises(InputRefused) as refused:
        write_file(path, None, io.BytesIO())
    return refused.value.code


@pytest.mark.parametrize("encoding", ["gb18030", "utf-7", "no-such"])
def test_xml_in_an_encoding_that_the_parser_does_not_know_is_damaged(encoding: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([1])
    book.save(tmp_path / "sound.xlsx")
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(tmp_path / "sound.xlsx") as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            declared = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() if name == SHEET else b""
            target.writestr(name, declared + source.read(name))
    assert code_of(path) == "workbook-damaged"


def test_a_directory_of_an_old_workbook_that_goes_round_in_circles_is_damaged(tmp_path: Path) -> None:
    data = bytearray((CELLS / "from-1904.xls").read_bytes())
    # The second entry's left neighbour is itself.
    entry = 512 * (1 + int.from_bytes(data[48:52], "little")) + 128
    data[entry + 68 : entry + 72] = (1).to_bytes(4, "little")
    (tmp_path / "a.xls").write_bytes(data)
    assert code_of(tmp_path / "a.xls") == "workbook-damaged"


def test_a_field_of_a_text_table_that_never_ends_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n"' + "x" * 200_000 + "\n1,2\n")
    with pytest.raises(InputRefused) as refused:
        read_delimited(path)
    assert (refused.value.code, refused.value.facts["line"]) == ("csv-quote", 2)


def test_an_old_workbook_of_sectors_of_four_bytes_is_damaged(tmp_path: Path) -> None:
    data = bytearray((CELLS / "cells.xls").read_bytes())
    data[30:34] = b"\x02\0\0\0"
    (tmp_path / "a.xls").write_bytes(data)
    assert code_of(tmp_path / "a.xls") == "workbook-damaged"


@pytest.mark.parametrize("text", ["- " * 900 + "1 = 1", "NOT " * 400 + "TRUE", "(" * 900 + "1" + ")" * 900 + " = 1"])
def test_a_condition_of_any_depth_is_refused_and_no_bug(text: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text, Scope({}))
    assert refused.value.code == "expression-too-deep"
