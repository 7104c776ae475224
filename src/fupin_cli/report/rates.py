"""A rate in words: the fraction beside the percentage, and an interval that is never made narrower by rounding."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from fupin_cli.messages import Lang, say
from fupin_cli.model.figure import ByDesign, Figure, FoundRate, Part
from fupin_cli.model.rate import NoRate, Rate
from fupin_cli.report.numbers import decimal_text, fixed_text, is_decimal

_PLACES = 2
#: What a percentage shows at least.
_LEAST = "0.000001"


def percent_text(value: Fraction) -> str:
    """A share as a percentage; one that is not nothing is never shown as 0 %."""
    text = decimal_text(value * 100)
    return f"{text}%" if text != "0" or not value else f"<{_LEAST}%"


def rate_text(found: Rate | NoRate, lang: Lang) -> str:
    """The rate, its interval and its design effect; or why there is none."""
    if isinstance(found, NoRate):
        return say(f"no-rate-{found.reason}", lang)
    line = say(
        "rate-line", lang, hits=found.hits, sampled=found.sampled, value=percent_text(found.value),
        confidence=percent_text(found.confidence), low=low_text(found), high=high_text(found),
    )  # fmt: skip
    if found.method in ("binomial", "hypergeometric"):
        return line
    effect = found.design_effect
    known = say("rate-design-effect", lang, effect=decimal_text(effect, _PLACES)) if effect is not None else ""
    return say("list-comma", lang).join([line, known or say("rate-design-unknown", lang)])


def low_text(found: Rate) -> str:
    """The lower end of the interval, rounded down."""
    return _end(found.low, up=False)


def high_text(found: Rate) -> str:
    """The upper end of the interval, rounded up."""
    return _end(found.high, up=True)


def rate_line(found: FoundRate, lang: Lang) -> str:
    """A rate of a subject in one line: title, fraction, percentage, interval; or why there is none."""
    return say("rate-of", lang, title=found.title.say(lang), rate=_share_text(found, lang))


def rate_lines(found: FoundRate, lang: Lang) -> list[str]:
    """A rate of a subject with everything that is known of it: its line, its denominator, its parts, the limit, the design."""
    lines = [rate_line(found, lang), *(_part_line(part, lang) for part in found.parts)]
    lines.append(say("rate-denominator", lang, of=figure_text(found.of, lang)))
    if found.simple is not None and found.simple.population is not None and found.population is not None:
        lines.append(say("rate-population", lang, population=figure_text(found.population, lang)))
    if found.designed is not None:
        lines += _design_lines(found.designed, lang)
    if found.parts and found.value is not None:
        lines.append(say("rate-parts-no-interval", lang))
    return [*lines, *(text for text in (kept_text(found, lang), conclusion_text(found, lang)) if text)]


def kept_text(found: FoundRate, lang: Lang) -> str:
    """Whether the rate itself keeps its limit, which decides; empty where there is no limit, or nobody knows."""
    if found.limit is None or found.kept is None:
        return ""
    side = "least" if found.limit.at_least else "most"
    return say(f"rate-kept-{side}" if found.kept else f"rate-broken-{side}", lang, limit=percent_text(found.limit.share))


def conclusion_text(found: FoundRate, lang: Lang) -> str:
    """What the sample says about the limit, in words; empty where there is none."""
    return say(f"rate-{found.conclusion}", lang) if found.conclusion is not None else ""


def figure_text(figure: Figure, lang: Lang) -> str:
    """A number with its name."""
    value = figure.value if figure.value is not None else say("rate-figure-unknown", lang)
    return say("rate-figure", lang, title=figure.title.say(lang), value=value)


def _share_text(found: FoundRate, lang: Lang) -> str:
    if found.value is None:
        unknown = say("list-comma", lang).join(figure.title.say(lang) for figure in found.unknown)
        return say("no-rate-figures", lang, figures=unknown) if unknown else say(f"no-rate-{found.reason}", lang)
    if found.simple is not None:
        return rate_text(found.simple, lang)
    if found.counts is not None:
        hits, of = found.counts
        return say("rate-whole", lang, hits=hits, of=of, value=percent_text(found.value))
    code = "rate-composite" if is_decimal(found.value * 100) else "rate-composite-rounded"
    parts = " + ".join(_product_text(part) for part in found.parts)
    return say(code, lang, parts=parts, of=found.of.value, value=percent_text(found.value))


def _product_text(part: Part) -> str:
    return f"{part.people.value}×{part.counts[0]}/{part.counts[1]}" if part.counts is not None else str(part.people.value)


def _part_line(part: Part, lang: Lang) -> str:
    title, people = part.title.say(lang), figure_text(part.people, lang)
    if part.rate is None:
        return say("rate-part", lang, title=title, people=people)
    if part.product is None or part.counts is None:
        return say("rate-part-without-rate", lang, title=title, people=people)
    rate = f"{part.counts[0]}/{part.counts[1]}"
    exact = is_decimal(part.product)
    product = f"= {decimal_text(part.product)}" if exact else f"≈ {decimal_text(part.product, _PLACES)}"
    return say("rate-part-times", lang, title=title, people=people, rate=rate, product=product)


def _design_lines(design: ByDesign, lang: Lang) -> Sequence[str]:
    by = say(f"rate-by-{design.by}", lang)
    code = "rate-design-strata" if design.strata else "rate-design"
    line = say(code, lang, by=by, clusters=design.clusters, strata=design.strata, rate=rate_text(design.found, lang))
    return [line, *([say("rate-open-rows", lang, count=design.open_rows)] if design.open_rows else [])]


def _end(value: Fraction, *, up: bool) -> str:
    """The end of an interval, rounded outwards."""
    scaled = value * 100 * 10**_PLACES
    return f"{fixed_text(Fraction(ceil(scaled) if up else floor(scaled), 10**_PLACES), _PLACES)}%"
