"""Exports of persons: a row per member with the household's fields repeated, taken apart without losing or inventing anything."""

import os
import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fupin_cli.load.cells.grid import Grid
from fupin_cli.load.tables.build import load_tables
from fupin_cli.model.cells import Kind, Sheet, SourceFile
from fupin_cli.model.inputs import Loaded
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.tables import Table

Row = Sequence[str | None]
TOP = ["户编号", "姓名", "证件号码", "与户主关系", "人数", "人均纯收入", "饮水安全"]
WIDER = int(os.environ.get("FUPIN_SEARCH", "0"))


def searching(examples: int) -> settings:
    return settings(
        max_examples=examples * max(WIDER, 1),
        deadline=None,
        database=None,
        derandomize=not WIDER,
        suppress_health_check=[HealthCheck.too_slow],
    )


def sheet(*rows: Row, name: str = "表") -> Sheet:
    grid = Grid(name)
    for number, row in enumerate(rows, 1):
        grid.add_row(number, {at: (text, Kind.TEXT) for at, text in enumerate(row) if text is not None})
    return grid.sheet()


def loaded(*rows: Row, name: str = "表") -> Loaded:
    return load_tables([SourceFile("名册.xlsx", "0" * 64, "xlsx", "", [sheet(*rows, name=name)])])


def cell(row: int, letter: str) -> Address:
    return Address(0, "表", row, letter)


def told(read: Loaded, *codes: str) -> list[Problem]:
    return [problem for problem in read.problems if problem.code in codes]


def column(table: Table, name: str) -> list[Any]:
    return list(table.data.column(name).to_pylist())


def bad(table: Table, name: str) -> list[bool]:
    mask = table.unreadable.get(name)
    return [False] * table.data.num_rows if mask is None else list(mask.to_pylist())


def test_members_make_households_in_the_order_in_which_these_appear() -> None:
    read = loaded(
        TOP,
        ["B", "样乙", None, "户主", "2", "3000", "是"],
        ["A", "样甲", None, "户主", "1", "2000", "否"],
        ["B", "样丙", None, "配偶", "2", "3000", "是"],
    )
    household, person = read.tables["household"], read.tables["person"]
    assert column(household, "household_id") == ["B", "A"]
    assert column(household, "household_size") == [2, 1]
    assert column(household, "income_per_capita") == [3000, 2000]
    assert column(household, "water_safe") == [True, False]
    assert column(person, "household_id") == ["B", "A", "B"]
    assert column(person, "name") == ["样乙", "样甲", "样丙"]
    assert household.address(0) == cell(2, "A")
    assert person.address(2, "name") == cell(4, "B")
    assert [p for p in read.problems if p.severity != "info"] == []


def test_repeated_values_that_disagree_are_unknown_and_name_both_cells() -> None:
    read = loaded(
        TOP,
        ["A", "样甲", None, "户主", "3", "2994", "是"],
        ["A", "样乙", None, "配偶", "3", "2994", "是"],
        ["A", "样丙", None, "之子", "3", "2996", "是"],
    )
    household = read.tables["household"]
    assert column(household, "income_per_capita") == [None]
    assert bad(household, "income_per_capita") == [True]
    assert household.disputed == {"income_per_capita": {0: cell(4, "F")}}
    assert household.address(0, "income_per_capita") == cell(2, "F")
    [problem] = told(read, "sources-disagree")
    assert (problem.severity, problem.table, problem.name) == ("error", "household", "income_per_capita")
    assert (problem.where, problem.other) == (cell(2, "F"), cell(4, "F"))
    assert column(household, "household_size") == [3]
    assert bad(household, "household_size") == [False]


def test_a_false_against_a_true_is_a_disagreement_too() -> None:
    read = loaded(TOP, ["A", "样甲", None, "户主", "2", None, "否"], ["A", "样乙", None, "配偶", "2", None, "是"])
    assert column(read.tables["household"], "water_safe") == [None]
    assert read.tables["household"].disputed == {"water_safe": {0: cell(3, "G")}}


