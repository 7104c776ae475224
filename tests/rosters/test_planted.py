"""Planted mistakes are found by their rule at their cell and nothing else is; honest stories have no finding at all.

``make rosters`` tries every kind alone, and fifty stories; here several kinds that do not touch stand in one story.
"""

import os
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from generate import Story, story
from layouts import EXPORTS, LAYOUT_NAMES, Cell, Place, write
from planted import KINDS, Ground, plant

from fupin_cli.model.baseline import Terms
from fupin_cli.model.verification import Verification
from fupin_cli.pipelines.verifying import verify
from fupin_cli.tasks import Request

THOROUGH = "FUPIN_ROSTERS" in os.environ
YEARS = (2016, 2017, 2018)
#: Kinds of one story; each household carries at most one.
TOGETHER = 1 if THOROUGH else 14
#: Totals are declared in workbooks alone, an export lacks many columns.
LAYOUTS = ("template", "banner", "csv")
STORIES = 6
#: A finding: its rule, its row, its cells.
Told = tuple[str, Cell, frozenset[Cell]]


def verified(folder: Path, made: Story, layouts: Sequence[str]) -> tuple[Verification, dict[object, Cell]]:
    written = write(folder, made.rosters, layouts)
    verification, refused = verify(Request([str(path) for path in written.paths]), Terms())
    assert refused == []
    return verification, dict(written.places)


def told(verification: Verification) -> list[Told]:
    names = [Path(source.path).name for source in verification.result.inputs]

    def cell(where: object) -> Cell:
        return names[where.input], where.sheet, f"{where.letter}{where.row}"  # type: ignore[attr-defined]

    return [(found.rule, cell(found.where), frozenset(map(cell, found.cells))) for found in verification.found]


def batches() -> list[list[str]]:
    """The kinds, so many at a time. Each year has one total that is wrong at most."""
    names = [name for name in KINDS if not name.startswith("declared")]
    chosen = [names[start : start + TOGETHER] for start in range(0, len(names), TOGETHER)]
    declared = [name for name in KINDS if name.startswith("declared")]
    return [*chosen, *([[name] for name in declared] if THOROUGH else [declared])]


@pytest.mark.parametrize(
    ("number", "kinds"), list(enumerate(batches())), ids=lambda one: one[0] if isinstance(one, list) else str(one)
)
def test_every_planted_mistake_is_found_at_its_cell_and_nothing_else(number: int, kinds: list[str], tmp_path: Path) -> None:
    ground = Ground(story(4, years=YEARS, households=90, events=0.2), random.Random(number))
    must, may = plant(ground, kinds)
    layout = "template" if kinds[0].startswith("declared") else LAYOUTS[number % len(LAYOUTS)]
    verification, places = verified(tmp_path, ground.story, [layout])
    found = told(verification)

    def matching(findings: Sequence[tuple[str, Place | None]]) -> list[Told]:
        cells = {(rule, places[place]) for rule, place in findings if place is not None}
        anywhere = {rule for rule, place in findings if place is None}
        return [one for one in found if one[0] in anywhere or any((one[0], cell) in cells for cell in one[2])]

    assert [finding for finding in must if not matching([finding])] == []
    explained = matching([*must, *may])
    assert [one for one in found if one not in explained] == []
    assert verification.gate is not None
    # Warnings do not fail unless somebody wants it.
    assert verification.gate.fails is any(one.level == "error" for one in verification.found)


def test_at_least_forty_kinds_by_as_many_rules_as_there_are() -> None:
    assert len(KINDS) >= 40


@pytest.mark.parametrize("seed", range(STORIES))
def test_an_honest_story_has_no_finding(seed: int, tmp_path: Path) -> None:
    years = (2016, 2017, 2018, 2019, 2020)[: 3 + seed % 3] if THOROUGH else YEARS
    # Each year in another layout, as offices change them.
    layouts = [LAYOUT_NAMES[(seed + 3 * place) % len(LAYOUT_NAMES)] for place in range(len(years))]
    renamed = years[-1] if seed % 5 == 0 else None
    verification, _ = verified(tmp_path, story(seed, years=years, households=9, renamed_in=renamed), layouts)
    assert told(verification) == []
    assert verification.gate is not None
    assert not verification.gate.fails


def test_the_stories_have_everything_that_happens_to_households() -> None:
    happened = {word for seed in range(STORIES) for _, word, _ in story(seed, years=YEARS, households=9).happened}
    assert {
        "新识别",
        "返贫",
        "预脱贫",
        "新生儿",
        "嫁入",
        "分户",
        "并户",
        "转户",
        "搬迁",
        "换号",
        "整户",
        "离开",
        "户主死亡",
    } <= happened
    assert set(EXPORTS) <= set(LAYOUT_NAMES)


def test_a_year_of_which_there_is_no_roster_is_said_and_nothing_is_held_against_it(tmp_path: Path) -> None:
    verification, _ = verified(tmp_path, story(11, years=YEARS, households=9, missing=[2017]), ["template"])
    assert [found.rule for found in verification.found] == ["reading/roster-year-missing"]


def test_rows_that_are_left_out_of_a_year_accuse_nobody_else(tmp_path: Path) -> None:
    ground = Ground(story(4, years=YEARS, households=60, events=0.4), random.Random(6))
    # Somebody who has another number in that year, and says nothing of it, cannot be traced then.
    assert any(year == ground.last and word == "换号" for year, word, _ in ground.story.happened)
    plant(ground, ["household listed twice"])
    verification, _ = verified(tmp_path, ground.story, ["csv"])
    assert {rule for rule, *_ in told(verification)} == {
        "reading/household-doubled", "reading/member-without-household", "reading/households-untraced",
    }  # fmt: skip
