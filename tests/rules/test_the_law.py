"""The packs that are shipped: every quoted word stands in its document, and every worked case holds."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from fupin_cli.evaluate.cases import run_cases
from fupin_cli.model.case import CaseOutcome
from fupin_cli.model.cited import Citation
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import LoadedPack, load_cases, load_pack
from fupin_cli.rules.parameters import Parameters

SHELF = Shelf((CHECKOUT,))
SOURCES = Path(__file__).parents[2] / "docs" / "sources"
#: Document of a pack → its text. A document that is not here may be named, but not quoted.
TEXTS = {
    "kaizhou": "kaizhou-report.txt",
    "anhui": "anhui-2018-withdrawal.txt",
    "quality_rules": "data-quality-rules.txt",
    "roster_rules": "roster-rules.txt",
    "archive_rules": "archive-2018-rules.txt",
    "hundred_days": "hundred-days-2017.txt",
    "plan_2020": "support-2020-plan.txt",
    "selfcheck": "social-security-selfcheck.txt",
    "bureau_2020": "education-bureau-2020.txt",
    "assessment_notes": "special-assessment-2017.txt",
}
PACKS: dict[str, LoadedPack] = {name: load_pack(SHELF.find(name), SHELF) for name in SHELF.names()}


def folded(text: str) -> str:
    """NFKC and no spaces: how a quotation is compared with its document."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def citations() -> Iterator[tuple[str, Citation]]:
    for name, loaded in PACKS.items():
        for key, parameter in loaded.pack.parameters.items():
            cited = [parameter.cite, *(value.cite for value in parameter.values)]
            yield from ((f"{name}/{key}", cite) for cite in cited if cite is not None)
        for standard, written in loaded.pack.standards.items():
            yield from ((f"{name}/{standard}/{check}", one.cite) for check, one in written.checks.items())


def compared_here() -> list[tuple[str, Citation]]:
    """Documents whose text is not in the repository are compared with their clauses in tests/docs/test_coverage.py."""
    clauses = Path(__file__).parents[1] / "docs" / "clauses"
    elsewhere = {path.stem for path in clauses.glob("*.yaml")} - set(TEXTS)
    return [(where, cite) for where, cite in citations() if cite.document not in elsewhere]


def test_there_are_packs_to_test() -> None:
    assert "national-2016" in PACKS
    assert len(list(citations())) > 10


@pytest.mark.parametrize(("where", "cite"), compared_here(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_quotation_stands_in_its_document_word_for_word(where: str, cite: Citation) -> None:
    assert cite.document in TEXTS, f"{where}: {cite.document} is quoted, but there is no text of it"
    assert folded(cite.quote) in folded((SOURCES / TEXTS[cite.document]).read_text(encoding="utf-8"))


NUMERALS = "一二三四五六七八九十"


def below(text: str, number: str, opening: str, closing: str) -> str:
    """The text from one heading to the next of the same kind. A heading stands where a sentence or line has ended."""
    numbered = NUMERALS.index(number) + 1 if number in NUMERALS else int(number)
    following = str(numbered + 1) if number.isdigit() else NUMERALS[numbered] if numbered < len(NUMERALS) else "∅"
    start = re.search(rf"(?:^|(?<=[\n。:;）)])){re.escape(opening)}{number}(?:{closing})", text)
    assert start is not None, f"no heading {opening}{number}"
    end = re.compile(rf"(?<=[\n。:;]){re.escape(opening)}{following}(?:{closing})").search(text, start.end())
    return text[start.start() : end.start() if end is not None else None]


@pytest.mark.parametrize(("where", "cite"), compared_here(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_quotation_stands_under_the_clause_that_is_named(where: str, cite: Citation) -> None:
    """四(三)2: below the heading 四、, its paragraph (三) and the number 2, above the next of each."""
    lines = (SOURCES / TEXTS[cite.document]).read_text(encoding="utf-8").splitlines()
    part = "\n".join(folded(line) for line in lines)
    named = re.fullmatch(rf"([{NUMERALS}]+)?(?:\(([{NUMERALS}]+)\))?(\d+)?", cite.clause)
    assert named is not None, cite.clause
    assert cite.clause
    for number, opening, closing in zip(named.groups(), ("", "(", ""), ("、", r"\)", r"[.、]"), strict=True):
        if number is not None:
            part = below(part, number, opening, closing)
    assert folded(cite.quote) in folded(part)


CASES = [
    pytest.param(name, standard, index, id=f"{name}-{standard}-{case.name}")
    for name, loaded in PACKS.items()
    for standard, cases in load_cases(loaded).items()
    for index, case in enumerate(cases)
]


#: They ask whether a cell is blank, which is always known; and nothing else makes them apply.
NEVER_UNKNOWN = {"step_dated", "step_of_somebody", "item_of_somebody"}


@cache
def judged(pack: str, standard: str) -> Sequence[CaseOutcome]:
    """All cases of a standard in one run of the engine."""
    loaded = PACKS[pack]
    return run_cases(loaded.standards[standard], Parameters(loaded.pack, {}), load_cases(loaded)[standard])


@pytest.mark.parametrize(("pack", "standard", "index"), CASES)
def test_a_worked_case_holds(pack: str, standard: str, index: int) -> None:
    assert judged(pack, standard)[index].differences == ()


@pytest.mark.parametrize("standard", ["household-exit", "exit-procedure"])
def test_a_case_comes_to_the_same_alone_as_among_others(standard: str) -> None:
    """What one case mentions is nothing that another one knows."""
    loaded = PACKS["national-2016"]
    cases = load_cases(loaded)[standard]
    for case in (cases[0], cases[len(cases) // 2], cases[-1]):
        (alone,) = run_cases(loaded.standards[standard], Parameters(loaded.pack, {}), [case])
        assert alone.differences == ()


@pytest.mark.parametrize(
    ("pack", "standard"),
    # What a pack inherits as it is has its cases where it is written.
    [
        (name, path.stem)
        for name, loaded in PACKS.items()
        for path in loaded.folder.glob("*.yaml")
        if path.stem in loaded.standards
    ],
)
def test_the_cases_of_a_standard_reach_every_outcome_and_let_every_check_pass_fail_and_be_unknown(
    pack: str, standard: str
) -> None:
    """A rule that no case can break is a rule that nobody has tried."""
    loaded = PACKS[pack]
    cases = load_cases(loaded).get(standard, ())
    written = loaded.pack.standards[standard]
    # What is unknown finds nothing in the data, so a quality standard is never undetermined.
    undetermined = {"undetermined"} if written.kind == "verdict" else set()
    assert {case.expect.outcome for case in cases} >= {*written.outcomes} | undetermined
    shown = {(check, status) for case in cases for check, status in case.expect.checks.items()}
    tried = [(check, status) for check in written.checks for status in ("pass", "fail", "unknown")]
    lacking = {(check, status) for check, status in tried if (check, status) not in shown}
    assert lacking <= {(check, "unknown") for check in NEVER_UNKNOWN}


def test_a_case_that_expects_something_else_does_not_hold() -> None:
    """The runner of cases can say no: every expectation turned round is found out."""
    loaded = PACKS["national-2016"]
    cases = load_cases(loaded)["household-exit"]
    turned = [
        case.model_copy(
            update={
                "expect": case.expect.model_copy(
                    update={"outcome": "eligible" if case.expect.outcome != "eligible" else "ineligible"}
                )
            }
        )
        for case in cases
    ]
    outcomes = run_cases(loaded.standards["household-exit"], Parameters(loaded.pack, {}), turned)
    assert all(any(what == "outcome" for what, _, _ in outcome.differences) for outcome in outcomes)
