"""Writes down what can stand on a command line, for completion: ``python tests/cli/surface.py`` after a command or a field changed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from fupin_cli.cli.described import SURFACE
from fupin_cli.cli.main import root
from fupin_cli.messages import CATALOGUE
from fupin_cli.model.columns import Column, columns
from fupin_cli.model.tables import TABLES
from fupin_cli.model.values import ValueType


def surface() -> str:
    """The commands and the fields as they are now."""
    context = root.make_context("fupin", [], resilient_parsing=True)
    found = {
        "root": command(root, context),
        "fields": dict(fields()),
        "sheets": {name: one.SHEETS[0] for name, one in TABLES.items()},
    }
    return laid_out(found) + "\n"


def laid_out(found: Any, margin: str = "") -> str:
    """JSON with an option or a field on each line, so that a change is one line."""
    match found:
        case dict() if any(isinstance(each, dict) or (key == "takes" and isinstance(each, list)) for key, each in found.items()):
            lines = [f"{margin} {json.dumps(key)}: {laid_out(each, margin + ' ')}" for key, each in found.items()]
        case [dict(), *_]:
            lines = [f"{margin} {laid_out(each, margin + ' ')}" for each in found]
        case dict() if all(isinstance(each, tuple) for each in found.values()):
            lines = [f"{margin} {json.dumps(key)}: {json.dumps(each, ensure_ascii=False)}" for key, each in found.items()]
        case _:
            return json.dumps(found, ensure_ascii=False)
    first, last = "{}" if isinstance(found, dict) else "[]"
    return f"{first}\n" + ",\n".join(lines) + f"\n{margin}{last}"


def command(one: click.Command, context: click.Context) -> dict[str, Any]:
    found: dict[str, Any] = {"words": one.help, "takes": [parameter(each) for each in one.get_params(context)]}
    if isinstance(one, click.Group):
        inner = click.Context(one, parent=context, resilient_parsing=True)
        found["commands"] = {name: command(one.get_command(inner, name) or one, inner) for name in one.list_commands(inner)}
    return found


def parameter(one: click.Parameter) -> dict[str, Any]:
    assert one.name is not None
    # click's own name for its option is no name for another option.
    found: dict[str, Any] = {"name": one.name.removeprefix("_click_default_")}
    if isinstance(one.type, click.Choice):
        found["choices"] = [*map(str, one.type.choices)]
    elif not (isinstance(one, click.Option) and one.is_flag):
        assert one.metavar is not None, f"{one.name}: a metavar says what it takes"
        found["takes"] = one.metavar
    if isinstance(one, click.Option):
        found["spellings"] = one.opts
        found["words"] = code_of(one.help or "")
        found |= {"off": one.secondary_opts} if one.secondary_opts else {}
        found |= {"flag": True} if one.is_flag else {}
    if one.nargs == -1 or getattr(one, "multiple", False):
        found["several"] = True
    return found


def code_of(words: str) -> str:
    """The code of an option's help; click's own options have the words already."""
    return words if words in CATALOGUE else next(code for code, message in CATALOGUE.items() if words in (message.zh, message.en))


def fields() -> Iterator[tuple[str, dict[str, tuple[str, list[str]]]]]:
    """The fields that ``--assume`` takes: none that says whose row it is."""
    for name, table in TABLES.items():
        yield name, {each: (one.label, values(one)) for each, one in columns(table).items() if each not in (*table.KEY, "year")}


def values(one: Column) -> list[str]:
    return ["是", "否"] if one.type is ValueType.BOOL else [*one.form.codes]


if __name__ == "__main__":
    Path(SURFACE).write_text(surface(), encoding="utf-8")
