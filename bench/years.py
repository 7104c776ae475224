"""Write yearly rosters of a made-up county as Parquet: ``python bench/years.py HOUSEHOLDS FOLDER``.

Two files for each year, households-2016.parquet and people-2016.parquet, up to 2020: about four people in a household. It is an
honest story: households leave poverty in a year in which they stand over that year's line, some fall back and leave again, some
come newly identified, some die out or move away with a reason, some get another number, some split; children are born, people
marry and die. The same rows come each time. Area code 349900 belongs to no county, names begin with 样.
"""

import sys
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from fupin_cli.model.tables import fields as declared

SEED = 20161231
LINES = {2016: 2952, 2017: 2952, 2018: 2995, 2019: 3218, 2020: 4000}
YEARS = tuple(LINES)
PEOPLE = 4
#: Households of a village.
_VILLAGE = 500
#: Shares of households or people to which something happens in a year.
_EXITS, _FALLS, _COMES, _GOES, _RENUMBERED, _SPLITS = 0.22, 0.003, 0.01, 0.008, 0.002, 0.001
_BIRTHS, _DEATHS, _MARRIED_OUT = 0.02, 0.008, 0.004
#: Income grows by so much; never twice as much as the year before.
_GROWTH = (1.02, 1.25)
_STEPS = ("review_date", "verified_date", "agreed_date", "notice_start", "notice_end", "announced_date", "deregistered_date")
#: Days of the exit procedure from its first step.
_PACE = (0, 7, 9, 12, 18, 22, 60)
_WEIGHTS = np.array((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))
_CHECKS = np.array(list("10X98765432"))
_POOR, _OUT, _AGAIN = 0, 1, 2
_STATUS = np.array(("未脱贫", "已脱贫", "返贫"))
_HEAD, _SPOUSE, _CHILD, _PARENT = range(4)
_RELATIONS = np.array(("户主", "配偶", "之子", "之女", "之母"))
_SURNAMES, _GIVEN = np.array(list("赵钱孙李周吴郑王冯陈")), np.array(list("甲乙丙丁戊己庚辛壬癸"))

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Homes:
    """The households of a year; texts are empty where there is nothing."""

    number: Array
    village: Array
    status: Array
    exit_year: Array
    income: Array
    identified: Array
    reason: Array
    #: What stays with a household whatever its number is.
    key: Array


@dataclass(frozen=True)
class Folk:
    """The people of a year."""

    serial: Array
    #: ``Homes.key`` of their household.
    home: Array
    relation: Array
    male: Array
    #: Days since 1970.
    born: Array
    reason: Array


Rows = TypeVar("Rows", Homes, Folk)


def _kept(rows: Rows, mask: Array) -> Rows:
    return replace(rows, **{one.name: getattr(rows, one.name)[mask] for one in fields(rows)})


def _joined(rows: Rows, more: Rows) -> Rows:
    return replace(rows, **{one.name: np.concatenate((getattr(rows, one.name), getattr(more, one.name))) for one in fields(rows)})


def _day(year: int, month: int = 1, day: int = 1) -> int:
    return int(np.datetime64(f"{year}-{month:02}-{day:02}", "D").astype(int))


