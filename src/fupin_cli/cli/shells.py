"""Completion in the shells that people use: click's own scripts and protocols, and what these leave out.

A value such as ``FIELD=VALUE`` is completed in two steps, so no blank may follow the ``=``, where bash takes a word to end.
"""

import os
import sys
from collections.abc import Sequence

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    PowerShellComplete,
    ShellComplete,
    ZshComplete,
    split_arg_string,
)

from fupin_cli.cli.completing import described_root
from fupin_cli.cli.speech import VARIABLE, language
from fupin_cli.errors import ExitCode, FupinError

Item = CompletionItem[str]
PROGRAM = "fupin"


class _WithOption(ShellComplete):
    """A shell for which ``--option=value`` is one word, so that the whole of it is what is put in its place."""

    def get_completions(self, args: list[str], incomplete: str) -> list[Item]:
        """What the word at the cursor can become."""
        found = super().get_completions(args, incomplete)
        option, sign, _ = incomplete.partition("=")
        if not (sign and option.startswith("-")):
            return found
        return [_called(one, f"{option}={one.value}") if one.type == "plain" else one for one in found]


class Bash(BashComplete):
    """bash, which puts in place only what follows the last ``=``."""

    source_template = BashComplete.source_template.replace(
        "    return 0\n", "    if [[ ${COMPREPLY[0]} == *= ]]; then\n        compopt -o nospace\n    fi\n\n    return 0\n"
    )

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor and the one at it."""
        words = split_arg_string(os.environ["COMP_WORDS"])
        place = int(os.environ["COMP_CWORD"])
        here = words[place] if place < len(words) else ""
        return _joined(words[1:place]), here

    def get_completions(self, args: list[str], incomplete: str) -> list[Item]:
        """What the word at the cursor can become, from the last ``=`` on."""
        before = ""
        # The word being written began before the sign; after a blank it is a new one.
        if incomplete == "=" and args:
            before, incomplete = f"{args.pop()}=", ""
        elif incomplete and args and args[-1].endswith("="):
            before = args.pop()
        found = super().get_completions(args, before + incomplete)
        kept = before.partition("=")[2] if before.startswith("-") else before
        return [_called(one, one.value.removeprefix(kept)) if one.type == "plain" else one for one in found]


class Zsh(_WithOption, ZshComplete):
    """zsh."""

    source_template = (
        ZshComplete.source_template.replace(
            '            if [[ "$descr" == "_" ]]; then\n',
            '            if [[ "$key" == *= ]]; then\n'
            '                completions_before_value+=("$key":"$descr")\n'
            '            elif [[ "$descr" == "_" ]]; then\n',
        )
        .replace(
            '    if [ -n "$completions" ]; then\n',
            '    if [ -n "$completions_before_value" ]; then\n'
            "        _describe -V unsorted completions_before_value -U -S ''\n"
            "    fi\n\n"
            '    if [ -n "$completions" ]; then\n',
        )
        .replace("    local -a response\n", "    local -a completions_before_value\n    local -a response\n")
    )


class Fish(_WithOption, FishComplete):
    """fish, which writes no blank after ``=`` of its own accord."""


class PowerShell(_WithOption, PowerShellComplete):
    """PowerShell, which reads what a program writes in the console's code page unless told otherwise."""

    source_template = PowerShellComplete.source_template.replace(
        "    try {\n",
        "    $prev_encoding = [Console]::OutputEncoding\n"
        "    [Console]::OutputEncoding = [System.Text.Encoding]::UTF8\n\n    try {\n",
    ).replace("    } finally {\n", "    } finally {\n        [Console]::OutputEncoding = $prev_encoding\n")


SHELLS: dict[str, type[ShellComplete]] = {shell.name: shell for shell in (Bash, Zsh, Fish, PowerShell)}


def script(shell: str) -> str:
    """What a shell has to read so that it asks ``fupin`` for completions."""
    return SHELLS[shell](click.Command(PROGRAM), {}, PROGRAM, VARIABLE).source()


def answer_shell(asked: str) -> ExitCode:
    """Answer what a shell asks, as ``bash_complete``. Somebody is typing, so whatever is wrong, nothing is said."""
    shell, _, step = asked.partition("_")
    if shell not in SHELLS or step != "complete":
        return ExitCode.USAGE
    lang = language(os.environ.get("COMP_WORDS", "").split())
    try:
        found = SHELLS[shell](described_root(lang), {}, PROGRAM, VARIABLE).complete()
    except (FupinError, click.ClickException, KeyError, ValueError, OSError):
        return ExitCode.REFUSED
    sys.stdout.buffer.write(found.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()
    return ExitCode.OK


def _joined(words: Sequence[str]) -> list[str]:
    """Words as they were written: bash takes ``NAME=VALUE`` apart."""
    found: list[str] = []
    for word in words:
        if found and (word == "=" or found[-1].endswith("=")):
            found[-1] += word
        else:
            found.append(word)
    return found


def _called(item: Item, value: str) -> Item:
    return CompletionItem(value, item.type, item.help)
