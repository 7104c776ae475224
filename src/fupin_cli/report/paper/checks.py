"""The paper of a check: the answer first, then what stops whom and where, each subject, and what all of it rests on."""

from collections.abc import Iterator, Sequence

from fupin_cli.model.run import Group, Result
from fupin_cli.report.charts.blocking import blocking
from fupin_cli.report.charts.incomes import incomes
from fupin_cli.report.completeness import cell, place_name, villages
from fupin_cli.report.doubts import broken_lines, doubts_heading, doubts_next, turned, turned_heading
from fupin_cli.report.options import Options, is_quality
from fupin_cli.report.paper.basis import answered, basis, problems, subtitle, toned
from fupin_cli.report.paper.found import counts, findings, rules_section, tiles
from fupin_cli.report.paper.listed import subjects
from fupin_cli.report.paper.model import Cell, Column, Grid, Lines, Paper, Part, Section, Shade, Shades, Tone
from fupin_cli.report.paper.places import places
from fupin_cli.report.subjects import blocking_checks
from fupin_cli.report.words import Words

#: Most villages in the table of their files.
_VILLAGES = 300


def check_paper(result: Result, options: Options) -> Paper:
    """What a check command has to say."""
    words = Words(result, options)
    verdicts = [(words.of(group.main), group) for group in result.groups if not group.main.is_quality]
    entries = [words.of(group.main) for group in result.groups if group.main.is_quality]
    parts: list[Part] = []
    if len(verdicts) > 1:
        parts.append(_tables(words, [group for _, group in verdicts]))
    if len(verdicts) + len(entries) > 1:
        parts += [Section(own.judged.standard.title.say(words.lang), list(group_parts(own, group))) for own, group in verdicts]
    else:
        parts += [part for own, group in verdicts for part in group_parts(own, group)]
    parts += [rules_section(own) for own in entries]
    if entries:
        parts.append(findings(words))
    parts += doubts_section(words)
    parts += problems(words)
    return Paper(
        lang=words.lang,
        title=words.say(f"title-{result.command}"),
        answer=answered(words, _answer(words, verdicts)),
        tone=toned(words, paper_tone(result)),
        subtitle=subtitle(words),
        parts=[*parts, basis(words)],
    )


def paper_tone(result: Result) -> Tone:
    """Good where every subject meets its standard and no row is lost."""
    if any(source.rows.quarantined for source in result.inputs):
        return "bad"
    if is_quality(result):
        return "good" if result.meets() and not any(p.severity == "error" for p in result.problems) else "bad"
    missed = any(
        name in group.main.standard.outcomes and not group.main.standard.outcomes[name].meets
        for group in result.groups
        for name in group.main.outcome_counts()
    )
    return "good" if result.meets() else "bad" if missed else "open"


def _answer(words: Words, verdicts: Sequence[tuple[Words, Group]]) -> str:
    """Who, and how many."""
    told = [text for own, group in verdicts for text in _sentences(own, group, alone=len(verdicts) == 1)]
    if any(group.main.is_quality for group in words.result.groups):
        every, errors, warnings = counts(words)
        judged = [group.main for group in words.result.groups if group.main.is_quality]
        total = words.say("list-comma").join(words.of(one).count(one.data.num_rows) for one in judged)
        told.append(words.say("paper-answer-findings", total=total, count=every, errors=errors, warnings=warnings))
        unread = sum(problem.severity == "error" and not problem.refuses for problem in words.result.problems)
        told += [words.say("paper-unread", count=unread)] if unread else []
    lost = sum(source.rows.quarantined for source in words.result.inputs)
    told += [words.say("paper-lost", count=lost)] if lost else []
    return "\n".join(told)


def _sentences(words: Words, group: Group, *, alone: bool) -> Iterator[str]:
    main = group.main
    found, total = main.outcome_counts(), words.count(main.data.num_rows)
    title = "" if alone else main.standard.title.say(words.lang) + words.say("colon")
    if not found:
        yield title + words.say("paper-answer-none")
        return
    if len(found) == 1:
        yield title + words.say("paper-answer-one", total=total, outcome=words.outcome(*found))
    else:
        outcomes = [words.say("paper-outcome", outcome=words.outcome(name), count=count) for name, count in found.items()]
        yield title + words.say("paper-answer", total=total, outcomes=words.say("list-comma").join(outcomes))


