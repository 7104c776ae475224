"""What a condition asks to come first."""

import pytest

from fupin_cli.rules.ordered import ordered


@pytest.mark.parametrize(
    ("condition", "pairs"),
    [
        ("a <= b", [("a", "b")]),
        ("a < b", [("a", "b")]),
        ("b >= a AND (c > b)", [("a", "b"), ("b", "c")]),
        ("(a <= c AND b <= c) AND a <= b", [("a", "c"), ("b", "c"), ("a", "b")]),
        ("NOT a <= b", []),
        ("a <= b OR b <= a", []),
        ("a <= b AND (b <= c OR c IS NULL)", [("a", "b")]),
        ("a <= 20200101 AND days_between(a, b) >= $days AND a + 1 <= b", []),
        ("a = b", []),
        ("agrees", []),
    ],
)
def test_pairs_are_those_that_surely_hold(condition: str, pairs: list[tuple[str, str]]) -> None:
    assert [*ordered(condition)] == pairs
