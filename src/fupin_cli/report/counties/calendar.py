"""Where a county stands in the calendar: last done, out of order, overdue, due; or every step."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from fupin_cli.model.step import StepView
from fupin_cli.report.counties.county import County
from fupin_cli.report.words import Words

#: State → how it is marked and coloured.
_MARKS = {
    "done": ("✓", "green"),
    "due": ("→", "yellow"),
    "not_yet_due": ("·", "dim"),
    "overdue": ("✗", "red"),
    "out_of_order": ("✗", "red"),
    "unknown": ("?", "yellow"),
}
#: What is told of a calendar in short, the most pressing first.
_PRESSING = ("out_of_order", "overdue", "unknown", "due")


def standing(words: Words, steps: Sequence[StepView]) -> str:
    """The calendar in one phrase: what presses most, else the last step that is done; empty where there is no calendar."""
    for state in _PRESSING:
        found = [step for step in steps if step.state == state]
        if found:
            return _phrase(words, state, found, first_only=True)
    return _last_done(words, steps) or (words.say("calendar-nothing-yet") if steps else "")


def in_short(words: Words, steps: Sequence[StepView]) -> str:
    """The calendar in one line: the last step that is done, and everything that presses."""
    parts = [_last_done(words, steps)]
    parts += [_phrase(words, state, [step for step in steps if step.state == state]) for state in _PRESSING]
    late = [step for step in steps if step.state == "done" and step.in_window is False]
    parts.append(_phrase(words, "outside", late))
    waiting = [step for step in steps if step.state == "not_yet_due"]
    parts.append(_phrase(words, "not_yet_due", waiting, first_only=True))
    return words.say("semicolon").join(part for part in parts if part)


def every_step(county: County) -> Iterator[Text]:
    """Each step with its state, day and cell."""
    words = county.words
    for step in county.steps:
        mark, _ = _MARKS[step.state]
        told = state_text(words, step) + words.cells(step.cells)
        line = Text(f"{mark} ", style=state_colour(step))
        yield line.append(step.step.title.say(words.lang) + words.say("colon") + told, style="default")


def state_text(words: Words, step: StepView) -> str:
    """How a step stands, with its day."""
    return _stands(words, step, _day(words, step))


def state_word(words: Words, step: StepView) -> str:
    """How a step stands, where its day stands beside it."""
    return _stands(words, step, "")


def _stands(words: Words, step: StepView, day: str) -> str:
    outside = words.say("calendar-is-outside") if _is_outside(step) else ""
    return words.say("comma").join(part for part in (words.say(f"calendar-state-{step.state}") + day, outside) if part)


def state_colour(step: StepView) -> str:
    """The colour of a step; of one that is done outside its window that of what is open."""
    return "yellow" if _is_outside(step) else _MARKS[step.state][1]


def _is_outside(step: StepView) -> bool:
    return step.state == "done" and step.in_window is False


def broken_clauses(words: Words, steps: Sequence[StepView]) -> list[str]:
    """The clauses of the steps that are overdue or out of order, with what to do, each once. ``words`` are of the calendar."""
    broken = {"overdue": "deadline", "out_of_order": "order"}
    named = [step.step.checks().get(broken[step.state], "") for step in steps if step.state in broken]
    checks = [words.judged.standard.checks[name] for name in named if name]
    lines = (f"{words.clause(one.cite)} {words.say('remedy', remedy=one.remedy.say(words.lang))}" for one in checks)
    return list(dict.fromkeys(lines))


def _last_done(words: Words, steps: Sequence[StepView]) -> str:
    done = [step for step in steps if step.state == "done"]
    return _phrase(words, "done", done[-1:])


def _phrase(words: Words, state: str, steps: Sequence[StepView], *, first_only: bool = False) -> str:
    """Steps of one state; empty for none."""
    if not steps:
        return ""
    shown = steps[:1] if first_only else steps
    names = words.say("list-comma").join(_named(words, step) for step in shown)
    text = words.say(f"calendar-{state}", steps=names)
    return text + (words.say("calendar-more", count=len(steps)) if len(steps) > len(shown) else "")


def _named(words: Words, step: StepView) -> str:
    return step.step.title.say(words.lang) + _day(words, step)


def _day(words: Words, step: StepView) -> str:
    """The day on which it was done; of a day that is still to come that it is planned."""
    if step.day is None:
        return ""
    if step.state in ("due", "not_yet_due", "overdue"):
        return words.say("calendar-planned", day=step.day.isoformat())
    return f" {step.day.isoformat()}"
