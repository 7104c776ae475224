"""The archive table (档案): one row per document that a household's, village's or team's file should hold."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from fupin_cli.model import codes
from fupin_cli.model.columns import Key, Record, Text, Year, YesNo, column
from fupin_cli.model.values import one_of


class Archive(Record):
    """A document in somebody's file."""

    TABLE: ClassVar[str] = "archive"
    SHEETS: ClassVar[tuple[str, ...]] = ("档案", "archive")
    KEY: ClassVar[tuple[str, ...]] = ("subject_kind", "subject_id", "material")

    subject_kind: Annotated[str | None, BeforeValidator(one_of(codes.SUBJECT_KIND))] = column("对象类型")
    subject_id: Key = column("对象编号")
    year: Year = column("年度", "数据年度")
    material: Text = column("材料")
    required: YesNo = column("应有")
    complete: YesNo = column("是否齐全", "齐全")
