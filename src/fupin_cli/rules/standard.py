"""A standard with its conditions parsed and checked against the tables: what can be evaluated."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fupin_cli.model.between import PREVIOUS
from fupin_cli.model.columns import Column
from fupin_cli.model.pack import Check, DecisionRow, Fact, Standard
from fupin_cli.model.tables import fields, worked_out
from fupin_cli.model.values import ValueType
from fupin_cli.rules.expression import Constant, Junction, NameKind, Negation, Node, Ref, names
from fupin_cli.rules.scope import Known, Scope

AS_OF = "as_of"
#: The field by which rows belong to a subject unless a fact says otherwise: those of the same household.
HOUSEHOLD_KEY = "household_id"
#: The field that says of which year a row is.
YEAR = "year"


@dataclass(frozen=True)
class On:
    """What must give the same known value for a subject and for a row that belongs to it."""

    subject: Node
    over: Node


@dataclass(frozen=True)
class ReadyFact:
    """A fact with its tree, and those of the expressions by which its rows are found and told from others."""

    name: str
    fact: Fact
    node: Node
    on: On | None = None
    #: Condition of the rows that are meant; every row where there is none.
    where: Node | None = None

    @property
    def type(self) -> ValueType:
        """any, all and none are conditions, counts are numbers, the others have the type of what they fold."""
        match self.fact.member_fold:
            case "any" | "all" | "none":
                return ValueType.BOOL
            case "count" | "distinct":
                return ValueType.NUMBER
            case _:
                return self.node.type

    @property
    def counts_rows(self) -> bool:
        """Whether it is the plain number of rows, which no missing cell can make unknown."""
        plain = self.where is None and self.fact.member_fold == "count"
        return plain and isinstance(self.node, Constant) and self.node.value is True

    @property
    def condition(self) -> Node | None:
        """What any, all, none or count ask of each row, whether it is meant included; none for what folds values.

        Written as one condition, so that an unknown ``where`` matters only as far as the row's own part does.
        """
        match self.fact.member_fold:
            case "any" | "none" | "count" if self.where is not None:
                return Junction(ValueType.BOOL, self.node.offset, "AND", (self.where, self.node))
            case "all" if self.where is not None:
                unless = Negation(ValueType.BOOL, self.where.offset, self.where)
                return Junction(ValueType.BOOL, self.node.offset, "OR", (unless, self.node))
            case "any" | "none" | "count" | "all":
                return self.node
            case _:
                return None


@dataclass(frozen=True)
class ReadyCheck:
    """A check with its trees."""

    name: str
    check: Check
    applies: Node | None
    require: Node

    def names(self) -> list[Ref]:
        """What the requirement looks at, in the order in which it is written."""
        return names(self.require)


@dataclass(frozen=True)
class ReadyRow:
    """A row of the decision list; without a condition it is the default."""

    row: DecisionRow
    when: Node | None


@dataclass(frozen=True)
class ReadyStandard:
    """A standard that can be evaluated."""

    standard: Standard
    applies: Node | None
    facts: Mapping[str, ReadyFact]
    checks: Mapping[str, ReadyCheck]
    rows: Sequence[ReadyRow]

    @property
    def name(self) -> str:
        """The standard's id."""
        return self.standard.standard

    @property
    def is_quality(self) -> bool:
        """Whether it looks for contradictions in the data, so that the unknown finds nothing."""
        return self.standard.kind == "quality"

    @property
    def subject(self) -> str:
        """The table whose rows are judged."""
        return self.standard.subject

    @property
    def tables(self) -> set[str]:
        """The tables that it looks at: that of its subjects, and those of the rows that belong to them."""
        return {self.subject} | {ready.fact.over for ready in self.facts.values() if ready.fact.over is not None}

    def parameters(self) -> set[str]:
        """The parameters that its conditions name."""
        return {ref.name for node in self.nodes() for ref in names(node) if ref.kind is NameKind.PARAMETER}

    def nodes(self) -> list[Node]:
        """Every condition and value in it."""
        return [node for fact in self.facts.values() for node in (fact.node, fact.where) if node is not None] + self.own_nodes()

    @property
    def looks_back(self) -> bool:
        """Whether it asks what became of its subjects from one year to the next."""
        between = worked_out(self.subject)
        return any(
            ref.kind is NameKind.FIELD and (ref.name in between or ref.name.startswith(PREVIOUS))
            for node in (*(ready.node for ready in self.facts.values() if ready.fact.over is None), *self.own_nodes())
            for ref in names(node)
        )

    def own_nodes(self) -> list[Node]:
        """The conditions about the subject itself."""
        nodes = [node for check in self.checks.values() for node in (check.applies, check.require) if node is not None]
        nodes += [row.when for row in self.rows if row.when is not None]
        return [*nodes, self.applies] if self.applies is not None else nodes

    def filling(self, field: str) -> list[ReadyFact]:
        """The facts that take the place of a blank field."""
        return [ready for ready in self.facts.values() if ready.fact.fills == field]

    def quotient(self, field: str) -> ReadyFact | None:
        """The fact that gives a field as a quotient, if one does."""
        return next((ready for ready in self.filling(field) if ready.fact.per is not None), None)


