"""The sections of an explanation: how it was decided, what would settle or change it, the checks, doubts about the data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fupin_cli.model.explanation import Explained, Grounds, Questioned
from fupin_cli.model.run import Rules
from fupin_cli.report.explanation.changing import questions, ways
from fupin_cli.report.explanation.wording import Line, Telling
from fupin_cli.report.unread import unread_line
from fupin_cli.report.words import Words

_SHORT = 12


@dataclass(frozen=True)
class Section:
    """A heading with an outline under it."""

    title: str
    lines: Sequence[Line]


def head(words: Words) -> Iterator[str]:
    """By which packs, over which files, on which day and with which assumptions."""
    result = words.result
    yield words.say(f"title-{result.command}")
    if unread := unread_line(result.problems, words.options):
        yield unread
    for rules in result.rules:
        pack = rules.pack
        yield words.say("pack-line", pack=pack.name, version=pack.head.version, sha=pack.sha256[:_SHORT])
    if result.as_of is not None:
        yield words.say("as-of-line", day=result.as_of.isoformat())
    for source in result.inputs:
        yield words.say("input-line", path=source.path, sha=source.sha256[:_SHORT])
    yield from (words.assumption(name) for name in result.assumptions)


def of_standard(telling: Telling) -> Iterator[Section]:
    """What there is to say about the verdict of one standard."""
    words, grounds = telling.words, telling.grounds
    yield Section(words.say("explain-decision"), list(telling.decision()))
    changes = list(ways(telling))
    if changes:
        fill = "explain-ways-fill" if grounds.standing == "undetermined" else "explain-ways"
        yield Section(words.say(fill), changes)
    asked = list(questions(telling))
    if asked:
        yield Section(words.say("explain-questions"), asked)
    checks = sorted(grounds.view.checks, key=lambda check: not words.tells(grounds.view, check))
    lines = [telling.check(check) for check in checks]
    if grounds.closest is not None and grounds.standing == "meets":
        lines.insert(0, Line(_closest(telling)))
    yield Section(words.say("explain-checks"), lines)


def of_subject(words: Words, subject: Explained) -> Iterator[Section]:
    """What speaks against the data of a subject, and the documents."""
    for grounds in subject.grounds:
        if grounds.questioned is not None:
            yield _quality(words.of(grounds.judged), grounds, grounds.questioned, subject)
    if subject.problems:
        yield Section(words.say("explain-problems"), list(_problems(words, subject)))
    yield Section(words.say("heading-documents"), [Line(title) for title in _documents(words, subject)])


def _closest(telling: Telling) -> str:
    words, closest = telling.words, telling.grounds.closest
    if closest is None:
        raise AssertionError(telling)
    view = next(check for check in telling.grounds.view.checks if check.name == closest.check)
    title = view.check.title.say(words.lang)
    if not closest.margin and not view.at_limit:
        return words.say("explain-closest-cent", title=title, unit=words.unit(view.unit))
    return words.say("explain-closest", title=title, margin=words.amount(closest.margin, view.unit))


def _quality(words: Words, grounds: Grounds, questioned: Questioned, subject: Explained) -> Section:
    """The rules that its rows break, and what the verdict would be without the values that these question."""
    quality = subject.result.quality
    if quality is None:
        raise AssertionError(subject)
    title = words.say("explain-quality", pack=quality.pack.name, version=quality.pack.head.version)
    lines: list[Line] = []
    for judged, check, index in questioned.findings:
        own = replace(
            words, result=replace(words.result, rules=[Rules(quality.pack, quality.parameters)], groups=()), about=judged
        )
        [view] = judged.views([index], (check,))
        declared = view.checks[0].check
        below = [Line(own.clause(declared.cite)), Line(own.say("remedy", remedy=declared.remedy.say(own.lang)))]
        if declared.why is not None:
            below.insert(0, Line(own.say("why", why=declared.why.say(own.lang))))
        lines.append(Line(declared.title.say(own.lang) + own.say("colon") + own.reason(view.checks[0]), "✗", below=below))
    if not lines:
        return Section(title, [Line(words.say("explain-quality-none"))])
    before = grounds.view.outcome
    if questioned.outcome == before:
        lines.append(Line(words.say("explain-quality-same")))
    else:
        turn = words.say("explain-quality-turn", before=words.outcome(before), after=words.outcome(questioned.outcome))
        lines.append(Line(turn))
    return Section(title, lines)


def _problems(words: Words, subject: Explained) -> Iterator[Line]:
    for problem in subject.problems:
        message, step = words.problem(problem)
        place = words.place(problem.where) if problem.where is not None else ""
        said = [place, message, step and words.say("hint-prefix", text=step)]
        yield Line(words.say(f"severity-{problem.severity}") + " " + " ".join(part for part in said if part))


def _documents(words: Words, subject: Explained) -> list[str]:
    """The documents that the checks cite, once, by their own titles."""
    found: dict[str, None] = {}
    for grounds in subject.grounds:
        own = words.of(grounds.judged)
        for check in grounds.judged.standard.checks.values():
            found[own.document(check.cite.document)] = None
    return list(found)
