"""From cells to verdict: facts, filled fields, checks, decision rows and outcomes as columns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from fupin_cli.evaluate.layers import Layers
from fupin_cli.evaluate.sql import Writer, is_whole, is_whole_field, parameter_sql, quoted, text_literal
from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED
from fupin_cli.model.parameter import ParameterValue
from fupin_cli.rules.expression import Call, Constant, NameKind, Node, Ref, children, names
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyCheck, ReadyFact, ReadyStandard, leaves, rows_behind

#: Status of a check, as it stands in a result.
PASS, FAIL, UNKNOWN, SKIPPED = 0, 1, 2, 3


@dataclass(frozen=True)
class Forward:
    """The columns of a standard, built in order."""

    standard: ReadyStandard
    parameters: Parameters
    #: Field → SQL literal that stands in for a blank.
    assumed: dict[str, str]
    #: Flags (``bad.x``, ``absent.x``) that are the same for every row: known while the query is written, so left out of it.
    constant: dict[str, bool]
    layers: Layers
    #: Facts over tables that nobody gave: they fill nothing, and leaving them out keeps the query short.
    nowhere: frozenset[str] = frozenset()
    #: SQL of a function's value → the column that holds it: computed once, however often a rule asks.
    calls: dict[str, str] = field(default_factory=dict)

    def writer(self) -> Writer:
        """Writes conditions about the subject."""
        quotients = {
            field: (quoted(f"value.{field}"), quoted(f"dividend.{field}"), quoted(f"divisor.{field}"))
            for field in self.quotients()
        }
        return Writer(self.name, self.blank, quotients, self.calls, self.over_list, self.is_whole)

    def is_whole(self, ref: Ref) -> bool:
        """Whether a name stands for a whole number: a field of counts that nothing else fills, a fact made of such."""
        match ref.kind:
            case NameKind.FIELD:
                own = is_whole_field(self.standard.subject, ref.name)
                return own and all(self.is_whole_fact(ready) for ready in self.filling(ref.name))
            case NameKind.FACT:
                return self.is_whole_fact(self.standard.facts[ref.name])
            case _:
                return False

    def is_whole_fact(self, ready: ReadyFact) -> bool:
        """Whether a fact is a whole number: how many rows there are, or what is made of whole numbers."""
        if ready.fact.member_fold in ("count", "distinct"):
            return True
        over = ready.fact.over
        known = self.is_whole if over is None else lambda ref: ref.kind is NameKind.FIELD and is_whole_field(over, ref.name)
        return ready.fact.per is None and is_whole(ready.node, known)

    def quotients(self) -> list[str]:
        """The fields that may be a quotient of two others."""
        return [str(ready.fact.fills) for ready in self.standard.facts.values() if ready.fact.per is not None]

    def name(self, ref: Ref) -> str:
        """The column or value of a name."""
        match ref.kind:
            case NameKind.PARAMETER:
                return quoted(f"limit.{ref.name}")
            case NameKind.CHECK:
                return quoted(f"met.{ref.name}")
            case NameKind.FIELD if ref.name in self.quotients():
                return self.present(ref.name)
            case _:
                return quoted(ref.name)

    def present(self, field: str) -> str:
        """NULL exactly where a quotient field is unknown; its number is never formed."""
        value, dividend, divisor = (quoted(f"{part}.{field}") for part in ("value", "dividend", "divisor"))
        return f"COALESCE({value}, {dividend} * {divisor})"

    def filling(self, field: str) -> list[ReadyFact]:
        """The facts that may take a blank field's place."""
        return [ready for ready in self.standard.filling(field) if ready.name not in self.nowhere]

    def flag(self, name: str) -> str:
        """A flag of the base: its column, or TRUE or FALSE where it is the same for every row."""
        return str(self.constant[name]).upper() if name in self.constant else quoted(name)

    def unless_bad(self, field: str, value: str) -> str:
        """A value, but NULL where something unreadable stands in the field's cell."""
        bad = self.flag(f"bad.{field}")
        return value if bad == "FALSE" else f"CASE WHEN NOT {bad} THEN {value} END"

    def blocked(self, field: str) -> str:
        """TRUE where something stands in the cell that could not be read, or sources disagree."""
        flags = [self.flag(f"bad.{field}")]
        if f"conflict.{field}" in self.layers.levels:
            flags.append(quoted(f"conflict.{field}"))
        return _either(flags)

    def blank(self, field: str) -> str:
        """TRUE where the field is surely blank: its column is there, and nothing stands in the cell."""
        value = self.present(field) if field in self.quotients() else quoted(field)
        doubtful = _either([self.blocked(field), *self.unsaid(field)])
        if doubtful == "FALSE":
            return f"({value} IS NULL)"
        return f"(CASE WHEN {value} IS NOT NULL THEN FALSE WHEN {doubtful} THEN NULL ELSE TRUE END)"

    def unsaid(self, field: str) -> list[str]:
        """When nothing says that a field is blank: its column is not there, or rows that would fill it may be.

        Where such rows are all there and none is meant, they do say so; of those whose sum or number fills it, that there are
        none is no reason to doubt the blank cell.
        """
        silent = [quoted(column) for ready in self.filling(field) if (column := f"silent.{ready.name}") in self.layers.levels]
        behind = [row for ready in self.filling(field) for row in (rows_behind(self.standard, ready) or [ready])]
        perhaps = [quoted(column) for row in behind if (column := f"perhaps.{row.name}") in self.layers.levels]
        absent = [self.flag(f"absent.{field}"), *(f"{one} IS NOT TRUE" for one in silent)]
        nowhere = "FALSE" if absent[0] == "FALSE" else " AND ".join(part for part in absent if part != "TRUE") or "TRUE"
        sure = nowhere in ("TRUE", "FALSE")
        return [*(f"{one} IS FALSE" for one in silent), *dict.fromkeys(perhaps), nowhere if sure else f"({nowhere})"]

    def build(self, used: Iterable[str]) -> None:
        """Add every column up to the outcome. ``used`` are the fields that the standard looks at."""
        for name in used:
            self.resolve(name)
        for fact in self.standard.facts.values():
            self.fact(fact)
        for check in self.standard.checks.values():
            self.check(check)
        if self.standard.applies is not None:
            self.layers.add("applies", self.written(self.standard.applies))
        self.decide()

    def resolve(self, field: str) -> None:
        """A field with what fills it: given, else derived, else assumed; unknown where two sources disagree."""
        if any(column in self.layers.levels for column in (field, f"value.{field}")):
            return
        filling = self.filling(field)
        for ready in filling:
            self.fact(ready)
        given = quoted(f"given.{field}")
        assumed = self.assumed.get(field)
        quotient = self.standard.quotient(field)
        if quotient is not None:
            divisor = str(quotient.fact.per)
            self.resolve(divisor)
            self.layers.add(f"dividend.{field}", self.unless_bad(field, quoted(quotient.name)))
            self.layers.add(f"divisor.{field}", self.unless_bad(field, quoted(divisor)))
            value = given
            if assumed is not None:
                open_still = f"{given} IS NULL AND ({quoted(quotient.name)} IS NULL OR {quoted(divisor)} IS NULL)"
                sure = f"NOT {_either([self.tainted(quotient), self.blocked(divisor)])}"
                value = f"CASE WHEN {open_still} AND {sure} THEN {assumed} ELSE {given} END"
            self.layers.add(f"value.{field}", self.unless_bad(field, value))
            return
        sources = [given, *(quoted(ready.name) for ready in filling)]
        least, greatest = f"LEAST({', '.join(sources)})", f"GREATEST({', '.join(sources)})"
        if filling:
            self.layers.add(f"conflict.{field}", f"COALESCE(NOT {self.flag(f'bad.{field}')} AND {least} < {greatest}, FALSE)")
        agreed = f"CASE WHEN {least} = {greatest} THEN {least} END" if filling else given
        if assumed is not None:
            nothing = " AND ".join(f"{source} IS NULL" for source in sources)
            agreed = f"CASE WHEN {nothing} THEN {assumed} ELSE {agreed} END"
        tainted = _either([self.tainted(ready) for ready in filling])
        if tainted != "FALSE":
            # What cannot be read might have said otherwise than its neighbours, and nobody may assume over it.
            agreed = f"CASE WHEN {given} IS NULL AND {tainted} THEN NULL ELSE {agreed} END"
        self.layers.add(field, self.unless_bad(field, agreed))

    def tainted(self, ready: ReadyFact) -> str:
        """TRUE where a fact is unknown because something that it looks at is there but cannot be read, or is in dispute."""
        if ready.fact.over is not None:
            flags = [quoted(f"tainted.{ready.name}")]
        else:
            flags = [self.blocked(leaf) for leaf in leaves(self.standard, ready)]
            flags += [self.tainted(inner) for inner in rows_behind(self.standard, ready)]
        either = _either(flags)
        return either if either == "FALSE" else f"({quoted(ready.name)} IS NULL AND {either})"

    def fact(self, ready: ReadyFact) -> None:
        """A fact of the subject's own fields; facts over member rows are in the base already."""
        if ready.name in self.layers.levels:
            return
        for ref in names(ready.node):
            if ref.kind is NameKind.FIELD:
                self.resolve(ref.name)
            elif ref.kind is NameKind.FACT:
                self.fact(self.standard.facts[ref.name])
        self.layers.add(ready.name, self.written(ready.node))

    def written(self, node: Node) -> str:
        """The SQL of a condition. Every function and parameter in it gets a column of its own first: computed once."""
        self.prepare(node)
        return self.writer().write(node)

    def prepare(self, node: Node) -> None:
        """Columns for the functions and parameters in a condition, the inner ones first."""
        for part in children(node):
            self.prepare(part)
        if isinstance(node, Call):
            sql = self.writer().call(node)
            if sql not in self.calls:
                self.calls[sql] = self.layers.add(f"call.{len(self.calls)}", sql)
        elif isinstance(node, Ref) and node.kind is NameKind.PARAMETER and f"limit.{node.name}" not in self.layers.levels:
            self.layers.add(
                f"limit.{node.name}", parameter_sql(self.parameters.periods(node.name), '"year"', self.place(node.name))
            )

    def place(self, parameter: str) -> str | None:
        """The column by whose value a parameter is chosen."""
        by = self.parameters.pack.parameters[parameter].by
        return quoted(by) if by is not None else None

    def over_list(self, ref: Ref, write: Callable[[ParameterValue], str]) -> str:
        """A condition about the list in force."""
        return parameter_sql(self.parameters.periods(ref.name), '"year"', self.place(ref.name), write, "BOOLEAN")

    def column(self, name: str, node: Node) -> str:
        """A condition as a column of its own; a constant as it is."""
        sql = self.written(node)
        return sql if isinstance(node, Constant | Ref) else self.layers.add(name, sql)

    def check(self, ready: ReadyCheck) -> None:
        """Whether a check is met (not applying counts as met), and its status."""
        require = self.column(f"holds.{ready.name}", ready.require)
        applies = "TRUE" if ready.applies is None else self.column(f"for.{ready.name}", ready.applies)
        self.layers.add(f"met.{ready.name}", f"((NOT {applies}) OR {require})" if applies != "TRUE" else require)
        surely_not = f"{applies} AND NOT {require}"
        status = f"WHEN NOT {applies} THEN {SKIPPED} WHEN {require} THEN {PASS} WHEN {surely_not} THEN {FAIL} ELSE {UNKNOWN}"
        self.layers.add(f"status.{ready.name}", f"CAST(CASE {status} END AS TINYINT)")
        margin = None if self.standard.is_quality else self.writer().margin(ready.require)
        if margin is not None:
            self.layers.add(f"margin.{ready.name}", f"CAST({margin} AS DECIMAL(38, 6))")

    def surely(self, condition: str) -> str:
        """In a quality standard a condition that is unknown does not hold: what nobody knows contradicts nothing."""
        return f"COALESCE({condition}, FALSE)" if self.standard.is_quality else condition

    def decide(self) -> None:
        """The decision list with three values: which rows are still possible, and so which outcomes."""
        rows = self.standard.rows
        whens: list[str] = []
        for index, row in enumerate(rows):
            whens.append(self.layers.add(f"when.{index}", "TRUE" if row.when is None else self.surely(self.written(row.when))))
        applies = "TRUE" if self.standard.applies is None else self.surely('"applies"')
        for index in range(len(rows)):
            earlier = [f"{when} IS NOT TRUE" for when in whens[:index]]
            possible = " AND ".join([*earlier, f"{whens[index]} IS NOT FALSE", f"{applies} IS NOT FALSE"])
            self.layers.add(f"possible.{index}", f"({possible})")
        for outcome in self.standard.standard.outcomes:
            giving = [quoted(f"possible.{i}") for i, row in enumerate(rows) if row.row.outcome == outcome]
            self.layers.add(f"may.{outcome}", f"({' OR '.join(giving)})")
        self.layers.add(f"may.{NOT_APPLICABLE}", f"({applies} IS NOT TRUE)")
        may = [f"may.{outcome}" for outcome in (*self.standard.standard.outcomes, NOT_APPLICABLE)]
        count = " + ".join(f"CAST({quoted(name)} AS INTEGER)" for name in may)
        chosen = " ".join(f"WHEN {quoted(name)} THEN {text_literal(name.removeprefix('may.'))}" for name in may)
        self.layers.add("outcome", f"CASE WHEN {count} > 1 THEN {text_literal(UNDETERMINED)} {chosen} END")
        first = " ".join(f"WHEN {when} IS NULL THEN NULL WHEN {when} THEN {index}" for index, when in enumerate(whens))
        self.layers.add("row", f"CAST(CASE WHEN {applies} IS NOT TRUE THEN NULL {first} END AS INTEGER)")


def _either(flags: list[str]) -> str:
    """OR over flags, without those that are FALSE anyway."""
    if "TRUE" in flags:
        return "TRUE"
    real = [flag for flag in flags if flag != "FALSE"]
    return "(" + " OR ".join(real) + ")" if real else "FALSE"
