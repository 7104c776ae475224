"""The paper of yearly rosters: whether the run fails and why, rule by rule what was found, and the story of the years."""

from collections.abc import Iterator, Sequence

from fupin_cli.model.verification import Verification
from fupin_cli.report.charts.blocking import MOST
from fupin_cli.report.ci.bulletin import Rule
from fupin_cli.report.options import Options
from fupin_cli.report.paper.basis import basis, problems, subtitle
from fupin_cli.report.paper.drawn import Bar, Bars, Series
from fupin_cli.report.paper.found import findings
from fupin_cli.report.paper.model import Cell, Chart, Column, Grid, Lines, Paper, Part, Tile, Tiles, Tone
from fupin_cli.report.paper.years import story_section
from fupin_cli.report.verification.basis import ending
from fupin_cli.report.verification.rules import rules_of
from fupin_cli.report.words import Words

#: Most entries of a baseline that are named of each kind.
_ENTRIES = 20


def verification_paper(verification: Verification, options: Options) -> Paper:
    """What verify-roster has to say."""
    words = Words(verification.result, options)
    rules = rules_of(verification, words)
    answer, *further = [*ending(verification, words, _ENTRIES), words.say("ci-nothing-new")]
    if any(rule.counts.new for rule in rules) and further:
        further.pop()
    parts: list[Part] = [_tiles(words, rules)]
    if further:
        parts.append(Lines("", further))
    broken = [rule for rule in rules if rule.counts.new or rule.counts.accepted]
    if broken:
        parts += [_chart(words, broken), _grid(words, rules, broken)]
    settled = {(one.judged.subject.name, one.check, one.index) for one in verification.found if one.accepted and one.judged}
    parts.append(findings(words, settled))
    if verification.story is not None:
        parts.append(story_section(verification.story, verification.result, options))
    return Paper(
        lang=words.lang,
        title=words.say(f"title-{verification.result.command}"),
        answer=answer,
        tone=_tone(verification, broken),
        subtitle=subtitle(words),
        parts=[*parts, *problems(words), basis(words)],
    )


def _tone(verification: Verification, broken: Sequence[Rule]) -> Tone:
    """Good where the run passes, and nothing that is open hides in it."""
    if verification.gate is not None and verification.gate.fails:
        return "bad"
    return "open" if any(rule.counts.new for rule in broken) else "good"


def _tiles(words: Words, rules: Sequence[Rule]) -> Tiles:
    new = {level: sum(rule.counts.new for rule in rules if rule.level == level) for level in ("error", "warning")}
    accepted = sum(rule.counts.accepted for rule in rules)
    clean = sum(not (rule.counts.new or rule.counts.accepted or rule.skipped) for rule in rules)
    skipped = sum(bool(rule.skipped) for rule in rules)
    counted: list[tuple[str, int, Tone]] = [
        ("heading-errors", new["error"], "bad"),
        ("heading-warnings", new["warning"], "open"),
        ("ci-column-accepted", accepted, "plain"),
        ("roster-rules-clean", clean, "good"),
        ("roster-rules-skipped", skipped, "open"),
    ]
    tiles = [Tile(words.say(code), str(count), tone=tone if count else "plain") for code, count, tone in counted]
    return Tiles(words.say("paper-at-a-glance"), tiles)


def _chart(words: Words, broken: Sequence[Rule]) -> Chart:
    """New findings by rule, those of which there are most first."""
    ordered = sorted((rule for rule in broken), key=lambda rule: -rule.counts.new)
    series = (Series(words.say("heading-errors"), "bad"), Series(words.say("heading-warnings"), "open"))
    bars = [Bar(rule.title, _by_level(rule)) for rule in ordered[:MOST]]
    told = words.say("semicolon").join(words.say("ci-broken", title=rule.title, count=rule.counts.new) for rule in ordered[:MOST])
    left = len(ordered) - len(bars)
    note = words.say("chart-cut", shown=len(bars), count=left) if left else ""
    return Chart(words.say("roster-broken"), told, Bars(series, bars), note)


def _by_level(rule: Rule) -> tuple[int, int]:
    return (rule.counts.new, 0) if rule.level == "error" else (0, rule.counts.new)


def _grid(words: Words, rules: Sequence[Rule], broken: Sequence[Rule]) -> Grid:
    """The rules of which there are findings, whether they make the run fail, and what to do."""
    columns = [Column(words.say("ci-column-rule"), "long"), Column(words.say("ci-column-level"), "status")]
    columns += [Column(words.say(f"ci-column-{name}"), "number") for name in ("new", "accepted", "unknown")]
    columns += [
        Column(words.say("roster-why"), "long"),
        Column(words.say("csv-remedy"), "long"),
        Column(words.say("gap-clause"), "long"),
    ]
    skipped = sum(bool(rule.skipped) for rule in rules)
    clean = len(rules) - len(broken) - skipped
    notes = [words.say(code, count=count) for code, count in (("rules-clean", clean), ("ci-rules-skipped", skipped)) if count]
    return Grid(words.say("heading-rule"), columns, [list(_row(words, rule)) for rule in broken], " ".join(notes))


def _row(words: Words, rule: Rule) -> Iterator[Cell]:
    yield Cell(rule.title)
    level = words.say("finding-error" if rule.level == "error" else "finding-warning")
    yield Cell(level, "bad" if rule.fails else "open")
    for count in (rule.counts.new, rule.counts.accepted, rule.unknown):
        yield Cell(str(count), number=count)
    yield from map(Cell, (rule.why, rule.remedy, rule.clause))
