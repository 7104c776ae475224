"""A summary of random rosters against plain Python, household by household."""

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow as pa
import pytest
from rich.cells import cell_len
from rich.console import Console

from fupin_cli.cli.main import main
from fupin_cli.errors import UsageRefused
from fupin_cli.evaluate.summary.run import summarize
from fupin_cli.evaluate.summary.standard import income_standard
from fupin_cli.model.cells import column_letter
from fupin_cli.model.summary import COUNTED, QUARTERS, Block, Size, Summary
from fupin_cli.model.tables import ROW, SHEET, SheetRef, Table, arrow_type, fields
from fupin_cli.pipelines.figures import SUMMARY_PACK, summarize_files
from fupin_cli.report.options import Options
from fupin_cli.report.summary import print_summary
from fupin_cli.report.summarytext import summary_csv, summary_json
from fupin_cli.rules.packs import LoadedPack
from fupin_cli.rules.parameters import Parameters
from fupin_cli.tasks import Request, open_pack

Row = dict[str, Any]
PARTS = ("wage_income", "business_income", "property_income", "transfer_income", "business_expense")
LINES = {2018: Fraction(2995), 2020: Fraction(4000)}


@pytest.fixture(scope="module")
def pack() -> LoadedPack:
    return open_pack(None, SUMMARY_PACK)


def table(name: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], **more: Any) -> Table:
    data = {field: pa.array([row.get(field) for row in rows], arrow_type(fields(name)[field].form)) for field in columns}
    places = {SHEET: pa.array([0] * len(rows), pa.int32()), ROW: pa.array(range(2, len(rows) + 2), pa.int32())}
    letters = {field: column_letter(place) for place, field in enumerate(columns)}
    return Table(name, pa.table({**data, **places}), [SheetRef(0, name, letters)], **more)


def blocks(pack: LoadedPack, rows: Sequence[Row], by: Sequence[str] = (), line: str | None = None, day: date | None = None,
           person: Sequence[Row] | None = None, **more: Any) -> list[Block]:  # fmt: skip
    columns = [name for name in fields("household") if any(name in row for row in rows)]
    tables = {"household": table("household", rows, columns, **more)}
    if person is not None:
        tables["person"] = table("person", person, ["person_id", "household_id", "year"])
    given = Decimal(line) if line is not None else None
    return summarize(income_standard(pack, given), Parameters(pack.pack, {}), tables, day, by)


# --- the oracle -----------------------------------------------------------------------------------------------------------


def income(row: Row) -> Fraction | None:
    """Income per person: given, else the parts over the size."""
    if row["income_per_capita"] is not None:
        return Fraction(row["income_per_capita"])
    parts = [row[name] for name in PARTS]
    if row["household_size"] is None or None in parts:
        return None
    *gains, expense = map(Fraction, parts)
    return (sum(gains) - expense) / row["household_size"]


def roster(rng: random.Random, count: int) -> list[Row]:
    def money(low: int, high: int) -> Decimal:
        return Decimal(rng.randrange(low * 100, high * 100)) / 100

    def perhaps(value: Any, chance: float) -> Any:
        return None if rng.random() < chance else value

    rows: list[Row] = []
    for order in range(count):
        year = rng.choice([2018, 2018, 2020])
        row: Row = {
            "household_id": str(order), "year": year, "township": rng.choice(["甲乡", "乙乡"]),
            "village": rng.choice(["东村", "西村", None]),
            "household_size": rng.randrange(1, 9), "poverty_status": perhaps(rng.choice(["已脱贫", "未脱贫"]), 0.1),
            "household_category": rng.choice(["一般贫困户", "低保贫困户"]), "exit_year": perhaps(rng.choice([2016, 2018]), 0.3),
            "main_cause": perhaps(rng.choice(["因病", "因学", "缺技术"]), 0.2),
            "income_per_capita": perhaps(rng.choice([money(-500, 9000), Decimal(2995), Decimal(4000), Decimal("2994.99")]), 0.5),
        }  # fmt: skip
        row |= {name: perhaps(money(0, 9000), 0.03) for name in PARTS}
        rows.append(row)
    return rows


def band(line: Fraction, y: Fraction) -> int:
    return sum(y >= Fraction(quarter, 4) * line for quarter in QUARTERS)


