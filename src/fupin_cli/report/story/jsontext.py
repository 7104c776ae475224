"""The changes between years for machines: parts of ``fupin.verification/1``."""

from collections.abc import Iterator
from typing import Any

from fupin_cli.model.comparison import Flip
from fupin_cli.model.problem import Address
from fupin_cli.model.run import Result
from fupin_cli.model.story import Balance, Event, Interval, Law, Story, Verdicts
from fupin_cli.report.jsontext import check_json, missing_json, period_json
from fupin_cli.report.options import Options
from fupin_cli.report.story.lines import Line, lines
from fupin_cli.report.story.wording import Telling
from fupin_cli.report.words import Words

#: So many changed verdicts are made ready at once.
_BATCH = 20_000
_CAUSE = ["cause", "interplay", "by_earlier_law", "by_later_law"]


def story_json(story: Story, result: Result, options: Options) -> dict[str, Any]:
    """``story``: sums, counts and causes of each pair of years; single households are in ``story_rows``."""
    telling = Telling(story, result, options)
    return {"undated": story.undated, "intervals": [_interval(telling, interval) for interval in story.intervals]}


def story_rows(story: Story, result: Result, options: Options) -> Iterator[dict[str, Any]]:
    """``story_rows``: every household to which something happened, and every changed verdict, one object each."""
    telling = Telling(story, result, options)
    for interval in story.intervals:
        for event in interval.events:
            for line in lines(story, event):
                yield _line(telling, interval, line)
        if interval.verdicts is not None:
            yield from _changes(telling, interval, interval.verdicts)


def _interval(telling: Telling, interval: Interval) -> dict[str, Any]:
    return {
        "years": [interval.before, interval.after],
        "people_by": interval.people_by,
        "sums": [_balance(balance) for balance in interval.balances],
        "people": _balance(interval.people) if interval.people is not None else None,
        "moved_people": interval.moved_people,
        "people_in_no_household": list(interval.homeless),
        "households_without_size": list(interval.unsized),
        "events": [_event(event) for event in interval.events],
        "verdicts": _verdicts(telling, interval, interval.verdicts) if interval.verdicts is not None else None,
    }


def _balance(balance: Balance) -> dict[str, Any]:
    terms = [
        {"name": term.name, "amount": term.amount} | ({"reason": term.reason} if term.reason else {}) for term in balance.terms
    ]
    return {"measure": balance.measure, "start": balance.start, "terms": terms, "end": balance.end}


def _event(event: Event) -> dict[str, Any]:
    return {
        "name": event.name,
        "households": event.households,
        "people": event.people,
        "households_without_size": event.unsized,
        "reasons": dict(event.reasons),
    }


def _verdicts(telling: Telling, interval: Interval, verdicts: Verdicts) -> dict[str, Any]:
    return {
        "before": _law(telling, verdicts.before, interval.before),
        "after": _law(telling, verdicts.after, interval.after),
        "changed": verdicts.changed,
        "causes": dict(verdicts.causes),
        "sums": [_balance(balance) for balance in verdicts.balances],
        "turns": [
            {
                "from": one.before,
                "to": one.after,
                "kind": one.kind,
                "count": one.count,
                "cause": one.cause,
                "interplay": one.interplay,
            }
            for one in verdicts.turns
        ],
        "missing": [{"field": one.name, "before": one.before, "after": one.after} for one in verdicts.lacking],
        "differing_parameters": list(verdicts.parameters),
    }


def _law(telling: Telling, law: Law, year: int) -> dict[str, Any]:
    pack, standard = law.rules.pack, law.standard
    return {
        "pack": pack.name,
        "version": pack.head.version,
        "sha256": pack.sha256,
        "standard": standard.standard,
        "title": standard.title.say(telling.lang),
        "parameters": {
            name: [period_json(period) for period in periods if period.covers(year)]
            for name, periods in law.rules.parameters.items()
        },
    }


def _line(telling: Telling, interval: Interval, line: Line) -> dict[str, Any]:
    return {
        "change": line.event,
        "years": [interval.before, interval.after],
        "id": telling.key(line.key),
        "name": telling.page.safe(line.name),
        **({"other": telling.key(line.other)} if line.other else {}),
        "reason": telling.page.safe(line.reason) or None,
        "before": _side(telling, line, 0),
        "after": _side(telling, line, 1),
    }


def _side(telling: Telling, line: Line, side: int) -> dict[str, Any] | None:
    """A household in one of the years; None where it has no row."""
    where = line.rows[side]
    if where is None:
        return None
    found = {}
    for one in line.told:
        value = one.values[side]
        shown = telling.value(one.name, value) if value is not None else None
        found[one.name] = {"value": shown, "cell": _place(telling, one.cells[side])}
    return {"where": _place(telling, where), "fields": found}


def _place(telling: Telling, cell: Address | None) -> dict[str, Any] | None:
    return telling.page.place_json(cell) if cell is not None else None


def _changes(telling: Telling, interval: Interval, verdicts: Verdicts) -> Iterator[dict[str, Any]]:
    for start in range(0, verdicts.changed, _BATCH):
        stop = min(start + _BATCH, verdicts.changed)
        looked = verdicts.look(start, stop)
        both, compared = telling.both(interval, verdicts, looked)
        words = both.words(compared)
        causes = verdicts.changes.slice(start, stop - start).select(_CAUSE).to_pylist()
        for cause, flip in zip(causes, looked.flips, strict=True):
            yield _change(telling, interval, words, cause, flip)


def _change(
    telling: Telling, interval: Interval, words: tuple[Words, Words], cause: dict[str, Any], flip: Flip
) -> dict[str, Any]:
    old, new = words
    sides = [
        {"where": _place(telling, view.where), "outcome": view.outcome, "missing": missing_json(own, view)}
        for own, view in ((old, flip.before), (new, flip.after))
    ]
    return {
        "change": "verdict",
        "years": [interval.before, interval.after],
        "id": new.key(flip.after.key),
        "name": new.safe(flip.after.name),
        **cause,
        "before": sides[0],
        "after": sides[1],
        "checks": [
            {
                "id": one.name,
                "before": check_json(old, one.before) if one.before is not None else None,
                "after": check_json(new, one.after) if one.after is not None else None,
            }
            for one in flip.deciders
        ],
    }
