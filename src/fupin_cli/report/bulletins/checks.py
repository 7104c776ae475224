"""What a check has to announce: for each check whom it stops or leaves open, who got no verdict, what could not be read.

Who is undetermined is told as a failure, never as passed or skipped: unknown is never yes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.model.fingerprint import fingerprint
from fupin_cli.model.job import CHECK_COUNTY
from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED
from fupin_cli.model.problem import Address
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Group, Result
from fupin_cli.model.verification import Asked, Found, Level, cells_of, level_of, rule_name, views_of
from fupin_cli.model.view import STATUSES, CheckView, Status, SubjectView
from fupin_cli.report.bulletins.unread import NOWHERE, unread
from fupin_cli.report.ci.bulletin import Bulletin, Counts, Rule, Source, Told
from fupin_cli.report.ci.github import github
from fupin_cli.report.ci.junit import junit
from fupin_cli.report.ci.sarif import sarif
from fupin_cli.report.csvtext import doubt_text
from fupin_cli.report.doubts import broken_lines, doubts_heading
from fupin_cli.report.options import Options, is_quality
from fupin_cli.report.unread import unread_files
from fupin_cli.report.verification.basis import assumptions, notes, numbers, packs
from fupin_cli.report.verification.rules import counted, reading_rules, why_skipped, words_of
from fupin_cli.report.verification.told import DiscreetWords, discreet, noun, told, who

#: In place of a check: the verdict itself, and what errors of data quality would make of it. Checks have no hyphens.
_VERDICT, _DOUBT = "has-verdict", "no-doubt"


def check_bulletin(result: Result, options: Options) -> Bulletin:
    """Everything about a run of a check command."""
    words = discreet(result, options)
    lost = any(source.rows.quarantined for source in result.inputs)
    found = [one for group in result.groups for one in _of_group(result, group)]
    found += unread(result.problems)
    strict = lost or is_quality(result)
    counts = counted(found)
    rules = [rule for group in result.groups for rule in _rules(replace(words, about=group.main), group, counts)]
    rules += reading_rules(words, found, lambda _, level, new: strict and level == "error" and new > 0)
    order = {rule.id: number for number, rule in enumerate(rules)}
    return Bulletin(
        lang=words.lang,
        command=result.command,
        version=result.version,
        title=words.say(f"title-{result.command}"),
        as_of=result.as_of,
        inputs=[Source(source.path, source.sha256) for source in result.inputs],
        rules=rules,
        found=sorted(found, key=lambda one: order[one.rule]),
        tell=partial(_tell, words),
        packs=packs(words),
        numbers=numbers(words),
        assumptions=assumptions(words),
        notes=[*_doubts(words), *notes(words)],
        ending=lambda _: list(_ending(words)),
        lost=words.say("ci-rows-lost") if lost else "",
        refused=unread_files(result.problems, words.options),
        nothing="bulletin-all-meet",
    )


def _of_group(result: Result, group: Group) -> Iterator[Found]:
    """The checks of a table, each with the subjects that it stops or leaves open; then the verdicts."""
    main = group.main
    outcomes, data = main.standard.outcomes, main.data
    fine = [NOT_APPLICABLE, *(name for name, outcome in outcomes.items() if outcome.meets)]
    bad = pc.invert(pc.is_in(data.column("outcome"), value_set=pa.array(fine, pa.string())))
    # Who is undetermined, and who is stopped by no check, is told by the verdict.
    rest = pc.and_(bad, pc.equal(data.column("outcome"), UNDETERMINED))
    silent = bad
    for name, check in main.standard.checks.items():
        if check.severity == "gate":
            telling = ("pass", "unknown") if check.way else ("fail",) if main.is_quality else ("fail", "unknown")
            meant = pc.and_(bad, _having(main, name, *telling))
            silent = pc.and_not(silent, meant)
        else:
            meant = pc.and_(pc.not_equal(data.column("outcome"), NOT_APPLICABLE), _having(main, name, "fail"))
        yield from (_found(main, name, index) for index in pc.indices_nonzero(meant).to_pylist())
    yield from (_found(main, _VERDICT, index) for index in pc.indices_nonzero(pc.or_(rest, silent)).to_pylist())
    quality = result.quality
    changed = quality.changes.get(group.subject, {}) if quality is not None and not main.is_quality else {}
    level: Level = "error" if result.command == CHECK_COUNTY.command else "warning"
    yield from (replace(_found(main, _DOUBT, index), level=level) for index in changed)


def _having(judged: StandardResult, check: str, *statuses: Status) -> pa.ChunkedArray:
    wanted = pa.array([STATUSES.index(status) for status in statuses], judged.data.column(f"status.{check}").type)
    return pc.is_in(judged.data.column(f"status.{check}"), value_set=wanted)


def _found(judged: StandardResult, check: str, index: int) -> Found:
    level: Level = level_of(judged, check) if check in judged.standard.checks else "error"
    return Found(rule_name(judged, check), level, NOWHERE, (), "", None, "", judged, index, check)


def _rules(words: DiscreetWords, group: Group, counts: dict[str, Counts]) -> Iterator[Rule]:
    main = group.main
    title = main.standard.title.say(words.lang)
    for name, check in main.standard.checks.items():
        rule, tally = rule_name(main, name), main.check_counts()[name]
        own, level, asked = counts.get(rule, Counts()), level_of(main, name), tally["pass"] + tally["fail"]
        one = Asked(rule, level, main, name, tally["pass"], tally["fail"], tally["unknown"])
        # Of verdicts nothing is skipped: where nobody knows, the subjects are open.
        skipped = why_skipped(words, one) if main.is_quality and not one.of_anybody and not own.new else ""
        fails = level == "error" and own.new > 0
        yield Rule(rule, level, *words_of(words, words.rules, check), own, asked, tally["unknown"], skipped, fails, check)
    for name, words_for in ((_VERDICT, "bulletin-verdict"), (_DOUBT, "bulletin-doubt")):
        rule = rule_name(main, name)
        own = counts.get(rule, Counts())
        if name == _DOUBT and not own.new:
            continue
        doubtful: Level = "warning" if name == _DOUBT and words.result.command != CHECK_COUNTY.command else "error"
        said = words.say(words_for, title=title)
        yield Rule(rule, doubtful, said, "", "", "", own, main.data.num_rows, fails=doubtful == "error" and own.new > 0)


def _tell(words: DiscreetWords, found: Iterable[Found]) -> Iterator[Told]:
    """Each finding with its cells, one check after the other."""
    for _, group in groupby(found, lambda one: (id(one.judged), one.check)):
        same = list(group)
        judged = same[0].judged
        if judged is None:
            yield from told(words, same)
            continue
        own, check = replace(words, about=judged), same[0].check
        table = noun(words, judged.standard.subject)
        indices = [one.index for one in same]
        if check in judged.standard.checks:
            for one, (view, seen) in zip(same, views_of(judged, check, indices), strict=True):
                yield _told(own, one, view, table, partial(_status, view=seen), cells_of(seen))
            continue
        for one, view in zip(same, judged.views(indices, ()), strict=True):
            yield _told(own, one, view, table, partial(_verdict, view=view, check=check))


def _told(
    words: DiscreetWords,
    found: Found,
    view: SubjectView,
    table: str,
    reason: Callable[[DiscreetWords], str],
    cells: Sequence[Address] = (),
) -> Told:
    own = replace(words, home=view.where.input)
    place = "" if view.key else own.place(view.where)
    known = fingerprint(found.rule, view.year, view.key or str(view.where))
    full = replace(found, where=view.where, cells=tuple(cells), key=own.key(view.key), year=view.year, fingerprint=known)
    return Told(full, who(own, full, table, place), reason(own))


def _status(words: DiscreetWords, view: CheckView) -> str:
    """Why a check stops somebody; where it does not surely, that comes first."""
    status = words.say(f"status-{view.status}") + words.say("colon") if view.status != "fail" else ""
    return status + words.reason(view)


def _verdict(words: DiscreetWords, view: SubjectView, check: str) -> str:
    """The outcome, and what would settle it; or what it would be without values that are questioned."""
    if check == _VERDICT:
        missing = [words.missing(view.missing)] if view.missing else []
        return words.say("comma").join([words.outcome(view.outcome), *missing])
    quality, table = words.result.quality, words.judged.subject.name
    change = quality.changes[table].get(view.index) if quality is not None else None
    return (
        words.outcome(view.outcome)
        + words.say("comma")
        + words.say("csv-quality")
        + words.say("colon")
        + doubt_text(words, change)
    )


def _ending(words: DiscreetWords) -> Iterator[str]:
    """How many subjects came to which outcome, of every standard."""
    for group in words.result.groups:
        for judged in (group.main, *group.beside):
            own = words.of(judged)
            counts = [own.say("bulletin-outcome", outcome=own.outcome(n), count=c) for n, c in judged.outcome_counts().items()]
            told_of = own.say("list-comma").join(counts) or own.say("bulletin-nobody")
            yield judged.standard.title.say(own.lang) + own.say("colon") + told_of


def _doubts(words: DiscreetWords) -> list[str]:
    heading = doubts_heading(words)
    return [heading, *broken_lines(words)] if heading else []


def check_junit(result: Result, options: Options) -> Iterator[str]:
    """As JUnit."""
    return junit(check_bulletin(result, options))


def check_sarif(result: Result, options: Options) -> Iterator[str]:
    """As SARIF."""
    return sarif(check_bulletin(result, options))


def check_github(result: Result, options: Options) -> Iterator[str]:
    """As annotations on GitHub."""
    return github(check_bulletin(result, options))
