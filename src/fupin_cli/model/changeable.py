"""What can be otherwise next year, and what can only be written down rightly: nobody grows younger because it would help."""

from collections.abc import Mapping

from fupin_cli.model.tables import TABLES, fields
from fupin_cli.model.view import Value

#: Forms of fields that say who somebody is, or of what year a row is.
_IDENTITY = {"key", "id-number", "phone", "year", "month"}
#: Fields that say what somebody is or where a row belongs, beside keys, years and names.
_GIVEN: Mapping[str, frozenset[str]] = {
    "household": frozenset({
        "household_size", "province", "city", "county", "township", "village", "villager_group", "identification_standard",
        "household_category", "poverty_status", "registered", "main_cause", "second_cause", "third_cause", "dibao_area",
        "address", "disabled_household",
    }),
    "person": frozenset({
        "relation", "sex", "birth_date", "ethnicity", "id_type", "health", "disability_category", "disability_grade",
    }),
}  # fmt: skip


def is_fixed(table: str, name: str, value: Value) -> bool:
    """Whether what stands in a field is a matter of fact that nothing done from now on can change.

    A day on which something happened is one; a blank one is still to come.
    """
    declared = fields(table)[name]
    if declared.form.name in _IDENTITY or name in (*TABLES[table].KEY, TABLES[table].NAME):
        return True
    return name in _GIVEN.get(table, ()) or (declared.form.name == "date" and value is not None)


def is_identity(table: str, name: str) -> bool:
    """Whether a field says whose row it is or of which year: with another value it would be another row."""
    return fields(table)[name].form.name in ("key", "year") or name in TABLES[table].KEY
