"""Text files are read strictly: one way, or not at all."""

import codecs
import hashlib
from pathlib import Path

import pytest
from workbooks import cells_of

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells import delimited
from fupin_cli.load.cells.files import read_file
from fupin_cli.model.cells import Kind, SourceFile


def read(tmp_path: Path, content: bytes | str, name: str = "a.csv") -> SourceFile:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_file(str(path))


def refused(tmp_path: Path, content: bytes | str) -> tuple[str, dict[str, object]]:
    with pytest.raises(InputRefused) as refusal:
        read(tmp_path, content)
    facts = dict(refusal.value.facts)
    facts.pop("path")
    return refusal.value.code, facts


def table(file: SourceFile) -> dict[int, list[str | None]]:
    sheet = file.sheets[0]
    return {row: [column.text[at].as_py() for column in sheet.columns] for at, row in enumerate(sheet.rows.to_pylist())}


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("编号,姓名\n1,张三\n".encode(), "utf-8"),
        ("编号,姓名\n1,张三\n".encode("utf-8-sig"), "utf-8-sig"),
        ("编号,姓名\n1,张三\n".encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF16_LE + "编号,姓名\n1,张三\n".encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + "编号,姓名\n1,张三\n".encode("utf-16-be"), "utf-16"),
    ],
)
def test_each_encoding_gives_the_same_cells(tmp_path: Path, content: bytes, encoding: str) -> None:
    file = read(tmp_path, content)
    assert (file.format, file.encoding, file.warnings) == ("csv", encoding, [])
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert table(file) == {1: ["编号", "姓名"], 2: ["1", "张三"]}
    assert (file.sheets[0].name, file.sheets[0].hidden) == ("", False)
    assert {kind for _, kind in cells_of(file.sheets[0]).values()} == {Kind.TEXT}


def test_two_encodings_in_one_file_are_refused_with_the_byte(tmp_path: Path) -> None:
    header, more = "编号,姓名\n1,张三\n", "2,李四\n"
    for first, second, shift in (("utf-8", "gb18030", 2), ("gb18030", "utf-8", 0)):
        start = header.encode(first)
        assert refused(tmp_path, start + more.encode(second)) == ("csv-encoding", {"offset": len(start) + shift, "line": 3})


def test_bytes_of_no_encoding_are_refused_with_their_place(tmp_path: Path) -> None:
    start = "编号,姓名\n".encode("gb18030")
    assert refused(tmp_path, start + b"1,\xff\n") == ("csv-encoding", {"offset": len(start) + 2, "line": 2})


def test_a_broken_byte_order_marked_file_is_not_guessed_at(tmp_path: Path) -> None:
    assert refused(tmp_path, b"\xef\xbb\xbfa,b\n\xd5\xc5,1\n") == ("csv-encoding", {"offset": 7, "line": 2})


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_seen_in_the_first_lines(tmp_path: Path, delimiter: str) -> None:
    lines = ["某县农户收入表", delimiter.join(["编号", "住址", "收入"])] + [
        delimiter.join([str(at), '"一组, 二号; 三"', "1.5"]) for at in range(5)
    ]
    assert table(read(tmp_path, "\n".join(lines)))[3] == ["0", "一组, 二号; 三", "1.5"]


def test_one_column_is_a_table(tmp_path: Path) -> None:
    assert table(read(tmp_path, "编号\n1\n2\n")) == {1: ["编号"], 2: ["1"], 3: ["2"]}


def test_the_separator_line_of_excel_is_understood(tmp_path: Path) -> None:
    assert table(read(tmp_path, "\ufeffsep=;\r\na;b\r\n1,2;3\r\n")) == {2: ["a", "b"], 3: ["1,2", "3"]}


def test_rows_are_the_lines_on_which_records_start(tmp_path: Path) -> None:
    assert table(read(tmp_path, 'a,b\n\n"x\ny",1\n , \u3000\nz,2\n')) == {1: ["a", "b"], 3: ["x\ny", "1"], 6: ["z", "2"]}


def test_old_line_ends_are_understood(tmp_path: Path) -> None:
    assert table(read(tmp_path, "a,b\r1,2\r")) == {1: ["a", "b"], 2: ["1", "2"]}


def test_texts_stay_as_they_are(tmp_path: Path) -> None:
    assert table(read(tmp_path, "a,b,c,d\n'=1+1, x ,NA,007\n"))[2] == ["'=1+1", " x ", "NA", "007"]


def test_title_rows_may_be_short_and_trailing_delimiters_many(tmp_path: Path) -> None:
    content = "农户表\n单位：某村,2019\n编号,姓名,收入\n1,张三,5,,,\n2,李四,\n"
    assert table(read(tmp_path, content))[4] == ["1", "张三", "5"]


@pytest.mark.parametrize("before", [0, 40])
def test_a_row_wider_than_the_header_is_refused_with_its_line(tmp_path: Path, before: int) -> None:
    rows = "".join(f"{at},张三,5\n" for at in range(before))
    assert refused(tmp_path, f"编号,姓名,收入\n{rows}1,张三,3,200\n") == (
        "csv-ragged",
        {"line": before + 2, "found": 4, "expected": 3},
    )


def test_every_row_wider_than_the_header_is_refused_too(tmp_path: Path) -> None:
    assert refused(tmp_path, "编号,姓名,收入\n" + "1,张三,3,200\n" * 30)[0] == "csv-ragged"


