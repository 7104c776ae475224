"""The rule language: what may be written, what may not, and the character at which an error stands."""

from dataclasses import replace

import pytest

from fupin_cli.model.values import ValueType
from fupin_cli.rules.expression import (
    Among,
    Arithmetic,
    Call,
    Compare,
    Constant,
    Junction,
    NameKind,
    Negation,
    NullTest,
    Ref,
    names,
)
from fupin_cli.rules.parser import parse
from fupin_cli.rules.scope import ExpressionError, Known, Scope
from fupin_cli.rules.sqltree import MAX_LENGTH
from fupin_cli.rules.standard import table_names

NAMES = dict(table_names("household"))
NAMES["income_per_capita"] = replace(NAMES["income_per_capita"], quotient=True)
PARAMETERS = {name: Known(NameKind.PARAMETER, ValueType.NUMBER) for name in ("line", "poverty_line")}
REQUIRE = Scope(NAMES, PARAMETERS)
DECIDE = Scope(NAMES | {"fed": Known(NameKind.CHECK, ValueType.BOOL)}, PARAMETERS, null_tests=True)
HERE = "¦"


def refusal(text: str, scope: Scope = REQUIRE) -> tuple[str, int, dict[str, str]]:
    with pytest.raises(ExpressionError) as caught:
        parse(text, scope)
    return caught.value.code, caught.value.offset, caught.value.facts


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("food_secure", Ref),
        ("TRUE", Constant),
        ("true", Constant),
        ("NOT food_secure", Negation),
        ("food_secure AND water_safe", Junction),
        ("food_secure or water_safe", Junction),
        ("wage_income = 1", Compare),
        ("wage_income <> 1", Compare),
        ("wage_income != 1", Compare),
        ("wage_income < 1.5", Compare),
        ("wage_income <= $line", Compare),
        ("$line < wage_income", Compare),
        ("wage_income + 1 > 2", Compare),
        ("-wage_income > -1", Compare),
        ("wage_income BETWEEN 1 AND 2", Junction),
        ("wage_income NOT BETWEEN 1 AND 2", Negation),
        ("wage_income IN (1, 2)", Among),
        ("NOT wage_income IN (1, 2)", Negation),
        ("wage_income NOT IN (1, 2)", Negation),
        ("housing_grade = 'A'", Compare),
        ("'A' = housing_grade", Compare),
        ("housing_grade IN ('A', 'B')", Among),
        ("village = 'it''s'", Compare),
        ("village = head_name", Compare),
        ("food_secure = water_safe", Compare),
        ("food_secure IN (TRUE)", Among),
        ("review_date <= verified_date", Compare),
        ("review_date BETWEEN verified_date AND as_of", Junction),
        ("age_on(review_date, as_of) >= 6", Compare),
        ("days_between(review_date, as_of) + 1 >= $line", Compare),
        ("income_per_capita > $line", Compare),
        ("$line < income_per_capita", Compare),
        ("income_per_capita BETWEEN 1 AND $line", Junction),
        ("((((food_secure))))", Ref),
        ("  food_secure\n  AND\n  water_safe  ", Junction),
    ],
)
def test_every_form_of_the_language_is_read(text: str, node: type) -> None:
    assert isinstance(parse(text, REQUIRE), node)


@pytest.mark.parametrize(
    ("text", "node"), [("food_secure IS NULL", NullTest), ("food_secure IS NOT NULL", Negation), ("NOT fed", Negation)]
)
def test_blanks_and_checks_may_be_asked_for_where_the_scope_has_them(text: str, node: type) -> None:
    assert isinstance(parse(text, DECIDE), node)


def test_values_of_every_type_are_read_where_they_are_wanted() -> None:
    assert isinstance(parse("wage_income * 2 - 1", REQUIRE, ValueType.NUMBER), Arithmetic)
    assert isinstance(parse("days_between(review_date, as_of)", REQUIRE, ValueType.NUMBER), Call)
    assert parse("housing_grade", REQUIRE, None).type is ValueType.TEXT
    assert parse("review_date", REQUIRE, None).type is ValueType.DATE


def test_a_chain_of_and_is_one_list_of_any_length() -> None:
    node = parse(" AND ".join(["food_secure", "water_safe"] * 40), REQUIRE)
    assert isinstance(node, Junction)
    assert (node.word, len(node.parts)) == ("AND", 80)


