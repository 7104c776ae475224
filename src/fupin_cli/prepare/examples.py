"""The example row of a template: a made-up case that a reader of tables skips.

Everybody in it is invented: area code 349900 belongs to no county, names begin with 样.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from fupin_cli.model.columns import Column
from fupin_cli.model.tables import fields

Example = str | int | Decimal | date | None

#: The first cell of the row begins with it; readers of tables know it by that.
MARK = "示例："

_HOUSEHOLD, _YEAR, _DAY = "34990000001", 2018, date(2018, 12, 3)
_PLACES: Mapping[str, Example] = {
    "province": "样省", "city": "样市", "county": "样县", "township": "样乡", "village": "样村", "villager_group": "样组",
    "household_id": _HOUSEHOLD,
}  # fmt: skip
#: What stands in the example where the field's form and unit do not say enough.
_OWN: Mapping[str, Mapping[str, Example]] = {
    "household": {
        "head_name": "样甲", "head_id_number": "349900197001010014", "household_size": 4,
        "identification_standard": "国家标准", "poverty_status": "预脱贫", "exit_year": None, "main_cause": "因病",
        "second_cause": "缺技术", "third_cause": None, "not_exited_reason": None, "monitoring_type": None,
        "risk_identified_month": None, "risk_removed": None, "risk_removed_month": None, "risk_removal_way": None,
        "risk_1": None, "risk_2": None, "risk_3": None, "risk_4": None, "risk_5": None, "first_identified_month": "2014-04",
        "wage_income": Decimal(12000), "business_income": Decimal(6000), "property_income": Decimal(500),
        "transfer_income": Decimal(1500), "business_expense": Decimal(2000), "asset_income": Decimal(500),
        "other_property_income": Decimal(0), "family_planning_payment": Decimal(0), "dibao_payment": Decimal(0),
        "tekun_payment": Decimal(0), "pension_payment": Decimal(1000), "ecological_payment": Decimal(500),
        "other_transfer_income": Decimal(0), "annual_income": Decimal(18000), "income_per_capita": Decimal(4500),
        "disposable_income_per_capita": Decimal(4500), "housing_grade": "B", "dangerous_housing": "否",
        "water_difficult": "否", "road_distance": Decimal("0.5"), "living_space": Decimal(100), "farmland": Decimal("6.5"),
        "forest_land": Decimal(10), "dibao_class": "无", "receives_tekun": "否", "disabled_household": "否",
        "lives_alone_elderly": "否", "illness_burden": "否", "deep_poverty": "否", "address": "样县样乡样村1号",
        "dibao": "否", "dibao_area": None, "industry_support": "种植业,养殖业", "employment_support": "技能培训",
        "loan_wanted": "否", "loan_amount": None, "inpatient_cost": None, "inpatient_self_paid": None, "dropout_child": "否",
        "uninsured_member": "否", "dropout_disabled": "否", "exclusion_items": "无", "review_date": date(2018, 11, 5),
        "verified_date": date(2018, 11, 8), "agreed_date": date(2018, 11, 9), "notice_start": date(2018, 11, 12),
        "notice_end": date(2018, 11, 20), "notice_objection": "否", "announced_date": date(2018, 12, 3),
        "deregistered_date": date(2018, 12, 10),
    },
    "person": {
        "person_id": "3499000000101", "name": "样甲", "id_type": "居民身份证", "id_number": "349900197001010014",
        "relation": "户主", "birth_date": date(1970, 1, 1), "ethnicity": "汉族", "political_status": "群众",
        "education": "初中", "school_status": None, "health": "长期慢性病,残疾", "labour_skill": "普通劳动力",
        "months_worked": Decimal(8), "workplace": "样县", "work_status": "县内务工", "works_abroad": "否", "employer": "样厂",
        "public_post": "无", "public_post_months": None, "employee_medical": "否", "commercial_medical": "否",
        "dropout_reason": None, "disability_category": "肢体", "disability_grade": "四级", "incapacitated": "否",
        "employee_pension": "否", "dibao": "否", "tekun": "否", "change_reason": None,
        "identified_month": "2014-04", "disability_certificate_year": 2016,
    },
    "village": {
        "rural_population": 1200, "households": 320, "poor_population": 18, "collective_income": Decimal("8.5"),
        "disposable_collective_income": Decimal("6.2"), "previous_collective_income": Decimal("5.3"), "exited": "否",
        "old_area": "否", "leading_industries": 2, "business_entities": 3, "primary_schools": 1, "doctors": 1,
        "public_toilets": 2, "culture_rooms": 1, "dibao_households": 12, "dibao_population": 25, "tekun_population": 3,
        "disabled_population": 20, "unsafe_water_households": 0, "dangerous_housing_households": 0,
    },
    "county": {
        "rural_population": 280000, "poor_population": 3100, "poor_villages": 46, "exited_villages": 46,
        "income_growth": Decimal("9.8"), "province_income_growth": Decimal("9.1"), "exited_population": 42000,
        "unregistered_population": 235000, "exited_sampled": 2100, "wrongly_exited": 12, "unregistered_surveyed": 2000,
        "missed_people": 9, "households_surveyed": 1100, "approving_households": 1053, "services_met": 18,
        "services_total": 19, "self_check_date": date(2018, 11, 20), "dynamic_management_date": date(2018, 10, 8),
        "works_completed_date": date(2018, 11, 30), "applied_date": date(2018, 12, 10),
        "city_reviewed_date": date(2018, 12, 28), "province_verified_date": date(2019, 3, 20),
        "evaluation_date": date(2019, 3, 25), "notice_start": date(2019, 4, 8), "notice_end": date(2019, 4, 15),
        "notice_objection": "否", "opinion_date": date(2019, 4, 20), "spot_check_date": date(2019, 6, 10),
        "special_report_date": None, "approved_date": date(2019, 6, 25), "ratified_date": date(2019, 7, 5),
        "announced_date": date(2019, 7, 8),
    },
    "procedure": {"subject_id": _HOUSEHOLD, "step": "民主评议", "evidence": "评议会议记录"},
    "support": {"measure": "产业帮扶", "amount": Decimal(4000)},
    "township": {"fund_problem": "否", "adverse_impact_investigated": "否", "help_unit": "样局"},
    "team": {
        "month": 10, "first_secretary_days": 22, "leader_visits": 1, "deputy_leader_visits": 4, "help_funds": Decimal("1.5"),
    },
    "survey": {"household_size": 4, "wrongly_exited": 0, "missed_people": 0},
    "service": {
        "service_field": "医疗卫生", "indicator": "样指标", "county_value": Decimal("3.2"), "province_mean": Decimal("3.1"),
        "tolerance": Decimal("0.1"),
    },
    "archive": {"subject_id": _HOUSEHOLD, "material": "帮扶手册"},
    "fund": {
        "project": "样项目", "source": "县级财政", "planned": Decimal(50), "received": Decimal(50), "spent": Decimal("46.5"),
        "beneficiaries": 120,
    },
    "reconcile": {
        "item": "样村历年脱贫户数", "declared": "28", "parts": "8+13+3+1+3", "unit": "户", "tolerance": Decimal(0),
    },
    "totals": {"households": 128, "people": 412, "exited_households": 36, "exited_people": 121, "document": "样县脱贫工作总结"},
}  # fmt: skip
_BY_FORM: Mapping[str, Example] = {
    "yes-no": "是", "date": _DAY, "month": "2018-12", "year": _YEAR, "number": Decimal(1000), "count": 1, "items": "无",
    "phone": "10000000001", "text": "样例", "key": "样例", "id-number": "349900197001010014",
}  # fmt: skip


def examples(table: str) -> dict[str, Example]:
    """The values of a table's example row, without the mark that makes it one."""
    own = {**_PLACES, **_OWN[table]}
    return {name: own[name] if name in own else _plain(column) for name, column in fields(table).items()}


def _plain(column: Column) -> Example:
    return column.form.codes[0] if column.form.codes else _BY_FORM[column.form.name]
