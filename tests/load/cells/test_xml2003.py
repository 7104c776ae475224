"""XML Spreadsheet 2003 as Excel and web systems write it, and what they would never write."""

from pathlib import Path

import pytest
from workbooks import cells_of

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells import grid, xml2003
from fupin_cli.load.cells.files import read_file
from fupin_cli.model.cells import Kind, Merge, Sheet

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
START = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
OPEN = f'<Workbook xmlns="{NAMESPACE}" xmlns:ss="{NAMESPACE}" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40">'


def workbook(rows: str, *, options: str = "", name: str = "户") -> str:
    return f'{START}{OPEN}<Worksheet ss:Name="{name}"><Table>{rows}</Table>{options}</Worksheet></Workbook>'


def cell(kind: str, value: str, **more: str) -> str:
    given = "".join(f' ss:{key}="{content}"' for key, content in more.items())
    return f'<Cell{given}><Data ss:Type="{kind}">{value}</Data></Cell>'


def row(*cells: str, **more: str) -> str:
    given = "".join(f' ss:{key}="{content}"' for key, content in more.items())
    return f"<Row{given}>{''.join(cells)}</Row>"


def read(tmp_path: Path, content: str | bytes) -> list[Sheet]:
    path = tmp_path / "a.xls"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    sheets: list[Sheet] = []
    xml2003.read_sheets(path, None, sheets.append)
    return sheets


def refused(tmp_path: Path, content: str | bytes) -> str:
    with pytest.raises(InputRefused) as refusal:
        read(tmp_path, content)
    return refusal.value.code


def test_a_file_goes_through_the_front_door_with_a_warning_about_its_name(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"
    path.write_text(workbook(row(cell("String", "编号"))), encoding="utf-8")
    file = read_file(str(path))
    assert (file.format, file.encoding, file.warnings) == ("xml-2003", "", ["extension-mismatch"])
    assert cells_of(file.sheets[0]) == {(1, 0): ("编号", Kind.TEXT)}
    path = path.rename(tmp_path / "导出.xml")
    assert read_file(str(path), sheets=["户"]).warnings == []
    with pytest.raises(InputRefused) as refusal:
        read_file(str(path), sheets=["村"])
    assert (refusal.value.code, refusal.value.facts["sheets"]) == ("sheet-not-found", "户")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (cell("String", " 甲&amp;&#10;乙 "), (" 甲&\n乙 ", Kind.TEXT)),
        (cell("String", "　"), None),
        (cell("String", "349900195001012608"), ("349900195001012608", Kind.TEXT)),
        (cell("Number", "349900195001012608"), ("349900195001013000", Kind.NUMBER)),
        (cell("Number", "2995.01"), ("2995.01", Kind.NUMBER)),
        (cell("Number", "3,200"), ("#VALUE!", Kind.ERROR)),
        (cell("Number", "1_000"), ("#VALUE!", Kind.ERROR)),
        (cell("Number", "NaN"), ("#NUM!", Kind.ERROR)),
        (cell("Number", ""), None),
        (cell("DateTime", "2018-05-01T00:00:00.000"), ("2018-05-01", Kind.DATE)),
        (cell("DateTime", "2018-05-01T13:30:59.600"), ("2018-05-01 13:31:00", Kind.DATE)),
        (cell("DateTime", "1899-12-31T12:00:00.000"), ("0.5", Kind.NUMBER)),
        (cell("DateTime", "2018/5/1"), ("#VALUE!", Kind.ERROR)),
        (cell("DateTime", "9999-12-31T23:59:59.900"), ("#VALUE!", Kind.ERROR)),
        (cell("Boolean", "1"), ("TRUE", Kind.BOOL)),
        (cell("Boolean", "0"), ("FALSE", Kind.BOOL)),
        (cell("Error", "#REF!"), ("#REF!", Kind.ERROR)),
        ('<Cell ss:Formula="=R1C1*2"/>', ("=R1C1*2", Kind.UNCALCULATED)),
        (cell("Number", "", Formula="=R1C1"), ("=R1C1", Kind.UNCALCULATED)),
        (cell("Number", "4", Formula="=R1C1"), ("4", Kind.NUMBER)),
        (cell("String", "", Formula="=R1C1"), None),
        ('<Cell><ss:Data ss:Type="String" xmlns="u"><B>甲</B><Font html:Color="#FF0000">乙</Font></ss:Data></Cell>', ("甲乙", Kind.TEXT)),
        ('<Cell><Data ss:Type="String">甲</Data><Comment ss:Author="x"><ss:Data>批注<B>!</B></ss:Data></Comment></Cell>', ("甲", Kind.TEXT)),
        ('<Cell><Comment><ss:Data>批注</ss:Data></Comment></Cell>', None),
        ("<Cell>不是值</Cell>", None),
    ],
)  # fmt: skip
def test_each_type_gives_its_kind(tmp_path: Path, content: str, expected: tuple[str, Kind] | None) -> None:
    assert cells_of(read(tmp_path, workbook(row(content)))[0]) == ({} if expected is None else {(1, 0): expected})


