"""JSON Schemas of the files of a pack, for editors: from the models that read these files, with the names that may stand in them.

Our reader takes every scalar as the text that was written; an editor has numbers, booleans and blanks. So the schemas take both.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter

from fupin_cli.messages import CATALOGUE, say
from fupin_cli.model.between import PREVIOUS
from fupin_cli.model.case import Case
from fupin_cli.model.columns import Column
from fupin_cli.model.pack import FOLDS, PackHead, Standard
from fupin_cli.model.parameter import Parameter
from fupin_cli.model.settings import Settings
from fupin_cli.model.tables import TABLES, fields, worked_out
from fupin_cli.model.values import ValueType
from fupin_cli.rules.functions import FUNCTIONS

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_NAME = "^[a-z][a-z0-9_]*$"
#: What a scalar of a kind may be in an editor, beside the text that our reader takes.
_SCALARS: Mapping[str, Schema] = {
    "text": {"type": ["string", "number", "boolean"], "pattern": r"\S"},
    "number": {"type": ["number", "string"], "pattern": r"^-?\d{1,12}(\.\d{1,6})?$"},
    "whole": {"type": ["integer", "string"], "pattern": r"^-?\d{1,12}$"},
    "day": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "truth": {"enum": [True, False, "true", "false", "yes", "no"]},
    #: A cell of a worked case: '' and nothing at all are blanks.
    "cell": {"type": ["string", "number", "boolean", "null"]},
}
#: Model → its keys that hold an expression.
_CONDITIONS = {
    "Check": ("applies", "require"), "Fact": ("value", "where", *FOLDS), "Standard": ("applies",), "DecisionRow": ("when",),
}  # fmt: skip


def schema_of(kind: str) -> Schema:
    """The JSON Schema (draft 2020-12) of a kind of file: ``pack``, ``parameters``, ``standard``, ``cases`` or ``settings``."""
    return {"$schema": DRAFT, **_KINDS[kind]()}


def _pack() -> Schema:
    return _of(PackHead)


def _parameters() -> Schema:
    schema = _of(Parameter)
    parameter = {key: schema.pop(key) for key in list(schema) if key != "$defs"}
    columns = sorted({name for table in TABLES for name in fields(table)})
    parameter["properties"]["by"] = {**parameter["properties"]["by"], "enum": columns}
    parameter["properties"]["unit"]["enumDescriptions"] = _said(
        f"unit-{unit}" for unit in parameter["properties"]["unit"]["enum"]
    )
    parameter["oneOf"] = [{"required": ["value", "cite"]}, {"required": ["values"]}]
    listed = {"properties": {"unit": {"const": "list"}}}
    parameter["allOf"] = [
        {"if": listed, "then": _each_value(required=["items"]), "else": _each_value(required=["value"])},
        {"if": {"not": {"required": ["by"]}}, "then": _each_value(properties={"where": False})},
    ]
    dated = schema["$defs"]["DatedValue"]
    dated["oneOf"] = [{"required": ["value"]}, {"required": ["items"]}]
    dated["anyOf"] = [{"required": ["cite"]}, {"required": ["status", "origin"]}]
    dated["properties"]["items"]["minItems"] = 1
    schema["$defs"]["Parameter"] = parameter
    return {
        "type": "object",
        "patternProperties": {_NAME: {"$ref": "#/$defs/Parameter"}},
        "additionalProperties": False,
        "$defs": schema["$defs"],
    }


def _each_value(**what: Any) -> Schema:
    return {"properties": {"values": {"items": what}}}


def _standard() -> Schema:
    schema = _of(Standard)
    tables = {"enum": [*TABLES], "enumDescriptions": _said(f"table-{table}" for table in TABLES)}
    schema["properties"]["subject"] = {**_worded("Standard", "subject"), **tables}
    check, fact, row = (schema["$defs"][name] for name in ("Check", "Fact", "DecisionRow"))
    severity = check["properties"]["severity"]
    severity["enumDescriptions"] = _said(f"severity-{one}" for one in severity["enum"])
    fact["properties"] |= {key: {**_worded("Fact", key), **tables} for key in ("over", "by")}
    text, sides = fact["properties"]["on"]["anyOf"]
    named = {**sides, "propertyNames": {"enum": [*TABLES]}, "minProperties": 2, "maxProperties": 2}
    fact["properties"]["on"] = {**fact["properties"]["on"], "anyOf": [text, named]}
    fact["oneOf"] = [{"required": [key]} for key in ("value", *FOLDS)]
    fact["dependentRequired"] = {"over": ["by"], "by": ["over"], "on": ["over"], "where": ["over"], "per": ["value", "fills"]} | {
        fold: ["over"] for fold in FOLDS
    }
    fact["dependentSchemas"] = {"value": {"properties": {"over": False}}}
    row["oneOf"] = [{"required": ["when"]}, {"required": ["default"]}]
    row["properties"]["default"] = {**_worded("DecisionRow", "default"), "enum": [True, "true"]}
    rate = schema["$defs"]["RateOf"]
    # Either a numerator, with how it was counted, or its parts.
    rate["oneOf"] = [{"required": ["hits", "counted"]}, {"required": ["parts"]}]
    rate["dependentSchemas"] = {"parts": {"properties": dict.fromkeys(("counted", "population", "survey"), False)}}
    rate["dependentRequired"] = {"at_least": ["limit"]}
    rate["properties"]["parts"]["minItems"] = 1
    sampled = {"properties": {"counted": {"const": "sample"}}}
    rate["if"], rate["then"] = {"anyOf": [{"required": ["population"]}, {"required": ["survey"]}]}, sampled
    schema["$defs"]["Property"]["anyOf"] = [{"required": ["raise"]}, {"required": ["lower"]}]
    schema["allOf"] = [_of_table(table) for table in TABLES]
    return schema


def _of_table(table: str) -> Schema:
    """What a fact of this table's subjects may name."""
    names = [*fields(table)]
    numbers = [name for name, column in fields(table).items() if column.type is ValueType.NUMBER]
    facts = {"properties": {"fills": {"enum": names}, "per": {"enum": numbers}, "by": {"const": table}}}
    return {
        "if": {"properties": {"subject": {"const": table}}, "required": ["subject"]},
        "then": {"properties": {"facts": {"additionalProperties": facts}}},
    }


