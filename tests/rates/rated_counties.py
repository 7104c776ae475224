"""A pack with the four rates of a county and their composite, its sheets made in memory, and what comes of them."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa

from fupin_cli.evaluate.rates.counties import county_rates
from fupin_cli.evaluate.run import judge
from fupin_cli.model.figure import FoundRate
from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import ROW, SHEET, SheetRef, Table, arrow_type, fields
from fupin_cli.rules.locate import Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack
from fupin_cli.rules.parameters import Parameters

CITE = {"document": "doc", "clause": "一", "quote": "原文"}
#: 错退人口 and 抽样脱贫人口 are also counted in the 抽样 sheet, as a real pack does.
EXITED = "sample_group = '脱贫户'"


def titled(zh: str) -> dict[str, str]:
    return {"zh": zh, "en": zh}


def check(require: str) -> dict[str, Any]:
    return {"title": titled(require), "severity": "gate", "require": require, "remedy": titled("办"), "cite": CITE}


def percent(value: str) -> dict[str, Any]:
    return {"title": titled("限"), "unit": "percent", "values": [{"from": "2016-01-01", "value": value, "cite": CITE}]}


def summed(zh: str, expression: str, fills: str) -> dict[str, Any]:
    return {
        "title": titled(zh), "over": "survey", "by": "county", "on": "county", "where": EXITED, "sum": expression, "fills": fills,
    }  # fmt: skip


PARAMETERS = {"most": percent("2"), "least": percent("90")}
STANDARD: dict[str, Any] = {
    "standard": "withdrawal", "title": titled("退出"), "subject": "county",
    "facts": {
        "asked": summed("抽样脱贫", "household_size", "exited_sampled"),
        "wrong": summed("错退", "wrongly_exited", "wrongly_exited"),
    },
    "checks": {
        "incidence_low": check("100 * poor_population <= $most * rural_population"),
        "wrong_low": check("100 * wrongly_exited <= $most * exited_sampled"),
        "missed_low": check("100 * missed_people <= $most * unregistered_surveyed"),
        "approved": check("100 * approving_households >= $least * households_surveyed"),
    },
    "outcomes": {"no": {"title": titled("否"), "meets": "false"}, "yes": {"title": titled("是"), "meets": "true"}},
    "decide": [
        {"outcome": "no", "when": "NOT (incidence_low AND wrong_low AND missed_low AND approved)"},
        {"outcome": "yes", "default": "true"},
    ],
    "rates": {
        # The composite first: the order of the standard is kept though it needs the others.
        "composite": {
            "title": titled("综合贫困发生率"), "of": "rural_population", "limit": "most",
            "parts": [
                {"title": titled("未脱贫"), "people": "poor_population"},
                {"title": titled("错退"), "people": "exited_population", "rate": "wrong_exit"},
                {"title": titled("漏评"), "people": "unregistered_population", "rate": "missed"},
            ],
        },
        "incidence": {
            "title": titled("贫困发生率"), "hits": "poor_population", "of": "rural_population", "counted": "whole", "limit": "most",
            "check": "incidence_low",
        },
        "wrong_exit": {
            "title": titled("错退率"), "hits": "wrongly_exited", "of": "exited_sampled", "counted": "sample",
            "population": "exited_population", "limit": "most", "survey": "wrong-exit", "check": "wrong_low",
        },
        "missed": {
            "title": titled("漏评率"), "hits": "missed_people", "of": "unregistered_surveyed", "counted": "sample",
            "population": "unregistered_population", "limit": "most", "survey": "missed", "check": "missed_low",
        },
        "approval": {
            "title": titled("认可度"), "hits": "approving_households", "of": "households_surveyed", "counted": "sample",
            "limit": "least", "at_least": "true", "survey": "approval", "check": "approved",
        },
    },
}  # fmt: skip
#: A county whose every figure is given.
GIVEN: Mapping[str, Any] = {
    "county": "样县", "year": 2018, "rural_population": 80_000, "poor_population": 120,
    "exited_population": 5000, "exited_sampled": 150, "wrongly_exited": 3,
    "unregistered_population": 60_000, "unregistered_surveyed": 2000, "missed_people": 10,
    "households_surveyed": 1100, "approving_households": 990,
}  # fmt: skip


def loaded(folder: Path, standard: Mapping[str, Any] = STANDARD) -> LoadedPack:
    head = {
        "pack": "rates", "version": "1", "title": titled("率"), "documents": {"doc": {"title": "某办法", "issuer": "某办"}},
        "effective": {"from": "2016-01-01", "to": "2020-12-31"},
    }  # fmt: skip
    here = folder / "rates"
    here.mkdir(exist_ok=True)
    # JSON is YAML, too.
    for name, content in (("pack", head), ("parameters", PARAMETERS), ("withdrawal", standard)):
        (here / f"{name}.yaml").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return load_pack(here, Shelf((folder,)))


def table(name: str, rows: Sequence[Mapping[str, Any]], unreadable: Mapping[str, Sequence[bool]] | None = None) -> Table:
    """A sheet that has the columns of its rows."""
    declared = fields(name)
    columns = [field for field in declared if any(field in row for row in rows)]
    data = {field: pa.array([row.get(field) for row in rows], arrow_type(declared[field].form)) for field in columns}
    places = {SHEET: pa.array([0] * len(rows), pa.int32()), ROW: pa.array(range(2, len(rows) + 2), pa.int32())}
    masks = {field: pa.array(mask, pa.bool_()) for field, mask in (unreadable or {}).items()}
    return Table(name, pa.table({**data, **places}), [SheetRef(0, name, dict.fromkeys(columns, "A"))], unreadable=masks)


def judged(pack: LoadedPack, *tables: Table) -> StandardResult:
    return judge(pack.standards["withdrawal"], Parameters(pack.pack, {}), {one.name: one for one in tables}, None, {})


def rates_of(pack: LoadedPack, *tables: Table, confidence: Fraction = Fraction(95, 100)) -> list[dict[str, FoundRate]]:
    """The rates of each county by name."""
    survey = next((one for one in tables if one.name == "survey"), None)
    found = county_rates(judged(pack, *tables), survey, confidence)
    return [{rate.name: rate for rate in found[index]} for index in sorted(found)]
