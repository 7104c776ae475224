"""What became of households whose number is gone, and where those with a new number come from: their people tell."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from fupin_cli.evaluate.rosters.linking.columns import Bools, Ints
from fupin_cli.evaluate.rosters.linking.common import Common, Shared
from fupin_cli.evaluate.rosters.linking.numbers import Numbers

RENUMBERED, SPLIT, MERGED, CAME, GONE = "换号", "分户", "并户", "新增", "消失"


@dataclass(frozen=True)
class Homes:
    """What the decisions ask of households, by their position."""

    nums: Numbers
    #: How many people of each are listed.
    listed: Ints
    heirs: Shared
    sources: Shared


@dataclass
class Moves:
    """Where households whose number is gone went, and those with a new number came from."""

    #: Household → a word, or None where nobody knows; those that are in neither are still open.
    went: dict[int, str | None] = field(default_factory=dict)
    came: dict[int, str | None] = field(default_factory=dict)
    #: The earlier household, the later one, and what ties them.
    ties: list[tuple[int, int, str]] = field(default_factory=list)


def renumbered(homes: Homes) -> Moves:
    """Settle what became of the households whose number is gone and whose people are elsewhere.

    A household goes where most of its people go, or of two such places where its head goes: to a new number, which it has then
    got, or into a household that also continues another one.
    """
    moves = Moves()
    claims: dict[int, list[int]] = defaultdict(list)
    tied: list[tuple[int, list[int]]] = []
    for home, heirs in homes.heirs.items():
        best = _best(heirs, lambda one: one.old_head)
        # The parts of a household that goes in equal parts to several count together.
        people = sum(heirs[one].count for one in best)
        if not _has_people(people, int(homes.listed[home]), head=heirs[best[0]].old_head):
            continue
        if any(_unsure(homes.nums.new, homes.nums.before, one) for one in best):
            moves.went[home] = None
        elif len(best) > 1:
            tied.append((home, best))
        elif homes.nums.new[best[0]]:
            claims[best[0]].append(home)
        else:
            moves.went[home] = MERGED
            moves.ties.append((home, best[0], MERGED))
    for home, claimants in claims.items():
        _claimed(homes, moves, home, claimants)
    for home, parts in tied:
        if any(part in claims and moves.came[part] is None for part in parts):
            moves.went[home] = None
            continue
        new = [part for part in parts if homes.nums.new[part] and part not in claims]
        kind = moves.went[home] = SPLIT if new else MERGED
        moves.ties += [(home, part, kind) for part in new or parts]
        moves.came.update(dict.fromkeys(new, SPLIT))
    return moves


def _claimed(homes: Homes, moves: Moves, home: int, claimants: Sequence[int]) -> None:
    """A new number that people of several households have whose own is gone: it continues the one of which there are most."""
    sources = homes.sources[home]
    best = _best({one: sources[one] for one in claimants}, lambda one: one.new_head)
    top = sources[best[0]]
    rivals = [one for one, common in sources.items() if common.count >= top.count]
    if any(_unsure(homes.nums.gone, homes.nums.after, one) for one in rivals):
        moves.came[home] = None
        moves.went.update(dict.fromkeys(claimants))
        return
    moves.came[home] = RENUMBERED if len(best) == 1 else MERGED
    for one in claimants:
        moves.went[one] = RENUMBERED if best == [one] else MERGED
        moves.ties.append((one, home, RENUMBERED if best == [one] else MERGED))


def settled(homes: Homes, moves: Moves, left: Bools, entered: Bools) -> None:
    """Settle the others: who is left over, and new numbers whose people come from elsewhere.

    ``left``, ``entered``: whether most of a household's people are surely not in the year after, or before.
    """
    for home in homes.nums.gone.nonzero()[0].tolist():
        if home not in moves.went:
            moves.went[home] = GONE if left[home] else None
    for home in homes.nums.new.nonzero()[0].tolist():
        if home in moves.came:
            continue
        sources = homes.sources.get(home, {})
        best = _best(sources, lambda one: one.new_head) if sources else []
        if best and _has_people(sources[best[0]].count, int(homes.listed[home]), head=sources[best[0]].new_head):
            vague = any(_unsure(homes.nums.gone, homes.nums.after, one) or moves.went.get(one, "") is None for one in best)
            moves.came[home] = None if vague else SPLIT
            moves.ties += [] if vague else [(one, home, SPLIT) for one in best]
        else:
            moves.came[home] = CAME if entered[home] else None


def _best(shared: Mapping[int, Common], head: Callable[[Common], bool]) -> list[int]:
    """Those with most people in common, of these the one with the head."""
    top = max((common.count, head(common)) for common in shared.values())
    return [one for one, common in shared.items() if (common.count, head(common)) == top]


def _has_people(common: int, listed: int, *, head: bool) -> bool:
    """Whether those in common are half of a household's people or more, or its head is among them."""
    return head or common * 2 >= listed


def _unsure(alone: Bools, tied: Ints, home: int) -> bool:
    """Whether nobody knows what became of a household, or where it came from."""
    return home < 0 or not (alone[home] or tied[home] >= 0)
