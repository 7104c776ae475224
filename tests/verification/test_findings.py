"""Findings as objects: each one is there, in an order and with a fingerprint that last."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from small_rosters import HOUSEHOLDS, ID, NAMES, OTHER_ID, PATH, PEOPLE, Rows, judged, usual

from fupin_cli.evaluate.verification.findings import findings_of
from fupin_cli.evaluate.verification.subjects import trace
from fupin_cli.model.job import CHECK_DATA
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.result import StandardResult
from fupin_cli.model.verification import Found, asked_rules, quality_standards, views_of
from fupin_cli.pipeline import check
from fupin_cli.tasks import Request


def found(files: Mapping[str, Rows]) -> list[Found]:
    return findings_of(judged(files))


def prints(files: Mapping[str, Rows]) -> set[str]:
    return {one.fingerprint for one in found(files)}


# --- which there are ----------------------------------------------------------------------------------------------------


def test_every_subject_that_breaks_a_rule_and_every_problem_is_a_finding_and_nothing_else_is() -> None:
    result = usual()
    broken = {
        (f"{group.main.standard.standard}/{check}", "error" if one.severity == "gate" else "warning"): group.main.count(
            check, "fail"
        )
        for group in result.groups
        for check, one in group.main.standard.checks.items()
    }
    read = Counter((f"reading/{one.code}", one.severity) for one in result.problems if one.severity != "info")
    told = Counter((one.rule, one.level) for one in findings_of(result))
    assert told == Counter({rule: count for rule, count in broken.items() if count}) + read
    assert told == {
        ("household-quality/over_line", "error"): 2,
        ("household-quality/safe", "error"): 1,
        ("person-quality/number_fits", "error"): 3,
        ("reading/id-as-number", "error"): 1,
        ("reading/number-unreadable", "error"): 1,
        ("household-quality/contact", "warning"): 1,
    }


def test_a_finding_says_who_where_and_which_cells() -> None:
    over = [one for one in findings_of(usual()) if one.rule == "household-quality/over_line"]
    assert [(one.key, one.year, str(one.where), [str(cell) for cell in one.cells]) for one in over] == [
        ("H1", 2018, "A2", ["G2"]),
        ("H2", 2018, "A3", ["G3"]),
    ]


def test_what_cannot_be_read_is_known_by_the_household_in_whose_row_it_stands() -> None:
    number = next(one for one in findings_of(usual()) if one.rule == "reading/number-unreadable")
    assert (number.key, number.year, str(number.where), number.index, number.judged) == ("H3", 2018, "G4", 2, None)


def test_a_key_is_numbers_never_a_name_or_an_identity_number() -> None:
    keys = {one.key for one in findings_of(usual()) if one.rule.startswith("person")}
    # Two members have no number of their own: their household's is all that is shown.
    assert keys == {"H1/P1", "H2"}
    assert not any(word in str(one) for one in findings_of(usual()) for word in (*NAMES, ID, OTHER_ID))


def test_a_rule_that_could_not_be_worked_out_for_anybody_says_so() -> None:
    asked = {one.check: (one.of_anybody, one.passed, one.failed, one.unknown) for one in asked_rules(usual())}
    assert asked["over_line"] == (True, 1, 2, 1)
    assert asked["water"] == (False, 0, 0, 4)
    assert asked["plan"] == (False, 0, 0, 0)


# --- in which order -----------------------------------------------------------------------------------------------------


def test_errors_come_first_rules_in_the_order_of_the_pack_then_places() -> None:
    told = [one.rule for one in findings_of(usual())]
    assert list(dict.fromkeys(told)) == [
        "household-quality/over_line",
        "household-quality/safe",
        "person-quality/number_fits",
        "reading/id-as-number",
        "reading/number-unreadable",
        "household-quality/contact",
    ]
    assert [str(one.where) for one in findings_of(usual()) if one.rule == "person-quality/number_fits"] == ["A2", "A3", "A4"]


# --- fingerprints -------------------------------------------------------------------------------------------------------


def test_a_fingerprint_is_made_of_rule_year_and_subject_alone() -> None:
    # Worked out here by itself: findings that somebody has accepted must be known again by every later version.
    def made(*parts: str) -> str:
        return sha256("\x1f".join(parts).encode()).hexdigest()[:32]

    name = sha256(NAMES[2].encode()).hexdigest()[:3]
    assert {
        made("household-quality/safe", "2018", "H2", ""),
        made("person-quality/number_fits", "2018", "H1/P1", ""),
        made("person-quality/number_fits", "2018", "H2", name),
        made("reading/number-unreadable", "2018", "H3", "", "household", "income_per_capita"),
    } <= {one.fingerprint for one in findings_of(usual())}


def test_every_finding_has_a_fingerprint_of_its_own() -> None:
    told = findings_of(usual())
    assert len({one.fingerprint for one in told}) == len(told)
    assert all(len(one.fingerprint) == 32 and int(one.fingerprint, 16) >= 0 for one in told)


def test_fingerprints_stay_when_rows_and_files_move_and_others_come() -> None:
    before = prints({PATH: HOUSEHOLDS, "人.csv": PEOPLE})
    fine = ("H9", "样周戊", "", "", "", 2018, "9000", "是", "未脱贫")
    moved = {"子/人 二.csv": PEOPLE[::-1], "另.csv": (fine, *HOUSEHOLDS[::-1])}
    assert prints(moved) == before


def test_a_finding_that_is_mended_takes_no_other_with_it() -> None:
    before = prints({PATH: HOUSEHOLDS, "人.csv": PEOPLE})
    mended = [(*row[:7], "是", *row[8:]) for row in HOUSEHOLDS]
    assert len(before - prints({PATH: mended, "人.csv": PEOPLE})) == 1
    assert prints({PATH: mended, "人.csv": PEOPLE}) < before


def test_the_same_in_another_year_or_of_another_household_is_another_finding() -> None:
    one = prints({PATH: HOUSEHOLDS[1:2]})
    assert not one & prints({PATH: [(*row[:5], 2019, *row[6:]) for row in HOUSEHOLDS[1:2]]})
    assert not one & prints({PATH: [("H7", *row[1:]) for row in HOUSEHOLDS[1:2]]})


def test_what_cannot_be_told_apart_is_numbered() -> None:
    # Neither a number nor a name: only the rows are different, and rows move.
    rows = [("", "", "", "", "", 2018, "2900", "是", "")] * 3
    one, two, three = (
        [found.fingerprint for found in findings_of(judged({PATH: rows[:count]})) if found.check == "over_line"]
        for count in (1, 2, 3)
    )
    assert len(set(three)) == 3
    assert three[:2] == two
    assert two[:1] == one


def test_a_fingerprint_does_not_say_what_somebody_is_called() -> None:
    # One in 4096 names has the same trace, so whoever tries all names finds thousands that it could be.
    other = next(name for name in map("样{}".format, range(100_000)) if trace(name) == trace(NAMES[2]))
    told = [("", "H2", 2018, other, OTHER_ID, "")]
    assert prints({PATH: HOUSEHOLDS, "人.csv": told}) == prints({PATH: HOUSEHOLDS, "人.csv": PEOPLE[2:]})


def test_findings_hold_no_table_that_two_of_them_would_be_compared_by() -> None:
    first, second = findings_of(usual())[:2]
    assert isinstance(first.judged, StandardResult)
    assert first == findings_of(usual())[0] != second
    assert len(repr(first)) < 1000


# --- what is about many rows --------------------------------------------------------------------------------------------


def problem_prints(*problems: Problem) -> list[tuple[str, int | None, str]]:
    told = findings_of(replace(usual(), problems=problems))
    return [(one.fingerprint, one.year, one.key) for one in told if one.problem is not None]


def test_what_is_about_many_rows_is_not_the_first_ones() -> None:
    def untraced(row: int, gone: str, after: str = "2018") -> Problem:
        facts = {"before": "2017", "after": after, "gone": gone, "come": "0"}
        return Problem("households-untraced", "warning", Address(0, "", row, "A"), "household", "household_id", facts=facts)

    # One of them is mended, another one is the first now: it is the same finding.
    assert problem_prints(untraced(2, "7")) == problem_prints(untraced(3, "6"))
    assert problem_prints(untraced(2, "7"))[0][1:] == (2018, "")
    assert problem_prints(untraced(2, "7")) != problem_prints(untraced(2, "7", "2019"))


def test_a_problem_of_a_file_stays_where_the_file_moves() -> None:
    def differs(path: str, said: str = "2017、2018") -> Problem:
        return Problem(
            "roster-year-differs", "warning", Address(1, "", 0, ""), facts={"path": path, "name": "2019", "said": said}
        )

    assert problem_prints(differs("a.csv")) == problem_prints(differs("b/a.csv"))
    assert problem_prints(differs("a.csv")) != problem_prints(differs("a.csv", "2016"))


def test_a_note_is_no_finding() -> None:
    assert problem_prints(Problem("village-renamed", "info", Address(0, "", 2, "A"), "household", "village")) == []


def test_what_a_rule_says_is_the_same_when_only_its_own_columns_are_looked_at() -> None:
    # Sums, quotients, members: rules of all kinds, in files in which each of them is broken.
    folder = Path(__file__).resolve().parents[1] / "report" / "contradictions"
    result = check(CHECK_DATA, Request([str(folder / name) for name in ("户.csv", "人.csv")]))[0]
    seen = 0
    for verdicts in quality_standards(result):
        for name in verdicts.standard.checks:
            indices = verdicts.failing(name)
            for (view, one), whole in zip(views_of(verdicts, name, indices), verdicts.views(indices, (name,)), strict=True):
                assert one == whole.checks[0]
                assert (view.key, view.name, view.year, view.where) == (whole.key, whole.name, whole.year, whole.where)
                seen += 1
    assert seen > 10
