"""Findings for machines: the contract ``fupin.verification/1``."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from fupin_cli.model.baseline import Accepted, BaselineState, Gate
from fupin_cli.model.verification import Asked, Found, Verification, asked_rules, views_of
from fupin_cli.report.cellsjson import place_json, places_json
from fupin_cli.report.ci.bulletin import Rule
from fupin_cli.report.gate import gate_lines, percent_text
from fupin_cli.report.jsontext import check_json, rules_json
from fupin_cli.report.naming import shown_path
from fupin_cli.report.options import Options
from fupin_cli.report.page import Page
from fupin_cli.report.story.jsontext import story_json, story_rows
from fupin_cli.report.unread import unread_json
from fupin_cli.report.verification.rules import rules_of
from fupin_cli.report.words import Words

SCHEMA = "fupin.verification/1"
#: What a finding tells of a check; the rest stands once with the rule.
_OF_A_FINDING = ("observed", "threshold", "margin", "cells")


def json_lines(verification: Verification, options: Options) -> Iterator[str]:
    """The text of the report in pieces: one finding per line, however many there are."""
    words = Words(verification.result, options)
    yield json.dumps(_head(verification, words), ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "findings": ['
    problems = {id(problem): number for number, problem in enumerate(verification.result.problems)}
    separator = "\n  "
    for one in _findings(words, verification.found, problems):
        yield separator + json.dumps(one, ensure_ascii=False)
        separator = ",\n  "
    if verification.story is not None:
        yield '\n ],\n "story_rows": ['
        for number, row in enumerate(story_rows(verification.story, verification.result, options)):
            yield (",\n  " if number else "\n  ") + json.dumps(row, ensure_ascii=False)
    yield "\n ]\n}\n"


def _head(verification: Verification, words: Words) -> dict[str, Any]:
    result, page = words.result, Page(words.result.inputs, words.options)
    found = verification.found
    new = [one for one in found if one.accepted is None]
    errors = sum(one.level == "error" for one in new)
    asked = {one.rule: one for one in asked_rules(result)}
    return {
        "schema": SCHEMA,
        "tool": {"version": result.version},
        "command": result.command,
        "as_of": result.as_of.isoformat() if result.as_of is not None else None,
        "rules": rules_json(result, result.rules[0]),
        **({"packs": [rules_json(result, rules) for rules in result.rules]} if len(result.rules) > 1 else {}),
        "inputs": page.sources_json(),
        "assumptions": {name: words.safe(value) for name, value in result.assumptions.items()},
        **unread_json(result.problems, words.options),
        "problems": [page.problem_json(problem) for problem in result.problems],
        "summary": {
            "findings": len(found),
            "errors": errors,
            "warnings": len(new) - errors,
            "accepted": len(found) - len(new),
            "years": result.years(),
        },
        "checks": [_rule(words, rule, asked.get(rule.id)) for rule in rules_of(verification, words)],
        "gate": _gate(verification.gate, words) if verification.gate is not None else None,
        "baseline": _baseline(verification.baseline, words) if verification.baseline is not None else None,
        "story": story_json(verification.story, result, words.options) if verification.story is not None else None,
    }


def _rule(words: Words, rule: Rule, asked: Asked | None) -> dict[str, Any]:
    """A rule with its words, of which those of the law stand with the check itself."""
    check = rule.declared
    said: dict[str, Any] = {}
    if check is not None:
        said = {"cite": check.cite.model_dump(), "remedy": check.remedy.say(words.lang)}
        said |= {"why": check.why.say(words.lang)} if check.why is not None else {}
    return {
        "id": rule.id,
        "level": rule.level,
        "title": rule.title,
        "subject": asked.judged.standard.subject if asked is not None else None,
        "pass": asked.passed if asked is not None else 0,
        "fail": asked.failed if asked is not None else rule.counts.new + rule.counts.accepted,
        "unknown": asked.unknown if asked is not None else 0,
        "new": rule.counts.new,
        "accepted": rule.counts.accepted,
        "skipped": rule.skipped or None,
        "fails": rule.fails,
    } | said


def _gate(gate: Gate, words: Words) -> dict[str, Any]:
    return {
        "fails": gate.fails,
        "fail_on": gate.fail_on,
        "reasons": [
            {"kind": reason.kind, "count": reason.count, "rule": reason.share.rule if reason.share is not None else None}
            for reason in gate.reasons
        ],
        "shares": [
            {"rule": one.rule, "broken": one.broken, "asked": one.asked, "most": percent_text(one.most), "over": one.over}
            for one in gate.shares
        ],
        "text": gate_lines(gate, words.lang),
    }


def _baseline(state: BaselineState, words: Words) -> dict[str, Any]:
    return {
        "path": shown_path(state.path),
        "today": state.today.isoformat(),
        "used": len(state.used),
        "expired": [_entry(words, one) for one in state.expired],
        "vanished": [_entry(words, one) for one in state.vanished],
        "unseen": [_entry(words, one) for one in state.unseen],
    }


def _entry(words: Words, one: Accepted) -> dict[str, Any]:
    said = {"fingerprint": one.fingerprint, "rule": one.rule, "year": one.year, "id": words.key(one.subject)}
    return said | {"where": words.safe(one.where)} | _accepted(words, one)


def _accepted(words: Words, one: Accepted) -> dict[str, Any]:
    until = one.until.isoformat() if one.until is not None else None
    return {"who": words.safe(one.who), "why": words.safe(one.why), "until": until}


def _findings(words: Words, found: Sequence[Found], problems: Mapping[int, int]) -> Iterator[dict[str, Any]]:
    for _, group in groupby(found, lambda one: (id(one.judged), one.check)):
        same = list(group)
        judged = same[0].judged
        if judged is None:
            yield from (_problem(words, one, problems) for one in same)
            continue
        own = words.of(judged)
        for one, (view, check) in zip(same, views_of(judged, same[0].check, [one.index for one in same]), strict=True):
            told = check_json(own, check)
            said = {"message": own.reason(check), **{name: told[name] for name in _OF_A_FINDING}}
            yield _known(own, one, judged.standard.subject, own.safe(view.name)) | said | _ending(own, one)


def _known(words: Words, found: Found, subject: str, name: str) -> dict[str, Any]:
    return {
        "fingerprint": found.fingerprint,
        "rule": found.rule,
        "level": found.level,
        "subject": subject or None,
        "id": words.key(found.key),
        "year": found.year,
        "name": name,
        "where": place_json(words, found.where),
    }


def _problem(words: Words, found: Found, problems: Mapping[int, int]) -> dict[str, Any]:
    """What could not be read; its words, value and hint stand with the problem."""
    problem = found.problem
    if problem is None:
        raise AssertionError(found.rule)
    cells = {problem.name or "": places_json(words, found.cells)} if found.cells else {}
    message = words.problem(problem)[0]
    said = {"message": message, "observed": {}, "threshold": {}, "margin": None, "cells": cells}
    return _known(words, found, problem.table, "") | said | {"problem": problems[id(problem)]} | _ending(words, found)


def _ending(words: Words, found: Found) -> dict[str, Any]:
    return {"accepted": _accepted(words, found.accepted) if found.accepted is not None else None}
