"""Personal data: masked wherever it stands, in every format and language; what is not personal stays readable."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from rich.console import Console

from fupin_cli.load.cells import files as reading
from fupin_cli.model.cells import SourceFile
from fupin_cli.model.job import CHECK_DATA, CHECK_EXIT
from fupin_cli.model.run import Result
from fupin_cli.model.tables import TABLES, fields
from fupin_cli.pipeline import check
from fupin_cli.report.csvtext import csv_lines
from fupin_cli.report.jsontext import json_lines
from fupin_cli.report.mask import mask, mask_key, mask_whole
from fupin_cli.report.options import Options
from fupin_cli.report.terminal import print_result
from fupin_cli.tasks import Request

ID = "34990019900101001X"

# --- what is personal ---------------------------------------------------------------------------------------------------

PERSONAL = {
    "id": "349900199001010012",
    "id-x": ID,
    "id-lower-x": ID.lower(),
    "id-full-width-x": "34990019900101001Ｘ",
    "id-full-width-digits": "３４９９００１９９００１０１００１Ｘ",
    "id-15": "349900900101001",
    "id-truncated": "349900199001010000",
    "certificate-20": "34990019900101001244",
    "certificate-22": "3499001990010100124412",
    "id-with-point": "349900199001010012.0",
    "id-scientific": "3.49900199001010E+17",
    "id-scientific-short": "3.49900199001e17",
    "phone": "13812345678",
    "phone-spaced": "138 1234 5678",
    "phone-hyphens": "138-1234-5678",
    "phone-19": "19912345678",
    "phone-with-country": "+86 13812345678",
    "card-16": "6222021234567890",
    "card-19": "6222021234567890123",
    "card-spaced-16": "6222 0212 3456 7890",
    "card-spaced-19": "6222 0212 3456 7890 123",
    "card-hyphens": "6222-0212-3456-7890-123",
    # As people type them, too.
    "id-in-parts": "349900 19900101 001X",
    "id-with-hyphens": "349900-19900101-0012",
    "phone-with-country-joined": "+8613812345678",
    "phone-full-width": "１３８１２３４５６７８",
    "card-no-break-spaces": "6222\u00a00212\u00a03456\u00a07890",
    "id-and-phone-joined": ID + "13812345678",
    "id-x-twice": ID + "X",
    "id-over-two-lines": "349900199001\r\n010012",
    "phone-far-apart": "138 - 1234  5678",
    "phone-of-another-place": "013812345678",
    "phone-invisibly-split": "1\u202d38\u20601234\ufeff5678",
    "phone-minus-signs": "138\u22121234\u22125678",
    "phone-mathematical-digits": "".join(chr(0x1D7CE + int(digit)) for digit in "13812345678"),
}
AROUND = ["{}", "电话{}", "样甲{}户主", "（{}）", "a{}b", "{}，{}", "号码:{}/2018", "住{}号", "'{}'", "\t{}\n"]


def digits(text: str) -> str:
    return "".join(re.findall(r"\d", text))


@pytest.mark.parametrize("number", PERSONAL.values(), ids=PERSONAL)
def test_a_personal_number_keeps_at_most_its_first_four_digits_wherever_it_stands(number: str) -> None:
    rest = digits(number.removeprefix("+86"))[4:]
    for around in AROUND:
        shown = mask(around.replace("{}", number))
        assert "*" in shown, around
        assert all(rest[at : at + 5] not in digits(shown) for at in range(len(rest) - 4)), around


@pytest.mark.parametrize("around", AROUND)
def test_what_stands_around_a_personal_number_stays(around: str) -> None:
    shown = mask(around.replace("{}", ID))
    assert all(part in shown for part in around.split("{}"))


@pytest.mark.parametrize("number", ["34990019900101001X44", "34990019900101001X4412"])
def test_nothing_of_a_certificate_is_left_behind_its_check_character(number: str) -> None:
    assert mask(number) == "3499****"


def test_every_one_of_several_numbers_is_masked() -> None:
    assert mask(f"{ID}、13812345678、{ID}") == "3499****、138****、3499****"


@pytest.mark.parametrize(
    "text",
    [
        "2995",
        "2994.99",
        "100000000",
        "-10000000.000001",
        "349900010001",  # a household number
        "34990001000101",  # a person number of 14 digits
        "2018-05-01",
        "20180501",
        "2018年12月31日",
        "2015-2020",
        "2018 2019 2020",
        "2018.01.01-2018.12.31",  # periods
        "20180101 - 20181231",
        "2018-01-01 2018-12-31",
        "人均纯收入 2994.99（户!W2），须超过 2995 元/人·年",
        "户!AA104857",
        "12812345678",  # eleven digits that are no mobile number
        "1381234567",
        "1.5E5",
        "3.14",
        "样赵甲",
        "",
    ],
)
def test_what_is_not_personal_stays_as_it_is(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize("key", ["349900010001", "H-0001", "1", "户1"])
def test_a_household_number_stays_readable(key: str) -> None:
    assert mask_key(key) == key


@pytest.mark.parametrize(
    ("text", "shown"), [(ID, "349****"), ("3.4990E+17", "3.4****"), ("12345", "****"), ("1234567", "123****"), ("", "****")]
)
def test_of_a_damaged_sensitive_value_hardly_anything_is_left(text: str, shown: str) -> None:
    assert mask_whole(text) == shown


# --- canaries -----------------------------------------------------------------------------------------------------------

#: Digits that stand nowhere else; each canary has its own.
CANARIES = [
    ("3499001990010{:05d}", 5),
    ("138{:08d}", 8),
    ("3499001991120{:04d}X", 4),
    ("6222021234{:09d}", 9),
    ("3499009001{:05d}", 5),
]
#: Keys stay readable by design unless they are numbers of persons; of those the last digits do.
KEY = ("3499001992030{:05d}", 5)


class Canaries:
    """Makes personal numbers and remembers the digits of each that nobody may see."""

    def __init__(self) -> None:
        self.secrets: list[str] = []

    def next(self, kind: tuple[str, int] | None = None) -> str:
        pattern, width = kind or CANARIES[len(self.secrets) % len(CANARIES)]
        secret = (98_765 + 7_919 * len(self.secrets)) % (9 * 10 ** (width - 1)) + 10 ** (width - 1)
        text = pattern.format(secret)
        self.secrets.append(text[-9:] if len(text) > 11 else text[-8:])
        return text

    def seen_in(self, report: str) -> list[str]:
        plain = report.replace(" ", "").replace("\n", "")
        # Every secret is of digits and X: only what is so of a long report is gone through for each.
        runs = " ".join(run for text in (plain, report) for run in re.findall("[0-9X]{8,}", text))
        return [secret for secret in self.secrets if secret in runs]


def row_of(table: str, canaries: Canaries, **plain: str) -> list[str]:
    return [plain.get(name) or (canaries.next(KEY) if name == "household_id" else canaries.next()) for name in fields(table)]


def canary_book(path: Path, canaries: Canaries) -> Path:
    book = openpyxl.Workbook()
    households = book.active
    assert households is not None
    households.title = f"户{canaries.next()}"
    extra = ["备注", f"电话{canaries.next()}", f"{canaries.next()}（元）", f"人均收入{canaries.next()}"]
    unknown = [f"工资性收入（{canaries.next()}）"]
    labels = [column.label for name, column in fields("household").items() if name != "wage_income"]
    households.append([f"某县 {canaries.next()}"])
    households.append([*labels, *extra, *unknown])
    width = len(extra) + len(unknown)

    def add(**plain: str) -> None:
        cells = dict(zip(fields("household"), row_of("household", canaries, **plain), strict=True))
        households.append(
            [value for name, value in cells.items() if name != "wage_income"] + [canaries.next() for _ in range(width)]
        )

    add(year="2018")
    for key in ("1", "2"):
        add(household_id=key, year="2018", income_per_capita="2000", head_name=f"样甲{canaries.next()}")
    # A number at home in 户编号, twice; one household without any.
    twice = canaries.next(KEY)
    for _ in range(2):
        add(household_id=twice, year="2018")
    add(household_id=" ", year="2018", income_per_capita="2000")
    numeric = [float(canaries.next(("3499001993{:08d}", 8))) for _ in range(len(labels))]
    households.append(numeric)
    households.append([f"合计 {canaries.next()}"])
    members = book.create_sheet(f"人 {canaries.next()}")
    members.append([*(column.label for column in fields("person").values()), *extra])
    for key in ("1", "1", "2", canaries.next(KEY)):
        members.append([*row_of("person", canaries, household_id=key, year="2018"), *(canaries.next() for _ in extra)])
    other = book.create_sheet(f"说明{canaries.next()}")
    other.append([f"联系人 {canaries.next()}"])
    old = book.create_sheet(f"旧{canaries.next()}")
    old.sheet_state = "hidden"
    old.append(labels)
    old.append(row_of("household", canaries)[: len(labels)])
    book.save(path)
    return path


@pytest.fixture(scope="module")
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture(scope="module")
def book(canaries: Canaries, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return canary_book(tmp_path_factory.mktemp("canary") / "名册.xlsx", canaries)


@pytest.fixture(scope="module", params=[CHECK_EXIT, CHECK_DATA], ids=lambda job: job.command)
def judged(request: pytest.FixtureRequest, book: Path) -> Result:
    result, refused = check(request.param, Request([str(book)]))
    assert not refused
    return result


def on_terminal(result: Result, options: Options) -> str:
    stream = io.StringIO()
    print_result(result, options, Console(file=stream, width=4000, highlight=False, emoji=False, markup=False))
    return stream.getvalue()


def joined(lines: Callable[[Result, Options], Iterator[str]]) -> Callable[[Result, Options], str]:
    return lambda result, options: "".join(lines(result, options))


FORMATS: dict[str, Callable[[Result, Options], str]] = {
    "terminal": on_terminal,
    "csv": joined(csv_lines),
    "json": joined(json_lines),
}


def test_the_canaries_are_all_different(canaries: Canaries, judged: Result) -> None:
    assert judged.groups[0].main.data.num_rows >= 4
    assert len({*canaries.secrets}) == len(canaries.secrets) > 400


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", FORMATS)
def test_no_digit_of_a_canary_is_in_any_report(form: str, lang: Any, judged: Result, canaries: Canaries) -> None:
    for only in (None, "pass"):
        report = FORMATS[form](judged, Options(lang, only, limit=0, all_checks=True))
        assert canaries.seen_in(report) == []


def test_without_mask_the_json_says_what_the_cells_say(judged: Result, canaries: Canaries) -> None:
    report = "".join(json_lines(judged, Options(mask=False)))
    assert len(canaries.seen_in(report)) > 50
    assert "****" not in report


def test_masking_changes_only_words_never_a_verdict(judged: Result) -> None:
    masked, plain = (json.loads("".join(json_lines(judged, Options(mask=on)))) for on in (True, False))
    assert masked["summary"] == plain["summary"]
    for one, other in zip(masked["results"], plain["results"], strict=True):
        assert (one["outcome"], one["possible"], one["year"]) == (other["outcome"], other["possible"], other["year"])


@pytest.fixture
def keyless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Result:
    """A household known only by its place, on a sheet that somebody has named by a telephone number."""
    path = tmp_path / "a.csv"
    path.write_text("户主姓名,年度,人均纯收入\n样甲,2018,2000\n", encoding="utf-8")
    source = reading.read_file(str(path))
    sheet = source.sheets[0]
    named = SourceFile(
        "a.xlsx", source.sha256, "xlsx", "", [type(sheet)("张三13812345678", sheet.hidden, sheet.rows, sheet.columns)]
    )
    monkeypatch.setattr("fupin_cli.pipeline.read_files", lambda *_: ([named], []))
    return check(CHECK_EXIT, Request(["a.xlsx"]))[0]


@pytest.mark.parametrize("form", FORMATS)
def test_a_sheet_named_by_a_telephone_number_is_masked_where_a_household_is_known_by_its_place(
    form: str, keyless: Result
) -> None:
    report = FORMATS[form](keyless, Options())
    assert "13812345678" not in report
    assert "张三138****" in report


@pytest.mark.parametrize("table", TABLES)
def test_every_field_for_numbers_of_persons_is_declared_sensitive(table: str) -> None:
    personal = {name for name, column in fields(table).items() if column.form.name in ("id-number", "phone")}
    assert personal <= {name for name, column in fields(table).items() if column.sensitive}


def test_a_damaged_value_of_a_sensitive_field_has_no_pattern_and_is_masked_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("户编号,年度,户主证件号码,人均纯收入\n1,2018,3499-0019-9001-0,2000\n2,2018,丢失,2000\n", encoding="utf-8")
    result, _ = check(CHECK_EXIT, Request([str(path)]))
    values = [problem["value"] for problem in json.loads("".join(json_lines(result, Options())))["problems"]]
    assert values == ["349****", "****"]
    rows = list(csv.reader(io.StringIO("".join(csv_lines(result, Options())))))
    assert "3499" not in str(rows)


@pytest.mark.parametrize("form", FORMATS)
def test_a_telephone_number_without_a_pattern_is_masked_where_a_finding_shows_it(form: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("户编号,年度,户联系电话\n1,2018,8712345\n2,2018,8712345\n", encoding="utf-8")
    result, _ = check(CHECK_DATA, Request([str(path)]))
    report = FORMATS[form](result, Options(all_checks=True))
    assert "8712345" not in report
    assert report.count("871****") >= 2
