"""What a word of the command line can become: commands, options, and the names that packs and tables know."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from fupin_cli.cli.described import Described, Surface, Taken, read_surface
from fupin_cli.errors import FupinError
from fupin_cli.messages import Lang, say
from fupin_cli.model.job import CHECK_ALL, CHECK_EXIT, CHECKS, VERIFY_ROSTER
from fupin_cli.rules.locate import HEAD, Shelf, locate, shelf
from fupin_cli.rules.yamltext import read_yaml

Item = CompletionItem[str]
#: What says that something may be left out or given again.
_NOTATION = re.compile(r"[\[\]]|\.\.\.")
#: Names of a pack with what they are called.
Names = Mapping[str, str]


def described_root(lang: Lang) -> click.Command:
    """The whole command line, of which every value is known where a pack or a table knows it."""
    surface = read_surface()
    return _command("fupin", surface.root, surface, lang)


def _command(name: str, described: Described, surface: Surface, lang: Lang) -> click.Command:
    params = [_parameter(taken, surface, lang) for taken in described.takes]
    words = say(described.words, lang)
    if not described.commands:
        return click.Command(name, params=params, help=words, short_help=words, add_help_option=False)
    commands = {one: _command(one, inner, surface, lang) for one, inner in described.commands.items()}
    return click.Group(name, params=params, help=words, short_help=words, commands=commands, add_help_option=False)


def _parameter(taken: Taken, surface: Surface, lang: Lang) -> click.Parameter:
    kind = click.Choice(taken.choices) if taken.choices else None
    values = None if kind or taken.flag else partial(_values, taken, surface, lang)
    if not taken.spellings:
        return click.Argument([taken.name], nargs=-1 if taken.several else 1, required=False, type=kind, shell_complete=values)
    spelt = "/".join(part for part in (taken.spellings[-1], *taken.off) if part)
    return click.Option(
        [*taken.spellings[:-1], spelt, taken.name],
        is_flag=taken.flag,
        multiple=taken.several,
        type=kind,
        help=say(taken.words, lang),
        shell_complete=values,
    )


def _values(taken: Taken, surface: Surface, lang: Lang, context: click.Context, _: click.Parameter, typed: str) -> list[Item]:
    """The values that an option or argument can have, by what its help says that it takes."""
    meant = _NOTATION.sub("", taken.takes).partition(" ")[0].partition("=")[0]
    if meant in _OF_PACKS:
        return _named(typed, _OF_PACKS[meant](context, lang), "=" if "=" in taken.takes else "")
    match meant:
        case "FILE" | "FILE|DIR":
            return [CompletionItem(typed, type="file")]
        case "DIR":
            return [CompletionItem(typed, type="dir")]
        case "PACK|DIR" | "PACK|YEAR":
            return _packs(typed)
        case "FIELD":
            return _assumed(typed, surface, context)
        case "TABLE":
            return _named(typed, surface.sheets, "=")
        case "KIND":
            return _named(typed, surface.sheets) or _named(typed, {sheet: table for table, sheet in surface.sheets.items()})
        case other if other == other.lower():
            return _named(typed, dict.fromkeys(other.split("|"), ""))
    return []


def _named(typed: str, names: Names, ending: str = "") -> list[Item]:
    return [CompletionItem(name + ending, help=words or None) for name, words in names.items() if name.startswith(typed)]


def _packs(typed: str) -> list[Item]:
    """Packs by name; where none begins like that, or a path is being written, folders."""
    found = [CompletionItem(name) for name in shelf().names() if name.startswith(typed)]
    return found or [CompletionItem(typed, type="dir")]


def _assumed(typed: str, surface: Surface, context: click.Context) -> list[Item]:
    """Fields of the tables that the pack judges; after the sign, the values of a field that has a list of them."""
    tables = {str(one.get("subject")) for one in _standards(context)} & set(surface.fields)
    fields = {name: one for table in sorted(tables) for name, one in surface.fields[table].items()}
    name, sign, value = typed.partition("=")
    if not sign:
        return _named(typed, {field: label for field, (label, _) in fields.items()}, "=")
    _, values = fields.get(name, ("", ()))
    return [CompletionItem(f"{name}={one}") for one in values if one.startswith(value)]


def _parameters(context: click.Context, lang: Lang) -> Names:
    return {name: _title(one, lang) for folder in _folders(context) for name, one in _data(folder / "parameters.yaml").items()}


def _standards(context: click.Context) -> Iterator[Mapping[str, Any]]:
    for folder in _folders(context):
        for path in sorted(folder.glob("*.yaml")):
            found = _data(path)
            if "standard" in found:
                yield found


def _checks(context: click.Context, lang: Lang) -> Names:
    """The checks of the standard that the command line names, inherited ones too."""
    mine = [one for one in _standards(context) if one["standard"] == context.params.get("standard")]
    return {str(name): _title(check, lang) for one in mine[::-1] for name, check in _part(one, "checks").items()}


def _rules(context: click.Context, lang: Lang) -> Names:
    """The checks of all standards of the pack, by their names alone where no other standard has one of that name."""
    checks = {str(one["standard"]): _part(one, "checks") for one in _standards(context)}
    several = Counter(name for found in checks.values() for name in found)
    return {
        str(name) if several[name] == 1 else f"{standard}/{name}": _title(check, lang)
        for standard, found in checks.items()
        for name, check in found.items()
    }


def _part(one: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = one.get(name)
    return found if isinstance(found, dict) else {}


def _title(one: object, lang: Lang) -> str:
    title = one.get("title") if isinstance(one, dict) else None
    return str(title.get(lang, "")) if isinstance(title, dict) else ""


def _folders(context: click.Context) -> list[Path]:
    """The packs that the command line means, and those that they extend."""
    given = context.params.get("rules") or context.params.get("pack")
    asked: Sequence[str | None] = [given] if isinstance(given, str) else given or [None]
    command = f"check-{context.params['check']}" if context.params.get("check") else context.info_name
    jobs = [job for job in CHECKS if command in (job.command, CHECK_ALL)] or [
        VERIFY_ROSTER if command == VERIFY_ROSTER.command else CHECK_EXIT
    ]
    found: dict[Path, None] = {}
    for rules in asked:
        for job in jobs if rules is None else jobs[:1]:
            folder, beside = locate(rules, job.pack)
            found |= dict.fromkeys(_with_those_it_extends(folder, beside))
    return [*found]


def _with_those_it_extends(folder: Path, beside: Shelf) -> Iterable[Path]:
    found: list[Path] = []
    while folder not in found:
        found.append(folder)
        above = _data(folder / HEAD).get("extends")
        if isinstance(above, str):
            folder = beside.find(above)
    return found


def _standard_names(context: click.Context, lang: Lang) -> Names:
    return {str(one["standard"]): _title(one, lang) for one in _standards(context)}


#: What an option takes that the packs of the command line know.
_OF_PACKS: Mapping[str, Callable[[click.Context, Lang], Names]] = {
    "PARAM": _parameters,
    "RULE": _rules,
    "STANDARD": _standard_names,
    "CHECK": _checks,
}


def _data(path: Path) -> Mapping[str, Any]:
    """A file of a pack; one that is not there or cannot be read knows no names."""
    try:
        found = read_yaml(path, path.name).data
    except FupinError:
        return {}
    return found if isinstance(found, dict) else {}
