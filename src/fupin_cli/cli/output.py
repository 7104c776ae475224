"""The ending of a command: its report goes to the terminal, a pipe or files, and what was refused becomes the exit code."""

import errno
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

import click
from rich.console import Console

from fupin_cli.cli.complaints import report
from fupin_cli.cli.console import page, show
from fupin_cli.cli.ledger import Ledger, record_of
from fupin_cli.cli.options import files_of, options_of, request_of
from fupin_cli.cli.progress import reading_bar
from fupin_cli.cli.settings import FILE, SUFFIXES
from fupin_cli.cli.speech import tell
from fupin_cli.errors import ExitCode, FupinError, OutputRefused, UsageRefused
from fupin_cli.files import write_all
from fupin_cli.load.cells import child
from fupin_cli.load.cells.folders import workbooks
from fupin_cli.load.cells.several import OnStep
from fupin_cli.messages import Lang
from fupin_cli.model.nearest import nearest
from fupin_cli.report.options import Options
from fupin_cli.report.write import is_same_file, refuse_input_as_output
from fupin_cli.tasks import Request

_Result = TypeVar("_Result")
#: The format for people; every other one is for machines.
TABLE = "table"
#: What a program takes over, so that personal data may stand in it where somebody asks for that.
_UNMASKED = ("csv", "json", "xlsx")


@dataclass(frozen=True)
class Forms(Generic[_Result]):
    """The formats of one report: how people see it, the texts of it by name, and the workbooks."""

    printing: Callable[[_Result, Options, Console], None]
    texts: Mapping[str, Callable[[_Result, Options], Iterable[str]]]
    #: Formats that are no text: they go into a file or a pipe, never onto a terminal.
    books: Mapping[str, Callable[[_Result, Options], bytes]] = field(default_factory=dict)
    #: Whether people see the report, too, when a workbook of it is written.
    shown_beside_book: bool = False
    #: Formats that give people's own cells back, which have to be kept for them.
    give_back: Collection[str] = ()

    @property
    def names(self) -> Sequence[str]:
        """What ``--format`` takes."""
        return (TABLE, *self.texts, *self.books)


@dataclass(frozen=True)
class Report:
    """A report to be made."""

    form: str
    #: None: stdout.
    output: str | None


@dataclass(frozen=True)
class Target:
    """Where the reports of a run go: one on stdout, or each into a file."""

    reports: Sequence[Report]
    quiet: bool


def answer(
    context: click.Context,
    given: Mapping[str, Any],
    forms: Forms[_Result],
    ask: Callable[[Request, OnStep | None], tuple[_Result, Sequence[FupinError]]],
    code: Callable[[_Result], ExitCode],
) -> ExitCode:
    """Put a question to files and deliver the answer: the whole way of a command, from its options to its exit code.

    ``ask`` gives the answer, and which files of a batch were refused; ``code`` says what the answer means to the shell.

    Raises:
        FupinError: the command line, the pack or every file is refused; nothing is written then.
    """
    options, target, request = options_of(context, given), target_of(given, forms), request_of(given)
    request = replace(request, keep_sources=any(one.form in forms.give_back for one in target.reports))
    record = record_of(context, given, files_read(given))
    with reading_bar(request.files, options.lang, quiet=target.quiet) as on_step:
        result, refused = ask(request, on_step)
    if not child.LIMITS_MEMORY and not target.quiet:
        tell("limits-lacking", options.lang)
    deliver(result, options, forms, target, record.ledger if record is not None else None)
    ending = code_of(refused, options.lang) or code(result)
    if record is not None:
        record.keep(result, refused, ending, quiet=target.quiet)
    return ending


def target_of(given: Mapping[str, Any], forms: Forms[Any]) -> Target:
    """Where the reports go, checked before any file is read.

    Raises:
        UsageRefused: a format cannot be told, an output is an input or another output, personal data would be shown, or a
            terminal would get a workbook.
        OutputRefused: the folder of an output is not there, or a folder is in its place.
    """
    outputs: Sequence[str] = given["output"]
    if not outputs:
        form = given["form"] or TABLE
        if form in forms.books and sys.stdout.isatty():
            raise UsageRefused("usage-book-terminal", form=form)
        if not given.get("mask", True):
            raise UsageRefused("usage-no-mask")
        return Target([Report(form, None)], given["quiet"])
    reports = [Report(_form_of_several(given["form"], output, outputs, forms.names), output) for output in outputs]
    if not given.get("mask", True) and any(one.form not in _UNMASKED for one in reports):
        raise UsageRefused("usage-no-mask")
    beside = (*given.get("dibao", ()), *([given["baseline"]] if given.get("baseline") else ()))
    for place, output in enumerate(outputs):
        refuse_input_as_output(output, [*files_read(given), *beside])
        if any(is_same_file(output, other) for other in outputs[:place]):
            raise UsageRefused("usage-output-twice", path=output)
        if not Path(output).parent.is_dir():
            # Said now rather than after minutes of work.
            raise OutputRefused("output-unwritable", path=output, reason=os.strerror(errno.ENOENT))
        if Path(output).is_dir():
            raise OutputRefused("output-unwritable", path=output, reason=os.strerror(errno.EISDIR))
    return Target(reports, given["quiet"])


