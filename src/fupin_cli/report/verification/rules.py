"""Every rule that a run asked or could not ask: what it says, who breaks it, and whether that makes the run fail."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from string import Formatter

from fupin_cli.messages import CATALOGUE, Lang, hint, say
from fupin_cli.model.baseline import Gate
from fupin_cli.model.between import PREVIOUS
from fupin_cli.model.pack import Check
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Rules
from fupin_cli.model.tables import TABLES, is_between
from fupin_cli.model.verification import LEVELS, READING, Asked, Found, Level, Verification, asked_rules
from fupin_cli.report.ci.bulletin import Counts, Rule
from fupin_cli.report.words import Words

#: Where a part of a sentence ends, and how long one is that can stand for the whole.
_PART = re.compile(r"[。：；]|[.:;](?= |$)")
_ENOUGH = 12
#: Words in parentheses of which a part is left open.
_ASIDE = re.compile(r" ?[（(][^（()）]*…[^（()）]*[)）]")


def rules_of(verification: Verification, words: Words) -> list[Rule]:
    """The rules in the order of the packs and their standards, then what could not be read, code by code."""
    counts = counted(verification.found)
    asked = {one.rule: one for one in asked_rules(verification.result)}
    found = [rule for rules in words.result.rules for rule in _of_pack(words, rules, asked, counts, verification.gate)]
    gate = verification.gate
    return [*found, *reading_rules(words, verification.found, lambda rule, level, new: fails(gate, rule, level, new))]


def counted(found: Sequence[Found]) -> dict[str, Counts]:
    """How many findings there are of each rule that has any."""
    tally = Counter((one.rule, one.accepted is not None) for one in found)
    return {rule: Counts(tally[rule, False], tally[rule, True]) for rule in {one.rule for one in found}}


def _of_pack(words: Words, rules: Rules, asked: dict[str, Asked], counts: dict[str, Counts], gate: Gate | None) -> Iterator[Rule]:
    for standard in rules.pack.standards.values():
        if standard.kind != "quality":
            continue
        for name, check in standard.checks.items():
            rule = f"{standard.standard}/{name}"
            level: Level = "error" if check.severity == "gate" else "warning"
            one, own = asked.get(rule), counts.get(rule, Counts())
            told = words_of(words, rules, check)
            if one is None:
                sheet = TABLES[standard.subject].SHEETS[0]
                yield Rule(rule, level, *told, own, skipped=words.say("ci-skipped-table", sheet=sheet), declared=check)
                continue
            reason = "" if one.of_anybody else why_skipped(words.of(one.judged), one)
            number = one.passed + one.failed
            yield Rule(rule, level, *told, own, number, one.unknown, reason, fails(gate, rule, level, own.new), check)


def words_of(words: Words, rules: Rules, check: Check) -> tuple[str, str, str, str]:
    """Title, why, remedy and clause; the document by its title, because no list of documents stands beside it."""
    why = words.say("why", why=check.why.say(words.lang)) if check.why is not None else ""
    remedy = words.say("remedy", remedy=check.remedy.say(words.lang))
    title = rules.pack.head.documents[check.cite.document].title
    clause = words.say("ci-clause", title=title, clause=check.cite.clause, quote=check.cite.quote)
    return check.title.say(words.lang), why, remedy, clause


def why_skipped(words: Words, asked: Asked) -> str:
    """Why a rule could not be asked of anybody: columns are missing, cells are blank, or it is for nobody here."""
    if not asked.unknown:
        return words.say("ci-skipped-nobody", count=words.count(asked.judged.data.num_rows))
    lacking = list(dict.fromkeys(_lacking(words, asked.judged, asked.check)))
    if lacking:
        return words.say("ci-skipped-columns", columns=words.say("list-comma").join(lacking))
    return words.say("ci-skipped-unknown", count=words.count(asked.unknown))


def _lacking(words: Words, judged: StandardResult, check: str) -> Iterator[str]:
    """The fields that a rule looks at and no sheet has."""
    for look in judged.looks[check]:
        name = look.name.removeprefix(PREVIOUS)
        own = look.kind == "field" and not look.sources and not is_between(name, judged.subject.name)
        if own and not judged.subject.has(name):
            yield words.label(name)


def fails(gate: Gate | None, rule: str, level: Level, new: int) -> bool:
    """Whether so many new findings of a rule make the run fail; errors do where nobody said otherwise."""
    if gate is None:
        return new > 0 and level == "error"
    share = next((one for one in gate.shares if one.rule == rule), None)
    if share is not None:
        return share.over
    levels = LEVELS[: LEVELS.index(gate.fail_on) + 1] if gate.fail_on != "none" else ()
    return new > 0 and level in levels


def reading_rules(words: Words, found: Sequence[Found], fails: Callable[[str, Level, int], bool]) -> Iterator[Rule]:
    """The kinds of problems that there are, in the order of their codes; ``fails`` says which make a run fail."""
    levels: dict[str, Level] = {}
    for one in found:
        if one.problem is not None and levels.get(one.rule) != "error":
            levels[one.rule] = one.level
    counts = counted(found)
    for rule in sorted(levels):
        code, level, own = rule.removeprefix(f"{READING}/"), levels[rule], counts[rule]
        title, remedy = generally(words.lang, code)
        yield Rule(rule, level, title, "", remedy, "", own, own.new + own.accepted, fails=fails(rule, level, own.new))


def generally(lang: Lang, code: str) -> tuple[str, str]:
    """What a problem of this kind says, whatever the cell."""
    message = CATALOGUE[code]
    patterns = (message.zh, message.en, message.hint_zh, message.hint_en)
    facts = {name: "…" for text in patterns for _, name, _, _ in Formatter().parse(text) if name}
    return _short(say(code, lang, **facts)), hint(code, lang, **facts)


def _short(text: str) -> str:
    """The first part of a sentence that says enough by itself, without what only a cell could say; the whole where none does."""
    text = _ASIDE.sub("", text)
    ends = (found.start() for found in _PART.finditer(text) if found.start() >= _ENOUGH)
    return text[: next(ends, len(text))].rstrip("。.")
