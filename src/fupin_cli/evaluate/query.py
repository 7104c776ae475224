"""One SQL query per standard: base relation, member facts, derived columns, missing fields."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from fupin_cli.evaluate.forward import Forward
from fupin_cli.evaluate.joins import DAY, KEY, YEAR, Apart
from fupin_cli.evaluate.layers import Layers, needs
from fupin_cli.evaluate.members import member_sql, subject_places
from fupin_cli.evaluate.missing import MISSING, Backward
from fupin_cli.evaluate.parts import add_parts
from fupin_cli.evaluate.sql import quoted, sql_type
from fupin_cli.model.between import PREVIOUS
from fupin_cli.model.household import MEMBER_COUNT
from fupin_cli.model.tables import SHEET, TABLES, Table, fields, worked_out
from fupin_cli.rules.expression import NameKind, Node, names
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyStandard, joined_by, leaves


@dataclass(frozen=True)
class Query:
    """The SQL of a standard over given tables."""

    #: Names the member rows behind the facts; empty where no fact looks at members.
    witnesses: str
    #: Gives the parts of the conditions about member rows; empty where nobody asks for parts.
    rows: str
    #: Names of the result's columns ``missing.*``.
    missing: tuple[str, ...]
    #: Fields that the standard looks at, in the order of the table.
    used: tuple[str, ...]
    #: What ``verdicts`` is made of: its common table expressions, the columns chosen from the last, and the name of that.
    relations: tuple[str, ...]
    shown: tuple[str, ...]
    last: str

    @property
    def verdicts(self) -> str:
        """The SQL of everything that it shows."""
        return self.of(self.shown)

    def of(self, shown: Iterable[str]) -> str:
        """The SQL of these of the columns that it shows."""
        chosen = ",\n  ".join(['"_i"', *shown])
        return "WITH " + ",\n".join(self.relations) + f"\nSELECT\n  {chosen}\nFROM {self.last}"


#: The relation in which every subject has what the rows that belong to it come to; what follows looks at this alone.
JOINED = "joined"
#: The columns that somebody wants to see, from those that there are: of the verdict, and of what is missing.
Chosen = Callable[[Iterable[str], Iterable[str]], list[str]]


def build_query(
    standard: ReadyStandard,
    parameters: Parameters,
    tables: Mapping[str, Table],
    as_of: date | None,
    assumed: Mapping[str, str],
    apart: Apart | None = None,
    *,
    parts: bool = False,
    register: Chosen | None = None,
    only: Sequence[str] | None = None,
) -> Query:
    """The query that judges every row of the standard's subject table; ``_i`` is the row's position.

    ``apart``: the rows are worked cases, each a sheet of its own that knows nothing of the others.
    ``parts``: the values of all parts of all conditions, too. ``only``: nothing but these columns, which costs far less.
    ``register``: the query is for tables that nobody has looked at, so it is right whatever rows they have; of its result it
    shows these columns. The tables given only say which fields there are.
    """
    subject = tables[standard.subject]
    known = used_fields(standard, parameters)
    used = known if register is not None else _with_figures(standard, known)
    members = member_sql(standard, parameters, tables, apart, register=register is not None)
    base_columns = _base_columns(subject, used, as_of, apart, register=register is not None) | members.base
    constant = {name: sql == "TRUE" for name, sql in base_columns.items() if sql in ("TRUE", "FALSE")}
    # Member facts name the size's flag in the base itself, so that one stays a column.
    base_columns = {name: sql for name, sql in base_columns.items() if name not in constant or name == f"bad.{MEMBER_COUNT}"}
    nowhere = frozenset(name for name in standard.facts if members.columns.get(f"rows.{name}") == "FALSE")
    forward = Forward(standard, parameters, dict(assumed), constant, Layers([*base_columns, *members.columns]), nowhere)
    forward.build(used)
    if parts:
        add_parts(forward)
    # Whoever asks for a few columns asks for no verdict, so nothing has to be missing from one.
    whole = only is None and not standard.is_quality
    layers = Backward(forward).build() if whole else Layers(forward.layers.levels)
    choose = register or (partial(_shown, standard) if only is None else lambda *_: [quoted(name) for name in only])
    shown = choose(forward.layers.levels, layers.levels)
    # What nobody shows need not be computed: half of what could be asked of a field never is.
    wanted = forward.layers.keep(layers.keep(needs(" ".join(shown)) | {"_i"}))
    joined = {name: sql for name, sql in members.columns.items() if name in wanted}
    wanted |= needs(" ".join([*joined.values(), *members.parts, *members.joins]))
    base = _select("base", {name: sql for name, sql in base_columns.items() if name in wanted}, f"{quoted(subject.name)} AS s")
    start = _select(JOINED, joined, "base AS b" + "".join(f"\n  {part}" for part in members.joins), ["b.*"])
    forward_parts, last = forward.layers.render(JOINED, "step")
    missing_parts, final = layers.render(last, "need")
    relations = [base, *members.parts, start, *forward_parts, *missing_parts]
    witnesses = _of_rows(base, members.rows, members.witnesses)
    inside = _of_rows(base, members.rows, members.row_parts) if parts else ""
    missing = tuple(name for name in layers.levels if name.startswith(MISSING))
    return Query(witnesses, inside, missing, used, tuple(relations), tuple(shown), final)


def _of_rows(base: str, relations: list[str], found: list[str]) -> str:
    """One query over member rows, in the order of facts, subjects and rows; empty where none looks at any."""
    if not found:
        return ""
    return "WITH " + ",\n".join([base, *relations]) + "\n" + "\nUNION ALL ".join(found) + '\nORDER BY "fact", "_i", "_member"'


def _select(name: str, columns: Mapping[str, str], relations: str, first: Iterable[str] = ()) -> str:
    """A common table expression of these columns."""
    chosen = [*first, *(f"{sql} AS {quoted(column)}" for column, sql in columns.items())]
    return f"{name} AS (\n  SELECT " + ",\n    ".join(chosen) + f"\n  FROM {relations})"


def _shown(standard: ReadyStandard, forward: Iterable[str], backward: Iterable[str]) -> list[str]:
    """The columns that a result keeps, by their names in it."""
    looked = {ref.name for check in standard.checks.values() for ref in check.names()}
    looked |= {rate.limit for rate in standard.standard.rates.values() if rate.limit is not None}
    behind = {
        name
        for ready in standard.facts.values()
        for name in (*(leaves(standard, ready) if ready.fact.over is None else joined_by(ready)), ready.fact.per)
    }

    def shows(column: str) -> bool:
        section, _, name = column.partition(".")
        match section:
            case "may" | "status" | "margin" | "conflict" | "part":
                return bool(name)
            case "limit":
                return name in looked
            case "given":
                return not standard.is_quality or name in looked or name in behind
            case _:
                return False

    shown = [quoted(name) for name in ("outcome", "row", "year", *filter(shows, forward))]
    facts = list(standard.facts) + [ready.fact.per for ready in standard.facts.values() if ready.fact.per is not None]
    shown += [f"{quoted(name)} AS {quoted(f'fact.{name}')}" for name in dict.fromkeys(facts)]
    figures = [name for name in standard.standard.named_figures() if name in fields(standard.subject)]
    shown += [f"{quoted(name)} AS {quoted(standard.standard.settled(name))}" for name in figures]
    lacking = [name for name in backward if name.startswith(MISSING)]
    return shown + [quoted(name) for name in in_order_of_missing(lacking, standard.subject)]


def in_order_of_missing(columns: Iterable[str], subject: str) -> list[str]:
    """The columns of a result, those of what is missing last and in the order of the table: so they read as the sheet does."""
    order = {f"{MISSING}{name}": place for place, name in enumerate(fields(subject))}
    others: list[str] = []
    lacking: list[str] = []
    for name in columns:
        (lacking if name.startswith(MISSING) else others).append(name)
    return others + sorted(lacking, key=lambda name: (order.get(name, len(order)), name))


def _with_figures(standard: ReadyStandard, used: Sequence[str]) -> tuple[str, ...]:
    """These fields, and those that only a step or rate names: no verdict rests on them, but they are shown beside it."""
    named = {*standard.standard.named_figures()} & {*fields(standard.subject)}
    return in_order({*used, *named}, standard.subject)


def in_order(found: set[str], subject: str) -> tuple[str, ...]:
    """Fields in the order of the table. What comparing the years gives stands in no sheet: it comes last."""
    declared = fields(subject)
    return (*(name for name in declared if name in found), *sorted(found - set(declared)))


def used_fields(standard: ReadyStandard, parameters: Parameters) -> tuple[str, ...]:
    """The subject's fields that the standard can look at, with those that say who the subject is."""
    found = {KEY, YEAR, MEMBER_COUNT} & set(fields(standard.subject))
    nodes: list[Node] = [standard.applies] if standard.applies is not None else []
    nodes += [row.when for row in standard.rows if row.when is not None]
    for check in standard.checks.values():
        nodes += [check.require] if check.applies is None else [check.applies, check.require]
    for fact in standard.facts.values():
        if fact.fact.over is None:
            nodes.append(fact.node)
        found |= {name for name in (fact.fact.fills, fact.fact.per) if name is not None}
    found |= subject_places(standard, parameters)
    for node in nodes:
        for ref in names(node):
            by = parameters.pack.parameters[ref.name].by if ref.kind is NameKind.PARAMETER else None
            found |= {ref.name} if ref.kind is NameKind.FIELD else {by} if by is not None else set()
    return in_order(found, standard.subject)


