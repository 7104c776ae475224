"""Each changed verdict has exactly one cause, and the counts add up, against a second reading of the order of causes.

The standard asks for an income over the line, food and, in its other text, water; far over the line is an outcome of its own. The
second reading tries every value that a blank may stand for.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from building import TITLE, check, pack, parameter
from worlds import moves, table

from fupin_cli.evaluate.rosters.story.judged import YearLaw
from fupin_cli.evaluate.rosters.story.told import story
from fupin_cli.model.story import Interval, Verdicts
from fupin_cli.rules.parameters import choose

#: Year → line, in both texts; the height over it that makes ``well``.
LINES = {2016: 3000, 2017: 3000, 2018: 3200, 2019: 3100}
HEIGHT = 1000


def standard(*, water: bool) -> Mapping[str, Any]:
    asked = ["income", "food", *(["water"] if water else [])]
    checks = {"income": check("income_per_capita > $line"), "food": check("food_secure")}
    if water:
        checks["water"] = check("water_safe")
    checks["far"] = check("income_per_capita > $line + $height", severity="gate")
    return {
        "standard": "household-exit",
        "title": TITLE,
        "subject": "household",
        "checks": checks,
        "outcomes": {"no": {"title": TITLE, "meets": "false"}, "well": {"title": TITLE, "meets": "true"}, "yes": {"title": TITLE, "meets": "true"}},
        "decide": [
            {"outcome": "no", "when": f"NOT ({' AND '.join(asked)})"},
            {"outcome": "well", "when": "far"},
            {"outcome": "yes", "default": "true"},
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, YearLaw]:
    """The standard without water, and with it; its numbers have no value after 2019."""
    lines = parameter(*((f"{year}-01-01", f"{year}-12-31", str(line)) for year, line in LINES.items()))
    found = {}
    for name in ("dry", "wet"):
        loaded = pack(
            tmp_path_factory.mktemp(name),
            standard(water=name == "wet"),
            {"line": lines, "height": parameter(("2010-01-01", None, str(HEIGHT)))},
        )
        found[name] = YearLaw(loaded.standards["household-exit"], choose(loaded.pack, {}))
    return found


# --- the second reading -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Data:
    income: int | None
    food: bool | None
    water: bool | None

    def cells(self) -> dict[str, Any]:
        income = Decimal(self.income) if self.income is not None else None
        return {"income_per_capita": income, "food_secure": self.food, "water_safe": self.water}


def verdict(data: Data, line: int | None, *, water: bool) -> str:
    """What a household comes to, whatever stands where nothing stands; more than one answer is none."""
    if line is None:
        # With any line everything is possible, unless food or water alone decide.
        found = {verdict(data, one, water=water) for one in (-1, 10**6, (data.income or 0) - 1)}
        return found.pop() if len(found) == 1 else "undetermined"
    incomes = [data.income] if data.income is not None else [line, line + 1, line + HEIGHT + 1]
    foods = [data.food] if data.food is not None else [True, False]
    waters = [data.water] if data.water is not None else [True, False]
    found = {_sure(line, one, food, safe or not water) for one, food, safe in product(incomes, foods, waters)}
    return found.pop() if len(found) == 1 else "undetermined"


def _sure(line: int, income: int, food: bool, water: bool) -> str:
    if not (income > line and food and water):
        return "no"
    return "well" if income > line + HEIGHT else "yes"


def blank(data: Data, line: int | None, *, water: bool) -> set[str]:
    """The fields that leave the verdict open: blank, and some value of them together with the others' would settle it."""
    if verdict(data, line, water=water) != "undetermined":
        return set()
    asked = {"income_per_capita": data.income, "food_secure": data.food} | ({"water_safe": data.water} if water else {})
    return {name for name, value in asked.items() if value is None}


def reading(
    before: Data, after: Data, years: tuple[int, int], waters: tuple[bool, bool]
) -> tuple[str, str, str | None, str | None]:
    """Verdicts, cause and interplay, in the order that the decision names."""
    lines = [LINES.get(year) for year in years]
    old, new = verdict(before, lines[0], water=waters[0]), verdict(after, lines[1], water=waters[1])
    if old == new:
        return old, new, None, None
    if blank(before, lines[0], water=waters[0]) or blank(after, lines[1], water=waters[1]):
        return old, new, "missing", None
    data = verdict(after, lines[0], water=waters[0]) == new
    law = verdict(before, lines[1], water=waters[1]) == new
    numbers = verdict(after, lines[1], water=waters[0]) == new
    cause = "data" if data else "threshold" if numbers else "rule"
    return old, new, cause, "either" if data and law else "alone" if data or law else "together"


# --- one household at a time --------------------------------------------------------------------------------------------


def one(texts: Mapping[str, YearLaw], before: Data, after: Data, years: tuple[int, int], names: str = "dry dry") -> Verdicts:
    rows = [
        {"household_id": "H", "year": years[0], "went_to": "延续", **before.cells()},
        {"household_id": "H", "year": years[1], "came_from": "延续", **after.cells()},
    ]
    laws = {year: texts[name] for year, name in zip(years, names.split(), strict=True)}
    links = moves(rows, [(("H", years[0]), ("H", years[1]), "延续")])
    (interval,) = story({"household": table("household", rows)}, links, laws).intervals
    assert interval.verdicts is not None
    return interval.verdicts


