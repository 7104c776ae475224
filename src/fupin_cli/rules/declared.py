"""What a standard declares beside its conditions (properties, steps, rates) names only what is there, and of the right kind."""

from collections.abc import Iterable, Mapping

from fupin_cli.model.nearest import nearest
from fupin_cli.model.pack import Pack, RateOf
from fupin_cli.model.tables import fields
from fupin_cli.model.values import ValueType
from fupin_cli.rules.origin import Origin
from fupin_cli.rules.standard import YEAR, ReadyStandard


def check_declared(ready: ReadyStandard, pack: Pack, origins: Mapping[tuple[str, ...], Origin]) -> None:
    """Everything that a standard declares beside its conditions.

    Raises:
        PackRefused: something named is not there, or is not of the kind that belongs there.
    """
    _Declared(ready, pack, origins).all()


class _Declared:
    def __init__(self, ready: ReadyStandard, pack: Pack, origins: Mapping[tuple[str, ...], Origin]) -> None:
        self.ready, self.pack, self.origins, self.standard = ready, pack, origins, ready.standard
        self.fields = {name: column.type for name, column in fields(ready.subject).items()}
        #: What a step or rate may name: the value of a quotient is never formed, neither in its field nor in its fact.
        self.figures = {name: kind for name, kind in self.fields.items() if ready.quotient(name) is None}
        self.figures |= {name: fact.type for name, fact in ready.facts.items() if fact.fact.per is None}

    def origin(self, section: str, name: str) -> Origin:
        return self.origins[self.standard.standard, section, name]

    def all(self) -> None:
        for section in ("steps", "rates"):
            for name in getattr(self.standard, section) if self.ready.is_quality else ():
                raise self.origin(section, name).refuse("pack-quality-part", section=section)
        for label in self.standard.properties:
            self.property(label)
        for name in self.standard.steps:
            self.step(name)
        for name in self.standard.rates:
            self.rate(name)

    def property(self, label: str) -> None:
        """A property names a field or a fact over rows that has an order, and outcomes of the standard."""
        known = self.fields | {name: fact.type for name, fact in self.ready.facts.items() if fact.fact.over is not None}
        promised, origin = self.standard.properties[label], self.origin("properties", label)
        for name, upwards in promised.changes():
            key = "raise" if upwards else "lower"
            if name not in known:
                raise origin.refuse("expression-name-unknown", key, name=name, nearest=nearest(name, known))
            if known[name] is ValueType.TEXT:
                raise origin.refuse("pack-property-order", key, name=name)
            if name == YEAR:
                # A row of another year is another row, with other members and other numbers of the law.
                raise origin.refuse("pack-property-year", key)
        for name in promised.kept:
            if name not in self.standard.outcomes:
                raise origin.refuse("pack-outcome-unknown", "keeps", name=name, nearest=nearest(name, self.standard.outcomes))

    def step(self, name: str) -> None:
        """A step names a day, and checks."""
        step, origin = self.standard.steps[name], self.origin("steps", name)
        self.figure(origin, step.date, ValueType.DATE, "date")
        for key, check in step.checks().items():
            self.check(origin, check, key)

    def rate(self, name: str) -> None:
        """A rate names numbers, a limit in percent that a condition asks, a check, and rates that are no sums themselves."""
        rate, origin = self.standard.rates[name], self.origin("rates", name)
        for key, figure in (("hits", rate.hits), ("of", rate.of), ("population", rate.population)):
            if figure is not None:
                self.figure(origin, figure, ValueType.NUMBER, key)
        for index, part in enumerate(rate.parts):
            self.figure(origin, part.people, ValueType.NUMBER, "parts", index, "people")
            simple = [other for other, found in self.standard.rates.items() if found.hits is not None]
            if part.rate is not None and part.rate not in simple:
                near = nearest(part.rate, simple)
                raise origin.refuse("pack-rate-of-rate", "parts", index, "rate", name=part.rate, nearest=near)
        if rate.check is not None:
            self.check(origin, rate.check, "check")
        self.limit(origin, rate)

    def limit(self, origin: Origin, rate: RateOf) -> None:
        if rate.limit is None:
            return
        percents = [name for name, parameter in self.pack.parameters.items() if parameter.unit == "percent"]
        if rate.limit not in percents:
            raise origin.refuse("pack-rate-limit", "limit", name=rate.limit, nearest=nearest(rate.limit, percents))
        if rate.limit not in self.ready.parameters():
            # A limit that no condition asks would be shown beside a verdict that does not rest on it.
            raise origin.refuse("pack-rate-limit-idle", "limit", name=rate.limit)

    def figure(self, origin: Origin, name: str, wanted: ValueType, *where: str | int) -> None:
        if name not in self.figures:
            raise origin.refuse("expression-name-unknown", *where, name=name, nearest=self._near(name, wanted))
        if self.figures[name] is not wanted:
            raise origin.refuse("expression-type", *where, found=self.figures[name], wanted=wanted)

    def _near(self, name: str, wanted: ValueType) -> str:
        fitting: Iterable[str] = [one for one, kind in self.figures.items() if kind is wanted]
        return nearest(name, fitting)

    def check(self, origin: Origin, name: str, *where: str | int) -> None:
        if name in self.standard.checks:
            return
        if name in self.standard.without:
            raise origin.refuse("pack-check-dropped", *where, name=name)
        raise origin.refuse("expression-name-unknown", *where, name=name, nearest=nearest(name, self.standard.checks))
