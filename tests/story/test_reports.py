"""The story in every format: what it says, at its cells, in both languages, and nobody's name where many read it."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from building import check, pack, parameter
from rich.cells import cell_len
from rich.console import Console
from worlds import moves, table

from fupin_cli.evaluate.rosters.story.judged import YearLaw
from fupin_cli.evaluate.rosters.story.told import story
from fupin_cli.messages import Lang
from fupin_cli.model.inputs import InputSummary
from fupin_cli.model.run import Result
from fupin_cli.model.story import Story
from fupin_cli.report.csvtext import BOM
from fupin_cli.report.options import Options
from fupin_cli.report.story.csvtext import story_csv
from fupin_cli.report.story.jsontext import story_json, story_rows
from fupin_cli.report.story.markdown import story_markdown
from fupin_cli.report.story.terminal import print_story
from fupin_cli.rules.parameters import choose

ID = "349900199001010017"
NAMES = ("样赵甲", "样钱乙", "样孙丙", "样李丁", "样周戊")
TITLES = {"zh": "过了线", "en": "Over the line"}


def household(number: str, year: int, name: str, income: int | None, **cells: object) -> dict[str, object]:
    given = {"household_id": number, "year": year, "head_name": name, "income_per_capita": Decimal(income) if income else None}
    return given | {"household_size": 2, "village": "东村", **cells}


ROWS = [
    household("H1", 2017, NAMES[0], 2900, poverty_status="未脱贫", went_to="延续"),
    household("H2", 2017, NAMES[1], 3100, poverty_status="已脱贫", went_to="换号"),
    household(ID, 2017, NAMES[2], 3500, poverty_status="未脱贫", went_to="消失", change_reason="整户迁出"),
    household("H4", 2017, NAMES[3], None, poverty_status="未脱贫", went_to="延续"),
    household("H1", 2018, NAMES[0], 3300, poverty_status="已脱贫", came_from="延续", village="西村"),
    household("=H2", 2018, NAMES[1], 3100, poverty_status="返贫", came_from="换号"),
    household("H4", 2018, NAMES[3], 3000, poverty_status="未脱贫", came_from="延续"),
    household("H5", 2018, NAMES[4], 2000, poverty_status="未脱贫", came_from="分户", village="西村", change_reason="分户"),
]
LINKS = [
    (("H1", 2017), ("H1", 2018), "延续"), (("H2", 2017), ("=H2", 2018), "换号"), (("H4", 2017), ("H4", 2018), "延续"),
    (("H1", 2017), ("H5", 2018), "分户"),
]  # fmt: skip


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> YearLaw:
    standard = {
        "standard": "household-exit", "title": TITLES, "subject": "household", "checks": {"income": check("income_per_capita > $line")},
        "outcomes": {"no": {"title": {"zh": "没过线", "en": "Not over it"}, "meets": "false"}, "yes": {"title": TITLES, "meets": "true"}},
        "decide": [{"outcome": "no", "when": "NOT income"}, {"outcome": "yes", "default": "true"}],
    }  # fmt: skip
    lines = parameter(("2017-01-01", "2017-12-31", "3000"), ("2018-01-01", None, "3200"))
    loaded = pack(tmp_path_factory.mktemp("law"), standard, {"line": lines})
    return YearLaw(loaded.standards["household-exit"], choose(loaded.pack, {}))


@pytest.fixture(scope="module")
def told(law: YearLaw) -> Story:
    # A village is there in both years only if somebody stays in it.
    rows = [*ROWS, household("H9", 2017, "样吴己", 9000, village="西村"), household("H8", 2018, "样郑庚", 9000)]
    return story({"household": table("household", rows)}, moves(rows, LINKS), {2017: law, 2018: law})


@pytest.fixture(scope="module")
def result(law: YearLaw) -> Result:
    inputs = [InputSummary(f"{year}.xlsx", "0" * 64, "xlsx", "", []) for year in (2017, 2018)]
    return Result("verify-roster", "1", [law.told().rules], None, inputs, {}, [], [])


def printed(told: Story, result: Result, width: int = 120, lang: Lang = "zh", limit: int = 50) -> str:
    out = io.StringIO()
    print_story(told, result, Options(lang=lang, limit=limit), Console(file=out, width=width))
    return out.getvalue()


# --- terminal -----------------------------------------------------------------------------------------------------------


def test_the_terminal_shows_sums_households_and_causes_with_the_cells_of_both_years(told: Story, result: Result) -> None:
    text = printed(told, result)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    for line in (
        "2017 年 → 2018 年",
        "户 人 贫困户 贫困人口 脱贫户 脱贫人口 属性不明户 属性不明人口",
        "2017 年 5 10 3 6 1 2 1 2",
        "分户新立 +1 +2 +1 +2 0 0 0 0",
        "离开 -1 -2 -1 -2 0 0 0 0",
        "去向不明 -1 -2 0 0 0 0 -1 -2",
        "脱贫 0 0 -1 -2 +1 +2 0 0",
        "返贫 0 0 +1 +2 -1 -2 0 0",
        "2018 年 5 10 3 6 1 2 1 2",
        "离开的户：1 户 2 人；户变更原因：整户迁出 1 户",
        "脱贫的户：1 户 2 人",
        "H1 样赵甲 脱贫属性 未脱贫 → 已脱贫 2017.xlsx 户!H2 → 2018.xlsx 户!H6",
        "=H2 样钱乙 户编号 H2 → =H2 2017.xlsx 户!A3 → 2018.xlsx 户!A7",
        "H5 样周戊 原属 H1 户变更原因 分户 2017.xlsx 户!A2 → 2018.xlsx 户!A9",
        "H1 样赵甲 行政村 东村 → 西村 2017.xlsx 户!C2 → 2018.xlsx 户!C6",
        "按“过了线”判定：3 户的结论与上年不同",
        "没过线 过了线 待核实",
        "数据变化：1 户（按上年的标准判今年的数据，也是今年的结论）",
        "数值标准变化：1 户（今年的数据按上年的数值不是这个结论，按今年的才是）",
        "标题：3000 元/人·年 → 3200 元/人·年",
        "H1 样赵甲 没过线 → 过了线 数据变化 2017.xlsx 户!A2 → 2018.xlsx 户!A6",
        "标题（2017 年）：不达标，人均纯收入 2900（2017.xlsx 户!K2），须超过 3000 元/人·年，差 100 元/人·年",
        "标题（2018 年）：达标，人均纯收入 3300（2018.xlsx 户!K6），须超过 3200 元/人·年，余 100 元/人·年",
        "=H2 样钱乙 过了线 → 没过线 数值标准变化 2017.xlsx 户!A3 → 2018.xlsx 户!A7",
        "H4 样李丁 待核实 → 没过线 缺数据 2017.xlsx 户!A5 → 2018.xlsx 户!A8",
    ):
        assert line in _places_aside(lines, line), line


def _places_aside(lines: list[str], wanted: str) -> list[str]:
    """The lines, without the letters of columns where the order of the table's fields gives others."""
    letter = re.compile(r"!(?!A\d)[A-Z]+(?=\d)")
    return [wanted if letter.sub("!", line) == letter.sub("!", wanted) else line for line in lines]


