"""Counts over rosters, against an oracle that asks of each row in plain Python whether it is meant."""

import random
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest

from fupin_cli.model.reconciled import Reconciled
from fupin_cli.model.tables import Table

Compare = Callable[..., list[Reconciled]]
Row = Mapping[str, Any]
Ends = tuple[Fraction | None, Fraction | None]

HOUSEHOLDS = [
    {
        "household_id": "1",
        "year": 2018,
        "household_size": 3,
        "poverty_status": "已脱贫",
        "exit_year": 2016,
        "wage_income": Decimal(5000),
    },
    {
        "household_id": "2",
        "year": 2018,
        "household_size": 4,
        "poverty_status": "已脱贫",
        "exit_year": 2017,
        "wage_income": Decimal("0.5"),
    },
    {
        "household_id": "3",
        "year": 2018,
        "household_size": 2,
        "poverty_status": "未脱贫",
        "exit_year": None,
        "wage_income": Decimal(1),
    },
    {"household_id": "4", "year": 2018, "household_size": None, "poverty_status": None, "exit_year": None, "wage_income": None},
]


def ends(row: Reconciled) -> Ends:
    [one] = row.compared
    return one.low, one.high


# --- what counts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "unit", "low", "high"),
    [
        ("户数()", "户", 4, 4),
        ("户数(脱贫属性='已脱贫')", "户", 2, 3),
        ("户数（脱贫属性＝“已脱贫” 或 脱贫属性＝未脱贫）", "户", 3, 4),
        ("户数(脱贫属性=已脱贫 且 脱贫年度≥2017)", "户", 1, 2),
        ("户数(非 脱贫属性=已脱贫)", "户", 1, 2),
        ("人数(脱贫属性=已脱贫)", "人", 7, None),
        ("人数()", "人", 9, None),
        ("人数(脱贫属性=未脱贫 或 家庭人口数=4)", "人", 6, None),
        ("合计(工资性收入)", "元", Fraction(10003, 2), None),
        ("合计(工资性收入,脱贫属性=未脱贫)", "元", 1, None),
        ("合计(工资性收入*2+1, 年度=2018 AND 脱贫属性=未脱贫)", None, None, None),
        ("合计(-工资性收入)", None, None, None),
        ("户数(脱贫属性=已脱贫)/户数()", "%", 50, 75),
    ],
)
def test_a_count_reaches_from_what_is_sure_to_what_may_be(
    compare: Compare, parts: str, unit: str | None, low: Fraction | None, high: Fraction | None
) -> None:
    [row] = compare(("0", "约", parts, unit), household=HOUSEHOLDS)
    assert row.fault is None or unit is None
    if unit is not None:
        assert ends(row) == (low, high)


@pytest.mark.parametrize(
    ("declared", "sign", "agreement"),
    [
        ("1", "=", "differs"), ("2", "=", "undetermined"), ("3", "=", "undetermined"), ("4", "=", "differs"),
        ("3", ">=", "agrees"), ("2", ">=", "undetermined"), ("1", ">=", "differs"),
        ("2", "<=", "agrees"), ("3", "<=", "undetermined"), ("4", "<=", "differs"),
    ],
)  # fmt: skip
def test_an_unknown_is_never_equal_and_what_is_sure_is_decided(
    compare: Compare, declared: str, sign: str, agreement: str
) -> None:
    # Two for certain, a third perhaps.
    [row] = compare((declared, sign, "户数(脱贫属性=已脱贫)", "户"), household=HOUSEHOLDS)
    assert row.agreement == agreement
    if agreement == "undetermined":
        [gap] = row.gaps
        assert (gap.reason, gap.table, gap.name, [str(cell) for cell in gap.cells]) == (
            "blank", "household", "poverty_status", ["household!D5"],
        )  # fmt: skip


def three_valued(wanted: object, value: object) -> bool | None:
    return None if value is None else value == wanted


