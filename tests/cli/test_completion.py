"""What the Tab key gives, in every shell: the names that a command, a pack or a table knows, and never a wait for the engine."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import surface

from fupin_cli.cli import completion
from fupin_cli.cli.described import SURFACE
from fupin_cli.cli.main import main
from fupin_cli.cli.shells import SHELLS

ROOT = Path(__file__).resolve().parents[2]
#: What was typed, the word at the cursor last → words that are offered, and words that are not.
OFFERED: dict[str, tuple[list[str], list[str], list[str]]] = {
    "commands": (["check-e"], ["check-exit"], ["check-data"]),
    "all commands": ([""], ["check-exit", "reconcile", "rules", "template", "completion"], ["list"]),
    "subcommands": (["rules", "s"], ["show"], ["list", "summary"]),
    "options": (["check-exit", "--as"], ["--as-of", "--assume"], ["--set"]),
    "both spellings of a switch": (["check-exit", "--"], ["--mask", "--no-mask", "--quiet"], []),
    "an option that was given once": (["check-exit", "--rules", "anhui-2018", "--r"], [], ["--rules"]),
    "an option that may be given again": (["check-exit", "--set", "poverty_line=1", "--se"], ["--set"], []),
    "values of an option": (["check-exit", "--format", ""], ["table", "csv", "json"], []),
    "packs": (["check-exit", "--rules", "na"], ["national-2016"], ["marginal-2020"]),
    "packs behind the sign": (["check-exit", "--rules=na"], ["--rules=national-2016"], []),
    "packs as an argument": (["rules", "show", "an"], ["anhui-2018"], []),
    "parameters of the usual pack": (["check-exit", "--set", "pov"], ["poverty_line="], []),
    "parameters of the pack that was named": (
        ["check-identify", "--rules", "anhui-2018", "--set", ""],
        ["poverty_line="],
        ["inclusion_line="],
    ),
    "parameters of every usual pack": (["check-all", "--set", ""], ["poverty_line=", "inclusion_line="], []),
    "parameters of a folder's pack": (
        ["check-exit", "--rules", str(ROOT / "rules" / "marginal-2020"), "--set", "inc"],
        ["inclusion_line="],
        [],
    ),
    "fields": (["check-exit", "--assume", "water_s"], ["water_safe="], ["housing_grade="]),
    "fields of villages with theirs alone": (["check-exit", "--assume", "total_"], [], ["total_population="]),
    "no field that says who it is": (["check-exit", "--assume", ""], ["dibao="], ["household_id=", "year="]),
    "yes and no": (["check-exit", "--assume", "water_safe="], ["water_safe=是", "water_safe=否"], []),
    "codes": (["check-exit", "--assume", "housing_grade=B"], ["housing_grade=B"], ["housing_grade=A"]),
    "codes behind two signs": (["check-exit", "--assume=water_safe="], ["--assume=water_safe=是"], []),
    "Chinese begun": (["check-exit", "--assume", "water_safe=否"], ["water_safe=否"], ["water_safe=是"]),
    "nothing for a number": (["check-exit", "--assume", "income_per_capita="], [], []),
    "packs one after another": (["rules", "diff", "national-2016", "an"], ["anhui-2018"], []),
    "standards of a pack": (
        ["rules", "sql", "anhui-2018", "household-"],
        ["household-exit", "household-support"],
        ["exit-procedure"],
    ),
    "checks of a standard": (["rules", "show", "anhui-2018", "household-exit", "w"], ["water"], ["income"]),
    "parameters to move": (["what-if", "x.xlsx", "--sweep", "pov"], ["poverty_line="], []),
    "parameters of the check that is asked": (
        ["what-if", "x.xlsx", "--check", "identify", "--set", "inc"],
        ["inclusion_line="],
        [],
    ),
    "parameters of the rosters": (["verify-roster", "--set", "income"], ["income_jump_factor="], []),
    "rules of the rosters": (["verify-roster", "--max-rate", "exit_"], ["exit_income=", "exit_housing="], ["continues="]),
    "tables": (["template", "hou"], ["household"], ["village"]),
    "sheets": (["template", "工"], ["工作队"], ["村"]),
    "shells": (["completion", "p"], ["powershell"], ["bash"]),
    "after a command that does not exist": (["chek-exit", "--r"], [], []),
    "with a pack that does not exist": (["check-exit", "--rules", "nowhere", "--set", ""], [], []),
}
#: Of these in every shell: each way in which a word is told. Which words there are does not depend on the shell.
TOLD = (
    "commands",
    "options",
    "packs",
    "packs behind the sign",
    "parameters of the usual pack",
    "yes and no",
    "codes behind two signs",
    "Chinese begun",
    "sheets",
    "with a pack that does not exist",
)
#: bash is told only what follows the last of these.
SIGN = "="


def asked(shell: str, words: Sequence[str]) -> dict[str, str]:
    """The variables by which a shell asks, the cursor behind the last word."""
    match shell:
        case "bash":
            # bash takes words apart at the sign; the cursor behind it stands on it.
            parts = [part for word in words for part in (word.replace(SIGN, f"\n{SIGN}\n").split("\n") if word else [""])]
            parts = [*filter(None, parts[:-1]), *([parts[-1]] if parts[-1] or words[-1] == "" else [])]
            return {"COMP_WORDS": "\n".join(["fupin", *parts]), "COMP_CWORD": str(len(parts))}
        case "fish":
            return {"COMP_WORDS": shlex.join(["fupin", *filter(None, words)]), "COMP_CWORD": words[-1]}
        case _:
            return {"COMP_WORDS": shlex.join(["fupin", *filter(None, words)]), "COMP_CWORD": str(len(words))}


def offered(shell: str, answer: str) -> list[str]:
    """The words in an answer, as the script of the shell takes it apart."""
    lines = answer.splitlines()
    match shell:
        case "bash":
            return [line.removeprefix("plain,") for line in lines]
        case "fish":
            return [line.removeprefix("plain,").partition("\t")[0] for line in lines]
        case _:
            return [value.replace("\\:", ":") for value in lines[1::3]]


@pytest.mark.parametrize(
    ("shell", "name"),
    [("bash", name) for name in OFFERED] + [(shell, name) for shell in SHELLS for name in TOLD if shell != "bash"],
)
def test_every_shell_is_offered_the_names_that_are_known(
    shell: str, name: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    words, there, absent = OFFERED[name]
    monkeypatch.setenv("_FUPIN_COMPLETE", f"{shell}_complete")
    for variable, value in asked(shell, words).items():
        monkeypatch.setenv(variable, value)
    main([])
    said = capfdbinary.readouterr()
    assert said.err == b""
    found = offered(shell, said.out.decode())
    if shell == "bash":
        # It puts the answer behind the last sign.
        there, absent = ([one.rpartition(SIGN)[2] if not one.endswith(SIGN) else one for one in each] for each in (there, absent))
    assert {*there} <= {*found}
    assert not {*absent} & {*found}
    if not there and not absent:
        assert [one for one in found if one] == []


@pytest.mark.parametrize("shell", SHELLS)
def test_the_cursor_on_a_file_leaves_it_to_the_shell(
    shell: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv("_FUPIN_COMPLETE", f"{shell}_complete")
    for variable, value in asked(shell, ["check-exit", "名册"]).items():
        monkeypatch.setenv(variable, value)
    main([])
    said = capfdbinary.readouterr().out.decode()
    assert said.replace("\n", ",").startswith("file,名册")


def test_words_beside_the_names_speak_the_language(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv("_FUPIN_COMPLETE", "zsh_complete")
    for lang, words in (("zh", "国家脱贫标准"), ("en", "National poverty line")):
        for variable, value in asked("zsh", ["check-exit", "--lang", lang, "--set", "poverty"]).items():
            monkeypatch.setenv(variable, value)
        main([])
        assert words in capfdbinary.readouterr().out.decode()


def test_a_broken_pack_gives_no_names_and_no_noise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    pack = tmp_path / "broken"
    pack.mkdir()
    (pack / "pack.yaml").write_text("pack: broken\nextends: broken\n", "utf-8")
    (pack / "parameters.yaml").write_text("line: [unclosed\n", "utf-8")
    monkeypatch.setenv("_FUPIN_COMPLETE", "fish_complete")
    for variable, value in asked("fish", ["check-exit", "--rules", str(pack), "--set", ""]).items():
        monkeypatch.setenv(variable, value)
    main([])
    said = capfdbinary.readouterr()
    assert (said.out.strip(), said.err) == (b"", b"")


def test_what_is_written_down_is_what_the_commands_take() -> None:
    # A command, an option or a field changed: run `python tests/cli/surface.py`.
    assert SURFACE.read_text("utf-8") == surface.surface()


def test_a_completion_waits_for_no_engine_and_starts_no_reader() -> None:
    code = (
        "import subprocess, sys\n"
        "subprocess.Popen = None\n"
        "from fupin_cli.cli.main import main\n"
        "main()\n"
        "heavy = {'pydantic', 'pyarrow', 'duckdb', 'sqlglot', 'openpyxl', 'numpy', 'pandas', 'z3', 'rich.table'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)\n"
    )
    environment = os.environ | {"_FUPIN_COMPLETE": "bash_complete"} | asked("bash", ["check-exit", "--assume", "water_safe="])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60, env=environment)
    assert (done.returncode, done.stderr, done.stdout.decode().split()) == (0, b"", ["plain,是", "plain,否"])


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_a_shell_is_printed(shell: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["completion", shell]) == 0
    said = capfdbinary.readouterr()
    assert said.err == b""
    # What click's own script leaves out: no blank behind the sign, Chinese on a console of Windows.
    assert {"bash": b"nospace", "zsh": b"-S ''", "fish": b"--no-files", "powershell": b"UTF8"}[shell] in said.out
    assert f"{shell}_complete".encode() in said.out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_says_where_each_script_belongs(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "--help", "--lang", lang]) == 0
    shown = "".join(capsys.readouterr().out.split())
    assert {*completion.PLACES} == {*SHELLS}
    for place in completion.PLACES.values():
        assert "".join(place.split()) in shown


#: Run by the shell itself: what a real one makes of the script that is printed.
REAL = {
    "bash": (
        'source "$1"; compopt() { [[ $2 == nospace ]] && tail=open; }; tail=; '
        "COMP_WORDS=(fupin check-exit --assume water_s); COMP_CWORD=3; _fupin_completion fupin; echo ${COMPREPLY[@]} $tail; "
        "COMPREPLY=(); tail=; COMP_WORDS=(fupin check-exit --assume water_safe =); COMP_CWORD=4; _fupin_completion fupin; echo ${COMPREPLY[@]} $tail"
    ),
    "fish": (
        "source $argv[1]; echo (complete -C 'fupin check-exit --assume water_s') open; "
        "echo (complete -C 'fupin check-exit --assume water_safe=')"
    ),
}


@pytest.mark.skipif(os.name != "posix", reason="runs shells of Unix")
@pytest.mark.parametrize("shell", [shell for shell in REAL if shutil.which(shell)])
def test_a_real_shell_completes_with_the_script(shell: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    main(["completion", shell])
    script, program = tmp_path / "script", tmp_path / "fupin"
    script.write_bytes(capfdbinary.readouterr().out)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fupin_cli "$@"\n', "utf-8")
    program.chmod(0o700)
    alone = {"bash": ["--norc"], "fish": ["--no-config"]}[shell]
    last = {"bash": ["bash"], "fish": []}[shell]
    environment = os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "HOME": str(tmp_path)}
    done = subprocess.run(
        [shell, *alone, "-c", REAL[shell], *last, str(script)], capture_output=True, check=False, timeout=60, env=environment
    )
    first, second = done.stdout.decode().splitlines()
    assert first.replace("\t饮水安全", "") == "water_safe= open"
    assert {word.rpartition(SIGN)[2] for word in second.split()} == {"是", "否"}


@pytest.mark.parametrize(("typed", "words"), [([], "可用：bash zsh fish powershell"), (["bsh"], "是不是 bash")])
def test_a_shell_that_is_none_is_refused_in_words(typed: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", *typed]) == 2
    assert words in capsys.readouterr().err


#: What an option can take: names that are known, words that are listed in its help, and what only the user knows.
NAMED = {"FILE", "DIR", "FILE|DIR", "PACK|DIR", "PACK|YEAR", "PARAM", "FIELD", "TABLE", "STANDARD", "CHECK", "KIND", "RULE"}
FREE = {"A,B,C", "DATE", "ID", "N", "NAME", "PERCENT", "PERCENT:PERCENT", "TEXT", "YEAR", "YUAN"}


def test_whatever_an_option_takes_is_completed_or_cannot_be() -> None:
    taken = {re.sub(r"[\[\]]|\.\.\.", "", found) for found in re.findall(r'"takes": "(.+?)"', SURFACE.read_text("utf-8"))}
    heads = {one.partition(" ")[0].partition("=")[0] for one in taken}
    assert {head for head in heads if head != head.lower()} - NAMED - FREE == set()
    assert heads >= NAMED
