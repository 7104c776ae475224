"""A rule pack as its files say it: identity, standards, and the parameters it has. Expressions are still text here."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from fupin_cli.model.cited import Citation, Document, Name, PlainDate, PlainInt, Said, Slug, Strict, Title, said
from fupin_cli.model.parameter import Parameter

Severity = Literal["gate", "finding", "warning"]
MemberFold = Literal["any", "all", "none", "count", "sum", "min", "max", "distinct"]
FOLDS: tuple[MemberFold, ...] = ("any", "all", "none", "count", "sum", "min", "max", "distinct")

#: Outcomes that every standard has beside its own.
UNDETERMINED, NOT_APPLICABLE = "undetermined", "not_applicable"
#: ``on`` as a map has an entry for the subject's table and one for that of the other rows.
_SIDES = ("subject", "over")


def _both_sides(value: object) -> object:
    if isinstance(value, str):
        return said(value)
    if not (isinstance(value, Mapping) and len(value) == len(_SIDES) and all(isinstance(text, str) for text in value.values())):
        raise PydanticCustomError("pack-fact-on-shape", "pack-fact-on-shape")
    return {table: said(text) for table, text in value.items()}


On = Annotated[str | Mapping[str, str], BeforeValidator(_both_sides)]


class Fact(Strict):
    """A named value of a subject: of its own fields (``value``), or of the rows that belong to it (``over``)."""

    title: Title
    #: An expression over the subject's own fields and facts.
    value: Said | None = None
    #: Divisor of ``value``: the quotient is never formed, comparisons with it are cross-multiplied.
    per: Name | None = None
    #: Table whose rows are looked at, and the table of the subject they belong to.
    over: Name | None = None
    by: Name | None = None
    any: Said | None = None
    all: Said | None = None
    none: Said | None = None
    count: Said | None = None
    sum: Said | None = None
    min: Said | None = None
    max: Said | None = None
    distinct: Said | None = None
    #: A row belongs to a subject where this gives the same known value for both: an expression over names that both tables have,
    #: or one for each of the two tables.
    on: On | None = None
    #: Condition of the rows that are meant; the fact is about these only.
    where: Said | None = None
    #: Field of the subject that takes this fact's value where it is blank; if both are known and differ, it is unknown.
    fills: Name | None = None
    #: Our choice where the words leave one.
    reading: Said | None = None

    @model_validator(mode="after")
    def _one_meaning(self) -> Self:
        if (self.value is None) == (self.member_fold is None):
            raise PydanticCustomError("pack-fact-shape", "pack-fact-shape")
        if (self.over is None) != (self.by is None) or (self.over is None) == (self.value is None):
            raise PydanticCustomError("pack-fact-shape", "pack-fact-shape")
        if (self.on is not None or self.where is not None) and self.over is None:
            raise PydanticCustomError("pack-fact-shape", "pack-fact-shape")
        if self.per is not None and (self.value is None or self.fills is None):
            raise PydanticCustomError("pack-fact-shape", "pack-fact-shape")
        return self

    @property
    def member_fold(self) -> MemberFold | None:
        """What the fact takes over its rows (any, all, count ...); none for a plain value."""
        chosen = [fold for fold in FOLDS if getattr(self, fold) is not None]
        return chosen[0] if len(chosen) == 1 else None

    @property
    def only_presence(self) -> bool:
        """Whether it only says that there are rows: the smallest or largest of one number, unknown where there is none."""
        return self.member_fold in ("min", "max") and self.expression.isdigit()

    @property
    def expression(self) -> str:
        """The expression as written."""
        fold = self.member_fold
        return str(getattr(self, fold)) if fold is not None else str(self.value)


class Check(Strict):
    """One requirement with its words, its clause, and what to do when it is not met."""

    title: Title
    #: Why it matters, for whoever is asked to correct something.
    why: Title | None = None
    severity: Severity
    #: One of several ways to an outcome: not to go it is no failure, and so is told only where it explains the outcome.
    way: bool = False
    applies: Said | None = None
    require: Said
    remedy: Title
    cite: Citation
    reading: Said | None = None


class Outcome(Strict):
    """A verdict that a standard can reach, and whether its subject then meets the standard."""

    title: Title
    meets: bool
    #: Whether reports list its subjects although they meet the standard: whom it says something has to be done about.
    listed: bool = False


class DecisionRow(Strict):
    """A row of the decision list: the first whose condition holds gives the outcome."""

    outcome: Name
    when: Said | None = None
    default: Literal["true"] | None = None
    #: What this row says beyond its outcome: the next step, the reason.
    note: Title | None = None

    @model_validator(mode="after")
    def _condition_or_default(self) -> Self:
        if (self.when is None) == (self.default is None):
            raise PydanticCustomError("pack-row-shape", "pack-row-shape")
        return self


Names = Name | Annotated[tuple[Name, ...], Field(min_length=1)]


def _listed(names: Names | None) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names or ()


class Property(Strict):
    """What a change of one value must never do to a verdict: whoever has such an outcome keeps it. It is proved."""

    title: Title
    #: Fields, or facts over rows: a larger number, a later day, TRUE in place of FALSE; each by itself.
    raises: Names | None = Field(default=None, alias="raise")
    #: The same downwards.
    lowers: Names | None = Field(default=None, alias="lower")
    #: Outcomes that are not lost: from one of them a subject may come to another of them.
    keeps: Names

    @model_validator(mode="after")
    def _some_change(self) -> Self:
        if self.raises is None and self.lowers is None:
            raise PydanticCustomError("pack-property-shape", "pack-property-shape")
        return self

    def changes(self) -> list[tuple[str, bool]]:
        """Each name that is changed, and whether upwards."""
        return [(name, True) for name in _listed(self.raises)] + [(name, False) for name in _listed(self.lowers)]

    @property
    def kept(self) -> tuple[str, ...]:
        """The outcomes that are not lost."""
        return _listed(self.keeps)


class Step(Strict):
    """A step of a calendar: the day it was done, and the checks that say how it stands."""

    title: Title
    #: A field or fact of the subject that is a day; while it is blank or later than the day of judgement, the step is not done.
    date: Name
    #: Passes where it was done in its window, fails where it was done outside; not applicable while it is not done.
    window: Name
    #: Passes where every earlier step is done and not later; not applicable while it is not done.
    order: Name | None = None
    #: Not applicable once it is done; until then passes while there is still time, and fails when it is overdue.
    deadline: Name | None = None
    #: Not applicable once it is done; until then passes while its window is not open yet, and fails from then on.
    opening: Name | None = None

    def checks(self) -> dict[str, str]:
        """The checks that say how it stands, by what each of them says."""
        named = {"window": self.window, "order": self.order, "deadline": self.deadline, "opening": self.opening}
        return {key: check for key, check in named.items() if check is not None}


class RatePart(Strict):
    """A part of a rate: so many people, or so many people times a rate that a sample found."""

    title: Title
    people: Name
    #: Another rate of the standard.
    rate: Name | None = None


class RateOf(Strict):
    """A rate that a standard decides on, and the figures that it is found by: fields or facts of the subject."""

    title: Title
    hits: Name | None = None
    #: In place of ``hits``: the sum of these over ``of``.
    parts: Sequence[RatePart] = ()
    of: Name
    #: Whether everybody was counted, or only those in a sample.
    counted: Literal["whole", "sample"] | None = None
    #: Of how many the sample was drawn.
    population: Name | None = None
    #: A parameter in percent, and whether the rate has to reach it; else it must not be over it.
    limit: Name | None = None
    at_least: bool = False
    #: What a survey sheet counts for it, so that it can be told who was asked where.
    survey: Literal["wrong-exit", "missed", "approval"] | None = None
    #: The check that decides on it.
    check: Name | None = None

    @model_validator(mode="after")
    def _one_numerator(self) -> Self:
        if (self.hits is None) == (not self.parts) or (self.hits is None) != (self.counted is None):
            raise PydanticCustomError("pack-rate-shape", "pack-rate-shape")
        if self.counted != "sample" and (self.population is not None or self.survey is not None):
            raise PydanticCustomError("pack-rate-sample", "pack-rate-sample")
        if self.at_least and self.limit is None:
            raise PydanticCustomError("pack-rate-shape", "pack-rate-shape")
        return self

    def figures(self) -> tuple[str, ...]:
        """The fields and facts that it is made of: hits, of, population; or of, and the people of each part."""
        if self.hits is None:
            return (self.of, *(part.people for part in self.parts))
        return (self.hits, self.of, *((self.population,) if self.population is not None else ()))


class Standard(Strict):
    """One standard: facts, checks and the decision list over them."""

    standard: Slug
    title: Title
    #: ``quality``: says what contradicts itself in the data. What is unknown finds nothing there and leaves no verdict open.
    kind: Literal["verdict", "quality"] = "verdict"
    subject: Name
    applies: Said | None = None
    #: Inherited checks, steps and rates that this pack's document does not have.
    without: Sequence[Name] = ()
    facts: Mapping[Name, Fact] = Field(default_factory=dict)
    checks: Mapping[Name, Check] = Field(default_factory=dict)
    outcomes: Mapping[Name, Outcome] = Field(default_factory=dict)
    decide: Sequence[DecisionRow] = ()
    #: What is known of the standard as a whole, and proved by ``rules check``.
    properties: Mapping[Name, Property] = Field(default_factory=dict)
    #: The calendar that it looks at, in the order in which its steps follow one another.
    steps: Mapping[Name, Step] = Field(default_factory=dict)
    #: The rates that it decides on, so that a report shows counts, interval and denominator.
    rates: Mapping[Name, RateOf] = Field(default_factory=dict)

    def named_figures(self) -> tuple[str, ...]:
        """The fields and facts that its steps and rates name, each once."""
        rates = (name for rate in self.rates.values() for name in rate.figures())
        return tuple(dict.fromkeys([*(step.date for step in self.steps.values()), *rates]))

    def settled(self, name: str) -> str:
        """The column of a result in which a figure that a step or rate names stands as the standard settles it."""
        return f"fact.{name}" if name in self.facts else f"settled.{name}"


class Effective(Strict):
    """From when to when a pack is in force."""

    start: PlainDate = Field(alias="from")
    end: PlainDate | None = Field(default=None, alias="to")


class PackHead(Strict):
    """A pack's identity: its ``pack.yaml``."""

    pack: Slug
    version: PlainInt
    title: Title
    documents: Mapping[Name, Document]
    effective: Effective
    extends: Slug | None = None


class Pack(Strict):
    """A whole pack with what it inherits: identity, parameters, standards."""

    head: PackHead
    parameters: Mapping[Name, Parameter]
    standards: Mapping[Slug, Standard]
    #: SHA-256 over the pack's files and those it extends, line ends made equal.
    sha256: str

    @property
    def name(self) -> str:
        """The pack's id."""
        return self.head.pack
