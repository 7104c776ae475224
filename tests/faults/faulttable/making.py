"""Files written by hand, so that the table can hold what no library writes."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from workbooks import parts_of, zipped

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
#: An ID number of an area that does not exist, with the check character of GB 11643; no digit of it may ever be printed.
CANARY, CANARY_2, CANARY_3 = "349900196512314875", "34990019830817232X", "349900201003043214"
CANARY_DIGITS = ("19651231", "12314875", "19830817", "0817232", "20100304", "03043214")

HEADER = ("户编号", "年度", "户主姓名", "户主证件号码", "家庭人口数", "人均纯收入", "饮水安全", "核实日期")
FIELDS = (
    "household_id",
    "year",
    "head_name",
    "head_id_number",
    "household_size",
    "income_per_capita",
    "water_safe",
    "verified_date",
)
LETTER = dict(zip(FIELDS, "ABCDEFGH", strict=True))


@dataclass(frozen=True)
class Xml:
    """A cell as XML; ``@`` stands for its reference."""

    text: str


@dataclass(frozen=True)
class Day:
    """A date as spreadsheets keep it: a serial number in a style that shows it as a date."""

    serial: int
    style: int = 1


Value = str | int | float | Xml | Day | None
#: 2018-05-01 counted from 1900.
MAY_DAY = 43221
SOUND: Sequence[Mapping[str, object]] = (
    {
        "household_id": "H1",
        "year": 2018,
        "head_name": "样甲",
        "head_id_number": CANARY,
        "household_size": 3,
        "income_per_capita": Decimal(5000),
        "water_safe": True,
        "verified_date": date(2018, 5, 1),
    },
    {
        "household_id": "H2",
        "year": 2018,
        "head_name": "样乙",
        "head_id_number": CANARY_2,
        "household_size": 4,
        "income_per_capita": Decimal("2995.01"),
        "water_safe": False,
        "verified_date": date(2018, 5, 2),
    },
)
_CELLS: Sequence[Sequence[Value]] = (
    ("H1", 2018, "样甲", CANARY, 3, 5000, "是", Day(MAY_DAY)),
    ("H2", 2018, "样乙", CANARY_2, 4, 2995.01, "否", Day(MAY_DAY + 1)),
)


def letters(index: int) -> str:
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell(value: Value, at: str) -> str:
    match value:
        case None:
            return ""
        case Xml():
            return value.text.replace("@", at)
        case Day():
            return f'<c r="{at}" s="{value.style}"><v>{value.serial}</v></c>'
        case str():
            text = value.replace("&", "&amp;").replace("<", "&lt;")
            return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        case _:
            return f'<c r="{at}"><v>{value}</v></c>'


def row_xml(number: int, values: Sequence[Value]) -> str:
    return f'<row r="{number}">' + "".join(cell(value, f"{letters(at)}{number}") for at, value in enumerate(values)) + "</row>"


def rows_xml(rows: Sequence[Sequence[Value]], start: int = 1) -> str:
    return "".join(row_xml(start + at, values) for at, values in enumerate(rows))


def roster(header: Mapping[str, str] | None = None, **changed: Value) -> list[list[Value]]:
    """The sound roster's rows; ``changed`` stands in the first household, ``header`` renames columns."""
    first = list(_CELLS[0])
    for name, value in changed.items():
        first[FIELDS.index(name)] = value
    names: list[Value] = [(header or {}).get(name, label) for name, label in zip(FIELDS, HEADER, strict=True)]
    return [names, first, list(_CELLS[1])]


def parts(rows: str | None = None, *, formats: tuple[str | int, ...] = ("General", 14), **more: str) -> dict[str, str | bytes]:
    """The parts of a workbook with the sound roster or other rows."""
    return {**parts_of(rows_xml(roster()) if rows is None else rows, formats=formats, **more)}


def workbook(content: Mapping[str, str | bytes], name: str = "户.xlsx") -> Callable[[Path], Path]:
    return lambda folder: zipped(folder / name, content)


