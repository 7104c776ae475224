"""Damaged and hostile workbooks: the zip file and the XML in it."""

import re
import struct
import zipfile
import zlib
from pathlib import Path

from workbooks import MAIN, zipped

from faulttable.making import (
    SHEET,
    STRINGS,
    Xml,
    parts,
    replaced,
    roster,
    row_xml,
    rows_xml,
    spoilt,
    stored,
    with_cell,
    with_part,
    workbook,
    written,
)
from faulttable.row import Fault, Group, Make, Reads, Refused

_DIRECTORY, _LOCAL, _END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"
_GIGABYTE = 1 << 30
_ENTITY = '<!DOCTYPE x [<!ENTITY a "甲">]>'
_EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_REMOTE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
_LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'x'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def inflating(size: int, part: str = SHEET, *, declared: int | None = None) -> bytes:
    """A workbook whose ``part`` inflates to ``size`` bytes of blanks; ``declared`` is what its directory says instead."""
    packer = zlib.compressobj(wbits=-15)
    packer.compress(b" " * (1 << 20))
    packer.flush(zlib.Z_FULL_FLUSH)
    # A compressed megabyte is repeated as it stands: making a bomb costs no more than its file.
    megabyte = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return _with_raw(part, megabyte * (size >> 20) + zlib.compressobj(wbits=-15).flush(), size if declared is None else declared)


def _with_raw(part: str, raw: bytes, declared: int) -> bytes:
    """A workbook whose ``part`` holds these compressed bytes and claims that size."""
    content = {**parts(), part: ""}
    entries, directory = bytearray(), bytearray()
    for name, text in content.items():
        data = text.encode() if isinstance(text, str) else text
        packer = zlib.compressobj(wbits=-15)
        packed = raw if name == part else packer.compress(data) + packer.flush()
        size = declared if name == part else len(data)
        fields = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 33, zlib.crc32(data), len(packed), size, len(name), 0)
        directory += _DIRECTORY + struct.pack("<H", 20) + fields + struct.pack("<HHHLL", 0, 0, 0, 0, len(entries)) + name.encode()
        entries += _LOCAL + fields + name.encode() + packed
    end = struct.pack("<HHHHLLH", 0, 0, len(content), len(content), len(directory), len(entries), 0)
    return bytes(entries + directory + _END + end)


def _claims_entries(content: bytearray) -> bytearray:
    at = content.rfind(_END)
    content[at + 8 : at + 12] = struct.pack("<HH", 60_000, 60_000)
    return content


def _overlapping(content: bytearray) -> bytearray:
    second = content.find(_DIRECTORY, content.find(_DIRECTORY) + 4)
    content[second + 42 : second + 46] = struct.pack("<L", 0)
    return content


def _one_bit(content: bytearray) -> bytearray:
    at = content.find(SHEET.encode()) + len(SHEET) + 40
    content[at] ^= 0x10
    return content


def _encrypted(content: bytearray) -> bytearray:
    content[content.find(_DIRECTORY) + 8] |= 1
    return content


def _twice(second: str) -> Make:
    """The sheet's part under two names that are one."""

    def make(folder: Path) -> Path:
        path = zipped(folder / "户.xlsx", parts())
        other = parts(rows_xml(roster(income_per_capita=9999)))[SHEET]
        with zipfile.ZipFile(path, "a") as archive:
            # zipfile warns of equal names, which is the point.
            info = zipfile.ZipInfo(second)
            archive.NameToInfo.pop(second, None)
            archive.writestr(info, other)
        return path

    return make


def _wrong_checksum(folder: Path) -> Path:
    path = stored(folder, parts())
    path.write_bytes(path.read_bytes().replace(b"<v>5000</v>", b"<v>9000</v>"))
    return path


def _declared(part: str, declaration: str, encoding: str = "utf-8") -> Make:
    content = {"docProps/app.xml": "<Properties/>", STRINGS: f'<sst xmlns="{MAIN}"/>', **parts()}
    text = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}{content[part]}'
    return with_part(part, text.encode(encoding))


_strings = f'<sst xmlns="{MAIN}"><si><t>{"x" * (1 << 20)}</t></si></sst>'