def test_and_binds_tighter_than_or_and_not_tighter_than_both() -> None:
    node = parse("NOT food_secure AND water_safe OR annual_plan", REQUIRE)
    assert isinstance(node, Junction)
    assert node.word == "OR"
    first = node.parts[0]
    assert isinstance(first, Junction)
    assert (first.word, type(first.parts[0])) == ("AND", Negation)


def test_names_are_told_once_each_in_the_order_in_which_they_are_written() -> None:
    text = "wage_income > $line AND NOT (housing_grade IN ('A') OR wage_income > 1) AND age_on(review_date, as_of) > 1"
    assert [(ref.name, ref.kind) for ref in names(parse(text, REQUIRE))] == [
        ("wage_income", NameKind.FIELD),
        ("line", NameKind.PARAMETER),
        ("housing_grade", NameKind.FIELD),
        ("review_date", NameKind.FIELD),
        ("as_of", NameKind.AS_OF),
    ]


FORBIDDEN = """\
wage_income / 2 > 1
wage_income // 2 > 1
wage_income % 2 > 1
wage_income ** 2 > 1
wage_income ^ 2 > 1
wage_income & 1 > 0
~wage_income > 1
@wage_income > 1
CASE WHEN food_secure THEN TRUE END
IF(food_secure, TRUE, FALSE)
COALESCE(wage_income, 0) > 1
NULLIF(wage_income, 0) > 1
(SELECT 1) = 1
wage_income IN (SELECT 1)
EXISTS (SELECT 1)
wage_income = ANY(ARRAY[1])
wage_income > ALL (SELECT 1)
*
COUNT(*) > 1
COLUMNS(*) > 1
SUM(wage_income) > 1
MAX(wage_income) > 1
SUM(wage_income) OVER () > 1
abs(wage_income) > 1
round(wage_income) > 1
upper(village) = 'A'
year(review_date) = 2018
EXTRACT(YEAR FROM review_date) = 2018
random() > 1
now() > review_date
CURRENT_DATE > review_date
CAST(wage_income AS INT) > 1
TRY_CAST(wage_income AS INT) > 1
wage_income::int > 1
village LIKE 'x%'
village ILIKE 'x%'
village SIMILAR TO 'x'
village ~ 'x'
village || 'x' = 'y'
wage_income IS DISTINCT FROM 1
wage_income <=> 1
food_secure IS TRUE
food_secure IS NOT FALSE
food_secure IS UNKNOWN
NULL
wage_income = NULL
wage_income IN (NULL)
wage_income IN ()
wage_income IN (household_size)
wage_income IN (1 + 1)
wage_income BETWEEN SYMMETRIC 1 AND 2
wage_income[1] > 1
[1, 2]
{'a': 1}
(1, 2) = (1, 2)
x -> x > 1
DATE '2018-01-01' < review_date
INTERVAL 1 DAY
review_date - verified_date > 1
"food_secure"
village = "x"
`food_secure`
household.food_secure
main.household.food_secure
food_secure AS x
food_secure, water_safe
food_secure; water_safe
food_secure;
;
SELECT 1
DROP TABLE household
COPY household TO 'x'
ATTACH 'x'
PRAGMA x
SET x = 1
INSTALL httpfs
?
$1 > 1
:line > 1
#1 > 1
village = E'x'
village = $$x$$
village = X'41'
village COLLATE NOCASE = 'a'
wage_income > 1e3
wage_income > 1_000
wage_income > 0x10
wage_income > 5.
wage_income > .5
wage_income > 0.1234567
wage_income > 1000000000000
food_secure AND
AND food_secure
(food_secure
food_secure)
food_secure water_safe
food_secure XOR water_safe
1 < wage_income < 3
food_secure -- remark
food_secure /* remark */
/* remark */ food_secure
food_secure AND /* remark */ water_safe
NOT /* remark */ food_secure
wage_income IN (/* remark */ 1)
wage_income NOT /* remark */ IN (1)
wage_income BETWEEN /* remark */ 1 AND 2
age_on(/* remark */ review_date, as_of) > 1
- /* remark */ wage_income > 1
village = /* remark */ 'x'
FOOD_SECURE
Food_Secure
foodsecure
AGE_ON(review_date, as_of) > 1
""".splitlines()


@pytest.mark.parametrize("text", FORBIDDEN)
def test_whatever_is_not_in_the_language_is_refused(text: str) -> None:
    code, offset, _ = refusal(text)
    assert code.startswith("expression-")
    assert 0 <= offset <= len(text)


@pytest.mark.parametrize("text", ["", " ", "\n", "\t"])
def test_nothing_is_no_condition(text: str) -> None:
    assert refusal(text)[0] == "expression-not-sql"


