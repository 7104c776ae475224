"""The changes between years for spreadsheets: a row for each household to which something happened, and each changed verdict."""

from collections.abc import Iterator

from fupin_cli.model.problem import Address
from fupin_cli.model.run import Result
from fupin_cli.model.story import Event, Interval, Story, Verdicts
from fupin_cli.report.csvtext import BOM, csv_row
from fupin_cli.report.options import Options
from fupin_cli.report.story.lines import Line, lines
from fupin_cli.report.story.wording import Telling, reasons

#: So many changed verdicts are made ready at once.
_BATCH = 20_000
_HEADINGS = (
    "story-csv-before", "story-csv-after", "story-csv-change", "csv-subject", "csv-subject-name", "story-csv-values-before",
    "story-csv-values-after", "story-csv-cause", "story-csv-why", "story-csv-input-before", "story-csv-cell-before",
    "story-csv-input-after", "story-csv-cell-after",
)  # fmt: skip


def story_csv(story: Story, result: Result, options: Options) -> Iterator[str]:
    """The rows, byte-order mark first so that Excel reads it as UTF-8."""
    telling = Telling(story, result, options)
    yield BOM + csv_row([telling.say(heading) for heading in _HEADINGS])
    for interval in story.intervals:
        for event in interval.events:
            yield from _event(telling, interval, event)
        if interval.verdicts is not None:
            yield from _changes(telling, interval, interval.verdicts)


def _event(telling: Telling, interval: Interval, event: Event) -> Iterator[str]:
    title = telling.say(f"story-event-{event.name}")
    for line in lines(telling.story, event):
        sides = ([telling.value(one.name, one.values[side]) for one in line.told] for side in (0, 1))
        values = [telling.say("list-comma").join(side) for side in sides]
        cells = [cell for side in (0, 1) for cell in _cell(telling, _where(line, side))]
        known = [str(interval.before), str(interval.after), title, telling.key(line.key), telling.page.safe(line.name)]
        yield csv_row([*known, *values, telling.page.safe(line.reason), "", *cells])


def _where(line: Line, side: int) -> Address | None:
    """The cell that says what happened, else the row."""
    return next((one.cells[side] for one in line.told if one.cells[side] is not None), None) or line.rows[side]


def _cell(telling: Telling, where: Address | None) -> tuple[str, str]:
    """File and cell."""
    if where is None:
        return "", ""
    return telling.result.inputs[where.input].path, telling.page.safe(str(where))


def _changes(telling: Telling, interval: Interval, verdicts: Verdicts) -> Iterator[str]:
    title = telling.say("story-csv-verdict")
    for start in range(0, verdicts.changed, _BATCH):
        stop = min(start + _BATCH, verdicts.changed)
        looked = verdicts.look(start, stop)
        both, compared = telling.both(interval, verdicts, looked)
        old, new = both.words(compared)
        causes = verdicts.changes.column("cause").slice(start, stop - start).to_pylist()
        for cause, flip in zip(causes, looked.flips, strict=True):
            before, after = flip.before, flip.after
            why = [*reasons(telling, both, compared, flip), *both.missing(compared, flip)]
            yield csv_row([
                str(interval.before), str(interval.after), title, new.key(after.key), new.safe(after.name),
                old.outcome(before.outcome), new.outcome(after.outcome), telling.say(f"story-term-{cause}"),
                telling.say("semicolon").join(why), *_cell(telling, before.where), *_cell(telling, after.where),
            ])  # fmt: skip
