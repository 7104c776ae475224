"""The registers' exports in their four generations, alone and together: recognised, read whole, and silent where they are silent."""

from decimal import Decimal
from typing import Any

import pytest
from made_sheets import Row, file_of, sheet_of

from fupin_cli.load.tables.build import load_tables
from fupin_cli.load.tables.inspect import inspect_files
from fupin_cli.model.cells import SourceFile
from fupin_cli.model.inputs import Loaded

#: domain.md 1.1 to 1.4, copied.
HEADERS = {
    "register-2014": "县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 劳动技能 务工状况 "
    "务工时间（月） 参加大病医疗 脱贫属性 脱贫年度 贫困户属性 主要致贫原因 危房户 饮水安全 饮水困难 人均纯收入 联系电话",
    "register-2022": "序号 数据日期 县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 劳动技能 "
    "务工时间（月） 是否参加大病保险 致贫原因1 危房户 是否解决安全饮用水 人均纯收入 户联系电话 人联系电话 首次识别时间 人员识别时间 户类型 "
    "易返贫致贫户(监测对象)类型 风险是否消除 风险识别时间 风险消除时间",
    "register-2021": "省 市 县 乡 村 户编号 人口编号 姓名 性别 出生日期 证件类型 证件号码 民族 户联系电话 成员联系电话 年度 与户主关系 文化程度 在校生状况 劳动技能 "
    "务工时间（月） 健康状况 政治面貌 务工企业名称 是否享受低保 是否参加城镇职工基本养老保险 是否参加大病保险 "
    "是否参加新型农村合作医疗（城乡居民基本医疗保险） 是否参加城乡居民基本养老保险 失学或辍学原因 是否会讲普通话 是否参加商业补充医疗保险 是否国外务工 产业分类 "
    "是否接受大病医疗救助 是否接受其他健康扶贫 公益性岗位类型 公益性岗位(月数) 就业渠道 残疾类别 务工所在地 户主姓名 户主证件号码 "
    "是否参加城镇职工基本医疗保险 是否特困供养人员 残疾证办证年度 识别标准",
    "register-2023": "县 乡 村 户编号 证件类型 证件号码 户类型 监测对象类别 与户主关系 性别 出生日期 民族 文化程度 在校生状况 义务教育阶段未上学原因 失学或辍学原因 健康状况 劳动技能 "
    "是否参加城乡居民基本医疗保险 是否参加城镇职工基本医疗保险 是否参加大病保险 是否接受医疗救助 是否参加城乡居民基本养老保险 享受低保政策情况 享受特困供养政策情况 公益性岗位 公益性岗位(月数) "
    "务工所在地 户联系电话 是否危房户 是否解决安全饮用水 是否通生活用电 是否有卫生厕所 入户道路是否硬化 与村主干路距离 住房面积 耕地面积（亩） 林地面积（亩） 工资性收入 生产经营性收入 "
    "转移性收入 合规自付支出 年收入（元） 人均纯收入（元） 识别监测时间 致贫/返贫风险1 致贫/返贫风险2 致贫/返贫风险3 致贫/返贫风险4 致贫/返贫风险5 "
    "是否义务教育阶段适龄儿童少年失学辍学 是否有家庭成员未参加城乡居民（职工）基本医疗保险 产业帮扶 就业帮扶 风险是否已消除 消除监测时间 风险消除方式",
    "register-2023-villages": "县 乡 村 是否出列 总户数 总人口数 村级集体经济收入（万元） 村小学（个数） 是否通客运班车 行政村卫生室个数 行政村执业（助理）医师（人） "
    "行政村公共卫生厕所个数 行政村文化（图书）室个数（个） 低保户数 低保人口数 特困供养人口数 残疾人口数 到乡镇是否通沥青（水泥）路 未实现饮水安全户数 危房户数",
}
HEAD, WIFE = "349900198001010019", "349900198205050020"


def export(layout: str, *people: dict[str, str], titles: int = 0, path: str = "导出.xlsx") -> SourceFile:
    """An export of a generation: its whole header, and for each person the cells that are given."""
    header: Row = HEADERS[layout].split(" ")
    above: list[Row] = [["样县监测对象信息表"], ["导出时间：2023-09-01"]][:titles]
    rows: list[Row] = [[person.get(str(text)) for text in header] for person in people]
    return file_of(sheet_of(*above, header, *rows), path=path)


