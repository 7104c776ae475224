"""Make the pictures in docs/reports again: each report that docs/reports.md shows, from the command that stands above it there.

The last word of a picture's name says how one looks at the report: in a browser (``light``, ``dark``, ``phone``), on paper
(``print``), as a workbook or a draft that LibreOffice opens (``workbook``, ``draft``).
"""

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from fupin_cli.cli.main import main

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PAGE = HERE / "reports.md"
sys.path.append(str(ROOT / "tests" / "browser"))
from chromium import PHONE, chromium, missing, pictured, printed, shape, show  # noqa: E402  # stands with the tests

#: Pixels of a picture: as wide as a column of text on a screen, and not so high that nobody looks to its end.
WIDTH, HEIGHT, PHONE_HEIGHT = 1000, 1500, 900
#: Few colours keep the files small.
COLOURS = 256
DOTS, BORDER = 70, 8
#: Stands in the columns that a workbook has got, beside the rows.
TELLING = "差 0.01 元"


@dataclass(frozen=True)
class Shown:
    """A command of the page, and the pictures of the file that it writes."""

    command: Sequence[str]
    pictures: Sequence[Path]


def shown() -> list[Shown]:
    """What the page shows."""
    text = PAGE.read_text(encoding="utf-8")
    found = []
    for block in re.split(r"^    fupin ", text, flags=re.MULTILINE)[1:]:
        command, _, rest = block.partition("\n")
        pictures = [HERE / name for name in re.findall(r"!\[[^\]]+\]\((reports/[^)]+)\)", rest)]
        found.append(Shown(shlex.split(command), pictures))
    return found


def written(one: Shown, folder: Path) -> Path:
    """The file that the command writes; run where the samples lie as in a checkout, so that the report names them so."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        if main([*one.command, "--quiet"]) not in (0, 1):
            sys.exit(f"pictures: fupin {shlex.join(one.command)} failed")
    finally:
        os.chdir(before)
    return folder / one.command[one.command.index("-o") + 1]


def sheets(pdf: Path, folder: Path, chosen: Sequence[int]) -> Image.Image:
    """Sheets of a document beside each other."""
    found = []
    for number in chosen:
        page = folder / f"sheet-{number}"
        command = ["pdftoppm", "-r", str(DOTS), "-f", str(number), "-singlefile", "-png", str(pdf), str(page)]
        subprocess.run(command, check=True, capture_output=True)
        found.append(Image.open(f"{page}.png").convert("RGB"))
    # What lies on its side goes below each other.
    beside = all(one.height > one.width for one in found)
    wide, high = [one.width + BORDER for one in found], [one.height + BORDER for one in found]
    size = (sum(wide), max(high)) if beside else (max(wide), sum(high))
    whole = Image.new("RGB", (size[0] + BORDER, size[1] + BORDER), "#8b949e")
    for place, one in enumerate(found):
        whole.paste(one, (BORDER + sum(wide[:place]), BORDER) if beside else (BORDER, BORDER + sum(high[:place])))
    return whole


def by_office(report: Path, folder: Path) -> Image.Image:
    """A workbook or a draft as LibreOffice prints it: its first sheet, and the first with what a household lacks."""
    where = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", "--norestore", where, "--convert-to", "pdf", "--outdir", str(folder), str(report)]
    subprocess.run(command, check=True, capture_output=True)
    pdf = report.with_suffix(".pdf")
    text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    told = next((number for number, page in enumerate(text.split("\f"), 1) if number > 1 and TELLING in page), 2)
    return sheets(pdf, folder, (1, told))


def by_browser(browser: Any, report: Path, way: str, folder: Path) -> Image.Image:
    """A page as a browser shows or prints it."""
    phone = way == "phone"
    shape(browser, PHONE if phone else WIDTH, "dark" if way == "dark" else "light")
    show(browser, report)
    if way == "print":
        file = folder / f"{report.stem}.pdf"
        file.write_bytes(printed(browser))
        return sheets(file, folder, (1, 2))
    return Image.open(io.BytesIO(pictured(browser, PHONE_HEIGHT if phone else HEIGHT)))


def save(picture: Image.Image, path: Path) -> None:
    """As a small file."""
    few = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def programs(ways: set[str]) -> list[str]:
    """What is missing on this machine."""
    wanted = ["pdftoppm", "pdftotext", *(["soffice"] if ways & {"workbook", "draft"} else [])]
    return [*missing(), *(name for name in wanted if not shutil.which(name))]


def make(chosen: Callable[[Path], bool]) -> Iterator[Path]:
    """Make the pictures that are chosen."""
    with tempfile.TemporaryDirectory(prefix="fupin-pictures-") as name, chromium() as browser:
        folder = Path(name)
        shutil.copytree(ROOT / "samples", folder / "samples")
        for one in shown():
            wanted = [path for path in one.pictures if chosen(path)]
            report = written(one, folder) if wanted or "--manifest" in one.command else folder
            for path in wanted:
                way = path.stem.rpartition("-")[2]
                picture = by_office(report, folder) if way in ("workbook", "draft") else by_browser(browser, report, way, folder)
                save(picture, path)
                yield path


if __name__ == "__main__":
    only = sys.argv[1:]
    every = [path for one in shown() for path in one.pictures]
    lacking = programs({path.stem.rpartition("-")[2] for path in every})
    if lacking:
        sys.exit(
            f"pictures: missing {', '.join(lacking)}; tests/browser/install.sh and tests/office/install.sh get them from Debian."
        )
    with suppress(KeyboardInterrupt):
        for path in make(lambda path: not only or any(word in path.stem for word in only)):
            print(f"{path.relative_to(ROOT)} {path.stat().st_size // 1024} KB")
