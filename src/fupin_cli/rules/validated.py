"""A file of YAML as a model: the first error of pydantic becomes ours, with its place and the nearest known key."""

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from fupin_cli.model.nearest import nearest
from fupin_cli.rules.yamltext import Where, YamlText

_Model = TypeVar("_Model")


def validated(adapter: TypeAdapter[_Model], text: YamlText) -> _Model:
    """The file as a model.

    Raises:
        PackRefused: a key is unknown or missing, a value is not what belongs there.
    """
    try:
        return adapter.validate_python(text.data)
    except ValidationError as error:
        # A misspelt key is unknown and leaves another one missing: the misspelling is what one wants to hear of.
        found = error.errors(include_url=False, include_input=False)
        first = next((one for one in found if one["type"] == "extra_forbidden"), found[0])
        where = tuple(part for part in first["loc"] if part != "[key]")
        is_key = "[key]" in first["loc"]
        kind = first["type"]
        if kind == "extra_forbidden":
            key = str(where[-1])
            known = _known_keys(adapter, where[:-1])
            raise text.refuse("pack-key-unknown", where, key=True, name=key, nearest=nearest(key, known)) from None
        if kind == "missing":
            raise text.refuse("pack-key-missing", where[:-1], name=str(where[-1])) from None
        if kind.startswith("pack-"):
            raise text.refuse(kind, where) from None
        raise text.refuse(
            "pack-value-wrong", where, key=is_key, name=str(where[-1]) if where else "", reason=first["msg"]
        ) from None


def _known_keys(adapter: TypeAdapter[_Model], where: Where) -> list[str]:
    """The keys that the schema allows at a place: walked through pydantic's own JSON Schema."""
    schema: dict[str, Any] = adapter.json_schema()
    node = _resolve(schema, schema)
    for part in where:
        named = node.get("properties", {}).get(part)
        by_pattern = list(node.get("patternProperties", {}).values())
        inner = named or next(iter(by_pattern), None) or node.get("additionalProperties") or node.get("items") or {}
        node = _resolve(schema, inner)
    return list(node.get("properties", {}))


def _resolve(schema: dict[str, Any], node: Any) -> dict[str, Any]:
    """Follow a reference; an optional part is the part itself."""
    if not isinstance(node, dict):
        return {}
    for choice in node.get("anyOf", ()):
        if choice.get("type") != "null":
            return _resolve(schema, choice)
    if "$ref" in node:
        return _resolve(schema, schema["$defs"][node["$ref"].rsplit("/", 1)[-1]])
    return node
