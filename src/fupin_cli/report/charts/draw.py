"""Charts drawn: SVG to stand in a page, with the numbers in words for whoever does not see it."""

from typing import assert_never

from fupin_cli.report.charts.bars import draw_bars
from fupin_cli.report.charts.columns import draw_columns, draw_moved
from fupin_cli.report.charts.histogram import draw_histogram
from fupin_cli.report.charts.intervals import draw_intervals, draw_timeline
from fupin_cli.report.charts.plate import Plate
from fupin_cli.report.paper.drawn import Bars, ChartData, Columns, Histogram, Intervals, Moved, Timeline
from fupin_cli.report.paper.model import Chart


def svg(chart: Chart) -> str:
    """The chart as an ``svg`` element without ids, styles and scripts: any number of them may stand in one page.

    It has a ``viewBox`` only, so it is as wide as the page lets it be; about 400 pixels are its own size.
    """
    return _drawn(chart.data).svg(chart.title, chart.told)


def _drawn(data: ChartData) -> Plate:
    match data:
        case Bars():
            return draw_bars(data)
        case Columns():
            return draw_columns(data)
        case Histogram():
            return draw_histogram(data)
        case Intervals():
            return draw_intervals(data)
        case Moved():
            return draw_moved(data)
        case Timeline():
            return draw_timeline(data)
        case _:
            assert_never(data)
