"""Households and other subjects made up at random, as a sheet says them and as the encoding's unknowns."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import z3

from fupin_cli.model.between import PREVIOUS
from fupin_cli.model.columns import Column
from fupin_cli.model.tables import TABLES, fields, worked_out
from fupin_cli.model.values import ValueType
from fupin_cli.prove.prover import Prover
from fupin_cli.prove.texts import OTHER
from fupin_cli.prove.value import Value
from fupin_cli.prove.world import Cell

BLANK, BAD = "", "##读不出##"
#: Forms that a made-up text cannot be spoilt in, and those whose checks look inside a number.
UNSPOILT, NUMBERS = ("text", "key", "items", "phone", "month"), ("id-number", "phone", "key", "month")


@dataclass(frozen=True)
class Said:
    """What one cell says: as text, and as the value that it stands for."""

    text: str
    value: object = None


def say(column: Column, choose: random.Random, texts: Sequence[str]) -> Said | None:
    """A cell of a field; nothing for a column that is not there."""
    kind = choose.random()
    if kind < 0.12:
        return None
    if kind < 0.24 or column.form.name in NUMBERS:
        return Said(BLANK)
    if kind < 0.3 and column.form.name not in UNSPOILT:
        return Said(BAD)
    match column.type:
        case ValueType.BOOL:
            value = choose.random() < 0.6
            return Said("是" if value else "否", value)
        case ValueType.DATE:
            day = date(2018, 12, 1) + timedelta(days=choose.randrange(60))
            return Said(day.isoformat(), day)
        case ValueType.NUMBER if column.form.name == "year":
            return Said("2018", 2018)
        case ValueType.NUMBER:
            low = 0 if column.smallest is None else max(column.smallest, -3)
            number = Decimal(choose.choice([low, low + 1, 2, 3, 5, 6, 7, 12, 2952, 2995, 3218, 4000, 9000]))
            if column.largest is not None and number > column.largest:
                number = Decimal(low)
            if column.form.name != "count" and choose.random() < 0.3:
                number += Decimal("0.01")
            return Said(str(number), number)
        case _:
            text = choose.choice([*column.form.codes] or [*texts, "没有人知道的"])
            return Said(text, text)


def told(prover: Prover, cell: Cell, said: Said | None) -> list[z3.BoolRef]:
    """What the encoding has to be told of a cell."""
    known = said is not None and said.value is not None
    found = [cell.absent == (said is None), cell.bad == (said is not None and said.text == BAD), cell.known == known]
    if said is None or said.value is None:
        return found
    match said.value:
        case bool():
            return [*found, cell.content.true if said.value else cell.content.false]
        case _ if not isinstance(cell.content, Value):
            raise TypeError(cell)
        case date():
            return [*found, cell.content.term == said.value.toordinal()]
        case str():
            return [*found, *_text(prover, cell.content.term, said.value)]
        case _:
            return [*found, cell.content.term == z3.RealVal(str(said.value))]


def _text(prover: Prover, term: z3.ArithRef, text: str) -> list[z3.BoolRef]:
    texts = prover.world.texts
    if text in texts.numbers:
        return [term == texts.numbers[text]]
    items = set(text.split(","))
    held = [texts.holds(term, item) == (item in items) for item in texts.items if item != OTHER]
    return [term == len(texts.named) + sum(map(ord, text)), *held, texts.holds(term, OTHER) == (not items <= set(texts.items))]


def cells(prover: Prover, table: str, choose: random.Random, used: Sequence[str]) -> dict[str, Said | None]:
    """A row of a table in the fields that the standard looks at."""
    texts = [*prover.world.texts.written[:6], *prover.world.texts.items[:6]]
    return {name: _possible(table, name, say(fields(table)[name], choose, texts)) for name in used}


def _possible(table: str, name: str, said: Said | None) -> Said | None:
    """What comparing the years works out is no cell: known or not, and of a plain fact about the row always known.

    Of a sheet that may be without a column, one that is not there is blank.
    """
    if name in TABLES[table].SPARED:
        return said or Said(BLANK)
    if name.removeprefix(PREVIOUS) in worked_out(table) and (said is None or said.value is None):
        return Said("否", False) if fields(table)[name].type is ValueType.BOOL and not name.startswith(PREVIOUS) else None
    return said
