"""Every condition of every shipped pack has been shown true, false and unknown by a worked case, and deciding alone both ways."""

from collections.abc import Callable

import pytest

from fupin_cli.pipelines.covering import can_prove, cover_standard
from fupin_cli.rules.inheriting import WorkedCases, worked_cases
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import LoadedPack, load_pack

SHELF = Shelf((CHECKOUT,))
Gaps = Callable[[LoadedPack, str, WorkedCases], list[str]]


@pytest.fixture(scope="module")
def gaps_of() -> Gaps:
    """The gaps of a standard; what several packs share is asked once: the same text, numbers and cases come to the same."""
    known: dict[tuple[str, ...], list[str]] = {}

    def gaps(loaded: LoadedPack, name: str, cases: WorkedCases) -> list[str]:
        text = loaded.standards[name].standard.model_dump_json()
        numbers = {one: parameter for one, parameter in loaded.pack.parameters.items() if f"${one}" in text}
        key = (text, repr(numbers), repr(cases.all))
        if key not in known:
            found = cover_standard(loaded, name, cases).gaps
            known[key] = [f"{gap.file}:{gap.line}:{gap.column} {gap.text}: {goal}" for gap, goal in found]
        return known[key]

    return gaps


@pytest.mark.parametrize("name", SHELF.names())
def test_every_condition_is_covered_or_proved_out_of_reach(name: str, gaps_of: Gaps) -> None:
    assert can_prove(), "the solver belongs to the development environment"
    loaded = load_pack(SHELF.find(name), SHELF)
    cases = worked_cases(loaded)
    assert not [gap for standard in loaded.standards for gap in gaps_of(loaded, standard, cases[standard])]
