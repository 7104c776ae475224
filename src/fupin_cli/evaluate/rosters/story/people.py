"""From one year's people to the next year's, one by one, with the reasons that their rows give."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from fupin_cli.engines import duck
from fupin_cli.evaluate.rosters.story.households import YEAR, column
from fupin_cli.model.codes import LEFT
from fupin_cli.model.story import Balance, Term
from fupin_cli.model.tables import Table

_BETWEEN = ("came_from", "went_to", "household_came_from", "household_went_to")
_COUNTED = f"""
SELECT "year", {", ".join(_BETWEEN)}, "change_reason", COUNT(*) AS "people" FROM p WHERE "{YEAR}" IS NOT NULL GROUP BY ALL
"""
#: Who is in the roster of the other year, too.
_THERE = ("延续", "转户")
_MOVED, _NEW, _GONE = "转户", "新增", "消失"


@dataclass(frozen=True)
class People:
    """How many people are alike in what the years say of them."""

    rows: Sequence[Mapping[str, Any]]

    def total(self, year: int) -> int:
        """All people of a year."""
        return sum(row["people"] for row in self.rows if row[YEAR] == year)

    def balance(self, before: int, after: int) -> Balance:
        """From one year to the next that is there."""
        going, coming = self._of(before), self._of(after)
        terms = [Term("with_household_in", _sum(coming, came_from=_NEW, household_came_from=_NEW))]
        terms += _by_reason("came", [r for r in coming if r["came_from"] == _NEW and r["household_came_from"] != _NEW], 1)
        terms.append(Term("person_came_unknown", sum(r["people"] for r in coming if r["came_from"] not in (*_THERE, _NEW))))
        terms.append(Term("with_household_out", -_sum(going, went_to=_GONE, household_went_to=_GONE)))
        terms += _by_reason("went", [r for r in going if r["went_to"] == _GONE and r["household_went_to"] != _GONE], -1)
        terms.append(Term("person_gone_unknown", -sum(r["people"] for r in going if r["went_to"] not in (*_THERE, _GONE))))
        # Who stands twice in one of the years is linked once.
        stayed = sum(r["people"] for r in going if r["went_to"] in _THERE)
        there = sum(r["people"] for r in coming if r["came_from"] in _THERE)
        terms.append(Term("uneven", there - stayed))
        return Balance("members", self.total(before), tuple(term for term in terms if term.amount), self.total(after))

    def moved(self, year: int) -> int:
        """How many came from another household of the roster."""
        return _sum(self._of(year), came_from=_MOVED)

    def _of(self, year: int) -> list[Mapping[str, Any]]:
        return [row for row in self.rows if row[YEAR] == year]


def people(table: Table) -> People:
    """The rows of members of all years."""
    looked = {name: table.between.get(name, pa.nulls(table.data.num_rows, pa.string())) for name in _BETWEEN}
    own = {name: column(table, name) for name in (YEAR, "change_reason")}
    found = duck.run(_COUNTED, {"p": pa.table({**own, **looked})})
    return People(found.to_pylist())


def _sum(rows: Iterable[Mapping[str, Any]], **wanted: str) -> int:
    return sum(row["people"] for row in rows if all(row[name] == value for name, value in wanted.items()))


def _by_reason(name: str, rows: Iterable[Mapping[str, Any]], sign: int) -> list[Term]:
    """A term for each reason, those without one last.

    One row may be a person's first and last: that he died is no reason for his coming.
    """
    found: dict[str, int] = {}
    for row in rows:
        given = row["change_reason"] or ""
        reason = given if (given in LEFT) == (sign < 0) else ""
        found[reason] = found.get(reason, 0) + sign * row["people"]
    return [Term(name, found[reason], reason) for reason in sorted(found, key=lambda one: (one == "", one))]