def own_names(table: str) -> dict[str, Known]:
    """The fields of a table as names that a condition may use."""
    return {name: _known(column) for name, column in fields(table).items()}


def between_names(table: str) -> dict[str, Known]:
    """What rules about rosters may name beside them: what comparing the years works out, and last year's fields."""
    own, between = fields(table), worked_out(table)
    if not between:
        return {}
    before = {PREVIOUS + name: _known(column) for name, column in {**own, **between}.items()}
    return {name: _known(column) for name, column in between.items()} | before


def _known(column: Column) -> Known:
    return Known(NameKind.FIELD, column.type, column.form.codes, one_code=column.form.name == "code")


def table_names(table: str) -> dict[str, Known]:
    """The fields of a table, and the day of judgement, as names that a condition may use."""
    return own_names(table) | {AS_OF: Known(NameKind.AS_OF, ValueType.DATE)}


def member_scope(table: str, parameters: Mapping[str, Known]) -> Scope:
    """What a condition about the rows that belong to a subject may use."""
    return Scope(table_names(table), parameters)


def joining_scope(subject: str, over: str) -> Scope:
    """What an expression may use that says which rows belong to a subject: the fields that both tables have."""
    mine, theirs = fields(subject), table_names(over)
    both = {name: known for name, known in theirs.items() if name in mine and mine[name].type is known.type}
    return Scope(both)


def joined_by(ready: ReadyFact) -> list[str]:
    """The subject's own fields whose value says which rows are meant."""
    return [ref.name for ref in names(ready.on.subject) if ref.kind is NameKind.FIELD] if ready.on is not None else []


def leaves(standard: ReadyStandard, ready: ReadyFact) -> list[str]:
    """The subject's fields that a fact of its own fields comes from in the end."""
    found: list[str] = []
    for ref in names(ready.node):
        if ref.kind is NameKind.FIELD:
            found.append(ref.name)
        elif ref.kind is NameKind.FACT and standard.facts[ref.name].fact.over is None:
            found += leaves(standard, standard.facts[ref.name])
    return list(dict.fromkeys(found))


def rows_behind(standard: ReadyStandard, ready: ReadyFact) -> list[ReadyFact]:
    """The facts over rows that a fact of the subject's own fields comes from in the end."""
    found: dict[str, ReadyFact] = {}
    for ref in names(ready.node):
        if ref.kind is NameKind.FACT:
            inner = standard.facts[ref.name]
            rows = [inner] if inner.fact.over is not None else rows_behind(standard, inner)
            found |= {one.name: one for one in rows}
    return list(found.values())


def fills_something(standard: ReadyStandard, ready: ReadyFact) -> bool:
    """Whether a fact over rows takes a blank field's place, by itself or through a fact that is made of it."""
    others = (one for one in standard.facts.values() if one.fact.fills is not None and one.fact.over is None)
    return ready.fact.fills is not None or any(ready.name == inner.name for one in others for inner in rows_behind(standard, one))


def behind(standard: ReadyStandard, refs: Iterable[Ref]) -> dict[str, ReadyFact]:
    """The facts that names stand for or that fill them, and those behind these; in the order in which they are needed."""
    found: dict[str, ReadyFact] = {}

    def collect(wanted: Iterable[Ref]) -> None:
        for ref in wanted:
            for fact in [standard.facts[ref.name]] if ref.kind is NameKind.FACT else standard.filling(ref.name):
                if fact.name not in found:
                    found[fact.name] = fact
                    collect(names(fact.node) if fact.fact.over is None else [])

    collect(refs)
    return found
