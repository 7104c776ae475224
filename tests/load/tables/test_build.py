"""Files to tables: several files, several sheets, and where every row went."""

from collections.abc import Sequence

import pytest

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.grid import Grid
from fupin_cli.load.tables.build import load_tables
from fupin_cli.model.cells import Kind, Sheet, SourceFile
from fupin_cli.model.inputs import Loaded
from fupin_cli.model.problem import Address

Row = Sequence[str | None]
HOUSEHOLDS: Row = ["户编号", "户主姓名", "年度", "人均纯收入"]
MEMBERS: Row = ["户编号", "姓名", "与户主关系", "年度"]
EXPORT: Row = ["户编号", "姓名", "与户主关系", "年度", "人均纯收入"]


def sheet(name: str, *rows: Row, hidden: bool = False) -> Sheet:
    grid = Grid(name, hidden=hidden)
    for number, row in enumerate(rows, 1):
        grid.add_row(number, {at: (text, Kind.TEXT) for at, text in enumerate(row) if text is not None})
    return grid.sheet()


def file(path: str, *sheets: Sheet, warnings: Sequence[str] = ()) -> SourceFile:
    return SourceFile(path, "0" * 64, "xlsx", "", sheets, warnings)


def household(key: str | None, year: str = "2018", income: str = "3000") -> Row:
    return [key, "样甲", year, income]


def member(key: str | None, relation: str = "户主", year: str | None = "2018") -> Row:
    return [key, "样甲", relation, year]


def told(read: Loaded, code: str) -> list[tuple[Address | None, Address | None]]:
    return [(problem.where, problem.other) for problem in read.problems if problem.code == code]


def rows_of(read: Loaded, table: str) -> list[tuple[int, int]]:
    """(file, row) of every record."""
    found = read.tables[table]
    return [(found.address(at).input, found.address(at).row) for at in range(found.data.num_rows)]


def counts(read: Loaded) -> list[tuple[str, str, int, int, int, int]]:
    return [
        (one.name, one.table, one.rows.read, one.rows.decided, one.rows.quarantined, one.rows.skipped)
        for source in read.inputs
        for one in source.sheets
    ]


def refusal(*files: SourceFile, chosen: Sequence[str] = ()) -> InputRefused:
    with pytest.raises(InputRefused) as refused:
        load_tables(files, chosen)
    return refused.value


# --- several files ------------------------------------------------------------------------------------------------------


def test_a_household_of_the_same_year_in_two_files_is_in_neither_and_both_cells_are_named() -> None:
    read = load_tables(
        [
            file("a.xlsx", sheet("户", HOUSEHOLDS, household("1"), household("2"))),
            file("b.xlsx", sheet("户", HOUSEHOLDS, household("3"), household("2", income="1"))),
        ]
    )
    first, second = Address(0, "户", 3, "A"), Address(1, "户", 3, "A")
    assert told(read, "household-doubled") == [(first, second), (second, first)]
    assert rows_of(read, "household") == [(0, 2), (1, 2)]
    assert counts(read) == [("户", "household", 2, 1, 1, 0)] * 2
    assert read.tables["household"].quarantined == 2


def test_the_same_household_in_two_years_is_no_double() -> None:
    read = load_tables([file(f"{year}.xlsx", sheet("户", HOUSEHOLDS, household("1", year))) for year in ("2017", "2018")])
    assert told(read, "household-doubled") == []
    assert read.tables["household"].data.column("year").to_pylist() == [2017, 2018]


def test_every_row_of_a_household_used_three_times_is_quarantined() -> None:
    read = load_tables([file("a.xlsx", sheet("户", HOUSEHOLDS, household("1"), household("1"), household("1"), household("2")))])
    assert [where for where, _ in told(read, "household-doubled")] == [Address(0, "户", row, "A") for row in (2, 3, 4)]
    assert all(where != other for where, other in told(read, "household-doubled"))
    assert counts(read) == [("户", "household", 4, 1, 3, 0)]


def test_rows_without_a_number_are_no_doubles_of_each_other() -> None:
    read = load_tables([file("a.xlsx", sheet("户", HOUSEHOLDS, household(None), household(None)))])
    assert counts(read) == [("户", "household", 2, 2, 0, 0)]


def test_members_may_stand_in_another_file_than_their_households() -> None:
    read = load_tables(
        [
            file("人.xlsx", sheet("人", MEMBERS, member("2"), member("1"))),
            file("户.xlsx", sheet("户", HOUSEHOLDS, household("1"), household("2"))),
        ]
    )
    assert rows_of(read, "person") == [(0, 2), (0, 3)]
    assert rows_of(read, "household") == [(1, 2), (1, 3)]
    assert told(read, "member-without-household") == []
    assert counts(read) == [("人", "person", 2, 2, 0, 0), ("户", "household", 2, 2, 0, 0)]


