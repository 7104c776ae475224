"""The pack roster: its list read a second time, over rosters of three years that know who is who."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from made_up import BAD
from three_values import Rule
from yearly_oracle import of_household, of_person, of_totals, value
from yearly_rosters import Rosters, Row

from fupin_cli.evaluate.rosters.years import linked
from fupin_cli.evaluate.run import judge
from fupin_cli.model.tables import ROW, SHEET, SheetRef, Table, arrow_type, fields
from fupin_cli.model.view import STATUSES
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack
from fupin_cli.rules.parameters import Parameters, choose

SHELF = Shelf((CHECKOUT,))
PACK: LoadedPack = load_pack(SHELF.find("roster"), SHELF)
#: Seed, whether no cell is blank from which totals are counted, and whether members are listed.
WORLDS = ((1, True, True), (2, False, True), (3, False, False))


def table(name: str, rows: Sequence[Row]) -> Table:
    """A loaded table of these rows, without what they know beside their cells."""
    columns: dict[str, Any] = {}
    masks: dict[str, Any] = {}
    for column in (column for column in rows[0] if not column.startswith("_")):
        cells = [row[column] for row in rows]
        columns[column] = pa.array([None if found is BAD else found for found in cells], arrow_type(fields(name)[column].form))
        if BAD in cells:
            masks[column] = pa.array([found is BAD for found in cells], pa.bool_())
    letters = dict.fromkeys(columns, "A")
    columns |= {SHEET: pa.array([0] * len(rows), pa.int32()), ROW: pa.array(range(2, len(rows) + 2), pa.int32())}
    return Table(name, pa.table(columns), [SheetRef(0, name, letters)], masks)


Judged = tuple[Row, dict[str, str], dict[str, str], str]


@cache
def both_readings(seed: int, *, whole: bool, listed: bool) -> dict[str, list[Judged]]:
    """Of each standard: the rows, what the list says of them, what the engine says, and its outcome."""
    rosters = Rosters(seed, 60, whole=whole)
    if not listed:
        rosters = rosters.without_members()
    totals = rosters.totals()
    tables = {"household": table("household", rosters.households)}
    if listed:
        tables["person"] = table("person", rosters.members)
    tables = {**linked(tables).tables, "totals": table("totals", totals)}
    villages: dict[int, set[Any]] = {}
    for home in rosters.households:
        villages.setdefault(home["year"], set()).add(value(home, "village"))

    def household(row: Row) -> dict[str, Rule]:
        return of_household(row, [one for one in rosters.members if one["_home"] is row], villages[row["year"]])

    readings: Mapping[str, tuple[Sequence[Row], Callable[[Row], dict[str, Rule]]]] = {
        "household-roster": (rosters.households, household),
        "person-roster": (rosters.members, lambda row: of_person(row, rosters.members)),
        "roster-totals": (totals, lambda row: of_totals(row, rosters.households)),
    }
    return {name: list(_judged(name, rows, read, tables)) for name, (rows, read) in readings.items() if rows}


def _judged(
    name: str, rows: Sequence[Row], read: Callable[[Row], dict[str, Rule]], tables: Mapping[str, Table]
) -> Sequence[Judged]:
    result = judge(PACK.standards[name], choose(PACK.pack, {}), tables, None, {})
    told = {check: result.data.column(f"status.{check}").to_pylist() for check in result.standard.checks}
    outcomes = result.data.column("outcome").to_pylist()
    return [
        (
            row,
            {check: rule.status for check, rule in read(row).items()},
            {check: STATUSES[said[index]] for check, said in told.items()},
            outcomes[index],
        )
        for index, row in enumerate(rows)
    ]


@pytest.mark.parametrize("name", PACK.standards)
@pytest.mark.parametrize(("seed", "whole", "listed"), WORLDS)
def test_the_engine_finds_what_the_list_says_and_nothing_else(name: str, seed: int, *, whole: bool, listed: bool) -> None:
    gates = {check for check, one in PACK.pack.standards[name].checks.items() if one.severity == "gate"}
    for row, expected, said, outcome in both_readings(seed, whole=whole, listed=listed).get(name, ()):
        assert said == expected, (
            {check: (said.get(check), expected[check]) for check in expected if said.get(check) != expected[check]},
            row,
        )
        assert outcome == ("errors" if any(expected[check] == "fail" for check in gates) else "consistent")


def test_the_made_up_rosters_try_every_rule_both_ways_and_unknown() -> None:
    """A second reading that always said unknown would agree with anything."""
    shown: Counter[tuple[str, str]] = Counter()
    for seed, whole, listed in WORLDS:
        for judged in both_readings(seed, whole=whole, listed=listed).values():
            shown.update(one for _, expected, _, _ in judged for one in expected.items())
    checks = [check for standard in PACK.pack.standards.values() for check in standard.checks]
    lacking = {(check, status) for check in checks for status in ("pass", "fail", "unknown") if (check, status) not in shown}
    assert not lacking


def test_the_line_is_the_line_of_the_national_standard() -> None:
    """Given twice, because a quality pack does not inherit a standard: it must not come apart."""
    national = load_pack(SHELF.find("national-2016"), SHELF)
    assert PACK.pack.parameters["poverty_line"].values == national.pack.parameters["poverty_line"].values


def test_every_clause_of_the_list_is_a_check() -> None:
    text = Path(__file__).parents[2].joinpath("docs/sources/roster-rules.txt").read_text(encoding="utf-8")
    chapter, clauses = "", set()
    for line in text.splitlines():
        heading, clause = re.match(r"([一二三四五六七])、", line), re.match(r"\([一二三四五六七八九十]\)", line)
        chapter = heading[1] if heading else chapter
        clauses |= {chapter + clause[0]} if clause else set()
    assert len(clauses) > 30
    assert clauses == {check.cite.clause for standard in PACK.pack.standards.values() for check in standard.checks.values()}


def test_every_check_says_why_it_matters_in_both_languages() -> None:
    for standard in PACK.pack.standards.values():
        for name, check in standard.checks.items():
            assert check.why is not None, name
            assert check.why.zh.strip(), name
            assert check.why.en.strip(), name


def test_every_parameter_is_used_and_has_a_value_for_every_year_of_the_line() -> None:
    assert {name for standard in PACK.standards.values() for name in standard.parameters()} == set(PACK.pack.parameters)
    assert [str(one.value) for one in Parameters(PACK.pack, {}).periods("income_jump_factor")] == ["2"]