def test_a_blank_is_filled_by_the_rows_that_say_it_and_points_there() -> None:
    read = loaded(
        TOP,
        ["A", "样甲", None, "户主", None, None, None],
        ["A", "样乙", None, "配偶", "3", None, "否"],
        ["A", "样丙", None, "之子", "3", "2996", None],
    )
    household = read.tables["household"]
    assert [column(household, name) for name in ("household_size", "income_per_capita", "water_safe")] == [[3], [2996], [False]]
    places = [household.address(0, name) for name in ("household_size", "income_per_capita", "water_safe", "household_id")]
    assert places == [cell(3, "E"), cell(4, "F"), cell(3, "G"), cell(2, "A")]


def test_a_value_that_no_row_says_is_blank_not_unreadable() -> None:
    read = loaded(TOP, ["A", "样甲", None, "户主", "1", None, "是"], ["B", "样乙", None, "户主", "1", "1", "是"])
    household = read.tables["household"]
    assert column(household, "income_per_capita") == [None, 1]
    assert bad(household, "income_per_capita") == [False, False]
    assert household.address(0, "income_per_capita") == cell(2, "F")


def test_a_cell_unreadable_in_one_row_leaves_the_value_unknown_whatever_the_other_rows_say() -> None:
    read = loaded(
        TOP,
        ["A", "样甲", None, "户主", "2", "3,20O", "是"],
        ["A", "样乙", None, "配偶", "2", "3200", "是"],
    )
    household = read.tables["household"]
    assert column(household, "income_per_capita") == [None]
    assert bad(household, "income_per_capita") == [True]
    assert household.address(0, "income_per_capita") == cell(2, "F")
    assert [p.where for p in told(read, "number-unreadable")] == [cell(2, "F")]


def test_a_cell_that_no_other_row_reads_leaves_the_value_unreadable() -> None:
    read = loaded(TOP, ["A", "样甲", None, "户主", "2", "3,20O", "是"], ["A", "样乙", None, "配偶", "2", None, "是"])
    household = read.tables["household"]
    assert column(household, "income_per_capita") == [None]
    assert bad(household, "income_per_capita") == [True]
    assert household.address(0, "income_per_capita") == cell(2, "F")


def test_an_unreadable_value_is_looked_for_in_the_cell_that_is_unreadable() -> None:
    read = loaded(TOP, ["A", "样甲", None, "户主", "2", None, "是"], ["A", "样乙", None, "配偶", "2", "3,20O", "是"])
    household = read.tables["household"]
    assert bad(household, "income_per_capita") == [True]
    assert household.address(0, "income_per_capita") == cell(3, "F")


def test_the_heads_name_and_number_come_from_the_row_of_the_head() -> None:
    number = "349900199001010012"
    read = loaded(
        TOP,
        ["A", "样乙", "349900199001010020", "配偶", "2", None, None],
        ["A", "样甲", number, "户主", "2", None, None],
    )
    household = read.tables["household"]
    assert column(household, "head_name") == ["样甲"]
    assert column(household, "head_id_number") == [number]
    assert household.address(0, "head_name") == cell(3, "B")
    assert household.address(0, "head_id_number") == cell(3, "C")
    assert household.address(0) == cell(2, "A")


def test_without_a_row_of_the_head_nobody_is_made_one() -> None:
    read = loaded(TOP, ["A", "样乙", None, "配偶", "2", None, None], ["B", "样甲", None, "户主", "1", None, None])
    assert column(read.tables["household"], "head_name") == [None, "样甲"]


def test_a_heads_number_that_cannot_be_read_is_unreadable_for_the_household_too() -> None:
    read = loaded(TOP, ["A", "样甲", "3499", "户主", "1", None, None])
    assert column(read.tables["household"], "head_id_number") == [None]
    assert bad(read.tables["household"], "head_id_number") == [True]
    assert len(told(read, "id-malformed")) == 1