@pytest.mark.parametrize("key", ["9", None])
def test_a_member_of_a_household_that_is_in_no_file_is_quarantined(key: str | None) -> None:
    read = load_tables(
        [file("a.xlsx", sheet("户", HOUSEHOLDS, household("1")), sheet("人", MEMBERS, member("1"), member(key, "配偶")))]
    )
    assert told(read, "member-without-household") == [(Address(0, "人", 3, "A"), None)]
    assert rows_of(read, "person") == [(0, 2)]
    assert counts(read) == [("户", "household", 1, 1, 0, 0), ("人", "person", 2, 1, 1, 0)]
    assert read.tables["person"].quarantined == 1


def test_a_member_of_a_year_in_which_the_household_is_not_listed_is_quarantined() -> None:
    read = load_tables(
        [
            file(
                "a.xlsx",
                sheet("户", HOUSEHOLDS, household("1", "2019")),
                sheet("人", MEMBERS, member("1", year="2019"), member("1", "配偶", "2018")),
            )
        ]
    )
    assert counts(read) == [("户", "household", 1, 1, 0, 0), ("人", "person", 2, 1, 1, 0)]
    assert rows_of(read, "person") == [(0, 2)]


def test_members_of_a_doubled_household_have_no_household() -> None:
    read = load_tables(
        [
            file(
                "a.xlsx",
                sheet("户", HOUSEHOLDS, household("1"), household("1"), household("2")),
                sheet("人", MEMBERS, member("1"), member("2")),
            )
        ]
    )
    assert rows_of(read, "household") == [(0, 4)]
    assert rows_of(read, "person") == [(0, 3)]
    assert counts(read) == [("户", "household", 3, 1, 2, 0), ("人", "person", 2, 1, 1, 0)]


def test_two_exports_with_the_same_household_lose_it_with_all_its_members() -> None:
    rows = [["1", "样甲", "户主", "2018", "3000"], ["1", "样乙", "配偶", "2018", "3000"], ["2", "样丙", "户主", "2018", "3000"]]
    read = load_tables(
        [file("a.xlsx", sheet("表", EXPORT, *rows)), file("b.xlsx", sheet("表", EXPORT, rows[0], ["3", *rows[2][1:]]))]
    )
    assert counts(read) == [("表", "household+person", 3, 1, 2, 0), ("表", "household+person", 2, 1, 1, 0)]
    assert rows_of(read, "household") == rows_of(read, "person") == [(0, 4), (1, 3)]


def test_a_household_doubled_in_one_year_keeps_its_members_of_the_other() -> None:
    def row(year: str) -> Row:
        return ["1", "样甲", "户主", year, "3000"]

    read = load_tables(
        [file("a.xlsx", sheet("表", EXPORT, row("2018"), row("2019"))), file("b.xlsx", sheet("表", EXPORT, row("2018")))]
    )
    assert read.tables["household"].data.column("year").to_pylist() == [2019]
    assert read.tables["person"].data.column("year").to_pylist() == [2019]
    assert counts(read) == [("表", "household+person", 2, 1, 1, 0), ("表", "household+person", 1, 0, 1, 0)]


def test_member_sheets_alone_make_their_households() -> None:
    read = load_tables(
        [
            file("a.xlsx", sheet("人", MEMBERS, member("1"), member("1", "配偶"), member(None))),
            file("b.xlsx", sheet("人", MEMBERS, member("2"))),
        ]
    )
    assert read.tables["household"].data.column("household_id").to_pylist() == ["1", "2"]
    assert rows_of(read, "household") == [(0, 2), (1, 2)]
    assert told(read, "member-without-household") == [(Address(0, "人", 4, "A"), None)]
    assert counts(read) == [("人", "person", 3, 2, 1, 0), ("人", "person", 1, 1, 0, 0)]


def test_members_are_not_taken_for_households_where_their_number_is_missing() -> None:
    top = ["姓名", "证件号码", "与户主关系", "人均纯收入"]
    rows = [["样甲", None, "户主", "3000"], ["样乙", None, "配偶", "3000"]]
    try:
        read = load_tables([file("a.xlsx", sheet("人", top, *rows))])
    except InputRefused:
        return
    assert read.inputs[0].rows.decided == 0


def test_the_inputs_keep_their_order_and_their_hashes() -> None:
    files = [
        SourceFile(path, mark * 64, "csv", "gb18030", [sheet("", HOUSEHOLDS, household(mark))])
        for path, mark in (("b", "1"), ("a", "2"))
    ]
    read = load_tables(files)
    assert [(one.path, one.sha256, one.format, one.encoding) for one in read.inputs] == [
        ("b", "1" * 64, "csv", "gb18030"),
        ("a", "2" * 64, "csv", "gb18030"),
    ]
    assert str(read.tables["household"].address(1, "income_per_capita")) == "D2"