def person(**more: str) -> dict[str, str]:
    return {
        "户编号": "3499000100010001",
        "姓名": "样甲",
        "证件号码": HEAD,
        "与户主关系": "户主",
        "民族": "汉族",
        "健康状况": "健康",
        **more,
    }


def errors(loaded: Loaded) -> list[Any]:
    return [(problem.code, str(problem.where), problem.value) for problem in loaded.problems if problem.severity == "error"]


@pytest.mark.parametrize("layout", HEADERS)
def test_every_generation_is_recognised_by_its_header(layout: str) -> None:
    cells = {"县": "样县", "村": "样村", "总户数": "90"} if layout.endswith("villages") else person()
    [report] = inspect_files([export(layout, cells)]).files
    assert report.refusal is None
    assert [sheet.layout for sheet in report.sheets] == [layout]
    unknown = [column.header for sheet in report.sheets for column in sheet.columns if column.unused == "unknown"]
    assert unknown == []


@pytest.mark.parametrize("layout", [layout for layout in HEADERS if not layout.endswith("villages")])
def test_an_export_without_its_less_usual_columns_is_still_that_generation(layout: str) -> None:
    texts = HEADERS[layout].split(" ")
    kept: Row = [text for at, text in enumerate(texts) if at % 4 or text in ("户编号", "与户主关系", "证件号码")]
    [report] = inspect_files([file_of(sheet_of(kept, [person().get(str(text)) for text in kept]))]).files
    assert report.sheets[0].layout == layout


def test_generation_a() -> None:
    house = {
        "人数": "2",
        "脱贫属性": "已脱贫",
        "贫困户属性": "一般贫困户",
        "主要致贫原因": "缺发展资金",
        "危房户": "否",
        "饮水安全": "是",
        "人均纯收入": "3100.5",
    }
    loaded = load_tables(
        [
            export(
                "register-2014",
                person(人编号="1", 参加大病医疗="是", **house),
                person(人编号="2", 姓名="样乙", 证件号码=WIFE, 与户主关系="配偶", **house),
            )
        ]
    )
    assert errors(loaded) == []
    [household] = loaded.tables["household"].data.to_pylist()
    assert (household["head_name"], household["household_size"], household["poverty_status"], household["main_cause"]) == (
        "样甲",
        2,
        "已脱贫",
        "缺资金",
    )
    assert (household["dangerous_housing"], household["water_safe"], household["income_per_capita"]) == (
        False,
        True,
        Decimal("3100.5"),
    )
    members = loaded.tables["person"].data.to_pylist()
    assert [(m["name"], m["relation"], m["sex"], m["serious_illness_insurance"]) for m in members] == [
        ("样甲", "户主", "男", True),
        ("样乙", "配偶", "女", None),
    ]
    assert not loaded.tables["household"].has("food_secure")
    assert not loaded.tables["household"].has("clothing_secure")


def test_generation_b_keeps_the_two_telephones_apart() -> None:
    cells = person(
        人编号="1",
        户联系电话="10000000001",
        人联系电话="10000000002",
        户类型="脱贫户",
        是否解决安全饮用水="是",
        数据日期="2022-12-31",
    )
    loaded = load_tables([export("register-2022", cells)])
    assert errors(loaded) == []
    assert loaded.tables["person"].data.column("phone").to_pylist() == ["10000000002"]
    assert loaded.tables["household"].data.column("water_safe").to_pylist() == [True]


def test_generation_c_has_year_birth_date_and_the_head_in_columns_of_their_own() -> None:
    cells = person(
        人口编号="1", 年度="2021", 性别="男", 出生日期="1980-01-01", 户主姓名="样甲", 户主证件号码=HEAD, 识别标准="国家标准"
    )
    loaded = load_tables([export("register-2021", cells)])
    assert errors(loaded) == []
    [household] = loaded.tables["household"].data.to_pylist()
    assert (household["year"], household["head_name"], household["head_id_number"], household["identification_standard"]) == (
        2021,
        "样甲",
        HEAD,
        "国家标准",
    )


