"""A composite rate by cross-multiplication: four factors, each as large as a county's figures may be, exactly as Python's integers."""

import itertools
import random
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from building import TITLE, check, pack, parameter
from registers import Register, Run, expected, judged

from fupin_cli.model.tables import fields
from fupin_cli.rules.parameters import Parameters

#: Poor, wrong among exited sampled, exited; missed among unregistered surveyed, unregistered; the rural population.
POOR, WRONG, SAMPLED, EXITED = "poor_population", "wrongly_exited", "exited_sampled", "exited_population"
MISSED, SURVEYED, OTHERS, PEOPLE = "missed_people", "unregistered_surveyed", "unregistered_population", "rural_population"
NAMES = (POOR, WRONG, SAMPLED, EXITED, MISSED, SURVEYED, OTHERS, PEOPLE)
COMPOSITE = (
    f"100 * {POOR} * {SAMPLED} * {SURVEYED} + 100 * {WRONG} * {EXITED} * {SURVEYED} + 100 * {MISSED} * {OTHERS} * {SAMPLED}"
    f" <= $limit * {PEOPLE} * {SAMPLED} * nonzero(asked)"
)
STANDARD = {
    "standard": "tested",
    "title": TITLE,
    "subject": "county",
    # A fact of whole numbers is one, too.
    "facts": {"asked": {"title": TITLE, "value": f"{SURVEYED} + 0"}},
    "checks": {"composite": check(COMPOSITE)},
    "outcomes": {"bad": {"title": TITLE, "meets": "false"}, "good": {"title": TITLE, "meets": "true"}},
    "decide": [{"outcome": "bad", "when": "NOT composite"}, {"outcome": "good", "default": "true"}],
}
MOST = 100_000_000


def counties(limit: Fraction) -> list[dict[str, int]]:
    """Every corner, and counties whose composite rate is exactly the limit or one person off, at every size."""
    rows = [dict(zip(NAMES, values, strict=True)) for values in itertools.product((1, MOST), repeat=len(NAMES))]
    choose = random.Random(6)
    for size in (10, 10**4, MOST):
        for _ in range(40):
            exited, others = choose.randint(1, size), choose.randint(1, size)
            sampled, surveyed = choose.randint(1, exited), choose.randint(1, others)
            row = {EXITED: exited, OTHERS: others, SAMPLED: sampled, SURVEYED: surveyed, PEOPLE: choose.randint(1, size)}
            row |= {WRONG: choose.randint(0, sampled) // 50, MISSED: choose.randint(0, surveyed) // 50}
            # As many poor as make the rate just the limit, where that is a number of people.
            rest = Fraction(row[WRONG] * exited, sampled) + Fraction(row[MISSED] * others, surveyed)
            row[POOR] = min(max(int(limit * row[PEOPLE] - rest) + choose.choice((0, 0, 1)), 0), row[PEOPLE])
            rows.append(row)
    assert all(row[name] <= (fields("county")[name].largest or 0) for row in rows for name in NAMES)
    return rows


def is_believed(row: Mapping[str, int]) -> bool:
    """Whether no part is more than its whole: else nobody knows which of the two is wrong, and neither counts."""
    parts = ((POOR, PEOPLE), (WRONG, SAMPLED), (MISSED, SURVEYED), (SAMPLED, EXITED), (SURVEYED, OTHERS))
    return all(row[part] <= row[whole] for part, whole in parts)


def keeps(row: Mapping[str, int], limit: Fraction) -> bool:
    """The rate as one writes it, in fractions."""
    parts = row[POOR] + Fraction(row[WRONG], row[SAMPLED]) * row[EXITED] + Fraction(row[MISSED], row[SURVEYED]) * row[OTHERS]
    return parts / row[PEOPLE] <= limit


@pytest.mark.parametrize("percent", ["2", "3.000001"])
def test_four_factors_of_any_size_are_exact_in_every_database(tmp_path: Path, percent: str, databases: Mapping[str, Run]) -> None:
    limit = Fraction(percent) / 100
    loaded = pack(tmp_path, STANDARD, {"limit": parameter(("2016-01-01", None, percent))})
    standard, parameters = loaded.standards["tested"], Parameters(loaded.pack, {})
    columns = expected(standard, parameters)
    rows = [{"county": f"县{number}", "province": "样省", "year": 2018, **row} for number, row in enumerate(counties(limit))]
    register = Register(
        standard, parameters, columns, {"county": [{name: row.get(name) for name in columns["county"]} for row in rows]}
    )
    found = judged(register)
    outcomes = {
        dict(part.split("=", 1) for part in one)["county"]: dict(part.split("=", 1) for part in one)["outcome"] for one in found
    }
    kept = {True: "good", False: "bad"}
    wanted = {str(row["county"]): kept[keeps(row, limit)] if is_believed(row) else "undetermined" for row in rows}
    assert outcomes == wanted
    assert all(list(wanted.values()).count(outcome) > 20 for outcome in ("good", "bad", "undetermined"))
    for name, run in databases.items():
        assert run(register) == found, name
