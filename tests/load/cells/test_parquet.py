"""Parquet: every type that is a value of a cell, and files that lie."""

import datetime as dt
import math
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from workbooks import Cells, cells_of

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells import grid, parquet
from fupin_cli.load.cells.columns import texts
from fupin_cli.load.cells.files import read_file
from fupin_cli.load.cells.values import UNSEEN
from fupin_cli.model.cells import Kind, Sheet


def read(path: Path) -> Sheet:
    sheets: list[Sheet] = []
    parquet.read_sheets(path, None, sheets.append)
    return sheets[0]


def cells(tmp_path: Path, kind: pa.DataType, *values: Any) -> list[tuple[str, Kind] | None]:
    """What becomes of these values of a column, below its name."""
    path = tmp_path / "a.parquet"
    # A second column, so that no row is blank.
    table = pa.table({"x": pa.array(values, kind), "y": ["-"] * len(values)})
    pq.write_table(table, path)
    found = cells_of(read(path))
    assert found.pop((1, 0)) == ("x", Kind.TEXT)
    return [found.get((row, 0)) for row in range(2, 2 + len(values))]


def test_a_file_goes_through_the_front_door(tmp_path: Path) -> None:
    path = tmp_path / "户.parquet"
    pq.write_table(pa.table({"户编号": ["349900000001", None, "NA"], " ": pa.nulls(3), "收入": [2995.01, None, 3.0]}), path)
    file = read_file(str(path))
    assert (file.format, file.encoding, file.warnings) == ("parquet", "", [])
    assert (file.sheets[0].name, file.sheets[0].hidden, file.sheets[0].rows.to_pylist()) == ("", False, [1, 2, 4])
    expected: Cells = {
        (1, 0): ("户编号", Kind.TEXT),
        (1, 2): ("收入", Kind.TEXT),
        (2, 0): ("349900000001", Kind.TEXT),
        (2, 2): ("2995.01", Kind.NUMBER),
        (4, 0): ("NA", Kind.TEXT),
        (4, 2): ("3", Kind.NUMBER),
    }
    assert cells_of(file.sheets[0]) == expected
    with pytest.raises(InputRefused) as refused:
        read_file(str(path), sheets=["户"])
    assert refused.value.code == "sheet-not-found"
    assert read_file(str(path.rename(tmp_path / "a.csv"))).warnings == ["extension-mismatch"]


def number(text: str) -> tuple[str, Kind]:
    return text, Kind.NUMBER


def day(text: str) -> tuple[str, Kind]:
    return text, Kind.DATE


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        (pa.string(), ["甲", "　", "", None, " 乙 "], [("甲", Kind.TEXT), None, None, None, (" 乙 ", Kind.TEXT)]),
        (pa.large_string(), ["甲"], [("甲", Kind.TEXT)]),
        (pa.string_view(), ["甲"], [("甲", Kind.TEXT)]),
        (pa.dictionary(pa.int8(), pa.string()), ["甲", None, "甲"], [("甲", Kind.TEXT), None, ("甲", Kind.TEXT)]),
        (pa.int8(), [-5, None, 0], [number("-5"), None, number("0")]),
        (pa.int64(), [349900195001012608, -(10**15), 999999999999999], [number("349900195001013000"), number("-1000000000000000"), number("999999999999999")]),
        (pa.uint64(), [2**64 - 1], [number("18446744073709600000")]),
        (pa.float64(), [0.1 + 0.2, None, 1e22, -0.0, 1 / 3], [number("0.3"), None, number("1E+22"), number("0"), number("0.333333333333333")]),
        (pa.float64(), [math.nan, math.inf, 1.5, None], [("#NUM!", Kind.ERROR), ("#NUM!", Kind.ERROR), number("1.5"), None]),
        (pa.float32(), [0.1, 3218.0, 4000.01], [number("0.1"), number("3218"), number("4000.01")]),
        (pa.float16(), [0.5], [number("0.5")]),
        (
            pa.decimal128(38, 6),
            [Decimal("2995.010000"), None, Decimal("4000.000000"), Decimal("0E-6"), Decimal("349900195001012608.000000"), Decimal("-0.000001")],
            [number("2995.01"), None, number("4000"), number("0"), number("349900195001013000"), number("-0.000001")],
        ),
        (pa.bool_(), [True, None, False], [("TRUE", Kind.BOOL), None, ("FALSE", Kind.BOOL)]),
        (pa.date32(), [dt.date(2018, 5, 1), None, dt.date(1800, 1, 1)], [day("2018-05-01"), None, day("1800-01-01")]),
        (pa.date64(), [dt.date(2018, 5, 1)], [day("2018-05-01")]),
        (pa.timestamp("s"), [0], [day("1970-01-01")]),
        (pa.timestamp("us"), [1_525_132_800_400_000, None], [day("2018-05-01"), None]),
        (pa.timestamp("ns"), [1_525_181_459_600_000_001], [day("2018-05-01 13:31:00")]),
        (pa.timestamp("ms"), [10**15], [("#VALUE!", Kind.ERROR)]),
        (pa.null(), [None, None], [None, None]),
    ],
)  # fmt: skip
def test_each_type_gives_its_kind(tmp_path: Path, kind: pa.DataType, values: list[Any], expected: list[Any]) -> None:
    assert cells(tmp_path, kind, *values) == expected


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (pa.list_(pa.string()), ["a"]),
        (pa.struct([("a", pa.int64())]), {"a": 1}),
        (pa.map_(pa.string(), pa.int64()), [("a", 1)]),
        (pa.binary(), b"a"),
        (pa.timestamp("us", "UTC"), 0),
        (pa.time32("s"), dt.time(1)),
        (pa.duration("s"), 1),
    ],
)
def test_what_is_no_value_of_a_cell_is_refused_with_its_column(tmp_path: Path, kind: pa.DataType, value: Any) -> None:
    with pytest.raises(InputRefused) as refused:
        cells(tmp_path, kind, value)
    assert (refused.value.code, refused.value.facts["column"]) == ("parquet-type", "x")


