"""The JSON report: the contract ``fupin.result/1``, kept for every sample."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from fupin_cli.model.cells import column_letter
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.model.run import Result
from fupin_cli.model.tables import fields
from fupin_cli.model.text import fold
from fupin_cli.pipeline import check
from fupin_cli.report.jsontext import json_lines
from fupin_cli.report.options import Options
from fupin_cli.tasks import Request

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NAMES = ["households.xlsx", "households.csv", "register-2014-2018.xlsx", "village-notes.xlsx", "everything-wrong.xlsx"]
REGISTER = {"food_secure": "是", "clothing_secure": "是", "medical_secured": "是"}
SCHEMA = json.loads(files("fupin_cli.report").joinpath("result-1.schema.json").read_text(encoding="utf-8"))

VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


@cache
def judged(name: str) -> Result:
    register = name.startswith("register")
    request = Request(
        [str(SAMPLES / name)], as_of=date(2018, 12, 31) if register else None, assumptions=REGISTER if register else None
    )
    return check(CHECK_EXIT, request)[0]


@cache
def report(name: str, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(json_lines(judged(name), Options(**options))))
    return found


@cache
def sheet_cells(name: str) -> Mapping[str, Any]:
    """Every cell of a sample by its address as reports write it."""
    path = SAMPLES / name
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return {f"{column_letter(x)}{y}": text for y, row in enumerate(csv.reader(stream), 1) for x, text in enumerate(row)}
    book = openpyxl.load_workbook(path)
    return {f"{sheet.title}!{cell.coordinate}": cell.value for sheet in book for row in sheet.iter_rows() for cell in row}


def places(part: Any) -> Iterator[dict[str, Any]]:
    """Every place anywhere in a report."""
    if isinstance(part, dict):
        if part.keys() == {"input", "cell"}:
            yield part
        else:
            for inner in part.values():
                yield from places(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from places(inner)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "options", [{}, {"all_checks": True, "mask": False, "lang": "en", "only": "unknown"}], ids=["usual", "other"]
)
def test_every_sample_keeps_the_schema(name: str, options: dict[str, Any]) -> None:
    VALIDATOR.validate(report(name, **options))


def test_the_schema_itself_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda found: found.pop("problems"),
        lambda found: found.update(more=1),
        lambda found: found["results"][0].update(outcome=None),
        lambda found: found["results"][0]["checks"][0].update(margin=0.01),
        lambda found: found["inputs"][0].update(sha256="0"),
        lambda found: found["summary"].update(subjects="16"),
    ],
)
def test_the_schema_refuses_what_is_not_the_contract(spoil: Any) -> None:
    found = json.loads(json.dumps(report("households.xlsx")))
    spoil(found)
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(found)


def test_keys_come_in_the_order_of_the_contract() -> None:
    found = report("households.xlsx")
    assert list(found) == [
        "schema",
        "tool",
        "command",
        "as_of",
        "rules",
        "inputs",
        "assumptions",
        "problems",
        "summary",
        "quality",
        "results",
    ]
    assert list(found["rules"]) == ["pack", "version", "sha256", "parameters"]
    assert list(found["inputs"][0]["rows"]) == ["read", "decided", "quarantined", "skipped"]
    assert list(found["summary"]) == ["subjects", "outcomes", "checks"]
    subject = found["results"][0]
    assert list(subject) == ["subject", "id", "year", "name", "where", "outcome", "possible", "missing", "standards", "checks"]
    assert list(subject["checks"][0]) == [
        "id",
        "severity",
        "status",
        "observed",
        "threshold",
        "margin",
        "cells",
        "cite",
        "remedy",
    ]
    assert (found["schema"], found["command"], subject["subject"]) == ("fupin.result/1", "check-exit", "household")


def test_decimals_are_strings_without_trailing_zeros_and_no_number_is_a_float() -> None:
    def walk(part: Any) -> Iterator[Any]:
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        yield part
        for one in inner:
            yield from walk(one)

    for name in NAMES:
        assert not [part for part in walk(report(name, all_checks=True)) if isinstance(part, float)]
    found = {one["id"]: one for one in report("households.xlsx", all_checks=True)["results"]}
    income = {key: next(check for check in one["checks"] if check["id"] == "income") for key, one in found.items()}
    assert income["349900010001"]["observed"]["income_per_capita"] == "2994.99"
    assert income["349900010001"]["threshold"] == {"poverty_line": "2995"}
    assert income["349900010001"]["margin"] == {"value": "-0.01", "unit": "yuan-person-year"}
    assert income["349900010002"]["margin"]["value"] == "0"


@pytest.mark.parametrize("name", NAMES)
def test_there_is_one_result_for_each_household_and_year_and_the_summary_counts_them(name: str) -> None:
    found = report(name)
    keys = [(one["id"], one["year"]) for one in found["results"]]
    assert len({*keys}) == len(keys) == found["summary"]["subjects"] == sum(found["summary"]["outcomes"].values())
    tables = [sheet for source in found["inputs"] for sheet in source["sheets"] if sheet["table"] == "household"]
    if tables:
        assert len(keys) == sum(sheet["rows"]["decided"] for sheet in tables)
    for source in found["inputs"]:
        rows = source["rows"]
        assert rows["read"] == rows["decided"] + rows["quarantined"] + rows["skipped"]


@pytest.mark.parametrize("name", NAMES)
def test_checks_are_those_that_are_not_passed_unless_all_are_asked_for(name: str) -> None:
    few, every = report(name)["results"], report(name, all_checks=True)["results"]
    for one, all_of_them in zip(few, every, strict=True):
        assert one["checks"] == [check for check in all_of_them["checks"] if check["status"] != "pass"]
        assert len(all_of_them["checks"]) == 8
    counted = report(name)["summary"]["checks"]
    for check_id, counts in counted.items():
        statuses = [check["status"] for one in every for check in one["checks"] if check["id"] == check_id]
        assert counts == {"fail": statuses.count("fail"), "unknown": statuses.count("unknown")}


@pytest.mark.parametrize("name", NAMES)
def test_a_verdict_that_is_settled_has_one_possible_outcome_and_nothing_missing(name: str) -> None:
    for one in report(name)["results"]:
        if one["outcome"] == "undetermined":
            assert len(one["possible"]) > 1
            assert one["missing"]
        else:
            assert (one["possible"], one["missing"]) == ([one["outcome"]], [])


@pytest.mark.parametrize("name", NAMES)
def test_every_place_is_a_cell_of_the_file(name: str) -> None:
    found, cells = report(name, all_checks=True), sheet_cells(name)
    listed = list(places(found["results"]))
    assert listed
    assert [place for place in listed if place["cell"] not in cells or place["input"] != 0] == []


def header_of(name: str, cell: str) -> str:
    """What stands above a cell, in the sheet's header row."""
    sheet, _, spot = cell.rpartition("!")
    rows = {one["name"]: one["header_row"] for one in report(name)["inputs"][0]["sheets"]}
    above = re.sub(r"\d+$", str(rows[sheet]), spot)
    return str(sheet_cells(name)[f"{sheet}!{above}" if sheet else above])


