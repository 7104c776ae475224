"""Which rows stand behind a fact of a subject: looked up where a report asks, because a roster may have millions."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc


class Rows(Mapping[int, Sequence[int]]):
    """Subject index → indexes of the rows, over two columns that are sorted by subject."""

    def __init__(self, subjects: pa.ChunkedArray, rows: pa.ChunkedArray) -> None:
        self._subjects, self._rows = _whole(subjects), _whole(rows)

    def __getitem__(self, index: int) -> Sequence[int]:
        first, last = bisect_left(self._subjects, index), bisect_right(self._subjects, index)
        if first == last:
            raise KeyError(index)
        return list(self._rows[first:last])

    def __iter__(self) -> Iterator[int]:
        return iter(dict.fromkeys(self._subjects))

    def __len__(self) -> int:
        return len(set(self._subjects))


def by_fact(found: pa.Table) -> dict[str, Rows]:
    """The rows of each fact, from a table (``fact``, ``_i``, ``_member``) in the order of these columns."""
    facts = {}
    for fact in pc.unique(found.column("fact")).to_pylist():
        mine = found.filter(pc.equal(found.column("fact"), fact))
        facts[fact] = Rows(mine.column("_i"), mine.column("_member"))
    return facts


def _whole(column: pa.ChunkedArray) -> memoryview:
    """The numbers of a column without nulls, as they lie in memory."""
    numbers = pa.concat_arrays(column.cast(pa.int64()).chunks)
    return memoryview(numbers.buffers()[1]).cast("q")[numbers.offset : numbers.offset + len(numbers)]
