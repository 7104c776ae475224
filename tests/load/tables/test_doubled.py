"""Which members stand twice: all rows asked at once find the same as each row compared with each before it."""

import random
from datetime import date
from itertools import combinations

import pyarrow as pa
import pytest

from fupin_cli.load.tables.doubled import doubled_members
from fupin_cli.load.tables.part import Part
from fupin_cli.load.tables.recognise import KEY, YEAR
from fupin_cli.model.tables import SheetRef

_WORDS = {
    "id_number": ("一", "二", "三", "四", "五", None),
    "person_id": (*"ABCDEFGHIJKL", None),
    "name": ("样甲", "样 甲", "样乙", "Ａ", "A", None),
}
_DAYS = (date(2000, 1, 1), date(2001, 1, 1), date(2002, 2, 2), None)


def part(columns: dict[str, list[object]], count: int) -> Part:
    kinds = {YEAR: pa.int64(), "birth_date": pa.date32()}
    values = {name: pa.array(column, kinds.get(name, pa.string())) for name, column in columns.items()}
    return Part("person", SheetRef(0, "人", {}), values, pa.array(range(count), pa.int32()))


def some_parts(chance: random.Random) -> list[Part]:
    parts = []
    for _ in range(chance.randint(1, 3)):
        count = chance.randint(0, 12)
        columns: dict[str, list[object]] = {KEY: [chance.choice(("户一", "户二", "户三", None)) for _ in range(count)]}
        if chance.random() < 0.7:
            years = chance.choice(((2016, 2017), (2016, 2017, None)))
            columns[YEAR] = [chance.choice(years) for _ in range(count)]
        for name, words in _WORDS.items():
            if chance.random() < 0.8:
                columns[name] = [chance.choice(words) for _ in range(count)]
        if chance.random() < 0.8:
            columns["birth_date"] = [chance.choice(_DAYS) for _ in range(count)]
        parts.append(part(columns, count))
    return parts


def same(one: dict[str, object], other: dict[str, object]) -> bool:
    """Two rows of one household that are one person, in one year or in years that may be one."""
    if one[KEY] is None or one[KEY] != other[KEY]:
        return False
    if one[YEAR] is not None and other[YEAR] is not None and one[YEAR] != other[YEAR]:
        return False
    names = [str(row["name"]).replace(" ", "").replace("Ａ", "A") if row["name"] is not None else None for row in (one, other)]
    by_name = names[0] is not None and names[0] == names[1] and one["birth_date"] is not None
    return (by_name and one["birth_date"] == other["birth_date"]) or any(
        one[name] is not None and one[name] == other[name] for name in ("id_number", "person_id")
    )


def rows(parts: list[Part]) -> dict[tuple[int, int], dict[str, object]]:
    fields = (KEY, YEAR, *_WORDS, "birth_date")
    return {
        (number, record): {name: one.values[name][record].as_py() if name in one.values else None for name in fields}
        for number, one in enumerate(parts)
        for record in range(len(one))
    }


@pytest.mark.parametrize("seed", range(60))
def test_every_row_that_is_the_same_person_as_another_is_found_and_no_other(seed: int) -> None:
    parts = some_parts(random.Random(seed))
    everybody = rows(parts)
    pairs = {frozenset(pair) for pair in combinations(everybody, 2) if same(everybody[pair[0]], everybody[pair[1]])}
    found = {(number, record): other for number, records in doubled_members(parts).items() for record, other in records.items()}
    assert set(found) == {place for pair in pairs for place in pair}
    # The row that is named beside it is the same person indeed.
    assert all(frozenset((place, other)) in pairs for place, other in found.items())
