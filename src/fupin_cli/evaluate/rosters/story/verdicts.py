"""The verdicts of neighbouring years side by side: from which to which, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.rosters.story.causes import caused
from fupin_cli.evaluate.rosters.story.changed import Changed, Questions, changed
from fupin_cli.evaluate.rosters.story.judged import Judge, YearLaw
from fupin_cli.model.comparison import Flip, deciders
from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED
from fupin_cli.model.story import CAUSES, COMING, GOING, STAYING, Balance, Lacking, Looked, Term, Turn, Verdicts


def verdicts(
    judge: Judge, laws: Mapping[int, YearLaw], flows: Mapping[tuple[int, int], pa.Table]
) -> Mapping[tuple[int, int], Verdicts]:
    """The verdicts of each pair of years. ``laws``: year → by what its households are judged; ``flows``: see ``flow.flow``."""
    own = {law.key: judge.outcomes(law) for law in {law.key: law for law in laws.values()}.values()}
    pairs = [_changed(years, laws, own, flow) for years, flow in flows.items()]
    questions = Questions(judge, pairs)
    crosswise = zip(questions.crosswise(0), questions.crosswise(1), strict=True)
    found = {}
    for pair, across in zip(pairs, crosswise, strict=True):
        changes = caused(pair, own, across, questions.open(pair))
        found[pair.years] = _verdicts(judge, questions, pair, changes, flows[pair.years], own)
    return found


def _changed(years: tuple[int, int], laws: Mapping[int, YearLaw], own: Mapping[str, pa.StringArray], flow: pa.Table) -> Changed:
    staying = flow.filter(pc.and_(pc.is_valid(flow.column("before")), pc.is_valid(flow.column("after"))))
    before, after = (staying.column(name).combine_chunks() for name in ("before", "after"))
    return changed(years, (laws[years[0]], laws[years[1]]), own, before, after)


def _verdicts(
    judge: Judge, questions: Questions, pair: Changed, changes: pa.Table, flow: pa.Table, own: Mapping[str, pa.StringArray]
) -> Verdicts:
    turns = tuple(_turns(pair, changes, flow, own))
    causes = Counter(changes.column("cause").to_pylist())

    def look(start: int, stop: int) -> Looked:
        return _look(judge, pair, start, stop)

    return Verdicts(
        before=pair.laws[0].told(),
        after=pair.laws[1].told(),
        turns=turns,
        balances=tuple(_balances(pair, turns, flow, own)),
        causes={cause: causes[cause] for cause in CAUSES},
        lacking=tuple(_lacking(questions, pair)),
        parameters=pair.parameters,
        changes=changes,
        look=look,
    )


def _turns(pair: Changed, changes: pa.Table, flow: pa.Table, own: Mapping[str, pa.StringArray]) -> Iterator[Turn]:
    """Every pair of outcomes that occurs, with how often; their counts add up to the households of either year."""
    position = pc.index_in(flow.column("after"), changes.column("after").combine_chunks())
    # Whoever is in the later year alone has no changed verdict, though a null is found in a list without one, too.
    both = pc.and_(pc.is_valid(flow.column("before")), pc.is_valid(flow.column("after")))
    position = pc.if_else(both, position, pa.scalar(None, pa.int32()))
    table = pa.table({
        "before": own[pair.laws[0].key].take(flow.column("before")),
        "after": own[pair.laws[1].key].take(flow.column("after")),
        "kind": flow.column("kind"),
        "cause": changes.column("cause").take(position),
        "interplay": changes.column("interplay").take(position),
    })  # fmt: skip
    counted = table.group_by(table.column_names, use_threads=False).aggregate([([], "count_all")]).to_pylist()
    places = {name: place for place, name in enumerate((*STAYING, *GOING, *COMING))}
    names = _outcomes(pair)
    for row in sorted(
        counted,
        key=lambda row: (
            places[row["kind"]], *(names.index(row[side]) if row[side] is not None else -1 for side in ("before", "after")),
            row["cause"] or "", row["interplay"] or "",
        ),
    ):  # fmt: skip
        yield Turn(row["before"], row["after"], row["kind"], row["count_all"], row["cause"], row["interplay"])


def _outcomes(pair: Changed) -> list[str]:
    """The outcomes that either law knows, each once."""
    declared = (name for law in pair.laws for name in law.standard.standard.outcomes)
    return list(dict.fromkeys([*declared, UNDETERMINED, NOT_APPLICABLE]))


def _balances(pair: Changed, turns: Sequence[Turn], flow: pa.Table, own: Mapping[str, pa.StringArray]) -> Iterator[Balance]:
    """From each outcome's number of households in the earlier year to that in the later one."""
    ends = [
        Counter(own[law.key].take(flow.column(name).drop_null()).to_pylist())
        for law, name in zip(pair.laws, ("before", "after"), strict=True)
    ]
    found = {name: _terms(name, turns) for name in _outcomes(pair) if ends[0][name] or ends[1][name]}
    # A cause that leads as many there as back is told all the same.
    used = {term.name for terms in found.values() for term in terms if term.amount} | {turn.cause for turn in turns}
    for name, terms in found.items():
        yield Balance(name, ends[0][name], tuple(term for term in terms if term.name in used), ends[1][name])


def _terms(outcome: str, turns: Iterable[Turn]) -> list[Term]:
    amounts: Counter[str] = Counter()
    for turn in turns:
        if turn.before == turn.after:
            continue
        # The same verdict may only be called otherwise by another pack.
        name = turn.cause or (turn.kind if turn.kind not in STAYING else "called")
        amounts[name] += turn.count * ((turn.after == outcome) - (turn.before == outcome))
    return [Term(name, amounts[name]) for name in (*CAUSES, "called", *COMING, *GOING)]


def _lacking(questions: Questions, pair: Changed) -> Iterator[Lacking]:
    """The fields for want of which a verdict was open or became so, those that concern most households first."""
    counts: list[dict[str, int]] = []
    for side in (0, 1):
        found = questions.lacking(pair, side)
        counts.append({name: pc.sum(found.of(name, pair.rows[side])).as_py() or 0 for name in found.fields})
    names = dict.fromkeys([*counts[0], *counts[1]])
    told = [Lacking(name, counts[0].get(name, 0), counts[1].get(name, 0)) for name in names]
    yield from sorted((one for one in told if one.before or one.after), key=lambda one: -(one.before + one.after))


def _look(judge: Judge, pair: Changed, start: int, stop: int) -> Looked:
    rows = [positions.slice(start, stop - start).to_pylist() for positions in pair.rows]
    if pair.laws[0].same_text(pair.laws[1]):
        whole, places = judge.judged(pair.laws[0], [*rows[0], *rows[1]])
        split = [places.slice(0, len(rows[0])), places.slice(len(rows[0]))]
        results = (whole, whole)
    else:
        found = [judge.judged(law, own) for law, own in zip(pair.laws, rows, strict=True)]
        results, split = (found[0][0], found[1][0]), [places for _, places in found]
    views = (result.views(places.to_pylist()) for result, places in zip(results, split, strict=True))
    flips = (Flip(old, new, deciders(old, new)) for old, new in zip(*views, strict=True))
    return Looked(*results, flips)
