"""The papers of a village assembly: the figures are those of the JSON report, what nobody knows is a blank, nothing personal."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from word_reader import members, opened, part, parts, rows, style_of, words

from fupin_cli.model.run import Result
from fupin_cli.report.drafts import basis, villages
from fupin_cli.report.drafts.asked import Asked
from fupin_cli.report.drafts.marks import paragraph
from fupin_cli.report.drafts.villages import exit_draft
from fupin_cli.report.jsontext import json_lines
from fupin_cli.report.options import Options
from fupin_cli.report.words import Words
from fupin_cli.report.workbook.notice import Notice

Judge = Callable[..., Result]
BLANK = "＿＿"
GONE = {
    "民主评议日期": "2020-09-01", "核实日期": "2020-09-05", "农户认可": "是", "认可日期": "2020-09-08", "公示开始日期": "2020-09-10", "公示结束日期": "2020-09-20",
    "公示有异议": "否", "公告日期": "2020-09-25", "销号日期": "2020-10-01",
}  # fmt: skip
#: One of each: by the standard (income over 4000 in 2020, every guarantee) and the procedure, said by its name.
EACH = [
    {"户主姓名": "样该退"},
    {"户主姓名": "样已退", "脱贫属性": "已脱贫"},
    {"户主姓名": "样办完", **GONE},
    {"户主姓名": "样穷", "人均纯收入": "3999.5"},
    {"户主姓名": "样错退", "脱贫属性": "已脱贫", "住房安全有保障": "否", "人均纯收入": "4000"},
    {"户主姓名": "样缺水", "饮水安全": ""},
    {"户主姓名": "样颠倒", "民主评议日期": "2020-09-09", "核实日期": "2020-09-01"},
    {"户主姓名": "样不知几口", "家庭人口数": "", "村民小组": ""},
    {"户主姓名": "样无计划", "纳入年度脱贫计划": "否", "脱贫属性": ""},
]
SEVERAL = [
    {"行政村": "甲村"}, {"行政村": "乙村"}, {"行政村": "甲村", "年度": "2019"}, {"行政村": "", "乡镇": "", "县": ""},
    {"行政村": "甲村", "户主姓名": "样二"},
]  # fmt: skip
NOTICE = "样村2020年度拟退出贫困户公示"


def told(result: Result) -> dict[str, Any]:
    """The JSON report: head name → what it says."""
    return {one["name"]: one for one in json.loads("".join(json_lines(result, Options())))["results"]}


def names(grid: list[list[str]], column: int = 1) -> list[str]:
    return list(dict.fromkeys(row[column].split("\n")[0] for row in grid[1:]))


#: Results live as long as the tests do.
DRAWN: dict[tuple[int, str], bytes] = {}


def drawn(result: Result, **options: Any) -> bytes:
    key = (id(result), repr(options))
    if key not in DRAWN:
        DRAWN[key] = exit_draft(result, Options(**options))
    return DRAWN[key]


def test_every_household_stands_where_the_json_report_has_it(households: Judge) -> None:
    result = households(*EACH)
    content, outcomes = drawn(result), {name: one["outcome"] for name, one in told(result).items()}
    by_outcome = {outcome: [name for name, found in outcomes.items() if found == outcome] for outcome in outcomes.values()}
    assert names(part(content, "不符合退出条件的户").tables[0]) == by_outcome["ineligible"] == ["样穷", "样错退"]
    assert names(part(content, "待核实的户").tables[0]) == by_outcome["undetermined"] == ["样缺水"]
    proposed = names(part(content, "拟退出户").tables[0])
    assert proposed == ["样该退", "样颠倒", "样不知几口", "样无计划"]
    assert {*by_outcome["eligible"]} - {*proposed} == {"样已退", "样办完"}
    assert "另有 2 户、6 人已经脱贫或程序已经办完" in part(content, "拟退出户").text


def test_the_counts_add_up_and_say_whose_number_is_not_known(households: Judge) -> None:
    found = part(drawn(households(*EACH)), "基本情况和退出标准")
    assert found.tables[0] == [
        ["类别", "户数", "人口"], ["拟退出", "4", "9（另有 1 户不明）"], ["已脱贫且仍达标", "2", "6"], ["不符合", "2", "6"], ["待核实", "1", "3"],
        ["不适用", "0", "0"],
    ]  # fmt: skip
    assert "样县样乡样村本次检查 9 户、24 人（另有 1 户人口数不明）" in found.text


def test_the_figures_and_margins_are_those_of_the_json_report(households: Judge) -> None:
    result = households(*EACH)
    content, known = drawn(result), told(result)
    heading, first, *_ = part(content, "拟退出户").tables[0]
    line = dict(zip(heading, first, strict=True))
    assert line["人均纯收入稳定超过国家脱贫标准"] == "5000（L2）"
    # 5000 against the line of 4000, which no document ties to the year.
    assert line["余量"] == "须超过 4000 元/人·年（未确认），余 1000 元/人·年"
    [gap] = [one for one in known["样穷"]["checks"] if one["id"] == "income"]
    row = next(row for row in part(content, "不符合退出条件的户").tables[0] if row[1].startswith("样穷"))
    assert gap["margin"]["value"] == "-0.5"
    assert "人均纯收入 3999.5（L5），须超过 4000 元/人·年（未确认），差 0.5 元/人·年" in row[2]
    assert gap["cite"]["clause"] in row[3]
    assert row[4] == gap["remedy"]


def test_a_figure_that_was_worked_out_is_told_with_its_parts_and_their_cells(households: Judge) -> None:
    parts_of = {
        "工资性收入": "10000",
        "生产经营性收入": "5200",
        "财产性收入": "0",
        "转移性收入": "1300",
        "生产经营性支出": "1500",
    }
    [_, row] = part(drawn(households({"人均纯收入": "", **parts_of})), "拟退出户").tables[0]
    # (10000 + 5200 + 0 + 1300 − 1500) ÷ 3
    assert row[3].split("\n")[:2] == ["5000", "工资性收入 10000（AG2）"]
    assert "家庭人口数 3（J2）" in row[3]


def test_a_household_with_two_gaps_has_a_row_for_each_under_one_name(households: Judge) -> None:
    grid = part(drawn(households(*EACH)), "不符合退出条件的户").tables[0]
    found = [row for row in grid if row[1].startswith("样错退")]
    assert [row[2].split("（")[0] for row in found] == ["人均纯收入稳定超过国家脱贫标准", "住房安全有保障"]
    assert {row[0] for row in found} == {"2"}
    # Out already and below the standard: 4000 is not over 4000.
    assert "已脱贫（错退线索，须核查）" in found[0][1]
    assert "恰好等于标准" in found[0][2]


def test_who_is_open_is_told_what_would_settle_it(households: Judge) -> None:
    [_, row] = part(drawn(households(*EACH)), "待核实的户").tables[0]
    assert "饮水安全（待核实）" in row[2]
    assert row[3] == "饮水安全（R7 空白）"
    assert BLANK in row[4]


def test_the_notice_names_who_may_be_named_and_says_four_things_of_each(households: Judge) -> None:
    found = part(drawn(households(*EACH)), NOTICE)
    # 样颠倒 has to put its procedure right first.
    assert found.tables == [
        [
            ["序号", "村民小组", "户主姓名", "家庭人口数"], ["1", "一组", "样该退", "3"], ["2", "＿＿", "样不知几口", "＿＿"],
            ["3", "一组", "样无计划", "3"],
        ]
    ]  # fmt: skip
    assert found.text.count(BLANK) >= 10
    assert "公示时间：＿＿＿＿年＿＿月＿＿日至＿＿＿＿年＿＿月＿＿日。" in found.texts
    assert "样村村民委员会（盖章）" in found.texts


#: All of them meet the standard; what the register says of them beside, and how they stand therefore.
BESIDE = [
    ({}, "proposed"), ({"脱贫属性": "返贫", "贫困户属性": "一般脱贫户", "脱贫年度": "2018"}, "proposed"), ({"脱贫属性": "", "脱贫年度": "2020"}, "proposed"),
    ({"脱贫属性": "", "贫困户属性": "脱贫户"}, "out"), ({"脱贫属性": "", "脱贫年度": "2019"}, "out"), ({"脱贫属性": "已脱贫", "建档立卡": "否"}, "out"),
    ({"建档立卡": "否"}, "aside"), ({"脱贫属性": "", "贫困户属性": "一般农户"}, "aside"), ({"贫困户属性": "边缘易致贫户"}, "aside"),
    ({"农户认可": "否"}, "withheld"), ({**GONE, "公告日期": "", "销号日期": "", "公示有异议": "是"}, "withheld"),
]  # fmt: skip


def test_no_notice_names_who_is_out_or_never_was_in_or_says_no_or_is_objected_to(households: Judge) -> None:
    result = households(*({**row, "户主姓名": f"样{number}"} for number, (row, _) in enumerate(BESIDE)))
    assert {one["outcome"] for one in told(result).values()} == {"eligible"}
    content = drawn(result)
    standing = {stand: [f"样{number}" for number, (_, found) in enumerate(BESIDE) if found == stand] for _, stand in BESIDE}
    chapter = part(content, "拟退出户")
    assert names(chapter.tables[0]) == standing["proposed"] + standing["withheld"]
    assert [row[-1] for row in chapter.tables[0][-2:]] == ["农户不认可", "公示有异议"]
    assert "另有 3 户、9 人已经脱贫" in chapter.text
    assert "另有 3 户、9 人不适用这一标准，或登记写明不是建档立卡贫困户" in chapter.text
    assert names(part(content, NOTICE).tables[0], 2) == standing["proposed"]
    assert "下列 2 户农户不认可或公示有异议，处理好以前不列入公示名单：样9、样10。" in part(content, "程序办理").text
    # The workbook's list names the same, and says how many of them the register leaves open.
    notice = Notice.of(Words(result, Options()))
    assert notice is not None
    assert [name for village in notice.villages for _, name, _ in village.households] == standing["proposed"]
    assert (notice.complete, notice.unsaid) == (8, 1)


def test_who_has_broken_the_procedure_is_told_with_the_clause(households: Judge) -> None:
    found = part(drawn(households(*EACH)), "程序办理")
    steps, broken = found.tables
    assert [row[1] for row in steps[1:]][:2] == ["民主评议之后核实", "核实之后农户认可"]
    assert all(row[2].startswith("[kaizhou] 四") and BLANK in row[4] for row in steps[1:])
    assert names(broken) == ["样颠倒"]
    assert "核实日期 2020-09-01" in broken[1][2]


def test_what_does_not_decide_stands_in_the_remarks(households: Judge) -> None:
    rows_ = {row[1].split("\n")[0]: row[-1] for row in part(drawn(households(*EACH)), "拟退出户").tables[0]}
    assert "纳入年度脱贫计划 不达标" in rows_["样无计划"]
    assert "脱贫属性空白，须核对" in rows_["样无计划"]
    assert rows_["样该退"] == ""


def test_the_record_of_the_assembly_is_blank_but_for_what_it_is_about(households: Judge) -> None:
    content = drawn(households(*EACH))
    record = dict(part(content, "民主评议会议记录").tables[0])
    assert [*record] == ["会议时间", "会议地点", "主持人", "记录人", "参加人", "评议事项", "评议意见", "参加评议的村民代表签字"]
    assert "4 户、9 人" in record.pop("评议事项")
    assert all(re.sub(r"[＿\s年月日时应实到人，（）逐户记明同意、不和理由]", "", text) == "" for text in record.values())
    agreed = part(content, "核实和拟退出户认可").tables
    assert [row[0] for row in agreed[0]] == ["村“两委”核实意见", "驻村工作队核实意见"]
    assert all("签字" in row[1] and "盖章" in row[1] for row in agreed[0])
    assert [row[2] for row in agreed[1][1:]] == ["样该退", "样颠倒", "样不知几口", "样无计划"]
    assert all(row[-2:] == ["", ""] for row in agreed[1][1:])


#: The procedure of a town whose plan asks for neither verification nor agreement: 拟选对象、精准扶持、民主评议、公示公告.
CHISHUI = {"rules": "guangdong-chishui-2016", "settings": {"local_income_per_capita": "20000"}}


def test_a_notice_claims_the_steps_of_its_procedure_and_no_others(households: Judge) -> None:
    [text] = [one for one in part(drawn(households(*EACH)), NOTICE).texts if one.startswith("按照")]
    assert "按贫困户退出程序依次办理（民主评议日期＿＿月＿＿日、核实日期＿＿月＿＿日、认可日期＿＿月＿＿日）" in text
    fit = {"户主姓名": "样该退", "年度": "2017", "有劳动能力": "是", "人均可支配收入": "9000.01"}
    content = drawn(households(fit, **CHISHUI))
    [text] = [one for one in part(content, "样村2017年度拟退出贫困户公示").texts if one.startswith("按照")]
    assert "按赤水镇退出程序依次办理（拟选对象日期＿＿月＿＿日、精准扶持日期＿＿月＿＿日、民主评议日期＿＿月＿＿日）" in text
    assert "民主评议会议记录" in [one.heading for one in parts(content)]
    assert "核实和拟退出户认可" not in [one.heading for one in parts(content)]
    assert not any("两委" in one.text or "工作队" in one.text for one in parts(content))


def test_steps_that_are_only_held_against_their_neighbours_come_in_their_order(households: Judge) -> None:
    result = households(*EACH)
    [group] = result.groups
    [procedure] = group.beside
    checks = dict(procedure.standard.checks)
    for name, condition in (
        ("agreed_in_order", "agreed_date >= verified_date"), ("notice_in_order", "agreed_date <= notice_start"),
        ("announced_in_order", "notice_start <= announced_date"),
    ):  # fmt: skip
        checks[name] = checks[name].model_copy(update={"require": condition})

    def asked(**changed: Any) -> Asked:
        standard = procedure.standard.model_copy(update={"checks": {**checks, **changed}})
        return Asked.of(replace(group, beside=[replace(procedure, standard=standard)]))

    found = asked()
    assert (found.days, found.verification, found.agreement) == (["review_date", "verified_date", "agreed_date"], True, True)
    same_day = checks["agreed_in_order"].model_copy(update={"require": "agreed_date = verified_date"})
    found = asked(agreed_in_order=same_day)
    assert (found.days, found.verification, found.agreement) == (["agreed_date"], True, True)
    turning = checks["agreed_in_order"].model_copy(
        update={"require": "agreed_date <= verified_date AND verified_date <= agreed_date"}
    )
    assert {*asked(agreed_in_order=turning).days} == {"review_date", "verified_date", "agreed_date"}


def test_without_a_procedure_no_step_is_claimed_and_the_forms_are_there(households: Judge) -> None:
    result = households(*EACH)
    alone = replace(result, groups=[replace(group, beside=()) for group in result.groups])
    content = drawn(alone)
    [text] = [one for one in part(content, NOTICE).texts if one.startswith("按照")]
    assert text.endswith("），现将样村2020年度拟退出贫困户名单公示如下，接受群众监督。")
    assert "办理" not in text
    assert part(content, "核实和拟退出户认可").tables


def test_nobody_to_propose_needs_no_notice(households: Judge) -> None:
    content = drawn(households({"人均纯收入": "1"}, {"户主姓名": "样错退", "脱贫属性": "已脱贫", "人均纯收入": "4000"}))
    assert "没有拟退出户。" in part(content, "拟退出户").texts
    assert not [one for one in parts(content) if "公示" in one.heading]
    assert part(content, "待核实的户").texts == ["没有待核实的户。"]


def test_a_part_that_the_command_line_asks_for_is_no_paper_of_a_village(households: Judge) -> None:
    # Of the failing alone it would say that nobody is proposed and nobody is open.
    assert drawn(households(*EACH), only="fail") == drawn(households(*EACH))


def test_what_the_user_put_in_is_told_in_each_chapter_that_is_signed(households: Judge) -> None:
    result = households(*SEVERAL, {"饮水安全": ""}, assumptions={"water_safe": "是"}, settings={"poverty_line": "100"})
    notes = [one.text for one in parts(drawn(result)) if not one.heading][:-1]
    assert len(notes) == 1 + 5
    for note in notes:
        assert "不是数据或文件所说：国家脱贫标准（现价）：100 元/人·年（用户设定）；空白的“饮水安全”按“是”计。" in note


def test_rows_without_a_verdict_are_told_where_the_counts_are(households: Judge) -> None:
    twice = {"户编号": "349900009999"}
    found = part(drawn(households({}, twice, twice)), "基本情况和退出标准").text
    assert "另有 2 行" in found
    assert "本次检查 1 户、3 人" in found
    assert "没有判定" not in part(drawn(households(*EACH)), "基本情况和退出标准").text


def test_nobody_at_all_is_still_a_paper(households: Judge) -> None:
    content = drawn(households({"户编号": "1"}, {"户编号": "1"}))
    assert [one.chapter for one in parts(content)][-1] == "编制说明"
    assert "共 0 份" in words(content)
    assert "样某" not in words(content)


def test_each_village_and_year_has_a_chapter_and_a_row_of_the_overview(households: Judge) -> None:
    content = drawn(households(*SEVERAL))
    chapters = [one.chapter for one in parts(content) if not one.heading and one.chapter]
    wanted = ["甲村2020", "乙村2020", "甲村2019", "＿＿＿＿村2020"]
    assert chapters == [*(f"{name}年度贫困户退出评议材料" for name in wanted), "编制说明"]
    overview = parts(content)[0].tables[0]
    assert [row[2] for row in overview[1:]] == ["2", "1", "1", "1", "5"]
    assert [row[1] for row in overview[1:]][-2:] == ["（没有写明行政村） 2020年", "合计"]


def test_more_villages_than_anybody_reads_are_told_and_stand_in_the_overview(
    households: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(villages, "VILLAGES", 2)
    content = exit_draft(households(*SEVERAL), Options())
    assert len([one for one in parts(content) if not one.heading and one.chapter]) == 2 + 1
    assert "前 2 个村各有一章，另有 2 个村只列在上表" in parts(content)[0].text
    assert len(parts(content)[0].tables[0]) == 1 + 4 + 1


def test_more_households_than_a_table_holds_are_counted(households: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ("households", "meeting"):
        monkeypatch.setattr(f"fupin_cli.report.drafts.{room}.ROWS", 1)
    assert basis.ROWS >= 5000
    content = exit_draft(households(*SEVERAL), Options())
    found = part(content, "拟退出户", "甲村2020")
    assert names(found.tables[0]) == ["样某"]
    assert "2 户、6 人" in found.text
    assert "另有 1 行没有列出" in found.text
    assert "另有 1 行没有列出" in part(content, "甲村2020年度拟退出贫困户公示").text


HOSTILE = [
    "=HYPERLINK(\"http://example.invalid\",\"x\")", "<w:p/>&amp;<script>alert(1)</script>", "]]>", "样\u202e倒", "{{ 7*7 }}", "长" * 200,
    "\ufffe样\ufffc", "&#x41;", "a\tb\nc",
]  # fmt: skip


def test_a_text_stays_a_text_whatever_stands_in_it(households: Judge) -> None:
    content = drawn(households(*({"户主姓名": name, "村民小组": name, "行政村": "<村>&", "备忘": name} for name in HOSTILE)))
    grid = part(content, "<村>&2020年度拟退出贫困户公示").tables[0]
    shown = [name.replace("\u202e", "\ufffd").replace("\ufffe", "\ufffd").replace("\t", " ") for name in HOSTILE]
    assert [row[2] for row in grid[1:]] == shown
    assert [row[1] for row in grid[1:]] == shown
    book = opened(content)
    fields = [node.get(qn("w:instr")) for node in book.sections[0].footer._element.iter(qn("w:fldSimple"))]
    assert fields == [" PAGE "]
    assert not [*book.element.body.iter(qn("w:instrText"), qn("w:fldSimple"), qn("w:hyperlink"), qn("w:object"))]
    assert {rel.is_external for rel in book.part.rels.values()} == {False}


def test_what_xml_cannot_hold_is_replaced_by_a_sign_that_shows() -> None:
    told = "".join(map(chr, (0, 7, 0xB, 0x1F, 0xD800, 0xFFFE, 0xFFFF))) + "样\U0001f600"
    assert parse_xml(paragraph(told, "Normal").replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)).text == "\ufffd" * 7 + "样\U0001f600"


def test_nothing_personal_stands_in_any_part_of_the_file(households: Judge) -> None:
    number, phone = "34990019800101123X", "13912345678"
    rows_ = [
        {"户主姓名": f"样{number}", "户主证件号码": number, "联系电话": phone, "村民小组": phone, "备忘": phone},
        {"户编号": number, "人均纯收入": phone, "户主证件号码": "1234", "联系电话": "12"},
    ]
    result = households(*rows_, name=f"名册{phone[:3]}")
    assert result.problems
    for _, content in members(drawn(result)):
        text = content.decode("utf-8", "replace")
        assert number not in text
        assert number[4:] not in text
        assert phone not in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_same_result_gives_the_same_bytes_that_know_no_hour(households: Judge, lang: Any) -> None:
    result = households(*EACH)
    content = drawn(result, lang=lang)
    assert content == exit_draft(result, Options(lang=lang))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    told_of_itself = opened(content).core_properties
    assert (told_of_itself.author, told_of_itself.created, told_of_itself.modified) == (
        "fupin",
        told_of_itself.created,
        told_of_itself.created,
    )
    assert told_of_itself.created is not None
    assert told_of_itself.created.year == 2000


def test_it_says_that_it_is_a_draft_and_what_it_rests_on(households: Judge) -> None:
    result = households(*EACH, assumptions={"water_safe": "是"})
    content = drawn(result)
    text = words(content)
    assert text.count("草稿：由 fupin") == 1
    assert opened(content).sections[0].header.paragraphs[0].text == "草稿 · 未经审核"
    facts = "\n".join("：".join(row) for row in part(content, "运行信息", "编制说明").tables[0])
    assert result.pack.sha256 in facts
    assert f"{result.pack.name} v{result.pack.head.version}" in facts
    assert "2020年 4000 元/人·年（未确认）" in facts
    assert "饮水安全" in facts
    assert [row[1] for row in part(content, "输入文件", "编制说明").tables[0][1:]] == [result.inputs[0].sha256]


def test_tables_repeat_their_heading_and_tear_no_row_and_headings_are_real(households: Judge) -> None:
    book = opened(drawn(households(*EACH)))
    for table in book.tables:
        marks = [row._tr.find(qn("w:trPr")) for row in table.rows]
        assert all(mark is not None and mark.find(qn("w:cantSplit")) is not None for mark in marks)
        form = rows(table)[0][0] in ("会议时间", "村“两委”核实意见")
        assert [mark is not None and mark.find(qn("w:tblHeader")) is not None for mark in marks] == [
            not form,
            *[False] * (len(marks) - 1),
        ]
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    styles = [style_of(paragraph) for paragraph in book.paragraphs]
    assert styles.count("Heading 1") == 2
    # The last chapter has the run, the files and the problems of reading.
    assert styles.count("Heading 2") == 8 + 3
    page = book.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert book.core_properties.language == "zh-CN"
    for style in ("Normal", "Heading 1", "Heading 2", "Table Text"):
        fonts = book.styles[style].element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        assert fonts.get(qn("w:eastAsia")) in ("仿宋", "黑体", "楷体", "方正小标宋简体")
        assert not [key for key in fonts.attrib if "Theme" in key]
        assert book.styles[style].element.find(f"{qn('w:rPr')}/{qn('w:lang')}").get(qn("w:eastAsia")) == "zh-CN"


def test_in_english_every_word_of_ours_is_english(households: Judge) -> None:
    content = drawn(households(*EACH), lang="en")
    assert opened(content).core_properties.language == "en"
    for one in parts(content):
        if one.heading and one.chapter != "What this draft rests on":
            headings = [table[0] for table in one.tables]
            assert not re.findall(r"[\u4e00-\u9fff]", one.heading.replace("样村", "") + "".join(map("".join, headings)))
    assert part(content, "样村: households proposed to exit in 2020").tables[0][1] == ["1", "一组", "样该退", "3"]
