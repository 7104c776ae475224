"""``fupin verify-roster --diff`` from its command line to its report."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openpyxl import load_workbook

from fupin_cli.cli.main import main
from fupin_cli.errors import FupinError, UsageRefused
from fupin_cli.pipelines.telling import open_laws

ROSTERS = Path(__file__).resolve().parents[2] / "samples" / "roster-repo" / "rosters"


def asked(tmp_path: Path, *options: str) -> dict[str, Any]:
    out = tmp_path / "story.json"
    main(["verify-roster", str(ROSTERS), "--diff", *options, "--no-config", "--quiet", "-o", str(out)])
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def counted(year: int, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet, read without the program."""
    head, *rows = load_workbook(ROSTERS / f"{year}.xlsx")[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows if any(row)]


def test_the_sample_is_told_and_its_figures_are_those_of_the_workbooks(tmp_path: Path) -> None:
    found = asked(tmp_path, "--judge", "2018=chongqing-kaizhou-2017")
    schema = json.loads(files("fupin_cli.report").joinpath("verification-1.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(found)
    intervals = found["story"]["intervals"]
    assert [one["years"] for one in intervals] == [[2016, 2017], [2017, 2018]]
    assert [intervals[1]["verdicts"][side]["pack"] for side in ("before", "after")] == ["national-2016", "chongqing-kaizhou-2017"]
    for interval in intervals:
        sums = {one["measure"]: one for one in interval["sums"]} | {"members": interval["people"]}
        for place, year in zip(("start", "end"), interval["years"], strict=True):
            households, people = counted(year, "户"), counted(year, "人")
            poor = [row for row in households if row["脱贫属性"] in ("未脱贫", "预脱贫", "返贫")]
            assert sums["households"][place] == len(households)
            assert sums["poor_households"][place] == len(poor)
            assert sums["exited_households"][place] == len([row for row in households if row["脱贫属性"] == "已脱贫"])
            assert sums["people"][place] == sums["members"][place] == len(people)
            poor_people = [row for row in people if row["户编号"] in {one["户编号"] for one in poor}]
            assert sums["poor_people"][place] == len(poor_people)


def test_a_blank_that_is_assumed_in_every_year_leaves_no_data_missing(tmp_path: Path) -> None:
    found = asked(tmp_path, "--assume", "food_secure=是", "--assume", "clothing_secure=是")
    assert found["assumptions"] == {"food_secure": "是", "clothing_secure": "是"}
    causes = [one["verdicts"]["causes"] for one in found["story"]["intervals"]]
    # 349900200001 and 349900200008 rise over the line; 349900200002 falls back, 349900200007 rises over the new one.
    assert causes == [{"missing": 0, "data": 2, "threshold": 0, "rule": 0}] * 2


def test_a_year_that_is_not_there_is_no_year_to_judge(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "out.json")
    code = main(["verify-roster", str(ROSTERS), "--judge", "2019=national-2016", "--no-config", "-o", out])
    assert code == 2
    assert "2019" in (told := capsys.readouterr().err)
    assert "2016、2017、2018" in told
    assert not Path(out).exists()


@pytest.mark.parametrize(
    ("judge", "code"),
    [
        (["national-2016", "chongqing-kaizhou-2017"], "story-judge-twice"),
        (["2018=national-2016", "2018 = chongqing-kaizhou-2017"], "story-judge-year-twice"),
        (["archive-2018"], "pack-for-another-command"),
        (["2018=archive-2018"], "pack-for-another-command"),
        (["no-such-pack"], "pack-unknown"),
    ],
)
def test_what_cannot_be_meant_is_refused(judge: list[str], code: str) -> None:
    with pytest.raises(FupinError) as refused:
        open_laws(judge)
    assert refused.value.code == code


def test_one_pack_is_for_all_years_and_another_for_one() -> None:
    laws = open_laws(["chongqing-kaizhou-2017", "2018=national-2016"], {"poverty_line": "4000"})
    found = laws.over([2017, 2018])
    assert [found[year].parameters.pack.name for year in (2017, 2018)] == ["chongqing-kaizhou-2017", "national-2016"]
    assert all(str(law.parameters.chosen["poverty_line"]) == "4000" for law in found.values())
    assert laws.knows("poverty_line")
    assert not laws.knows("nothing")
    with pytest.raises(UsageRefused):
        laws.over([2016, 2017])
