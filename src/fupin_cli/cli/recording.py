"""``--manifest``: what the command line knows of a run, gathered for its manifest; and a run of the past that is run again."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from fupin_cli.cli.day import day_now
from fupin_cli.cli.ledger import RERUN, Ledger
from fupin_cli.cli.speech import spoken, tell
from fupin_cli.errors import ExitCode, FupinError, UsageRefused
from fupin_cli.files import write_whole
from fupin_cli.model.located import place_of
from fupin_cli.model.manifest import Chooser, ChosenOption, Manifest, WrittenOutput
from fupin_cli.pipelines.recording import Run, manifest_of, way_to
from fupin_cli.report.mask import mask
from fupin_cli.report.naming import shown_path
from fupin_cli.report.write import is_same_file, refuse_input_as_output
from fupin_cli.rules.locate import means_folder

#: The option that names the files which a run writes.
OUTPUT = "--output"
#: Options that name files which it reads: as tables, and beside them. A test finds every other option that names a file.
TABLES, BESIDE = ("--dibao",), ("--baseline",)
#: The option that writes what the next run reads. Such a run changes its own inputs: nobody could repeat it.
CHANGING = "--write-baseline"
#: Options that name a pack, perhaps by its folder.
PACKS = ("--rules", "--against", "--judge")
#: What says nothing about a run: where its manifest goes, and its language, which stands there by itself.
UNTOLD = ("--manifest", "--lang")
_CHOOSERS: Mapping[ParameterSource | None, Chooser] = {
    ParameterSource.COMMANDLINE: "command-line",
    ParameterSource.ENVIRONMENT: "environment",
    ParameterSource.DEFAULT_MAP: "fupin.toml",
}
_OF_YEAR = re.compile(r"^\s*\d{4}\s*=\s*", re.ASCII)


@dataclass
class Rerun:
    """A run of the past that is run again: nothing is written of it, and what its manifest would say is kept here."""

    #: The folder of the manifest.
    folder: Path
    #: The day on which it was run first.
    day: date
    observed: Manifest | None = None

    def of(self, context: click.Context) -> None:
        """Say to a command that it is this run."""
        context.meta[RERUN] = self


@dataclass(frozen=True)
class Recorder:
    """Makes the manifest of a run at its end."""

    context: click.Context
    given: Mapping[str, Any]
    #: None: it is kept in the run that is run again.
    path: str | None
    folder: Path
    #: The day of the run; of one that is run again that of the first.
    day: date
    ledger: Ledger = field(default_factory=Ledger)

    def keep(self, answer: object, refused: Sequence[FupinError], code: ExitCode, *, quiet: bool) -> None:
        """Write the manifest, the last of all.

        Raises:
            OutputRefused: it cannot be written.
        """
        context = self.context
        run = Run(
            command=str(context.info_name),
            lang=spoken(context),
            day=self.day,
            arguments=self.given.get("named", self.given["files"]),
            options=[*options_given(context, self.folder)],
            further=_named(context, TABLES),
            beside=_named(context, BESIDE),
            refused=refused,
            outputs=[*self._outputs()],
            exit_code=int(code),
        )
        manifest = manifest_of(run, answer, self.folder)
        rerun = context.meta.get(RERUN)
        if isinstance(rerun, Rerun):
            rerun.observed = manifest
        if self.path is not None:
            text = json.dumps(manifest.data(), ensure_ascii=False, indent=1) + "\n"
            # A name in another encoding has characters that are none; so written, JSON reads them as they were.
            write_whole(self.path, [text.encode("utf-8", "backslashreplace")])
            if not quiet:
                tell("written", spoken(context), path=self.path)
                if named := sum(shown_path(one) != one for one in _paths_in(manifest)):
                    tell("manifest-names-persons", spoken(context), count=named)

    def _outputs(self) -> Iterator[WrittenOutput]:
        """What was written, seen from the manifest's folder."""
        for output in self.ledger.outputs:
            path = way_to(output.path, self.folder) if output.path is not None else None
            yield WrittenOutput(
                to=output.to, path=path, form=output.form, width=output.width, size=output.size, sha256=output.sha256
            )


def recorder(context: click.Context, given: Mapping[str, Any], inputs: Sequence[str]) -> Recorder:
    """What makes the manifest; checked before any file is read.

    Raises:
        UsageRefused: the manifest is an input or another output, what it records is personal, or nobody could repeat the run.
    """
    rerun = context.meta.get(RERUN)
    if isinstance(rerun, Rerun):
        return Recorder(context, given, None, rerun.folder, rerun.day)
    path = given["manifest"]
    if _named(context, (CHANGING,)):
        raise UsageRefused("manifest-of-change", name=CHANGING)
    refuse_input_as_output(path, [*inputs, *_named(context, (*TABLES, *BESIDE))])
    for other in _named(context, (OUTPUT,)):
        if is_same_file(path, other):
            raise UsageRefused("manifest-is-output", path=path)
    folder = Path(path).parent
    for option in options_given(context, folder):
        # A file is opened by its name, whatever is in that.
        ways = option.paths or [None] * len(option.values)
        if any(way is None and mask(value) != value for value, way in zip(option.values, ways, strict=True)):
            raise UsageRefused("manifest-personal", name=option.name)
    return Recorder(context, given, path, folder, day_now())


def _paths_in(manifest: Manifest) -> set[str]:
    """The files that a manifest names, as seen from its folder."""
    outputs = (one.path for one in manifest.outputs if one.path is not None)
    return {one.path for one in (*manifest.arguments, *manifest.inputs, *manifest.refused)} | {*outputs}


def options_given(context: click.Context, folder: Path) -> Iterator[ChosenOption]:
    """The options of a command line that somebody gave, be it there, in the environment or in fupin.toml."""
    for parameter in context.command.params:
        chooser = _CHOOSERS.get(context.get_parameter_source(str(parameter.name)))
        if not isinstance(parameter, click.Option) or chooser is None or name_of(parameter) in UNTOLD:
            continue
        value = context.params[str(parameter.name)]
        if isinstance(value, bool):
            switch = name_of(parameter) if value else next(iter(parameter.secondary_opts), None)
            if switch is not None:
                yield ChosenOption(name=switch, chosen_by=chooser)
            continue
        values = value if isinstance(value, tuple) else (value,)
        named = _paths(context, name_of(parameter))
        paths = [_way(one, folder) if one in named else None for one in values] if named else None
        yield ChosenOption(name=name_of(parameter), values=[*map(str, values)], chosen_by=chooser, paths=paths)


def _way(value: str, folder: Path) -> str:
    return way_to(place_of(folder_of(value) or value), folder)


def _named(context: click.Context, options: Iterable[str]) -> list[str]:
    """The files and folders that these options name."""
    return [path for name in options for path in _paths(context, name)]


def _paths(context: click.Context, name: str) -> Sequence[str]:
    if name not in (OUTPUT, CHANGING, *TABLES, *BESIDE, *PACKS):
        return ()
    parameter = next((one for one in context.command.params if name in one.opts), None)
    value = context.params.get(str(parameter.name)) if parameter is not None else None
    values = value if isinstance(value, tuple) else (value,)
    return [one for one in values if one is not None and (name not in PACKS or folder_of(one) is not None)]


def folder_of(value: str) -> str | None:
    """The folder by which an option names a pack, perhaps that of a year (``2018=./pack``); None where it gives a pack's name."""
    found = _OF_YEAR.sub("", value)
    return found if means_folder(found) else None


def name_of(parameter: click.Parameter) -> str:
    """An option's long name."""
    return max(parameter.opts, key=len)
