"""Markdown of what has no other: from its paper."""

from collections.abc import Iterator

from fupin_cli.model.reconciled import Reconciliation
from fupin_cli.model.replayed import Replay
from fupin_cli.model.run import Result
from fupin_cli.report.markdownpaper import paper_markdown
from fupin_cli.report.options import Options
from fupin_cli.report.paper.checks import check_paper
from fupin_cli.report.paper.reconciled import reconciliation_paper
from fupin_cli.report.paper.replayed import replay_paper


def check_markdown(result: Result, options: Options) -> Iterator[str]:
    """A check of households, villages, files or data."""
    return paper_markdown(check_paper(result, options), options)


def reconciliation_markdown(result: Reconciliation, options: Options) -> Iterator[str]:
    """Declared figures and their parts."""
    return paper_markdown(reconciliation_paper(result, options), options)


def replay_markdown(replay: Replay, options: Options) -> Iterator[str]:
    """A run that was run again."""
    return paper_markdown(replay_paper(replay, options), options)
