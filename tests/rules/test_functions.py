"""The functions about texts and identity numbers against a second reading of GB 11643, on good numbers and on anything else."""

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest
import sqlglot

from fupin_cli.model.values import ValueType
from fupin_cli.rules.expression import NameKind
from fupin_cli.rules.functions import FUNCTIONS
from fupin_cli.rules.parser import parse
from fupin_cli.rules.scope import ExpressionError, Known, Scope

ALPHABET = "0123456789XxabcAZ ,，'％%_０１２３é中\U00020000\n-"


def sample() -> list[str | None]:
    """Valid numbers, numbers with one place changed, impossible days, and texts that are no number."""
    rng = random.Random(7)
    found: list[str | None] = [
        None,
        "",
        "1",
        "0" * 17,
        "0" * 18,
        "9" * 18,
        "X" * 18,
        "３４９９００１９９００１０１００１X",
        "中" * 18,
        "34990019900101001",
    ]
    for _ in range(400):
        body = f"349900{rng.randrange(1, 10000):04d}{rng.randrange(14):02d}{rng.randrange(34):02d}{rng.randrange(1000):03d}"
        number = body + checked(body)
        found.append(number + rng.choice(["", "", "11", "B4", "1104"]))
        place = rng.randrange(18)
        found.append(number[:place] + rng.choice(ALPHABET) + number[place + 1 :])
        found.append("".join(rng.choices(ALPHABET, k=rng.randrange(25))))
    days = [
        "19000228",
        "19000229",
        "20000229",
        "20010229",
        "20160229",
        "20180431",
        "20180430",
        "20181231",
        "00010101",
        "00000101",
        "99991231",
    ]
    return [*found, *(f"349900{day}0012" for day in days)]


def checked(body: str) -> str:
    """The check character: the one that makes the weighted sum 1 modulo 11, each weight twice the one to its right."""
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(body))
    return "0123456789X"[(1 - total) % 11]


def is_digits(text: str) -> bool:
    return bool(text) and all(character in "0123456789" for character in text)


def valid(text: str) -> bool:
    return len(text) >= 18 and is_digits(text[:17]) and text[17] == checked(text[:17])


def birth_date(text: str) -> date | None:
    if len(text) < 18 or not is_digits(text[6:14]):
        return None
    try:
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None


def sex(text: str) -> str | None:
    if len(text) < 18 or not is_digits(text[16]):
        return None
    return "女" if text[16] in "02468" else "男"


ORACLE = {
    "valid_id_number": valid, "birth_date_of_id": birth_date, "real_day_in_id": lambda text: birth_date(text) is not None,
    "sex_of_id": sex, "id_person": lambda text: text[:18], "length_of": len,
}  # fmt: skip


def asked(function: str, *columns: Sequence[str | None]) -> list[object]:
    """What the engine says, row by row."""
    names = [f"t{i}" for i in range(len(columns))]
    relation = pa.table({name: pa.array(column, pa.string()) for name, column in zip(names, columns, strict=True)})
    with duckdb.connect(":memory:") as connection:
        connection.register("given", relation)
        sql = FUNCTIONS[function].sql.format(*(f'"{name}"' for name in names))
        return [value for (value,) in connection.execute(f"SELECT {sql} FROM given").fetchall()]


@pytest.mark.parametrize("function", ORACLE)
def test_a_function_of_a_text_says_what_the_standard_says(function: str) -> None:
    texts = sample()
    wanted = [None if text is None else ORACLE[function](text) for text in texts]
    assert asked(function, texts) == wanted
    assert len(set(map(str, wanted))) > 2


def test_every_function_that_takes_one_text_has_an_oracle() -> None:
    assert set(ORACLE) == {name for name, function in FUNCTIONS.items() if function.arguments == (ValueType.TEXT,)}


def test_an_item_is_in_a_list_only_as_a_whole() -> None:
    lists = [None, "", "残疾", "健康,残疾", "残疾,健康", "重度残疾", "残疾%", "患有大病,残疾,长期慢性病", "残", ",", "残疾 "]
    for item in ("残疾", "健康", "%", "残_", "", "残"):
        wanted = [None if text is None else item in text.split(",") for text in lists]
        if item:
            assert asked("has_item", lists, [item] * len(lists)) == wanted


