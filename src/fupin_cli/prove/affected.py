"""What a change in one place of a standard can reach: everything else stays as it was."""

from collections.abc import Iterable

from fupin_cli.rules.expression import NameKind, Node, names
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard

#: Prefixes of the parts that can be reached, before their names.
FIELD, FACT, CHECK, ROW = "field ", "fact ", "check ", "row "
#: For whom the standard is.
APPLIES = "applies"


def users(standard: ReadyStandard, parameters: Parameters) -> dict[str, set[str]]:
    """For each field, fact and check: which fields, facts, checks and decision rows are made of it."""
    found: dict[str, set[str]] = {}

    def add(made: str, of: Iterable[str]) -> None:
        for part in of:
            found.setdefault(part, set()).add(made)

    for name, ready in standard.facts.items():
        if ready.fact.over is None:
            add(FACT + name, _named(ready.node, parameters))
        if ready.fact.per is not None:
            add(FIELD + str(ready.fact.fills), [FIELD + ready.fact.per])
        if ready.fact.fills is not None:
            add(FIELD + ready.fact.fills, [FACT + name])
    for name, check in standard.checks.items():
        for node in (check.applies, check.require):
            add(CHECK + name, _named(node, parameters) if node is not None else [])
    for index, row in enumerate(standard.rows):
        add(f"{ROW}{index}", _named(row.when, parameters) if row.when is not None else [])
    add(APPLIES, _named(standard.applies, parameters) if standard.applies is not None else [])
    return found


def reached(start: Iterable[str], made_of: dict[str, set[str]]) -> frozenset[str]:
    """Everything that is made of these parts, and they themselves."""
    found, left = set(start), list(start)
    while left:
        for user in made_of.get(left.pop(), ()):
            if user not in found:
                found.add(user)
                left.append(user)
    return frozenset(found)


def _named(node: Node, parameters: Parameters) -> list[str]:
    found: list[str] = []
    for ref in names(node):
        match ref.kind:
            case NameKind.FIELD:
                found.append(FIELD + ref.name)
            case NameKind.FACT:
                found.append(FACT + ref.name)
            case NameKind.CHECK:
                found.append(CHECK + ref.name)
            case NameKind.PARAMETER:
                by = parameters.pack.parameters[ref.name].by
                found += [FIELD + by] if by is not None else []
            case NameKind.AS_OF:
                pass
    return found
