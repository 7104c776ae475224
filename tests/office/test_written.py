"""Every workbook that fupin writes opens in LibreOffice, prints with all its headers, and comes back as it was."""

import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from workbooks import cells_of

from fupin_cli.cli.main import main
from fupin_cli.load.cells.files import read_file
from fupin_cli.model.cells import Sheet

KINDS = [
    "household",
    "person",
    "village",
    "county",
    "procedure",
    "support",
    "township",
    "team",
    "survey",
    "service",
    "archive",
    "fund",
    "reconcile",
    "totals",
    "all",
]
Save = Callable[[Sequence[Path], str, Path], None]


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("templates")
    paths = {kind: folder / f"{kind}.xlsx" for kind in KINDS}
    for kind, path in paths.items():
        assert main(["template", kind, "-o", str(path), "--quiet"]) == 0
    return paths


@pytest.fixture(scope="module")
def saved(templates: dict[str, Path], save: Save, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    folders: dict[str, Path] = {}

    def folder(form: str) -> Path:
        if form not in folders:
            folders[form] = tmp_path_factory.mktemp(form)
            save(list(templates.values()), form, folders[form])
        return folders[form]

    return folder


def headers(sheet: Sheet) -> list[str]:
    return [text for (row, _), (text, _) in sorted(cells_of(sheet).items()) if row == 1]


def squeezed(text: str) -> str:
    """Without spaces and line ends: a long header is printed on two lines."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_prints_with_every_header(kind: str, templates: dict[str, Path], saved: Callable[[str], Path]) -> None:
    pages = subprocess.run(
        ["pdftotext", "-raw", str(saved("pdf") / f"{kind}.pdf"), "-"], capture_output=True, check=True, timeout=60
    )
    text = squeezed(pages.stdout.decode("utf-8"))
    sheets = [sheet for sheet in read_file(str(templates[kind])).sheets if not sheet.hidden]
    names = [header for sheet in sheets for header in headers(sheet)]
    assert names
    assert [name for name in names if squeezed(name) not in text] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["xlsx", "xls"])
def test_a_template_saved_by_another_program_has_the_same_cells(
    kind: str, form: str, templates: dict[str, Path], saved: Callable[[str], Path]
) -> None:
    before, after = read_file(str(templates[kind])), read_file(str(saved(form) / f"{kind}.{form}"))
    assert [(sheet.name, sheet.hidden) for sheet in after.sheets] == [(sheet.name, sheet.hidden) for sheet in before.sheets]
    for old, new in zip(before.sheets, after.sheets, strict=True):
        assert cells_of(new) == cells_of(old)
