"""Old workbooks: every cell with its kind, and nothing but refusals for what is damaged.

``data/*.xls`` were written by ``data/make_xls.py``, which is the independent writer: what it wrote is said here by hand.
"""

import random
import struct
from pathlib import Path

import pytest
from workbooks import cells_of

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells import biff, xls
from fupin_cli.load.cells.files import read_file
from fupin_cli.model.cells import Kind, Merge, Sheet

DATA = Path(__file__).parent / "data"
CELLS = (DATA / "cells.xls").read_bytes()
CODEPAGE, FORMULA_FLAGS = 0x0042, 14


def read(path: Path) -> list[Sheet]:
    sheets: list[Sheet] = []
    xls.read_sheets(path, None, sheets.append)
    return sheets


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    return path


def record(kind: int, *, nth: int = 0) -> int:
    """Where the nth record of a kind begins in the file; its workbook stands right after the first 512 bytes."""
    at = 512
    while True:
        found, length = struct.unpack_from("<HH", CELLS, at)
        if found == kind:
            if not nth:
                return at
            nth -= 1
        at += 4 + length


def test_every_cell_keeps_its_kind() -> None:
    file = read_file(str(DATA / "cells.xls"))
    assert (file.format, file.encoding, file.warnings) == ("xls", "", [])
    assert [(sheet.name, sheet.hidden, len(sheet.rows)) for sheet in file.sheets] == [
        ("户", False, 6),
        ("草稿", True, 1),
        ("空", False, 0),
    ]
    sheet = file.sheets[0]
    headers = ("编号", "收入", "日期", "中文日期", "是否", "错误", "公式", "算过的公式", "时长")
    assert cells_of(sheet) == {
        (1, 0): ("某县农户表", Kind.TEXT),
        **{(2, column): (name, Kind.TEXT) for column, name in enumerate(headers)},
        (3, 0): ("349900000001", Kind.TEXT),
        (3, 1): ("2995.01", Kind.NUMBER),
        (3, 2): ("2018-05-01", Kind.DATE),
        (3, 3): ("2018-05-01", Kind.DATE),
        (3, 4): ("TRUE", Kind.BOOL),
        (3, 5): ("#REF!", Kind.ERROR),
        (3, 6): ("=", Kind.UNCALCULATED),
        (3, 7): ("2.5", Kind.NUMBER),
        (3, 8): ("1.5", Kind.NUMBER),
        (4, 0): ("349900195001013000", Kind.NUMBER),
        (4, 1): ("0.3", Kind.NUMBER),
        (6, 1): ("NA", Kind.TEXT),
        (8, 1): ("-5", Kind.NUMBER),
    }
    # Row 5 is hidden and blank but for an ideographic space, row 10 is hidden and empty.
    assert sheet.hidden_rows == frozenset({8})
    assert list(sheet.merged) == [Merge(1, 1, 0, 5), Merge(4, 6, 0, 0)]


@pytest.mark.parametrize(("number", "code"), [(9, b"[h]:mm"), (10, b"[h]:mm"), (None, b"0.0_)%")])
def test_a_percent_format_shows_a_hundredfold(tmp_path: Path, number: int | None, code: bytes) -> None:
    """The duration of 1.5 gets another format: a built-in one, or one in words of the same length."""
    content = bytearray(CELLS)
    style, formats = None, 0
    while style is None:
        at = record(0x041E, nth=formats)
        formats += 1
        if b"[h]:mm" in content[at : at + 30]:
            style = struct.unpack_from("<H", content, at + 4)[0]
    place = content.index(b"[h]:mm")
    content[place : place + len(code)] = code
    for nth in range(CELLS.count(struct.pack("<HH", 0x00E0, 20))):
        at = record(0x00E0, nth=nth)
        if number is not None and struct.unpack_from("<H", content, at + 6)[0] == style:
            struct.pack_into("<H", content, at + 6, number)
    assert cells_of(read(written(tmp_path, bytes(content)))[0])[3, 8] == ("150%", Kind.NUMBER)


def test_days_may_be_counted_from_1904() -> None:
    # 39568 days after 1 January 1904.
    assert cells_of(read(DATA / "from-1904.xls")[0]) == {(1, 0): ("2012-05-01", Kind.DATE)}


