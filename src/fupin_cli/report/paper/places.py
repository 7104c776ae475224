"""Places by outcome, as a table of shades: where most is left to do is seen at a glance."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import fields
from fupin_cli.report.paper.listed import outcome_tone
from fupin_cli.report.paper.model import Shade, Shades
from fupin_cli.report.paper.shares import share_text
from fupin_cli.report.words import Words

#: From the widest to the smallest.
_LEVELS = ("county", "township", "village")
#: Place → outcome → how many.
Counts = Mapping[tuple[str | None, ...], Mapping[str, int]]
#: Most rows of a table of places.
_MOST = 200


def places(words: Words) -> list[Shades]:
    """The outcomes by township, then by village; none where no sheet says where anybody lives."""
    main = words.judged
    # A village is no place of villages.
    known = [name for name in _LEVELS if name != main.subject.name and main.subject.has(name) and _several(main, name)]
    levels = [known[: depth + 1] for depth in range(len(known))]
    found = [(level, _counts(main, level)) for level in levels]
    # The widest places, and the smallest of which there are not too many; a level that divides nothing further is left out.
    shown = [one for one in found[1:] if len(one[1]) <= _MOST][-1:]
    shown = [one for one in found[:1] if not shown or len(one[1]) < len(shown[0][1])] + shown
    return [_table(words, level, counts) for level, counts in shown]


def _table(words: Words, level: Sequence[str], counts: Counts) -> Shades:
    main = words.judged
    outcomes = list(main.outcome_counts())
    rows = [(_names(words, place), _shades(words, main, found, outcomes)) for place, found in list(counts.items())[:_MOST]]
    note = words.say("paper-places-note")
    if len(counts) > _MOST:
        note = " ".join([note, words.say("paper-places-left-out", count=len(counts) - _MOST)])
    names = [fields(main.subject.name)[name].title(words.lang) for name in level]
    return Shades(
        words.say("paper-places", place=names[-1]),
        names=names,
        numbers=[words.say("paper-total"), *(words.outcome(name) for name in outcomes)],
        rows=rows,
        note=note,
    )


def _several(judged: StandardResult, level: str) -> bool:
    return len(judged.subject.data.column(level).unique()) > 1


def _counts(judged: StandardResult, known: Sequence[str]) -> Counts:
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


def _shades(words: Words, judged: StandardResult, found: Mapping[str, int], outcomes: Sequence[str]) -> list[Shade]:
    total = sum(found.values())
    shades = [Shade(str(total))]
    for name in outcomes:
        count = found.get(name, 0)
        told = f"{count}{words.say('in-parentheses', text=share_text(count, total))}" if count else "0"
        shades.append(Shade(told, count / total, outcome_tone(judged, name)))
    return shades
