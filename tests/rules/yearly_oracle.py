"""The list of rules between years, read a second time: plain Python, three truth values, exact numbers.

No line of the engine is used, and none of the pack: what both agree on is what the list says. Who is who from year to year is
not asked here: the made-up rosters know it (``yearly_rosters``).
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from made_up import BAD, LINES
from three_values import Rule, Truth, among, at_least, at_most, both, either, negated, over
from yearly_rosters import YEARS, Row

GONE = ("销户", "死亡", "整户迁出", "分户", "并户", "错评剔除")
COME = ("新识别", "返贫", "整户迁入", "分户", "并户")
LEAVES = ("死亡", "嫁出", "出国定居", "判刑收监", "其他转出")
ENTERS = ("新生儿", "嫁入", "其他转入")
STEPS = {
    "review_in_year": "review_date",
    "verified_in_year": "verified_date",
    "agreed_in_year": "agreed_date",
    "notice_start_in_year": "notice_start",
    "notice_end_in_year": "notice_end",
    "announced_in_year": "announced_date",
    "deregistered_in_year": "deregistered_date",
}


def value(row: Row | None, name: str) -> Any:
    found = row.get(name) if row is not None else None
    return None if found is BAD else found


def blank(row: Row | None, name: str) -> Truth:
    return None if row is None or row[name] is BAD else row[name] is None


def same(left: Any, right: Any) -> Truth:
    return None if left is None or right is None else left == right


def written(row: Row | None, *reasons: str) -> Truth:
    """Whether one of these reasons is written in the row; any where none is named."""
    said = negated(blank(row, "change_reason"))
    return both(said, among(value(row, "change_reason"), *reasons)) if reasons else said


def next_to(row: Row, step: int) -> Truth:
    """Whether the roster before (-1) or after (1) is that of the neighbouring year; unknown where there is none."""
    place = YEARS.index(row["year"]) + step
    return YEARS[place] == row["year"] + step if 0 <= place < len(YEARS) else None


def both_years(row: Row) -> Truth:
    """Whether the household is last year's, and that year is the one before."""
    before = row["_before"]
    return both(among(row["_came"], "延续", "换号"), same(value(before, "year"), row["year"] - 1))


def of_household(row: Row, members: Sequence[Row], villages: set[Any]) -> dict[str, Rule]:
    """``members``: the rows of its members; ``villages``: those of the year."""
    return {**_comings(row, members, villages), **_statuses(row), **_exit(row), **_figures(row, members)}


def _everyone_left(members: Sequence[Row]) -> Truth:
    return both(*(written(member, *LEAVES) for member in members)) if members else False


def _traced(row: Row, word: str | None, step: int) -> Truth:
    """Whether it is known what it was or became: no where there is a roster beside and its number is not in it."""
    if word is not None:
        return True
    return False if next_to(row, step) is not None else None


def _comings(row: Row, members: Sequence[Row], villages: set[Any]) -> dict[str, Rule]:
    came, went, before = row["_came"], row["_went"], row["_before"]
    month = value(row, "first_identified_month")
    identified = None if row["first_identified_month"] is BAD else month is not None and month[:4] == str(row["year"])
    old, new = value(before, "village"), value(row, "village")
    moved = None if old is None or new is None else old != new and old in villages
    told_to_move = (written(one, "整户迁入", "整户迁出") for one in (row, before))
    return {
        "continues": Rule(
            either(
                negated(same(went, "消失")), _everyone_left(members), written(row, *GONE),
                both(same(came, "新增"), written(row, *COME)),
            ),
            next_to(row, 1),
        ),
        "stays_gone": Rule(
            negated(both(among(value(row, "change_reason"), "销户", "死亡", "错评剔除"), among(went, "延续", "换号"))),
            both(next_to(row, 1), written(row)),
        ),
        "new_identified": Rule(
            either(
                negated(same(came, "新增")), identified, written(row, *COME),
                both(same(went, "消失"), written(row, *GONE)),
            ),
            next_to(row, -1),
        ),
        "leaves_traceably": Rule(
            either(_traced(row, went, 1), _everyone_left(members), both(written(row), negated(same(value(row, "change_reason"), "其他")))),
            next_to(row, 1),
        ),
        "comes_traceably": Rule(
            either(_traced(row, came, -1), identified, both(written(row), negated(same(value(row, "change_reason"), "其他")))),
            next_to(row, -1),
        ),
        "number_not_reused": Rule(negated(row["_reused"])),
        "village_kept": Rule(either(negated(moved), *told_to_move), among(came, "延续", "换号")),
    }  # fmt: skip


