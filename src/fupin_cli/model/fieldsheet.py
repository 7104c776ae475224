"""The columns of a field sheet: those of the survey, what an interviewer needs to find a household, and blanks of the office."""

from fupin_cli.messages import say
from fupin_cli.model.sample import Sample, Unit
from fupin_cli.model.tables import fields

#: Fields of the survey and of the household by name, others by the code of their header.
COLUMNS = (
    "sample-order", "county", "township", "village", "villager_group", "household_id", "head_name", "address", "year",
    "sample_group", "household_size", "wrongly_exited", "missed_people", "approves", "sample-visited", "sample-interviewer",
    "sample-remarks",
)  # fmt: skip
#: What the interviewer answers.
ANSWERS = ("wrongly_exited", "missed_people", "approves")


def header(name: str) -> str:
    """A column's header, Chinese as those of every table, so that the sheet is read back."""
    for table in ("survey", "household"):
        if name in fields(table):
            return fields(table)[name].label
    return say(name, "zh")


def values(sample: Sample, number: int, unit: Unit) -> list[str | int | None]:
    """What stands in a household's row: the blanks that an interviewer fills in are None."""
    county, township, village = unit.place
    given: dict[str, str | int | None] = {
        "sample-order": number, "county": county, "township": township, "village": village,
        "villager_group": unit.villager_group, "household_id": unit.household_id, "head_name": unit.head_name,
        "address": unit.address, "year": sample.year, "sample_group": unit.group, "household_size": unit.household_size,
    }  # fmt: skip
    return [given.get(name) for name in COLUMNS]
