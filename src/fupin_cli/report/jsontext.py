"""The report for machines: the contract ``fupin.result/1``."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from fupin_cli.model.cited import Citation
from fupin_cli.model.parameter import ParameterValue, Period
from fupin_cli.model.problem import Problem
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Group, Quality, Result, Rules
from fupin_cli.model.view import CheckView, SubjectView
from fupin_cli.report.cellsjson import place_json, places_json, value_json
from fupin_cli.report.completeness import completeness_data
from fupin_cli.report.inforce import used_periods
from fupin_cli.report.numbers import number_text
from fupin_cli.report.options import Options, wanted_outcomes
from fupin_cli.report.problems import problem_value
from fupin_cli.report.ratesjson import rates_json
from fupin_cli.report.stepsjson import steps_json
from fupin_cli.report.unread import unread_json
from fupin_cli.report.words import Words

SCHEMA = "fupin.result/1"


def json_lines(result: Result, options: Options) -> Iterator[str]:
    """The text of the report in pieces: one subject per line, however many there are."""
    words = Words(result, options)
    head = json.dumps(_head(words), ensure_ascii=False, indent=1)
    yield head.removesuffix("\n}") + ',\n "results": ['
    separator = "\n  "
    for table in dict.fromkeys(group.subject for group in result.groups):
        for line in _subjects(words, [group for group in result.groups if group.subject == table]):
            yield separator + line
            separator = ",\n  "
    yield "\n ]\n}\n"


def _subjects(words: Words, groups: Sequence[Group]) -> Iterator[str]:
    """A line for each subject of a table: the first standard's verdict, those of the others within it."""
    only, first = words.options.only, groups[0].main
    indices = first.indices()
    if only is not None:
        indices = sorted({index for group in groups for index in group.main.indices(wanted_outcomes(group.main, only))})
    mains = [_told(words.of(group.main), indices) for group in groups]
    # Of these only the outcomes are told: their checks need not be looked up.
    beside = [[_told(words.of(one), indices, ()) for one in group.beside] for group in groups]
    for _ in indices:
        further: dict[str, dict[str, Any]] = {}
        views = [(own, next(found), next(steps)) for own, found, steps in mains]
        for number, (own, view, steps) in enumerate(views):
            if number:
                told = {"pack": own.rules.pack.name} | _why(own, view) | _rates(own, groups[number], view) | steps
                _add(further, own, _outcome(view) | told)
            for other, found, its_steps in beside[number]:
                of_pack = {"pack": own.rules.pack.name} if number else {}
                _add(further, other, _outcome(next(found)) | of_pack | next(its_steps))
        first_words, first_view, steps = views[0]
        one = _subject(first_words, first_view, further) | _rates(first_words, groups[0], first_view) | steps
        yield json.dumps(one, ensure_ascii=False)


def _told(
    words: Words, indices: Sequence[int], checks: Collection[str] | None = None
) -> tuple[Words, Iterator[SubjectView], Iterator[dict[str, Any]]]:
    """What a standard says of each of these subjects, one after the other, with these checks or with all."""
    return words, words.judged.views(indices, checks), steps_json(words, indices)


def _rates(words: Words, group: Group, view: SubjectView) -> dict[str, Any]:
    """The rates of a subject, where its standard names any."""
    return {"rates": rates_json(group.rates[view.index], words.lang)} if view.index in group.rates else {}


def _add(further: dict[str, dict[str, Any]], words: Words, said: dict[str, Any]) -> None:
    """Two packs may have standards of one name: the second is told by its pack."""
    name = words.judged.standard.standard
    further[f"{words.rules.pack.name}/{name}" if name in further else name] = said


def _outcome(view: SubjectView) -> dict[str, Any]:
    return {"outcome": view.outcome, "possible": list(view.possible)}


def _why(words: Words, view: SubjectView) -> dict[str, Any]:
    """What is missing, and the checks that are told."""
    return {
        "missing": missing_json(words, view),
        "checks": [check_json(words, check) for check in view.checks if _listed(words, view, check)],
    }


def missing_json(words: Words, view: SubjectView) -> list[dict[str, Any]]:
    """What would settle an undetermined subject."""
    return [
        {"field": item.name, "reason": item.reason, "cells": [place_json(words, cell) for cell in item.cells]}
        for item in view.missing
    ]


def _head(words: Words) -> dict[str, Any]:
    result = words.result
    head = {
        "schema": SCHEMA,
        "tool": {"version": result.version},
        "command": result.command,
        "as_of": result.as_of.isoformat() if result.as_of is not None else None,
        "rules": rules_json(result, result.rules[0]),
        **({"packs": [rules_json(result, rules) for rules in result.rules]} if len(result.rules) > 1 else {}),
        "inputs": [
            {
                "path": source.path,
                "sha256": source.sha256,
                "format": source.format,
                "encoding": source.encoding,
                "sheets": [
                    {
                        "name": words.safe(sheet.name),
                        "table": sheet.table,
                        "header_row": sheet.header_row,
                        "rows": vars(sheet.rows),
                    }
                    for sheet in source.sheets
                ],
                "rows": vars(source.rows),
            }
            for source in result.inputs
        ],
        "assumptions": {name: words.safe(value) for name, value in result.assumptions.items()},
        **unread_json(result.problems, words.options),
        "problems": [problem_json(words, problem) for problem in result.problems],
        "summary": _summary(result.groups),
    }
    told = [village for group in result.groups for village in completeness_data(words.of(group.main))]
    head |= {"completeness": told} if told else {}
    return head | ({"quality": _quality(words, result.quality)} if result.quality is not None else {})


