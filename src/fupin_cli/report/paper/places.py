"""Places by outcome, as a table of shades: where most is left to do is seen at a glance."""

from collections.abc import Sequence

import pyarrow as pa

from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import fields
from fupin_cli.report.paper.listed import outcome_tone
from fupin_cli.report.paper.model import Shade, Shades
from fupin_cli.report.paper.shares import share_text
from fupin_cli.report.words import Words

#: From the widest to the smallest.
_LEVELS = ("county", "township", "village")
#: Most rows of a table of places.
_MOST = 200


def places(words: Words) -> Shades | None:
    """The outcomes by the smallest places of which there are not too many; None where no sheet says where anybody lives."""
    main = words.judged
    # A village is no place of villages.
    known = [name for name in _LEVELS if name != main.subject.name and main.subject.has(name) and _several(main, name)]
    counts: dict[tuple[str | None, ...], dict[str, int]] = {}
    while known:
        counts = _counts(main, known)
        if len(counts) <= _MOST or len(known) == 1:
            break
        known = known[:-1]
    if not known or len(counts) < 2:
        return None
    outcomes = list(main.outcome_counts())
    rows = [(_names(words, place), _shades(words, main, found, outcomes)) for place, found in list(counts.items())[:_MOST]]
    note = words.say("paper-places-note")
    if len(counts) > _MOST:
        note = " ".join([note, words.say("paper-places-left-out", count=len(counts) - _MOST)])
    return Shades(
        words.say("paper-places"),
        names=[fields(main.subject.name)[name].title(words.lang) for name in known],
        numbers=[words.say("paper-total"), *(words.outcome(name) for name in outcomes)],
        rows=rows,
        note=note,
    )


def _several(judged: StandardResult, level: str) -> bool:
    return len(judged.subject.data.column(level).unique()) > 1


def _counts(judged: StandardResult, known: Sequence[str]) -> dict[tuple[str | None, ...], dict[str, int]]:
    """How many came to which outcome in each place, in the order in which the sheets name them."""
    columns = {name: judged.subject.data.column(name) for name in known} | {"_outcome": judged.data.column("outcome")}
    found = pa.table(columns).group_by(list(columns), use_threads=False).aggregate([([], "count_all")])
    counts: dict[tuple[str | None, ...], dict[str, int]] = {}
    for row in found.to_pylist():
        counts.setdefault(tuple(row[name] for name in known), {})[row["_outcome"]] = row["count_all"]
    # Villages of a township stand together, although a sheet may mix them.
    first: dict[tuple[str | None, ...], int] = {}
    for place in counts:
        for depth in range(1, len(place) + 1):
            first.setdefault(place[:depth], len(first))
    return dict(sorted(counts.items(), key=lambda one: [first[one[0][:depth]] for depth in range(1, len(one[0]) + 1)]))


def _names(words: Words, place: Sequence[str | None]) -> list[str]:
    return [words.safe(name) if name else words.say("value-blank") for name in place]


def _shades(words: Words, judged: StandardResult, found: dict[str, int], outcomes: Sequence[str]) -> list[Shade]:
    total = sum(found.values())
    shades = [Shade(str(total))]
    for name in outcomes:
        count = found.get(name, 0)
        told = f"{count}{words.say('in-parentheses', text=share_text(count, total))}" if count else "0"
        shades.append(Shade(told, count / total, outcome_tone(judged, name)))
    return shades
