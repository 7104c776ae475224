"""A county's calendar of two steps and its rates, as small as they can be; every number is made up."""

HEAD = """\
pack: mini
version: 1
title: {zh: 小, en: Small}
documents:
  doc: {title: 某办法, issuer: 某办}
effective: {from: 2016-01-01, to: 2020-12-31}
"""
_CITE = "cite: {document: doc, clause: 一, quote: 原文}"
PARAMETERS = f"""\
most:
  title: {{zh: 上限, en: Most}}
  unit: percent
  values: [{{from: 2016-01-01, value: 2, {_CITE}}}]
least:
  title: {{zh: 下限, en: Least}}
  unit: percent
  values: [{{from: 2016-01-01, value: 90, {_CITE}}}]
unused:
  title: {{zh: 不用, en: Unused}}
  unit: percent
  values: [{{from: 2016-01-01, value: 1, {_CITE}}}]
open_from:
  title: {{zh: 起, en: From}}
  unit: month-day
  values: [{{from: 2016-01-01, value: 1101, {_CITE}}}]
open_until:
  title: {{zh: 止, en: Until}}
  unit: month-day
  values: [{{from: 2016-01-01, value: 1215, {_CITE}}}]
"""


def check(name: str, require: str, applies: str = "", severity: str = "finding") -> str:
    """A check of the pack."""
    more = f"    applies: {applies}\n" if applies else ""
    return (
        f"  {name}:\n    title: {{zh: 查, en: Check}}\n    severity: {severity}\n{more}    require: {require}\n"
        f"    remedy: {{zh: 办, en: Do}}\n    {_CITE}\n"
    )


DONE, OPEN = "applied_date IS NOT NULL AND applied_date <= as_of", "applied_date IS NULL OR applied_date > as_of"
WINDOW = "date_number(applied_date) BETWEEN year * 10000 + $open_from AND year * 10000 + $open_until"
NATIONAL = "county_level = '国家级'"
CHECKS = (
    "checks:\n"
    + check("in_window", WINDOW, DONE)
    + check("in_order", "self_check_date <= applied_date", DONE, "gate")
    + check("in_time", "date_number(as_of) <= year * 10000 + $open_until", OPEN)
    + check("not_open", "date_number(as_of) < year * 10000 + $open_from", OPEN)
    + check("reported", "special_report_date >= notice_end", f"{NATIONAL} AND special_report_date IS NOT NULL")
    + check(
        "report_due", "date_number(as_of) < year * 10000 + $open_until", "county_level = '国家级' AND special_report_date IS NULL"
    )
    + check("wrong_exits", "100 * wrongly_exited <= $most * exited_sampled")
    + check("approval", "100 * approving_households >= $least * households_surveyed")
)
FACTS = """\
facts:
  villages_left:
    title: {zh: 未出列村, en: Villages left}
    over: village
    by: county
    on: county
    count: poor_village AND NOT exited
"""
STEPS = """\
steps:
  applying:
    title: {zh: 申请, en: Application}
    date: applied_date
    window: in_window
    order: in_order
    deadline: in_time
    opening: not_open
  reporting:
    title: {zh: 专题报告, en: Special report}
    date: special_report_date
    window: reported
    deadline: report_due
"""
RATES = """\
rates:
  wrong:
    title: {zh: 错退率, en: Wrong exits}
    hits: wrongly_exited
    of: exited_sampled
    counted: sample
    population: exited_population
    limit: most
    survey: wrong-exit
    check: wrong_exits
  approving:
    title: {zh: 认可度, en: Approval}
    hits: approving_households
    of: households_surveyed
    counted: sample
    limit: least
    at_least: true
  whole:
    title: {zh: 综合, en: Composite}
    of: rural_population
    parts:
      - {title: {zh: 未脱贫, en: Poor}, people: poor_population}
      - {title: {zh: 错退, en: Wrong}, people: exited_population, rate: wrong}
      - {title: {zh: 村, en: Villages}, people: villages_left}
"""
END = """\
outcomes:
  bad: {title: {zh: 否, en: No}, meets: false}
  good: {title: {zh: 是, en: Yes}, meets: true}
decide:
  - {outcome: bad, when: NOT in_order}
  - {outcome: good, default: true}
"""
START = "standard: progress\ntitle: {zh: 进度, en: Progress}\nsubject: county\n"
STANDARD = START + FACTS + CHECKS + STEPS + RATES + END
FILES = {"pack.yaml": HEAD, "parameters.yaml": PARAMETERS, "progress.yaml": STANDARD}
