"""Problems in words, and texts from the data made fit to be shown."""

from collections.abc import Callable, Mapping

from fupin_cli.messages import hint, say
from fupin_cli.messages.steering import unsteered
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.tables import fields
from fupin_cli.report.mask import mask, mask_whole
from fupin_cli.report.options import Options


def visible(text: str) -> str:
    """The text with every character that steers instead of showing replaced by one that shows."""
    return unsteered(text)


def safe(text: str, options: Options) -> str:
    """A text from the data as it may be shown."""
    return visible(mask(text) if options.mask else text)


def problem_words(problem: Problem, options: Options, place: Callable[[Address], str]) -> tuple[str, str]:
    """A problem and its next step. ``place`` names a cell."""
    label = fields(problem.table)[problem.name].title(options.lang) if problem.table and problem.name else ""
    other = place(problem.other) if problem.other is not None else ""
    facts: Mapping[str, object] = {name: safe(fact, options) for name, fact in problem.facts.items()}
    named = {**facts, "label": label, "value": problem_value(problem, options), "other": other}
    return say(problem.code, options.lang, **named), hint(problem.code, options.lang, **named)


def problem_value(problem: Problem, options: Options) -> str:
    """What stood in the cell, as it may be shown."""
    if options.mask and problem.sensitive and problem.value:
        return visible(mask_whole(problem.value))
    return safe(problem.value, options)