@pytest.mark.parametrize(
    "text",
    [
        "$line IS NULL",
        "as_of IS NULL",
        "1 IS NULL",
        "age_on(review_date, as_of) IS NULL",
        "fed IS NULL",
        "(food_secure AND water_safe) IS NULL",
        "food_secure IS UNKNOWN",
        "food_secure IS TRUE",
    ],
)
def test_only_a_field_can_be_blank(text: str) -> None:
    assert refusal(text, DECIDE)[0] == "expression-not-allowed"


@pytest.mark.parametrize(
    "text",
    [
        "food_secure IS NULL",
        "food_secure IS NOT NULL",
        "NOT (food_secure IS NULL)",
        "food_secure ISNULL",
        "wage_income > 1 AND water_safe IS NULL",
    ],
)
def test_a_requirement_cannot_ask_for_blanks(text: str) -> None:
    assert refusal(text, REQUIRE)[0] == "expression-null-test"


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("wage_income > 'a'", "number", "text"),
        ("village = 1", "text", "number"),
        ("food_secure = 1", "bool", "number"),
        ("review_date > '2018-01-01'", "date", "text"),
        ("wage_income AND food_secure", "bool", "number"),
        ("NOT wage_income", "bool", "number"),
        ("wage_income + village > 1", "number", "text"),
        ("-food_secure > 1", "number", "bool"),
        ("wage_income IN ('a')", "number", "text"),
        ("wage_income BETWEEN 1 AND 'b'", "number", "text"),
        ("age_on(wage_income, as_of) > 1", "date", "number"),
        ("age_on(review_date, as_of)", "bool", "number"),
        ("village", "bool", "text"),
        ("$line", "bool", "number"),
        ("1", "bool", "number"),
        ("(wage_income > 1) > 2", "bool", "number"),
    ],
)
def test_types_that_do_not_fit_are_refused(text: str, wanted: str, found: str) -> None:
    code, _, facts = refusal(text)
    assert (code, facts) == ("expression-type", {"wanted": wanted, "found": found})


@pytest.mark.parametrize(
    "text",
    [
        "housing_grade < 'B'",
        "village >= head_name",
        "village BETWEEN 'a' AND 'b'",
        "food_secure > water_safe",
        "food_secure < TRUE",
    ],
)
def test_texts_and_truths_have_no_order(text: str) -> None:
    assert refusal(text)[0] == "expression-order"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("housing_grade = 'E'", "E"),
        ("'a' = housing_grade", "a"),
        ("housing_grade IN ('A', 'E')", "E"),
        ("NOT housing_grade <> 'A级'", "A级"),
        ("main_cause = '懒'", "懒"),
    ],
)
def test_a_literal_beside_a_coded_field_is_one_of_its_codes(text: str, value: str) -> None:
    """An older spelling is read in a cell; a rule is written with the value itself, or it would never hold."""
    code, _, facts = refusal(text)
    assert (code, facts["value"]) == ("expression-code-unknown", value)


@pytest.mark.parametrize(
    "text",
    [
        "income_per_capita + 1 > $line",
        "2 * income_per_capita > $line",
        "wage_income - income_per_capita > 1",
        "-income_per_capita < 1",
        "income_per_capita IN (1, 2)",
        "income_per_capita > income_per_capita",
        "1 < (income_per_capita + 1)",
    ],
)
def test_the_quotient_stands_alone_on_one_side_or_not_at_all(text: str) -> None:
    assert refusal(text)[0] == "expression-quotient"


