"""The workbooks that the benchmarks read, written into a folder of their own."""

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from measure import environment

BENCH = Path(__file__).parent
_SHEET = "xl/worksheets/sheet1.xml"
_NUMBER = re.compile(rb'<c r="([A-Z]+\d+)"(?: s="\d+")?><v>[^<]*</v></c>')
_CHUNK = 1 << 20
_BOMB = 1 << 30


def generate(folder: Path, households: int) -> Path:
    """A workbook with so many households; written once."""
    path = folder / f"households-{households}.xlsx"
    if not path.exists():
        command = [sys.executable, str(BENCH / "generate.py"), str(households), str(path)]
        subprocess.run(command, check=True, env=environment())
    return path


def copies(folder: Path, households: int, number: int) -> list[Path]:
    """Workbooks of one content that are different files, as those of different townships are."""
    source = generate(folder, households)
    paths = [folder / f"township-{order}.xlsx" for order in range(1, number + 1)]
    for order, path in enumerate(paths):
        shutil.copyfile(source, path)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("docProps/township.xml", f"<township>{order}</township>")
    return paths


def with_an_error(folder: Path, households: int) -> Path:
    """The same workbook with #N/A in one cell, in the middle."""
    path = folder / f"error-{households}.xlsx"
    with zipfile.ZipFile(generate(folder, households)) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == _SHEET:
                cell = _NUMBER.search(content, len(content) // 2)
                if cell is None:
                    sys.exit(f"{path}: no number in the middle of the sheet")
                content = b"".join(
                    (content[: cell.start()], b'<c r="', cell[1], b'" t="e"><v>#N/A</v></c>', content[cell.end() :])
                )
            target.writestr(info.filename, content)
    return path


def bomb(folder: Path) -> Path:
    """A file of a megabyte whose sheet is 1 GiB of one character."""
    path = folder / "bomb.xlsx"
    with zipfile.ZipFile(generate(folder, 1)) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            if info.filename != _SHEET:
                target.writestr(info.filename, source.read(info))
        with target.open(_SHEET, "w", force_zip64=True) as part:
            for chunk in _zeros():
                part.write(chunk)
    return path


def _zeros() -> Iterator[bytes]:
    yield from [b"0" * _CHUNK] * (_BOMB // _CHUNK)