BOMBS = Group(
    "bombs",
    "压缩炸弹与超限",
    "Bombs, and parts over the limits",
    [
        Fault(
            "bomb-gigabyte",
            "1 MB 的文件解压后 1 GB",
            "A file of 1 MB that inflates to 1 GB",
            Refused("workbook-is-bomb", {"part": SHEET}),
            written("户.xlsx", lambda: inflating(_GIGABYTE)),
            child=True,
        ),
        Fault(
            "bomb-lying",
            "炸弹在目录里谎称很小",
            "A bomb whose directory says that it is small",
            Refused("workbook-damaged"),
            written("户.xlsx", lambda: inflating(_GIGABYTE, declared=2000)),
            child=True,
        ),
        Fault(
            "bomb-in-styles",
            "炸弹藏在样式部分里",
            "A bomb in the part of the styles",
            Refused("workbook-is-bomb", {"part": "xl/styles.xml"}),
            written("户.xlsx", lambda: inflating(_GIGABYTE, "xl/styles.xml")),
        ),
        Fault(
            "bomb-strings",
            "一段 1 MB 的文字在几百格里重复（文字炸弹）",
            "A text of 1 MB repeated in some hundred cells (a string bomb)",
            Refused("sheet-too-much-text"),
            workbook(
                parts(
                    rows_xml(roster()) + "".join(row_xml(row, [Xml('<c r="@" t="s"><v>0</v></c>')]) for row in range(4, 134)),
                    strings=_strings,
                )
            ),
            child=True,
        ),
        Fault(
            "part-over-cap",
            "某一部分解压后超过 1 GB，但不像炸弹",
            "A part that inflates to more than 1 GB without being a bomb",
            Refused("workbook-too-large", {"part": SHEET}),
            written("户.xlsx", lambda: _with_raw(SHEET, bytes(5 << 20), _GIGABYTE + 1)),
        ),
        Fault(
            "parts-too-many",
            "目录声称有六万个部分",
            "A directory that claims sixty thousand parts",
            Refused("workbook-too-many-parts"),
            spoilt(_claims_entries),
        ),
    ],
)