def short(line: int, found: int, expected: int = 3) -> tuple[str, dict[str, object]]:
    return "csv-short", {"line": line, "found": found, "expected": expected}


HEADER = "编号,姓名,收入\n"


@pytest.mark.parametrize(
    ("content", "line", "found"),
    [
        (HEADER + "1,张三,5\n2,李四\n3,王五,6\n", 3, 2),
        (HEADER + "1,张三\n", 2, 2),
        # One value alone would be a note, were there no record after it.
        (HEADER + "1,张三,5\n2\n3,王五,6\n", 3, 1),
        (HEADER + "1\n" + "2,张三,5\n" * 20, 2, 1),
        (HEADER + "1,张三,5\n" * 14 + "注\n" + "\n" * 20 + "1,张三,5\n", 16, 1),
        # Two values are no note, not even below the records.
        (HEADER + "1,张三,5\n合计,1\n", 3, 2),
        # The file ends in the middle of a line, the first of a block of Excel's.
        (HEADER + "1,张三,5\n" * 15 + "2,李", 17, 2),
        (HEADER + "1,张三,5\n" * 40 + "2,李四\n" + "1,张三,5\n", 42, 2),
    ],
)
def test_a_row_shorter_than_those_beside_it_is_refused_with_its_line(tmp_path: Path, content: str, line: int, found: int) -> None:
    assert refused(tmp_path, content) == short(line, found)


def test_titles_notes_and_blank_lines_may_be_short(tmp_path: Path) -> None:
    content = "某县\n制表人：甲,2019\n" + HEADER + "1,张三,5\n\n ,\n2,李四,6\n注：以上为初步数据。\n\n审核：乙\n"
    assert list(table(read(tmp_path, content))) == [1, 2, 3, 4, 7, 8, 10]


def test_excel_leaves_out_delimiters_where_sixteen_rows_have_nothing(tmp_path: Path) -> None:
    # As Excel writes a sheet of 40 rows whose last two columns are used in rows 1 and 20 only.
    rows = [["编号", "姓名", "备注", "说明"], *[[str(row), "甲", "", ""] for row in range(2, 41)]]
    rows[19][2:] = ["有", ""]
    lines = []
    for start in range(0, 40, 16):
        block = rows[start : start + 16]
        width = max(at + 1 for row in block for at, value in enumerate(row) if value)
        lines += [",".join(row[:width]) for row in block]
    found = table(read(tmp_path, "\r\n".join(lines) + "\r\n"))
    assert found == {at: [value or None for value in row] for at, row in enumerate(rows, 1)}
    # The same lines with one row moved up by one are no longer what Excel writes.
    assert refused(tmp_path, "\r\n".join([*lines[:15], *lines[16:], lines[15]]) + "\r\n")[0] == "csv-short"


def test_a_header_with_unnamed_columns_at_its_end_asks_for_none(tmp_path: Path) -> None:
    assert table(read(tmp_path, "编号,姓名,,\n1,张三\n2,李四,,\n"))[2] == ["1", "张三"]


@pytest.mark.parametrize("content", ['a,b\n1,2\n"x,3\n4,5\n', 'a,b\n1,2\n"x"y,3\n'])
def test_an_open_quote_is_refused_with_its_line(tmp_path: Path, content: str) -> None:
    assert refused(tmp_path, content) == ("csv-quote", {"line": 3})


def test_a_quote_open_for_very_long_is_refused_with_its_line(tmp_path: Path) -> None:
    assert refused(tmp_path, 'a,b\n"x,3\n' + "4,5\n" * 50_000) == ("csv-quote", {"line": 2})


def test_a_nul_is_refused_with_its_line(tmp_path: Path) -> None:
    assert refused(tmp_path, "a,b\n" + "1,2\n" * 50 + "3,\0\n") == ("csv-nul", {"line": 52})


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_BYTES", 1 << 20)
    assert refused(tmp_path, b"a" * ((1 << 20) + 1)) == ("csv-too-large", {"limit": 1})


def test_blank_lines_only_give_no_rows(tmp_path: Path) -> None:
    sheet = read(tmp_path, "\n,,\n \n").sheets[0]
    assert (sheet.rows.to_pylist(), list(sheet.columns)) == ([], [])


def test_many_rows_go_through_in_blocks(tmp_path: Path) -> None:
    count = 3 * 4096 + 5
    file = read(tmp_path, "编号,注\n" + "".join(f"{at},{'有' if at == 9000 else ''}\n" for at in range(count)))
    sheet = file.sheets[0]
    assert sheet.rows.to_pylist() == list(range(1, count + 2))
    assert sheet.columns[1].text.null_count == count - 1
    assert sheet.columns[1].text[9001].as_py() == "有"


def test_tabs_in_a_tsv_are_read_as_csv(tmp_path: Path) -> None:
    file = read(tmp_path, "编号\t姓名\n1\t张,三\n", "a.tsv")
    assert (file.format, file.warnings, table(file)[2]) == ("csv", [], ["1", "张,三"])


def test_a_workbook_called_csv_and_a_csv_called_workbook_are_read_with_a_warning(tmp_path: Path) -> None:
    assert read(tmp_path, "a,b\n1,2\n", "a.xlsx").warnings == ["extension-mismatch"]
    assert read(tmp_path, "a,b\n1,2\n", "a.TXT").warnings == []