def test_the_cells_are_those_of_the_fields(told: Story, result: Result) -> None:
    rows = [row for row in story_rows(told, result, Options()) if row["change"] == "exited"]
    cells = [row[side]["fields"]["poverty_status"] for row in rows for side in ("before", "after")]
    letters = told.household.sheets[0].letters
    assert cells == [
        {"value": "未脱贫", "cell": {"input": 0, "cell": f"户!{letters['poverty_status']}2"}},
        {"value": "已脱贫", "cell": {"input": 1, "cell": f"户!{letters['poverty_status']}6"}},
    ]


@pytest.mark.parametrize("width", [50, 80, 200])
def test_no_line_is_wider_than_the_page_or_has_colours(told: Story, result: Result, width: int) -> None:
    for line in printed(told, result, width).splitlines():
        assert cell_len(line) <= width
        assert "\x1b" not in line
        # Only what had to be broken is filled up.
        assert line == line.rstrip() or width < 200


def test_only_the_first_households_are_listed_and_the_others_counted(told: Story, result: Result) -> None:
    text = printed(told, result, limit=1)
    assert "另有 2 户没有列出" in text
    assert "H4  样李丁" not in text


def test_english_is_english(told: Story, result: Result) -> None:
    text = printed(told, result, lang="en") + "".join(story_markdown(told, result, Options(lang="en")))
    bare = re.sub(r"户编号|标题|整户迁出|分户|样\S+|户!|\S*脱贫|返贫|东村|西村|某", "", text)
    assert re.findall(r"[\u4e00-\u9fff]+", bare) == []


# --- markdown -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_markdown_names_nobody_and_masks_numbers(told: Story, result: Result, lang: Lang) -> None:
    text = "".join(story_markdown(told, result, Options(lang=lang)))
    assert not any(name in text for name in (*NAMES, ID))
    assert r"3499\*\*\*\*" in text
    assert text.count("| 2017") == 2


def test_pieces_of_markdown_are_whole_and_the_sums_come_first(told: Story, result: Result) -> None:
    pieces = list(story_markdown(told, result, Options()))
    assert all(piece.endswith("\n") for piece in pieces)
    assert "\n## " in pieces[0]
    assert "### 2017" in pieces[1]
    assert "**按“过了线”判定" in pieces[2]
    assert all("- **" in piece for piece in pieces[3:])


