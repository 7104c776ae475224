"""Mistakes for honest stories: one at a time, each with the rule that must find it and the cell at which it must.

A kind looks for a household of a story whom it fits and whom no other mistake has touched, spoils what the rosters say of it, and
hands back what must be found: the rule, and the cell as table, year, whose row, field. Behind these stand findings that follow
of necessity, because two cells contradict each other and nobody can tell which one is wrong.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from generate import GUARANTEES, LINES, STEPS, Roster, Row, Story, Value, id_of, totals_of
from layouts import Place

#: A rule, and the cell at which it must find something.
Finding = tuple[str, Place]
#: What must be found, and what may be found with it; without a cell it may be anywhere.
Planted = tuple[list[Finding], list[tuple[str, Place | None]]]
Life = Mapping[int, Row]
Fits = Callable[[Life, int], bool]


class NobodyFitsError(Exception):
    """The story has nobody left whom the mistake fits."""


@dataclass
class Ground:
    """A story to plant mistakes in, and which of its households are touched."""

    story: Story
    chance: random.Random
    touched: set[object] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.years = [roster.year for roster in self.story.rosters]
        self.last = self.years[-1]
        self._quiet = {key for key, life in self.lives("household").items() if self._is_quiet(key, life)}

    def roster(self, year: int) -> Roster:
        return self.story.rosters[self.years.index(year)]

    def lives(self, table: str) -> dict[object, dict[int, Row]]:
        """What the rosters say of each household or person, year by year."""
        found: dict[object, dict[int, Row]] = {}
        for roster in self.story.rosters:
            for row in roster.households if table == "household" else roster.people:
                found.setdefault(row["_key" if table == "household" else "_who"], {})[roster.year] = row
        return found

    def _is_quiet(self, key: object, life: Life) -> bool:
        """There in all years with one number, one village and the same people, and no row gives a reason for anything."""
        people = [[row for row in roster.people if row["_key"] == key] for roster in self.story.rosters]
        rows = [*life.values(), *(row for year in people for row in year)]
        same = len({tuple(row["_who"] for row in year) for year in people}) == 1
        known = len({(row["household_id"], row.get("village")) for row in life.values()}) == 1
        return same and known and set(life) == set(self.years) and not any(row["change_reason"] for row in rows)

    def household(self, fits: Fits, years: Sequence[int] | None = None) -> tuple[object, dict[int, Row], int]:
        """A household, its rows, and a year in which the mistake fits them."""
        lives = self.lives("household")
        choice = [
            (key, year)
            for key in sorted(self._quiet - self.touched, key=str)
            for year in years or self.years
            if fits(lives[key], year)
        ]
        if not choice:
            raise NobodyFitsError
        key, year = self.chance.choice(choice)
        self.touched.add(key)
        return key, lives[key], year

    def member(self, fits: Callable[[Row], bool] = lambda row: True) -> tuple[object, dict[int, Row]]:
        """A member of such a household who is not its head, and their rows."""
        lives = self.lives("person")
        choice = [
            who
            for who, life in lives.items()
            if (row := next(iter(life.values())))["_key"] in self._quiet - self.touched
            and row["relation"] != "户主" and row["id_number"] is not None and fits(row)
        ]  # fmt: skip
        if not choice:
            raise NobodyFitsError
        who = self.chance.choice(choice)
        self.touched.add(next(iter(lives[who].values()))["_key"])
        return who, lives[who]

    def drop(self, table: str, whose: object, years: Sequence[int]) -> None:
        """Take somebody's rows out of these years; a household's with its members."""
        name = "_key" if table == "household" else "_who"
        key = None if table == "household" else next(iter(self.lives("person")[whose].values()))["_key"]
        for roster in (self.roster(year) for year in years):
            roster.people = [row for row in roster.people if row[name] != whose]
            if table == "household":
                roster.households = [row for row in roster.households if row["_key"] != whose]
        if key is not None:
            self._count(key)

    def add(self, year: int, person: Row) -> None:
        """Put a row of a member beside those of the household."""
        people = self.roster(year).people
        people.insert(1 + max(at for at, row in enumerate(people) if row["_key"] == person["_key"]), person)
        self._count(person["_key"])

    def _count(self, key: object) -> None:
        """Sizes as the rows of members now are: a mistake about who is there is none about how many."""
        for roster in self.story.rosters:
            for home in roster.households:
                if home["_key"] == key:
                    home["household_size"] = sum(row["_key"] == key for row in roster.people)

    def declare(self) -> None:
        """Totals as the rosters now are: nor is it one about these."""
        for roster in self.story.rosters:
            roster.totals = [totals_of(roster.year, roster.households)]


Kind = Callable[[Ground], Planted]


def spoil(
    rule: str, name: str, value: Callable[[Life, int], Value], fits: Fits, *, when: str = "last", more: Sequence[str] = ()
) -> Kind:
    """A kind that writes something else into one cell of a household. ``more``: rules that find it at the same cell, too."""

    def plant(ground: Ground) -> Planted:
        key, life, year = ground.household(fits, {"last": [ground.last], "earlier": ground.years[:-1], "any": ground.years}[when])
        life[year][name] = value(life, year)
        place = ("household", year, key, name)
        return [(f"household-roster/{rule}", place)], [(f"household-roster/{one}", place) for one in more]

    return plant


def status(life: Life, year: int) -> Value:
    return life[year]["poverty_status"] if year in life else None


def exits(life: Life, year: int) -> bool:
    return status(life, year) == "已脱贫" and life[year]["exit_year"] == year


def stays(*words: str) -> Fits:
    """The same one of these in this year and the one before, which was not the exit's."""
    return lambda life, year: (
        status(life, year - 1) == status(life, year) and status(life, year) in words and not exits(life, year)
    )


