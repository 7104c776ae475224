"""Small sound files to begin with; they are spoilt by ``mutations``."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

ROOT = Path(__file__).resolve().parents[2]
SAMPLES, RULES, CELLS = ROOT / "samples", ROOT / "rules", ROOT / "tests" / "load" / "cells" / "data"
#: Larger seeds make each round slow and find no more.
_MOST = 40_000

TABLE = [
    ["户编号", "户主姓名", "户主证件号码", "年度", "家庭人口数", "人均纯收入(元)", "不愁吃", "住房等级", "识别日期", "备注"],
    *(
        [
            f"3499000{row:05}",
            f"样{row}",
            f"34990019500101{row:03}X",
            2018,
            row % 7 + 1,
            2995 + row / 100,
            "是",
            "ABCD"[row % 4],
            date(2018, 5, 1),
            None,
        ]
        for row in range(45)
    ),
]


def workbooks() -> list[bytes]:
    """Workbooks whose rows are as usual, ones for the careful reader, and the samples."""
    found = [path.read_bytes() for path in sorted(SAMPLES.glob("*.xlsx"))]
    return [*(data for data in found if len(data) <= _MOST), _plain_workbook(), _rich_workbook(), *_by_hand()]


def _plain_workbook() -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("户")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate(TABLE):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, day)
                elif value is not None:
                    sheet.write(at, column, value)
    return written.getvalue()


def _rich_workbook() -> bytes:
    """Shared strings, runs, merged cells, formulas, errors, hidden sheets, a picture of every kind of cell."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet("户")
        hidden = book.add_worksheet("草稿")
        hidden.hide()
        sheet.merge_range("A1:E1", "贫困户名册")
        sheet.write_row("A2", ["户编号", "年度", "人均纯收入", "不愁吃", "识别日期"])
        sheet.write_rich_string("A3", "3499", book.add_format({"bold": True}), "00010001")
        sheet.write_formula("B3", "=2000+18", None, 2018)
        sheet.write_formula("C3", "=1/0", None, "#DIV/0!")
        sheet.write("D3", True)
        sheet.write_datetime("E3", date(2018, 5, 1), book.add_format({"num_format": 27}))
        sheet.set_row(4, None, None, {"hidden": True})
        for row in range(4, 50):
            sheet.write_row(row, 0, [f"34990001{row:04}", 2018, 3000.5, "是"])
        hidden.write("AZ1000", 1)
    return written.getvalue()


def _by_hand() -> Iterator[bytes]:
    """What openpyxl writes has other parts and orders; a workbook stored, not deflated, shows its XML to byte mutations."""
    book = openpyxl.Workbook()
    for row in TABLE[:8]:
        book.active.append(row)
    book.active["C2"].comment = None
    written = io.BytesIO()
    book.save(written)
    yield written.getvalue()
    stored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_plain_workbook())) as source, zipfile.ZipFile(stored, "w") as target:
        for info in source.infolist():
            target.writestr(info.filename, source.read(info))
    yield stored.getvalue()


def tables() -> list[bytes]:
    """Text tables in the encodings and with the separators that people use."""
    lines = [",".join("" if value is None else str(value) for value in row) for row in TABLE[:12]]
    text = "\r\n".join(lines) + "\r\n"
    quoted = re.sub(r"样(\d+)", r'"样, ""\1""\n甲"', text)
    return [
        (SAMPLES / "households.csv").read_bytes(),
        text.encode(),
        quoted.encode("utf-8-sig"),
        text.encode("gb18030"),
        text.encode("utf-16"),
        ("sep=;\n" + text.replace(",", ";")).encode(),
        ("贫困户名册\n单位：万元\n" + text.replace(",", "\t") + "合计,,,\n").encode(),
    ]


def web_pages() -> list[bytes]:
    """HTML as exports write it: with spans, entities, several tables, a declared encoding, in one file as a mail."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{'' if value is None else value}</td>" for value in row) + "</tr>" for row in TABLE[:10]
    )
    plain = f'<html><head><meta charset="utf-8"></head><body><table border=1>{rows}</table></body></html>'
    spans = (
        "<html><meta http-equiv='Content-Type' content='text/html; charset=gb2312'><table><thead><tr><th rowspan=2>户编号<th colspan=2>收入</tr>"
        "<tr><th>工资性收入<th>人均纯收入</tr></thead><tr><td style=\"mso-number-format:'\\@'\">349900010001</td><td x:num='1'>1&nbsp;<br>2</td>"
        "<td>&lt;3&#31;</td></tr></table><table><tr><td>二</td></tr></table><script>if (a<b) x='</td>'</script>"
    )
    mail = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><table><tr><td>=E6=88=B7=E7=BC=96=E5=8F=B7</td></tr><tr><td>1</td></tr>"
        "</table></html>\r\n--b--\r\n"
    )
    return [plain.encode(), spans.encode("gb18030"), mail.encode()]


def old_xml() -> list[bytes]:
    """The XML of Excel 2003."""
    kinds = {str: "String", int: "Number", float: "Number", date: "DateTime"}
    rows = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="{kinds[type(value)]}">{value}</Data></Cell>' for value in row if value is not None)
        + "</Row>"
        for row in TABLE[:10]
    )
    head = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    odd = (
        '<Row ss:Index="20" ss:Hidden="1"><Cell ss:Index="3" ss:MergeAcross="2" ss:Formula="=1+1"><Data ss:Type="Error">#DIV/0!</Data></Cell>'
        '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>甲</B>乙</ss:Data><Comment><Data>丙</Data></Comment></Cell>'
        '<Cell><Data ss:Type="Boolean">1</Data></Cell></Row>'
    )
    return [
        f'{head}<Workbook xmlns="{name}" xmlns:ss="{name}"><Worksheet ss:Name="户"><Table>{rows}{more}</Table></Worksheet>{last}</Workbook>'.encode()
        for more, last in (("", ""), (odd, '<Worksheet ss:Name="二"/>'))
    ]


def old_workbooks() -> list[bytes]:
    """Workbooks of Excel 97."""
    return [path.read_bytes() for path in sorted(CELLS.glob("*.xls"))]


def parquet() -> list[bytes]:
    """Columns of every type that a roster could have, compressed and not."""
    columns = list(zip(*TABLE[1:], strict=True))
    table = pa.table(dict(zip(map(str, TABLE[0]), map(list, columns), strict=True)))
    nested = pa.table(
        {"户编号": ["1", None], "成员": [[1, 2], None], "证": [{"号": "x"}, None], "时": pa.array([1, None], pa.timestamp("ns"))}
    )
    written = []
    for one, compression in ((table, "NONE"), (table, "SNAPPY"), (nested, "ZSTD")):
        stream = io.BytesIO()
        pq.write_table(one, stream, compression=compression)
        written.append(stream.getvalue())
    return written


def packs() -> list[bytes]:
    """The files of the first pack, each after a line with its name."""
    folder = RULES / "national-2016"
    return [path.relative_to(folder).as_posix().encode() + b"\n" + path.read_bytes() for path in sorted(folder.rglob("*.yaml"))]


def conditions() -> list[bytes]:
    """Every condition of every pack that stands on one line."""
    keys = re.compile(
        r"^\s*(?:- \{outcome: \w+, )?(?:require|when|applies|value|on|count|any|all|sum): (?P<text>[^|>\n]+?)\}?$", re.MULTILINE
    )
    found = [
        match["text"].strip("'\"")
        for path in sorted(RULES.rglob("*.yaml"))
        for match in keys.finditer(path.read_text(encoding="utf-8"))
    ]
    return [text.encode() for text in dict.fromkeys(found)] or [b"household_size > 0"]
