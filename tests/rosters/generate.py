"""Honest stories of a made-up village over some years: what its rosters would say if nobody made a mistake.

Households leave poverty and fall back, split, merge, get another number, move and die out; people are born, marry, die and go
away. The rules hold in every story by how it is told; ``layouts`` writes it down. Area code 349900 belongs to no county, names
begin with 样.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from fupin_cli.model.identity import checksum_holds

AREA = "349900"
LINES = {2016: 2952, 2017: 2952, 2018: 2995, 2019: 3218, 2020: 4000}
STEPS = (
    "review_date", "verified_date", "agreed_date", "notice_start", "notice_end", "announced_date", "deregistered_date",
)  # fmt: skip
GUARANTEES = ("education_secured", "medical_secured", "housing_secured", "water_safe")
_SURNAMES, _STEMS = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "甲乙丙丁戊己庚辛壬癸"
_LEAVES = ("嫁出", "出国定居", "判刑收监", "其他转出")
_GONE = ("整户迁出", "销户", "错评剔除")

Value = str | int | float | date | None
#: Fields of a table, and under ``_key`` whose household it is, under ``_who`` which person.
Row = dict[str, Value]


def id_of(born: date, sex: str, order: int) -> str:
    """An ID number with a valid checksum that belongs to nobody; ``order`` tells people of one birth date and sex apart."""
    head = f"{AREA}{born:%Y%m%d}{102 + 2 * order - (sex == '男')}"
    return next(head + check for check in "0123456789X" if checksum_holds(head + check))


@dataclass
class Person:
    """Somebody; ``reason`` is what the year's row says under 人口变更原因."""

    who: int
    name: str
    sex: str
    born: date
    id_number: str | None
    relation: str
    reason: str = ""


@dataclass
class Home:
    """A household; ``key`` stays whatever its number is."""

    key: int
    number: int
    village: str
    people: list[Person]
    status: str = "未脱贫"
    exit_year: int | None = None
    income: float = 2500.0
    identified: str = "2014-06"
    reason: str = ""
    #: Its income is given by its parts.
    by_parts: bool = False


@dataclass
class Roster:
    """What one year's roster says."""

    year: int
    households: list[Row]
    people: list[Row]
    totals: list[Row] = field(default_factory=list)


@dataclass
class Story:
    """Rosters of successive years, and what happened: (year, word, key of the household)."""

    rosters: list[Roster]
    happened: list[tuple[int, str, int]] = field(default_factory=list)


