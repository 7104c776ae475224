"""What a file is, and whether a workbook is safe to open."""

import codecs
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from workbooks import MAIN, parts_of, zipped

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells import archive as archive_module
from fupin_cli.load.cells.files import read_file
from fupin_cli.load.cells.look import Format, fits_its_name, look_at_file

ROWS = '<row r="1"><c r="A1"><v>1</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refusal(path: Path) -> str:
    with pytest.raises(InputRefused) as refused:
        read_file(str(path))
    assert refused.value.facts["path"] == str(path).replace("\\", "/")
    return refused.value.code


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (OLE + bytes(70_000) + "EncryptedPackage".encode("utf-16-le") + bytes(100), "workbook-encrypted"),
        (OLE + "WordDocument".encode("utf-16-le") + "Workbook".encode("utf-16-le"), "format-document"),
        (OLE + "PowerPoint".encode("utf-16-le"), "format-unknown"),
        (b'<?xml version="1.0"?><other/>', "format-unknown"),
        (b"%PDF-1.7 text", "format-document"),
        ("户编号,姓名\r\n1,张三\r\n".encode("utf-16-le"), "format-utf-16"),
        ("a\tb\n1\t2\n".encode("utf-16-be"), "format-utf-16"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "format-unknown"),
        (b"\x7fELF\x02\x01\x01", "format-unknown"),
        (b"PK\x03\x04 and no more", "workbook-damaged"),
        (b"PK\x05\x06" + bytes(18), "format-unknown"),
    ],
)
@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_a_file_is_known_by_its_content(tmp_path: Path, content: bytes, code: str, name: str) -> None:
    assert refusal(written(tmp_path / name, content)) == code


XML = b'<?xml version="1.0"?>'


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (OLE + bytes(70_000) + "Workbook".encode("utf-16-le") + bytes(100), Format.XLS),
        (OLE + "Book".encode("utf-16-le"), Format.XLS),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", Format.HTML),
        (b"\xef\xbb\xbf\r\n <TABLE border=1><tr>", Format.HTML),
        (XML + b'\n<html xmlns="http://www.w3.org/1999/xhtml">', Format.HTML),
        (b"<!DOCTYPE html><!-- <Workbook> --><html>", Format.HTML),
        (b'<html xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Workbook>', Format.HTML),
        (codecs.BOM_UTF16_LE + "<html><table>".encode("utf-16-le"), Format.HTML),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", Format.HTML),
        (b"From: <Saved by WPS>\r\nSubject: x\r\nMIME-Version: 1.0\r\n", Format.HTML),
        (XML + b'<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', Format.XML_2003),
        (b'<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">', Format.XML_2003),
        (codecs.BOM_UTF16_BE + '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'.encode("utf-16-be"), Format.XML_2003),
        (XML + b'<!DOCTYPE x [<!ENTITY a "b">]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', Format.XML_2003),
        (b"PAR1\x15\x04", Format.PARQUET),
        (b"From,Subject\n1,2\n", Format.CSV),
        (b"<5,a\n1,2\n", Format.CSV),
        (b"subject:a,b\n1,2\n", Format.CSV),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_format_that_is_read_is_known_by_its_content(tmp_path: Path, content: bytes, found: Format, name: str) -> None:
    assert look_at_file(written(tmp_path / name, content)) is found


