"""The part of a pack that says what a household's income, size and line are."""

from dataclasses import replace
from decimal import Decimal

from fupin_cli.errors import UsageRefused
from fupin_cli.model.household import MEMBER_COUNT
from fupin_cli.model.summary import LINE
from fupin_cli.model.values import ValueType
from fupin_cli.rules.expression import Compare, Constant, NameKind, Node, Ref, names
from fupin_cli.rules.packs import LoadedPack
from fupin_cli.rules.standard import ReadyFact, ReadyRow, ReadyStandard

#: The field that is held against the line, and its table.
INCOME, TABLE = "income_per_capita", "household"
_CHECK = "below"


def income_standard(loaded: LoadedPack, line: Decimal | None) -> ReadyStandard:
    """A standard that only holds incomes against the line: the facts of the pack that fill income and size, and nothing else.

    Raises:
        UsageRefused: the pack judges no households, or has no line and none was given.
    """
    judging = [standard for standard in loaded.standards.values() if standard.subject == TABLE and standard.checks]
    if not judging:
        raise UsageRefused("pack-for-another-command", name=loaded.pack.name, command="summary", standards="household-exit")
    # What income is said to come from, where one of them says it.
    standard = next((one for one in judging if one.filling(INCOME)), judging[0])
    limit: Node
    if line is not None:
        limit = Constant(ValueType.NUMBER, 0, line)
    elif LINE in loaded.pack.parameters:
        limit = Ref(ValueType.NUMBER, 0, LINE, NameKind.PARAMETER)
    else:
        raise UsageRefused("line-missing", name=loaded.pack.name)
    income = Ref(ValueType.NUMBER, 0, INCOME, NameKind.FIELD)
    check = next(iter(standard.checks.values()))
    held = replace(check, name=_CHECK, applies=None, require=Compare(ValueType.BOOL, 0, "<", income, limit))
    last = standard.rows[-1].row
    outcomes = {last.outcome: standard.standard.outcomes[last.outcome]}
    # As a standard about the data: nobody asks what would settle a household.
    declared = standard.standard.model_copy(update={"kind": "quality", "outcomes": outcomes})
    return ReadyStandard(declared, None, _facts(standard), {_CHECK: held}, [ReadyRow(last, None)])


def _facts(standard: ReadyStandard) -> dict[str, ReadyFact]:
    """The facts that income and size come from, those of other facts too."""
    wanted: list[str] = []

    def reach(ready: ReadyFact) -> None:
        if ready.name in wanted:
            return
        wanted.append(ready.name)
        below = [MEMBER_COUNT] if ready.fact.per is not None else []
        for ref in names(ready.node) if ready.fact.over is None else ():
            if ref.kind is NameKind.FACT:
                reach(standard.facts[ref.name])
            elif ref.kind is NameKind.FIELD:
                below.append(ref.name)
        for field in below:
            for filling in standard.filling(field):
                reach(filling)

    for field in (INCOME, MEMBER_COUNT):
        for ready in standard.filling(field):
            reach(ready)
    return {name: fact for name, fact in standard.facts.items() if name in wanted}
