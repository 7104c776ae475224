"""How far the worked cases of a pack try its conditions: for people, for machines, and as a page."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Console
from rich.text import Text

from fupin_cli.messages import Lang, hint, say
from fupin_cli.model.coverage import GOALS, ConditionCoverage, Goal, PackCoverage, StandardCoverage
from fupin_cli.report.layout import indented
from fupin_cli.report.options import Options
from fupin_cli.report.packs.caseyaml import case_lines

SCHEMA = "fupin.coverage/1"


def print_coverage(coverage: PackCoverage, options: Options, console: Console) -> None:
    """A line for each standard, then each gap with what would close it."""
    lang = options.lang
    console.print(Text(f"{coverage.pack} v{coverage.version}", style="bold"))
    for standard in coverage.standards:
        console.print(indented(Text(_summary(standard, lang), style="red" if standard.gaps else "green"), 2))
        for one in standard.conditions:
            if one.gaps:
                console.print(indented(Text(_place(one, lang), style="dim"), 4))
                console.print(indented(Text(one.text), 6))
                console.print(indented(Text(_gaps(one, standard, lang)), 6))
        if standard.suggestions:
            console.print(indented(Text(say("coverage-cases", lang), style="bold"), 4, above=1))
        for line in _cases(standard, lang):
            # Whole, however narrow the page: it is there to be copied.
            console.print(Text(" " * 6 + line), soft_wrap=True)
    console.print(Text(_whole(coverage, lang), style="bold"))
    if not (coverage.proved or coverage.complete):
        told, step = _not_proved(coverage, lang)
        console.print(Text(told, style="yellow"))
        console.print(Text(step))


def coverage_json(coverage: PackCoverage, _: Options) -> Iterator[str]:
    """The same for machines."""
    whole = {
        "schema": SCHEMA,
        "pack": coverage.pack,
        "version": coverage.version,
        "proved": coverage.proved,
        "complete": coverage.complete,
        "standards": [_standard_json(standard) for standard in coverage.standards],
    }
    yield json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def coverage_markdown(coverage: PackCoverage, options: Options) -> Iterator[str]:
    """The same as a page."""
    lang = options.lang
    yield f"# {coverage.pack} v{coverage.version}\n\n"
    for standard in coverage.standards:
        yield f"- {_summary(standard, lang)}\n"
    yield f"\n{_whole(coverage, lang)}\n"
    for standard in coverage.standards:
        if standard.gaps:
            yield f"\n## {standard.standard}\n\n"
        for one in standard.conditions:
            if one.gaps:
                yield f"- `{one.file}:{one.line}:{one.column}` {one.key}: `{one.text}` — {_gaps(one, standard, lang)}\n"
        if standard.suggestions:
            cases = "\n".join(_cases(standard, lang))
            yield f"\n{say('coverage-cases', lang)}\n\n```yaml\n{cases}\n```\n"
    if not (coverage.proved or coverage.complete):
        yield f"\n{' '.join(_not_proved(coverage, lang))}\n"


def percent(done: int, wanted: int) -> str:
    """Never rounded up: only all is 100."""
    return f"{done * 1000 // wanted / 10:g}" if wanted else "100"


def _summary(standard: StandardCoverage, lang: Lang) -> str:
    reached = {goal: standard.reached([goal]) for goal in GOALS}
    return say(
        "coverage-line",
        lang,
        standard=standard.standard,
        tried=standard.tried,
        inherited=standard.inherited,
        conditions=len(standard.conditions),
        **reached,
        impossible=standard.impossible(),
        done=standard.done,
        wanted=standard.wanted,
        percent=percent(standard.done, standard.wanted),
    )


def _whole(coverage: PackCoverage, lang: Lang) -> str:
    done, wanted = sum(one.done for one in coverage.standards), sum(one.wanted for one in coverage.standards)
    return say("coverage-whole", lang, done=done, wanted=wanted, percent=percent(done, wanted))


def _not_proved(coverage: PackCoverage, lang: Lang) -> tuple[str, str]:
    """How many gaps there are of which nobody has asked whether data can close them; and the next step."""
    gaps, unclosed = sum(len(one.gaps) for one in coverage.standards), sum(one.unclosed for one in coverage.standards)
    text = say("coverage-not-proved", lang, gaps=gaps, unclosed=unclosed)
    return text, hint("coverage-not-proved", lang, gaps=gaps, unclosed=unclosed)


def _place(one: ConditionCoverage, lang: Lang) -> str:
    rows = say("coverage-row-of", lang, table=one.over) if one.over else ""
    return f"{one.file}:{one.line}:{one.column}  {one.key}{rows}"


def _gaps(one: ConditionCoverage, standard: StandardCoverage, lang: Lang) -> str:
    """What has not been seen, and which of the cases below would show it."""
    numbers = {
        (key, path, goal): number
        for number, suggestion in enumerate(standard.suggestions, 1)
        for key, path, goal in suggestion.closes
    }
    told = []
    found = [(numbers.get((one.key, one.path, goal)), goal) for goal in one.gaps]
    for number, goals in groupby(sorted(found, key=lambda pair: pair[0] or 0), key=lambda pair: pair[0]):
        line = say("coverage-gap", lang, goals=_goals([goal for _, goal in goals], lang))
        if standard.suggestions:
            line += " → " + (say("coverage-see", lang, numbers=number) if number else say("coverage-no-case", lang))
        told.append(line)
    if one.impossible:
        told.append(say("coverage-impossible", lang, goals=_goals(sorted(one.impossible), lang)))
    return "; ".join(told) if lang == "en" else "；".join(told)


def _goals(goals: Iterable[Goal], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(say(f"coverage-goal-{goal}", lang) for goal in goals)


def _cases(standard: StandardCoverage, lang: Lang) -> Iterator[str]:
    """The lines of the cases to be copied, each under its number, where it was made from, and what it would show."""
    texts = {(one.key, one.path): one.text for one in standard.conditions}
    for number, suggestion in enumerate(standard.suggestions, 1):
        yield f"# {number}: {say('coverage-made-from', lang, base=suggestion.base)}"
        for (key, path), closed in groupby(suggestion.closes, key=lambda one: one[:2]):
            yield f"#    {key}: {texts[key, path]}: {_goals([goal for _, _, goal in closed], lang)}"
        yield from case_lines(suggestion.case)


def _standard_json(standard: StandardCoverage) -> dict[str, object]:
    return {
        "standard": standard.standard,
        "tried": standard.tried,
        "inherited": standard.inherited,
        "done": standard.done,
        "wanted": standard.wanted,
        "conditions": [_condition_json(one) for one in standard.conditions],
        "suggestions": [
            {
                "base": one.base,
                "closes": [{"tree": key, "path": list(path), "goal": goal} for key, path, goal in one.closes],
                "yaml": "\n".join(case_lines(one.case)) + "\n",
            }
            for one in standard.suggestions
        ],
    }


def _condition_json(one: ConditionCoverage) -> dict[str, object]:
    return {
        "tree": one.key,
        "path": list(one.path),
        "condition": one.text,
        "rows_of": one.over or None,
        "where": {"file": one.file, "line": one.line, "column": one.column},
        "counts": dict(one.counts),
        "open": one.open,
        "impossible": sorted(one.impossible),
        "gaps": list(one.gaps),
    }
