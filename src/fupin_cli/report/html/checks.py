"""The web page of a check."""

from collections.abc import Iterator

from fupin_cli.model.run import Result
from fupin_cli.report.html.page import page
from fupin_cli.report.options import Options
from fupin_cli.report.paper.checks import check_paper


def html_report(result: Result, options: Options) -> Iterator[str]:
    """The page in pieces."""
    return page(check_paper(result, options))
