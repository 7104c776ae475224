"""What a replay has to announce: each kind of thing that may differ, and what does."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import get_args

from fupin_cli.messages import say
from fupin_cli.model.fingerprint import fingerprint
from fupin_cli.model.replayed import Difference, Replay, What
from fupin_cli.model.verification import Found
from fupin_cli.report.bulletins.unread import NOWHERE
from fupin_cli.report.ci.bulletin import Bulletin, Counts, Rule, Source, Told, safe
from fupin_cli.report.ci.github import github
from fupin_cli.report.ci.junit import junit
from fupin_cli.report.ci.sarif import sarif
from fupin_cli.report.options import Options
from fupin_cli.report.replay.words import refusal_words, side, what
from fupin_cli.report.unread import Unread
from fupin_cli.report.verification.rules import counted

_COMMAND = "replay"
_KINDS: tuple[What, ...] = get_args(What)


def replay_bulletin(replay: Replay, options: Options) -> Bulletin:
    """Everything about a replay."""
    lang, recorded = options.lang, replay.recorded
    found = [
        Found(_rule(one), "error", NOWHERE, (), "", None, fingerprint(_rule(one), None, one.name), index=index)
        for index, one in sorted(enumerate(replay.differences), key=lambda pair: _KINDS.index(pair[1].what))
    ]
    counts = counted(found)
    rules = [
        Rule(
            f"{_COMMAND}/{kind}", "error", say(f"replay-{kind}", lang), "", "", "",
            own := counts.get(f"{_COMMAND}/{kind}", Counts()), fails=own.new > 0,
        )
        for kind in _KINDS
    ]  # fmt: skip
    refused = [Unread("", "", *refusal_words(replay.refusal, lang), replay.refusal.code)] if replay.refusal is not None else []
    counted_parts = {name: len(getattr(recorded, name)) for name in ("inputs", "packs", "outputs")}
    same = say("replay-is-same", lang, **counted_parts, code=recorded.exit_code)
    return Bulletin(
        lang=lang,
        command=_COMMAND,
        version=replay.version,
        title=say("title-replay", lang, path=replay.path, command=recorded.command, day=recorded.day.isoformat()),
        as_of=None,
        inputs=[Source(replay.path, replay.sha256)],
        rules=rules,
        found=found,
        tell=partial(_told, replay, options),
        packs=[(f"{pack.pack} v{pack.version}", pack.sha256) for pack in recorded.packs],
        notes=[_line(one, options) for one in replay.notes],
        ending=lambda _: [same if replay.is_same() else say("replay-differs", lang, count=len(replay.differences))],
        lost=refused[0].text if refused else "",
        refused=refused,
        nothing="bulletin-replayed",
        whole="bulletin-run-again",
    )


def _rule(one: Difference) -> str:
    return f"{_COMMAND}/{one.what}"


def _line(one: Difference, options: Options) -> str:
    told = " → ".join(side(one, text) or "–" for text in (one.then, one.now))
    return say("colon", options.lang).join(part for part in (what(one, options.lang), safe(one.name), told) if part)


def _told(replay: Replay, options: Options, found: Iterable[Found]) -> Iterator[Told]:
    for one in found:
        yield Told(one, "", _line(replay.differences[one.index], options))


def replay_junit(replay: Replay, options: Options) -> Iterator[str]:
    """As JUnit."""
    return junit(replay_bulletin(replay, options))


def replay_sarif(replay: Replay, options: Options) -> Iterator[str]:
    """As SARIF."""
    return sarif(replay_bulletin(replay, options))


def replay_github(replay: Replay, options: Options) -> Iterator[str]:
    """As annotations on GitHub."""
    return github(replay_bulletin(replay, options))
