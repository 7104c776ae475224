"""What a sheet is, by its header: which table's rows it holds."""

from collections.abc import Mapping
from dataclasses import dataclass

from fupin_cli.load.tables.headers import Header, Top, find_header, read_header, settled
from fupin_cli.model.tables import TABLES

KEY, YEAR = "household_id", "year"
#: What a member sheet may repeat without being a household sheet, too.
PLACES = frozenset({KEY, YEAR, "province", "city", "county", "township", "village", "villager_group"})
_PEOPLE = ("household", "person")
#: A sheet with one of these has a row per member, not per household.
_MEMBER_MARKS = ("relation", "person_id")
_MEMBER_NUMBER = "id_number"
#: Without such a mark a sheet is one of members when it has more columns that only members have, and at least so many.
_FEWEST_OF_MEMBERS = 2


@dataclass(frozen=True)
class Plan:
    """Which tables a sheet gives rows to, and its header read for each."""

    headers: Mapping[str, Header]

    @property
    def kind(self) -> str:
        """``household``, ``person`` ..., or ``household+person`` for an export with a row per member."""
        return "+".join(self.headers)

    @property
    def main(self) -> Header:
        """The header of the table whose rows the sheet has."""
        return self.headers.get("person") or next(iter(self.headers.values()))

    @property
    def positions(self) -> set[int]:
        """All columns that are fields of one of the tables."""
        return {position for header in self.headers.values() for position in header.positions}


def recognise(top: Top) -> Plan | None:
    """The tables of a sheet: the one of whose fields its header names most; None where it names those of none."""
    found = {table: header for table in TABLES if (header := find_header(top, table)) is not None}
    if not found:
        return None
    person, household = found.get("person"), found.get("household")
    of_people = max((len(found[table].matched) for table in _PEOPLE if table in found), default=0)
    other = max(
        (table for table in found if table not in _PEOPLE),
        key=lambda table: (len(found[table].matched), top.sheet.name in TABLES[table].SHEETS),
        default=None,
    )
    if other is not None:
        count, named = len(found[other].matched), top.sheet.name in TABLES[other].SHEETS
        if count > of_people or (count == of_people and named):
            return Plan({other: settled(top, found[other])})
    if person is not None and _is_of_members(person, household):
        return _members(top, settled(top, person))
    return Plan({"household": settled(top, household)}) if household is not None else None


def _is_of_members(person: Header, household: Header | None) -> bool:
    if any(mark in person.matched for mark in _MEMBER_MARKS):
        return True
    if household is None:
        return KEY in person.matched or _MEMBER_NUMBER in person.matched
    only_members = person.positions - household.positions
    places = {match.position for match in household.all() if match.column.name in PLACES}
    only_households = household.positions - person.positions - places
    return len(only_members) >= _FEWEST_OF_MEMBERS and len(only_members) > len(only_households)


def _members(top: Top, person: Header) -> Plan | None:
    if KEY not in person.matched:
        # A row per member and nothing that says of which household: only a number of his own can tell.
        return Plan({"person": person}) if _MEMBER_NUMBER in person.matched else None
    own = {match.position for match in person.all() if match.column.name not in (KEY, YEAR)}
    first = person.first
    last = first + 1 if list(person.texts) != list(top.rows[first]) else first
    repeated = settled(top, read_header(top, first, last, "household", own))
    if set(repeated.matched) - {KEY, YEAR}:
        return Plan({"household": repeated, "person": person})
    return Plan({"person": person})