def _before_plan(row: Row) -> Any:
    """The last status of an earlier year that is not 预脱贫, as far back as one year follows another."""
    if both_years(row) is not True:
        return None
    old = value(row["_before"], "poverty_status")
    return _before_plan(row["_before"]) if old == "预脱贫" else old


def _statuses(row: Row) -> dict[str, Rule]:
    before, year = row["_before"], row["year"]
    old, new = value(before, "poverty_status"), value(row, "poverty_status")
    ended, last = value(row, "exit_year"), value(before, "exit_year")

    def move(start: str, *ends: str) -> Truth:
        return both(same(old, start), among(new, *ends))

    out, neighbours = same(new, "已脱贫"), both_years(row)
    planned, start = same(old, "预脱贫"), _before_plan(row)
    never_out = both(planned, same(start, "未脱贫"), blank(before, "exit_year"), same(new, "返贫"))
    undone = either(move("返贫", "未脱贫"), both(planned, same(start, "返贫"), same(new, "未脱贫")))
    return {
        "not_poor_without_fallback": Rule(negated(move("已脱贫", "未脱贫", "预脱贫")), neighbours),
        "fallback_after_exit": Rule(both(negated(move("未脱贫", "返贫")), negated(never_out)), neighbours),
        "fallback_not_undone": Rule(negated(undone), neighbours),
        "exit_year_given": Rule(negated(blank(row, "exit_year")), out),
        "exit_year_reached": Rule(at_most(ended, year), out),
        "exit_year_kept": Rule(same(ended, last), both(neighbours, same(old, "已脱贫"), out)),
        "exit_year_of_move": Rule(same(ended, year), both(neighbours, among(old, "未脱贫", "预脱贫"), out)),
    }


def _exit(row: Row) -> dict[str, Rule]:
    now = both(same(value(row, "poverty_status"), "已脱贫"), same(value(row, "exit_year"), row["year"]))
    line, income, size = LINES[row["year"]], value(row, "income_per_capita"), value(row, "household_size")
    parts = [value(row, f"{name}_income") for name in ("wage", "business", "property", "transfer")]
    cost = value(row, "business_expense")
    whole = None if None in (*parts, cost, size) else sum(map(Fraction, parts), Fraction(0)) - Fraction(cost)
    grade = value(row, "housing_grade")
    safe = both(value(row, "housing_secured"), negated(value(row, "dangerous_housing")), negated(among(grade, "C", "D")))
    at_school = either(negated(value(row, "dropout_child")), value(row, "dropout_disabled"))
    found = {
        "exit_income": Rule(over(income, line), now),
        "exit_income_parts": Rule(
            over(whole, line * size if size is not None else None), both(now, blank(row, "income_per_capita"))
        ),
        "exit_education": Rule(both(value(row, "education_secured"), at_school), now),
        "exit_medical": Rule(value(row, "medical_secured"), now),
        "exit_housing": Rule(safe, now),
        "exit_water": Rule(value(row, "water_safe"), now),
    }
    for check, field in STEPS.items():
        day: date | None = value(row, field)
        found[check] = Rule(same(day.year if day else None, row["year"]), both(now, negated(blank(row, field))))
    return found


def _figures(row: Row, members: Sequence[Row]) -> dict[str, Rule]:
    size = value(row, "household_size")
    gone = None if any(member["change_reason"] is BAD for member in members) else sum(
        member["change_reason"] in LEAVES for member in members
    )  # fmt: skip
    rows = len(members) or None
    there = None if rows is None or gone is None else rows - gone
    before, now = value(row["_before"], "income_per_capita"), value(row, "income_per_capita")
    twice = both(at_most(now, 2 * before if before is not None else None), at_most(before, 2 * now if now is not None else None))
    return {
        "size_fits_members": Rule(either(same(size, rows), same(size, there)), negated(blank(row, "household_size"))),
        "income_believable": Rule(twice, both(both_years(row), over(now, 0), over(before, 0))),
    }