class Village:
    """A village that grows older year by year."""

    def __init__(self, seed: int, households: int, events: float) -> None:
        self._chance = random.Random(seed)
        self._events = events
        self._numbers = self._people = self._keys = 0
        self._orders: dict[tuple[date, str], int] = {}
        #: Whether 家庭人口数 counts those whose row says that they have left; how 年龄 is counted.
        self._counts_left = self._chance.random() < 0.5
        self._age_before_birthday = self._chance.random() < 0.3
        self.happened: list[tuple[int, str, int]] = []
        self.homes = [self._home(f"样本{'一二'[number % 2]}村") for number in range(households)]
        for home in self.homes:
            if self._chance.random() < 0.3:
                home.status, home.exit_year, home.income = "已脱贫", 2015, self._chance.uniform(3000, 3600)

    # People and households

    def _person(self, relation: str, sex: str, born: date, reason: str = "") -> Person:
        self._people += 1
        order = self._orders[born, sex] = self._orders.get((born, sex), -1) + 1
        rest, first = divmod(self._people, len(_SURNAMES))
        name = f"样{_SURNAMES[first]}{_STEMS[rest % 10]}{_STEMS[rest // 10 % 10]}"
        return Person(self._people, name, sex, born, id_of(born, sex, order), relation, reason)

    def _born(self, first: int, last: int) -> date:
        return date(first, 1, 1) + timedelta(days=self._chance.randrange((last - first + 1) * 365))

    def _home(self, village: str) -> Home:
        people = [self._person("户主", "男", self._born(1955, 1975)), self._person("配偶", "女", self._born(1957, 1977))]
        for _ in range(self._chance.randint(1, 3)):
            sex = self._chance.choice("男女")
            people.append(self._person("之子" if sex == "男" else "之女", sex, self._born(1988, 2012)))
        if self._chance.random() < 0.4:
            people.append(self._person("之母", "女", self._born(1930, 1940)))
        if self._chance.random() < 0.15:
            # Nobody wrote down his number: he is known by his name.
            people[-1].id_number = None
        home = Home(self._key(), self._number(), village, people)
        home.income = round(self._chance.uniform(2000, 2800), 2)
        home.by_parts = self._chance.random() < 0.2
        return home

    def _key(self) -> int:
        self._keys += 1
        return self._keys

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _happens(self, year: int, word: str, home: Home, share: float) -> bool:
        if self._chance.random() >= share * self._events:
            return False
        self.happened.append((year, word, home.key))
        return True

    # A year

    def pass_into(self, year: int) -> None:
        """Who left is gone; then whatever comes with the year."""
        self.homes = [home for home in self.homes if home.reason not in (*_GONE, "死亡", "并户") and self._remain(home)]
        for home in self.homes:
            home.reason = ""
            for person in home.people:
                person.reason = ""
            self._status(home, year)
        touched: set[int] = set()
        for happening in (self._merge, self._split, self._marry, self._move, self._renumber):
            for home in list(self.homes):
                # One of these in a year is enough for a household.
                if home.key not in touched and home in self.homes:
                    touched |= happening(home, year, touched)
        for home in self.homes:
            self._come(home, year)
        for _ in range(self._chance.choice((0, 1, 1, 2)) if self._events else 0):
            home = self._home("样本一村")
            stated = self._chance.random() < 0.6
            home.reason, home.identified = ("新识别" if stated else ""), f"{year}-0{self._chance.randint(1, 9)}"
            self.happened.append((year, "新识别", home.key))
            self.homes.append(home)

    def _remain(self, home: Home) -> bool:
        """Let those go whose row said so; whether anybody is left."""
        home.people = [one for one in home.people if one.reason not in (*_LEAVES, "死亡")]
        if home.people and all(one.relation != "户主" for one in home.people):
            # The oldest is the head from now on.
            min(home.people, key=lambda one: one.born).relation = "户主"
        return bool(home.people)

    def _status(self, home: Home, year: int) -> None:
        """Income and 脱贫属性: what is allowed, and what goes with it in the year of an exit."""
        line, before = LINES[year], home.income
        home.income = round(before * self._chance.uniform(0.9, 1.3), 2)
        poor = home.status != "已脱贫"
        if poor and before * 1.9 > line and self._chance.random() < 0.35:
            home.status, home.exit_year = "已脱贫", year
            home.income = round(max(home.income, line + self._chance.choice((0.01, 1, 50, 300))), 2)
        elif not poor and self._happens(year, "返贫", home, 0.15):
            home.status, home.income = "返贫", round(before * 0.6, 2)
        elif home.status in ("未脱贫", "返贫") and self._happens(year, "预脱贫", home, 0.2):
            home.status = "预脱贫"
        elif home.status == "预脱贫" and self._chance.random() < 0.5:
            # It did not work out.
            home.status = "返贫" if home.exit_year else "未脱贫"

    def _come(self, home: Home, year: int) -> None:
        if self._happens(year, "新生儿", home, 0.15):
            # The birth date says it as well.
            reason = self._chance.choice(("新生儿", ""))
            sex = self._chance.choice("男女")
            home.people.append(
                self._person("之孙子" if sex == "男" else "之孙女", sex, date(year, self._chance.randint(1, 12), 9), reason)
            )
        if self._happens(year, "嫁入", home, 0.1):
            home.people.append(self._person("之儿媳", "女", self._born(1988, 1996), "嫁入"))
        if self._happens(year, "其他转入", home, 0.05):
            home.people.append(self._person("其他", "男", self._born(1960, 1990), "其他转入"))

    def _split(self, home: Home, year: int, touched: set[int]) -> set[int]:
        grown = [one for one in home.people if one.relation in ("之子", "之女") and one.born.year < year - 18 and one.id_number]
        if len(home.people) < 4 or not grown or not self._happens(year, "分户", home, 0.15):
            return set()
        one = grown[0]
        home.people.remove(one)
        one.relation = "户主"
        new = Home(self._key(), self._number(), home.village, [one], home.status, home.exit_year, home.income, home.identified)
        new.reason, new.by_parts = self._chance.choice(("分户", "")), home.by_parts
        self.homes.append(new)
        return {home.key, new.key}

    def _merge(self, home: Home, year: int, touched: set[int]) -> set[int]:
        others = [one for one in self.homes if one is not home and one.key not in touched and len(one.people) > len(home.people)]
        if not others or any(one.id_number is None for one in home.people) or not self._happens(year, "并户", home, 0.15):
            return set()
        into = others[0]
        for one in home.people:
            one.relation = "其他"
        into.people += home.people
        self.homes.remove(home)
        return {home.key, into.key}

    def _marry(self, home: Home, year: int, touched: set[int]) -> set[int]:
        """A daughter moves into another household of the village."""
        brides = [one for one in home.people if one.relation == "之女" and one.born.year < year - 20 and one.id_number]
        others = [one for one in self.homes if one is not home and one.key not in touched]
        if len(home.people) < 3 or not brides or not others or not self._happens(year, "转户", home, 0.3):
            return set()
        into = others[-1]
        home.people.remove(brides[0])
        brides[0].relation, brides[0].reason = "之儿媳", self._chance.choice(("嫁入", ""))
        into.people.append(brides[0])
        return {home.key, into.key}

    def _move(self, home: Home, year: int, touched: set[int]) -> set[int]:
        if not self._happens(year, "搬迁", home, 0.08):
            return set()
        home.village = "样本二村" if home.village == "样本一村" else "样本一村"
        home.reason = "整户迁入"
        return {home.key}

    def _renumber(self, home: Home, year: int, touched: set[int]) -> set[int]:
        if any(one.id_number is None for one in home.people) or not self._happens(year, "换号", home, 0.1):
            return set()
        home.number = self._number()
        return {home.key}

    def leave(self, year: int) -> None:
        """Who will not be there next year, and why: it stands in this year's row."""
        for home in self.homes:
            if home.reason:
                continue
            if self._happens(year, "整户", home, 0.06):
                self._all_leave(home)
                continue
            for one in home.people[1:]:
                if not one.reason and len(home.people) > 2 and self._happens(year, "离开", home, 0.06):
                    one.reason = self._chance.choice(("死亡", *_LEAVES))
            if (
                len(home.people) > 2
                and not any(one.reason for one in home.people)
                and self._happens(year, "户主死亡", home, 0.06)
            ):
                home.people[0].reason = "死亡"

    def _all_leave(self, home: Home) -> None:
        if self._chance.random() < 0.3:
            # Everybody's own row says it, and nothing needs to be said of the household.
            for one in home.people:
                one.reason = self._chance.choice(("死亡", "其他转出"))
        else:
            home.reason = self._chance.choice(_GONE)

    def rename(self, old: str, new: str) -> None:
        """The village has another name."""
        for home in self.homes:
            home.village = new if home.village == old else home.village

    # What is written down

    def roster(self, year: int) -> Roster:
        """The year's roster."""
        households = [self._household_row(home, year) for home in self.homes]
        people = [row for home in self.homes for row in self._people_rows(home, year)]
        return Roster(year, households, people, [totals_of(year, households)])

    def _household_row(self, home: Home, year: int) -> Row:
        head = next(one for one in home.people if one.relation == "户主")
        left = sum(one.reason in (*_LEAVES, "死亡") for one in home.people)
        size = len(home.people) - (0 if self._counts_left else left) or len(home.people)
        row: Row = {
            "_key": home.key, "household_id": f"{AREA}{home.number:06}", "head_name": head.name, "head_id_number": head.id_number,
            "county": "样本县", "township": "样本乡", "village": home.village, "year": year, "household_size": size,
            "poverty_status": home.status, "exit_year": home.exit_year, "first_identified_month": home.identified,
            "change_reason": home.reason or None,
        }  # fmt: skip
        if home.by_parts:
            wages = round(home.income * size + 1, 2)
            row |= {
                "wage_income": wages,
                "business_income": 800.5,
                "property_income": 0,
                "transfer_income": 100,
                "business_expense": 900.5,
            }
        else:
            row["income_per_capita"] = home.income
        exits = home.status == "已脱贫" and home.exit_year == year
        safe = exits or home.status == "已脱贫" or home.key % 3
        row |= dict.fromkeys(GUARANTEES, "是") | {
            "dangerous_housing": "否",
            "housing_grade": "B",
            "dropout_child": "否",
            "dropout_disabled": "否",
        }
        if not safe:
            row |= {"housing_secured": "否", "dangerous_housing": "是", "housing_grade": "D"}
        if exits:
            row |= {name: date(year, 9, 1 + home.key % 9) + timedelta(days=4 * place) for place, name in enumerate(STEPS)}
        return row

    def _people_rows(self, home: Home, year: int) -> Iterator[Row]:
        for one in home.people:
            age = year - one.born.year - self._age_before_birthday
            yield {
                "_key": home.key, "_who": one.who, "household_id": f"{AREA}{home.number:06}", "person_id": f"P{one.who:05}", "year": year,
                "name": one.name, "id_number": one.id_number, "relation": one.relation, "sex": one.sex, "birth_date": one.born,
                "age": age if age >= 0 else None, "ethnicity": "汉族", "health": "健康",
                "change_reason": one.reason or None,
            }  # fmt: skip


