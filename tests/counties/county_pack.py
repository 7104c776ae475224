"""A small pack about counties, and workbooks for it: the law is another matter, here workbooks come together."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from fupin_cli.model.tables import TABLES, fields

_CITE = "cite: {document: doc, clause: 一, quote: 原文}"
_HEAD = """\
pack: counties
version: 1
title: {zh: 县, en: Counties}
documents:
  doc: {title: 某办法, issuer: 某办}
effective: {from: 2016-01-01, to: 2020-12-31}
"""
_PARAMETERS = f"""\
highest:
  title: {{zh: 上限, en: Limit}}
  unit: percent
  values:
    - {{from: 2016-01-01, value: 2, {_CITE}}}
"""
_WITHDRAWAL = f"""\
standard: county-withdrawal
title: {{zh: 退出, en: Withdrawal}}
subject: county
facts:
  villages_left:
    title: {{zh: 未出列村, en: Villages left}}
    over: village
    by: county
    on: county
    count: poor_village AND NOT exited
  people_left:
    title: {{zh: 未脱贫, en: People left}}
    over: household
    by: county
    on: county
    where: poverty_status = '未脱贫'
    sum: household_size
    fills: poor_population
  wrong:
    title: {{zh: 错退, en: Wrongly exited}}
    over: survey
    by: county
    on: county
    where: sample_group = '脱贫户'
    sum: wrongly_exited
    fills: wrongly_exited
checks:
  incidence:
    title: {{zh: 发生率, en: Incidence}}
    severity: gate
    require: poor_population * 100 <= $highest * rural_population
    remedy: {{zh: 办, en: Do}}
    {_CITE}
  villages:
    title: {{zh: 村, en: Villages}}
    severity: gate
    require: villages_left = 0
    remedy: {{zh: 办, en: Do}}
    {_CITE}
  consent:
    title: {{zh: 同意, en: Consent}}
    severity: gate
    require: county_consent
    remedy: {{zh: 办, en: Do}}
    {_CITE}
  wrong_exits:
    title: {{zh: 错退率, en: Wrong exits}}
    severity: finding
    require: wrongly_exited * 100 <= $highest * exited_sampled
    remedy: {{zh: 办, en: Do}}
    {_CITE}
outcomes:
  not_ready: {{title: {{zh: 不符合, en: Not ready}}, meets: false}}
  withdraw: {{title: {{zh: 退出, en: Withdraw}}, meets: true}}
decide:
  - {{outcome: not_ready, when: NOT (incidence AND villages AND consent)}}
  - {{outcome: withdraw, default: true}}
"""
_PROGRESS = f"""\
standard: county-progress
title: {{zh: 日程, en: Calendar}}
subject: county
checks:
  applied:
    title: {{zh: 申请, en: Applied}}
    severity: gate
    require: applied_date <= as_of
    remedy: {{zh: 办, en: Do}}
    {_CITE}
outcomes:
  in_progress: {{title: {{zh: 进行中, en: In progress}}, meets: false}}
  complete: {{title: {{zh: 完成, en: Complete}}, meets: true}}
decide:
  - {{outcome: in_progress, when: NOT applied}}
  - {{outcome: complete, default: true}}
"""
PACK: Mapping[str, str] = {
    "pack.yaml": _HEAD,
    "parameters.yaml": _PARAMETERS,
    "county-withdrawal.yaml": _WITHDRAWAL,
    "county-progress.yaml": _PROGRESS,
}

Rows = Sequence[Mapping[str, Any]]


def pack(folder: Path) -> str:
    """The pack's folder, beside a pack of data quality."""
    for name, text in PACK.items():
        path = folder / "counties" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return str(folder / "counties")


def county(name: str, **values: Any) -> dict[str, Any]:
    """A county that may withdraw, but for what is said."""
    usual = {
        "province": "样省", "county": name, "year": 2018, "rural_population": 10_000, "poor_population": 100,
        "county_consent": "是", "applied_date": "2018-12-10", "exited_sampled": 500, "wrongly_exited": 1,
    }  # fmt: skip
    return {key: value for key, value in (usual | values).items() if value is not None}


def book(path: Path, **sheets: Rows) -> str:
    """A workbook with these tables, one row for each mapping of fields to values."""
    workbook = Workbook()
    workbook.remove(workbook["Sheet"])
    for table, rows in sheets.items():
        sheet = workbook.create_sheet(TABLES[table].SHEETS[0])
        names = list(dict.fromkeys(name for row in rows for name in row))
        sheet.append([fields(table)[name].label for name in names])
        for row in rows:
            sheet.append([row.get(name) for name in names])
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)
    return str(path)
