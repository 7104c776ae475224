"""The rates that a standard names, of every subject: from the figures that the standard settled, with intervals."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from fupin_cli.evaluate.rates.many import Counts, rates
from fupin_cli.evaluate.rates.simple import CONFIDENCE, conclude
from fupin_cli.evaluate.rates.survey import COUNTS, Whose, survey_rates
from fupin_cli.evaluate.rates.townships import people_by_township
from fupin_cli.model.cited import Title
from fupin_cli.model.figure import ByDesign, Figure, FoundRate, Part
from fupin_cli.model.pack import RateOf, RatePart
from fupin_cli.model.rate import Conclusion, Limit, NoRate, NoRateReason, Rate
from fupin_cli.model.result import StandardResult
from fupin_cli.model.surveyed import Measure
from fupin_cli.model.tables import Table, fields
from fupin_cli.model.view import STATUSES

_HUNDRED = 100
_ROSTER = "household"


def county_rates(
    judged: StandardResult, survey: Table | None = None, confidence: Fraction = CONFIDENCE
) -> dict[int, tuple[FoundRate, ...]]:
    """Subject → its rates in the order of the standard; empty where the standard names none.

    ``survey``: who was asked where, for what neighbours answer alike; figures come from the standard alone.
    """
    declared = judged.standard.rates
    if not declared or not judged.data.num_rows:
        return {}
    columns = _Columns.of(judged)
    sampled = _Sampled.of(judged, columns, survey, confidence)
    found: dict[str, Sequence[FoundRate]] = {}
    for name, rate in declared.items():
        if rate.hits is not None:
            found[name] = _of_hits(name, rate, columns, sampled)
    for name, rate in declared.items():
        if rate.hits is None:
            found[name] = _of_parts(name, rate, columns, found)
    return {index: tuple(found[name][index] for name in declared) for index in range(judged.data.num_rows)}


@dataclass(frozen=True)
class _Columns:
    """The settled values of every subject by name, as the rates look at them."""

    judged: StandardResult
    titles: Mapping[str, Title]
    values: Mapping[str, Sequence[int | None]]
    limits: Mapping[str, Sequence[Fraction | None]]
    statuses: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, judged: StandardResult) -> "_Columns":
        declared = judged.standard.rates.values()
        names = dict.fromkeys(name for rate in declared for name in rate.figures())
        return cls(
            judged,
            {name: _title(judged, name) for name in names},
            {name: [_whole(value) for value in _settled(judged, name).to_pylist()] for name in names},
            {r.limit: _shares(judged.data.column(f"limit.{r.limit}")) for r in declared if r.limit is not None},
            {r.check: judged.data.column(f"status.{r.check}").to_pylist() for r in declared if r.check is not None},
        )

    def figure(self, name: str, index: int) -> Figure:
        """A number of a subject."""
        return Figure(name, self.titles[name], self.values[name][index])

    def limit(self, rate: RateOf, index: int) -> Limit | None:
        """What a subject's rate is held against."""
        share = self.limits[rate.limit][index] if rate.limit is not None else None
        return Limit(share, rate.at_least) if share is not None and 0 <= share <= 1 else None

    def kept(self, rate: RateOf, index: int, value: Fraction | None, limit: Limit | None) -> bool | None:
        """Whether the rate keeps its limit: as the check says that decides on it, else by comparison."""
        status = STATUSES[self.statuses[rate.check][index]] if rate.check is not None else "not_applicable"
        if value is None or limit is None or status == "unknown":
            return None
        if status != "not_applicable":
            return status == "pass"
        return value >= limit.share if limit.at_least else value <= limit.share


def _title(judged: StandardResult, name: str) -> Title:
    if name in judged.standard.facts:
        return judged.standard.facts[name].title
    column = fields(judged.subject.name)[name]
    return Title(zh=column.title("zh"), en=column.title("en"))


def _settled(judged: StandardResult, name: str) -> pa.ChunkedArray:
    return judged.data.column(f"fact.{name}" if name in judged.standard.facts else f"settled.{name}")


def _whole(value: Decimal | int | None) -> int | None:
    """A count; a decimal that is no whole number of people is none."""
    return int(value) if value is not None and value == int(value) else None


def _shares(percents: pa.ChunkedArray) -> list[Fraction | None]:
    known = {value: Fraction(value) / _HUNDRED for value in set(percents.to_pylist()) if value is not None}
    return [known.get(value) for value in percents.to_pylist()]


@dataclass(frozen=True)
class _Sampled:
    """What a survey sheet says beside the figures."""

    #: County and year of each subject; None where another subject has the same, so that nobody knows whose rows are meant.
    keys: Sequence[tuple[str, int | None] | None]
    designs: Mapping[Whose, ByDesign]
    confidence: Fraction

    @classmethod
    def of(cls, judged: StandardResult, columns: _Columns, survey: Table | None, confidence: Fraction) -> "_Sampled":
        measures = {rate.survey for rate in judged.standard.rates.values() if rate.survey is not None}
        if survey is None or not measures or not survey.has("county") or not judged.subject.has("county"):
            return cls([None] * judged.data.num_rows, {}, confidence)
        dated = survey.has("year") and survey.data.column("year").null_count < survey.data.num_rows
        years = judged.data.column("year").to_pylist() if dated else [None] * judged.data.num_rows
        named = list(zip(judged.subject.data.column("county").to_pylist(), years, strict=True))
        twice = {key for key, count in Counter(named).items() if count > 1}
        keys = [None if key in twice or key[0] is None else key for key in named]
        townships = _townships(judged, columns, keys)
        found = survey_rates(survey, confidence, townships)
        return cls(keys, {(one.county, one.year, one.measure): one.designed for one in found}, confidence)

    def design(self, measure: Measure | None, index: int, rate: Rate) -> ByDesign | None:
        """The rate as of the places asked; None where the sheet does not tell, or counts something else."""
        key = self.keys[index]
        found = self.designs.get((*key, measure)) if key is not None and measure is not None else None
        if found is None or not isinstance(found.found, Rate):
            return None
        same = (found.found.hits, found.found.sampled) == (rate.hits, rate.sampled)
        return found if same or found.open_rows else None


