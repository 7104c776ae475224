"""Which number of the law is in force, and what the user put in its place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from fupin_cli.errors import UsageRefused
from fupin_cli.model.nearest import nearest
from fupin_cli.model.pack import Pack
from fupin_cli.model.parameter import Parameter, ParameterValue, Period

_BETWEEN = re.compile(r"[,;、，；]")
#: What fits DECIMAL(18,6), in plain digits.
_PLAIN = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)
#: All of a whole, in percent.
_WHOLE = 100


def timeline(parameter: Parameter) -> tuple[Period, ...]:
    """The values of a parameter as whole years: what counts is the last day of a record's 年度."""
    periods: list[Period] = []
    for where in dict.fromkeys(value.where for value in parameter.values):
        dated = sorted((v for v in parameter.values if v.where == where), key=lambda v: v.start)
        for index, value in enumerate(dated):
            following = dated[index + 1].start.year - 1 if index + 1 < len(dated) else None
            last = following if value.end is None else _last_year(value.end)
            periods.append(Period(value.start.year, last, where, value.content, value))
    return tuple(period for period in periods if period.last is None or period.last >= period.first)


def _last_year(end: date) -> int:
    return end.year if (end.month, end.day) == (12, 31) else end.year - 1


@dataclass(frozen=True)
class Parameters:
    """The parameters of a run: the pack's, with those that the user set instead."""

    pack: Pack
    #: ``--set``: name → value for every year and place.
    chosen: Mapping[str, ParameterValue]
    #: Year of a row → the year whose numbers it is judged by, instead of its own; a row of a year that is not here has none.
    instead: Mapping[int, int] | None = None

    def periods(self, name: str) -> tuple[Period, ...]:
        """The values of a parameter with the years at whose end they are in force.

        Raises:
            UsageRefused: the document gives no value and neither did the user.
        """
        own = self._own_periods(name)
        if self.instead is None or name in self.chosen:
            return own
        return tuple(
            replace(period, first=row, last=row) for row, law in self.instead.items() for period in own if period.covers(law)
        )

    def in_force(self, name: str, year: int) -> frozenset[tuple[str | None, ParameterValue]]:
        """The values of a parameter at the end of a year, each with its place."""
        return frozenset((period.where, period.value) for period in self.periods(name) if period.covers(year))

    def _own_periods(self, name: str) -> tuple[Period, ...]:
        if name in self.chosen:
            return (Period(1, None, None, self.chosen[name], None),)
        parameter = self.pack.parameters[name]
        if parameter.value == "required":
            code = "parameter-list-required" if parameter.is_list else "parameter-required"
            raise UsageRefused(code, name=name, title=parameter.title.zh, title_en=parameter.title.en)
        return timeline(parameter)


def choose(pack: Pack, settings: Mapping[str, str]) -> Parameters:
    """The parameters of a run with the user's ``--set``.

    Raises:
        UsageRefused: an unknown parameter, a value that is not a plain number, a share that is none, or a list without items.
    """
    chosen: dict[str, ParameterValue] = {}
    for name, text in settings.items():
        refuse_unknown(name, [pack])
        if pack.parameters[name].is_list:
            chosen[name] = _items(name, text)
            continue
        chosen[name] = _sensible(pack.parameters[name], name, plain_number(name, text))
    return Parameters(pack, chosen)


def refuse_unknown(name: str, packs: Sequence[Pack]) -> None:
    """Refuse a parameter that none of the packs has.

    Raises:
        UsageRefused: none has it.
    """
    known = sorted({one for pack in packs for one in pack.parameters})
    if name not in known:
        names = "、".join(pack.name for pack in packs)
        raise UsageRefused("parameter-unknown", name=name, pack=names, nearest=nearest(name, known), known=", ".join(known))


def plain_number(name: str, text: str) -> Decimal:
    """A number from the command line, in plain digits.

    Raises:
        UsageRefused: it is none.
    """
    if not _PLAIN.fullmatch(text):
        raise UsageRefused("parameter-not-number", name=name, value=text)
    return Decimal(text)


def _sensible(parameter: Parameter, name: str, value: Decimal) -> Decimal:
    """A value that the parameter's unit can have.

    Raises:
        UsageRefused: less than nothing of a whole, or more than the whole.
    """
    if parameter.unit == "percent" and not 0 <= value <= _WHOLE:
        raise UsageRefused("parameter-not-share", name=name, value=f"{value:f}")
    return value


def _items(name: str, text: str) -> tuple[str, ...]:
    """The items of a list as people separate them."""
    items = tuple(dict.fromkeys(item for part in _BETWEEN.split(text) if (item := part.strip())))
    if not items:
        raise UsageRefused("parameter-no-items", name=name)
    return items
