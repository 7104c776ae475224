"""From which day to which a number of the law differs between two packs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from fupin_cli.model.parameter import DatedValue, Parameter

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """Days on which two packs have different values, or rest them on something else; None is no value."""

    start: date
    #: The last day; None: until further notice.
    end: date | None
    where: str | None
    before: DatedValue | None
    after: DatedValue | None

    @property
    def value_differs(self) -> bool:
        """Whether the number itself differs; else only what it rests on."""
        return _content(self.before) != _content(self.after)


@dataclass(frozen=True)
class ParameterChange:
    """A parameter that only one side has, or that is not the same on both."""

    name: str
    how: Literal["added", "removed", "changed"]
    before: Parameter | None
    after: Parameter | None
    stretches: tuple[Stretch, ...] = ()

    @property
    def shape_differs(self) -> bool:
        """Whether its unit, its place or who gives it differs."""
        return self.before is not None and self.after is not None and _shape(self.before) != _shape(self.after)

    @property
    def worded_differently(self) -> bool:
        """Whether its title or reading differs."""
        both = self.before, self.after
        return len({(one.title.zh, one.title.en, one.reading) for one in both if one is not None}) > 1

    @property
    def matters(self) -> bool:
        """Whether it is more than other words."""
        return self.how != "changed" or self.shape_differs or bool(self.stretches)


def parameter_changes(before: Mapping[str, Parameter], after: Mapping[str, Parameter]) -> Iterator[ParameterChange]:
    """The parameters that are not the same in two packs."""
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        how: Literal["added", "removed", "changed"] = "added" if old is None else "removed" if new is None else "changed"
        change = ParameterChange(name, how, old, new, tuple(stretches(old, new)))
        if change.matters or change.worded_differently:
            yield change


def stretches(before: Parameter | None, after: Parameter | None) -> Iterator[Stretch]:
    """The days on which two parameters differ, in order, as few stretches as possible."""
    both = [_dated(parameter) for parameter in (before, after)]
    for where in dict.fromkeys(key for dated in both for key in dated):
        old, new = (dated.get(where, []) for dated in both)
        starts = sorted({day for value, end in (*old, *new) for day in (value.start, end + _DAY if end else None) if day})
        last: Stretch | None = None
        for index, start in enumerate(starts):
            end = starts[index + 1] - _DAY if index + 1 < len(starts) else None
            found = Stretch(start, end, where, _on(old, start), _on(new, start))
            if last is not None and _said(last) == _said(found):
                last = replace(last, end=end)
                continue
            if last is not None and _differs(last):
                yield last
            last = found
        if last is not None and _differs(last):
            yield last


def _dated(parameter: Parameter | None) -> dict[str | None, list[tuple[DatedValue, date | None]]]:
    """The values by place, each with its last day: a value holds until the next one starts."""
    found: dict[str | None, list[tuple[DatedValue, date | None]]] = {}
    for value in sorted(parameter.values if parameter is not None else (), key=lambda value: value.start, reverse=True):
        later = found.setdefault(value.where, [])
        end = value.end or (later[0][0].start - _DAY if later else None)
        later.insert(0, (value, end))
    return found


def _on(dated: list[tuple[DatedValue, date | None]], day: date) -> DatedValue | None:
    return next((value for value, end in dated if value.start <= day and (end is None or day <= end)), None)


def _differs(stretch: Stretch) -> bool:
    old, new = _said(stretch)
    return old != new


def _said(stretch: Stretch) -> tuple[object, object]:
    return _meaning(stretch.before), _meaning(stretch.after)


def _meaning(value: DatedValue | None) -> object:
    if value is None:
        return None
    return _content(value), value.status, (value.cite.document, value.cite.clause) if value.cite is not None else None


def _content(value: DatedValue | None) -> object:
    return value.content if value is not None else None


def _shape(parameter: Parameter) -> tuple[object, ...]:
    return parameter.unit, parameter.by, parameter.value
