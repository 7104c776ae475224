"""Rows of 勾稽 beside tables made in memory."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from fupin_cli.evaluate.reconcile.run import reconcile
from fupin_cli.model.cells import column_letter
from fupin_cli.model.reconciled import Reconciled, Reconciliation
from fupin_cli.model.tables import ROW, SHEET, SheetRef, Table, arrow_type, fields
from fupin_cli.pipelines.figures import reconcile_files
from fupin_cli.tasks import Request

Rows = Iterable[Mapping[str, Any]]
Reconcile = Callable[..., list[Reconciled]]


def made(name: str, rows: Rows, **more: Any) -> Table:
    """A table of one sheet, called as the table; its columns are the fields that some row has, in the model's order."""
    rows = list(rows)
    present = [field for field in fields(name) if any(field in row for row in rows)]
    data = {field: pa.array([row.get(field) for row in rows], arrow_type(fields(name)[field].form)) for field in present}
    data[SHEET] = pa.array([0] * len(rows), pa.int32())
    data[ROW] = pa.array(range(2, len(rows) + 2), pa.int32())
    letters = {field: column_letter(place) for place, field in enumerate(present)}
    return Table(name, pa.table(data), [SheetRef(0, name, letters)], **more)


@pytest.fixture(scope="session")
def compare() -> Reconcile:
    """Compare figures, each ``(declared, comparison, parts[, unit[, tolerance]])``, perhaps counted over tables."""

    def run(*figures: tuple[str | None, ...], **tables: Rows | Table) -> list[Reconciled]:
        names = ("declared", "comparison", "parts", "unit", "tolerance")
        rows = [dict(zip(names, figure, strict=False)) | {"item": f"项{place}"} for place, figure in enumerate(figures, 1)]
        for row in rows:
            row["tolerance"] = Decimal(row["tolerance"]) if row.get("tolerance") is not None else None
        given = {name: rows if isinstance(rows, Table) else made(name, rows) for name, rows in tables.items()}
        return reconcile({"reconcile": made("reconcile", [{**dict.fromkeys(names), **row} for row in rows]), **given})

    return run


@pytest.fixture(scope="session")
def sample(samples: Path) -> Callable[[str], Reconciliation]:
    """What comes of a sample; each is read once."""

    @cache
    def reconciled(name: str) -> Reconciliation:
        result, refused = reconcile_files(Request([str(samples / name)]))
        assert not refused
        return result

    return reconciled


@pytest.fixture(scope="session")
def table() -> Callable[..., Table]:
    """A table in memory."""
    return made
