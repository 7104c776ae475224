"""docs/rates.md: every command is run as it stands there, and every line that is shown is what it prints."""

import re
import shutil
from pathlib import Path

from shown import Run, shows

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "rates.md").read_text(encoding="utf-8")
COMMANDS = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<shown>.*?)```", re.DOTALL)


def test_every_line_that_is_shown_is_printed(fupin: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples" / "counties", tmp_path / "samples" / "counties")
    found = [*COMMANDS.finditer(PAGE)]
    for event in found:
        shows(fupin, tmp_path, event["command"], event["shown"])
    assert len(found) == PAGE.count("```console") >= 6
