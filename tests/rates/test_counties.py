"""The rates of counties: of settled figures only, with the interval of the sample and of its places, and never 0 % for unknown."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from rated_counties import GIVEN, STANDARD, judged, loaded, rates_of, table

from fupin_cli.evaluate.rates.counties import county_rates
from fupin_cli.evaluate.rates.designed import Cluster, Stratum, clustered_rate, stratified_rate
from fupin_cli.evaluate.rates.simple import conclude, rate
from fupin_cli.model.figure import FoundRate
from fupin_cli.model.rate import Limit, Rate
from fupin_cli.rules.packs import LoadedPack

TWO_PERCENT = Limit(Fraction(2, 100))


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> LoadedPack:
    return loaded(tmp_path_factory.mktemp("pack"))


def one(pack: LoadedPack, *, survey: list[dict[str, Any]] | None = None, **figures: Any) -> dict[str, FoundRate]:
    row = {**GIVEN, **figures}
    tables = [table("county", [row]), *([table("survey", survey)] if survey else [])]
    return rates_of(pack, *tables)[0]


# --- figures ------------------------------------------------------------------------------------------------------------


def test_each_rate_has_its_counts_by_name_its_interval_and_its_limit(pack: LoadedPack) -> None:
    found = one(pack)
    assert [*found] == ["composite", "incidence", "wrong_exit", "missed", "approval"]
    wrong = found["wrong_exit"]
    assert (wrong.value, wrong.counts, wrong.reason) == (Fraction(1, 50), (3, 150), None)
    assert (wrong.of.name, wrong.of.title.zh, wrong.of.value) == ("exited_sampled", "抽样脱贫人口", 150)
    assert wrong.simple == rate(3, 150, 5000)
    # Exactly 2 % is not over 2 %; 150 persons cannot show it.
    assert (wrong.limit, wrong.kept, wrong.conclusion) == (TWO_PERCENT, True, "inconclusive")
    assert wrong.designed is None
    missed, approval = found["missed"], found["approval"]
    assert (missed.simple, missed.conclusion) == (rate(10, 2000, 60_000), "conclusive-pass")
    assert (approval.simple, approval.kept, approval.conclusion) == (rate(990, 1100), True, "inconclusive")
    assert approval.limit == Limit(Fraction(90, 100), at_least=True)


def test_a_full_count_has_no_interval_and_nothing_to_conclude(pack: LoadedPack) -> None:
    incidence = one(pack)["incidence"]
    assert (incidence.value, incidence.simple, incidence.conclusion, incidence.kept) == (Fraction(120, 80_000), None, None, True)
    assert incidence.of.title.zh == "农村户籍人口"
    assert one(pack, poor_population=1601)["incidence"].kept is False


def test_the_composite_is_the_sum_of_its_three_parts(pack: LoadedPack) -> None:
    composite = one(pack)["composite"]
    # 120 + 5000 * 3/150 + 60000 * 10/2000 = 120 + 100 + 300 of 80000.
    assert [part.product for part in composite.parts] == [120, 100, 300]
    assert [part.counts for part in composite.parts] == [None, (3, 150), (10, 2000)]
    assert (composite.value, composite.kept) == (Fraction(520, 80_000), True)
    assert (composite.simple, composite.conclusion) == (None, None)
    # A seventh of 5000 people is no whole number of them, and is not rounded.
    assert one(pack, exited_sampled=7, wrongly_exited=1)["composite"].parts[1].product == Fraction(5000, 7)


def test_the_population_makes_the_interval_that_of_a_known_population(pack: LoadedPack) -> None:
    wide, narrow = one(pack, exited_population=None)["wrong_exit"], one(pack, exited_population=160)["wrong_exit"]
    assert wide.simple == rate(3, 150)
    assert narrow.simple == rate(3, 150, 160)
    assert (wide.value, wide.kept) == (narrow.value, narrow.kept) == (Fraction(1, 50), True)


def test_another_confidence_makes_another_interval(pack: LoadedPack) -> None:
    found = rates_of(pack, table("county", [GIVEN]), confidence=Fraction(8, 10))[0]["missed"].simple
    assert found == rate(10, 2000, 60_000, Fraction(8, 10))


def test_many_counties_have_the_rates_that_each_has_alone(pack: LoadedPack) -> None:
    rows = [
        {**GIVEN, "county": f"县{n}", "wrongly_exited": n % 9, "missed_people": n % 70, "approving_households": 1100 - n}
        for n in range(300)
    ]
    every = rates_of(pack, table("county", rows))
    for n in range(0, 300, 37):
        assert every[n]["wrong_exit"].simple == rate(n % 9, 150, 5000)
        assert every[n]["missed"].simple == rate(n % 70, 2000, 60_000)
        assert every[n]["approval"].simple == rate(1100 - n, 1100)


# --- what makes no rate -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "figures", "reason"),
    [
        ("incidence", {"poor_population": None}, "unknown"),
        ("incidence", {"rural_population": None}, "unknown"),
        ("incidence", {"poor_population": 80_001}, "more-than-there"),
        ("wrong_exit", {"wrongly_exited": None}, "unknown"),
        ("wrong_exit", {"exited_sampled": None}, "unknown"),
        ("wrong_exit", {"exited_sampled": 0, "wrongly_exited": 0}, "nobody-asked"),
        ("wrong_exit", {"wrongly_exited": 151}, "more-than-asked"),
        ("wrong_exit", {"exited_population": 149}, "more-asked-than-there"),
        ("wrong_exit", {"exited_population": 0}, "nobody-there"),
        ("composite", {"exited_population": None}, "unknown"),
        ("composite", {"wrongly_exited": None}, "part-without-rate"),
        ("composite", {"exited_sampled": 0, "wrongly_exited": 0}, "part-without-rate"),
        ("composite", {"rural_population": 519}, "more-than-there"),
        ("composite", {"rural_population": 0}, "nobody-there"),
    ],
)
def test_what_makes_no_rate_says_why_and_is_held_against_no_limit(
    pack: LoadedPack, name: str, figures: Mapping[str, Any], reason: str
) -> None:
    found = one(pack, **figures)[name]
    assert (found.value, found.reason, found.simple, found.designed) == (None, reason, None, None)
    assert (found.kept, found.conclusion) == (None, None)


def test_the_figures_that_are_lacking_are_named(pack: LoadedPack) -> None:
    found = one(pack, wrongly_exited=None, exited_sampled=None, exited_population=None)
    assert [figure.name for figure in found["wrong_exit"].unknown] == ["wrongly_exited", "exited_sampled"]
    assert [figure.name for figure in found["composite"].unknown] == ["exited_population"]
    assert found["missed"].unknown == ()


def test_a_cell_that_cannot_be_read_is_unknown_and_never_nought(pack: LoadedPack) -> None:
    county = table("county", [{**GIVEN, "missed_people": None}], {"missed_people": [True]})
    assert rates_of(pack, county)[0]["missed"].reason == "unknown"


def test_a_standard_without_rates_gives_none(tmp_path: Path) -> None:
    bare = loaded(tmp_path, {name: value for name, value in STANDARD.items() if name != "rates"})
    assert county_rates(judged(bare, table("county", [GIVEN])), None) == {}


# --- the survey sheet ---------------------------------------------------------------------------------------------------


def household(village: int, wrong: int, *, township: int = 1, size: int = 5, **more: Any) -> dict[str, Any]:
    return {
        "county": "样县", "year": 2018, "township": f"样{township}乡", "village": f"样{village}村",
        "household_id": None, "sample_group": "脱贫户", "household_size": size, "wrongly_exited": wrong,
    } | more  # fmt: skip


#: 30 households of 5 in 6 villages; one village has three households that are wholly wrong: 15 of 150 persons.
SURVEY = [household(village, 5 if village == 2 and number < 3 else 0) for village in range(6) for number in range(5)]
BY_VILLAGE = [Cluster(15 if village == 2 else 0, 25) for village in range(6)]
FROM_SHEET = {"exited_sampled": None, "wrongly_exited": None}


def test_figures_from_the_survey_sheet_have_the_interval_of_its_villages(pack: LoadedPack) -> None:
    found = one(pack, survey=SURVEY, **FROM_SHEET)["wrong_exit"]
    assert found.counts == (15, 150)
    assert found.simple == rate(15, 150, 5000)
    design = found.designed
    assert design is not None
    assert (design.by, design.clusters, design.strata, design.open_rows) == ("village", 6, 0, 0)
    assert design.found == clustered_rate(BY_VILLAGE)
    assert isinstance(design.found, Rate)
    # By hand: the residuals are 12.5 and five times -2.5, so 187.5 * 6/5 / 150^2 over 0.1 * 0.9 / 149.
    assert design.found.design_effect == Fraction(225, 150**2) / (Fraction(9, 100) / 149)
    assert found.interval == design.found
    # 15 of 150 persons surely are over 2 %; one village in six is not enough to say so.
    assert found.simple is not None
    assert conclude(found.simple, TWO_PERCENT) == "conclusive-fail"
    assert (found.kept, found.conclusion) == (False, "inconclusive")


def test_figures_of_the_county_that_the_sheet_bears_out_have_its_interval_too(pack: LoadedPack) -> None:
    found = one(pack, survey=SURVEY, exited_sampled=150, wrongly_exited=15)["wrong_exit"]
    assert found.designed is not None
    assert found.counts == (15, 150)


def test_figures_that_differ_from_the_sheet_make_no_rate_at_all(pack: LoadedPack) -> None:
    found = one(pack, survey=SURVEY, exited_sampled=150, wrongly_exited=3)["wrong_exit"]
    assert (found.value, found.reason, found.designed) == (None, "unknown", None)


def test_rows_that_are_open_are_told(pack: LoadedPack) -> None:
    survey = [*SURVEY, household(1, 0) | {"wrongly_exited": None}]
    # The sum is unknown, so the county's own figures stand; the answers that are there still tell how villages differ.
    found = one(pack, survey=survey, exited_sampled=155, wrongly_exited=15)["wrong_exit"]
    assert found.counts == (15, 155)
    assert found.designed is not None
    assert (found.designed.open_rows, found.designed.found) == (1, clustered_rate(BY_VILLAGE))


def test_rows_of_another_county_or_year_do_not_count(pack: LoadedPack) -> None:
    survey = [*SURVEY, *(row | {"county": "别县"} for row in SURVEY), *(row | {"year": 2017} for row in SURVEY)]
    counties = table("county", [{**GIVEN, "exited_sampled": 150, "wrongly_exited": 15}, {**GIVEN, "county": "无县"}])
    first, second = rates_of(pack, counties, table("survey", survey))
    assert first["wrong_exit"].designed is not None
    assert first["wrong_exit"].designed.found == clustered_rate(BY_VILLAGE)
    assert second["wrong_exit"].designed is None


def test_a_sheet_without_years_is_that_of_the_county_s_only_year(pack: LoadedPack) -> None:
    survey = table("survey", [{k: v for k, v in row.items() if k != "year"} for row in SURVEY])
    county = {**GIVEN, **FROM_SHEET, "exited_sampled": 150, "wrongly_exited": 15}
    alone = rates_of(pack, table("county", [county]), survey)[0]["wrong_exit"]
    assert alone.designed is not None
    both = rates_of(pack, table("county", [county, county | {"year": 2017}]), survey)
    assert [found["wrong_exit"].designed for found in both] == [None, None]


def test_two_counties_of_one_name_share_no_sheet(pack: LoadedPack) -> None:
    county = {**GIVEN, "exited_sampled": 150, "wrongly_exited": 15}
    rows = [county | {"province": "甲省"}, county | {"province": "乙省"}]
    for found in rates_of(pack, table("county", rows), table("survey", SURVEY)):
        assert found["wrong_exit"].designed is None


# --- townships of known size --------------------------------------------------------------------------------------------

#: Two townships, three villages in each: the second has four times the people of the first and one household in five wrong.
TWO = [
    household(village, 5 if township == 2 and number == 0 else 0, township=township)
    for township in (1, 2)
    for village in range(3)
    for number in range(5)
]


def roster(first: int, second: int, **more: Any) -> list[dict[str, Any]]:
    return [
        {"household_id": f"{township}-{n}", "county": "样县", "year": 2018, "township": f"样{township}乡", "household_size": 5,
         "poverty_status": "已脱贫"} | more
        for township, count in ((1, first), (2, second))
        for n in range(count)
    ]  # fmt: skip


def with_roster(tmp_path: Path, rows: list[dict[str, Any]], survey: list[dict[str, Any]], **figures: Any) -> FoundRate:
    # A standard that counts households reads the roster.
    homes = {
        "title": {"zh": "户", "en": "Homes"},
        "over": "household",
        "by": "county",
        "on": "county",
        "count": "household_size > 0",
    }
    standard = {**STANDARD, "facts": {**STANDARD["facts"], "homes": homes}}
    standard["checks"] = {
        **STANDARD["checks"],
        "some": {**STANDARD["checks"]["approved"], "severity": "finding", "require": "homes >= 0"},
    }
    tables = [table("county", [{**GIVEN, **FROM_SHEET, **figures}]), table("survey", survey), table("household", rows)]
    return rates_of(loaded(tmp_path, standard), *tables)[0]["wrong_exit"]


def test_townships_of_known_size_are_strata_with_villages_as_clusters(tmp_path: Path) -> None:
    found = with_roster(tmp_path, roster(200, 800), TWO, exited_population=5000)
    design = found.designed
    assert design is not None
    assert (design.by, design.clusters, design.strata) == ("village", 6, 2)
    strata = [Stratum([Cluster(0, 25)] * 3, 1000), Stratum([Cluster(5, 25)] * 3, 4000)]
    assert design.found == stratified_rate(strata)
    assert isinstance(design.found, Rate)
    # The sample has 10 %; four fifths of the people live where it is 20 %.
    assert (found.value, design.found.value, design.found.method) == (Fraction(1, 10), Fraction(16, 100), "strata-clusters")


@pytest.mark.parametrize(
    ("rows", "population"),
    [
        # They do not sum to the county's figure, one township was not asked, somebody's size or state is not known.
        (roster(200, 801), 5000),
        ([*roster(200, 799), {**roster(1, 0)[0], "household_id": "9", "township": "样3乡"}], 5000),
        ([*roster(200, 800), {**roster(1, 0)[0], "household_id": "9", "household_size": None}], 5000),
        ([*roster(200, 800), {**roster(1, 0)[0], "household_id": "9", "poverty_status": None}], 5000),
        ([*roster(200, 800), {**roster(1, 0)[0], "household_id": "9", "township": None}], 5005),
        (roster(200, 800), None),
    ],
)
def test_townships_of_which_anything_is_not_known_are_no_strata(
    tmp_path: Path, rows: list[dict[str, Any]], population: int | None
) -> None:
    found = with_roster(tmp_path, rows, TWO, exited_population=population)
    assert found.designed is not None
    assert (found.designed.strata, found.designed.clusters) == (0, 6)


def test_a_township_with_one_village_tells_nothing_of_how_villages_differ(tmp_path: Path) -> None:
    survey = [row for row in TWO if row["township"] == "样2乡" or row["village"] == "样0村"]
    found = with_roster(tmp_path, roster(200, 800), survey, exited_population=5000)
    assert found.designed is not None
    assert (found.designed.strata, found.designed.clusters) == (0, 4)


def test_others_in_the_roster_are_not_of_the_group(tmp_path: Path) -> None:
    others = [row | {"household_id": f"x{n}", "poverty_status": "未脱贫"} for n, row in enumerate(roster(5, 9))]
    found = with_roster(tmp_path, [*roster(200, 800), *others], TWO, exited_population=5000)
    assert found.designed is not None
    assert found.designed.strata == 2


def test_what_decides_is_the_check_where_one_is_named(tmp_path: Path) -> None:
    # A document that says 低于 2 % refuses exactly 2 %, which the limit alone would let pass.
    strict = {**STANDARD["checks"]["wrong_low"], "require": "100 * wrongly_exited < $most * exited_sampled"}
    pack = loaded(tmp_path, {**STANDARD, "checks": {**STANDARD["checks"], "wrong_low": strict}})
    assert one(pack)["wrong_exit"].kept is False
    rate_alone = {**STANDARD["rates"]["wrong_exit"]}
    del rate_alone["check"]
    bare = loaded(tmp_path, {**STANDARD, "checks": {**STANDARD["checks"], "wrong_low": strict}, "rates": {"w": rate_alone}})
    assert one(bare)["w"].kept is True
