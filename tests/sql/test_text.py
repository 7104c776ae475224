"""What stands in a printed query: the engine's own tokens, comments that nothing gets out of, names that stay apart."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest
from building import CITE, TITLE, check, pack
from nasty import nasty
from registers import Register, Run, expected, judged, pack_of, parameters_of, printed

from fupin_cli.evaluate.printed.dialects import DIALECTS
from fupin_cli.evaluate.printed.expected import stand_in
from fupin_cli.evaluate.printed.layout import WIDTH, relation
from fupin_cli.evaluate.printed.shown import _listed, chosen
from fupin_cli.evaluate.printed.tokens import tokens_of
from fupin_cli.evaluate.query import build_query
from fupin_cli.rules.parameters import Parameters


def test_unconfirmed_numbers_are_marked_with_their_origin_and_their_years() -> None:
    text = printed("national-2016", "household-exit", "duckdb", "en")
    assert "--     2020  4000 (unconfirmed)  Origin: 通行的国家农村贫困标准（2020年）" in text
    assert "$poverty_line  National poverty line at current prices (unconfirmed)" in text


@pytest.mark.parametrize(("pack_name", "standard"), [
    ("national-2016", "household-exit"), ("support-2020", "household-support"), ("data-quality", "person-quality"), ("archive-2018", "archive-items"),
])  # fmt: skip
def test_only_white_space_and_comments_are_added_to_the_query(pack_name: str, standard: str) -> None:
    ready, parameters = pack_of(pack_name).standards[standard], parameters_of(pack_name)
    tables = {name: stand_in(name, columns) for name, columns in expected(ready, parameters).items()}
    query = build_query(ready, parameters, tables, None, {}, register=chosen(ready, "zh"))
    text = [token.text for token in tokens_of(_bare(printed(pack_name, standard, "duckdb")))]
    whole = "\x00".join(text)
    for part in query.relations:
        lines = relation(tokens_of(part), lambda _: ["a remark"])
        assert [token.text for token in tokens_of(_bare("\n".join(lines)))] == [token.text for token in tokens_of(part)]
        assert "\x00".join(token.text for token in tokens_of(part)) in whole


def _bare(text: str) -> str:
    """A printed query without its comments."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--"))


def test_lines_can_be_read() -> None:
    long = [line for line in printed("national-2016", "household-exit", "postgres").splitlines() if len(line) > WIDTH + 60]
    assert long == []


# --- what a pack may say --------------------------------------------------------------------------------------------------

NASTY = "引文 */ /* \n'; DROP TABLE household; --\r\n\\! rm\n\u2028SELECT 1;\u2029\u0085$$ :x \x0b\x0c end"


def made(folder: Path, checks: Mapping[str, Any], facts: Mapping[str, Any], parameters: Mapping[str, Any]) -> Register:
    names = " AND ".join(checks)
    rules = {
        "standard": "tested", "title": {"zh": NASTY, "en": NASTY}, "subject": "household", "facts": facts, "checks": checks,
        "outcomes": {name: {"title": {"zh": NASTY, "en": NASTY}, "meets": "true"} for name in ("bad", "good")},
        "decide": [{"outcome": "bad", "when": f"NOT ({names})", "note": {"zh": NASTY, "en": NASTY}}, {"outcome": "good", "default": "true"}],
    }  # fmt: skip
    loaded = pack(folder, rules, parameters)
    ready, given = loaded.standards["tested"], Parameters(loaded.pack, {})
    rows = [
        {
            "household_id": f"H{i}",
            "year": 2018,
            "income_per_capita": i * 1000,
            "water_safe": i % 2 == 0,
            "village": NASTY if i % 3 else "甲",
        }
        for i in range(6)
    ]
    columns = expected(ready, given)
    members = [{"household_id": f"H{i}", "year": 2018, "employed": i % 2 == 0} for i in range(3)]
    given_rows = {"household": rows, "person": members}
    return Register(ready, given, columns, {t: [{n: r.get(n) for n in c} for r in given_rows[t]] for t, c in columns.items()})


