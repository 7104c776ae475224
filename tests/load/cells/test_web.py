"""Tables of web pages: which cell stands where, what Excel says about it, and bombs."""

import base64
import codecs
import random
from pathlib import Path

import pandas as pd
import pytest
from workbooks import cells_of

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells import grid, web, webspans, webtable
from fupin_cli.load.cells.files import read_file
from fupin_cli.load.cells.webtable import tables_of
from fupin_cli.load.cells.webtokens import tokens_of
from fupin_cli.model.cells import Kind, Merge, Sheet

SMALL = "<table><tr><th>编号<th>收入<tr><td>1<td>2</table>"


def tables(page: str) -> list[Sheet]:
    return tables_of(iter([page]))


def texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    return {place: text for place, (text, _) in cells_of(sheet).items()}


def read(tmp_path: Path, content: bytes) -> list[Sheet]:
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    sheets: list[Sheet] = []
    web.read_sheets(path, None, sheets.append)
    return sheets


def refused(tmp_path: Path, content: bytes | str) -> str:
    with pytest.raises(InputRefused) as refusal:
        read(tmp_path, content.encode() if isinstance(content, str) else content)
    return refusal.value.code


def test_a_page_called_xls_goes_through_the_front_door(tmp_path: Path) -> None:
    frame = pd.DataFrame({"户编号": ["349900000001", "A&<b>"], "收入": [2995.01, 3.5], "姓名": ["NA", "张 三"]})
    path = tmp_path / "导出.xls"
    path.write_text(frame.to_html(index=False), encoding="gb18030")
    file = read_file(str(path))
    assert (file.format, file.encoding, file.warnings) == ("html", "", ["extension-mismatch"])
    assert [sheet.name for sheet in file.sheets] == ["表1"]
    assert texts(file.sheets[0]) == {
        **{(1, at): name for at, name in enumerate(frame.columns)},
        (2, 0): "349900000001",
        (2, 1): "2995.01",
        (2, 2): "NA",
        (3, 0): "A&<b>",
        (3, 1): "3.50",
        (3, 2): "张 三",
    }
    assert {kind for _, kind in cells_of(file.sheets[0]).values()} == {Kind.TEXT}
    path = path.rename(tmp_path / "导出.html")
    assert read_file(str(path), sheets=["表1"]).warnings == []
    with pytest.raises(InputRefused) as refusal:
        read_file(str(path), sheets=["表2"])
    assert refusal.value.code == "sheet-not-found"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<td>349900195001012608", ("349900195001012608", Kind.TEXT)),
        ("<td> \n 张\t 三 \r\n", ("张 三", Kind.TEXT)),
        ("<td>a&nbsp;b&amp;c&#8203;&#x4e2d;</td>", ("a\xa0b&c\u200b中", Kind.TEXT)),
        ("<td>&nbsp;</td>", None),
        ("<td>一 <br> 二<br/>三</td>", ("一\n二\n三", Kind.TEXT)),
        ("<td><p>一</p><p>二</p><div>三</div></td>", ("一\n二\n三", Kind.TEXT)),
        ("<td><b>甲</b><font color=red>乙</font></td>", ("甲乙", Kind.TEXT)),
        ("<td>甲<span style='display: none'>9<span>8</span></span>乙</td>", ("甲乙", Kind.TEXT)),
        ("<td>甲<span style='mso-hide:all'>9</td>", ("甲", Kind.TEXT)),
        ("<td>甲<script>if (a < b) { document.write('</td><td>9') }</script>乙</td>", ("甲乙", Kind.TEXT)),
        ("<td>甲<!-- <td>9</td> -->乙<!--> -->", ("甲乙 -->", Kind.TEXT)),
        ("<td>甲<style>td {}</style><![if !supportLists]>乙<![endif]></td>", ("甲乙", Kind.TEXT)),
        ("<td title='>9<'>甲</td>", ("甲", Kind.TEXT)),
        ('<td title="a>b" class=x">甲</td>', ("甲", Kind.TEXT)),
        ("<td>1 < 2 & 3 <4</td>", ("1 < 2 & 3 <4", Kind.TEXT)),
        ("<td><table><tr><td>甲<td>乙</table></td>", ("甲 乙", Kind.TEXT)),
        ("<td x:num>2995.01", ("2995.01", Kind.NUMBER)),
        ("<td x:num>1,234.5", ("1234.5", Kind.NUMBER)),
        ('<td x:num="0.30000000000000004">0.30', ("0.3", Kind.NUMBER)),
        ('<td x:num="349900195001012608">3.499E+17', ("349900195001013000", Kind.NUMBER)),
        ('<td x:num="43221">2018年5月1日', ("2018年5月1日", Kind.TEXT)),
        ('<td x:num="0.02">2%', ("2%", Kind.NUMBER)),
        ('<td x:num="0.1024">10.2%', ("10.24%", Kind.NUMBER)),
        ('<td x:num="-0.105">-10 %', ("-10.5%", Kind.NUMBER)),
        ('<td x:num="2">2%', ("2%", Kind.TEXT)),
        ('<td x:num="1e999">2%', ("2%", Kind.TEXT)),
        ('<td x:num="0.02">2%%', ("2%%", Kind.TEXT)),
        ("<td x:num>2%", ("2%", Kind.TEXT)),
        ('<td x:num="5"></td>', ("5", Kind.NUMBER)),
        ("<td x:num>1e999", ("#NUM!", Kind.ERROR)),
        ("<td x:num>无", ("无", Kind.TEXT)),
        ('<td x:num="nan">无', ("无", Kind.TEXT)),
        ('<td x:str="000123">123', ("123", Kind.TEXT)),
        ("<td style='mso-number-format:\"\\@\"'>007", ("007", Kind.TEXT)),
        ('<td x:err="#REF!">#REF!', ("#REF!", Kind.ERROR)),
        ('<td x:bool="TRUE">TRUE', ("TRUE", Kind.BOOL)),
        ('<td x:bool="FALSE">FALSE', ("FALSE", Kind.BOOL)),
        ('<td x:fmla="=A1*2"></td>', ("=A1*2", Kind.UNCALCULATED)),
        ('<td x:num x:fmla="=A1*2">4</td>', ("4", Kind.NUMBER)),
        ("<TD>大写</TD>", ("大写", Kind.TEXT)),
    ],
)
def test_a_cell_is_what_a_reader_of_the_page_sees(cell: str, expected: tuple[str, Kind] | None) -> None:
    page = f"<table><tr>{cell}<td>末<tr><td>a<td>b</table>"
    found = cells_of(tables(page)[0])
    assert found.get((1, 0)) == expected
    assert found[1, 1] == ("末", Kind.TEXT)


