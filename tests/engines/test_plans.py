"""A plan that is kept answers for the rows of the moment, and is kept only while it is worth it."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pyarrow as pa
import pytest

from fupin_cli.engines import duck, plans
from fupin_cli.errors import InputRefused

#: What the shipped queries are made of: steps that build on each other, rows of other tables, windows.
_QUERY = (
    "WITH base AS (SELECT s._i, s.name, s.money FROM subject AS s), "
    "folded AS (SELECT b._i, COUNT(*) AS n, SUM(r.money) AS total FROM base AS b JOIN rows AS r ON b.name = r.name GROUP BY b._i), "
    "joined AS (SELECT b.*, f.n, f.total FROM base AS b LEFT JOIN folded AS f ON f._i = b._i) "
    "SELECT _i, n, money > total AS more, COUNT(*) OVER (PARTITION BY name) AS namesakes FROM joined ORDER BY _i"
)
_MONEY = pa.decimal128(18, 6)


def _table(rows: list[tuple[str | None, str | None]]) -> pa.Table:
    names, money = [name for name, _ in rows], [Decimal(text) if text else None for _, text in rows]
    return pa.table(
        {"_i": pa.array(range(len(rows)), pa.int64()), "name": pa.array(names, pa.string()), "money": pa.array(money, _MONEY)}
    )


_WORLDS = [
    (_table([("a", "3"), ("b", "1")]), _table([("a", "1"), ("a", "1.5"), ("b", "2")])),
    (_table([("b", None)]), _table([])),
    (_table([]), _table([("a", "1")])),
    (_table([("x", "7"), ("x", "8"), (None, "9")]), _table([("x", "7.5"), (None, "1")])),
    (_table([(f"n{order}", str(order)) for order in range(200)]), _table([(f"n{order}", "5") for order in range(200)])),
]


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> plans.Plans:
    mine = plans.Plans()
    monkeypatch.setattr(duck, "_plans", mine)
    return mine


def _expected(subject: pa.Table, rows: pa.Table) -> list[dict[str, object]]:
    found = []
    names = subject.column("name").to_pylist()
    for one in subject.to_pylist():
        mine = [row["money"] for row in rows.to_pylist() if one["name"] is not None and row["name"] == one["name"]]
        known = mine and one["money"] is not None
        found.append(
            {"_i": one["_i"], "n": len(mine) or None, "more": one["money"] > sum(mine) if known else None}
            | {"namesakes": names.count(one["name"])}
        )
    return found


def test_each_time_the_answer_is_of_the_rows_of_that_time(kept: plans.Plans) -> None:
    for subject, rows in [*_WORLDS, *reversed(_WORLDS)]:
        assert duck.run(_QUERY, {"subject": subject, "rows": rows}).to_pylist() == _expected(subject, rows)
    assert len(kept._idle) == 1


def test_a_plan_is_for_tables_of_these_names_columns_and_types_alone(kept: plans.Plans) -> None:
    for values in ([1, 2], ["x", "y"], [True, None]):
        for _ in range(3):
            table = pa.table({"a": values})
            assert duck.run("SELECT * FROM t", {"t": table}).equals(table)
            wider = pa.table({"b": values, "a": values})
            assert duck.run("SELECT * FROM t", {"t": wider}).column_names == ["b", "a"]
    assert len(kept._idle) == 6


def test_what_is_asked_once_is_not_kept(kept: plans.Plans) -> None:
    duck.run("SELECT 1 AS one", {})
    assert not kept._idle
    duck.run("SELECT 1 AS one", {})
    assert len(kept._idle) == 1


def test_a_plan_is_kept_at_once_where_its_query_is_expected_again(kept: plans.Plans) -> None:
    duck.expect_again()
    for subject, rows in _WORLDS:
        assert duck.run(_QUERY, {"subject": subject, "rows": rows}).to_pylist() == _expected(subject, rows)
        assert len(kept._idle) == 1


def test_a_plan_with_which_something_went_wrong_is_given_up(kept: plans.Plans) -> None:
    query = "SELECT a + 1 AS b FROM t"
    fine, over = pa.table({"a": pa.array([1], pa.int64())}), pa.table({"a": pa.array([2**63 - 1], pa.int64())})
    for _ in range(2):
        duck.run(query, {"t": fine})
    with pytest.raises(InputRefused, match="arithmetic-overflow"):
        duck.run(query, {"t": over})
    assert not kept._idle
    assert duck.run(query, {"t": fine}).to_pylist() == [{"b": 2}]


def test_plans_make_room_for_those_used_later(kept: plans.Plans, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = (f"SELECT {number} AS n" for number in (1, 2, 3))
    monkeypatch.setattr(plans, "_KEPT", len(first) + len(second))
    for query in (first, first, second, second, first, third, third):
        duck.run(query, {})
    assert [query for query, _ in kept._idle] == [first, third]


def test_what_two_threads_ask_at_the_same_time_does_not_mix(kept: plans.Plans) -> None:
    def one(number: int) -> list[int]:
        return duck.run("SELECT a FROM t", {"t": pa.table({"a": [number] * 50})}).column("a").to_pylist()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(80))) == [[number] * 50 for number in range(80)]
    assert len(kept._idle) == 1
