"""The archive table (档案): one row per document that a household's, village's or team's file should hold.

A document that is entered twice is a finding of the pack that has the list, not a row without a subject: the file it belongs to
is known.
"""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from fupin_cli.model import codes
from fupin_cli.model.columns import Key, Record, Year, YesNo, column
from fupin_cli.model.values import one_of


class Archive(Record):
    """A document in somebody's file."""

    TABLE: ClassVar[str] = "archive"
    SHEETS: ClassVar[tuple[str, ...]] = ("档案", "archive")
    KEY: ClassVar[tuple[str, ...]] = ("subject_kind", "subject_id", "material")
    REPEATS: ClassVar[bool] = True

    subject_kind: Annotated[str | None, BeforeValidator(one_of(codes.SUBJECT_KIND))] = column("对象类型")
    subject_id: Key = column("对象编号")
    year: Year = column("年度", "数据年度")
    material: Key = column("材料")
    required: YesNo = column("应有")
    complete: YesNo = column("是否齐全", "齐全")
