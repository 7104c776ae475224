"""What a report says about its run: pack, numbers, assumptions, documents, files, problems, as rows of tables."""

from collections.abc import Iterator

from fupin_cli.report.counties.columns import Cell
from fupin_cli.report.inforce import used_periods
from fupin_cli.report.words import Words


def run_facts(words: Words) -> Iterator[list[Cell]]:
    """One fact a row: its name, and what it is."""
    result, say = words.result, words.say
    yield [say("run-command"), f"fupin {result.command} {result.version}"]
    for rules in result.rules:
        yield [say("csv-pack"), f"{rules.pack.name} v{rules.pack.head.version} {rules.pack.head.title.say(words.lang)}"]
        yield [say("csv-pack-sha256"), rules.pack.sha256]
    if result.as_of is not None:
        yield [say("run-as-of"), result.as_of.isoformat()]
    if words.options.only is not None:
        yield [say("run-only"), say(f"run-only-{words.options.only}")]
    for line in parameter_lines(words):
        yield [say("csv-parameters"), line]
    for name in result.assumptions:
        yield [say("csv-assumptions"), words.assumption(name)]
    for line in document_lines(words):
        yield [say("heading-documents"), line]


def parameter_lines(words: Words) -> list[str]:
    """The numbers that the packs used, each once."""
    used = {group.rules: words.of(group.main) for group in words.result.groups}
    found = [
        own.parameter(name) for own in used.values() for name in own.rules.parameters if used_periods(own.result, own.rules, name)
    ]
    return list(dict.fromkeys(found))


def chosen_lines(words: Words) -> list[str]:
    """What the user put in, and no document says: numbers set in place of the pack's, assumptions about blanks."""
    used = {group.rules: words.of(group.main) for group in words.result.groups}
    found = [
        own.parameter(name)
        for own in used.values()
        for name in own.rules.parameters
        if any(period.source is None for period in used_periods(own.result, own.rules, name))
    ]
    return list(dict.fromkeys([*found, *(words.assumption(name) for name in words.result.assumptions)]))


def document_lines(words: Words) -> list[str]:
    """The documents that checks cite, by their own titles, each once."""
    judged = [(one, words.of(one)) for group in words.result.groups for one in (group.main, *group.beside)]
    cited = (own.document(check.cite.document) for one, own in judged for check in one.standard.checks.values())
    return list(dict.fromkeys(cited))


def input_rows(words: Words) -> Iterator[list[Cell]]:
    """The files with their hashes, and where their rows went; first the heading."""
    names = ("path", "sha256", "read", "decided", "quarantined", "skipped")
    yield [words.say(f"run-input-{name}") for name in names]
    for source in words.result.inputs:
        rows = source.rows
        yield [words.safe(source.path), source.sha256, rows.read, rows.decided, rows.quarantined, rows.skipped]


def problem_rows(words: Words) -> Iterator[list[Cell]]:
    """The problems of reading with what to do; first the heading."""
    yield [words.say(f"run-problem-{name}") for name in ("severity", "file", "cell", "message", "hint")]
    for problem in words.result.problems:
        message, hint = words.problem(problem)
        where = problem.where
        path = words.safe(words.result.inputs[where.input].path) if where is not None else ""
        cell = words.safe(str(where)) if where is not None and where.row else ""
        yield [words.say(f"severity-{problem.severity}"), path, cell, message, hint]
