"""Where a condition alone decides: TRUE in its place and FALSE in its place settle the standard in two different ways.

Everything else stays as it was. So it does not matter what the condition itself came to, only what stands around it.
Where nothing rests on a condition but a check that decides nothing, or a fact, two different statuses or values are enough,
unknown being one of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.evaluate.coverage.values import Asked, Values
from fupin_cli.evaluate.forward import FAIL, PASS, SKIPPED, UNKNOWN
from fupin_cli.model.parts import part_column
from fupin_cli.rules.conditions import Path
from fupin_cli.rules.expression import Call, Constant, Junction, NameKind, Negation, Node, Ref, names
from fupin_cli.rules.standard import ReadyCheck, ReadyFact, ReadyStandard

#: Stands for no settled outcome where that is an answer like another.
_OPEN = -1
#: A column of true, false and null.
Truths: TypeAlias = pa.ChunkedArray


@dataclass(frozen=True)
class Deciding:
    """Says of each condition for which rows of its table of values it decides alone."""

    standard: ReadyStandard
    values: Values

    def decisive(self, one: Asked) -> Truths:
        """Whether a condition decides alone, for each row of values; never null."""
        told = [self._told(one, value) for value in (True, False)]
        if one.never_says_no:
            # FALSE in its place means that nothing is known: that counts, too.
            told = [pc.fill_null(value, fill_value=_OPEN) for value in told]
        return pc.fill_null(pc.not_equal(*told), fill_value=False)

    def _told(self, one: Asked, value: bool) -> Truths:
        """What comes of it with this value in the condition's place; null where that is not settled."""
        section, *rest = one.key.split(".")
        name = rest[0] if rest else ""
        match section:
            case "applies":
                return self._outcome(applies=self._tree(one.key, self.standard.applies, one, value))
            case "decide":
                when = self._tree(one.key, self.standard.rows[int(name)].when, one, value)
                return self._outcome(whens={int(name): when})
            case "facts":
                ready = self.standard.facts[name]
                return _numbered(self._of_row(ready, one, value) if one.over else self._tree(one.key, ready.node, one, value))
            case _:
                return self._of_check(self.standard.checks[name], one, value)

    def _of_check(self, check: ReadyCheck, one: Asked, value: bool) -> Truths:
        """For a gate the outcome; of what decides nothing its own status."""
        applies = self._tree(f"checks.{check.name}.applies", check.applies, one, value)
        require = self._tree(f"checks.{check.name}.require", check.require, one, value)
        if check.check.severity == "gate":
            return self._outcome(met={check.name: pc.or_kleene(pc.invert(applies), require)})
        failed = pc.and_kleene(applies, pc.invert(require))
        status = pc.if_else(_sure(failed), FAIL, UNKNOWN)
        return pc.if_else(_sure(pc.invert(applies)), SKIPPED, pc.if_else(_sure(require), PASS, status))

    def _of_row(self, ready: ReadyFact, one: Asked, value: bool) -> Truths:
        """What a row adds to a fact: whether it is one of those asked for, or meant and with what value."""
        table, fold = self.values.rows[ready.name], str(ready.fact.member_fold)
        places = {"where": ready.where, fold: ready.node}
        meant, node = (self._tree(f"facts.{ready.name}.{name}", tree, one, value, table) for name, tree in places.items())
        if ready.where is None:
            return node
        match fold:
            case "any" | "none" | "count":
                return pc.and_kleene(meant, node)
            case "all":
                return pc.or_kleene(pc.invert(meant), node)
            case _ if one.key.endswith(".where"):
                return meant
            case _:
                return pc.if_else(_sure(meant), node, pa.scalar(None, pa.bool_()))

    def _tree(self, key: str, node: Node | None, one: Asked, value: bool, table: pa.Table | None = None) -> Truths:
        """A tree's values, with another one in the condition's place if that is in this tree; without a tree true."""
        table = self.values.subjects if table is None else table
        place = one.path if one.key == key else None
        return _kleene(key, node, table, {place: value} if place is not None else {})

    def _outcome(
        self,
        *,
        applies: Truths | None = None,
        met: Mapping[str, Truths] | None = None,
        whens: Mapping[int, Truths] | None = None,
    ) -> pa.Array:
        """Which outcome is settled, as its number; null where several are possible. By the rules of the decision list."""
        table, outcomes = self.values.subjects, list(self.standard.standard.outcomes)
        if applies is None:
            applies = _kleene("applies", self.standard.applies, table, {})
        applies = self._surely(applies)
        meant = pc.fill_null(applies, fill_value=True)
        earlier = _all(table, value=True)
        may: dict[int, Truths] = {len(outcomes): pc.invert(_sure(applies))}
        for index, row in enumerate(self.standard.rows):
            when = (whens or {}).get(index)
            if when is None:
                when = self._when(index, row.when, met or {})
            when = self._surely(when)
            possible = pc.and_(pc.and_(earlier, pc.fill_null(when, fill_value=True)), meant)
            number = outcomes.index(row.row.outcome)
            may[number] = pc.or_(may[number], possible) if number in may else possible
            earlier = pc.and_(earlier, pc.invert(_sure(when)))
        counts = [pc.cast(possible, pa.int32()) for possible in may.values()]
        chosen = [pc.multiply(count, number) for count, number in zip(counts, may, strict=True)]
        settled = pc.equal(reduce(pc.add, counts), 1)
        return pc.if_else(settled, reduce(pc.add, chosen), pa.scalar(None, pa.int32()))

    def _when(self, index: int, node: Node | None, met: Mapping[str, Truths]) -> Truths:
        """A decision row, with these checks in place of what they came to."""
        as_it_is, checks = self._rows[index]
        if checks.isdisjoint(met):
            return as_it_is
        return _kleene(f"decide.{index}.when", node, self.values.subjects, {}, met)

    @cached_property
    def _rows(self) -> list[tuple[Truths, frozenset[str]]]:
        """Each decision row as it is, and the checks that it asks: worked out once, since most conditions change few rows."""
        return [
            (
                _kleene(f"decide.{index}.when", row.when, self.values.subjects, {}),
                frozenset(ref.name for ref in names(row.when) if ref.kind is NameKind.CHECK)
                if row.when is not None
                else frozenset(),
            )
            for index, row in enumerate(self.standard.rows)
        ]

    def _surely(self, values: Truths) -> Truths:
        """In a quality standard what is unknown does not hold."""
        return _sure(values) if self.standard.is_quality else values


