"""Every pack of villages and townships, read a second time in plain Python: thousands of made-up ones come to the same."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
import villages_oracle as oracle
from made_up import BAD, Maker, Row, loaded
from three_values import Judged

from fupin_cli.evaluate.run import judge
from fupin_cli.model.view import STATUSES
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import load_pack
from fupin_cli.rules.parameters import choose

SHELF = Shelf((CHECKOUT,))
MANY = 2000
Reading = Callable[[Row, oracle.Listed | None], Judged]
#: Pack, standard → its years and the second reading.
READINGS: Mapping[tuple[str, str], tuple[tuple[int, ...], Reading]] = {
    ("national-2016", "village-exit"): ((2016, 2020), oracle.national),
    ("anhui-2018", "village-exit"): ((2018, 2020), oracle.anhui),
    ("guangdong-chishui-2016", "village-exit"): ((2016, 2017, 2018), oracle.chishui),
    ("liaoning-linghai-2017", "village-exit"): ((2017,), oracle.linghai),
    ("chongqing-kaizhou-2017", "township-veto"): ((2015, 2020), oracle.veto),
}
YES_NO = ("poor_village", "planned_exit", "hamlet_paved_road", "clinic", "culture_centre", "exited")
TOWNSHIP = ("accepted", "reduction_completed", "fund_problem", "adverse_impact_investigated", "departments_fulfilled")
STATUS = ("未脱贫", "预脱贫", "返贫", "已脱贫", "已脱贫", "已脱贫")


def some_villages(seed: int, years: Sequence[int], count: int) -> list[dict[str, Any]]:
    """Villages on both sides of every line and exactly on it, with blanks and unreadable cells; one name in many townships."""
    maker, chance = Maker(seed), Maker(seed).chance
    columns = {name: maker.column(count, (True, True, True, False)) for name in YES_NO}
    columns["province"] = maker.column(count, (*oracle.WEST, *oracle.ELSEWHERE * 4, *oracle.NOWHERE))
    columns["collective_income"] = maker.column(count, [Decimal(part) for part in ("0", "5", "5.000001", "-1", "12.5")])
    columns["previous_collective_income"] = maker.column(count, [Decimal(part) for part in ("0", "5", "4.999999", "12.5")])
    incomes = [Decimal(part) for part in ("14.9999", "15", "17.999999", "18", "19.9999", "20", "30")]
    columns["disposable_collective_income"] = maker.column(count, incomes)
    columns["leading_industries"] = maker.column(count, (0, 1, 1, 2))
    columns["business_entities"] = maker.column(count, (0, 1, 1, 3))
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    for number, row in enumerate(rows):
        everybody = chance.choice((49, 50, 100, 333, 1000, 999_999))
        edge = everybody * chance.choice((2, 3)) // 100 + chance.choice((-1, 0, 0, 1))
        row |= {"county": "甲县", "township": f"乡{number // 2}", "village": f"村{number % 2}", "year": chance.choice(years)}
        row["poor_population"] = chance.choices((max(edge, 0), None, BAD), (70, 28, 2))[0]
        row["rural_population"] = chance.choices((everybody, None, BAD), (94, 5, 1))[0]
    return rows


def some_households(seed: int, villages: Sequence[Row], years: Sequence[int]) -> list[dict[str, Any]]:
    """Of most villages that state a number the households that make it up, or one person more; of others anything."""
    chance, rows = Maker(seed).chance, []

    def add(village: Row, status: object, size: object) -> None:
        place = {name: village[name] for name in oracle.PLACE}
        year = village["year"] if chance.random() < 0.97 else chance.choice(years)
        rows.append({"household_id": f"H{len(rows)}", **place, "year": year, "poverty_status": status, "household_size": size})

    for village in villages:
        stated = village["poor_population"]
        if chance.random() < 0.3 or (isinstance(stated, int) and stated > 40):
            continue
        left = stated if isinstance(stated, int) else chance.choice((0, 1, 2, 3, 20, 21))
        left += chance.choices((0, 1), (85, 15))[0]
        while left > 0:
            size = min(left, chance.randint(1, 6))
            add(village, chance.choice(STATUS[:3]), size)
            left -= size
        for _ in range(chance.randint(0, 2)):
            add(village, "已脱贫", chance.choice((1, 4, None)))
        if chance.random() < 0.06:
            add(village, *chance.choice(((None, 3), (BAD, 3), ("未脱贫", None), ("返贫", BAD))))
    return rows


def some_townships(seed: int, years: Sequence[int], count: int) -> list[dict[str, Any]]:
    maker = Maker(seed)
    columns = {name: maker.column(count, (True, False)) for name in TOWNSHIP}
    columns["help_unit"] = maker.column(count, ("样局", "无", "样局、样委"))
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    for number, row in enumerate(rows):
        row |= {"county": "甲县", "township": f"乡{number}", "year": maker.chance.choice(years)}
    return rows


@cache
def pack_of(name: str) -> Any:
    return load_pack(SHELF.find(name), SHELF)


def both_agree(
    name: str, standard: str, subjects: Sequence[Row], households: Sequence[Row] | None, reading: Reading
) -> Counter[str]:
    """The engine's outcome and the status of every check are those of the second reading; how often each was seen."""
    ready = pack_of(name).standards[standard]
    tables = {ready.subject: loaded(ready.subject, subjects)}
    tables |= {"household": loaded("household", households)} if households is not None else {}
    result = judge(ready, choose(pack_of(name).pack, {}), tables, None, {})
    told = {check: result.data.column(f"status.{check}").to_pylist() for check in result.standard.checks}
    outcomes = result.data.column("outcome").to_pylist()
    seen: Counter[str] = Counter()
    listed = oracle.Listed(households) if households is not None else None
    for number, subject in enumerate(subjects):
        judged = reading(subject, listed)
        mine = {check: STATUSES[statuses[number]] for check, statuses in told.items()}
        expected = (judged.outcome, {check: rule.status for check, rule in judged.rules.items()})
        assert (outcomes[number], mine) == expected, (name, subject)
        seen[judged.outcome] += 1
        seen.update(f"{check} {status}" for check, status in mine.items())
    return seen


