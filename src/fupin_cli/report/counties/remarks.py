"""What has to be said of counties beside their verdicts: samples that settle nothing, and what is not met and decides nothing."""

from collections.abc import Iterator, Sequence

from fupin_cli.model.pack import NOT_APPLICABLE
from fupin_cli.report.counties.county import Counties, County


def remarks(counties: Counties, shown: Sequence[County]) -> list[str]:
    """All of them, county by county."""
    return [*_inconclusive(counties, shown), *_noted(counties, shown)]


def _inconclusive(counties: Counties, shown: Sequence[County]) -> Iterator[str]:
    """Counties that meet the standard by samples that do not settle it: the verdict stands, and is known for what it is."""
    words = counties.words
    for county in shown:
        outcome = counties.judged.standard.outcomes.get(county.view.outcome)
        open_rates = [rate.title.say(words.lang) for rate in county.rates if rate.conclusion == "inconclusive"]
        if outcome is not None and outcome.meets and open_rates:
            yield words.say("county-inconclusive", county=county.name, rates=words.say("list-comma").join(open_rates))


def _noted(counties: Counties, shown: Sequence[County]) -> Iterator[str]:
    """Counties of which nothing is listed one by one although something is found that decides nothing."""
    words, below = counties.words, set(counties.unsettled)
    for county in shown:
        if county.noted and county.view.index not in below and county.view.outcome != NOT_APPLICABLE:
            checks = words.say("list-comma").join(check.check.title.say(words.lang) for check in county.noted)
            yield words.say("county-noted", county=county.name, checks=checks)
