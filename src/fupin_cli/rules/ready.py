"""From a standard as written to one that can be evaluated: every name known, every type fitting, every gate used."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fupin_cli.model.nearest import nearest
from fupin_cli.model.pack import FOLDS, Fact, Pack, Standard
from fupin_cli.model.tables import TABLES, fields, worked_out
from fupin_cli.model.values import ValueType
from fupin_cli.rules.constant import constant_part
from fupin_cli.rules.declared import check_declared
from fupin_cli.rules.expression import Constant, NameKind, Node, names
from fupin_cli.rules.origin import Origin
from fupin_cli.rules.parser import parse
from fupin_cli.rules.refusals import Refusals
from fupin_cli.rules.scope import ExpressionError, Known, Scope
from fupin_cli.rules.standard import (
    AS_OF,
    HOUSEHOLD_KEY,
    On,
    ReadyCheck,
    ReadyFact,
    ReadyRow,
    ReadyStandard,
    between_names,
    joining_scope,
    member_scope,
    own_names,
    table_names,
)
from fupin_cli.rules.wording import text_of


def ready_standard(
    standard: Standard, pack: Pack, origins: Mapping[tuple[str, ...], Origin], refusals: Refusals | None = None
) -> ReadyStandard:
    """Parse and check a standard.

    Raises:
        PackRefused: a name clashes or is unknown, a condition is not allowed, a gate is not used, a row cannot be reached.
    """
    return _Workshop(standard, pack, origins, refusals or Refusals()).build()


class _Workshop:
    """The parts of one standard while they are checked."""

    def __init__(self, standard: Standard, pack: Pack, origins: Mapping[tuple[str, ...], Origin], refusals: Refusals) -> None:
        self.standard, self.pack, self.origins, self.refusals = standard, pack, origins, refusals
        self.parameters = {
            name: Known(NameKind.PARAMETER, ValueType.LIST if parameter.is_list else ValueType.NUMBER)
            for name, parameter in pack.parameters.items()
        }
        self.decide = self.origin("decide")

    def origin(self, *part: str) -> Origin:
        return self.origins[(self.standard.standard, *part)]

    @property
    def blanks_count(self) -> bool:
        """Of data that are looked at for their own sake, a blank is itself a finding; a verdict leaves it open."""
        return self.standard.kind == "quality"

    def build(self) -> ReadyStandard:
        if self.standard.subject not in TABLES:
            near = nearest(self.standard.subject, TABLES)
            raise self.decide.text.refuse("pack-table-unknown", ("subject",), name=self.standard.subject, nearest=near)
        self.one_namespace()
        known = table_names(self.standard.subject)
        if self.blanks_count:
            known |= between_names(self.standard.subject)
        for fact in self.standard.facts.values():
            if fact.per is not None and fact.fills in known:
                known[fact.fills] = replace(known[fact.fills], quotient=True)
        facts: dict[str, ReadyFact] = {}
        for name in self.standard.facts:
            facts[name] = self.ready_fact(name, known)
            if facts[name].fact.per is None:
                # A quotient is never formed, so only the field that it fills can be named.
                known[name] = Known(NameKind.FACT, facts[name].type)
        applies_scope = Scope(known, self.parameters, null_tests=True)
        require_scope = Scope(known, self.parameters, null_tests=self.blanks_count)
        before = len(self.refusals.found)
        checks: dict[str, ReadyCheck] = {}
        for name in self.standard.checks:
            with self.refusals.kept():
                checks[name] = self.ready_check(name, require_scope, applies_scope)
        applies = None
        if self.standard.applies is not None:
            applies = self.parsed(self.standard.applies, applies_scope, self.origin("applies"))
        verdicts = {name: Known(NameKind.CHECK, ValueType.BOOL) for name in self.standard.checks}
        rows = self.ready_rows(Scope(known | verdicts, self.parameters, null_tests=True))
        ready = ReadyStandard(self.standard, applies, facts, checks, rows)
        if len(self.refusals.found) > before:
            # What is looked at as a whole would only repeat that parts are wrong.
            return ready
        self.places_known(ready)
        self.gates_decide(ready)
        self.no_circle(ready)
        check_declared(ready, self.pack, self.origins)
        return ready

    def parsed(
        self, text: str, scope: Scope, origin: Origin, *more: str | int, wanted: ValueType | None = ValueType.BOOL
    ) -> Node:
        try:
            node = parse(text, scope, wanted)
        except ExpressionError as error:
            facts: dict[str, Any] = dict(error.facts)
            raise origin.refuse(error.code, *more, offset=error.offset, **facts) from None
        # Of rows it may be asked only whether they are there: count: "TRUE".
        only_rows = isinstance(node, Constant) and more[:1] != ("where",) and more[:1] in [(fold,) for fold in FOLDS]
        found = constant_part(node, scope.names) if node.type is ValueType.BOOL and not only_rows else None
        if found is not None:
            part, always = found
            code = "expression-always-true" if always else "expression-never-true"
            raise origin.refuse(code, *more, offset=part.offset, text=text_of(part))
        return node

    def one_namespace(self) -> None:
        """Fields, facts, checks and parameters share one namespace."""
        own = {**fields(self.standard.subject), **worked_out(self.standard.subject)}
        taken: dict[str, str] = {AS_OF: "as_of"} | dict.fromkeys(own, "field")
        for name in self.pack.parameters:
            if name in taken:
                raise self.origins[("parameters", name)].refuse("pack-name-clash", key=True, name=name, other=taken[name])
            taken[name] = "parameter"
        for section, parts in (("facts", self.standard.facts), ("checks", self.standard.checks)):
            for name in parts:
                if name in taken:
                    raise self.origin(section, name).refuse("pack-name-clash", key=True, name=name, other=taken[name])
                taken[name] = section[:-1]

    def ready_fact(self, name: str, known: Mapping[str, Known]) -> ReadyFact:
        fact, origin = self.standard.facts[name], self.origin("facts", name)
        fold = fact.member_fold
        if fact.over is not None:
            for key, table in (("over", fact.over), ("by", fact.by or "")):
                if table not in TABLES:
                    raise origin.refuse("pack-table-unknown", key, name=table, nearest=nearest(table, TABLES))
            if fact.by != self.standard.subject:
                raise origin.refuse("pack-fact-by", "by", name=fact.by, subject=self.standard.subject)
            wanted = {"distinct": None, "min": None, "max": None, "sum": ValueType.NUMBER}.get(str(fold), ValueType.BOOL)
            scope = member_scope(fact.over, self.parameters)
            node = self.parsed(fact.expression, scope, origin, str(fold), wanted=wanted)
            if fold in ("min", "max") and node.type not in (ValueType.NUMBER, ValueType.DATE, ValueType.BOOL):
                raise origin.refuse("expression-type", str(fold), offset=node.offset, found=node.type, wanted=ValueType.NUMBER)
            where = self.parsed(fact.where, scope, origin, "where") if fact.where is not None else None
            ready = ReadyFact(name, fact, node, self.joining(fact, origin), where)
        else:
            scope = Scope(known, self.parameters, null_tests=self.blanks_count)
            ready = ReadyFact(name, fact, self.parsed(fact.expression, scope, origin, "value", wanted=None))
        self.fills_fit(ready, known, origin)
        return ready

    def joining(self, fact: Fact, origin: Origin) -> On | None:
        """By what the rows of another table belong to a subject; nothing where both tables say the household."""
        subject, over = self.standard.subject, str(fact.over)
        if fact.on is None:
            if HOUSEHOLD_KEY in fields(subject) and HOUSEHOLD_KEY in fields(over):
                return None
            raise origin.refuse("pack-fact-on-missing", "over", subject=subject, over=over)
        if isinstance(fact.on, str):
            node = self.key(fact.on, joining_scope(subject, over), origin, over, "on")
            return On(node, node)
        for table in fact.on:
            if table not in (subject, over):
                near = nearest(table, (subject, over))
                raise origin.refuse("pack-table-unknown", "on", table, key=True, name=table, nearest=near)
        mine, theirs = (self.key(fact.on[table], Scope(own_names(table)), origin, over, "on", table) for table in (subject, over))
        if mine.type is not theirs.type:
            raise origin.refuse("expression-type", "on", over, offset=theirs.offset, found=theirs.type, wanted=mine.type)
        return On(mine, theirs)

    def key(self, text: str, scope: Scope, origin: Origin, over: str, *more: str) -> Node:
        """An expression by whose value rows are found."""
        node = self.parsed(text, scope, origin, *more, wanted=None)
        if node.type is ValueType.BOOL:
            raise origin.refuse("expression-type", *more, offset=node.offset, found=node.type, wanted=ValueType.TEXT)
        if not names(node):
            raise origin.refuse("pack-fact-on-missing", *more, subject=self.standard.subject, over=over)
        return node

    def fills_fit(self, ready: ReadyFact, known: Mapping[str, Known], origin: Origin) -> None:
        fact = ready.fact
        for key, field in (("fills", fact.fills), ("per", fact.per)):
            if field is None:
                continue
            if field not in known or known[field].kind is not NameKind.FIELD:
                raise origin.refuse("expression-name-unknown", key, name=field, nearest=nearest(field, known))
            wanted = ValueType.NUMBER if key == "per" else ready.type
            if known[field].type is not wanted:
                raise origin.refuse("expression-type", key, found=known[field].type, wanted=wanted)

    def ready_check(self, name: str, scope: Scope, applies_scope: Scope) -> ReadyCheck:
        check, origin = self.standard.checks[name], self.origin("checks", name)
        applies = None
        if check.applies is not None:
            applies = self.parsed(check.applies, applies_scope, origin, "applies")
        return ReadyCheck(name, check, applies, self.parsed(check.require, scope, origin, "require"))

    def ready_rows(self, scope: Scope) -> list[ReadyRow]:
        decide = self.standard.decide
        if not decide or decide[-1].default is None:
            raise self.decide.refuse("pack-no-default")
        rows: list[ReadyRow] = []
        for index, row in enumerate(decide):
            if row.outcome not in self.standard.outcomes:
                near = nearest(row.outcome, self.standard.outcomes)
                raise self.decide.refuse("pack-outcome-unknown", index, "outcome", name=row.outcome, nearest=near)
            if row.default is not None and index + 1 < len(decide):
                raise self.decide.refuse("pack-row-after-default", index + 1)
            when = self.parsed(row.when, scope, self.decide, index, "when") if row.when is not None else None
            rows.append(ReadyRow(row, when))
        for name in self.standard.outcomes:
            if all(row.outcome != name for row in decide):
                raise self.origin("outcomes", name).refuse("pack-outcome-unused", key=True, name=name)
        return rows

    def places_known(self, ready: ReadyStandard) -> None:
        """A parameter that varies by place names a field of the subject."""
        declared = fields(self.standard.subject)
        for name in sorted(ready.parameters()):
            by = self.pack.parameters[name].by
            if by is not None and by not in declared:
                origin = self.origins[("parameters", name)]
                raise origin.refuse("expression-name-unknown", "by", name=by, nearest=nearest(by, declared))

    def gates_decide(self, ready: ReadyStandard) -> None:
        used = {ref.name for row in ready.rows if row.when is not None for ref in names(row.when) if ref.kind is NameKind.CHECK}
        for name, check in ready.checks.items():
            if (check.check.severity == "gate") != (name in used):
                code = "pack-gate-unused" if check.check.severity == "gate" else "pack-finding-decides"
                raise self.origin("checks", name).refuse(code, key=True, name=name)

    def no_circle(self, ready: ReadyStandard) -> None:
        """A fact that fills a field must not look at that field, not even through other facts."""

        def reach(name: str, below: tuple[str, ...]) -> None:
            if name in below:
                start = next(part for part in below if part in ready.facts)
                raise self.origin("facts", start).refuse("pack-circle", key=True, name=" → ".join((*below, name)))
            inner: list[str] = []
            if name in ready.facts and ready.facts[name].fact.over is None:
                fact = ready.facts[name]
                inner = [ref.name for ref in names(fact.node)] + ([fact.fact.per] if fact.fact.per else [])
            inner += [fact.name for fact in ready.filling(name)]
            for part in inner:
                reach(part, (*below, name))

        for name in ready.facts:
            reach(name, ())