def with_income(fits: Fits) -> Fits:
    return lambda life, year: fits(life, year) and life[year].get("income_per_capita") is not None


def _income(life: Life, year: int) -> float:
    found = life[year]["income_per_capita"]
    assert isinstance(found, float)
    return found


def _year_of(value: Value) -> int:
    assert isinstance(value, int)
    return value


def other_year(name: str) -> Callable[[Life, int], Value]:
    """The day of a step, a year too early."""

    def moved(life: Life, year: int) -> Value:
        day = life[year][name]
        assert isinstance(day, date)
        return day.replace(year=year - 1)

    return moved


# What a household's mistake takes more than one cell for


def gone(reason: str | None) -> Kind:
    def plant(ground: Ground) -> Planted:
        key, life, year = ground.household(lambda life, year: True, ground.years[:-1])
        life[year]["change_reason"] = reason
        ground.drop("household", key, [later for later in ground.years if later > year])
        return [("household-roster/continues", ("household", year, key, "household_id"))], []

    return plant


def from_nowhere(ground: Ground) -> Planted:
    key, _, year = ground.household(lambda life, year: not exits(life, year), ground.years[1:])
    ground.drop("household", key, [earlier for earlier in ground.years if earlier < year])
    return [("household-roster/new_identified", ("household", year, key, "household_id"))], []


def reused(ground: Ground) -> Planted:
    """A household moves away, and its number is given to one that is newly identified."""
    key, life, year = ground.household(lambda life, year: True, ground.years[1:])
    life[year - 1]["change_reason"] = "整户迁出"
    number = life[year]["household_id"]
    ground.drop("household", key, [later for later in ground.years if later >= year])
    other, _, _ = ground.household(lambda life, year: True)
    ground.drop("household", other, [earlier for earlier in ground.years if earlier < year])
    for roster in ground.story.rosters:
        for row in (*roster.households, *roster.people):
            if row["_key"] == other:
                row["household_id"] = number
    ground.lives("household")[other][year]["change_reason"] = "新识别"
    return [("household-roster/number_not_reused", ("household", year, other, "household_id"))], []


