"""What a formula comes to, against Python's own arithmetic; and how one that means nothing is refused."""

import random
from collections.abc import Callable
from fractions import Fraction

import pytest

from fupin_cli.evaluate.reconcile.formula import MAX_DEPTH, MAX_DIGITS, MAX_LENGTH, MAX_SIGNS
from fupin_cli.model.reconciled import Reconciled

Reconcile = Callable[..., list[Reconciled]]


def only(rows: list[Reconciled]) -> Reconciled:
    [row] = rows
    return row


# --- arithmetic -----------------------------------------------------------------------------------------------------------


def expression(rng: random.Random, depth: int) -> tuple[str, Fraction | None]:
    """A formula and what it comes to; None where something is divided by nothing."""
    if depth == 0 or rng.random() < 0.2:
        text = rng.choice(["0", "1", "7", "12.5", "0.25", "1,200", "3.1", "46", "135"])
        return text, Fraction(text.replace(",", ""))
    if rng.random() < 0.15:
        text, value = expression(rng, depth - 1)
        return f"-({text})", None if value is None else -value
    (left, a), (right, b) = expression(rng, depth - 1), expression(rng, depth - 1)
    sign = rng.choice("+-*/")
    text = f"({left}){sign}({right})" if rng.random() < 0.7 else f"（{left}） {'＋－×÷'['+-*/'.index(sign)]} （{right}）"
    if a is None or b is None or (sign == "/" and b == 0):
        return text, None
    return text, {"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else a}[sign]


def test_a_formula_comes_to_what_fractions_come_to(compare: Reconcile) -> None:
    rng = random.Random(4)
    drawn = [expression(rng, 4) for _ in range(300)]
    rows = compare(*(("0", "=", text) for text, _ in drawn))
    for (text, value), row in zip(drawn, rows, strict=True):
        if value is None:
            assert row.fault is not None, text
            assert row.fault.code == "formula-divided-by-nothing", text
        else:
            [one] = row.compared
            assert (one.exact, one.agreement) == (value, "agrees" if value == 0 else "differs"), text
    assert sum(value is None for _, value in drawn) > 10


def test_products_bind_closer_than_sums_and_chains_go_from_the_left(compare: Reconcile) -> None:
    rows = compare(("1", "=", "2+3*4-20/2/5*6.5+1-1"), ("1", "=", "-2*-3"), ("1", "=", "10-4-3"))
    assert [row.compared[0].exact for row in rows] == [Fraction(1), Fraction(6), Fraction(3)]


def test_a_sum_that_floats_would_miss_is_exact(compare: Reconcile) -> None:
    row = only(compare(("0.3", "=", "0.1+0.2")))
    assert row.agreement == "agrees"


# --- relations ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "sign", "tolerance", "agreement"),
    [
        ("10", "=", None, "agrees"), ("10.01", "=", None, "differs"), ("9.99", "=", None, "differs"),
        ("10", ">=", None, "agrees"), ("9.99", ">=", None, "differs"), ("1000", ">=", None, "agrees"),
        ("10", "<=", None, "agrees"), ("10.01", "<=", None, "differs"), ("-5", "<=", None, "agrees"),
        ("10.5", "=", "0.5", "agrees"), ("10.51", "=", "0.5", "differs"), ("9.5", "约", "0.5", "agrees"), ("9.49", "约", "0.5", "differs"),
        ("9.5", ">=", "0.5", "agrees"), ("9.49", ">=", "0.5", "differs"), ("10.5", "<=", "0.5", "agrees"), ("10.51", "<=", "0.5", "differs"),
        # 约 without a tolerance: half of one of the last digit. Whole parts are exact.
        ("10", "约", None, "agrees"), ("10.4", "约", None, "differs"), ("10.04", "约", None, "differs"), ("10.0", "约", None, "agrees"),
    ],
)  # fmt: skip
def test_a_relation_holds_up_to_its_boundary(
    compare: Reconcile, declared: str, sign: str, tolerance: str | None, agreement: str
) -> None:
    row = only(compare((declared, sign, "4+6", None, tolerance)))
    assert row.agreement == agreement
    assert row.compared[0].difference == Fraction(declared) - 10


def test_about_holds_whenever_figures_were_rounded_from_such_that_agree(compare: Reconcile) -> None:
    rng = random.Random(5)
    figures = []
    for _ in range(200):
        parts = [Fraction(rng.randrange(1, 10**6), 10**4) for _ in range(rng.randrange(1, 6))]
        whole, share = sum(parts), parts[0] / sum(parts)
        written = "+".join(f"{float(part):.2f}" for part in parts)
        figures.append((f"{float(whole):.1f}", "约", written))
        figures.append((f"{float(share * 100):.2f}%", "约", f"{float(parts[0]):.2f}/({written})"))
    # A part may be 0.00 when it is rounded; what it is a share of then never is.
    assert {row.agreement for row in compare(*figures)} == {"agrees"}