def check(block: Block, rows: Sequence[Row], line: Fraction) -> None:
    """Everything that a block says, over again."""
    persons = sum(row["household_size"] for row in rows)
    assert block.size == Size(len(rows), persons, 0)
    for name in COUNTED:
        counted = Counter(str(row[name]) if row[name] is not None else None for row in rows)
        assert {tally.value: tally.size.households for tally in block.tallies[name]} == counted
        assert sum(tally.size.persons for tally in block.tallies[name]) == persons
    known = [(y, row["household_size"]) for row in rows if (y := income(row)) is not None]
    assert block.no_income.households == len(rows) - len(known)
    assert [one.households for one in block.bands] == [
        sum(band(line, y) == place for y, _ in known) for place in range(len(QUARTERS) + 1)
    ]
    poor = [(y, size) for y, size in known if y < line]
    assert (block.poor.households, block.poor.persons) == (len(poor), sum(size for _, size in poor))
    unknown = persons - sum(size for _, size in known)
    for alpha, measure in enumerate(block.measures):
        whole = sum((size * ((line - y) / line) ** alpha for y, size in poor), Fraction(0))
        assert (measure.low, measure.high) == (whole / persons, (whole + unknown) / persons)
    assert [Fraction(one) for one in block.lines] == [line]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_random_roster_is_what_plain_python_counts(pack: LoadedPack, seed: int) -> None:
    rows = roster(random.Random(seed), 250)
    found = blocks(pack, rows, ["township", "village"])
    assert [block.year for block in found if not block.place] == [2018, 2020]
    for block in found:
        meant = [
            row
            for row in rows
            if row["year"] == block.year and (not block.place or (row["township"], row["village"]) == block.place)
        ]
        assert block.year is not None
        check(block, meant, LINES[block.year])
    assert len(found) == 2 + 2 * 6


# --- the line -------------------------------------------------------------------------------------------------------------

ONE: Row = {"household_id": "1", "year": 2018, "household_size": 4, "income_per_capita": Decimal(2995)}


@pytest.mark.parametrize(("amount", "poor"), [("2994.99", 1), ("2995", 0), ("2995.01", 0)])
def test_an_income_at_the_line_is_not_below_it(pack: LoadedPack, amount: str, poor: int) -> None:
    [block] = blocks(pack, [ONE | {"income_per_capita": Decimal(amount)}])
    assert block.poor.households == poor
    assert block.measures[0].exact == poor


def test_a_quotient_that_ends_in_no_decimal_is_held_against_the_line_exactly(pack: LoadedPack) -> None:
    # 8984.99 over three is 2994.99666...; 8985 over three is the line.
    rows = [ONE | {"household_id": str(place), "household_size": 3, "income_per_capita": None, **dict.fromkeys(PARTS, Decimal(0)),
                   "wage_income": Decimal(wage)} for place, wage in enumerate(["8984.999999", "8985"])]  # fmt: skip
    [block] = blocks(pack, rows)
    assert block.poor == Size(1, 3, 0)
    assert block.measures[1].exact == Fraction(1, 10**6) / 8985 / 2


def test_the_user_may_give_the_line(pack: LoadedPack) -> None:
    [block] = blocks(pack, [ONE | {"year": None}], line="2995.01")
    assert (block.poor.households, [str(line) for line in block.lines]) == (1, ["2995.01"])


def test_without_a_year_there_is_no_line_and_nothing_is_said(pack: LoadedPack) -> None:
    [block] = blocks(pack, [ONE | {"year": None}])
    assert (block.year, block.measures, list(block.lines), block.no_line.households) == (None, (), [], 1)
    [block] = blocks(pack, [ONE | {"year": None}], day=date(2020, 6, 30))
    assert (block.year, block.poor.households) == (2020, 1)


def test_a_pack_without_a_line_asks_for_one(pack: LoadedPack) -> None:
    others = {name: one for name, one in pack.pack.parameters.items() if name != "poverty_line"}
    bare = replace(pack, pack=pack.pack.model_copy(update={"parameters": others}))
    with pytest.raises(UsageRefused, match="line-missing"):
        income_standard(bare, None)
    assert income_standard(bare, Decimal(3000)).parameters() == set()


# --- what is not known ----------------------------------------------------------------------------------------------------


def test_an_unknown_income_is_between_all_and_nothing(pack: LoadedPack) -> None:
    rows = [
        ONE | {"household_id": "1", "income_per_capita": Decimal("1497.5"), "household_size": 1},
        ONE | {"household_id": "2", "income_per_capita": None},
    ]
    [block] = blocks(pack, rows)
    ends = [(one.low, one.high) for one in block.measures]
    assert ends == [(Fraction(1, 5), 1), (Fraction(1, 10), Fraction(9, 10)), (Fraction(1, 20), Fraction(17, 20))]


def test_an_unreadable_income_is_not_taken_from_the_parts(pack: LoadedPack) -> None:
    row = ONE | {"income_per_capita": None, **dict.fromkeys(PARTS, Decimal(0))}
    [block] = blocks(pack, [row], unreadable={"income_per_capita": pa.array([True])})
    assert block.no_income.households == 1
    [block] = blocks(pack, [row])
    assert block.poor.households == 1


