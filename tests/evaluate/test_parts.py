"""The values of parts agree with the verdict that they explain, and with three-valued logic, over worked cases of several packs."""

from collections.abc import Iterator

import pytest

from fupin_cli.evaluate.cases import judged_cases
from fupin_cli.model.result import StandardResult
from fupin_cli.model.values import ValueType
from fupin_cli.model.view import STATUSES
from fupin_cli.rules.conditions import Tree, conditions, trees, truth
from fupin_cli.rules.locate import shelf
from fupin_cli.rules.packs import load_cases, load_pack
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard

TRUTHS = {"true": True, "false": False, None: None}
PACKS = ("national-2016", "marginal-2020", "chongqing-kaizhou-2017", "guangdong-chishui-2016")


@pytest.fixture(scope="module")
def judged() -> list[tuple[ReadyStandard, StandardResult]]:
    found, results = shelf(), []
    for name in PACKS:
        loaded = load_pack(found.find(name), found)
        for key, cases in load_cases(loaded).items():
            standard = loaded.standards[key]
            batches = judged_cases(standard, Parameters(loaded.pack, {}), cases, parts=True)
            results += [(standard, batch.verdicts) for batch in batches]
    return results


def conditional(standard: ReadyStandard) -> Iterator[Tree]:
    yield from (tree for tree in trees(standard) if tree.node.type is ValueType.BOOL)


def test_a_condition_about_the_subject_is_what_its_parts_make_it(judged: list[tuple[ReadyStandard, StandardResult]]) -> None:
    seen = 0
    for standard, result in judged:
        for tree in conditional(standard):
            whole = result.part(tree.key, ())
            if tree.over or whole is None:
                continue
            columns = {path: result.part(tree.key, path) for path, _ in conditions(tree.node)}
            values = {path: column.to_pylist() for path, column in columns.items() if column is not None}
            for index, value in enumerate(whole.to_pylist()):
                assert truth(tree.node, lambda path, _, index=index, values=values: values[path][index]) == value
                seen += 1
    assert seen > 2000


def test_a_condition_about_a_row_is_what_its_parts_make_it(judged: list[tuple[ReadyStandard, StandardResult]]) -> None:
    seen = 0
    for standard, result in judged:
        for tree in conditional(standard):
            places = [path for path, _ in conditions(tree.node)]
            for row in result.row_parts.get(tree.key, ()):
                if () in row.values:
                    known = {path: TRUTHS[row.values[path]] for path in places}
                    assert truth(tree.node, lambda path, _, known=known: known[path]) == TRUTHS[row.values[()]]
                    seen += 1
    assert seen > 300


def test_a_check_passes_exactly_where_the_root_of_its_requirement_is_true(
    judged: list[tuple[ReadyStandard, StandardResult]],
) -> None:
    for standard, result in judged:
        for check in standard.checks:
            requires = result.part(f"checks.{check}.require", ())
            assert requires is not None
            for value, number in zip(requires.to_pylist(), result.data.column(f"status.{check}").to_pylist(), strict=True):
                status = STATUSES[number]
                assert (value is True) == (status == "pass") or status == "not_applicable"
                assert value is False or status != "fail"


def test_nobody_pays_for_parts_that_were_not_asked_for() -> None:
    found = shelf()
    loaded = load_pack(found.find("national-2016"), found)
    standard = loaded.standards["household-exit"]
    for batch in judged_cases(standard, Parameters(loaded.pack, {}), load_cases(loaded)["household-exit"]):
        assert not batch.verdicts.row_parts
        assert not [name for name in batch.verdicts.data.column_names if name.startswith("part.")]
