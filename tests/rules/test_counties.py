"""Counties judged by a second reading of the documents: the same outcomes, possible outcomes and statuses, county by county.

``make counties`` makes a hundred thousand of them.
"""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

import pyarrow as pa
import pytest
from county_oracle import ASSESSMENT, BAD, CHANGES, OPINION, Cells, CountyRow, assessment, made_up, withdrawal
from three_values import Judged

from fupin_cli.evaluate.run import judge
from fupin_cli.model.result import StandardResult
from fupin_cli.model.tables import ROW, SHEET, SheetRef, Table, arrow_type, fields
from fupin_cli.model.view import STATUSES
from fupin_cli.rules.locate import CHECKOUT, Shelf
from fupin_cli.rules.packs import load_pack
from fupin_cli.rules.parameters import choose

SHELF = Shelf((CHECKOUT,))
MANY = int(os.environ.get("FUPIN_COUNTIES", "10000"))


def table_of(counties: Sequence[Cells]) -> Table:
    """The counties as a loaded sheet, with what cannot be read."""
    declared = fields("county")
    data = {"county": pa.array([f"样县{number}" for number in range(len(counties))])}
    masks = {}
    for name in CHANGES:
        values = [cells[name] for cells in counties]
        masks[name] = pa.array([value is BAD for value in values])
        data[name] = pa.array([None if value is BAD else value for value in values], arrow_type(declared[name].form))
    rows = {SHEET: pa.array([0] * len(counties), pa.int32()), ROW: pa.array(range(2, len(counties) + 2), pa.int32())}
    return Table("county", pa.table(data | rows), [SheetRef(0, "县", dict.fromkeys(data, "A"))], masks)


def judged(pack: str, counties: Sequence[Cells], as_of: date | None) -> StandardResult:
    loaded = load_pack(SHELF.find(pack), SHELF)
    return judge(loaded.standards["county-withdrawal"], choose(loaded.pack, {}), {"county": table_of(counties)}, as_of, {})


@pytest.mark.parametrize(
    ("pack", "years", "read", "as_of", "number"),
    [
        ("anhui-2018", OPINION, withdrawal, None, MANY),
        ("anhui-2018", OPINION, withdrawal, date(2018, 12, 28), MANY // 5),
        ("special-assessment-2017", ASSESSMENT, assessment, None, MANY // 5),
    ],
)
def test_made_up_counties_come_to_the_same_by_both_readings(
    pack: str, years: range, read: Callable[[CountyRow], Judged], as_of: date | None, number: int
) -> None:
    counties = made_up(sum(map(ord, pack)) + (as_of is not None), number)
    result = judged(pack, counties, as_of)
    told = {check: result.data.column(f"status.{check}").to_pylist() for check in result.standard.checks}
    may = {outcome: result.data.column(f"may.{outcome}").to_pylist() for outcome in result.standard.outcomes}
    outcomes = result.data.column("outcome").to_pylist()
    reached: Counter[str] = Counter()
    shown = set()
    for index, cells in enumerate(counties):
        expected = read(CountyRow(cells, as_of, years))
        statuses = {check: STATUSES[found[index]] for check, found in told.items()}
        possible = {outcome for outcome, found in may.items() if found[index]}
        mine = (outcomes[index], possible, statuses)
        assert mine == (expected.outcome, expected.possible, {name: rule.status for name, rule in expected.rules.items()}), cells
        reached[expected.outcome] += 1
        shown |= set(statuses.items())
    assert set(reached) == {*result.standard.outcomes, "undetermined"}
    gates = [name for name, check in result.standard.checks.items() if check.severity == "gate"]
    assert {(gate, status) for gate in gates for status in ("pass", "fail", "unknown")} <= shown
