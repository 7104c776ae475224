"""The printed query comes to fupin's own verdicts: in DuckDB, and in a PostgreSQL that the test starts.

What is compared is the whole result: outcome and what it could still be, status and margin of each check, what is missing, what
disagrees, and the next step.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from made_up import BAD, Wanted, world
from nasty import NONE, SOME, STATED, Years, nasty
from registers import Register, Run, expected, judged, of_cases, pack_of, parameters_of, standards
from server import missing_postgres

from fupin_cli.rules.expression import names


def first_of_its_kind() -> list[tuple[str, str]]:
    """Each standard once, in the pack whose it is where packs inherit it as it is."""
    found: dict[object, tuple[str, str]] = {}
    for pack, name in standards():
        ready = pack_of(pack).standards[name]
        known = [(one, parameters_of(pack).periods(one)) for one in sorted(ready.parameters())]
        same = (ready.standard.model_dump_json(), tuple(known))
        if same not in found or (pack_of(pack).folder / f"{name}.yaml").exists():
            found[same] = (pack, name)
    return [*found.values()]


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
def test_the_worked_cases_come_to_the_same_in_every_database(pack: str, standard: str, databases: Mapping[str, Run]) -> None:
    both_say_what_fupin_says(of_cases(pack, standard), databases)


def test_inherited_standards_are_printed_as_those_they_are() -> None:
    seen = {*first_of_its_kind()}
    assert {name for _, name in standards()} == {name for _, name in seen}
    texts = {(pack, name): of_cases(pack, name).text("postgres") for pack, name in standards() if (pack, name) not in seen}
    assert len(texts) >= 5
    own = {name: of_cases(pack, name).text("postgres") for pack, name in seen if pack == "national-2016"}
    for (pack, name), text in texts.items():
        assert _without_comments(text) == _without_comments(own[name]), (pack, name)


def _without_comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.lstrip().startswith("--")]


def test_three_thousand_households_come_to_the_same_in_every_database(databases: Mapping[str, Run]) -> None:
    """Incomes at the line, a cent under and over it, given or from their parts, with blanks everywhere."""
    pack, standard = "national-2016", "household-exit"
    ready, parameters = pack_of(pack).standards[standard], parameters_of(pack)
    looked_at = frozenset(ref.name for node in ready.nodes() for ref in names(node))
    made = world(16, replace(Wanted(2014, 2020), fields=looked_at), 3000)
    columns = expected(ready, parameters)
    tables = {"household": made.households, **made.rows}
    rows = {
        table: [{name: None if row.get(name) is BAD else row.get(name) for name in columns[table]} for row in tables[table]]
        for table in columns
    }
    both_say_what_fupin_says(Register(ready, parameters, columns, rows), databases)


@pytest.mark.parametrize(("pack", "standard"), [
    ("national-2016", "household-exit"), ("national-2016", "exit-procedure"), ("support-2020", "household-support"), ("data-quality", "person-quality"),
    ("archive-2018", "archive-items"), ("archive-2018", "village-archive"), ("marginal-2020", "procedure-steps"),
])  # fmt: skip
@pytest.mark.parametrize(("subjects", "others"), [(SOME, SOME), (STATED, NONE)])
def test_rows_of_no_year_and_of_nobody_come_to_the_same(
    pack: str, standard: str, subjects: Years, others: Years, databases: Mapping[str, Run]
) -> None:
    both_say_what_fupin_says(nasty(len(standard), pack, standard, subjects=subjects, others=others), databases)


@pytest.mark.parametrize("subjects", [SOME, NONE])
def test_the_day_of_judgement_gives_the_year_where_no_row_has_one(subjects: Years, databases: Mapping[str, Run]) -> None:
    both_say_what_fupin_says(
        nasty(3, "national-2016", "household-exit", subjects=subjects, others=SOME, as_of=date(2018, 6, 30)), databases
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("pack", "standard"), [("national-2016", "household-exit"), ("support-2020", "household-support")])
def test_columns_that_a_register_lacks_are_unknown_as_in_a_sheet(
    pack: str, standard: str, seed: int, databases: Mapping[str, Run]
) -> None:
    both_say_what_fupin_says(nasty(seed, pack, standard, lacking=0.4), databases)


def test_a_table_that_a_register_lacks_is_unknown_as_a_sheet_that_nobody_gave(databases: Mapping[str, Run]) -> None:
    whole = nasty(5, "national-2016", "household-exit")
    alone = replace(whole, columns={"household": whole.columns["household"]}, rows={"household": whole.rows["household"]})
    both_say_what_fupin_says(alone, databases)