def test_places_are_those_that_the_file_says(tmp_path: Path) -> None:
    rows = (
        row(cell("Number", "1"), cell("Number", "2", Index="4"), cell("Number", "3"))
        + row(cell("Number", "4"), Index="5")
        + row(Span="3", Hidden="1")
        + row(cell("Number", "5"))
    )
    sheet = read(tmp_path, workbook(rows))[0]
    assert {place: text for place, (text, _) in cells_of(sheet).items()} == {(1, 0): "1", (1, 3): "2", (1, 4): "3", (5, 0): "4", (10, 0): "5"}  # fmt: skip
    assert sheet.hidden_rows == frozenset()


def test_merges_hidden_rows_and_hidden_sheets_are_told(tmp_path: Path) -> None:
    rows = (
        row(cell("String", "表", MergeAcross="2"), cell("String", "后"))
        + row(cell("String", "户", MergeDown="1"), cell("Number", "1"), Hidden="1")
        + row(cell("Number", "2", Index="2"))
    )
    options = '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>'
    sheet = read(tmp_path, workbook(rows, options=options))[0]
    assert sheet.hidden
    assert list(sheet.merged) == [Merge(1, 1, 0, 2), Merge(2, 3, 0, 0)]
    assert sheet.hidden_rows == frozenset({2})
    assert cells_of(sheet)[1, 3] == ("后", Kind.TEXT)
    assert cells_of(sheet)[3, 1] == ("2", Kind.NUMBER)


def test_a_value_below_a_merge_is_refused_because_two_programs_put_it_into_two_cells(tmp_path: Path) -> None:
    rows = row(cell("String", "户", MergeDown="1"), cell("Number", "1")) + row(cell("Number", "2"))
    assert refused(tmp_path, workbook(rows)) == "sheet-rows-disordered"


@pytest.mark.parametrize("encoding", ["gb2312", "GBK", "GB18030", "utf-8", "utf-16"])
def test_encodings_that_the_xml_names_are_read(tmp_path: Path, encoding: str) -> None:
    content = workbook(row(cell("String", "张三"))).replace('version="1.0"', f'version="1.0" encoding="{encoding}"')
    path = tmp_path / "a.xls"
    path.write_bytes(content.encode(encoding))
    assert cells_of(read_file(str(path)).sheets[0]) == {(1, 0): ("张三", Kind.TEXT)}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (workbook(row()).replace("<Workbook", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Workbook'), "workbook-has-dtd"),
        (workbook(row(cell("String", "x")))[:-20], "workbook-damaged"),
        (workbook(row(cell("Colour", "x"))), "workbook-damaged"),
        (workbook(row("<Cell><Data ss:Type='String'>a</Data><Data ss:Type='String'>b</Data></Cell>")), "workbook-damaged"),
        (workbook(row(cell("Number", "1", Index="2"), cell("Number", "1", Index="2"))), "sheet-rows-disordered"),
        (workbook(row(cell("Number", "1", Index="16385"))), "sheet-rows-disordered"),
        (workbook(row(cell("Number", "1", Index="-1"))), "sheet-rows-disordered"),
        (workbook(row(cell("Number", "1", Index="９"))), "sheet-rows-disordered"),
        (workbook(row(Index="1048577")), "sheet-rows-disordered"),
        (workbook(row(Index="5") + row(Index="4")), "sheet-rows-disordered"),
        (workbook(row(cell("Number", "1", MergeAcross="99999"))), "sheet-rows-disordered"),
        (workbook(row(cell("Number", "1", Index="3", MergeAcross="16383"))), "sheet-merges"),
        (workbook(row(cell("Number", "1", MergeDown="2")) + row(cell("Number", "", MergeDown="2"))), "sheet-merges"),
        (f"{START}{OPEN}</Workbook>", "workbook-without-sheets"),
        (f'{START}{OPEN}<Worksheet ss:Name="a"/><Worksheet ss:Name="a"/></Workbook>', "workbook-damaged"),
        (f"{START}{OPEN}" + '<Worksheet ss:Name="a">' * 9, "workbook-damaged"),
        (START + OPEN + "<a>" * 100_000, "workbook-damaged"),
        (START + OPEN + "".join(f'<Worksheet ss:Name="{at}"/>' for at in range(1100)) + "</Workbook>", "workbook-too-many-sheets"),
        (workbook(row(cell("String", "x" * 90_000) * 16)), "sheet-too-much-text"),
    ],
)  # fmt: skip
def test_what_no_program_writes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, code: str) -> None:
    monkeypatch.setattr(grid, "MAX_LONG_TEXT", 1 << 20)
    assert refused(tmp_path, content) == code