def _tables(words: Words, groups: Sequence[Group]) -> Grid:
    """Of several tables each in a line."""
    columns = [Column(words.say("paper-table"), "long"), Column(words.say("paper-total"), "number")]
    codes = ("paper-meets", "paper-meets-not", "outcome-undetermined", "outcome-not_applicable")
    columns += [Column(words.say(code), "number") for code in codes]
    rows = []
    for group in groups:
        found, outcomes = group.main.outcome_counts(), group.main.standard.outcomes
        met = sum(count for name, count in found.items() if name in outcomes and outcomes[name].meets)
        missed = sum(count for name, count in found.items() if name in outcomes and not outcomes[name].meets)
        numbers: list[tuple[int, Tone]] = [(group.main.data.num_rows, "plain"), (met, "good"), (missed, "bad")]
        numbers += [(found.get("undetermined", 0), "open"), (found.get("not_applicable", 0), "plain")]
        cells = [Cell(str(number), tone if number else "plain", number) for number, tone in numbers]
        rows.append([Cell(group.main.standard.title.say(words.lang)), *cells])
    return Grid(words.say("paper-tables"), columns, rows)


def group_parts(words: Words, group: Group) -> Iterator[Part]:
    """The verdicts on the subjects of one table."""
    yield tiles(words)
    yield from _beside(words, group)
    for chart in (blocking(words), incomes(words)):
        if chart is not None:
            yield chart
    yield from _blocks(words, group)
    yield from places(words)
    yield from _completeness(words)
    yield subjects(words, group)


def _beside(words: Words, group: Group) -> Iterator[Part]:
    """What stops most of them, and the outcomes of the standards beside the verdict."""
    lines = []
    blocks = sorted(blocking_checks(group.main), key=lambda one: (-one[1], -one[2]))
    if blocks and not group.main.meets():
        name, failed, unknown = blocks[0]
        check = group.main.standard.checks[name].title.say(words.lang)
        lines.append(words.say("paper-block", check=check, fail=words.count(failed), unknown=words.count(unknown)))
    for standard in group.beside:
        own, found = words.of(standard), standard.outcome_counts()
        counted = [words.say("paper-outcome", outcome=own.outcome(name), count=count) for name, count in found.items()]
        lines.append(standard.standard.title.say(words.lang) + words.say("colon") + words.say("list-comma").join(counted))
    if lines:
        yield Lines("", lines)


def _blocks(words: Words, group: Group) -> Iterator[Part]:
    """What stops how many, and what to do."""
    columns = [Column(words.say("heading-check"), "long")]
    columns += [Column(words.say(code), "number") for code in ("heading-fail", "heading-unknown")]
    columns.append(Column(words.say("csv-remedy"), "long"))
    rows = []
    for name, failed, unknown in blocking_checks(group.main):
        check = group.main.standard.checks[name]
        numbers: list[tuple[int, Tone]] = [(failed, "bad"), (unknown, "open")]
        cells = [Cell(str(number), tone if number else "plain", number) for number, tone in numbers]
        rows.append([Cell(check.title.say(words.lang)), *cells, Cell(check.remedy.say(words.lang))])
    if rows:
        yield Grid(words.say("paper-blocks"), columns, rows)


def _completeness(words: Words) -> Iterator[Part]:
    """How complete the files of households are, village by village."""
    judged = words.judged
    known = villages(judged)
    if not known:
        return
    checks = judged.standard.checks
    rows = []
    for village in known[:_VILLAGES]:
        shades = [Shade(f"{village.complete}/{village.households}")]
        for name in checks:
            tally = village.items[name]
            due = tally.due + tally.unknown
            open_only = not tally.missing
            depth = (tally.missing + tally.unknown) / due if due else 0.0
            shades.append(Shade(cell(tally), depth, "open" if open_only else "bad"))
        rows.append(([place_name(words, village)], shades))
    note = words.say("completeness-how")
    if len(known) > _VILLAGES:
        note = " ".join([note, words.say("paper-places-left-out", count=len(known) - _VILLAGES)])
    titles = [check.title.say(words.lang) for check in checks.values()]
    place = words.say("table-village")
    yield Shades(words.say("heading-completeness"), [place], [words.say("heading-complete"), *titles], rows, note)


def doubts_section(words: Words) -> list[Part]:
    """Errors of data quality, and whose verdict rests on the values that they question."""
    heading = doubts_heading(words)
    if not heading:
        return []
    parts: list[Part] = [Lines("", list(broken_lines(words)))]
    for group in (group for group in words.result.groups if not group.main.is_quality):
        own = words.of(group.main)
        found, left = turned(own, group)
        lines = [
            one.known_as + one.told + words.say("colon") + words.say("semicolon").join([one.turn, *one.reasons]) for one in found
        ]
        parts.append(Lines(turned_heading(own, group), [*lines, *([left] if left else [])], "open" if found else "plain"))
    return [Section(heading, [*parts, Lines("", [words.safe(doubts_next(words))])])]
