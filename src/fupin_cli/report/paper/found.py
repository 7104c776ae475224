"""What rules of data quality found: rule by rule how many, then each finding with the cells to go to."""

from collections.abc import Iterator, Sequence
from functools import partial

from fupin_cli.report.findings import Broken, Settled, broken_rules, rule_counts, severity_word
from fupin_cli.report.paper.listed import law, outcome_tone, reason
from fupin_cli.report.paper.model import Bundle, Cell, Column, Entry, Grid, Law, Lines, Part, Section, Subjects, Tile, Tiles, Tone
from fupin_cli.report.paper.shares import share_text
from fupin_cli.report.words import Words


def tiles(words: Words) -> Tiles:
    """How many subjects came to each outcome."""
    judged, total = words.judged, words.judged.data.num_rows
    found = [Tile(words.say("paper-total"), words.count(total))]
    for name, count in judged.outcome_counts().items():
        found.append(Tile(words.outcome(name), words.count(count), share_text(count, total), outcome_tone(judged, name)))
    return Tiles(words.say("paper-at-a-glance"), found)


def rules_section(words: Words) -> Section:
    """The rules for a table, and how many break them."""
    found, others = rule_counts(words)
    columns = [Column(words.say("heading-rule"), "long")]
    codes = ("heading-errors", "heading-warnings", "heading-unchecked")
    columns += [Column(words.say(code), "number") for code in codes]
    rows = [
        [
            Cell(check.title.say(words.lang)),
            _count(errors, "bad"),
            _count(warnings, "open"),
            _count(unknown, "plain"),
        ]
        for check, errors, warnings, unknown in found
    ]
    parts: list[Part] = [tiles(words)]
    note = " ".join(others)
    title = words.say("heading-rule")
    parts.append(Grid(title, columns, rows, note) if rows else Lines(title, others or [words.say("no-findings")]))
    return Section(words.judged.standard.title.say(words.lang), parts)


def findings(words: Words, settled: Settled = ()) -> Subjects | Lines:
    """Every finding that nobody has accepted; a line where there is none."""
    rules = broken_rules(words, settled)
    title = words.say("paper-findings")
    if not rules:
        return Lines(title, [words.say("ci-nothing-new" if settled else "no-findings")], "good")
    laws: dict[str, Law] = {_key(rule): law(rule.words, rule.check) for rule in rules}
    several_years = len(words.result.years()) > 1
    columns = [words.say("csv-table"), words.say("csv-subject-name")] + [words.say("csv-year")] * several_years
    bundles = [
        Bundle(
            label=f"{severity_word(rule.words, rule.check)} {rule.check.title.say(words.lang)}",
            tone=_tone(rule),
            count=len(rule.subjects),
            entries=partial(_entries, rule, years=several_years),
        )
        for rule in rules
    ]
    return Subjects(
        title,
        heading=words.say("csv-subject"),
        outcome=words.say("csv-severity"),
        columns=columns,
        bundles=bundles,
        laws=laws,
        left_out=lambda count: words.say("paper-findings-left-out", count=count),
        choices=(0,),
    )


def counts(words: Words) -> Sequence[int]:
    """All findings, errors and warnings."""
    rules = broken_rules(words)
    errors = sum(len(rule.subjects) for rule in rules if rule.is_error)
    every = sum(len(rule.subjects) for rule in rules)
    return every, errors, every - errors


def _entries(rule: Broken, *, years: bool) -> Iterator[Entry]:
    words, key = rule.words, _key(rule)
    table, severity = words.say(f"table-{words.judged.subject.name}"), severity_word(words, rule.check)
    for view, failed in rule.views(len(rule.subjects)):
        year = [str(view.year) if view.year is not None else ""] if years else []
        yield Entry(
            known_as=words.key(view.key) or words.place(view.where),
            cells=[table, words.safe(view.name), *year],
            outcome=severity,
            reasons=[reason(words, failed, key)],
            where=words.place(view.where) if view.key else "",
            tone=_tone(rule),
        )


def _key(rule: Broken) -> str:
    """Rules of several tables may have one name."""
    return f"{rule.words.judged.subject.name}.{rule.name}"


def _tone(rule: Broken) -> Tone:
    return "bad" if rule.is_error else "open"


def _count(number: int, tone: Tone) -> Cell:
    return Cell(str(number), tone if number else "plain", number)