def test_a_household_in_two_years_is_two_households() -> None:
    top = [*TOP, "年度"]
    read = loaded(
        top,
        ["A", "样甲", None, "户主", "2", "2000", "否", "2017"],
        ["A", "样甲", None, "户主", "2", "3000", "是", "2018"],
        ["A", "样乙", None, "配偶", "2", "2000", "否", "2017"],
        ["A", "样乙", None, "配偶", "2", "3000", "是", "2018"],
    )
    household, person = read.tables["household"], read.tables["person"]
    assert column(household, "year") == [2017, 2018]
    assert column(household, "income_per_capita") == [2000, 3000]
    assert column(person, "year") == [2017, 2018, 2017, 2018]
    assert told(read, "sources-disagree", "household-doubled") == []
    assert [household.address(at, "income_per_capita") for at in (0, 1)] == [cell(2, "F"), cell(3, "F")]


@pytest.mark.parametrize("year", [None, "18年"])
def test_a_member_without_a_year_among_several_years_belongs_to_none(year: str | None) -> None:
    read = loaded(
        [*TOP, "年度"],
        ["A", "样甲", None, "户主", "1", "2000", "否", "2017"],
        ["A", "样甲", None, "户主", "1", "3000", "是", "2018"],
        ["A", "样乙", None, "配偶", "1", "3000", "是", year],
    )
    assert [(p.where, p.severity) for p in told(read, "member-without-year")] == [(cell(4, "H"), "error")]
    assert read.inputs[0].rows.quarantined == 1
    assert column(read.tables["person"], "_row") == [2, 3]
    assert column(read.tables["household"], "year") == [2017, 2018]


def test_in_a_sheet_of_one_year_a_blank_year_is_that_of_the_household() -> None:
    read = loaded(
        [*TOP, "年度"],
        ["A", "样甲", None, "户主", "2", None, None, None],
        ["A", "样乙", None, "配偶", "2", None, None, "2018"],
    )
    assert column(read.tables["household"], "year") == [2018]
    assert read.tables["household"].address(0, "year") == cell(3, "H")
    assert read.inputs[0].rows.quarantined == 0


def test_a_member_without_a_household_number_is_quarantined_and_the_row_is_counted() -> None:
    read = loaded(TOP, ["A", "样甲", None, "户主", "1", "1", "是"], [None, "样乙", None, "配偶", "1", "2", "否"])
    [problem] = told(read, "member-without-household")
    assert (problem.severity, problem.where) == ("error", cell(3, "A"))
    rows = read.inputs[0].rows
    assert (rows.read, rows.decided, rows.quarantined, rows.skipped) == (2, 1, 1, 0)
    assert column(read.tables["person"], "_row") == [2]
    assert column(read.tables["household"], "income_per_capita") == [1]
    assert read.tables["person"].quarantined == 1


# --- generated exports --------------------------------------------------------------------------------------------------

WIDE = ["年度", "户编号", "姓名", "与户主关系", "人数", "人均纯收入", "饮水安全", "住房等级", "证件号码"]
FIELDS = {"household_size": 4, "income_per_capita": 5, "water_safe": 6, "housing_grade": 7}
READS: Mapping[str, Mapping[str, Any]] = {
    "household_size": {"3": 3, "４": 4, "4人": 4, "0": None, "三": None},
    "income_per_capita": {"2995": Decimal(2995), "2,995.00": Decimal(2995), "2995.01": Decimal("2995.01"), "3,20O": None},
    "water_safe": {"是": True, "√": True, "否": False, "也许": None},
    "housing_grade": {"A": "A", "A级": "A", "D": "D", "Z": None},
}
value = {name: st.one_of(st.none(), st.sampled_from([*reads])) for name, reads in READS.items()}
member = st.tuples(
    st.sampled_from(["2017", "2018"]),
    st.sampled_from(["A", "B", "C", "D", None]),
    st.sampled_from(["样甲", "样乙", None]),
    st.sampled_from(["配偶", "之子", None]),
    value["household_size"],
    value["income_per_capita"],
    value["water_safe"],
    value["housing_grade"],
    st.none(),
)
exports = st.lists(member, min_size=1, max_size=12)


def complete(rows: Sequence[Row]) -> list[Row]:
    """Rows with one household that keeps the sheet an export of two years, whatever else is in it."""
    usual: Row = ["Z", "样子", "户主", "3", "2995", "是", "A", None]
    return [["2017", *usual], ["2018", *usual], *rows]


