"""How many have values between each two edges, with lines at values that have a name."""

from fupin_cli.report.charts.letters import width
from fupin_cli.report.charts.paint import TINY, fill
from fupin_cli.report.charts.plate import LINE, WIDTH, Plate
from fupin_cli.report.charts.scales import across, counts_room, draw_marks, marks_height, named, up
from fupin_cli.report.numbers import number_text
from fupin_cli.report.paper.drawn import Histogram

_DEEP, _RIGHT, _ABOVE = 180.0, 10.0, 16.0
#: Below the drawing: the numbers, and what they are.
_FOOT = 20.0 + 2 * LINE


def draw_histogram(histogram: Histogram) -> Plate:
    """A bar from edge to edge for each count."""
    most = max(histogram.counts, default=0)
    edges = [float(edge) for edge in histogram.edges]
    left = counts_room(most)
    wide = WIDTH - left - _RIGHT

    def place(value: float) -> float:
        return left + (value - edges[0]) / (edges[-1] - edges[0]) * wide

    head = marks_height(histogram.marks, place) + _ABOVE
    floor = head + _DEEP
    plate = Plate(floor + _FOOT)
    axes = plate.axes(left, head, wide, _DEEP)
    axes.set_xlim(edges[0], edges[-1])
    axes.set_ylim(0, max(most, 1))
    up(plate, lambda value: floor - value / max(most, 1) * _DEEP, most, left, WIDTH - _RIGHT)
    for turn, count in enumerate(histogram.counts):
        if not count:
            continue
        low, high = edges[turn], edges[turn + 1]
        axes.bar(low, count, high - low, align="edge", gid=fill(histogram.tones[turn] if histogram.tones else "plain"))
        if width(str(count), TINY) <= place(high) - place(low):
            y = floor - count / max(most, 1) * _DEEP - 3
            plate.text((place(low) + place(high)) / 2, y, str(count), "tiny", "center")
    draw_marks(plate, place, histogram.marks, 0, floor)
    first, last = histogram.open_ends
    inner = histogram.edges[first : len(histogram.edges) - last]
    across(plate, place, [(float(edge), number_text(edge)) for edge in inner], floor)
    named(plate, histogram.label, left, WIDTH - _RIGHT, floor + 18 + LINE)
    return plate