def naive_places(rows: list[list[tuple[int, int]]]) -> list[tuple[int, int, int, int]]:
    """Where cells of these spans stand, by filling a board square by square; ends clipped to the rows."""
    board: set[tuple[int, int]] = set()
    places = []
    for row, cells in enumerate(rows):
        column = 0
        for across, down in cells:
            while (row, column) in board:
                column += 1
            last = min(row + down, len(rows)) - 1
            places.append((row + 1, last + 1, column, column + across - 1))
            board |= {(at, column + step) for at in range(row, last + 1) for step in range(across)}
            column += across
    return places


def test_spans_become_merges_where_html_puts_them() -> None:
    chance = random.Random(11)
    compared = 0
    for _ in range(300):
        rows = [
            [(chance.choice([1, 1, 1, 2]), chance.choice([1, 1, 1, 2, 3])) for _ in range(chance.randint(1, 4))] for _ in range(4)
        ]
        # A last row of single cells, so that no span is wider than the table.
        rows.append([(1, 1)] * 14)
        page = "<table>" + "".join(
            "<tr>" + "".join(f"<td colspan={across} rowspan={down}>{row}.{at}" for at, (across, down) in enumerate(cells))
            for row, cells in enumerate(rows)
        )
        places = naive_places(rows)
        squares = sum((last - first + 1) * (right - left + 1) for first, last, left, right in places)
        board = {
            (row, column)
            for first, last, left, right in places
            for row in range(first, last + 1)
            for column in range(left, right + 1)
        }
        if squares != len(board):
            with pytest.raises(InputRefused):
                tables(page + "</table>")
            continue
        compared += 1
        sheet = tables(page + "</table>")[0]
        assert set(texts(sheet)) == {(first, left) for first, _, left, _ in places}
        assert {*sheet.merged} == {Merge(*place) for place in places if place[0] < place[1] or place[2] < place[3]}
    assert 50 < compared < 300