@pytest.fixture
def wild(tmp_path: Path) -> Register:
    """A pack whose every word would like to be SQL."""
    word = NASTY.replace("'", "''")
    told = {
        "title": {"zh": NASTY, "en": NASTY},
        "remedy": {"zh": NASTY, "en": NASTY},
        "reading": NASTY,
        "cite": {**CITE, "clause": NASTY, "quote": NASTY},
    }
    limit = {"title": {"zh": NASTY, "en": NASTY}, "unit": "yuan-person-year", "values": [{"from": "2010-01-01", "value": "2995", "status": "unconfirmed", "origin": NASTY}]}  # fmt: skip
    checks = {
        "income": {**check("income_per_capita > $line"), **told},
        "place": {**check(f"village <> '{word}'"), **told},
        "wet": {**check("water_safe"), **told},
    }
    return made(tmp_path, checks, {}, {"line": limit})


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_comment_is_ever_left(wild: Register, dialect: str, lang: str) -> None:
    text = wild.text(dialect, lang)
    comments = [line for line in re.split("[\n\r\u2028\u2029\u0085\x0b\x0c]", text) if line.lstrip().startswith("--")]
    assert sum("DROP TABLE" in line for line in comments) > 8
    # Outside of comments the words stand in texts alone, where they are data.
    outside = "".join(_pieces(text))
    assert "DROP TABLE" not in outside
    assert outside.count(";") == 1


def _pieces(text: str) -> Iterator[str]:
    """A query without comments and texts, read character by character as a database does."""
    place, end = 0, len(text)
    while place < end:
        if text.startswith("--", place):
            found = re.compile(r"[\r\n]").search(text, place)
            place = found.start() if found else end
        elif text[place] == "'":
            place = text.index("'", place + 1) + 1
        else:
            yield text[place]
            place += 1


def test_a_wild_pack_comes_to_the_same_in_every_database(wild: Register, databases: Mapping[str, Run]) -> None:
    for name, run in databases.items():
        assert run(wild) == judged(wild), name


def test_long_names_stay_apart(tmp_path: Path, databases: Mapping[str, Run]) -> None:
    long = "a" * 70
    facts = {
        f"{long}{i}": {"title": TITLE, "over": "person", "by": "household", "any": part}
        for i, part in enumerate(("employed", "NOT employed"))
    }
    register = made(tmp_path, {f"{long}_says_{i}": check(f"{long}{i}") for i in range(2)}, facts, {})
    expected_rows = judged(register)
    by_status = {row.split("=")[1] for found in expected_rows for row in found if row.startswith("check_")}
    assert by_status == {"pass", "fail", "unknown"}
    assert databases["duckdb"](register) == expected_rows
    cut = {name for name in re.findall(r'"((?:[^"]|"")+)"', register.text("postgres")) if len(name.encode()) > 63}
    assert cut == set()
    if "postgres" in databases:
        # The names of the result are shorter there; what it says is the same.
        found = databases["postgres"](register)
        assert sorted(sorted(one.partition("=")[2] for one in row) for row in found.elements()) == sorted(
            sorted(one.partition("=")[2] for one in row) for row in expected_rows.elements()
        )


def test_more_words_than_a_function_takes_are_listed(postgres: psycopg.Connection[Any] | None) -> None:
    words = {f"w{i}": f"c{i}" for i in range(250)}
    values = ", ".join(f'{"TRUE" if i % 100 == 7 else "FALSE"} AS "c{i}"' for i in range(250))
    query = f"SELECT {_listed(words)} FROM (SELECT {values}) AS t"
    assert duckdb.sql(query).fetchall() == [("w7, w107, w207",)]
    if postgres is not None:
        assert postgres.execute(query).fetchall() == [("w7, w107, w207",)]


def test_the_same_register_gives_the_same_query() -> None:
    assert nasty(1, "support-2020", "household-support").text("postgres") == nasty(2, "support-2020", "household-support").text(
        "postgres"
    )
