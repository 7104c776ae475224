"""Rates that a standard names: what they are made of as it settles it, and what is refused when a pack is loaded."""

from pathlib import Path

import pyarrow as pa
import pytest
from calendar_pack import FILES
from small_pack import HERE, marked
from test_steps import child, loaded, spoilt

from fupin_cli.errors import PackRefused
from fupin_cli.evaluate.run import judge
from fupin_cli.model.tables import ROW, SHEET, SheetRef, Table
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.unused import unused


def test_a_rate_names_its_figures_in_the_order_in_which_they_are_read(tmp_path: Path) -> None:
    rates = loaded(tmp_path).pack.standards["progress"].rates
    assert rates["wrong"].figures() == ("wrongly_exited", "exited_sampled", "exited_population")
    assert rates["approving"].figures() == ("approving_households", "households_surveyed")
    assert rates["whole"].figures() == ("rural_population", "poor_population", "exited_population", "villages_left")
    assert (rates["approving"].at_least, rates["wrong"].at_least) == (True, False)


def test_the_figures_stand_in_the_result_as_the_standard_settles_them(tmp_path: Path) -> None:
    pack = loaded(
        tmp_path,
        spoilt("    count: poor_village AND NOT exited\n", "    count: poor_village AND NOT exited\n    fills: poor_villages\n"),
    )
    counts = {
        name: pa.array([number], pa.int64()) for name, number in {"year": 2018, "wrongly_exited": 3, "poor_villages": 9}.items()
    }
    texts = {"county": pa.array(["甲县"])}
    place = {SHEET: pa.array([0], pa.int32()), ROW: pa.array([2], pa.int32())}
    county = Table(
        "county", pa.table({**counts, **texts, **place}), [SheetRef(0, "县", {"wrongly_exited": "A", "poor_villages": "B"})]
    )
    standard = pack.standards["progress"].standard
    data = judge(pack.standards["progress"], Parameters(pack.pack, {}), {"county": county}, None, {}).data
    assert data.column(standard.settled("wrongly_exited")).to_pylist() == [3]
    assert data.column(standard.settled("exited_sampled")).to_pylist() == [None]
    assert data.column(standard.settled("villages_left")).to_pylist() == [None]
    assert data.column("limit.most").to_pylist() == [2]


MISTAKES = {
    "no such figure": (spoilt("hits: wrongly_exited", f"hits: {HERE}wrongly_exitd"), "expression-name-unknown", "wrongly_exited"),
    "a day": (spoilt("of: rural_population", f"of: {HERE}applied_date"), "expression-type", None),
    "neither hits nor parts": (spoilt("    hits: approving_households\n", ""), "pack-rate-shape", None),
    "hits and parts": (spoilt("    parts:\n", "    hits: poor_population\n    counted: whole\n    parts:\n"), "pack-rate-shape", None),
    "counted in no way": (spoilt("    counted: sample\n    population: exited_population\n", ""), "pack-rate-shape", None),
    "a population of a whole": (
        spoilt("    counted: sample\n    population: exited_population\n", "    counted: whole\n    population: exited_population\n"),
        "pack-rate-sample",
        None,
    ),
    "at least nothing": (spoilt("    limit: least\n", ""), "pack-rate-shape", None),
    "a limit in days": (spoilt("limit: most", f"limit: {HERE}open_from"), "pack-rate-limit", None),
    "no such limit": (spoilt("limit: most", f"limit: {HERE}mots"), "pack-rate-limit", "most"),
    "a limit that nothing asks": (spoilt("limit: most", f"limit: {HERE}unused"), "pack-rate-limit-idle", None),
    "no such check": (spoilt("check: wrong_exits", f"check: {HERE}wrong_exit"), "expression-name-unknown", "wrong_exits"),
    "another survey": (spoilt("survey: wrong-exit", f"survey: {HERE}wrong-exits"), "pack-value-wrong", None),
    "a part of a sum": (spoilt("rate: wrong}", f"rate: {HERE}whole}}"), "pack-rate-of-rate", None),
    "a part of nothing": (spoilt("rate: wrong}", f"rate: {HERE}wrog}}"), "pack-rate-of-rate", "wrong"),
    "no such people": (spoilt("people: poor_population", f"people: {HERE}poor_populatio"), "expression-name-unknown", "poor_population"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_rate_is_refused_where_it_stands(tmp_path: Path, mistake: str) -> None:
    files, code, near = MISTAKES[mistake]
    marks = any(HERE in text for text in files.values())
    clean, place = marked(files)
    with pytest.raises(PackRefused) as caught:
        loaded(tmp_path, clean)
    facts = caught.value.facts
    assert caught.value.code == code
    if marks:
        assert (facts["file"], facts["line"], facts["column"]) == (place.file, place.line, place.column)
    if near is not None:
        assert facts["nearest"] == near


def test_a_rate_whose_check_was_dropped_says_so(tmp_path: Path) -> None:
    with pytest.raises(PackRefused) as caught:
        child(tmp_path, "without: [wrong_exits]\n")
    assert caught.value.code == "pack-check-dropped"
    # Nor may another rate go on naming one that is gone, nor a limit stay that nothing asks.
    with pytest.raises(PackRefused) as caught:
        child(tmp_path, "without: [wrong_exits, wrong]\n")
    assert caught.value.code == "pack-rate-of-rate"
    assert list(child(tmp_path, "without: [wrong_exits, wrong, whole]\n").pack.standards["progress"].rates) == ["approving"]


def test_what_only_a_rate_names_is_used(tmp_path: Path) -> None:
    assert [one.name for one in unused(loaded(tmp_path))] == ["unused"]
    without = FILES["progress.yaml"].replace("      - {title: {zh: 村, en: Villages}, people: villages_left}\n", "")
    assert {one.name for one in unused(loaded(tmp_path, {**FILES, "progress.yaml": without}))} == {"unused", "villages_left"}