def _cases() -> Schema:
    schema = _of(Case)
    case = {key: schema.pop(key) for key in list(schema) if key != "$defs"}
    case["anyOf"] = [{"required": ["year"]}, {"required": ["as_of"]}]
    case["properties"]["subject"] = {**case["properties"]["subject"], "minimum": 0}
    case["properties"]["given"] = {
        **_worded("Case", "given"),
        "type": "object",
        "properties": {table: _rows(table) for table in TABLES},
        "additionalProperties": False,
    }
    rows = {f"{table}-row": _row(table) for table in TABLES}
    defs = {**schema["$defs"], "Case": case, **rows, "cell": _SCALARS["cell"]}
    return {"type": "array", "items": {"$ref": "#/$defs/Case"}, "$defs": defs}


def _rows(table: str) -> Schema:
    one = {"$ref": f"#/$defs/{table}-row"}
    return {"description": say(f"table-{table}", "zh"), "anyOf": [one, {"type": "array", "items": one}]}


def _row(table: str) -> Schema:
    cells = {name: _cell(column) for name, column in (*fields(table).items(), *worked_out(table).items())}
    before = {"patternProperties": {f"^{re.escape(PREVIOUS)}": _SCALARS["cell"]}} if worked_out(table) else {}
    return {"type": "object", "properties": cells, **before, "additionalProperties": False}


def _cell(column: Column) -> Schema:
    unit = say(f"unit-{column.unit}", "zh") if column.unit else ""
    said = column.label + (f"（{unit}）" if unit else "")
    offered = [*column.form.codes] or (["是", "否"] if column.type is ValueType.BOOL else [])
    # A case may hold any spelling, even a wrong one; the codes are what an editor offers.
    offer = {"examples": offered} if offered else {}
    return {"title": column.label, "description": said, "$ref": "#/$defs/cell", **offer}


