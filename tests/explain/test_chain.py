"""The conditions behind a verdict with the truth of each part, read by hand from the sample and the pack."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fupin_cli.evaluate.explanation.grounds import grounds_of
from fupin_cli.evaluate.explanation.near import near
from fupin_cli.evaluate.run import judge
from fupin_cli.load.cells.several import read_files
from fupin_cli.load.tables.build import load_tables
from fupin_cli.model.explanation import Grounds, Named, Part
from fupin_cli.model.job import CHECK_EXIT, CHECK_IDENTIFY, Job
from fupin_cli.model.problem import Address
from fupin_cli.tasks import Request, open_task

Ask = Callable[..., Grounds]
#: One child of 14 who left school for poverty; the household's own cell is blank.
DROPOUT = "349900010010"
#: Parts of an income and no income per person: 7980 + 5200 + 0 + 1300 - 2500 = 11980 for four, 2995 each.
IN_PARTS = "349900010008"


def within(part: Part) -> Iterator[Part]:
    yield part
    for inner in part.parts:
        yield from within(inner)


def requirement(grounds: Grounds, check: str) -> Part:
    return grounds.reasons[check].require


def only_name(part: Part) -> Named:
    [named] = part.names
    return named


def test_a_bare_field_opens_into_the_fact_that_fills_it_down_to_the_member_s_cells(ask: Ask) -> None:
    required = requirement(ask(DROPOUT), "education")
    assert (required.text, required.value, required.matters) == ("education_secured", False, True)
    field = only_name(required)
    assert (field.kind, field.value, field.cells) == ("field", False, ())
    [fact] = field.facts
    assert (fact.name, fact.value, fact.fold, fact.over, fact.others) == ("no_dropout", False, "none", "person", 2)
    [row] = fact.rows
    assert (row.where.sheet, row.where.row, row.name) == ("人", 30, "样陈丙")
    [asked] = row.parts
    of_age, not_at_school, no_excuse = asked.parts
    assert [part.value for part in within(asked)] == [True] * 6
    youngest, oldest = of_age.parts
    assert youngest.text == "age_on(birth_date, as_of) >= $compulsory_age_from"
    assert youngest.worked == oldest.worked == (("age_on(birth_date, as_of)", Decimal(14)),)
    values = {named.name: (named.value, [cell.letter for cell in named.cells]) for named in youngest.names}
    assert values == {
        "birth_date": (date(2006, 5, 5), ["I"]),
        "as_of": (date(2020, 12, 31), []),
        "compulsory_age_from": (Decimal(6), []),
    }
    assert not_at_school.pieces[1:] == (" = '非在校生'",)
    assert only_name(not_at_school).value == "非在校生"
    assert no_excuse.text == "dropout_reason NOT IN ('因身体原因不具备学习条件', '送教上门', '参军')"
    assert only_name(no_excuse).cells == (Address(0, "人", 30, "AF"),)


def test_where_a_part_has_decided_the_others_beside_it_do_not_matter(ask: Ask) -> None:
    [decided, default] = ask(DROPOUT).rows
    assert (decided.outcome, decided.state, default.state) == ("ineligible", "gave", "not_reached")
    assert decided.when is not None
    [met] = decided.when.parts
    assert (decided.when.word, decided.when.value, met.word, met.value) == ("NOT", True, "AND", False)
    assert {part.text: (part.value, part.matters) for part in met.parts} == {
        "income": (True, False),
        "food": (True, False),
        "clothing": (True, False),
        "education": (False, True),
        "medical": (True, False),
        "housing": (True, False),
        "water": (True, False),
    }


def test_a_quotient_is_shown_to_the_cent_and_opens_into_its_parts_and_its_divisor(ask: Ask) -> None:
    required = requirement(ask(IN_PARTS), "income")
    income, limit = required.names
    assert (required.text, required.value) == ("income_per_capita > $poverty_line", False)
    assert (income.value, limit.value) == (Decimal("2995.00"), Decimal(2995))
    [by_head] = income.facts
    assert by_head.name == "income_from_parts"
    assert by_head.per is not None
    assert (by_head.per.name, by_head.per.value, str(by_head.per.cells[0])) == ("household_size", 4, "户!K9")
    assert by_head.part is not None
    [net] = only_name(by_head.part).facts
    assert net.value == Decimal(11980)
    assert net.part is not None
    assert net.part.text == "wage_income + business_income + property_income + transfer_income - business_expense"
    cells = {named.name: (named.value, str(named.cells[0])) for named in net.part.names}
    assert cells == {
        "wage_income": (Decimal(7980), "户!AH9"),
        "business_income": (Decimal(5200), "户!AI9"),
        "property_income": (Decimal(0), "户!AJ9"),
        "transfer_income": (Decimal(1300), "户!AK9"),
        "business_expense": (Decimal(2500), "户!AL9"),
    }


def test_a_step_that_nobody_has_taken_is_the_row_that_decides(ask: Ask) -> None:
    procedure = ask(DROPOUT, 1)
    assert [(row.number, row.state) for row in procedure.rows[:2]] == [(0, "no"), (1, "gave")]
    when = procedure.rows[1].when
    assert when is not None
    assert (when.text, when.value, only_name(when).reason) == ("review_date IS NULL", True, "blank")


def test_sources_that_disagree_are_shown_with_both_cells(ask: Ask) -> None:
    required = requirement(ask("349900010013"), "housing")
    house = only_name(required)
    assert (required.value, house.value, house.reason) == (None, None, "conflict")
    assert [str(cell) for cell in house.cells] == ["户!BE14", "户!BF14"]
    assert [(fact.name, fact.value) for fact in house.facts] == [("safe_grade", False)]


def test_of_whom_a_check_is_not_meant_it_says_so(ask: Ask) -> None:
    reasons = ask(DROPOUT, 1).reasons["verified_in_order"]
    assert reasons.applies is not None
    assert (reasons.applies.text, reasons.applies.value) == ("verified_date IS NOT NULL", False)


def test_the_closest_check_is_the_one_with_the_least_share_to_spare(ask: Ask) -> None:
    subject = ask("349900010003")
    assert subject.view.outcome == "eligible"
    closest = subject.closest
    assert closest is not None
    # 2995.01 against 2995.
    assert (closest.check, closest.margin) == ("income", Decimal("0.01"))


#: Sample, the command, and how many of its subjects are looked at.
SAMPLES = [
    ("households.xlsx", CHECK_EXIT, 3),
    ("households.csv", CHECK_EXIT, 1),
    ("everything-wrong.xlsx", CHECK_EXIT, 1),
    ("village-notes.xlsx", CHECK_EXIT, 1),
    ("register-2014-2018.xlsx", CHECK_EXIT, 1),
    ("register-2023-members.xlsx", CHECK_EXIT, 1),
    ("candidates.xlsx", CHECK_IDENTIFY, 1),
]


@pytest.mark.parametrize(("sample", "job", "some"), SAMPLES)
def test_alone_a_subject_is_what_it_is_among_the_others(sample: str, job: Job, some: int, samples: Path) -> None:
    """Outcome, statuses, values and what is missing; and each condition is what its parts make it."""
    path = str(samples / sample)
    as_of = date(2020, 12, 31) if sample.startswith(("register", "village")) else None
    task = open_task(job, Request([path]))
    tables = load_tables(read_files([path])[0], (), task.tables).tables
    standard = task.loaded.standards[task.standards[0][0]]
    among = judge(standard, task.parameters, tables, as_of, {})
    for view in among.views(range(0, among.data.num_rows, among.data.num_rows // some)[:some]):
        own = near(standard, tables, view.index)
        alone = judge(standard, task.parameters, own.tables, as_of, {}, parts=True)
        [found] = alone.views([own.index])
        assert (found.id, found.where, found.outcome, found.possible) == (view.id, view.where, view.outcome, view.possible)
        assert found.missing == view.missing
        assert found.checks == view.checks
        grounds = grounds_of(standard, alone, own.index)
        for check in view.checks:
            required = grounds.reasons[check.name].require
            assert check.status == "not_applicable" or (required.value is True) == (check.status == "pass")
            check_of_parts(required)


def check_of_parts(part: Part) -> None:
    """A condition is what three-valued logic makes of its parts."""
    if not part.word:
        return
    found = [inner.value for inner in part.parts]
    if part.word == "NOT":
        assert part.value is (None if found[0] is None else not found[0])
    else:
        decisive = part.word == "OR"
        assert part.value is (decisive if decisive in found else None if None in found else not decisive)
    for inner in part.parts:
        check_of_parts(inner)
