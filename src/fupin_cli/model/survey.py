"""The survey table (抽样): one row per household or official who was asked."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from fupin_cli.model import codes
from fupin_cli.model.columns import Count, Key, Record, Year, YesNo, column
from fupin_cli.model.values import one_of


def _people(label: str, *, smallest: int = 0) -> Any:
    return column(label, unit="person", smallest=smallest, largest=50)


class Survey(Record):
    """A sampled household."""

    TABLE: ClassVar[str] = "survey"
    SHEETS: ClassVar[tuple[str, ...]] = ("抽样", "survey")
    KEY: ClassVar[tuple[str, ...]] = ("county", "village", "household_id")
    PARTS: ClassVar[tuple[tuple[str, str], ...]] = (("wrongly_exited", "household_size"), ("missed_people", "household_size"))

    county: Key = column("县", "县(市、区、旗)", "县(市、区)", "区县", "县名称")
    township: Key = column("乡镇", "乡(镇)", "乡")
    village: Key = column("行政村", "村")
    household_id: Key = column("户编号", "户编码")
    year: Year = column("年度", "数据年度")
    sample_group: Annotated[str | None, BeforeValidator(one_of(codes.SAMPLE_GROUP))] = column("组别")
    household_size: Count = _people("户人口", smallest=1)
    wrongly_exited: Count = _people("错退人口")
    missed_people: Count = _people("漏评人口")
    approves: YesNo = column("是否认可", "认可")
