"""Every condition of every shipped pack has been shown true, false and unknown by a worked case, and deciding alone both ways."""

import pytest

from fupin_cli.covering import can_prove, cover_standard
from fupin_cli.rules.inheriting import worked_cases
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import load_pack

SHELF = Shelf((CHECKOUT,))


@pytest.mark.parametrize("name", SHELF.names())
def test_every_condition_is_covered_or_proved_out_of_reach(name: str) -> None:
    assert can_prove(), "the solver belongs to the development environment"
    loaded = load_pack(SHELF.find(name), SHELF)
    cases = worked_cases(loaded)
    gaps = [
        f"{gap.file}:{gap.line}:{gap.column} {gap.text}: {goal}"
        for standard in loaded.standards
        for gap, goal in cover_standard(loaded, standard, cases[standard]).gaps
    ]
    assert not gaps
