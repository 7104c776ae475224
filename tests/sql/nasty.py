"""Registers as bad as they can be: keys and years that are not there or stand twice, rows of nobody, values on every boundary."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from registers import Register, pack_of, parameters_of

from fupin_cli.evaluate.printed.expected import expected
from fupin_cli.model.tables import TABLES, fields

#: Money around the lines, with as many decimals as there are.
AMOUNTS = [
    Decimal(text)
    for text in ("0", "0.01", "0.000001", "1", "2952", "2994.99", "2994.999999", "2995", "2995.000001", "2995.01", "3218", "4000", "5990", "8985.000001", "99999999.99")
]  # fmt: skip
DAYS = [date(2018, 12, 31), date(2018, 1, 1), date(2000, 2, 29), date(2012, 12, 31), date(2013, 1, 1), date(2002, 12, 31), date(2019, 1, 1), date(2003, 1, 1)]  # fmt: skip
#: The first two have the right check character, one has a day that no calendar has, one is no number at all.
NUMBERS = [
    "349900199001010011",
    "349900199001010038",
    "349900199001010012",
    "349900199002300019",
    "34990019900101",
    "无",
    "34990019900101001X",
]
MONTHS = ["2018-12", "2014-01"]
HOMES = ["H1", "H1", "H2", "H3", "H4", "H5"]
#: How the rows of a table state their year: each its own, some none, all none.
Years = Sequence[int | None]
STATED: Years = (2017, 2018)
SOME: Years = (2017, 2018, None)
NONE: Years = (None,)


def nasty(
    seed: int,
    pack: str,
    standard: str,
    *,
    subjects: Years = STATED,
    others: Years = STATED,
    as_of: date | None = None,
    lacking: float = 0.0,
    lost: bool = False,
) -> Register:
    """A small register in which everything meets.

    ``lacking`` is the share of columns that it does not have; with ``lost`` there is a row without a household in each table
    whose rows belong to households.
    """
    chance = random.Random(seed)
    ready, parameters = pack_of(pack).standards[standard], parameters_of(pack)
    columns = {
        table: [name for name in names if name in (*TABLES[table].KEY, "household_id", "year") or chance.random() >= lacking]
        for table, names in expected(ready, parameters).items()
    }
    draws = {name: _draw(chance, name) for table in columns for name in columns[table]}
    words = _words(pack, standard)
    rows = {}
    for table, names in columns.items():
        years = subjects if table == ready.subject else others
        rows[table] = [
            {name: _cell(chance, table, name, draws, words, years) for name in names}
            for _ in range(40 if table == ready.subject else 60)
        ]
    for table in {fact.fact.over for fact in ready.facts.values() if fact.on is None} & {*rows} if lost else ():
        rows[str(table)].append({**rows[str(table)][0], "household_id": None})
    return Register(ready, parameters, columns, rows, as_of)


def _cell(
    chance: random.Random,
    table: str,
    name: str,
    draws: Mapping[str, Callable[[], Any]],
    words: Sequence[str],
    years: Years,
) -> Any:
    if name == "year":
        return chance.choice(years)
    if name in ("household_id", "subject_id"):
        return chance.choice(HOMES)
    if chance.random() < 0.15:
        return None
    if fields(table)[name].form.name in ("text", "items") and words:
        return chance.choice(words)
    return draws[name]()


def _draw(chance: random.Random, name: str) -> Callable[[], Any]:
    found = next(fields(table)[name] for table in TABLES if name in fields(table))
    choices: Sequence[Any] = {
        "yes-no": (True, True, False),
        "number": AMOUNTS,
        "count": (0, 1, 2, 3, 12, 31),
        "year": (2017, 2018),
        "date": DAYS,
        "id-number": NUMBERS,
        "phone": ("0", "1"),
        "month": MONTHS,
        "code": (*found.form.codes, found.form.codes[-1], "？") if found.form.codes else (),
        "codes": found.form.codes,
        "key": HOMES,
    }.get(found.form.name, ("甲", "乙", "a'b", "%", "甲,乙"))
    return lambda: chance.choice(choices)


def _words(pack: str, standard: str) -> list[str]:
    """The texts that a standard knows: those that its conditions and lists name."""
    ready, parameters = pack_of(pack).standards[standard], parameters_of(pack)
    listed = [period.value for name in ready.parameters() for period in parameters.periods(name)]
    return [*sorted({item for value in listed if isinstance(value, tuple) for item in value}), "无", "甲,乙"]
