"""Write the page "What fupin can read" from the fault table: ``python tests/faults/page.py``.

What fupin does and what the user does next are the program's own words from its catalogue; what a register leaves unknown is what
the program says about a household of which its export says everything that it can.
"""

import string
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.append(str(HERE))

from faulttable import FAULTS, GROUPS, Fault, Group, Proved, Reads, Refused  # noqa: E402
from faulttable.sheets import LAYOUTS  # noqa: E402

from fupin_cli.evaluate.run import judge  # noqa: E402
from fupin_cli.load.cells.files import read_file  # noqa: E402
from fupin_cli.load.tables.build import load_tables  # noqa: E402
from fupin_cli.messages import CATALOGUE, Lang  # noqa: E402
from fupin_cli.model.job import CHECK_EXIT  # noqa: E402
from fupin_cli.model.tables import fields  # noqa: E402
from fupin_cli.rules.parameters import choose  # noqa: E402
from fupin_cli.tasks import open_pack  # noqa: E402

PAGE = HERE.parents[1] / "docs" / "what-fupin-can-read.md"
#: Filled in by whoever has let ``make fuzz`` run; the page is written again afterwards.
FUZZED = HERE / "fuzzed.txt"

_HEAD = """\
# fupin 能读什么 · What fupin can read

由 `python tests/faults/page.py` 从故障表生成；测试逐行运行同一张表，并核对本页。
Written by `python tests/faults/page.py` from the fault table that the tests run, row by row.

三条保证 · Three promises:
- **什么都不会悄悄丢失**：读到的行 = 判定的 + 搁置的 + 跳过的，每次都核对。
  **Nothing is lost silently**: rows read = decided + quarantined + skipped, every time.
- **读不出的值是“未知”**，不是 0，也不是“否”；它的单元格和原因写在报告里。
  **A value that cannot be read is unknown**, never 0 and never “no”; the report names its cell and the reason.
- **读不全就不读**：退出码 3，什么也不写，一行说明哪里有问题，一行说明下一步。
  **What cannot be read whole is not read**: exit code 3, nothing written, one line says what and where, one the next step.

拿不准时 · When in doubt: `fupin inspect 文件`
"""
_FORMATS = (
    (
        "Excel / WPS 工作簿 · workbook",
        ".xlsx .xlsm .xltx .xltm",
        "宏不运行，外部链接不打开 · macros never run, links never followed",
    ),
    ("旧版工作簿 · old workbook", ".xls .et", "Excel 97—2003；更早的不读 · Excel 97 to 2003, none older"),
    ("网页表格 · web page", ".html .htm .mht", "系统常把它存成“.xls” · often called .xls by the system that exports it"),
    ("XML 表格 2003 · XML Spreadsheet 2003", ".xml", ""),
    ("文本 · delimited text", ".csv .tsv .txt", "逗号、制表符、分号或竖线 · comma, tab, semicolon or bar"),
    ("Parquet", ".parquet", ""),
)
_ENCODINGS = "UTF-8（有无 BOM）· GB18030（GBK、GB2312 也是）· UTF-16"
_GENERATIONS: Mapping[str, tuple[str, str]] = {
    "A": ("2014—2018 年名册", "Register 2014 to 2018"),
    "B": ("2022 年脱贫人口名单", "List of people out of poverty, 2022"),
    "C": ("2021 年名册（47 列）", "Register 2021, 47 columns"),
    "D": ("2023 年自定义导出（五个工作簿可一起给出，表头在第 3 行）", "Custom exports 2023: five workbooks, header in row 3"),
}


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_formats(), *_layouts(), *_faults(), *_fuzzing(), ""])


def _formats() -> Iterator[str]:
    yield "## 格式与编码 · Formats and encodings"
    yield "看内容，不看扩展名；两者不符时提示。 · By content, never by name; a wrong suffix is a warning.\n"
    yield "| 格式 · Format | 扩展名 · Suffixes | 说明 · Notes |\n|---|---|---|"
    for row in _FORMATS:
        yield _row(*row)
    yield f"\n文本编码 · Encodings of text: {_ENCODINGS}。\n"


def _layouts() -> Iterator[str]:
    yield "## 表的样子 · Layouts"
    yield "表头在前 20 行里找，认识的列名见 `fupin template` 和字段说明；多余的列不影响。"
    yield "The header is looked for in the first 20 rows; further columns do no harm.\n"
    yield "| 表 · Layout | 表头行 · Header row | 一行是 · A row is | 判断脱贫时仍然未知的 · What stays unknown for an exit |\n|---|---|---|---|"
    yield _row(
        "模板（`fupin template`）<br>The template",
        "1",
        "户、人、村……各一张表<br>a sheet for each table",
        "没有填的<br>what is left blank",
    )
    yield _row(
        "村里自己的表<br>A village's own sheet",
        "前 20 行内<br>within the first 20",
        "一户<br>a household",
        "表里没有的列<br>columns that it lacks",
    )
    for generation, (zh, en) in _GENERATIONS.items():
        fault = FAULTS[f"layout-{generation.lower()}"]
        row, unknown = _judged(fault)
        labels = "、".join(fields(table)[name].label for table, name in unknown)
        names = ", ".join(name for _, name in unknown)
        columns = len(LAYOUTS[generation].split())
        yield _row(f"{generation} {zh}<br>{en}", str(row), f"一人（本例 {columns} 列）<br>a person", f"{labels}<br>{names}")
    yield "\n名册里没有的项（四代都没有不愁吃、不愁穿）可以用 `--assume food_secure=是` 说明一次，每份报告都会写明。"
    yield "What a register does not record can be stated once with `--assume`, which every report repeats.\n"