def _settings() -> Schema:
    schema = _clean(TypeAdapter(Settings).json_schema(), "Settings", {})
    schema["$defs"] = {name: _with_underscores(section) for name, section in schema["$defs"].items()}
    return schema


def _with_underscores(section: Schema) -> Schema:
    """A section of ``fupin.toml``, whose options may be written with dashes or with underscores, but not in both ways at once."""
    options = section["properties"]
    twins = {name: name.replace("-", "_") for name in options if "-" in name}
    if not twins:
        return section
    both = [{"required": [name, twin]} for name, twin in twins.items()]
    return {**section, "properties": {**options, **{twin: options[name] for name, twin in twins.items()}}, "not": {"anyOf": both}}


_KINDS: Mapping[str, Callable[[], Schema]] = {
    "pack": _pack, "parameters": _parameters, "standard": _standard, "cases": _cases, "settings": _settings,
}  # fmt: skip
KINDS = tuple(_KINDS)


def _said(codes: Iterable[str]) -> list[str]:
    return [say(code, "zh") for code in codes]


def _of(model: Any) -> Schema:
    """The schema that pydantic makes of a model, with scalars as they stand in a pack's files."""
    schema = _clean(TypeAdapter(model).json_schema(), model.__name__, _SCALARS)
    defs = {name: part for name, part in _SCALARS.items() if name != "cell"}
    schema["$defs"] = {**schema.get("$defs", {}), **defs}
    return schema


def _clean(node: Schema, model: str, scalars: Mapping[str, Schema]) -> Schema:
    """A node without pydantic's titles, defaults and nulls, its texts and numbers as ``scalars`` say."""
    if "anyOf" in node:
        node = _without_null(node)
    found = _scalar(node) if scalars else None
    if found is not None:
        return {"$ref": f"#/$defs/{found}"}
    clean: Schema = {key: value for key, value in node.items() if key not in ("title", "default", "ge", "description")}
    for key in ("properties", "patternProperties", "$defs"):
        if key in node:
            clean[key] = dict(_parts(node[key], key, model, scalars))
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict):
            clean[key] = _clean(node[key], model, scalars)
    if "anyOf" in node:
        clean["anyOf"] = [_clean(one, model, scalars) for one in node["anyOf"]]
    if "patternProperties" in node:
        clean["additionalProperties"] = False
    return clean


def _parts(parts: Schema, key: str, model: str, scalars: Mapping[str, Schema]) -> Iterator[tuple[str, Schema]]:
    for name, part in parts.items():
        inner = _clean(part, name if key == "$defs" else model, scalars)
        yield name, ({**_worded(model, name), **inner} if key == "properties" else inner)


def _without_null(node: Schema) -> Schema:
    """An optional part is the part itself: what is not there is left out, never written as nothing."""
    choices = [choice for choice in node["anyOf"] if choice.get("type") != "null"]
    rest = {key: value for key, value in node.items() if key != "anyOf"}
    return {**rest, **choices[0]} if len(choices) == 1 else {**rest, "anyOf": choices}


def _scalar(node: Schema) -> str | None:
    """Which kind of scalar a node is; none for what is more than that."""
    if {choice.get("type") for choice in node.get("anyOf", ())} == {"number", "string"}:
        return "number"
    if {"enum", "const", "pattern"} & set(node):
        return None
    match node.get("type"), node.get("format"):
        case "string", "date":
            return "day"
        case "string", _:
            return "text"
        case "integer", _:
            return "whole"
        case "boolean", _:
            return "truth"
    return None


def _worded(model: str, name: str) -> Schema:
    """What an editor says of a field: in both languages, and of a condition the functions that it may use."""
    codes = (f"schema-{model}-{name}".lower(), f"schema-{name}", f"opt-{name}")
    code = next((code for code in codes if code in CATALOGUE), None)
    if code is None:
        return {}
    words = f"{say(code, 'zh')} / {say(code, 'en')}"
    return {"description": f"{words} {_functions()}" if name in _CONDITIONS.get(model, ()) else words}


def _functions() -> str:
    return " ".join(f"{name}({', '.join(function.arguments)})" for name, function in FUNCTIONS.items())
