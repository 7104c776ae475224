"""The totals table (年度总数): what a document declares of a year's roster, as a whole or of one village."""

from typing import ClassVar

from fupin_cli.model.columns import Count, Key, Record, Text, Year, column


class Totals(Record):
    """The totals that a document declares of a year; of one village where it names one."""

    TABLE: ClassVar[str] = "totals"
    SHEETS: ClassVar[tuple[str, ...]] = ("年度总数", "totals")
    KEY: ClassVar[tuple[str, ...]] = ("village",)
    #: Two documents may each declare a year's totals.
    REPEATS: ClassVar[bool] = True
    #: Without a column of villages it is the whole roster that the totals are about.
    SPARED: ClassVar[frozenset[str]] = frozenset({"village"})

    village: Key = column("行政村", "村")
    year: Year = column("年度", "数据年度")
    households: Count = column("户数", unit="household", smallest=0, largest=100_000_000)
    people: Count = column("人数", unit="person", smallest=0, largest=1_000_000_000)
    exited_households: Count = column("脱贫户数", unit="household", smallest=0, largest=100_000_000)
    exited_people: Count = column("脱贫人数", "脱贫人口数", unit="person", smallest=0, largest=1_000_000_000)
    document: Text = column("依据文件", "文件")