def totals_of(year: int, households: Sequence[Row], village: str | None = None) -> Row:
    """What a document would declare of a roster."""
    mine = [row for row in households if village is None or row["village"] == village]
    out = [row for row in mine if row["poverty_status"] == "已脱贫" and row["exit_year"] == year]
    return {
        "year": year, "village": village, "households": len(mine), "people": _people(mine),
        "exited_households": len(out), "exited_people": _people(out), "document": "样本文件",
    }  # fmt: skip


def _people(households: Sequence[Row]) -> int:
    return sum(size for row in households if isinstance(size := row["household_size"], int))


def story(
    seed: int,
    *,
    years: Sequence[int] = (2016, 2017, 2018),
    households: int = 10,
    events: float = 1.0,
    renamed_in: int | None = None,
    missing: Sequence[int] = (),
    look: Callable[[Village, int], None] | None = None,
) -> Story:
    """A story. ``events`` is how much happens; ``missing`` are years that were lived through and of which there is no roster."""
    village = Village(seed, households, events)
    rosters = []
    for place, year in enumerate(years):
        if place:
            village.pass_into(year)
        if year == renamed_in:
            village.rename("样本二村", "样新二村")
        if place < len(years) - 1:
            village.leave(year)
        if look is not None:
            look(village, year)
        if year not in missing:
            rosters.append(village.roster(year))
    return Story(rosters, village.happened)
