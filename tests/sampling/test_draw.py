"""Who is drawn: the same households for everybody, in fair shares, each with the same chance."""

import hashlib
import json
from collections import Counter
from fractions import Fraction
from math import comb

import pytest

from fupin_cli.errors import UsageRefused
from fupin_cli.model.problem import Address
from fupin_cli.model.sample import Design, Frame, Unit
from fupin_cli.prepare.sampling.draw import allot, draw, visits
from fupin_cli.prepare.sampling.frame import fingerprint


def unit(number: int, township: str | None = "样乡", village: str | None = "样村") -> Unit:
    return Unit(f"H{number}", ("样县", township, village), Address(0, "户", number + 1, "A"))


def frame(*units: Unit) -> Frame:
    return Frame(units, 2018, fingerprint(units, Design(1, "")))


def numbers(found: list[Unit]) -> list[str]:
    return [one.household_id for one in found]


# --- the same draw everywhere -------------------------------------------------------------------------------------------


def test_the_lowest_hashes_of_seed_and_number_are_drawn() -> None:
    def lot(number: int) -> str:
        return hashlib.sha256(f"fupin.sample/1\x1fhousehold\x1fseed\x1fH{number}".encode()).hexdigest()

    _, found = draw(frame(*map(unit, range(40))), Design(7, "seed"))
    assert numbers(found) == sorted(f"H{number}" for number in sorted(range(40), key=lot)[:7])


def test_the_order_of_the_rows_does_not_matter() -> None:
    units = [unit(number, f"样{number % 3}乡", f"样{number % 7}村") for number in range(60)]
    for places in ((), ("county", "township")):
        for clusters in ((), ("county", "township", "village")):
            design = Design(12, "seed", places, clusters, 3)
            assert draw(frame(*units), design) == draw(frame(*reversed(units)), design)


def test_the_fingerprint_is_that_of_the_sorted_lines() -> None:
    design = Design(1, "seed", ("county", "township"))
    lines = sorted(json.dumps([f"H{number}", ["样县", "样乡"], []], ensure_ascii=False) + "\n" for number in range(12))
    assert fingerprint([unit(number) for number in range(12)], design) == hashlib.sha256("".join(lines).encode()).hexdigest()
    assert fingerprint([unit(number) for number in range(11)], design) != fingerprint([unit(n) for n in range(12)], design)
    assert fingerprint([unit(1, "甲乡")], design) != fingerprint([unit(1, "乙乡")], design)


def test_another_seed_draws_others() -> None:
    units = frame(*map(unit, range(500)))
    assert draw(units, Design(20, "a"))[1] != draw(units, Design(20, "b"))[1]


def test_a_larger_sample_of_the_same_seed_holds_the_smaller_one() -> None:
    units = frame(*map(unit, range(100)))
    small, large = (set(numbers(draw(units, Design(size, "a"))[1])) for size in (10, 30))
    assert small < large


def test_a_household_elsewhere_changes_nothing_here() -> None:
    here = [unit(number, "甲乡") for number in range(50)]
    there = [unit(number, "乙乡") for number in range(50, 100)]
    design = Design(10, "seed", ("county", "township"))
    before = draw(frame(*here, *there), design)[1]
    after = draw(frame(*here, *there[:-1], unit(777, "乙乡")), design)[1]
    assert [one for one in before if one.place[1] == "甲乡"] == [one for one in after if one.place[1] == "甲乡"]


# --- chances ------------------------------------------------------------------------------------------------------------

_SEEDS = 1000


def within_chance(count: int, seeds: int, share: Fraction) -> bool:
    """Whether a count of so many seeds is within what a fair draw does in all but one of ten million cases, by exact tails."""
    few = sum(comb(seeds, k) * share**k * (1 - share) ** (seeds - k) for k in range(count + 1))
    one = comb(seeds, count) * share**count * (1 - share) ** (seeds - count)
    return min(few, 1 - few + one) > Fraction(1, 10**7)


def test_every_household_has_the_same_chance() -> None:
    units = frame(*map(unit, range(6)))
    drawn = Counter(number for seed in range(600) for number in numbers(draw(units, Design(2, str(seed)))[1]))
    assert all(within_chance(drawn[f"H{number}"], 600, Fraction(1, 3)) for number in range(6))


