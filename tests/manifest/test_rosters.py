"""A manifest of ``verify-roster``: the files come from fupin.toml, one is a baseline, and the day decides what it accepts."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[bytes]]

PACK = {
    "pack.yaml": "pack: small\nversion: 1\ntitle: {zh: 例, en: Example}\ndocuments: {plan: {title: 方案, issuer: 县}}\neffective: {from: 2014-01-01}\n",
    "household-roster.yaml": """
standard: household-roster
title: {zh: 户, en: Households}
subject: household
kind: quality
checks:
  safe: {title: {zh: 住房, en: House}, severity: gate, require: housing_secured, remedy: {zh: 修, en: Mend}, cite: {document: plan, clause: 一, quote: 房}}
outcomes: {errors: {title: {zh: 错, en: Wrong}, meets: false}, consistent: {title: {zh: 好, en: Fine}, meets: true}}
decide: [{outcome: errors, when: NOT safe}, {outcome: consistent, default: true}]
""",
}
#: Noon in Beijing on the last day of 2017, in seconds.
DAY, SECONDS = "2017-12-31", "1514692800"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for folder in ("small", "rosters"):
        (tmp_path / folder).mkdir()
    for name, text in PACK.items():
        (tmp_path / "small" / name).write_text(text, encoding="utf-8")
    for year, safe in ((2016, "否"), (2017, "是")):
        (tmp_path / "rosters" / f"{year}.csv").write_text(f"户编号,户主姓名,住房安全有保障\nH1,甲,{safe}\n", encoding="utf-8")
    (tmp_path / "fupin.toml").write_text('[verify]\ninputs = "rosters/*.csv"\nrules = "./small"\n', encoding="utf-8")
    return tmp_path


def test_a_run_that_a_baseline_let_pass_passes_again_after_the_acceptance_has_expired(place: Path, fupin: Run) -> None:
    assert fupin("verify-roster", "--write-baseline", "accepted.yaml", cwd=place).returncode == 1
    accepted = place / "accepted.yaml"
    text = accepted.read_text(encoding="utf-8")
    for name, value in (("who", "张主任"), ("why", "已核实"), ("until", DAY)):
        text = re.sub(rf"\b{name}:.*", f"{name}: {value}", text)
    accepted.write_text(text, encoding="utf-8")
    done = fupin("verify-roster", "--baseline", "accepted.yaml", "--manifest", "run.json", cwd=place, SOURCE_DATE_EPOCH=SECONDS)
    assert done.returncode == 0, done.stdout.decode()
    found = json.loads((place / "run.json").read_text(encoding="utf-8"))
    assert [one["given"] for one in found["arguments"]] == ["rosters/2016.csv", "rosters/2017.csv"]
    assert [one["given"] for one in found["inputs"]] == ["rosters/2016.csv", "rosters/2017.csv", "accepted.yaml"]
    assert found["day"] == DAY
    assert {one["name"]: one["from"] for one in found["options"]} == {"--rules": "fupin.toml", "--baseline": "command-line"}
    # Today it has expired, and the files are no longer where they were.
    assert fupin("verify-roster", "--baseline", "accepted.yaml", cwd=place).returncode == 1
    moved = place / "moved"
    moved.mkdir()
    (place / "rosters").rename(moved / "rosters")
    accepted.rename(moved / "accepted.yaml")
    (place / "fupin.toml").unlink()
    again = fupin("replay", "run.json", "--inputs", "moved", "--lang", "en", cwd=place)
    assert again.returncode == 0, again.stdout.decode() + again.stderr.decode()
    assert "The same: 3 inputs, 1 packs, 1 outputs, exit code 0." in again.stdout.decode()