def cause(verdicts: Verdicts) -> tuple[str, str | None]:
    (row,) = verdicts.changes.to_pylist()
    assert verdicts.causes[row["cause"]] == 1 == sum(verdicts.causes.values())
    return row["cause"], row["interplay"]


def test_an_income_that_rises_over_the_same_line_is_changed_data(texts: Mapping[str, YearLaw]) -> None:
    found = one(texts, Data(2900, True, True), Data(3001, True, True), (2016, 2017))
    assert cause(found) == ("data", "alone")
    assert found.parameters == ()
    # By the same law the later data come to the later verdict, and the earlier data to the earlier one.
    (row,) = found.changes.to_pylist()
    assert (row["by_earlier_law"], row["by_later_law"]) == ("yes", "no")


def test_exactly_at_the_line_is_not_over_it_so_nothing_changes(texts: Mapping[str, YearLaw]) -> None:
    assert one(texts, Data(2900, True, True), Data(3000, True, True), (2016, 2017)).changed == 0


def test_the_same_income_under_a_higher_line_is_a_changed_threshold(texts: Mapping[str, YearLaw]) -> None:
    found = one(texts, Data(3100, True, True), Data(3100, True, True), (2017, 2018))
    assert cause(found) == ("threshold", "alone")
    assert found.parameters == ("line",)


def test_where_data_and_threshold_each_would_do_the_data_are_named(texts: Mapping[str, YearLaw]) -> None:
    # 3100 was enough until the line became 3200; but they have 2900 now, which never was.
    assert cause(one(texts, Data(3100, True, True), Data(2900, True, True), (2017, 2018))) == ("data", "either")


def test_where_only_both_together_do_the_threshold_is_named(texts: Mapping[str, YearLaw]) -> None:
    # 3150 was not enough for 3200 and would be for 3100; 3090 would not.
    assert cause(one(texts, Data(3090, True, True), Data(3150, True, True), (2018, 2019))) == ("threshold", "together")


def test_the_same_household_by_another_text_is_a_changed_rule(texts: Mapping[str, YearLaw]) -> None:
    assert cause(one(texts, Data(3500, True, False), Data(3500, True, False), (2016, 2017), "dry wet")) == ("rule", "alone")


def test_a_text_that_asks_what_has_just_got_worse_takes_both(texts: Mapping[str, YearLaw]) -> None:
    found = one(texts, Data(3500, True, True), Data(3500, True, False), (2016, 2017), "dry wet")
    assert cause(found) == ("rule", "together")


def test_a_blank_in_either_year_is_missing_data_and_names_its_field(texts: Mapping[str, YearLaw]) -> None:
    found = one(texts, Data(3500, None, True), Data(3500, True, True), (2016, 2017))
    assert cause(found) == ("missing", None)
    assert [(lack.name, lack.before, lack.after) for lack in found.lacking] == [("food_secure", 1, 0)]
    found = one(texts, Data(3500, True, True), Data(None, True, True), (2017, 2018))
    assert cause(found) == ("missing", None)
    assert [(lack.name, lack.before, lack.after) for lack in found.lacking] == [("income_per_capita", 0, 1)]


def test_a_blank_that_decides_nothing_is_no_missing_data(texts: Mapping[str, YearLaw]) -> None:
    # Without food the income does not matter.
    assert cause(one(texts, Data(3500, True, True), Data(None, False, True), (2016, 2017))) == ("data", "alone")


def test_a_year_for_which_the_law_has_no_number_is_a_changed_threshold_not_missing_data(texts: Mapping[str, YearLaw]) -> None:
    found = one(texts, Data(3500, True, True), Data(3500, True, True), (2019, 2020))
    assert cause(found) == ("threshold", "alone")
    assert found.lacking == ()


def test_a_number_that_the_user_sets_is_the_same_in_every_year(texts: Mapping[str, YearLaw]) -> None:
    law = YearLaw(texts["dry"].standard, choose(texts["dry"].parameters.pack, {"line": "3100"}))
    found = one({"dry": law}, Data(3150, True, True), Data(3050, True, True), (2017, 2018))
    assert (cause(found), found.parameters) == (("data", "alone"), ())


def test_a_verdict_that_another_pack_calls_otherwise_is_not_a_changed_one(tmp_path: Path, texts: Mapping[str, YearLaw]) -> None:
    named = dict(standard(water=False))
    named["outcomes"] = {"refused": named["outcomes"]["no"], "granted": named["outcomes"]["yes"]}
    named["checks"] = {name: one for name, one in named["checks"].items() if name != "far"}
    named["decide"] = [{"outcome": "refused", "when": "NOT (income AND food)"}, {"outcome": "granted", "default": "true"}]
    lines = parameter(("2010-01-01", None, "3000"))
    loaded = pack(tmp_path, named, {"line": lines})
    laws = {**texts, "other": YearLaw(loaded.standards["household-exit"], choose(loaded.pack, {}))}
    found = one(laws, Data(2900, True, True), Data(2900, True, True), (2016, 2017), "dry other")
    assert found.changed == 0
    assert {b.measure: [(t.name, t.amount) for t in b.terms] for b in found.balances} == {
        "no": [("called", -1)], "refused": [("called", 1)],
    }  # fmt: skip


