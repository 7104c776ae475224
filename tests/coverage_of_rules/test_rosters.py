"""``--coverage-from``: how a roster tries the conditions, counted a second time in plain Python."""

import json
import random
from importlib.resources import files
from pathlib import Path

import pytest
from every_value import CELLS, FIELDS, FULL, PLACES, judged, reached
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from tiny import write

from fupin_cli.cli.main import main
from fupin_cli.model.tables import fields

Capture = pytest.CaptureFixture[str]
HOUSEHOLDS = 700


@pytest.fixture(scope="module")
def roster() -> list[dict[str, float]]:
    """Households whose six answers are yes, no or blank; mostly yes, as in a real roster."""
    lots = random.Random(5)
    return [{name: lots.choice((1, 1, 1, 0, 0.5)) for name in FIELDS} for _ in range(HOUSEHOLDS)]


def written(folder: Path, households: list[dict[str, float]]) -> Path:
    labels = [fields("household")[name].label for name in FIELDS]
    lines = [",".join(["户编号", "年度", *labels])]
    lines += [",".join([f"H{i}", "2018", *(CELLS[one[name]] for name in FIELDS)]) for i, one in enumerate(households)]
    path = folder / "户.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def told_of(pack: object, path: Path, target: Path, *more: str) -> dict[str, object]:
    assert main(["rules", "test", str(pack), "--coverage-from", str(path), "-o", str(target), "--quiet", *more]) == 0
    told = json.loads(target.read_text(encoding="utf-8"))
    schema = json.loads(files("fupin_cli.report").joinpath("roster-coverage-1.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(told)
    (standard,) = told["standards"]
    return standard  # type: ignore[no-any-return]


def test_every_count_of_a_roster_is_that_of_plain_python(roster: list[dict[str, float]], tmp_path: Path) -> None:
    told = told_of(write(tmp_path, standard=FULL, cases=""), written(tmp_path, roster), tmp_path / "told.json")
    assert told["subjects"] == HOUSEHOLDS
    shown = [reached(one) for one in roster]
    for one in told["conditions"]:  # type: ignore[attr-defined]
        goals = [goal for household in shown for goal in household[one["tree"], tuple(one["path"])]]
        counted = {goal: goals.count(goal) for goal in ("true", "false", "unknown")}
        assert {goal: one[goal] for goal in counted} == counted
        assert one["decided"] == sum(goal.startswith("decides") for goal in goals)
        assert counted["true"] + counted["false"] + counted["unknown"] == HOUSEHOLDS
    assert len(told["conditions"]) == len(PLACES)  # type: ignore[arg-type]


def test_a_clause_that_decided_nobody_is_named(roster: list[dict[str, float]], tmp_path: Path, capsys: Capture) -> None:
    # Where every household has labour the first row never holds, and whom food is safe for is fed without clothing.
    fed = [{**one, "food_secure": 1, "clothing_secure": 1, "annual_plan": 1} for one in roster]
    assert all(judged(one, ("checks.fed.require", (0,)), value)[1] == judged(one, None, 0)[1] for one in fed for value in (0, 1))
    pack, path = write(tmp_path, standard=FULL, cases=""), written(tmp_path, fed)
    assert told_of(pack, path, tmp_path / "told.json")["never_decisive"] == ["fed"]
    assert main(["rules", "test", str(pack), "--coverage-from", str(path), "--lang", "en", "--quiet"]) == 0
    shown = capsys.readouterr().out
    assert "Clauses that never decided anything here:" in shown
    assert "fed: Food" in shown
    assert main(["rules", "test", str(pack), "--coverage-from", str(path), "--format", "markdown", "--quiet"]) == 0
    assert "在这里从未起决定作用的条款：" in capsys.readouterr().out


def test_the_sample_is_counted_as_its_cells_say(samples: Path, tmp_path: Path) -> None:
    told = told_of("national-2016", samples / "households.xlsx", tmp_path / "told.json", "--standard", "household-exit")
    found = {one["tree"]: one for one in told["conditions"] if not one["path"]}  # type: ignore[attr-defined]
    sheet = load_workbook(samples / "households.xlsx")["户"]
    rows = list(sheet.iter_rows(values_only=True))
    for tree, header in (
        ("checks.food.require", "不愁吃"),
        ("checks.clothing.require", "不愁穿"),
        ("checks.water.require", "饮水安全"),
    ):
        answers = [row[rows[0].index(header)] for row in rows[1:]]
        counted = [answers.count("是"), answers.count("否"), len(answers) - answers.count("是") - answers.count("否")]
        assert [found[tree][goal] for goal in ("true", "false", "unknown")] == counted


def test_files_without_a_subject_of_the_pack_are_refused(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "程序.csv"
    path.write_text("对象类型,对象编号,步骤,日期\n户,H1,民主评议,2018-10-01\n", encoding="utf-8")
    pack = write(tmp_path, standard=FULL, cases="")
    assert main(["rules", "test", str(pack), "--coverage-from", str(path), "--lang", "en", "--quiet"]) == 3
    assert capsys.readouterr().out == ""


def test_an_unknown_standard_is_a_wrong_command_line(roster: list[dict[str, float]], tmp_path: Path, capsys: Capture) -> None:
    pack, path = write(tmp_path, standard=FULL, cases=""), written(tmp_path, roster[:3])
    assert main(["rules", "test", str(pack), "--coverage-from", str(path), "--standard", "exti", "--lang", "en", "--quiet"]) == 2
    assert "exit" in capsys.readouterr().err
