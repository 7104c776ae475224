"""Facts about some of the rows only, rows found by two expressions, dates by min and max, and lists as parameters."""

import random
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import oracle as o
import pytest
from building import CITE, TITLE, check, pack, records, table

from fupin_cli.errors import UsageRefused
from fupin_cli.evaluate.run import judge
from fupin_cli.model.result import StandardResult
from fupin_cli.rules.parameters import Parameters, choose

Bool = bool | None


def fact(**said: Any) -> dict[str, Any]:
    return {"title": TITLE, **said}


def standard(facts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A standard that shows its facts and decides by one of them."""
    rows = [{"outcome": "good", "default": "true"}]
    outcomes = {"good": {"title": TITLE, "meets": "true"}}
    return {"standard": "tested", "title": TITLE, "subject": "household", "facts": facts,
            "checks": {"plan": check("annual_plan", severity="finding")}, "outcomes": outcomes, "decide": rows} | more  # fmt: skip


def judged(
    folder: Path,
    said: dict[str, Any],
    tables: dict[str, list[o.Record]],
    parameters: dict[str, Any] | None = None,
    **settings: str,
) -> StandardResult:
    loaded = pack(folder, said, parameters)
    rows = {name: table(name, some) for name, some in tables.items()}
    return judge(loaded.standards["tested"], choose(loaded.pack, settings), rows, None, {})


# --- where, with three values -------------------------------------------------------------------------------------------


def both(one: Bool, other: Bool) -> Bool:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def of_some(values: Sequence[Bool]) -> Bool:
    """Whether any holds: one that does settles it, one that nobody knows leaves it open."""
    if True in values:
        return True
    return None if None in values else False


def flipped(value: Bool) -> Bool:
    return None if value is None else not value


Row = tuple[Bool, Bool, Decimal | None, date | None]


def folded(rows: Sequence[Row], place: int, over: Callable[[list[Any]], Any]) -> Any:
    """A fold over the values of the rows that are meant; unknown where one may be meant whose value may matter."""
    found = []
    for row in rows:
        if row[0] is False:
            continue
        if row[0] is None or row[place] is None:
            return None
        found.append(row[place])
    return over(found)


ORACLE: dict[str, tuple[dict[str, str], Callable[[Sequence[Row]], Any]]] = {
    "some": ({"any": "entitled"}, lambda rows: of_some([both(row[0], row[1]) for row in rows])),
    "each": ({"all": "entitled"}, lambda rows: flipped(of_some([both(row[0], flipped(row[1])) for row in rows]))),
    "nobody": ({"none": "entitled"}, lambda rows: flipped(of_some([both(row[0], row[1]) for row in rows]))),
    "how_many": (
        {"count": "entitled"},
        lambda rows: None if None in [both(row[0], row[1]) for row in rows] else sum(bool(row[0] and row[1]) for row in rows),
    ),
    "rows_meant": ({"count": "TRUE"}, lambda rows: None if None in [row[0] for row in rows] else sum(bool(r[0]) for r in rows)),
    "total": ({"sum": "amount"}, lambda rows: folded(rows, 2, sum)),
    "least": ({"min": "amount"}, lambda rows: folded(rows, 2, lambda found: min(found, default=None))),
    "latest": ({"max": "delivered_date"}, lambda rows: folded(rows, 3, lambda found: max(found, default=None))),
    "first": ({"min": "delivered_date"}, lambda rows: folded(rows, 3, lambda found: min(found, default=None))),
    # Of conditions: whether any, whether every one of those that are meant; without one, nobody knows.
    "any_said": ({"max": "entitled"}, lambda rows: folded(rows, 1, lambda found: max(found, default=None))),
    "all_said": ({"min": "entitled"}, lambda rows: folded(rows, 1, lambda found: min(found, default=None))),
    # At least so many; without a known one nobody knows.
    "kinds": ({"distinct": "amount"}, lambda rows: len({r[2] for r in rows if r[0] and r[2] is not None}) or None),
}


def test_where_is_what_kleene_makes_of_it(tmp_path: Path) -> None:
    rng = random.Random(4)
    days = [date(2018, 3, 1), date(2018, 3, 2), date(2018, 12, 31)]
    homes: list[list[Row]] = [
        [
            (
                rng.choice([True, False, None]),
                rng.choice([True, False, None]),
                rng.choice([Decimal(0), Decimal(100), Decimal("100.5"), None]),
                rng.choice([*days, None]),
            )
            for _ in range(rng.choice([0, 1, 1, 2, 2, 3]))
        ]
        for _ in range(600)
    ]
    support = [
        {
            "household_id": f"H{i}",
            "year": 2018,
            "delivered": row[0],
            "entitled": row[1],
            "amount": row[2],
            "delivered_date": row[3],
        }
        for i, rows in enumerate(homes)
        for row in rows
    ]
    facts = {name: fact(over="support", by="household", where="delivered", **said) for name, (said, _) in ORACLE.items()}
    households = [{"household_id": f"H{i}", "year": 2018} for i in range(len(homes))]
    tables = {"household": records(households), "support": records(support)}
    told = judged(tmp_path, standard(facts), tables).data
    for name, (_, expected) in ORACLE.items():
        wanted = [expected(rows) for rows in homes]
        assert told.column(f"fact.{name}").to_pylist() == wanted, name
        assert len(set(wanted)) > 2


# --- procedures from a sheet --------------------------------------------------------------------------------------------

STEPS = {"review_date": "民主评议", "verified_date": "核实"}


def procedure() -> dict[str, Any]:
    facts = {
        f"step_{field}": fact(
            over="procedure", by="household", on={"household": "household_id", "procedure": "subject_id"},
            where=f"subject_kind = '户' AND step = '{step}'", max="step_date", fills=field,
        )
        for field, step in STEPS.items()
    }  # fmt: skip
    checks = {"in_order": check("review_date <= verified_date", applies="verified_date IS NOT NULL")}
    rows = [
        {"outcome": "violated", "when": "NOT in_order"},
        {"outcome": "reviewed", "when": "verified_date IS NULL AND review_date IS NOT NULL"},
        {"outcome": "begun", "when": "review_date IS NULL"},
        {"outcome": "complete", "default": "true"},
    ]
    outcomes = {row["outcome"]: {"title": TITLE, "meets": "true"} for row in rows}
    return standard(facts, checks=checks, decide=rows, outcomes=outcomes)


def step(who: str | None, name: str | None, day: object, kind: str | None = "户") -> dict[str, Any]:
    return {"subject_id": who, "step": name, "step_date": day, "subject_kind": kind}


FIRST, SECOND = date(2018, 10, 8), date(2018, 10, 12)


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        ([step("H", "民主评议", FIRST), step("H", "核实", SECOND)], "complete"),
        ([step("H", "民主评议", SECOND), step("H", "核实", FIRST)], "violated"),
        ([step("H", "民主评议", FIRST)], "reviewed"),
        # No row at all: the sheet is there, and the household has done nothing.
        ([step("other", "民主评议", FIRST)], "begun"),
        # A village with the household's number is another subject.
        ([step("H", "民主评议", FIRST, "村")], "begun"),
        # A step without a date, or with one that nobody can read, was taken somehow.
        ([step("H", "民主评议", FIRST), step("H", "核实", None)], "undetermined"),
        ([step("H", "民主评议", FIRST), step("H", "核实", o.BAD)], "undetermined"),
        # A step without a name may be any; a row without a number may be anybody's.
        ([step("H", "民主评议", FIRST), step("H", None, SECOND)], "undetermined"),
        ([step("H", "民主评议", FIRST), step(None, "核实", SECOND)], "undetermined"),
    ],
)
def test_a_procedure_is_read_from_a_sheet_of_steps(tmp_path: Path, steps: list[dict[str, Any]], outcome: str) -> None:
    tables = {"household": records([{"household_id": "H", "year": 2018}]), "procedure": records(steps)}
    assert judged(tmp_path, procedure(), tables).data.column("outcome").to_pylist() == [outcome]


def test_a_sheet_of_steps_without_years_says_nothing_sure_of_a_household_in_two_years(tmp_path: Path) -> None:
    homes = [{"household_id": "H", "year": 2017}, {"household_id": "H", "year": 2018}, {"household_id": "K", "year": 2018}]
    steps = [step(who, name, day) for who in "HK" for name, day in (("民主评议", FIRST), ("核实", SECOND))]
    undated = judged(tmp_path, procedure(), {"household": records(homes), "procedure": records(steps)})
    assert undated.data.column("outcome").to_pylist() == ["undetermined", "undetermined", "complete"]
    dated = judged(
        tmp_path, procedure(), {"household": records(homes), "procedure": records([{**one, "year": 2018} for one in steps])}
    )
    assert dated.data.column("outcome").to_pylist() == ["begun", "complete", "complete"]


def test_a_date_in_the_sheet_and_another_in_the_household_s_row_are_in_conflict(tmp_path: Path) -> None:
    home = {"household_id": "H", "year": 2018, "review_date": date(2018, 10, 1), "verified_date": SECOND}
    steps = [step("H", "民主评议", FIRST)]
    result = judged(tmp_path, procedure(), {"household": records([home]), "procedure": records(steps)})
    (view,) = result.views([0])
    assert view.outcome == "undetermined"
    assert [(item.name, item.reason, len(item.cells)) for item in view.missing] == [("review_date", "conflict", 2)]


def test_a_date_is_shown_with_the_cell_of_its_step(tmp_path: Path) -> None:
    steps = [step("H", "民主评议", SECOND), step("H", "核实", FIRST)]
    tables = {"household": records([{"household_id": "H", "year": 2018}]), "procedure": records(steps)}
    (view,) = judged(tmp_path, procedure(), tables).views([0])
    cells = {name: [str(cell) for cell in places] for name, places in view.checks[0].cells.items()}
    assert view.checks[0].status == "fail"
    assert [cell for name, places in cells.items() if name.startswith("procedure.") for cell in places] != []


# --- lists --------------------------------------------------------------------------------------------------------------

LISTED = {
    "bad_things": {"title": TITLE, "unit": "list", "values": [
        {"from": "2017-01-01", "to": "2017-12-31", "items": ["商品房"], "cite": CITE},
        {"from": "2018-01-01", "items": ["商品房", "小轿车（私家）"], "cite": CITE},
    ]},
    "known": {"title": TITLE, "unit": "list", "value": "required", "cite": CITE},
}  # fmt: skip


def lists(folder: Path, homes: list[dict[str, Any]], **settings: str) -> list[tuple[Bool, Bool]]:
    facts = {
        "bad": fact(value="has_any_item(exclusion_items, $bad_things)"),
        "told": fact(value="only_items(exclusion_items, $known)"),
    }
    rows = [{"outcome": "good", "default": "true"}]
    said = standard(facts, decide=rows)
    result = judged(folder, said, {"household": records(homes, ["exclusion_items"])}, LISTED, **settings)
    return list(zip(*(result.data.column(f"fact.{name}").to_pylist() for name in facts), strict=True))


def test_items_are_found_in_the_list_of_the_year_and_as_a_whole(tmp_path: Path) -> None:
    cells = ["商品房", "小轿车(私家)", "小轿车", "商品房,赌博", "赌博,商品房", "无", "无,赌博", "大商品房", None]
    homes = [
        {"household_id": f"{i}", "year": year, "exclusion_items": cell} for i, cell in enumerate(cells) for year in (2017, 2018)
    ]
    known = {"商品房", "小轿车(私家)", "无", "赌博"}
    wanted: list[tuple[Bool, Bool]] = []
    for cell in cells:
        for year in (2017, 2018):
            items = set(cell.split(",")) if cell is not None else None
            listed = {"商品房"} if year == 2017 else {"商品房", "小轿车(私家)"}
            wanted.append((None, None) if items is None else (bool(items & listed), items <= known))
    assert lists(tmp_path, homes, known="商品房，小轿车（私家）、无, 赌博") == wanted


def test_the_user_s_list_takes_the_place_of_the_pack_s(tmp_path: Path) -> None:
    homes = [{"household_id": f"{i}", "year": 2018, "exclusion_items": cell} for i, cell in enumerate(["商品房", "村干部"])]
    assert [bad for bad, _ in lists(tmp_path, homes, known="商品房", bad_things="村干部")] == [False, True]


def test_a_list_that_the_document_leaves_to_the_user_has_to_be_given(tmp_path: Path) -> None:
    homes = [{"household_id": "H", "year": 2018, "exclusion_items": "商品房"}]
    for settings, code in (({}, "parameter-list-required"), ({"known": "、，"}, "parameter-no-items")):
        with pytest.raises(UsageRefused) as caught:
            lists(tmp_path, homes, **settings)
        assert caught.value.code == code


def test_a_year_without_a_list_leaves_the_question_open(tmp_path: Path) -> None:
    homes = [{"household_id": "H", "year": 2016, "exclusion_items": "商品房"}]
    assert [bad for bad, _ in lists(tmp_path, homes, known="商品房")] == [None]


def test_a_fact_looks_into_lists_row_by_row(tmp_path: Path) -> None:
    said = standard({
        "paid": fact(over="support", by="household", where="has_any_item(measure, $bad_things)", sum="amount"),
    })  # fmt: skip
    rows = [
        {"household_id": "H", "year": 2018, "measure": name, "amount": Decimal(n)} for name, n in (("商品房", 1), ("别的", 2))
    ]
    loaded = pack(tmp_path, said, LISTED)
    tables = {
        "household": table("household", records([{"household_id": "H", "year": 2018}])),
        "support": table("support", records(rows)),
    }
    result = judge(loaded.standards["tested"], Parameters(loaded.pack, {}), tables, None, {})
    assert result.data.column("fact.paid").to_pylist() == [Decimal(1)]