def test_spans_end_with_the_group_and_the_table() -> None:
    page = (
        "<table><thead><tr><th colspan=100>标题<tr><th rowspan=9>a<th>b</thead><tbody><tr><td>1<td rowspan=0>2<tr><td>3<tr><td>4</tbody>"
        "<tfoot><tr><td>5<td>6</tfoot></table>"
    )
    sheet = tables(page)[0]
    assert texts(sheet) == {(1, 0): "标题", (2, 0): "a", (2, 1): "b", (3, 0): "1", (3, 1): "2", (4, 0): "3", (5, 0): "4", (6, 0): "5", (6, 1): "6"}  # fmt: skip
    assert list(sheet.merged) == [Merge(1, 1, 0, 1), Merge(3, 5, 1, 1)]


def test_hidden_rows_are_read_and_told() -> None:
    page = (
        "<table><tr><td>a<td>b<tr style='height:0;display:none'><td>1<td>2<tr hidden><td>3<td>4<tr style='display:none'></table>"
    )
    sheet = tables(page)[0]
    assert sheet.rows.to_pylist() == [1, 2, 3]
    assert sheet.hidden_rows == frozenset({2, 3})


def test_tables_are_sheets_in_the_order_in_which_they_begin() -> None:
    page = (
        "<table><tr><td>一个标题</td></tr></table>"
        f"<table><tr><td>左<td>右<tr><td>{SMALL}<td>外</table><table><tr><td>甲<td>乙<tr><td>丙<td>丁</table><table></table>"
    )
    outer, inner, last = tables(page)
    assert [sheet.name for sheet in (outer, inner, last)] == ["表1", "表2", "表3"]
    assert texts(outer) == {(1, 0): "左", (1, 1): "右", (2, 1): "外"}
    assert texts(inner) == {(1, 0): "编号", (1, 1): "收入", (2, 0): "1", (2, 1): "2"}
    assert texts(last)[2, 1] == "丁"


def test_where_every_table_is_small_each_is_a_sheet() -> None:
    assert [texts(sheet) for sheet in tables("<table><tr><td>编号</table><table></table><table><tr><td>1</table>")] == [
        {(1, 0): "编号"},
        {(1, 0): "1"},
    ]


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ("", "utf-8"),
        ("", "gb18030"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ('<meta charset="gb2312">', "gb18030"),
        ("<META http-equiv=Content-Type content='text/html; charset=GBK'>", "gb18030"),
        ('<meta charset="utf-8">', "utf-8"),
        # Systems say what they do not do; the bytes say what they did.
        ('<meta charset="utf-8">', "gb18030"),
        ('<meta charset="gb2312">', "utf-8"),
        ('<meta charset="iso-8859-1">', "utf-8"),
    ],
)
def test_the_bytes_say_the_encoding(tmp_path: Path, meta: str, encoding: str) -> None:
    page = f"<html><head>{meta}</head>{SMALL}</html>".encode(encoding)
    assert texts(read(tmp_path, page)[0])[1, 0] == "编号"


def test_a_few_words_of_gb18030_that_happen_to_be_utf_8_are_believed_to_be_what_the_page_says(tmp_path: Path) -> None:
    page = '<meta charset="gb2312"><table><tr><td>毛强<td>1<tr><td>1<td>1</table>'.encode("gb2312")
    page.decode("utf-8")
    assert texts(read(tmp_path, page)[0])[1, 0] == "毛强"


def test_an_encoding_that_is_not_read_and_two_in_one_page_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, '<meta charset="big5">' + SMALL) == "html-encoding"
    assert refused(tmp_path, SMALL.encode() + b"\n" + SMALL.encode("gb18030")) == "csv-encoding"


def mail(body: str, *, ending: str = "--x--\r\n") -> bytes:
    encoded = base64.encodebytes(body.encode("gb18030")).decode()
    return (
        "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n"
        '--x\r\nContent-Type: text/html; charset="us-ascii"\r\n\r\n<html><frameset></frameset></html>\r\n'
        f'--x\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n'
        "--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n" + ending
    ).encode()  # fmt: skip


def test_a_page_in_the_form_of_a_mail_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.mht"
    path.write_bytes(mail(f"<html>{SMALL}{SMALL}</html>"))
    file = read_file(str(path))
    assert (file.format, [sheet.name for sheet in file.sheets], file.warnings) == ("html", ["表1", "表2"], [])
    assert texts(file.sheets[1])[1, 0] == "编号"