def test_generation_d_has_its_header_on_row_3_and_dates_with_a_point() -> None:
    house = {
        "是否危房户": "否",
        "是否解决安全饮用水": "是",
        "工资性收入": "12000",
        "年收入（元）": "15000",
        "人均纯收入（元）": "7500",
        "识别监测时间": "202105",
    }
    people = [
        person(性别="男", 出生日期="19800101.0", 义务教育阶段未上学原因="", **house),
        person(证件号码=WIFE, 与户主关系="配偶", 性别="女", 出生日期="19820505", **house),
    ]
    loaded = load_tables([export("register-2023", *people, titles=2)])
    assert errors(loaded) == []
    [sheet] = loaded.inputs[0].sheets
    assert (sheet.table, sheet.header_row, sheet.rows.read, sheet.rows.skipped) == ("household+person", 3, 4, 2)
    [household] = loaded.tables["household"].data.to_pylist()
    assert (household["household_id"], household["wage_income"], household["income_per_capita"]) == (
        "3499000100010001",
        12000,
        7500,
    )
    assert [str(day) for day in loaded.tables["person"].data.column("birth_date").to_pylist()] == ["1980-01-01", "1982-05-05"]


def test_generation_d_with_two_reasons_for_one_child_leaves_the_reason_open() -> None:
    cells = person(义务教育阶段未上学原因="因病", 失学或辍学原因="因残")
    loaded = load_tables([export("register-2023", cells)])
    assert loaded.tables["person"].data.column("dropout_reason").to_pylist() == [None]
    assert [code for code, *_ in errors(loaded)] == ["sources-disagree"]


def test_the_workbooks_of_generation_d_together() -> None:
    members = export(
        "register-2023", person(出生日期="19800101"), person(证件号码=WIFE, 与户主关系="配偶"), titles=2, path="监测对象信息.xlsx"
    )
    village = {
        "县": "样县",
        "乡": "样乡",
        "村": "样村",
        "是否出列": "是",
        "总户数": "90",
        "总人口数": "300",
        "村级集体经济收入（万元）": "5.5",
        "行政村卫生室个数": "1",
        "危房户数": "0",
    }
    villages = export("register-2023-villages", village, titles=2, path="行政村信息.xlsx")
    #: The third joins by other words for the place, and by 户编号 and 证件号码.
    header: Row = [
        "县(市、区、旗)",
        "乡(镇)",
        "行政村",
        "户编号",
        "姓名",
        "证件号码",
        "务工企业名称",
        "务工时间（月）",
        "就业渠道",
    ]
    work = file_of(
        sheet_of(
            ["务工情况"], ["导出时间"], header, ["样县", "样乡", "样村", "3499000100010001", "样乙", WIFE, "样厂", "7", "其他"]
        ),
        path="务工.xlsx",
    )
    loaded = load_tables([members, villages, work])
    assert errors(loaded) == []
    assert set(loaded.tables) == {"household", "person", "village"}
    assert loaded.tables["household"].data.num_rows == 1
    assert loaded.tables["person"].data.column("months_worked").to_pylist() == [None, 7]
    assert loaded.tables["person"].data.column("name").to_pylist()[1] == "样乙"
    [found] = loaded.tables["village"].data.to_pylist()
    assert (found["village"], found["exited"], found["households"], found["collective_income"], found["clinic"]) == (
        "样村",
        True,
        90,
        Decimal("5.5"),
        True,
    )
    assert [(s.rows.read, s.rows.decided, s.rows.skipped) for s in loaded.inputs] == [(4, 2, 2), (3, 1, 2), (3, 1, 2)]


@pytest.mark.parametrize(
    ("header", "ten_thousands"),
    [("村级集体经济收入（万元）", "5.5"), ("村级集体经济收入（元）", "0.00055"), ("村级集体经济收入（元/年）", "0.00055")],
)
def test_a_field_whose_label_states_a_unit_may_be_given_in_another(header: str, ten_thousands: str) -> None:
    villages = file_of(sheet_of(["县", "村", "年度", "总户数", header], ["样县", "样村", "2018", "90", "5.5"]))
    [found] = load_tables([villages]).tables["village"].data.to_pylist()
    # Six decimals are kept.
    assert found["collective_income"] == Decimal(ten_thousands)
