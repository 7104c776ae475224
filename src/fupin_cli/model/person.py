"""The person table (人): one row per member of a household."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from fupin_cli.model import codes
from fupin_cli.model.columns import (
    Benefit,
    Count,
    Day,
    IdNumber,
    Items,
    Key,
    Month,
    Number,
    Phone,
    Record,
    Text,
    Year,
    YesNo,
    column,
)
from fupin_cli.model.values import one_of, several_of


class Person(Record):
    """A member of a household in one year."""

    TABLE: ClassVar[str] = "person"
    SHEETS: ClassVar[tuple[str, ...]] = ("人", "person")
    KEY: ClassVar[tuple[str, ...]] = ("person_id",)
    NAME: ClassVar[str] = "name"

    person_id: Key = column("人编号", "人口编号")
    household_id: Key = column("户编号", "户编码")
    year: Year = column("年度", "数据年度")
    name: Text = column("姓名")
    id_type: Text = column("证件类型")
    id_number: IdNumber = column("证件号码", "身份证号", sensitive=True)
    relation: Annotated[str | None, BeforeValidator(one_of(codes.RELATION))] = column("与户主关系")
    sex: Annotated[str | None, BeforeValidator(one_of(codes.SEX))] = column("性别")
    birth_date: Day = column("出生日期")
    ethnicity: Text = column("民族")
    political_status: Text = column("政治面貌")
    identified_month: Month = column("人员识别时间")
    education: Annotated[str | None, BeforeValidator(one_of(codes.EDUCATION))] = column("文化程度")
    school_status: Annotated[str | None, BeforeValidator(one_of(codes.SCHOOL_STATUS))] = column("在校生状况")
    health: Annotated[str | None, BeforeValidator(several_of(codes.HEALTH))] = column("健康状况")
    labour_skill: Annotated[str | None, BeforeValidator(one_of(codes.LABOUR_SKILL))] = column("劳动技能", "劳动能力")
    months_worked: Number = column("务工时间（月）", "务工时间", unit="month", smallest=0, largest=120)
    workplace: Text = column("务工所在地")
    work_status: Text = column("务工状况")
    works_abroad: YesNo = column("国外务工", "是否国外务工")
    employer: Text = column("务工企业名称")
    employment_channel: Text = column("就业渠道")
    industry_class: Text = column("产业分类")
    public_post: Items = column("公益性岗位", "公益性岗位类型")
    public_post_months: Number = column("公益性岗位（月数）", "公益性岗位月数", unit="month", smallest=0, largest=120)
    basic_medical: YesNo = column(
        "参加基本医疗保险", "是否参加城乡居民基本医疗保险", "是否参加新型农村合作医疗（城乡居民基本医疗保险）"
    )
    employee_medical: YesNo = column("是否参加城镇职工基本医疗保险", "参加城镇职工基本医疗保险")
    commercial_medical: YesNo = column("参加商业补充医疗保险", "是否参加商业补充医疗保险")
    medical_assistance: YesNo = column("接受医疗救助", "是否接受医疗救助", "是否接受大病医疗救助")
    other_health_support: YesNo = column("接受其他健康扶贫", "是否接受其他健康扶贫")
    serious_illness_insurance: YesNo = column("参加大病保险", "参加大病医疗", "是否参加大病保险")
    dropout_reason: Annotated[str | None, BeforeValidator(one_of(codes.DROPOUT_REASON))] = column(
        "失学或辍学原因", "义务教育阶段未上学原因"
    )
    phone: Phone = column("联系电话", "人联系电话", "成员联系电话", sensitive=True)
    disability_category: Text = column("残疾类别")
    disability_grade: Annotated[str | None, BeforeValidator(one_of(codes.DISABILITY_GRADE))] = column("残疾等级")
    disability_certificate_year: Year = column("残疾证办证年度")
    second_generation_certificate: YesNo = column("第二代残疾人证")
    incapacitated: YesNo = column("失能")
    employed: YesNo = column("就业")
    pension: YesNo = column("参加养老保险", "是否参加城乡居民基本养老保险")
    employee_pension: YesNo = column("参加城镇职工基本养老保险", "是否参加城镇职工基本养老保险")
    dibao: Benefit = column("本人享受低保", "是否享受低保", "享受低保政策情况")
    tekun: Benefit = column("本人特困供养", "是否特困供养人员", "享受特困供养政策情况")
    speaks_mandarin: YesNo = column("会讲普通话", "是否会讲普通话")
    change_reason: Annotated[str | None, BeforeValidator(one_of(codes.CHANGE_REASON))] = column("人口变更原因")
    age: Count = column("年龄", "周岁", unit="year-of-age", smallest=0, largest=130)
