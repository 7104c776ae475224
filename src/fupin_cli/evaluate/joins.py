"""Which rows of another table belong to a subject, as SQL.

Rows of the same household belong together where nothing else is said, in the same year. With ``on`` they belong together where
an expression has the same known value on both sides, and again the year is the same; a row that states no year belongs where
all rows with that value are of one year, else to nobody for certain: it is *loose*.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow.compute as pc

from fupin_cli.evaluate.sql import Writer, quoted, sql_type
from fupin_cli.model.tables import SHEET, TABLES, Table
from fupin_cli.rules.expression import NameKind, Ref, names
from fupin_cli.rules.standard import HOUSEHOLD_KEY, On, ReadyFact, ReadyStandard

#: Fields that say to which subject a row belongs.
KEY, YEAR = HOUSEHOLD_KEY, "year"
HOUSEHOLD, COUNTY = "household", "county"

#: Worked cases stand in the same tables but know nothing of each other: table → numbers of the cases that give it.
Apart = Mapping[str, Sequence[int]]
#: Column of the subject's table where each row is judged on a day of its own; blank where it is the day of all of them.
DAY = "_as_of"


@dataclass(frozen=True)
class Join:
    """One way in which rows of a table belong to subjects, and the facts about these rows."""

    #: Suffix of its relations, so that several stand beside each other.
    id: str
    subject: Table
    over: Table
    on: On | None
    facts: tuple[ReadyFact, ...]
    apart: Apart | None = None
    #: The tables are not there yet (``build_query``): what depends on their rows is asked when the query runs.
    register: bool = False
    #: A row may say something of several subjects: rules about the data look up what many rows have in common.
    looked_up: bool = False

    @property
    def of_household(self) -> bool:
        """Whether the subject is the household and the rows are those of the household."""
        return self.on is None and self.subject.name == HOUSEHOLD

    @property
    def sized(self) -> bool:
        """Whether the subject says how many rows there should be."""
        return self.of_household and self.over.name == "person"

    @property
    def column(self) -> str:
        """The base's column by whose value rows are found."""
        return f"on.{self.id}"

    @property
    def folded(self) -> str:
        """The relation that has what the rows of each subject come to."""
        return f"folded{self.id}"

    def by(self, table: Table, alias: str) -> str:
        """What both sides must agree in, on a row of one of the two tables."""
        if self.on is None:
            return _column(table, KEY, alias)
        side = self.on.over if table is self.over else self.on.subject
        return Writer(lambda ref: _named(table, ref, alias), blank=lambda _: "NULL").write(side)

    def base(self) -> dict[str, str]:
        """What must be known of a subject, over ``s``: by what its rows are found, and whether it is there in one year only."""
        mine = self.by(self.subject, "s")
        if not self.of_household:
            one_year = {self.one_year: self._one_year(mine)} if self.timeless or self.undated else {}
            return {self.column: mine} | one_year | ({self.only: self._only(mine)} if self.namesakes else {})
        whose = mine + (f', s."{SHEET}"' if self.apart is not None else "")
        return {self.column: mine, "alone": f"COUNT(*) OVER (PARTITION BY {whose}) = 1"}

    @property
    def timeless(self) -> bool:
        """Whether rows of another table without any year are joined with subjects of several: whose year they are of is open."""
        if self.of_household or self.yearly or self.subject.name == self.over.name or not self.subject.has(YEAR):
            return False
        return len(pc.unique(self.subject.data.column(YEAR))) > 1

    @property
    def undated(self) -> bool:
        """Whether only the query can see if any row states a year: where none does, whose year they are of is open."""
        return self.register and self.ambiguous and self.subject.name != self.over.name and self.subject.has(YEAR)

    @property
    def one_year(self) -> str:
        """The base's column that says whether all subjects with the same value are of one year."""
        return f"one-year.{self.id}"

    def _one_year(self, mine: str) -> str:
        whose = f"PARTITION BY {mine}" + (f', s."{SHEET}"' if self.apart is not None else "")
        year = f's."{YEAR}"'
        return (
            f"(COALESCE(MIN({year}) OVER ({whose}) = MAX({year}) OVER ({whose}), TRUE)"
            f" AND COUNT({year}) OVER ({whose}) IN (0, COUNT(*) OVER ({whose})))"
        )

    @cached_property
    def namesakes(self) -> bool:
        """Whether several subjects of a year may be found by one value, which is only a part of what tells them apart.

        Of two counties of one name in two provinces nobody knows to which of them a row belongs that has the name alone.
        """
        if self.on is None or self.looked_up or self.subject.name != COUNTY:
            return False
        named = {ref.name for ref in names(self.on.subject) if ref.kind is NameKind.FIELD}
        # Standards of villages and their teams ask by themselves whether the name of a village is its own.
        if not named < set(TABLES[COUNTY].KEY) or not all(self.subject.has(name) for name in named):
            return False
        dated = self.subject.has(YEAR) and self.subject.data.column(YEAR).null_count == 0
        apart = [*sorted(named), *([SHEET] if self.apart is not None else []), *([YEAR] if dated else [])]
        found = self.subject.data.group_by(apart).aggregate([])
        return self.register or found.num_rows < self.subject.data.num_rows

    @property
    def only(self) -> str:
        """The base's column that says whether a subject is the only one of its year with the same value."""
        return f"only.{self.id}"

    def _only(self, mine: str) -> str:
        whose = f"PARTITION BY {mine}" + (f', s."{SHEET}"' if self.apart is not None else "")
        if not self.subject.has(YEAR):
            return f"(COUNT(*) OVER ({whose}) = 1)"
        year = f's."{YEAR}"'
        # One without a year may be of the year of any other.
        dated = f"COUNT({year}) OVER ({whose}) = COUNT(*) OVER ({whose}) AND COUNT(*) OVER ({whose}, {year}) = 1"
        return f"(COUNT(*) OVER ({whose}) = 1 OR ({dated}))"

    @property
    def askers(self) -> str:
        """The relation of those who look for rows: every household, else one subject for all that would find the same ones."""
        return "base" if self.of_household else f"asked{self.id}"

    def asked(self, places: Sequence[str]) -> str:
        """One subject for all that agree in what decides which rows they find and what these come to.

        A number that stands in ten thousand rows would otherwise be joined with itself a hundred million times.
        """
        shared = self._shared(places)
        columns = ", ".join(quoted(name) for name in shared)
        found = f'MIN("_i") AS "_i", MIN("as_of") AS "as_of", {columns}'
        return f"{self.askers} AS (\n  SELECT {found}\n  FROM base WHERE {quoted(self.column)} IS NOT NULL GROUP BY {columns})"

    def _shared(self, places: Sequence[str]) -> list[str]:
        unreadable = [f"bad.{YEAR}"] if YEAR in self.subject.unreadable else []
        sheet = [SHEET] if self.apart is not None else []
        alone = [self.one_year] if self.timeless or self.undated else []
        alone += [self.only] if self.namesakes else []
        # The first two are what a row is found by; the day of judgement goes with the year.
        return [self.column, YEAR, *alone, *unreadable, *sheet, *(f"given.{place}" for place in places)]

    def asker(self, places: Sequence[str]) -> str:
        """The join that leads from a subject ``b`` to the one that asked for it."""
        first, *others = (quoted(name) for name in self._shared(places))
        same = [f"{self.askers}.{first} = b.{first}", *(f"{self.askers}.{o} IS NOT DISTINCT FROM b.{o}" for o in others)]
        return f"JOIN {self.askers} ON {' AND '.join(same)}"

    def rows(self) -> str:
        """The other table, with the value by which it is joined and whether all rows of that value are of one year."""
        columns = [f'{self.by(self.over, "s")} AS "_on"']
        if self.ambiguous:
            whose = 'PARTITION BY "_on"' + (f', "{SHEET}"' if self.apart is not None else "")
            inner = f"(SELECT s.*, {columns[0]} FROM {quoted(self.over.name)} AS s)"
            one = f'COALESCE(MIN("{YEAR}") OVER ({whose}) = MAX("{YEAR}") OVER ({whose}), TRUE)'
            none = f', COUNT("{YEAR}") OVER () = 0 AS "_undated"' if self.undated else ""
            return f'(SELECT *, {one} AS "_one_year"{none} FROM {inner} AS r)'
        return f"(SELECT s.*, {columns[0]} FROM {quoted(self.over.name)} AS s)"

    @property
    def yearly(self) -> bool:
        """Whether any row has a year to agree in."""
        if not self.over.has(YEAR):
            return False
        return YEAR in self.over.unreadable or self.over.data.column(YEAR).null_count < self.over.data.num_rows

    @property
    def ambiguous(self) -> bool:
        """Whether a row on either side may lack its year, so that the years of the others have to be looked at."""
        if self.of_household or not self.yearly:
            return False
        complete = self.over.data.column(YEAR).null_count == 0
        stated = self.subject.has(YEAR) and self.subject.data.column(YEAR).null_count == 0
        return not (complete and stated)

    def same(self) -> str:
        """Whether a row agrees with a subject in everything but the year."""
        same = f'p."_on" = b.{quoted(self.column)}'
        return same + (f' AND p."{SHEET}" = b."{SHEET}"' if self.apart is not None else "")

    def in_year(self) -> str:
        """Whether a row that agrees otherwise surely belongs to the subject: the year is its own, and no other has its name."""
        return f"(b.{quoted(self.only)} AND {self._in_year()})" if self.namesakes else self._in_year()

    def _in_year(self) -> str:
        year = f'p."{YEAR}"' if self.yearly else "CAST(NULL AS BIGINT)"
        theirs, mine = _unreadable(self.over, "p"), _unreadable(self.subject, "b")
        if self.of_household:
            # A year that is there but cannot be read may be any year: such a row belongs to none for certain.
            blank = f"{year} IS NULL" + (f" AND NOT {theirs}" if theirs else "")
            return f'({year} = b."{YEAR}" OR ({blank} AND b."alone"))'
        if not self.yearly:
            return f"b.{quoted(self.one_year)}" if self.timeless else "TRUE"
        if not self.ambiguous:
            return f'({year} = b."{YEAR}")'
        silent = f'({year} IS NULL OR b."{YEAR}" IS NULL) AND p."_one_year"'
        silent += "".join(f" AND NOT {bad}" for bad in (theirs, mine) if bad)
        if self.undated:
            silent += f' AND (NOT p."_undated" OR b.{quoted(self.one_year)})'
        return f'({year} = b."{YEAR}" OR ({silent}))'

    def loose(self) -> str:
        """Subjects to which a row may belong whose year nobody knows; empty where there can be none."""
        if self.of_household:
            # Without any year the rows of persons are nobody's, and a household without rows is not whole anyway.
            if self.sized if not self.yearly else self.over.data.column(YEAR).null_count == 0:
                return ""
            theirs = _unreadable(self.over, "p")
            silent = f'p."{YEAR}" IS NULL AND ' if self.yearly else ""
            unsure = silent + (f'(NOT b."alone" OR {theirs})' if theirs else 'NOT b."alone"')
        elif self.timeless:
            unsure = f"NOT b.{quoted(self.one_year)}"
        elif self.ambiguous:
            unsure = f'(p."{YEAR}" IS NULL OR b."{YEAR}" IS NULL) AND NOT COALESCE({self.in_year()}, FALSE)'
        else:
            unsure = ""
        if self.namesakes:
            same_year = f' AND COALESCE(p."{YEAR}" = b."{YEAR}", TRUE)' if self.yearly else ""
            other = f"(NOT b.{quoted(self.only)}{same_year})"
            unsure = f"({unsure} OR {other})" if unsure else other
        if not unsure:
            return ""
        return f'SELECT DISTINCT b."_i" FROM {self.rows()} AS p JOIN {self.askers} AS b ON {self.same()} AND {unsure}'

    def unplaced(self) -> str:
        """TRUE where a row of which nobody knows where it belongs might be one of this subject's."""
        if self.over.quarantined or self.over.partial:
            return "TRUE"
        return f'(lost{self.id}."n" IS NOT NULL)' if self.lost() else "FALSE"

    def lost(self) -> str:
        """Whether there are rows of which nobody knows where they belong: one row where there are; empty where there can be none.

        Asked once for all facts of the join: as a subquery in each of them it was most of the time of a small file.
        """
        # Of a household's sheet rows without a household are left out when it is read; a register still has them.
        if self.over.quarantined or self.over.partial or (self.of_household and not self.register):
            return ""
        where = f"FROM {quoted(self.over.name)} AS q WHERE {self.by(self.over, 'q')} IS NULL"
        return f'SELECT DISTINCT q."{SHEET}", 1 AS "n" {where}' if self.apart is not None else f'SELECT 1 AS "n" {where} LIMIT 1'

    def with_lost(self) -> str:
        """The join of a subject ``b`` with that one row."""
        same = f'lost{self.id}."{SHEET}" = b."{SHEET}"' if self.apart is not None else "TRUE"
        return f"LEFT JOIN lost{self.id} ON {same}"

    def there(self) -> str:
        """Whether a subject's case gives the table at all; always so for files."""
        if self.apart is None:
            return "TRUE"
        cases = ", ".join(str(number) for number in self.apart.get(self.over.name, ()))
        return f'b."{SHEET}" IN ({cases})' if cases else "FALSE"


def joins(standard: ReadyStandard, tables: Mapping[str, Table], apart: Apart | None, *, register: bool = False) -> list[Join]:
    """The facts over other rows whose table is there, those that look at the same rows together."""
    groups: dict[tuple[str, On | None], list[ReadyFact]] = {}
    for ready in standard.facts.values():
        table = tables.get(ready.fact.over) if ready.fact.over is not None else None
        if table is not None and (ready.on is not None or table.has(KEY)):
            groups.setdefault((table.name, ready.on), []).append(ready)
    subject = tables[standard.subject]
    return [
        Join(str(number), subject, tables[over], on, tuple(facts), apart, register, standard.is_quality)
        for number, ((over, on), facts) in enumerate(groups.items())
    ]


def _column(table: Table, name: str, alias: str) -> str:
    return f"{alias}.{quoted(name)}" if table.has(name) else f"CAST(NULL AS {sql_type(table.name, name)})"


def _named(table: Table, ref: Ref, alias: str) -> str:
    return _column(table, ref.name, alias)


def _unreadable(table: Table, alias: str) -> str:
    """The flag of an unreadable year; empty where there is none."""
    return f'{alias}."bad.{YEAR}"' if YEAR in table.unreadable else ""