def test_records_keep_their_places_over_groups_and_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_RECORDS_AT_ONCE", 700)
    path = tmp_path / "a.parquet"
    values = [None if at % 7 == 0 else at for at in range(5000)]
    pq.write_table(pa.table({"x": values}), path, row_group_size=1000)
    expected = {(at + 2, 0): (str(at), Kind.NUMBER) for at in range(5000) if at % 7}
    assert cells_of(read(path)) == {(1, 0): ("x", Kind.TEXT), **expected}


def test_a_file_without_records_or_columns_has_no_rows_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"x": pa.array([], pa.string())}), path)
    assert cells_of(read(path)) == {(1, 0): ("x", Kind.TEXT)}
    pq.write_table(pa.table({}), path)
    assert cells_of(read(path)) == {}


def test_sizes_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"x": ["甲" * 2000] * 1000, "y": range(1000)}), path)
    for module, name, limit, code in (
        (grid, "MAX_LONG_TEXT", 1 << 20, "sheet-too-much-text"),
        (parquet, "MAX_COLUMNS", 1, "sheet-too-many-columns"),
        (parquet, "MAX_RECORDS", 999, "sheet-too-many-rows"),
    ):
        monkeypatch.setattr(module, name, limit)
        with pytest.raises(InputRefused) as refused:
            read(path)
        assert refused.value.code == code


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"x": range(300)}), path)
    whole = path.read_bytes()
    for size in range(4, len(whole), 41):
        path.write_bytes(whole[:size])
        with pytest.raises(InputRefused) as refused:
            read(path)
        assert refused.value.code == "workbook-damaged"


def test_a_changed_page_is_refused_by_its_checksum(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"x": [f"户{at}" for at in range(300)]}), path, write_page_checksum=True, compression="none")
    content = path.read_bytes()
    assert content.count("户17".encode()) > 0
    path.write_bytes(content.replace("户17".encode(), "户71".encode(), 1))
    with pytest.raises(InputRefused) as refused:
        read(path)
    assert refused.value.code == "workbook-damaged"


def test_damaged_files_give_a_refusal_or_a_sheet_and_nothing_else(tmp_path: Path) -> None:
    """In the child, since a native reader may break down: that is a refusal, too."""
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"x": [f"户{at}" for at in range(50)], "y": range(50)}), path)
    whole = path.read_bytes()
    chance = random.Random(2)
    refusals = 0
    for _ in range(6):
        content = bytearray(whole)
        for _ in range(3):
            content[chance.randrange(len(whole) // 2, len(whole) - 8)] = chance.randrange(256)
        path.write_bytes(content)
        try:
            read_file(str(path))
        except InputRefused:
            refusals += 1
    assert refusals


def test_all_that_nobody_sees_stands_where_a_column_of_texts_is_looked_at_in_full() -> None:
    for character in UNSEEN:
        read = texts(pa.array(["样甲", character, f"{character}甲"], pa.string()))
        assert read.text.to_pylist() == ["样甲", None, f"{character}甲"]
        assert read.kind.to_pylist() == [Kind.TEXT, Kind.BLANK, Kind.TEXT]