@pytest.mark.parametrize("content", [mail(SMALL, ending=""), mail(SMALL[:-8]), mail(SMALL).replace(b"boundary", b"other")])
def test_a_mail_that_is_cut_off_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refused(tmp_path, content) in {"workbook-damaged", "html-without-table"}


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<html><frameset><frame src='http://example.invalid/'></frameset></html>", "html-without-table"),
        ("<html><body><p>请先登录</p></body></html>", "html-without-table"),
        (SMALL[:-8], "workbook-damaged"),
        (SMALL[:-4], "workbook-damaged"),
        (SMALL.replace("</table>", "<!-- </table>"), "workbook-damaged"),
        ("<table>" * 100, "html-too-many-tables"),
        ("<table></table>" * 60, "html-too-many-tables"),
        ("<table><tr>" + "<td>1" * 20_000, "sheet-too-many-columns"),
        ("<table>" + "<tr><td colspan=1000000 rowspan=1000000>x" * 20_000, "sheet-too-many-columns"),
        ("<table><tr><td>1<td rowspan=2>2<tr><td colspan=2>3</table>", "sheet-merges"),
        ("<table>" + f"<tr><td>{'x' * 90_000}<td>b" * 16 + "</table>", "sheet-too-much-text"),
    ],
)
def test_what_cannot_be_read_completely_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str, code: str) -> None:
    monkeypatch.setattr(webtable, "MAX_TABLES", 50)
    monkeypatch.setattr(grid, "MAX_LONG_TEXT", 1 << 20)
    assert refused(tmp_path, page) == code


def test_rows_and_spans_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webtable, "LAST_ROW", 9)
    with pytest.raises(InputRefused) as refusal:
        tables("<table>" + "<tr><td>1" * 10)
    assert refusal.value.code == "sheet-too-many-rows"
    monkeypatch.setattr(webspans, "MAX_SPANNED", 50)
    for page in ("<tr><td rowspan=9 colspan=30>x" * 2, "<tr>" + "<td rowspan=9>x" * 60):
        with pytest.raises(InputRefused) as refusal:
            tables("<table>" + page)
        assert refusal.value.code == "sheet-too-many-merges"


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<!", "</", "</a ", "<a ", '<a b="', "<a b='", "&", "&#", "<?", "<![CDATA[", "<script>", "<td ", "<a =", "<td a=", "\x00", "<table"]
)  # fmt: skip
def test_pieces_that_never_end_take_no_longer_than_others(piece: str) -> None:
    """Without the care that ``webtokens`` takes each of these would take hours, not a blink."""
    assert sum(1 for _ in tokens_of("<td>x" + piece * 50_000)) > 1


def test_damaged_pages_give_a_refusal_or_sheets_and_nothing_else(tmp_path: Path) -> None:
    chance = random.Random(5)
    page = bytearray(
        f"<html><head><meta charset=utf-8><style>x</style></head><!-- c -->{SMALL}<script>1</script>{SMALL}</html>".encode()
    )
    for _ in range(300):
        content = bytearray(page)
        for _ in range(chance.choice([1, 2, 9])):
            content[chance.randrange(len(content))] = chance.choice(b"<>/!-\"'= &;\x00\xff\r\n")
        try:
            read(tmp_path, bytes(content))
        except InputRefused:
            continue


def test_sizes_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MAX_MAIL_BYTES", 100)
    assert refused(tmp_path, mail(SMALL)) == "workbook-too-large"
    monkeypatch.setattr(web, "MAX_BYTES", 10)
    assert refused(tmp_path, codecs.BOM_UTF8 + SMALL.encode()) == "workbook-too-large"


def test_columns_that_cells_from_above_take_are_passed_over_once_and_not_in_each_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kilobytes of such rows took seconds."""
    monkeypatch.setattr(webspans, "MAX_SPANNED", 60)
    page = "<table><tr>" + "<td rowspan=100>x" * 10 + "<td rowspan=3>z" + "<tr><td>y<td>w" * 120 + "</table>"
    (sheet,) = tables(page)
    cells = {key: text for key, (text, _) in cells_of(sheet).items()}
    assert {row: next(column for column in range(20) if cells.get((row, column)) == "y") for row in range(2, 122)} == {
        **dict.fromkeys((2, 3), 11),
        **dict.fromkeys(range(4, 101), 10),
        **dict.fromkeys(range(101, 122), 0),
    }
