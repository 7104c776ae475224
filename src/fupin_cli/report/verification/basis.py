"""What a run rests on, line by line: packs and files with their hashes, numbers used, assumptions made; and how it ended."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fupin_cli.model.baseline import BaselineState
from fupin_cli.model.problem import Problem
from fupin_cli.model.verification import Verification
from fupin_cli.report.gate import baseline_line, baseline_lines, gate_line, gate_lines
from fupin_cli.report.inforce import used_periods
from fupin_cli.report.words import Words


def packs(words: Words) -> list[tuple[str, str]]:
    """Each pack and its version, and its hash."""
    heads = ((rules.pack.head, rules.pack.sha256) for rules in words.result.rules)
    return [(f"{head.pack} v{head.version}", sha) for head, sha in heads]


def numbers(words: Words) -> list[str]:
    """The parameters that were used, each with its values, unconfirmed ones marked."""
    owners = {group.rules: words.of(group.main) for group in words.result.groups}
    used = (own.parameter(name) for own in owners.values() for name in own.rules.parameters if _used(own, name))
    return list(dict.fromkeys(used))


def _used(words: Words, name: str) -> bool:
    return bool(used_periods(words.result, words.rules, name))


def assumptions(words: Words) -> list[str]:
    """What the user put in place of blanks."""
    return [words.assumption(name) for name in words.result.assumptions]


def notes(words: Words) -> list[str]:
    """What is to be known of the files and is nobody's mistake: of each kind the first, and how many there are beside it."""
    kinds: dict[str, list[Problem]] = {}
    for problem in words.result.problems:
        if problem.severity == "info":
            kinds.setdefault(problem.code, []).append(problem)
    return [_note(words, of_kind) for of_kind in kinds.values()]


def _note(words: Words, of_kind: Sequence[Problem]) -> str:
    first = of_kind[0]
    message, _ = words.problem(first)
    place = words.place(first.where) if first.where is not None else ""
    more = words.say("ci-notes-more", count=len(of_kind) - 1) if len(of_kind) > 1 else ""
    return " ".join(part for part in (place, message, more) if part)


def ending(verification: Verification, words: Words, limit: int = 0) -> Iterator[str]:
    """Whether the run fails and why, and what became of the baseline; of its entries so many of each kind, 0 for all."""
    if verification.gate is not None:
        head, reasons = gate_line(verification.gate, words.lang), gate_lines(verification.gate, words.lang)
        yield (head + (" " if head.isascii() else "") + words.say("semicolon").join(reasons)).strip()
    if verification.baseline is not None:
        yield baseline_line(verification.baseline, words.lang)
        yield from baseline_lines(_discreet(verification.baseline), words.lang, limit)


def _discreet(state: BaselineState) -> BaselineState:
    """The baseline without names: in place of who accepted something, where it says so."""
    return replace(state, expired=[replace(one, who=f"{one.file}:{one.line}") for one in state.expired])
