"""A slow reading of how years are tied together, written from the words of ``evaluate.rosters.years``; it shares no code with it.

It compares everybody with everybody, one pair of years at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

LEAVING = ("死亡", "嫁出", "出国定居", "判刑收监", "其他转出")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(eq=False)
class Row:
    """A row of households or people as a sheet has it."""

    home: str | None
    year: int | None
    name: str | None = None
    number: str | None = None
    birth: date | None = None
    size: int | None = None
    village: str | None = None
    #: Why the person is said to have come or gone.
    reason: str | None = None
    #: A short name for it.
    note: str = ""
    #: What is expected of it.
    said: dict[str, object] = field(default_factory=dict)


@dataclass(eq=False)
class Home:
    """A household of one year."""

    number: str | None
    row: Row | None
    twice: bool = False
    people: list["Soul"] = field(default_factory=list)
    listed_rows: int = 0
    head: "Soul | None" = None
    came: str | None = None
    went: str | None = None
    before: "Home | None" = None
    after: "Home | None" = None

    @property
    def size(self) -> int | None:
        return self.row.size if self.row else None

    @property
    def village(self) -> str | None:
        return self.row.village if self.row else None


@dataclass(eq=False)
class Soul:
    """Somebody whom a roster lists."""

    row: Row | None
    home: Home | None
    name: str | None
    number: str | None
    birth: date | None
    before: "Soul | None" = None
    after: "Soul | None" = None
    certain: bool = False


Pairs = list[tuple[Soul, Soul]]


@dataclass
class Roster:
    """The households and people of one year."""

    year: int
    homes: list[Home]
    people: list[Soul]


@dataclass
class World:
    """Everything that is given."""

    homes: list[Row]
    people: list[Row]
    lost_homes: bool = False
    lost_people: bool = False
    ties: list[tuple[Home, Home, str]] = field(default_factory=list)

    @property
    def moves(self) -> set[tuple[int, int, str]]:
        """What ties rows of households, by their positions."""
        places = {id(row): place for place, row in enumerate(self.homes)}
        return {(places[id(a.row)], places[id(b.row)], kind) for a, b, kind in self.ties if a.row and b.row}


def right(number: str | None) -> bool:
    return number is not None and "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, number, strict=False)) % 11] == number[17]


def roster(world: World, year: int) -> Roster:
    rows = [row for row in world.homes if row.year == year]
    homes = [Home(row.home, row, sum(row.home == other.home for other in rows) > 1 if row.home else False) for row in rows]
    members = [row for row in world.people if row.year == year]
    for row in members:
        if row.home is not None and all(home.number != row.home for home in homes):
            homes.append(Home(row.home, None))
    people = []
    for row in members:
        home = next((home for home in homes if home.number == row.home and row.home is not None and not home.twice), None)
        soul = Soul(row, home, row.name, row.number, row.birth)
        people.append(soul)
        if home is not None:
            home.people.append(soul)
            home.listed_rows += 1
    heads = [soul for home in homes if home.row is not None for soul in lead(home)]
    people += heads
    for soul in people:
        same = [other for other in people if soul.number is not None and other.number == soul.number]
        staying = [other for other in same if other.row is None or other.row.reason not in LEAVING]
        soul.certain = same == [soul] or staying == [soul]
    return Roster(year, homes, people)


def lead(home: Home) -> list[Soul]:
    """Find the head among the members; else there is one more."""
    assert home.row is not None
    name, number = home.row.name, home.row.number
    found = [soul for soul in home.people if soul.number == number and number is not None]
    if not found:
        found = [soul for soul in home.people if soul.name == name and name is not None]
        if len(found) > 1:
            found = []
        if found and found[0].number is None:
            found[0].number = number
    if found:
        home.head = found[-1]
        return []
    if number is None and (name is None or home.people):
        return []
    home.head = Soul(None, home, name, number, None)
    home.people.append(home.head)
    return [home.head]


def whole(world: World, home: Home) -> bool:
    if not home.people:
        return False
    if home.size is not None:
        return len(home.people) >= home.size
    loose = any(row.year is None and row.home == home.number and row.home is not None for row in world.people)
    return home.listed_rows > 0 and not loose and not world.lost_people


def vague(world: World, other: Roster) -> bool:
    """Whether a household of that roster has no number, or some are not there."""
    blank = any(home.number is None for home in other.homes)
    return blank or world.lost_homes or any(row.home is None and row.year is None for row in world.homes)


def differ(one: Soul, other: Soul) -> bool:
    """Whether two whom no number finds are surely two people."""
    beyond = all(soul.certain and right(soul.number) for soul in (one, other))
    names = one.name is not None and other.name is not None and one.name != other.name
    births = one.birth is not None and other.birth is not None and one.birth != other.birth
    return beyond or names or births


def tie(world: World, old: Roster, new: Roster) -> None:
    for soul in new.people:
        for other in old.people:
            if by_id(soul, other):
                soul.before, other.after = other, soul
    gone, fresh = by_number(world, old, new)
    settled = gone_homes(world, gone, fresh)
    by_name(old, new)
    open_ = [part for part in fresh if id(part) not in settled and part.came is None]
    leftover(world, old, new, [home for home in gone if id(home) not in settled], open_)
    persons(world, old, new)


def gone_homes(world: World, gone: list[Home], fresh: list[Home]) -> set[int]:  # noqa: C901
    """Where households whose number is gone went, where their people say; those of which nothing more is asked."""
    settled: set[int] = set()
    claims: dict[int, list[Home]] = {}
    divided = []
    for home in gone:
        parts = list({id(s.after.home): s.after.home for s in home.people if s.after}.values())
        best = largest([(part, shared(home, part)) for part in parts], home.head) if parts else []
        together = [pair for part in best for pair in shared(home, part)]
        if not together or not (home.head in [a for a, _ in together] or 2 * len(together) >= len(home.people)):
            continue
        settled.add(id(home))
        if any(part is None or not (part in fresh or part.before) for part in best):
            continue
        if len(best) > 1:
            divided.append((home, best))
        elif best[0] in fresh:
            claims.setdefault(id(best[0]), []).append(home)
        else:
            home.went = "并户"
            note(world, home, best[0], "并户")
    for part in fresh:
        if id(part) in claims:
            settled.add(id(part))
            claimed(world, part, claims[id(part)], gone)
    for home, parts in divided:
        # Nobody knows what one of the parts is.
        if any(id(part) in claims and part.came is None for part in parts):
            continue
        free = [part for part in parts if part in fresh and id(part) not in claims]
        home.went = "分户" if free else "并户"
        for part in free or parts:
            note(world, home, part, home.went)
        for part in free:
            part.came = "分户"
    return settled


def claimed(world: World, part: Home, mine: list[Home], gone: list[Home]) -> None:
    """People of households whose number is gone are in one with a new number."""
    best = largest([(home, shared(home, part)) for home in mine], part.head)
    rivals = [home for home in origins(part) if home is None or not (home in gone or home.after)]
    if any(len(shared(home, part)) >= len(shared(best[0], part)) for home in rivals):
        return
    part.came = "换号" if len(best) == 1 else "并户"
    for home in mine:
        home.went = "换号" if best == [home] else "并户"
        note(world, home, part, home.went)
    if best[0] is not None and len(best) == 1:
        part.before, best[0].after = best[0], part


def note(world: World, home: Home, part: Home, kind: str) -> None:
    world.ties.append((home, part, kind))


def by_number(world: World, old: Roster, new: Roster) -> tuple[list[Home], list[Home]]:
    """Tie households of one number; return those whose number is gone, and those whose number is new."""
    estranged = set()
    undated = {row.home for row in world.homes if row.year is None}
    fresh = []
    for home in new.homes:
        said = home.row.said if home.row else {}
        said["number_reused"] = None
        same = [other for other in old.homes if other.number == home.number and home.number is not None]
        known = home.number is not None and not home.twice and home.number not in undated and not vague(world, old)
        if not same and known:
            said["number_reused"] = False
            fresh.append(home)
        if len(same) != 1 or home.twice or same[0].twice:
            continue
        other = same[0]
        answer = compare(world, other, home)
        said["number_reused"] = {"same": False, "strangers": True}.get(answer)
        if answer == "strangers":
            estranged.add(id(other))
            if known:
                fresh.append(home)
        elif answer != "doubtful":
            home.before, other.after = other, home
            home.came = other.went = "延续"
            note(world, other, home, "延续")
    numbers = {home.number for home in new.homes}
    gone = [
        home
        for home in old.homes
        if home.number is not None
        and not home.twice
        and (home.number not in numbers or id(home) in estranged)
        and home.number not in undated
        and not vague(world, new)
    ]
    return gone, fresh


def compare(world: World, old: Home, new: Home) -> str:
    if any(soul.after is not None and soul.after.home is new for soul in old.people):
        return "same"
    mine, theirs = [s for s in old.people if s.after is None], [s for s in new.people if s.before is None]
    if any(a.name == b.name and a.name is not None for a in mine for b in theirs):
        return "same"
    both = whole(world, old) and whole(world, new)
    named = all(soul.name is not None for soul in mine + theirs)
    good = all(soul.certain and right(soul.number) for soul in mine + theirs)
    if both and all(soul.certain for soul in old.people + new.people) and (named or good):
        return "strangers"
    # Somebody of the one is elsewhere in the other year.
    elsewhere = any(soul.after for soul in old.people) or any(soul.before for soul in new.people)
    return "doubtful" if elsewhere or (both and named) else "alone"


def shared(old: Home | None, new: Home | None) -> Pairs:
    """Whom two households have in common; None stands for all those of whom nobody knows which they are."""
    if old is None or new is None:
        people = new.people if new else old.people if old else []
        pairs = [(soul.before, soul) if new else (soul, soul.after) for soul in people]
        return [(a, b) for a, b in pairs if a and b and by_id(a, b) and (a.home, b.home) == (old, new)]
    found = [(soul, soul.after) for soul in old.people if soul.after and soul.after.home is new and by_id(soul, soul.after)]
    if not found:
        return []
    mine = [soul for soul in old.people if not (soul.after and by_id(soul, soul.after)) and soul.name is not None]
    theirs = [soul for soul in new.people if not (soul.before and by_id(soul.before, soul)) and soul.name is not None]
    for soul in mine:
        if [other.name for other in mine].count(soul.name) == 1:
            same = [other for other in theirs if other.name == soul.name]
            found += [(soul, same[0])] if len(same) == 1 else []
    return found


def by_id(one: Soul, other: Soul) -> bool:
    return one.certain and other.certain and one.number == other.number


def origins(home: Home) -> list[Home | None]:
    return list({id(s.before.home): s.before.home for s in home.people if s.before and by_id(s.before, s)}.values())


def largest(parts: Sequence[tuple[Home | None, Pairs]], head: Soul | None) -> list[Home | None]:
    """Those with most people in common, of these the one with the head."""
    ranks = [(len(pairs), head is not None and any(head in pair for pair in pairs)) for _, pairs in parts]
    return [part for (part, _), rank in zip(parts, ranks, strict=True) if rank == max(ranks)]


def by_name(old: Roster, new: Roster) -> None:
    for with_birth in (False, True):
        for home in new.homes:
            if home.before is None:
                continue
            mine = [soul for soul in home.before.people if soul.after is None and known(soul, with_birth)]
            theirs = [soul for soul in home.people if soul.before is None and known(soul, with_birth)]
            for soul in theirs:
                one = [other for other in mine if known(other, with_birth) == known(soul, with_birth)]
                same = [other for other in theirs if known(other, with_birth) == known(soul, with_birth)]
                if len(one) == 1 and len(same) == 1 and not namesakes(one[0], soul):
                    one[0].after, soul.before = soul, one[0]


def namesakes(one: Soul, other: Soul) -> bool:
    """Whether number and day of birth say that two of one name are two people."""
    numbered = all(soul.certain and right(soul.number) for soul in (one, other))
    return numbered and one.birth is not None and other.birth is not None and one.birth != other.birth


def known(soul: Soul, with_birth: bool) -> tuple[object, ...] | None:
    """What somebody is called, with the day of birth where that is asked for; None where it is not all there."""
    if soul.name is None or (with_birth and soul.birth is None):
        return None
    return (soul.name, soul.birth) if with_birth else (soul.name,)


def absent(world: World, soul: Soul, other: Roster, forwards: bool) -> bool:
    """Whether somebody who is not found is surely not in the other roster."""
    undated = [Soul(row, None, row.name, row.number, row.birth) for row in world.people if row.year is None]
    undated += [
        Soul(row, None, row.name, row.number, None) for row in world.homes if row.year is None and (row.number or row.name)
    ]
    if world.lost_people or any(soul.number == one.number and soul.number is not None for one in other.people + undated):
        return False
    free = [one for one in other.people if (one.before if forwards else one.after) is None]
    if not all(differ(soul, one) for one in free + undated):
        return False
    home = (soul.home.after if forwards else soul.home.before) if soul.home else None
    for one in free:
        beyond = all(x.certain and right(x.number) for x in (soul, one))
        if one.home is not None and one.home is home and soul.birth == one.birth and soul.birth is not None and not beyond:
            return False
    return True


def mostly(world: World, home: Home, own: Roster, other: Roster, forwards: bool) -> bool:
    lacking = [s for s in home.people if (s.after if forwards else s.before) is None and absent(world, s, other, forwards)]
    if 2 * len(lacking) <= max(len(home.people), home.size or 0):
        return False
    both = {one.village for one in own.homes} & {one.village for one in other.homes} - {None}
    places = [one.village for one in other.homes if not whole(world, one)]
    return not any(place == home.village or place not in both or home.village not in both for place in places)


def leftover(world: World, old: Roster, new: Roster, gone: list[Home], fresh: list[Home]) -> None:
    for home in gone:
        home.went = "消失" if mostly(world, home, old, new, True) else None
    free = {id(home) for home in old.homes if home.went is not None}
    for part in fresh:
        best = origins(part)
        if best:
            top = largest([(home, shared(home, part)) for home in best], part.head)
            pairs = shared(top[0], part)
            if 2 * len(pairs) >= len(part.people) or any(part.head is b for _, b in pairs):
                if all(home is not None and id(home) in free for home in top):
                    part.came = "分户"
                    for home in top:
                        note(world, home, part, "分户")
                continue
        part.came = "新增" if mostly(world, part, new, old, False) else None


def persons(world: World, old: Roster, new: Roster) -> None:
    for soul in new.people:
        if soul.row is not None:
            soul.row.said["came_from"] = person(world, soul, old, False)
    for soul in old.people:
        if soul.row is not None:
            soul.row.said["went_to"] = person(world, soul, new, True)


def person(world: World, soul: Soul, other: Roster, forwards: bool) -> str | None:
    home, across = soul.home, soul.after if forwards else soul.before
    if across is not None:
        if home is None or across.home is None:
            return None
        if (home.after if forwards else home.before) is across.home:
            return "延续"
        return "转户" if (home.went or across.home.came if forwards else home.came or across.home.went) else None
    if home is None or (home.went if forwards else home.came) is None or not absent(world, soul, other, forwards):
        return None
    beside = [one for one in other.homes if tied(world, home, one, forwards)]
    return None if not all(whole(world, one) for one in beside) else "消失" if forwards else "新增"


def tied(world: World, home: Home, other: Home, forwards: bool) -> bool:
    return any((home, other) == ((a, b) if forwards else (b, a)) for a, b, _ in world.ties)


def read(world: World) -> None:
    """Say of every row what is expected."""
    years = sorted({row.year for row in world.homes + world.people if row.year is not None})
    rosters = [roster(world, year) for year in years]
    for old, new in pairwise(rosters):
        tie(world, old, new)
        say(new, "came", "before", {"year_before": old.year})
        say(old, "went", "after", {"year_after": new.year})


def say(one: Roster, word: str, beside: str, year: dict[str, int]) -> None:
    """What the households and people of a roster are in the one beside it."""
    field = {"came": "came_from", "went": "went_to"}[word]
    for home in one.homes:
        if home.row is not None:
            home.row.said |= {field: getattr(home, word), **year}
            home.row.said |= {"previous": home.before.row if home.before else None} if beside == "before" else {}
    for soul in one.people:
        if soul.row is not None:
            soul.row.said |= {f"household_{field}": getattr(soul.home, word) if soul.home else None, **year}
            soul.row.said |= {"previous": soul.before.row if soul.before else None} if beside == "before" else {}