def _died_long_ago(row: Row, rows: Sequence[Row]) -> bool:
    number, place = value(row, "id_number"), YEARS.index(row["year"])
    if number is None or row["_before"] is not None:
        return False
    for step, year in enumerate(reversed(YEARS[:place])):
        found = [one for one in rows if one["year"] == year and (value(one, "id_number") or "")[:18] == number[:18]]
        if found:
            return step > 0 and len(found) == 1 and value(found[0], "change_reason") == "死亡"
    return False


def of_person(row: Row, rows: Sequence[Row]) -> dict[str, Rule]:
    """``rows``: all rows of members."""
    came, went, before, home = row["_came"], row["_went"], row["_before"], row["_home"]
    born, number, years = value(row, "birth_date"), value(row, "id_number"), value(row, "age")
    this_year = (born is not None and born.year == row["year"]) or (number is not None and number[6:10] == str(row["year"]))
    newborn = True if this_year else None if BAD in (row["birth_date"], row["id_number"]) else False
    known = among(came, "延续", "转户")
    last_number = value(before, "id_number")
    aged = None if born is None or years is None else row["year"] - born.year in (years, years + 1)
    older = None if years is None or value(before, "age") is None else years - before["age"]
    told = negated(blank(before, "change_reason")) if before is not None else None
    return {
        "comes_with_reason": Rule(
            either(
                negated(same(came, "新增")), newborn, among(home["_came"], "新增", "分户", "并户"), written(row, *ENTERS),
                both(same(went, "消失"), written(row, *LEAVES)),
            ),
            next_to(row, -1),
        ),
        "leaves_with_reason": Rule(
            either(
                negated(same(went, "消失")), among(home["_went"], "消失", "分户", "并户"), written(row, *LEAVES),
                both(same(came, "新增"), written(row, *ENTERS)),
            ),
            next_to(row, 1),
        ),
        "dead_stay_dead": Rule(
            both(negated(same(value(before, "change_reason"), "死亡")), not _died_long_ago(row, rows)),
            either(told, _died_long_ago(row, rows)),
        ),
        "left_stays_away": Rule(
            either(
                negated(among(value(before, "change_reason"), *LEAVES[1:])), same(came, "转户"), written(row, "嫁入", "其他转入")
            ),
            both(same(value(before, "year"), row["year"] - 1), told),
        ),
        "sex_kept": Rule(same(value(row, "sex"), value(before, "sex")), known),
        "birth_date_kept": Rule(same(born, value(before, "birth_date")), known),
        "id_kept": Rule(same(number and number[:18], last_number and last_number[:18]), known),
        "age_grows": Rule(same(older, row["year"] - before["year"] if before is not None else None), known),
        "age_fits_birth_date": Rule(aged, both(negated(blank(row, "birth_date")), negated(blank(row, "age")))),
        "listed_once": Rule(negated(_twice(row, rows))),
    }  # fmt: skip


def _twice(row: Row, rows: Sequence[Row]) -> Truth:
    number = value(row, "id_number")
    if number is None:
        return None
    others = [
        one
        for one in rows
        if one is not row and one["year"] == row["year"] and (value(one, "id_number") or "")[:18] == number[:18]
    ]
    others = [one for one in others if one["change_reason"] is not BAD and one["change_reason"] not in LEAVES]
    if not others:
        return False
    return None if row["change_reason"] is BAD else row["change_reason"] not in LEAVES


def of_totals(row: Row, households: Sequence[Row]) -> dict[str, Rule]:
    of_year = [one for one in households if one["year"] == row["year"]]
    village = value(row, "village")
    lost = any(one["village"] in (None, BAD) for one in households)
    there = [one for one in of_year if value(one, "village") == village]
    whole = blank(row, "village")
    found = {}
    for scope, rows, known, meant in (
        ("whole", of_year, True, whole), ("village", there, village is not None and not lost, negated(whole)),
    ):  # fmt: skip
        out = [both(same(value(one, "poverty_status"), "已脱贫"), same(value(one, "exit_year"), one["year"])) for one in rows]
        sizes = [value(one, "household_size") for one in rows]
        told = [size for size, now in zip(sizes, out, strict=True) if now is not False]
        figures = {
            "households": len(rows),
            "people": None if None in sizes else sum(sizes),
            "exited_households": None if None in out else sum(map(bool, out)),
            "exited_people": None if None in out or None in told else sum(told),
        }
        counted = at_least(len(rows), 1) if known else None
        for name, figure in figures.items():
            found[f"{name}_of_{scope}"] = Rule(same(value(row, name), figure if known else None), both(meant, counted))
    return found
