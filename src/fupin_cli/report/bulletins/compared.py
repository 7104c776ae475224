"""What comparing two ways of judging has to announce: whose verdict changes, by which checks; and where a sweep moves any."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from fupin_cli.model.comparison import Compared, Comparison, Flip
from fupin_cli.model.fingerprint import fingerprint
from fupin_cli.model.run import Result
from fupin_cli.model.sweep import Series, Sweep
from fupin_cli.model.verification import Found, cells_of
from fupin_cli.report.bulletins.unread import NOWHERE, unread
from fupin_cli.report.ci.bulletin import Bulletin, Counts, Rule, Source, Told
from fupin_cli.report.ci.github import github
from fupin_cli.report.ci.junit import junit
from fupin_cli.report.ci.sarif import sarif
from fupin_cli.report.comparison.moving import Moving
from fupin_cli.report.comparison.wording import Both
from fupin_cli.report.numbers import number_text
from fupin_cli.report.options import Options
from fupin_cli.report.unread import unread_files
from fupin_cli.report.verification.basis import notes, packs
from fupin_cli.report.verification.rules import counted, reading_rules
from fupin_cli.report.verification.told import DiscreetWords, discreet, noun, told, who

_COMMAND, _SAME = "what-if", "same-verdict"


class DiscreetBoth(Both):
    """Speaks of both sides where many people listen."""

    def words(self, compared: Compared | None = None) -> tuple[DiscreetWords, DiscreetWords]:
        """The words of each side, for a standard or for the first one."""
        before, after = (DiscreetWords(result, self.options) for result in self.results)
        if compared is None:
            return before, after
        return replace(before, about=compared.before), replace(after, about=compared.after)


def comparison_bulletin(comparison: Comparison, options: Options) -> Bulletin:
    """Everything about a comparison."""
    both = DiscreetBoth(comparison, replace(options, mask=True))
    words, after = both.words()
    found = [
        Found(_rule(compared), "error", NOWHERE, (), "", None, "", compared.before, index, str(place))
        for place, compared in enumerate(comparison.standards)
        for index in compared.flipped
    ]
    found += unread(comparison.problems)
    rules = [_verdicts(both, compared.before.standard.title.say(both.lang), compared, found) for compared in comparison.standards]
    rules += reading_rules(words, found, lambda *_: False)
    shared, alone = both.assumptions()
    numbers = [
        both.parameter_title(name) + both.say("colon") + both.say("semicolon").join(map(" ".join, both.parameter(name)))
        for name in both.differing()
    ]
    return replace(
        _bulletin(comparison.before, words, both.say("whatif-title", question=both.say(f"title-{comparison.job}"))),
        rules=rules,
        found=found,
        tell=partial(_told, both),
        packs=list(dict.fromkeys([*packs(words), *packs(after)])),
        numbers=[*numbers, *both.alike()],
        assumptions=[*alone, *shared],
        ending=lambda _: list(_ending(both)),
        notes=[*_alone(both), *notes(words)],
        places={},
    )


def _rule(compared: Compared) -> str:
    return f"{compared.before.standard.standard}/{_SAME}"


def _bulletin(result: Result, words: DiscreetWords, title: str) -> Bulletin:
    sources = [Source(source.path, source.sha256) for source in result.inputs]
    return Bulletin(
        words.lang, _COMMAND, result.version, title, result.as_of, sources, (), (), partial(told, words), packs(words),
        refused=unread_files(result.problems, words.options), nothing="bulletin-same",
    )  # fmt: skip


def _verdicts(both: DiscreetBoth, title: str, compared: Compared, found: list[Found]) -> Rule:
    own = counted(found).get(_rule(compared))
    rule = Rule(_rule(compared), "error", both.say("bulletin-same-verdict", title=title), "", "", "", own or Counts())
    return replace(rule, asked=compared.subjects, fails=bool(compared.flipped))


def _ending(both: DiscreetBoth) -> Iterator[str]:
    for compared in both.comparison.standards:
        old, _ = both.words(compared)
        yield both.say(
            "whatif-standard", title=both.title(compared), all=old.count(compared.subjects), changed=len(compared.flipped)
        )
        yield from (
            f"{both.outcomes(compared, one.before, one.after)}{both.say('colon')}{one.count}"
            for one in compared.transitions
            if one.flips
        )


def _alone(both: DiscreetBoth) -> Iterator[str]:
    sides = zip(both.sides(), (both.comparison.only_before, both.comparison.only_after), strict=True)
    for side, standards in sides:
        for judged in standards:
            yield both.say("whatif-standard-alone", side=side, title=judged.standard.title.say(both.lang))


def _told(both: DiscreetBoth, found: Iterable[Found]) -> Iterator[Told]:
    words, _ = both.words()
    for one in found:
        if one.judged is None:
            yield from told(words, [one])
            continue
        compared = both.comparison.standards[int(one.check)]
        for flip in compared.flips([one.index]):
            yield _flip(both, compared, one, flip)


def _flip(both: DiscreetBoth, compared: Compared, found: Found, flip: Flip) -> Told:
    old, _ = both.words(compared)
    view = flip.before
    own = replace(old, home=view.where.input)
    said = [both.outcomes(compared, view.outcome, flip.after.outcome)]
    for decider in flip.deciders:
        sides = [
            both.say("comma").join(part for part in (side.status, side.reason) if part)
            for side in both.decider(compared, decider)
        ]
        said.append(both.check_title(compared, decider.name) + both.say("colon") + " → ".join(dict.fromkeys(sides)))
    said += [*both.otherwise(compared, flip), *both.missing(compared, flip)]
    views = [view for decider in flip.deciders for view in (decider.before, decider.after) if view is not None]
    full = replace(
        found,
        where=view.where,
        cells=tuple(dict.fromkeys(cell for one in views for cell in cells_of(one))),
        key=own.key(view.key),
        year=view.year,
        fingerprint=fingerprint(found.rule, view.year, view.key or str(view.where)),
    )
    place = "" if view.key else own.place(view.where)
    return Told(full, who(own, full, noun(own, compared.subject), place), both.say("semicolon").join(said))


def sweep_bulletin(sweep: Sweep, options: Options) -> Bulletin:
    """Everything about a sweep: between which two values somebody's verdict changes."""
    moving, words = Moving(sweep, replace(options, mask=True)), discreet(sweep.base, options)
    found = [
        Found(_moved(series), "error", NOWHERE, (), "", None, "", series.base, step, str(place))
        for place, series in enumerate(sweep.series)
        for step in range(1, len(series.tallies))
        if series.tallies[step].who != series.tallies[step - 1].who
    ]
    found += unread(sweep.base.problems)
    tallied = counted(found)
    rules = [
        Rule(
            _moved(series), "error", moving.say("bulletin-same-verdict", title=series.base.standard.title.say(moving.lang)), "",
            "", "", tallied.get(_moved(series), Counts()), series.subjects, fails=series.moves(),
        )
        for series in sweep.series
    ]  # fmt: skip
    rules += reading_rules(words, found, lambda *_: False)
    marks = [f"{number_text(mark.value)} {mark.label}" for mark in moving.marks()]
    return replace(
        _bulletin(sweep.base, words, f"{moving.title()} {moving.range()}"),
        rules=rules,
        found=found,
        tell=partial(_steps, moving, words),
        numbers=[*marks, *moving.others()],
        ending=lambda _: [moving.range(), *filter(None, map(moving.now, sweep.series))],
        notes=notes(words),
        places={},
    )


