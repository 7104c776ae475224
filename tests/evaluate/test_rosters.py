"""Two rosters compared: who is met is met, and nobody is called absent who might be there."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pytest

from fupin_cli.evaluate.rosters.match import Roster, match, roster
from fupin_cli.evaluate.rosters.together import compare
from fupin_cli.evaluate.stacked import moved
from fupin_cli.model.tables import ROW, SHEET, SheetRef, Table, arrow_type, fields

Row = Mapping[str, Any]


def table(name: str, rows: Sequence[Row], source: int = 0) -> Table:
    """A table as if read from a sheet with these columns."""
    names = list(dict.fromkeys(field for row in rows for field in row))
    declared = fields(name)
    columns = {field: pa.array([row.get(field) for row in rows], arrow_type(declared[field].form)) for field in names}
    places = {
        SHEET: pa.array([0] * len(rows), pa.int32()),
        ROW: pa.array(range(2, len(rows) + 2), pa.int32()),
    }
    letters = {field: "ABCDEFGH"[place] for place, field in enumerate(names)}
    return Table(name, pa.table({**columns, **places}), [SheetRef(source, "表", letters)])


def tables(households: Sequence[Row], people: Sequence[Row] = (), source: int = 0) -> dict[str, Table]:
    found = {"household": table("household", households, source)}
    return found | ({"person": table("person", people, source)} if people else {})


def told(households: Table) -> dict[str, tuple[Any, Any]]:
    """What the rosters say of each household: registered, in the other roster."""
    rows = households.data.to_pylist()
    return {row["household_id"]: (row["registered"], row["dibao"]) for row in rows}


A, B, C, D = (f"349900{year}0101001{place}" for place, year in enumerate((1960, 1970, 1980, 1990)))


def test_households_are_met_by_their_number() -> None:
    first = tables([{"household_id": "1", "year": 2020}, {"household_id": "2", "year": 2020}])
    second = tables([{"household_id": "2", "year": 2020}, {"household_id": "9", "year": 2020}], source=1)
    answer = compare(first, second)
    assert answer is not None
    households = answer[0]["household"]
    assert told(households) == {"1": (True, False), "2": (True, True), "9": (False, True)}
    assert str(households.address(1, "dibao")) == "表!A2"
    assert households.address(1, "dibao").input == 1
    assert households.address(1, "registered").input == 0
    assert (households.address(2).input, households.address(2).row) == (1, 3)


def test_a_head_of_one_roster_may_be_a_member_in_the_other() -> None:
    first = tables(
        [{"household_id": "1", "head_id_number": A, "household_size": 2}],
        [{"household_id": "1", "id_number": A}, {"household_id": "1", "id_number": f"{B}11"}],
    )
    answer = compare(first, tables([{"head_id_number": B}], source=1))
    assert answer is not None
    assert told(answer[0]["household"]) == {"1": (True, True)}


def test_who_may_stand_there_under_another_members_number_is_not_absent() -> None:
    """Only the heads are known: the roster may name the wife."""
    answer = compare(tables([{"household_id": "1", "head_id_number": A, "household_size": 2}]), tables([{"head_id_number": B}]))
    assert answer is not None
    assert answer[0]["household"].data.column("dibao").to_pylist() == [None, True]
    assert answer[0]["household"].data.column("registered").to_pylist() == [True, None]


def test_of_a_household_whose_members_are_all_known_absence_is_sure() -> None:
    first = tables([{"household_id": "1", "head_id_number": A, "household_size": 1}])
    answer = compare(first, tables([{"head_id_number": B, "household_size": 3}]))
    assert answer is not None
    assert answer[0]["household"].data.column("dibao").to_pylist() == [False, True]
    assert answer[0]["household"].data.column("registered").to_pylist() == [True, False]


def test_rosters_without_any_common_key_are_not_compared() -> None:
    assert compare(tables([{"household_id": "1"}]), tables([{"head_id_number": A}])) is None
    assert compare(tables([{"household_id": "1"}]), tables([{"household_id": "001"}])) is None
    assert compare(tables([{"head_name": "样甲"}]), tables([{"head_name": "样甲"}])) is None


def test_the_same_number_with_other_people_is_nobody_for_certain() -> None:
    first = tables([{"household_id": "1", "head_id_number": A, "household_size": 1}])
    answer = compare(first, tables([{"household_id": "1", "head_id_number": B, "household_size": 1}]))
    assert answer is not None
    households, problems = answer[0]["household"], answer[1]
    assert households.data.column("dibao").to_pylist() == [None, True]
    assert households.data.column("registered").to_pylist() == [True, None]
    assert [(problem.code, str(problem.where), str(problem.other)) for problem in problems] == [
        ("rosters-disagree", "表!A2", "表!A2")
    ]


def test_what_the_sheet_says_of_the_allowance_against_the_roster_is_unknown() -> None:
    first = tables([{"household_id": number, "dibao": says} for number, says in (("1", False), ("2", True), ("3", True))])
    answer = compare(first, tables([{"household_id": "1"}, {"household_id": "3"}], source=1))
    assert answer is not None
    households, problems = answer[0]["household"], answer[1]
    assert households.data.column("dibao").to_pylist() == [None, None, True]
    assert households.unreadable["dibao"].to_pylist() == [True, True, False]
    assert [problem.code for problem in problems] == ["sources-disagree", "roster-lacks-household"]
    assert problems[0].other is not None
    assert problems[0].other.input == 1


def test_another_year_is_another_household() -> None:
    first = tables([{"household_id": "1", "year": 2019}, {"household_id": "1", "year": 2020}])
    answer = compare(first, tables([{"household_id": "1", "year": 2020}]))
    assert answer is not None
    # Nobody has a roster of 2019 to look into.
    assert answer[0]["household"].data.column("dibao").to_pylist() == [None, True]


def test_a_person_in_two_households_tells_nothing() -> None:
    heads = {"1": A, "2": A, "3": C}
    first = tables([{"household_id": number, "head_id_number": own, "household_size": 1} for number, own in heads.items()])
    answer = compare(first, tables([{"head_id_number": own, "household_size": 1} for own in (A, B)]))
    assert answer is not None
    assert answer[0]["household"].data.column("dibao").to_pylist()[:3] == [None, None, False]


def test_only_the_members_of_households_that_were_added_are_added() -> None:
    first = tables([{"household_id": "1"}], [{"household_id": "1", "id_number": A}])
    second = tables(
        [{"household_id": "1"}, {"household_id": "9"}],
        [{"household_id": "1", "id_number": A}, {"household_id": "9", "id_number": B}],
        source=1,
    )
    answer = compare(first, second)
    assert answer is not None
    members = answer[0]["person"]
    assert members.data.column("household_id").to_pylist() == ["1", "9"]
    assert [members.address(index).input for index in range(2)] == [0, 1]


def test_the_registers_own_word_for_a_household_is_not_taken_from_the_other_roster() -> None:
    first = tables([{"household_id": "1", "household_category": "一般贫困户"}])
    answer = compare(first, tables([{"household_id": "1"}, {"household_id": "9", "household_category": "低保贫困户"}]))
    assert answer is not None
    assert answer[0]["household"].data.column("household_category").to_pylist() == ["一般贫困户", None]


def test_moved_tables_count_on_their_files() -> None:
    assert moved(table("household", [{"household_id": "1"}]), 3).address(0).input == 3


def world(rng: random.Random) -> tuple[Roster, Roster, set[tuple[int, int]]]:
    """Two rosters of which everything is known, and which of their households are the same."""
    families = [frozenset(f"p{number}.{place}" for place in range(rng.randint(1, 3))) for number in range(8)]
    numbers = [f"h{number}" for number in range(8)]
    chosen = [sorted(rng.sample(range(8), rng.randint(1, 7))) for _ in range(2)]
    both = [
        Roster([numbers[f] for f in some], [2020] * len(some), [families[f] for f in some], [True] * len(some)) for some in chosen
    ]
    same = {(i, j) for i, f in enumerate(chosen[0]) for j, g in enumerate(chosen[1]) if f == g}
    return both[0], both[1], same


def forgotten(known: Roster, rng: random.Random) -> Roster:
    """The same roster with less in it."""
    numbers = [number if rng.random() < 0.7 else None for number in known.numbers]
    years = [year if rng.random() < 0.8 else None for year in known.years]
    people = [frozenset(own for own in mine if rng.random() < 0.7) for mine in known.people]
    whole = [mine == all_of_them for mine, all_of_them in zip(people, known.people, strict=True)]
    return Roster(numbers, years, people, whole)


@pytest.mark.parametrize("seed", range(300))
def test_who_knows_less_is_less_sure_and_never_wrong(seed: int) -> None:
    rng = random.Random(seed)
    first, second, same = world(rng)
    for mine, theirs in ((first, second), (forgotten(first, rng), forgotten(second, rng))):
        found = match(mine, theirs)
        if found is None:
            continue
        assert set(found.pairs.items()) <= same
        assert found.found == {other for _, other in found.pairs.items()}
        assert not found.only_first & {place for place, _ in same}
        assert not found.only_second & {other for _, other in same}
        assert not found.doubtful
    found = match(first, second)
    if found is not None:
        assert set(found.pairs.items()) == same
        assert found.only_first == set(range(len(first.numbers))) - set(found.pairs)
        assert found.only_second == set(range(len(second.numbers))) - found.found


def test_a_roster_knows_its_households_whole_only_with_every_number() -> None:
    households = [
        {"household_id": "1", "household_size": 2, "head_id_number": A},
        {"household_id": "2", "household_size": 2, "head_id_number": C},
    ]
    people = [
        {"household_id": "1", "id_number": A},
        {"household_id": "1", "id_number": B},
        {"household_id": "2", "id_number": C},
        {"household_id": "2", "id_number": None},
    ]
    known = roster(tables(households, people))
    assert list(known.whole) == [True, False]
    assert known.people == [{A, B}, {C}]
