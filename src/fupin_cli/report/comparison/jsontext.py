"""A comparison for machines: the contract ``fupin.comparison/1``."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from fupin_cli.model.comparison import Compared, Comparison, Decider, Flip, standing
from fupin_cli.model.result import StandardResult
from fupin_cli.report.comparison.wording import Both
from fupin_cli.report.jsontext import check_json, id_json, missing_json, rules_json
from fupin_cli.report.options import Options
from fupin_cli.report.page import Page
from fupin_cli.report.unread import unread_json
from fupin_cli.report.words import Words

SCHEMA = "fupin.comparison/1"


def comparison_json(comparison: Comparison, options: Options) -> Iterator[str]:
    """The report in pieces: one subject whose verdict differs per line."""
    both = Both(comparison, options)
    page = Page(comparison.before.inputs, options)
    old, new = both.words()
    first = comparison.before
    head = {
        "schema": SCHEMA,
        "tool": {"version": first.version},
        "command": "what-if",
        "check": comparison.job,
        "as_of": first.as_of.isoformat() if first.as_of is not None else None,
        "before": _side(old),
        "after": _side(new),
        "differing_parameters": both.differing(),
        "inputs": page.sources_json(),
        **unread_json(comparison.problems, options),
        "problems": [page.problem_json(problem) for problem in comparison.problems],
        "standards": [_standard(both, compared) for compared in comparison.standards],
        "only_before": _names(comparison.only_before),
        "only_after": _names(comparison.only_after),
    }
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "flips": ['
    separator = "\n  "
    for compared in comparison.standards:
        for flip in compared.flips(compared.flipped):
            yield separator + json.dumps(_flip(both, compared, flip), ensure_ascii=False)
            separator = ",\n  "
    yield "\n ]\n}\n"


def _side(words: Words) -> dict[str, Any]:
    assumed = {name: words.safe(value) for name, value in words.result.assumptions.items()}
    return {"rules": rules_json(words.result, words.rules), "assumptions": assumed}


def _names(judged: Sequence[StandardResult]) -> list[dict[str, str]]:
    return [{"subject": one.subject.name, "standard": one.standard.standard} for one in judged]


def _standard(both: Both, compared: Compared) -> dict[str, Any]:
    old, new = both.words(compared)
    return {
        "subject": compared.subject,
        "before": _titled(old),
        "after": _titled(new),
        "subjects": compared.subjects,
        "changed": len(compared.flipped),
        "transitions": [
            {"from": one.before, "to": one.after, "count": one.count, "flips": one.flips} for one in compared.transitions
        ],
        "checks": [{"id": one.name, "from": one.before, "to": one.after, "count": one.count} for one in compared.turns],
        "checks_only_before": compared.only_before(),
        "checks_only_after": compared.only_after(),
    }


def _titled(words: Words) -> dict[str, Any]:
    judged = words.judged
    outcomes = {
        name: {"title": words.outcome(name), "standing": standing(judged.standard, name)} for name in judged.outcome_counts()
    }
    return {"standard": judged.standard.standard, "title": judged.standard.title.say(words.lang), "outcomes": outcomes}


def _flip(both: Both, compared: Compared, flip: Flip) -> dict[str, Any]:
    old, new = both.words(compared)
    page = Page(old.result.inputs, both.options)
    view = flip.before
    return {
        "subject": compared.subject,
        "standard": compared.before.standard.standard,
        "id": id_json(old, view),
        "year": view.year,
        "name": old.safe(view.name),
        "where": page.place_json(view.where),
        "from": view.outcome,
        "to": flip.after.outcome,
        "rows": {"before": view.row, "after": flip.after.row},
        "missing": {"before": missing_json(old, view), "after": missing_json(new, flip.after)},
        "checks": [_decider(old, new, decider) for decider in flip.deciders],
    }


def _decider(old: Words, new: Words, decider: Decider) -> dict[str, Any]:
    sides = (("before", old, decider.before), ("after", new, decider.after))
    return {"id": decider.name} | {side: check_json(words, view) if view is not None else None for side, words, view in sides}