def rules_json(result: Result, rules: Rules) -> dict[str, Any]:
    """A pack with the parameters that were used of it."""
    return {
        "pack": rules.pack.name,
        "version": rules.pack.head.version,
        "sha256": rules.pack.sha256,
        "parameters": {name: [period_json(p) for p in used_periods(result, rules, name)] for name in rules.parameters},
    }


def _summary(groups: Sequence[Group]) -> dict[str, Any]:
    """The counts of a table; of several their sums, and each table's or standard's own beside them."""
    if len(groups) == 1:
        return _counts(groups[0].main)
    counted = [(group.subject, group.main.standard.standard, _counts(group.main)) for group in groups]
    outcomes: Counter[str] = Counter()
    checks: dict[str, Counter[str]] = {}
    for _, _, counts in counted:
        outcomes.update(counts["outcomes"])
        for name, statuses in counts["checks"].items():
            checks.setdefault(name, Counter()).update(statuses)
    subjects = {subject: counts["subjects"] for subject, _, counts in counted}
    summed = {"subjects": sum(subjects.values()), "outcomes": outcomes, "checks": checks}
    if len(subjects) == len(groups):
        return summed | {"by_subject": {subject: counts for subject, _, counts in counted}}
    return summed | {"by_standard": [{"subject": subject, "standard": name} | counts for subject, name, counts in counted]}


def _counts(judged: StandardResult) -> dict[str, Any]:
    checks = {name: {"fail": found["fail"], "unknown": found["unknown"]} for name, found in judged.check_counts().items()}
    return {"subjects": judged.data.num_rows, "outcomes": judged.outcome_counts(), "checks": checks}


def period_json(period: Period) -> dict[str, Any]:
    """A parameter's value with its dates, its status and its clause."""
    value = {"value": _threshold(period.value)}
    if period.source is None:
        return value | {"status": "set"}
    found: dict[str, Any] = {"from": period.source.start.isoformat()} | value
    if period.source.end is not None:
        found["to"] = period.source.end.isoformat()
    if period.where is not None:
        found["where"] = period.where
    if period.source.status is not None:
        found |= {"status": period.source.status, "origin": period.source.origin}
    return found | ({"cite": _cite(period.source.cite)} if period.source.cite is not None else {})


def _threshold(value: ParameterValue | str | None) -> str | list[str] | None:
    """A number as a string, a list as a list."""
    match value:
        case Decimal():
            return number_text(value)
        case str():
            return value.split(",")
        case _:
            return list(value) if value is not None else None


def _cite(cite: Citation) -> dict[str, str]:
    return {"document": cite.document, "clause": cite.clause, "quote": cite.quote}


def problem_json(words: Words, problem: Problem) -> dict[str, Any]:
    """A problem with its words."""
    message, hint = words.problem(problem)
    where = problem.where
    found: dict[str, Any] = {
        "code": problem.code,
        "severity": problem.severity,
        "input": where.input if where is not None else None,
        "cell": words.safe(str(where)) if where is not None and where.row else None,
        "field": f"{problem.table}.{problem.name}" if problem.name else None,
        "value": problem_value(problem, words.options),
        "message": message,
        "hint": hint,
    }
    return found | ({"other": place_json(words, problem.other)} if problem.other is not None else {})


def _subject(words: Words, view: SubjectView, further: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    why = _why(words, view)
    return {
        "subject": words.judged.standard.subject,
        "id": id_json(words, view),
        "year": view.year,
        "name": words.safe(view.name),
        "where": place_json(words, view.where),
        **_outcome(view),
        "missing": why["missing"],
        "standards": further,
        "checks": why["checks"],
    }


def _listed(words: Words, view: SubjectView, check: CheckView) -> bool:
    """Every check that is not met, and those that are where they led to the outcome; of rules of data quality what they found."""
    if words.options.all_checks or check.status == "fail":
        return True
    return not words.judged.is_quality and (check.status != "pass" or words.tells(view, check))


def id_json(words: Words, view: SubjectView) -> str:
    """What a subject is known by."""
    return words.key(view.key) if view.key else words.safe(view.id)


def _quality(words: Words, quality: Quality) -> dict[str, Any]:
    """What errors of data quality would change; the verdicts stay as they are."""
    findings: Counter[str] = Counter()
    for (_, rule), count in quality.errors().items():
        findings[rule] += count
    head = {"pack": quality.pack.name, "version": quality.pack.head.version, "sha256": quality.pack.sha256}
    changed = [line for group in words.result.groups for line in _changes(words.of(group.main), group, quality)]
    return {**head, "findings": findings, "would_change": changed}


def _changes(words: Words, group: Group, quality: Quality) -> Iterator[dict[str, Any]]:
    changed = quality.changes.get(group.subject, {})
    for view in group.main.views(list(changed), ()):
        change = changed[view.index]
        yield {
            "subject": group.subject,
            "id": id_json(words, view),
            "year": view.year,
            "where": place_json(words, view.where),
            "outcome": view.outcome,
            "would_be": change.outcome,
            "possible": list(change.possible),
            "rules": list(dict.fromkeys(finding.check for finding in change.findings)),
        }


def check_json(words: Words, check: CheckView) -> dict[str, Any]:
    """One check of one subject."""
    margin = {"value": number_text(check.margin), "unit": check.unit} if check.margin is not None else None
    return {
        "id": check.name,
        "severity": check.check.severity,
        "status": check.status,
        "observed": {name: value_json(words, words.shown(name, value)) for name, value in check.observed.items()},
        "threshold": {name: _threshold(value) for name, value in check.threshold.items()},
        "margin": margin,
        "cells": {name: places_json(words, addresses) for name, addresses in check.cells.items() if addresses},
        "cite": _cite(check.check.cite),
        "remedy": check.check.remedy.say(words.lang),
    } | ({"why": check.check.why.say(words.lang)} if check.check.why is not None else {})
