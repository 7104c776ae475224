"""The paper of declared figures: which agree with their parts, and of each the two sides and what lies between them."""

from collections.abc import Mapping, Sequence

from fupin_cli.model.reconciled import Agreement, Compared, Reconciled, Reconciliation
from fupin_cli.model.run import Result
from fupin_cli.report.options import Options
from fupin_cli.report.page import Page
from fupin_cli.report.paper.basis import answered, basis, problems, subtitle, toned
from fupin_cli.report.paper.model import Cell, Column, Grid, Kind, Lines, Paper, Part, Tile, Tiles, Tone
from fupin_cli.report.paper.shares import share_text
from fupin_cli.report.reconciliation import listed
from fupin_cli.report.reconciliationtext import NAMES, line_of
from fupin_cli.report.words import Words

_TONES: Mapping[Agreement, Tone] = {"agrees": "good", "differs": "bad", "undetermined": "open", "invalid": "bad"}
#: What has to be looked at first.
_FIRST: Sequence[Agreement] = ("differs", "invalid", "undetermined", "agrees")
#: Most figures on a page.
_ROWS = 3000
#: The columns of ``NAMES`` that are shown: the sentence of each figure says what the others would.
_SHOWN = ("item", "agreement", "declared", "computed", "difference", "unit", "why", "cell")
_KINDS: Mapping[str, Kind] = {
    "agreement": "status", "declared": "number", "computed": "number", "difference": "number", "why": "long",
}  # fmt: skip


def reconciliation_paper(result: Reconciliation, options: Options) -> Paper:
    """What reconcile has to say."""
    words = Words(_as_run(result), options)
    page, counts, total = Page(result.inputs, options), result.counts(), len(result.rows)
    every = page.say("subjects-total", count=page.say("count-reconcile", count=total))
    found = [
        page.say("paper-outcome", outcome=page.say(f"agreement-{one}"), count=count) for one, count in counts.items() if count
    ]
    tiles = [
        Tile(page.say(f"agreement-{one}"), str(count), share_text(count, total), _TONES[one] if count else "plain")
        for one, count in counts.items()
    ]
    parts: list[Part] = [Tiles(page.say("paper-at-a-glance"), tiles), _grid(result, page)]
    return Paper(
        lang=options.lang,
        title=page.say("title-reconcile"),
        answer=answered(
            words, page.say("paper-answer", total=every, outcomes=page.say("list-comma").join(found)) if found else every
        ),
        tone=toned(words, "good" if result.agrees() else "bad" if counts["differs"] or counts["invalid"] else "open"),
        subtitle=subtitle(words),
        parts=[*parts, *problems(words), basis(words)],
    )


def _as_run(result: Reconciliation) -> Result:
    """The run without rules: its files and problems are told as those of every run."""
    return Result("reconcile", result.version, [], None, result.inputs, {}, result.problems, [])


def _grid(result: Reconciliation, page: Page) -> Grid | Lines:
    """A row for each figure, what differs first."""
    meant = sorted(listed(result, page.options), key=lambda row: _FIRST.index(row.agreement))
    title = page.say("reconcile-figures")
    if not meant:
        return Lines(title, [page.say("none-listed", subjects=page.table("reconcile"))])
    figures: list[tuple[Reconciled, Compared | None]] = [(row, one) for row in meant for one in row.compared or (None,)]
    left = len(figures) - _ROWS
    note = page.say("paper-left-out", count=page.say("count-reconcile", count=left)) if left > 0 else ""
    columns = [Column(page.say(f"csv-{name}"), _KINDS.get(name, "text")) for name in _SHOWN]
    return Grid(title, columns, [_row(row, one, page) for row, one in figures[:_ROWS]], note)


def _row(row: Reconciled, one: Compared | None, page: Page) -> list[Cell]:
    agreement = one.agreement if one is not None else row.agreement
    texts = dict(zip(NAMES, line_of(row, one, page), strict=False))
    marked = Cell(page.say(f"agreement-{agreement}"), _TONES[agreement])
    return [marked if name == "agreement" else Cell(texts[name]) for name in _SHOWN]