def _judged(fault: Fault) -> tuple[int, list[tuple[str, str]]]:
    """The header row of a register's export, and the fields that it has no column for and that its verdict lacks."""
    assert fault.make is not None
    with tempfile.TemporaryDirectory() as folder:
        made = fault.make(Path(folder))
        data = load_tables([read_file(str(made))])
    pack = open_pack(None, CHECK_EXIT.pack)
    verdicts = judge(pack.standards["household-exit"], choose(pack.pack, {}), data.tables, date(2020, 12, 31), {})
    [view] = verdicts.views([0])
    missing = [entry.name for entry in view.missing if entry.reason == "absent"]
    unknown = [("person", name.removeprefix("person.")) if "." in name else ("household", name) for name in missing]
    return data.inputs[0].sheets[0].header_row, unknown


def _faults() -> Iterator[str]:
    count = sum(len(group.faults) for group in GROUPS)
    yield "## 毛病与办法 · Faults and what to do"
    yield f"{count} 种情况，每一种都有测试。 · {count} cases, each with a test.\n"
    for group in GROUPS:
        yield f"### {group.zh} · {group.en}"
        yield "| 情况 · Fault | fupin 怎么做 · What fupin does | 您怎么做 · What to do |\n|---|---|---|"
        yield from _rows(group)
        yield ""


def _rows(group: Group) -> Iterator[str]:
    """The rows of a group, those with one answer joined."""
    answers: dict[tuple[str, str], list[Fault]] = {}
    for fault in group.faults:
        answers.setdefault((_does(fault), _advice(fault)), []).append(fault)
    for (does, advice), faults in answers.items():
        zh, en = "；".join(fault.zh for fault in faults), "; ".join(fault.en for fault in faults)
        yield _row(zh if zh == en else f"{zh}<br>{en}", does, advice)


def _does(fault: Fault) -> str:
    expected = fault.expected
    waiting = "（还没有做到：" + fault.waiting + "）<br>" if fault.waiting else ""
    match expected:
        case Proved():
            return f"{waiting}{expected.zh}<br>{expected.en}"
        case Refused():
            facts = {str(name): value for name, value in expected.names.items()}
            return f"{waiting}不读：{_say(expected.code, 'zh', facts)}<br>Refused: {_say(expected.code, 'en', facts)}"
        case Reads():
            return waiting + _reads(expected)


def _reads(expected: Reads) -> str:
    values = {name: value for name, value in expected.changed.items() if value is not None}
    codes = dict.fromkeys([*expected.problems.values(), *expected.told])
    if not codes:
        if values:
            shown = "、".join(_shown(value) for value in values.values())
            return f"照常读取，读作 {shown}<br>Read, as {shown}"
        return "照常读取，空着的作空白<br>Read; what is not there is blank" if expected.changed else "照常读取<br>Read as usual"
    one = fields("household").get(next(iter(expected.changed), ""))
    said = {
        lang: " ".join(_say(code, lang, {"label": one.title(lang)} if one else {}) for code in codes) for lang in ("zh", "en")
    }
    if expected.problems:
        return f"照读，只是：{said['zh']}<br>Read, but: {said['en']}"
    return f"照常读取，并提示：{said['zh']}<br>Read, and told: {said['en']}"


def _shown(value: object) -> str:
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    text = "".join(character if character.isprintable() else f"\\u{ord(character):04x}" for character in text)
    return f"“{text}”" if len(text) < 40 else f"{len(text)} 字 · characters"


def _advice(fault: Fault) -> str:
    expected = fault.expected
    if isinstance(expected, Proved):
        return "—"
    codes = [expected.code] if isinstance(expected, Refused) else dict.fromkeys([*expected.problems.values(), *expected.told])
    facts = dict(expected.names) if isinstance(expected, Refused) else {}
    hints = [
        (_filled(CATALOGUE[c].hint_zh, "zh", facts), _filled(CATALOGUE[c].hint_en, "en", facts)) for c in codes if c in CATALOGUE
    ]
    kept = [pair for pair in hints if any(pair)]
    return f"{' '.join(zh for zh, _ in kept)}<br>{' '.join(en for _, en in kept)}" if kept else "—"


def _say(code: str, lang: Lang, facts: Mapping[str, object]) -> str:
    if code not in CATALOGUE:
        return code
    return _filled(CATALOGUE[code].zh if lang == "zh" else CATALOGUE[code].en, lang, facts)


def _filled(text: str, lang: Lang, facts: Mapping[str, object]) -> str:
    """A message with what is known of its facts, and dots for the rest."""
    names = [name for _, name, _, _ in string.Formatter().parse(text) if name]
    known = {**dict.fromkeys(names, "…"), "path": "该文件" if lang == "zh" else "the file", **facts}
    filled = text.format(**known).replace("该文件 ", "该文件")
    return filled[:1].upper() + filled[1:]


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _fuzzing() -> Sequence[str]:
    said = FUZZED.read_text("utf-8").strip() if FUZZED.exists() else "（待填 · to be filled in）"
    return [
        "## 随机试探 · Fuzzing",
        "`make fuzz` 用改坏的文件和文字试探读表、规则的各个部分，看是否只出现我们自己的错误、2 秒以内、512 MB 以内。",
        "`make fuzz` feeds mutated files and texts to the readers and parsers: only our own errors, under 2 s and 512 MB.",
        f"已经运行 · Hours run so far: {said}",
    ]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
