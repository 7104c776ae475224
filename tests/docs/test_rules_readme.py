"""rules/README.md as somebody follows it: its blocks are packs that load, its commands run, its table has every function."""

import re
import shutil
import subprocess
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from fupin_cli.rules.functions import FUNCTIONS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
#: An indented block, with the name of the file that it is a part of where the line above says one.
BLOCKS = [
    (named, textwrap.dedent(block).strip("\n") + "\n")
    for named, block in re.findall(
        r"(?:^`(my-county-2018/\S+)`:\n\n)?((?:^    (?! *fupin ).*\n(?:\n(?=    ))?)+)", README, re.MULTILINE
    )
]
INLINE, SHOWN = re.findall(r"`(fupin [^`]+)`", README), re.findall(r"^ {7}(fupin .*)$", README, re.MULTILINE)
Run = Callable[..., subprocess.CompletedProcess[bytes]]

#: What the README leaves out around its facts and around its case of two households.
PERSON_HEAD = "standard: person-check\ntitle: {zh: 人, en: Persons}\nsubject: person\nkind: quality\n"
PERSON_REST = """
checks:
  in_one_household:
    title: {zh: 只在一户, en: In one household}
    severity: gate
    require: households_with_number <= 1
    remedy: {zh: 查明, en: Find out}
    cite: {document: plan, clause: 四, quote: 原文}
outcomes:
  errors: {title: {zh: 有矛盾, en: Contradiction}, meets: false}
  consistent: {title: {zh: 未发现矛盾, en: No contradiction found}, meets: true}
decide:
  - {outcome: errors, when: NOT in_one_household}
  - {outcome: consistent, default: true}
"""


def unnamed(start: str) -> str:
    """The block without a file name that begins like this."""
    [found] = [block for named, block in BLOCKS if not named and block.startswith(start)]
    return found


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "rules" / "my-county-2018"
    for named, block in BLOCKS:
        if named:
            path = folder.parent / named
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(block + "\n")
    return folder


def test_the_first_pack_loads_and_its_cases_hold(fupin: Run, county: Path) -> None:
    done = fupin("rules", "test", "rules/my-county-2018", "--lang", "zh")
    assert done.returncode == 0, done.stdout.decode("utf-8") + done.stderr.decode("utf-8")
    assert "household-exit：4 个案例，0 个不符" in done.stdout.decode("utf-8")
    assert sorted(path.name for path in county.rglob("*.yaml")) == [
        "household-exit.yaml",
        "household-exit.yaml",
        "pack.yaml",
        "parameters.yaml",
    ]


def test_every_other_block_loads_too_and_its_case_holds(fupin: Run, county: Path) -> None:
    facts = unnamed("facts:").removeprefix("facts:\n")
    of_person, of_household = facts.split("\n\n")
    standard = county / "household-exit.yaml"
    standard.write_text(f"{standard.read_text(encoding='utf-8')}\nfacts:\n{of_household}\n", encoding="utf-8")
    (county / "person-check.yaml").write_text(f"{PERSON_HEAD}facts:\n{of_person}\n{PERSON_REST}", encoding="utf-8")
    (county / "cases" / "person-check.yaml").write_text(unnamed("- name: 同一证件号码在两户"), encoding="utf-8")
    done = fupin("rules", "test", "rules/my-county-2018", "--lang", "zh")
    assert done.returncode == 0, done.stdout.decode("utf-8") + done.stderr.decode("utf-8")
    assert "person-check：1 个案例，0 个不符" in done.stdout.decode("utf-8")
    assert [block.split("\n")[0] for named, block in BLOCKS if not named] == [
        "rules/my-county-2018/",
        "facts:",
        "checks:",
        "checks:",
        "- name: 同一证件号码在两户",
    ]


COUNTY_HEAD = "standard: county-withdrawal\ntitle: {zh: 某县退出, en: The county's exit}\nsubject: county\n"
COUNTY_REST = """
outcomes:
  no: {title: {zh: 否, en: No}, meets: false}
  fine: {title: {zh: 是, en: Yes}, meets: true}
decide:
  - {outcome: no, when: NOT (applied_after_self_check AND application_not_overdue AND wrong_exits)}
  - {outcome: fine, default: true}
"""
DAYS = """
apply_from: {title: {zh: 起, en: From}, unit: month-day, values: [{from: 2018-01-01, value: 1101, status: unconfirmed, origin: 例}]}
apply_until: {title: {zh: 止, en: Until}, unit: month-day, values: [{from: 2018-01-01, value: 1215, status: unconfirmed, origin: 例}]}
most_wrong_percent: {title: {zh: 错退率上限, en: Most}, unit: percent, values: [{from: 2018-01-01, value: 2, status: unconfirmed, origin: 例}]}
"""
HEAD = "pack: my-county-2018\nversion: 1\ntitle: {zh: 县, en: County}\ndocuments: {plan: {title: 方案, issuer: 县}}\neffective: {from: 2018-01-01}\n"


def test_the_calendar_and_the_rates_load_and_are_shown(fupin: Run, tmp_path: Path) -> None:
    calendar, rates = (block for named, block in BLOCKS if not named and block.startswith("checks:"))
    checks, steps = calendar.split("\nsteps:")
    more, counted = rates.removeprefix("checks:\n").split("\nrates:")
    folder = tmp_path / "rules" / "my-county-2018"
    folder.mkdir(parents=True)
    standard = f"{COUNTY_HEAD}{checks}{more}steps:{steps}rates:{counted}{COUNTY_REST}"
    for name, text in (("pack.yaml", HEAD), ("parameters.yaml", DAYS), ("county-withdrawal.yaml", standard)):
        (folder / name).write_text(text, encoding="utf-8")
    done = fupin("rules", "show", "rules/my-county-2018", "--lang", "zh")
    assert done.returncode == 0, done.stderr.decode("utf-8")
    shown = done.stdout.decode("utf-8")
    assert [word for word in ("程序步骤", "县申请", "比率", "错退率", "综合贫困发生率") if word not in shown] == []
    assert fupin("rules", "check", "rules/my-county-2018").returncode == 0


def test_every_command_runs_in_its_turn(fupin: Run, county: Path, samples: Path, tmp_path: Path) -> None:
    assert county.is_dir()
    shutil.copy(samples / "households.xlsx", tmp_path)
    assert SHOWN
    for line in SHOWN + INLINE:
        done = fupin(*line.split()[1:])
        # The template has no rows, which inspect says; households of a sample may fail; two packs differ; nothing uses $exclusions; the
        # few cases do not try everything.
        codes = {"check-exit": (0, 1), "inspect": (3,), "diff": (1,), "check": (1,), "test": (int("--coverage" in line),)}
        asked = line.split()[2] if line.startswith("fupin rules") else line.split()[1]
        assert done.returncode in codes.get(asked, (0,)), (line, done.stderr.decode("utf-8"))
    assert '"field": "household.food_secure"' in (tmp_path / "fields.json").read_text(encoding="utf-8")


def test_the_table_has_every_function() -> None:
    rows = "\n".join(re.findall(r"^\| (.*)$", README, re.MULTILINE))
    assert set(re.findall(r"`([a-z_]+)(?=\(|`)", rows)) >= set(FUNCTIONS)