DAMAGED = Group(
    "damaged",
    "损坏、不完整、有密码",
    "Damaged, incomplete, protected",
    [
        Fault("entry-twice", "同名的部分有两个", "Two parts of one name", Refused("workbook-duplicate-part"), _twice(SHEET)),
        Fault(
            "entry-twice-case",
            "两个部分的名称只差大小写",
            "Two parts whose names differ in letter case only",
            Refused("workbook-duplicate-part"),
            _twice(SHEET.upper()),
        ),
        Fault(
            "entries-overlap",
            "两个部分共用同一段字节",
            "Two parts that share bytes",
            Refused("workbook-duplicate-part"),
            spoilt(_overlapping),
        ),
        Fault("half", "只传输了一半", "Only half of it arrived", Refused("workbook-damaged"), spoilt(lambda b: b[: len(b) // 2])),
        Fault("last-byte", "缺最后一个字节", "The last byte is missing", Refused("workbook-damaged"), spoilt(lambda b: b[:-1])),
        Fault(
            "bytes-after",
            "末尾接着别的内容",
            "Something else follows its end",
            Refused("workbook-damaged"),
            spoilt(lambda b: b + b"more"),
        ),
        Fault(
            "bytes-before",
            "开头是另一个文件（伪装）",
            "Another file stands before it (a disguise)",
            Refused("workbook-duplicate-part"),
            spoilt(lambda b: b"PK\x03\x04" + bytes(26) + b),
        ),
        Fault("one-bit", "一个比特坏了", "One bit is wrong", Refused("workbook-damaged"), spoilt(_one_bit)),
        Fault(
            "checksum",
            "内容被改过，校验和不符",
            "Content changed, the checksum does not fit",
            Refused("workbook-damaged"),
            _wrong_checksum,
        ),
        Fault(
            "xml-breaks-off",
            "工作表的 XML 中途断了",
            "The sheet's XML breaks off",
            Refused("workbook-damaged", {"where": SHEET}),
            with_part(SHEET, str(parts()[SHEET])[:-60]),
        ),
        Fault(
            "xml-nested",
            "XML 嵌套十万层",
            "XML nested a hundred thousand deep",
            Refused("workbook-damaged", {"where": SHEET}),
            with_part(SHEET, "<a>" * 100_000),
            child=True,
        ),
        Fault(
            "sheet-part-missing",
            "目录里有工作表，文件里没有",
            "A sheet is listed and its part is missing",
            Refused("workbook-damaged", {"where": SHEET}),
            lambda folder: zipped(folder / "户.xlsx", {name: text for name, text in parts().items() if name != SHEET}),
        ),
        Fault(
            "no-sheets",
            "工作簿里没有工作表",
            "A workbook without sheets",
            Refused("workbook-without-sheets"),
            with_part("xl/workbook.xml", f'<workbook xmlns="{MAIN}"><sheets/></workbook>'),
        ),
        Fault(
            "password",
            "设有打开密码",
            "Protected with a password",
            Refused("workbook-encrypted"),
            written("户.xlsx", OLE + bytes(4096) + "EncryptedPackage".encode("utf-16-le") + bytes(64)),
        ),
        Fault("zip-password", "压缩包本身加了密", "An encrypted zip", Refused("workbook-encrypted"), spoilt(_encrypted)),
    ],
)

DECLARATIONS = Group(
    "declarations",
    "外部定义与实体（DTD）",
    "DTDs and entities",
    [
        Fault(f"dtd-{name}", zh, en, Refused("workbook-has-dtd", {"part": part.lower()}), _declared(part, text, encoding))
        for name, zh, en, part, text, encoding in (
            ("entity", "工作表里定义了实体", "An entity is defined in the sheet", SHEET, _ENTITY, "utf-8"),
            ("file", "实体指向本机文件", "An entity that points at a local file", SHEET, _EXTERNAL, "utf-8"),
            ("network", "DTD 在网络上", "A DTD on the network", "xl/workbook.xml", _REMOTE, "utf-8"),
            ("laughs", "实体层层展开（十亿个笑）", "Entities that multiply (billion laughs)", STRINGS, _LAUGHS, "utf-8"),
            ("utf-16", "UTF-16 编码的部分里有实体", "An entity in a part in UTF-16", SHEET, _EXTERNAL, "utf-16"),
            ("unread", "在从不读取的部分里", "In a part that is never read", "docProps/app.xml", _ENTITY, "utf-8"),
        )
    ],
)

_DIMENSION = f'<worksheet xmlns="{MAIN}">'


def _dimension(reference: str) -> Make:
    return replaced(SHEET, _DIMENSION, f'{_DIMENSION}<dimension ref="{reference}"/>')


def _counted(count: str) -> Make:
    texts = f'<sst xmlns="{MAIN}" count="{count}" uniqueCount="{count}"><si><t>样甲</t></si></sst>'
    return workbook(parts(rows_xml(roster(head_name=Xml('<c r="@" t="s"><v>0</v></c>'))), strings=texts))


def _row_number(number: str) -> Make:
    return replaced(SHEET, '<row r="3">', f'<row r="{number}">')


_FAR = rows_xml(roster()) + '<row r="1048576"><c r="XFD1048576"><v>5</v></c></row>'
_disordered = Refused("sheet-rows-disordered", {"sheet": "户"})

LIES = Group(
    "lies",
    "文件对自己的说法不实",
    "What a file says about itself is untrue",
    [
        Fault(
            "far-corner",
            "最远的单元格 XFD1048576 里有内容（会使许多读表程序崩溃）",
            "Something stands in the last cell XFD1048576 (many readers abort)",
            Reads(rows=(3, 3, 0, 0), households=("H1", "H2", None)),
            workbook(parts(_FAR)),
            child=True,
        ),
        Fault("dimension-small", "声明的范围太小", "The declared range is too small", Reads(), _dimension("A1")),
        Fault(
            "dimension-large",
            "声明的范围是整张表",
            "The declared range is the whole sheet",
            Reads(),
            _dimension("A1:XFD1048576"),
            child=True,
        ),
        Fault("dimension-nonsense", "声明的范围是乱写的", "The declared range is nonsense", Reads(), _dimension("B0:-7")),
        Fault(
            "count-large",
            "声称有四十多亿段文字（会使许多读表程序崩溃）",
            "Four billion texts are claimed (many readers abort)",
            Reads(),
            _counted("4294967295"),
            child=True,
        ),
        Fault("count-zero", "声称没有文字", "No texts are claimed", Reads(), _counted("0")),
        Fault("row-beyond", "行号 1048577", "Row number 1048577", _disordered, _row_number("1048577")),
        Fault(
            "row-huge",
            "行号超出整数范围（会使许多读表程序崩溃）",
            "A row number beyond any integer (many readers abort)",
            _disordered,
            _row_number("99999999999999999999"),
            child=True,
        ),
        Fault("row-zero", "行号 0", "Row number 0", _disordered, _row_number("0")),
        Fault("row-twice", "行号重复", "A row number twice", _disordered, _row_number("2")),
        Fault("row-backwards", "行号倒退", "Row numbers run backwards", _disordered, _row_number("1")),
        Fault(
            "cell-elsewhere",
            "单元格写着别的行号",
            "A cell that names another row",
            _disordered,
            replaced(SHEET, 'r="F2"', 'r="F3"'),
        ),
        Fault("cells-disordered", "单元格次序颠倒", "Cells out of order", _disordered, replaced(SHEET, 'r="F2"', 'r="B2"')),
        Fault("column-beyond", "列号超出 XFD", "A column beyond XFD", _disordered, replaced(SHEET, 'r="H2"', 'r="XFE2"')),
        Fault(
            "row-in-row",
            "行里面还有行",
            "A row inside a row",
            Refused("workbook-damaged", {"where": SHEET}),
            replaced(SHEET, '<row r="3">', '<row r="3"><row r="4"></row>'),
        ),
        Fault(
            "cell-outside",
            "单元格不在任何一行里",
            "A cell outside every row",
            Refused("workbook-damaged", {"where": SHEET}),
            replaced(SHEET, "</sheetData>", '<c r="A9"><v>1</v></c></sheetData>'),
        ),
        Fault(
            "value-twice",
            "一格里有两个值",
            "Two values in one cell",
            Refused("workbook-damaged", {"where": SHEET}),
            with_cell(income_per_capita=Xml('<c r="@"><v>50</v><v>00</v></c>')),
        ),
        Fault(
            "value-foreign",
            "单元格的扩展部分里有别家的值",
            "A foreign value in a cell's extension",
            Reads(),
            with_cell(income_per_capita=Xml('<c r="@"><v>5000</v><extLst><ext><x:v xmlns:x="other">7</x:v></ext></extLst></c>')),
        ),
        Fault(
            "spans",
            "声明的列范围不对",
            "A declared column range that is wrong",
            Reads(),
            replaced(SHEET, '<row r="2">', '<row r="2" spans="1:2">'),
        ),
        Fault(
            "no-references",
            "行和单元格没有编号",
            "Rows and cells without numbers",
            Reads(),
            workbook({**parts(), SHEET: re.sub(r' r="[A-Z]*\d+"', "", str(parts()[SHEET]))}),
        ),
        Fault(
            "text-missing",
            "引用了不存在的文字",
            "A text that does not exist is referred to",
            Refused("sheet-text-missing", {"sheet": "户", "row": 2}),
            with_cell(head_name=Xml('<c r="@" t="s"><v>7</v></c>')),
        ),
        Fault(
            "text-negative",
            "引用了第 −1 段文字",
            "Text number −1 is referred to",
            Refused("sheet-text-missing", {"sheet": "户", "row": 2}),
            with_cell(head_name=Xml('<c r="@" t="s"><v>-1</v></c>')),
        ),
        Fault(
            "style-missing",
            "引用了不存在的样式",
            "A style that does not exist is referred to",
            Reads(),
            with_cell(income_per_capita=Xml('<c r="@" s="999"><v>5000</v></c>')),
        ),
        Fault(
            "type-unknown",
            "单元格类型无人认识",
            "A cell of an unknown type",
            Refused("workbook-damaged"),
            with_cell(income_per_capita=Xml('<c r="@" t="zz"><v>5000</v></c>')),
        ),
    ],
)
