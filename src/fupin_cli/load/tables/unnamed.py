"""Villages and households of files that name no county, or no township either: there the rest of the name tells villages apart.

Rows belong to a village where county, township and village agree. A workbook about one township seldom repeats its name in every
row: a place that no sheet of villages or households names is the same one for all of them. Where one sheet names it and another
does not, nobody knows whose rows those are; that is said, because figures of villages then stand without their households.
"""

import pyarrow as pa

from fupin_cli.load.tables.part import Part
from fupin_cli.load.tables.work import Work
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.tables import fields

#: From the largest: a township is one for all only where the county is.
_PLACES = ("county", "township")
#: Figures of villages that are compared with their households; a sheet without them loses nothing.
_FIGURES = ("poor_population", "rural_population")
#: The name of a place that nobody names: nothing to show, and the same for all.
_THE_ONE = ""


def of_unnamed_places(work: Work) -> None:
    """Let villages and their households meet where no sheet names their county, or their township."""
    parts = [*work.parts["village"], *work.parts["household"]]
    if not work.parts["village"] or not work.parts["household"] or work.parts["county"]:
        return
    for name in _PLACES:
        if any(_names(part, name) for part in parts):
            if any(figure in part.values for part in work.parts["village"] for figure in _FIGURES):
                work.problems += [_told(part, name) for part in parts if name not in part.values and len(part)]
            return
        for part in parts:
            part.values[name] = pa.array([_THE_ONE] * len(part), pa.string())


def _names(part: Part, name: str) -> bool:
    """Whether a sheet says anything of a place, be it unreadable."""
    return name in part.unread or (name in part.values and part.values[name].null_count < len(part))


def _told(part: Part, name: str) -> Problem:
    where = Address(part.sheet.input, part.sheet.name, part.rows[0].as_py(), "")
    label = fields(part.table)[name].label
    return Problem("place-not-named", "warning", where, part.table, facts={"place": label, "rows": str(len(part))})
