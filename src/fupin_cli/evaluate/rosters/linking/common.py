"""Which households of neighbouring years have people in common, where a household's number is gone or new."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fupin_cli.evaluate.rosters.linking.columns import Bools, Ints
from fupin_cli.evaluate.rosters.linking.households import Households
from fupin_cli.evaluate.rosters.linking.known import Known
from fupin_cli.evaluate.rosters.linking.numbers import Numbers
from fupin_cli.evaluate.rosters.linking.people import People, heads_by_name
from fupin_cli.model.tables import Table


@dataclass
class Common:
    """People whom an earlier and a later household have in common."""

    count: int
    #: Whether the head of the earlier one is among them, and the head of the later one.
    old_head: bool
    new_head: bool


#: Household of the one year → households of the other → whom they have in common. -1: nobody knows which household it is.
Shared = Mapping[int, Mapping[int, Common]]


def in_common(tables: Mapping[str, Table], homes: Households, folk: People, seen: Known, nums: Numbers) -> tuple[Shared, Shared]:
    """The heirs of each household whose number is gone, and the sources of each whose number is new.

    Two households have those in common whom their numbers find in both; once there is one, also those whose name one person alone
    bears in each.
    """
    later = np.flatnonzero(folk.before >= 0)
    old, new = folk.household[folk.before[later]], folk.household[later]
    chosen = _of(nums.gone, old) | _of(nums.new, new)
    later, old, new = later[chosen], old[chosen], new[chosen]
    head = _heads(tables, homes, folk, np.unique(np.append(old, new)))
    keys, pair = np.unique((old + 1) * (len(homes) + 1) + new + 1, return_inverse=True)
    count = np.bincount(pair, minlength=len(keys))
    old_head = np.bincount(pair, head[old] == folk.before[later], len(keys)) > 0
    new_head = np.bincount(pair, head[new] == later, len(keys)) > 0
    by_name = _by_name(folk, seen, keys, len(homes))
    heirs: dict[int, dict[int, Common]] = defaultdict(dict)
    sources: dict[int, dict[int, Common]] = defaultdict(dict)
    for number, key in enumerate(keys.tolist()):
        one, other = (position - 1 for position in divmod(key, len(homes) + 1))
        common = Common(int(count[number]), bool(old_head[number]), bool(new_head[number]))
        for person, same in by_name.get(key, ()):
            common.count += 1
            common.old_head |= head[one] == person
            common.new_head |= head[other] == same
        if one >= 0 and nums.gone[one]:
            heirs[one][other] = common
        if other >= 0 and nums.new[other]:
            sources[other][one] = common
    return heirs, sources


def _of(flags: Bools, households: Ints) -> Bools:
    return np.append(flags, False)[households]


def _heads(tables: Mapping[str, Table], homes: Households, folk: People, asked: Ints) -> Ints:
    """The heads of households, those of the asked ones also by their names; nobody's for -1."""
    head = np.append(folk.head, -1)
    lacking = asked[(asked >= 0) & (asked < homes.rows)]
    lacking = lacking[head[lacking] < 0]
    head[lacking] = heads_by_name(tables, homes, lacking)[lacking] if len(lacking) else -1
    return np.where(head < 0, -2, head)


def _by_name(folk: People, seen: Known, keys: Ints, count: int) -> Mapping[int, list[tuple[int, int]]]:
    """Pair of households → those of one name in both whom no number finds, each alone with it in its household."""
    old, new = np.divmod(keys, count + 1)
    before = _names(folk, seen, seen.unmet_after, old - 1)
    after = _names(folk, seen, seen.unmet_before, new - 1)
    found: dict[int, list[tuple[int, int]]] = {}
    for key, one, other in zip(keys.tolist(), (old - 1).tolist(), (new - 1).tolist(), strict=True):
        if one in before and other in after:
            mine, theirs = before[one], after[other]
            same = [(mine[name], theirs[name]) for name in mine if theirs.get(name, -1) >= 0 and mine[name] >= 0]
            if same:
                found[key] = same
    return found


def _names(folk: People, seen: Known, unmet: Ints, homes: Ints) -> dict[int, dict[int, int]]:
    """Household → name → the person, -1 where several have it."""
    wanted = np.zeros(int(folk.household.max(initial=-1)) + 2, np.bool_)
    wanted[homes] = True
    wanted[-1] = False
    chosen = unmet[wanted[folk.household[unmet]] & (seen.name[unmet] >= 0)]
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for person, home, name in zip(chosen.tolist(), folk.household[chosen].tolist(), seen.name[chosen].tolist(), strict=True):
        found[home][name] = -1 if name in found[home] else person
    return found
