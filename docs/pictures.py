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
#: So few colours are enough for text on a ground, and keep the files small.
COLOURS = 64
SHEETS, DOTS, BORDER = 2, 70, 8


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
    """The file that the command writes, in another folder; the report names the sample as a reader of the page would."""
    arguments = list(one.command)
    places = [place + 1 for place, word in enumerate(arguments) if word in ("-o", "--manifest")]
    for place in places:
        arguments[place] = str(folder / arguments[place])
    if arguments[0] == "replay":
        arguments[1] = str(folder / arguments[1])
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        if main([*arguments, "--quiet"]) not in (0, 1):
            sys.exit(f"pictures: fupin {shlex.join(one.command)} failed")
    finally:
        os.chdir(before)
    return Path(arguments[places[0]])


def sheets(pdf: Path, folder: Path, first: int = 1) -> Image.Image:
    """The first sheets of a document beside each other."""
    command = [
        "pdftoppm",
        "-r",
        str(DOTS),
        "-f",
        str(first),
        "-l",
        str(first + SHEETS - 1),
        "-png",
        str(pdf),
        str(folder / pdf.stem),
    ]
    subprocess.run(command, check=True, capture_output=True)
    found = [Image.open(path).convert("RGB") for path in sorted(folder.glob(f"{pdf.stem}-*.png"))]
    whole = Image.new(
        "RGB", (sum(one.width + BORDER for one in found) + BORDER, max(one.height for one in found) + 2 * BORDER), "#8b949e"
    )
    left = BORDER
    for one in found:
        whole.paste(one, (left, BORDER))
        left += one.width + BORDER
    return whole


def by_office(report: Path, folder: Path) -> Image.Image:
    """A workbook or a draft as LibreOffice prints it."""
    profile = (folder / "profile").as_uri()
    command = [
        "soffice",
        "--headless",
        "--norestore",
        f"-env:UserInstallation={profile}",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, str(report)], check=True, capture_output=True)
    return sheets(report.with_suffix(".pdf"), folder)


def by_browser(browser: Any, report: Path, way: str, folder: Path) -> Image.Image:
    """A page as a browser shows or prints it."""
    phone = way == "phone"
    shape(browser, PHONE if phone else WIDTH, "dark" if way == "dark" else "light")
    show(browser, report)
    if way == "print":
        file = folder / f"{report.stem}.pdf"
        file.write_bytes(printed(browser))
        return sheets(file, folder)
    return Image.open(io.BytesIO(pictured(browser, PHONE_HEIGHT if phone else HEIGHT)))


def save(picture: Image.Image, path: Path) -> None:
    """As a small file."""
    few = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def programs(ways: set[str]) -> list[str]:
    """What is missing on this machine."""
    wanted = [
        *(["soffice"] if ways & {"workbook", "draft"} else []),
        *(["pdftoppm"] if ways - {"light", "dark", "phone"} else []),
    ]
    return [*missing(), *(name for name in wanted if not shutil.which(name))]


def make(chosen: Callable[[Path], bool]) -> Iterator[Path]:
    """Make the pictures that are chosen."""
    with tempfile.TemporaryDirectory(prefix="fupin-pictures-") as name, chromium() as browser:
        folder = Path(name)
        for one in shown():
            wanted = [path for path in one.pictures if chosen(path)]
            report = written(one, folder) if wanted or "--manifest" in one.command else folder
            for path in wanted:
                way = path.stem.rpartition("-")[2]
                picture = by_office(report, folder) if way in ("workbook", "draft") else by_browser(browser, report, way, folder)
                save(picture, path)
                yield path
                for old in folder.glob(f"{report.stem}-*.png"):
                    old.unlink()


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
