"""Made-up rosters of three years, one of them not next to the others, in which every rule between years is met and broken.

They know who is who: ``_before`` is last year's row, ``_came`` and ``_went`` what became of it, ``_home`` a member's household,
``_reused`` whether the number was another household's.
"""

import random
from datetime import date
from decimal import Decimal
from typing import Any

from made_up import BAD, LINES
from quality_oracle import check_character

Row = dict[str, Any]
YEARS = (2016, 2017, 2019)
VILLAGES = ("甲村", "乙村", "丙村")
HOUSEHOLD_REASONS = ("新识别", "返贫", "分户", "并户", "整户迁入", "整户迁出", "销户", "死亡", "错评剔除", "其他")
PERSON_REASONS = ("死亡", "嫁出", "出国定居", "判刑收监", "嫁入", "新生儿", "其他转入", "其他转出")
SECURED = ("education_secured", "medical_secured", "housing_secured", "water_safe")
DAYS = (
    "review_date", "verified_date", "agreed_date", "notice_start", "notice_end", "announced_date", "deregistered_date",
)  # fmt: skip


class Rosters:
    """Households grow older, change and are written down; ``chance`` decides what goes wrong.

    ``whole``: no cell is blank that totals are counted from; one that is leaves them all open.
    """

    def __init__(self, seed: int, households: int, *, whole: bool) -> None:
        self.chance, self.whole = random.Random(seed), whole
        self.households: list[Row] = []
        self.members: list[Row] = []
        self.serial = self.number = 0
        #: Number of each household of the last year → its people, in this order.
        homes = {self._next_number(): [self._somebody(YEARS[0]) for _ in range(self.chance.choice((1, 2, 3, 4)))]
                 for _ in range(households)}  # fmt: skip
        self._write(YEARS[0], homes, dict.fromkeys(homes, (None, None)))
        for year in YEARS[1:]:
            homes, origin = self._pass(homes, year)
            self._write(year, homes, origin)
        self._list_twice()

    def _next_number(self) -> str:
        self.number += 1
        return f"H{self.number:04}"

    def _somebody(self, year: int, born: date | None = None) -> Row:
        self.serial += 1
        born = born or date(
            self.chance.randrange(1930, year - 1), self.chance.choice((1, 6, 12)), self.chance.choice((1, 15, 30))
        )
        head = f"349900{born:%Y%m%d}{self.serial % 1000:03}"
        number = head + check_character(head)
        return {"name": f"样{self.serial}", "id_number": number, "birth_date": born, "sex": "男" if int(number[16]) % 2 else "女"}

    def _often(self, share: float) -> bool:
        return self.chance.random() < share

    def _pass(self, homes: dict[str, list[Row]], year: int) -> tuple[dict[str, list[Row]], dict[str, tuple[str | None, str]]]:
        """Next year's households, and for each the number that it had and what it is."""
        new: dict[str, list[Row]] = {}
        origin: dict[str, tuple[str | None, str]] = {}
        for number, people in homes.items():
            if self._often(0.12):
                continue
            fate = self.chance.random()
            # Whoever changes the number stays together: else it is a matter of opinion which household it is.
            stay = people if fate < 0.1 else [one for one in people if not self._often(0.1)] or people
            key = self._next_number() if fate < 0.1 else number
            new[key], origin[key] = stay, (number, "换号" if fate < 0.1 else "延续")
            if 0.1 < fate < 0.2 and len(stay) >= 4:
                # The smaller part goes, and not the head.
                part = self._next_number()
                new[key], new[part], origin[part] = stay[:-1], stay[-1:], (None, "分户")
            if self._often(0.2):
                more = self._somebody(year, date(year, 5, 5)) if self._often(0.5) else self._somebody(year)
                new[key] = [*new[key], more]
        for number in [number for number in homes if number not in new]:
            # A number that is free, given to people from elsewhere.
            if self._often(0.15):
                new[number], origin[number] = [self._somebody(year), self._somebody(year)], (None, "新增")
        for _ in range(max(2, len(homes) // 8)):
            key = self._next_number()
            new[key], origin[key] = [self._somebody(year) for _ in range(self.chance.choice((1, 2)))], (None, "新增")
        return new, origin

    # --- the rows

    def _write(self, year: int, homes: dict[str, list[Row]], origin: dict[str, tuple[str | None, str | None]]) -> None:
        last = self._of(self.households, YEARS.index(year) - 1)
        last_people = {member["_who"]: member for member in self._of(self.members, YEARS.index(year) - 1).values()}
        by_number = {row["household_id"]: row for row in last.values()}
        for row in last.values():
            row["_went"] = "消失"
        for member in last_people.values():
            member["_went"] = "消失"
        for number, people in homes.items():
            old, came = origin[number]
            before = by_number[old] if old is not None else None
            row = self._household(year, number, len(people), before)
            row |= {"_before": before, "_came": came, "_went": None, "_key": len(self.households)}
            row["_reused"] = None if came is None else None if number not in by_number and came != "延续" else old != number
            if came is not None and number not in by_number:
                row["_reused"] = False
            if before is not None:
                before["_went"] = came
            self.households.append(row)
            for who in people:
                self._member(year, row, who, last_people.get(who["name"]))

    def _of(self, rows: list[Row], place: int) -> dict[int, Row]:
        return {row["_key"]: row for row in rows if place >= 0 and row["year"] == YEARS[place]}

    def _cell(self, *choices: Any, sure: float = 0.9) -> Any:
        dice = self.chance.random()
        return self.chance.choice(choices) if dice < sure else BAD if dice > 1 - (1 - sure) / 3 else None

    def _household(self, year: int, number: str, size: int, before: Row | None) -> Row:
        line, chance = LINES[year], self.chance
        sure = 1.0 if self.whole else 0.9
        status = self._cell("未脱贫", "预脱贫", "已脱贫", "已脱贫", "已脱贫", "返贫", sure=sure)
        near = [Decimal(str(line + step)) for step in (-1, 0, 1)] + [
            Decimal(0),
            Decimal(-5),
            Decimal(line * 2),
            Decimal(line * 2 + 1),
        ]
        kept = before is not None and self._often(0.7)
        village = before["village"] if kept and before is not None else self._cell(*VILLAGES, sure=1.0 if self.whole else 0.97)
        return {
            "household_id": number, "year": year, "village": village,
            "household_size": self._cell(size, size, size, max(1, size - 1), max(1, size - 2), sure=sure),
            "poverty_status": status, "exit_year": self._cell(year, year, year, year - 1, year + 1, sure=sure),
            "change_reason": self._cell(None, None, *HOUSEHOLD_REASONS),
            "first_identified_month": self._cell(f"{year}-03", "2014-05", None),
            "income_per_capita": self._cell(*near, sure=0.6),
            "wage_income": self._cell(Decimal(line * size), Decimal(line * size + 1)), "business_income": self._cell(Decimal(300)),
            "property_income": self._cell(Decimal(0)), "transfer_income": self._cell(Decimal(0)), "business_expense": Decimal(300),
            **{name: self._cell(True, True, True, False) for name in SECURED},
            "dangerous_housing": self._cell(False, False, True), "housing_grade": self._cell("A", "B", "C", "D"),
            "dropout_child": self._cell(False, False, True), "dropout_disabled": self._cell(False, True),
            **{name: self._cell(date(year, chance.choice((1, 12)), chance.choice((1, 31))), date(year - 1, 12, 31), date(year + 1, 1, 1))
               for name in DAYS},
        }  # fmt: skip

    def _member(self, year: int, home: Row, who: Row, before: Row | None) -> None:
        if before is not None:
            stays = before["_home"] is home["_before"]
            before["_went"] = came = "延续" if stays else "转户"
        else:
            came = None if home["_came"] is None else "新增"
        years, number = year - who["birth_date"].year, who["id_number"]
        if year == YEARS[-1] and came == "延续" and home["_came"] == "延续":
            # By the name it is still known who it is.
            wrong = number[:14] + "999" + check_character(number[:14] + "999")
            number = self.chance.choices((number, wrong, None), (20, 1, 1))[0]
        row = {
            "household_id": home["household_id"], "year": year, "name": who["name"], "id_number": number,
            "sex": self._cell(who["sex"], who["sex"], who["sex"], "男"),
            "birth_date": self._cell(who["birth_date"], who["birth_date"], who["birth_date"], date(1990, 1, 1), sure=0.95),
            "age": self._cell(years, years, years, max(0, years - 1), years + 1, max(0, years - 2)),
            "change_reason": self._cell(None, None, *PERSON_REASONS),
            "_before": before, "_came": came, "_went": None, "_home": home, "_who": who["name"], "_key": len(self.members),
        }  # fmt: skip
        if before is not None and number not in (None, who["id_number"]):
            # With another day of birth, too, it would be somebody else of that name.
            row["birth_date"] = before["birth_date"]
        self.members.append(row)

    def _list_twice(self) -> None:
        """Some people of the last year stand in a second household, too: nobody knows whether they came into it."""
        last = [row for row in self.members if row["year"] == YEARS[-1]]
        # Were it they who are said to have left, the other row would be the one that counts.
        there = [row for row in last if row["_came"] == "延续" and row["change_reason"] in (None, "嫁入", "新生儿", "其他转入")]
        there = [row for row in there if row["id_number"] == row["_before"]["id_number"] and row["_home"]["_came"] == "延续"]
        large = [row for row in self.households if row["year"] == YEARS[-1] and row["_came"] == "延续" and self._listed(row) >= 3]
        for home, row in zip(large, self.chance.sample(there, len(large)), strict=True):
            if row["_home"] is not home and self._often(0.4):
                reason = self._cell(None, None, "嫁入", "嫁出")
                more = {"household_id": home["household_id"], "_home": home, "change_reason": reason, "_key": len(self.members)}
                self.members.append({**row, **more, "_before": None, "_came": None})

    def _listed(self, home: Row) -> int:
        return sum(row["_home"] is home for row in self.members)

    def without_members(self) -> "Rosters":
        """Nobody is listed any more: a household is known by its number alone, and one whose number is gone by nothing."""
        self.members = []
        for row in self.households:
            row |= {"_before": None, "_came": None, "_went": None, "_reused": None}
        for place in range(1, len(YEARS)):
            last = {row["household_id"]: row for row in self.households if row["year"] == YEARS[place - 1]}
            for row in self.households:
                if row["year"] == YEARS[place]:
                    before = last.get(row["household_id"])
                    row |= {"_before": before, "_came": "延续" if before else None, "_reused": None if before else False}
                    (before or {})["_went"] = "延续"
        return self

    def totals(self) -> list[Row]:
        """What documents declare of every year, right and wrong."""
        found = []
        for year in (*YEARS, 2014):
            for village in (*[None] * 6, *VILLAGES * 2, "丁村", BAD):
                rows = [row for row in self.households if row["year"] == year and village in (None, row["village"])]
                out = [row for row in rows if row["poverty_status"] == "已脱贫" and row["exit_year"] == year]
                row: Row = {"year": year, "village": village}
                row["households"] = self._cell(len(rows), len(rows) + 1)
                row["people"] = self._cell(_sum(rows), _sum(rows) + 1, _sum(rows) + 999, sure=0.8)
                row["exited_households"] = self._cell(len(out), len(out) + 1)
                row["exited_people"] = self._cell(_sum(out), _sum(out) + 1)
                found.append(row)
        return found


def _sum(rows: list[Row]) -> int:
    return sum(row["household_size"] for row in rows if isinstance(row["household_size"], int))
