"""A sample of households that was drawn, with everything that somebody needs to draw it again."""

from collections.abc import Sequence
from dataclasses import dataclass

from fupin_cli.model.codes import EXITED, POOR
from fupin_cli.model.inputs import InputSummary
from fupin_cli.model.problem import Address, Problem

#: The widest place first: two villages of one name in two townships are two.
PLACES = ("county", "township", "village")
#: 组别 by 脱贫属性; who is no registered household has no such state.
_GROUPS = {EXITED: "脱贫户"} | dict.fromkeys(POOR, "贫困户")
_UNREGISTERED = "未建档立卡户"


#: The 组别 that households of a roster can have.
GROUPS = (*dict.fromkeys(_GROUPS.values()), _UNREGISTERED)


def group_of(registered: bool | None, poverty_status: str | None) -> str | None:
    """组别 of a household of a roster; None where the roster does not tell."""
    return _UNREGISTERED if registered is False else _GROUPS.get(poverty_status or "")


@dataclass(frozen=True)
class Unit:
    """A household of the frame."""

    household_id: str
    #: One for each of ``PLACES``; None where the roster does not say.
    place: tuple[str | None, ...]
    where: Address
    villager_group: str | None = None
    head_name: str | None = None
    address: str | None = None
    household_size: int | None = None
    #: 组别 of the survey; None where the roster does not tell.
    group: str | None = None


@dataclass(frozen=True)
class Design:
    """How households are drawn."""

    size: int
    seed: str
    #: The places that make the strata, and those that make the clusters; empty for none.
    strata: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    #: How many households in each drawn cluster.
    take: int = 1
    #: 组别 of the households that are drawn from; None for all.
    group: str | None = None


@dataclass(frozen=True)
class Frame:
    """The households that could be drawn, each once."""

    units: Sequence[Unit]
    #: None: the roster has no year.
    year: int | None
    #: Of the numbers and places that decide the draw, whatever file and order they stand in.
    sha256: str


@dataclass(frozen=True)
class Stratum:
    """What was drawn of a part of the frame; of all of it where there are no strata."""

    place: tuple[str | None, ...]
    households: int
    #: How many were to be drawn, and how many were.
    allotted: int
    drawn: int
    #: Clusters that there are, and that were drawn; 0 without clusters.
    clusters: int = 0
    drawn_clusters: int = 0


@dataclass(frozen=True)
class Sample:
    """Everything that a field sheet says. Texts are as they may be shown: no identity number is in them."""

    version: str
    design: Design
    year: int | None
    #: Households of the frame, and its fingerprint.
    households: int
    sha256: str
    strata: Sequence[Stratum]
    #: The drawn households by place and number.
    units: Sequence[Unit]
    inputs: Sequence[InputSummary]
    problems: Sequence[Problem]
    #: The command line that draws it again.
    command: str = ""

    @property
    def method(self) -> str:
        """The method's name."""
        return f"{'stratified' if self.design.strata else 'simple'}{'-clusters' if self.design.clusters else ''}"
