"""The steps of a calendar in JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from fupin_cli.model.step import StepView, steps_of
from fupin_cli.report.cellsjson import places_json
from fupin_cli.report.words import Words


def steps_json(words: Words, indices: Sequence[int]) -> Iterator[dict[str, Any]]:
    """For each of these subjects of a standard the entry ``steps``; nothing where the standard has none."""
    if not words.judged.standard.steps:
        yield from ({} for _ in indices)
        return
    for steps in steps_of(words.judged, indices):
        yield {"steps": [_step(words, step) for step in steps]}


def _step(words: Words, step: StepView) -> dict[str, Any]:
    return {
        "id": step.name,
        "title": step.step.title.say(words.lang),
        "state": step.state,
        "date": step.day.isoformat() if step.day is not None else None,
        "in_window": step.in_window,
        "cell": places_json(words, step.cells) if step.cells else None,
    }
