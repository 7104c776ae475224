"""Whether packs are sound: what is wrong, where, what to write, and the subject that shows it; for people and for machines."""

import json
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from fupin_cli.errors import PackRefused
from fupin_cli.messages import Lang, hint, say
from fupin_cli.model.proof import CheckedPack, Place, ProofFinding, Witness
from fupin_cli.report.layout import indented
from fupin_cli.report.options import Options
from fupin_cli.report.packs.caseyaml import case_lines

SCHEMA = "fupin.check/1"


def print_checks(packs: Sequence[CheckedPack], options: Options, console: Console) -> None:
    """Each pack with what is wrong with it; a line for one that is sound."""
    for pack in packs:
        title = pack.name if pack.version is None else f"{pack.name} v{pack.version}"
        console.print(Text(title, style="bold"))
        for refused in pack.mistakes:
            _print(console, _mistake(refused, options.lang), "red", _steps(refused, options.lang))
        for finding in pack.all_findings:
            _print_finding(console, finding, options.lang)
        console.print(indented(Text(_summary(pack, options.lang), style="dim"), 2))


def checks_json(packs: Sequence[CheckedPack], options: Options) -> Iterator[str]:
    """The same for machines."""
    whole = {"schema": SCHEMA, "packs": [_pack_json(pack, options.lang) for pack in packs]}
    yield json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _print(console: Console, text: str, colour: str, step: str) -> None:
    console.print(indented(Text(text, style=colour), 2))
    if step:
        console.print(indented(Text(step), 4))


def _print_finding(console: Console, finding: ProofFinding, lang: Lang) -> None:
    said = say("proof-note", lang, text=_said(finding, lang)) if finding.note else _said(finding, lang)
    step = hint(_code(finding), lang, **finding.facts)
    _print(console, _placed(finding.place, said, lang), "yellow" if finding.note else "red", step)
    for number, witness in enumerate(finding.witnesses):
        console.print(indented(Text(_about(finding, witness, number, lang), style="dim"), 4))
        for line in _lines(witness):
            # Whole, however narrow the page: it is there to be copied.
            console.print(Text(" " * 6 + line), soft_wrap=True)


def _lines(witness: Witness) -> Iterator[str]:
    *lines, _ = case_lines(witness.case)
    yield from lines
    yield f"  expect: {{outcome: {witness.case.expect.outcome}}}"


def _about(finding: ProofFinding, witness: Witness, number: int, lang: Lang) -> str:
    """What a subject shows, and whether the engine says so, too."""
    if len(finding.witnesses) > 1:
        shows = say("proof-before" if number == 0 else "proof-after", lang)
    else:
        shows = say("proof-witness", lang)
    confirmed = {True: "proof-confirmed", False: "proof-contradicted", None: "proof-not-asked"}[witness.confirmed]
    return shows + say(confirmed, lang)


def _code(finding: ProofFinding) -> str:
    """The words of a finding: of a row they depend on why, of a property on the direction."""
    return f"finding-{finding.kind}" + (f"-{finding.facts['variant']}" if "variant" in finding.facts else "")


def _said(finding: ProofFinding, lang: Lang) -> str:
    return say(_code(finding), lang, **finding.facts, standard=finding.standard)


def _placed(place: Place, text: str, lang: Lang) -> str:
    return say("pack-place", lang, file=place.file, line=place.line, column=place.column, text=text)


def _mistake(refused: PackRefused, lang: Lang) -> str:
    text = say(refused.code, lang, **refused.facts)
    facts = {name: refused.facts[name] for name in ("file", "line", "column")}
    return say("pack-place", lang, **facts, text=text)


def _steps(refused: PackRefused, lang: Lang) -> str:
    near = say("did-you-mean", lang, nearest=refused.facts["nearest"]) if refused.facts.get("nearest") else ""
    return " ".join(part for part in (near, hint(refused.code, lang, **refused.facts)) if part)


def _summary(pack: CheckedPack, lang: Lang) -> str:
    if pack.mistakes:
        return say("check-refused", lang, count=len(pack.mistakes))
    wrong = [finding for finding in pack.all_findings if not finding.note]
    line = say("check-findings", lang, count=len(wrong)) if wrong else say("check-clean", lang)
    if pack.proofs is None:
        return line
    holding = sum(len(proofs.properties) for proofs in pack.proofs)
    line += say(
        "check-proved", lang, standards=len(pack.proofs), asked=sum(proofs.proved for proofs in pack.proofs), held=holding
    )
    given_up = sum(proofs.given_up for proofs in pack.proofs)
    return line + (say("check-given-up", lang, count=given_up) if given_up else "")


def _pack_json(pack: CheckedPack, lang: Lang) -> dict[str, object]:
    return {
        "pack": pack.name,
        "version": pack.version,
        "proved": pack.proofs is not None,
        "mistakes": [
            {
                "code": one.code,
                **{name: one.facts[name] for name in ("file", "line", "column")},
                "message": say(one.code, lang, **one.facts),
                "hint": _steps(one, lang),
            }
            for one in pack.mistakes
        ],
        "findings": [_finding_json(finding, lang) for finding in pack.all_findings],
        "standards": [
            {
                "standard": proofs.standard,
                "asked": proofs.proved,
                "given_up": proofs.given_up,
                "properties": list(proofs.properties),
            }
            for proofs in pack.proofs or ()
        ],
    }


def _finding_json(finding: ProofFinding, lang: Lang) -> dict[str, object]:
    return {
        "kind": finding.kind,
        "note": finding.note,
        "standard": finding.standard or None,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": _said(finding, lang),
        "witnesses": [
            {
                "confirmed": witness.confirmed,
                "year": witness.case.year,
                "as_of": witness.case.as_of.isoformat() if witness.case.as_of is not None else None,
                "set": dict(witness.case.settings),
                "given": witness.case.model_dump(mode="json")["given"],
                "outcome": witness.case.expect.outcome,
                "checks": dict(witness.case.expect.checks),
            }
            for witness in finding.witnesses
        ],
    }
