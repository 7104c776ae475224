"""Rosters as files: the template's sheets, csv, Parquet, and the registers' exports of each generation.

Every layout has its own cells; where each value stands is handed back, so that a test can say at which cell something is found.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from generate import Roster, Row, Value
from openpyxl import Workbook

from fupin_cli.load.tables.layouts import LAYOUTS
from fupin_cli.model.cells import column_letter
from fupin_cli.model.tables import fields
from fupin_cli.model.text import fold

#: A cell: the file's name, the sheet, the cell's own name.
Cell = tuple[str, str, str]
#: Table, year, household's key or person, field; the field ``""`` is the row itself.
Place = tuple[str, int, object, str]

HOUSEHOLD = (
    "household_id", "head_name", "head_id_number", "county", "township", "village", "year", "household_size", "poverty_status",
    "exit_year", "first_identified_month", "change_reason", "income_per_capita", "wage_income", "business_income",
    "property_income", "transfer_income", "business_expense", "education_secured", "medical_secured", "housing_secured",
    "water_safe", "dangerous_housing", "housing_grade", "dropout_child", "dropout_disabled", "review_date", "verified_date", "agreed_date",
    "notice_start", "notice_end", "announced_date", "deregistered_date",
)  # fmt: skip
PERSON = (
    "person_id", "household_id", "year", "name", "id_number", "relation", "sex", "birth_date", "age", "ethnicity", "health",
    "change_reason",
)  # fmt: skip
TOTALS = ("year", "village", "households", "people", "exited_households", "exited_people", "document")
#: Exports of the registers do not say why somebody came or left, nor all since when; an office that compares years adds it.
_ADDED = ("户变更原因", "人口变更原因", "首次识别时间", "姓名")
#: Of each year the file that an export is; a name has one year only.
EXPORTS = {"register-2014": "甲", "register-2022": "乙", "register-2021": "丙", "register-2023": "丁"}
LAYOUT_NAMES = ("template", "banner", "csv", "parquet", *EXPORTS)


@dataclass
class Written:
    """Files, and where each value stands in them."""

    paths: list[Path] = field(default_factory=list)
    places: dict[Place, Cell] = field(default_factory=dict)


def write(folder: Path, rosters: Sequence[Roster], layouts: Sequence[str]) -> Written:
    """Write each year in its layout; there are as many layouts as years, or they begin again."""
    written = Written()
    for number, roster in enumerate(rosters):
        layout = layouts[number % len(layouts)]
        if layout in EXPORTS:
            _export(folder, roster, layout, written)
        else:
            _tables(folder, roster, layout, written)
    return written


def _tables(folder: Path, roster: Roster, layout: str, written: Written) -> None:
    tables = [("household", "户", HOUSEHOLD, roster.households), ("person", "人", PERSON, roster.people)]
    if layout in ("csv", "parquet"):
        for table, _, names, rows in tables:
            path = folder / f"{table}-{roster.year}.{layout}"
            (_csv if layout == "csv" else _parquet)(path, table, names, rows)
            _note(written, path.name, "", table, roster.year, names, rows, 2)
            written.paths.append(path)
        return
    book, first = Workbook(), 2
    book.remove(book.active)
    path = folder / f"{roster.year}.xlsx"
    if roster.totals and layout == "template":
        tables.append(("totals", "年度总数", TOTALS, roster.totals))
    for table, title, names, rows in tables:
        sheet = book.create_sheet(title)
        if layout == "banner":
            sheet.append([f"样本村{roster.year}年名册"])
            sheet.append(["填报单位：样本乡"])
            first = 4
        sheet.append([fields(table)[name].label for name in names])
        for row in rows:
            sheet.append([row.get(name) for name in names])
        _note(written, path.name, title, table, roster.year, names, rows, first)
    book.save(path)
    written.paths.append(path)


def _note(
    written: Written, file: str, sheet: str, table: str, year: int, names: Sequence[str], rows: Sequence[Row], first: int
) -> None:
    for number, row in enumerate(rows, start=first):
        whose = row.get("_who") if table == "person" else row.get("_key", row.get("village"))
        written.places[table, year, whose, ""] = (file, sheet, f"A{number}")
        for at, name in enumerate(names):
            written.places[table, year, whose, name] = (file, sheet, f"{column_letter(at)}{number}")


def _csv(path: Path, table: str, names: Sequence[str], rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([fields(table)[name].label for name in names])
        writer.writerows([["" if (value := row.get(name)) is None else value for name in names] for row in rows])


def _parquet(path: Path, table: str, names: Sequence[str], rows: Sequence[Row]) -> None:
    columns = {fields(table)[name].label: _typed([row.get(name) for row in rows]) for name in names}
    pq.write_table(pa.table(columns), path)


def _typed(values: Sequence[Value]) -> pa.Array:
    """The type that a database would have given the column; text where the values are of several."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {int, float}:
        return pa.array([None if value is None else float(value) for value in values], pa.float64())  # type: ignore[arg-type]
    if kinds == {date}:
        return pa.array(values, pa.date32())
    return pa.array([None if value is None else str(value) for value in values], pa.string())


def _export(folder: Path, roster: Roster, layout: str, written: Written) -> None:
    """A row for each member with what its household says repeated; the newest export has its header in row 3."""
    own = LAYOUTS[layout].split(" ")
    headers = [*own, *(header for header in _ADDED if header not in own)]
    if layout == "register-2021":
        headers = [*headers, "人数", "脱贫属性", "脱贫年度"]
    meant = [_meant(header) for header in headers]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "贫困人口信息"
    first = 2
    if layout == "register-2023":
        sheet.append(["监测对象信息"])
        sheet.append([f"导出时间：{roster.year}-12-31"])
        first = 4
    sheet.append(headers)
    homes = {row["_key"]: row for row in roster.households}
    path = folder / f"{roster.year}年{EXPORTS[layout]}式.xlsx"
    seen: set[object] = set()
    for number, person in enumerate(roster.people, start=first):
        home = homes[person["_key"]]
        values = [None if one is None else (person if one[0] == "person" else home).get(one[1]) for one in meant]
        sheet.append([_plain(value, header) for value, header in zip(values, headers, strict=True)])
        owners: Mapping[str, object] = {"person": person["_who"], "household": home["_key"]}
        for table, whose in owners.items():
            # A household stands in the row of its first member.
            if table == "household" and whose in seen:
                continue
            written.places[table, roster.year, whose, ""] = (path.name, sheet.title, f"A{number}")
            for at, one in enumerate(meant):
                if one is not None and one[0] == table:
                    written.places[table, roster.year, whose, one[1]] = (path.name, sheet.title, f"{column_letter(at)}{number}")
        seen.add(home["_key"])
    book.save(path)
    written.paths.append(path)


def _meant(header: str) -> tuple[str, str] | None:
    """The field of ours that a register's column is, where the stories say it."""
    text = fold(header)
    for table, names in (("person", PERSON), ("household", HOUSEHOLD)):
        for name in names:
            column = fields(table)[name]
            if name != "county" and text in {fold(spelling) for spelling in (column.label, *column.aliases)}:
                return table, name
    return None


def _plain(value: Value, header: str) -> Value:
    """As the newest export writes dates."""
    return f"{value:%Y%m%d}" if isinstance(value, date) and "出生" in header else value