@pytest.mark.parametrize(
    ("name", "found", "fits"),
    [
        ("a.XLS", Format.XLS, True),
        ("a.et", Format.XLS, True),
        ("a.xlsx", Format.XLS, False),
        ("a.xls", Format.HTML, False),
        ("a.htm", Format.HTML, True),
        ("a.mht", Format.HTML, True),
        ("a.xls", Format.XML_2003, False),
        ("a.xml", Format.XML_2003, True),
        ("a.parquet", Format.PARQUET, True),
        ("a.tsv", Format.CSV, True),
        ("a.xls", Format.CSV, False),
        ("a", Format.CSV, False),
    ],
)
def test_names_that_fit(name: str, found: Format, *, fits: bool) -> None:
    assert fits_its_name(Path(name), found) is fits


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"content.xml": "<x/>", "mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "format-ods"),
        ({"xl/workbook.bin": "x"}, "format-xlsb"),
        ({"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"}, "format-document"),
        ({"县/户.xlsx": "x"}, "format-zip"),
    ],
)
def test_other_zip_files_are_told_apart(tmp_path: Path, parts: dict[str, str], code: str) -> None:
    assert refusal(zipped(tmp_path / "a.xlsx", parts)) == code


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "_rels/.rels", "xl/styles.xml", "docProps/app.xml"])
@pytest.mark.parametrize("declaration", ['<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "<!DOCTYPE x>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_dtd_in_any_part_and_encoding_is_refused(tmp_path: Path, part: str, declaration: str, encoding: str) -> None:
    parts: dict[str, str | bytes] = {"docProps/app.xml": "<Properties/>", **parts_of(ROWS)}
    parts[part] = (f'<?xml version="1.0" encoding="{encoding}"?>{declaration}{parts[part]}').encode(encoding)
    assert refusal(zipped(tmp_path / "a.xlsx", parts)) == "workbook-has-dtd"


def test_a_dtd_across_two_chunks_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "_CHUNK", 5)
    path = zipped(tmp_path / "a.xlsx", {**parts_of(ROWS), SHEET: f"<?xml version='1.0'?> <!ENTITY x>{' ' * 20}"})
    with archive_module.Archive(path) as archive, pytest.raises(InputRefused) as refused:
        archive.drain(SHEET)
    assert refused.value.code == "workbook-has-dtd"


def test_a_part_in_utf_16_is_read(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = {**parts_of(ROWS)}
    parts[SHEET] = ('<?xml version="1.0" encoding="UTF-16"?>' + str(parts[SHEET])).encode("utf-16")
    assert read_file(str(zipped(tmp_path / "a.xlsx", parts))).sheets[0].columns[0].text.to_pylist() == ["1"]


def test_a_gigabyte_in_a_megabyte_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    packer = zlib.compressobj(wbits=-15)
    packer.compress(b" " * (1 << 20))
    packer.flush(zlib.Z_FULL_FLUSH)
    megabyte = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    bomb = megabyte * 1024 + packer.flush()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts_of(ROWS).items():
            archive.writestr(name, bomb if name == SHEET else content)
    whole = bytearray(path.read_bytes())
    for header, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        start = whole.rfind(header, 0, whole.rfind(SHEET.encode(), 0, whole.find(b"PK\x01\x02") if at == 8 else None))
        whole[start + at] = zipfile.ZIP_DEFLATED
        whole[start + at + 14 : start + at + 18] = struct.pack("<L", 1 << 30)
    path.write_bytes(whole)
    assert zipfile.ZipFile(path).getinfo(SHEET).file_size == 1 << 30
    assert path.stat().st_size < 2 << 20
    assert refusal(path) == "workbook-is-bomb"


def test_a_bomb_that_declares_a_small_size_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.xlsx", {**parts_of(ROWS), SHEET: b" " * (64 << 20)})
    content = path.read_bytes().replace(struct.pack("<L", 64 << 20), struct.pack("<L", 1000))
    assert refusal(written(path, content)) == "workbook-damaged"


def test_the_real_size_of_a_part_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "MAX_PART", 1000)
    path = zipped(tmp_path / "a.xlsx", parts_of("<row/>" * 1000))
    with pytest.raises(InputRefused) as refused:
        archive_module.Archive(path)
    assert refused.value.code == "workbook-too-large"


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    for second in (SHEET, SHEET.upper(), SHEET.replace("/", "\\")):
        path = zipped(tmp_path / "a.xlsx", parts_of(ROWS))
        with (
            pytest.warns(UserWarning, match="Duplicate name") if second == SHEET else pytest.MonkeyPatch.context(),
            zipfile.ZipFile(path, "a") as archive,
        ):
            archive.writestr(second, "<x/>")
        assert refusal(path) == "workbook-duplicate-part"


def test_parts_that_share_bytes_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.xlsx", parts_of(ROWS))
    with zipfile.ZipFile(path) as archive:
        first, second = archive.infolist()[:2]
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02", content.find(b"PK\x01\x02") + 4)
    content[at + 42 : at + 46] = struct.pack("<L", first.header_offset)
    assert second.header_offset != first.header_offset
    assert refusal(written(path, bytes(content))) == "workbook-duplicate-part"


def test_a_truncated_or_changed_workbook_is_refused(tmp_path: Path) -> None:
    content = zipped(tmp_path / "a.xlsx", parts_of(ROWS * 1)).read_bytes()
    for size in (30, len(content) // 2, len(content) - 1):
        assert refusal(written(tmp_path / "a.xlsx", content[:size])) == "workbook-damaged"
    assert refusal(written(tmp_path / "a.xlsx", content + b"more")) == "workbook-damaged"
    body = zlib.compressobj(wbits=-15)
    packed = body.compress(parts_of(ROWS)[SHEET].encode()) + body.flush()
    damaged = bytearray(content)
    damaged[content.find(packed) + 10] ^= 0xFF
    assert packed in content
    assert refusal(written(tmp_path / "a.xlsx", bytes(damaged))) == "workbook-damaged"


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped(tmp_path / "a.xlsx", parts_of(ROWS)).read_bytes())
    content[content.find(b"PK\x01\x02") + 8] |= 1
    assert refusal(written(tmp_path / "a.xlsx", bytes(content))) == "workbook-encrypted"


@pytest.mark.parametrize(
    ("part", "content", "code"),
    [
        (SHEET, f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v>', "workbook-damaged"),
        (SHEET, "no xml", "workbook-damaged"),
        (SHEET, "<a>" * 100_000, "workbook-damaged"),
        ("xl/workbook.xml", "<workbook/>", "workbook-without-sheets"),
        ("xl/workbook.xml", "<workbook", "workbook-damaged"),
        ("xl/_rels/workbook.xml.rels", "<Relationships/>", "workbook-without-sheets"),
        (
            "_rels/.rels",
            '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/none.xml"/></Relationships>',
            "workbook-damaged",
        ),
        ("xl/styles.xml", '<styleSheet><cellXfs><xf numFmtId="x"/></cellXfs></styleSheet>', "workbook-damaged"),
    ],
)
def test_parts_that_are_no_workbook_are_refused(tmp_path: Path, part: str, content: str, code: str) -> None:
    assert refusal(zipped(tmp_path / "a.xlsx", {**parts_of(ROWS), part: content})) == code


def test_very_many_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "MAX_ENTRIES", 5)
    with pytest.raises(InputRefused) as refused:
        archive_module.Archive(zipped(tmp_path / "a.xlsx", parts_of(ROWS)))
    assert refused.value.code == "workbook-too-many-parts"


def test_macros_that_are_sheets_are_told(tmp_path: Path) -> None:
    parts = {**parts_of(ROWS), "xl/macrosheets/sheet1.xml": "<x/>"}
    rels = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    parts[rels] = parts[rels].replace(
        "</Relationships>", f'<Relationship Id="m" Type="{kind}" Target="macrosheets/sheet1.xml"/></Relationships>'
    )
    assert read_file(str(zipped(tmp_path / "a.xlsx", parts))).warnings == ["macros-ignored"]
