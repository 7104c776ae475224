"""Data quality of counties and villages: the engine beside a second reading of the list."""

from collections.abc import Mapping, Sequence
from functools import cache

import pytest
from quality_counties import Counties, Villages, a_roster
from quality_oracle import Row, status
from test_data_quality import CHECKS, PACK, table

from fupin_cli.evaluate.run import judge
from fupin_cli.model.view import STATUSES
from fupin_cli.rules.parameters import choose

Readings = Sequence[tuple[Row, Mapping[str, str], str, Mapping[str, str]]]


@cache
def both_readings(seed: int, *, lost: bool) -> Mapping[str, Readings]:
    """Of each table: the rows, what the oracle says of them, the engine's outcome, and what the engine says."""
    counties, villages, households, answers = a_roster(seed, 250, lost=lost)
    rows = {"county": counties, "village": villages, "household": households, "survey": answers}
    tables = {name: table(name, of) for name, of in rows.items()}
    found: dict[str, Readings] = {}
    for subject, oracle in (("county", Counties(counties, villages, households, answers)), ("village", Villages())):
        result = judge(PACK.standards[f"{subject}-quality"], choose(PACK.pack, {}), tables, None, {})
        told = {name: result.data.column(f"status.{name}").to_pylist() for name in result.standard.checks}
        outcomes = result.data.column("outcome").to_pylist()
        found[subject] = [
            (
                row,
                {name: status(*answer) for name, answer in oracle.judge(row).items()},
                outcome,
                {name: STATUSES[codes[index]] for name, codes in told.items()},
            )
            for index, (row, outcome) in enumerate(zip(rows[subject], outcomes, strict=True))
        ]
    return found


ROSTERS = [pytest.param(1, False, id="whole"), pytest.param(2, True, id="rows of no county")]


@pytest.mark.parametrize(("seed", "lost"), ROSTERS)
@pytest.mark.parametrize("subject", ["county", "village"])
def test_the_engine_finds_what_the_list_says_and_nothing_else(subject: str, seed: int, *, lost: bool) -> None:
    for row, expected, outcome, said in both_readings(seed, lost=lost)[subject]:
        assert said == expected, {
            name: (said.get(name), expected[name], row) for name in expected if said.get(name) != expected[name]
        }
        errors = any(expected[name] == "fail" and CHECKS[name][1].severity == "gate" for name in expected)
        assert outcome == ("errors" if errors else "consistent")


def test_the_random_counties_and_villages_try_every_rule_both_ways() -> None:
    shown = {
        (name, told)
        for rows in both_readings(1, lost=False).values()
        for _, expected, _, _ in rows
        for name, told in expected.items()
    }
    rules = [name for name, (standard, _) in CHECKS.items() if standard in ("county-quality", "village-quality")]
    assert {(name, told) for name in rules for told in ("pass", "fail", "unknown")} - shown == set()


def test_a_row_that_may_be_any_countys_leaves_every_sum_open() -> None:
    statuses = [said for _, _, _, said in both_readings(2, lost=True)["county"]]
    for name in ("villages_poor_fit", "villages_people_fit", "poor_villages_fit", "exited_villages_fit", "households_poor_fit"):
        assert {said[name] for said in statuses} == {"unknown", "not_applicable"}