def planned_then_back(ground: Ground) -> Planted:
    """预脱贫 that did not work out, of a household that had never left, written as 返贫."""
    key, life, year = ground.household(
        lambda life, year: all(
            status(life, one) == "未脱贫" and not life[one]["exit_year"] for one in (year - 2, year - 1, year)
        ),
        [ground.last],
    )
    life[year - 1]["poverty_status"], life[year]["poverty_status"] = "预脱贫", "返贫"
    return [("household-roster/fallback_after_exit", ("household", year, key, "poverty_status"))], []


def fallback_undone(ground: Ground) -> Planted:
    key, life, year = ground.household(
        lambda life, year: status(life, year - 2) == "已脱贫" and stays("已脱贫")(life, year), [ground.last]
    )
    life[year - 1]["poverty_status"], life[year]["poverty_status"] = "返贫", "未脱贫"
    return [("household-roster/fallback_not_undone", ("household", year, key, "poverty_status"))], []


# Members


def person_place(year: int, who: object, name: str) -> Place:
    return ("person", year, who, name)


def comes(ground: Ground) -> Planted:
    who, _ = ground.member(lambda row: isinstance(row["birth_date"], date) and row["birth_date"].year < 2015)
    ground.drop("person", who, ground.years[:-1])
    return [("person-roster/comes_with_reason", person_place(ground.last, who, "person_id"))], []


def leaves(ground: Ground) -> Planted:
    who, _ = ground.member()
    ground.drop("person", who, [ground.last])
    return [("person-roster/leaves_with_reason", person_place(ground.years[-2], who, "person_id"))], []


def said_to_have(rule: str, reason: str) -> Kind:
    """A row says that somebody is dead or gone, who is there again the year after."""

    def plant(ground: Ground) -> Planted:
        who, life = ground.member()
        life[ground.years[-2]]["change_reason"] = reason
        return [(f"person-roster/{rule}", person_place(ground.years[-2], who, "change_reason"))], []

    return plant


def changed(rule: str, name: str, value: Callable[[Row], Value], *, numbered: bool, more: Sequence[str] = ()) -> Kind:
    """A cell of a member says something else in the last year; of one who has no number the rosters alone can tell."""

    def plant(ground: Ground) -> Planted:
        who, life = ground.member()
        if not numbered:
            for row in life.values():
                row["id_number"] = None
        life[ground.last][name] = value(life[ground.last])
        place = person_place(ground.last, who, name)
        return [(rule, place)], [(one, place) for one in more]

    return plant


def other_day(row: Row) -> Value:
    """Another day of the same year."""
    day = row["birth_date"]
    assert isinstance(day, date)
    return day + timedelta(days=1) if (day + timedelta(days=1)).year == day.year else day - timedelta(days=1)


def other_sex(row: Row) -> Value:
    return "女" if row["sex"] == "男" else "男"


def other_number(row: Row) -> Value:
    born, sex = row["birth_date"], row["sex"]
    assert isinstance(born, date)
    return id_of(born, str(sex), 300)


def other_age(row: Row) -> Value:
    """A year less or more, whichever still fits the birth date."""
    age, year, born = row["age"], row["year"], row["birth_date"]
    assert isinstance(age, int) and isinstance(year, int) and isinstance(born, date)  # noqa: PT018
    return age - 1 if age == year - born.year else age + 1


def too_old(ground: Ground) -> Planted:
    """Five years too old in every roster."""
    who, life = ground.member(lambda row: isinstance(row["age"], int))
    for row in life.values():
        row["age"] = _year_of(row["age"]) + 5
    return [("person-roster/age_fits_birth_date", person_place(year, who, "age")) for year in life], []


def twice(ground: Ground) -> Planted:
    """The same person in the roster of another household as well."""
    who, life = ground.member()
    key, homes, year = ground.household(lambda life, year: True, [ground.last])
    copy = life[year] | {
        "_key": key,
        "_who": f"again {who}",
        "household_id": homes[year]["household_id"],
        "person_id": "P99999",
        "relation": "其他",
    }
    copy["change_reason"] = "其他转入"
    ground.add(year, copy)
    return [("person-roster/listed_once", person_place(year, one, "id_number")) for one in (who, copy["_who"])], []


# Declared totals