def test_about_fails_just_beyond_the_roundings(compare: Reconcile) -> None:
    # 4.45 is at most 4.455 and 11.92 at least 11.915: at most 37.38984... %; 37.40 was at least 37.395.
    rows = compare(("37.39%", "约", "4.45/11.92"), ("37.40%", "约", "4.45/11.92"), ("37.4%", "约", "4.45/11.92"))
    assert [row.agreement for row in rows] == ["agrees", "differs", "agrees"]
    assert rows[0].compared[0].rounded_high == Fraction(4455, 119150) * 1000


# --- units ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "parts", "unit", "exact"),
    [
        ("502", "4016000元+100.4万元", "万元", "502"),
        ("5020000", "401.6万元+100.4万元", "元", "5020000"),
        ("1.2", "1.1亿元+1000万元", "亿元", "1.2"),
        ("175", "50户*3.5万元/户", "万元", "175"),
        ("3.5", "175万元/50户", "万元/户", "3.5"),
        ("13", "39万元/3万亩", "元/亩", "13"),
        ("30", "1200/4000", "%", "30"),
        ("30%", "1200/4000", None, "30"),
        ("30%", "1200/4000*100%", None, "30"),
        ("0.3", "1200/4000", None, "3/10"),
        ("1.5", "3/2", "万元", "3/2"),
        ("50", "20%+30%", "%", "50"),
        ("50", "20+30", "%", "50"),
        ("25", "5/4-1", "%", "25"),
        ("3", "1+{项0}", "户", "3"),
        ("28户79人", "8户22人+20户57人", None, "28"),
        ("60户", "3*20户", None, "60"),
        ("55万", "5万*11", "元", "550000"),
        ("8户", "8", None, "8"),
        ("8", "8户", "户", "8"),
    ],
)
def test_units_that_fit(compare: Reconcile, declared: str, parts: str, unit: str | None, exact: str) -> None:
    *_, row = compare((declared, "=", parts.replace("项0", "项2"), unit), ("2", "=", "2", "户"))[:1]
    assert row.fault is None
    assert row.compared[0].exact == Fraction(exact)
    assert row.agreement == "agrees"


@pytest.mark.parametrize(
    ("declared", "parts", "unit", "position", "mixed"),
    [
        ("28", "8户+22人", "户", 3, {"户", "人"}),
        ("28", "8户22人+3户", "户、人", 6, {"户、人", "户"}),
        ("5", "30484人次-3人", "人次", 8, {"人次", "人"}),
        ("5", "8人", "户", 1, {"户", "人"}),
        ("5", "8人", None, 1, {"", "人"}),
        ("8户", "8人", "户", 1, {"户", "人"}),
        ("5", "502/251人", "万元/人", 4, {"", "人"}),
        ("5", "55万/11", "万元", 1, {"万", "万元"}),
        ("5", "3户2人*2户", None, 5, {"户、人", "户"}),
        ("37%", "4.45万人/11.92万元", None, 7, {"%", "人/元"}),
    ],
)
def test_units_that_do_not_fit_are_told_with_the_place(
    compare: Reconcile, declared: str, parts: str, unit: str | None, position: int, mixed: set[str]
) -> None:
    row = only(compare((declared, "=", parts, unit)))
    assert row.agreement == "invalid"
    assert row.fault is not None
    assert (row.fault.code, row.fault.position, str(row.fault.where)) == ("units-mixed", position, "reconcile!D2")
    assert set(row.fault.facts.values()) == mixed


def test_a_unit_that_nobody_knows_is_told_in_its_own_cell(compare: Reconcile) -> None:
    row = only(compare(("5", "=", "5", "打")))
    assert row.fault is not None
    assert (row.fault.code, str(row.fault.where)) == ("unit-unknown", "reconcile!E2")


