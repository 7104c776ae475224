"""Everything that comparing the years works out of the rows of rosters, for the rules that ask for it."""

from collections.abc import Mapping
from dataclasses import replace

from fupin_cli.evaluate.rosters.years import Linked, linked
from fupin_cli.model.tables import Table


def tied(tables: Mapping[str, Table], *, apart: bool = False) -> Linked:
    """All tables, those of households and people with ``Table.previous`` and ``Table.between``.

    ``apart``: the rows are worked cases, each sheet a world of its own.
    """
    years = linked(tables, apart=apart)
    return replace(years, tables={**tables, **years.tables})