def declared(rule: str, name: str, by: int) -> Kind:
    """A total that is not the roster's. Totals are planted last: other mistakes change them."""

    def plant(ground: Ground) -> Planted:
        years = [year for year in ground.years if ("totals", year, name) not in ground.touched]
        if not years:
            raise NobodyFitsError
        year = ground.chance.choice(years)
        ground.touched.add(("totals", year, name))
        row = ground.roster(year).totals[0]
        row[name] = _year_of(row[name]) + by
        return [(f"roster-totals/{rule}", ("totals", year, row["village"], name))], []

    return plant


# What cannot be read


def unreadable(code: str, name: str, value: Value, fits: Fits = lambda life, year: True) -> Kind:
    def plant(ground: Ground) -> Planted:
        key, life, year = ground.household(fits, [ground.last])
        life[year][name] = value
        return [(f"reading/{code}", ("household", year, key, name))], []

    return plant


def doubled(ground: Ground) -> Planted:
    """Two rows of one household in a year: neither counts, so its members have none."""
    key, life, year = ground.household(lambda life, year: True, [ground.last])
    ground.roster(year).households.append(life[year] | {"_key": f"again {key}"})
    found = [("reading/household-doubled", ("household", year, one, "household_id")) for one in (key, f"again {key}")]
    members = [("person", year, row["_who"], "household_id") for row in ground.roster(year).people if row["_key"] == key]
    # A row of that year counts for nobody: whoever left before may be in it.
    return found, [*(("reading/member-without-household", place) for place in members), ("reading/households-untraced", None)]


def stranger(ground: Ground) -> Planted:
    """A member under a number that no household has: the household has one member too few."""
    who, life = ground.member()
    row = life[ground.last]
    row["household_id"] = "349900888888"
    place = ("household", ground.last, row["_key"], "household_size")
    # The row counts for nobody: whoever left before may be in it.
    more: list[tuple[str, Place | None]] = [("household-roster/size_fits_members", place), ("reading/households-untraced", None)]
    return [("reading/member-without-household", person_place(ground.last, who, "household_id"))], more


