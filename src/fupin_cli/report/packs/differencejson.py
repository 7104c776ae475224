"""How two packs differ, as JSON: ``fupin.rules-diff/1``."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from fupin_cli.model.parameter import DatedValue, Parameter
from fupin_cli.report.numbers import number_text
from fupin_cli.rules.difference import Change, Detail, Difference, Side, StandardChange
from fupin_cli.rules.expression import Node
from fupin_cli.rules.packs import LoadedPack
from fupin_cli.rules.standard import On
from fupin_cli.rules.thresholds import ParameterChange, Stretch
from fupin_cli.rules.wording import text_of

SCHEMA = "fupin.rules-diff/1"


def difference_data(found: Difference) -> dict[str, Any]:
    """What differs, in plain values; numbers are texts."""
    return {
        "schema": SCHEMA,
        "before": _pack(found.before),
        "after": _pack(found.after),
        "differs": found.matters,
        "details": _details(found.details),
        "standards_only_before": found.only_before,
        "standards_only_after": found.only_after,
        "parameters": [_parameter(one) for one in found.parameters],
        "standards": [_standard(one, found) for one in found.standards],
    }


def _pack(loaded: LoadedPack) -> dict[str, Any]:
    return {"pack": loaded.pack.name, "version": loaded.pack.head.version, "sha256": loaded.pack.sha256}


def _details(details: Sequence[Detail]) -> list[dict[str, Any]]:
    return [{"point": one.key, "before": _side(one.before), "after": _side(one.after), "matters": one.matters} for one in details]


def _side(side: Side) -> str | None:
    match side:
        case On(subject=subject, over=over):
            return f"{text_of(subject)} = {text_of(over)}"
        case Node():
            return text_of(side)
        case _:
            return side


def _parameter(change: ParameterChange) -> dict[str, Any]:
    return {
        "name": change.name,
        "how": change.how,
        "matters": change.matters,
        "before": _shape(change.before),
        "after": _shape(change.after),
        "values": [_stretch(one) for one in change.stretches],
    }


def _shape(parameter: Parameter | None) -> dict[str, Any] | None:
    if parameter is None:
        return None
    return {"unit": parameter.unit, "by": parameter.by, "required": parameter.value is not None}


def _stretch(stretch: Stretch) -> dict[str, Any]:
    return {
        "from": stretch.start.isoformat(),
        "to": stretch.end.isoformat() if stretch.end is not None else None,
        "where": stretch.where,
        "before": _value(stretch.before),
        "after": _value(stretch.after),
    }


def _value(value: DatedValue | None) -> dict[str, Any] | None:
    if value is None:
        return None
    content = value.content
    cite = value.cite.model_dump() if value.cite is not None else None
    said = [*content] if isinstance(content, tuple) else number_text(content)
    return {"value": said, "status": value.status, "cite": cite}


def _standard(change: StandardChange, found: Difference) -> dict[str, Any]:
    return {
        "name": change.name,
        "matters": change.matters,
        "details": _details(change.details),
        "changes": [_change(one, change.name, found) for one in change.changes],
        "decide": [
            {
                "before": row.before,
                "after": row.after,
                "outcome": row.row.row.outcome,
                "when": text_of(row.row.when) if row.row.when is not None else None,
            }
            for row in change.rows
        ],
    }


def _change(change: Change, standard: str, found: Difference) -> dict[str, Any]:
    return {
        "section": change.section,
        "name": change.name,
        "how": change.how,
        "matters": change.matters,
        "details": _details(change.details),
    } | _alone(change, standard, found)


def _alone(change: Change, standard: str, found: Difference) -> dict[str, Any]:
    """The whole of a part that one side alone has."""
    if change.how == "changed":
        return {}
    loaded = found.before if change.how == "removed" else found.after
    parts: Mapping[str, BaseModel] = getattr(loaded.pack.standards[standard], change.section)
    return {"whole": parts[change.name].model_dump(mode="json", exclude_none=True, by_alias=True)}
