"""A replay for people at a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from fupin_cli.messages import Lang, say
from fupin_cli.model.replayed import Difference, Replay
from fupin_cli.report.layout import indented
from fupin_cli.report.options import Options
from fupin_cli.report.replay.words import refusal_words, side, what

_COLUMNS = ("replay-column-what", "replay-column-name", "replay-column-then", "replay-column-now")


def print_replay(replay: Replay, options: Options, console: Console) -> None:
    """Print whether it is the same, what differs, and what has changed around it."""
    for part in _report(replay, options.lang):
        console.print(part)


def _report(replay: Replay, lang: Lang) -> Iterator[RenderableType]:
    recorded = replay.recorded
    title = say("title-replay", lang, path=replay.path, command=recorded.command, day=recorded.day.isoformat())
    yield Text(title, style="bold")
    if replay.is_same():
        counts = {name: len(getattr(recorded, name)) for name in ("inputs", "packs", "outputs")}
        yield Text(say("replay-is-same", lang, **counts, code=recorded.exit_code), style="green")
    else:
        yield Text(say("replay-differs", lang, count=len(replay.differences)), style="red")
        yield indented(_table(replay.differences, lang), 2)
    if replay.refusal is not None:
        message, step = refusal_words(replay.refusal, lang)
        yield Text(say("error-prefix", lang, text=message), style="red")
        yield from (Text(say("hint-prefix", lang, text=step)),) if step else ()
    if replay.notes:
        yield Text(say("replay-notes", lang), style="dim")
        yield indented(_table(replay.notes, lang), 2)


def _table(differences: Sequence[Difference], lang: Lang) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, pad_edge=False)
    for code in _COLUMNS:
        table.add_column(Text(say(code, lang), style="bold"))
    for one in differences:
        table.add_row(*map(Text, (what(one, lang), one.name, side(one, one.then), side(one, one.now))))
    return table
