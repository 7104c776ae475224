"""The counties as Markdown, for a pull request or a chat: the matrix, the gaps, and what they rest on."""

from collections.abc import Iterator, Sequence

from fupin_cli.model.run import Result
from fupin_cli.report.counties.calendar import standing
from fupin_cli.report.counties.county import COUNTY, Counties, County, verdict
from fupin_cli.report.counties.facts import document_lines, input_rows, parameter_lines, problem_rows
from fupin_cli.report.counties.gaps import HEADINGS, gaps
from fupin_cli.report.csvtext import finding_rows, subject_rows
from fupin_cli.report.markdown import plain, table
from fupin_cli.report.options import Options
from fupin_cli.report.subjects import MARKS
from fupin_cli.report.unread import unread_line
from fupin_cli.report.words import Words

_SHORT = 12
#: Columns of a gap that the quoted words would make too wide to read.
_LEFT_OUT = {"gap-severity", "gap-quote", "gap-sample"}


def county_markdown(result: Result, options: Options) -> Iterator[str]:
    """The report in pieces."""
    words = Words(result, options)
    yield f"# {plain(words.say(f'title-{result.command}'))}\n\n"
    if unread := unread_line(result.problems, options):
        yield f"**{plain(unread)}**\n\n"
    for rules in result.rules:
        pack = rules.pack
        line = words.say("pack-line", pack=pack.name, version=pack.head.version, sha=pack.sha256[:_SHORT])
        yield f"- {plain(line)}\n"
    if result.as_of is not None:
        yield f"- {plain(words.say('as-of-line', day=result.as_of.isoformat()))}\n"
    for counties in Counties.of(result, options):
        yield from _counties(counties)
    for group in result.groups:
        if group.subject != COUNTY and not group.main.is_quality:
            yield from _section(words.say(f"table-{group.subject}"), *_parted(list(subject_rows(words.of(group.main), group))))
    if any(group.main.is_quality for group in result.groups):
        heading, *found = finding_rows(words)
        yield from _section(words.say("sheet-findings"), heading, found) if found else ()
    yield from _basis(words)


def _counties(counties: Counties) -> Iterator[str]:
    words, told = counties.words, counties.told(counties.order)
    totals = words.judged.outcome_counts().items()
    counted = words.say("list-comma").join(f"{words.outcome(name)} {count}" for name, count in totals)
    total = words.say("subjects-total", count=words.count(words.judged.data.num_rows))
    yield f"- {plain(total + words.say('colon') + counted)}\n\n"
    titles = [counties.judged.standard.checks[name].title.say(words.lang) for name in counties.open_gates]
    calendar = any(county.steps for county in told)
    names = ["heading-county", "heading-year", "heading-outcome", "county-column-next"]
    headings = [*map(words.say, names), *titles, *([words.say("heading-calendar")] if calendar else [])]
    yield from table(headings, [_row(counties, county, calendar=calendar) for county in told])
    passed = len(counties.gates) - len(titles)
    if passed and told:
        yield f"\n{plain(words.say('gates-passed', count=passed))}\n"
    yield from _gaps(counties, [county for county in told if county.view.index in set(counties.unsettled)])


def _row(counties: Counties, county: County, *, calendar: bool) -> list[str]:
    words, view, checks = counties.words, county.view, county.checks
    year = str(view.year) if view.year is not None else ""
    name = f"{county.province} {county.name}" if counties.provinces > 1 else county.name
    # The word beside the mark: a mark alone is lost wherever this is read aloud.
    marks = [
        f"{MARKS[status][0]} {words.say(f'status-{status}')}" for status in (checks[gate].status for gate in counties.open_gates)
    ]
    return [name, year, verdict(words, view), county.note, *marks, *([standing(words, county.steps)] if calendar else [])]


def _gaps(counties: Counties, told: Sequence[County]) -> Iterator[str]:
    words = counties.words
    left_out = _LEFT_OUT | ({"gap-province"} if counties.provinces == 1 else set())
    kept = [place for place, name in enumerate(HEADINGS) if name not in left_out]
    lines = [[str(cells[place]) for place in kept] for gap in gaps(told) for cells in [gap.cells(words)]]
    if lines:
        yield from _section(words.say("sheet-gaps"), [words.say(HEADINGS[place]) for place in kept], lines)


def _section(title: str, headings: Sequence[str], lines: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"\n## {plain(title)}\n\n"
    yield from table(headings, lines)


def _parted(lines: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    return lines[0], lines[1:]


def _basis(words: Words) -> Iterator[str]:
    """What the verdicts rest on."""
    result = words.result
    basis = [*parameter_lines(words), *map(words.assumption, result.assumptions), *document_lines(words)]
    yield f"\n## {plain(words.say('heading-documents'))}\n\n"
    yield from (f"- {plain(line)}\n" for line in basis)
    yield from _section(words.say("sheet-inputs"), *_texts(list(input_rows(words))))
    problems = list(problem_rows(words))
    if len(problems) > 1:
        yield from _section(words.say("sheet-problems"), *_texts(problems))


def _texts(lines: Sequence[Sequence[object]]) -> tuple[list[str], list[list[str]]]:
    return [str(cell) for cell in lines[0]], [[str(cell) for cell in line] for line in lines[1:]]