def _townships(
    judged: StandardResult, columns: _Columns, keys: Sequence[tuple[str, int | None] | None]
) -> dict[Whose, Mapping[str, int]]:
    """How many people each township's sample stands for: only where they sum to the figure of the county."""
    roster = judged.members.get(_ROSTER)
    people = people_by_township(roster) if roster is not None else {}
    found: dict[Whose, Mapping[str, int]] = {}
    for rate in judged.standard.rates.values():
        group = COUNTS[rate.survey][0] if rate.survey is not None else None
        if rate.survey is None or rate.population is None or group is None:
            continue
        for index, key in enumerate(keys):
            townships = people.get((*key, group)) if key is not None else None
            if key is not None and townships and sum(townships.values()) == columns.values[rate.population][index]:
                found[*key, rate.survey] = townships
    return found


def _of_hits(name: str, rate: RateOf, columns: _Columns, sampled: _Sampled) -> list[FoundRate]:
    """A rate with a numerator, of every subject."""
    figures = [[columns.figure(one, index) for one in rate.figures()] for index in range(columns.judged.data.num_rows)]
    counts = [_counts(rate, each) for each in figures]
    sound = [one for one in counts if isinstance(one, Counts)]
    made = iter(rates(sound, sampled.confidence) if rate.counted == "sample" else [None] * len(sound))
    found = []
    for index, (each, one) in enumerate(zip(figures, counts, strict=True)):
        made_of = next(made) if isinstance(one, Counts) else None
        reason = made_of.reason if isinstance(made_of, NoRate) else one if not isinstance(one, Counts) else None
        value = Fraction(one.hits, one.sampled) if isinstance(one, Counts) and reason is None else None
        simple, limit = made_of if isinstance(made_of, Rate) else None, columns.limit(rate, index)
        designed = sampled.design(rate.survey, index, simple) if simple is not None else None
        found.append(
            FoundRate(
                name=name,
                title=rate.title,
                of=each[1],
                value=value,
                reason=reason,
                hits=each[0],
                population=each[2] if rate.population is not None else None,
                simple=simple,
                designed=designed,
                limit=limit,
                kept=columns.kept(rate, index, value, limit),
                conclusion=_conclusion(simple, designed, limit),
            )
        )
    return found


def _conclusion(simple: Rate | None, designed: ByDesign | None, limit: Limit | None) -> Conclusion | None:
    """By the interval to go by (``FoundRate.interval``)."""
    shown = designed.found if designed is not None and isinstance(designed.found, Rate) else simple
    return conclude(shown, limit) if shown is not None and limit is not None else None


def _counts(rate: RateOf, figures: Sequence[Figure]) -> Counts | NoRateReason:
    """What makes the rate, or why there is none. A population that is not known is as good as none: the sample still counts."""
    hits, of = figures[0].value, figures[1].value
    if hits is None or of is None:
        return "unknown"
    if rate.counted == "sample":
        return Counts(hits, of, figures[2].value if rate.population is not None else None)
    return _refused(hits, of) or Counts(hits, of)


def _refused(hits: int, of: int) -> NoRateReason | None:
    """Why a full count makes no rate."""
    if min(hits, of) < 0:
        return "negative"
    if of == 0:
        return "nobody-there"
    return "more-than-there" if hits > of else None


def _of_parts(name: str, rate: RateOf, columns: _Columns, others: Mapping[str, Sequence[FoundRate]]) -> list[FoundRate]:
    """A rate that is a sum of people, and of people times the rate of a sample, over its denominator."""
    found = []
    for index in range(columns.judged.data.num_rows):
        parts = tuple(_part(part, columns, index, others) for part in rate.parts)
        of, limit = columns.figure(rate.of, index), columns.limit(rate, index)
        total = _composed(parts, of)
        value, reason = (total, None) if isinstance(total, Fraction) else (None, total)
        kept = columns.kept(rate, index, value, limit)
        found.append(FoundRate(name, rate.title, of, value, reason, parts=parts, limit=limit, kept=kept))
    return found


def _part(part: RatePart, columns: _Columns, index: int, others: Mapping[str, Sequence[FoundRate]]) -> Part:
    people = columns.figure(part.people, index)
    if part.rate is None:
        return Part(part.title, people, None, None, Fraction(people.value) if people.value is not None else None)
    rate = others[part.rate][index]
    product = people.value * rate.value if people.value is not None and rate.value is not None else None
    return Part(part.title, people, part.rate, rate.counts, product)


def _composed(parts: Sequence[Part], of: Figure) -> Fraction | NoRateReason:
    if of.value is None or any(part.people.value is None for part in parts):
        return "unknown"
    products = [part.product for part in parts if part.product is not None]
    if len(products) < len(parts):
        return "part-without-rate"
    if of.value < 0 or any(product < 0 for product in products):
        return "negative"
    if of.value == 0:
        return "nobody-there"
    total = sum(products, Fraction(0))
    return "more-than-there" if total > of.value else total / of.value
