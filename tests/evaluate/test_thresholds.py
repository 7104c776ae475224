"""Two hundred thousand households at and around the poverty line, judged by the real standard, against exact fractions."""

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest

from fupin_cli.evaluate.run import judge
from fupin_cli.model.tables import DECIMAL, ROW, SHEET, SheetRef, Table
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack
from fupin_cli.rules.parameters import Parameters

#: standards.md, "national-2016": the line of each year.
LINES = {2016: 2952, 2017: 2952, 2018: 2995, 2019: 3218, 2020: 4000}
GUARANTEES = ("food_secure", "clothing_secure", "education_secured", "medical_secured", "housing_secured", "water_safe")
PARTS = ("wage_income", "business_income", "property_income", "transfer_income", "business_expense")
COUNT = 100_000
#: Millionths away from the line: on it, a millionth, a cent, a yuan, anything.
STEPS = (0, 0, 0, 1, -1, 2, -2, 10_000, -10_000, 5_000, -5_000, 1_000_000, -1_000_000)
MILLION = 10**6


@pytest.fixture(scope="module")
def national() -> LoadedPack:
    shelf = Shelf((CHECKOUT,))
    return load_pack(shelf.find("national-2016"), shelf)


def decimals(millionths: np.ndarray) -> pa.Array:
    """Whole millionths as DECIMAL(18, 6), without any float: the number is the stored one."""
    low = millionths.astype(np.int64)
    words = np.empty((len(low), 2), dtype=np.int64)
    words[:, 0], words[:, 1] = low, low >> 63
    return pa.Array.from_buffers(DECIMAL, len(low), [None, pa.py_buffer(words.tobytes())])


def households(columns: dict[str, pa.Array], years: np.ndarray) -> Table:
    count = len(years)
    columns = {**columns, "year": pa.array(years, pa.int64())}
    columns |= {name: pa.array(np.ones(count, dtype=bool)) for name in GUARANTEES}
    columns["household_id"] = pa.array([f"H{i}" for i in range(count)])
    letters = dict.fromkeys(columns, "A")
    columns |= {SHEET: pa.array(np.zeros(count, dtype=np.int32)), ROW: pa.array(np.arange(2, count + 2, dtype=np.int32))}
    return Table("household", pa.table(columns), [SheetRef(0, "户", letters)])


def outcomes(national: LoadedPack, table: Table) -> list[str]:
    result = judge(national.standards["household-exit"], Parameters(national.pack, {}), {"household": table}, None, {})
    found: list[str] = result.data.column("outcome").to_pylist()
    return found


def drawn(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A year, its line in millionths, and how far from it."""
    numbers = np.random.default_rng(seed)
    years = numbers.choice(np.array(list(LINES)), COUNT)
    lines = np.array([LINES[int(year)] for year in years], dtype=np.int64) * MILLION
    return years, lines, numbers.choice(np.array(STEPS, dtype=np.int64), COUNT)


def test_decimals_are_stored_as_they_are_written() -> None:
    assert decimals(np.array([1, -1, 2995_000001, 0])).to_pylist() == [
        Decimal(t) for t in ("0.000001", "-0.000001", "2995.000001", "0.000000")
    ]


def test_income_given_per_person_is_over_the_line_exactly_when_it_is_larger(national: LoadedPack) -> None:
    years, lines, steps = drawn(1)
    incomes = lines + steps
    found = outcomes(national, households({"income_per_capita": decimals(incomes)}, years))
    expected = [
        "eligible" if Fraction(int(i), MILLION) > LINES[int(y)] else "ineligible" for i, y in zip(incomes, years, strict=True)
    ]
    assert found == expected
    assert {outcome: expected.count(outcome) > COUNT // 5 for outcome in set(expected)} == {"eligible": True, "ineligible": True}


def test_income_from_its_parts_is_over_the_line_exactly_when_their_quotient_is(national: LoadedPack) -> None:
    years, lines, steps = drawn(2)
    numbers = np.random.default_rng(3)
    sizes = numbers.integers(1, 13, COUNT)
    nets = lines * sizes + steps
    # The parts add up to the net income, in cents and in millionths; the expense is taken off.
    small = [numbers.integers(0, 500, COUNT) * unit for unit in (10_000, 1, MILLION)]
    expense = numbers.integers(0, 100_000, COUNT) * 10_000
    parts = dict(zip(PARTS, [nets - sum(small) + expense, *small, expense], strict=True))
    columns = {name: decimals(values) for name, values in parts.items()} | {"household_size": pa.array(sizes, pa.int64())}
    found = outcomes(national, households(columns, years))
    expected = [
        "eligible" if Fraction(int(net), MILLION) / int(size) > LINES[int(year)] else "ineligible"
        for net, size, year in zip(nets, sizes, years, strict=True)
    ]
    assert found == expected
    assert {outcome: expected.count(outcome) > COUNT // 5 for outcome in set(expected)} == {"eligible": True, "ineligible": True}


@pytest.mark.parametrize(("year", "line"), LINES.items())
def test_income_exactly_at_the_line_is_not_over_it(national: LoadedPack, year: int, line: int) -> None:
    incomes = np.array([line * MILLION - 1, line * MILLION, line * MILLION + 1])
    found = outcomes(national, households({"income_per_capita": decimals(incomes)}, np.full(3, year)))
    assert found == ["ineligible", "ineligible", "eligible"]


def test_a_third_of_a_fen_is_not_lost(national: LoadedPack) -> None:
    """8985.01 yuan for three is 2995.00333… each: over the line. A float says so too, but not for 8985.000001."""
    nets = np.array([8985 * MILLION, 8985_000001, 8985_010000, 8984_999999])
    columns = {name: decimals(np.zeros(4)) for name in PARTS} | {
        "wage_income": decimals(nets),
        "household_size": pa.array([3] * 4, pa.int64()),
    }
    assert outcomes(national, households(columns, np.full(4, 2018))) == ["ineligible", "eligible", "eligible", "ineligible"]


def test_the_line_of_a_day_of_judgement_is_that_of_its_year(national: LoadedPack) -> None:
    table = households({"income_per_capita": decimals(np.array([3000 * MILLION]))}, np.array([2018]))
    without_year = Table("household", table.data.drop_columns(["year"]), table.sheets)
    for year, line in LINES.items():
        for day in (date(year, 1, 1), date(year, 12, 31)):
            result = judge(
                national.standards["household-exit"], Parameters(national.pack, {}), {"household": without_year}, day, {}
            )
            assert result.data.column("outcome").to_pylist() == ["eligible" if line < 3000 else "ineligible"]


def test_sums_of_fen_never_drift(national: LoadedPack) -> None:
    """A sum of five decimals is exact: 0.1 + 0.2 is 0.3."""
    rng = random.Random(5)
    years, nets = np.full(2000, 2018), []
    rows: dict[str, list[int]] = {name: [] for name in PARTS}
    for _ in years:
        cents = [rng.randrange(0, 100_000) for _ in PARTS[:3]]
        expense = rng.randrange(0, 100_000)
        last = 2995 * 100 + rng.choice([0, 1]) - sum(cents) + expense
        values = [*cents, last, expense]
        nets.append(sum(Fraction(value, 100) for value in values[:4]) - Fraction(expense, 100))
        for name, value in zip(PARTS, values, strict=True):
            rows[name].append(value * 10_000)
    columns = {name: decimals(np.array(values)) for name, values in rows.items()} | {
        "household_size": pa.array([1] * 2000, pa.int64())
    }
    found = outcomes(national, households(columns, years))
    assert found == ["eligible" if net > 2995 else "ineligible" for net in nets]
