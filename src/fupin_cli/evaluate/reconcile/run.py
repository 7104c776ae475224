"""Every row of 勾稽: does the declared figure agree with its parts?"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from fupin_cli.evaluate.reconcile.agreement import compare
from fupin_cli.evaluate.reconcile.amounts import Amount, UnitsMixedError
from fupin_cli.evaluate.reconcile.asked import Asked, ask
from fupin_cli.evaluate.reconcile.formula import Call, Item, Minus, Number, Part, calls, parse_formula
from fupin_cli.evaluate.reconcile.roster import Counted, count, years_of
from fupin_cli.evaluate.reconcile.units import Dimension, Unit, unit_of
from fupin_cli.evaluate.reconcile.values import Values
from fupin_cli.model.nearest import nearest
from fupin_cli.model.reconciled import Agreement, Compared, Fault, Gap, Reconciled
from fupin_cli.model.tables import Table, fields
from fupin_cli.model.text import fold
from fupin_cli.rules.scope import ExpressionError

_TABLE = "reconcile"
#: What a row cannot be compared without.
_NEEDED = ("declared", "comparison", "parts")
_AND = re.compile(r"[、,和]")
#: What a row comes to where its numbers come to different ends: the first of these.
_WORST: tuple[Agreement, ...] = ("differs", "undetermined", "agrees")


@dataclass
class _Row:
    """A row on its way: read, asked about, compared."""

    index: int
    given: Mapping[str, Any]
    unit: Unit | None = None
    declared: tuple[Part, ...] = ()
    parts: tuple[Part, ...] = ()
    #: The character at which a call starts → what it asks, and later what it comes to.
    asked: Mapping[int, Asked] | None = None
    counted: Mapping[int, Counted] | None = None
    fault: Fault | None = None


def reconcile(tables: Mapping[str, Table]) -> list[Reconciled]:
    """What comes of each row, in their order."""
    table = tables[_TABLE]
    names = [name for name in fields(_TABLE) if table.has(name)]
    rows = [_Row(index, given) for index, given in enumerate(table.data.select(names).to_pylist())]
    for row in rows:
        _read(row, table, tables)
    _count(rows, tables)
    by_item: dict[str, list[_Row]] = {}
    for row in rows:
        by_item.setdefault(fold(row.given.get("item") or ""), []).append(row)
    return [_compared(row, table, by_item) for row in rows]


def _read(row: _Row, table: Table, tables: Mapping[str, Table]) -> None:
    """Parse what stands in a row."""
    place = "unit"
    try:
        row.unit = _unit(row.given.get("unit"))
        place = "declared"
        row.declared = parse_formula(row.given["declared"]) if row.given.get("declared") else ()
        for part in row.declared:
            _is_number(part)
        place = "parts"
        row.parts = parse_formula(row.given["parts"]) if row.given.get("parts") else ()
        row.asked = {call.offset: _ask(call, tables) for part in row.parts for call in calls(part)}
    except ExpressionError as error:
        row.fault = _fault(error, place, row, table)


def _fault(error: ExpressionError, place: str, row: _Row, table: Table) -> Fault:
    text = str(row.given.get(place) or "")
    position = min(error.offset, len(text)) + 1 if place != "unit" else 0
    return Fault(error.code, error.facts, table.address(row.index, place), position)


def _unit(text: str | None) -> Unit | None:
    """The unit of a row; None for none and for several (户、人), of which each number says which it has."""
    if not text:
        return None
    found = [unit_of(word) for word in _AND.split(text)]
    if None in found:
        raise ExpressionError("unit-unknown", 0, value=text)
    return found[0] if len(found) == 1 else None


def _is_number(part: Part) -> None:
    inner = part.part if isinstance(part, Minus) else part
    if not isinstance(inner, Number):
        raise ExpressionError("declared-not-number", part.offset)


def _ask(call: Call, tables: Mapping[str, Table]) -> Asked:
    asked = ask(call)
    years = years_of(asked, tables)
    if years:
        raise ExpressionError("roster-several-years", call.offset, years="、".join(map(str, years)))
    return asked


def _count(rows: Iterable[_Row], tables: Mapping[str, Table]) -> None:
    """Answer what all rows ask together."""
    questions = [(row, offset, asked) for row in rows if row.fault is None for offset, asked in (row.asked or {}).items()]
    answers: dict[int, dict[int, Counted]] = {}
    for (row, offset, _), answer in zip(questions, count([asked for _, _, asked in questions], tables), strict=True):
        answers.setdefault(row.index, {})[offset] = answer
    for row, _, _ in questions:
        row.counted = answers[row.index]


def _compared(row: _Row, table: Table, by_item: Mapping[str, Sequence[_Row]]) -> Reconciled:
    cells = {name: table.address(row.index, name) for name in fields(_TABLE) if table.has(name)}
    given = {name: str(value) for name, value in row.given.items() if value is not None}
    whole = Reconciled(given.get("item", ""), table.address(row.index), cells, given, "invalid", fault=row.fault)
    if row.fault is not None:
        return whole
    gaps = [gap for name in _NEEDED if (gap := _blank(row, name, table)) is not None]
    gaps += [gap for counted in (row.counted or {}).values() for gap in counted.gaps]
    gaps = list(dict.fromkeys(gaps))
    if any(row.given.get(name) is None for name in _NEEDED):
        return replace(whole, agreement="undetermined", gaps=gaps)
    try:
        compared, missing = _figures(row, table, by_item)
    except ExpressionError as error:
        return replace(whole, fault=_fault(error, "parts", row, table))
    gaps += missing
    ends = {one.agreement for one in compared} | ({"undetermined"} if missing else set())
    agreement = next(end for end in _WORST if end in ends)
    if row.given.get("tolerance") is None and (gap := _blank(row, "tolerance", table)) is not None and gap.reason == "unreadable":
        # A blank tolerance is none; one that cannot be read may be any.
        agreement, gaps = "undetermined", [*gaps, gap]
        compared = [replace(one, agreement=agreement) for one in compared]
    # What is not known is told only where it leaves something open.
    return replace(whole, agreement=agreement, compared=compared, gaps=gaps if agreement == "undetermined" else ())


def _blank(row: _Row, name: str, table: Table) -> Gap | None:
    if row.given.get(name) is not None:
        return None
    address = table.address(row.index, name)
    mask = table.unreadable.get(name)
    unread = mask is not None and mask[row.index].as_py()
    cells = (address,) if address.letter else ()
    return Gap("unreadable" if unread else "blank" if cells else "absent", _TABLE, name, 1, cells)


def _figures(row: _Row, table: Table, by_item: Mapping[str, Sequence[_Row]]) -> tuple[list[Compared], list[Gap]]:
    """Each number of a row beside what its parts come to, and other rows that have no number."""
    if len(row.declared) != len(row.parts):
        facts = {"declared": str(len(row.declared)), "parts": str(len(row.parts))}
        raise ExpressionError("figures-differ-in-number", 0, **facts)
    tolerance = row.given.get("tolerance")
    found: list[Compared] = []
    missing: list[Gap] = []
    for place, (declared, part) in enumerate(zip(row.declared, row.parts, strict=True)):
        lacking: list[Gap] = []

        def item(reference: Item, *, rounded: bool, place: int = place, lacking: list[Gap] = lacking) -> Amount | None:
            return _declared_elsewhere(reference, by_item, place, table, lacking, rounded=rounded)

        counted = {offset: one.amount for offset, one in (row.counted or {}).items()}
        written = _written(declared)
        unit = row.unit or (next(iter(written.values())) if len(written) == 1 else None)
        plain = Values(unit, counted, lambda one: _or_gap(item(one, rounded=False)))
        wide = replace(plain, item=lambda one: _or_gap(item(one, rounded=True)), rounded=True)
        try:
            computed, reach = plain.of(part), wide.of(part)
        except _LackingError:
            missing += lacking
            continue
        said, said_reach = plain.of(declared), replace(wide, whole=True).of(declared)
        units = (unit, written)
        limit = Fraction(tolerance) if tolerance is not None else None
        try:
            both = compare(said, computed, (said_reach, reach), str(row.given["comparison"]), units, limit)
        except UnitsMixedError as error:
            raise ExpressionError("units-mixed", part.offset, first=error.first, second=error.second) from None
        found += [replace(one, place=place) for one in both]
    return found, missing


class _LackingError(Exception):
    """Another row is named that has no declared figure."""


def _or_gap(amount: Amount | None) -> Amount:
    if amount is None:
        raise _LackingError
    return amount


def _declared_elsewhere(
    reference: Item, by_item: Mapping[str, Sequence[_Row]], place: int, table: Table, lacking: list[Gap], *, rounded: bool
) -> Amount | None:
    """The declared figure of another row; None where it has none.

    Raises:
        ExpressionError: there is no such row, or it is written so that it means nothing, or rows of that name differ.
    """
    rows = by_item.get(fold(reference.name), [])
    if not rows or not reference.name:
        names = [str(row.given.get("item")) for found in by_item.values() for row in found if row.given.get("item")]
        raise ExpressionError("item-unknown", reference.offset, name=reference.name, nearest=nearest(reference.name, names))
    blank = [row for row in rows if row.given.get("declared") is None]
    if blank:
        lacking += [gap for row in blank if (gap := _blank(row, "declared", table)) is not None]
        return None
    amounts = []
    for row in rows:
        if not row.declared or (len(row.declared) > 1 and place >= len(row.declared)):
            raise ExpressionError("item-invalid", reference.offset, name=reference.name)
        part = row.declared[place if len(row.declared) > 1 else 0]
        values = Values(row.unit, {}, lambda _: _or_gap(None), rounded=rounded, whole=rounded)
        amounts.append(values.of(part).counted_in(row.unit))
    if any(amount != amounts[0] for amount in amounts):
        raise ExpressionError("item-ambiguous", reference.offset, name=reference.name)
    return amounts[0]


def _written(part: Part) -> dict[Dimension, Unit]:
    """The units that a declared figure is written in."""
    inner = part.part if isinstance(part, Minus) else part
    figures = inner.figures if isinstance(inner, Number) else ()
    return {figure.unit.dimension: figure.unit for figure in figures if figure.unit is not None}
