"""A small pack about counties with a decision list of five rows, a calendar and three rates; every number is made up."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fupin_cli.model.tables import fields

_CITE = "cite: {document: doc, clause: 一, quote: 原文}"
_HEAD = """\
pack: small-counties
version: 1
title: {zh: 小县, en: Small}
documents:
  doc: {title: 某办法, issuer: 某办}
effective: {from: 2016-01-01, to: 2020-12-31}
"""
_PARAMETERS = f"""\
most:
  title: {{zh: 上限, en: Most}}
  unit: percent
  values: [{{from: 2016-01-01, value: 2, {_CITE}}}]
apply_from:
  title: {{zh: 申请起, en: Apply from}}
  unit: month-day
  values: [{{from: 2016-01-01, value: 1101, {_CITE}}}]
apply_until:
  title: {{zh: 申请止, en: Apply until}}
  unit: month-day
  values: [{{from: 2016-01-01, value: 1215, {_CITE}}}]
review_until:
  title: {{zh: 初审止, en: Review until}}
  unit: month-day
  values: [{{from: 2016-01-01, value: 1231, {_CITE}}}]
"""


def _check(name: str, zh: str, en: str, require: str, applies: str = "", severity: str = "gate") -> str:
    more = f"    applies: {applies}\n" if applies else ""
    return (
        f"  {name}:\n    title: {{zh: {zh}, en: {en}}}\n    severity: {severity}\n{more}    require: {require}\n"
        f"    remedy: {{zh: 办, en: Do}}\n    {_CITE}\n"
    )


_WITHDRAWAL = (
    "standard: county-withdrawal\ntitle: {zh: 退出, en: Withdrawal}\nsubject: county\napplies: year >= 2017\nchecks:\n"
    + _check("incidence", "发生率不超过2%", "Incidence", "poor_population <= 0.01 * $most * rural_population")
    + _check("in_time", "按时申请", "In time", "date_number(applied_date) <= year * 10000 + $apply_until")
    + _check("wrong_exits", "错退率不超过2%", "Wrong exits", "wrongly_exited * 100 <= $most * exited_sampled")
    + _check("growth", "增幅高于全省", "Growth", "income_growth > province_income_growth")
    + _check("spot_check", "抽查通过", "Spot check", "spot_check_passed", "county_level = '国家级'")
    + _check("works", "建设完成", "Works", "works_completed_date <= as_of", severity="finding")
    + """\
rates:
  incidence:
    title: {zh: 贫困发生率, en: Incidence}
    hits: poor_population
    of: rural_population
    counted: whole
    limit: most
    check: incidence
  wrong:
    title: {zh: 错退率, en: Wrong exits}
    hits: wrongly_exited
    of: exited_sampled
    counted: sample
    limit: most
    check: wrong_exits
  composite:
    title: {zh: 综合率, en: Composite}
    of: rural_population
    parts:
      - {title: {zh: 未脱贫, en: Poor}, people: poor_population}
      - {title: {zh: 错退, en: Wrong}, people: exited_population, rate: wrong}
outcomes:
  refuse: {title: {zh: 不予退出, en: Refused}, meets: false}
  rectify: {title: {zh: 整改, en: Rectify}, meets: false}
  special: {title: {zh: 专项整改, en: Special}, meets: false}
  await_check: {title: {zh: 待抽查, en: Await}, meets: false}
  withdraw: {title: {zh: 退出, en: Withdraw}, meets: true}
decide:
  - {outcome: refuse, when: NOT incidence, note: {zh: 先减贫, en: Reduce first}}
  - {outcome: rectify, when: NOT in_time, note: {zh: 先整改, en: Rectify first}}
  - {outcome: special, when: NOT (wrong_exits AND growth), note: {zh: 专项整改并报告, en: Rectify and report}}
  - {outcome: await_check, when: NOT spot_check, note: {zh: 等抽查, en: Wait}}
  - {outcome: withdraw, default: true, note: {zh: 报批, en: Send in}}
"""
)


def _step(name: str, field: str, first: str, last: str, before: str = "") -> str:
    done, open_ = f"{field} IS NOT NULL AND {field} <= as_of", f"{field} IS NULL OR {field} > as_of"
    checks = _check(f"{name}_window", "期间内", "In window", f"date_number({field}) BETWEEN {first} AND {last}", done, "finding")
    checks += _check(f"{name}_in_time", "未逾期", "Not overdue", f"date_number(as_of) <= {last}", open_)
    checks += _check(f"{name}_not_open", "未到期", "Not due", f"date_number(as_of) < {first}", open_, "warning")
    return checks + (_check(f"{name}_order", "依次", "In order", f"{before} <= {field}", done) if before else "")


_APPLY = ("year * 10000 + $apply_from", "year * 10000 + $apply_until")
_REVIEW = ("year * 10000 + $apply_from", "year * 10000 + $review_until")
_PROGRESS = (
    "standard: county-progress\ntitle: {zh: 日程, en: Calendar}\nsubject: county\nchecks:\n"
    + _step("apply", "applied_date", *_APPLY)
    + _step("review", "city_reviewed_date", *_REVIEW, before="applied_date")
    + """\
steps:
  apply:
    title: {zh: 县申请, en: Application}
    date: applied_date
    window: apply_window
    deadline: apply_in_time
    opening: apply_not_open
  review:
    title: {zh: 市初审, en: Review}
    date: city_reviewed_date
    window: review_window
    order: review_order
    deadline: review_in_time
    opening: review_not_open
outcomes:
  out_of_order: {title: {zh: 次序颠倒, en: Out of order}, meets: false}
  overdue: {title: {zh: 逾期, en: Overdue}, meets: false}
  in_progress: {title: {zh: 进行中, en: In progress}, meets: false}
  complete: {title: {zh: 已办完, en: Complete}, meets: true}
decide:
  - {outcome: out_of_order, when: NOT review_order}
  - {outcome: overdue, when: NOT (apply_in_time AND review_in_time)}
  - {outcome: in_progress, when: applied_date IS NULL OR city_reviewed_date IS NULL, note: {zh: 下一步：市初审, en: "Next: review"}}
  - {outcome: complete, default: true}
"""
)
_FILES: Mapping[str, str] = {
    "pack.yaml": _HEAD,
    "parameters.yaml": _PARAMETERS,
    "county-withdrawal.yaml": _WITHDRAWAL,
    "county-progress.yaml": _PROGRESS,
}
#: A county that may withdraw; what is blank is left out.
_READY: Mapping[str, Any] = {
    "province": "样省", "county": "", "year": 2018, "county_level": "省级", "rural_population": 10_000, "poor_population": 150,
    "exited_population": 2000, "exited_sampled": 1000, "wrongly_exited": 5, "income_growth": "9.6", "province_income_growth": "9.5",
    "applied_date": "2018-12-10", "city_reviewed_date": "2018-12-20", "works_completed_date": "2018-11-20",
    "spot_check_passed": "",
}  # fmt: skip


def pack(folder: Path) -> str:
    """The pack's folder."""
    for name, text in _FILES.items():
        path = folder / "small-counties" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return str(folder / "small-counties")


def county(name: str, **values: Any) -> dict[str, Any]:
    """A county that may withdraw, but for what is said."""
    return {**_READY, "county": name, **values}


def sheet(path: Path, rows: Sequence[Mapping[str, Any]]) -> str:
    """These counties as a csv file."""
    names = list(_READY)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([fields("county")[name].label for name in names])
        writer.writerows([row[name] for name in names] for row in rows)
    return str(path)
