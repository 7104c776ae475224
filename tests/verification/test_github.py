"""Annotations of GitHub Actions: as many as are shown, the rest counted, and no text that could be another command."""

import re
from collections.abc import Sequence

import pytest
from ending import accepted, clean, ended
from small_rosters import HOUSEHOLDS, PATH, judged, many, usual, verified

from fupin_cli.messages import Lang
from fupin_cli.model.verification import Verification
from fupin_cli.report.bulletins.rosters import github_lines
from fupin_cli.report.ci.shares import shared
from fupin_cli.report.options import Options

COMMAND = re.compile(r"::(error|warning|notice) ([^\n:]*)::([^\n]*)\n")


def decoded(text: str) -> str:
    """As the runner reads it: the percent sign last."""
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def read(verification: Verification, lang: Lang = "zh") -> list[tuple[str, dict[str, str], str]]:
    """Kind, properties and message of each command, by a reader of our own."""
    found = []
    for line in "".join(github_lines(verification, Options(lang=lang))).splitlines(keepends=True):
        command = COMMAND.fullmatch(line)
        assert command is not None, line
        properties = dict(part.split("=", 1) for part in command[2].split(","))
        found.append((command[1], {name: decoded(text) for name, text in properties.items()}, decoded(command[3])))
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_line_is_a_command_and_each_finding_is_one(lang: Lang) -> None:
    one = verified(usual())
    kinds = [kind for kind, _, _ in read(one, lang)]
    assert kinds == ["error"] * 8 + ["warning"]
    assert len(one.found) == 9


def test_an_annotation_has_file_row_rule_cell_remedy_and_clause() -> None:
    told = {properties["title"]: (properties, message) for _, properties, message in read(verified(usual()))}
    properties, message = told["住房安全 (household-quality/safe)"]
    assert (properties["file"], properties["line"]) == (PATH, "3")
    assert message.splitlines() == [
        f"户 H2 2018年 {PATH}：住房安全有保障 否（H3）",
        "建议：修房",
        "依据：《某办法》三“住房应当安全”",
    ]


def test_of_more_than_github_shows_the_rest_is_counted() -> None:
    told = read(verified(judged({"a.csv": many(25)})))
    assert [kind for kind, _, _ in told] == ["error"] * 10 + ["notice"]
    assert "16 个错误、0 个警告" in told[-1][2]
    # One of each rule before a second of any: what stands once is not lost behind what stands a thousand times.
    assert sum("safe" in properties["title"] for _, properties, _ in told) == 1


def test_what_does_not_fail_the_run_is_a_warning() -> None:
    assert {kind for kind, _, _ in read(ended("none"))} - {"notice"} == {"warning"}
    assert {kind for kind, _, _ in read(ended("warning"))} - {"notice"} == {"error"}


def test_accepted_findings_are_counted_and_not_shown() -> None:
    told = read(accepted())
    assert not any("over_line" in properties["title"] for _, properties, _ in told)
    assert any(kind == "notice" and message == "另有 2 处已认可，没有标出。" for kind, _, message in told)


def test_nothing_found_is_one_notice() -> None:
    assert [(kind, message) for kind, _, message in read(clean())] == [("notice", "没有发现新的问题。")]


def test_a_text_from_the_data_is_no_command_and_no_property() -> None:
    row = ("x%0A,line=9::set-env name=A::b", "样某", "", "", "", 2018, "2900", "是", "")
    told = read(verified(judged({"a,b%0A:c.csv": [row]})))
    assert [kind for kind, _, _ in told] == ["error"]
    assert told[0][1]["file"] == "a,b%0A:c.csv"
    assert told[0][1]["line"] == "2"
    assert "x%0A,line=9::set-env" in told[0][2]


@pytest.mark.parametrize("limit", [0, 1, 3, 5, 100])
def test_room_is_shared_among_the_rules_and_used_up(limit: int) -> None:
    found = verified(judged({PATH: [*HOUSEHOLDS, *many(6)]})).found
    chosen = shared(found, limit)
    assert len(chosen) == min(limit, len(found))
    assert chosen == [one for one in found if one in chosen]
    counts: Sequence[int] = [sum(one.rule == rule for one in chosen) for rule in dict.fromkeys(one.rule for one in found)]
    whole = [sum(one.rule == rule for one in found) for rule in dict.fromkeys(one.rule for one in found)]
    # Nobody has two fewer than another one unless all of its own are there.
    assert all(mine >= max(counts) - 1 or mine == all_of_it for mine, all_of_it in zip(counts, whole, strict=True))
