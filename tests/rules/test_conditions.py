"""Conditions by their places, and three-valued truth, against SQL itself."""

import itertools

import duckdb
import pytest

from fupin_cli.model.values import ValueType
from fupin_cli.rules.conditions import conditions, parts, replaced, trees, truth
from fupin_cli.rules.expression import children
from fupin_cli.rules.locate import shelf
from fupin_cli.rules.packs import load_pack
from fupin_cli.rules.parser import parse
from fupin_cli.rules.scope import Scope
from fupin_cli.rules.standard import table_names
from fupin_cli.rules.wording import text_of

SCOPE = Scope(table_names("household"), {}, null_tests=True)
NAMES = ("food_secure", "clothing_secure", "water_safe")


@pytest.mark.parametrize(
    "text",
    [
        "food_secure AND (clothing_secure OR NOT water_safe)",
        "NOT (food_secure OR clothing_secure) OR water_safe",
        "food_secure AND clothing_secure AND NOT water_safe",
        "NOT NOT food_secure OR (clothing_secure AND TRUE)",
        "food_secure OR (clothing_secure AND FALSE)",
    ],
)
def test_truth_is_that_of_sql_for_every_combination_of_true_false_and_unknown(text: str) -> None:
    node = parse(text, SCOPE)
    for values in itertools.product((True, False, None), repeat=len(NAMES)):
        given = dict(zip(NAMES, values, strict=True))
        found = truth(node, lambda _, leaf, given=given: given[text_of(leaf)])
        written = ", ".join(f"CAST({'NULL' if v is None else str(v).upper()} AS BOOLEAN) AS {n}" for n, v in given.items())
        ((expected,),) = duckdb.sql(f"SELECT ({text}) FROM (SELECT {written})").fetchall()
        assert found == expected, (text, given)


def test_a_condition_is_found_at_its_path() -> None:
    node = parse("food_secure AND NOT (income_per_capita > 5 OR housing_grade IN ('A'))", SCOPE)
    assert [(path, text_of(one)) for path, one in conditions(node)] == [
        ((0,), "food_secure"),
        ((1, 0, 0), "income_per_capita > 5"),
        ((1, 0, 1), "housing_grade IN ('A')"),
    ]
    known = {path: False for path, _ in conditions(node)}
    assert truth(node, replaced(known, (0,), True)) is True
    assert truth(node, replaced(known, (1, 0, 1), True)) is False


def test_the_trees_of_every_pack_have_keys_of_their_own_and_hold_every_condition() -> None:
    found = shelf()
    for name in found.names():
        for standard in load_pack(found.find(name), found).standards.values():
            all_trees = trees(standard)
            assert len({tree.key for tree in all_trees}) == len(all_trees)
            assert len(all_trees) == len(standard.nodes())
            for tree in all_trees:
                places = dict(parts(tree.node))
                for path, one in conditions(tree.node):
                    assert places[path] is one
                    assert one.type is ValueType.BOOL
                    node = tree.node
                    for index in path:
                        node = children(node)[index]
                    assert node is one
