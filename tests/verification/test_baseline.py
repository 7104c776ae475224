"""Accepted findings: written to be filled in, read strictly, compared by fingerprint, and never renewed by themselves."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from small_rosters import HOUSEHOLDS, ID, NAMES, OTHER_ID, PATH, PEOPLE, PHONE, Rows, judged, usual, verified

from fupin_cli.errors import FupinError, InputRefused, PackRefused
from fupin_cli.evaluate.verification.baselinefile import known_before, read_baseline
from fupin_cli.evaluate.verification.gate import renewal, weighed
from fupin_cli.model.baseline import BaselineState, FailOn, Terms
from fupin_cli.model.verification import Verification
from fupin_cli.report.baselinetext import baseline_text
from fupin_cli.report.gate import baseline_line, baseline_lines

TODAY = date(2026, 11, 22)
Filled = Callable[..., str]


def run(
    before: Verification, baseline: str | None, write: str | None = None, today: date = TODAY, fail_on: FailOn = "error"
) -> Verification:
    terms = Terms(fail_on, {}, baseline, write, today)
    return weighed(before, terms, known_before(terms))


def state_of(now: Verification) -> BaselineState:
    assert now.baseline is not None
    return now.baseline


def fails(now: Verification) -> bool:
    assert now.gate is not None
    return now.gate.fails


def written(now: Verification, path: Path) -> str:
    text = "".join(baseline_text(renewal(now, str(path)), "zh"))
    path.write_text(text, encoding="utf-8")
    return text


def fill(path: Path, until: str = "2027-12-31", who: str = "县乡村振兴局 甲", why: str = "旧系统导出：户号错位") -> None:
    text = path.read_text(encoding="utf-8")
    for name, value in (("who", who), ("why", why), ("until", until)):
        text = text.replace(f'{name}: ""', f'{name}: "{value}"')
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    """All errors of the usual roster, accepted until the end of 2027."""
    path = tmp_path / "baseline.yaml"
    written(run(verified(usual()), None, str(path)), path)
    fill(path)
    return path


# --- the way of an office -----------------------------------------------------------------------------------------------


def test_what_is_written_and_filled_in_does_not_fail_any_more(tmp_path: Path) -> None:
    path, before = tmp_path / "baseline.yaml", verified(usual())
    now = run(before, None, str(path))
    assert fails(now)
    written(now, path)
    fill(path)
    after = run(before, str(path))
    assert not fails(after)
    state = state_of(after)
    assert [len(one) for one in (state.used, state.expired, state.vanished, state.unseen)] == [8, 0, 0, 0]
    # The warning was not written: nothing fails by it.
    assert [one.rule for one in after.found if one.accepted is None] == ["household-quality/contact"]


def test_a_new_finding_fails_beside_accepted_ones(baseline: Path) -> None:
    worse = judged({PATH: [*HOUSEHOLDS, ("H5", "样", "", "", "", 2018, "100", "是", "未脱贫")], "人.csv": PEOPLE})
    now = run(verified(worse), str(baseline))
    assert [(one.rule, one.key) for one in now.found if one.accepted is None and one.level == "error"] == [
        ("household-quality/over_line", "H5")
    ]
    assert fails(now)


def test_rows_and_files_may_move(baseline: Path) -> None:
    moved = judged({"elsewhere/名册.csv": [*reversed(HOUSEHOLDS)], "另外的人.csv": [PEOPLE[2], PEOPLE[0], PEOPLE[1]]})
    assert not fails(run(verified(moved), str(baseline)))


def test_on_its_last_day_it_holds_and_on_the_next_it_does_not(baseline: Path) -> None:
    before = verified(usual())
    assert not fails(run(before, str(baseline), today=date(2027, 12, 31)))
    late = run(before, str(baseline), today=date(2028, 1, 1))
    assert fails(late)
    state = state_of(late)
    assert (len(state.used), len(state.expired)) == (0, 8)
    assert all(one.accepted is None for one in late.found)
    lines = [*baseline_lines(state, "en", limit=2)]
    assert lines[0].startswith("Expired (2027-12-31, 县乡村振兴局 甲): household-quality/over_line H1 ")
    assert len(lines) == 2
    assert baseline_line(state, "zh").endswith("（按 2028-01-01）：已认可 0 个，到期 8 个，不再出现 0 个，本次查不出的 0 个")


def mended() -> Verification:
    """The roster, with the income of H2 mended."""
    rows = [(*HOUSEHOLDS[1][:6], "5000", *HOUSEHOLDS[1][7:]) if row[0] == "H2" else row for row in HOUSEHOLDS]
    return verified(judged({PATH: rows, "人.csv": PEOPLE}))


def test_what_is_found_no_more_is_told_and_does_not_fail(baseline: Path) -> None:
    now = run(mended(), str(baseline))
    assert not fails(now)
    assert [(one.rule, one.subject) for one in state_of(now).vanished] == [("household-quality/over_line", "H2")]
    (line,) = baseline_lines(state_of(now), "en")
    assert line.startswith("Found no more, can be taken out: household-quality/over_line H2 ")
    assert line.endswith("2018 名册,%3A#1.csv G3")


def test_what_was_not_looked_at_is_not_gone(baseline: Path) -> None:
    another = [(*row[:5], 2019, *row[6:]) for row in HOUSEHOLDS]
    state = state_of(run(verified(judged({"2019.csv": another})), str(baseline)))
    assert (state.vanished, len(state.unseen)) == ([], 8)
    # Households known by their members alone have neither income nor house: that is no mended income.
    state = state_of(run(verified(judged({"人.csv": PEOPLE})), str(baseline)))
    assert {(one.rule, one.subject) for one in state.unseen} == {
        ("household-quality/over_line", "H1"), ("household-quality/over_line", "H2"), ("household-quality/safe", "H2"),
    }  # fmt: skip


def test_a_cell_that_is_blank_now_is_not_mended(baseline: Path) -> None:
    rows = [(*row[:6], "", *row[7:]) if row[0] == "H2" else row for row in HOUSEHOLDS]
    state = state_of(run(verified(judged({PATH: rows, "人.csv": PEOPLE})), str(baseline)))
    assert ([one.subject for one in state.unseen], state.vanished) == (["H2"], [])


def test_whoever_is_not_in_the_roster_any_more_is_found_no_more(baseline: Path) -> None:
    state = state_of(run(verified(judged({PATH: HOUSEHOLDS[1:], "人.csv": PEOPLE[1:]})), str(baseline)))
    assert {(one.rule, one.subject) for one in state.vanished} == {
        ("household-quality/over_line", "H1"),
        ("person-quality/number_fits", "H1/P1"),
    }


# --- written again ------------------------------------------------------------------------------------------------------


def test_written_again_it_is_the_same_file(baseline: Path) -> None:
    text = baseline.read_text(encoding="utf-8")
    before = verified(usual())
    for given in (str(baseline), None):
        assert written(run(before, given, str(baseline)), baseline) == text


def test_written_again_keeps_who_and_why_drops_what_is_gone_and_leaves_blanks_for_the_new(baseline: Path) -> None:
    rows: Rows = [
        *HOUSEHOLDS[:1],
        (*HOUSEHOLDS[1][:6], "5000", *HOUSEHOLDS[1][7:]),
        *HOUSEHOLDS[2:],
        ("H5", "样", "", "", "", 2018, "1", "是", ""),
    ]
    now = run(verified(judged({PATH: rows, "人.csv": PEOPLE})), None, str(baseline))
    found = renewal(now, str(baseline))
    assert (found.kept, found.new, [one.subject for one in found.dropped]) == (7, 1, ["H2"])
    written(now, baseline)
    data = yaml.safe_load(baseline.read_text(encoding="utf-8"))
    old, new = data["accepted"]
    assert (old["who"], old["why"], old["until"]) == ("县乡村振兴局 甲", "旧系统导出：户号错位", "2027-12-31")
    assert (new["who"], new["why"], new["until"], [one["subject"] for one in new["findings"]]) == ("", "", "", ["H5"])
    with pytest.raises(PackRefused, match="baseline-blank"):
        run(mended(), str(baseline))
    # Written a third time, the new one is still new.
    assert (
        renewal(run(verified(judged({PATH: rows, "人.csv": PEOPLE})), str(baseline), str(baseline)), str(baseline)).groups[-1].who
        == ""
    )


def test_an_expired_entry_is_kept_as_it_is(baseline: Path) -> None:
    text = baseline.read_text(encoding="utf-8")
    now = run(verified(usual()), None, str(baseline), today=date(2030, 1, 1))
    assert fails(now)
    assert written(now, baseline) == text


def test_what_this_run_did_not_look_at_is_kept(baseline: Path) -> None:
    text = baseline.read_text(encoding="utf-8")
    another = judged({"2019.csv": [("H8", "样", "", "", "", 2019, "4000", "是", "未脱贫")]})
    assert written(run(verified(another), None, str(baseline)), baseline) == text


def test_groups_that_people_made_stay_apart(baseline: Path) -> None:
    data = baseline.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(number for number, line in enumerate(data) if "person-quality" in line)
    head = "  - who: 乙\n    why: 号码待核\n    until: 2026-12-31\n    findings:\n"
    baseline.write_text("".join([*data[:place], head, *data[place:]]), encoding="utf-8")
    groups = renewal(run(verified(usual()), None, str(baseline)), str(baseline)).groups
    assert [(one.who, one.until, len(one.findings)) for one in groups] == [
        ("县乡村振兴局 甲", "2027-12-31", 3),
        ("乙", "2026-12-31", 5),
    ]


def test_at_another_level_more_is_written_and_accepted_ones_stay(baseline: Path) -> None:
    found = renewal(run(verified(usual()), None, str(baseline), fail_on="warning"), str(baseline))
    assert (found.kept, found.new, found.groups[-1].findings[0].rule) == (8, 1, "household-quality/contact")


def test_a_baseline_may_be_carried_over_to_another_file(baseline: Path, tmp_path: Path) -> None:
    target = tmp_path / "b" / "new.yaml"
    found = renewal(run(verified(usual()), str(baseline), str(target)), str(target))
    assert (found.kept, found.new, found.groups[0].who) == (8, 0, "县乡村振兴局 甲")


# --- the file -----------------------------------------------------------------------------------------------------------


def test_the_file_tells_nothing_personal(baseline: Path) -> None:
    text = baseline.read_text(encoding="utf-8")
    assert [secret for secret in (*NAMES, ID, OTHER_ID, PHONE) if secret in text] == []


def test_a_number_in_place_of_a_household_number_is_masked(tmp_path: Path) -> None:
    rows = [(ID, "样", "", "", "", 2018, "1", "是", "未脱贫")]
    path, before = tmp_path / "b.yaml", verified(judged({"2018.csv": rows}))
    assert ID not in written(run(before, None, str(path)), path)
    fill(path)
    assert not fails(run(before, str(path)))


def test_a_line_is_a_finding_and_lines_are_in_an_order_that_rows_do_not_change(baseline: Path, tmp_path: Path) -> None:
    def lines(text: str) -> list[str]:
        return [re.sub(r"where: \"[^\"]*\", ", "", line) for line in text.splitlines() if line.startswith("      - ")]

    first = lines(baseline.read_text(encoding="utf-8"))
    moved = judged({PATH: [*reversed(HOUSEHOLDS)], "人.csv": [PEOPLE[2], PEOPLE[0], PEOPLE[1]]})
    again = lines(written(run(verified(moved), None, str(tmp_path / "c.yaml")), tmp_path / "c.yaml"))
    assert first == again
    assert len(first) == 8


def test_where_is_told_from_the_folder_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ci" / "baseline.yaml"
    found = renewal(run(with_path(verified(usual()), str(tmp_path / "rosters" / "2018.csv")), None, str(path)), str(path))
    assert found.groups[0].findings[0].where == "../rosters/2018.csv G2"


def with_path(before: Verification, path: str) -> Verification:
    first, *rest = before.result.inputs
    return replace(before, result=replace(before.result, inputs=[replace(first, path=path), *rest]))


@pytest.mark.parametrize(
    "why", ['a "quoted" \\ one', "冒号: # 井号", "两\n行", "\u2028\x85\ufeff\x7f", "- [x] {y}", "'", "no", "  两边  ".strip()]
)
def test_whatever_people_write_is_read_as_it_was_written(why: str, baseline: Path) -> None:
    entries = run(verified(usual()), None, str(baseline))
    state = state_of(entries)
    odd = replace(entries, baseline=replace(state, used=[replace(one, why=why) for one in state.used]))
    written(odd, baseline)
    assert {one.why for one in read_baseline(str(baseline))} == {why.strip()}


def test_without_a_finding_the_file_is_short_and_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    good = verified(judged({"2018.csv": [("H9", "样吴", "", "", "", 2018, "4000", "是", "未脱贫")]}))
    assert "accepted: []" in written(run(good, None, str(path)), path)
    assert read_baseline(str(path)) == []


PRINT, OTHER = "0" * 32, "f" * 32
GOOD = f"""\
baseline: fupin.baseline/1
accepted:
  - who: 甲
    why: 旧账
    until: 2027-12-31
    findings:
      - {{rule: a/b, year: 2018, fingerprint: "{PRINT}"}}
      - {{rule: a/b, fingerprint: "{OTHER}"}}
