"""The pack data-quality: what field checkers look for, as the list says it, and as a second reading in plain Python finds it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import pyarrow as pa
import pytest
from pydantic import ValidationError
from quality_oracle import BAD, EITHER, MEN, WOMEN, Households, Members, Row, status
from quality_rosters import DAY, NEWER, roster, without

from fupin_cli.evaluate.run import judge
from fupin_cli.model import codes
from fupin_cli.model.pack import Check
from fupin_cli.model.tables import ROW, SHEET, SheetRef, Table, arrow_type, fields
from fupin_cli.model.view import STATUSES
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import LoadedPack, load_cases, load_pack
from fupin_cli.rules.parameters import Parameters, choose

SHELF = Shelf((CHECKOUT,))
PACK: LoadedPack = load_pack(SHELF.find("data-quality"), SHELF)
CASES = load_cases(PACK)
CHECKS: Mapping[str, tuple[str, Check]] = {
    name: (standard, check) for standard, written in PACK.pack.standards.items() for name, check in written.checks.items()
}

# --- the pack as it is written ------------------------------------------------------------------------------------------


def test_every_table_that_is_looked_at_has_its_standard() -> None:
    assert {written.subject: name for name, written in PACK.pack.standards.items()} == {
        "household": "household-quality",
        "person": "person-quality",
        "village": "village-quality",
        "county": "county-quality",
    }


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_says_why_it_matters_in_both_languages(name: str) -> None:
    why = CHECKS[name][1].why
    assert why is not None
    assert why.zh.strip()
    assert why.en.strip()


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_has_a_case_that_passes_one_that_fails_and_one_that_is_unknown(name: str) -> None:
    """A rule that can never fail finds nothing and looks as if all were well."""
    standard, _ = CHECKS[name]
    shown = {case.expect.checks.get(name) for case in CASES[standard]}
    assert {"pass", "fail", "unknown"} <= shown


def test_a_check_that_rests_on_a_bound_nobody_has_issued_is_only_a_warning() -> None:
    """But for rounding, which is no bound of anybody, and for a child of seven and more who is said to be below school age."""
    excepted = {"income_tolerance", "total_tolerance", "preschool_age_to"}
    unconfirmed = {
        name for name, parameter in PACK.pack.parameters.items() if any(value.status for value in parameter.values)
    } - excepted
    for name, (_, check) in CHECKS.items():
        if any(f"${parameter}" in check.require for parameter in unconfirmed):
            assert check.severity == "warning", name


def test_every_parameter_is_used() -> None:
    used = {name for standard in PACK.standards.values() for name in standard.parameters()}
    assert used == set(PACK.pack.parameters)


def test_the_line_is_the_line_of_the_national_standard() -> None:
    """Given twice, because a quality pack does not inherit a standard: it must not come apart."""
    national = load_pack(SHELF.find("national-2016"), SHELF)
    assert PACK.pack.parameters["poverty_line"].values == national.pack.parameters["poverty_line"].values


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("primary_age_from", 6), ("primary_age_to", 14), ("junior_age_from", 12), ("junior_age_to", 17),
        ("senior_age_from", 15), ("senior_age_to", 20), ("college_age_from", 18), ("postgraduate_age_from", 20),
        ("compulsory_age_from", 6), ("compulsory_age_to", 15), ("working_age_from", 16), ("working_age_to", 59),
        ("public_post_age_below", 70), ("months_of_a_year", 12), ("smallest_wage", 100), ("largest_farmland", 100),
        ("largest_forest", 200), ("largest_road_distance", 5), ("phone_digits", 11), ("smallest_growth", -50),
        ("largest_growth", 100),
    ],
)  # fmt: skip
def test_the_bounds_are_those_that_field_checkers_use(name: str, value: int) -> None:
    for year in (2014, 2020, 2026):
        values = [p.value for p in Parameters(PACK.pack, {}).periods(name) if p.first <= year and (p.last or year) >= year]
        assert values == [Decimal(value)]


def test_every_relation_of_the_registers_is_thought_of() -> None:
    assert set(codes.RELATION.values) == WOMEN | MEN | EITHER


@pytest.mark.parametrize(
    ("table", "field", "text", "code"),
    [
        ("person", "id_number", "34990019800101", "id-malformed"),
        ("person", "id_number", "349900198001010000000", "id-malformed"),
        ("person", "birth_date", "1981-02-29", "date-unreadable"),
        ("person", "birth_date", "1880-01-01", "date-out-of-range"),
        ("person", "relation", "之干儿", "code-unknown"),
        ("person", "months_worked", "-1", "greater_than_equal"),
        ("person", "months_worked", "121", "less_than_equal"),
        ("village", "rural_population", "0", "greater_than_equal"),
    ],
)
def test_what_reading_reports_needs_no_rule(table: str, field: str, text: str, code: str) -> None:
    """The README of the pack says so of each: a rule on such a value could never fire, because nobody ever sees the value."""
    with pytest.raises(ValidationError) as caught:
        fields(table)[field].adapter.validate_python(text)
    assert caught.value.errors()[0]["type"].startswith(code)


# --- two readings of random rosters -------------------------------------------------------------------------------------


def table(name: str, rows: Sequence[Row]) -> Table:
    """A loaded table of these rows."""
    columns: dict[str, Any] = {}
    masks: dict[str, Any] = {}
    for column in rows[0]:
        cells = [row[column] for row in rows]
        form = fields(name)[column].form
        columns[column] = pa.array([None if found is BAD else found for found in cells], arrow_type(form))
        if BAD in cells:
            masks[column] = pa.array([found is BAD for found in cells], pa.bool_())
    columns |= {SHEET: pa.array([0] * len(rows), pa.int32()), ROW: pa.array(range(2, len(rows) + 2), pa.int32())}
    return Table(name, pa.table(columns), [SheetRef(0, name, dict.fromkeys(rows[0], "A"))], masks)


@cache
def both_readings(seed: int, *, older: bool) -> dict[str, list[tuple[Row, dict[str, str], str, dict[str, str]]]]:
    """Of each table: the rows, what the oracle says of them, the engine's outcome, and what the engine says."""
    families, people = roster(seed, 150)
    if older:
        families, people = without(families, NEWER), without(people, NEWER)
    tables = {"household": table("household", families), "person": table("person", people)}
    found = {}
    for subject, rows, oracle in (
        ("household", families, Households(families, people, DAY)),
        ("person", people, Members(families, people, DAY)),
    ):
        result = judge(PACK.standards[f"{subject}-quality"], choose(PACK.pack, {}), tables, None, {})
        told = {name: result.data.column(f"status.{name}").to_pylist() for name in result.standard.checks}
        found[subject] = [
            (
                row,
                {name: status(*answer) for name, answer in oracle.judge(row).items()},
                outcome,
                {name: STATUSES[codes_of[index]] for name, codes_of in told.items()},
            )
            for index, (row, outcome) in enumerate(zip(rows, result.data.column("outcome").to_pylist(), strict=True))
        ]
    return found


ROSTERS = [pytest.param(1, False, id="template"), pytest.param(2, True, id="older register")]


@pytest.mark.parametrize(("seed", "older"), ROSTERS)
@pytest.mark.parametrize("subject", ["household", "person"])
def test_the_engine_finds_what_the_list_says_and_nothing_else(subject: str, seed: int, *, older: bool) -> None:
    for row, expected, outcome, said in both_readings(seed, older=older)[subject]:
        assert said == expected, {
            name: (said.get(name), expected[name], row) for name in expected if said.get(name) != expected[name]
        }
        errors = any(expected[name] == "fail" and CHECKS[name][1].severity == "gate" for name in expected)
        assert outcome == ("errors" if errors else "consistent")


def test_the_random_rosters_try_every_rule_both_ways() -> None:
    """An oracle that always said unknown would agree with anything."""
    shown = {
        (name, told)
        for seed, older in ((1, False), (2, True))
        for rows in both_readings(seed, older=older).values()
        for _, expected, _, _ in rows
        for name, told in expected.items()
    }
    rules = [name for name, (standard, _) in CHECKS.items() if standard in ("household-quality", "person-quality")]
    assert {(name, told) for name in rules for told in ("pass", "fail")} <= shown
