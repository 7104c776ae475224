"""A replay for spreadsheets: one row for each difference, and for what has changed around it."""

from collections.abc import Iterator, Sequence

from fupin_cli.messages import Lang, say
from fupin_cli.model.replayed import Difference, Replay
from fupin_cli.report.csvtext import BOM, csv_row
from fupin_cli.report.mask import mask
from fupin_cli.report.options import Options
from fupin_cli.report.replay.words import what

_COLUMNS = ("what", "name", "then", "now", "differs", "manifest", "manifest-sha256")


def replay_csv(replay: Replay, options: Options) -> Iterator[str]:
    """The rows, byte-order mark first so that Excel reads it as UTF-8."""
    lang = options.lang
    yield BOM + csv_row([say(f"replay-column-{name}", lang) for name in _COLUMNS])
    yield from _rows(replay, replay.differences, say("value-yes", lang), lang)
    yield from _rows(replay, replay.notes, say("value-no", lang), lang)


def _rows(replay: Replay, found: Sequence[Difference], differs: str, lang: Lang) -> Iterator[str]:
    for one in found:
        yield csv_row([what(one, lang), *map(mask, (one.name, one.then, one.now)), differs, replay.path, replay.sha256])
