"""A comparison to be pasted into a document."""

from collections.abc import Iterator

from fupin_cli.model.comparison import Compared, Comparison, Flip
from fupin_cli.report.comparison.wording import Both
from fupin_cli.report.markdown import plain, table
from fupin_cli.report.options import Options
from fupin_cli.report.unread import unread_line


def comparison_markdown(comparison: Comparison, options: Options) -> Iterator[str]:
    """The report in pieces."""
    both = Both(comparison, options)
    yield f"# {plain(both.say('whatif-title', question=both.say(f'title-{comparison.job}')))}\n\n"
    if unread := unread_line(comparison.problems, options):
        yield f"**{plain(unread)}**\n\n"
    yield from _basis(both)
    for compared in comparison.standards:
        yield from _standard(both, compared)
    for side, alone in zip(both.sides(), (comparison.only_before, comparison.only_after), strict=True):
        for judged in alone:
            yield "\n" + plain(both.say("whatif-standard-alone", side=side, title=judged.standard.title.say(both.lang))) + "\n"
    if comparison.flips():
        yield f"\n## {plain(both.say('heading-documents'))}\n\n"
        yield from (f"- {plain(title)}\n" for title in both.documents())


def _basis(both: Both) -> Iterator[str]:
    """Files, packs, numbers and assumptions."""
    for source in both.comparison.before.inputs:
        yield f"- {plain(both.say('input-line', path=source.path, sha=source.sha256))}\n"
    for side, result in zip(both.sides(), both.results, strict=True):
        pack = result.pack
        line = both.say("pack-line", pack=pack.name, version=pack.head.version, sha=pack.sha256)
        yield f"- {plain(side + both.say('colon') + line)}\n"
    shared, alone = both.assumptions()
    yield from (f"- {plain(both.say('whatif-assumptions') + both.say('colon') + line)}\n" for line in alone)
    same = [*both.alike(), *shared]
    if same:
        yield f"- {plain(both.say('whatif-same-on-both') + both.say('colon') + ' · '.join(same))}\n"
    problems = len(both.comparison.problems)
    if problems:
        yield f"- {plain(both.say('whatif-problems', count=problems))}\n"
    differing = both.differing()
    if differing:
        yield "\n"
        rows = [[both.parameter_title(name), *(used for _, used in both.parameter(name))] for name in differing]
        yield from table([both.say("whatif-parameters"), *both.sides()], rows)


def _standard(both: Both, compared: Compared) -> Iterator[str]:
    old, new = both.words(compared)
    heading = both.say(
        "whatif-standard", title=both.title(compared), all=old.count(compared.subjects), changed=len(compared.flipped)
    )
    yield f"\n## {plain(heading)}\n\n"
    found = {(one.before, one.after): one.count for one in compared.transitions}
    columns = compared.outcomes_after()
    before, after = compared.before.outcome_counts(), compared.after.outcome_counts()
    rows = [
        [old.outcome(row), *(str(found.get((row, column), 0)) for column in columns), str(before[row])]
        for row in compared.outcomes_before()
    ]
    rows.append([both.say("whatif-sum"), *(str(after[name]) for name in columns), str(compared.subjects)])
    headings = [both.say("whatif-corner"), *map(new.outcome, columns), both.say("whatif-sum")]
    yield from table(headings, rows, range(1, len(headings)))
    if compared.turns:
        yield "\n"
        turns = [
            [
                both.check_title(compared, one.name),
                both.say("whatif-turn", before=both.say(f"status-{one.before}"), after=both.say(f"status-{one.after}")),
                str(one.count),
            ]
            for one in compared.turns
        ]
        yield from table([both.say("heading-check"), both.say("whatif-from-to"), both.say("whatif-how-many")], turns, {2})
    for side, names in zip(both.sides(), (compared.only_before(), compared.only_after()), strict=True):
        if names:
            titles = both.say("list-comma").join(both.check_title(compared, name) for name in names)
            yield "\n" + plain(both.say("whatif-checks-alone", side=side, checks=titles)) + "\n"
    yield from _flips(both, compared)


def _flips(both: Both, compared: Compared) -> Iterator[str]:
    limit = both.options.limit
    shown = compared.flipped[: limit or None]
    if shown:
        yield "\n"
    for flip in compared.flips(shown):
        yield from _flip(both, compared, flip)
    if len(compared.flipped) > len(shown):
        old, _ = both.words(compared)
        yield "\n" + plain(both.say("left-out", count=old.count(len(compared.flipped) - len(shown)))) + "\n"


def _flip(both: Both, compared: Compared, flip: Flip) -> Iterator[str]:
    old, _ = both.words(compared)
    known_as, told = old.who(flip.before)
    turned = both.outcomes(compared, flip.before.outcome, flip.after.outcome)
    yield f"- **{plain(known_as)}** {plain(told)}{both.say('colon')}{plain(turned)}\n"
    for decider in flip.deciders:
        title = both.check_title(compared, decider.name)
        for side in both.decider(compared, decider):
            said = both.say("comma").join(part for part in (side.status, side.reason) if part)
            yield f"  - {plain(title + both.say('in-parentheses', text=side.side) + both.say('colon') + said)}\n"
        yield from (f"  - {plain(clause)}\n" for clause in both.clauses(compared, decider))
    for line in (*both.otherwise(compared, flip), *both.missing(compared, flip)):
        yield f"  - {plain(line)}\n"