def test_problems_come_in_the_order_of_files_sheets_rows_and_columns() -> None:
    bad: Row = ["1", "样甲", "18", "3,20O"]
    files = [
        file("b.xlsx", sheet("人", MEMBERS, member("9")), sheet("户", HOUSEHOLDS, bad, ["合计"], ["2", "样乙", "2018", "x"])),
        file("a.xlsx", sheet("户", [*HOUSEHOLDS, "喜欢的颜色"], ["3", "样丙", "2018", "y"]), warnings=["macros-ignored"]),
    ]
    found = [(problem.code, problem.where) for problem in load_tables(files).problems]
    assert found == [
        ("member-without-household", Address(0, "人", 2, "A")),
        ("year-unreadable", Address(0, "户", 2, "C")),
        ("number-unreadable", Address(0, "户", 2, "D")),
        ("row-skipped-total", Address(0, "户", 3, "")),
        ("number-unreadable", Address(0, "户", 4, "D")),
        ("macros-ignored", Address(1, "", 0, "")),
        ("header-unknown", Address(1, "户", 1, "E")),
        ("number-unreadable", Address(1, "户", 2, "D")),
    ]


# --- sheets -------------------------------------------------------------------------------------------------------------


def test_a_hidden_sheet_is_not_read_and_that_is_said() -> None:
    hidden = sheet("旧表", HOUSEHOLDS, household("1", income="1"), hidden=True)
    read = load_tables([file("a.xlsx", hidden, sheet("户", HOUSEHOLDS, household("1")))])
    assert counts(read) == [("户", "household", 1, 1, 0, 0)]
    [note] = [problem for problem in read.problems if problem.code == "sheet-hidden"]
    assert (note.severity, note.facts) == ("info", {"sheet": "旧表", "rows": "2"})


def test_a_hidden_sheet_is_read_when_it_is_chosen_and_the_others_are_not() -> None:
    hidden = sheet("旧表", HOUSEHOLDS, household("7", income="1"), hidden=True)
    read = load_tables([file("a.xlsx", hidden, sheet("户", HOUSEHOLDS, household("1")))], ["旧表"])
    assert counts(read) == [("旧表", "household", 1, 1, 0, 0)]
    assert read.tables["household"].data.column("household_id").to_pylist() == ["7"]


def test_a_file_with_hidden_sheets_only_is_refused() -> None:
    refusal(file("a.xlsx", sheet("户", HOUSEHOLDS, household("1"), hidden=True)))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (sheet("户2018", HOUSEHOLDS, household("1")), sheet("户2019", HOUSEHOLDS, household("2"))),
        (sheet("户2018", MEMBERS, member("1")), sheet("户2019", MEMBERS, member("2"))),
        (sheet("户2018", MEMBERS, member("1")), sheet("户2019", EXPORT, ["1", "样甲", "户主", "2018", "1"])),
    ],
)
def test_two_sheets_of_one_kind_are_refused_by_name_until_one_is_chosen(first: Sheet, second: Sheet) -> None:
    error = refusal(file("a.xlsx", first, second))
    assert (error.code, error.facts) == ("sheets-ambiguous", {"path": "a.xlsx", "sheets": "户2018、户2019"})
    read = load_tables([file("a.xlsx", first, second)], ["户2019"])
    assert [one.name for one in read.inputs[0].sheets] == ["户2019"]


def test_both_sheets_of_a_kind_are_read_when_both_are_chosen() -> None:
    read = load_tables(
        [file("a.xlsx", sheet("2018", HOUSEHOLDS, household("1")), sheet("2019", HOUSEHOLDS, household("1", "2019")))],
        ["2018", "2019"],
    )
    assert counts(read) == [("2018", "household", 1, 1, 0, 0), ("2019", "household", 1, 1, 0, 0)]


def test_a_hidden_second_sheet_makes_nothing_ambiguous() -> None:
    read = load_tables(
        [file("a.xlsx", sheet("户", HOUSEHOLDS, household("1")), sheet("旧", HOUSEHOLDS, household("1"), hidden=True))]
    )
    assert counts(read) == [("户", "household", 1, 1, 0, 0)]


def test_a_sheet_without_a_known_header_is_told_and_an_empty_one_is_not() -> None:
    read = load_tables(
        [file("a.xlsx", sheet("说明", ["怎样填表"], ["先填户"]), sheet("Sheet3"), sheet("户", HOUSEHOLDS, household("1")))]
    )
    notes = [(problem.code, problem.severity, problem.facts) for problem in read.problems]
    assert notes == [("sheet-unknown", "info", {"sheet": "说明", "rows": "2"})]