def oracle(rows: Sequence[Row], field: str, wanted: object, weight: str | None) -> Ends:
    """Lower and upper end of a count or sum, by hand."""
    low, high = Fraction(0), Fraction(0)
    endless = False
    for row in rows:
        meant = three_valued(wanted, row[field])
        value = 1 if weight is None else row[weight]
        if meant is False:
            continue
        if value is None:
            endless = True
            continue
        low += Fraction(value) if meant else 0
        high += Fraction(value)
    return low, None if endless else high


def test_random_rosters_agree_with_an_oracle(compare: Compare) -> None:
    rng = random.Random(7)
    for _ in range(6):
        rows = [
            {
                "household_id": str(order), "year": 2018, "exit_year": rng.choice([2016, 2017, None]),
                "household_size": rng.choice([1, 2, 3, 3, 4] + [None] * (rng.random() < 0.05)),
                "main_cause": rng.choice(["因病", "因学", "因残"] + [None] * (rng.random() < 0.2)),
                "wage_income": rng.choice([Decimal("0.01"), Decimal("12345.678901"), Decimal(3)] + [None] * (rng.random() < 0.03)),
            }
            for order in range(40)
        ]  # fmt: skip
        found = compare(
            *(("0", "约", f"户数(脱贫年度={year})", "户") for year in (2016, 2017)),
            *(("0", "约", f"人数(主要致贫原因={cause})", "人") for cause in ("因病", "因学")),
            *(("0", "约", f"合计(工资性收入,主要致贫原因={cause})", "元") for cause in ("因病", "因残")),
            household=rows,
        )
        wanted = [oracle(rows, "exit_year", year, None) for year in (2016, 2017)]
        wanted += [oracle(rows, "main_cause", cause, "household_size") for cause in ("因病", "因学")]
        wanted += [oracle(rows, "main_cause", cause, "wage_income") for cause in ("因病", "因残")]
        assert [ends(row) for row in found] == wanted


# --- persons --------------------------------------------------------------------------------------------------------------

PERSONS = [
    {"person_id": "11", "household_id": "1", "year": 2018, "health": "健康"},
    {"person_id": "12", "household_id": "1", "year": 2018, "health": "残疾"},
    {"person_id": "13", "household_id": "1", "year": 2018, "health": None},
    {"person_id": "21", "household_id": "2", "year": 2018, "health": "残疾"},
]


def test_persons_are_counted_by_their_own_fields_and_by_their_households(compare: Compare) -> None:
    sized = [row | {"household_size": size} for row, size in zip(HOUSEHOLDS[:2], (3, None), strict=True)]
    found = compare(
        ("0", "约", "人数(健康状况=残疾)", "人"),
        ("0", "约", "人数(健康状况=残疾 且 脱贫年度=2017)", "人"),
        ("0", "约", "人数(脱贫年度=2017)", "人"),
        household=sized,
        person=PERSONS,
    )
    # The third person may be disabled; nobody of 2017 may. The second household's size is the number of its rows.
    assert [ends(row) for row in found] == [(2, 3), (1, 1), (1, 1)]


def test_a_size_that_is_not_the_number_of_rows_is_unknown(compare: Compare) -> None:
    [row] = compare(("4", "=", "人数()", "人"), household=HOUSEHOLDS[:2], person=PERSONS)
    assert (row.agreement, ends(row)) == ("undetermined", (3, None))
    [gap] = row.gaps
    assert (gap.reason, gap.name, [str(cell) for cell in gap.cells]) == ("conflict", "household_size", ["household!C3"])


# --- what is not there ----------------------------------------------------------------------------------------------------