def _moved(series: Series) -> str:
    return f"{series.base.standard.standard}/{_SAME}"


def _steps(moving: Moving, words: DiscreetWords, found: Iterable[Found]) -> Iterator[Told]:
    values = moving.sweep.values
    for one in found:
        if one.judged is None:
            yield from told(words, [one])
            continue
        series = moving.sweep.series[int(one.check)]
        before, after = series.tallies[one.index - 1], series.tallies[one.index]
        turns = [
            f"{kind.title} {before.outcomes.get(kind.outcome, 0)} → {after.outcomes.get(kind.outcome, 0)}"
            for kind in moving.kinds(series)
            if before.who.get(kind.outcome) != after.who.get(kind.outcome)
        ]
        step = f"{moving.axis()} {number_text(values[one.index - 1])} → {number_text(values[one.index])}"
        full = replace(one, fingerprint=fingerprint(one.rule, None, step))
        yield Told(full, moving.say("ci-who", who=step), moving.say("list-comma").join(turns))


def comparison_junit(comparison: Comparison, options: Options) -> Iterator[str]:
    """As JUnit."""
    return junit(comparison_bulletin(comparison, options))


def comparison_sarif(comparison: Comparison, options: Options) -> Iterator[str]:
    """As SARIF."""
    return sarif(comparison_bulletin(comparison, options))


def comparison_github(comparison: Comparison, options: Options) -> Iterator[str]:
    """As annotations on GitHub."""
    return github(comparison_bulletin(comparison, options))


def sweep_junit(sweep: Sweep, options: Options) -> Iterator[str]:
    """As JUnit."""
    return junit(sweep_bulletin(sweep, options))


def sweep_sarif(sweep: Sweep, options: Options) -> Iterator[str]:
    """As SARIF."""
    return sarif(sweep_bulletin(sweep, options))


def sweep_github(sweep: Sweep, options: Options) -> Iterator[str]:
    """As annotations on GitHub."""
    return github(sweep_bulletin(sweep, options))
