"""docs/questioning-a-verdict.md: every command is run as it stands there, and every line that is shown is what it prints."""

import re
import shutil
import textwrap
from pathlib import Path

import pytest
from shown import IN_README, LEFT_OUT, Run, shows

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "questioning-a-verdict.md").read_text(encoding="utf-8")
#: What happens on the page, in its order: a file is written, a word in it is put right, a command is run.
EVENTS = re.compile(
    r"<!-- file: (?P<file>\S+) -->\n```yaml\n(?P<text>.*?)```"
    r"|<!-- replace: (?P<within>\S+) (?P<before>\S+) (?P<after>\S+) -->"
    r"|```console\n\$ (?P<command>[^\n]+)\n(?P<shown>.*?)```",
    re.DOTALL,
)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_line_that_is_shown_is_printed(fupin: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    ran = 0
    for event in EVENTS.finditer(PAGE):
        if event["file"]:
            path = tmp_path / event["file"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(event["text"], encoding="utf-8")
        elif event["within"]:
            path = tmp_path / event["within"]
            path.write_text(path.read_text(encoding="utf-8").replace(event["before"], event["after"]), encoding="utf-8")
        else:
            ran += 1
            shows(fupin, tmp_path, event["command"], event["shown"])
    assert ran == PAGE.count("```console") > 12


@pytest.mark.parametrize("part", IN_README)
def test_what_the_readme_shows_is_printed_and_nothing_else_is_said(part: str, fupin: Run) -> None:
    shown = textwrap.dedent(README.partition(f"<!-- {part} -->\n")[2].partition(f"<!-- /{part} -->")[0])
    assert shown
    assert f"\n    {IN_README[part]}\n" in README
    done = shows(fupin, ROOT, IN_README[part], f"{LEFT_OUT}\n{shown}")
    assert done.returncode in (0, 1)
    assert done.stderr == b""
