"""What a survey of households (抽样) says of a county: its three rates, from the answers there are."""

from dataclasses import dataclass
from typing import Literal

from fupin_cli.model.rate import NoRate, Rate

#: 错退率 by persons of exited households, 漏评率 by persons of unregistered ones, 认可度 by everybody who was asked.
Measure = Literal["wrong-exit", "missed", "approval"]


@dataclass(frozen=True)
class SurveyRate:
    """One rate of a county and year."""

    county: str | None
    year: int | None
    measure: Measure
    #: As of a simple random sample.
    simple: Rate | NoRate
    #: As of the clusters in which people were asked; the same counts, with the design effect.
    clustered: Rate | NoRate
    #: The place that makes a cluster; None where the sheet has none for every row: then each household is one, since its members
    #: share one answer.
    by: str | None
    #: How many clusters gave an answer.
    clusters: int
    #: Rows that belong to it, or may, and do not say what is counted: they are in no rate, and none of them is a no.
    open_rows: int
