"""Names of marks: no line of another mark goes through one, where there is room beside it."""

from decimal import Decimal

from fupin_cli.report.charts.letters import width
from fupin_cli.report.charts.paint import LABEL
from fupin_cli.report.charts.plate import WIDTH
from fupin_cli.report.charts.scales import _named
from fupin_cli.report.paper.drawn import Mark


def test_the_line_of_one_mark_does_not_go_through_the_name_of_the_next() -> None:
    marks = [Mark("2995 现值 2018年（未确认）", Decimal(150)), Mark("4000 现值 2020年（未确认）", Decimal(260))]
    (first, *_), (second, is_left, lines) = _named(marks, lambda value: value)
    widest = max(width(line, LABEL) for line in lines)
    assert is_left
    assert first < second
    assert second + widest < WIDTH


def test_a_mark_at_the_edge_has_its_name_on_the_side_where_there_is_room() -> None:
    marks = [Mark("低", Decimal(10)), Mark("很高的一条线", Decimal(390))]
    assert [is_left for _, is_left, _ in _named(marks, lambda value: value)] == [True, False]
