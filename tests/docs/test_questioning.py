"""docs/questioning-a-verdict.md: every command is run as it stands there, and every line that is shown is what it prints."""

import re
import shutil
import textwrap
from pathlib import Path

from shown import LEFT_OUT, Run, shows

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


def test_what_the_readme_shows_is_printed(fupin: Run) -> None:
    shown = textwrap.dedent(README.partition("<!-- explain -->\n")[2].partition("<!-- /explain -->")[0])
    shows(fupin, ROOT, "fupin explain samples/households.xlsx 349900010009", f"{LEFT_OUT}\n{shown}")


def test_what_the_readme_shows_of_rosters_is_printed(fupin: Run) -> None:
    shown = textwrap.dedent(README.partition("<!-- rosters -->\n")[2].partition("<!-- /rosters -->")[0])
    shows(fupin, ROOT, "fupin verify-roster samples/roster-repo/rosters --diff", f"{LEFT_OUT}\n{shown}")


def test_what_the_readme_shows_of_counties_is_printed(fupin: Run) -> None:
    shown = textwrap.dedent(README.partition("<!-- counties -->\n")[2].partition("<!-- /counties -->")[0])
    shows(fupin, ROOT, "fupin check-county samples/counties --as-of 2019-06-30", f"{LEFT_OUT}\n{shown}")
