"""A rule pack as its files say it: identity, parameters, standards and worked cases. Expressions are still text here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

Severity = Literal["gate", "finding", "warning"]
MemberFold = Literal["any", "all", "none", "count", "sum", "min", "max", "distinct"]
FOLDS: tuple[MemberFold, ...] = ("any", "all", "none", "count", "sum", "min", "max", "distinct")

#: Outcomes that every standard has beside its own.
UNDETERMINED, NOT_APPLICABLE = "undetermined", "not_applicable"


class Strict(BaseModel):
    """No unknown key, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def _plain_number(value: object) -> object:
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", str(value), re.ASCII):
        raise PydanticCustomError("pack-number", "pack-number")
    return value


def _plain_date(value: object) -> object:
    if not isinstance(value, date) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value), re.ASCII):
        raise PydanticCustomError("pack-date", "pack-date")
    return value


def _said(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("pack-empty", "pack-empty")
    return value


#: Units that a parameter can have; the catalogue has the words for them.
Unit = Literal[
    "yuan", "yuan-person-year", "yuan-household-year", "person", "day", "month", "year-of-age", "mu", "kilometre", "digit"
]  # fmt: skip
Amount = Annotated[Decimal, BeforeValidator(_plain_number)]
PlainInt = Annotated[int, BeforeValidator(_plain_number)]
PlainDate = Annotated[date, BeforeValidator(_plain_date)]
Said = Annotated[str, AfterValidator(_said)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Title(Strict):
    """Words for people, in both languages."""

    zh: Said
    en: Said

    def say(self, lang: str) -> str:
        """The words in one language."""
        return self.zh if lang == "zh" else self.en


class Document(Strict):
    """A document that a pack cites, by its own title and number."""

    title: Said
    issuer: Said
    number: Said | None = None
    issued: PlainDate | None = None
    #: What we hold of it and how we know it, where that is not the whole text.
    note: Said | None = None


class Citation(Strict):
    """Where a rule stands: a document of the pack, the clause, and its words."""

    document: Said
    clause: Said
    quote: Said


class DatedValue(Strict):
    """A number from one day on, with its citation, or its origin and the word that it is unconfirmed."""

    start: PlainDate = Field(alias="from")
    end: PlainDate | None = Field(default=None, alias="to")
    value: Amount
    #: With a parameter's ``by``: the field's value that this number is for; absent for all others.
    where: Said | None = None
    cite: Citation | None = None
    status: Literal["unconfirmed"] | None = None
    origin: Said | None = None

    @model_validator(mode="after")
    def _traceable(self) -> Self:
        if self.cite is None and (self.status is None or self.origin is None):
            raise PydanticCustomError("pack-value-uncited", "pack-value-uncited")
        if self.end is not None and self.end < self.start:
            raise PydanticCustomError("pack-dates-reversed", "pack-dates-reversed")
        return self


class Parameter(Strict):
    """A number of the law: by date, perhaps by place, or to be given by the user."""

    title: Title
    unit: Unit
    #: Field of the subject whose value chooses among ``where``.
    by: Name | None = None
    #: ``required``: the document names it without a number, so the user gives it with ``--set``.
    value: Literal["required"] | None = None
    values: Sequence[DatedValue] = ()
    cite: Citation | None = None
    reading: Said | None = None

    @model_validator(mode="after")
    def _has_numbers(self) -> Self:
        if (self.value is None) == (not self.values):
            raise PydanticCustomError("pack-parameter-valueless", "pack-parameter-valueless")
        if self.value is not None and self.cite is None:
            raise PydanticCustomError("pack-value-uncited", "pack-value-uncited")
        if any(value.where for value in self.values) and self.by is None:
            raise PydanticCustomError("pack-where-without-by", "pack-where-without-by")
        return self


@dataclass(frozen=True)
class Period:
    """A parameter's value and the years at whose end it is in force; ``last`` None means until further notice."""

    first: int
    last: int | None
    where: str | None
    value: Decimal
    source: DatedValue | None


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
    #: Expression over names that both tables have: a row belongs to a subject where it gives the same known value.
    on: Said | None = None
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
        if self.on is not None and self.over is None:
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
    applies: Said | None = None
    require: Said
    remedy: Title
    cite: Citation
    reading: Said | None = None


class Outcome(Strict):
    """A verdict that a standard can reach, and whether its subject then meets the standard."""

    title: Title
    meets: bool


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


class Standard(Strict):
    """One standard: facts, checks and the decision list over them."""

    standard: Slug
    title: Title
    #: ``quality``: says what contradicts itself in the data. What is unknown finds nothing there and leaves no verdict open.
    kind: Literal["verdict", "quality"] = "verdict"
    subject: Name
    applies: Said | None = None
    #: Inherited checks that this pack's document does not have.
    without: Sequence[Name] = ()
    facts: Mapping[Name, Fact] = Field(default_factory=dict)
    checks: Mapping[Name, Check] = Field(default_factory=dict)
    outcomes: Mapping[Name, Outcome] = Field(default_factory=dict)
    decide: Sequence[DecisionRow] = ()


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