def test_wrong_bytes_in_a_chinese_encoding_are_refused(tmp_path: Path) -> None:
    content = workbook(row(cell("String", "张三"))).replace('version="1.0"', 'version="1.0" encoding="gbk"').encode("gbk")
    assert refused(tmp_path, content.replace("三".encode("gbk"), b"\xff\xff")) == "workbook-damaged"


def test_merges_that_reach_down_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml2003, "MAX_SPANNED", 30)
    rows = "".join(row(cell("Number", "1", MergeAcross="9", MergeDown="1")) + row() for _ in range(4))
    assert refused(tmp_path, workbook(rows)) == "sheet-too-many-merges"


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml2003, "MAX_BYTES", 100)
    assert refused(tmp_path, workbook(row())) == "workbook-too-large"


STYLES = (
    '<Styles><Style ss:ID="Default"><NumberFormat/></Style>'
    '<Style ss:ID="p"><Font/><NumberFormat ss:Format="Percent"/></Style>'
    '<Style ss:ID="q"><NumberFormat ss:Format="0.0%;[Red]0.0%"/></Style>'
    '<Style ss:ID="child" ss:Parent="p"/><Style ss:ID="round" ss:Parent="round"/>'
    '<Style ss:ID="n" ss:Parent="p"><NumberFormat ss:Format="0.00&quot;%&quot;"/></Style></Styles>'
)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("p", "10.2%"),
        ("q", "10.2%"),
        ("child", "10.2%"),
        ("n", "0.102"),
        ("round", "0.102"),
        ("none", "0.102"),
        ("Default", "0.102"),
    ],
)
def test_a_percent_format_shows_a_hundredfold(tmp_path: Path, style: str, text: str) -> None:
    content = workbook(row(cell("Number", "0.102").replace("<Cell", f'<Cell ss:StyleID="{style}"')))
    sheet = read(tmp_path, content.replace("<Worksheet", f"{STYLES}<Worksheet"))[0]
    assert cells_of(sheet) == {(1, 0): (text, Kind.NUMBER)}


def test_a_cell_without_a_style_has_that_of_its_row_column_or_table(tmp_path: Path) -> None:
    one = cell("Number", "0.5")
    columns = (
        '<Column/><Column ss:Index="3" ss:Span="1" ss:StyleID="p"/><Column ss:StyleID="n"/><Column ss:Index="7" ss:StyleID="p"/>'
    )
    plain, percent = one.replace("<Cell", '<Cell ss:StyleID="n"'), one.replace("<Cell", '<Cell ss:StyleID="q"')
    rows = row(*[one] * 7) + row(one, plain, percent, StyleID="p") + row(one, percent, one, StyleID="n")
    content = workbook(columns + rows).replace("<Worksheet", f"{STYLES}<Worksheet", 1)
    got = cells_of(read(tmp_path, content)[0])
    shown = {key: text == "50%" for key, (text, _) in got.items()}
    assert shown == {
        **{(1, at): at in {2, 3, 6} for at in range(7)},
        (2, 0): True,
        (2, 1): False,
        (2, 2): True,
        (3, 0): False,
        (3, 1): True,
        (3, 2): False,
    }
    table = cells_of(read(tmp_path, content.replace("<Table>", '<Table ss:StyleID="p">'))[0])
    assert [table[1, at][0] == "50%" for at in range(7)] == [True, True, True, True, False, True, True]


def test_the_default_style_may_be_a_percent_one(tmp_path: Path) -> None:
    styles = '<Styles><Style ss:ID="Default"><NumberFormat ss:Format="0%"/></Style><Style ss:ID="s"/></Styles>'
    cells = [cell("Number", "0.5"), cell("Number", "0.5").replace("<Cell", '<Cell ss:StyleID="s"'), cell("String", "0.5")]
    got = cells_of(read(tmp_path, workbook(row(*cells)).replace("<Worksheet", f"{styles}<Worksheet"))[0])
    assert [text for text, _ in got.values()] == ["50%", "50%", "0.5"]
