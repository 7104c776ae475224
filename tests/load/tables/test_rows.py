"""Rows under a header: titles, totals, notes and examples are not records, and no record is taken for one of them."""

import os

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.grid import Grid
from fupin_cli.load.tables.build import load_tables
from fupin_cli.load.tables.headers import find_header, top_of
from fupin_cli.load.tables.rows import sort_rows
from fupin_cli.model.cells import Kind, Sheet, SourceFile
from fupin_cli.model.inputs import Loaded

Row = list[str | None]

WIDER = int(os.environ.get("FUPIN_SEARCH", "0"))


def searching(examples: int) -> settings:
    return settings(
        max_examples=examples * max(WIDER, 1),
        deadline=None,
        database=None,
        derandomize=not WIDER,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


KEYED: Row = ["户编号", "户主姓名", "年度", "行政村", "人均纯收入", "饮水安全"]
KEYLESS: Row = ["序号", *KEYED[1:]]
RECORD: Row = ["349900010001", "样赵甲", "2018", "样本村", "3000", "是"]
OTHER: Row = ["349900010002", "样钱甲", "2018", "样本村", "3001", "否"]


def sheet(*rows: Row, name: str = "户") -> Sheet:
    grid = Grid(name)
    for number, row in enumerate(rows, 1):
        grid.add_row(number, {at: (text, Kind.TEXT) for at, text in enumerate(row) if text is not None})
    return grid.sheet()


def sorted_out(*rows: Row) -> tuple[list[int], dict[int, str]]:
    """The sheet rows that are records, and why others are not."""
    read = sheet(*rows)
    header = find_header(top_of(read), "household")
    assert header is not None
    found = sort_rows(read, header)
    numbers = read.rows.to_pylist()
    return [numbers[at] for at in found.records.to_pylist()], {numbers[at]: why for at, why in found.skipped.items()}


TOTALS: list[Row] = [
    ["合计", None, None, None, "6001", None],
    ["总 计", None, None, None, "6001", None],
    ["小　计", None, None, None, "6001", None],
    ["合计：", None, None, None, "6001", None],
    [None, "合计", None, None, "6001", None],
    [None, None, None, "累计", "6001", None],
    ["共计:", "2", None, None, "6001", None],
    [" 合计 ", None, None, None, None, None],
]
NOTES: list[Row] = [
    ["注：收入为上年十月至当年九月", None, None, None, None, None],
    ["注1：收入为上年", None, None, None, None, None],
    ["备注：", "数据截至年底", None, None, None, None],
    ["填表人：样赵甲", None, None, None, None, None],
    ["填表人：", None, None, None, None, None],
    ["（说明：空白为未知）", None, None, None, None, None],
    ["制表单位:样本乡", None, None, None, None, None],
    ["审核人：", None, None, None, None, None],
    ["本表一式两份，村、乡各存一份。", None, None, None, None, None],
    [None, "本表由驻村工作队填写并由乡镇人民政府核对后上报县级", None, None, None, None],
    # Several cells in the last line, the first of them under 户编号.
    ["填表人：样赵甲", None, "审核人：样钱甲", None, None, None],
    ["填表人：样赵甲", None, "审核人：样钱甲", None, "2018年12月1日", None],
    ["填表人：", "样赵甲", "审核人：", "样钱甲", "填表日期：", "2018年12月1日"],
    ["备注：", None, None, None, None, "饮水未检"],
]
EXAMPLES: list[Row] = [
    ["示例", "样例甲", "2018", "样本村", "3000", "是"],
    ["示例：349900", "样例甲", "2018", "样本村", "3000", "是"],
    ["（样例）", None, None, None, None, None],
    ["【范例】", "某某", "2018", None, None, None],
]
SKIPPED = [(row, reason) for rows, reason in ((TOTALS, "total"), (NOTES, "note"), (EXAMPLES, "example")) for row in rows]


def shown(value: object) -> str:
    return "|".join(str(cell or "") for cell in value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize(("row", "reason"), SKIPPED, ids=shown)
@pytest.mark.parametrize("top", [KEYED, KEYLESS], ids=["keyed", "keyless"])
def test_a_total_note_or_example_is_no_record(top: Row, row: Row, reason: str) -> None:
    assert sorted_out(top, RECORD, row, OTHER) == ([2, 4], {3: reason})


def test_everything_above_the_header_is_a_title() -> None:
    rows: list[Row] = [["某县脱贫名册"], ["填报单位：样本乡", None, None, None, "2018年12月"], ["合计", "2"]]
    assert sorted_out(*rows, KEYED, RECORD) == ([5], {1: "title", 2: "title", 3: "title"})


@pytest.mark.parametrize("top", [KEYED, KEYLESS], ids=["keyed", "keyless"])
def test_a_header_repeated_on_every_page_is_a_title_each_time(top: Row) -> None:
    assert sorted_out(top, RECORD, top, OTHER, top, RECORD) == ([2, 4, 6], {3: "title", 5: "title"})


RECORDS: list[Row] = [
    # A household with nothing but its number, short, long, or in letters.
    ["349900010003", None, None, None, None, None],
    ["3499000100010000000003", None, None, None, None, None],
    ["H349900-2018-01-000003", None, None, None, None, None],
    # Heads whose names begin like a total or a note.
    ["349900010003", "合计生", "2018", "样本村", "3000", "是"],
    ["349900010003", "注生", "2018", "样本村", "3000", "是"],
    ["349900010003", "备注", "2018", None, None, None],
    ["349900010003", "单位", None, None, None, None],
    [None, "合计生", "2018", "样本村", "3000", "是"],
    [None, "注生", "2018", None, None, None],
    [None, "小计生", None, None, "3000", None],
    # The number is given, so it is a household whatever its name says.
    ["349900010003", "合计", "2018", "样本村", "3000", "是"],
    ["349900010003", "小计", None, None, None, None],
    ["349900010003", "注：户主外出", None, None, None, None],
    ["349900010003", "填表人：样赵甲", "2018", None, None, None],
    # Without a number, but somebody with data.
    [None, "样孙甲", "2018", "样本村", "3000", "是"],
    [None, "样孙甲", None, None, None, None],
    [None, None, None, None, "3000", None],
    [None, None, None, "共计村", "3000", "是"],
]


@pytest.mark.parametrize("row", RECORDS, ids=shown)
def test_a_household_is_never_taken_for_a_total_or_a_note(row: Row) -> None:
    assert sorted_out(KEYED, RECORD, row, OTHER) == ([2, 3, 4], {})


def test_a_total_far_to_the_right_is_a_value_not_a_total_row() -> None:
    top: Row = [*KEYED, "家庭住址"]
    row: Row = [None, "样孙甲", "2018", "样本村", "3000", "是", "合计"]
    assert sorted_out(top, RECORD, row) == ([2, 3], {})


def test_in_a_narrow_table_a_long_text_alone_is_a_record() -> None:
    assert sorted_out(["户主姓名", "家庭住址"], [None, "样本省样本市样本县样本乡样本一村第三村民小组"]) == ([2], {})


# --- every row is somewhere ---------------------------------------------------------------------------------------------

WORDS = [
    "合计",
    "小 计",
    "注：",
    "备注：空",
    "示例",
    "填表人：样赵甲",
    "户编号",
    "户主姓名",
    "2018",
    "样赵甲",
    "合计生",
    "3000",
    "3,20O",
    "1",
    "2",
    "3",
    "。",
]
cell = st.one_of(st.none(), st.sampled_from(WORDS), st.text("样本合计注：，12 ", min_size=1, max_size=20).filter(str.strip))
body = st.lists(st.lists(cell, min_size=6, max_size=6), min_size=1, max_size=12)


def tried(sheets: list[Sheet]) -> Loaded | None:
    """What was read; nothing where the sheet is refused: all its rows were skipped, or another row names fields, too."""
    try:
        return load_tables([SourceFile("a.xlsx", "0" * 64, "xlsx", "", sheets)])
    except InputRefused as refused:
        if refused.code in ("sheet-without-records", "header-doubled", "header-two-rows"):
            return None
        raise


@searching(60)
@given(above=st.lists(st.lists(cell, min_size=1, max_size=3), max_size=3), top=st.sampled_from([KEYED, KEYLESS]), rows=body)
def test_every_row_is_the_header_a_record_or_skipped_for_a_reason(above: list[Row], top: Row, rows: list[Row]) -> None:
    read = sheet(*above, top, *rows)
    header = find_header(top_of(read), "household")
    assert header is not None
    found = sort_rows(read, header)
    records, skipped = found.records.to_pylist(), [*found.skipped]
    assert sorted([header.index, *records, *skipped]) == list(range(len(read.rows)))
    assert all(at > header.index for at in records)


@searching(60)
@given(above=st.lists(st.lists(cell, min_size=1, max_size=3), max_size=3), top=st.sampled_from([KEYED, KEYLESS]), rows=body)
def test_read_is_decided_and_quarantined_and_skipped_and_every_decided_row_is_in_the_table(
    above: list[Row], top: Row, rows: list[Row]
) -> None:
    read = sheet(*above, top, *rows)
    header = find_header(top_of(read), "household")
    assert header is not None
    loaded = tried([read])
    if loaded is None:
        return
    [summary] = loaded.inputs[0].sheets
    table = loaded.tables["household"]
    # A heading in the row above others belongs to them: the two rows are one header.
    head = {*read.rows.to_pylist()[header.first : header.index + 1]}
    assert max(head) == summary.header_row
    assert summary.rows.read == len(read.rows) - len(head)
    assert summary.rows.decided == table.data.num_rows
    assert summary.rows.quarantined == table.quarantined
    told = [p.where.row for p in loaded.problems if p.where is not None and p.code.startswith("row-skipped-")]
    assert len(told) == len({*told}) == summary.rows.skipped
    doubled = {p.where.row for p in loaded.problems if p.where is not None and p.code == "household-doubled"}
    assert len(doubled) == summary.rows.quarantined
    decided = {*table.data.column("_row").to_pylist()}
    assert decided | {*told} | doubled | head == {*read.rows.to_pylist()}


@searching(40)
@given(
    keys=st.lists(st.text("0123456789", min_size=1, max_size=22), min_size=1, max_size=8, unique=True),
    rest=st.just([None] * 5) | st.lists(cell, min_size=5, max_size=5),
)
def test_a_row_with_a_number_of_its_own_is_never_skipped(keys: list[str], rest: Row) -> None:
    assume(not any(text in ("户主姓名", "户编号") or (text or "").startswith("示例") for text in rest))
    records, skipped = sorted_out(KEYED, *([key, *rest] for key in keys))
    assert (records, skipped) == (list(range(2, len(keys) + 2)), {})
