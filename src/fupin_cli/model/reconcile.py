"""The reconcile table (勾稽): one row per declared figure and what it should agree with."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from fupin_cli.model import codes
from fupin_cli.model.cells import Kind
from fupin_cli.model.columns import Number, Record, Text, column
from fupin_cli.model.readers import Cell, unreadable
from fupin_cli.model.text import trim
from fupin_cli.model.values import Form, ValueType, one_of

_LARGEST = 999_999_999_999
#: Digits that a spreadsheet keeps of a number.
_KEPT = 15


def _read_figure(cell: Cell) -> str | None:
    """A figure or a sum as it is written, with its units and last digits; a spreadsheet's own number as it shows it."""
    if cell.kind in (Kind.DATE, Kind.BOOL):
        # 8/22 typed into a spreadsheet is the 22nd of August before anybody notices.
        raise unreadable("figure-is-date")
    if cell.kind is Kind.NUMBER:
        digits = cell.text.lstrip("-").removesuffix("%").replace(".", "")
        if len(digits) > _KEPT or not digits.isdigit():
            raise unreadable("number-too-long")
    return trim(cell.text)


_FIGURE = Form("text", ValueType.TEXT, _read_figure)
Figure = Annotated[str | None, BeforeValidator(_FIGURE)]


class Reconcile(Record):
    """A declared figure and its parts; the same figure may be checked in more than one way."""

    TABLE: ClassVar[str] = "reconcile"
    SHEETS: ClassVar[tuple[str, ...]] = ("勾稽", "reconcile")
    KEY: ClassVar[tuple[str, ...]] = ("item",)
    REPEATS: ClassVar[bool] = True
    NAME: ClassVar[str] = "item"

    item: Text = column("项目")
    declared: Figure = column("申报数")
    comparison: Annotated[str | None, BeforeValidator(one_of(codes.COMPARISON))] = column("关系")
    parts: Figure = column("组成")
    unit: Text = column("单位")
    tolerance: Number = column("容差", smallest=0, largest=_LARGEST)
