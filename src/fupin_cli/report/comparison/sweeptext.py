"""A sweep for machines (``fupin.sweep/1``), spreadsheets and documents."""

import json
from collections.abc import Iterator
from typing import Any

from fupin_cli.model.sweep import Series, Sweep
from fupin_cli.report.comparison.moving import Moving
from fupin_cli.report.csvtext import BOM, csv_row
from fupin_cli.report.inforce import used_periods
from fupin_cli.report.jsontext import period_json, rules_json
from fupin_cli.report.markdown import plain, table
from fupin_cli.report.numbers import number_text
from fupin_cli.report.options import Options
from fupin_cli.report.page import Page
from fupin_cli.report.unread import Places, unread_cells, unread_json, unread_line

SCHEMA = "fupin.sweep/1"
#: What is counted, what else holds, and the file.
_UNREAD = Places(4, 8, 11)


def sweep_json(sweep: Sweep, options: Options) -> Iterator[str]:
    """The report in pieces: one value of the parameter per line."""
    moving, result = Moving(sweep, options), sweep.base
    words, page = moving.words, Page(result.inputs, options)
    present = used_periods(result, words.rules, sweep.parameter) if sweep.present else []
    head = {
        "schema": SCHEMA,
        "tool": {"version": result.version},
        "command": "what-if",
        "check": sweep.job,
        "as_of": result.as_of.isoformat() if result.as_of is not None else None,
        "rules": rules_json(result, words.rules),
        "assumptions": {name: words.safe(value) for name, value in result.assumptions.items()},
        "parameter": {
            "name": sweep.parameter,
            "title": words.label(sweep.parameter),
            "unit": moving.unit_code(),
            "in_force": [period_json(period) for period in present],
        },
        "inputs": page.sources_json(),
        **unread_json(result.problems, options),
        "problems": [page.problem_json(problem) for problem in result.problems],
        "standards": [_standard(moving, series) for series in sweep.series],
    }
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "values": ['
    separator = "\n  "
    for place, value in enumerate(sweep.values):
        counts = [
            {
                "subject": series.base.subject.name,
                "standard": series.base.standard.standard,
                "outcomes": series.tallies[place].outcomes,
            }
            | series.standings(series.tallies[place].outcomes)
            for series in sweep.series
        ]
        yield separator + json.dumps({"value": number_text(value), "counts": counts}, ensure_ascii=False)
        separator = ",\n  "
    yield "\n ]\n}\n"


def _standard(moving: Moving, series: Series) -> dict[str, Any]:
    judged = series.base
    return {
        "subject": judged.subject.name,
        "standard": judged.standard.standard,
        "title": judged.standard.title.say(moving.lang),
        "subjects": series.subjects,
        "outcomes": {kind.outcome: {"title": kind.title, "standing": kind.standing} for kind in moving.kinds(series)},
        "now": dict(judged.outcome_counts()) if moving.sweep.present else None,
    }


def sweep_csv(sweep: Sweep, options: Options) -> Iterator[str]:
    """One row for each standard, value and outcome, so that a spreadsheet can pivot it."""
    moving, pack = Moving(sweep, options), sweep.base.pack
    names = (
        "sweep-parameter",
        "sweep-value",
        "sweep-unit",
        "whatif-csv-standard",
        "sweep-outcome",
        "sweep-standing",
        "sweep-count",
    )
    further = ("sweep-present", "sweep-others", "csv-pack", "csv-pack-sha256", "csv-input", "csv-input-sha256")
    yield BOM + csv_row([moving.say(name) for name in (*names, *further)])
    yield from map(csv_row, unread_cells(sweep.base.problems, options, len(names) + len(further), _UNREAD))
    words, comma = moving.words, moving.say("list-comma")
    label, unit = words.label(sweep.parameter), words.parameter_unit(sweep.parameter)
    inputs = sweep.base.inputs
    tail = [
        comma.join(f"{number_text(mark.value)} {mark.label}" for mark in moving.marks()),
        moving.say("semicolon").join(moving.others()),
        f"{pack.name} v{pack.head.version}", pack.sha256,
        comma.join(source.path for source in inputs), comma.join(source.sha256 for source in inputs),
    ]  # fmt: skip
    for series in sweep.series:
        standard = series.base.standard.title.say(moving.lang)
        kinds = moving.kinds(series)
        for value, tally in zip(sweep.values, series.tallies, strict=True):
            for kind in kinds:
                counted = [kind.title, moving.say(f"standing-{kind.standing}"), str(tally.outcomes.get(kind.outcome, 0))]
                yield csv_row([label, number_text(value), unit, standard, *counted, *tail], {1, 6})


def sweep_markdown(sweep: Sweep, options: Options) -> Iterator[str]:
    """A table for each standard: a row for each value."""
    moving, result = Moving(sweep, options), sweep.base
    yield f"# {plain(moving.title())}\n\n{plain(moving.range())}\n\n"
    if unread := unread_line(result.problems, options):
        yield f"**{plain(unread)}**\n\n"
    pack = result.pack
    yield f"- {plain(moving.say('pack-line', pack=pack.name, version=pack.head.version, sha=pack.sha256))}\n"
    for source in result.inputs:
        yield f"- {plain(moving.say('input-line', path=source.path, sha=source.sha256))}\n"
    for mark in moving.marks():
        yield f"- {plain(moving.words.amount(mark.value, moving.unit_code()) + moving.say('colon') + mark.label)}\n"
    others = moving.others()
    if others:
        yield f"- {plain(moving.say('sweep-others') + moving.say('colon') + ' · '.join(others))}\n"
    for series in sweep.series:
        kinds = moving.kinds(series)
        yield f"\n## {plain(moving.heading(series))}\n\n"
        if now := moving.now(series):
            yield f"{plain(now)}\n\n"
        rows = [
            [number_text(value), *(str(tally.outcomes.get(kind.outcome, 0)) for kind in kinds)]
            for value, tally in zip(sweep.values, series.tallies, strict=True)
        ]
        yield from table([moving.axis(), *(kind.title for kind in kinds)], rows, range(len(kinds) + 1))
