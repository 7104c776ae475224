"""A folder of rosters, from the first run of an office to the day on which what it accepted expires: the program as one calls it."""

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[bytes]]

PACK = {
    "pack.yaml": "pack: small\nversion: 1\ntitle: {zh: 例, en: Example}\ndocuments: {plan: {title: 方案, issuer: 县}}\neffective: {from: 2016-01-01}\n",
    "parameters.yaml": "line: {title: {zh: 线, en: Line}, unit: yuan, values: [{from: 2016-01-01, value: 3000, status: unconfirmed, origin: 例}]}\n",
    "household-roster.yaml": """
standard: household-roster
title: {zh: 户, en: Households}
subject: household
kind: quality
checks:
  income: {title: {zh: 收入, en: Income}, severity: gate, require: income_per_capita > $line, remedy: {zh: 核对, en: Look again}, cite: {document: plan, clause: 一, quote: 收}}
  house: {title: {zh: 住房, en: House}, severity: warning, require: housing_secured, remedy: {zh: 核对, en: Look again}, cite: {document: plan, clause: 二, quote: 房}}
outcomes: {errors: {title: {zh: 有错, en: Errors}, meets: false}, consistent: {title: {zh: 无错, en: Consistent}, meets: true}}
decide: [{outcome: errors, when: NOT income}, {outcome: consistent, default: true}]
""",
}
HEADER = "户编号,人均纯收入,住房安全有保障\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with the rosters of two years: one income too low in each, one house unsafe."""
    for name, text in PACK.items():
        path = tmp_path / "small" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "rosters").mkdir()
    (tmp_path / "rosters" / "2017.csv").write_text(f"{HEADER}H1,2000,是\nH2,4000,是\nH3,4000,否\n", encoding="utf-8")
    (tmp_path / "rosters" / "2018.csv").write_text(f"{HEADER}H1,4000,是\nH2,3000,是\nH3,4000,是\n", encoding="utf-8")
    settings = '[verify]\ninputs = "rosters/*.csv"\nrules = "./small"\nbaseline = "baseline.yaml"\nquiet = true\n'
    (tmp_path / "fupin.toml").write_text(settings, encoding="utf-8")
    return tmp_path


def test_the_story_of_a_baseline(office: Path, fupin: Run) -> None:
    def run(*arguments: str, today: str = "2026-11-22") -> tuple[int, str]:
        done = fupin("verify-roster", "--today", today, *arguments)
        return done.returncode, (done.stdout + done.stderr).decode()

    baseline = office / "baseline.yaml"
    # There is none yet, and plain verify-roster says how to come by one.
    code, told = run()
    assert code == 3
    assert "--write-baseline baseline.yaml" in told
    # It is written, and nobody has accepted anything so far.
    code, _ = run("--write-baseline", "baseline.yaml")
    assert code == 1
    code, told = run()
    assert (code, "baseline.yaml:5:" in told or "baseline.yaml:6:" in told) == (3, True)
    text = baseline.read_text(encoding="utf-8")
    assert re.findall(r'year: (\d+), subject: "(\w+)", where: "([^"]+)"', text) == [
        ("2017", "H1", "rosters/2017.csv B2"),
        ("2018", "H2", "rosters/2018.csv B3"),
    ]
    baseline.write_text(
        text.replace('who: ""', "who: 甲").replace('why: ""', "why: 旧账").replace('until: ""', "until: 2026-12-31"),
        encoding="utf-8",
    )
    # Accepted: it passes, at the level that was accepted.
    assert run()[0] == 0
    assert run("--fail-on", "warning")[0] == 1
    # The year after it fails again and says why.
    code, told = run(today="2027-01-01")
    assert code == 1
    assert "认可已到期的问题 2 个" in told
    # One is mended: it passes, and the entry can go.
    roster = office / "rosters" / "2017.csv"
    roster.write_text(roster.read_text(encoding="utf-8").replace("2000", "4000"), encoding="utf-8")
    code, told = run()
    assert (code, "不再出现，可以从清单删去：household-roster/income H1" in told) == (0, True)
    # One is new: it fails, and a new baseline keeps the old one's words.
    roster.write_text(roster.read_text(encoding="utf-8").replace("H2,4000", "H2,2999.99"), encoding="utf-8")
    assert run()[0] == 1
    assert run("--write-baseline", "baseline.yaml")[0] == 1
    kept = re.findall(r"who: (\S*)|subject: \"(\w+)\"", baseline.read_text(encoding="utf-8"))
    assert ["".join(one) for one in kept] == ['"甲"', "H2", '""', "H2"]


def test_shares_are_of_the_rows_that_were_asked(office: Path, fupin: Run) -> None:
    (office / "fupin.toml").unlink()
    given = ("verify-roster", "rosters/2018.csv", "rosters/2017.csv", "--rules", "./small", "--quiet", "--max-rate")
    # Two of six.
    assert [fupin(*given, f"income={share}%").returncode for share in ("33.333333", "33.333334")] == [1, 0]
    assert fupin(*given, "incmoe=1%").returncode == 2


def test_a_refused_roster_leaves_the_baseline_as_it_is(office: Path, fupin: Run) -> None:
    assert fupin("verify-roster", "--write-baseline", "baseline.yaml").returncode == 1
    before = (office / "baseline.yaml").read_bytes()
    (office / "rosters" / "2018.csv").write_text("", encoding="utf-8")
    assert fupin("verify-roster", "--write-baseline", "baseline.yaml").returncode == 3
    assert (office / "baseline.yaml").read_bytes() == before
