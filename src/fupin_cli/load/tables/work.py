"""What is gathered while files become tables."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from fupin_cli.load.tables.part import Part
from fupin_cli.load.tables.recognise import Plan
from fupin_cli.model.cells import Sheet
from fupin_cli.model.problem import Problem


@dataclass
class Taken:
    """A sheet on its way into tables."""

    sheet: Sheet
    source: int
    plan: Plan
    #: Index of each row that is no record → why.
    skipped: Mapping[int, str]
    #: Indexes of the rows that are records.
    records: pa.Int64Array
    #: Sheet rows that end up with no subject.
    lost: set[int] = field(default_factory=set)


@dataclass
class Work:
    """Everything that is gathered while the files are read."""

    parts: dict[str, list[Part]] = field(default_factory=lambda: defaultdict(list))
    taken: list[Taken] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: "Work") -> None:
        """Take over what one file gave."""
        for table, parts in other.parts.items():
            self.parts[table] += parts
        self.taken += other.taken
        self.problems += other.problems


def lose(work: Work, part: Part, rows: Iterable[int]) -> None:
    """Count these rows of a part's sheet as rows without a subject."""
    for taken in work.taken:
        if taken.source == part.sheet.input and taken.sheet.name == part.sheet.name:
            taken.lost |= set(rows)
