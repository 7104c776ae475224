"""The printed query comes to fupin's own verdicts: in DuckDB, and in a PostgreSQL that the test starts.

What is compared is the whole result: outcome and what it could still be, status and margin of each check, what is missing, what
disagrees, and the next step.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from made_up import BAD, Wanted, world
from nasty import NONE, SOME, STATED, Years, nasty
from registers import Register, Run, expected, first_of_its_kind, judged, of_cases, pack_of, parameters_of, printed, standards
from server import missing_postgres

from fupin_cli.evaluate.printed.dialects import DIALECTS
from fupin_cli.rules.expression import names


def both_say_what_fupin_says(register: Register, databases: Mapping[str, Run]) -> None:
    expected_rows = judged(register)
    assert expected_rows
    for name, run in databases.items():
        found = run(register)
        assert found == expected_rows, (name, [*(expected_rows - found)][:1], [*(found - expected_rows)][:1])


def test_postgresql_is_here(databases: Mapping[str, Run]) -> None:
    if "postgres" not in databases:
        missing_postgres()


@pytest.mark.parametrize(("pack", "standard"), first_of_its_kind())
def test_the_worked_cases_come_to_the_same_in_every_database_by_a_query_that_names_its_clauses(
    pack: str, standard: str, databases: Mapping[str, Run]
) -> None:
    register = of_cases(pack, standard)
    both_say_what_fupin_says(register, databases)
    for dialect in DIALECTS:
        names_pack_clauses_and_parameters(register, register.text(dialect))


def names_pack_clauses_and_parameters(register: Register, text: str) -> None:
    head = pack_of(register.pack).pack
    assert text.startswith(f"-- 规则包 {head.name} v{head.head.version} ")
    assert head.sha256 in text
    # A long comment goes on in the next line.
    said = "".join(re.sub(r"\n *-- *", "", text).split())
    for check in (one.check for one in register.standard.checks.values()):
        for words in (check.title.zh, f"[{check.cite.document}] {check.cite.clause} “{check.cite.quote}”"):
            assert "".join(words.split()) in said, words
    for name in register.standard.parameters():
        assert f"\n--   {name}  " in text


def test_inherited_standards_are_printed_as_those_they_are() -> None:
    own = {*first_of_its_kind()}
    others = [one for one in standards() if one not in own]
    assert len(others) >= 5
    for pack, name in others:
        whose = [printed(found, standard, "postgres") for found, standard in own if standard == name]
        assert _without_comments(printed(pack, name, "postgres")) in map(_without_comments, whose), (pack, name)


def _without_comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.lstrip().startswith("--")]


def test_two_thousand_households_come_to_the_same_in_every_database(databases: Mapping[str, Run]) -> None:
    """Incomes at the line, a cent under and over it, given or from their parts, with blanks everywhere."""
    pack, standard = "national-2016", "household-exit"
    ready, parameters = pack_of(pack).standards[standard], parameters_of(pack)
    looked_at = frozenset(ref.name for node in ready.nodes() for ref in names(node))
    made = world(16, replace(Wanted(2014, 2020), fields=looked_at), 2000)
    columns = expected(ready, parameters)
    tables = {"household": made.households, **made.rows}
    rows = {
        table: [{name: None if row.get(name) is BAD else row.get(name) for name in columns[table]} for row in tables[table]]
        for table in columns
    }
    both_say_what_fupin_says(Register(ready, parameters, columns, rows), databases)


NO_YEARS = [
    ("national-2016", "household-exit", SOME, SOME),
    ("guangdong-chishui-2016", "household-support", STATED, NONE),
    ("guangdong-chishui-2016", "household-archive", STATED, NONE),
    ("archive-2018", "archive-items", SOME, NONE),
    ("marginal-2020", "procedure-steps", STATED, NONE),
]


@pytest.mark.parametrize(("pack", "standard", "subjects", "others"), NO_YEARS)
def test_rows_that_state_no_year_come_to_the_same(
    pack: str, standard: str, subjects: Years, others: Years, databases: Mapping[str, Run]
) -> None:
    both_say_what_fupin_says(nasty(len(standard), pack, standard, subjects=subjects, others=others), databases)


@pytest.mark.parametrize("standard", ["household-exit", "household-support"])
def test_one_row_of_nobody_might_be_anybodys(standard: str, databases: Mapping[str, Run]) -> None:
    register = nasty(1, "guangdong-chishui-2016", standard, lost=True)
    assert any(row["household_id"] is None for rows in register.rows.values() for row in rows)
    both_say_what_fupin_says(register, databases)
    placed = nasty(1, "guangdong-chishui-2016", standard)
    assert judged(placed) != judged(register)


@pytest.mark.parametrize("subjects", [SOME, NONE])
def test_the_day_of_judgement_gives_the_year_where_no_row_has_one(subjects: Years, databases: Mapping[str, Run]) -> None:
    register = nasty(3, "guangdong-chishui-2016", "household-exit", subjects=subjects, others=SOME, as_of=date(2017, 6, 30))
    both_say_what_fupin_says(register, databases)


@pytest.mark.parametrize(("pack", "standard"), [
    ("national-2016", "household-exit"), ("guangdong-chishui-2016", "household-support"),
])  # fmt: skip
def test_columns_that_a_register_lacks_are_unknown_as_in_a_sheet(pack: str, standard: str, databases: Mapping[str, Run]) -> None:
    both_say_what_fupin_says(nasty(len(pack), pack, standard, lacking=0.4), databases)


def test_a_table_that_a_register_lacks_is_unknown_as_a_sheet_that_nobody_gave(databases: Mapping[str, Run]) -> None:
    whole = nasty(5, "national-2016", "household-exit")
    alone = replace(whole, columns={"household": whole.columns["household"]}, rows={"household": whole.rows["household"]})
    both_say_what_fupin_says(alone, databases)


def test_a_part_that_is_more_than_its_whole_is_believed_in_no_database(databases: Mapping[str, Run]) -> None:
    """Exactly as many is believed; a whole out of its own bounds is no whole, and says nothing of its part."""
    pack, standard = "national-2016", "county-withdrawal"
    ready, parameters = pack_of(pack).standards[standard], parameters_of(pack)
    columns = {"county": list(expected(ready, parameters)["county"])}
    figures = [(200, 200), (201, 200), (5, 0), (None, 200), (201, None), (1, 200)]
    rows = [
        dict.fromkeys(columns["county"])
        | {"county": f"县{number}", "province": "安徽省", "year": 2018, "poor_population": poor, "rural_population": rural}
        for number, (poor, rural) in enumerate(figures)
    ]
    register = Register(ready, parameters, columns, {"county": rows})
    outcomes = {name: outcome for row in judged(register) for name, outcome in [_named(row)]}
    assert [outcomes[f"县{number}"] for number in range(6)] == [
        "not_ready",
        "undetermined",
        "undetermined",
        "undetermined",
        "undetermined",
        "withdraw",
    ]
    both_say_what_fupin_says(register, databases)
    assert "county.poor_population 大于 county.rural_population 的，两个数都不予采信。" in register.text("duckdb")


def _named(row: tuple[str, ...]) -> tuple[str, str]:
    said = dict(text.split("=", 1) for text in row)
    return said["county"], said["outcome"]
