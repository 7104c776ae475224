"""A baseline as a file for people: to be filled in by hand, reviewed line by line, and read again by our strict reader."""

import json
from collections.abc import Iterator

from fupin_cli.messages import Lang, say
from fupin_cli.model.baseline import BASELINE, Acceptance, BaselineFinding, Renewed
from fupin_cli.report.mask import mask, mask_key


def baseline_text(renewed: Renewed, lang: Lang) -> Iterator[str]:
    """The file, a line for each finding, so that a review shows which came and went."""
    yield f"# {say('baseline-head', lang)}\n"
    yield f"# {say('baseline-head-rest', lang)}\n"
    yield f"baseline: {BASELINE}\n"
    yield "accepted:\n" if renewed.groups else "accepted: []\n"
    for group in renewed.groups:
        yield from _group(group)


def _group(group: Acceptance) -> Iterator[str]:
    yield f"  - who: {_quoted(group.who)}\n"
    yield f"    why: {_quoted(group.why)}\n"
    yield f"    until: {_quoted(group.until)}\n"
    yield "    findings:\n"
    for one in group.findings:
        yield f"      - {{{', '.join(_parts(one))}}}\n"


def _parts(one: BaselineFinding) -> Iterator[str]:
    yield f"rule: {_quoted(one.rule)}"
    if one.year is not None:
        yield f"year: {one.year}"
    if one.subject:
        yield f"subject: {_quoted(mask_key(one.subject))}"
    if one.where:
        yield f"where: {_quoted(mask(one.where))}"
    yield f"fingerprint: {_quoted(one.fingerprint)}"


def _quoted(text: str) -> str:
    """A text that YAML reads as it stands, whatever is in it: what JSON escapes, YAML reads the same way."""
    return json.dumps(text, ensure_ascii=False).translate(_ESCAPED)


#: Characters that end a line in YAML, or may not stand in it, and that JSON lets stand.
_ESCAPED = {
    code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))
}
