"""Text files: encodings, delimiters, broken lines."""

from faulttable.making import csv_text, text_rows, written
from faulttable.row import Fault, Group, Proved, Reads, Refused

_sound = csv_text()
_lines = _sound.split("\r\n")
_mixed = (_lines[0] + "\r\n" + _lines[1] + "\r\n").encode("gb18030") + (_lines[2] + "\r\n").encode()
_mixed_other = (_lines[0] + "\r\n" + _lines[1] + "\r\n").encode() + (_lines[2] + "\r\n").encode("gb18030")


def _csv(
    identity: str,
    zh: str,
    en: str,
    expected: Reads | Refused,
    content: str | bytes,
    encoding: str = "utf-8",
    name: str = "户.csv",
) -> Fault:
    return Fault(identity, zh, en, expected, written(name, content, encoding))


def _changed(at: int, text: str) -> str:
    lines = list(_lines)
    lines[at] = text
    return "\r\n".join(lines)


TEXTS = Group(
    "texts",
    "csv 与文本",
    "csv and text files",
    [
        _csv("csv-utf-8", "UTF-8", "UTF-8", Reads(), _sound),
        _csv("csv-bom", "UTF-8，带 BOM", "UTF-8 with a byte-order mark", Reads(), _sound, "utf-8-sig"),
        _csv("csv-gb18030", "GB18030（GBK、GB2312 也是）", "GB18030 (GBK and GB2312 too)", Reads(), _sound, "gb18030"),
        _csv(
            "csv-utf-16-le",
            "UTF-16（“Unicode 文本”）",
            "UTF-16 (“Unicode text”)",
            Reads(),
            csv_text(delimiter="\t").encode("utf-16"),
            name="户.txt",
        ),
        _csv("csv-utf-16-be", "UTF-16，高位在前", "UTF-16, big-endian", Reads(), b"\xfe\xff" + _sound.encode("utf-16-be")),
        _csv(
            "csv-mixed",
            "前面 GB18030，后面 UTF-8",
            "GB18030 first, UTF-8 later",
            Refused("csv-encoding", {"line": 3, "offset": len((_lines[0] + "\r\n" + _lines[1] + "\r\n").encode("gb18030"))}),
            _mixed,
        ),
        _csv(
            "csv-mixed-other",
            "前面 UTF-8，后面 GB18030",
            "UTF-8 first, GB18030 later",
            Refused("csv-encoding", {"line": 3}),
            _mixed_other,
        ),
        _csv(
            "csv-cut-character",
            "最后一个汉字只剩一半",
            "The last character is cut in half",
            Refused("csv-encoding", {"line": 4}),
            _sound.encode() + "样".encode()[:2],
        ),
        _csv(
            "csv-utf-16-odd",
            "UTF-16 少一个字节",
            "UTF-16 with a byte missing",
            Refused("csv-encoding"),
            _sound.encode("utf-16")[:-1],
        ),
        _csv(
            "csv-not-utf-8",
            "带 BOM 却不是 UTF-8",
            "A byte-order mark and then no UTF-8",
            Refused("csv-encoding"),
            b"\xef\xbb\xbf" + _sound.encode("gb18030"),
        ),
        _csv("csv-tabs", "制表符分隔", "Separated by tabs", Reads(), csv_text(delimiter="\t"), name="户.tsv"),
        _csv("csv-semicolons", "分号分隔", "Separated by semicolons", Reads(), csv_text(delimiter=";")),
        _csv("csv-sep", "第一行是 sep=;", "The first line is sep=;", Reads(), "sep=;\r\n" + csv_text(delimiter=";")),
        _csv("csv-old-ends", "行尾只有回车", "Lines that end in a carriage return", Reads(), csv_text(end="\r")),
        _csv("csv-no-end", "最后一行没有换行", "No line end after the last line", Reads(), _sound.rstrip()),
        _csv(
            "csv-line-in-cell",
            "引号里有换行",
            "A line end inside quotation marks",
            Reads(changed={"head_name": "样\n甲"}),
            _changed(1, _lines[1].replace("样甲", '"样\n甲"')),
        ),
        _csv(
            "csv-titles",
            "表头上面有标题行",
            "Title lines above the header",
            Reads(told=("row-skipped-title",), rows=(3, 2, 0, 1)),
            "某县某乡名册\r\n" + _sound,
        ),
        _csv(
            "csv-short-row",
            "一行少几格，而旁边的行不少",
            "A row with cells missing that the rows beside it have",
            Refused("csv-short", {"line": 2}),
            _changed(1, ",".join(text_rows()[1][:6])),
        ),
        _csv(
            "csv-long-row",
            "一行多一格（值里有没加引号的逗号）",
            "A row with a cell too many (an unquoted comma in a value)",
            Refused("csv-ragged", {"line": 2}),
            _changed(1, _lines[1].replace("5000", "5,000")),
        ),
        _csv(
            "csv-open-quote",
            "引号没有闭合",
            "A quotation mark that is never closed",
            Refused("csv-quote", {"line": 3}),
            _changed(2, _lines[2].replace("样乙", '"样乙')),
        ),
        _csv(
            "csv-stray-quote",
            "闭合的引号后面还有字",
            "Something after a closing quotation mark",
            Refused("csv-quote", {"line": 2}),
            _changed(1, _lines[1].replace("样甲", '"样"甲')),
        ),
        _csv(
            "csv-nul",
            "有空字符 NUL",
            "A NUL character",
            Refused("csv-nul", {"line": 2}),
            _changed(1, _lines[1].replace("样甲", "样\0甲")),
        ),
        Fault(
            "csv-sheet",
            "csv 没有工作表，却给了 --sheet",
            "--sheet for a csv",
            Refused("sheet-not-found"),
            written("户.csv", _sound),
            ("--sheet", "户"),
        ),
        Fault(
            "csv-too-large",
            "超过大小上限",
            "Over the limit of size",
            Proved(
                ("tests/load/cells/test_delimited.py::test_a_file_over_the_limit_is_refused",),
                "不读，请按乡镇拆分",
                "refused: split it by township",
            ),
        ),
    ],
)
