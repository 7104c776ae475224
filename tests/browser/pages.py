"""The page of every command that has one, written from the samples."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fupin_cli.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
Pages = Callable[[str], Path]
#: The page of every command that has one, from the samples.
COMMANDS = {
    "check-identify": ["check-identify", "samples/candidates.xlsx"],
    "check-exit": ["check-exit", "samples/households.xlsx"],
    "check-exit-en": ["check-exit", "samples/households.xlsx", "--lang", "en"],
    "check-village": ["check-village", "samples/counties/样甲县.xlsx"],
    "check-county": ["check-county", "samples/counties", "--as-of", "2019-06-30"],
    "check-one-county": ["check-county", "samples/counties/样丙县.xlsx", "--as-of", "2019-06-30"],
    "check-archive": ["check-archive", "samples/archives.xlsx"],
    "check-support": ["check-support", "samples/support.xlsx", "--dibao", "samples/dibao.xlsx"],
    "check-data": ["check-data", "samples/everything-wrong.xlsx"],
    "check-all": ["check-all", "samples/households.xlsx"],
    "verify-roster": ["verify-roster", "samples/roster-repo/rosters", "--diff"],
    "reconcile": ["reconcile", "samples/reconcile-documents.xlsx"],
    "what-if": ["what-if", "samples/households.xlsx", "--set", "poverty_line=4000"],
    "what-if-sweep": ["what-if", "samples/households.xlsx", "--sweep", "poverty_line=2000:5000:500"],
    "replay": ["replay", "{folder}/run.json"],
}


def write(name: str, folder: Path) -> Path:
    """The page of a command, and beside it the same as JSON; written once."""
    page = folder / f"{name}.html"
    if name == "replay":
        write("check-exit", folder)
    if not page.exists():
        arguments = [one.format(folder=folder) for one in COMMANDS[name]]
        kept = ["--manifest", str(folder / "run.json")] if name == "check-exit" else []
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(ROOT)
            assert main([*arguments, *kept, "-o", str(page), "-o", str(page.with_suffix(".json")), "--quiet"]) in (0, 1)
    return page
