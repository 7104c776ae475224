"""How ``fupin.toml`` is read: strictly, every fault with its line and column, every value as the command line would have it."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from fupin_cli.cli.settings import Settings
from fupin_cli.errors import UsageRefused
from fupin_cli.model.nearest import nearest
from fupin_cli.model.settings import Settings as Model
from fupin_cli.rules.schemas import schema_of

_MAX_BYTES = 100_000
_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"\s*([\w./\"'-][\w./\"' -]*?)\s*=")
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
#: How TOML writes a value of a type of JSON Schema.
_EXAMPLES = {
    "string": '"…"',
    "boolean": "true false",
    "integer": "50",
    "number": "3200.5",
    "array": '["…", "…"]',
    "object": '{name = "…"}',
}
Keys = tuple[str, ...]


def read(name: str) -> Settings:
    """The settings in a file, by section and option.

    Raises:
        UsageRefused: it cannot be read, is not TOML, names what there is not, or gives an option what it cannot be.
    """
    text = _text(name)
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _PLACE.search(str(error))
        # A file that ends too early says so without a number.
        line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
        raise UsageRefused("settings-not-toml", file=name, line=line, column=column) from None
    data, written = _dashed(data, text, name)
    try:
        found = Model.model_validate(data)
    except ValidationError as error:
        raise _refused(error, data, written, text, name) from None
    sections = found.model_dump(by_alias=True, exclude_none=True)
    return {section: {option: _as_given(value) for option, value in options.items()} for section, options in sections.items()}


def _text(name: str) -> str:
    path = Path(name)
    try:
        if not path.is_file() or path.stat().st_size > _MAX_BYTES:
            raise UsageRefused("settings-unreadable", file=name)
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UsageRefused("settings-unreadable", file=name) from None


def _dashed(data: Mapping[str, Any], text: str, name: str) -> tuple[dict[str, Any], Mapping[Keys, str]]:
    """The file with every option called as on the command line, and what those that are written otherwise stand as.

    Raises:
        UsageRefused: an option is given twice, once with a dash and once without.
    """
    sections: dict[str, Any] = {}
    written: dict[Keys, str] = {}
    for section, options in data.items():
        if not isinstance(options, Mapping):
            sections[section] = options
            continue
        sections[section] = found = {}
        for option, value in options.items():
            dashed = option.replace("_", "-")
            if dashed in found:
                other = written.get((section, dashed), dashed)
                line, column = place_of(text, (section, option))
                raise UsageRefused("settings-option-twice", file=name, line=line, column=column, name=option, other=other)
            found[dashed] = value
            if dashed != option:
                written[section, dashed] = option
    return sections, written


def _as_given(value: object) -> object:
    """A value as the command line would have it: texts, and NAME=VALUE for pairs."""
    match value:
        case bool() | str():
            return value
        case Mapping():
            return [f"{name}={_as_given(one) if not _several(one) else ','.join(one)}" for name, one in value.items()]
        case list() | tuple():
            return list(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _several(value: object) -> bool:
    return isinstance(value, (list, tuple))


def _refused(error: ValidationError, data: Mapping[str, Any], written: Mapping[Keys, str], text: str, name: str) -> UsageRefused:
    """The first fault in words of ours, with its place and the nearest known name."""
    found = error.errors(include_url=False, include_input=False)
    first = next((one for one in found if one["type"] == "extra_forbidden"), found[0])
    where = _really(tuple(str(part) for part in first["loc"]), data)
    spelt = tuple(written.get(where[: length + 1], part) for length, part in enumerate(where))
    line, column = place_of(text, spelt)
    schema = schema_of("settings")
    facts: dict[str, Any] = {"file": name, "line": line, "column": column, "name": spelt[-1]}
    if first["type"] == "extra_forbidden":
        known = [option for option in _at(schema, where[:-1]).get("properties", {}) if "_" not in option]
        code = "settings-option-unknown" if len(where) > 1 else "settings-section-unknown"
        section = where[0]
        return UsageRefused(code, **facts, section=section, nearest=nearest(where[-1], known), known=" ".join(known))
    node = _at(schema, where)
    near = nearest(str(_value(data, where)), _choices(node))
    return UsageRefused("settings-value-wrong", **facts, nearest=near and f'"{near}"', wanted=_wanted(node))


def _really(where: Keys, data: Any) -> Keys:
    """The part of pydantic's path that is in the file: a union adds the names of its choices."""
    real: list[str] = []
    for part in where:
        if not (isinstance(data, Mapping) and part in data):
            break
        real.append(part)
        data = data[part]
    return tuple(real) or where[:1]


def _value(data: Any, where: Keys) -> Any:
    for part in where:
        data = data[part]
    return data


def _at(schema: dict[str, Any], where: Sequence[str]) -> dict[str, Any]:
    node = schema
    for part in where:
        named: dict[str, Any] = node.get("properties", {})
        patterns: dict[str, dict[str, Any]] = node.get("patternProperties", {})
        node = named.get(part) or next(iter(patterns.values()), {})
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    return node


def _choices(node: Mapping[str, Any]) -> list[str]:
    """The values of an option that has only these."""
    return [*node.get("enum", ())] or ([node["const"]] if "const" in node else [])


def _wanted(node: Mapping[str, Any]) -> str:
    """What an option takes, as TOML writes it."""
    if choices := _choices(node):
        return " ".join(f'"{choice}"' for choice in choices)
    if "examples" in node:
        return f'"{node["examples"][0]}"'
    if node.get("format") == "date":
        return "2018-12-31"
    types = [one.get("type", "") for one in node.get("anyOf", (node,))]
    return " ".join(dict.fromkeys(_EXAMPLES.get(kind, _EXAMPLES["string"]) for kind in types))


def place_of(text: str, where: Sequence[str]) -> tuple[int, int]:
    """Line and column, from 1, of a key; of the nearest part above it where no line begins with it."""
    best = (0, 1, 1)
    section: Keys = ()
    for number, line in enumerate(text.split("\n"), start=1):
        header, key = _HEADER.match(line), _KEY.match(line)
        found = header or key
        if found is None:
            continue
        path = _keys(found[1]) if header is not None else (*section, *_keys(found[1]))
        section = path if header is not None else section
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(path, where, strict=False)))
        if shared > best[0]:
            best = (shared, number, found.start(1) + 1)
    return best[1], best[2]


def _keys(written: str) -> Keys:
    return tuple(part.strip().strip("\"'") for part in written.split("."))
