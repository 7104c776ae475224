"""Findings as a comment on a pull request: how it ended, the rules, and of each rule the first findings.

GitHub refuses a comment of more than 65,536 characters. What does not fit is counted, rule by rule, and never cut off in silence.
"""

from collections.abc import Iterable, Iterator, Sequence

from fupin_cli.messages import say
from fupin_cli.model.verification import Found, Verification
from fupin_cli.report import markdown
from fupin_cli.report.ci.bulletin import Rule
from fupin_cli.report.ci.shares import shared
from fupin_cli.report.markdown import MOST, Room, short, size
from fupin_cli.report.options import Options
from fupin_cli.report.story.markdown import story_markdown
from fupin_cli.report.verification.basis import assumptions, ending, notes, numbers, packs
from fupin_cli.report.verification.rules import rules_of
from fupin_cli.report.verification.told import DiscreetWords, discreet, told

#: What is kept free for the words after the findings.
_FOR_THE_END = 12_000
#: Most characters of the table of rules, and of what the run rests on.
_TABLE, _BASIS = 20_000, 8_000
#: More findings than these have no room in any case.
_LISTED = 1_000
#: Most entries of a baseline that are named of each kind.
_ENTRIES = 10
#: Most characters of the changes between the years.
_STORY = 20_000


def markdown_lines(verification: Verification, options: Options) -> Iterator[str]:
    """The comment in pieces."""
    words = discreet(verification.result, options)
    rules = rules_of(verification, words)
    new = [one for one in verification.found if one.accepted is None]
    changes = _story(verification, words.options)
    page = Room(MOST - _FOR_THE_END - sum(map(size, changes)))
    page.add(f"<!-- fupin {verification.result.command} -->\n", f"## {short(words.say(_title(verification)))}\n")
    ends = list(ending(verification, words, _ENTRIES)) + ([] if new else [words.say("ci-nothing-new")])
    page.add("\n", *_bullets(ends))
    _table(page, words, rules)
    listed = _findings(page, words, {rule.id: rule for rule in rules}, new)
    yield from page.pieces
    if listed < len(new):
        yield f"\n{short(words.say('ci-markdown-left', count=len(new) - listed))}\n"
    yield from changes
    yield from _end(words)


def _story(verification: Verification, options: Options) -> list[str]:
    """The changes between the years, as far as there is room: sums first, single households last."""
    if verification.story is None:
        return []
    page, left = Room(_STORY), 0
    for piece in story_markdown(verification.story, verification.result, options, level=3):
        left += not page.add(piece) if not left else 1
    told = say("story-markdown-left", options.lang, count=left)
    return [*page.pieces, *([f"\n{short(told)}\n"] if left else [])]


def _title(verification: Verification) -> str:
    return f"title-{verification.result.command}"


def _bullets(lines: Iterable[str]) -> list[str]:
    return [f"- {short(line)}\n" for line in lines]


def _table(page: Room, words: DiscreetWords, rules: Sequence[Rule]) -> None:
    """The rules of which there are findings, and how many there are beside them."""
    broken = [rule for rule in rules if rule.counts.new or rule.counts.accepted]
    if broken:
        headings = [words.say(f"ci-column-{name}") for name in ("rule", "level", "new", "accepted", "unknown")]
        rows = [_row(words, rule) for rule in broken]
        lines = list(markdown.table(headings, rows, {2, 3, 4}))
        table = Room(_TABLE)
        shown = next((number for number, line in enumerate(lines) if not table.add(line)), len(lines))
        page.add("\n", *lines[:shown])
        if shown < len(lines):
            page.add(f"\n{short(words.say('ci-markdown-rules-left', count=len(lines) - shown))}\n")
    skipped = sum(bool(rule.skipped) for rule in rules)
    clean = len(rules) - len(broken) - skipped
    counted = [words.say(code, count=count) for code, count in (("rules-clean", clean), ("ci-rules-skipped", skipped)) if count]
    if counted:
        page.add("\n", f"{short(' '.join(counted))}\n")


def _row(words: DiscreetWords, rule: Rule) -> list[str]:
    level = words.say("finding-error" if rule.level == "error" else "finding-warning")
    mark = "✗" if rule.fails else "!"
    counts = (rule.counts.new, rule.counts.accepted, rule.unknown)
    return [f"{rule.title} ({rule.id})", f"{mark} {level}", *map(str, counts)]


def _findings(page: Room, words: DiscreetWords, rules: dict[str, Rule], new: Sequence[Found]) -> int:
    """The findings, rule by rule; how many of them there was room for."""
    wanted = min(words.options.limit or len(new), len(new), _LISTED)
    while wanted:
        pieces = list(_sections(words, rules, shared(new, wanted)))
        if page.add(*pieces):
            break
        wanted = min(wanted - 1, wanted * page.left // sum(map(size, pieces)))
    return wanted


def _sections(words: DiscreetWords, rules: dict[str, Rule], chosen: Sequence[Found]) -> Iterator[str]:
    by_rule: dict[str, list[Found]] = {}
    for one in chosen:
        by_rule.setdefault(one.rule, []).append(one)
    for name, own in by_rule.items():
        rule = rules[name]
        yield f"\n### {short(words.say('ci-broken', title=rule.title, count=rule.counts.new))}\n\n"
        yield from (f"{short(line)}\n\n" for line in rule.lines)
        yield from (f"- {short(line.text(rule.remedy))}\n" for line in told(words, own))
        if len(own) < rule.counts.new:
            yield f"\n{short(words.say('ci-markdown-rule-left', count=rule.counts.new - len(own)))}\n"


def _end(words: DiscreetWords) -> Iterator[str]:
    """What the run rests on, folded away."""
    result = words.result
    lines = [f"fupin {result.version}"]
    lines += [words.say("ci-pack", pack=name, sha=sha) for name, sha in packs(words)]
    lines += [*numbers(words), *assumptions(words), *notes(words)]
    lines += [words.say("input-line", path=source.path, sha=source.sha256) for source in result.inputs]
    page = Room(_BASIS)
    bullets = _bullets(lines)
    shown = next((number for number, line in enumerate(bullets) if not page.add(line)), len(bullets))
    yield f"\n<details><summary>{short(words.say('ci-basis'))}</summary>\n\n"
    yield from bullets[:shown]
    if shown < len(bullets):
        yield f"- {short(words.say('ci-basis-left', count=len(bullets) - shown))}\n"
    yield "\n</details>\n"
