"""A result in words: values, units, places, and the sentence that says why a check is what it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from fupin_cli.messages import Lang, say
from fupin_cli.model.cited import Citation
from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED, Fact
from fupin_cli.model.parameter import ParameterValue, Period
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.result import KEY_JOINT, StandardResult
from fupin_cli.model.run import Result, Rules
from fupin_cli.model.tables import TABLES, named
from fupin_cli.model.view import CheckView, Missing, SubjectView, Value
from fupin_cli.report.inforce import used_periods
from fupin_cli.report.mask import mask, mask_key, mask_whole
from fupin_cli.report.near import not_allowed
from fupin_cli.report.numbers import number_text, parameter_text
from fupin_cli.report.options import Options, tells
from fupin_cli.report.problems import problem_words, safe, visible

#: Fields that are numbers of a register.
NUMBERED = frozenset({"household_id", "person_id", "subject_id"})
#: Most cells named in one sentence; a household has few members, a broken file many cells.
_CELLS = 6
#: Most items of a list in one sentence.
_ITEMS = 5


@dataclass(frozen=True)
class Words:
    """Speaks of one result in one language."""

    result: Result
    options: Options
    #: The verdicts whose names are meant; those of the result's first table where none are given.
    about: StandardResult | None = None

    @property
    def judged(self) -> StandardResult:
        """The verdicts whose names are meant."""
        return self.about if self.about is not None else self.result.groups[0].main

    @property
    def rules(self) -> Rules:
        """The pack that is meant, with the parameters used."""
        return self.result.of(self.judged)

    def of(self, judged: StandardResult) -> "Words":
        """The words for the verdicts of another standard."""
        return replace(self, about=judged)

    @property
    def lang(self) -> Lang:
        """The language."""
        return self.options.lang

    def say(self, code: str, /, **facts: object) -> str:
        """A message of the catalogue."""
        return say(code, self.lang, **facts)

    def safe(self, text: str) -> str:
        """A text from the data as it may be shown."""
        return safe(text, self.options)

    def key(self, text: str) -> str:
        """What a subject is known by, as it may be shown: a number of ours stays readable, the name of a place is a text."""
        if not self.options.mask:
            return visible(text)
        return visible(mask(text) if NUMBERED.isdisjoint(TABLES[self.judged.standard.subject].KEY) else mask_key(text))

    def value(self, value: Value) -> str:
        """A value of any type."""
        match value:
            case None:
                return self.say("value-blank")
            case bool():
                return self.say("value-yes" if value else "value-no")
            case Decimal():
                return number_text(value)
            case date():
                return value.isoformat()
            case _:
                return self.safe(str(value))

    def shown(self, name: str, value: Value) -> Value:
        """What stood in a field, as it may be shown: of an identity or telephone number hardly anything."""
        declared = named(name, self.judged.standard.subject)
        if self.options.mask and declared is not None and declared.sensitive and isinstance(value, str):
            return mask_whole(value)
        return value

    def unit(self, unit: str) -> str:
        """A unit in words."""
        return self.say(f"unit-{unit}")

    def amount(self, value: Decimal, unit: str) -> str:
        """A number with its unit."""
        return f"{number_text(value)} {self.unit(unit)}".strip()

    def count(self, number: int) -> str:
        """So many subjects."""
        return self.say(f"count-{self.judged.standard.subject}", count=number)

    def label(self, name: str) -> str:
        """The words for a field, a member's field, a fact or a parameter."""
        standard = self.judged.standard
        declared = named(name, standard.subject)
        if declared is not None:
            table, label = name.partition(".")[0], declared.title(self.lang)
            if table not in TABLES or "." not in name:
                return label
            return self.say("member-field", label=label) if table == "person" else self.row_field(table, label)
        if name in standard.facts:
            return standard.facts[name].title.say(self.lang)
        if name in self.rules.pack.parameters:
            return self.rules.pack.parameters[name].title.say(self.lang)
        return name

    def row_field(self, table: str, label: str) -> str:
        """The words for a field of another table's row."""
        return self.say("row-field", table=self.say(f"table-{table}"), label=label)

    def outcome(self, name: str) -> str:
        """The words for an outcome."""
        if name in (UNDETERMINED, NOT_APPLICABLE):
            return self.say(f"outcome-{name}")
        return self.judged.standard.outcomes[name].title.say(self.lang)

    def place(self, address: Address) -> str:
        """A cell, with its file where there are several."""
        path = self.result.inputs[address.input].path if len(self.result.inputs) > 1 else ""
        return self.safe(f"{path} {address}".strip())

    def cells(self, addresses: Sequence[Address]) -> str:
        """Several cells, in parentheses; empty for none."""
        if not addresses:
            return ""
        return self.say("in-parentheses", text=self._few(addresses))

    def _few(self, addresses: Sequence[Address]) -> str:
        shown = self.say("list-comma").join(map(self.place, addresses[:_CELLS]))
        return shown + ("…" if len(addresses) > _CELLS else "")

    def reason(self, view: CheckView) -> str:
        """Why a check is what it is: the values read, the threshold in force, the margin."""
        # A fact of the members is told by what stands in their rows.
        told = {name.partition(".")[0] for name in view.observed if "." in name}
        facts = self.judged.standard.facts
        parts = [
            self.say(
                "observed",
                label=self.label(name),
                value=self.observed(view, name, value),
                cells=self.cells(view.cells.get(name, ())),
            )
            for name, value in view.observed.items()
            if name not in facts or self._tells_more(facts[name], value, view, told)
        ]
        allowed = self.judged.allowed.get(view.name, ()) if view.status == "fail" else ()
        if allowed:
            # The whole list would bury the one name that is meant.
            return self.say("comma").join([*parts, *self._not_allowed(view, allowed)])
        parts += self.asked(view)
        if view.margin is not None:
            parts.append(self.margin(view.margin, view.unit, at_limit=view.at_limit))
        return self.say("comma").join(parts)

    def asked(self, view: CheckView) -> list[str]:
        """What a check asks for: each parameter with its value in force."""
        sign = self.judged.signs.get(view.name)
        return [self._asked(name, limit, sign) for name, limit in view.threshold.items()]

    def _asked(self, name: str, limit: Decimal | str | None, sign: str | None) -> str:
        if limit is None:
            return self.say("limit-none", label=self.label(name))
        told = self.limit(name, limit)
        return self.say(f"must-{sign}", limit=told) if sign is not None else f"{self.label(name)} {told}"

    def _tells_more(self, fact: Fact, value: Value, view: CheckView, told: Collection[str]) -> bool:
        """Whether a fact says more than the rows that are shown beside it: nobody wants to add up several numbers."""
        if fact.over not in told:
            return not (fact.only_presence and value is not None)
        several = any(len(cells) > 1 for name, cells in view.cells.items() if name.startswith(f"{fact.over}."))
        return fact.member_fold == "sum" and value is not None and several

    def _not_allowed(self, view: CheckView, allowed: Sequence[str]) -> list[str]:
        found = not_allowed([value for value in view.observed.values() if isinstance(value, str)], allowed)
        return [
            self.say("not-in-list-near" if near else "not-in-list", item=self.safe(item), nearest=near) for item, near in found
        ]

    def observed(self, view: CheckView, name: str, value: Value) -> str:
        """What was read; where there is nothing, why."""
        if name in view.absent:
            return self.say(f"no-value-{view.absent[name]}")
        if value is None and name in self.judged.standard.facts:
            return self.say("value-unknown")
        return self.value(self.shown(name, value))

    def limit(self, name: str, value: Decimal | str) -> str:
        """A threshold with its unit, and the word that nobody has confirmed it."""
        known = tuple(value.split(",")) if isinstance(value, str) else value
        unsure = any(p.source is not None and p.source.status and p.value == known for p in self.rules.parameters.get(name, ()))
        if isinstance(known, tuple) and len(known) > _ITEMS:
            # The report names them all once, among the numbers that it used.
            return self.say("limit-items", count=len(known)) + (self.say("unconfirmed") if unsure else "")
        return self.quantity(name, known) + (self.say("unconfirmed") if unsure else "")

    def quantity(self, name: str, value: ParameterValue) -> str:
        """A parameter's value with its unit; a day of the year as a day."""
        if isinstance(value, Decimal) and self.rules.pack.parameters[name].unit == "month-day":
            return self.say("month-day", month=int(value) // 100, day=int(value) % 100)
        return f"{parameter_text(value)} {self.parameter_unit(name)}".strip()

    def margin(self, margin: Decimal, unit: str, *, at_limit: bool) -> str:
        """By how much."""
        if at_limit:
            return self.say("exactly-at")
        if margin == 0:
            return self.say("spare-below-cent", unit=self.unit(unit))
        return self.say("short-by" if margin < 0 else "spare-by", margin=self.amount(abs(margin), unit))

    def clause(self, cite: Citation) -> str:
        """Where the check stands: the document by its id, whose title the report gives once."""
        return self.say("clause", document=cite.document, clause=cite.clause, quote=cite.quote)

    def document(self, name: str) -> str:
        """A document by its own title and number."""
        document = self.rules.pack.head.documents[name]
        parts = (document.issuer, document.number, document.issued.isoformat() if document.issued is not None else "")
        return self.say(
            "document", id=name, title=document.title, origin=self.say("list-comma").join(part for part in parts if part)
        )

    def missing(self, items: Sequence[Missing]) -> str:
        """What would settle an undetermined subject."""
        return self.say("missing", items=self.say("semicolon").join(map(self.missing_item, items)))

    def missing_item(self, item: Missing) -> str:
        """One thing that is missing, why, and where."""
        if item.reason == "rows" and item.name != "person":
            return self.say("reason-rows-elsewhere", table=self.say(f"table-{item.name}"))
        return self.say(f"reason-{item.reason}", label=self.label(item.name), cells=self._few(item.cells))

    def tells(self, view: SubjectView, check: CheckView) -> bool:
        """Whether a check says why a subject's outcome is what it is."""
        return tells(check, self.judged.standard.outcomes.get(view.outcome))

    def who(self, view: SubjectView) -> tuple[str, str]:
        """What a subject is known by, and what else tells it: its name, year and row."""
        year = self.say("year-of", year=view.year) if view.year is not None else ""
        # A village is known by county, township and its own name: the name is said already.
        name = self.safe(view.name) if view.name != view.key.rpartition(KEY_JOINT)[2] else ""
        further = "".join(f"  {part}" for part in (name, year, self.place(view.where) if view.key else "") if part)
        return self.key(view.key) or self.place(view.where), further

    def short(self, view: SubjectView) -> str:
        """A verdict in a few words, with the next step where the decision row names one."""
        standard = self.judged.standard
        text = self.say("beside", standard=standard.title.say(self.lang), outcome=self.outcome(view.outcome))
        if view.missing:
            first = self.label(view.missing[0].name)
            return text + self.say("in-parentheses", text=self.say("missing-first", label=first, count=len(view.missing)))
        note = standard.decide[view.row].note if view.row is not None else None
        if note is None:
            return text
        return text + self.say("in-parentheses", text=note.say(self.lang))

    def problem(self, problem: Problem) -> tuple[str, str]:
        """A problem and its next step."""
        return problem_words(problem, self.options, self.place)

    def parameter_unit(self, name: str) -> str:
        """A parameter's unit in words; a list has none."""
        parameter = self.rules.pack.parameters[name]
        return "" if parameter.is_list else self.unit(parameter.unit)

    def years(self, period: Period) -> str:
        """The years in which a value is in force."""
        if period.last is None:
            return self.say("years-from", first=period.first)
        if period.last == period.first:
            return self.say("years-one", first=period.first)
        return self.say("years-between", first=period.first, last=period.last)

    def remedy(self, check: CheckView) -> str:
        """What to do about a check that is not met; of one that nobody knows, to find out first."""
        told = check.check.remedy.say(self.lang)
        return self.say("remedy-open", remedy=told) if check.status == "unknown" else told

    def parameter(self, name: str) -> str:
        """A parameter with the values that this result used."""
        shown = []
        for period in used_periods(self.result, self.rules, name):
            value = self.quantity(name, period.value)
            if period.source is None:
                shown.append(self.say("parameter-chosen", value=value))
            else:
                text = self.say("parameter-value", years=self.years(period), value=value)
                shown.append(text + (self.say("unconfirmed") if period.source.status else ""))
        return self.label(name) + self.say("colon") + self.say("semicolon").join(shown)

    def assumption(self, name: str) -> str:
        """An assumption that the user made."""
        return self.say("assumption", label=self.label(name), value=self.safe(self.result.assumptions[name]))
