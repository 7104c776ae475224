"""Rows joined by a value, distinct values, members as subjects, and standards about the data itself."""

import random
from collections.abc import Sequence
from pathlib import Path

import oracle as o
import pytest
from building import CITE, TITLE, check, pack, records, searching, table, written
from hypothesis import given
from hypothesis import strategies as st

from fupin_cli.errors import PackRefused, UsageRefused
from fupin_cli.evaluate.run import judge
from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import Table
from fupin_cli.model.view import STATUSES
from fupin_cli.rules.parameters import Parameters

PERSON = frozenset(["household_id", "year", "name", "phone", "sex", "months_worked", "employed", "basic_medical"])
HOUSEHOLD = frozenset(["household_id", "year", "village", "water_safe", "household_size", "dangerous_housing"])
KEYS = ("phone", "name", "household_id")
FOLDS = ("any", "all", "none", "count", "sum", "min", "max", "distinct")


def folded(table_name: str, fold: str, rng: random.Random) -> o.Expr:
    if fold in ("sum", "min", "max"):
        return o.Name("months_worked" if table_name == "person" else "household_size")
    if fold == "distinct":
        return o.Name(rng.choice(["household_id", "sex"] if table_name == "person" else ["village", "household_id"]))
    one, other = ("employed", "basic_medical") if table_name == "person" else ("water_safe", "dangerous_housing")
    plain: list[o.Expr] = [o.Name(one), o.Not(o.Name(other)), o.Some((o.Name(one), o.Name(other))), o.Truth(said=True)]
    return rng.choice(plain)


def model(seed: int, *, quality: bool) -> o.Model:
    """Three facts over rows that a value joins, and a check of each."""
    rng = random.Random(seed)
    subject = rng.choice(["person", "person", "household"])
    facts, checks = {}, {}
    for i in range(3):
        over = rng.choice(["person", "household"])
        both = KEYS if (subject, over) == ("person", "person") else ("household_id",)
        fold = rng.choice(FOLDS)
        facts[f"fact_{i}"] = o.Fact(folded(over, fold, rng), fold, over=over, on=o.Name(rng.choice(both)))
        said: o.Expr = o.Name(f"fact_{i}")
        if fold not in ("any", "all", "none"):
            said = o.Compare("<=", said, o.Number(rng.choice(["0", "1", "2"])))
        own = "employed" if subject == "person" else "water_safe"
        checks[f"check_{i}"] = o.Check(said, rng.choice([None, o.Name(own)]))
    first, second, third = map(o.Name, checks)
    rows = [("bad", o.Not(o.Every((first, second)))), ("odd", o.Not(third)), ("good", None)]
    return o.Model(checks, rows, facts, subject=subject, quality=quality)


#: Years all there, or none; and some missing or unreadable.
STATED: Sequence[Sequence[object]] = ([2018], [2017, 2018], [None])
UNSURE: Sequence[Sequence[object]] = ([2018, None], [2017, 2018, None, o.BAD])


