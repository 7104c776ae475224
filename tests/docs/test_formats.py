"""docs/formats.md says which command has which format; the commands are held to it, and each format is there when it is asked for."""

import importlib
import re
from pathlib import Path
from typing import Any

import pytest

from fupin_cli.cli import check_county, checking, reconcile, replay, verify_roster, what_if
from fupin_cli.cli.later import Later
from fupin_cli.cli.main import COMMANDS
from fupin_cli.cli.output import Forms
from fupin_cli.cli.settings import SUFFIXES
from fupin_cli.cli.speech import SpokenOption

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
CHECKS = ("check-identify", "check-village", "check-archive", "check-support", "check-data", "check-all")
FORMS: dict[str, Forms[Any]] = {
    **dict.fromkeys(CHECKS, checking._FORMS),
    "check-exit": checking.EXIT_FORMS,
    "check-county": check_county._FORMS,
    "verify-roster": verify_roster._FORMS,
    "reconcile": reconcile._FORMS,
    "what-if": what_if._COMPARISONS,
    "what-if --sweep": what_if._SWEEPS,
    "replay": replay._FORMS,
}


def table(heading: str) -> list[list[str]]:
    """The rows of the table whose first column is called so, the heading first."""
    lines = PAGE[PAGE.index(f"| {heading} |") :].split("\n\n", 1)[0].strip().splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if not re.fullmatch(r"[| -]+", line)]


def test_the_table_has_every_command_with_exactly_its_formats() -> None:
    heading, *rows = table("Command")
    told = {row[0]: {name for name, cell in zip(heading[1:], row[1:], strict=True) if cell == "✓"} for row in rows}
    assert told == {name: {*forms.names} for name, forms in FORMS.items()}


def test_a_command_offers_what_its_report_has() -> None:
    for name, (module, *_) in COMMANDS.items():
        if name not in FORMS:
            continue
        parameters = importlib.import_module(module).command.params
        choices = next(one.type.choices for one in parameters if isinstance(one, SpokenOption) and one.name == "form")
        widest = FORMS.get(f"{name} --sweep", FORMS[name])
        assert [*choices] == [*widest.names], name


def test_every_command_that_decides_or_compares_is_in_it() -> None:
    deciding = {name for name in COMMANDS if name.startswith("check-")} | {"verify-roster", "reconcile", "what-if", "replay"}
    assert {name.split()[0] for name in FORMS} == deciding


def test_every_format_is_explained_with_the_suffix_that_chooses_it() -> None:
    heading, *rows = table("Format")
    assert heading[1] == "Suffix"
    every = {form for forms in FORMS.values() for form in forms.names}
    assert {row[0] for row in rows} == every
    for form, suffix, *_ in rows:
        assert SUFFIXES.get(suffix.strip("`."), suffix.strip("`.")) == form


def test_it_says_of_every_format_what_is_masked() -> None:
    masked = PAGE[PAGE.index("## What is masked") :]
    told = [form for line in re.findall(r"^\| ([a-z, ]+) \|", masked, re.MULTILINE) for form in line.split(", ")]
    assert sorted(told) == sorted({form for forms in FORMS.values() for form in forms.names})


@pytest.mark.parametrize("name", FORMS)
def test_what_is_loaded_later_is_there(name: str) -> None:
    for form in (*FORMS[name].texts.values(), *FORMS[name].books.values()):
        if isinstance(form, Later):
            assert callable(getattr(importlib.import_module(f"fupin_cli.report.{form.module}"), form.name))
