"""A manifest is read strictly: whatever it says that is not declared is refused, with the nearest name that is."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from fupin_cli.errors import InputRefused
from fupin_cli.model.manifest import SCHEMA, Manifest
from fupin_cli.model.nearest import nearest

#: One of five hundred files has a tenth of this.
_MAX_BYTES = 4_000_000


def read_manifest(path: str) -> Manifest:
    """The manifest in a file.

    Raises:
        InputRefused: it cannot be read, is no manifest, or says what a manifest does not say.
    """
    try:
        file = Path(path)
        if not file.is_file() or file.stat().st_size > _MAX_BYTES:
            raise InputRefused("manifest-unreadable", path=path)
        data = json.loads(file.read_text(encoding="utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise InputRefused("manifest-not-json", path=path, line=error.lineno, column=error.colno) from None
    except _Twice as error:
        raise InputRefused("manifest-key-twice", path=path, name=str(error)) from None
    except (OSError, ValueError, RecursionError):
        raise InputRefused("manifest-unreadable", path=path) from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise InputRefused("manifest-other-file", path=path, schema=SCHEMA)
    try:
        return Manifest.model_validate(data)
    except ValidationError as error:
        raise _refused(error, path) from None


class _Twice(Exception):
    """A key that stands twice in one object."""


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _refused(error: ValidationError, path: str) -> InputRefused:
    """The first fault in words of ours: an unknown key before anything else."""
    found = error.errors(include_url=False, include_input=False)
    first = next((one for one in found if one["type"] == "extra_forbidden"), found[0])
    where = [str(part) for part in first["loc"]]
    if first["type"] != "extra_forbidden":
        return InputRefused("manifest-value-wrong", path=path, name=".".join(where))
    known = [*_known(where[:-1])]
    return InputRefused(
        "manifest-key-unknown", path=path, name=".".join(where), nearest=nearest(where[-1], known), known=" ".join(known)
    )


def _known(where: Sequence[str]) -> Mapping[str, Any]:
    """The keys that may stand in a part of a manifest."""
    schema = Manifest.model_json_schema()
    node: Mapping[str, Any] = schema
    for part in where:
        within = node.get("properties", {}).get(part) or node.get("items") or node.get("additionalProperties") or {}
        options = [within, *within.get("anyOf", ())]
        node = next((one for one in options if "$ref" in one or "items" in one), within)
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
    found: Mapping[str, Any] = node.get("properties", {})
    return found
