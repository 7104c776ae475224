"""``fupin.toml`` in the working directory: options that somebody does not want to write each time.

Here is what every run needs; what reads the file is loaded only where there is one, because ``fupin --help`` waits for nothing.
"""

import importlib
import os
from collections.abc import Mapping, Sequence
from typing import Any

import click
from click.core import ParameterSource

from fupin_cli.errors import UsageRefused
from fupin_cli.messages import Lang, say
from fupin_cli.report.mask import mask

#: Looked for in the working directory alone, never above it: one sees what there is where one stands.
FILE = "fupin.toml"
#: The section for every command.
EVERYWHERE = "fupin"
_SWITCH, _VARIABLE = "--no-config", "FUPIN_NO_CONFIG"
#: Command → its section, where that is not called as the command.
_SECTIONS = {"verify-roster": "verify"}
#: What a command goes through, in the file: the files and folders that its command line would name.
_INPUTS = "inputs"
#: Where a report goes, in the file, and as what; what click calls the two.
_OUTPUT, _FORMAT = "output", "format"
_GOES, _FORM = "output", "form"
#: What the suffix of a file says, where it is not called as the format.
SUFFIXES = {"txt": "table", "md": "markdown", "htm": "html", "xml": "junit"}
#: Who said something, the one who comes first last.
_RANKS: Mapping[ParameterSource | None, int] = {
    ParameterSource.DEFAULT_MAP: 1,
    ParameterSource.ENVIRONMENT: 2,
    ParameterSource.COMMANDLINE: 3,
}
#: Help is given whatever the file says.
_HELP = "--help"
_COMPLETING = "_FUPIN_COMPLETE"

#: Section → option → value as click takes it.
Settings = Mapping[str, Mapping[str, Any]]


def settings_here(arguments: Sequence[str]) -> Settings:
    """The settings of the working directory; none where there is no file, or nobody wants it.

    Raises:
        UsageRefused: the file is not TOML, names what there is not, or gives an option what it cannot be.
    """
    unwanted = _SWITCH in arguments or os.environ.get(_VARIABLE) or _COMPLETING in os.environ
    if unwanted or not os.path.lexists(FILE):
        return {}
    try:
        found: Settings = importlib.import_module("fupin_cli.cli.settingsfile").read(FILE)
    except UsageRefused:
        if _HELP in arguments:
            return {}
        raise
    return found


def section_of(command: str) -> str:
    """The section of the file that is for a command."""
    return _SECTIONS.get(command, command)


def chosen_language(settings: Settings, arguments: Sequence[str]) -> str:
    """The language that the settings ask for, of the command that is called; empty where they do not say."""
    sections = (section_of(argument) for argument in arguments if argument != EVERYWHERE)
    called = next((section for section in sections if section in settings), EVERYWHERE)
    found: str = {**settings.get(EVERYWHERE, {}), **settings.get(called, {})}.get("lang", "")
    return found


def defaults(command: click.Command, context: click.Context) -> dict[str, Any]:
    """What the settings give to the options of a command, as click's ``default_map`` wants it: by parameter."""
    settings: Settings = context.find_root().default_map or {}
    name = context.command_path.partition(" ")[2]
    own, common = settings.get(section_of(name), {}), settings.get(EVERYWHERE, {})
    if _OUTPUT in own:
        # Files that are named have formats of their own; a format for all commands is of what is shown.
        common = {option: value for option, value in common.items() if option != _FORMAT}
    found: dict[str, Any] = {}
    for parameter in command.params:
        option = _option(parameter)
        if option in own:
            found[str(parameter.name)] = _fitting(parameter, own[option])
        elif option in common and _takes(parameter, common[option]):
            found[str(parameter.name)] = _fitting(parameter, common[option])
    return found


def leave_outputs(context: click.Context) -> None:
    """Whoever asks for a format and names no file wants that report here: the files of the settings are other reports.

    Whoever names a file whose suffix is a format wants that: a format of the settings or the environment is of other reports.
    """
    form, goes = (_RANKS.get(context.get_parameter_source(name), 0) for name in (_FORM, _GOES))
    if goes and form > goes == _RANKS[ParameterSource.DEFAULT_MAP]:
        context.params[_GOES] = ()
        context.set_parameter_source(_GOES, ParameterSource.DEFAULT)
    files = context.params.get(_GOES) or ()
    if form and goes > form and any(_says_format(context, path) for path in ([files] if isinstance(files, str) else files)):
        context.params[_FORM] = None
        context.set_parameter_source(_FORM, ParameterSource.DEFAULT)


def _says_format(context: click.Context, path: str) -> bool:
    """Whether the name of a file says which of a command's formats it is in."""
    suffix = os.path.splitext(path)[1].removeprefix(".").lower()  # noqa: PTH122 - pathlib is not loaded yet
    form = next((one.type for one in context.command.params if one.name == _FORM), None)
    return isinstance(form, click.Choice) and SUFFIXES.get(suffix, suffix) in form.choices


def _fitting(parameter: click.Parameter, value: Any) -> Any:
    """One text for what may be given several times is one of several."""
    several = parameter.multiple or parameter.nargs == -1
    return [value] if several and isinstance(value, str) else value


def _option(parameter: click.Parameter) -> str:
    """An option as it is called in the file: without its dashes. Files have a name there, too, where a command takes several."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len).removeprefix("--")
    return _INPUTS if parameter.nargs == -1 and not parameter.required else ""


def _takes(parameter: click.Parameter, value: object) -> bool:
    """Whether a value for all commands means something to this one: not every report has every format."""
    return not isinstance(parameter.type, click.Choice) or value in parameter.type.choices


def tell_used(context: click.Context, lang: Lang) -> None:
    """Say which settings a run uses, because a verdict must not silently depend on where one stands."""
    # A file that asks for quiet does not thereby keep quiet about itself.
    if context.params.get("quiet") and context.get_parameter_source("quiet") is not ParameterSource.DEFAULT_MAP:
        return
    used = [
        f"{_option(parameter)} = {_shown(context.params[parameter.name])}"
        for parameter in context.command.params
        if parameter.name in context.params and context.get_parameter_source(parameter.name) is ParameterSource.DEFAULT_MAP
    ]
    if used:
        click.echo(say("settings-used", lang, file=FILE, used=say("semicolon", lang).join(used)), err=True)


def _shown(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case tuple() | list():
            return " ".join(map(_shown, value))
        case _:
            # A sheet may be named for a person.
            return mask(str(value))


def no_config(lang: Lang) -> click.Option:
    """The option that leaves the file unread. It is seen before the command line is parsed; here it is only allowed."""
    words = say("opt-no-config", lang)
    return click.Option([_SWITCH], is_flag=True, expose_value=False, allow_from_autoenv=False, help=words)
