"""A sweep as a picture: stacked columns over a scale, self-contained."""

from collections.abc import Iterator

from fupin_cli.model.sweep import Sweep
from fupin_cli.report.charts.picture import Picture, picture
from fupin_cli.report.comparison.moving import Moving
from fupin_cli.report.options import Options
from fupin_cli.report.paper.swept import sweep_chart
from fupin_cli.report.unread import unread_line

_SHORT = 12


def sweep_svg(sweep: Sweep, options: Options) -> Iterator[str]:
    """The picture: one chart below the other, one for each standard that looks at the parameter."""
    moving = Moving(sweep, options)
    result = sweep.base
    pack = result.pack
    unread = unread_line(result.problems, options)
    notes = [unread] if unread else []
    notes.append(moving.say("pack-line", pack=pack.name, version=pack.head.version, sha=pack.sha256[:_SHORT]))
    notes += [moving.say("input-line", path=moving.words.safe(one.path), sha=one.sha256[:_SHORT]) for one in result.inputs]
    charts = [sweep_chart(moving, series) for series in sweep.series]
    outside = dict.fromkeys(chart.note for chart in charts if chart.note)
    yield picture(Picture(moving.lang, moving.title(), moving.range(), [*notes, *moving.others(), *outside], charts))
