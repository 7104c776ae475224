"""``fupin rules sql`` as a user runs it: what it prints, and what it says to somebody who asks for something else."""

from collections.abc import Sequence

import duckdb
import pytest
from registers import SHELF, Register, expected, pack_of

from fupin_cli.cli.main import main
from fupin_cli.rules.parameters import choose

NATIONAL = ("rules", "sql", "national-2016", "household-exit", "--dialect", "duckdb")
CHISHUI = ("rules", "sql", "guangdong-chishui-2016", "household-exit", "--dialect", "postgres")


def run(arguments: Sequence[str], capfd: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main([*arguments])
    told = capfd.readouterr()
    return code, told.out, told.err


def test_the_query_goes_to_stdout_and_runs(capfd: pytest.CaptureFixture[str]) -> None:
    code, text, talk = run(NATIONAL, capfd)
    assert (code, talk) == (0, "")
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            "CREATE TABLE household AS SELECT '1' AS household_id, 2018 AS year, 1 AS household_size, CAST(NULL AS DECIMAL(18, 6)) AS wage_income,"
            " CAST(NULL AS DECIMAL(18, 6)) AS business_income, CAST(NULL AS DECIMAL(18, 6)) AS property_income, CAST(NULL AS DECIMAL(18, 6)) AS transfer_income,"
            " CAST(NULL AS DECIMAL(18, 6)) AS business_expense, 2995.01 AS income_per_capita, TRUE AS food_secure, TRUE AS clothing_secure,"
            " TRUE AS education_secured, TRUE AS medical_secured, TRUE AS housing_secured, 'A' AS housing_grade, FALSE AS dangerous_housing, TRUE AS water_safe,"
            " CAST(NULL AS BOOLEAN) AS annual_plan"
        )
        connection.execute(
            "CREATE TABLE person (household_id VARCHAR, year BIGINT, birth_date DATE, school_status VARCHAR, basic_medical BOOLEAN,"
            " employee_medical BOOLEAN, dropout_reason VARCHAR)"
        )
        found = connection.execute(text)
        row = dict(zip([one[0] for one in found.description], found.fetchall()[0], strict=True))
    # 2995.01 yuan in 2018, when the line is 2995.
    assert (row["outcome"], row["check_income"], str(row["margin_income"])) == ("eligible", "pass", "0.01")
    assert (row["check_planned"], row["missing"], row["rows_with_this_key"]) == ("unknown", "", 1)


def test_a_parameter_of_the_user_stands_in_the_query_and_above_it(capfd: pytest.CaptureFixture[str]) -> None:
    code, text, _ = run((*NATIONAL, "--set", "poverty_line=3200.5", "--lang", "en"), capfd)
    assert code == 0
    assert "3200.5 (set by the user)" in text
    assert "CAST(CAST(3200.5 AS DECIMAL(18, 6)) AS DECIMAL(18, 6))" in text
    assert "2995" not in text


def test_the_day_of_judgement_stands_above_the_query(capfd: pytest.CaptureFixture[str]) -> None:
    code, text, _ = run((*NATIONAL, "--as-of", "2018-06-30"), capfd)
    assert code == 0
    assert "-- 判定日 2018-06-30" in text
    assert "DATE '2018-06-30'" in text


def test_columns_that_the_register_lacks_are_named_and_not_read(capfd: pytest.CaptureFixture[str]) -> None:
    code, text, _ = run(
        (*NATIONAL, "--columns", "household=household_id, year, income_per_capita", "--columns", "person="), capfd
    )
    assert code == 0
    assert '"food_secure"' not in text.split('FROM "household"\n)')[0]
    assert "household.food_secure" in text
    assert "person.birth_date" in text
    assert 'FROM "person"' not in text


@pytest.mark.parametrize(("arguments", "code", "words"), [
    (("rules", "sql"), 2, ("没有写明规则包和标准", "household-exit")),
    (("rules", "sql", "national-2016"), 2, ("没有写明规则包和标准", "exit-procedure")),
    (("rules", "sql", "national-2016", "household-exit"), 2, ("没有写明数据库", "postgres")),
    (("rules", "sql", "national-2015", "household-exit", "--dialect", "duckdb"), 2, ("national-2015", "national-2016")),
    (("rules", "sql", "national-2016", "household-exist", "--dialect", "duckdb"), 2, ("household-exist", "household-exit")),
    (("rules", "sql", "national-2016", "household-exit", "--dialect", "postgre"), 2, ("postgre", "postgres")),
    (("rules", "sql", "national-2016", "household-exit", "--dialect", "mysql"), 2, ("mysql", "duckdb, postgres")),
    (CHISHUI, 2, ("local_income_per_capita", "--set")),
    ((*NATIONAL, "--set", "poverty_lin=1"), 2, ("poverty_lin", "poverty_line")),
    ((*NATIONAL, "--as-of", "2018"), 2, ("--as-of",)),
    ((*NATIONAL, "--columns", "household"), 2, ("--columns",)),
    ((*NATIONAL, "--columns", "houshold=year"), 2, ("houshold", "household")),
    ((*NATIONAL, "--columns", "household=household_id,foodsecure"), 2, ("foodsecure", "food_secure")),
    ((*NATIONAL, "--columns", "household=year,food_secure"), 2, ("household", "household_id")),
    ((*NATIONAL, "--columns", "household=household_id,food_secure"), 2, ("--as-of",)),
    ((*NATIONAL, "--columns", "person=", "--columns", "person=year"), 2, ("--columns person",)),
])  # fmt: skip
def test_what_is_wrong_is_named_with_the_nearest_that_is_right(
    arguments: Sequence[str], code: int, words: Sequence[str], capfd: pytest.CaptureFixture[str]
) -> None:
    found, out, talk = run(arguments, capfd)
    assert (found, out) == (code, "")
    for word in words:
        assert word in talk


def test_a_value_that_the_document_leaves_open_can_be_given(capfd: pytest.CaptureFixture[str]) -> None:
    code, text, _ = run((*CHISHUI, "--set", "local_income_per_capita=20000"), capfd)
    assert code == 0
    ready = pack_of("guangdong-chishui-2016").standards["household-exit"]
    parameters = choose(pack_of("guangdong-chishui-2016").pack, {"local_income_per_capita": "20000"})
    assert text == Register(ready, parameters, expected(ready, parameters), {}).text("postgres")


def test_a_pack_may_be_a_folder(capfd: pytest.CaptureFixture[str]) -> None:
    by_name = run(NATIONAL, capfd)
    folder = str(SHELF.find("national-2016"))
    assert run((*NATIONAL[:2], folder, *NATIONAL[3:]), capfd) == by_name