def rows_of(rows: Sequence[Sequence[Value]], *, start: int = 1, name: str = "户.xlsx", **more: object) -> Callable[[Path], Path]:
    """A workbook with these rows."""
    return lambda folder: zipped(folder / name, parts(rows_xml(rows, start), **more))  # type: ignore[arg-type]


def with_cell(**changed: Value) -> Callable[[Path], Path]:
    """The sound roster with other cells in its first household."""
    return rows_of(roster(**changed))


def with_part(name: str, content: str | bytes) -> Callable[[Path], Path]:
    """The sound roster with one part replaced or added."""
    return workbook({**parts(), name: content})


def replaced(name: str, old: str, new: str) -> Callable[[Path], Path]:
    """The sound roster with a piece of one part replaced."""

    def make(folder: Path) -> Path:
        content = parts()
        text = str(content[name])
        assert old in text, (name, old)
        return zipped(folder / "户.xlsx", {**content, name: text.replace(old, new, 1)})

    return make


def spoilt(change: Callable[[bytearray], bytes | bytearray], name: str = "户.xlsx") -> Callable[[Path], Path]:
    """The sound workbook's bytes, changed."""

    def make(folder: Path) -> Path:
        path = zipped(folder / name, parts())
        path.write_bytes(change(bytearray(path.read_bytes())))
        return path

    return make


def written(name: str, content: bytes | str | Callable[[], bytes], encoding: str = "utf-8") -> Callable[[Path], Path]:
    """A file of any kind; large content is a function, so that it is made when its row is run."""

    def make(folder: Path) -> Path:
        path = folder / name
        match content:
            case str():
                path.write_bytes(content.encode(encoding))
            case bytes():
                path.write_bytes(content)
            case _:
                path.write_bytes(content())
        return path

    return make


def text_rows(rows: Sequence[Sequence[object]] | None = None) -> list[list[str]]:
    """The sound roster as a text file holds it."""
    days = {Day(MAY_DAY): "2018-05-01", Day(MAY_DAY + 1): "2018-05-02"}
    return [[str(days.get(value, value)) if isinstance(value, Day) else str(value) for value in row] for row in rows or roster()]


def csv_text(rows: Sequence[Sequence[str]] | None = None, delimiter: str = ",", end: str = "\r\n") -> str:
    return "".join(delimiter.join(row) + end for row in rows or text_rows())


def with_sheets(sheets: Mapping[str, tuple[str, str]]) -> dict[str, str | bytes]:
    """A workbook of several sheets: name → (rows as XML, state)."""
    content = parts("")
    names, relations, part = [], [], str(content["xl/_rels/workbook.xml.rels"])
    kind = part[part.index('Type="') + 6 : part.index('"', part.index('Type="') + 6)]
    for at, (name, (rows, state)) in enumerate(sheets.items(), 11):
        names.append(f'<sheet name="{name}" sheetId="{at}" state="{state}" r:id="rId{at}"/>')
        relations.append(f'<Relationship Id="rId{at}" Type="{kind}" Target="worksheets/s{at}.xml"/>')
        content[f"xl/worksheets/s{at}.xml"] = str(parts_of(rows)[SHEET])
    head, _, tail = str(content["xl/workbook.xml"]).partition("<sheets>")
    content["xl/workbook.xml"] = head + "<sheets>" + "".join(names) + "</sheets>" + tail.partition("</sheets>")[2]
    content["xl/_rels/workbook.xml.rels"] = part.replace("</Relationships>", "".join(relations) + "</Relationships>")
    del content[SHEET]
    content["xl/_rels/workbook.xml.rels"] = str(content["xl/_rels/workbook.xml.rels"]).replace(
        f'<Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.xml"/>', ""
    )
    return content


def stored(folder: Path, content: Mapping[str, str | bytes], name: str = "户.xlsx") -> Path:
    """A zip without compression, so that bytes stand where one looks for them."""
    with zipfile.ZipFile(folder / name, "w") as archive:
        for part, text in content.items():
            archive.writestr(part, text)
    return folder / name