def test_a_table_or_column_that_nobody_gave_leaves_it_open(compare: Compare) -> None:
    rows = compare(("1", "=", "户数()", "户"), ("1", "=", "村数(贫困村)", "村"), household=[{"household_id": "1"}])
    assert [row.agreement for row in rows] == ["agrees", "undetermined"]
    assert [(gap.reason, gap.table) for gap in rows[1].gaps] == [("table", "village")]
    [row] = compare(("1", "=", "户数(脱贫年度=2016)", "户"), household=[{"household_id": "1"}])
    assert (row.agreement, ends(row)) == ("undetermined", (0, 1))
    assert [(gap.reason, gap.name) for gap in row.gaps] == [("absent", "exit_year")]


def test_rows_without_a_subject_may_be_meant(compare: Compare, table: Callable[..., Table]) -> None:
    given = table("household", HOUSEHOLDS, quarantined=2)
    rows = compare(("5", "=", "户数()", "户"), ("7", "=", "户数()", "户"), household=given)
    assert [(row.agreement, ends(row)) for row in rows] == [("undetermined", (4, 6)), ("differs", (4, 6))]
    assert rows[0].gaps[-1].count == 2


def test_an_unreadable_cell_is_unknown_and_named(compare: Compare, table: Callable[..., Table]) -> None:
    given = table("household", HOUSEHOLDS, unreadable={"exit_year": pa.array([False, False, True, False])})
    [row] = compare(("1", "=", "户数(脱贫年度=2016)", "户"), household=given)
    [gap] = row.gaps
    assert (row.agreement, gap.reason) == ("undetermined", "unreadable")


@pytest.mark.parametrize(("sign", "declared"), [("约", "10"), ("=", "10"), ("=", "10.6"), (">=", "10"), ("<=", "11")])
def test_an_unreadable_tolerance_may_be_any(compare: Compare, table: Callable[..., Table], sign: str, declared: str) -> None:
    """Read as blank it was none: a figure within the 5 % that somebody meant was told to differ."""
    row = {"item": "样", "declared": declared, "comparison": sign, "parts": "10.6", "unit": "户", "tolerance": None}
    [found] = compare(reconcile=table("reconcile", [row], unreadable={"tolerance": pa.array([True])}))
    assert (found.agreement, [one.agreement for one in found.compared]) == ("undetermined", ["undetermined"])
    assert [(gap.reason, gap.name) for gap in found.gaps] == [("unreadable", "tolerance")]


def test_a_roster_of_several_years_is_not_counted_twice(compare: Compare) -> None:
    years = [*HOUSEHOLDS, *(row | {"year": 2019} for row in HOUSEHOLDS)]
    rows = compare(("4", "=", "1+户数()", "户"), ("4", "=", "户数(年度=2019)", "户"), household=years)
    assert rows[0].fault is not None
    assert (rows[0].fault.code, rows[0].fault.position) == ("roster-several-years", 3)
    assert rows[1].agreement == "agrees"


@pytest.mark.parametrize(
    ("parts", "code", "position"),
    [
        ("户数(脱贫年渡=2016)", "expression-name-unknown", 4),
        ("3户+户数(脱贫属性=脱平)", "expression-name-unknown", 12),
        ("户数(脱贫属性='脱平')", "expression-code-unknown", 9),
        ("户数(脱贫年度/2=1008)", "expression-not-allowed", 4),
        ("户数(脱贫年度)", "expression-type", 4),
        ("户数(脱贫年度=2016 且)", "expression-not-sql", 14),
        ("合计(脱贫属性)", "expression-type", 4),
        ("合计()", "formula-arguments", 4),
        ("合计(工资性收入+家庭人口数)", "units-mixed", 1),
        ("合计(工资性收入,脱贫年度=2016,3)", "formula-arguments", 20),
        ("户数((SELECT 1))", "expression-not-allowed", 4),
    ],
)
def test_a_condition_that_means_nothing_is_told_with_its_place(compare: Compare, parts: str, code: str, position: int) -> None:
    [row] = compare(("1", "=", parts, "户"), household=HOUSEHOLDS)
    assert row.fault is not None
    assert row.fault.code == code
    assert abs(row.fault.position - position) <= (1 if code.startswith("expression-not") else 0), row.fault.position