@pytest.mark.parametrize(("name", "standard"), READINGS)
def test_thousands_come_to_the_same_by_both_readings(name: str, standard: str) -> None:
    years, reading = READINGS[name, standard]
    number = [*READINGS].index((name, standard))
    if standard == "township-veto":
        subjects, households = some_townships(number, years, MANY), None
    else:
        subjects = some_villages(number, years, MANY)
        households = some_households(number, subjects, years)
    seen = both_agree(name, standard, subjects, households, reading)
    checks = pack_of(name).standards[standard].checks
    wanted = {*pack_of(name).pack.standards[standard].outcomes, "undetermined"}
    wanted |= {f"{check} {status}" for check in checks for status in ("pass", "fail", "unknown")}
    assert set(seen) >= wanted, wanted - set(seen)


@pytest.mark.parametrize("name", ["national-2016", "anhui-2018"])
def test_without_a_sheet_of_households_and_with_one_row_of_nowhere_nothing_is_counted(name: str) -> None:
    """A household without its township might be of any village."""
    years, reading = READINGS[name, "village-exit"]
    subjects = some_villages(7, years, 200)
    households = some_households(7, subjects, years)
    assert any(oracle.counted(one, oracle.Listed(households)) is not None for one in subjects)
    both_agree(name, "village-exit", subjects, None, reading)
    for lost in (None, BAD):
        both_agree(name, "village-exit", subjects, [*households, {**households[0], "township": lost}], reading)
    both_agree(
        name, "village-exit", [{**subjects[0], "township": None, "poor_population": None}, *subjects[1:]], households, reading
    )


def test_every_pack_of_villages_or_townships_has_a_second_reading() -> None:
    judging = {
        (path.parent.name, path.stem) for path in CHECKOUT.glob("*/*.yaml") if path.stem in ("village-exit", "township-veto")
    }
    assert judging == {*READINGS}
