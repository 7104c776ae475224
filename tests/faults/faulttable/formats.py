"""Formats under right and wrong names, and files that are no table."""

import re
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from workbooks import MAIN, OFFICE, relation, zipped

from faulttable.cells import quarantined
from faulttable.containers import OLE
from faulttable.making import CANARY, HEADER, SHEET, Xml, csv_text, parts, roster, rows_of, rows_xml, text_rows, workbook, written
from faulttable.oldbooks import ID_AS_NUMBER, REF_ERROR, old_book
from faulttable.row import Fault, Group, Make, Proved, Reads, Refused

_CELLS = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in text_rows())
_HTML = (
    f'<html><head><meta charset="{{0}}"><img src="http://127.0.0.1:9/x.png"></head><body><table>{_CELLS}</table></body></html>'
)
_XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="户"><Table>'
    + "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in row) + "</Row>" for row in text_rows()
    )
    + "</Table></Worksheet></Workbook>"
)
_STRICT = (
    (MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
)


def _strict(folder: Path) -> Path:
    """ISO 29500 Strict: other namespaces, and dates as text of type d."""
    content = parts(rows_xml(roster(verified_date=Xml('<c r="@" s="1" t="d"><v>2018-05-01</v></c>'))))
    for name, text in content.items():
        for old, new in _STRICT:
            text = str(text).replace(old, new)  # noqa: PLW2901 - each replacement works on the one before
        content[name] = text
    return zipped(folder / "户.xlsx", content)


def _prefixed(folder: Path) -> Path:
    """Every element of the sheet under a prefix, as some exporters write it."""
    text = re.sub(r"<(/?)(\w)", r"<\1x:\2", str(parts()[SHEET])).replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    return zipped(folder / "户.xlsx", {**parts(), SHEET: text})


def _macros(folder: Path) -> Path:
    return zipped(folder / "户.xlsm", {**parts(), "xl/vbaProject.bin": b"\0" * 64})


def _links(folder: Path) -> Path:
    rels = "xl/_rels/workbook.xml.rels"
    more = relation(9, "externalLink", "externalLinks/externalLink1.xml") + "</Relationships>"
    return zipped(
        folder / "户.xlsx",
        {
            **parts(),
            rels: str(parts()[rels]).replace("</Relationships>", more),
            "xl/externalLinks/externalLink1.xml": "<externalLink/>",
        },
    )


def _macro_sheet(folder: Path) -> Path:
    """A sheet of macros in the language before VBA."""
    rels, book = "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
    more = '<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="macrosheets/sheet1.xml"/>'
    return zipped(
        folder / "户.xlsm",
        {
            **parts(),
            rels: str(parts()[rels]).replace("</Relationships>", more + "</Relationships>"),
            book: str(parts()[book]).replace(
                "</sheets>", '<sheet name="Macro1" sheetId="9" state="veryHidden" r:id="rId9"/></sheets>'
            ),
            "xl/macrosheets/sheet1.xml": str(parts("")[SHEET]),
        },
    )


def _folder(folder: Path) -> Path:
    (folder / "户.xlsx").mkdir()
    return folder / "户.xlsx"


def _zip_of_workbooks(folder: Path) -> Path:
    inner = zipped(folder / "inner.xlsx", parts())
    path = zipped(folder / "户.zip", {"某县/户.xlsx": inner.read_bytes()})
    inner.unlink()
    return path


def _parquet(cut: int | None = None, **changed: Sequence[object]) -> Make:
    """The sound roster as Parquet, with other columns of any type."""

    def make(folder: Path) -> Path:
        header, *rows = text_rows()
        columns = {name: [row[at] for row in rows] for at, name in enumerate(header)} | changed
        path = folder / "户.parquet"
        pq.write_table(pa.table(columns), path)
        path.write_bytes(path.read_bytes()[:cut])
        return path

    return make


_renamed = Reads(told=("extension-mismatch",))
_tabs = csv_text(delimiter="\t")

_PAGE = _HTML.format("utf-8")


def _one_bad(cell: str, name: str, code: str) -> Reads:
    return Reads({cell: code}, changed={name: None})


FORMATS = Group(
    "formats",
    "格式与扩展名",
    "Formats and file names",
    [
        Fault("xlsx", "普通的 .xlsx", "An ordinary .xlsx", Reads(), rows_of(roster()), child=True),
        Fault("xlsx-as-csv", "工作簿改名为 .csv", "A workbook called .csv", _renamed, rows_of(roster(), name="户.csv")),
        Fault("xlsx-as-xls", "工作簿改名为 .xls", "A workbook called .xls", _renamed, rows_of(roster(), name="户.xls")),
        Fault("csv-as-xlsx", "文本改名为 .xlsx", "A csv called .xlsx", _renamed, written("户.xlsx", csv_text())),
        Fault(
            "tabs-as-xls",
            "系统导出的“.xls”其实是制表符分隔、GB18030 编码的文本",
            "An export called .xls that is tab-separated text in GB18030",
            _renamed,
            written("户.xls", _tabs, "gb18030"),
        ),
        Fault(
            "html-as-xls",
            "系统导出的“.xls”其实是网页（UTF-8）；网页里的图片不会去取",
            "An export called .xls that is a web page; its pictures are never fetched",
            _renamed,
            written("户.xls", _HTML.format("utf-8")),
        ),
        Fault(
            "html-gb18030",
            "GB2312 网页",
            "A web page in GB2312",
            _renamed,
            written("户.xls", _HTML.format("gb2312"), "gb18030"),
        ),
        Fault(
            "html-as-xlsx",
            "网页改名为 .xlsx",
            "A web page called .xlsx",
            _renamed,
            written("户.xlsx", _HTML.format("utf-8")),
        ),
        Fault(
            "xml-2003-as-xls",
            "“.xls”其实是 XML 表格 2003",
            "A .xls that is an XML Spreadsheet 2003",
            _renamed,
            written("户.xls", _XML_2003),
        ),
        Fault(
            "xml-2003-dtd",
            "XML 表格 2003 里有实体",
            "An XML Spreadsheet 2003 with an entity",
            Refused("workbook-has-dtd"),
            written("户.xml", _XML_2003.replace("?><Work", '?><!DOCTYPE x [<!ENTITY a "b">]><Work', 1)),
        ),
        Fault(
            "parquet",
            "Parquet 文件",
            "A Parquet file",
            Reads(),
            _parquet(),
        ),
        Fault("strict", "“严格的 Open XML 工作簿”", "A Strict Open XML workbook", Reads(), _strict),
        Fault("prefixes", "XML 元素带前缀", "XML elements under a prefix", Reads(), _prefixed),
        Fault("macros", "含有宏", "Macros", Reads(told=("macros-ignored",)), _macros),
        Fault(
            "macro-sheet",
            "含有旧式宏表（很隐藏）",
            "A very hidden sheet of old macros",
            Reads(told=("macros-ignored",)),
            _macro_sheet,
        ),
        Fault("external-links", "引用了其他文件", "Links to other files", Reads(told=("external-links-ignored",)), _links),
        Fault(
            "ods",
            ".ods 表格",
            "An .ods spreadsheet",
            Refused("format-ods"),
            workbook({"content.xml": "<x/>", "mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "户.ods"),
        ),
        Fault("xlsb", ".xlsb 工作簿", "An .xlsb workbook", Refused("format-xlsb"), workbook({"xl/workbook.bin": "x"}, "户.xlsb")),
        Fault("zip", "压缩包里装着工作簿", "A zip with workbooks in it", Refused("format-zip"), _zip_of_workbooks),
        Fault(
            "docx", "Word 文档", "A Word document", Refused("format-document"), workbook({"word/document.xml": "<x/>"}, "户.xlsx")
        ),
        Fault(
            "doc",
            "旧版 Word 文档",
            "An old Word document",
            Refused("format-document"),
            written("户.xls", OLE + "WordDocument".encode("utf-16-le")),
        ),
        Fault("pdf", "PDF", "A PDF", Refused("format-document"), written("户.xlsx", b"%PDF-1.7\n" + b"1 0 obj\n" * 20)),
        Fault(
            "picture",
            "图片",
            "A picture",
            Refused("format-unknown"),
            written("户.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64)),
        ),
        Fault("empty", "0 字节", "No bytes at all", Refused("file-empty"), written("户.xlsx", b"")),
        Fault(
            "lock-file",
            "打开时留下的临时文件 ~$",
            "The temporary file ~$ of an open workbook",
            Refused("file-is-lock"),
            written("~$户.xlsx", b"x" * 165),
        ),
        Fault("folder", "给的是文件夹", "A folder", Refused("file-is-directory"), _folder),
        Fault("missing", "文件不存在", "No such file", Refused("file-not-found"), lambda folder: folder / "没有.xlsx"),
        Fault(
            "html-id-scientific",
            "网页里证件号码成了科学记数法",
            "An ID number in scientific form in a web page",
            _one_bad("表1!D2", "head_id_number", "id-as-number"),
            written("户.html", _PAGE.replace(CANARY, "3.49900196512315E+17")),
        ),
        Fault(
            "html-script",
            "网页单元格里有脚本（不运行，不算内容）",
            "A script in a cell of a web page (never run, no part of the cell)",
            Reads(),
            written("户.html", _PAGE.replace("样甲", "<script>alert(1)</script>样甲")),
        ),
        Fault(
            "html-cut",
            "网页没有传输完整",
            "A web page that did not arrive whole",
            Refused("workbook-damaged"),
            written("户.html", _PAGE[:-60]),
        ),
        Fault(
            "xml-2003-id-number",
            "XML 表格 2003 里证件号码存成数字",
            "An ID number stored as a number in an XML Spreadsheet 2003",
            _one_bad("户!D2", "head_id_number", "id-as-number"),
            written("户.xml", _XML_2003.replace(f'String">{CANARY}', f'Number">{CANARY}')),
        ),
        Fault(
            "xml-2003-error",
            "XML 表格 2003 里的 #REF!",
            "#REF! in an XML Spreadsheet 2003",
            _one_bad("户!F2", "income_per_capita", "cell-error"),
            written("户.xml", _XML_2003.replace('String">5000', 'Error">#REF!')),
        ),
        Fault(
            "xml-2003-cut",
            "XML 表格 2003 没有传输完整",
            "An XML Spreadsheet 2003 that did not arrive whole",
            Refused("workbook-damaged"),
            written("户.xml", _XML_2003[:-60]),
        ),
        Fault(
            "parquet-id-number",
            "Parquet 里证件号码是数字列",
            "A column of numbers for ID numbers in Parquet",
            Reads(
                {"D2": "id-as-number", "D3": "id-as-number"},
                households=("H1", "H2"),
                holds={("household", "head_id_number"): [None, None]},
            ),
            _parquet(户主证件号码=[int(CANARY), int(CANARY)]),
        ),
        Fault(
            "parquet-nan",
            "Parquet 里的 NaN",
            "NaN in Parquet",
            _one_bad("F2", "income_per_capita", "cell-error"),
            _parquet(人均纯收入=[float("nan"), 2995.01]),
        ),
        Fault(
            "parquet-cut",
            "Parquet 没有传输完整",
            "A Parquet file that did not arrive whole",
            Refused("workbook-damaged"),
            _parquet(cut=-30),
        ),
        Fault("xls", "旧版 .xls（Excel 97—2003）", "An old .xls (Excel 97 to 2003)", Reads(), old_book(), child=True),
        Fault("xls-as-xlsx", "旧版 .xls 改名为 .xlsx", "An old .xls called .xlsx", _renamed, old_book("户.xlsx")),
        Fault(
            "xls-error",
            ".xls 里的错误值 #REF!",
            "The error #REF! in a .xls",
            quarantined("income_per_capita", "cell-error"),
            old_book(F=bytes([REF_ERROR])),
        ),
        Fault(
            "xls-id-number",
            ".xls 里证件号码存成数字",
            "An ID number stored as a number in a .xls",
            quarantined("head_id_number", "id-as-number"),
            old_book(D=ID_AS_NUMBER),
        ),
        Fault(
            "xls-cut", ".xls 没有传输完整", "A .xls that did not arrive whole", Refused("workbook-damaged"), old_book(cut=-256)
        ),
        Fault(
            "xls-password",
            "旧版 .xls 设有密码",
            "An old .xls with a password",
            Refused("workbook-encrypted"),
            old_book(password=True),
        ),
        Fault(
            "xls-password-new",
            "加了密的新工作簿改名为 .xls",
            "An encrypted new workbook called .xls",
            Refused("workbook-encrypted"),
            written("户.xls", OLE + bytes(4096) + "EncryptedPackage".encode("utf-16-le")),
        ),
        Fault(
            "changing",
            "读取时文件被改动",
            "The file changes while it is read",
            Proved(
                ("tests/load/cells/test_files.py::test_a_file_that_changes_while_it_is_read_is_refused",),
                "不读，请等保存完成",
                "refused: wait until it is saved",
            ),
        ),
        Fault(
            "reader-dies",
            "读表程序意外终止、超时或内存不足",
            "The reading process dies, takes too long, wants too much memory",
            Proved(
                (
                    "tests/load/cells/test_files.py::test_a_worker_that_breaks_down_costs_one_file",
                    "tests/load/cells/test_files.py::test_a_worker_that_takes_too_long_is_killed",
                    "tests/load/cells/test_files.py::test_a_worker_over_its_memory_is_a_refusal",
                ),
                "只有这个文件不读，其余照常",
                "this file alone is refused, the others go on",
            ),
        ),
    ],
)

_no_rows = rows_xml(roster()[:1])
EMPTINESS = Group(
    "emptiness",
    "没有数据（绝不会报“0 户，全部符合”）",
    "Nothing to judge (“0 rows, all fine” never happens)",
    [
        Fault(
            "header-only", "只有表头", "A header only", Refused("sheet-without-records", {"row": 1}), workbook(parts(_no_rows))
        ),
        Fault(
            "header-only-csv",
            "只有表头的 csv",
            "A csv with a header only",
            Refused("sheet-without-records", {"row": 1}),
            written("户.csv", ",".join(HEADER) + "\n"),
        ),
        Fault(
            "only-totals",
            "表头下面只有合计",
            "Nothing but a total under the header",
            Refused("sheet-without-records"),
            rows_of([roster()[0], ["合计", None, None, None, 7]]),
        ),
        Fault("no-cells", "没有任何内容", "Nothing at all", Refused("file-without-rows"), workbook(parts(""))),
        Fault(
            "blank-cells", "只有空格", "Nothing but blanks", Refused("file-without-rows"), rows_of([[" ", "\u3000"], ["\u200b"]])
        ),
        Fault(
            "blank-csv", "只有空行的 csv", "A csv of blank lines", Refused("file-without-rows"), written("户.csv", "\r\n , \r\n")
        ),
        Fault(
            "no-known-column",
            "没有一列认识",
            "No column is known",
            Refused("file-without-known-columns"),
            rows_of([["甲", "乙"], [1, 2]]),
        ),
        Fault(
            "no-header",
            "没有表头，直接是数据",
            "Data without a header",
            Refused("file-without-known-columns"),
            rows_of(roster()[1:]),
        ),
        Fault(
            "header-row-21",
            "表头在第 21 行",
            "The header is in row 21",
            Refused("file-without-known-columns"),
            rows_of([["某县名册"]] * 20 + roster()),
        ),
    ],
)