#: Every kind of mistake, by a name that says it.
KINDS: dict[str, Kind] = {
    "gone without a reason": gone(None),
    "gone for another reason": gone("其他"),
    "there after it was said to be deregistered": spoil("stays_gone", "change_reason", lambda life, year: "销户", lambda life, year: True, when="earlier"),
    "new and never identified": from_nowhere,
    "number given to another household": reused,
    "another village without a move": spoil(
        "village_kept", "village", lambda life, year: "样本一村" if life[year]["village"] == "样本二村" else "样本二村", lambda life, year: True
    ),
    "out, then poor": spoil("not_poor_without_fallback", "poverty_status", lambda life, year: "未脱贫", stays("已脱贫")),
    "out, then about to leave": spoil("not_poor_without_fallback", "poverty_status", lambda life, year: "预脱贫", stays("已脱贫")),
    "fallen back without having left": spoil("fallback_after_exit", "poverty_status", lambda life, year: "返贫", stays("未脱贫")),
    "fallen back from a plan": planned_then_back,
    "fallen back, then as if never out": fallback_undone,
    "out without a year": spoil("exit_year_given", "exit_year", lambda life, year: None, stays("已脱贫")),
    "out in a year to come": spoil("exit_year_reached", "exit_year", lambda life, year: year + 1, stays("已脱贫"), more=("exit_year_kept",)),
    "out in another year than it was": spoil(
        "exit_year_kept", "exit_year", lambda life, year: _year_of(life[year]["exit_year"]) - 1, stays("已脱贫")
    ),
    "left in a year before that of the change": spoil(
        "exit_year_of_move", "exit_year", lambda life, year: year - 1,
        lambda life, year: exits(life, year) and status(life, year - 1) in ("未脱贫", "预脱贫") and not life[year - 1]["exit_year"],
    ),
    "income exactly at the line": spoil("exit_income", "income_per_capita", lambda life, year: LINES[year], with_income(exits), when="any"),
    "income under the line": spoil("exit_income", "income_per_capita", lambda life, year: LINES[year] - 0.01, with_income(exits), when="any"),
    "income parts under the line": spoil(
        "exit_income_parts", "wage_income", lambda life, year: 0,
        lambda life, year: exits(life, year) and life[year].get("income_per_capita") is None, when="any",
    ),
    "left with a child out of school": spoil("exit_education", "dropout_child", lambda life, year: "是", exits, when="any"),
    "left from a house of grade D": spoil("exit_housing", "housing_grade", lambda life, year: "D", exits, when="any"),
    "left from a dangerous house": spoil("exit_housing", "dangerous_housing", lambda life, year: "是", exits, when="any"),
    **{
        f"left without {name}": spoil(rule, name, lambda life, year: "否", exits, when="any")
        for name, rule in zip(GUARANTEES, ("exit_education", "exit_medical", "exit_housing", "exit_water"), strict=True)
    },
    **{
        f"{name} in another year": spoil(f"{name.removesuffix('_date')}_in_year", name, other_year(name), exits, when="any") for name in STEPS
    },
    "one member too few counted": spoil(
        "size_fits_members", "household_size", lambda life, year: _year_of(life[year]["household_size"]) - 1,
        with_income(lambda life, year: True), when="any",
    ),
    "income more than doubled": spoil(
        "income_believable", "income_per_capita", lambda life, year: round(2 * _income(life, year - 1) + 0.01, 2), with_income(stays("已脱贫"))
    ),
    "income less than halved": spoil(
        "income_believable", "income_per_capita", lambda life, year: round(_income(life, year - 1) / 2 - 0.01, 2), with_income(stays("未脱贫"))
    ),
    "member from nowhere": comes,
    "member gone without a reason": leaves,
    "dead and there again": said_to_have("dead_stay_dead", "死亡"),
    "married out and still there": said_to_have("left_stays_away", "嫁出"),
    "imprisoned and still there": said_to_have("left_stays_away", "判刑收监"),
    "sex changed": changed("person-roster/sex_kept", "sex", other_sex, numbered=False),
    "birth date changed": changed("person-roster/birth_date_kept", "birth_date", other_day, numbered=False),
    "number changed": changed("person-roster/id_kept", "id_number", other_number, numbered=True),
    "sex against the number": changed("reading/sources-disagree", "sex", other_sex, numbered=True, more=("person-roster/sex_kept",)),
    "birth date against the number": changed("reading/sources-disagree", "birth_date", other_day, numbered=True, more=("person-roster/birth_date_kept",)),
    "age copied from last year": changed("person-roster/age_grows", "age", other_age, numbered=True),
    "age against the birth date": too_old,
    "listed in two households": twice,
    "number cut short": changed("reading/id-malformed", "id_number", lambda row: str(row["id_number"])[:17], numbered=True),
    "relation that no list has": changed("reading/code-unknown", "relation", lambda row: "邻居", numbered=True),
    "income with a letter": unreadable("number-unreadable", "income_per_capita", "3,20O", with_income(lambda life, year: True)),
    "day that never was": unreadable("date-unreadable", "review_date", "2019-02-30", exits),
    "nobody in the household": unreadable("value-zero", "household_size", 0),
    "status misspelt": unreadable("code-unknown-near", "poverty_status", "己脱贫", stays("已脱贫")),
    "household listed twice": doubled,
    "member of no household": stranger,
    "declared households": declared("households_of_whole", "households", 1),
    "declared people": declared("people_of_whole", "people", -1),
    "declared exits": declared("exited_households_of_whole", "exited_households", 1),
    "declared people who left": declared("exited_people_of_whole", "exited_people", 1),
}  # fmt: skip


def plant(ground: Ground, names: Sequence[str]) -> Planted:
    """Plant these kinds, each where no other is; what must be found, and what may be found with it."""
    must: list[Finding] = []
    may: list[tuple[str, Place | None]] = []
    totals = [name for name in names if name.startswith("declared")]
    for name in [name for name in names if name not in totals]:
        found, more = KINDS[name](ground)
        must, may = must + found, may + more
    ground.declare()
    for name in totals:
        must += KINDS[name](ground)[0]
    return must, may
