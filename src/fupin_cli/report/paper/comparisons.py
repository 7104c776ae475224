"""The paper of a comparison: what differs between the two sides, who moves from which verdict to which, and what decides it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from fupin_cli.model.comparison import Compared, Comparison, Decider, Flip, Standing, standing
from fupin_cli.report.comparison.wording import Both
from fupin_cli.report.options import Options
from fupin_cli.report.paper.basis import answered, basis, problems, subtitle, toned
from fupin_cli.report.paper.drawn import Bar, Bars, Series
from fupin_cli.report.paper.listed import known_as_heading, law
from fupin_cli.report.paper.model import (
    Bundle,
    Cell,
    Chart,
    Column,
    Entry,
    Grid,
    Law,
    Lines,
    Paper,
    Part,
    Reason,
    Section,
    Subjects,
    Tile,
    Tiles,
    Tone,
)
from fupin_cli.report.paper.shares import share_text
from fupin_cli.report.words import Words

#: What each standing comes to.
TONES: Mapping[Standing, Tone] = {"meets": "good", "undetermined": "open", "not": "bad", "not_applicable": "plain"}
_SHORT = 12
#: Flips are made ready by so many.
_BATCH = 1000


def comparison_paper(comparison: Comparison, options: Options) -> Paper:
    """What a comparison has to say."""
    both = Both(comparison, options)
    old, new = both.words()
    standards = [Section(_heading(both, one), list(_standard(both, one))) for one in comparison.standards]
    return Paper(
        lang=both.lang,
        title=both.say("whatif-title", question=both.say(f"title-{comparison.job}")),
        answer=answered(old, both.say("semicolon").join(_heading(both, one) for one in comparison.standards)),
        tone=toned(old, "open" if comparison.flips() else "plain"),
        subtitle=subtitle(old),
        parts=[_sides(both), *standards, *_alone(both), *problems(_of_both(comparison, old)), *_bases(both, old, new)],
    )


def _of_both(comparison: Comparison, words: Words) -> Words:
    """The words for the problems of both sides, each once."""
    return replace(words, result=replace(words.result, problems=comparison.problems))


def _bases(both: Both, old: Words, new: Words) -> Iterator[Section]:
    """What each side rests on."""
    for side, words in zip(both.sides(), (old, new), strict=True):
        found = basis(words)
        yield replace(found, title=f"{found.title}{both.say('in-parentheses', text=side)}")


def _heading(both: Both, compared: Compared) -> str:
    old, _ = both.words(compared)
    return both.say(
        "whatif-standard", title=both.title(compared), all=old.count(compared.subjects), changed=len(compared.flipped)
    )


def _sides(both: Both) -> Grid | Lines:
    """What differs between the two sides: packs, numbers, assumptions."""
    columns = [Column(""), *(Column(side, "long") for side in both.sides())]
    packs = [
        both.say("pack-line", pack=result.pack.name, version=result.pack.head.version, sha=result.pack.sha256[:_SHORT])
        for result in both.results
    ]
    rows = [[Cell(both.say("csv-pack")), *map(Cell, packs)]]
    rows += [[Cell(both.parameter_title(name)), *(Cell(used) for _, used in both.parameter(name))] for name in both.differing()]
    shared, alone = both.assumptions()
    if alone:
        rows.append([Cell(both.say("csv-assumptions")), Cell(""), Cell(both.say("semicolon").join(alone))])
    same = [(both.say("whatif-same-assumed"), shared), (both.say("whatif-same-on-both"), both.alike())]
    notes = [title + both.say("colon") + " · ".join(lines) for title, lines in same if lines]
    return Grid(both.say("whatif-differs"), columns, rows, " ".join(notes))


def _alone(both: Both) -> Iterator[Lines]:
    """The standards that one side has alone."""
    sides = zip(both.sides(), (both.comparison.only_before, both.comparison.only_after), strict=True)
    lines = [
        both.say("whatif-standard-alone", side=side, title=judged.standard.title.say(both.lang))
        for side, alone in sides
        for judged in alone
    ]
    if lines:
        yield Lines("", lines)


def _standard(both: Both, compared: Compared) -> Iterator[Part]:
    yield _tiles(both, compared)
    if compared.subjects:
        yield _transitions(both, compared)
    flips = [one for one in compared.transitions if one.flips]
    if flips:
        yield _moves(both, compared)
    if compared.turns:
        yield _turns(both, compared)
    names = zip(both.sides(), (compared.only_before(), compared.only_after()), strict=True)
    alone = [
        both.say(
            "whatif-checks-alone",
            side=side,
            checks=both.say("list-comma").join(both.check_title(compared, name) for name in own),
        )
        for side, own in names
        if own
    ]
    if alone:
        yield Lines("", alone)
    if flips:
        yield _flipped(both, compared)


def _standings(compared: Compared, before: str, after: str) -> tuple[Standing, Standing]:
    return standing(compared.before.standard, before), standing(compared.after.standard, after)


def _tiles(both: Both, compared: Compared) -> Tiles:
    """How many there are, how many change, and who gains and loses by it."""
    old, _ = both.words(compared)
    total = compared.subjects
    moved = [(*_standings(compared, one.before, one.after), one.count) for one in compared.transitions if one.flips]
    gained = sum(count for before, after, count in moved if after == "meets" and before != "meets")
    lost = sum(count for before, after, count in moved if before == "meets" and after != "meets")
    counted: list[tuple[str, int, Tone]] = [
        ("whatif-changed", len(compared.flipped), "open"),
        ("whatif-gained", gained, "good"),
        ("whatif-lost", lost, "bad"),
    ]
    tiles = [Tile(both.say("paper-total"), old.count(total))]
    for code, count, tone in counted:
        tiles.append(Tile(both.say(code), old.count(count), share_text(count, total), tone if count else "plain"))
    return Tiles(both.say("paper-at-a-glance"), tiles)


def _transitions(both: Both, compared: Compared) -> Grid:
    """Outcomes before down, outcomes after across, with sums."""
    old, new = both.words(compared)
    found = {(one.before, one.after): one for one in compared.transitions}
    rows, columns = compared.outcomes_before(), compared.outcomes_after()
    before, after = compared.before.outcome_counts(), compared.after.outcome_counts()
    lines = []
    for row in rows:
        cells = []
        for column in columns:
            one = found.get((row, column))
            tone = TONES[_standings(compared, row, column)[1]] if one is not None and one.flips else "plain"
            cells.append(_number(one.count if one is not None else 0, tone))
        lines.append([Cell(old.outcome(row)), *cells, _number(before[row])])
    lines.append([Cell(both.say("whatif-sum")), *(_number(after[name]) for name in columns), _number(compared.subjects)])
    headings = [Column(both.say("whatif-corner")), *(Column(new.outcome(name), "number") for name in columns)]
    return Grid(both.say("whatif-from-to"), [*headings, Column(both.say("whatif-sum"), "number")], lines)


def _number(count: int, tone: Tone = "plain") -> Cell:
    return Cell(str(count), tone, count)


def _moves(both: Both, compared: Compared) -> Chart:
    """Who moves where: to the better, to the worse, and out of or into what is open."""
    old, _ = both.words(compared)
    series = [Series(both.say(f"whatif-to-{name}"), tone) for name, tone in TONES.items()]
    places = list(TONES)
    bars, told = [], []
    for one in compared.transitions:
        if one.flips:
            after = places.index(_standings(compared, one.before, one.after)[1])
            label = both.outcomes(compared, one.before, one.after)
            bars.append(Bar(label, [one.count if place == after else 0 for place in range(len(places))]))
            told.append(label + both.say("colon") + old.count(one.count))
    used = [place for place in range(len(places)) if any(bar.amounts[place] for bar in bars)]
    drawn = [Bar(bar.label, [bar.amounts[place] for place in used]) for bar in bars]
    return Chart(both.say("whatif-moves"), both.say("semicolon").join(told), Bars([series[place] for place in used], drawn))


def _turns(both: Both, compared: Compared) -> Grid:
    """The checks that come out differently, also where no verdict does."""
    columns = [
        Column(both.say("heading-check"), "long"),
        Column(both.say("whatif-from-to")),
        Column(both.say("whatif-how-many"), "number"),
    ]
    rows = []
    for turn in compared.turns:
        word = both.severity(compared, turn.name)
        title = both.check_title(compared, turn.name) + (both.say("in-parentheses", text=word) if word else "")
        turned = both.say("whatif-turn", before=both.say(f"status-{turn.before}"), after=both.say(f"status-{turn.after}"))
        rows.append([Cell(title), Cell(turned), _number(turn.count)])
    return Grid(both.say("whatif-turned-checks"), columns, rows)


def _flipped(both: Both, compared: Compared) -> Subjects:
    """The subjects whose verdict differs, by the way they go."""
    old, _ = both.words(compared)
    by_way: dict[tuple[str, str], list[int]] = {}
    before, after = (side.data.column("outcome").take(compared.flipped).to_pylist() for side in (compared.before, compared.after))
    for index, *way in zip(compared.flipped, before, after, strict=True):
        by_way.setdefault((way[0], way[1]), []).append(index)
    bundles = [
        Bundle(
            both.outcomes(compared, *way),
            TONES[_standings(compared, *way)[1]],
            len(by_way[way]),
            partial(_entries, both, compared, by_way[way]),
        )
        for way in ((one.before, one.after) for one in compared.transitions)
        if way in by_way
    ]
    return Subjects(
        both.say("paper-subjects"),
        heading=known_as_heading(old, compared.subject),
        outcome=both.say("whatif-from-to"),
        columns=[both.say("csv-subject-name")],
        bundles=bundles,
        laws=laws_of(both, compared),
        left_out=lambda count: both.say("paper-left-out", count=old.count(count)),
    )


def _entries(both: Both, compared: Compared, indices: Sequence[int]) -> Iterator[Entry]:
    for start in range(0, len(indices), _BATCH):
        for flip in compared.flips(indices[start : start + _BATCH]):
            yield _entry(both, compared, flip)


def _entry(both: Both, compared: Compared, flip: Flip) -> Entry:
    old, _ = both.words(compared)
    tone = TONES[_standings(compared, flip.before.outcome, flip.after.outcome)[1]]
    return Entry(
        known_as=old.key(flip.before.key) or old.place(flip.before.where),
        cells=[old.safe(flip.before.name)],
        outcome=both.outcomes(compared, flip.before.outcome, flip.after.outcome),
        reasons=[decided(both, compared, decider, tone) for decider in flip.deciders],
        where=old.place(flip.before.where) if flip.before.key else "",
        notes=[*both.otherwise(compared, flip), *both.missing(compared, flip)],
        tone=tone,
    )


def laws_of(both: Both, compared: Compared) -> dict[str, Law]:
    """The checks of both sides by name: what they ask and by which clause, as the second side has it."""
    sides = zip(both.words(compared), (compared.before, compared.after), strict=True)
    found = {name: law(words, check) for words, side in sides for name, check in side.standard.checks.items()}
    return {name: replace(one, title=both.check_title(compared, name)) for name, one in found.items()}


def decided(both: Both, compared: Compared, decider: Decider, tone: Tone) -> Reason:
    """A check that decides a difference, with what each side says of it."""
    sides = both.decider(compared, decider)
    turned = both.say("whatif-turn", before=sides[0].status, after=sides[1].status)
    told = [f"{side.side}{both.say('colon')}{side.reason}" for side in sides if side.reason]
    clauses = both.clauses(compared, decider)
    # One clause stands with the check; where the sides go by different ones, here.
    return Reason(decider.name, "→", turned, both.say("semicolon").join([*told, *(clauses if len(clauses) > 1 else [])]), tone)
