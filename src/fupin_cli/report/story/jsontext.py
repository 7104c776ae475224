"""The changes between years for machines: parts of ``fupin.verification/1``, described in ``story.schema.json``."""

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
        "before": interval.before,
        "after": interval.after,
        "people_by": interval.people_by,
        "sums": [_balance(balance) for balance in interval.balances],
        "people": _balance(interval.people) if interval.people is not None else None,
        "moved_people": interval.moved_people,
        "homeless": list(interval.homeless),
        "unsized": list(interval.unsized),
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
        "unsized": event.unsized,
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
    other = {"other": telling.key(line.other)} if line.other else {}
    return {
        "change": line.event,
        "before": interval.before,
        "after": interval.after,
        "id": telling.key(line.key),
        "name": telling.page.safe(line.name),
        **other,
        "reason": telling.page.safe(line.reason) or None,
        "where": [_place(telling, cell) for cell in line.rows],
        "fields": {
            one.name: {
                "values": [telling.value(one.name, value) if value is not None else None for value in one.values],
                "cells": [_place(telling, cell) for cell in one.cells],
            }
            for one in line.told
        },
    }


def _place(telling: Telling, cell: Address | None) -> dict[str, Any] | None:
    return telling.page.place_json(cell) if cell is not None else None


def _changes(telling: Telling, interval: Interval, verdicts: Verdicts) -> Iterator[dict[str, Any]]:
    for start in range(0, verdicts.changed, _BATCH):
        stop = min(start + _BATCH, verdicts.changed)
        looked = verdicts.look(start, stop)
        both, compared = telling.both(interval, verdicts, looked)
        words = both.words(compared)
        causes = verdicts.changes.slice(start, stop - start).drop_columns(["before", "after"]).to_pylist()
        for cause, flip in zip(causes, looked.flips, strict=True):
            yield _change(telling, interval, words, cause, flip)


def _change(
    telling: Telling, interval: Interval, words: tuple[Words, Words], cause: dict[str, Any], flip: Flip
) -> dict[str, Any]:
    old, new = words
    return {
        "change": "verdict",
        "before": interval.before,
        "after": interval.after,
        "id": new.key(flip.after.key),
        "name": new.safe(flip.after.name),
        **cause,
        "where": [_place(telling, view.where) for view in (flip.before, flip.after)],
        "missing": [missing_json(old, flip.before), missing_json(new, flip.after)],
        "checks": [
            {"id": one.name}
            | {
                side: check_json(word, view) if view is not None else None
                for side, word, view in (("before", old, one.before), ("after", new, one.after))
            }
            for one in flip.deciders
        ],
    }
