"""What is said in the printed query: of the pack and its documents, of tables and parameters, of each check and its clause."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fupin_cli.evaluate.printed.dialects import Dialect
from fupin_cli.evaluate.printed.expected import Columns
from fupin_cli.evaluate.printed.shown import MARGIN_OF, STATUS_OF
from fupin_cli.evaluate.sql import sql_type
from fupin_cli.messages import Lang, say
from fupin_cli.model.cited import Citation, Document
from fupin_cli.model.parameter import Period
from fupin_cli.model.tables import TABLES, fields, is_between
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.standard import ReadyCheck, ReadyFact, ReadyStandard


@dataclass(frozen=True)
class Remarks:
    """Speaks of one standard in one language."""

    standard: ReadyStandard
    parameters: Parameters
    dialect: Dialect
    as_of: date | None
    lang: Lang

    def say(self, code: str, /, **facts: object) -> str:
        """A message in the language."""
        return say(code, self.lang, **facts)

    def head(self, wanted: Columns, there: Columns) -> Iterator[str]:
        """What stands above the query."""
        pack, standard = self.parameters.pack, self.standard.standard
        yield self.say("sql-pack", pack=pack.name, version=pack.head.version, title=pack.head.title.say(self.lang))
        yield f"  sha256 {pack.sha256}"
        yield self.say("sql-standard", standard=standard.standard, title=standard.title.say(self.lang))
        yield self.say("sql-day", day=self.as_of.isoformat()) if self.as_of is not None else self.say("sql-day-year-end")
        yield self.say("sql-for", title=self.dialect.title)
        yield ""
        yield from self._tables(wanted, there)
        if self.standard.parameters():
            yield ""
            yield self.say("sql-parameters")
            for name in self.parameters.pack.parameters:
                if name in self.standard.parameters():
                    yield from self._parameter(name)
        yield ""
        yield self.say("sql-documents")
        for name, document in self._cited():
            parts = (document.issuer, document.number, document.issued, document.note)
            origin = self.say("list-comma").join(str(part) for part in parts if part)
            yield "  " + self.say("document", id=name, title=document.title, origin=origin)
        yield ""
        yield self.say("sql-result")
        yield self.say("sql-unknown")

    def _cited(self) -> Iterator[tuple[str, Document]]:
        cites = [check.check.cite.document for check in self.standard.checks.values()]
        sources = [period.source for name in self.standard.parameters() for period in self.parameters.periods(name)]
        cites += [source.cite.document for source in sources if source is not None and source.cite is not None]
        return ((name, found) for name, found in self.parameters.pack.head.documents.items() if name in cites)

    def _tables(self, wanted: Columns, there: Columns) -> Iterator[str]:
        yield self.say("sql-tables")
        for table, columns in there.items():
            yield f"  {table} {self.say(f'table-{table}')}"
            for name in columns:
                yield f"    {name}  {sql_type(table, name)}  {self._field(table, name)}"
        lacking = [f"{table}.{name}" for table, names in wanted.items() for name in names if name not in there.get(table, ())]
        if lacking:
            yield self.say("sql-lacking", names=self.say("list-comma").join(lacking))
        own = next(iter(there))
        yield self.say("sql-view", table=own, column=there[own][0], label=fields(own)[there[own][0]].label)
        yield self.say("sql-columns", table=own)
        if any(is_between(name, own) for name in there[own]):
            yield self.say("sql-years", table=own)
        for table in there:
            for part, whole in TABLES[table].PARTS if not self.standard.is_quality else ():
                if {part, whole} <= {*there[table]}:
                    yield self.say("sql-part", part=f"{table}.{part}", whole=f"{table}.{whole}")
            if not TABLES[table].REPEATS and table != "person":
                yield self.say("sql-once", table=table, names=" + ".join((*TABLES[table].KEY, "year")))

    def _field(self, table: str, name: str) -> str:
        """A field's label, unit and allowed values."""
        column = fields(table)[name]
        text = column.label + (f" {self.say(f'unit-{column.unit}')}" if column.unit else "")
        if column.form.codes:
            return f"{text} {self.say('sql-codes', values=' / '.join(column.form.codes))}"
        if column.smallest is None or column.largest is None:
            return text
        return f"{text} {self.say('sql-bounds', smallest=column.smallest, largest=column.largest)}"

    def _parameter(self, name: str) -> Iterator[str]:
        parameter = self.parameters.pack.parameters[name]
        unit = "" if parameter.is_list else self.say(f"unit-{parameter.unit}")
        yield f"  {name}  {parameter.title.say(self.lang)} {unit}".rstrip()
        for period in self.parameters.periods(name):
            yield f"    {self._period(period)}"

    def _period(self, period: Period) -> str:
        value = value_text(period)
        if period.source is None:
            return self.say("sql-chosen", value=value)
        years = f"{period.first}" if period.first == period.last else f"{period.first}-{period.last or ''}"
        text = f"{years}  {period.where or ''}  {value}".replace("    ", "  ")
        if period.source.status is not None:
            text += self.say("unconfirmed")
        if period.source.origin is not None:
            text += "  " + self.say("rules-origin", origin=period.source.origin)
        return text + (f"  {_clause(period.source.cite)}" if period.source.cite is not None else "")

    def of_relation(self, kind: str) -> Sequence[str]:
        """What is said of the first common table expression of a kind."""
        match kind:
            case "table":
                return (self.say("sql-of-table"),)
            case "base":
                return ("", self.say("sql-of-base"))
            case "members" | "asked":
                return ("", self.say("sql-of-members"))
            case "joined":
                return ("", self.say("sql-of-joined"))
            case "step":
                return ("", self.say("sql-of-step"))
            case "need":
                return ("", self.say("sql-of-need"))
            case "verdict":
                return ("", self.say("sql-of-verdict"))
            case _:
                return ()

    def of(self, column: str) -> Sequence[str]:
        """What is said of a column of the query; nothing of one whose name had to be cut."""
        section, _, name = column.partition(".")
        for prefix in (STATUS_OF, MARGIN_OF):
            if column.startswith(prefix) and column.removeprefix(prefix) in self.standard.checks:
                return self._check(self.standard.checks[column.removeprefix(prefix)]) if prefix == STATUS_OF else ()
        match section:
            case "holds" | "for" if name in self.standard.checks:
                check = self.standard.checks[name].check
                return (self.say("sql-check", name=name, condition=check.require if section == "holds" else check.applies),)
            case "limit" if name in self.parameters.pack.parameters:
                return (self._limit(name),)
            case "when":
                row = self.standard.rows[int(name)].row
                title = self.standard.standard.outcomes[row.outcome].title.say(self.lang)
                condition = row.when or self.say("rules-otherwise")
                return (self.say("sql-row", number=int(name) + 1, condition=condition, title=title),)
            case "hit" if name in self.standard.facts:
                return (self._fact(self.standard.facts[name]),)
            case _ if column in self.standard.facts and self.standard.facts[column].fact.over is None:
                return (self._fact(self.standard.facts[column]),)
        return ()

    def _limit(self, name: str) -> str:
        unconfirmed = any(period.source is not None and period.source.status for period in self.parameters.periods(name))
        title = self.parameters.pack.parameters[name].title.say(self.lang)
        return f"${name}  {title}{self.say('unconfirmed') if unconfirmed else ''}"

    def _fact(self, ready: ReadyFact) -> str:
        fact = ready.fact
        meant = f" ({fact.where})" if fact.where is not None else ""
        fold = f"{fact.member_fold} {fact.over}{meant}: " if fact.member_fold is not None else ""
        return self.say("sql-fact", name=ready.name, title=fact.title.say(self.lang), expression=f"{fold}{fact.expression}")

    def _check(self, ready: ReadyCheck) -> Sequence[str]:
        check = ready.check
        lines = [f"{check.title.say(self.lang)} [{self.say(f'severity-{check.severity}')}]", f"  {check.require}"]
        if check.applies is not None:
            lines.append("  " + self.say("rules-applies", condition=check.applies))
        lines.append(f"  {_clause(check.cite)}")
        return [*lines, *([] if check.reading is None else ["  " + self.say("rules-reading", reading=check.reading)])]


def _clause(cite: Citation) -> str:
    return f"[{cite.document}] {cite.clause} “{cite.quote}”"


def value_text(period: Period) -> str:
    """A parameter's value: a number in plain digits, or the items of a list."""
    return "、".join(period.value) if isinstance(period.value, tuple) else f"{period.value.normalize():f}"
