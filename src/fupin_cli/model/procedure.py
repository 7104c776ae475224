"""The procedure table (程序): one row per step that a household, village or county has taken."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from fupin_cli.model import codes
from fupin_cli.model.columns import Day, Key, Record, Text, Year, column
from fupin_cli.model.values import one_of


class Procedure(Record):
    """A dated step of a procedure."""

    TABLE: ClassVar[str] = "procedure"
    SHEETS: ClassVar[tuple[str, ...]] = ("程序", "procedure")
    KEY: ClassVar[tuple[str, ...]] = ("subject_kind", "subject_id", "step")
    # A step that stands twice is a finding about the procedure, not a row that nobody can place.
    REPEATS: ClassVar[bool] = True

    subject_kind: Annotated[str | None, BeforeValidator(one_of(codes.SUBJECT_KIND))] = column("对象类型")
    subject_id: Key = column("对象编号")
    #: In a file with one year it need not be said.
    year: Year = column("年度", "数据年度")
    step: Text = column("步骤")
    step_date: Day = column("日期")
    evidence: Text = column("依据材料")
