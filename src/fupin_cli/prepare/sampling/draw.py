"""Which households are asked? By the order of a hash of seed and number, which is the same on every machine.

No generator of random numbers takes part: SHA-256 of the seed and a household's number is its lot, and the lowest lots are drawn.
So neither the order of the rows, nor the version of Python, nor who else is in another stratum changes a household's lot.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence

from fupin_cli.errors import UsageRefused
from fupin_cli.model.sample import Design, Frame, Stratum, Unit
from fupin_cli.prepare.sampling.frame import part

#: Part of every lot: another way to draw must not give the same lots.
_METHOD = "fupin.sample/1"
Place = tuple[str | None, ...]


def draw(frame: Frame, design: Design) -> tuple[list[Stratum], list[Unit]]:
    """What was drawn from each stratum, and the households by place and number.

    Raises:
        UsageRefused: more are wanted than there are, or there are more strata than households to be drawn.
    """
    if design.size > len(frame.units):
        raise UsageRefused("sample-too-large", size=design.size, households=len(frame.units))
    strata = _grouped(frame.units, lambda unit: part(unit, design.strata))
    if design.size < len(strata):
        raise UsageRefused("sample-too-small", size=design.size, strata=len(strata))
    sizes = {place: len(units) for place, units in strata.items()}
    told, drawn = [], list[Unit]()
    for place, count in allot(design.size, sizes).items():
        stratum, found = _from_stratum(place, strata[place], count, design)
        told.append(stratum)
        drawn += found
    return told, sorted(drawn, key=lambda unit: (_order(unit.place), unit.household_id))


def allot(size: int, households: Mapping[Place, int]) -> dict[Place, int]:
    """The sample's size over the strata in proportion to theirs, by largest remainders, and at least one to each.

    ``size`` is at least the number of strata and at most that of all households.
    """
    small: set[Place] = set()
    while True:
        # What would get less than one gets one, and the others share the rest; that may make another one small.
        others = {place: count for place, count in households.items() if place not in small}
        left, whole = size - len(small), sum(others.values())
        found = {place for place, count in others.items() if left * count < whole}
        if not found:
            break
        small |= found
    shares = dict.fromkeys(small, 1) | {place: left * count // whole for place, count in others.items()}
    remainders = sorted(others, key=lambda place: (-(left * others[place] % whole), _order(place)))
    for place in remainders[: size - sum(shares.values())]:
        shares[place] += 1
    return {place: shares[place] for place in sorted(shares, key=_order)}


def _from_stratum(place: Place, units: Sequence[Unit], count: int, design: Design) -> tuple[Stratum, list[Unit]]:
    if not design.clusters:
        found = _lowest(units, count, design)
        return Stratum(place, len(units), count, len(found)), found
    villages = _grouped(units, lambda unit: part(unit, design.clusters))
    found = []
    wanted = visits(place, {name: len(members) for name, members in villages.items()}, count, design)
    for name, take in wanted.items():
        found += _lowest(villages[name], take, design)
    return Stratum(place, len(units), count, len(found), len(villages), len(wanted)), found


def visits(stratum: Place, villages: Mapping[Place, int], count: int, design: Design) -> dict[Place, int]:
    """How many households are wanted of which village: villages drawn in proportion to size, equal numbers in each.

    Systematically: the villages lie behind each other in the order of their lots, each as long as it has households, and marks at
    equal distances, the first by lot, fall on them. So every household has the same chance. A village on which two marks
    fall gives twice as many; one that has fewer than are wanted gives all.
    """
    marks = -(-count // design.take)
    total = sum(villages.values())
    start = _lot("start", design.seed, *stratum) % total
    found: dict[Place, int] = {}
    end, mark = 0, 0
    for name in sorted(villages, key=lambda village: _lot("village", design.seed, *village)):
        end += villages[name]
        # Whole numbers: a mark lies at (start + its number × total) / marks.
        while mark < marks and start + mark * total < end * marks:
            found[name] = found.get(name, 0) + count // marks + (mark < count % marks)
            mark += 1
    return found


def _lowest(units: Sequence[Unit], count: int, design: Design) -> list[Unit]:
    return sorted(units, key=lambda unit: _lot("household", design.seed, unit.household_id))[:count]


def _lot(kind: str, seed: str, *names: str | None) -> int:
    """A number below 2^256."""
    # Nothing that people write holds the separator, and an unknown place is no place of an empty name.
    text = "\x1f".join((_METHOD, kind, seed, *("\x1e" if name is None else name for name in names)))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), "big")


def _grouped(units: Sequence[Unit], key: Callable[[Unit], Place]) -> dict[Place, list[Unit]]:
    found: dict[Place, list[Unit]] = {}
    for unit in units:
        found.setdefault(key(unit), []).append(unit)
    return found


def _order(place: Place) -> list[tuple[bool, str]]:
    """The unknown last."""
    return [(name is None, name or "") for name in place]
