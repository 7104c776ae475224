"""Findings as SARIF 2.1.0, which code scanning of GitHub, GitLab and editors reads.

A spreadsheet has rows where a program has lines: the region is the row, the cell stands in the logical location and in the text.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fupin_cli.model.baseline import Accepted
from fupin_cli.model.problem import Address
from fupin_cli.model.verification import Verification
from fupin_cli.report.gate import refused_lines
from fupin_cli.report.markdown import plain
from fupin_cli.report.options import Options
from fupin_cli.report.verification.basis import assumptions, ending, notes, numbers, packs
from fupin_cli.report.verification.rules import Rule, rules_of
from fupin_cli.report.verification.told import DiscreetWords, Told, discreet, primary, told
from fupin_cli.report.verification.uris import is_relative, line, uri

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
#: Most cells of one finding beside the first: GitHub takes a thousand and shows a hundred.
_RELATED = 100


def sarif_lines(verification: Verification, options: Options) -> Iterator[str]:
    """The text of the report in pieces: one finding per line, however many there are."""
    words = discreet(verification.result, options)
    rules = rules_of(verification, words)
    head = json.dumps(
        {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(verification, words, rules)]}, ensure_ascii=False, indent=1
    )
    yield head.removesuffix("\n  }\n ]\n}") + ',\n   "results": ['
    places = {rule.id: number for number, rule in enumerate(rules)}
    separator = "\n    "
    for one in told(words, verification.found):
        yield separator + json.dumps(_result(words, one, places), ensure_ascii=False)
        separator = ",\n    "
    yield "\n   ]\n  }\n ]\n}\n"


def _run(verification: Verification, words: DiscreetWords, rules: Sequence[Rule]) -> dict[str, Any]:
    result = words.result
    driver = {
        "name": "fupin",
        "version": result.version,
        "rules": [_rule(rule) for rule in rules],
    }
    unread = refused_lines(verification.gate, words.lang) if verification.gate is not None else []
    about = {
        "packs": dict(packs(words)),
        "as_of": result.as_of.isoformat() if result.as_of is not None else None,
        "parameters": numbers(words),
        "assumptions": assumptions(words),
        "ending": list(ending(verification, words)),
        "skipped": {rule.id: rule.skipped for rule in rules if rule.skipped},
    }
    return {
        "tool": {"driver": driver},
        "language": _LANGUAGES[words.lang],
        "invocations": [
            {
                "executionSuccessful": not unread,
                "toolExecutionNotifications": [
                    {"level": level, "message": {"text": _no_link(line)}}
                    for level, lines in (("error", unread), ("note", notes(words)))
                    for line in lines
                ],
            }
        ],
        "automationDetails": {"id": f"fupin/{result.command}/"},
        "originalUriBaseIds": {_ROOT: {"description": {"text": words.say("ci-root")}}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {"location": _file(source.path), "roles": ["analysisTarget"], "hashes": {"sha-256": source.sha256}}
            for source in result.inputs
        ],
        "properties": about,
    }


def _rule(rule: Rule) -> dict[str, Any]:
    lines = rule.lines or [rule.title]
    markdown = "\n\n".join(map(plain, lines))
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why or rule.title},
        "help": {"text": "\n".join(lines), "markdown": markdown},
        "defaultConfiguration": {"level": rule.level},
        "properties": {"tags": [rule.standard], "asked": rule.asked, "unknown": rule.unknown},
    }


def _result(words: DiscreetWords, one: Told, places: Mapping[str, int]) -> dict[str, Any]:
    found = one.found
    first = primary(found)
    related = [cell for cell in found.cells if cell != first][:_RELATED]
    return {
        "ruleId": found.rule,
        "ruleIndex": places[found.rule],
        "level": found.level,
        "message": {"text": _no_link(one.text())},
        "locations": [_location(words, first)],
        **({"relatedLocations": [_location(words, cell) for cell in related]} if related else {}),
        # The name that GitHub looks for, and our own.
        "partialFingerprints": {"primaryLocationLineHash": found.fingerprint, "fupin/v1": found.fingerprint},
        **({"suppressions": [_suppression(words, found.accepted)]} if found.accepted is not None else {}),
        "properties": {"subject": words.key(found.key), "year": found.year},
    }


def _no_link(text: str) -> str:
    """A text in which nothing from the data is taken for a link to one of our locations."""
    return text.replace("](", "] (")


def _location(words: DiscreetWords, address: Address) -> dict[str, Any]:
    source = words.result.inputs[address.input]
    cell = words.safe(str(address))
    physical = {"artifactLocation": _file(source.path) | {"index": address.input}, "region": {"startLine": line(address)}}
    # A file without sheets, taken as a whole, has no name within it.
    logical = [{"name": cell.rpartition("!")[2], "fullyQualifiedName": cell, "kind": _kind(address)}] if cell else []
    return {"physicalLocation": physical} | ({"logicalLocations": logical} if logical else {})


def _kind(address: Address) -> str:
    if not address.row:
        return "sheet"
    return "cell" if address.letter else "row"


def _file(path: str) -> dict[str, Any]:
    return {"uri": uri(path)} | ({"uriBaseId": _ROOT} if is_relative(path) else {})


def _suppression(words: DiscreetWords, accepted: Accepted) -> dict[str, Any]:
    until = accepted.until.isoformat() if accepted.until is not None else ""
    justification = words.say("ci-justified", until=until, why=words.safe(accepted.why))
    return {"kind": "external", "status": "accepted", "justification": justification}