@pytest.mark.parametrize("name", NAMES)
def test_the_cell_of_a_value_is_in_the_column_of_its_field(name: str) -> None:
    seen = 0
    for one in report(name, all_checks=True)["results"]:
        for check_ in one["checks"]:
            for field, where in check_["cells"].items():
                table, _, inner = field.rpartition(".")
                column = fields(table or "household")[inner]
                named = {fold(spelling) for spelling in (column.label, *column.aliases)}
                for place in where if isinstance(where, list) else [where]:
                    header = fold(header_of(name, place["cell"]))
                    assert header in named or header.partition("(")[0] in named
                    seen += 1
    assert seen


def read_again(field: str, written: Any) -> Any:
    """What a cell says, as JSON writes it."""
    if written is None or written == "":
        return None
    text = f"{written:.15g}" if isinstance(written, float) else str(written)
    value = fields("household")[field].adapter.validate_python(text)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


@pytest.mark.parametrize("name", ["households.csv", "households.xlsx", "village-notes.xlsx"])
def test_the_cell_of_a_value_holds_that_value(name: str) -> None:
    cells, seen = sheet_cells(name), 0
    for one in report(name, all_checks=True)["results"]:
        for check_ in one["checks"]:
            for field, where in check_["cells"].items():
                if "." not in field and isinstance(where, dict):
                    assert check_["observed"][field] == read_again(field, cells[where["cell"]])
                    seen += check_["observed"][field] is not None
    assert seen > 10


def test_the_same_result_gives_the_same_bytes() -> None:
    assert "".join(json_lines(judged("households.xlsx"), Options())) == "".join(json_lines(judged("households.xlsx"), Options()))


def test_the_report_names_what_it_rests_on() -> None:
    found = report("register-2014-2018.xlsx")
    assert found["as_of"] == "2018-12-31"
    assert found["assumptions"] == REGISTER
    [line] = found["rules"]["parameters"]["poverty_line"]
    assert (line["value"], line["status"], line["from"]) == ("2995", "unconfirmed", "2018-01-01")
    assert re.fullmatch("[0-9a-f]{64}", found["rules"]["sha256"])


def test_a_name_is_lossless_whatever_it_holds(tmp_path: Path) -> None:
    name = '=1+1"\\\u2028<b>{x}样𠮷'
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["户编号", "户主姓名", "年度", "人均纯收入"], ["1", name, "2018", "2000"]])
    result, _ = check(CHECK_EXIT, Request([str(path)]))
    [one] = json.loads("".join(json_lines(result, Options())))["results"]
    assert one["name"] == name


def test_no_household_at_all_is_an_empty_list() -> None:
    found = json.loads("".join(json_lines(judged("village-notes.xlsx"), Options(only="pass"))))
    others = json.loads("".join(json_lines(judged("village-notes.xlsx"), Options(only="fail"))))
    assert all(one["outcome"] == "eligible" for one in found["results"])
    assert all(one["outcome"] == "ineligible" for one in others["results"])
    assert len(found["results"]) == found["summary"]["outcomes"].get("eligible", 0)
