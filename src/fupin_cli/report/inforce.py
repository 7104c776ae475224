"""Which values of a parameter a result rests on."""

from fupin_cli.model.parameter import Period
from fupin_cli.model.run import Result, Rules


def used_periods(result: Result, rules: Rules, name: str) -> list[Period]:
    """The values of a pack's parameter that were in force in some year of the data."""
    years = result.years()
    return [
        period
        for period in rules.parameters[name]
        if period.source is None or any(period.first <= year and (period.last is None or year <= period.last) for year in years)
    ]
