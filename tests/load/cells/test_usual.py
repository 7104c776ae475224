"""Rows that are as usual come out as the careful reader reads them, cell by cell; all others are left to it."""

import io
import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from workbooks import MAIN, MakeBook, careful_sheet, cells_of, parts_of, zipped

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells import archive, grid, scan, usual, worker
from fupin_cli.load.cells.lines import NotUsual
from fupin_cli.load.cells.scan import pieces
from fupin_cli.load.cells.usual import Block, UsualReader
from fupin_cli.load.cells.wire import read_answer
from fupin_cli.model.cells import Kind, Sheet

HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c><c r="B1" t="inlineStr"><is><t>收入</t></is></c></row>'


@pytest.fixture(autouse=True)
def few_rows_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usual, "CELLS_PER_COLUMN", 0)


@pytest.fixture
def usually(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each block of rows, in any order, whether it was as usual."""
    outcomes: list[bool] = []
    read = UsualReader.read

    def noted(self: UsualReader, rows: tuple[bytes, ...]) -> Block:
        try:
            block = read(self, rows)
        except NotUsual:
            outcomes.append(False)
            raise
        outcomes.append(True)
        return block

    monkeypatch.setattr(UsualReader, "read", noted)
    return outcomes


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_CHUNK", 1500)
    monkeypatch.setattr(scan, "BLOCK", 4000)


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


def outcome(read: Callable[[Path], Sheet], path: Path) -> object:
    """The cells, or why there are none."""
    try:
        return cells_of(read(path))
    except InputRefused as refusal:
        return refusal.code, refusal.facts.get("row")


def rows(start: int, *values: str, end: int = 60) -> str:
    """A header and forty rows; then ``values`` as further cells of column B, one to a row."""
    body = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}"><v>1.5</v></c></row>' for row in range(2, start))
    tail = "".join(
        f'<row r="{start + at}"><c r="A{start + at}"><v>1</v></c>{value.replace("@", str(start + at))}</row>'
        for at, value in enumerate(values)
    )
    return HEADER + body + tail + (f'<row r="{end + start}"><c r="A{end + start}"><v>9</v></c></row>' if end else "")


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_both_readers_agree_on_a_generated_workbook(tmp_path: Path, usually: list[bool], *, shared: bool, seed: int) -> None:
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
    assert usually.count(True) > 10
    assert False not in usually


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
    ("like", "odd", "is_usual"),
    [
        (TEXT, '<c r="B{}" t="inlineStr"><is><t> x</t></is></c>', True),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>x </t></is></c>', True),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>', True),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>\u3000x\u3000</t></is></c>', True),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>a_x000D_b</t></is></c>', False),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>a_xb_</t></is></c>', True),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>a\r\nb&#13;c&#10;d&amp;lt;</t></is></c>', False),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>a&#10;b</t></is></c>', False),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>&#25143;&#32;&#x4e3b;</t></is></c>', False),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>&#25143;&#20027;&#128512;&#160;b&amp;#25143;</t></is></c>', True),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>&amp;lt; &lt;&gt;&quot;&apos;&amp;amp;</t></is></c>', True),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>a\nb</t></is></c>', True),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>a>b</t></is></c>', False),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>a"/>!7" b</t></is></c>', False),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>!7</t></is></c>', True),
        (TEXT, '<c r="B{}" t="inlineStr"><is><r><t>a </t></r><r><t> b</t></r></is></c>', False),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>b</t></rPh></is></c>', False),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t><![CDATA[a]]>b</t></is></c>', False),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t></t></is></c>', True),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>\u200b</t></is></c>', True),
        (TEXT, '<c r="B{}" t="inlineStr"><is><t>\ufffd\uff0c</t></is></c>', True),
        (TEXT, '<c r="B{}" t="str"><f>A1</f><v> a </v></c>', True),
        (TEXT, '<c r="B{}" t="str"><f t="shared" si="0"/><v>a</v></c>', True),
        (TEXT, '<c r="B{}" t="str"><v></v></c>', True),
        (TEXT, '<c r="B{}" t="e"><v>#N/A</v></c>', True),
        (TEXT, '<c r="B{}" t="e"><v></v></c>', True),
        (TEXT, '<c r="B{}" t="b"><v>1</v></c>', True),
        (TEXT, '<c r="B{}" t="b"><v></v></c>', True),
        (TEXT, '<c r="B{}" t="d"><v>2018-05-01</v></c>', False),
        (TEXT, '<c r="B{}" s="1"/>', True),
        (TEXT, '<c r="B{}" s="1" />', True),
        (TEXT, '<c r="B{}" s="1"></c>', False),
        (TEXT, '<c s="1" r="B{}"/>', False),
        (TEXT, '<c r="B{}" s="1" cm="1"><v>5</v></c>', False),
        (TEXT, '<c r="B{}" s="77"><v>5</v></c>', True),
        (DAY, '<c r="B{}" s="1"><v>43221.99999999</v></c>', True),
        (DAY, '<c r="B{}" s="1"><v>0.25</v></c>', True),
        (DAY, '<c r="B{}" s="1"><v>60</v></c>', True),
        (DAY, '<c r="B{}" s="1"><v>59</v></c>', True),
        (DAY, '<c r="B{}" s="1"><v>99999999</v></c>', True),
        (DAY, '<c r="B{}" s="1"><v>-3</v></c>', True),
        (DAY, '<c r="B{}"><v>43221</v></c>', True),
        (DAY, '<c r="B{}" s="2"><v>43221</v></c>', True),
        (DAY, '<c r="B{}" s="1"><v>1e400</v></c>', True),
        (DAY, '<c r="B{}"><v>1e400</v></c>', True),
        (DAY, '<c r="B{}"><v>NaN</v></c>', True),
        (DAY, '<c r="B{}"><v>1_0</v></c>', True),
        (DAY, '<c r="B{}"><v> 7 </v></c>', True),
        (DAY, '<c r="B{}"><v>+7</v></c>', True),
        (DAY, '<c r="B{}"><v>-0</v></c>', True),
        (DAY, '<c r="B{}"><v>0.1000000000000000055</v></c>', True),
    ],
)
def test_an_odd_cell_among_its_like_is_read_as_the_careful_reader_does(
    book: MakeBook, usually: list[bool], like: str, odd: str, *, is_usual: bool
) -> None:
    body = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c>{(odd if row == 44 else like).format(row)}</row>' for row in range(2, 60)
    )
    both_agree(book(HEADER + body, formats=("General", 14, 57)))
    assert usually == [is_usual]


@pytest.mark.parametrize("text", [" 甲", "甲 ", "a_x000D_b", "甲\r\n乙"])
def test_odd_shared_texts_are_read_as_the_careful_reader_does(book: MakeBook, usually: list[bool], text: str) -> None:
    body = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>{row % 2}</v></c></row>' for row in range(1, 60))
    both_agree(book(body, strings=f'<?xml version="1.0"?>\r\n<sst xmlns="{MAIN}"><si><t>a</t></si><si><t>{text}</t></si></sst>'))
    assert usually == [True]


@pytest.mark.parametrize("value", ["2", "-1", "", "x", "+1", " 1", "99999999999"])
def test_a_shared_text_that_is_not_there_is_for_the_careful_reader(book: MakeBook, usually: list[bool], value: str) -> None:
    body = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>{value if row == 50 else 0}</v></c></row>' for row in range(1, 60))
    path = book(body, strings=f'<sst xmlns="{MAIN}"><si><t>a</t></si><si><t>b</t></si></sst>')
    if value.strip(" +") == "1":
        both_agree(path)
    else:
        with pytest.raises(InputRefused):
            read_here(path)
    assert usually == [False]


@pytest.mark.parametrize("code", [0x01, 0x02, 0x0B, 0x1F])
def test_characters_that_xml_does_not_have_damage_the_workbook(book: MakeBook, code: int) -> None:
    odd = f'<c r="B@" t="inlineStr"><is><t>a{chr(code)}b</t></is></c>'
    with pytest.raises(InputRefused) as refused:
        read_here(book(rows(40, odd)))
    assert refused.value.code == "workbook-damaged"


@pytest.mark.parametrize("code", [0xFFFE, 0xFFFF])
def test_what_is_no_character_is_judged_by_the_careful_reader(book: MakeBook, usually: list[bool], code: int) -> None:
    path = book(rows(40, f'<c r="B@" t="inlineStr"><is><t>a{chr(code)}b</t></is></c>'))
    assert outcome(read_here, path) == outcome(careful_sheet, path)
    assert usually == [False]


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("seed", range(6))
def test_usual_and_odd_blocks_in_turns_keep_their_order(book: MakeBook, usually: list[bool], seed: int) -> None:
    """Rows of every length of number, gaps, hidden rows, columns that come and go, and now and then a cell that is odd."""
    chance = random.Random(seed)
    row, body = 0, []
    while len(body) < 1300:
        row += chance.choice([1, 1, 1, 2, 30])
        cells = [
            chance.choice(
                [
                    f'<c r="{letters}{row}"><v>{chance.choice([1, 2.5, -3, 1e-7, 123456789012])}</v></c>',
                    f'<c r="{letters}{row}" t="inlineStr"><is><t>{chance.choice(["甲", "a&lt;", "", " b"])}</t></is></c>',
                    f'<c r="{letters}{row}" s="1"><v>{chance.randint(1, 60000)}</v></c>',
                    f'<c r="{letters}{row}" s="1"/>',
                ]
            )
            for letters in ("A", "B", "Z", "AA", "AB", "ZZ")
            if chance.random() < 0.6
        ]
        if chance.random() < 0.004:
            cells.append(f'<c r="AAA{row}" t="inlineStr"><is><r><t>odd</t></r></is></c>')
        said = chance.choice(["", "", ' spans="1:9"', ' ht="15.5" hidden="1"', ' hidden="0"', ' x14ac:dyDescent="0.2"'])
        body.append(f'<row r="{row}"{said}>{"".join(cells)}</row>' if cells else f'<row r="{row}"{said}/>')
    before = f'<sheetPr xmlns:x14ac="{MAIN}/2"/>'
    path = book("".join(body).replace('x14ac:dyDescent="0.2"', 'customHeight="1"'), formats=("General", 14), before=before)
    both_agree(path)
    assert {True, False} == set(usually)


def test_blank_rows_keep_their_numbers(book: MakeBook, usually: list[bool]) -> None:
    path = book(rows(40, '<c r="B@"><v>2</v></c>'))
    both_agree(path)
    assert usually == [True]
    assert read_here(path).rows.to_pylist() == [*range(1, 41), 100]


def test_blank_rows_and_columns_at_the_start_shift_nothing(book: MakeBook, usually: list[bool]) -> None:
    for letter in ("A", "C"):
        usually.clear()
        path = book(
            "".join(
                f'<row r="{row}"><c r="{letter}{row}"><v>{row}</v></c><c r="E{row}"><v>2</v></c></row>' for row in range(5, 90, 2)
            )
        )
        both_agree(path)
        assert usually == [True]


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


def test_percentages_are_what_they_show(book: MakeBook, usually: list[bool]) -> None:
    for code in (9, 10, "0.0%"):
        path = book(rows(40, '<c r="B@" s="1"><v>0.102</v></c>'), formats=("General", code))
        both_agree(path)
        assert cells_of(read_here(path))[40, 1] == ("10.2%", Kind.NUMBER)
    assert False not in usually


@pytest.mark.parametrize("number", range(60))
def test_both_readers_see_the_same_built_in_dates(book: MakeBook, number: int) -> None:
    path = book(
        "".join(f'<row r="{row}"><c r="A{row}" s="0"><v>{row + 43221}</v></c></row>' for row in range(1, 50)), formats=(number,)
    )
    both_agree(path)


@pytest.mark.parametrize(
    ("properties", "is_usual"),
    [('<workbookPr date1904="1"/>', True), ('<calcPr fullCalcOnLoad="1"/>', False)],
)
def test_the_workbook_as_a_whole_may_ask_for_care(
    book: MakeBook, usually: list[bool], properties: str, *, is_usual: bool
) -> None:
    path = book(
        rows(40, '<c r="B@"><f>1</f><v>0</v></c>', '<c r="B@" s="1"><v>43221</v></c>'), properties=properties, formats=("0", 14)
    )
    both_agree(path)
    assert usually == [is_usual]


@pytest.mark.parametrize(
    "claim", ['count="1" uniqueCount="4000000000"', 'count="999999999999"', 'uniqueCount="99999999999999999999"', 'count=""']
)
def test_false_counts_of_shared_texts_lose_nothing(book: MakeBook, claim: str) -> None:
    body = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 50))
    both_agree(book(body, strings=f'<sst xmlns="{MAIN}" {claim}><si><t>甲</t></si></sst>'))


def test_a_lying_dimension_loses_nothing(book: MakeBook, usually: list[bool]) -> None:
    for dimension in ("A1:A1", "A1:XFD1048576", "C9:B2", "nonsense"):
        both_agree(book(rows(40, '<c r="B@"><v>2</v></c>'), before=f'<dimension ref="{dimension}"/>'))
    assert usually == [True] * 4


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize(
    "odd",
    [
        '<row r="4000000000"/>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="3"/>',
        '<row r="0"/>',
        '<row r="099"><c r="A099"><v>1</v></c></row>',
        '<row r="99"><c r="B100"><v>1</v></c></row>',
        '<row r="99"><c r="B99"><v>1</v></c><c r="A99"><v>1</v></c></row>',
        '<row r="99"><c r="B99"><v>1</v></c><c r="B99"><v>2</v></c></row>',
        '<row r="99"><c r="XFE99"><v>1</v></c></row>',
        '<row r="99"><c r="AAAA99"><v>1</v></c></row>',
        '<row r="99"><c r="b99"><v>1</v></c></row>',
        '<row r="99"><c r="B"><v>1</v></c></row>',
        '<row r="99"><c r="99"><v>1</v></c></row>',
        '<row r="99" r="100"><c r="B99"><v>1</v></c></row>',
        '<row r="99"><c r="B99" s="1" s="2"><v>1</v></c></row>',
        '<c r="B99"><v>1</v></c>',
        '<row r="99"/><c r="B99"><v>1</v></c></row>',
        '<row r="99" ht="1"><row r="100"/></row>',
        '<row r="99" ht="1"></row></row>',
        '<row r="99"><c r="B99"><v>1</t></is></c></row>',
        '<row r="99"><c r="B99" t="inlineStr"><is><t>1</v></c></row>',
    ],
)
@pytest.mark.parametrize("before", [40, 300])
def test_disorder_is_seen_in_whatever_block_it_is(book: MakeBook, odd: str, before: int) -> None:
    path = book(rows(before, end=0).replace('<row r="99">', '<row r="99" ht="1">') + odd)
    assert outcome(read_here, path) == outcome(careful_sheet, path)


@pytest.mark.parametrize("reference", ["XFD1048576", "ZZ1048576", "A1048576"])
def test_a_far_corner_takes_no_more_memory_than_its_rows(book: MakeBook, usually: list[bool], reference: str) -> None:
    far = f'<row r="1048576"><c r="{reference}"><v>5</v></c></row>'
    sheet = read_here(book(rows(40, end=0) + far))
    assert sheet.rows.to_pylist()[-1] == 1_048_576
    assert [column.kind[-1].as_py() for column in sheet.columns].count(Kind.NUMBER) == 1
    assert usually == [True]


def test_a_sheet_is_cut_without_losing_a_byte_whatever_the_size_of_the_chunks(book: MakeBook) -> None:
    path = book(rows(200, '<c r="B@" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>'))
    with archive.Archive(path) as opened:
        whole = b"".join(opened.chunks("xl/worksheets/sheet1.xml"))
    for size in (1, 7, 64, 1000, len(whole)):
        found = list(pieces(whole[at : at + size] for at in range(0, len(whole), size)))
        assert b"".join(xml for piece in found for xml in piece.xml) == whole
        kept = [b"".join(piece.xml) for piece in found if piece.are_rows]
        assert all(xml.startswith(b"<row") and xml.endswith(b"</row>") for xml in kept)
        assert sum(xml.count(b"<row ") for xml in kept) == 201


def test_rows_in_another_encoding_are_not_taken_for_utf_8(tmp_path: Path, usually: list[bool]) -> None:
    parts: dict[str, str | bytes] = dict(parts_of(rows(40)))
    declared = '<?xml version="1.0" encoding="GB18030"?>'
    parts["xl/worksheets/sheet1.xml"] = (declared + str(parts["xl/worksheets/sheet1.xml"])).encode("gb18030")
    path = zipped(tmp_path / "a.xlsx", parts)
    with pytest.raises(InputRefused):
        read_here(path)
    assert usually == []


@pytest.mark.parametrize("cell", ['<c t="n" r="B50"><v>7</v></c>', "<c r='B50'><v>7</v></c>", "<c><v>7</v></c>"])
def test_a_cell_that_says_its_place_otherwise_is_for_the_careful_reader(book: MakeBook, usually: list[bool], cell: str) -> None:
    path = book(rows(50, end=0) + f'<row r="50"><c r="A50"><v>1</v></c>{cell}<c r="C50"><v>8</v></c></row>')
    both_agree(path)
    assert usually == [False]


@pytest.mark.parametrize(
    "around",
    [
        '<x:worksheet xmlns:x="{main}" xmlns="other"><sheetData>{rows}</sheetData></x:worksheet>',
        '<worksheet xmlns="{main}"><!-- <sheetData>{rows}</sheetData> --><sheetData/></worksheet>',
        '<worksheet xmlns="{main}"><extLst><sheetData>{rows}</sheetData></extLst><sheetData/></worksheet>',
    ],
)
def test_rows_that_are_none_of_ours_are_not_read(tmp_path: Path, usually: list[bool], around: str) -> None:
    parts = dict(parts_of(""))
    parts["xl/worksheets/sheet1.xml"] = around.format(main=MAIN, rows=rows(40))
    path = zipped(tmp_path / "a.xlsx", parts)
    assert outcome(read_here, path) == outcome(careful_sheet, path)
    assert outcome(read_here, path) in ({}, ("workbook-damaged", None))
    assert usually == []


def test_a_second_block_of_rows_is_for_the_careful_reader(book: MakeBook, usually: list[bool]) -> None:
    path = book(rows(40, end=0) + '</sheetData><sheetData><row r="99"><c r="B99"><v>7</v></c></row>')
    both_agree(path)
    assert read_here(path).rows.to_pylist()[-1] == 99
    assert usually == [True, True]


def test_long_texts_that_cells_repeat_are_counted_before_they_are_written_out(
    book: MakeBook, usually: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usual, "_LARGEST", 10_000)
    monkeypatch.setattr(grid, "MAX_LONG_TEXT", 100_000)
    body = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 200))
    with pytest.raises(InputRefused) as refused:
        read_here(book(body, strings=f'<sst xmlns="{MAIN}"><si><t>{"长" * 2000}</t></si></sst>'))
    assert refused.value.code == "sheet-too-much-text"
    assert usually == [False]


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
def test_elements_where_none_belong_are_not_believed(book: MakeBook, usually: list[bool], cell: str) -> None:
    body = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}"><v>1.5</v></c></row>' for row in range(2, 50))
    path = book(f'{HEADER}{body}<row r="50"><c r="A50"><v>50</v></c>{cell}</row><row r="60"><c r="A60"><v>60</v></c></row>')
    with pytest.raises(InputRefused):
        read_here(path)
    assert True not in usually
