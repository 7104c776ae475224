"""The reconcile table (勾稽): one row per declared figure and what it should agree with."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from fupin_cli.model import codes
from fupin_cli.model.columns import Number, Record, Text, column
from fupin_cli.model.values import one_of

_LARGEST = 999_999_999_999


def _figure(label: str, *, smallest: int = -_LARGEST) -> Any:
    return column(label, smallest=smallest, largest=_LARGEST)


class Reconcile(Record):
    """A declared figure and its parts; the same figure may be checked in more than one way."""

    TABLE: ClassVar[str] = "reconcile"
    SHEETS: ClassVar[tuple[str, ...]] = ("勾稽", "reconcile")
    KEY: ClassVar[tuple[str, ...]] = ("item",)
    REPEATS: ClassVar[bool] = True
    NAME: ClassVar[str] = "item"

    item: Text = column("项目")
    declared: Number = _figure("申报数")
    comparison: Annotated[str | None, BeforeValidator(one_of(codes.COMPARISON))] = column("关系")
    parts: Text = column("组成")
    unit: Text = column("单位")
    tolerance: Number = _figure("容差", smallest=0)