# --- random households, against the second reading ----------------------------------------------------------------------


def random_data(rng: random.Random, last: Data | None) -> Data:
    near = [2999, 3000, 3001, 3100, 3101, 3199, 3200, 3201, 3999, 4000, 4001, 4100, 4200, 4201, 9000]
    drawn = Data(
        rng.choice([*near, None]) if rng.random() < 0.9 else rng.randrange(2900, 4300),
        rng.choice([True, True, True, False, None]),
        rng.choice([True, True, False, None]),
    )
    if last is None:
        return drawn
    keep = [rng.random() < 0.6 for _ in range(3)]
    values = [(last if same else drawn) for same in keep]
    return Data(values[0].income, values[1].food, values[2].water)


def random_story(rng: random.Random, years: Sequence[int], count: int) -> tuple[list[dict[str, Any]], list[list[Data | None]]]:
    rows, stories = [], []
    for number in range(count):
        data: list[Data | None] = []
        last = None
        for year in years:
            last = random_data(rng, last) if rng.random() < 0.9 else None
            data.append(last)
            if last is not None:
                rows.append({"household_id": f"H{number}", "year": year, **last.cells()})
        stories.append(data)
    rng.shuffle(rows)
    return rows, stories


@pytest.mark.parametrize("names", ["dry dry dry dry dry", "dry wet wet dry wet"])
def test_random_changes_have_the_causes_of_the_second_reading(names: str, texts: Mapping[str, YearLaw]) -> None:
    rng, years = random.Random(7), [2016, 2017, 2018, 2019, 2020]
    rows, stories = random_story(rng, years, 400)
    there = {(row["household_id"], row["year"]) for row in rows}
    links = [((key, year), (key, year + 1), "延续") for key, year in sorted(there) if (key, year + 1) in there]
    waters = [name == "wet" for name in names.split()]
    laws = {year: texts[name] for year, name in zip(years, names.split(), strict=True)}
    found = story({"household": table("household", rows)}, moves(rows, links), laws)
    seen: Counter[tuple[str | None, str | None]] = Counter()
    for place, interval in enumerate(found.intervals):
        expected = dict(_expected(stories, years, waters, place))
        seen.update((cause, interplay) for _, _, cause, interplay in expected.values())
        _same(rows, interval, expected)
        _adds_up(stories, years, waters, place, interval)
    wanted = {("missing", None), ("data", "alone"), ("data", "either"), ("threshold", "alone"), ("threshold", "together")}
    wanted |= {("rule", "alone"), ("rule", "together")} if "wet" in names else set()
    assert wanted <= set(seen)


def _expected(
    stories: Sequence[Sequence[Data | None]], years: Sequence[int], waters: Sequence[bool], place: int
) -> Iterator[tuple[str, tuple[str, str, str | None, str | None]]]:
    for number, data in enumerate(stories):
        before, after = data[place], data[place + 1]
        if before is not None and after is not None:
            pair = (years[place], years[place + 1])
            yield f"H{number}", reading(before, after, pair, (waters[place], waters[place + 1]))


def _same(rows: Sequence[Mapping[str, Any]], interval: Interval, expected: Mapping[str, tuple[Any, ...]]) -> None:
    assert interval.verdicts is not None
    told = {
        rows[one["after"]]["household_id"]: (one["from"], one["to"], one["cause"], one["interplay"])
        for one in interval.verdicts.changes.to_pylist()
    }
    assert told == {key: one for key, one in expected.items() if one[0] != one[1]}
    causes = Counter(one[2] for one in expected.values() if one[2])
    assert interval.verdicts.causes == {name: causes[name] for name in ("missing", "data", "threshold", "rule")}


def _adds_up(
    stories: Sequence[Sequence[Data | None]], years: Sequence[int], waters: Sequence[bool], place: int, interval: Interval
) -> None:
    """Both years' totals are those of the second reading; each sum leads from one to the other (it would not exist otherwise)."""
    assert interval.verdicts is not None
    totals = [
        Counter(verdict(data[at], LINES.get(years[at]), water=waters[at]) for data in stories if (data[at]) is not None)
        for at in (place, place + 1)
    ]
    assert {b.measure: (b.start, b.end) for b in interval.verdicts.balances} == {
        name: (totals[0][name], totals[1][name]) for name in {**totals[0], **totals[1]}
    }
    turned = Counter((turn.before, turn.after) for turn in interval.verdicts.turns for _ in range(turn.count))
    assert sum(turned.values()) == len([data for data in stories if data[place] is not None or data[place + 1] is not None])