def test_every_household_has_the_same_chance_where_villages_are_drawn() -> None:
    # Villages of 12, 6, 4 and 2 households; 2 marks with 2 households each: 4 of 24.
    sizes = {("A",): 12, ("B",): 6, ("C",): 4, ("D",): 2}
    design = Design(4, "", (), ("village",), 2)
    wanted = Counter[str]()
    for seed in range(_SEEDS):
        for (name,), count in visits((), sizes, 4, Design(4, str(seed), (), design.clusters, 2)).items():
            wanted[name] += count
    for (name,), size in sizes.items():
        # A village is visited size / 24 × 2 times on average, or 12 / 24 × 2 = exactly once.
        if size == 12:
            assert wanted[name] == 2 * _SEEDS
        else:
            assert wanted[name] % 2 == 0
            assert within_chance(wanted[name] // 2, _SEEDS, Fraction(size * 2, 24))


def test_marks_give_as_many_as_are_wanted() -> None:
    sizes = {(f"V{number}",): number + 1 for number in range(20)}
    for count in range(1, 60):
        found = visits((), sizes, count, Design(count, str(count), (), ("village",), 7))
        assert sum(found.values()) == count
        assert found.keys() <= sizes.keys()


# --- shares -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "households", "shares"),
    [
        (10, [50, 30, 20], [5, 3, 2]),
        # 3.5, 3.5, 3: the remainders are equal, the first place gets the one more.
        (10, [35, 35, 30], [4, 3, 3]),
        # 5.6, 3.2, 1.2: the largest remainder.
        (10, [56, 32, 12], [6, 3, 1]),
        # 9.8 and twice 0.1: one for each small one, what is left for the large one.
        (10, [980, 10, 10], [8, 1, 1]),
        (3, [980, 10, 10], [1, 1, 1]),
        (5, [2, 2, 1], [2, 2, 1]),
        (1, [7], [1]),
    ],
)
def test_shares_are_proportional_by_largest_remainders_and_at_least_one(
    size: int, households: list[int], shares: list[int]
) -> None:
    places = {(f"{number}",): count for number, count in enumerate(households)}
    assert [*allot(size, places).values()] == shares


def test_shares_add_up_and_nobody_is_asked_twice() -> None:
    for case in range(300):
        households = {
            (str(part),): int(hashlib.sha256(f"{case} {part}".encode()).hexdigest()[:4], 16) % 90 + 1
            for part in range(1 + case % 9)
        }
        whole = sum(households.values())
        for size in {len(households), (len(households) + whole) // 2, whole}:
            found = allot(size, households)
            assert sum(found.values()) == size
            assert all(1 <= found[place] <= count for place, count in households.items())
            # Proportional to within one, but for those that were lifted to one and those that gave for them.
            if all(size * count >= whole for count in households.values()):
                assert all(abs(found[place] - Fraction(size * count, whole)) < 1 for place, count in households.items())


def test_each_stratum_gets_its_share_and_the_unknown_place_is_one() -> None:
    units = [unit(number, "甲乡") for number in range(30)] + [unit(number, None) for number in range(30, 40)]
    strata, found = draw(frame(*units), Design(8, "seed", ("county", "township")))
    assert [(one.place, one.households, one.allotted, one.drawn) for one in strata] == [
        (("样县", "甲乡"), 30, 6, 6),
        (("样县", None), 10, 2, 2),
    ]
    assert Counter(one.place[1] for one in found) == {"甲乡": 6, None: 2}


def test_villages_of_one_name_in_two_townships_are_two() -> None:
    units = [unit(number, "甲乡", "同村") for number in range(10)] + [unit(number, "乙乡", "同村") for number in range(10, 20)]
    strata, _ = draw(frame(*units), Design(4, "seed", ("county", "township", "village")))
    assert [one.households for one in strata] == [10, 10]


def test_a_village_too_small_gives_all_and_the_sample_is_smaller() -> None:
    units = [unit(number, "甲乡", f"样{number % 10}村") for number in range(20)]
    (stratum,), found = draw(frame(*units), Design(10, "seed", (), ("county", "township", "village"), 5))
    assert (stratum.clusters, stratum.drawn_clusters, stratum.allotted, stratum.drawn) == (10, 2, 10, 4)
    assert len({one.household_id for one in found}) == 4


def test_within_strata_villages_are_drawn() -> None:
    units = [unit(number, f"{'甲乙'[number % 2]}乡", f"样{number % 12}村") for number in range(240)]
    strata, found = draw(frame(*units), Design(40, "seed", ("county", "township"), ("county", "township", "village"), 5))
    assert [(one.allotted, one.drawn, one.clusters, one.drawn_clusters) for one in strata] == [(20, 20, 6, 4)] * 2
    assert set(Counter(one.place for one in found).values()) == {5}


# --- what cannot be had -------------------------------------------------------------------------------------------------


def test_more_than_there_are_is_refused_with_what_there_is() -> None:
    with pytest.raises(UsageRefused) as caught:
        draw(frame(*map(unit, range(9))), Design(10, "seed"))
    assert (caught.value.code, caught.value.facts) == ("sample-too-large", {"size": 10, "households": 9})


def test_fewer_than_strata_are_refused_with_their_number() -> None:
    units = [unit(number, f"样{number}乡") for number in range(5)]
    with pytest.raises(UsageRefused) as caught:
        draw(frame(*units), Design(4, "seed", ("county", "township")))
    assert (caught.value.code, caught.value.facts) == ("sample-too-small", {"size": 4, "strata": 5})
