"""The fund table (资金): one row per project, source and year."""

from typing import Any, ClassVar

from fupin_cli.model.columns import Count, Number, Record, Text, Year, column


def _amount(label: str) -> Any:
    return column(f"{label}（万元）", unit="10k-yuan", smallest=0, largest=1_000_000_000)


class Fund(Record):
    """Money for a project."""

    TABLE: ClassVar[str] = "fund"
    SHEETS: ClassVar[tuple[str, ...]] = ("资金", "fund")
    KEY: ClassVar[tuple[str, ...]] = ("project", "source")
    REPEATS: ClassVar[bool] = True
    NAME: ClassVar[str] = "project"

    project: Text = column("项目")
    year: Year = column("年度", "数据年度")
    source: Text = column("来源", "资金来源")
    planned: Number = _amount("计划")
    received: Number = _amount("到位")
    spent: Number = _amount("支出")
    beneficiaries: Count = column("受益人数", unit="person", smallest=0, largest=100_000_000)
