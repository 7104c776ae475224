"""Rates for machines: the contract of ``results[].rates``, exact fractions, ends that are never nearer than they are."""

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from rated_counties import GIVEN, judged, loaded, table

from fupin_cli.evaluate.rates.counties import county_rates
from fupin_cli.evaluate.rates.simple import rate
from fupin_cli.model.rate import Rate
from fupin_cli.model.run import Group, Result, Rules
from fupin_cli.report.jsontext import json_lines
from fupin_cli.report.options import Options
from fupin_cli.rules.packs import LoadedPack

SCHEMA = json.loads(files("fupin_cli.report").joinpath("result-1.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> LoadedPack:
    return loaded(tmp_path_factory.mktemp("pack"))


def told(pack: LoadedPack, survey: list[dict[str, Any]] | None = None, **figures: Any) -> Mapping[str, Any]:
    """The rates of a county in a report that keeps the contract."""
    result = judged(pack, table("county", [{**GIVEN, **figures}]), *([table("survey", survey)] if survey else []))
    group = Group(result, rates=county_rates(result, table("survey", survey) if survey else None))
    run = Result("check-county", "0", [Rules(pack.pack, {})], None, [], {}, [], [group])
    report = json.loads("".join(json_lines(run, Options())))
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    return {one["id"]: one for one in report["results"][0]["rates"]}


def test_a_sampled_rate(pack: LoadedPack) -> None:
    found = told(pack)["wrong_exit"]
    exact = rate(3, 150, 5000)
    assert isinstance(exact, Rate)
    assert (found["hits"]["value"], found["of"], found["population"]["value"]) == (
        3, {"name": "exited_sampled", "title": "抽样脱贫人口", "value": 150}, 5000,
    )  # fmt: skip
    assert (found["share"], found["fraction"], found["reason"]) == ("0.02", "3/150", None)
    assert (found["limit"], found["kept"], found["conclusion"]) == ({"share": "0.02", "at_least": False}, True, "inconclusive")
    interval = found["interval"]
    assert (interval["method"], interval["confidence"]) == ("hypergeometric", "0.95")
    assert (Fraction(interval["low"]), Fraction(interval["high"])) == (exact.low, exact.high)
    assert found["design"] is None


def test_the_ends_are_rounded_outwards(pack: LoadedPack) -> None:
    exact = rate(990, 1100)
    assert isinstance(exact, Rate)
    interval = told(pack)["approval"]["interval"]
    low, high = Fraction(interval["low"]), Fraction(interval["high"])
    assert low <= exact.low < low + Fraction(1, 10**10)
    assert high - Fraction(1, 10**10) < exact.high <= high


def test_the_composite_has_parts_and_an_exact_fraction(pack: LoadedPack) -> None:
    found = told(pack, exited_sampled=7, wrongly_exited=1)["composite"]
    assert [part["product"] for part in found["parts"]] == ["120/1", "5000/7", "300/1"]
    assert [(part["rate"], part["fraction"]) for part in found["parts"]] == [
        (None, None),
        ("wrong_exit", "1/7"),
        ("missed", "10/2000"),
    ]
    assert Fraction(found["fraction"]) == Fraction(7940, 560_000)
    assert abs(Decimal(found["share"]) - Decimal(7940) / Decimal(560_000)) <= Decimal("5e-11")
    assert (found["hits"], found["interval"], found["conclusion"]) == (None, None, None)


def test_no_rate_is_null_with_a_reason(pack: LoadedPack) -> None:
    found = told(pack, missed_people=None)
    assert {key: found["missed"][key] for key in ("share", "fraction", "reason", "interval", "kept", "conclusion")} == {
        "share": None, "fraction": None, "reason": "unknown", "interval": None, "kept": None, "conclusion": None,
    }  # fmt: skip
    assert found["missed"]["hits"] == {"name": "missed_people", "title": "漏评人口", "value": None}
    assert found["composite"]["reason"] == "part-without-rate"


def test_the_design_stands_beside(pack: LoadedPack) -> None:
    answers = [
        {"county": "样县", "year": 2018, "township": "乡", "village": f"村{village}", "sample_group": "脱贫户", "household_size": 10,
         "wrongly_exited": wrong}
        for village, wrong in enumerate((3, 0, 0))
    ]  # fmt: skip
    design = told(pack, answers, exited_sampled=30, wrongly_exited=3)["wrong_exit"]["design"]
    assert (design["by"], design["clusters"], design["strata"], design["open_rows"]) == ("village", 3, 0, 0)
    assert (design["hits"], design["sampled"], design["share"]) == (3, 30, "0.1")
    # By hand: the residuals are 2, -1 and -1, so 6 * 3/2 / 30^2 over 0.09 / 29.
    assert Decimal(design["design_effect"]) == Decimal(round(Fraction(9, 900) / Fraction(9, 2900) * 10**6)) / 10**6


def test_a_group_without_rates_has_no_key(pack: LoadedPack) -> None:
    result = judged(pack, table("county", [GIVEN]))
    run = Result("check-county", "0", [Rules(pack.pack, {})], None, [], {}, [], [Group(result)])
    assert "rates" not in json.loads("".join(json_lines(run, Options())))["results"][0]
