"""The counties as csv: the matrix, in the order and with the columns of the workbook; what else was judged follows."""

from collections.abc import Iterator, Sequence

from fupin_cli.model.run import Result
from fupin_cli.report.counties.columns import columns, rows, texts, unread_rows
from fupin_cli.report.counties.county import COUNTY, Counties
from fupin_cli.report.csvtext import BOM, csv_lines, csv_row, finding_rows, subject_rows, tail
from fupin_cli.report.options import Options
from fupin_cli.report.words import Words


def county_csv(result: Result, options: Options) -> Iterator[str]:
    """The text of the report in pieces, byte-order mark first so that Excel reads it as UTF-8."""
    judged = Counties.of(result, options)
    if not judged:
        yield from csv_lines(result, options)
        return
    yield BOM
    for number, counties in enumerate(judged):
        yield from _matrix(counties, [] if number else unread_rows(counties))
    words = Words(result, options)
    others = [group for group in result.groups if group.subject != COUNTY and not group.main.is_quality]
    for group in others:
        yield from map(csv_row, subject_rows(words.of(group.main), group))
    if any(group.main.is_quality for group in result.groups):
        heading, *found = finding_rows(words)
        yield from map(csv_row, [heading, *found] if found else ())


def _matrix(counties: Counties, unread: Sequence[Sequence[str]]) -> Iterator[str]:
    words, repeated = counties.words, tail(counties.words)
    names = [words.say(f"csv-{name}") for name in (*repeated, "input-sha256")]
    yield csv_row([*(column.heading for column in columns(counties)), *names])
    yield from (csv_row([*cells, *[""] * len(names)]) for cells in unread)
    for county, cells in rows(counties):
        plain, numbers = texts(cells)
        source = words.result.inputs[county.view.where.input]
        yield csv_row([*plain, *repeated.values(), source.sha256], numbers)