def _form_of_several(form: str | None, output: str, outputs: Sequence[str], known: Sequence[str]) -> str:
    """The format of one of the files. Of several each has a suffix of its own: ``--format`` may repeat, never overrule them.

    Raises:
        UsageRefused: it would, or the suffix tells none.
    """
    if len(outputs) == 1:
        return form_of(form, output, known)
    found = form_of(None, output, known)
    if form not in (None, found):
        raise UsageRefused("usage-format-several", form=form, path=output)
    return found


def files_read(given: Mapping[str, Any]) -> Sequence[str]:
    """What a command reads and may not write over: its files, those of its folders, and its settings."""
    return [*files_of(given), *workbooks(files_of(given)).files, FILE]


def form_of(form: str | None, output: str | None, known: Sequence[str]) -> str:
    """The format: as asked for, else by the suffix of the file.

    Raises:
        UsageRefused: the suffix tells none.
    """
    if form is not None or output is None:
        return form or TABLE
    suffix = Path(output).suffix.removeprefix(".").lower()
    found = SUFFIXES.get(suffix, suffix)
    if found not in known:
        usual = {name: suffix for suffix, name in SUFFIXES.items() if suffix != "htm"}
        suffixes = [usual.get(name, name) for name in known]
        near = nearest(suffix, suffixes)
        listed = " ".join(f".{one}" for one in suffixes)
        raise UsageRefused("usage-suffix", path=output, nearest=near and f".{near}", suffixes=listed)
    return found


def deliver(result: _Result, options: Options, forms: Forms[_Result], target: Target, ledger: Ledger | None = None) -> None:
    """Write the reports where they belong, and say so. In the ledger, if there is one, stands what was written."""
    _write(result, options, forms, target, ledger or Ledger(wanted=False))
    written = [one for one in target.reports if one.output is not None]
    if written and not target.quiet:
        if forms.shown_beside_book and any(one.form in forms.books for one in written):
            _show(partial(forms.printing, result, options), ledger or Ledger(wanted=False))
        for one in written:
            tell("written", options.lang, path=one.output)


def code_of(refused: Sequence[FupinError], lang: Lang) -> ExitCode:
    """Say which files of a batch were refused, and what that means to the shell."""
    for error in refused:
        report(error, lang)
    if not refused:
        return ExitCode.OK
    tell("refused-in-batch", lang, count=len(refused))
    return ExitCode.REFUSED


def _write(result: _Result, options: Options, forms: Forms[_Result], target: Target, ledger: Ledger) -> None:
    # One after the other from one result, so that no two of them are in memory.
    files = [(one.output, _made(result, options, forms, one, ledger)) for one in target.reports if one.output is not None]
    if files:
        write_all(files)
        return
    for shown in target.reports:
        if shown.form == TABLE:
            _show(partial(forms.printing, result, options), ledger)
            continue
        # Bytes, so that neither the locale nor the platform's line ends change the result.
        for piece in _made(result, options, forms, shown, ledger):
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()


def _show(printing: Callable[[Console], None], ledger: Ledger) -> None:
    """Print a report on stdout; of a terminal's the ledger has the text, which no colours and no blanks change."""
    found = show(printing)
    if ledger.wanted:
        plain = page(printing, to_file=True, width=found.width) if found.terminal else found
        ledger.shown(plain.text, TABLE, found.width, terminal=found.terminal)


def _made(result: _Result, options: Options, forms: Forms[_Result], report: Report, ledger: Ledger) -> Iterator[bytes]:
    """A report, made while it is written, and counted for the ledger."""
    if report.form != TABLE:
        yield from ledger.counted(_pieces(result, options, forms, report.form), report.form, report.output)
        return
    found = page(partial(forms.printing, result, options), to_file=True)
    yield from ledger.counted([found.text.encode("utf-8", "replace")], report.form, report.output, found.width)


def _pieces(result: _Result, options: Options, forms: Forms[_Result], form: str) -> Iterator[bytes]:
    """A report for machines, made while it is written: a workbook's sheets are temporary files first, and a full disk there is a
    full disk.
    """
    if form in forms.books:
        yield forms.books[form](result, options)
        return
    for piece in forms.texts[form](result, options):
        yield piece.encode("utf-8", "replace")