@pytest.mark.parametrize(
    ("text", "code", "nearest"),
    [
        ("food_secured", "expression-name-unknown", "food_secure"),
        ("wage_incom > 1", "expression-name-unknown", "wage_income"),
        ("wage_income > $povertyline", "expression-name-unknown", "poverty_line"),
        ("wage_income > line", "expression-name-unknown", None),
        ("wage_income > $wage_income", "expression-name-unknown", ""),
        ("xyzzy", "expression-name-unknown", ""),
        ("age_at(review_date, as_of) > 1", "expression-function-unknown", "age_on"),
        ("day_between(review_date, as_of) > 1", "expression-function-unknown", "days_between"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest_one(text: str, code: str, nearest: str | None) -> None:
    found, _, facts = refusal(text)
    assert found == code
    assert nearest is None or facts["nearest"] == nearest


@pytest.mark.parametrize("arguments", ["", "review_date", "review_date, as_of, as_of"])
def test_a_function_takes_as_many_arguments_as_it_has(arguments: str) -> None:
    code, _, facts = refusal(f"age_on({arguments}) > 1")
    assert (code, facts["name"], facts["wanted"]) == ("expression-arguments", "age_on", "2")


def test_two_thousand_characters_are_the_most() -> None:
    text = "food_secure" + " " * MAX_LENGTH
    assert refusal(text)[0] == "expression-too-long"
    assert parse(text[:MAX_LENGTH], REQUIRE)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 200 + "food_secure" + ")" * 200,
        "NOT " * 200 + "food_secure",
        "(" * 900 + "food_secure" + ")" * 900,
        "wage_income > " + " + ".join(["1"] * 200),
        "wage_income > " + "-(" * 200 + "1" + ")" * 200,
        "age_on(" * 150,
        "[" * 900,
        "CASE WHEN " * 150,
    ],
)
def test_a_deep_condition_is_refused_and_breaks_nothing(text: str) -> None:
    assert refusal(text)[0] in ("expression-too-deep", "expression-not-sql", "expression-not-allowed")


@pytest.mark.parametrize(
    "text",
    [
        f"food_secure AND {HERE}food_secured",
        f"food_secure\nAND {HERE}food_secured",
        f"food_secure\n  AND water_safe\n  AND {HERE}food_secured\n  AND annual_plan",
        f"food_secure AND wage_income > {HERE}$lin",
        f"$line > 1 AND wage_income > {HERE}$lin",
        f"$line < wage_income AND wage_income > {HERE}$line_two",
        f"$poverty_line > wage_income OR {HERE}$poverty > wage_income",
        f"village = 'food_secured' AND {HERE}food_secured",
        f"food_secure AND {HERE}age(review_date, as_of) > 1",
        f"food_secure AND age_on({HERE}wage_income, as_of) > 1",
        f"food_secure AND age_on(review_date, {HERE}1) > 1",
        f"food_secure AND wage_income > {HERE}'a'",
        f"village = 'a' AND wage_income > {HERE}'a'",
        f"wage_income = 1 AND village = {HERE}1",
        f"food_secure AND housing_grade = {HERE}'E'",
        f"housing_grade IN ('A', {HERE}'AB')",
        f"housing_grade IN ('A', 'B', {HERE}'BA', 'C')",
        f"wage_income IN (1, 12, {HERE}'1')",
        f"food_secure AND {HERE}housing_grade < 'A'",
        f"food_secure AND {HERE}income_per_capita + 1 > 2",
        f"food_secure AND {HERE}water_safe IS NULL",
        f"wage_income > 10 AND wage_income > {HERE}1e3",
        f"food_secure AND ({HERE}water_saf OR annual_plan)",
        f"food_secure AND NOT {HERE}wage_income",
        f"food_secure {HERE}XOR water_safe",
        f"food_secure\nAND {HERE}AND water_safe",
        f"food_secure{HERE})",
    ],
)
def test_an_error_names_the_character_at_which_it_stands(text: str) -> None:
    assert refusal(text.replace(HERE, ""))[1] == text.index(HERE)


@pytest.mark.parametrize(
    "text",
    [
        "food_secure AND ⟦wage_income / 2⟧ > 1",
        "food_secure AND water_safe\nAND ⟦wage_income % 2⟧ = 1",
        "food_secure AND ⟦village LIKE 'x'⟧",
        "food_secure AND NOT ⟦abs(wage_income)⟧ > 1",
        "food_secure AND ⟦CAST(wage_income AS INT)⟧ > 1",
        "food_secure AND wage_income > ⟦COALESCE(business_expense, 0)⟧",
        "food_secure AND ⟦CASE WHEN water_safe THEN TRUE END⟧",
        "food_secure AND ⟦NULL⟧",
        "food_secure AND wage_income IN (1, ⟦household_size⟧)",
        'food_secure AND ⟦"water_safe"⟧',
        "food_secure AND ⟦household.water_safe⟧",
        "food_secure AND ⟦water_safe IS TRUE⟧",
        "food_secure AND wage_income > ⟦(SELECT 1)⟧",
        "food_secure ⟦/* remark */⟧ AND water_safe",
        "food_secure AND water_safe ⟦-- remark⟧",
    ],
)
def test_a_form_that_is_not_allowed_is_pointed_at_somewhere_inside_it(text: str) -> None:
    """sqlglot does not keep the place of every word; a place inside the form is near enough, one before it is not."""
    start, end = text.index("⟦"), text.index("⟧") - 1
    _, offset, _ = refusal(text.replace("⟦", "").replace("⟧", ""))
    assert start <= offset < end
