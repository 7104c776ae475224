"""A condition written out again says the same: over every condition of every pack, and where parentheses matter."""

from collections.abc import Iterator

import pytest

from fupin_cli.model.values import ValueType
from fupin_cli.rules.expression import NameKind, Node
from fupin_cli.rules.locate import shelf
from fupin_cli.rules.packs import load_pack
from fupin_cli.rules.parser import parse
from fupin_cli.rules.scope import Known, Scope
from fupin_cli.rules.standard import between_names, own_names, table_names
from fupin_cli.rules.wording import text_of, without_places

HOUSEHOLD = Scope(table_names("household"), {"line": Known(NameKind.PARAMETER, ValueType.NUMBER)}, null_tests=True)


def read(text: str, scope: Scope = HOUSEHOLD, wanted: ValueType | None = ValueType.BOOL) -> Node:
    return without_places(parse(text, scope, wanted))


@pytest.mark.parametrize(
    ("written", "again"),
    [
        ("( food_secure )AND  clothing_secure", "food_secure AND clothing_secure"),
        ("(food_secure OR water_safe) AND clothing_secure", "(food_secure OR water_safe) AND clothing_secure"),
        ("NOT (food_secure AND water_safe)", "NOT (food_secure AND water_safe)"),
        ("NOT (income_per_capita > $line)", "NOT (income_per_capita > $line)"),
        ("wage_income - (business_income - transfer_income) > 0", "wage_income - (business_income - transfer_income) > 0"),
        ("wage_income - business_income - transfer_income > 0", "wage_income - business_income - transfer_income > 0"),
        ("(wage_income + business_income) * 2 > 1.50", "(wage_income + business_income) * 2 > 1.50"),
        ("housing_grade  in ('A','B')", "housing_grade IN ('A', 'B')"),
        ("income_per_capita BETWEEN 1 AND 2", "income_per_capita >= 1 AND income_per_capita <= 2"),
        ("village = 'O''Hara'", "village = 'O''Hara'"),
        ("NOT village IS NULL", "village IS NOT NULL"),
        ("NOT housing_grade IN ('A')", "housing_grade NOT IN ('A')"),
    ],
)  # fmt: skip
def test_a_condition_is_written_with_no_more_parentheses_than_it_needs(written: str, again: str) -> None:
    assert text_of(read(written)) == again
    assert read(again) == read(written)


def every_condition() -> Iterator[tuple[str, Node, Scope]]:
    found = shelf()
    for name in found.names():
        loaded = load_pack(found.find(name), found)
        parameters = {
            one: Known(NameKind.PARAMETER, ValueType.LIST if parameter.is_list else ValueType.NUMBER)
            for one, parameter in loaded.pack.parameters.items()
        }
        for standard in loaded.standards.values():
            facts = {one: Known(NameKind.FACT, ready.type) for one, ready in standard.facts.items()}
            checks = {one: Known(NameKind.CHECK, ValueType.BOOL) for one in standard.checks}
            known = table_names(standard.subject) | between_names(standard.subject) | facts | checks
            mine = Scope(known, parameters, null_tests=True)
            for fact in standard.facts.values():
                scope = Scope(table_names(fact.fact.over), parameters) if fact.fact.over is not None else mine
                yield from ((f"{name} {fact.name}", node, scope) for node in (fact.node, fact.where) if node is not None)
                if fact.on is not None:
                    yield f"{name} {fact.name} on", fact.on.over, Scope(own_names(str(fact.fact.over)))
            for check in standard.checks.values():
                yield from ((f"{name} {check.name}", node, mine) for node in (check.require, check.applies) if node is not None)
            yield from ((f"{name} {standard.name}", row.when, mine) for row in standard.rows if row.when is not None)


def test_every_condition_of_every_pack_comes_back_as_it_was() -> None:
    conditions = list(every_condition())
    assert len(conditions) > 500
    for where, node, scope in conditions:
        assert read(text_of(node), scope, node.type) == without_places(node), where
