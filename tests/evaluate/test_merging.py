"""The results of several workbooks as one."""

from decimal import Decimal
from typing import Any

import pyarrow as pa

from fupin_cli.evaluate.merging.joined import joined
from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import SheetRef, Table

_NO_STANDARD: Any = None


def _result(**columns: pa.Array) -> StandardResult:
    rows = len(columns["outcome"])
    places = pa.table({"_sheet": pa.array([0] * rows, pa.int32()), "_row": pa.array(range(2, 2 + rows), pa.int32())})
    subject = Table("county", places, [SheetRef(0, "县", {})])
    return StandardResult(_NO_STANDARD, subject, pa.table(columns), {}, {}, {})


def test_a_column_has_the_type_that_holds_what_stands_in_any_workbook() -> None:
    said = pa.array(["withdraw"])
    nothing = _result(outcome=said, share=pa.nulls(1, pa.int32()), day=pa.nulls(1, pa.int32()))
    coarse = _result(outcome=said, share=pa.array([Decimal("1.5")], pa.decimal128(4, 1)), day=pa.nulls(1, pa.int32()))
    fine = _result(outcome=said, share=pa.array([Decimal("2.25")], pa.decimal128(18, 6)), day=pa.nulls(1, pa.int32()))
    for order in ([nothing, coarse, fine], [fine, coarse, nothing]):
        whole = joined(order).data
        # Where nothing stands in any of them, the type is the one that the engine made up, as over all sheets at once.
        assert whole.schema.types == [pa.string(), pa.decimal128(18, 6), pa.int32()]
        assert sorted(filter(None, whole.column("share").to_pylist())) == [Decimal("1.5"), Decimal("2.25")]


def test_a_column_that_not_every_workbook_has_is_blank_or_no_in_the_others() -> None:
    least = _result(outcome=pa.array(["withdraw"]))
    most = _result(
        outcome=pa.array(["refuse", "withdraw"]),
        **{
            "margin.incidence": pa.array([1, 2]),
            "missing.year": pa.array([True, False]),
            "conflict.year": pa.array([False, True]),
        },
    )
    whole = joined([least, most]).data
    assert whole.column("margin.incidence").to_pylist() == [None, 1, 2]
    assert whole.column("missing.year").to_pylist() == [False, True, False]
    assert whole.column("conflict.year").to_pylist() == [False, False, True]
    assert whole.column_names[-1] == "missing.year"
