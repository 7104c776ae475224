"""What stands beside the rows of each sheet: verdicts on its subjects, those on the households of members, why a row has none."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from fupin_cli.model.cells import Sheet
from fupin_cli.model.problem import Problem
from fupin_cli.model.run import Group, Result
from fupin_cli.model.tables import ROW, SHEET, Table
from fupin_cli.report.options import wanted_outcomes
from fupin_cli.report.words import Words
from fupin_cli.report.workbook.returned import Block
from fupin_cli.report.workbook.verdicts import Marks, Said, Speaker, outcomes_by_key

#: Where a sheet stands: its input, and its name there.
Place = tuple[int, str]
_KEY, _MEMBERS, _OWNERS = ("household_id", "year"), "person", "household"


def tables_of(result: Result) -> dict[str, Table]:
    """Every table that the verdicts look at, by name."""
    judged = [one for group in result.groups for one in (group.main, *group.beside)]
    judged += result.quality.judged if result.quality is not None else ()
    found: dict[str, Table] = {}
    for one in judged:
        found |= {table.name: table for table in (one.subject, *one.members.values()) if table.name not in found}
    return found


def fields_of(tables: Mapping[str, Table], place: Place) -> dict[str, tuple[str, str]]:
    """The columns of a sheet by letter, with the table and field that each was read as."""
    return {
        letter: (table.name, name)
        for table in tables.values()
        for sheet in table.sheets
        if (sheet.input, sheet.name) == place
        for name, letter in sheet.letters.items()
    }


def blocks_of(words: Words, tables: Mapping[str, Table], sheets: Mapping[Place, Sheet], marks: Marks) -> dict[Place, list[Block]]:
    """What is said in each sheet, standard by standard; the cells that they look at are marked."""
    result = words.result
    found: dict[Place, list[tuple[Group, Sequence[str], dict[int, Said]]]] = defaultdict(list)
    for group in result.groups:
        speaker = Speaker(words, group)
        rows = _by_row(group.main.subject, speaker.said(marks))
        if group.subject == _OWNERS and _MEMBERS in tables and not group.main.is_quality:
            for place, members in _of_members(words, group, tables[_MEMBERS]).items():
                # A row that has a verdict of its own keeps it.
                alone = place not in rows
                rows[place] = members | rows.get(place, {})
                if alone:
                    found[place].append((group, [words.say("book-of-household"), words.say("book-where")], rows.pop(place)))
        for place, said in rows.items():
            found[place].append((group, speaker.headings, said))
    records = _records(tables)
    answer = {}
    for place, several in found.items():
        if place not in sheets:
            continue
        several[0][2].update(_undecided(words, place, sheets[place], records.get(place, set())))
        answer[place] = [
            Block(_named(words, group, headings, len(several)), rows, _wanted(words, group)) for group, headings, rows in several
        ]
    return answer


def _wanted(words: Words, group: Group) -> list[str] | None:
    """The outcomes that ``--only`` means, in words."""
    only, own = words.options.only, words.of(group.main)
    return [own.outcome(name) for name in sorted(wanted_outcomes(group.main, only))] if only is not None else None


def _named(words: Words, group: Group, headings: Sequence[str], several: int) -> list[str]:
    """The headings; of several standards in a sheet each has to say which it is."""
    if several == 1:
        return list(headings)
    title = group.main.standard.title.say(words.lang)
    return [words.say("book-of", heading=heading, standard=title) for heading in headings]


def _by_row(table: Table, said: Sequence[Said]) -> dict[Place, dict[int, Said]]:
    """What is said of each record, by its sheet and row."""
    found: dict[Place, dict[int, Said]] = defaultdict(dict)
    places = [(sheet.input, sheet.name) for sheet in table.sheets]
    numbers, rows = table.data.column(SHEET).to_pylist(), table.data.column(ROW).to_pylist()
    for number, row, one in zip(numbers, rows, said, strict=True):
        here = found[places[number]]
        here[row] = _both(here[row], one) if row in here else one
    return found


def _both(first: Said, second: Said) -> Said:
    """Two records that stand in one row."""
    texts = (a if a == b else "\n".join(part for part in (a, b) if part) for a, b in zip(first.texts, second.texts, strict=True))
    return Said(first.look if first.look == second.look else "open", tuple(texts))


def _of_members(words: Words, group: Group, members: Table) -> dict[Place, dict[int, Said]]:
    """The verdict on the household of each member."""
    subject = group.main.subject
    keys = [name for name in _KEY if subject.has(name) and members.has(name)]
    if _KEY[0] not in keys:
        return {}
    outcomes = outcomes_by_key(words, group, keys)
    columns = [members.data.column(name).to_pylist() for name in keys]
    places = [(sheet.input, sheet.name) for sheet in members.sheets]
    numbers, rows = members.data.column(SHEET).to_pylist(), members.data.column(ROW).to_pylist()
    found: dict[Place, dict[int, Said]] = defaultdict(dict)
    for number, row, key in zip(numbers, rows, zip(*columns, strict=True), strict=True):
        said = outcomes.get(key) if key[0] is not None else None
        if said is not None:
            found[places[number]][row] = said
    return found


def _records(tables: Mapping[str, Table]) -> dict[Place, set[int]]:
    """The rows of each sheet that some table has."""
    found: dict[Place, set[int]] = defaultdict(set)
    for table in tables.values():
        places = [(sheet.input, sheet.name) for sheet in table.sheets]
        for number, row in zip(table.data.column(SHEET).to_pylist(), table.data.column(ROW).to_pylist(), strict=True):
            found[places[number]].add(row)
    return found


def _undecided(words: Words, place: Place, sheet: Sheet, records: set[int]) -> Iterator[tuple[int, Said]]:
    """The rows below the header that nobody judged, each with the reason."""
    source = words.result.inputs[place[0]]
    header = next(one for one in source.sheets if one.name == place[1]).header_row
    told: dict[int, list[Problem]] = defaultdict(list)
    for problem in words.result.problems:
        if problem.where is not None and (problem.where.input, problem.where.sheet) == place:
            told[problem.where.row].append(problem)
    for row in sheet.rows.to_pylist():
        if row <= header or row in records:
            continue
        skipped = any(problem.code.startswith("row-skipped") for problem in told[row])
        reasons, steps = zip(*(words.problem(problem) for problem in told[row]), strict=True) if told[row] else ((), ())
        status = words.say("book-row-skipped" if skipped else "book-row-quarantined")
        reason = "\n".join(reasons) or words.say("book-row-why-elsewhere")
        yield row, Said("aside" if skipped else "open", (status, reason, "\n".join(step for step in steps if step)))
