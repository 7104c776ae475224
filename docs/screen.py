"""Make docs/screen.svg again: one screen of real output, exported by rich from the sample workbook."""

import io
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from fupin_cli.model.job import CHECK_EXIT
from fupin_cli.pipeline import check
from fupin_cli.report.options import Options
from fupin_cli.report.terminal import print_result
from fupin_cli.tasks import Request

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "samples" / "village-notes.xlsx"


def write(folder: Path) -> None:
    """Judge the sample and write the picture into a folder."""
    result, _ = check(CHECK_EXIT, Request(files=[str(SAMPLE)]))
    console = Console(record=True, width=112, file=io.StringIO(), force_terminal=True, highlight=False, emoji=False, markup=False)
    # The path as a reader of the README would type it, not where the checkout happens to be.
    print_result(replace(result, inputs=[replace(result.inputs[0], path="samples/village-notes.xlsx")]), Options(), console)
    picture = console.export_svg(title="fupin check-exit samples/village-notes.xlsx", unique_id="fupin")
    (folder / "screen.svg").write_text(picture, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(HERE)
