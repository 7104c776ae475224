"""docs/reports.md shows each report as a picture: every command of it can be given, and every picture is there, small, and told.

That the commands run is seen where a browser looks at their pages, from the same samples, and where the pictures are made.
"""

import importlib
import re
import shlex
from pathlib import Path

import pytest
from PIL import Image

from fupin_cli.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGE = (DOCS / "reports.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"!\[([^\]]+)\]\((reports/[\w-]+\.png)\)", PAGE)
GIVEN = [shlex.split(line) for line in re.findall(r"^    fupin (.+)$", PAGE, re.MULTILINE)]


@pytest.mark.parametrize(("told", "name"), SHOWN, ids=[name for _, name in SHOWN])
def test_a_picture_is_there_small_and_told(told: str, name: str) -> None:
    assert len(told) > 20
    assert (DOCS / name).stat().st_size <= 200 * 1024
    with Image.open(DOCS / name) as picture:
        assert max(picture.width, 300) == picture.width <= 1350


def test_every_picture_is_shown_once() -> None:
    assert sorted(name for _, name in SHOWN) == sorted(f"reports/{path.name}" for path in (DOCS / "reports").iterdir())


@pytest.mark.parametrize("arguments", GIVEN, ids=" ".join)
def test_a_command_of_the_page_can_be_given(arguments: list[str]) -> None:
    name, *rest = arguments
    module, *_ = COMMANDS[name]
    command = importlib.import_module(module).command
    options = {word for parameter in command.params for word in parameter.opts}
    assert {word for word in rest if word.startswith("-")} <= options
    files = [word for word in rest if word.startswith("samples/")]
    assert [word for word in files if not (ROOT / word).exists()] == []
    assert files or name == "replay"


def test_every_command_that_has_a_page_is_shown() -> None:
    formats = (DOCS / "formats.md").read_text(encoding="utf-8")
    wanted = set(re.findall(r"^\| ((?:check|verify|reconcile|what|replay)[a-z-]*)", formats, re.MULTILINE))
    assert wanted
    assert {arguments[0] for arguments in GIVEN} == wanted


def test_the_readme_leads_to_it_and_shows_one() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(docs/reports.md)" in readme
    assert "](docs/reports/check-exit-light.png)" in readme
