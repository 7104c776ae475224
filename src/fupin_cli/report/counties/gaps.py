"""What stands between each county and the outcome: one entry for each check that is told."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fupin_cli.model.view import CheckView
from fupin_cli.report.counties.columns import Cell
from fupin_cli.report.counties.county import County, Figures
from fupin_cli.report.counties.figures import figures_of
from fupin_cli.report.words import Words

#: Headings of a table of gaps, by code: an entry's texts stand in this order.
HEADINGS = (
    "gap-province", "gap-county", "gap-year", "gap-severity", "gap-check", "gap-status", "gap-clause", "gap-quote", "gap-values",
    "gap-limit", "gap-margin", "gap-sample", "gap-cells", "gap-remedy",
)  # fmt: skip
#: Names in a condition.
_NAME = re.compile(r"[a-z]\w*")


@dataclass(frozen=True)
class Gap:
    """A check of a county that is not passed."""

    county: County
    check: CheckView
    figures: Figures

    def cells(self, words: Words) -> list[Cell]:
        """The entry as cells of a table, in the order of ``HEADINGS``."""
        check, cite, year = self.check.check, self.check.check.cite, self.county.view.year
        return [
            self.county.province,
            self.county.name,
            year if year is not None else "",
            words.say(f"severity-{check.severity}"),
            check.title.say(words.lang),
            words.say(f"status-{self.check.status}"),
            f"[{cite.document}] {cite.clause}",
            cite.quote,
            self.figures.values,
            self.figures.limit,
            self.figures.margin,
            self.figures.sample,
            self.figures.cells,
            words.remedy(self.check),
        ]


def told_checks(county: County) -> list[CheckView]:
    """The checks that say why a county's outcome is what it is; with ``--details all`` every one."""
    words = county.words
    return [check for check in county.view.checks if words.options.all_checks or words.tells(county.view, check)]


def aside(county: County, told: Sequence[CheckView]) -> list[CheckView]:
    """Those of them that are unknown and could not change an outcome that is settled: what gave it asks for nothing of theirs."""
    row = county.view.row
    if row is None or county.words.options.all_checks:
        return []
    asked = set(_NAME.findall(county.words.judged.standard.decide[row].when or ""))
    looked_at = {check.name: {check.name, *_NAME.findall(check.check.require)} for check in told}
    return [check for check in told if check.status == "unknown" and not asked & looked_at[check.name]]


def gaps(counties: Sequence[County]) -> Iterator[Gap]:
    """Every gap, county by county in their order."""
    for county in counties:
        for check in told_checks(county):
            yield Gap(county, check, figures_of(county, check))
