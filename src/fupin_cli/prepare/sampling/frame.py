"""From which households is drawn? Every one of the year that can be named, once; whoever is left out is told."""

import hashlib
import json
from collections.abc import Iterator, Sequence

from fupin_cli.errors import InputRefused, UsageRefused
from fupin_cli.model.problem import Problem
from fupin_cli.model.sample import PLACES, Design, Frame, Unit, group_of
from fupin_cli.model.tables import Table

_KEY, _YEAR, _STATUS = "household_id", "year", "poverty_status"
_TABLE = "household"
#: Cells named in one problem.
_CELLS = 6


def frame_of(table: Table, year: int | None, design: Design) -> tuple[Frame, list[Problem]]:
    """The households of a year, the latest one unless told otherwise, and who is not among them for want of what.

    Raises:
        UsageRefused: there is nobody in that year, or of that group.
        InputRefused: nobody can be named, or a cluster is to be drawn and somebody's is not known.
    """
    years = table.data.column(_YEAR).to_pylist() if table.has(_YEAR) else [None] * table.data.num_rows
    known = sorted({found for found in years if found is not None})
    chosen = year if year is not None or not known else known[-1]
    if year is not None and year not in known:
        raise UsageRefused("sample-year-unknown", year=year, years="、".join(map(str, known)) or "-")
    rows = [index for index, found in enumerate(years) if found == chosen]
    undated = [index for index, found in enumerate(years) if found is None and chosen is not None]
    units = list(_units(table, rows))
    ungrouped = [index for index, unit in zip(rows, units, strict=True) if unit.group is None] if design.group is not None else []
    units, rows = _of_group(units, rows, design.group)
    unnamed = [index for index, unit in zip(rows, units, strict=True) if not unit.household_id]
    named = [unit for unit in units if unit.household_id]
    if not named:
        raise InputRefused("sample-nobody-named")
    lost = [unit for unit in named if design.clusters and part(unit, design.clusters)[-1] is None]
    if lost:
        raise InputRefused("sample-cluster-unknown", count=len(lost), cells=_cells([str(unit.where) for unit in lost]))
    problems = [
        *_others(table, years, chosen),
        *_told("sample-without-year", table, undated, _YEAR),
        *_told("sample-without-group", table, ungrouped, _STATUS),
        *_told("sample-without-number", table, unnamed, _KEY),
        *_odd(table, named, design),
    ]
    return Frame(named, chosen, fingerprint(named, design)), problems


def _of_group(units: Sequence[Unit], rows: Sequence[int], group: str | None) -> tuple[list[Unit], list[int]]:
    """The households of a group, and their rows."""
    chosen = [(unit, row) for unit, row in zip(units, rows, strict=True) if group is None or unit.group == group]
    if units and not chosen:
        raise UsageRefused(
            "sample-group-empty", group=group, groups="、".join(sorted({u.group for u in units if u.group})) or "-"
        )
    return [unit for unit, _ in chosen], [row for _, row in chosen]


def part(unit: Unit, places: Sequence[str]) -> tuple[str | None, ...]:
    """The part of the frame, by these places, to which a household belongs."""
    return tuple(unit.place[PLACES.index(name)] for name in places)


def fingerprint(units: Sequence[Unit], design: Design) -> str:
    """The hash of everything that decides the draw beside its seed and size: a line for each household, sorted."""
    rows = (
        json.dumps([unit.household_id, part(unit, design.strata), part(unit, design.clusters)], ensure_ascii=False)
        for unit in units
    )
    return hashlib.sha256("".join(f"{row}\n" for row in sorted(rows)).encode("utf-8", "surrogatepass")).hexdigest()


def _units(table: Table, rows: Sequence[int]) -> Iterator[Unit]:
    names = (*PLACES, _KEY, "villager_group", "head_name", "address", "household_size", "poverty_status", "registered")
    values = {name: table.data.column(name).to_pylist() if table.has(name) else None for name in names}

    for index in rows:
        one = {name: found[index] if found is not None else None for name, found in values.items()}
        yield Unit(
            household_id=one[_KEY] or "",
            place=tuple(one[name] for name in PLACES),
            where=table.address(index),
            villager_group=one["villager_group"],
            head_name=one["head_name"],
            address=one["address"],
            household_size=one["household_size"],
            group=group_of(one["registered"], one["poverty_status"]),
        )


def _others(table: Table, years: Sequence[int | None], chosen: int | None) -> list[Problem]:
    """Rows of other years, which are no mistake."""
    others = {index: found for index, found in enumerate(years) if found is not None and found != chosen}
    if not others:
        return []
    facts = {"count": str(len(others)), "years": "、".join(map(str, sorted(set(others.values()))))}
    return [Problem("sample-other-years", "info", table.address(min(others)), table.name, _YEAR, facts=facts)]


def _told(code: str, table: Table, rows: Sequence[int], name: str) -> list[Problem]:
    if not rows:
        return []
    cells = _cells([str(table.address(index)) for index in rows])
    return [Problem(code, "warning", table.address(rows[0]), _TABLE, name, facts={"count": str(len(rows)), "cells": cells})]


def _odd(table: Table, units: Sequence[Unit], design: Design) -> list[Problem]:
    """Households of an unknown place are a stratum of their own."""
    if not design.strata:
        return []
    lost = [unit for unit in units if part(unit, design.strata)[-1] is None]
    if not lost:
        return []
    facts = {"count": str(len(lost)), "cells": _cells([str(unit.where) for unit in lost])}
    return [Problem("sample-place-unknown", "warning", lost[0].where, table.name, design.strata[-1], facts=facts)]


def _cells(cells: Sequence[str]) -> str:
    return "、".join(cells[:_CELLS]) + ("…" if len(cells) > _CELLS else "")
