"""What an identity number encodes: birth date and sex, where the sheet leaves them blank."""

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.load.tables.encoded import encoded
from fupin_cli.load.tables.part import Part
from fupin_cli.model.problem import Problem

_NUMBER = "id_number"
_ENCODED = ("birth_date", "sex")


def fill_from_id_numbers(members: Part) -> list[Problem]:
    """Fill what is blank; where the sheet and the number disagree, neither counts, and the problem names both cells."""
    numbers = members.values.get(_NUMBER)
    if numbers is None:
        return []
    problems: list[Problem] = []
    for name, said in zip(_ENCODED, encoded(numbers), strict=True):
        given = members.values.get(name)
        if given is None:
            members.values[name] = said
            continue
        unread = members.unread.get(name, pa.array([False] * len(members), pa.bool_()))
        differ = pc.fill_null(pc.not_equal(given, said), False)
        for record in pc.indices_nonzero(differ).to_pylist():
            where, other = members.address(record, name), members.address(record, _NUMBER)
            problems.append(Problem("sources-disagree", "error", where, "person", name, other=other))
        if pc.any(differ).as_py():
            members.as_given[name] = given
        blocked = pc.or_(unread, differ)
        members.values[name] = pc.if_else(blocked, pa.scalar(None, said.type), pc.coalesce(given, said))
        if pc.any(blocked).as_py():
            members.unread[name] = blocked
    return problems
