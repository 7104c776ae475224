"""The web pages of everything that is no check of households or villages."""

from collections.abc import Iterator

from fupin_cli.model.comparison import Comparison
from fupin_cli.model.reconciled import Reconciliation
from fupin_cli.model.replayed import Replay
from fupin_cli.model.run import Result
from fupin_cli.model.sweep import Sweep
from fupin_cli.model.verification import Verification
from fupin_cli.report.html.page import page
from fupin_cli.report.options import Options
from fupin_cli.report.paper.comparisons import comparison_paper
from fupin_cli.report.paper.counties import county_paper
from fupin_cli.report.paper.reconciled import reconciliation_paper
from fupin_cli.report.paper.replayed import replay_paper
from fupin_cli.report.paper.rosters import verification_paper
from fupin_cli.report.paper.swept import sweep_paper


def county_html(result: Result, options: Options) -> Iterator[str]:
    """Counties, the nearest to readiness first."""
    return page(county_paper(result, options))


def verification_html(verification: Verification, options: Options) -> Iterator[str]:
    """Rosters of successive years."""
    return page(verification_paper(verification, options))


def comparison_html(comparison: Comparison, options: Options) -> Iterator[str]:
    """The same data judged in two ways."""
    return page(comparison_paper(comparison, options))


def sweep_html(sweep: Sweep, options: Options) -> Iterator[str]:
    """Verdicts as a number moves."""
    return page(sweep_paper(sweep, options))


def reconciliation_html(result: Reconciliation, options: Options) -> Iterator[str]:
    """Declared figures and their parts."""
    return page(reconciliation_paper(result, options))


def replay_html(replay: Replay, options: Options) -> Iterator[str]:
    """A run that was run again."""
    return page(replay_paper(replay, options))
