"""Whom a text means: number, place, identity number, name; and which arguments are files."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pytest

from fupin_cli.cli.explain import files_and_ids
from fupin_cli.evaluate.explanation.asked import find, in_year, nearest_numbers, rows_of, years_of
from fupin_cli.model.tables import ROW, SHEET, SheetRef, Table, arrow_type, fields

#: A household in two years, one known by its place alone, and two heads of one name.
HOUSEHOLDS = [
    {"household_id": "A1", "year": 2018, "head_name": "样甲", "head_id_number": "34990019700101001X"},
    {"household_id": "A1", "year": 2019, "head_name": "样甲", "head_id_number": "34990019700101001X"},
    {"household_id": None, "year": 2018, "head_name": "样乙", "head_id_number": None},
    {"household_id": "B2", "year": 2018, "head_name": "样丙", "head_id_number": None},
    {"household_id": "B3", "year": 2018, "head_name": "样丙", "head_id_number": None},
]
PEOPLE = [
    {"household_id": "A1", "year": 2018, "name": "样甲", "id_number": "34990019700101001X"},
    {"household_id": "A1", "year": 2019, "name": "样丁", "id_number": "349900201001010012"},
    {"household_id": "B2", "year": None, "name": "样戊", "id_number": "34990020010101003743"},
]


def table(name: str, sheet: str, rows: list[dict[str, object]]) -> Table:
    columns = {field: pa.array([row[field] for row in rows], arrow_type(fields(name)[field].form)) for field in rows[0]}
    places = {SHEET: pa.array([0] * len(rows), pa.int32()), ROW: pa.array(range(2, len(rows) + 2), pa.int32())}
    return Table(name, pa.table({**columns, **places}), [SheetRef(0, sheet, dict.fromkeys(rows[0], "A"))])


@pytest.fixture(scope="module")
def tables() -> Mapping[str, Table]:
    return {"household": table("household", "户", HOUSEHOLDS), "person": table("person", "人", PEOPLE)}


@pytest.mark.parametrize(
    ("text", "rows", "by"),
    [
        ("A1", [0, 1], "number"),
        (" Ａ1 ", [0, 1], "number"),
        ("B2", [3], "number"),
        ("户!4", [2], "place"),
        ("户!A4", [2], "place"),
        ("户!K4", [2], "place"),
        ("人!3", [1], "place"),
        ("人!C4", [3], "place"),
        ("34990019700101001X", [0, 1], "identity"),
        ("34990019700101001x", [0, 1], "identity"),
        ("349900201001010012", [1], "identity"),
        ("349900200101010037", [3], "identity"),
        ("样乙", [2], "name"),
        ("样甲", [0, 1], "name"),
        ("样丙", [3, 4], "name"),
    ],
)
def test_a_household_is_found_by(text: str, rows: list[int], by: str, tables: Mapping[str, Table]) -> None:
    found = find(tables, "household", text)
    assert found is not None
    assert (list(found.rows), found.by) == (rows, by)


@pytest.mark.parametrize("text", ["C9", "户!1", "户!99", "人!9", "村!2", "4", "349900199901010011", "样", "", "!", "户!"])
def test_who_is_not_there_is_not_found(text: str, tables: Mapping[str, Table]) -> None:
    assert find(tables, "household", text) is None


def test_a_number_that_looks_like_a_place_is_a_number_first() -> None:
    rows = [{"household_id": "A3", "year": 2018}, {"household_id": "X", "year": 2018}]
    found = find({"household": table("household", "", rows)}, "household", "A3")
    assert found is not None
    assert (list(found.rows), found.by) == ([0], "number")


def test_the_nearest_numbers_are_named(tables: Mapping[str, Table]) -> None:
    assert nearest_numbers(tables["household"], "B4") == ["B2", "B3", "A1"]
    assert nearest_numbers(tables["household"], "349900010010999") == []


def test_of_several_years_one_is_chosen(tables: Mapping[str, Table]) -> None:
    household = tables["household"]
    assert in_year(household, [0, 1], 2019) == [1]
    assert in_year(household, [0, 1], 2017) == []
    assert years_of(household, [0, 1]) == [2018, 2019]


def test_the_rows_of_a_household_are_those_of_its_year_and_those_without_one(tables: Mapping[str, Table]) -> None:
    assert rows_of(tables, "household", 0) == {"household": [0], "person": [0]}
    assert rows_of(tables, "household", 3) == {"household": [3], "person": [2]}
    assert rows_of(tables, "household", 2) == {"household": [2]}


def test_the_first_argument_is_a_file_and_so_is_what_is_there_or_is_called_like_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("7").write_text("")
    given = ["349900010001", "349900010002", "b.xlsx", "7", "户!7", "x.CSV"]
    assert files_and_ids(given) == (["349900010001", "b.xlsx", "7", "x.CSV"], ["349900010002", "户!7"])
