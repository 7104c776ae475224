"""Findings for spreadsheets, and below them what changed between the years."""

from collections.abc import Iterator

from fupin_cli.model.verification import Verification
from fupin_cli.report.csvtext import BOM, csv_lines
from fupin_cli.report.options import Options
from fupin_cli.report.story.csvtext import story_csv


def verification_csv(verification: Verification, options: Options) -> Iterator[str]:
    """The rows of both tables, each with headings of its own, byte-order mark first so that Excel reads it as UTF-8."""
    yield from csv_lines(verification.result, options)
    if verification.story is not None:
        for text in story_csv(verification.story, verification.result, options):
            yield text.removeprefix(BOM)
