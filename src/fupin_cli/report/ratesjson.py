"""Rates for machines: counts as whole numbers, shares as decimals with the fraction beside, ends rounded outwards."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any

from fupin_cli.messages import Lang
from fupin_cli.model.figure import ByDesign, Figure, FoundRate, Part
from fupin_cli.model.rate import Rate
from fupin_cli.report.numbers import decimal_text, fraction_text

#: Of shares: among a hundred million people one is still told.
_PLACES = 10


def rates_json(rates: Sequence[FoundRate], lang: Lang) -> list[dict[str, Any]]:
    """The rates of a subject, in the order of its standard."""
    return [_rate(found, lang) for found in rates]


def _rate(found: FoundRate, lang: Lang) -> dict[str, Any]:
    fraction = f"{found.counts[0]}/{found.counts[1]}" if found.counts is not None else None
    if fraction is None and found.value is not None:
        fraction = fraction_text(found.value)
    limit = found.limit
    return {
        "id": found.name,
        "title": found.title.say(lang),
        "hits": _figure(found.hits, lang),
        "of": _figure(found.of, lang),
        "population": _figure(found.population, lang),
        "parts": [_part(part, lang) for part in found.parts],
        "share": _share(found.value),
        "fraction": fraction,
        "reason": found.reason,
        "interval": _interval(found.simple) if found.simple is not None else None,
        "design": _design(found.designed) if found.designed is not None else None,
        "limit": {"share": _share(limit.share), "at_least": limit.at_least} if limit is not None else None,
        "kept": found.kept,
        "conclusion": found.conclusion,
    }


def _figure(figure: Figure | None, lang: Lang) -> dict[str, Any] | None:
    return {"name": figure.name, "title": figure.title.say(lang), "value": figure.value} if figure is not None else None


def _part(part: Part, lang: Lang) -> dict[str, Any]:
    return {
        "title": part.title.say(lang),
        "people": _figure(part.people, lang),
        "rate": part.rate,
        "fraction": f"{part.counts[0]}/{part.counts[1]}" if part.counts is not None else None,
        "product": fraction_text(part.product) if part.product is not None else None,
    }


def _interval(rate: Rate) -> dict[str, Any]:
    low, high = floor(rate.low * 10**_PLACES), ceil(rate.high * 10**_PLACES)
    return {
        "method": rate.method,
        "confidence": _share(rate.confidence),
        "low": _share(Fraction(low, 10**_PLACES)),
        "high": _share(Fraction(high, 10**_PLACES)),
    }


def _design(design: ByDesign) -> dict[str, Any]:
    found: dict[str, Any] = {
        "by": design.by, "clusters": design.clusters, "strata": design.strata, "open_rows": design.open_rows,
    }  # fmt: skip
    if not isinstance(design.found, Rate):
        return found | {"reason": design.found.reason}
    rate = design.found
    effect = decimal_text(rate.design_effect) if rate.design_effect is not None else None
    counted = {"hits": rate.hits, "sampled": rate.sampled, "share": _share(rate.value)}
    return found | counted | {"interval": _interval(rate), "design_effect": effect}


def _share(value: Fraction | None) -> str | None:
    return decimal_text(value, _PLACES) if value is not None else None