def at(rows: Sequence[Row], where: Address) -> str | None:
    """The text of a cell of the sheet whose first row is the header."""
    assert re.fullmatch("[A-I]", where.letter), where
    return rows[where.row - 2][ord(where.letter) - ord("A")]


@searching(30)
@given(exports)
def test_every_household_value_is_what_its_rows_agree_on_and_its_address_holds_it(made: list[Row]) -> None:
    rows = complete(made)
    read = loaded(WIDE, *rows)
    table = read.tables["household"]
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row[1] is not None:
            groups[str(row[1]), str(row[0])].append(row)
    keys = list(zip(column(table, "household_id"), map(str, column(table, "year")), strict=True))
    assert keys == list(groups)
    for index, key in enumerate(keys):
        for name, position in FIELDS.items():
            written = [str(row[position]) for row in groups[key] if row[position] is not None]
            good = {READS[name][text] for text in written} - {None}
            found = table.data.column(name)[index].as_py()
            where = table.address(index, name)
            assert list(rows[where.row - 2][:2]) == [key[1], key[0]]
            rival = table.disputed.get(name, {}).get(index)
            damaged = any(READS[name][text] is None for text in written)
            if len(good) == 1 and damaged:
                assert (found, bad(table, name)[index], rival) == (None, True, None)
                assert READS[name][str(at(rows, where))] is None
            elif len(good) == 1:
                assert (found, bad(table, name)[index], rival) == (next(iter(good)), False, None)
                assert READS[name][str(at(rows, where))] == found
            elif good:
                assert (found, bad(table, name)[index]) == (None, True)
                assert rival is not None
                assert READS[name][str(at(rows, where))] != READS[name][str(at(rows, rival))]
            else:
                assert (found, bad(table, name)[index], rival) == (None, bool(written), None)


@searching(20)
@given(exports)
def test_every_member_row_is_a_member_or_quarantined(made: list[Row]) -> None:
    rows = complete(made)
    read = loaded(WIDE, *rows)
    without = [number for number, row in enumerate(rows, 2) if row[1] is None]
    counts = read.inputs[0].rows
    assert (counts.read, counts.quarantined, counts.skipped) == (len(rows), len(without), 0)
    assert column(read.tables["person"], "_row") == [number for number in range(2, len(rows) + 2) if number not in without]
    assert [p.where.row for p in told(read, "member-without-household") if p.where is not None] == without


@searching(20)
@given(exports, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(made: list[Row], rng: random.Random) -> None:
    rows = complete(made)
    shuffled = rng.sample(rows, len(rows))

    def facts(read: Loaded) -> dict[object, object]:
        table = read.tables["household"]
        names = [*FIELDS, "head_name"]
        return {
            (key, year): [(column(table, name)[i], bad(table, name)[i], i in table.disputed.get(name, {})) for name in names]
            for i, (key, year) in enumerate(zip(column(table, "household_id"), column(table, "year"), strict=True))
        }

    assert facts(loaded(WIDE, *rows)) == facts(loaded(WIDE, *shuffled))


def test_a_list_of_heads_without_a_household_size_does_not_say_that_they_live_alone() -> None:
    header = ["户编号", "姓名", "与户主关系", "健康状况", "人均纯收入"]
    rows = [["1", "样甲", "户主", "健康", "3000"], ["2", "样乙", "户主", "残疾", "4000"]]

    def load(*more: tuple[list[str], list[str]]) -> tuple[bool, list[str]]:
        top, extra = (header, [""] * len(rows)) if not more else ([*header, *more[0][0]], more[0][1])
        grid = Grid("表")
        for number, row in enumerate([top, *([*row, value] for row, value in zip(rows, extra, strict=True))], 1):
            grid.add_row(number, {at: (text, int(Kind.TEXT)) for at, text in enumerate(row) if text})
        loaded = load_tables([SourceFile("名册.xlsx", "0" * 64, "xlsx", "", [grid.sheet()])])
        return loaded.tables["person"].partial, [problem.code for problem in loaded.problems if problem.severity == "warning"]

    assert load() == (True, ["members-heads-only"])
    assert load((["人数"], ["1", "3"])) == (False, [])
    assert load((["行政村"], ["样村", "样村"])) == (True, ["members-heads-only"])
