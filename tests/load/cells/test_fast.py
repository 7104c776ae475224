"""The fast reader gives the careful one's answer, cell by cell, or gives the sheet back."""

import io
import random
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
import xlsxwriter
from workbooks import MAIN, MakeBook, careful_sheet, cells_of

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells import fast, scan, worker, xlsx
from fupin_cli.load.cells.archive import Archive
from fupin_cli.load.cells.book import read_book
from fupin_cli.load.cells.wire import read_answer
from fupin_cli.model.cells import Kind, Sheet

HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c><c r="B1" t="inlineStr"><is><t>收入</t></is></c></row>'


@pytest.fixture(autouse=True)
def small_sheets_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "SMALL", 0)


@pytest.fixture
def fast_reads(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each sheet that the fast reader was given came from it in the end."""
    outcomes: list[bool] = []
    read_fast = xlsx.read_fast

    def noted(*args: object, **more: object) -> None:
        outcomes.append(False)
        read_fast(*args, **more)  # type: ignore[arg-type]
        outcomes[-1] = True

    monkeypatch.setattr(xlsx, "read_fast", noted)
    return outcomes


def read_here(path: Path) -> Sheet:
    stream = io.BytesIO()
    worker.write_file(path, None, stream)
    stream.seek(0)
    return read_answer(stream).sheets[0]


def both_agree(path: Path) -> None:
    here, careful = read_here(path), careful_sheet(path)
    assert here.rows.to_pylist() == careful.rows.to_pylist()
    assert cells_of(here) == cells_of(careful)
    assert len(here.columns) == len(careful.columns)
    assert (here.merged, here.hidden_rows) == (careful.merged, careful.hidden_rows)


def rows(start: int, *values: str, end: int = 60) -> str:
    """A header and forty rows; then ``values`` as further cells of column B, one to a row."""
    body = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}"><v>1.5</v></c></row>' for row in range(2, start))
    tail = "".join(
        f'<row r="{start + at}"><c r="A{start + at}"><v>1</v></c>{value.replace("@", str(start + at))}</row>'
        for at, value in enumerate(values)
    )
    return HEADER + body + tail + (f'<row r="{end + start}"><c r="A{end + start}"><v>9</v></c></row>' if end else "")


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_both_readers_agree_on_a_generated_workbook(tmp_path: Path, fast_reads: list[bool], *, shared: bool, seed: int) -> None:
    path = tmp_path / "a.xlsx"
    chance = random.Random(seed)
    with xlsxwriter.Workbook(path, {"constant_memory": not shared}) as book:
        sheet = book.add_worksheet("户")
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write(0, 0, "标题")
        for column in range(9):
            sheet.write_string(2, column, f"列{column}")
        row = 3
        for _ in range(300):
            row += chance.choice([1, 1, 1, 2])
            sheet.write_string(
                row, 0, chance.choice(["甲", " 乙 ", "NA", "a&<b>", "　", "\u200b", "x\ny", "1_000", "=1", "“引”", "é"])
            )
            sheet.write_number(row, 1, chance.randint(-(10**6), 10**6) / 100)
            sheet.write_number(
                row, 2, chance.choice([0.1 + 0.2, 1 / 3, 1e-7, 1e22, 123456789012345678, -0.0, 5, 1e15, 123456789.12345678])
            )
            sheet.write_number(row, 3, chance.randint(0, 10**18))
            sheet.write_boolean(row, 4, chance.random() < 0.5)
            sheet.write_datetime(
                row,
                5,
                datetime(chance.randint(1901, 2100), 5, chance.randint(1, 28), chance.choice([0, 0, 13]), 0, 59),  # noqa: DTZ001 - a cell has no time zone
                date,
            )
            if chance.random() < 0.5:
                sheet.write_string(row, 7, "有")
            if chance.random() < 0.01:
                sheet.write_number(row, 8, chance.random())
    both_agree(path)
    assert fast_reads == [True]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B@" t="e"><v>#REF!</v></c>',
        '<c r="B@"><f>A1</f></c>',
        '<c r="B@"><f>A1</f><v></v></c>',
        '<c r="B@" t="str"><f>A1</f><v></v></c>',
        '<c r="B@" t="inlineStr"><is><t>3,20O</t></is></c>',
        '<c r="B@" t="inlineStr"><is><t> x</t></is></c>',
        '<c r="B@" t="inlineStr"><is><t>x </t></is></c>',
        '<c r="B@" t="inlineStr"><is><t>a_x000D_b</t></is></c>',
        '<c r="B@" t="inlineStr"><is><r><t>a </t></r><r><t>b</t></r></is></c>',
        '<c r="B@" t="inlineStr"><is><t><![CDATA[ a ]]></t></is></c>',
        '<c r="B@" t="b"><v>1</v></c>',
        '<c r="B@" t="d"><v>2018-05-01</v></c>',
        '<c r="B@"><v>1e400</v></c>',
        '<c r="B@"><v> 7 </v></c>',
        '<c r="B@" s="1"><v>43221</v></c>',
        '<c r="B@" s="2"><v>43221</v></c>',
        '<c r="B@" s="2"><v>0.25</v></c>',
        '<c r="B@" s="2"><v>99999999</v></c>',
        '<c r="B@" s="3"><v>0.25</v></c>',
        "<c r='B@' t='e'><v>#REF!</v></c>",
        '<c t="e" r="B@"><v>#REF!</v></c>',
        '<c r="B@"\nt="e"><v>#REF!</v></c>',
        "<c><v>5</v></c>",
        '<c r="AAA@"><v>5</v></c>',
        '<c r="ZZ@"><v>5</v></c>',
        '<c r="B@" t="inlineStr"><is><t></t></is></c>',
        '<c r="B@"><v/></c>',
        '<c r="B@" t="n"><v>5</v></c><!-- c --><c r="C@"><v>6</v></c>',
    ],
)
def test_one_odd_cell_further_down_is_read_as_the_careful_reader_does(book: MakeBook, cell: str) -> None:
    path = book(rows(40, cell), formats=("General", 57, 14, "[h]:mm"))
    assert cells_of(read_here(path)) == cells_of(careful_sheet(path))


TEXT = '<c r="B{}" t="inlineStr"><is><t>有</t></is></c>'
DAY = '<c r="B{}" s="1"><v>43221</v></c>'


@pytest.mark.parametrize(
    ("usual", "odd", "believed"),
    [
        (TEXT, '<c r="B{}" t="inlineStr"><is><t> x</t></is></c>', None),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>x </t></is></c>', None),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>\u3000x\u3000</t></is></c>', True),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>a_x000D_b</t></is></c>', None),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>a\r\nb&#13;c&#10;d&amp;lt;</t></is></c>', None),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>a\nb</t></is></c>', True),
        (TEXT, '<c r="B{}" t="inlineStr"><is><r><t>a </t></r><r><t> b</t></r></is></c>', None),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>b</t></rPh></is></c>', None),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t><![CDATA[a]]>b</t></is></c>', None),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t></t></is></c>', True),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>\u200b</t></is></c>', True),
        (TEXT, '<c r="B{}" t="str"><f>A1</f><v> a </v></c>', True),
        (TEXT, '<c r="B{}" t="e"><v>#N/A</v></c>', None),
        (DAY, '<c r="B{}" s="1"><v>43221.99999999</v></c>', True),
        (DAY, '<c r="B{}" s="1"><v>0.25</v></c>', False),
        (DAY, '<c r="B{}" s="1"><v>60</v></c>', False),
        (DAY, '<c r="B{}" s="1"><v>59</v></c>', False),
        (DAY, '<c r="B{}" s="1"><v>99999999</v></c>', False),
        (DAY, '<c r="B{}" s="1"><v>-3</v></c>', False),
        (DAY, '<c r="B{}"><v>43221</v></c>', False),
        (DAY, '<c r="B{}" s="2"><v>43221</v></c>', None),
    ],
)
def test_an_odd_cell_among_its_like_is_read_as_the_careful_reader_does(
    book: MakeBook, fast_reads: list[bool], usual: str, odd: str, *, believed: bool | None
) -> None:
    """``believed``: whether the fast reader was believed; None where it was not even asked, or stopped by the proof."""
    body = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c>{(odd if row == 44 else usual).format(row)}</row>' for row in range(2, 60)
    )
    both_agree(book(HEADER + body, formats=("General", 14, 57)))
    assert fast_reads in ([[], [False]] if believed is None else [[believed]])


@pytest.mark.parametrize("text", [" 甲", "甲 ", "a_x000D_b", "甲\r\n乙"])
def test_odd_shared_texts_are_read_as_the_careful_reader_does(book: MakeBook, fast_reads: list[bool], text: str) -> None:
    body = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>{row % 2}</v></c></row>' for row in range(1, 60))
    both_agree(book(body, strings=f'<?xml version="1.0"?>\r\n<sst xmlns="{MAIN}"><si><t>a</t></si><si><t>{text}</t></si></sst>'))
    assert fast_reads == []


def test_a_plain_sheet_is_read_fast_and_blank_rows_keep_their_numbers(book: MakeBook, fast_reads: list[bool]) -> None:
    path = book(rows(40, '<c r="B@"><v>2</v></c>'))
    both_agree(path)
    assert fast_reads == [True]
    assert read_here(path).rows.to_pylist() == [*range(1, 41), 100]


def test_blank_rows_and_columns_at_the_start_shift_nothing(book: MakeBook, fast_reads: list[bool]) -> None:
    for letter, expected in (("A", True), ("C", False)):
        fast_reads.clear()
        path = book(
            "".join(
                f'<row r="{row}"><c r="{letter}{row}"><v>{row}</v></c><c r="E{row}"><v>2</v></c></row>' for row in range(5, 90, 2)
            )
        )
        both_agree(path)
        assert fast_reads == [expected]


@pytest.mark.parametrize(
    "code",
    [
        "0.0%",
        "0;-0%",
        "yyyy/m/d;@",
        "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@",
        "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
        "[$-804]yyyy&quot;年&quot;",
        "yyyymm",
        "m/d",
        "h:mm",
        "[Red]0.00",
        "#,##0.00_);[Red](#,##0.00)",
        "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ @_ ",
        "0&quot;days&quot;",
        "[$¥-804]#,##0.00",
        "0.00E+00",
        "@",
        "0_d",
        "[DBNum1]0",
        "0\\d",
        "0*d",
        "0;d",
        "[&gt;100]0;0.0",
        "aaaa",
        "[h]:mm",
        "General;d",
        "yyyy;General",
    ],
)
def test_both_readers_see_the_same_dates(book: MakeBook, code: str) -> None:
    path = book(
        "".join(f'<row r="{row}"><c r="A{row}" s="0"><v>{row + 43221.25}</v></c></row>' for row in range(1, 50)), formats=(code,)
    )
    both_agree(path)


def test_a_sheet_with_percentages_is_read_carefully(book: MakeBook, fast_reads: list[bool]) -> None:
    for code in (9, 10, "0.0%"):
        path = book(rows(40, '<c r="B@" s="1"><v>0.102</v></c>'), formats=("General", code))
        both_agree(path)
        assert cells_of(read_here(path))[40, 1] == ("10.2%", Kind.NUMBER)
    assert fast_reads == []


@pytest.mark.parametrize("number", range(60))
def test_both_readers_see_the_same_built_in_dates(book: MakeBook, number: int) -> None:
    path = book(
        "".join(f'<row r="{row}"><c r="A{row}" s="0"><v>{row + 43221}</v></c></row>' for row in range(1, 50)), formats=(number,)
    )
    both_agree(path)


@pytest.mark.parametrize(
    "properties",
    ['<workbookPr date1904="1"/>', '<calcPr fullCalcOnLoad="1"/>'],
)
def test_the_workbook_as_a_whole_may_ask_for_care(book: MakeBook, fast_reads: list[bool], properties: str) -> None:
    path = book(rows(40, '<c r="B@"><f>1</f><v>0</v></c>'), properties=properties)
    both_agree(path)
    assert fast_reads == []


@pytest.mark.parametrize(
    "claim", ['count="1" uniqueCount="4000000000"', 'count="999999999999"', 'uniqueCount="99999999999999999999"', 'count=""']
)
def test_false_counts_of_shared_texts_lose_nothing(book: MakeBook, claim: str) -> None:
    body = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 50))
    both_agree(book(body, strings=f'<sst xmlns="{MAIN}" {claim}><si><t>甲</t></si></sst>'))


def test_a_lying_dimension_loses_nothing(book: MakeBook, fast_reads: list[bool]) -> None:
    for dimension in ("A1:A1", "A1:XFD1048576", "C9:B2", "nonsense"):
        both_agree(book(rows(40, '<c r="B@"><v>2</v></c>'), before=f'<dimension ref="{dimension}"/>'))
    assert len(fast_reads) == 4


def test_disorder_is_seen_before_a_native_reader_sees_the_sheet(book: MakeBook, fast_reads: list[bool]) -> None:
    for odd in ('<row r="4000000000"/>', '<row r="3"/>', '<row r="99"><c r="B100"><v>1</v></c></row>'):
        with pytest.raises(InputRefused):
            read_here(book(rows(40, end=0) + odd))
    assert fast_reads == []


@pytest.mark.parametrize("reference", ["XFD1048576", "ZZ1048576", "A1048576"])
def test_a_far_corner_is_not_shown_to_the_native_reader(book: MakeBook, fast_reads: list[bool], reference: str) -> None:
    far = f'<row r="1048576"><c r="{reference}"><v>5</v></c></row>'
    sheet = read_here(book(rows(40, end=0) + far))
    assert sheet.rows.to_pylist()[-1] == 1_048_576
    assert [column.kind[-1].as_py() for column in sheet.columns].count(Kind.NUMBER) == 1
    assert fast_reads == []


def test_a_look_sees_every_cell_whatever_the_size_of_the_chunks(book: MakeBook) -> None:
    path = book(rows(200, '<c r="B@" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>'))
    with Archive(path) as archive:
        structure = read_book(archive)
        whole = b"".join(archive.chunks(structure.sheets[0].part))
    for size in (1, 7, 64, 1000):
        chunks = [whole[at : at + size] for at in range(0, len(whole), size)]
        look = scan.look_at_sheet(chunks, structure)
        proof = look.proof
        assert (look.plain, look.cells, look.last_row, look.width, look.length) == (True, 401, 260, 2, len(whole))
        assert (proof.plain, proof.values, proof.last_row_with_value, proof.first_column_used) == (True, 401, 260, True)


@pytest.mark.parametrize("cell", ['<c t="n" r="B50"><v>7</v></c>', "<c r='B50'><v>7</v></c>", "<c><v>7</v></c>"])
def test_a_cell_whose_place_the_look_cannot_see_is_not_shown_to_the_native_reader(
    book: MakeBook, fast_reads: list[bool], cell: str
) -> None:
    path = book(rows(50, end=0) + f'<row r="50"><c r="A50"><v>1</v></c>{cell}<c r="C50"><v>8</v></c></row>')
    both_agree(path)
    assert fast_reads == []


def test_rows_that_the_native_reader_shifts_are_not_believed(
    book: MakeBook, fast_reads: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    load = fast.load

    def shifted(path: Path, name: str, head: int) -> pa.RecordBatch:
        batch = load(path, name, head)
        blank = pa.record_batch([pa.nulls(1, column.type) for column in batch.columns], names=batch.schema.names)
        return pa.Table.from_batches([blank, batch]).combine_chunks().to_batches()[0]

    monkeypatch.setattr(fast, "load", shifted)
    both_agree(book(rows(60)))
    assert fast_reads == [False]


def test_a_second_block_of_rows_is_not_shown_to_the_native_reader(book: MakeBook, fast_reads: list[bool]) -> None:
    path = book(rows(40, end=0) + '</sheetData><sheetData><row r="99"><c r="B99"><v>7</v></c></row>')
    both_agree(path)
    assert read_here(path).rows.to_pylist()[-1] == 99
    assert fast_reads == []


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B50"><v>50</v><v>00</v></c><c r="C50"><x:v xmlns:x="o">3</x:v></c>',
        '<c r="B50"><v>50<b>00</b></v></c>',
        '<c r="B50"><x:v xmlns:x="o">7</x:v></c><c r="C50"><v></v></c>',
        '<c r="B50"><x:v xmlns:x="o">7</x:v><v/></c>',
        '<c r="B50" t="inlineStr"><is><t>50</t><t>00</t></is></c>',
        '<any><c r="B50"><v>5</v></c></any>',
        '<x:c xmlns:x="o" r="B50"><v>5</v></x:c>',
        '</row><c r="B50"><v>5</v></c><row r="51">',
        '<row r="51"><c r="A51"><v>9</v></c></row>',
    ],
)
def test_elements_where_none_belong_are_not_believed(book: MakeBook, fast_reads: list[bool], cell: str) -> None:
    body = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}"><v>1.5</v></c></row>' for row in range(2, 50))
    path = book(f'{HEADER}{body}<row r="50"><c r="A50"><v>50</v></c>{cell}</row><row r="60"><c r="A60"><v>60</v></c></row>')
    with pytest.raises(InputRefused):
        read_here(path)
    assert True not in fast_reads
