"""Findings as SARIF 2.1.0, which code scanning of GitHub, GitLab and editors reads.

A spreadsheet has rows where a program has lines: the region is the row, the cell stands in the logical location and in the text.
"""

import json
from collections.abc import Iterator
from typing import Any

from fupin_cli.model.baseline import Accepted
from fupin_cli.model.problem import Address
from fupin_cli.report.ci.bulletin import Bulletin, Rule, Told, primary, safe, safe_key
from fupin_cli.report.ci.uris import is_relative, line, uri
from fupin_cli.report.markdown import plain
from fupin_cli.report.unread import Unread

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
#: Most cells of one finding beside the first: GitHub takes a thousand and shows a hundred.
_RELATED = 100


def sarif(bulletin: Bulletin) -> Iterator[str]:
    """The text of the report in pieces: one finding per line, however many there are."""
    head = json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(bulletin)]}, ensure_ascii=False, indent=1)
    yield head.removesuffix("\n  }\n ]\n}") + ',\n   "results": ['
    separator = "\n    "
    for one in bulletin.tell(bulletin.found):
        yield separator + json.dumps(_result(bulletin, one), ensure_ascii=False)
        separator = ",\n    "
    yield "\n   ]\n  }\n ]\n}\n"


def _run(bulletin: Bulletin) -> dict[str, Any]:
    driver = {
        "name": "fupin",
        "version": bulletin.version,
        "rules": [_rule(rule) for rule in bulletin.rules],
    }
    about = {
        "packs": dict(bulletin.packs),
        "as_of": bulletin.as_of.isoformat() if bulletin.as_of is not None else None,
        "parameters": bulletin.numbers,
        "assumptions": bulletin.assumptions,
        "ending": list(bulletin.ending(0)),
        "skipped": {rule.id: rule.skipped for rule in bulletin.rules if rule.skipped},
    }
    return {
        "tool": {"driver": driver},
        "language": _LANGUAGES[bulletin.lang],
        "invocations": [
            {
                "executionSuccessful": not bulletin.refused,
                "toolExecutionNotifications": [
                    *map(_unread, bulletin.refused),
                    *({"level": "note", "message": {"text": _no_link(line)}} for line in bulletin.notes),
                ],
            }
        ],
        "automationDetails": {"id": f"fupin/{bulletin.command}/"},
        "originalUriBaseIds": {_ROOT: {"description": {"text": bulletin.say("ci-root")}}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {"location": _file(source.path), "roles": ["analysisTarget"], "hashes": {"sha-256": source.sha256}}
            for source in bulletin.inputs
        ],
        "properties": about,
    }


def _unread(one: Unread) -> dict[str, Any]:
    """A file of which nothing was looked at: the results are incomplete, and say so (SARIF 2.1.0, appendix I)."""
    place = {"locations": [{"physicalLocation": {"artifactLocation": _file(one.path)}}]} if one.path else {}
    return {"level": "error", "message": {"text": _no_link(one.text)}, **place}


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


def _result(bulletin: Bulletin, one: Told) -> dict[str, Any]:
    found = one.found
    first = primary(found)
    related = [cell for cell in found.cells if cell != first][:_RELATED]
    return {
        "ruleId": found.rule,
        "ruleIndex": bulletin.places[found.rule],
        "level": found.level,
        "message": {"text": _no_link(one.text())},
        "locations": [_location(bulletin, first)],
        **({"relatedLocations": [_location(bulletin, cell) for cell in related]} if related else {}),
        # The name that GitHub looks for, and our own.
        "partialFingerprints": {"primaryLocationLineHash": found.fingerprint, "fupin/v1": found.fingerprint},
        **({"suppressions": [_suppression(bulletin, found.accepted)]} if found.accepted is not None else {}),
        "properties": {"subject": safe_key(found.key), "year": found.year},
    }


def _no_link(text: str) -> str:
    """A text in which nothing from the data is taken for a link to one of our locations."""
    return text.replace("](", "] (")


def _location(bulletin: Bulletin, address: Address) -> dict[str, Any]:
    source = bulletin.inputs[address.input]
    cell = safe(str(address))
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


def _suppression(bulletin: Bulletin, accepted: Accepted) -> dict[str, Any]:
    until = accepted.until.isoformat() if accepted.until is not None else ""
    justification = bulletin.say("ci-justified", until=until, why=safe(accepted.why))
    return {"kind": "external", "status": "accepted", "justification": justification}
