"""The support table (帮扶): one row per measure for a household; a measure may be paid out several times a year."""

from typing import ClassVar

from fupin_cli.model.columns import Day, Key, Number, Record, Year, YesNo, column


class Support(Record):
    """A support measure for a household."""

    TABLE: ClassVar[str] = "support"
    SHEETS: ClassVar[tuple[str, ...]] = ("帮扶", "support")
    KEY: ClassVar[tuple[str, ...]] = ("household_id", "measure")
    REPEATS: ClassVar[bool] = True

    household_id: Key = column("户编号", "户编码")
    year: Year = column("年度", "数据年度")
    measure: Key = column("措施", "帮扶措施")
    amount: Number = column("金额", unit="yuan", smallest=0, largest=100_000_000)
    entitled: YesNo = column("应享受")
    delivered: YesNo = column("已落实")
    delivered_date: Day = column("落实日期")
