"""The calendar of Anhui's counties comes to the same by the engine and by a second reading, for thousands of counties and days."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import pyarrow as pa
import pytest
from made_up import BAD, loaded
from progress_oracle import NATIONAL, PROVINCIAL, STAGES, County

from fupin_cli.evaluate.joins import DAY
from fupin_cli.evaluate.run import judge
from fupin_cli.model.result import StandardResult
from fupin_cli.model.step import steps_of
from fupin_cli.model.tables import Table
from fupin_cli.model.view import STATUSES
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack
from fupin_cli.rules.parameters import choose

SHELF = Shelf((CHECKOUT,))
COUNTIES = 2_000


@cache
def pack() -> LoadedPack:
    return load_pack(SHELF.find("anhui-2018"), SHELF)


def progress(tables: Mapping[str, Table], as_of: date | None = None) -> StandardResult:
    return judge(pack().standards["county-progress"], choose(pack().pack, {}), tables, as_of, {})


def made_up(choose_one: random.Random, number: int) -> tuple[dict[str, Any], date]:
    """A county that is somewhere on its way, with slips and blanks, and a day on which it is looked at."""
    year = choose_one.choice((2018, 2019, 2020))
    row: dict[str, Any] = {
        "county": f"样{number}县",
        "year": year,
        "county_level": choose_one.choice((NATIONAL, PROVINCIAL, None)),
    }
    taken, before = choose_one.randrange(len(STAGES) + 1), date(year, 8, 1)
    for place, stage in enumerate(STAGES.values()):
        first = date(year + stage.later, *stage.first)
        last = date(year + stage.later, *stage.last)
        day = max(before, choose_one.choice((first, last, first, first + (last - first) // 2)))
        slip = choose_one.random()
        if slip < 0.08:
            day = choose_one.choice((first, last, before)) + timedelta(choose_one.choice((-366, -1, 1, 2)))
        elif stage.later:
            before = min(day, last)
        row[stage.field] = None if place >= taken or choose_one.random() < 0.03 else BAD if choose_one.random() < 0.02 else day
    row["notice_objection"] = choose_one.choice((True, False, False, False, None))
    row["spot_check_passed"] = choose_one.choice((True, True, False, None))
    for field in [stage.field for stage in STAGES.values()] if choose_one.random() < 0.1 else []:
        if choose_one.random() < 0.2:
            del row[field]
    edges = [date(year + stage.later, *day) for stage in STAGES.values() for day in (stage.first, stage.last)]
    return row, choose_one.choice(edges) + timedelta(choose_one.choice((-1, 0, 0, 1, 20)))


def test_thousands_of_counties_on_days_of_their_own_come_to_the_same_by_both_readings() -> None:
    choose_one = random.Random(4)
    made = [made_up(choose_one, number) for number in range(COUNTIES)]
    table = loaded("county", [row for row, _ in made])
    days = pa.array([day for _, day in made], pa.date32())
    found = progress({"county": Table("county", table.data.append_column(DAY, days), table.sheets, table.unreadable)})
    columns = found.data.to_pydict()
    wrong, seen = [], set()
    views = steps_of(found, range(COUNTIES))
    for index, (row, day) in enumerate(made):
        county = County(row, day)
        judged = county.judged()
        statuses = {name: rule.status for name, rule in judged.rules.items()}
        mine = {name: STATUSES[columns[f"status.{name}"][index]] for name in statuses}
        states = {view.name: view.state for view in views[index]}
        seen |= {*states.items(), judged.outcome}
        if (judged.outcome, statuses, county.states()) != (columns["outcome"][index], mine, states):
            differ = {name for name in statuses if statuses[name] != mine[name]}
            wrong.append((row, day, judged.outcome, columns["outcome"][index], differ, county.states(), states))
    assert not wrong[:3]
    assert {"out_of_order", "overdue", "in_progress", "complete", "undetermined"} <= seen
    lacking = {(name, state) for name in STAGES for state in ("done", "due", "overdue", "unknown")} - seen
    assert not lacking


#: Step by step what the opinion says of a county that takes every step in time: the month's first day → what is done by then.
ON_TIME = {
    "self_check_date": date(2018, 10, 30),
    "dynamic_management_date": date(2018, 10, 8),
    "works_completed_date": date(2018, 11, 25),
    "applied_date": date(2018, 12, 15),
    "city_reviewed_date": date(2018, 12, 31),
    "province_verified_date": date(2019, 1, 20),
    "evaluation_date": date(2019, 2, 20),
    "notice_start": date(2019, 3, 20),
    "notice_end": date(2019, 3, 27),
    "notice_objection": False,
    "opinion_date": date(2019, 4, 10),
    "spot_check_date": date(2019, 5, 20),
    "spot_check_passed": True,
    "special_report_date": date(2019, 6, 5),
    "approved_date": date(2019, 6, 20),
    "ratified_date": date(2019, 7, 5),
    "announced_date": date(2019, 7, 10),
}
#: Written by hand: on the first day of each month, one letter for each step in the order of the opinion
#: (自查 动态 建设 申请 初审 | 核查 评估 公示 公示结束 意见 | 抽查 报告 审定 批准 公告): D done, d due, . not yet due.
#: The works have no first day of their own: they are due from the first of the year.
WALK = {
    date(2017, 12, 31): "..... ..... .....",
    date(2018, 1, 1): "..d.. ..... .....",
    date(2018, 7, 1): "..d.. ..... .....",
    date(2018, 8, 1): "d.d.. ..... .....",
    date(2018, 9, 1): "d.d.. ..... .....",
    date(2018, 10, 1): "ddd.. ..... .....",
    date(2018, 11, 1): "DDd.. ..... .....",
    date(2018, 12, 1): "DDDdd ..... .....",
    date(2018, 12, 31): "DDDDD ..... .....",
    date(2019, 1, 1): "DDDDD ddddd .....",
    date(2019, 2, 1): "DDDDD Ddddd .....",
    date(2019, 3, 1): "DDDDD DDddd .....",
    date(2019, 4, 1): "DDDDD DDDDd .....",
    date(2019, 5, 1): "DDDDD DDDDD ddddd",
    date(2019, 6, 1): "DDDDD DDDDD Ddddd",
    date(2019, 7, 1): "DDDDD DDDDD DDDdd",
    date(2019, 8, 1): "DDDDD DDDDD DDDDD",
    date(2019, 12, 31): "DDDDD DDDDD DDDDD",
}
LETTERS = {"done": "D", "due": "d", "not_yet_due": ".", "overdue": "!", "out_of_order": "x", "unknown": "?"}
#: The same county had it done nothing at all.
IDLE = {
    date(2018, 7, 31): "..d.. ..... .....",
    date(2018, 10, 10): "ddd.. ..... .....",
    date(2018, 10, 11): "d!d.. ..... .....",
    date(2018, 11, 30): "d!d.. ..... .....",
    date(2018, 12, 1): "!!!dd ..... .....",
    date(2018, 12, 16): "!!!!d ..... .....",
    date(2019, 1, 1): "!!!!! ddddd .....",
    date(2019, 5, 1): "!!!!! !!!!! ddddd",
    date(2019, 8, 1): "!!!!! !!!!! !!!!!",
}
AT_HOME = ("spot_check", "special_report")


def walked(row: Mapping[str, Any], days: list[date]) -> StandardResult:
    """One county on many days: a row for each."""
    table = loaded("county", [{"county": f"样{number}县", "year": 2018} | dict(row) for number in range(len(days))])
    data = table.data.append_column(DAY, pa.array(days, pa.date32()))
    return progress({"county": Table("county", data, table.sheets, table.unreadable)})


@pytest.mark.parametrize("level", [NATIONAL, PROVINCIAL])
@pytest.mark.parametrize(("dates", "walk"), [(ON_TIME, WALK), (dict.fromkeys(ON_TIME), IDLE)], ids=["on time", "idle"])
def test_a_county_walks_through_the_months_of_two_years(level: str, dates: Mapping[str, Any], walk: Mapping[date, str]) -> None:
    found = walked({"county_level": level, **dates}, [*walk])
    for line, views in zip(walk.values(), steps_of(found, range(len(walk))), strict=True):
        expected = dict(zip(STAGES, line.replace(" ", ""), strict=True))
        if level == PROVINCIAL:
            expected = {name: letter for name, letter in expected.items() if name not in AT_HOME}
        assert {view.name: LETTERS[view.state] for view in views} == expected


def test_without_a_day_of_judgement_it_is_the_last_day_of_the_year() -> None:
    row = {"county": "样甲县", "year": 2018, "county_level": NATIONAL, **ON_TIME}
    (views,) = steps_of(progress({"county": loaded("county", [row])}), [0])
    assert "".join(LETTERS[view.state] for view in views) == WALK[date(2018, 12, 31)].replace(" ", "")


def test_days_in_the_sheet_of_steps_come_to_the_same_as_in_the_columns_of_the_county() -> None:
    names = dict(
        zip(
            [stage.field for stage in STAGES.values()],
            [
                "自查",
                "动态管理",
                "年度建设",
                "县申请",
                "市初审",
                "省核查",
                "第三方评估",
                "公示",
                "公示无异议",
                "审核意见",
                "国家抽查通过",
                "专题报告",
                "审定",
                "批准",
                "公告",
            ],
            strict=True,
        )
    )
    head = {"county": "样甲县", "year": 2018, "county_level": NATIONAL}
    steps = [
        {"subject_kind": "县", "subject_id": "样甲县", "year": 2018, "step": step, "step_date": ON_TIME[field]}
        for field, step in names.items()
    ]
    beside = progress({"county": loaded("county", [head]), "procedure": loaded("procedure", steps)}, date(2019, 8, 1))
    within = progress({"county": loaded("county", [head | ON_TIME])}, date(2019, 8, 1))
    (one,), (other,) = steps_of(beside, [0]), steps_of(within, [0])
    assert [(view.name, view.state, view.day, view.in_window) for view in one] == [
        (view.name, view.state, view.day, view.in_window) for view in other
    ]
    assert beside.data.column("outcome").to_pylist() == within.data.column("outcome").to_pylist() == ["complete"]