def _base_columns(
    subject: Table, used: tuple[str, ...], as_of: date | None, apart: Apart | None, *, register: bool
) -> dict[str, str]:
    """What is given: each field's value, whether its cell is unreadable, and whether its sheet has it at all."""
    columns = {"_i": 's."_i"', "as_of": "CAST(NULL AS DATE)"}
    for name in used:
        nothing = f"CAST(NULL AS {sql_type(subject.name, name)})"
        columns[f"given.{name}"] = f"s.{quoted(name)}" if subject.has(name) else nothing
        columns[f"bad.{name}"] = f"s.{quoted(f'bad.{name}')}" if name in subject.unreadable else "FALSE"
        columns[f"absent.{name}"] = _absent(subject, name)
    year = columns.get(f"given.{YEAR}", "CAST(NULL AS BIGINT)")
    if as_of is not None and year_is_silent(subject):
        year = f"CAST({as_of.year} AS BIGINT)"
    elif as_of is not None and register:
        year = f"CASE WHEN COUNT({year}) OVER () = 0 THEN CAST({as_of.year} AS BIGINT) ELSE {year} END"
    columns[YEAR] = year
    if f"given.{YEAR}" in columns:
        columns[f"given.{YEAR}"] = year
    columns["as_of"] = f"DATE '{as_of.isoformat()}'" if as_of is not None else f"MAKE_DATE(CAST({year} AS INTEGER), 12, 31)"
    if DAY in subject.data.column_names:
        columns["as_of"] = f'COALESCE(s."{DAY}", {columns["as_of"]})'
    if apart is not None:
        columns[SHEET] = f's."{SHEET}"'
    return columns


