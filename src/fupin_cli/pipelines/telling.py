"""The story of the changes between years: which packs judge the households of each year, and what came of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from fupin_cli.errors import UsageRefused
from fupin_cli.evaluate.rosters.story.households import years_of
from fupin_cli.evaluate.rosters.story.judged import YearLaw
from fupin_cli.evaluate.rosters.story.told import story
from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.model.story import Story
from fupin_cli.model.tables import Table
from fupin_cli.rules.parameters import choose
from fupin_cli.tasks import known_standards, open_pack

_OF_YEAR = re.compile(r"(?P<year>\d{4})\s*=\s*(?P<pack>.+)", re.ASCII)


@dataclass(frozen=True)
class Laws:
    """By what the households of each year are judged."""

    usual: YearLaw
    #: Years that have another one.
    of_year: Mapping[int, YearLaw]

    @property
    def tables(self) -> set[str]:
        """The tables that any of them looks at: what has to be loaded."""
        return {table for law in (self.usual, *self.of_year.values()) for table in law.standard.tables}

    def over(self, years: Sequence[int]) -> dict[int, YearLaw]:
        """Each of these years with its law.

        Raises:
            UsageRefused: a year that a pack was given for is not there.
        """
        for year in self.of_year:
            if year not in years:
                raise UsageRefused("story-judge-year-absent", year=str(year), known="、".join(map(str, years)))
        return {year: self.of_year.get(year, self.usual) for year in years}

    def knows(self, parameter: str) -> bool:
        """Whether one of the packs has such a parameter."""
        return any(parameter in law.parameters.pack.parameters for law in (self.usual, *self.of_year.values()))


def open_laws(judge: Sequence[str] = (), settings: Mapping[str, str] | None = None) -> Laws:
    """The laws that ``--judge PACK`` (all years) and ``--judge YEAR=PACK`` mean; national-2016 where nothing else is said.

    ``settings``: ``--set``; each law takes those that its pack has.

    Raises:
        FupinError: a pack is refused or judges no households, a parameter cannot be read, or something is said twice.
    """
    usual: str | None = None
    packs: dict[int, str] = {}
    for text in judge:
        found = _OF_YEAR.fullmatch(text.strip())
        if found is None:
            if usual is not None:
                raise UsageRefused("story-judge-twice", name=usual, other=text)
            usual = text
        elif (year := int(found["year"])) in packs:
            raise UsageRefused("story-judge-year-twice", year=str(year))
        else:
            packs[year] = found["pack"]
    opened: dict[str | None, YearLaw] = {}
    for name in (usual, *packs.values()):
        if name not in opened:
            opened[name] = _law(name, settings or {})
    return Laws(opened[usual], {year: opened[name] for year, name in packs.items()})


def _law(name: str | None, settings: Mapping[str, str]) -> YearLaw:
    loaded = open_pack(name, CHECK_EXIT.pack)
    mine = {one: text for one, text in settings.items() if one in loaded.pack.parameters}
    (first, *_), *_ = known_standards(CHECK_EXIT, loaded)
    return YearLaw(loaded.standards[first], choose(loaded.pack, mine))


def tell(
    laws: Laws,
    tables: Mapping[str, Table],
    moves: pa.Table,
    as_of: date | None = None,
    assumptions: Mapping[str, str] | None = None,
) -> Story | None:
    """What changed from year to year; None where there are no households.

    ``tables`` and ``moves``: the years tied together, ``evaluate.rosters.years``. ``assumptions``: what blanks count as where
    households are judged, in every year.

    Raises:
        FupinError: a pack was given for a year that is not there, or the standard cannot be applied.
    """
    if "household" not in tables:
        return None
    return story(tables, moves, laws.over(years_of(tables["household"])), as_of=as_of, assumptions=assumptions)
