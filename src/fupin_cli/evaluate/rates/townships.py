"""How many people does each township have of those a survey asks about? From the roster, where it says it of all."""

from collections.abc import Mapping

from fupin_cli.model.sample import group_of
from fupin_cli.model.tables import Table

_PLACE = ("county", "township", "year")
_STATE = ("registered", "poverty_status")
_SIZE = "household_size"
#: County, year and 组别.
Group = tuple[str | None, int | None, str]


def people_by_township(households: Table) -> dict[Group, Mapping[str, int]]:
    """County, year and 组别 → township → persons; only groups in which every household's township and size is known.

    A household whose group is not known may be of any, so there is then nothing to say of its county and year.
    """
    if not all(households.has(name) for name in (*_PLACE[:2], _SIZE)):
        return {}
    columns = [name for name in (*_PLACE, *_STATE) if households.has(name)]
    found: dict[Group, dict[str, int]] = {}
    doubtful: set[Group] = set()
    lost: set[tuple[str | None, int | None]] = set()
    counted = households.data.group_by(columns, use_threads=False).aggregate(
        [(_SIZE, "sum"), (_SIZE, "count"), ([], "count_all")]
    )
    for row in counted.to_pylist():
        where = (row["county"], row.get("year"))
        group = group_of(row.get("registered"), row.get("poverty_status"))
        if group is None:
            lost.add(where)
            continue
        if row["township"] is None or row[f"{_SIZE}_count"] < row["count_all"]:
            doubtful.add((*where, group))
            continue
        townships = found.setdefault((*where, group), {})
        townships[row["township"]] = townships.get(row["township"], 0) + row[f"{_SIZE}_sum"]
    return {key: townships for key, townships in found.items() if key not in doubtful and key[:2] not in lost}