def _absent(subject: Table, name: str) -> str:
    """TRUE for rows of sheets that do not have the field: there nothing can be blank, it is simply not said."""
    if name in worked_out(subject.name):
        return "TRUE"
    if name.startswith(PREVIOUS):
        return _absent_before(subject, name)
    if name in TABLES[subject.name].SPARED:
        return "FALSE"
    lacking = [str(index) for index, sheet in enumerate(subject.sheets) if name not in sheet.letters]
    if not lacking:
        return "FALSE"
    return "TRUE" if len(lacking) == len(subject.sheets) else f's."{SHEET}" IN ({", ".join(lacking)})'


def _absent_before(subject: Table, name: str) -> str:
    """The same of last year's field; of a register it is known by the year of that row."""
    if subject.has(f"absent.{name}"):
        return f"s.{quoted(f'absent.{name}')}"
    return f"(s.{quoted(PREVIOUS + YEAR)} IS NULL)" if subject.has(name) and subject.has(PREVIOUS + YEAR) else "TRUE"


def needs_year(standard: ReadyStandard, parameters: Parameters) -> bool:
    """Whether a standard asks for the day of judgement, or for a number that depends on the year."""
    if any(ref.kind is NameKind.AS_OF for node in standard.nodes() for ref in names(node)):
        return True
    return any(period.source is not None for name in standard.parameters() for period in parameters.periods(name))


def year_is_silent(table: Table) -> bool:
    """Whether the data has no 年度 at all, so that the day of judgement also gives the year."""
    if not table.has(YEAR):
        return True
    # A table that has lost all its rows has nothing to say about years, nor anybody to judge by one.
    return YEAR not in table.unreadable and table.data.column(YEAR).null_count == table.data.num_rows > 0
