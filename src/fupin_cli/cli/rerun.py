"""A run of a manifest, run again: the same command with the same options over the same files, and nothing of it is kept.

A manifest may have been edited by hand. So nothing is called but a command that makes manifests itself, with options that it has;
where one names a file to write, that file is in a temporary folder.
"""

import contextlib
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from fupin_cli.cli.recording import BESIDE, CHANGING, OUTPUT, PACKS, TABLES, UNTOLD, Rerun, folder_of, name_of
from fupin_cli.errors import FupinError, InputRefused
from fupin_cli.model.located import Located
from fupin_cli.model.manifest import ChosenOption, GivenPath, Manifest
from fupin_cli.model.nearest import nearest
from fupin_cli.pipelines.replaying import Places

#: What a manifest never says of a run, though the command has it.
_NEVER = (*UNTOLD, CHANGING)
_TODAY = "--today"
#: Variables that change what a report looks like, and the one that says where packs are.
_LOOKS = ("COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "SOURCE_DATE_EPOCH")
_PACKS_FROM = "FUPIN_RULES"
_OURS = "FUPIN_"


def command_of(root: click.Group, manifest: Manifest, path: str) -> click.Command:
    """The command of a manifest.

    Raises:
        InputRefused: there is none of that name, or it makes no manifests.
    """
    context = click.Context(root, info_name=root.name, resilient_parsing=True)
    name, known = manifest.command, root.list_commands(context)
    found = root.get_command(context, name) if name in known else None
    if found is None or not any(parameter.name == "manifest" for parameter in found.params):
        near = nearest(name, known) if found is None else ""
        raise InputRefused("manifest-command-unknown", path=path, name=name, nearest=near)
    return found


def run_again(root: click.Group, command: click.Command, manifest: Manifest, places: Places, path: str) -> Rerun:
    """Run it again; what came of it is in the answer.

    Raises:
        FupinError: the run is refused now.
        InputRefused: the manifest gives the command an option that it does not have, or a value that cannot be.
    """
    rerun = Rerun(places.folder, manifest.day)
    with tempfile.TemporaryDirectory(prefix="fupin-") as aside:
        parent = click.Context(root, info_name=root.name, obj=manifest.language)
        rerun.of(parent)
        words = _words(command, manifest, places, path, aside)
        try:
            context = command.make_context(manifest.command, words, parent=parent)
        except click.UsageError as error:
            raise InputRefused("manifest-option-wrong", path=path, name=_about(error)) from None
        with context:
            context.params.update(_placed(command, manifest, places))
            with _alone(manifest, places):
                command.invoke(context)
    return rerun


def _about(error: click.UsageError) -> str:
    """The option that click complains of."""
    parameter = error.param if isinstance(error, click.BadParameter) else None
    return name_of(parameter) if parameter is not None else error.format_message()


def _words(command: click.Command, manifest: Manifest, places: Places, path: str, aside: str) -> list[str]:
    """The command line."""
    words: list[str] = []
    seen: set[str] = set()
    for option in manifest.options:
        parameter = _parameter(command, option, path)
        if name_of(parameter) in seen:
            raise InputRefused("manifest-key-twice", path=path, name=option.name)
        seen.add(name_of(parameter))
        _refuse_misfit(parameter, option, path)
        words += [option.name] if isinstance(parameter, click.Option) and parameter.is_flag else _valued(option, places, aside)
    if _TODAY not in seen and any(_TODAY in one.opts for one in command.params):
        words.append(f"{_TODAY}={manifest.day.isoformat()}")
    return [*words, "--", *(one.given for one in manifest.arguments)]


def _parameter(command: click.Command, option: ChosenOption, path: str) -> click.Parameter:
    known = {
        spelt: one
        for one in command.params
        if isinstance(one, click.Option) and name_of(one) not in _NEVER
        for spelt in (name_of(one), *one.secondary_opts)
    }
    if option.name not in known:
        near = nearest(option.name, known)
        raise InputRefused("manifest-option-unknown", path=path, name=option.name, command=command.name, nearest=near)
    return known[option.name]


def _refuse_misfit(parameter: click.Parameter, option: ChosenOption, path: str) -> None:
    """Refuse an option with too many values or too few, or a file of which nobody says where it is."""
    is_flag = isinstance(parameter, click.Option) and parameter.is_flag
    fits = not option.values if is_flag else len(option.values) == 1 or (parameter.multiple and bool(option.values))
    named = [_names_place(option.name, value) for value in option.values]
    paths = option.paths if option.paths is not None else [None] * len(option.values)
    if not fits or named != [one is not None for one in paths]:
        raise InputRefused("manifest-option-wrong", path=path, name=option.name)


def _names_place(name: str, value: str) -> bool:
    return name in (OUTPUT, *TABLES, *BESIDE) or (name in PACKS and folder_of(value) is not None)


def _valued(option: ChosenOption, places: Places, aside: str) -> Iterator[str]:
    for number, (value, place) in enumerate(zip(option.values, option.paths or [None] * len(option.values), strict=True)):
        if option.name == OUTPUT:
            # Its suffix says the format; nothing else of it matters.
            yield f"{option.name}={Path(aside, f'report-{number}').with_suffix(_suffix(value))}"
        elif option.name in PACKS and place is not None:
            year = value.removesuffix(folder_of(value) or "")
            yield f"{option.name}={year}{places.at(place)}"
        else:
            yield f"{option.name}={value}"


def _suffix(path: str) -> str:
    found = re.search(r"\.[A-Za-z0-9]+$", path)
    return found[0] if found else ""


def _placed(command: click.Command, manifest: Manifest, places: Places) -> Mapping[str, Any]:
    """The files of the command line, each with its place."""
    found: dict[str, Any] = {"files": tuple(map(places.of, manifest.arguments))}
    for option in manifest.options:
        if option.name not in (*TABLES, *BESIDE):
            continue
        parameter = next(one for one in command.params if option.name in one.opts)
        paths: Sequence[Located] = [
            places.of(GivenPath(given=value, path=place or ""))
            for value, place in zip(option.values, option.paths or (), strict=True)
        ]
        found[str(parameter.name)] = tuple(paths) if parameter.multiple else paths[0]
    return found


@contextlib.contextmanager
def _alone(manifest: Manifest, places: Places) -> Iterator[None]:
    """A run that nothing of today's environment changes, and of which nothing is seen."""
    before = dict(os.environ)
    streams = sys.stdout, sys.stderr
    for name in before:
        if name.startswith(_OURS) or name in _LOOKS:
            del os.environ[name]
    width = next((one.width for one in manifest.outputs if one.width is not None), None)
    if width is not None:
        os.environ["COLUMNS"] = str(width)
    if manifest.packs_from is not None:
        os.environ[_PACKS_FROM] = places.at(manifest.packs_from.path)
    sys.stdout, sys.stderr = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in streams)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = streams
        os.environ.clear()
        os.environ.update(before)


def outcome(root: click.Group, manifest: Manifest, places: Places, path: str) -> tuple[Manifest | None, FupinError | None]:
    """What a manifest would say now, or why the run is refused now.

    Raises:
        InputRefused: the manifest asks for what there is not.
    """
    command = command_of(root, manifest, path)
    try:
        observed = run_again(root, command, manifest, places, path).observed
    except FupinError as error:
        if error.code.startswith("manifest-"):
            raise
        return None, error
    if observed is None:
        raise InputRefused("manifest-value-wrong", path=path, name="options")
    return observed, None
