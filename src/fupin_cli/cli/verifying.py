"""On what terms ``fupin verify-roster`` fails: its options for that, the rosters that it is given, and how it ends."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from glob import glob, has_magic
from pathlib import Path
from typing import Any

import click

from fupin_cli.cli.day import day_now
from fupin_cli.cli.options import Option, files_of, pairs
from fupin_cli.cli.output import files_read
from fupin_cli.cli.percent import percent
from fupin_cli.cli.speech import SpokenOption, spoken, tell
from fupin_cli.errors import ExitCode, InputRefused, UsageRefused
from fupin_cli.evaluate.verification.gate import renewal
from fupin_cli.load.cells.folders import is_workbook
from fupin_cli.messages import Lang
from fupin_cli.model.baseline import FAIL_ON, Renewed, Terms
from fupin_cli.model.located import place_of
from fupin_cli.model.verification import Verification
from fupin_cli.report.baselinetext import baseline_text
from fupin_cli.report.write import is_same_file, refuse_input_as_output, write_file

#: Rosters may also be named in ``fupin.toml``, so that the command line need not.
ROSTERS: Option = click.argument("files", nargs=-1, metavar="[FILE|DIR...]")
_BASELINE: Option = click.option("--baseline", cls=SpokenOption, metavar="FILE", help="opt-baseline")
_WRITE: Option = click.option("--write-baseline", cls=SpokenOption, metavar="FILE", help="opt-write-baseline")
_FAIL_ON: Option = click.option("--fail-on", cls=SpokenOption, type=click.Choice(FAIL_ON), default="error", help="opt-fail-on")
_MAX_RATE: Option = click.option(
    "--max-rate", "max_rates", cls=SpokenOption, multiple=True, metavar="RULE=PERCENT", help="opt-max-rate"
)
_TODAY: Option = click.option("--today", cls=SpokenOption, metavar="DATE", help="opt-today")
#: In the order in which the help lists them.
TERMS: Sequence[Option] = (_FAIL_ON, _MAX_RATE, _BASELINE, _WRITE, _TODAY)


def rosters_of(given: Mapping[str, Any]) -> Sequence[str]:
    """The files and folders of a command line, or of ``fupin.toml``; patterns are looked up, and nothing is there twice.

    They are sorted, so that it does not matter in which order they are given.

    Raises:
        UsageRefused: there are none.
        InputRefused: a pattern matches no file.
    """
    named: Sequence[str] = files_of(given)
    if not named:
        raise UsageRefused("verify-inputs-missing")
    found = (path for name in named for path in _meant(name))
    once = {os.path.normcase(os.path.abspath(path)): path for path in found}  # noqa: PTH100  # resolve() would follow links
    return sorted(once.values())


def _meant(name: str) -> Iterable[str]:
    """What a name means: a file or folder that is called so, else what fits the pattern."""
    if not has_magic(name) or os.path.lexists(place_of(name)):
        return (name,)
    found = [path for path in glob(name, recursive=True) if _is_roster(Path(path), name)]  # noqa: PTH207  # ours may be absolute
    if not found:
        raise InputRefused("pattern-without-files", pattern=name)
    return found


def _is_roster(path: Path, pattern: str) -> bool:
    """A workbook; any other file only where the pattern says its suffix."""
    suffix = Path(pattern).suffix
    named = suffix not in ("", ".") and path.suffix == suffix and path.is_file() and not path.name.startswith("~$")
    return named or is_workbook(path)


def terms_of(given: Mapping[str, Any]) -> Terms:
    """On what terms the run fails.

    Raises:
        UsageRefused: a share is none, a day is none, or the baseline would be written over something else.
    """
    fail_on, baseline, write = given["fail_on"], given["baseline"], given["write_baseline"]
    shares = {name: _share(name, text) for name, text in pairs("--max-rate", given["max_rates"]).items()}
    if write is not None:
        if fail_on == "none" and not shares:
            raise UsageRefused("baseline-nothing-fails")
        refuse_input_as_output(write, files_read(given))
        if any(is_same_file(write, output) for output in given["output"]):
            raise UsageRefused("baseline-is-output", path=write)
    today = _today(given["today"]) if baseline is not None or write is not None else None
    return Terms(fail_on, shares, baseline, write, today)


def _share(name: str, text: str) -> Fraction:
    found = percent(text)
    if found is None:
        raise UsageRefused("max-rate-share", name=name, value=text)
    return found


def _today(text: str | None) -> date:
    """The day of the run: as it was said, else of the build that the run belongs to, else the real one."""
    if text is not None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise UsageRefused("today-wrong", name="--today", wanted="2027-12-31", value=text) from None
    return day_now()


def ending(context: click.Context, given: Mapping[str, Any]) -> Callable[[Verification], ExitCode]:
    """What a run ends with, for ``answer``: the baseline is written where that was asked for, and the gate is the exit code."""
    target, quiet, lang = given["write_baseline"], given["quiet"], spoken(context)

    def end(verification: Verification) -> ExitCode:
        gate = verification.gate
        if target is not None:
            _write(renewal(verification, target), target, lang, quiet=quiet)
        return ExitCode.NOT_MET if gate is not None and gate.fails else ExitCode.OK

    return end


def _write(renewed: Renewed, target: str, lang: Lang, *, quiet: bool) -> None:
    write_file(target, baseline_text(renewed, lang))
    if quiet:
        return
    tell("baseline-written", lang, path=target, kept=renewed.kept, new=renewed.new, dropped=len(renewed.dropped))
    if renewed.new:
        tell("baseline-to-fill", lang, path=target)
