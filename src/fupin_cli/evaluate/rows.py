"""What a single row adds to a fact about rows: whether it is meant, what it says, and what it leaves open, as SQL."""

from collections.abc import Callable
from dataclasses import dataclass

from fupin_cli.evaluate.layers import Layers
from fupin_cli.evaluate.sql import Writer, is_whole_field, parameter_sql, quoted, sql_type
from fupin_cli.model.parameter import ParameterValue
from fupin_cli.model.tables import Table
from fupin_cli.model.values import ValueType
from fupin_cli.rules.expression import Call, NameKind, Node, Ref, children, paths
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyFact


def blank_column(fact: str, name: str) -> str:
    """Column that is TRUE where a blank of this field leaves the fact unknown."""
    return f"blank.{fact}.{name}"


def member_fields(ready: ReadyFact) -> list[str]:
    """The fields of the member table that a fact looks at."""
    return list(dict.fromkeys([*told_fields(ready), *_fields(ready.where)]))


def told_fields(ready: ReadyFact) -> list[str]:
    """The fields of the member table that say what a fact is: of rows that are meant, why they are goes without saying."""
    return _fields(ready.node) or _fields(ready.where)


def _fields(node: Node | None) -> list[str]:
    found = (ref.name for _, ref in paths(node) if ref.kind is NameKind.FIELD) if node is not None else ()
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class RowColumns:
    """What the conditions about rows of one table are made of: each function and parameter a column, computed once for a row."""

    writer: Writer
    layers: Layers
    #: SQL of a function's value, and parameter → the column that holds it.
    calls: dict[str, str]
    limits: dict[str, str]

    def prepare(self, node: Node | None) -> None:
        """Columns for the functions and parameters in a condition, the inner ones first."""
        for part in children(node) if node is not None else ():
            self.prepare(part)
        match node:
            case Call():
                sql = self.writer.call(node)
                if sql not in self.calls:
                    self.calls[sql] = self.layers.add(f"call.{len(self.calls)}", sql)
            case Ref(kind=NameKind.PARAMETER, name=name) if node.type is not ValueType.LIST and name not in self.limits:
                self.limits[name] = self.layers.add(f"limit.{name}", self.writer.write(node))


def row_columns(parameters: Parameters, members: Table) -> RowColumns:
    """The writer of conditions about rows of another table, and the columns that it needs."""
    calls: dict[str, str] = {}
    limits: dict[str, str] = {}

    def place(parameter: str) -> str | None:
        by = parameters.pack.parameters[parameter].by
        return quoted(f"subject.{by}") if by is not None else None

    def over_list(ref: Ref, write: Callable[[ParameterValue], str]) -> str:
        return parameter_sql(parameters.periods(ref.name), '"subject.year"', place(ref.name), write, "BOOLEAN")

    def name(ref: Ref) -> str:
        match ref.kind:
            case NameKind.PARAMETER if ref.name in limits:
                return limits[ref.name]
            case NameKind.PARAMETER:
                return parameter_sql(parameters.periods(ref.name), '"subject.year"', place(ref.name))
            case NameKind.AS_OF:
                return '"subject.as_of"'
            case _:
                return quoted(ref.name) if members.has(ref.name) else f"CAST(NULL AS {sql_type(members.name, ref.name)})"

    def whole(ref: Ref) -> bool:
        return ref.kind is NameKind.FIELD and is_whole_field(members.name, ref.name)

    writer = Writer(name, blank=lambda _: "NULL", calls=calls, over_list=over_list, whole=whole)
    return RowColumns(writer, Layers([]), calls, limits)


def is_meant(ready: ReadyFact, writer: Writer) -> str:
    """Whether a row is one of those that the fact is about; empty where all are."""
    return writer.write(ready.where) if ready.where is not None else ""


def row_value(ready: ReadyFact, writer: Writer) -> str:
    """What a row adds to a fact: whether it is one of those asked for, or its value; NULL where that is not known."""
    if ready.condition is not None:
        return writer.write(ready.condition)
    meant, value = is_meant(ready, writer), writer.write(ready.node)
    return f"(CASE WHEN {meant} THEN {value} END)" if meant else value


def is_open(ready: ReadyFact, writer: Writer) -> str:
    """Whether it is not known what a row adds."""
    unknown, meant = f"{row_value(ready, writer)} IS NULL", is_meant(ready, writer)
    return f"({meant} IS NOT FALSE AND {unknown})" if meant and ready.condition is None else unknown


