"""The paper of a replay: whether the run is still the same, what differs, and what has changed around it."""

from collections.abc import Sequence

from fupin_cli.messages import say
from fupin_cli.model.replayed import Difference, Replay
from fupin_cli.report.mask import mask
from fupin_cli.report.options import Options
from fupin_cli.report.paper.model import Cell, Column, Facts, Grid, Lines, Paper, Part, Section, Tone
from fupin_cli.report.problems import visible
from fupin_cli.report.replay.words import refusal_words, side, what

_COLUMNS = ("what", "name", "then", "now")


def replay_paper(replay: Replay, options: Options) -> Paper:
    """What replay has to say."""
    lang, recorded = options.lang, replay.recorded
    counts = {name: len(getattr(recorded, name)) for name in ("inputs", "packs", "outputs")}
    same = replay.is_same()
    answer = (
        say("replay-is-same", lang, **counts, code=recorded.exit_code)
        if same
        else say("replay-differs", lang, count=len(replay.differences)).rstrip("：:")
    )
    parts: list[Part] = []
    if not same:
        parts.append(_grid(answer, replay.differences, options, "bad"))
    if replay.refusal is not None:
        message, step = refusal_words(replay.refusal, lang)
        lines = [say("error-prefix", lang, text=message), *([say("hint-prefix", lang, text=step)] if step else [])]
        parts.append(Lines("", [visible(line) for line in lines], "bad"))
    if replay.notes:
        parts.append(_grid(say("replay-notes", lang).rstrip("：:"), replay.notes, options, "plain"))
    facts = [
        (say("run-command", lang), f"fupin replay {replay.version}"),
        (say("replay-column-manifest", lang), visible(replay.path)),
        (say("replay-column-manifest-sha256", lang), replay.sha256),
    ]
    parts.append(Section(say("paper-run", lang), [Facts(say("paper-run-facts", lang), facts)], aside=True))
    return Paper(
        lang=lang,
        title=visible(say("title-replay", lang, path=replay.path, command=recorded.command, day=recorded.day.isoformat())),
        answer=answer,
        tone="good" if same else "bad",
        subtitle=[],
        parts=parts,
    )


def _grid(title: str, differences: Sequence[Difference], options: Options, tone: Tone) -> Grid:
    columns = [Column(say(f"replay-column-{name}", options.lang), "long") for name in _COLUMNS]
    return Grid(title, columns, [_row(one, options, tone) for one in differences])


def _row(one: Difference, options: Options, tone: Tone) -> list[Cell]:
    texts = (mask(one.name), side(one, one.then), side(one, one.now))
    return [Cell(what(one, options.lang), tone), *(Cell(visible(text)) for text in texts)]
