"""Rows that are lacking, and how many there should be: households typed by hand, expected values by arithmetic."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from fupin_cli.errors import UsageRefused
from fupin_cli.model.explanation import Grounds
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.pipelines.explaining import Whom, explain
from fupin_cli.tasks import Request

_INCOME = "家庭人口数 人均纯收入 工资性收入 生产经营性收入 财产性收入 转移性收入 生产经营性支出"
HOUSEHOLDS = [
    f"户编号 年度 户主姓名 {_INCOME} 不愁吃 不愁穿 义务教育有保障 基本医疗有保障 住房安全有保障 饮水安全",
    "A1 2018 样甲 未知 - 10000 0 0 0 0 是 是 是 是 是 是",
    "A2 2018 样乙 2 3000 - - - - - 是 是 - - 是 是",
    "A4 2018 样庚 1 - 10000 0 0 - - 是 是 是 是 是 是",
    "A3 2018 样戊 2 3000 - - - - - 是 是 是 是 是 是",
    "A3 2018 样己 2 4000 - - - - - 是 是 是 是 是 是",
]
PEOPLE = [
    "户编号 年度 姓名 证件号码 出生日期 是否参加城乡居民基本医疗保险 是否参加城镇职工基本医疗保险",
    "A2 2018 样乙 - 1980-01-01 否 否",
    "- 2018 样丙 349900200101010037 2001-01-01 是 否",
    "C9 2018 样丁 - 1990-01-01 是 否",
]


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> str:
    path, book = tmp_path_factory.mktemp("lacking") / "名册.xlsx", Workbook()
    book.remove(book.worksheets[0])
    for name, lines in (("户", HOUSEHOLDS), ("人", PEOPLE)):
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(
                [None if cell == "-" else int(cell) if cell.isdigit() and len(cell) < 9 else cell for cell in line.split()]
            )
    book.save(path)
    return str(path)


def grounds(roster: str, whom: str) -> Grounds:
    found, _ = explain(CHECK_EXIT, Whom([whom]), Request([roster]))
    return found.subjects[0].grounds[0]


def test_the_number_of_heads_turns_a_quotient(roster: str) -> None:
    # 10000 / 3 = 3333.33 is over 2995, 10000 / 4 = 2500 is not.
    questions = {question.missing.name: question for question in grounds(roster, "A1").questions}
    answers = [(answer.sign, answer.values, answer.outcome) for answer in questions["household_size"].answers]
    assert answers == [("<=", (3,), "eligible"), (">=", (4,), "ineligible")]


def test_the_income_of_a_household_of_one_may_be_written_down_as_well(roster: str) -> None:
    # Two parts are blank: neither alone settles anything, whatever it is, and a sum cannot be said to be enough.
    found = grounds(roster, "A4")
    answers = {
        question.missing.name: [(answer.sign, answer.values, answer.outcome) for answer in question.answers]
        for question in found.questions
    }
    assert answers == {
        "transfer_income": [("=", (), "undetermined")],
        "business_expense": [("=", (), "undetermined")],
        "income_per_capita": [("<=", (2995,), "ineligible"), (">", (2995,), "eligible")],
    }
    assert found.ways is not None
    assert [[(turn.name, turn.sign, turn.after) for turn in way.turns] for way in found.ways] == [
        [("income_per_capita", ">=", Decimal("2995.01"))]
    ]


def test_where_rows_are_lacking_what_the_rest_needs_is_the_household_s_own_cell(roster: str) -> None:
    # Of the second member nothing is known: that the first one is insured and in no school settles neither.
    found = grounds(roster, "A2").ways
    assert found is not None
    assert [{turn.name for turn in way.turns} for way in found] == [
        {"basic_medical", "medical_secured", "education_secured"},
        {"employee_medical", "medical_secured", "education_secured"},
    ]


@pytest.mark.parametrize(
    ("text", "code", "places"),
    [
        ("人!3", "explain-lost", "人!A3"),
        ("人!A4", "explain-lost", "人!A4"),
        # A member of no household, a household that stands twice, and one that is nowhere.
        ("349900200101010037", "explain-unknown-lost", "户!A5、户!A6、人!A3、人!A4"),
        ("A3", "explain-unknown-lost", "户!A5、户!A6、人!A3、人!A4"),
        ("X777777", "explain-unknown-lost", "户!A5、户!A6、人!A3、人!A4"),
    ],
)
def test_of_a_row_that_was_not_judged_nobody_is_told_that_it_is_not_there(text: str, code: str, places: str, roster: str) -> None:
    with pytest.raises(UsageRefused) as refused:
        explain(CHECK_EXIT, Whom([text]), Request([roster]))
    assert refused.value.code == code
    assert sorted(str(refused.value.facts["places"]).split("、")) == sorted(places.split("、"))


def test_of_one_name_households_are_counted_and_not_their_years(tmp_path: Path) -> None:
    roster = tmp_path / "名册.csv"
    lines = ["户编号,年度,户主姓名,人均纯收入", "B1,2018,样甲,3000", "B1,2019,样甲,3000", "B2,2018,样甲,3000"]
    roster.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(UsageRefused) as refused:
        explain(CHECK_EXIT, Whom(["样甲"]), Request([str(roster)]))
    assert (refused.value.code, refused.value.facts["count"]) == ("explain-several", 2)
