"""A small roster, a small pack, and a run of them with its manifest."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., CompletedProcess[bytes]]
Edit = Callable[[Callable[[dict[str, Any]], object]], Path]

PACK = {
    "pack.yaml": "pack: small\nversion: 7\ntitle: {zh: 例, en: Example}\ndocuments: {plan: {title: 方案, issuer: 县}}\neffective: {from: 2016-01-01}\n",
    "parameters.yaml": "line: {title: {zh: 线, en: Line}, unit: yuan, values: [{from: 2016-01-01, value: 3000, cite: {document: plan, clause: 二, quote: 三千}}]}\n",
    "household-exit.yaml": """
standard: household-exit
title: {zh: 退出, en: Exit}
subject: household
checks:
  income: {title: {zh: 收入, en: Income}, severity: gate, require: income_per_capita > $line AND water_safe, remedy: {zh: 帮, en: Help}, cite: {document: plan, clause: 一, quote: 收}}
outcomes: {no: {title: {zh: 否, en: No}, meets: false}, fine: {title: {zh: 是, en: Yes}, meets: true}}
decide: [{outcome: no, when: NOT income}, {outcome: fine, default: true}]
""",
}
ROSTER = "户编号,年度,人均纯收入,饮水安全\nH1,2018,2999,\nH2,2018,2990,\nH3,2018,3500,是\n"
#: What the run below is asked.
ASKED = [
    "check-exit",
    "data/2018.csv",
    "--rules",
    "./small",
    "--set",
    "line=2995.5",
    "--assume",
    "water_safe=是",
    "-o",
    "out/report.json",
]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a roster in ``data``, a pack in ``small`` and room for reports in ``out``."""
    for folder in ("small", "data", "out"):
        (tmp_path / folder).mkdir()
    for name, text in PACK.items():
        (tmp_path / "small" / name).write_text(text, encoding="utf-8")
    (tmp_path / "data" / "2018.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Room for what a run left, so that it is run once."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def ran(place: Path, kept: Path, fupin: Run) -> Path:
    """The manifest of a run: two households meet the standard of the small pack, one does not."""
    manifest = place / "out" / "run.json"
    if not [*kept.iterdir()]:
        done = fupin(*ASKED, "--manifest", "out/run.json", cwd=place)
        assert done.returncode == 1, done.stderr.decode()
        shutil.copytree(place / "out", kept, dirs_exist_ok=True)
    shutil.copytree(kept, place / "out", dirs_exist_ok=True)
    return manifest


@pytest.fixture
def edited(ran: Path) -> Edit:
    """The manifest after somebody has changed something in it."""

    def edit(change: Callable[[dict[str, Any]], object]) -> Path:
        data = json.loads(ran.read_text(encoding="utf-8"))
        change(data)
        ran.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return ran

    return edit
