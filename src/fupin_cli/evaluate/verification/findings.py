"""Every finding of a result as an object of its own, in an order and with a fingerprint that last from run to run.

A fingerprint says which rule, which year and which subject; of a problem of reading also which field. It holds neither a path
nor a row, nor a value, so that findings are known again when rows or files move and when other rows come or go. Of a name it
holds a trace that one in 4096 names has: enough to tell the members of a household apart, too little to find out who they are.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from fupin_cli.evaluate.verification.subjects import Places, Subject, known_by, trace
from fupin_cli.model.fingerprint import JOINT, fingerprint
from fupin_cli.model.problem import Address, Problem
from fupin_cli.model.run import Result
from fupin_cli.model.tables import Table
from fupin_cli.model.verification import LEVELS, READING, Asked, Found, Level, asked_rules, cells_of, quality_standards, views_of

_NOBODY = Subject()
#: Facts that change with other rows, and those that change where files move.
_COUNTS = frozenset({"count", "rows", "gone", "come", "total", "given", "summed", "counted"})
_PATHS = frozenset({"path", "other", "first"})


def findings_of(result: Result) -> list[Found]:
    """Every finding: the rules in the order of the packs, then what could not be read; errors before warnings, and of each rule
    in the order of files, sheets and rows.

    What is unknown is no finding, and a note (a problem of severity ``info``) is none either.
    """
    order = _order(result)
    rules = [found for asked in asked_rules(result) if asked.failed for found in sorted(_broken(asked), key=order)]
    problems = sorted(_problems(result), key=lambda found: (found.rule, order(found)))
    told = [found for level in LEVELS for found in (*rules, *problems) if found.level == level]
    return _numbered(told)


def _broken(asked: Asked) -> Iterator[Found]:
    """Whoever surely breaks a rule."""
    judged, indices = asked.judged, asked.judged.failing(asked.check)
    views = views_of(judged, asked.check, indices)
    for subject, (view, check) in zip(known_by(judged.subject, indices), views, strict=True):
        yield Found(
            asked.rule,
            asked.level,
            view.where,
            cells_of(check),
            subject.key,
            view.year,
            fingerprint(asked.rule, view.year, subject.key, subject.trace),
            judged,
            view.index,
            asked.check,
        )


def _problems(result: Result) -> list[Found]:
    """What could not be read, each with whose row it stands in."""
    meant = [problem for problem in result.problems if problem.severity != "info"]
    tables = _tables(result)
    places = {name: Places(table) for name, table in tables.items()}
    subjects = {name: places[name].subjects(_rows_of(meant, name)) for name in {problem.table for problem in meant} & {*tables}}
    return [_problem(problem, _stands_there(problem, subjects), _year(problem, places.values())) for problem in meant]


def _rows_of(problems: Iterable[Problem], table: str) -> list[Address]:
    return [problem.where for problem in problems if problem.table == table and problem.where is not None]


def _tables(result: Result) -> dict[str, Table]:
    """Every table that some standard looked at."""
    found: dict[str, Table] = {}
    for judged in quality_standards(result):
        found |= {judged.subject.name: judged.subject, **judged.members}
    return found


def _stands_there(problem: Problem, subjects: Mapping[str, Mapping[tuple[int, str, int], Subject]]) -> Subject:
    where = problem.where
    if where is None:
        return _NOBODY
    return subjects.get(problem.table, {}).get((where.input, where.sheet, where.row), _NOBODY)


def _year(problem: Problem, places: Iterable[Places]) -> int | None:
    """The year of the file, where all its rows are of one."""
    if problem.where is None:
        return None
    years = {one.years[problem.where.input] for one in places if problem.where.input in one.years}
    return years.pop() if len(years) == 1 else None


def _problem(problem: Problem, subject: Subject, year: int | None) -> Found:
    level: Level = "error" if problem.severity == "error" else "warning"
    rule = f"{READING}/{problem.code}"
    where = problem.where if problem.where is not None else Address(0, "", 0, "")
    cells = tuple(cell for cell in (problem.where, problem.other) if cell is not None and cell.row)
    own = _NOBODY if _is_of_many(problem) else subject
    year = _later_year(problem) or subject.year or year
    known = fingerprint(rule, year, *_who(problem, own), problem.table, problem.name)
    return Found(rule, level, where, cells, own.key, year, known, None, own.index, "", problem)


def _is_of_many(problem: Problem) -> bool:
    """Whether it is about many rows, of which only the first is named: it is that row's no more than the others'."""
    return not problem.name or not _COUNTS.isdisjoint(problem.facts)


def _later_year(problem: Problem) -> int | None:
    """The later one of two years, of what was found between them."""
    after = problem.facts.get("after", "")
    return int(after) if after.isdigit() else None


def _who(problem: Problem, subject: Subject) -> tuple[str, str]:
    """What tells a problem apart from others of its kind: whose row it stands in, else a trace of what it says."""
    if subject is not _NOBODY:
        return subject.key, subject.trace
    facts = (value for name, value in sorted(problem.facts.items()) if name not in _COUNTS | _PATHS)
    return "", trace(JOINT.join((problem.value, *facts)).strip(JOINT))


def _numbered(found: Sequence[Found]) -> list[Found]:
    """The findings, of which those that cannot be told apart are numbered."""
    seen: Counter[str] = Counter()
    told = []
    for one in found:
        seen[one.fingerprint] += 1
        number = seen[one.fingerprint]
        told.append(one if number == 1 else replace(one, fingerprint=fingerprint(one.fingerprint, number)))
    return told


def _order(result: Result) -> Callable[[Found], tuple[int, int, int, str]]:
    """The order of findings: files as they were given, sheets as they stand in a file, rows, columns."""
    sheets = {
        (number, sheet.name): place for number, source in enumerate(result.inputs) for place, sheet in enumerate(source.sheets)
    }

    def place(found: Found) -> tuple[int, int, int, str]:
        where = found.where
        return where.input, sheets.get((where.input, where.sheet), -1), where.row, where.letter.rjust(3)

    return place
