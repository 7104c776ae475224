"""Stories of households over the years, told by hand: who is who, and what became of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pytest
from plain_years import Row, World
from roster_worlds import identity, tables

from fupin_cli.evaluate.rosters.years import Linked, linked


@dataclass
class Told:
    """A story and what became of it; a row is called by household (and person) and year."""

    world: World
    answer: Linked

    @property
    def moves(self) -> set[str]:
        rows = self.world.homes
        return {f"{rows[m['before']].home}→{rows[m['after']].home} {m['kind']}" for m in self.answer.moves.to_pylist()}

    def of(self, field: str, table: str = "household") -> dict[str, object]:
        rows = self.world.homes if table == "household" else self.world.people
        said = self.answer.tables[table].between[field].to_pylist()
        return {called(row, table): value for row, value in zip(rows, said, strict=True)}

    def people(self, field: str) -> dict[str, object]:
        return self.of(field, "person")

    def previous(self, table: str = "household") -> dict[str, str]:
        rows = self.world.homes if table == "household" else self.world.people
        before = self.answer.tables[table].previous
        assert before is not None
        pairs = zip(rows, before.to_pylist(), strict=True)
        return {called(row, table): called(rows[place], table) for row, place in pairs if place is not None}


def called(row: Row, table: str) -> str:
    return f"{row.home} {row.year}" if table == "household" else f"{row.home}{row.note} {row.year}"


def world(story: Mapping[int | None, str], *, village: str | None = "东") -> World:
    """Households of years, as ``H1 a b | H2[3] c?``: the number, how many people it says it has where that is not as many as there
    are, its people, the head first. ``?`` has no identity number, ``~`` a mistyped one, ``!`` another valid one, ``-`` no name,
    ``*`` is said to have left. In ``(a)`` the head is known to the household alone."""
    made = World([], [])
    for year, homes in story.items():
        for home in homes.split("|") if homes else []:
            number, *people = home.split()
            number, _, size = number.partition("[")
            heads = [one.strip("()") for one in people if one.startswith("(")]
            listed = [person(one) for one in people if not one.startswith("(")]
            head = person(heads[0]) if heads else listed[0] if listed else Row(None, None)
            count = int(size.strip("]")) if size.strip("]") else None if size else len(people)
            own = None if number == "-" else number
            made.homes.append(Row(own, year, head.name, head.number, size=count, village=village))
            for one in listed:
                one.home, one.year = own, year
                made.people.append(one)
    return made


def person(mark: str) -> Row:
    letter, signs = mark[0], mark[1:]
    number = identity(ord(letter))
    if "~" in signs:
        number = number[:12] + str((int(number[12]) + 1) % 10) + number[13:]
    if "!" in signs:
        number = identity(ord(letter) + 200)
    row = Row(None, None, None if "-" in signs else f"某{letter}", None if "?" in signs else number)
    row.reason, row.note = "嫁出" if "*" in signs else None, letter
    return row


def told(story: Mapping[int | None, str], *, lost_homes: int = 0, lost_people: int = 0, village: str | None = "东") -> Told:
    made = world(story, village=village)
    return Told(made, linked(tables([made], lost_homes=lost_homes, lost_people=lost_people)))


def test_the_same_number_is_the_same_household() -> None:
    story = told({2016: "H1 a b | H2 c", 2017: "H1 a b | H2 c"})
    assert story.moves == {"H1→H1 延续", "H2→H2 延续"}
    assert story.previous() == {"H1 2017": "H1 2016", "H2 2017": "H2 2016"}
    assert story.previous("person") == {"H1a 2017": "H1a 2016", "H1b 2017": "H1b 2016", "H2c 2017": "H2c 2016"}
    assert story.of("number_reused") == {"H1 2016": None, "H2 2016": None, "H1 2017": False, "H2 2017": False}
    assert story.of("year_before") == {"H1 2016": None, "H2 2016": None, "H1 2017": 2016, "H2 2017": 2016}
    assert story.people("year_after") == {"H1a 2016": 2017, "H1b 2016": 2017, "H2c 2016": 2017, "H1a 2017": None, "H1b 2017": None, "H2c 2017": None}  # fmt: skip


STORIES: Mapping[str, tuple[Mapping[int | None, str], set[str]]] = {
    "renumbered, with a death and a birth": ({2016: "H1 a b c", 2017: "H9 a b d"}, {"H1→H9 换号"}),
    "the son moves out": ({2016: "H1 a b c", 2017: "H1 a b | H9 c"}, {"H1→H1 延续", "H1→H9 分户"}),
    "the son marries and moves out": ({2016: "H1 a b c", 2017: "H1 a b | H9 c x y"}, {"H1→H1 延续", "H1→H9 分户"}),
    "a couple of two households": ({2016: "H1 a b | H2 c d", 2017: "H1 a | H2 c | H9 d b"}, {"H1→H1 延续", "H2→H2 延续", "H2→H9 分户"}),
    "most move out, the number stays": ({2016: "H1 a b c d", 2017: "H1 a | H9 b c d"}, {"H1→H1 延续", "H1→H9 分户"}),
    "split after renumbering: the larger part continues": ({2016: "H1 a b c", 2017: "H8 b c | H9 a"}, {"H1→H8 换号", "H1→H9 分户"}),
    "in equal parts: the head's part continues": ({2016: "H1 a b c d", 2017: "H8 b c | H9 d a"}, {"H1→H9 换号", "H1→H8 分户"}),
    "in equal parts, the head is dead": ({2016: "H1 a b c", 2017: "H8 b | H9 c"}, {"H1→H8 分户", "H1→H9 分户"}),
    "the widow moves to her son": ({2016: "H1 a b | H2 c d", 2017: "H2 c d b"}, {"H2→H2 延续", "H1→H2 并户"}),
    "merged into one that exists": ({2016: "H1 a b | H2 c d", 2017: "H2 c d a b"}, {"H2→H2 延续", "H1→H2 并户"}),
    "merged under a new number": ({2016: "H1 a b c | H2 d e", 2017: "H9 d e a b c"}, {"H1→H9 换号", "H2→H9 并户"}),
    "merged in equal parts: the head's household continues": ({2016: "H1 a b | H2 c d", 2017: "H9 c d a b"}, {"H2→H9 换号", "H1→H9 并户"}),
    "married into another household": ({2016: "H1 a b | H2 c", 2017: "H1 a | H2 c b"}, {"H1→H1 延续", "H2→H2 延续"}),
    "numbers exchanged": ({2016: "H1 a b | H2 c d", 2017: "H1 c d | H2 a b"}, {"H1→H2 换号", "H2→H1 换号"}),
    "the number of one that is gone for another": ({2016: "H1 a b", 2017: "H1 x y"}, set()),
    "its number for another, itself renumbered": ({2016: "H1 a b", 2017: "H1 x y | H9 a b"}, {"H1→H9 换号"}),
    "a year is missing": ({2016: "H1 a b", 2018: "H9 a b"}, {"H1→H9 换号"}),
    "three years": ({2016: "H1 a b", 2017: "H1 a b", 2018: "H9 a | H8 b"}, {"H1→H1 延续", "H1→H9 换号", "H1→H8 分户"}),
    "heads alone are known": ({2016: "H1[3] (a) | H2[2] (b)", 2017: "H9[3] (a) | H2[2] (b)"}, {"H1→H9 换号", "H2→H2 延续"}),
    "nobody has a number": ({2016: "H1 a? b?", 2017: "H1 a? b?"}, {"H1→H1 延续"}),
    "one has a number, the others the same names": ({2016: "H1 a b? c?", 2017: "H9 b? c? a"}, {"H1→H9 换号"}),
    "nothing but the household's number": ({2016: "H1[3]", 2017: "H1[3]"}, {"H1→H1 延续"}),
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
def test_what_becomes_of_households(name: str) -> None:
    story, expected = STORIES[name]
    assert told(story).moves == expected


def test_households_come_and_go() -> None:
    story = told({2016: "H1 a b | H2 c d | H3 e f", 2017: "H1 a b | H8 d c | H7 x y"})
    assert story.of("went_to") == {"H1 2016": "延续", "H2 2016": "换号", "H3 2016": "消失", "H1 2017": None, "H8 2017": None, "H7 2017": None}  # fmt: skip
    assert story.of("came_from") == {"H1 2016": None, "H2 2016": None, "H3 2016": None, "H1 2017": "延续", "H8 2017": "换号", "H7 2017": "新增"}  # fmt: skip
    assert story.people("household_came_from")["H7y 2017"] == "新增"
    assert story.people("household_went_to")["H3f 2016"] == "消失"


def test_a_bride_from_the_roster_makes_no_new_household_a_part_of_hers() -> None:
    story = told({2016: "H1 a b c", 2017: "H1 a b | H9 x y c"})
    assert (story.of("came_from")["H9 2017"], story.people("came_from")["H9c 2017"]) == ("新增", "转户")


def test_people_come_go_and_move() -> None:
    story = told({2016: "H1 a b c | H2 d", 2017: "H1 a b e | H2 d c"})
    assert story.people("went_to") == {
        "H1a 2016": "延续", "H1b 2016": "延续", "H1c 2016": "转户", "H2d 2016": "延续",
        "H1a 2017": None, "H1b 2017": None, "H1e 2017": None, "H2d 2017": None, "H2c 2017": None,
    }  # fmt: skip
    assert story.people("came_from")["H1e 2017"] == "新增"
    assert story.previous("person")["H2c 2017"] == "H1c 2016"
    gone = told({2016: "H1 a b", 2017: "H1 a"})
    assert gone.people("went_to")["H1b 2016"] == "消失"


def test_people_of_a_renumbered_household_stay_and_those_of_a_part_move() -> None:
    story = told({2016: "H1 a b c", 2017: "H8 a b | H9 c"})
    assert [story.people("came_from")[one] for one in ("H8a 2017", "H8b 2017", "H9c 2017")] == ["延续", "延续", "转户"]


@pytest.mark.parametrize("later", ["b~", "b!", "b?", "b"])
def test_whoever_changes_his_number_is_found_by_name_in_the_household(later: str) -> None:
    story = told({2016: "H1 a b", 2017: f"H1 a {later}"})
    assert (story.people("came_from")["H1b 2017"], story.previous("person")["H1b 2017"]) == ("延续", "H1b 2016")


def test_a_name_that_two_of_a_household_bear_tells_nobody() -> None:
    story = told({2016: "H1 a b? b?", 2017: "H1 a b? b?"})
    assert set(story.people("came_from").values()) == {None, "延续"}
    assert story.previous("person") == {"H1a 2017": "H1a 2016"}


def test_another_household_with_a_mistyped_number_is_not_gone() -> None:
    """One person, another 户编号, another 证件号码 and the same name: the last character shows that it is mistyped."""
    assert told({2016: "H1 a | H2 b", 2017: "H9 a~ | H2 b"}).of("went_to")["H1 2016"] is None
    assert told({2016: "H1 a | H2 b", 2017: "H9 a! | H2 b"}).of("went_to")["H1 2016"] == "消失"


@pytest.mark.parametrize(
    "later",
    [
        "H1 x y", "H1 x~ y",
    ],
)  # fmt: skip
def test_a_number_is_reused_where_nobody_is_the_same(later: str) -> None:
    story = told({2016: "H1 a b", 2017: later})
    assert (story.of("number_reused")["H1 2017"], story.previous()) == (True, {})
    assert (story.of("went_to")["H1 2016"], story.of("came_from")["H1 2017"]) == ("消失", "新增")


@pytest.mark.parametrize(
    ("before", "later"),
    [("H1 a b", "H1[3] x y"), ("H1 a b", "H1 x y?"), ("H1[] a", "H1[3] (x)")],
)
def test_whether_a_number_is_reused_is_unknown_where_not_everybody_is_known(before: str, later: str) -> None:
    assert told({2016: before, 2017: later}).of("number_reused")["H1 2017"] is None


def test_where_everybody_has_another_name_and_not_all_have_numbers_nobody_knows_whether_it_is_the_same() -> None:
    story = told({2016: "H1 a b?", 2017: "H1 x y?"})
    assert (story.of("came_from")["H1 2017"], story.of("number_reused")["H1 2017"], story.moves) == (None, None, set())


def test_where_its_people_are_elsewhere_nobody_knows_whether_the_number_is_still_the_same_household() -> None:
    story = told({2016: "H1[3] a b", 2017: "H1[3] x y | H9 a b"})
    assert (story.of("went_to")["H1 2016"], story.of("came_from")["H1 2017"], story.of("came_from")["H9 2017"]) == (
        None,
        None,
        None,
    )


UNKNOWN: Mapping[str, Mapping[int | None, str]] = {
    "a household without its number": {2016: "H1 a | H2 b", 2017: "H1 a | - (c)"},
    "a household without its year and number": {2016: "H1 a | H2 b", 2017: "H1 a", None: "- (c)"},
    "the same number without its year": {2016: "H1 a | H2 b", 2017: "H1 a", None: "H2 (c)"},
    "a household that does not list all": {2016: "H1 a | H2 b", 2017: "H1[3] a"},
    "a person without number and name": {2016: "H1 a | H2 b", 2017: "H1 a c?-"},
    "its own people are not all known": {2016: "H1 a | H2[3] b", 2017: "H1 a"},
    "its people are not listed": {2016: "H1 a | H2[2] (b)", 2017: "H1 a"},
    "nobody of it is known": {2016: "H1 a | H2[2]", 2017: "H1 a"},
    "somebody of that name without a number": {2016: "H1 a | H2 b", 2017: "H1 a b?"},
    "somebody with that number, without a year": {2016: "H1 a | H2 b", 2017: "H1 a", None: "H1 b"},
    "two people with that number": {2016: "H1 a | H2 b", 2017: "H1 a | H7 c b | H8 d b"},
    "the number stands twice": {2016: "H1 a | H2 b", 2017: "H1 a | H2 c | H2 d"},
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_household_is_not_gone_where_it_may_be_there(name: str) -> None:
    """And seen from the other year it is not new."""
    story = UNKNOWN[name]
    assert told(story).of("went_to")["H2 2016"] is None
    turned = {None if year is None else 4033 - year: homes for year, homes in story.items()}
    assert told(turned).of("came_from")["H2 2017"] is None


def test_a_household_without_gaps_around_it_is_gone() -> None:
    """What the cases before have in common says that it is."""
    assert told({2016: "H1 a | H2 b", 2017: "H1 a c? | H7 c d"}).of("went_to")["H2 2016"] == "消失"
    # Households split and merge within a village.
    assert told({2016: "H1 a | H2 b", 2017: "H1[3] a"}, village=None).of("went_to")["H2 2016"] is None
    made = world({2016: "H1 a | H2 b | H3 c", 2017: "H1[3] a | H3 c"})
    for place, told_gone in (("西", "消失"), (None, None)):
        made.homes[0].village = made.homes[3].village = place
        assert Told(made, linked(tables([made]))).of("went_to")["H2 2016"] == told_gone
    # A village that one of the two rosters does not have may be another one with a new name.
    made.homes[3].village = "南"
    assert Told(made, linked(tables([made]))).of("went_to")["H2 2016"] is None


@pytest.mark.parametrize("lost", [{"lost_homes": 1}, {"lost_people": 1}])
def test_whoever_is_not_found_may_be_among_the_rows_that_were_left_out(lost: dict[str, int]) -> None:
    story = told({2016: "H1 a b | H2 c", 2017: "H1 a d | H3 e"}, **lost)
    assert story.moves == {"H1→H1 延续"}
    assert (story.of("went_to")["H2 2016"], story.of("came_from")["H3 2017"]) == (None, None)
    one = None if "lost_people" in lost else "消失"
    assert story.people("went_to")["H1b 2016"] == one


@pytest.mark.parametrize(("before", "later"), [("H1[3] a b", "H1 a b d"), ("H1 a b", "H1 a b d"), ("H1[4] (a)", "H1 a b c d")])
def test_a_member_is_new_only_where_the_household_listed_all(before: str, later: str) -> None:
    story = told({2016: before, 2017: later})
    assert story.people("came_from")["H1d 2017"] == ("新增" if before == "H1 a b" else None)


def test_whoever_marries_within_the_roster_may_stand_in_both_households() -> None:
    story = told({2016: "H1 a b | H2 c", 2017: "H1 a b* | H2 c b", 2018: "H1 a | H2 c b"})
    assert (story.people("came_from")["H2b 2017"], story.previous("person")["H2b 2017"]) == ("转户", "H1b 2016")
    assert story.previous("person")["H2b 2018"] == "H2b 2017"
    assert story.people("went_to")["H1b 2017"] is None


def test_rows_of_one_number_in_a_year_are_tied_to_nothing() -> None:
    story = told({2016: "H1 a | H1 b", 2017: "H1 a"})
    assert (story.moves, story.of("came_from")["H1 2017"]) == (set(), None)


def test_members_alone_are_enough() -> None:
    made = world({2016: "H1 a b", 2017: "H9 a b | H8 c"})
    people = {"person": tables([made])["person"]}
    answer = linked(people)
    assert list(answer.tables) == ["person"]
    assert answer.tables["person"].between["household_came_from"].to_pylist() == [None, None, "换号", "换号", "新增"]
    assert (answer.moves.num_rows, answer.problems) == (0, [])


@pytest.mark.parametrize("years", [{}, {2016: ""}, {2016: "H1 a"}])
def test_one_year_or_none_has_nothing_beside_it(years: Mapping[int | None, str]) -> None:
    story = told(years)
    assert set(story.of("came_from").values()) | set(story.people("went_to").values()) <= {None}
    assert story.answer.problems == []


def test_a_table_without_columns_says_nothing() -> None:
    bare = tables([world({2016: "H1 a", 2017: "H1 a"})])
    lean = {name: type(table)(name, table.data.select(["_sheet", "_row"]), table.sheets) for name, table in bare.items()}
    answer = linked(lean)
    assert answer.tables["household"].between["came_from"].to_pylist() == [None, None]
    assert isinstance(answer.tables["person"].previous, pa.Int64Array)


def villages(years: Mapping[int, Sequence[str]]) -> Told:
    """Households H0, H1 … of years, each in a village."""
    made = World([], [])
    for year, names in years.items():
        made.homes += [Row(f"H{place}", year, size=1, village=name, number=identity(place)) for place, name in enumerate(names)]
    return Told(made, linked(tables([made])))


def test_a_village_with_another_name_is_told_once() -> None:
    story = villages({2016: ["东"] * 9 + ["西", "北"], 2017: ["南"] * 9 + ["西", "北"]})
    (problem,) = story.answer.problems
    assert (problem.code, problem.severity) == ("village-renamed", "info")
    assert dict(problem.facts) == {"before": "2016", "after": "2017", "old": "东", "new": "南", "count": "9", "total": "9"}
    assert (str(problem.where), str(problem.other)) == ("0!D12", "0!D1")


@pytest.mark.parametrize(
    ("before", "later", "count"),
    [
        (["东"] * 10, ["南"] * 9 + ["北"], 1),
        (["东"] * 9, ["南"] * 8 + ["北"], 0),
        (["东"] * 4, ["南"] * 3 + ["东"], 0),
        (["东"], ["南"], 0),
        (["东", "东", "西"], ["西", "西", "西"], 1),
    ],
)
def test_a_village_is_renamed_where_nearly_all_of_it_is_elsewhere_and_the_name_is_gone(
    before: Sequence[str], later: Sequence[str], count: int
) -> None:
    assert len(villages({2016: before, 2017: later}).answer.problems) == count


def test_a_member_who_is_missing_may_be_in_a_row_that_was_left_out() -> None:
    story: Mapping[int | None, str] = {2016: "H1[3] a b | H2[2] c d | H3[1] e f"}
    assert told(story).of("members_listed") == {"H1 2016": 2, "H2 2016": 2, "H3 2016": 2}
    assert told(story, lost_people=1).of("members_listed") == {"H1 2016": None, "H2 2016": 2, "H3 2016": 2}


def test_households_that_nobody_can_trace_are_told_once_for_each_pair_of_years() -> None:
    story = told({2016: "H1 a | H2[3] (b) | H3[2] (c)", 2017: "H1 a | H9[3] (d)", 2018: "H1 a | H9[3] (d)"})
    (problem,) = story.answer.problems
    assert (problem.code, problem.severity, str(problem.where)) == ("households-untraced", "warning", "0!A2")
    assert dict(problem.facts) == {"before": "2016", "after": "2017", "gone": "2", "come": "1"}