# --- what means nothing ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "code", "position"),
    [
        ("8+", "formula-number-expected", 3), ("8++3", "formula-number-expected", 3), ("*3", "formula-number-expected", 1),
        ("8 3", "formula-sign-expected", 3), ("8,13", "formula-sign-expected", 2), ("8)", "formula-sign-expected", 2), ("8户9户", "formula-sign-expected", 3),
        ("(8+3", "formula-bracket-open", 5), ("{甲", "formula-bracket-open", 1), ("户数(年度=1", "formula-bracket-open", 4),
        ("08", "formula-number", 1), ("1.2.3", "formula-number", 1), ("1+" + "9" * (MAX_DIGITS + 1), "formula-number", 3),
        ("产业资金+3", "formula-function-unknown", 1), ("户数+3", "formula-call-expected", 3),
        ("1/0", "formula-divided-by-nothing", 2), ("1/(2-2)", "formula-divided-by-nothing", 2),
        ("1+{没有}", "item-unknown", 3), ("1;2", "figures-differ-in-number", 1),
        ("+".join("1" * (MAX_SIGNS + 2)), "formula-too-many", 2 * MAX_SIGNS + 2), ("1" * (MAX_LENGTH + 1), "formula-too-long", 1),
        ("(" * (MAX_DEPTH + 1) + "1", "formula-too-deep", MAX_DEPTH + 1), ("-" * 100 + "1", "formula-too-deep", MAX_DEPTH + 1),
        ("__import__('os')", "formula-function-unknown", 1), ("1;DROP TABLE household", "formula-function-unknown", 3),
    ],
)  # fmt: skip
def test_what_means_nothing_is_told_with_its_place(compare: Reconcile, parts: str, code: str, position: int) -> None:
    row = only(compare(("5", "=", parts)))
    assert row.agreement == "invalid"
    assert row.fault is not None
    assert (row.fault.code, row.fault.position, str(row.fault.where)) == (code, position, "reconcile!D2")


def test_a_declared_figure_is_a_number(compare: Reconcile) -> None:
    rows = compare(("8+3", "=", "11"), ("近12万", "=", "12"), ("{项1}", "=", "1"))
    assert [(row.fault.code, str(row.fault.where)) for row in rows if row.fault is not None] == [
        ("declared-not-number", "reconcile!B2"),
        ("formula-function-unknown", "reconcile!B3"),
        ("declared-not-number", "reconcile!B4"),
    ]


# --- other rows, and nothing there ----------------------------------------------------------------------------------------


def test_a_figure_may_be_that_of_another_row(compare: Reconcile) -> None:
    rows = compare(("150", "=", "50*3", "万元"), ("150万元", "=", "{ 项１ }"), ("300", "=", "{项1}+{项2}", "万元"))
    assert [row.agreement for row in rows] == ["agrees", "agrees", "agrees"]


def test_a_row_without_a_figure_leaves_those_open_that_name_it(compare: Reconcile) -> None:
    rows = compare((None, "=", "1"), ("5", "=", "{项1}+5"), ("5", None, "5"), ("5", "=", None))
    assert [row.agreement for row in rows] == ["undetermined"] * 4
    cells = [[str(cell) for gap in row.gaps for cell in gap.cells] for row in rows]
    assert cells == [["reconcile!B2"], ["reconcile!B2"], ["reconcile!C4"], ["reconcile!D5"]]


def test_a_series_is_compared_one_by_one(compare: Reconcile) -> None:
    row = only(compare(("8户22人;13户27人", "=", "8户22人；10户20人+3户8人")))
    assert [(one.place, one.unit, one.difference) for one in row.compared] == [
        (0, "户", 0),
        (0, "人", 0),
        (1, "户", 0),
        (1, "人", -1),
    ]
    assert row.agreement == "differs"


PIECES = [
    *"0123456789.+-*/()（）{}%;,'“”×÷ =<>²\t", "户", "人", "万", "万元", "/人", "户数(", "人数(", "合计(", "脱贫年度", "脱贫属性", "已脱贫", "且", "非", "是",
    "工资性收入", "{项1}", "户数()", "8户22人", "12.5万元", "AND", "NULL", "SELECT", "１", "٣", "--", "/*", "(" * 30, "-" * 30, "BETWEEN", "IN", "CASE", "''",
]  # fmt: skip


def test_whatever_is_written_comes_to_an_end_that_is_told(compare: Reconcile) -> None:
    rng = random.Random(6)
    household = [{"household_id": "1", "year": 2018, "poverty_status": None, "exit_year": 2016}]
    for _ in range(20):
        texts = ["".join(rng.choice(PIECES) for _ in range(rng.randrange(1, 12))) for _ in range(25)]
        figures = [
            (rng.choice(["1", "8户22人", "5%", text]), rng.choice(["=", "约"]), text, rng.choice([None, "户", "%", text]))
            for text in texts
        ]
        for row in compare(*figures, household=household):
            assert (row.agreement == "invalid") == (row.fault is not None)
            assert (row.agreement == "undetermined") == bool(row.gaps)
            assert bool(row.compared) or row.agreement in ("invalid", "undetermined")
