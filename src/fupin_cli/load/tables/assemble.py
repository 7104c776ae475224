"""Parts of many sheets to one table, and the account of every row."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa

from fupin_cli.load.tables.part import Part, in_rows
from fupin_cli.load.tables.work import Taken, Work
from fupin_cli.model.cells import SourceFile
from fupin_cli.model.inputs import InputSummary, RowCounts, SheetSummary
from fupin_cli.model.problem import Address
from fupin_cli.model.tables import Elsewhere, SheetRef, Table, arrow_type, fields


def assemble(parts: Sequence[Part], work: Work) -> Table:
    """One table of all that its sheets give, in the order of the files."""
    data = pa.concat_tables([part.arrow(index) for index, part in enumerate(parts)], promote_options="default").combine_chunks()
    disputed: dict[str, dict[int, Address]] = defaultdict(dict)
    start = 0
    for part in parts:
        for name, rivals in part.disputed.items():
            disputed[name] |= {start + record: cell for record, cell in rivals.items()}
        start += len(part)
    lost = sum(len(taken.lost) for taken in work.taken if parts[0].table in taken.plan.kind.split("+"))
    return Table(
        parts[0].table,
        data,
        _sheets(parts),
        _together(parts, lambda part: part.unread, lambda part, _: pa.array([False] * len(part), pa.bool_())),
        dict(disputed),
        lost,
        any(part.heads_only for part in parts),
        _places(parts),
        _together(parts, lambda part: part.as_given, lambda part, name: part.values.get(name, _nothing(part, name))),
    )


def _sheets(parts: Sequence[Part]) -> list[SheetRef]:
    """The table's own sheets, and after them those of other tables that lent it values, as the parts number them."""
    own = [part.sheet for part in parts]
    lenders = {number: sheet for part in parts for number, sheet in part.lenders.items() if number >= len(own)}
    if not lenders:
        return own
    # Between two lenders may lie a sheet that lent nothing: its place holds any.
    return own + [lenders.get(number, next(iter(lenders.values()))) for number in range(len(own), max(lenders) + 1)]


def _together(
    parts: Sequence[Part], of: Callable[[Part], Mapping[str, pa.Array]], otherwise: Callable[[Part, str], pa.Array]
) -> dict[str, pa.Array]:
    """Columns that only some parts have, for all of them."""
    names = dict.fromkeys(name for part in parts for name in of(part))
    return {name: pa.concat_arrays([of(part).get(name, otherwise(part, name)) for part in parts]) for name in names}


def _nothing(part: Part, name: str) -> pa.Array:
    return pa.nulls(len(part), arrow_type(fields(part.table)[name].form))


def _places(parts: Sequence[Part]) -> dict[str, Elsewhere]:
    names = dict.fromkeys(name for part in parts for name in part.elsewhere)
    found = {}
    for name in names:
        some = [part.elsewhere.get(name) or in_rows(pa.nulls(len(part), pa.int32())) for part in parts]
        found[name] = Elsewhere(
            pa.concat_arrays([one.rows for one in some]),
            pa.concat_arrays([one.letters for one in some]),
            pa.concat_arrays([one.sheets for one in some]),
        )
    return found


def summaries(files: Sequence[SourceFile], taken: Sequence[Taken]) -> list[InputSummary]:
    """What was read of each file, and where its rows went."""
    found = []
    for source, file in enumerate(files):
        mine = [one for one in taken if one.source == source]
        sheets = [SheetSummary(one.sheet.name, one.plan.kind, one.plan.main.row, counts_of(one)) for one in mine]
        found.append(InputSummary(file.path, file.sha256, file.format, file.encoding, sheets))
    return found


def counts_of(taken: Taken) -> RowCounts:
    """Where the rows of a sheet went."""
    records, skipped, lost = len(taken.records), len(taken.skipped), len(taken.lost)
    return RowCounts(records + skipped, records - lost, lost, skipped)
