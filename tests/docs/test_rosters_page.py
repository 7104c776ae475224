"""docs/rosters-in-ci.md as somebody follows it in an empty repository: files are written, cells changed, commands run."""

import re
import shutil
from pathlib import Path

from openpyxl import load_workbook
from shown import Run, shows

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "rosters-in-ci.md").read_text(encoding="utf-8")
EVENTS = re.compile(
    r"<!-- file: (?P<file>\S+) -->\n```toml\n(?P<text>.*?)```"
    r"|<!-- cell: (?P<book>\S+) (?P<sheet>\S+) (?P<cell>\S+) (?P<value>\S+) -->"
    r"|<!-- fill: (?P<baseline>\S+) -->"
    r"|```console\n(?P<shown>.*?)```",
    re.DOTALL,
)
#: In the file to be filled in.
BLANKS = {"who": "样县扶贫办", "why": "已去函核实", "until": "2999-12-31"}


def test_the_page_can_be_followed(fupin: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples" / "roster-repo" / "rosters", tmp_path / "rosters")
    ran = 0
    for event in EVENTS.finditer(PAGE):
        if event["file"]:
            (tmp_path / event["file"]).write_text(event["text"], encoding="utf-8")
        elif event["book"]:
            put(tmp_path / event["book"], event["sheet"], event["cell"], event["value"])
        elif event["baseline"]:
            path = tmp_path / event["baseline"]
            text = path.read_text(encoding="utf-8")
            for name, words in BLANKS.items():
                assert f'{name}: ""' in text
                text = text.replace(f'{name}: ""', f"{name}: {words}")
            path.write_text(text, encoding="utf-8")
        else:
            for command, shown in re.findall(r"\$ ([^\n]+)\n([^$]*)", event["shown"]):
                if command.startswith("fupin "):
                    ran += 1
                    shows(fupin, tmp_path, command, shown)
    assert ran == PAGE.count("\n$ fupin ") >= 8


def put(path: Path, sheet: str, cell: str, value: str) -> None:
    book = load_workbook(path)
    book[sheet][cell].value = int(value) if value.isdigit() else value
    book.save(path)
