"""A second roster beside the first: read, compared with it, and its households taken in."""

from collections.abc import Sequence

from fupin_cli.errors import InputRefused, UsageRefused
from fupin_cli.evaluate.rosters.together import compare
from fupin_cli.evaluate.stacked import moved, moved_problem
from fupin_cli.load.cells.several import read_files
from fupin_cli.load.tables.build import load_tables
from fupin_cli.model.inputs import Loaded

#: What a roster consists of.
_TABLES = ("household", "person")


def with_roster(data: Loaded, paths: Sequence[str]) -> Loaded:
    """What was loaded, with the households of the roster of the 低保 that it does not have; as it is where there is no roster.

    Raises:
        InputRefused: a file cannot be read, has no households, or has no kind of number in common with the first roster.
        UsageRefused: a file is among the first ones, too.
    """
    if not paths or "household" not in data.tables:
        return data
    files, refused = read_files(paths)
    if refused:
        raise refused[0]
    known = {source.sha256 for source in data.inputs}
    twice = next((file.path for file in files if file.sha256 in known), None)
    if twice is not None:
        raise UsageRefused("file-given-twice", path=twice)
    other = load_tables(files, (), _TABLES)
    if other.refused:
        raise other.refused[0]
    if "household" not in other.tables:
        raise InputRefused("roster-without-households", path=paths[0])
    before = len(data.inputs)
    answer = compare(data.tables, {name: moved(table, before) for name, table in other.tables.items()})
    if answer is None:
        raise InputRefused("rosters-without-key", path=data.inputs[0].path, other=paths[0])
    tables, found = answer
    problems = [*data.problems, *(moved_problem(problem, before) for problem in other.problems), *found]
    return Loaded(tables, [*data.inputs, *other.inputs], problems, data.refused)