"""


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(GOOD, encoding="utf-8")
    first, second = read_baseline(str(path))
    assert (first.fingerprint, first.rule, first.year, first.who, first.why, first.until) == (
        PRINT,
        "a/b",
        2018,
        "甲",
        "旧账",
        date(2027, 12, 31),
    )
    assert (second.year, second.line) == (None, 8)


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column"),
    [
        ("who: 甲", 'who: ""', "baseline-blank", 3, 11),
        ("why: 旧账", "why:", "baseline-blank", 4, 9),
        ("why: 旧账", 'why: "  "', "baseline-blank", 4, 11),
        ("    until: 2027-12-31\n", "", "baseline-blank", 3, 5),
        ("2027-12-31", "2027-02-30", "pack-date", 5, 12),
        ("2027-12-31", "2027年", "pack-date", 5, 12),
        ("2027-12-31", "20271231", "pack-date", 5, 12),
        (PRINT, PRINT[1:], "baseline-fingerprint", 7, 47),
        (PRINT, "A" * 32, "baseline-fingerprint", 7, 47),
        (f', fingerprint: "{OTHER}"', "", "baseline-part-missing", 8, 9),
        (OTHER, PRINT, "baseline-twice", 8, 35),
        ("year: 2018", "year: MMXVIII", "pack-number", 7, 27),
        ("rule: a/b, year", "ruel: a/b, year", "pack-key-unknown", 7, 10),
        ("who:", "whom:", "pack-key-unknown", 3, 5),
        ("why: 旧账", "why: 旧账\n    why: 新账", "pack-yaml-duplicate", 5, 5),
        ("why: 旧账", "why: [旧账]", "pack-value-wrong", 4, 10),
        ("baseline/1", "baseline/2", "baseline-other-file", 1, 11),
        ("baseline: fupin.baseline/1\n", "", "baseline-other-file", 1, 1),
        (GOOD, "- a\n", "baseline-other-file", 1, 1),
        (GOOD, "", "baseline-other-file", 1, 1),
        ("    findings:", "   findings:", "pack-not-yaml", 6, 4),
        ("who: 甲", "who: &a 甲", "pack-yaml-alias", 3, 10),
    ],
)  # fmt: skip
def test_a_fault_is_refused_with_its_place(old: str, new: str, code: str, line: int, column: int, tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackRefused) as refused:
        read_baseline(str(path))
    facts = refused.value.facts
    assert (refused.value.code, facts["line"], facts["column"], facts["file"]) == (code, line, column, str(path))
    assert refused.value.exit_code == 3


def test_blanks_are_for_a_file_that_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(GOOD.replace("甲", '""').replace("2027-12-31", '""'), encoding="utf-8")
    assert [(one.who, one.until) for one in read_baseline(str(path), filled=False)] == [("", None)] * 2


def test_an_entry_that_says_another_rule_or_year_than_it_accepts_is_refused(baseline: Path) -> None:
    text = baseline.read_text(encoding="utf-8")
    for old, new in (
        ("household-quality/safe", "household-quality/over_line"),
        ('"household-quality/safe", year: 2018', '"household-quality/safe", year: 2017'),
    ):
        baseline.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(PackRefused) as refused:
            run(verified(usual()), str(baseline))
        line = next(number for number, one in enumerate(text.splitlines(), 1) if "quality/safe" in one)
        assert (refused.value.code, refused.value.facts["line"]) == ("baseline-other-finding", line)


def test_a_file_that_is_not_there_is_refused_unless_it_is_about_to_be_written(tmp_path: Path) -> None:
    path = str(tmp_path / "b.yaml")
    codes: list[str] = []
    for baseline, write in ((path, None), (path, str(tmp_path / "other.yaml")), (str(tmp_path), None)):
        with pytest.raises(FupinError) as refused:
            known_before(Terms("error", {}, baseline, write, TODAY))
        assert isinstance(refused.value, InputRefused)
        codes.append(refused.value.code)
    assert {*codes} == {"baseline-missing"}
    assert known_before(Terms("error", {}, path, path, TODAY)) == []


def test_a_file_that_nobody_can_have_looked_at_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(GOOD + "#" * 10_000_000, encoding="utf-8")
    with pytest.raises(InputRefused, match="baseline-too-large"):
        read_baseline(str(path))


def test_without_a_baseline_there_is_no_state_and_no_day() -> None:
    now = weighed(verified(usual()), Terms(), ())
    assert now.baseline is None


def test_the_same_findings_give_the_same_state(baseline: Path) -> None:
    states: Sequence[BaselineState] = [
        state_of(run(verified(usual()), str(baseline), today=day)) for day in (TODAY, date(2027, 12, 31))
    ]
    assert states[0] == replace(states[1], today=TODAY)
