"""A replay for machines: the contract ``fupin.replay/1``."""

import json
from collections.abc import Iterator
from typing import Any

from fupin_cli.messages import Lang
from fupin_cli.model.replayed import Difference, Replay
from fupin_cli.report.mask import mask
from fupin_cli.report.naming import shown_path
from fupin_cli.report.options import Options
from fupin_cli.report.replay.words import refusal_words, what

SCHEMA = "fupin.replay/1"


def replay_json(replay: Replay, options: Options) -> Iterator[str]:
    """The text of the report."""
    recorded, observed = replay.recorded, replay.observed
    found = {
        "schema": SCHEMA,
        "tool": {"version": replay.version},
        "manifest": {"path": replay.path, "sha256": replay.sha256},
        "command": recorded.command,
        "day": recorded.day.isoformat(),
        "same": replay.is_same(),
        "compared": {
            "inputs": len(recorded.inputs),
            "packs": len(recorded.packs),
            "outputs": len(recorded.outputs),
            "exit_code": {"then": recorded.exit_code, "now": replay.exit_code},
        },
        "refused_now": _refusal(replay, options.lang),
        "differences": [_difference(one, options.lang) for one in replay.differences],
        "notes": [_difference(one, options.lang) for one in replay.notes],
        "outputs": [
            one.model_dump(mode="json", by_alias=True, include={"to", "form", "size", "sha256"}) for one in observed.outputs
        ]
        if observed is not None
        else [],
    }
    yield json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _refusal(replay: Replay, lang: Lang) -> dict[str, str] | None:
    if replay.refusal is None:
        return None
    message, step = refusal_words(replay.refusal, lang)
    return {"code": replay.refusal.code, "message": message, "hint": step}


def _difference(one: Difference, lang: Lang) -> dict[str, Any]:
    return {
        "what": one.what,
        "name": mask(one.name) if one.what in ("assumption", "parameters") else shown_path(one.name),
        "then": mask(one.then) if one.what == "assumption" else one.then,
        "now": mask(one.now) if one.what == "assumption" else one.now,
        "message": what(one, lang),
    }
