"""Steps and rates of a standard: on its page, in the difference of two packs, and in the schema for editors."""

import json
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "rules")]

from calendar_pack import FILES
from small_pack import write
from test_schemas import refused

from fupin_cli.cli.main import main
from fupin_cli.rules.difference import difference
from fupin_cli.rules.locate import Shelf
from fupin_cli.rules.packs import load_pack

ROOT = Path(__file__).resolve().parents[2]
STANDARD = FILES["progress.yaml"]


def changed(old: str, new: str) -> str:
    assert STANDARD.count(old) == 1, old
    return STANDARD.replace(old, new)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_says_what_each_step_and_rate_is_made_of(lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "show", str(write(tmp_path, FILES)), "--format", "markdown", "--lang", lang]) == 0
    page = capsys.readouterr().out
    said = {
        "zh": (
            "程序步骤", "申请", "县申请日期", "window: in\\_window", "还没办时是否逾期", "opening: not\\_open", "比率", "抽样脱贫人口",
            "样本取自“脱贫人口”", "抽样表中的错退人口", "不高于〔上限〕", "不低于〔下限〕", "错退：“脱贫人口” × “错退率”", "村：“未出列村”",
        ),
        "en": ("Steps of the calendar", "Application", "not due yet", "of a sample", "at least", "The sum of these parts"),
    }[lang]  # fmt: skip
    page = page.replace("`", "")
    assert [text for text in said if text not in page and text.replace("\\", "") not in page] == []


@pytest.mark.parametrize(
    ("old", "new", "section", "name", "points"),
    [
        ("date: applied_date", "date: city_reviewed_date", "steps", "applying", {"date"}),
        ("    order: in_order\n", "", "steps", "applying", {"order"}),
        (
            "deadline: in_time\n    opening: not_open",
            "deadline: not_open\n    opening: in_time",
            "steps",
            "applying",
            {"deadline", "opening"},
        ),
        ("window: reported", "window: in_window", "steps", "reporting", {"window"}),
        ("hits: wrongly_exited", "hits: missed_people", "rates", "wrong", {"hits"}),
        ("    population: exited_population\n", "", "rates", "wrong", {"population"}),
        ("    limit: least\n    at_least: true\n", "    limit: most\n", "rates", "approving", {"limit", "at_least"}),
        ("survey: wrong-exit", "survey: missed", "rates", "wrong", {"survey"}),
        (", rate: wrong}", "}", "rates", "whole", {"parts"}),
        ("of: rural_population", "of: exited_population", "rates", "whole", {"of"}),
        ("check: wrong_exits", "check: approval", "rates", "wrong", {"check"}),
    ],
)
def test_a_change_is_told_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, section: str, name: str, points: set[str]
) -> None:
    before = write(tmp_path / "old", FILES)
    after = write(tmp_path / "new", {**FILES, "progress.yaml": changed(old, new)})
    (standard,) = difference(load_pack(before, Shelf(())), load_pack(after, Shelf(()))).standards
    told = {(one.section, one.name): {detail.key for detail in one.details if detail.matters} for one in standard.changes}
    assert told == {(section, name): points}
    assert main(["rules", "diff", str(before), str(after)]) == 1
    assert name in capsys.readouterr().out


@pytest.mark.parametrize(("old", "section"), [("  reporting:\n", "steps"), ("  approving:\n", "rates")])
def test_what_one_side_alone_has_is_told_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, section: str
) -> None:
    before = write(tmp_path / "old", FILES)
    after = write(tmp_path / "new", {**FILES, "progress.yaml": changed(old, "  another:\n")})
    assert main(["rules", "diff", str(before), str(after)]) == 1
    assert "another" in capsys.readouterr().out
    assert main(["rules", "diff", str(before), str(after), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    schema = json.loads((ROOT / "src/fupin_cli/report/rules-diff-1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(found)
    changes = found["standards"][0]["changes"]
    assert {(one["section"], one["how"]) for one in changes} == {(section, "added"), (section, "removed")}
    assert all(one["whole"]["title"] for one in changes)


def test_other_words_are_no_change(tmp_path: Path) -> None:
    before, after = (
        write(tmp_path / "old", FILES),
        write(tmp_path / "new", {**FILES, "progress.yaml": changed("en: Poor}", "en: Left}")}),
    )
    (standard,) = difference(load_pack(before, Shelf(())), load_pack(after, Shelf(()))).standards
    assert (standard.matters, [detail.key for one in standard.changes for detail in one.details]) == (False, ["title"])


def test_the_schema_takes_them() -> None:
    assert refused("standard", STANDARD) == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("    window: in_window\n", ""),
        ("    date: applied_date\n", ""),
        ("opening: not_open", "openings: not_open"),
        ("    hits: wrongly_exited\n", ""),
        ("    of: exited_sampled\n", ""),
        ("    counted: sample\n    population: exited_population\n", "    population: exited_population\n"),
        ("    counted: sample\n    population: exited_population\n", "    counted: whole\n    population: exited_population\n"),
        ("    parts:\n", "    hits: poor_population\n    counted: whole\n    parts:\n"),
        ("    parts:\n", "    survey: missed\n    parts:\n"),
        ("    limit: least\n", ""),
        ("survey: wrong-exit", "survey: wrong_exit"),
        ("people: poor_population", "persons: poor_population"),
    ],
)
def test_what_our_reader_refuses_the_schema_refuses(good: str, bad: str) -> None:
    assert refused("standard", changed(good, bad)) != []