def _kleene(
    key: str,
    node: Node | None,
    table: pa.Table,
    instead: Mapping[Path, bool],
    met: Mapping[str, Truths] | None = None,
    path: Path = (),
) -> Truths:
    """The values of a tree by three-valued logic, from the columns of its conditions; true where there is no tree."""
    match node:
        case _ if path in instead:
            return _all(table, value=instead[path])
        case None:
            return _all(table, value=True)
        case Constant(value=bool(value)):
            return _all(table, value=value)
        case Negation(part=part):
            return pc.invert(_kleene(key, part, table, instead, met, (*path, 0)))
        case Call(function="true_or_unknown", arguments=(part,)):
            found = _kleene(key, part, table, instead, met, (*path, 0))
            return pc.if_else(_sure(found), found, pa.scalar(None, pa.bool_()))
        case Junction(word=word, parts=parts):
            inside = [_kleene(key, part, table, instead, met, (*path, index)) for index, part in enumerate(parts)]
            return reduce(pc.or_kleene if word == "OR" else pc.and_kleene, inside)
        case Ref(name=name) if met is not None and name in met:
            return met[name]
        case _:
            column = part_column(key, path)
            # A value that is no condition (an amount, a day) is not asked for.
            return table.column(column) if column in table.column_names else _all(table, value=True)


def _all(table: pa.Table, *, value: bool) -> pa.Array:
    return pa.repeat(value, table.num_rows)


def _sure(values: Truths) -> Truths:
    return pc.fill_null(values, fill_value=False)


def _numbered(values: Truths) -> Truths:
    """Unknown as a value of its own."""
    return pc.fill_null(pc.cast(values, pa.int8()), fill_value=UNKNOWN)
