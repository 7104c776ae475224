"""The annotated workbook of each command opens in LibreOffice: people's cells come back from there as they were, and it prints."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from fupin_cli.cli.main import main

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
COMMANDS = {"check-exit": "everything-wrong", "check-support": "support", "check-all": "candidates", "check-archive": "archives"}
Save = Callable[[Sequence[Path], str, Path], None]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("annotated")
    paths = {command: folder / f"{command}.xlsx" for command in COMMANDS}
    for command, path in paths.items():
        assert main([command, str(SAMPLES / f"{COMMANDS[command]}.xlsx"), "-o", str(path), "--quiet"]) in {0, 1}
    return paths


def test_every_cell_and_note_survives_another_program(reports: dict[str, Path], save: Save, tmp_path: Path) -> None:
    save(list(reports.values()), "xlsx", tmp_path)
    for path in reports.values():
        before, after = (openpyxl.load_workbook(one) for one in (path, tmp_path / path.name))
        assert after.sheetnames == before.sheetnames
        for page in before:
            cells = [cell for line in page.iter_rows() for cell in line if cell.value is not None]
            assert cells
            differ = [cell.coordinate for cell in cells if after[page.title][cell.coordinate].value != cell.value]
            assert differ == [], page.title
            noted = [cell.coordinate for cell in cells if cell.comment is not None]
            assert [place for place in noted if after[page.title][place].comment is None] == []


def test_it_prints_with_its_headings(reports: dict[str, Path], save: Save, tmp_path: Path) -> None:
    save(list(reports.values()), "pdf", tmp_path)
    for path in reports.values():
        pages = subprocess.run(["pdftotext", "-raw", str(tmp_path / f"{path.stem}.pdf"), "-"], capture_output=True, check=True)
        text = pages.stdout.decode("utf-8")
        assert all(word in text for word in ("结论", "原因", "怎么办", "依据"))