# --- csv ----------------------------------------------------------------------------------------------------------------


def test_csv_has_a_row_for_each_household_to_which_something_happened_and_each_changed_verdict(
    told: Story, result: Result
) -> None:
    text = "".join(story_csv(told, result, Options()))
    assert text.startswith(BOM)
    head, *rows = csv.reader(io.StringIO(text.removeprefix(BOM)))
    (interval,) = told.intervals
    assert interval.verdicts is not None
    assert len(rows) == sum(event.households for event in interval.events) + interval.verdicts.changed
    assert {len(row) for row in rows} == {len(head)}
    assert len(set(head)) == len(head)
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert not any(ID in cell for row in rows for cell in row)
    assert ["2017", "2018", "脱贫的户", "H1", "样赵甲", "未脱贫", "已脱贫"] in [row[:7] for row in rows]


# --- json ---------------------------------------------------------------------------------------------------------------

SCHEMA = json.loads(files("fupin_cli.report").joinpath("verification-1.schema.json").read_text(encoding="utf-8"))


def of_schema(name: str) -> jsonschema.Draft202012Validator:
    parts = [{"$ref": f"#/$defs/{one}"} for one in name.split()]
    return jsonschema.Draft202012Validator({"$defs": SCHEMA["$defs"], "anyOf": parts})


def every(told: Story, law: YearLaw) -> Iterator[Story]:
    yield told
    rows = [household("A", 2017, "", 1), household("A", 2018, "", 1)]
    yield story({"household": table("household", rows)}, moves(rows, [(("A", 2017), ("A", 2018), "延续")]))
    yield story({"household": table("household", rows[:1])}, moves(rows, []), {2017: law})


def test_json_keeps_its_schema(told: Story, law: YearLaw, result: Result) -> None:
    for one in every(told, law):
        of_schema("story").validate(json.loads(json.dumps(story_json(one, result, Options()))))
        for row in story_rows(one, result, Options(lang="en")):
            of_schema("event_row verdict_row").validate(json.loads(json.dumps(row)))


def test_the_schema_refuses_what_is_wrong(told: Story, result: Result) -> None:
    spoilt = story_json(told, result, Options())
    spoilt["intervals"][0]["events"][0]["colour"] = "red"
    assert not of_schema("story").is_valid(spoilt)


def test_json_says_the_causes_and_its_numbers_add_up(told: Story, result: Result) -> None:
    (interval,) = story_json(told, result, Options())["intervals"]
    for balance in (*interval["sums"], *interval["verdicts"]["sums"]):
        assert balance["start"] + sum(term["amount"] for term in balance["terms"]) == balance["end"]
    assert interval["verdicts"]["causes"] == {"missing": 1, "data": 1, "threshold": 1, "rule": 0}
    rows = [row for row in story_rows(told, result, Options()) if row["change"] == "verdict"]
    assert [(row["id"], row["cause"], row["by_earlier_law"], row["by_later_law"]) for row in rows] == [
        ("H1", "data", "yes", "no"), ("=H2", "threshold", "yes", "no"), ("H4", "missing", None, None),
    ]  # fmt: skip
    assert rows[2]["before"]["missing"][0]["field"] == "income_per_capita"


def test_nothing_personal_is_in_json_unless_asked_for(told: Story, result: Result) -> None:
    assert ID not in json.dumps([*story_rows(told, result, Options())])
    assert ID in json.dumps([*story_rows(told, result, Options(mask=False))])


def test_a_law_of_another_name_in_each_year_is_told_with_both(tmp_path: Path, law: YearLaw, result: Result) -> None:
    standard = {
        "standard": "household-exit", "title": {"zh": "吃饱", "en": "Fed"}, "subject": "household",
        "checks": {"food": check("food_secure")},
        "outcomes": {"no": {"title": TITLES, "meets": "false"}, "yes": {"title": TITLES, "meets": "true"}},
        "decide": [{"outcome": "no", "when": "NOT food"}, {"outcome": "yes", "default": "true"}],
    }  # fmt: skip
    loaded = pack(tmp_path, standard)
    other = YearLaw(loaded.standards["household-exit"], choose(loaded.pack, {}))
    rows = [replace_food(row) for row in ROWS]
    found = story({"household": table("household", rows)}, moves(rows, LINKS), {2017: law, 2018: other})
    text = printed(found, result)
    assert "按“过了线 → 吃饱”判定" in text
    assert "2018 年的规则：规则包 test-pack" in text
    assert "没有这一项" in text
    assert printed(replace(found, intervals=[]), result).strip().endswith("只有一个年度，没有变化可说。")


def replace_food(row: dict[str, object]) -> dict[str, object]:
    return {**row, "food_secure": row["household_id"] != "H1"}
