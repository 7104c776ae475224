"""A summary of households: by year and place, counts, incomes against the line, and the measures of poverty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from fupin_cli.engines import duck
from fupin_cli.evaluate.run import relation
from fupin_cli.evaluate.summary.poverty import Persons, add_known, shortfall
from fupin_cli.evaluate.summary.query import summary_sql
from fupin_cli.evaluate.summary.standard import TABLE
from fupin_cli.model.household import MEMBER_COUNT
from fupin_cli.model.summary import COUNTED, QUARTERS, Block, Size, Tally
from fupin_cli.model.tables import Table, fields
from fupin_cli.model.values import ValueType
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard

_MILLION = 1_000_000


def _persons() -> Persons:
    size = fields(TABLE)[MEMBER_COUNT]
    return Persons(size.smallest or 1, size.largest or 1)


@dataclass
class _Sums:
    """What the rows of the answer add up to for one block."""

    size: Size = field(default_factory=Size)
    tallies: dict[str, dict[str | None, Size]] = field(default_factory=lambda: {name: {} for name in COUNTED})
    bands: list[Size] = field(default_factory=lambda: [Size()] * (len(QUARTERS) + 1))
    lines: set[Fraction] = field(default_factory=set)
    single: dict[str, Size] = field(default_factory=dict)
    persons: Persons = field(default_factory=_persons)
    #: Persons whose shortfall is known: the others are unknown.
    settled: int = 0


def summarize(
    standard: ReadyStandard, parameters: Parameters, tables: Mapping[str, Table], as_of: date | None, by: Sequence[str]
) -> list[Block]:
    """For each year all places together, then each place; the years and the places in order, the unknown last."""
    wanted = {TABLE, *standard.tables}
    known = {name: table for name, table in tables.items() if name in wanted}
    query = summary_sql(standard, parameters, known, as_of, by)
    rows = duck.run(query, {name: relation(table) for name, table in known.items()}).to_pylist()
    found: dict[tuple[int | None, tuple[str | None, ...]], _Sums] = {}
    for row in rows:
        place = tuple(row[f"place{number}"] for number in range(len(by)))
        for key in dict.fromkeys(((row["year"], ()), (row["year"], place))):
            _add(found.setdefault(key, _Sums()), row)
    return [_block(*key, found[key]) for key in sorted(found, key=_order)]


def _order(key: tuple[int | None, tuple[str | None, ...]]) -> Any:
    year, place = key
    return year is None, year or 0, [(name is None, name or "") for name in place]


def _add(sums: _Sums, row: Mapping[str, Any]) -> None:
    """Add a row of the answer to a block."""
    size = Size(int(row["households"]), int(row["persons"] or 0), int(row["unsized"]))
    kind: str = row["kind"]
    if kind == "all":
        sums.size += size
    elif kind in COUNTED:
        sums.tallies[kind][row["value"]] = sums.tallies[kind].get(row["value"], Size()) + size
    elif kind == "band":
        sums.bands[int(row["value"])] += size
    elif kind == "line":
        sums.lines.add(Fraction(int(row["line"]), _MILLION))
    elif kind == "short":
        add_known(sums.persons, size.persons, _powers(row, size.persons))
        sums.settled += size.persons
    elif kind == "over":
        sums.persons.known += size.persons
        sums.settled += size.persons
    elif kind == "unsized":
        gap = _gap(row)
        sums.persons.unsized[gap] = sums.persons.unsized.get(gap, 0) + size.households
    else:
        sums.single[kind] = sums.single.get(kind, Size()) + size


def _powers(row: Mapping[str, Any], persons: int) -> tuple[Fraction, Fraction, Fraction]:
    """The sums of the powers of the shortfalls of persons with the same line and divisor."""
    whole = int(row["line"]) * int(row["divisor"])
    return Fraction(persons), Fraction(int(row["first"]), whole), Fraction(int(row["second"]), whole**2)


def _gap(row: Mapping[str, Any]) -> Fraction | None:
    """The shortfall of a household whose size is unknown."""
    line, number = row["line"], row["number"]
    if line is None or number is None or int(line) <= 0:
        return None
    return shortfall(Fraction(int(line)), Fraction(int(number), int(row["divisor"])))


def _block(year: int | None, place: tuple[str | None, ...], sums: _Sums) -> Block:
    sums.persons.unknown = sums.size.persons - sums.settled
    no_line = sums.single.get("no-line", Size())
    # Without a line for anybody nothing can be said; without one for some, these are unknown.
    measures = sums.persons.measures() if no_line.households < sums.size.households else ()
    return Block(
        year=year,
        place=place,
        size=sums.size,
        tallies={name: _ordered(name, found) for name, found in sums.tallies.items()},
        lines=[Decimal(line.numerator) / Decimal(line.denominator) for line in sorted(sums.lines)],
        bands=sums.bands,
        no_income=sums.single.get("no-income", Size()),
        no_line=no_line,
        poor=sums.single.get("poor", Size()),
        measures=measures,
    )


def _ordered(name: str, found: Mapping[str | None, Size]) -> list[Tally]:
    """The commonest first, those that are as common by name; years in their order; the unknown last."""
    by_number = fields(TABLE)[name].type is not ValueType.TEXT

    def place(tally: Tally) -> tuple[bool, int, str]:
        return tally.value is None, 0 if by_number else -tally.size.households, tally.value or ""

    return sorted((Tally(value, size) for value, size in found.items()), key=place)
