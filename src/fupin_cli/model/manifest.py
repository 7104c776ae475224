"""The manifest of a run, ``fupin.manifest/1``: what was asked of which files by which rules, and what came of it.

One model for writing and for reading: whoever repeats a run takes nothing but what is declared here. No personal data stands in
it; paths are those that the user wrote.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

#: What a manifest says it is.
SCHEMA = "fupin.manifest/1"

Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Whole = Annotated[int, Field(ge=0)]


def _day(value: object) -> object:
    # JSON has days as texts; a number is none.
    return date.fromisoformat(value) if isinstance(value, str) else value


#: Who chose an option.
Chooser = Literal["command-line", "environment", "fupin.toml"]


class _Part(BaseModel):
    """What stands in a manifest stands there by these names, and nothing else does."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class GivenPath(_Part):
    """A file or folder as the command line names it."""

    #: As it was written, and as reports say it.
    given: str
    #: Where it is, seen from the manifest's folder; a whole path where none leads there.
    path: str


class InputFile(GivenPath):
    """A file that was read."""

    size: Whole
    sha256: Hash


class RefusedPath(GivenPath):
    """A file or folder of a batch that could not be read; the others went on."""

    #: The code of the message that says why.
    code: str


class ChosenOption(_Part):
    """An option that was given."""

    name: Annotated[str, Field(pattern="^--[a-z][a-z-]*$")]
    #: As given, one or several; none of a switch.
    values: Sequence[str] = ()
    chosen_by: Chooser = Field(alias="from")
    #: Of files and folders: where each of ``values`` is, as in ``GivenPath``; null for the name of a pack.
    paths: Sequence[str | None] | None = None


class Clause(_Part):
    """Where a value comes from."""

    document: str
    clause: str
    quote: str


class ValueInForce(_Part):
    """A value of a parameter, as reports have it."""

    #: Decimals are texts; of a list its items.
    value: str | Sequence[str]
    start: str | None = Field(default=None, alias="from")
    end: str | None = Field(default=None, alias="to")
    where: str | None = None
    status: str | None = None
    origin: str | None = None
    cite: Clause | None = None


class UsedPack(_Part):
    """A rule pack that was used, with the values of its parameters in force."""

    pack: str
    version: Whole
    sha256: Hash
    parameters: Mapping[str, Sequence[ValueInForce]]


class WrittenOutput(_Part):
    """A report that was written."""

    #: ``terminal``: as text without colours, so many columns wide; everything else byte by byte.
    to: Literal["file", "stdout", "terminal"]
    #: Where it is, as in ``GivenPath``.
    path: str | None = None
    form: str = Field(alias="format")
    #: Columns of a report for people.
    width: Annotated[int, Field(ge=1, le=10_000)] | None = None
    size: Whole
    sha256: Hash


class Versions(_Part):
    """What computed."""

    fupin: str
    python: str
    packages: Mapping[str, str]


class Platform(_Part):
    """Where it computed."""

    system: str
    machine: str


class Manifest(_Part):
    """Everything about one run: what was asked of which files by which rules, and what came of it."""

    schema_name: Literal["fupin.manifest/1"] = Field(alias="schema")
    command: str
    #: The day of the run.
    day: Annotated[date, BeforeValidator(_day)]
    language: Literal["zh", "en"]
    arguments: Sequence[GivenPath]
    options: Sequence[ChosenOption]
    #: ``FUPIN_RULES``: the folder in which packs were looked for.
    packs_from: GivenPath | None = None
    inputs: Sequence[InputFile]
    refused: Sequence[RefusedPath]
    packs: Sequence[UsedPack]
    assumptions: Mapping[str, str]
    versions: Versions
    platform: Platform
    outputs: Sequence[WrittenOutput]
    exit_code: Annotated[int, Field(ge=0, le=3)]

    def data(self) -> dict[str, Any]:
        """It as JSON has it."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


def manifest_schema() -> dict[str, Any]:
    """The JSON Schema of a manifest; ``report/manifest-1.schema.json`` is it."""
    schema: dict[str, Any] = _untitled(Manifest.model_json_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA, **schema}


def _untitled(node: Any) -> Any:
    """A schema without the titles that pydantic makes of names."""
    match node:
        case dict():
            return {name: _untitled(one) for name, one in node.items() if not (name == "title" and isinstance(one, str))}
        case list():
            return [*map(_untitled, node)]
        case _:
            return node
