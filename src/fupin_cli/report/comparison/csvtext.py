"""A comparison for spreadsheets: one row per subject whose verdict differs."""

from collections.abc import Iterator

from fupin_cli.model.comparison import Compared, Comparison, Flip
from fupin_cli.report.comparison.wording import Both
from fupin_cli.report.csvtext import BOM, csv_row
from fupin_cli.report.inforce import used_periods
from fupin_cli.report.options import Options
from fupin_cli.report.unread import Places, unread_cells
from fupin_cli.report.words import Words

#: The columns whose headings are ours alone, in the order in which they stand between those that other reports have, too.
_HEADINGS = (
    "csv-subject", "csv-subject-name", "csv-year", "whatif-csv-standard", "whatif-csv-before", "whatif-csv-after",
    "whatif-csv-checks", "whatif-csv-reason-before", "whatif-csv-reason-after", "csv-missing", "csv-input", "csv-cell",
    "whatif-csv-rules-before", "whatif-csv-rules-after", "csv-input-sha256",
)  # fmt: skip
#: Outcome and reason before, and the file.
_UNREAD = Places(4, 7, 10)


def comparison_csv(comparison: Comparison, options: Options) -> Iterator[str]:
    """The rows, byte-order mark first so that Excel reads it as UTF-8."""
    both = Both(comparison, options)
    yield BOM + csv_row([both.say(heading) for heading in _HEADINGS])
    yield from map(csv_row, unread_cells(comparison.problems, options, len(_HEADINGS), _UNREAD))
    basis = [_basis(words) for words in both.words()]
    for compared in comparison.standards:
        for flip in compared.flips(compared.flipped):
            yield csv_row(_row(both, compared, flip, basis))


def _row(both: Both, compared: Compared, flip: Flip, basis: list[str]) -> list[str]:
    old, new = both.words(compared)
    view = flip.before
    source = old.result.inputs[view.where.input]
    semicolon = both.say("semicolon")
    reasons: list[list[str]] = [[], []]
    for decider in flip.deciders:
        title = both.check_title(compared, decider.name)
        for said, side in zip(reasons, both.decider(compared, decider), strict=True):
            said.append(f"{title}{both.say('colon')}{side.status}" + (f"{both.say('comma')}{side.reason}" if side.reason else ""))
    if not flip.deciders:
        reasons = [[line] for line in both.otherwise(compared, flip)]
    return [
        old.key(view.key), old.safe(view.name), str(view.year) if view.year is not None else "", both.title(compared),
        old.outcome(view.outcome), new.outcome(flip.after.outcome),
        semicolon.join(both.check_title(compared, decider.name) for decider in flip.deciders),
        *(semicolon.join(said) for said in reasons), semicolon.join(both.missing(compared, flip)),
        source.path, old.safe(str(view.where)), *basis, source.sha256,
    ]  # fmt: skip


def _basis(words: Words) -> str:
    """The pack of a side with everything that was put into it: a row taken out of the file can still be retraced."""
    pack = words.rules.pack
    parts = [f"{pack.name} v{pack.head.version} sha256 {pack.sha256}"]
    parts += [words.parameter(name) for name in words.rules.parameters if used_periods(words.result, words.rules, name)]
    parts += [words.assumption(name) for name in words.result.assumptions]
    return words.say("semicolon").join(parts)
