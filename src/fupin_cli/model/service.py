"""The service table (公共服务): one row per indicator of a county's basic public services."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from fupin_cli.model import codes
from fupin_cli.model.columns import Key, Number, Record, Text, Year, column
from fupin_cli.model.values import one_of

#: An indicator may be money, a share or a count in any unit, so only what memory cannot hold exactly is out of bounds.
_LARGEST = 999_999_999_999


def _figure(label: str, *, smallest: int = -_LARGEST) -> Any:
    return column(label, smallest=smallest, largest=_LARGEST)


class Service(Record):
    """An indicator of a county in one year, beside the provincial mean."""

    TABLE: ClassVar[str] = "service"
    SHEETS: ClassVar[tuple[str, ...]] = ("公共服务", "service")
    KEY: ClassVar[tuple[str, ...]] = ("county", "service_field", "indicator")
    NAME: ClassVar[str] = "indicator"

    county: Key = column("县", "县(市、区、旗)", "县(市、区)", "区县", "县名称")
    year: Year = column("年度", "数据年度")
    service_field: Text = column("领域")
    indicator: Text = column("指标")
    county_value: Number = _figure("县值")
    province_mean: Number = _figure("全省均值")
    direction: Annotated[str | None, BeforeValidator(one_of(codes.DIRECTION))] = column("方向")
    tolerance: Number = _figure("接近容差", smallest=0)
