"""The township table (乡镇): one row per township and year."""

from typing import ClassVar

from fupin_cli.model.columns import Key, Record, Text, Year, YesNo, column


class Township(Record):
    """A township in one year."""

    TABLE: ClassVar[str] = "township"
    SHEETS: ClassVar[tuple[str, ...]] = ("乡镇", "township")
    KEY: ClassVar[tuple[str, ...]] = ("county", "township")
    NAME: ClassVar[str] = "township"

    county: Key = column("县", "县(市、区、旗)", "县(市、区)", "区县")
    township: Key = column("乡镇", "乡(镇)", "乡")
    year: Year = column("年度", "数据年度")
    accepted: YesNo = column("验收合格")
    reduction_completed: YesNo = column("减贫任务完成")
    fund_problem: YesNo = column("资金重大问题")
    adverse_impact_investigated: YesNo = column("造成恶劣影响被查处")
    departments_fulfilled: YesNo = column("行业部门履职到位")
    help_unit: Text = column("帮扶单位")