# --- refusals -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ([sheet("户", HOUSEHOLDS)], "sheet-without-records"),
        ([sheet("户", ["某县名册"], HOUSEHOLDS)], "sheet-without-records"),
        ([sheet("户", HOUSEHOLDS, ["合计", None, None, "0"], ["注：无"])], "sheet-without-records"),
        ([sheet("户", ["颜色", "大小"], ["红", "大"])], "file-without-known-columns"),
        ([sheet("户", ["户编号"], ["1"])], "file-without-known-columns"),
        ([sheet("户", ["1", "样甲", "2018"])], "file-without-known-columns"),
        ([sheet("户")], "file-without-rows"),
        ([sheet("户"), sheet("人")], "file-without-rows"),
        ([sheet("户"), sheet("人", ["说明"])], "file-without-known-columns"),
    ],
)
def test_a_file_with_nothing_to_judge_is_refused(sheets: list[Sheet], code: str) -> None:
    error = refusal(file("a.xlsx", *sheets))
    assert (error.code, error.facts["path"]) == (code, "a.xlsx")


def test_a_header_without_records_is_named_by_its_row() -> None:
    assert refusal(file("a.xlsx", sheet("户", ["某县名册"], HOUSEHOLDS))).facts == {"path": "a.xlsx", "sheet": "户", "row": 2}


GOOD = file("good.xlsx", sheet("户", HOUSEHOLDS, household("1")))
BAD = file("bad.xlsx", sheet("户", ["颜色"], ["红"]))
WORSE = file("worse.xlsx", sheet("户", HOUSEHOLDS))
HALF = file("half.xlsx", sheet("户", HOUSEHOLDS, household("1")), sheet("户2", HOUSEHOLDS, household("2")))


@pytest.mark.parametrize("files", [[BAD, GOOD], [GOOD, BAD], [WORSE, GOOD, BAD], [HALF, GOOD]], ids=lambda files: files[0].path)
def test_one_file_that_is_refused_does_not_stop_the_others(files: list[SourceFile]) -> None:
    read = load_tables(files)
    assert [source.path for source in read.inputs] == ["good.xlsx"]
    assert [error.facts["path"] for error in read.refused] == [one.path for one in files if one is not GOOD]
    assert rows_of(read, "household") == [(0, 2)]
    # A refused file leaves nothing behind: no record, no double, no problem.
    assert list(read.problems) == []


def test_when_every_file_is_refused_the_first_reason_is_given() -> None:
    assert refusal(WORSE, BAD).code == "sheet-without-records"
    assert refusal(BAD, WORSE).code == "file-without-known-columns"


# --- every row is accounted for -----------------------------------------------------------------------------------------


def test_each_sheet_accounts_for_its_own_rows() -> None:
    households = sheet(
        "户", ["某县名册"], HOUSEHOLDS, household("1"), household("2"), household("2"), household(None), ["合计"], ["注：完"]
    )
    members = sheet("人", MEMBERS, member("1"), member("2"), member("9"), member(None), ["示例"])
    read = load_tables([file("a.xlsx", households, members)])
    assert counts(read) == [("户", "household", 7, 2, 2, 3), ("人", "person", 5, 1, 3, 1)]
    total = read.inputs[0].rows
    assert (total.read, total.decided, total.quarantined, total.skipped) == (12, 3, 5, 4)
    assert [one.header_row for one in read.inputs[0].sheets] == [2, 1]


def test_a_bad_value_never_quarantines_its_row() -> None:
    read = load_tables([file("a.xlsx", sheet("户", HOUSEHOLDS, ["1", "样甲", "18", "3,20O"], ["2", None, None, None]))])
    assert counts(read) == [("户", "household", 2, 2, 0, 0)]
    assert read.tables["household"].data.column("income_per_capita").to_pylist() == [None, None]


def test_files_with_different_columns_make_one_table_that_knows_what_each_has() -> None:
    read = load_tables(
        [
            file("a.xlsx", sheet("户", HOUSEHOLDS, household("1"))),
            file("b.xlsx", sheet("户", ["户编号", "饮水安全", "年度"], ["2", "是", "2018"])),
        ]
    )
    table = read.tables["household"]
    assert table.data.column("income_per_capita").to_pylist() == [3000, None]
    assert table.data.column("water_safe").to_pylist() == [None, True]
    assert table.address(1, "water_safe") == Address(1, "户", 2, "B")
    assert table.address(1, "income_per_capita") == Address(1, "户", 2, "")
    assert table.address(0, "water_safe") == Address(0, "户", 2, "")
