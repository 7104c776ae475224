"""``fupin.toml``: options that somebody does not want to write each time, by command, and under ``[fupin]`` for all."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from fupin_cli.model.baseline import FAIL_ON
from fupin_cli.model.cited import Name
from fupin_cli.model.summary import PLACES


def _day(value: object) -> object:
    # A day of TOML, or the same as a text; a time of day is no day of judgement.
    if isinstance(value, str):
        return date.fromisoformat(value)
    if type(value) is not date:
        raise ValueError(value)
    return value


def _plain(value: object) -> object:
    # The reader keeps a decimal as it was written; true and false are no values that a cell or a parameter has.
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal, list)):
        raise ValueError(value)
    return value


Day = Annotated[date, BeforeValidator(_day)]
Several = StrictStr | Sequence[StrictStr]
#: Files to read or to write, of which there is one at least where the file names any.
Files = StrictStr | Annotated[Sequence[StrictStr], Field(min_length=1)]
#: What ``--set`` and ``--assume`` give a name: a number, a text, or the items of a list.
Given = Annotated[StrictStr | int | Decimal | Sequence[StrictStr], BeforeValidator(_plain)]
Pairs = Mapping[Name, Given]
Yuan = Annotated[StrictStr | int | Decimal, BeforeValidator(_plain)]
Reports = Literal["table", "csv", "json"]
#: Of a command that decides or compares; drafts and drawings are of few.
Decisions = Literal["table", "csv", "json", "markdown", "html", "xlsx", "junit", "sarif", "github"]
Drafts = Literal[Decisions, "docx"]
Drawings = Literal[Decisions, "svg"]
Status = Literal["fail", "unknown", "pass"]
#: A check, perhaps with its standard before it.
Rule = Annotated[str, Field(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*/)?[a-z][a-z0-9_]*$")]
Percent = Annotated[StrictStr, Field(pattern=r"^[0-9]{1,3}(\.[0-9]{1,6})?[%％]$", examples=["0.5%"])]


def _written(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Section(BaseModel):
    """Options as they are called on the command line."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=_written)


class Speech(Section):
    """What every command takes."""

    lang: Literal["zh", "en"] | None = None
    quiet: StrictBool | None = None


class Everywhere(Speech):
    """``[fupin]``: for every command that has the option."""

    rules: StrictStr | None = None
    as_of: Day | None = None
    format: Literal[Drafts, Drawings] | None = None
    limit: Annotated[StrictInt, Field(ge=0)] | None = None
    sheet: Several | None = None
    mask: StrictBool | None = None


class Reporting(Everywhere):
    """A command whose report can be several files. ``[fupin]`` names none: each command would write over the others'."""

    output: Files | None = None


class Judging(Reporting):
    """A command that checks."""

    format: Decisions | None = None
    set_: Pairs | None = None
    only: Status | None = None
    details: Literal["all"] | None = None


class Assuming(Judging):
    """A command that gives verdicts, for which a blank can be taken as something."""

    assume: Pairs | None = None


class Exiting(Assuming):
    """``check-exit``, of which there are drafts."""

    format: Drafts | None = None  # type: ignore[assignment]  # it has more forms


class Withdrawing(Assuming):
    """``check-county``, of which there are drafts, too."""

    format: Drafts | None = None  # type: ignore[assignment]  # it has more forms
    together: StrictBool | None = None
    jobs: Annotated[StrictInt, Field(ge=1, le=256)] | None = None
    confidence: StrictStr | None = None


class Identifying(Assuming):
    """``check-identify``."""

    exclusions: StrictStr | None = None


class Everything(Assuming):
    """``check-all``, which judges by several packs."""

    rules: Several | None = None  # type: ignore[assignment]  # one name or several


class Verifying(Speech):
    """``verify-roster``: which rosters, and on what terms they fail."""

    inputs: Files | None = None
    rules: StrictStr | None = None
    set_: Pairs | None = None
    diff: StrictBool | None = None
    judge: Several | None = None
    assume: Pairs | None = None
    details: Literal["all"] | None = None
    format: Decisions | None = None
    output: Files | None = None
    limit: Annotated[StrictInt, Field(ge=0)] | None = None
    sheet: Several | None = None
    mask: StrictBool | None = None
    baseline: StrictStr | None = None
    fail_on: Literal[FAIL_ON] | None = None  # type: ignore[valid-type]  # the levels are listed once
    max_rate: Mapping[Rule, Percent] | None = None


class Explaining(Speech):
    """``explain``."""

    rules: StrictStr | None = None
    as_of: Day | None = None
    set_: Pairs | None = None
    assume: Pairs | None = None
    format: Literal["table", "json", "markdown"] | None = None
    output: Files | None = None
    sheet: Several | None = None
    mask: StrictBool | None = None


class Comparing(Reporting):
    """``what-if``; what is to be different is the question, so no file says it."""

    format: Drawings | None = None


class Reconciling(Speech):
    """``reconcile``."""

    format: Decisions | None = None
    output: Files | None = None
    only: Status | None = None
    limit: Annotated[StrictInt, Field(ge=0)] | None = None
    sheet: Several | None = None


class Counting(Speech):
    """``summary``."""

    rules: StrictStr | None = None
    line: Yuan | None = None
    as_of: Day | None = None
    by: Literal[PLACES] | None = None  # type: ignore[valid-type]  # the levels are listed once, beside the tables
    format: Reports | None = None
    output: Files | None = None
    limit: Annotated[StrictInt, Field(ge=0)] | None = None
    sheet: Several | None = None


class Inspecting(Speech):
    """``inspect``."""

    format: Literal["table", "json"] | None = None
    output: Files | None = None
    limit: Annotated[StrictInt, Field(ge=0)] | None = None
    sheet: Several | None = None


class Settings(BaseModel):
    """The whole file: a section for each command, and one for all."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=_written)

    fupin: Everywhere | None = None
    check_identify: Identifying | None = None
    check_exit: Exiting | None = None
    check_village: Assuming | None = None
    check_county: Withdrawing | None = None
    check_support: Assuming | None = None
    check_archive: Assuming | None = None
    check_data: Judging | None = None
    check_all: Everything | None = None
    verify: Verifying | None = None
    explain: Explaining | None = None
    what_if: Comparing | None = None
    reconcile: Reconciling | None = None
    summary: Counting | None = None
    inspect: Inspecting | None = None
    template: Speech | None = None
