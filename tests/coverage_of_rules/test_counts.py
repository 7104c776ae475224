"""How often each condition was seen and decided: known by hand, and by an oracle that tries every value in every place."""

from itertools import product
from pathlib import Path

from every_value import CELLS, FIELDS, FULL, PLACES, Place, reached
from tiny import WORDS, load, write

from fupin_cli.evaluate.coverage.tally import counts
from fupin_cli.evaluate.coverage.values import values_of_cases
from fupin_cli.model.case import Case
from fupin_cli.model.coverage import GOALS, Goal
from fupin_cli.pipelines.covering import cover_standard
from fupin_cli.rules.inheriting import worked_cases
from fupin_cli.rules.parameters import Parameters

#: (Tree, path) → true, false, unknown, deciding while true, deciding while false, open.
#: In case 一 all is true: each of food and clothing turns it. In 二 food is false: food turns it, clothing cannot. In 三 food is
#: unknown: it leaves the case open; clothing would make it bad, but TRUE in its place settles nothing. Water has its own status.
BY_HAND = {
    ("checks.fed.require", (0,)): (1, 1, 1, 1, 1, 1),
    ("checks.fed.require", (1,)): (3, 0, 0, 1, 0, 0),
    ("checks.water.require", ()): (1, 0, 2, 1, 0, 2),
    ("decide.0.when", (0,)): (1, 1, 1, 1, 1, 1),
}


def test_the_counts_are_those_counted_by_hand(tmp_path: Path) -> None:
    loaded = load(write(tmp_path))
    covered = cover_standard(loaded, "exit", worked_cases(loaded)["exit"])
    found = {(one.key, one.path): (*(one.counts[goal] for goal in GOALS), one.open) for one in covered.conditions}
    assert found == BY_HAND
    assert [(one.text, one.line) for one in covered.conditions][:2] == [("food_secure", 8), ("clothing_secure", 8)]
    lacking = {(one.text, goal) for one, goal in covered.gaps}
    assert lacking == {
        ("clothing_secure", "false"),
        ("clothing_secure", "unknown"),
        ("clothing_secure", "decides_false"),
        ("water_safe", "false"),
        ("water_safe", "decides_false"),
    }
    assert (covered.done, covered.wanted) == (15, 20)


# --- the oracle ---------------------------------------------------------------------------------------------------------


def expected() -> dict[Place, dict[Goal, int]]:
    found: dict[Place, dict[Goal, int]] = {place: dict.fromkeys(GOALS, 0) for place in PLACES}
    for values in product((0, 0.5, 1), repeat=len(FIELDS)):
        for place, goals in reached(dict(zip(FIELDS, values, strict=True))).items():
            for goal in goals:
                found[place][goal] += 1
    return found


def test_every_value_in_every_place_gives_what_the_oracle_says(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, standard=FULL, cases=""))
    cases = [
        Case.model_validate(
            {
                "name": str(number),
                "year": "2018",
                "given": {"household": {name: CELLS[value] for name, value in zip(FIELDS, values, strict=True)}},
                "expect": {"outcome": "good"},
            }
        )
        for number, values in enumerate(product((0, 0.5, 1), repeat=len(FIELDS)))
    ]
    standard = loaded.standards["exit"]
    found = counts(standard, values_of_cases(standard, Parameters(loaded.pack, {}), cases))
    assert {place: dict(counted.goals) for place, counted in found.items()} == expected()


ROWS = f"""\
standard: exit
title: {{zh: 退出, en: Exit}}
subject: household
facts:
  insured:
    title: {{zh: 参保, en: Insured}}
    over: person
    by: household
    where: employed
    all: basic_medical OR employee_medical
  safe:
    title: {{zh: 安全, en: Safe}}
    value: housing_grade = 'A' AND water_safe
checks:
  fed:
    title: {{zh: 参保, en: Insured}}
    severity: gate
    require: insured AND safe
    {WORDS}
outcomes:
  bad: {{title: {{zh: 否, en: No}}, meets: false}}
  good: {{title: {{zh: 是, en: Yes}}, meets: true}}
decide:
  - {{outcome: bad, when: NOT fed}}
  - {{outcome: good, default: true}}
"""
ROW_CASES = """\
- name: 一
  year: 2018
  given:
    household: {housing_grade: B, water_safe: 是}
    person:
      - {employed: 是, basic_medical: 否, employee_medical: 否}
      - {employed: 否, basic_medical: 是, employee_medical: ''}
      - {employed: 是, basic_medical: 否, employee_medical: ''}
  expect: {outcome: bad}
"""
#: A row says: not employed, or insured in one of two ways. The first: each of the three would make it true. The second is true by
#: not being employed and by being insured; without the latter employment would count. The third is open, and so is the other way.
ROWS_BY_HAND = {
    ("facts.insured.all", (0,)): (1, 2, 0, 0, 2, 0),
    ("facts.insured.all", (1,)): (0, 1, 2, 0, 1, 1),
    ("facts.insured.where", ()): (2, 1, 0, 2, 0, 0),
    ("facts.safe.value", (0,)): (0, 1, 0, 0, 1, 0),
    ("facts.safe.value", (1,)): (1, 0, 0, 0, 0, 0),
}


def test_a_condition_inside_a_fact_decides_what_the_row_or_the_value_says(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, standard=ROWS, cases=ROW_CASES))
    covered = cover_standard(loaded, "exit", worked_cases(loaded)["exit"])
    found = {
        (one.key, one.path): (*(one.counts[goal] for goal in GOALS), one.open)
        for one in covered.conditions
        if one.key.startswith("facts.")
    }
    assert found == ROWS_BY_HAND
