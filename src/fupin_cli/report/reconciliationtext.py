"""Declared figures beside their parts, for machines (``fupin.reconcile/1``) and spreadsheets."""

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from fupin_cli.model.reconciled import Compared, Gap, Reconciled, Reconciliation
from fupin_cli.report.csvtext import csv_row
from fupin_cli.report.numbers import decimal_text, fraction_text, is_decimal
from fupin_cli.report.options import Options
from fupin_cli.report.page import Page
from fupin_cli.report.reconciliation import fault_text, gaps_text, listed, sentence, span_text
from fupin_cli.report.unread import Places, unread_cells, unread_json

SCHEMA = "fupin.reconcile/1"
_BOM = "\ufeff"
#: The columns, by code.
NAMES = ("item", "agreement", "declared", "comparison", "parts", "computed", "difference", "unit", "tolerance", "why", "cell")
#: Columns of numbers that we have worked out.
_NUMBERS = (5, 6)
#: Agreement, why, and the file behind them.
_UNREAD = Places(NAMES.index("agreement"), NAMES.index("why"), len(NAMES))


def reconciliation_json(result: Reconciliation, options: Options) -> Iterator[str]:
    """The report in pieces: one row of the sheet per line."""
    page = Page(result.inputs, options)
    head = {
        "schema": SCHEMA,
        "tool": {"version": result.version},
        "command": "reconcile",
        "inputs": page.sources_json(),
        **unread_json(result.problems, options),
        "problems": [page.problem_json(problem) for problem in result.problems],
        "summary": {"rows": len(result.rows), "agreements": result.counts()},
    }
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "results": ['
    separator = "\n  "
    for row in listed(result, options):
        yield separator + json.dumps(_row(row, page), ensure_ascii=False)
        separator = ",\n  "
    yield "\n ]\n}\n"


def _row(row: Reconciled, page: Page) -> dict[str, Any]:
    fault = row.fault
    return {
        "item": page.safe(row.item),
        "where": page.place_json(row.where),
        "agreement": row.agreement,
        "given": {name: page.safe(text) for name, text in row.given.items() if name != "item"},
        "cells": {name: page.place_json(cell) for name, cell in row.cells.items() if cell.letter},
        "compared": [_compared(one) for one in row.compared],
        "missing": [_gap(gap, page) for gap in row.gaps],
        "fault": None
        if fault is None
        else {
            "code": fault.code,
            "where": page.place_json(fault.where),
            "position": fault.position or None,
            "message": fault_text(fault, page),
        },
    }


def _compared(one: Compared) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "agreement": one.agreement,
        "declared": _number(one.declared),
        "computed": {"low": _number(one.low), "high": _number(one.high)},
        "difference": _number(one.difference),
        "rounded": {"low": _number(one.rounded_low), "high": _number(one.rounded_high)} if one.rounded_low is not None else None,
    }


def _number(value: Fraction | None) -> dict[str, str] | None:
    """A decimal; of a number that ends in no sixth place also the fraction that it is."""
    if value is None:
        return None
    found = {"value": decimal_text(value)}
    return found if is_decimal(value) else found | {"fraction": fraction_text(value)}


def _gap(gap: Gap, page: Page) -> dict[str, Any]:
    field = f"{gap.table}.{gap.name}" if gap.name else gap.table
    return {"field": field, "reason": gap.reason, "count": gap.count, "cells": [page.place_json(cell) for cell in gap.cells]}


def reconciliation_csv(result: Reconciliation, options: Options) -> Iterator[str]:
    """A row for each number that was compared, and for each row that could not be."""
    page = Page(result.inputs, options)
    yield _BOM + csv_row([page.say(f"csv-{name}") for name in (*NAMES, "input", "input-sha256")])
    yield from map(csv_row, unread_cells(result.problems, options, len(NAMES) + 2, _UNREAD))
    for row in listed(result, options):
        compared: Sequence[Compared | None] = row.compared or (None,)
        for one in compared:
            yield csv_row(line_of(row, one, page), _NUMBERS)


def line_of(row: Reconciled, one: Compared | None, page: Page) -> list[str]:
    """A figure as texts in the order of ``NAMES``; then its file and that file's hash."""
    source = page.inputs[row.where.input]
    given = {name: page.safe(row.given.get(name, "")) for name in ("declared", "comparison", "parts", "unit", "tolerance")}
    computed = difference = why = ""
    if one is not None:
        given["declared"], given["unit"] = decimal_text(one.declared), one.unit
        computed = span_text(one, page) if one.exact is None else decimal_text(one.exact)
        difference = decimal_text(one.difference) if one.difference is not None else ""
        why = sentence(row, one, page)
    if row.gaps:
        why = gaps_text(row.gaps, page)
    if row.fault is not None:
        why = fault_text(row.fault, page)
    agreement = page.say(f"agreement-{one.agreement if one is not None else row.agreement}")
    return [
        page.safe(row.item), agreement, given["declared"], given["comparison"], given["parts"], computed, difference,
        given["unit"], given["tolerance"], why, page.safe(str(row.where)), source.path, source.sha256,
    ]  # fmt: skip
