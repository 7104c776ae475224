"""Units that sheets write: in a header's parentheses, in a row of their own, in a note above the table."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from fupin_cli.model.cells import Sheet
from fupin_cli.model.columns import Column
from fupin_cli.model.text import fold

#: A name with something in parentheses at its end.
IN_PARENTHESES = re.compile(r"(.+?)\(([^()]*)\)")
#: ``单位：万元`` anywhere in a text, but not the unit that has filled in the form.
_NOTE = re.compile(r"(?<!填报)(?<!填表)(?<!制表)(?<!报送)(?<!主管)单位[:为]?([^():]+)")
_ALONE = re.compile(r"\(?(?:人民币)?([十百千万亿]*元)\)?")
_BETWEEN = re.compile(r"[、,，;；/和及]")
_MONEY = re.compile(r"[十百千万亿]*元|[十百千万亿]+")


def _yuan(base: Decimal, *tails: str) -> Mapping[str, Decimal]:
    units = [("元", Decimal(1)), ("万元", Decimal(10_000))]
    return {f"{unit}{tail}": factor / base for tail in ("", "/年", *tails) for unit, factor in units}


_ONE = Decimal(1)
_PER_HOUSEHOLD = ("/户", "/户年", "/户·年", "/户/年", "/年·户")
_PER_PERSON = ("/人", "/人年", "/人·年", "/人/年", "/年·人")

#: Unit of a field → units that a sheet may give its numbers, and what a number is then multiplied by.
UNITS: Mapping[str, Mapping[str, Decimal]] = {
    "yuan": _yuan(_ONE),
    "yuan-household-year": _yuan(_ONE, *_PER_HOUSEHOLD),
    "yuan-person-year": _yuan(_ONE, *_PER_PERSON),
    "person": dict.fromkeys(("人", "口", "个"), _ONE),
    "month": dict.fromkeys(("月", "个月"), _ONE),
    "10k-yuan": _yuan(Decimal(10_000)),
    "10k-yuan-year": _yuan(Decimal(10_000)),
    "household": dict.fromkeys(("户", "个"), _ONE),
    "village": dict.fromkeys(("村", "个"), _ONE),
    "piece": dict.fromkeys(("个", "所", "家"), _ONE),
    "item": dict.fromkeys(("项", "个"), _ONE),
    "day": dict.fromkeys(("天", "日"), _ONE),
    "time": {"次": _ONE},
    "percent": {"%": _ONE},
    "mu": {"亩": _ONE},
    "square-metre": dict.fromkeys(("平方米", "m2"), _ONE),
    "kilometre": dict.fromkeys(("公里", "千米", "km"), _ONE),
}
#: Every unit that may stand alone in a cell below a header.
_WORDS = frozenset(word for units in UNITS.values() for word in units) | {"户", "个", "年", "%", "亩", "平方米", "天", "次"}


#: What a unit that we do not know looks like.
LIKE_A_UNIT = re.compile(r"[元币人户口个亩月年天次米里吨斤%]")


def factor_of(unit: str, column: Column) -> Decimal | None:
    """What a column's numbers are multiplied by to be in its field's unit; None where the unit is not known for it."""
    return UNITS.get(column.unit, {}).get(unit)


def unit_word(text: str) -> str:
    """The unit that is all a folded text says, without its parentheses; empty for any other text."""
    bare = text.removeprefix("(").removesuffix(")")
    return bare if bare in _WORDS else ""


def is_money(column: Column) -> bool:
    """Whether a field's numbers are sums of money."""
    return "元" in UNITS.get(column.unit, {})


def noted_money(sheet: Sheet, above: Sequence[int], header: Sequence[int]) -> str:
    """The unit of money that a note like ``单位：万元`` states for the whole table; empty for none.

    It stands in a row above the header or in the header itself, where a unit alone is no note. Two units of money say nothing
    about any single column: they come back joined, and no field knows such a unit.
    """
    found: list[str] = []
    for column in sheet.columns:
        for index in (*above, *header):
            text = fold(column.text[index].as_py() or "")
            found += [part for note in _NOTE.finditer(text) for part in _money_in(note[1])]
            if index in above and (alone := _ALONE.fullmatch(text)) is not None:
                found.append(alone[1])
    return "、".join(dict.fromkeys(found))


def _money_in(note: str) -> list[str]:
    return [part for part in _BETWEEN.split(note.removeprefix("人民币")) if _MONEY.fullmatch(part)]
