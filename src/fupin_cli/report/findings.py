"""What rules of data quality found, for whoever corrects it: rule by rule, with the cells to go to."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from fupin_cli.model.pack import Check
from fupin_cli.model.view import CheckView, SubjectView
from fupin_cli.report.ci.shares import shared_out
from fupin_cli.report.layout import count_text, indented, outcome_line
from fupin_cli.report.options import wanted_outcomes
from fupin_cli.report.words import Words

#: Severity of a check → how a finding is called and coloured.
_MARKS = {"gate": ("✗", "finding-error", "red")}
_MILD = ("!", "finding-warning", "yellow")


@dataclass(frozen=True)
class Broken:
    """A rule with the subjects that surely break it."""

    words: Words
    name: str
    check: Check
    subjects: Sequence[int]

    @property
    def is_error(self) -> bool:
        """Whether it is more than a warning."""
        return self.check.severity == "gate"

    def views(self, count: int) -> Iterator[tuple[SubjectView, CheckView]]:
        """The first of these subjects, each with the check that it fails."""
        for view in self.words.judged.views(self.subjects[:count], (self.name,)):
            yield view, view.checks[0]


#: Table, rule and subject of findings that somebody has accepted: they are not listed with the others.
Settled = Collection[tuple[str, str, int]]


def broken_rules(words: Words, settled: Settled = ()) -> list[Broken]:
    """Every rule that somebody breaks, errors before warnings; of the subjects that ``--only`` means."""
    found = []
    for group in (group for group in words.result.groups if group.main.is_quality):
        main, only = group.main, words.options.only
        meant = set(main.indices(wanted_outcomes(main, only))) if only is not None else None
        for name, check in main.standard.checks.items():
            subjects = [
                index
                for index in main.failing(name)
                if (meant is None or index in meant) and (main.subject.name, name, index) not in settled
            ]
            if subjects:
                found.append(Broken(words.of(main), name, check, subjects))
    return sorted(found, key=lambda broken: not broken.is_error)


def severity_word(words: Words, check: Check) -> str:
    """Error or warning."""
    return words.say(_MARKS.get(check.severity, _MILD)[1])


def findings_summary(words: Words) -> Iterator[RenderableType]:
    """How many subjects of a table break each rule, and for how many it could not be worked out."""
    judged = words.judged
    yield Text("\n" + judged.standard.title.say(words.lang), style="bold") + outcome_line(words)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(words.say("heading-rule"), overflow="fold")
    for heading in ("heading-errors", "heading-warnings", "heading-unchecked"):
        table.add_column(words.say(heading), justify="right")
    found, others = rule_counts(words)
    for check, errors, warnings, unknown in found:
        cells = (count_text(errors, "red"), count_text(warnings, "yellow"), count_text(unknown, "default"))
        table.add_row(check.title.say(words.lang), *cells)
    if table.row_count:
        yield table
    for line in others:
        yield Text(line, style="dim")


def rule_counts(words: Words) -> tuple[list[tuple[Check, int, int, int]], list[str]]:
    """Each rule with its errors, its warnings, and for how many it could not be worked out; then a line on the other rules."""
    judged, found = words.judged, []
    clean = unchecked = 0
    for name, counts in judged.check_counts().items():
        check = judged.standard.checks[name]
        if words.options.all_checks or counts["fail"] or (counts["pass"] and counts["unknown"]):
            errors, warnings = (counts["fail"], 0) if check.severity == "gate" else (0, counts["fail"])
            found.append((check, errors, warnings, counts["unknown"]))
        elif counts["unknown"]:
            unchecked += 1
        else:
            clean += 1
    others = (("rules-clean", clean), ("rules-unchecked", unchecked))
    return found, [words.say(code, count=count) for code, count in others if count]


def findings(words: Words, settled: Settled = ()) -> Iterator[RenderableType]:
    """Each broken rule with why it matters, how to mend it, and the places."""
    rules = broken_rules(words, settled)
    if not rules:
        yield Text("\n" + words.say("ci-nothing-new" if settled else "no-findings"))
        return
    counts = [len(rule.subjects) for rule in rules]
    errors = sum(len(rule.subjects) for rule in rules if rule.is_error)
    heading = words.say("heading-findings", count=sum(counts), errors=errors, warnings=sum(counts) - errors)
    yield Text("\n" + heading, style="bold")
    shares = shared_out(counts, words.options.limit or sum(counts))
    for rule, share in zip(rules, shares, strict=True):
        yield from _rule(rule, share)
    if sum(counts) > sum(shares):
        yield Text("\n" + words.say("findings-left-out", count=sum(counts) - sum(shares)), style="bold")


def _rule(rule: Broken, share: int) -> Iterator[RenderableType]:
    words, check = rule.words, rule.check
    mark, _, colour = _MARKS.get(check.severity, _MILD)
    head = Text(f"{mark} {severity_word(words, check)} ", style=colour)
    broken = words.say("rule-broken", rule=check.title.say(words.lang), count=words.count(len(rule.subjects)))
    yield indented(head.append(broken, style="default"), 2, above=1)
    why = words.say("why", why=check.why.say(words.lang)) if check.why is not None else ""
    remedy = words.say("remedy", remedy=check.remedy.say(words.lang))
    for told in (" ".join(part for part in (why, remedy) if part), words.clause(check.cite)):
        yield indented(Text(told, style="dim"), 4)
    for view, failed in rule.views(share):
        known_as, further = words.who(view)
        line = Text(known_as, style="bold").append(further + words.say("colon") + words.reason(failed), style="not bold")
        yield indented(line, 6)
    if share < len(rule.subjects):
        more = words.say("rule-left-out", count=words.count(len(rule.subjects) - share))
        yield indented(Text(more, style="dim"), 6)