class County:
    """A county that grows older year by year."""

    def __init__(self, households: int) -> None:
        self._chance = np.random.default_rng(SEED)
        self._keys = self._serials = 0
        self.homes, self.folk = self._new(households, YEARS[0], "")

    def _share(self, rows: Array, share: float) -> Array:
        return self._chance.random(len(rows)) < share

    def _homes(self, count: int, village: Array, identified: Array, reason: str) -> Homes:
        keys = np.arange(self._keys, self._keys + count)
        self._keys += count
        income = np.round(self._chance.uniform(2000, 2900, count), 2)
        poor, never = np.full(count, _POOR), np.zeros(count, int)
        return Homes(keys.copy(), village, poor, never, income, identified, np.full(count, reason, object), keys)

    def _people(self, homes: Array, relation: Array, male: Array, born: Array, reason: str) -> Folk:
        serials = np.arange(self._serials, self._serials + len(homes))
        self._serials += len(homes)
        return Folk(serials, homes, relation, male, born, np.full(len(homes), reason, object))

    def _new(self, count: int, year: int, reason: str) -> tuple[Homes, Folk]:
        """Households with a couple, a child, and another child or the mother of the head."""
        month = np.datetime64("2014-01", "M").astype(int) if not reason else np.datetime64(f"{year}-01", "M").astype(int)
        identified = month + self._chance.integers(0, 12, count)
        homes = self._homes(count, self._chance.integers(0, max(1, count // _VILLAGE), count), identified, reason)
        chance, nobody = self._chance, np.zeros(0, int)
        folk = self._people(nobody, nobody, nobody.astype(bool), nobody, "")
        for place in range(PEOPLE):
            relation = np.full(count, min(place, _CHILD))
            if place == _PARENT:
                relation = np.where(chance.random(count) < 0.5, _CHILD, _PARENT)
            first, last = (np.choose(relation, years) for years in ((1960, 1960, 1995, 1930), (1975, 1975, 2013, 1942)))
            born = (chance.uniform(first, last, count) - 1970) * 365.25
            male = np.choose(
                relation, (np.full(count, True), np.full(count, False), chance.random(count) < 0.5, np.full(count, False))
            )
            folk = _joined(folk, self._people(homes.key, relation, male, born.astype(int), ""))
        return homes, folk

    def leave(self) -> None:
        """Say in this year's rows who will not be there next year, and why."""
        gone = self._share(self.homes.key, _GOES)
        reason = np.where(gone, np.where(self._share(self.homes.key, 0.5), "整户迁出", "销户"), self.homes.reason)
        self.homes = replace(self.homes, reason=reason)
        dead = self._share(self.folk.serial, _DEATHS) & (self.folk.relation != _HEAD)
        married = self._share(self.folk.serial, _MARRIED_OUT) & (self.folk.relation == _CHILD) & (self.folk.born < _day(1998))
        word = np.where(dead, "死亡", np.where(married & ~dead, "嫁出", self.folk.reason))
        self.folk = replace(self.folk, reason=word)

    def pass_into(self, year: int) -> None:
        """The next year: who left is gone, who comes is there, incomes grow, households leave poverty and fall back."""
        homes = _kept(self.homes, ~np.isin(self.homes.reason, ("整户迁出", "销户")))
        folk = _kept(self.folk, ~np.isin(self.folk.reason, ("死亡", "嫁出")) & np.isin(self.folk.home, homes.key))
        homes = replace(homes, reason=np.full(len(homes.key), "", object))
        folk = replace(folk, reason=np.full(len(folk.serial), "", object))
        homes = self._grown(homes, year)
        homes, folk = self._split(homes, folk)
        homes = self._renumbered(homes)
        babies = homes.key[self._share(homes.key, _BIRTHS)]
        born = self._chance.integers(_day(year), _day(year, 12, 1), len(babies))
        male = self._share(babies, 0.5)
        folk = _joined(folk, self._people(babies, np.full(len(babies), _CHILD), male, born, "新生儿"))
        more, members = self._new(round(len(homes.key) * _COMES), year, "新识别")
        self.homes, self.folk = _joined(homes, more), _joined(folk, members)

    def _grown(self, homes: Homes, year: int) -> Homes:
        line = LINES[year] * 1.02
        income = homes.income * self._chance.uniform(*_GROWTH, len(homes.key))
        poor = homes.status != _OUT
        leaves = poor & self._share(homes.key, _EXITS) & (homes.income * 1.8 > line)
        falls = ~poor & self._share(homes.key, _FALLS)
        status = np.where(leaves, _OUT, np.where(falls, _AGAIN, homes.status))
        income = np.where(falls, homes.income * 0.7, np.where(status == _OUT, np.maximum(income, line), np.minimum(income, line)))
        exit_year = np.where(leaves, year, np.where(falls, 0, homes.exit_year))
        return replace(homes, status=status, exit_year=exit_year, income=np.round(income, 2))

    def _renumbered(self, homes: Homes) -> Homes:
        some = self._share(homes.key, _RENUMBERED)
        number = homes.number.copy()
        number[some] = np.arange(self._keys, self._keys + some.sum())
        self._keys += int(some.sum())
        return replace(homes, number=number)

    def _split(self, homes: Homes, folk: Folk) -> tuple[Homes, Folk]:
        """A grown son or daughter has a household and a number of their own from now on."""
        grown = (folk.relation == _CHILD) & (folk.born < _day(1998)) & self._share(folk.serial, _SPLITS * 4)
        _, first = np.unique(folk.home[grown], return_index=True)
        place = np.flatnonzero(grown)[first]
        left = np.searchsorted(homes.key, folk.home[place])
        more = self._homes(len(place), homes.village[left], homes.identified[left], "分户")
        more = replace(more, income=homes.income[left], status=homes.status[left], exit_year=homes.exit_year[left])
        home, relation = folk.home.copy(), folk.relation.copy()
        home[place], relation[place] = more.key, _HEAD
        return _joined(homes, more), replace(folk, home=home, relation=relation)


def _texts(words: Array) -> pa.Array:
    text = pa.array(words, pa.string())
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def _numbers(values: Array) -> pa.Array:
    return pa.array(values, pa.int32(), mask=values == 0)


def id_numbers(born: Array, male: Array, order: Array) -> Array:
    """ID numbers with a valid checksum that belong to nobody; ``order`` tells people of one birth date and sex apart."""
    day = np.datetime_as_string(born.astype("datetime64[D]")).astype("U10")
    digits = np.char.replace(day, "-", "")
    head = np.char.add(np.char.add("349900", digits), (102 + 2 * order - male).astype("U3"))
    figures = head.view("U1").reshape(len(head), -1).astype(int)
    return np.char.add(head, _CHECKS[(figures * _WEIGHTS).sum(axis=1) % 11])


def _orders(born: Array, male: Array) -> Array:
    """How many people of the same birth date and sex come before each."""
    mark = born * 2 + male
    order = np.argsort(mark, kind="stable")
    first = np.searchsorted(mark[order], mark[order])
    found = np.empty(len(mark), int)
    found[order] = np.arange(len(mark)) - first
    return found


def write(folder: Path, households: int) -> None:
    """Live through the years, then write them: who is called what is known only when everybody is born."""
    county = County(households)
    years = {}
    for year in YEARS:
        if year != YEARS[0]:
            county.pass_into(year)
        if year != YEARS[-1]:
            county.leave()
        years[year] = (county.homes, county.folk)
    everybody = {}
    for _, folk in years.values():
        everybody |= dict(zip(folk.serial.tolist(), zip(folk.born.tolist(), folk.male.tolist(), strict=True), strict=True))
    born, male = (np.zeros(max(everybody) + 1, kind) for kind in (int, bool))
    for serial, (day, is_male) in everybody.items():
        born[serial], male[serial] = day, is_male
    ids = pa.array(id_numbers(born, male, _orders(born, male)), pa.string())
    for year, (homes, folk) in years.items():
        _write(folder / f"people-{year}.parquet", people(year, homes, folk, ids), "person")
        _write(folder / f"households-{year}.parquet", households_of(year, homes, folk, ids), "household")


def _write(path: Path, columns: dict[str, pa.Array], table: str) -> None:
    pq.write_table(pa.table({declared(table)[name].label: values for name, values in columns.items()}), path)


def _household_ids(numbers: Array) -> Array:
    return np.char.add("3499", np.char.zfill(numbers.astype("U8"), 8))


def _names(serial: Array, home: Array) -> pa.Array:
    """Names that tell all of a household apart, also from those who are dead: the serial itself, in ten characters."""
    given = np.full(len(serial), "")
    for _ in range(len(str(serial.max(initial=1)))):
        given = np.char.add(given, _GIVEN[serial % 10])
        serial = serial // 10
    return pa.array(np.char.add(np.char.add("样", _SURNAMES[home % 10]), given), pa.string())


def people(year: int, homes: Homes, folk: Folk, ids: pa.Array) -> dict[str, pa.Array]:
    """The columns of a year's people, in the order of their households."""
    folk = _kept(folk, np.lexsort((folk.relation, folk.home)))
    numbers = np.zeros(homes.key.max() + 1, int)
    numbers[homes.key] = homes.number
    born = folk.born.astype("datetime64[D]")
    age = year - (born.astype("datetime64[Y]").astype(int) + 1970)
    relation = _RELATIONS[
        np.where(folk.relation == _CHILD, np.where(folk.male, 2, 3), np.where(folk.relation == _PARENT, 4, folk.relation))
    ]
    pupil = (age >= 6) & (age < 16)
    return {
        "person_id": pa.array(np.char.add("34998", np.char.zfill(folk.serial.astype("U8"), 8)), pa.string()),
        "household_id": pa.array(_household_ids(numbers[folk.home]), pa.string()),
        "year": pa.array(np.full(len(age), year), pa.int32()),
        "name": _names(folk.serial, folk.home),
        "id_number": ids.take(pa.array(folk.serial)),
        "relation": pa.array(relation, pa.string()),
        "sex": pa.array(np.where(folk.male, "男", "女"), pa.string()),
        "birth_date": pa.array(born, pa.date32()),
        "age": pa.array(age, pa.int32()),
        "ethnicity": pa.array(np.full(len(age), "汉族"), pa.string()),
        "education": _texts(np.where(pupil | (age < 6), "", np.where(age > 60, "文盲或半文盲", "初中")).astype(object)),
        "school_status": _texts(np.where(pupil, "小学", "").astype(object)),
        "health": pa.array(np.where(folk.serial % 9 == 0, "长期慢性病", "健康"), pa.string()),
        "basic_medical": pa.array(np.where(folk.serial % 50 == 0, "否", "是"), pa.string()),
        "change_reason": _texts(folk.reason),
    }


def households_of(year: int, homes: Homes, folk: Folk, ids: pa.Array) -> dict[str, pa.Array]:
    """The columns of a year's households."""
    homes = _kept(homes, np.argsort(homes.number))
    sizes = np.bincount(folk.home, minlength=homes.key.max() + 1)[homes.key]
    heads = np.zeros(homes.key.max() + 1, int)
    heads[folk.home[folk.relation == _HEAD]] = folk.serial[folk.relation == _HEAD]
    head, count = heads[homes.key], len(homes.key)
    village = np.char.add(np.char.add("样本", homes.village.astype("U6")), "村")
    yes = pa.array(np.full(count, "是"), pa.string())
    poor = pa.array(homes.status != _OUT)
    safe = pc.if_else(pc.and_(poor, pa.array(homes.key % 7 == 0)), "否", yes)
    exits = homes.exit_year == year
    first = _day(year, 9) + homes.key % 30
    columns = {
        "household_id": pa.array(_household_ids(homes.number), pa.string()),
        "head_name": _names(head, homes.key),
        "head_id_number": ids.take(pa.array(head)),
        "township": pa.array(np.char.add(np.char.add("样本", (homes.village // 10).astype("U6")), "乡"), pa.string()),
        "village": pa.array(village, pa.string()),
        "year": pa.array(np.full(count, year), pa.int32()),
        "household_size": pa.array(sizes, pa.int32()),
        "poverty_status": pa.array(_STATUS[homes.status], pa.string()),
        "exit_year": _numbers(homes.exit_year),
        "first_identified_month": pa.array(np.datetime_as_string(homes.identified.astype("datetime64[M]")), pa.string()),
        "change_reason": _texts(homes.reason),
        "income_per_capita": pa.array(homes.income, pa.float64()),
        "education_secured": yes,
        "medical_secured": yes,
        "housing_secured": safe,
        "dangerous_housing": pc.if_else(pc.equal(safe, "是"), "否", "是"),
        "water_safe": yes,
    }
    return columns | {
        step: pa.array(first + pace, pa.int32(), mask=~exits).cast(pa.date32()) for step, pace in zip(_STEPS, _PACE, strict=True)
    }


if __name__ == "__main__":
    target = Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    write(target, int(sys.argv[1]))
