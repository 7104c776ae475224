"""Columns of tables as whole numbers, so that millions of rows are compared by arithmetic: -1 stands for what is not known."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from fupin_cli.model.identity import CHECK_CHARACTERS, LENGTHS, WEIGHTS
from fupin_cli.model.tables import Table

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

#: How many characters of an identity number are the person's own; a disability certificate has more.
_OWN = LENGTHS[0]
#: What the last of them may be, and how many there are.
_LAST = pa.array([*"0123456789X"], pa.string())
_KINDS = len(_LAST)


def values(table: Table, name: str) -> pa.ChunkedArray:
    """A column of text; nothing but nulls where no sheet has it."""
    if table.has(name):
        return table.data.column(name)
    return pa.chunked_array([pa.nulls(table.data.num_rows, pa.string())])


def integers(table: Table, name: str) -> Ints:
    """A column of whole numbers."""
    return filled(table.data.column(name)) if table.has(name) else np.full(table.data.num_rows, -1, np.int64)


def filled(column: pa.ChunkedArray | pa.Array) -> Ints:
    """The numbers of a column, -1 for each null."""
    found: Ints = np.asarray(pc.fill_null(column.cast(pa.int64()), -1), dtype=np.int64)
    return found


def codes(column: pa.ChunkedArray | pa.Array) -> Ints:
    """A number for each distinct value."""
    joined = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return filled(joined.dictionary_encode().indices)


def stacked(*columns: pa.ChunkedArray) -> pa.ChunkedArray:
    """Columns one after the other."""
    return pa.chunked_array([chunk for column in columns for chunk in column.chunks], columns[0].type)


def identities(column: pa.ChunkedArray) -> Ints:
    """Identity numbers as numbers: two are the same where the person's own characters are, in upper or lower case."""
    own = pc.ascii_upper(column)
    try:
        digits = pc.binary_slice(own.cast(pa.binary()), 0, _OWN - 1).cast(pa.string()).cast(pa.int64())
        last = pc.binary_slice(own.cast(pa.binary()), _OWN - 1, _OWN).cast(pa.string())
    except pa.ArrowInvalid:
        return np.where(pc.is_valid(own), _strange(own), -1)
    checks = filled(pc.index_in(last, value_set=_LAST))
    heads = filled(digits)
    if np.any((checks < 0) & (heads >= 0)):
        return _strange(own)
    return np.where(heads < 0, -1, heads * _KINDS + checks)


def born_in(numbers: Ints) -> Ints:
    """The year of birth in identity numbers; -1 where none is known."""
    # Of the 17 characters before the last one six are of the place, four of the year.
    return np.where(numbers < 0, -1, numbers // (_KINDS * 10**7) % 10**4)


def _strange(own: pa.ChunkedArray) -> Ints:
    """Numbers for texts that no reader of a sheet would have taken; as identity numbers none of them is right."""
    return codes(pc.utf8_slice_codeunits(own, 0, _OWN))


def checksums_hold(numbers: Ints) -> Bools:
    """Whether the last character of identity numbers belongs to the others: most slips of a pen make it another one."""
    heads, checks = np.divmod(numbers, _KINDS)
    whole = heads >= 10 ** (len(WEIGHTS) - 1)
    total = np.zeros(len(numbers), np.int64)
    for weight in reversed(WEIGHTS):
        heads, digit = np.divmod(heads, 10)
        total += weight * digit
    belongs = np.array([_LAST.index(pa.scalar(one)).as_py() for one in CHECK_CHARACTERS], np.int64)
    right: Bools = whole & (heads == 0) & (belongs[total % len(CHECK_CHARACTERS)] == checks)
    return right


def slots(places: Ints, size: int) -> tuple[Ints, Ints]:
    """Who stands at each place (the last one where several do, -1 for nobody), and how many do."""
    known = np.flatnonzero(places >= 0)
    taken = places if len(known) == len(places) else places[known]
    count = np.bincount(taken, minlength=size)
    slot = np.full(size, -1, np.int64)
    slot[taken] = known
    return slot, count


def at(array: Ints, positions: Ints) -> Ints:
    """The values at these positions; -1 for the position -1."""
    if not len(array):
        return np.full(len(positions), -1, np.int64)
    # The last one stands at -1: to put another number there would copy all of them.
    found = array[positions]
    found[positions < 0] = -1
    return found


def count_of(groups: Ints, size: int) -> Ints:
    """How many there are of each group; those of none are left out."""
    return np.bincount(groups[groups >= 0], minlength=size)


def words(chosen: Ints, said: Sequence[str]) -> pa.Array:
    """Positions in a list of words as the words, null for -1."""
    return pa.array(said, pa.string()).take(pa.array(chosen, mask=chosen < 0))
