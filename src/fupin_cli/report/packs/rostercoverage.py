"""How far a roster tries the conditions of a pack, and which clauses never decided anything there."""

import json
from collections.abc import Iterator

from rich.console import Console

from fupin_cli.messages import Lang, say
from fupin_cli.model.coverage import SEEN, ConditionCoverage, RosterCoverage, StandardCoverage
from fupin_cli.report.options import Options
from fupin_cli.report.packs.blocks import Block, Cell, Grid, Heading, Line, Prose, cell
from fupin_cli.report.packs.markdown import as_markdown
from fupin_cli.report.packs.terminal import print_blocks
from fupin_cli.report.unread import unread_json, unread_line

SCHEMA = "fupin.roster-coverage/1"
_WIDTHS = (6, 1, 1, 1, 1, 1)


def print_roster_coverage(coverage: RosterCoverage, options: Options, console: Console) -> None:
    """For people at a terminal."""
    print_blocks(_page(coverage, options), console)


def roster_coverage_markdown(coverage: RosterCoverage, options: Options) -> Iterator[str]:
    """The same as a page."""
    yield from as_markdown(_page(coverage, options))


def roster_coverage_json(coverage: RosterCoverage, options: Options) -> Iterator[str]:
    """The same for machines."""
    standards = [
        {
            "standard": one.standard,
            "subjects": one.tried,
            "never_decisive": coverage.idle(one),
            "conditions": [_condition(condition) for condition in one.conditions],
        }
        for one in coverage.standards
    ]
    head = coverage.pack.head
    refused = unread_json(coverage.problems, options)
    found = {"schema": SCHEMA, "pack": head.pack, "version": head.version, **refused, "standards": standards}
    yield json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _condition(one: ConditionCoverage) -> dict[str, object]:
    return {
        "tree": one.key,
        "path": list(one.path),
        "condition": one.text,
        "rows_of": one.over or None,
        **{goal: one.counts[goal] for goal in SEEN},
        "decided": one.decided,
        "open": one.open,
    }


def _page(coverage: RosterCoverage, options: Options) -> Iterator[Block]:
    head, lang = coverage.pack.head, options.lang
    yield Heading(1, f"{head.pack} v{head.version}")
    if unread := unread_line(coverage.problems, options):
        yield Prose([Line(unread, "strong")])
    for one in coverage.standards:
        standard = coverage.pack.standards[one.standard]
        yield Heading(2, standard.title.say(lang), one.standard)
        yield Prose([Line(say("coverage-subjects", lang, count=one.tried))])
        yield Grid(
            [say(f"coverage-column-{name}", lang) for name in ("condition", "true", "false", "unknown", "decided", "open")],
            [_row(condition, lang) for condition in one.conditions],
            _WIDTHS,
        )
        yield Prose(list(_idle(coverage, one, lang)))


def _row(one: ConditionCoverage, lang: Lang) -> list[Cell]:
    rows = say("coverage-row-of", lang, table=one.over) if one.over else ""
    numbers = [one.counts[goal] for goal in SEEN] + [one.decided, one.open]
    place = Line(one.key + rows, "quiet")
    return [cell(place, Line(one.text, "code")), *(cell(str(number)) for number in numbers)]


def _idle(coverage: RosterCoverage, one: StandardCoverage, lang: Lang) -> Iterator[Line]:
    """The clauses that never decided anything."""
    checks = coverage.pack.standards[one.standard].checks
    idle = coverage.idle(one)
    yield Line(say("coverage-idle" if idle else "coverage-none-idle", lang), "strong")
    for name in idle:
        check = checks[name]
        yield Line(
            say(
                "coverage-idle-check",
                lang,
                name=name,
                title=check.title.say(lang),
                severity=say(f"severity-{check.severity}", lang),
                clause=check.cite.clause,
            )
        )
