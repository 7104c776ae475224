"""A worked case as a pack writes it, to be copied into a file of cases."""

import re
from collections.abc import Iterator, Mapping

from fupin_cli.model.case import OPEN, Case

_PLAIN = re.compile(r"[\w.][\w./()（）·-]*")


def case_lines(case: Case) -> Iterator[str]:
    """The lines of a case; what it must come to is left open."""
    yield f"- name: {_scalar(case.name)}"
    if case.year is not None:
        yield f"  year: {case.year}"
    if case.as_of is not None:
        yield f"  as_of: {case.as_of.isoformat()}"
    if case.settings:
        yield f"  set: {_row(case.settings)}"
    if case.subject:
        yield f"  subject: {case.subject}"
    yield "  given:"
    for table, rows in case.given.items():
        if isinstance(rows, Mapping):
            yield f"    {table}: {_row(rows)}"
        elif not rows:
            yield f"    {table}: []"
        else:
            yield f"    {table}:"
            yield from (f"      - {_row(row)}" for row in rows)
    yield f"  expect: {{outcome: '{OPEN}'}}"


def _row(row: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {_scalar(text)}" for name, text in row.items()) + "}"


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"
