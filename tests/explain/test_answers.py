"""What is missing, and where each answer would lead: by the numbers of the sample."""

from collections.abc import Callable
from decimal import Decimal

from fupin_cli.model.explanation import Grounds, Question

Ask = Callable[..., Grounds]


def answers(question: Question) -> list[tuple[str, tuple[object, ...], str]]:
    return [(answer.sign, answer.values, answer.outcome) for answer in question.answers]


def test_a_blank_yes_or_no_leads_to_one_outcome_each(ask: Ask) -> None:
    [question] = ask("349900010012").questions
    assert (question.missing.name, str(question.cell)) == ("water_safe", "户!BH13")
    assert answers(question) == [("=", (True,), "eligible"), ("=", (False,), "ineligible")]


def test_a_blank_number_turns_at_the_line_and_not_on_it(ask: Ask) -> None:
    questions = {question.missing.name: question for question in ask("349900010014").questions}
    assert answers(questions["income_per_capita"]) == [("<=", (2995,), "ineligible"), (">", (2995,), "eligible")]


def test_a_part_that_could_not_matter_any_more_leads_to_one_outcome_whatever_it_is(ask: Ask) -> None:
    # 9000 + 4000 + 1800 - 1500 = 13300 for three is over 8985 without it, and it cannot be negative.
    questions = {question.missing.name: question for question in ask("349900010014").questions}
    assert answers(questions["property_income"]) == [("=", (), "eligible")]


def test_a_blank_part_turns_where_the_sum_meets_the_line(ask: Ask) -> None:
    # Under a line of 5000: 3 * 5000 - 13300 = 1700 are lacking.
    subject = ask("349900010014", line="5000")
    questions = {question.missing.name: question for question in subject.questions}
    assert answers(questions["property_income"]) == [("<=", (1700,), "ineligible"), (">", (1700,), "eligible")]
    ways = subject.ways
    assert ways is not None
    assert {(turn.name, turn.sign, turn.after) for way in ways for turn in way.turns} == {
        ("income_per_capita", ">=", Decimal("5000.01")),
        ("property_income", ">=", Decimal("1700.01")),
    }


def test_where_sources_disagree_an_answer_stands_for_all_of_them(ask: Ask) -> None:
    [question] = ask("349900010013").questions
    assert question.missing.reason == "conflict"
    assert answers(question) == [("=", (True,), "eligible"), ("=", (False,), "ineligible")]


def test_who_is_settled_is_asked_nothing(ask: Ask) -> None:
    assert ask("349900010001").questions == ()
