"""An inherited standard and what a pack writes over it as one standard."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel

from fupin_cli.model.pack import Standard

_Part = TypeVar("_Part")


def sections(standard: Standard) -> dict[str, Mapping[str, BaseModel]]:
    """The parts of a standard that have names, by the key under which they are written."""
    return {
        "facts": standard.facts, "checks": standard.checks, "outcomes": standard.outcomes, "properties": standard.properties,
        "steps": standard.steps, "rates": standard.rates,
    }  # fmt: skip


def droppable(inherited: Standard) -> list[str]:
    """What a pack may do without."""
    return [*inherited.checks, *inherited.steps, *inherited.rates]


def joined(inherited: Standard, written: Standard) -> Standard:
    """What is written replaces what is inherited, part by part; what it does without is gone, whatever part bears that name."""

    def kept(parts: Mapping[str, _Part]) -> dict[str, _Part]:
        return {name: part for name, part in parts.items() if name not in written.without}

    return written.model_copy(
        update={
            # Written over an inherited condition, TRUE says that the standard is for every subject.
            "applies": None if written.applies == "TRUE" else written.applies or inherited.applies,
            "facts": {**inherited.facts, **written.facts},
            "checks": {**kept(inherited.checks), **written.checks},
            "outcomes": {**inherited.outcomes, **written.outcomes},
            "decide": written.decide or inherited.decide,
            "properties": {**inherited.properties, **written.properties},
            "steps": {**kept(inherited.steps), **written.steps},
            "rates": {**kept(inherited.rates), **written.rates},
            "kind": written.kind if "kind" in written.model_fields_set else inherited.kind,
        }
    )
