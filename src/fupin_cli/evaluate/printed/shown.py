"""What an administrator sees of the result: outcome, statuses in words, margins, what is missing; one row for each subject."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from fupin_cli.evaluate.missing import MISSING
from fupin_cli.evaluate.query import Chosen
from fupin_cli.evaluate.sql import quoted, text_literal
from fupin_cli.messages import Lang
from fupin_cli.model.pack import NOT_APPLICABLE
from fupin_cli.model.tables import TABLES, fields
from fupin_cli.model.view import STATUSES
from fupin_cli.rules.expression import Compare, NameKind, Ref
from fupin_cli.rules.standard import ReadyCheck, ReadyStandard

#: Names of the result's columns; those of checks begin so.
OUTCOME, POSSIBLE, NOTE, LACKING, DISAGREEING, SAME_KEY = (
    "outcome", "possible_outcomes", "note", "missing", "disagreeing", "rows_with_this_key",
)  # fmt: skip
STATUS_OF, MARGIN_OF = "check_", "margin_"
#: A function of PostgreSQL takes no more than a hundred arguments.
_MOST = 90


def chosen(standard: ReadyStandard, lang: Lang) -> Chosen:
    """The columns of a result over the relations of the query."""

    def choose(forward: Iterable[str], backward: Iterable[str]) -> list[str]:
        there = [*forward]
        found = dict(_outcome(standard, lang))
        if any(name.startswith(MISSING) for name in backward):
            found[LACKING] = _listed(_prefixed(_in_order(standard, backward), MISSING))
        if disagreeing := _prefixed(there, "conflict."):
            found[DISAGREEING] = _listed(disagreeing)
        for name, check in standard.checks.items():
            words = " ".join(f"WHEN {number} THEN {text_literal(word)}" for number, word in enumerate(STATUSES))
            found[f"{STATUS_OF}{name}"] = f"CASE {quoted(f'status.{name}')} {words} END"
            if f"margin.{name}" in there:
                found[f"{MARGIN_OF}{name}"] = _margin(standard, check)
        return [f"{sql} AS {quoted(name)}" for name, sql in found.items()]

    return choose


def identity(subject: str, columns: Sequence[str]) -> tuple[list[str], str]:
    """The columns that say who a subject is, of its row ``s``, and how many rows say the same; empty where that is no fault."""
    record = TABLES[subject]
    keys = [name for name in record.KEY if name in columns]
    whose = [f"s.{quoted(name)}" for name in (*keys, "year") if name in columns]
    once = "" if record.REPEATS else f"COUNT(*) OVER (PARTITION BY {', '.join(whose)})"
    return [f"s.{quoted(name)}" for name in keys], once


def _outcome(standard: ReadyStandard, lang: Lang) -> Iterator[tuple[str, str]]:
    yield "year", quoted("year")
    yield OUTCOME, quoted("outcome")
    if not standard.is_quality:
        yield POSSIBLE, _listed({name: f"may.{name}" for name in (*standard.standard.outcomes, NOT_APPLICABLE)})
    notes = [(number, row.row.note) for number, row in enumerate(standard.rows) if row.row.note is not None]
    if notes:
        cases = " ".join(f"WHEN {number} THEN {text_literal(note.say(lang))}" for number, note in notes)
        settled = f'"outcome" IN ({", ".join(text_literal(name) for name in standard.standard.outcomes)})'
        yield NOTE, f'CASE WHEN {settled} THEN CASE "row" {cases} END END'


def _in_order(standard: ReadyStandard, columns: Iterable[str]) -> list[str]:
    """In the order of the table, so that what is missing reads as it does there."""
    order = {f"{MISSING}{name}": place for place, name in enumerate(fields(standard.subject))}
    return sorted(columns, key=lambda name: (order.get(name, len(order)), name))


def _prefixed(columns: Iterable[str], prefix: str) -> Mapping[str, str]:
    return {name.removeprefix(prefix): name for name in columns if name.startswith(prefix)}


def _listed(words: Mapping[str, str]) -> str:
    """The words whose column is TRUE, with commas between."""
    each = [f"CASE WHEN {quoted(column)} THEN {text_literal(word)} END" for word, column in words.items()]
    some = [f"CONCAT_WS(', ', {', '.join(each[start : start + _MOST])})" for start in range(0, len(each), _MOST)]
    return some[0] if len(some) == 1 else f"CONCAT_WS(', ', {', '.join(f'''NULLIF({part}, '')''' for part in some)})"


def _margin(standard: ReadyStandard, check: ReadyCheck) -> str:
    """A margin as reports show it: by head where the value is a quotient, rounded down to the cent."""
    cents = f"{quoted(f'margin.{check.name}')} * 100"
    for side in (check.require.left, check.require.right) if isinstance(check.require, Compare) else ():
        ready = standard.quotient(side.name) if isinstance(side, Ref) and side.kind is NameKind.FIELD else None
        if ready is not None:
            given, heads = quoted(f"given.{ready.fact.fills}"), quoted(str(ready.fact.per))
            cents += f" / CASE WHEN {given} IS NULL AND {heads} > 0 THEN {heads} ELSE 1 END"
    return f"CAST(FLOOR({cents}) AS DECIMAL(38, 0)) * CAST(0.01 AS DECIMAL(18, 2))"