def test_a_pair_is_the_same_only_where_both_are() -> None:
    first, second = ["a", "ab", "a", None, "a", ""], ["bc", "c", "bc", "bc", None, "abc"]
    found = asked("pair_of", first, second)
    same = [[one is not None and one == other for other in found] for one in found]
    known = [None not in both for both in zip(first, second, strict=True)]
    assert same == [
        [known[i] and known[j] and (first[i], second[i]) == (first[j], second[j]) for j in range(len(first))]
        for i in range(len(first))
    ]


def test_the_number_of_a_day_is_how_it_is_written() -> None:
    days = [date(2017, 10, 31), date(2017, 11, 1), date(1949, 1, 9), None]
    sql = FUNCTIONS["date_number"].sql.format('"d"')
    with duckdb.connect(":memory:") as connection:
        connection.register("given", pa.table({"d": pa.array(days, pa.date32())}))
        found = [value for (value,) in connection.execute(f"SELECT {sql} FROM given").fetchall()]
    assert found == [20171031, 20171101, 19490109, None]


def test_no_number_is_left_of_nothing() -> None:
    numbers = [Decimal("0.000000"), Decimal("0.000001"), Decimal(-3), Decimal(10**11), None]
    with duckdb.connect(":memory:") as connection:
        connection.register("given", pa.table({"n": pa.array(numbers, pa.decimal128(18, 6))}))
        found = connection.execute(f"SELECT {FUNCTIONS['nonzero'].sql.format('n')} FROM given").fetchall()
    assert [value for (value,) in found] == [None, *numbers[1:]]


def test_what_does_not_hold_is_unknown_where_it_is_never_to_be_no() -> None:
    with duckdb.connect(":memory:") as connection:
        connection.register("given", pa.table({"b": pa.array([True, False, None])}))
        found = connection.execute(f"SELECT {FUNCTIONS['true_or_unknown'].sql.format('b')} FROM given").fetchall()
    assert [value for (value,) in found] == [True, None, None]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark"])
def test_a_function_is_sql_that_other_engines_read(function: str, dialect: str) -> None:
    arguments = [f'"{letter}"' if dialect != "spark" else f"`{letter}`" for letter in "ab"]
    over_list = FUNCTIONS[function].over_list
    sql = (
        FUNCTIONS[function].sql.format(*arguments)
        if over_list is None
        else over_list(arguments[0], *[["房", "它's"]] * (len(FUNCTIONS[function].arguments) - 1))
    )
    sqlglot.parse_one("SELECT " + sql, dialect=dialect)


SCOPE = Scope({
    "health": Known(NameKind.FIELD, ValueType.TEXT, ("健康", "长期慢性病", "患有大病", "残疾")),
    "items": Known(NameKind.FIELD, ValueType.TEXT),
    "id_number": Known(NameKind.FIELD, ValueType.TEXT),
    "size": Known(NameKind.FIELD, ValueType.NUMBER),
}, {
    "list": Known(NameKind.PARAMETER, ValueType.LIST),
    "line": Known(NameKind.PARAMETER, ValueType.NUMBER),
})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "at", "near"),
    [
        ("has_item(health, '慢性病')", "expression-code-unknown", 17, "长期慢性病"),
        ("has_item(health, items)", "expression-argument-literal", 17, None),
        ("has_item(health)", "expression-arguments", 0, None),
        ("sex_of_id(id_number) = 'M'", "expression-code-unknown", 23, ""),
        ("valid_id_number(size)", "expression-type", 16, None),
        ("length_of(id_number) = '18'", "expression-type", 23, None),
        ("valid_id(id_number)", "expression-function-unknown", 0, "valid_id_number"),
        ("birth_date_of_id(id_number) = size", "expression-type", 30, None),
        ("has_any_item(items, '商品房')", "expression-list", 20, None),
        ("has_any_item(items, items)", "expression-list", 20, None),
        ("only_items(items, $line)", "expression-list", 18, None),
        ("only_items(size, $list)", "expression-type", 11, None),
        ("has_any_item(items)", "expression-arguments", 0, None),
        ("nonzero(items) = 1", "expression-type", 8, None),
        ("true_or_unknown(size)", "expression-type", 16, None),
        ("items = $list", "expression-list-alone", 8, None),
        ("$list = $list", "expression-list-alone", 0, None),
    ],
)
def test_types_and_literals_of_functions_are_checked_where_they_stand(text: str, code: str, at: int, near: str | None) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text, SCOPE)
    assert (caught.value.code, caught.value.offset, caught.value.facts.get("nearest")) == (code, at, near)


def test_open_lists_take_any_item() -> None:
    assert parse("has_item(items, '商品房') AND has_item(health, '残疾')", SCOPE)