def test_one_sheet_can_be_asked_for() -> None:
    assert [sheet.name for sheet in read_file(str(DATA / "cells.xls"), sheets=["空"]).sheets] == ["空"]
    with pytest.raises(InputRefused) as refused:
        read_file(str(DATA / "cells.xls"), sheets=["户 "])
    assert (refused.value.code, refused.value.facts["sheets"]) == ("sheet-not-found", "户、草稿、空")


@pytest.mark.parametrize(
    ("calculated_by_excel", "flags", "kind"),
    [(True, 0, None), (True, 2, Kind.UNCALCULATED), (True, 1, Kind.UNCALCULATED), (False, 0, Kind.UNCALCULATED)],
)
def test_a_formula_with_an_empty_text_is_believed_only_where_excel_calculated_it(
    tmp_path: Path, flags: int, kind: Kind | None, *, calculated_by_excel: bool
) -> None:
    content = bytearray(CELLS)
    # One record that nobody needs becomes the one that Excel signs its calculation with.
    if calculated_by_excel:
        struct.pack_into("<H", content, record(0x0040), 0x01C1)
    struct.pack_into("<H", content, record(0x0006) + 4 + FORMULA_FLAGS, flags)
    assert cells_of(read(written(tmp_path, bytes(content)))[0]).get((3, 6), (None, None))[1] is kind


def test_a_password_is_seen(tmp_path: Path) -> None:
    content = bytearray(CELLS)
    struct.pack_into("<H", content, record(CODEPAGE), 0x002F)
    with pytest.raises(InputRefused) as refused:
        read_file(str(written(tmp_path, bytes(content))))
    assert refused.value.code == "workbook-encrypted"


def test_macros_are_left_alone_with_a_warning(tmp_path: Path) -> None:
    # An entry of the directory that is not used gets the name of the storage of macros.
    content = bytearray(CELLS)
    directory = content.find("Workbook".encode("utf-16-le")) + 128
    name = "_VBA_PROJECT_CUR\0".encode("utf-16-le")
    content[directory : directory + len(name)] = name
    struct.pack_into("<HB", content, directory + 64, len(name), 1)
    sheets: list[Sheet] = []
    assert xls.read_sheets(written(tmp_path, bytes(content)), None, sheets.append) == ["macros-ignored"]
    assert cells_of(sheets[1]) == {(1, 0): ("x", Kind.TEXT)}


def test_a_file_that_is_cut_off_is_refused_wherever(tmp_path: Path) -> None:
    for size in range(8, len(CELLS), 97):
        path = written(tmp_path, CELLS[:size])
        with pytest.raises(InputRefused) as refused:
            read(path)
        assert refused.value.code in {"workbook-damaged", "format-unknown"}


def test_a_sheet_without_its_end_is_refused(tmp_path: Path) -> None:
    content = bytearray(CELLS)
    # The end record of the last sheet becomes another one.
    at = content.rfind(struct.pack("<HH", 0x000A, 0), 0, content.find("Root Entry".encode("utf-16-le")))
    struct.pack_into("<H", content, at, 0x0001)
    with pytest.raises(InputRefused) as refused:
        read(written(tmp_path, bytes(content)))
    assert refused.value.code == "workbook-damaged"


def test_damaged_bytes_give_a_refusal_or_sheets_and_nothing_else(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(7)
    refusals = 0
    for _ in range(150):
        content = bytearray(CELLS)
        for _ in range(chance.choice([1, 1, 4, 30])):
            content[chance.randrange(512, len(content))] = chance.choice([0, 1, 0x7F, 0xFF, chance.randrange(256)])
        try:
            read(written(tmp_path, bytes(content)))
        except InputRefused:
            refusals += 1
    assert refusals > 10
    assert capfd.readouterr().out == ""


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xls, "MAX_BYTES", 1000)
    with pytest.raises(InputRefused) as refused:
        read(DATA / "cells.xls")
    assert refused.value.code == "workbook-too-large"


def test_the_walk_over_records_ends_at_the_end_of_the_data() -> None:
    with pytest.raises(InputRefused):
        biff.look_at_stream(struct.pack("<HH", 0x0809, 0) + struct.pack("<HH", 0x0001, 0xFFFF))
