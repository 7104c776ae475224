"""The explanation for machines: the contract ``fupin.explanation/1``."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from fupin_cli.model.explanation import (
    Answer,
    Derived,
    Explained,
    Explanation,
    Grounds,
    Named,
    Part,
    Question,
    Questioned,
    Reasons,
    RowOf,
    Turn,
)
from fupin_cli.model.problem import Address
from fupin_cli.model.view import Value
from fupin_cli.report.cellsjson import place_json, value_json
from fupin_cli.report.jsontext import check_json, id_json, problem_json, rules_json
from fupin_cli.report.numbers import number_text
from fupin_cli.report.options import Options
from fupin_cli.report.unread import unread_json
from fupin_cli.report.words import Words

SCHEMA = "fupin.explanation/1"


def explanation_json(explanation: Explanation, options: Options) -> Iterator[str]:
    """The text of the report."""
    first = explanation.subjects[0].result
    words = Words(first, options)
    told = {
        "schema": SCHEMA,
        "tool": {"version": first.version},
        "command": explanation.command,
        "as_of": first.as_of.isoformat() if first.as_of is not None else None,
        "inputs": [{"path": source.path, "sha256": source.sha256} for source in first.inputs],
        **unread_json(first.problems, options),
        "assumptions": {name: words.safe(value) for name, value in first.assumptions.items()},
        "subjects": [_subject(subject, options) for subject in explanation.subjects],
    }
    yield json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _subject(subject: Explained, options: Options) -> dict[str, Any]:
    words = Words(subject.result, options)
    main = subject.grounds[0]
    own = words.of(main.judged)
    return {
        "subject": main.judged.standard.subject,
        "id": id_json(own, main.view),
        "year": main.view.year,
        "name": words.safe(main.view.name),
        "where": place_json(words, main.view.where),
        "rules": rules_json(subject.result, subject.result.rules[0]),
        "standards": [_standard(words.of(grounds.judged), grounds) for grounds in subject.grounds],
        "problems": [problem_json(words, problem) for problem in subject.problems],
    }


def _standard(words: Words, grounds: Grounds) -> dict[str, Any]:
    view = grounds.view
    closest = grounds.closest
    return {
        "standard": words.judged.standard.standard,
        "title": words.judged.standard.title.say(words.lang),
        "outcome": view.outcome,
        "outcome_title": words.outcome(view.outcome),
        "possible": list(view.possible),
        "meets": grounds.standing == "meets",
        "applies": _tree(words, grounds.applies),
        "decision": [
            {"row": row.number + 1, "outcome": row.outcome, "state": row.state, "when": _tree(words, row.when)}
            for row in grounds.rows
        ],
        "checks": [
            check_json(words, check) | _reasons(words, grounds.reasons[check.name], check.check.reading) for check in view.checks
        ],
        "closest": {"check": closest.check, "margin": number_text(closest.margin)} if closest is not None else None,
        "questions": [_question(words, question) for question in grounds.questions],
        "ways": None
        if grounds.ways is None
        else [{"outcome": way.outcome, "changes": [_turn(words, turn) for turn in way.turns]} for way in grounds.ways],
        "quality": _questioned(words, grounds.questioned) if grounds.questioned is not None else None,
    }


def _reasons(words: Words, reasons: Reasons, reading: str | None) -> dict[str, Any]:
    trees = {"applies": _tree(words, reasons.applies), "require": _tree(words, reasons.require)}
    return {"reading": reading, **trees}


def _tree(words: Words, part: Part | None) -> dict[str, Any] | None:
    """A condition with the truth of each part."""
    if part is None:
        return None
    found: dict[str, Any] = {"text": part.text, "value": value_json(words, part.value), "matters": part.matters}
    if part.word:
        return found | {"word": part.word, "parts": [_tree(words, inner) for inner in part.parts]}
    worked = {"worked": {text: value_json(words, value) for text, value in part.worked}} if part.worked else {}
    return found | {"names": [_named(words, named) for named in part.names]} | worked


def _named(words: Words, named: Named) -> dict[str, Any]:
    found: dict[str, Any] = {"name": named.name, "kind": named.kind}
    if named.table:
        found["table"] = named.table
    found["value"] = _shown(words, named.table, named.name, named.value)
    if named.cells:
        found["cells"] = _places(words, named.cells)
    if named.reason is not None:
        found["reason"] = named.reason
    if named.status is not None:
        found["status"] = named.status
    return found | ({"facts": [_derived(words, fact) for fact in named.facts]} if named.facts else {})


def _derived(words: Words, fact: Derived) -> dict[str, Any]:
    found: dict[str, Any] = {"fact": fact.name, "value": value_json(words, fact.value)}
    if fact.fold:
        rows = [_row(words, row) for row in fact.rows]
        return found | {"fold": fact.fold, "over": fact.over, "rows": rows, "other_rows": fact.others}
    return found | {"is": _tree(words, fact.part)} | ({"per": _named(words, fact.per)} if fact.per is not None else {})


def _row(words: Words, row: RowOf) -> dict[str, Any]:
    return {"where": place_json(words, row.where), "name": words.safe(row.name), "is": [_tree(words, part) for part in row.parts]}


def _question(words: Words, question: Question) -> dict[str, Any]:
    missing = question.missing
    return {
        "field": missing.name,
        "reason": missing.reason,
        "cells": _places(words, missing.cells),
        "cell": place_json(words, question.cell) if question.cell is not None else None,
        "answers": [_answer(words, missing.name, answer) for answer in question.answers],
    }


def _answer(words: Words, name: str, answer: Answer) -> dict[str, Any]:
    table, _, field = name.rpartition(".")
    values = [_shown(words, table, field, value) for value in answer.values]
    return {"sign": answer.sign, "values": values, "outcome": answer.outcome, "possible": list(answer.possible)}


def _turn(words: Words, turn: Turn) -> dict[str, Any]:
    own = "" if turn.table == words.judged.standard.subject else turn.table
    return {
        "table": turn.table,
        "field": turn.name,
        "where": place_json(words, turn.where),
        "sign": turn.sign,
        "before": _shown(words, own, turn.name, turn.before),
        "after": _shown(words, own, turn.name, turn.after),
        "instead": [_shown(words, own, turn.name, value) for value in turn.instead],
        "by": number_text(turn.by) if turn.by is not None else None,
        "through": turn.through or None,
        "each": number_text(turn.each) if turn.each is not None else None,
        "correction_only": turn.fixed,
    }


def _questioned(words: Words, questioned: Questioned) -> dict[str, Any]:
    found = []
    for judged, check, index in questioned.findings:
        where = judged.subject.address(index)
        found.append({"table": judged.subject.name, "rule": check, "where": place_json(words, where)})
    return {"findings": found, "would_be": questioned.outcome, "possible": list(questioned.possible)}


def _shown(words: Words, table: str, name: str, value: Value) -> str | int | bool | None:
    return value_json(words, words.shown(f"{table}.{name}" if table else name, value))


def _places(words: Words, cells: Sequence[Address]) -> list[dict[str, Any]]:
    return [place_json(words, cell) for cell in cells]
