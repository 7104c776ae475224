"""What a survey of households (抽样) says of a county: its three rates, from the answers there are."""

from dataclasses import dataclass
from typing import Literal

from fupin_cli.model.figure import ByDesign
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
    #: As of the places in which people were asked; the same answers.
    designed: ByDesign
