"""The team table (工作队): one row per village and month of what its help team has done."""

from typing import ClassVar

from fupin_cli.model.columns import Count, Day, Key, MonthOfYear, Number, Record, Year, column


class Team(Record):
    """A village's help team in one month."""

    TABLE: ClassVar[str] = "team"
    SHEETS: ClassVar[tuple[str, ...]] = ("工作队", "team")
    KEY: ClassVar[tuple[str, ...]] = ("county", "township", "village", "month")
    NAME: ClassVar[str] = "village"

    village: Key = column("行政村", "村")
    county: Key = column("县", "县(市、区、旗)", "县(市、区)", "区县")
    township: Key = column("乡镇", "乡(镇)", "乡")
    year: Year = column("年度", "数据年度")
    month: MonthOfYear = column("月份", "月", smallest=1, largest=12)
    first_secretary_days: Count = column("第一书记驻点天数", unit="day", smallest=0, largest=31)
    leader_visits: Count = column("主要领导调研次数", unit="time", smallest=0, largest=1000)
    deputy_leader_visits: Count = column("分管领导调研次数", unit="time", smallest=0, largest=1000)
    help_funds: Number = column("帮扶资金（万元）", unit="10k-yuan", smallest=0, largest=1_000_000)
    funds_received_date: Day = column("到位日期")
