"""Which number of the law is in force: at the end of a year, in a place, or as the user set it."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import FILES, PARAMETERS, load, write

from fupin_cli.cli.main import main
from fupin_cli.engines import duck
from fupin_cli.errors import PackRefused, UsageRefused
from fupin_cli.evaluate.sql import parameter_sql
from fupin_cli.model.pack import Pack
from fupin_cli.rules.locate import CHECKOUT, Shelf, shelf
from fupin_cli.rules.packs import load_pack
from fupin_cli.rules.parameters import Parameters, choose

CITE = "cite: {document: doc, clause: 一, quote: 原文}"
HEAD = PARAMETERS.split("  values:")[0]


def pack(folder: Path, *values: str, more: str = "") -> Pack:
    lines = "".join(f"    - {{{value}, {CITE}}}\n" for value in values)
    return load(folder, {**FILES, "parameters.yaml": f"{HEAD}{more}  values:\n{lines}"}).pack


def values_at(found: Parameters, points: Sequence[tuple[int | None, str | None]], name: str = "line") -> list[Decimal | None]:
    """The value in force for each year and place, as the engine works it out."""
    by = found.pack.parameters[name].by
    sql = parameter_sql(found.periods(name), "year", by and "place")
    years, places = pa.array([year for year, _ in points], pa.int64()), pa.array([place for _, place in points], pa.string())
    return (
        duck.run(f"SELECT {sql} AS value FROM points", {"points": pa.table({"year": years, "place": places})})
        .column("value")
        .to_pylist()
    )


def at(found: Pack, year: int | None, place: str | None = None) -> Decimal | None:
    return values_at(Parameters(found, {}), [(year, place)])[0]


def test_the_value_at_the_end_of_the_year_counts(tmp_path: Path) -> None:
    found = pack(tmp_path, "from: 2016-01-01, to: 2017-12-31, value: 1", "from: 2018-01-01, value: 2")
    years = {2015: None, 2016: 1, 2017: 1, 2018: 2, 2019: 2, 2100: 2}
    assert {year: at(found, year) for year in years} == {year: value and Decimal(value) for year, value in years.items()}


def test_a_value_that_begins_on_the_last_day_of_a_year_counts_for_that_year(tmp_path: Path) -> None:
    found = pack(tmp_path, "from: 2016-01-01, value: 1", "from: 2017-12-31, value: 2")
    assert [at(found, year) for year in (2016, 2017, 2018)] == [1, 2, 2]


def test_a_value_that_ends_before_the_last_day_of_a_year_does_not_count_for_it(tmp_path: Path) -> None:
    found = pack(tmp_path, "from: 2016-01-01, to: 2018-12-30, value: 1")
    assert [at(found, year) for year in (2016, 2017, 2018)] == [1, 1, None]


def test_a_value_that_never_sees_the_end_of_a_year_counts_for_none(tmp_path: Path) -> None:
    found = pack(
        tmp_path,
        "from: 2016-01-01, to: 2016-06-30, value: 1",
        "from: 2016-07-01, to: 2016-09-30, value: 2",
        "from: 2016-10-01, value: 3",
    )
    assert [at(found, year) for year in (2015, 2016, 2017)] == [None, 3, 3]


def test_values_need_not_stand_in_order(tmp_path: Path) -> None:
    found = pack(tmp_path, "from: 2018-01-01, value: 2", "from: 2016-01-01, value: 1")
    assert [at(found, year) for year in (2016, 2017, 2018)] == [1, 1, 2]


def test_a_place_that_is_not_known_has_no_value(tmp_path: Path) -> None:
    """It might be the one that has a value of its own."""
    found = pack(tmp_path, "from: 2016-01-01, value: 1", "from: 2016-01-01, value: 2, where: 甲省", more="  by: province\n")
    assert at(found, 2018, None) is None


def test_without_a_year_nothing_is_in_force(tmp_path: Path) -> None:
    assert at(pack(tmp_path, "from: 2016-01-01, value: 1"), None) is None


@pytest.mark.parametrize(
    "values",
    [
        ("from: 2016-01-01, to: 2018-01-01, value: 1", "from: 2018-01-01, value: 2"),
        ("from: 2016-01-01, value: 1", "from: 2016-01-01, value: 2"),
        ("from: 2016-01-01, to: 2020-12-31, value: 1", "from: 2017-01-01, to: 2017-12-31, value: 2"),
    ],
)
def test_two_values_on_one_day_are_an_error(tmp_path: Path, values: tuple[str, str]) -> None:
    with pytest.raises(PackRefused) as caught:
        pack(tmp_path, *values)
    assert caught.value.code == "pack-values-overlap"


@pytest.mark.parametrize("start", ["2018-01-02", "2018-06-01", "2030-01-01"])
def test_a_day_without_a_value_between_two_is_an_error(tmp_path: Path, start: str) -> None:
    with pytest.raises(PackRefused) as caught:
        pack(tmp_path, "from: 2016-01-01, to: 2017-12-31, value: 1", f"from: {start}, value: 2")
    assert caught.value.code == "pack-values-gap"


@settings(max_examples=30, deadline=None, database=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(1, 900), st.booleans()), min_size=1, max_size=6))
def test_the_years_of_any_timeline_are_those_whose_last_day_lies_in_it(
    tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[int, bool]]
) -> None:
    """Against the plain definition: the one value whose days include 31 December."""
    day, values, days = date(2010, 3, 1), [], []
    for number, (length, open_end) in enumerate(spans):
        end = day + timedelta(days=length - 1)
        last = number + 1 == len(spans)
        said = "" if open_end else f", to: {end}"
        values.append(f"from: {day}{said}, value: {number}")
        days.append((day, None if last and open_end else end))
        day = end + timedelta(days=1)
    years = range(2009, 2031)
    expected: list[Decimal | None] = []
    for december in (date(year, 12, 31) for year in years):
        holding = [number for number, (first, end) in enumerate(days) if first <= december and (end is None or december <= end)]
        expected.append(Decimal(holding[0]) if holding else None)
    found = pack(tmp_path_factory.mktemp("timeline"), *values)
    assert values_at(Parameters(found, {}), [(year, None) for year in years]) == expected


# --- by place -----------------------------------------------------------------------------------------------------------


def by_province(folder: Path, *values: str) -> Pack:
    return pack(folder, *values, more="  by: province\n")


def test_the_value_of_a_place_goes_before_that_of_all_others(tmp_path: Path) -> None:
    found = by_province(tmp_path, "from: 2016-01-01, value: 1", "from: 2016-01-01, value: 2, where: 甲省")
    assert [at(found, 2018, place) for place in ("甲省", "乙省")] == [2, 1]


def test_a_place_without_a_value_of_its_own_has_none_where_no_other_is_given(tmp_path: Path) -> None:
    found = by_province(tmp_path, "from: 2016-01-01, value: 2, where: 甲省", "from: 2017-01-01, value: 3, where: 乙省")
    assert [at(found, 2016, place) for place in ("甲省", "乙省", "丙省", None)] == [2, None, None, None]


def test_the_values_of_each_place_have_their_own_dates(tmp_path: Path) -> None:
    values = [
        "from: 2016-01-01, to: 2016-12-31, value: 1, where: 甲省",
        "from: 2017-01-01, value: 2, where: 甲省",
        "from: 2016-01-01, value: 3, where: 乙省",
    ]
    found = by_province(tmp_path, *values)
    assert [at(found, year, place) for place in ("甲省", "乙省") for year in (2016, 2017)] == [1, 2, 3, 3]
    with pytest.raises(PackRefused) as caught:
        by_province(tmp_path, *values, "from: 2016-06-01, value: 4, where: 甲省")
    assert caught.value.code == "pack-values-overlap"


# --- given by the user --------------------------------------------------------------------------------------------------


def required(folder: Path) -> Pack:
    return load(folder, {**FILES, "parameters.yaml": f"{HEAD}  value: required\n  {CITE}\n"}).pack


def test_a_required_parameter_must_be_given(tmp_path: Path) -> None:
    with pytest.raises(UsageRefused) as caught:
        Parameters(required(tmp_path), {}).periods("line")
    assert (caught.value.code, caught.value.facts["name"], caught.value.facts["title"]) == ("parameter-required", "line", "线")


def test_a_value_that_the_user_set_holds_in_every_year_and_place(tmp_path: Path) -> None:
    for found in (required(tmp_path), by_province(tmp_path, "from: 2016-01-01, value: 2, where: 甲省")):
        chosen = choose(found, {"line": "3335.5"})
        points = [(1990, None), (2018, "甲省"), (2018, "乙省"), (2050, None), (None, None)]
        assert values_at(chosen, points) == [Decimal("3335.5")] * len(points)
        # What the user said has no citation: reports must tell the two apart.
        assert [period.source for period in chosen.periods("line")] == [None]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3070", "3070"),
        ("0.45", "0.45"),
        ("-1", "-1"),
        ("2995.333333", "2995.333333"),
        ("0", "0"),
        ("999999999999", "999999999999"),
    ],
)
def test_a_plain_number_can_be_set(tmp_path: Path, text: str, value: str) -> None:
    assert choose(required(tmp_path), {"line": text}).chosen == {"line": Decimal(value)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "3,070",
        "3070元",
        "nan",
        "inf",
        "-Infinity",
        "0.1234567",
        "1000000000000",
        "1e400",
        "1_000",
        "1e3",
        "٣",
        " 5",
        "sNaN",
    ],
)
def test_anything_else_cannot_be_set(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageRefused) as caught:
        choose(required(tmp_path), {"line": text})
    assert (caught.value.code, caught.value.facts["value"]) == ("parameter-not-number", text)


@pytest.mark.parametrize(
    ("text", "fine"), [("0", True), ("100", True), ("2.5", True), ("-0.000001", False), ("100.000001", False)]
)
def test_a_share_of_a_whole_is_between_nothing_and_all_of_it(text: str, fine: bool) -> None:
    found = shelf()
    pack = load_pack(found.find("national-2016"), found).pack
    if fine:
        assert choose(pack, {"max_incidence_percent": text}).chosen == {"max_incidence_percent": Decimal(text)}
        return
    with pytest.raises(UsageRefused) as caught:
        choose(pack, {"max_incidence_percent": text})
    assert (caught.value.code, caught.value.facts["value"]) == ("parameter-not-share", text)


def test_a_growth_may_be_below_nothing_and_beyond_the_whole() -> None:
    found = shelf()
    pack = load_pack(found.find("data-quality"), found).pack
    assert choose(pack, {"smallest_growth": "-80", "largest_growth": "250"}).chosen["largest_growth"] == Decimal(250)


def test_an_unknown_parameter_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageRefused) as caught:
        choose(required(tmp_path), {"lin": "1"})
    assert (caught.value.code, caught.value.facts["nearest"], caught.value.facts["known"]) == (
        "parameter-unknown",
        "line",
        "line",
    )


# --- the law itself -----------------------------------------------------------------------------------------------------


def test_the_national_line_of_each_year_is_that_of_the_standards() -> None:
    shelf = Shelf((CHECKOUT,))
    national = load_pack(shelf.find("national-2016"), shelf).pack
    lines = {
        2009: None,
        2010: 2300,
        2011: 2536,
        2012: 2625,
        2013: 2736,
        2014: 2800,
        2015: 2855,
        2016: 2952,
        2017: 2952,
        2018: 2995,
        2019: 3218,
        2020: 4000,
        2021: None,
    }
    parameters = Parameters(national, {})
    assert dict(zip(lines, values_at(parameters, [(year, None) for year in lines], "poverty_line"), strict=True)) == lines
    sources = [period.source for period in parameters.periods("poverty_line")]
    assert all(source is not None and source.status == "unconfirmed" and source.origin for source in sources)


def test_a_case_has_to_set_what_the_document_leaves_to_the_user(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command that runs the cases takes no --set, so that is not what is asked for."""
    asked = f"{HEAD}  value: required\n  {CITE}\n"
    folder = write(tmp_path, {**FILES, "parameters.yaml": asked})
    assert main(["rules", "test", str(folder)]) == 2
    told = capsys.readouterr().err
    assert "“一例”" in told
    assert "set: 里写 line: 数值" in told
    answered = FILES["cases/exit.yaml"].replace("  year: 2018\n", "  year: 2018\n  set: {line: 2995}\n")
    write(tmp_path, {**FILES, "parameters.yaml": asked, "cases/exit.yaml": answered})
    assert main(["rules", "test", str(folder)]) == 0
