"""Words of code lists that packs write out, held against those that the program takes to mean the same."""

import re
from collections.abc import Iterator
from pathlib import Path

from fupin_cli.model import codes

RULES = Path(__file__).resolve().parents[2] / "rules"


def listed(text: str, field: str) -> Iterator[tuple[str, ...]]:
    """The lists after ``field IN``, in their order."""
    for found in re.findall(rf"\b{field} IN \(([^)]*)\)", text):
        yield tuple(re.findall(r"'([^']+)'", found))


def test_reasons_of_leaving_are_those_of_the_rules_for_rosters() -> None:
    text = (RULES / "roster/person-roster.yaml").read_text(encoding="utf-8")
    (quoted,) = re.findall(r"clause: 六\(二\), quote: [^}：]*：([^}]*)\}", text)
    assert tuple(quoted.split("、")) == codes.LEFT
    assert codes.LEFT in listed(text, "change_reason")


def test_a_household_is_gone_by_what_the_rules_take_for_leaving_and_not_for_coming() -> None:
    text = (RULES / "roster/household-roster.yaml").read_text(encoding="utf-8")
    going, coming, *_ = listed(text, "change_reason")
    assert set(going) - set(coming) == set(codes.HOUSEHOLD_LEFT)
    assert set(going) & set(coming) == {"分户", "并户"}


def test_packs_that_work_out_who_is_registered_go_by_the_same_categories() -> None:
    told = [
        words
        for path in sorted(RULES.glob("*/*.yaml"))
        for words in re.findall(r"value: NOT household_category IN \(([^)]*)\)", path.read_text(encoding="utf-8"))
    ]
    assert len(told) >= 6
    assert {tuple(re.findall(r"'([^']+)'", words)) for words in told} == {codes.UNREGISTERED_CATEGORIES}


def test_whom_the_rules_for_data_take_for_out_is_out() -> None:
    for name in ("household", "person"):
        text = (RULES / f"data-quality/{name}-quality.yaml").read_text(encoding="utf-8")
        found = [words for words in listed(text, "household_category") if "脱贫户" in words]
        assert found
        assert all(set(words) < set(codes.OUT_CATEGORIES) for words in found)
