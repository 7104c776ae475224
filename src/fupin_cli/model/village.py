"""The village table (村): one row per village and year."""

from typing import Any, ClassVar

from fupin_cli.model.columns import Count, Key, Number, Presence, Record, Text, Year, YesNo, column


def _number_of(label: str, *aliases: str, unit: str, smallest: int = 0) -> Any:
    return column(label, *aliases, unit=unit, smallest=smallest, largest=1_000_000)


def _collective_income(label: str) -> Any:
    # The unit is part of the label: such a figure without its unit might be in yuan, a ten-thousandth of it.
    return column(f"{label}（万元）", unit="10k-yuan-year", smallest=-100_000, largest=1_000_000)


class Village(Record):
    """An administrative village in one year."""

    TABLE: ClassVar[str] = "village"
    SHEETS: ClassVar[tuple[str, ...]] = ("村", "village")
    KEY: ClassVar[tuple[str, ...]] = ("county", "township", "village")
    NAME: ClassVar[str] = "village"
    PARTS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("poor_population", "rural_population"),
        ("dibao_population", "rural_population"),
        ("tekun_population", "rural_population"),
        ("disabled_population", "rural_population"),
        ("dibao_households", "households"),
        ("unsafe_water_households", "households"),
        ("dangerous_housing_households", "households"),
    )

    village: Key = column("行政村", "村")
    province: Text = column("省")
    county: Key = column("县", "县(市、区、旗)", "县(市、区)", "区县")
    township: Key = column("乡镇", "乡(镇)", "乡")
    year: Year = column("年度", "数据年度")
    poor_village: YesNo = column("贫困村", "是否贫困村")
    rural_population: Count = _number_of("农村户籍人口", "总人口数", unit="person", smallest=1)
    households: Count = _number_of("总户数", unit="household")
    poor_population: Count = _number_of("未脱贫人口", "剩余贫困人口", unit="person")
    collective_income: Number = _collective_income("村级集体经济收入")
    disposable_collective_income: Number = _collective_income("村级集体可支配收入")
    previous_collective_income: Number = _collective_income("上年村级集体经济收入")
    old_area: YesNo = column("老区村")
    planned_exit: YesNo = column("计划出列")
    hamlet_paved_road: YesNo = column("村屯通沥青（水泥）路")
    leading_industries: Count = _number_of("主导产业数", unit="piece")
    business_entities: Count = _number_of("新型农业经营主体数", unit="piece")
    paved_road: YesNo = column("到乡镇通沥青（水泥）路", "到乡镇是否通沥青（水泥）路")
    clinic: Presence = column("卫生室", "行政村卫生室个数")
    culture_centre: Presence = column("综合性文化服务中心")
    exited: YesNo = column("已出列", "是否出列")

    primary_schools: Count = _number_of("村小学（个数）", "村小学个数", "村小学", unit="piece")
    bus_service: YesNo = column("通客运班车", "是否通客运班车")
    doctors: Count = _number_of("执业（助理）医师（人）", "行政村执业（助理）医师（人）", "执业（助理）医师", unit="person")
    public_toilets: Count = _number_of("公共卫生厕所个数", "行政村公共卫生厕所个数", unit="piece")
    culture_rooms: Count = _number_of(
        "文化（图书）室个数", "行政村文化（图书）室个数", "行政村文化（图书）室个数（个）", unit="piece"
    )
    dibao_households: Count = _number_of("低保户数", unit="household")
    dibao_population: Count = _number_of("低保人口数", unit="person")
    tekun_population: Count = _number_of("特困供养人口数", unit="person")
    disabled_population: Count = _number_of("残疾人口数", unit="person")
    unsafe_water_households: Count = _number_of("未实现饮水安全户数", unit="household")
    dangerous_housing_households: Count = _number_of("危房户数", unit="household")