def unreadable_rows(ready: ReadyFact, members: Table, writer: Writer) -> str:
    """TRUE where some row that may be meant holds something unreadable that the fact looks at."""
    flags = [quoted(f"bad.{name}") for name in member_fields(ready) if name in members.unreadable]
    meant = is_meant(ready, writer)
    mine = f"{meant} IS NOT FALSE AND ({' OR '.join(flags)})" if meant else " OR ".join(flags)
    return f"COALESCE(BOOL_OR({mine}), FALSE)" if flags else "FALSE"


def folds_of(ready: ReadyFact, writer: Writer) -> list[str]:
    """What the rows of each subject come to: the fact itself, and whether a row leaves it open."""
    name, condition = ready.name, row_value(ready, writer)
    hit, unknown = quoted(f"hit.{name}"), quoted(f"open.{name}")
    differ = "FALSE"
    match ready.fact.member_fold:
        case "any" | "none":
            folded = f"COALESCE(BOOL_OR({condition}), FALSE)"
        case "all":
            folded = f"COALESCE(BOOL_OR(NOT {condition}), FALSE)"
        case "count":
            folded = f"COUNT(*) FILTER (WHERE {condition})"
        case "distinct":
            # What is blank or not there is no value: there are at least so many, and nothing leaves that open.
            return [f"COUNT(DISTINCT {condition}) AS {hit}", f"FALSE AS {unknown}"]
        case "min" | "max" if ready.type is ValueType.BOOL:
            folded = f"{'BOOL_AND' if ready.fact.member_fold == 'min' else 'BOOL_OR'}({condition})"
        case fold:
            folded = f"{str(fold).upper()}({condition})"
            if may_be_silent(ready):
                # Rows that say one thing each are sources that disagree: none of them takes the field's place.
                differ = f"MIN({condition}) <> MAX({condition})"
    found = [f"COALESCE(BOOL_OR({is_open(ready, writer)}) OR {differ}, FALSE) AS {unknown}", f"{folded} AS {hit}"]
    if may_be_silent(ready):
        found.append(f"COALESCE(BOOL_OR({is_meant(ready, writer) or 'TRUE'} IS NOT FALSE), FALSE) AS {quoted(f'told.{name}')}")
    return found


def may_be_silent(ready: ReadyFact) -> bool:
    """Whether it takes a blank field's place by a value of some row: without any such row the field is surely blank."""
    return ready.fact.fills is not None and ready.fact.member_fold in ("min", "max")


def blank_columns(ready: ReadyFact, writer: Writer) -> list[str]:
    """For each field: whether a row's blank in it leaves the fact unknown."""
    meant, found = is_meant(ready, writer), []
    trees: list[tuple[list[str], Node | None]] = [([], ready.condition)]
    if ready.condition is None:
        # Of a value it matters only where the row may be meant.
        trees = [([], ready.where), ([f"{meant} IS NOT FALSE"] if meant else [], ready.node)]
    for name in member_fields(ready):
        blanks = [
            " AND ".join([*unless, *(f"{writer.write(part)} IS NULL" for part in (*above, ref))])
            for unless, tree in trees
            for above, ref in (paths(tree) if tree is not None else ())
            if ref.name == name and ref.kind is NameKind.FIELD
        ]
        found.append(f"COALESCE(BOOL_OR({' OR '.join(blanks)}), FALSE) AS {quoted(blank_column(ready.name, name))}")
    return found


def row_matters(ready: ReadyFact, condition: str, meant: str, *, named: bool) -> str:
    """Which rows one has to look at to see why a fact is what it is; ``named``: all those that a number is made of."""
    match ready.fact.member_fold:
        case "all":
            return f"{condition} IS NOT TRUE"
        case "any" | "none" if meant:
            # Of those that are meant one also wants to see the row that says no.
            return f"{meant} IS NOT FALSE"
        case "any" | "none":
            return f"{condition} IS NOT FALSE"
        case "count" if named:
            # A contradiction that rests on a number rests on the rows that were counted.
            return f"{condition} IS NOT FALSE"
        case "distinct":
            return f"{condition} IS NOT NULL"
        case "sum" | "min" | "max" if meant:
            # Few are meant, and the value stands in one of them.
            return f"{meant} IS NOT FALSE"
        case "count" if meant:
            return f"{condition} IS NOT FALSE"
        case _:
            return f"{condition} IS NULL" if not named else "TRUE"