def roster(seed: int, stated: Sequence[Sequence[object]], count: int = 40) -> dict[str, list[o.Record]]:
    """Households and members, few values so that they meet."""
    rng = random.Random(seed)
    years = rng.choice(stated)

    def cell(*values: object) -> object:
        return rng.choice([None, o.BAD]) if rng.random() < 0.1 else rng.choice(values)

    def year() -> object:
        return rng.choice(years)

    keys = [f"H{i}" for i in range(count // 3)]
    homes = [
        {"household_id": cell(*keys), "year": year(), "village": cell("东村", "西村"), "water_safe": cell(True, False),
         "household_size": cell(1, 2, 3), "dangerous_housing": cell(True, False)}
        for _ in range(count // 2)
    ]  # fmt: skip
    people = [
        {"household_id": cell(*keys), "year": year(), "name": cell("甲", "乙", "丙"), "phone": cell("1", "2", "3", "4"),
         "sex": cell("男", "女"), "months_worked": cell(0, 6, 12), "employed": cell(True, False), "basic_medical": cell(True, False)}
        for _ in range(count)
    ]  # fmt: skip
    return {"household": [o.Record(row, HOUSEHOLD) for row in homes], "person": [o.Record(row, PERSON) for row in people]}


def engine(folder: Path, found: o.Model, rows: dict[str, list[o.Record]], lost: int = 0) -> StandardResult:
    loaded = pack(folder, *written(found))
    tables = {name: table(name, some, quarantined=lost) for name, some in rows.items()}
    return judge(loaded.standards["tested"], Parameters(loaded.pack, {}), tables, None, {})


def subjects(found: o.Model, rows: dict[str, list[o.Record]], lost: int = 0) -> list[o.Subject]:
    """The same as the oracle sees it."""
    several = []
    for record in rows[found.subject]:
        # Two facts may look at two tables on the same field: each fact is asked on its own.
        mine = {}
        for fact in found.facts.values():
            assert fact.on is not None
            mine[o.Every((fact.on, o.Words(fact.over)))] = o.found_on(fact.on, record, rows[fact.over], lost=lost > 0)
        several.append(_Subject(found, record, found=mine))
    return several


class _Subject(o.Subject):
    def over_members(self, fact: o.Fact) -> o.Value:
        assert fact.on is not None
        return self.over_found(fact, self.found[o.Every((fact.on, o.Words(fact.over)))])


@searching(24)
@given(seed=st.integers(0, 2**32), data=st.integers(0, 2**32), quality=st.booleans(), lost=st.sampled_from([0, 0, 1]))
def test_rows_joined_by_a_value_are_what_kleene_makes_of_them(
    tmp_path: Path, seed: int, data: int, quality: bool, lost: int
) -> None:
    found, rows = model(seed, quality=quality), roster(data, [*STATED, *UNSURE])
    result = engine(tmp_path, found, rows, lost)
    told = result.data.to_pylist()
    for row, subject in zip(told, subjects(found, rows, lost), strict=True):
        shown = (subject.record.cells, row)
        for name in found.facts:
            assert o.exact(row[f"fact.{name}"]) == subject.of(name), (name, found.facts[name], shown)
        for name in found.checks:
            assert STATUSES[row[f"status.{name}"]] in subject.statuses(name), (name, shown)
        outcome, possible, _ = subject.verdict()
        assert row["outcome"] == outcome, shown
        assert {name for name in ("bad", "odd", "good", "not_applicable") if row[f"may.{name}"]} == possible
        assert not quality or row["outcome"] != "undetermined"


def failing(result: StandardResult, checks: Sequence[str]) -> set[tuple[str, int]]:
    codes = {name: result.data.column(f"status.{name}").to_pylist() for name in checks}
    return {(name, index) for name, column in codes.items() for index, code in enumerate(column) if STATUSES[code] == "fail"}


@searching(10)
@given(seed=st.integers(0, 2**32), data=st.integers(0, 2**32), blanks=st.integers(0, 2**32))
def test_a_blank_never_creates_an_error(tmp_path: Path, seed: int, data: int, blanks: int) -> None:
    """What a sheet does not say contradicts nothing: with fewer cells there are fewer findings, never others.

    Only years may do so: a row that states none belongs to the one year that all rows like it are of.
    """
    found, rows = model(seed, quality=True), roster(data, STATED)
    rng = random.Random(blanks)
    fewer = {
        name: [
            o.Record({field: rng.choice([None, o.BAD]) if field != "year" and rng.random() < 0.3 else cell for field, cell in record.cells.items()}, record.columns)
            for record in some
        ]
        for name, some in rows.items()
    }  # fmt: skip
    before, after = (failing(engine(tmp_path, found, some), list(found.checks)) for some in (rows, fewer))
    assert after <= before


def standard(**more: object) -> dict[str, object]:
    """A standard about members with one check."""
    return {
        "standard": "tested", "title": TITLE, "subject": "person", "kind": "quality",
        "outcomes": {name: {"title": TITLE, "meets": "true"} for name in ("bad", "good")},
        "decide": [{"outcome": "bad", "when": "NOT asked"}, {"outcome": "good", "default": "true"}],
        **more,
    }  # fmt: skip


def outcomes(folder: Path, rules: dict[str, object], tables: dict[str, Table], parameters: object = None) -> list[str]:
    loaded = pack(folder, rules, parameters)  # type: ignore[arg-type]
    return list(
        judge(loaded.standards["tested"], Parameters(loaded.pack, {}), tables, None, {}).data.column("outcome").to_pylist()
    )


def test_the_same_person_in_two_households_is_found_by_both_rows_and_a_certificate_counts_as_its_person(tmp_path: Path) -> None:
    number, other = "349900199001010011", "349900199001010038"
    fact = {"title": TITLE, "over": "person", "by": "person", "on": "id_person(id_number)", "distinct": "household_id"}
    rules = standard(facts={"homes": fact}, checks={"asked": check("homes <= 1")})
    rows = [("H1", number), ("H2", number + "B2"), ("H1", other), ("H1", other), ("H3", None), (None, other)]
    people = table("person", records({"household_id": home, "id_number": one, "year": 2018} for home, one in rows))
    assert outcomes(tmp_path, rules, {"person": people}) == ["bad", "bad", "good", "good", "good", "good"]


def test_a_member_sees_the_row_of_its_household_in_its_year(tmp_path: Path) -> None:
    fact = {"title": TITLE, "over": "household", "by": "person", "any": "poverty_status = '已脱贫'"}
    rules = standard(facts={"out": fact}, checks={"asked": check("NOT out")})
    homes = table("household", records([
        {"household_id": "H1", "year": 2017, "poverty_status": "未脱贫"}, {"household_id": "H1", "year": 2018, "poverty_status": "已脱贫"},
        {"household_id": "H2", "year": 2018, "poverty_status": "已脱贫"},
    ]))  # fmt: skip
    people = table(
        "person",
        records(
            {"household_id": home, "year": year}
            for home, year in [("H1", 2017), ("H1", 2018), ("H1", None), ("H2", None), ("H3", 2018)]
        ),
    )
    # Nobody knows of which year the third row is; H2 is there in one year only.
    assert outcomes(tmp_path, rules, {"person": people, "household": homes}) == ["good", "bad", "good", "bad", "good"]


@pytest.mark.parametrize("columns", [("household_id",), ("household_id", "year")])
def test_support_without_any_year_is_of_no_year_of_a_household_that_is_listed_in_two(
    tmp_path: Path, columns: Sequence[str]
) -> None:
    fact = {"title": TITLE, "over": "support", "by": "household", "any": "TRUE"}
    rules = standard(subject="household", kind="verdict", facts={"helped": fact}, checks={"asked": check("helped")})
    listed = [("H1", 2017), ("H1", 2018), ("H2", 2018), ("H3", 2018)]
    homes = table("household", records({"household_id": home, "year": year} for home, year in listed))
    support = table("support", records(({"household_id": home} for home in ("H1", "H2")), columns))
    found = outcomes(tmp_path, rules, {"household": homes, "support": support})
    assert found == ["undetermined", "undetermined", "good", "bad"]


def test_without_the_other_table_nothing_is_found(tmp_path: Path) -> None:
    fact = {"title": TITLE, "over": "household", "by": "person", "any": "TRUE"}
    rules = standard(facts={"there": fact}, checks={"asked": check("there")})
    people = table("person", records([{"household_id": "H1", "year": 2018}]))
    assert outcomes(tmp_path, rules, {"person": people}) == ["good"]
    assert outcomes(
        tmp_path, rules, {"person": people, "household": table("household", records([{"household_id": "H2", "year": 2018}]))}
    ) == ["bad"]


def test_tables_without_a_household_join_by_what_is_named(tmp_path: Path) -> None:
    fact = {"title": TITLE, "over": "household", "by": "village", "on": "village", "count": "dangerous_housing"}
    rules = standard(subject="village", facts={"unsafe": fact}, checks={"asked": check("unsafe <= households")})
    villages = table("village", records({"village": name, "households": 1} for name in ("东村", "西村", "南村")))
    homes = table(
        "household",
        records(
            {"household_id": f"H{i}", "village": name, "dangerous_housing": True}
            for i, name in enumerate(["东村", "东村", "西村"])
        ),
    )
    assert outcomes(tmp_path, rules, {"village": villages, "household": homes}) == ["bad", "good", "good"]
    with pytest.raises(PackRefused) as caught:
        pack(tmp_path, {**rules, "facts": {"unsafe": {key: value for key, value in fact.items() if key != "on"}}})
    assert caught.value.code == "pack-fact-on-missing"


def test_a_year_is_asked_for_only_where_a_rule_needs_one(tmp_path: Path) -> None:
    people = table("person", records([{"household_id": "H1", "sex": "男"}]))
    plain, aged = ({"asked": check(text)} for text in ("sex = '女'", "birth_date <= as_of"))
    assert outcomes(tmp_path, standard(checks=plain), {"person": people}) == ["bad"]
    # In rules about the data what nobody can work out finds nothing.
    assert outcomes(tmp_path, standard(checks=aged), {"person": people}) == ["good"]
    assert outcomes(tmp_path, standard(kind="verdict", checks=plain), {"person": people}) == ["bad"]
    with pytest.raises(UsageRefused):
        outcomes(tmp_path, standard(kind="verdict", checks=aged), {"person": people})
    dated = {"title": TITLE, "unit": "month", "values": [{"from": "2016-01-01", "value": "12", "cite": CITE}]}
    with pytest.raises(UsageRefused):
        outcomes(
            tmp_path,
            standard(kind="verdict", checks={"asked": check("months_worked <= $most")}),
            {"person": people},
            {"most": dated},
        )


def test_a_number_that_stands_in_every_row_is_no_square(tmp_path: Path) -> None:
    """Three thousand rows with one phone number: as many witnesses as are shown, and no nine million pairs."""
    fact = {"title": TITLE, "over": "person", "by": "person", "on": "phone", "distinct": "household_id"}
    rules = standard(facts={"homes": fact}, checks={"asked": check("homes <= 1")})
    people = table("person", records({"household_id": f"H{i}", "phone": "0", "year": 2018} for i in range(3000)))
    loaded = pack(tmp_path, rules)
    result = judge(loaded.standards["tested"], Parameters(loaded.pack, {}), {"person": people}, None, {})
    assert result.outcome_counts() == {"bad": 3000}
    assert result.data.column("fact.homes")[0].as_py() == 3000
    assert {len(rows) for rows in result.witnesses["homes"].values()} == {20}


def test_rules_about_the_data_read_what_the_sheet_says(tmp_path: Path) -> None:
    """The loader makes a value unknown that another source contradicts; a rule that compares the two still sees it."""
    rules = {kind: standard(kind=kind, checks={"asked": check("sex = sex_of_id(id_number)")}) for kind in ("quality", "verdict")}
    plain = table(
        "person", records([{"id_number": "349900199001010011", "sex": o.BAD}, {"id_number": "349900199001010011", "sex": o.BAD}])
    )
    given = Table(
        plain.name,
        plain.data,
        plain.sheets,
        plain.unreadable,
        as_given={"sex": plain.data.column("sex").combine_chunks().fill_null("女")},
    )
    assert outcomes(tmp_path, rules["quality"], {"person": given}) == ["bad", "bad"]
    assert outcomes(tmp_path, rules["quality"], {"person": plain}) == ["good", "good"]
    assert outcomes(tmp_path, rules["verdict"], {"person": given}) == ["undetermined", "undetermined"]
