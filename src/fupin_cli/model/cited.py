"""What every part of a rule pack is made of: strict models, plain scalars, words in two languages, citations."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError


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


def said(value: str) -> str:
    """A text in which something stands."""
    if not value.strip():
        raise PydanticCustomError("pack-empty", "pack-empty")
    return value


Amount = Annotated[Decimal, BeforeValidator(_plain_number)]
PlainInt = Annotated[int, BeforeValidator(_plain_number)]
PlainDate = Annotated[date, BeforeValidator(_plain_date)]
Said = Annotated[str, AfterValidator(said)]
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