def test_a_blank_size_is_the_number_of_members_and_a_conflict_is_unknown(pack: LoadedPack) -> None:
    persons = [{"person_id": str(place), "household_id": "1", "year": 2018} for place in range(3)]
    [block] = blocks(pack, [ONE | {"household_size": None}], person=persons)
    assert block.size == Size(1, 3, 0)
    [block] = blocks(pack, [ONE], person=persons)
    assert block.size == Size(1, 0, 1)


# --- the command ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def village(samples: Path) -> Summary:
    return summarize_files(Request([str(samples / "reconcile-village.xlsx")]), level="village")[0]


def printed(result: Summary, width: int) -> str:
    console = Console(width=width, file=io.StringIO(), markup=False, highlight=False)
    print_summary(result, Options(), console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_it_prints_the_shares_with_their_fractions(village: Summary) -> None:
    shown = printed(village, 100)
    # 8 of 28 by illness, 4 blank; one household of three persons of 67 is under the line, eight persons have no income.
    for words in (
        "28 户 67 人",
        "28.57 %（8/28）",
        "不知道",
        "4.48 %（3/67） 至 16.42 %（11/67）",
        "标准",
        "未确认",
        "样本村",
        "█",
    ):
        assert words in shown, words


def test_a_narrow_page_loses_no_part_of_a_share(village: Summary) -> None:
    def signs(width: int) -> Counter[str]:
        """What stands in the tables, wherever the lines break."""
        tables = printed(village, width).split("█")[0]
        return Counter(sign for sign in tables if sign in "%/（）0123456789")

    assert signs(40) == signs(200)


@pytest.mark.parametrize("width", [40, 60, 200])
def test_the_longest_bar_fits_any_page(village: Summary, width: int) -> None:
    bars = [line for line in printed(village, width).splitlines() if "█" in line]
    assert max(map(cell_len, bars)) <= width
    # Ten of 28 are in the largest band; every band with somebody in it has a bar.
    assert len(bars) == 7


def test_for_machines_it_is_json_that_fits_its_schema(village: Summary) -> None:
    schema = json.loads(files("fupin_cli.report").joinpath("summary-1.schema.json").read_text(encoding="utf-8"))
    found = json.loads("".join(summary_json(village, Options())))
    jsonschema.validate(found, schema)
    [line] = found["rules"]["parameters"]["poverty_line"]
    assert (line["value"], line["status"]) == ("2995", "unconfirmed")
    assert [block["place"] for block in found["results"]] == [None, {"township": "样本乡", "village": "样本村"}]
    assert found["results"][0]["measures"][0] == {
        "alpha": 0,
        "low": {"value": "0.044776", "fraction": "3/67"},
        "high": {"value": "0.164179", "fraction": "11/67"},
    }
    empty = replace(village, blocks=[replace(village.blocks[0], year=None, measures=(), lines=[])], line=Decimal("2995.5"))
    given = json.loads("".join(summary_json(empty, Options())))
    jsonschema.validate(given, schema)
    assert given["rules"]["parameters"]["poverty_line"] == [{"value": "2995.5", "status": "set"}]


def test_csv_has_a_row_for_each_number(village: Summary) -> None:
    text = "".join(summary_csv(village, Options("en")))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    headcount = [row for row in rows if row["value"] == "headcount ratio (by persons)"]
    assert [(row["village"], row["low"], row["high"]) for row in headcount] == [
        ("", "0.044776", "0.164179"),
        ("样本村", "0.044776", "0.164179"),
    ]


def test_a_roster_without_a_year_asks_for_the_line(samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summary", str(samples / "register-2014-2018.xlsx")]) == 0
    assert "--as-of" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--line", "0"],
        ["--line", "x"],
        ["--line", "-5"],
        ["--by", "street"],
        ["--limit", "x"],
        ["--as-of", "x"],
    ],
)
def test_a_wrong_command_line_is_refused(samples: Path, arguments: list[str]) -> None:
    assert main(["summary", str(samples / "households.xlsx"), *arguments]) == 2


def test_files_without_households_are_refused(samples: Path) -> None:
    assert main(["summary", str(samples / "reconcile-documents.xlsx")]) == 3


def test_a_year_that_is_not_the_packs_is_told(samples: Path) -> None:
    request = Request([str(samples / "register-2014-2018.xlsx")], as_of=date(2023, 12, 31))
    assert "year-outside-pack" in {problem.code for problem in summarize_files(request)[0].problems}
    assert "year-outside-pack" not in {problem.code for problem in summarize_files(request, line="4000")[0].problems}
