"""The comment on a pull request: short enough to be posted, and what is left out is counted."""

import re
from dataclasses import replace

import pytest
from ending import accepted, clean, ended
from small_rosters import HOUSEHOLDS, PATH, judged, many, several, usual, verified

from fupin_cli.messages import Lang
from fupin_cli.model.inputs import InputSummary
from fupin_cli.model.verification import Verification
from fupin_cli.report.options import Options
from fupin_cli.report.verification.markdown import MOST, markdown_lines


def text(verification: Verification, lang: Lang = "zh", limit: int = 50) -> str:
    return "".join(markdown_lines(verification, Options(lang=lang, limit=limit)))


def length(comment: str) -> int:
    return len(comment.encode("utf-16-le")) // 2


def listed(comment: str, heading: str) -> list[str]:
    """The findings below a rule's heading."""
    section = comment.partition(f"### {heading}")[2].partition("\n### ")[0].partition("\n<details>")[0]
    return [line for line in section.splitlines() if line.startswith("- ")]


def test_it_begins_with_how_the_run_ended_and_a_table_of_rules() -> None:
    lines = text(ended("error", ("household-quality/safe", 1, 4, "1/5"))).splitlines()
    assert lines[0] == "<!-- fupin check-data -->"
    assert lines[1] == "## 名册数据检查"
    assert "不通过" in lines[3]
    table = [line for line in lines if line.startswith("|")]
    assert table[0] == "| 规则 | 级别 | 新问题 | 已认可 | 无法核查 |"
    assert r"| 收入\|过\<线\> (household-quality/over\_line) | ✗ 错误 | 2 | 0 | 1 |" in table
    assert "| 有联系人 (household-quality/contact) | ! 警告 | 1 | 0 | 3 |" in table
    # Four findings' rules, two kinds of problems, and two lines of heading.
    assert len(table) == 8


def test_a_rule_has_its_words_once_and_below_them_its_findings() -> None:
    comment = text(verified(usual()))
    assert comment.count("原因：100% 的户都应当过线。") == 1
    assert [re.findall("[GH][1-4]", line) for line in listed(comment, r"收入\|过\<线\>：2 处")] == [["H1", "G2"], ["H2", "G3"]]


def test_rules_that_found_nothing_and_those_that_could_not_be_asked_are_counted() -> None:
    assert "2 条规则在这些名册里无法核查" in text(verified(usual()))
    assert "另有 1 条规则没有发现问题" in text(verified(judged({PATH: HOUSEHOLDS[:1]})))


def test_nothing_found_is_short_and_says_so() -> None:
    comment = text(clean())
    assert "没有发现新的问题。" in comment
    assert "###" not in comment
    assert len(comment) < 1500


def test_accepted_findings_are_counted_and_not_listed() -> None:
    comment = text(accepted())
    assert r"over\_line) | ! 错误 | 0 | 2 | 1 |" in comment
    assert "### 收入" not in comment


def test_what_the_limit_leaves_out_is_counted_rule_by_rule_and_as_a_whole() -> None:
    comment = text(several(), limit=10)
    assert len(listed(comment, r"收入\|过\<线\>：400 处")) == 9
    assert len(listed(comment, "住房安全：1 处")) == 1
    assert "另有 391 处没有列出。" in comment
    assert "共有 391 处没有列出" in comment


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_never_longer_than_a_comment_may_be_and_nothing_is_cut_in_silence(lang: Lang) -> None:
    # Numbers of households that take two units a character, and that markup has to be kept from.
    comment = text(verified(judged({"a.csv": many(700, "\U00020000" * 40 + "|{:05}")})), lang, limit=0)
    shown = len([line for line in comment.splitlines() if line.startswith("- ") and "2018" in line])
    assert MOST / 2 < length(comment) <= MOST
    assert 100 < shown < 700
    assert len(re.findall(rf"\b{701 - shown}\b", comment)) == 2
    # What stands once is not lost behind what stands seven hundred times.
    assert "（H2）" in comment or "(H2)" in comment


def test_many_files_and_many_rules_do_not_make_it_too_long() -> None:
    whole = verified(usual())
    inputs = [InputSummary(f"{'很长' * 100}{number}.csv", "0" * 64, "csv", "utf-8", ()) for number in range(500)]
    comment = text(replace(whole, result=replace(whole.result, inputs=[*whole.result.inputs, *inputs])))
    assert length(comment) <= MOST
    assert "项没有列出" in comment


def test_a_text_from_the_data_is_no_markup_and_calls_nobody() -> None:
    row = ("<b>@someone</b>|`x`[a](http://b)", "样某", "", "", "", 2018, "2900", "是", "")
    comment = text(verified(judged({"a.csv": [row]})))
    line = listed(comment, r"收入\|过\<线\>：1 处")[0]
    assert r"\<b\>@" in line
    assert not re.search(r"@\w", comment)
    assert not re.search(r"(?<!\\)[|`\[<]", line.replace("<!--", ""))


def test_the_run_rests_on_packs_numbers_and_files() -> None:
    result = usual()
    end = text(verified(result)).partition("<details>")[2]
    assert result.pack.sha256 in end
    assert all(source.sha256 in end for source in result.inputs)
    assert "3000.5 元/人·年（未确认）" in end
