"""The rates of a county in a line each: fraction, percentage, denominator or interval, and what the sample says."""

from fupin_cli.model.figure import ByDesign, FoundRate
from fupin_cli.model.rate import Rate
from fupin_cli.report.rates import figure_text, high_text, low_text, rate_line
from fupin_cli.report.words import Words


def rate_summary(words: Words, found: FoundRate) -> str:
    """One rate. Of a full count its denominator has a name, because sources differ; of a sample it is those who were asked."""
    line = rate_line(found, words.lang)
    if found.value is None:
        return line
    parts = [line]
    if found.simple is None:
        parts.append(words.say("county-rate-of", of=figure_text(found.of, words.lang)))
    if found.designed is not None and isinstance(found.designed.found, Rate):
        parts.append(_by_design(words, found.designed, found.designed.found))
    told = words.say("comma").join(parts)
    if found.conclusion is None:
        return told
    return words.say("semicolon").join([told, words.say(f"county-rate-{found.conclusion}")])


def _by_design(words: Words, design: ByDesign, found: Rate) -> str:
    by = words.say(f"rate-by-{design.by}")
    return words.say("county-rate-design", by=by, clusters=design.clusters, low=low_text(found), high=high_text(found))
