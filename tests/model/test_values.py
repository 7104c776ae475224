"""Every form in which a value may be written is read; everything else is a problem with a code, never a guess."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from fupin_cli.messages.cells import MESSAGES
from fupin_cli.model import codes, values
from fupin_cli.model.cells import Kind
from fupin_cli.model.readers import Cell
from fupin_cli.model.tables import fields
from fupin_cli.model.values import Form, one_of, several_of

SEARCH = settings(max_examples=100, deadline=None, database=None, derandomize=True)
#: Spaces that nobody sees: no-break, ideographic, zero-width, byte-order mark, thin, figure, narrow no-break, word joiner.
UNSEEN = ["\u00a0", "\u3000", "\u200b", "\ufeff", "\u2009", "\u2007", "\u202f", "\u2060", " ", "\t"]


def read(form: Form, text: str, kind: Kind = Kind.TEXT) -> object:
    return form(Cell(text, kind))


def problem(form: Form, text: str, kind: Kind = Kind.TEXT) -> str:
    with pytest.raises(PydanticCustomError) as caught:
        form(Cell(text, kind))
    assert caught.value.type in MESSAGES
    return caught.value.type


EVERY_FORM = {
    "text": values.TEXT,
    "key": values.KEY,
    "id-number": values.ID_NUMBER,
    "phone": values.PHONE,
    "yes-no": values.YES_NO,
    "number": values.NUMBER,
    "count": values.COUNT,
    "year": values.YEAR,
    "date": values.DATE,
    "items": values.ITEMS,
    "code": one_of(codes.HOUSING_GRADE),
    "codes": several_of(codes.HEALTH),
    "month": values.MONTH,
    "month-of-year": values.MONTH_OF_YEAR,
    "presence": values.PRESENCE,
    "benefit": values.BENEFIT,
    "dangerous-house": values.DANGEROUS_HOUSE,
    "safe-house": values.SAFE_HOUSE,
}


@pytest.mark.parametrize("form", EVERY_FORM.values(), ids=EVERY_FORM)
class TestEveryForm:
    """What holds whatever the field."""

    def test_a_blank_cell_is_nothing(self, form: Form) -> None:
        assert read(form, "", Kind.BLANK) is None
        assert form(None) is None

    @pytest.mark.parametrize("text", ["", *UNSEEN, "\u3000\u00a0 \u200b\n"])
    def test_a_cell_of_unseen_characters_is_blank(self, form: Form, text: str) -> None:
        assert read(form, text) is None

    @pytest.mark.parametrize("text", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NUM!", "#NAME?", "#NULL!", ""])
    def test_an_error_cell_is_a_problem_and_not_a_blank(self, form: Form, text: str) -> None:
        assert problem(form, text, Kind.ERROR) == "cell-error"

    @pytest.mark.parametrize("text", ["=A1+1", "0", '=IF(A1,"是","否")'])
    def test_a_formula_that_was_never_calculated_is_a_problem_and_not_zero(self, form: Form, text: str) -> None:
        assert problem(form, text, Kind.UNCALCULATED) == "formula-uncalculated"


# --- numbers and money --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.NUMBER])
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3200", "3200"),
        ("3200.5", "3200.5"),
        ("3,200.5", "3200.5"),
        ("3,999.995", "3999.995"),
        ("1,234,567.89", "1234567.89"),
        ("￥4000元", "4000"),
        ("¥4000", "4000"),
        ("4000元", "4000"),
        ("￥4,000.50元", "4000.50"),
        ("+5", "5"),
        ("-5.25", "-5.25"),
        ("0", "0"),
        ("-0", "0"),
        ("007", "7"),
        ("３２００．５", "3200.5"),
        ("３，９９９．９９５", "3999.995"),
        ("0.000001", "0.000001"),
        ("99999999.999999", "99999999.999999"),
    ],
)
def test_a_number_is_read_in_every_declared_form(text: str, value: str, kind: Kind) -> None:
    found = read(values.NUMBER, text, kind)
    assert isinstance(found, Decimal)
    assert found == Decimal(value)


@pytest.mark.parametrize("space", UNSEEN)
def test_unseen_spaces_in_a_number_do_not_count(space: str) -> None:
    for text in (f"{space}3200", f"3200{space}", f"3{space}200", f"￥{space}3200{space}元"):
        assert read(values.NUMBER, text) == 3200


@pytest.mark.parametrize(
    "text",
    [
        "1_000", "١٢٣", "1e400", "1e3", "1E3", "1.5E+21", "NaN", "nan", "inf", "-Infinity", "无", "-", "－", "—", "/", "3,20O", "l00", "0x10",
        "1,00", "12,34", "1234,567", ",123", "1,,000", "1.2.3", ".5", "5.", "1 .", "五千", "壹仟", "4000元整", "约4000", "4000多", ">4000",
        "4000-5000", "(4000)", "50%", "5％", "$4000", "人民币4000", "4000万", "0.4万元", "元", "¥", "--5", "+-5", "½", "²", "10²", "①", "Ⅳ", "๓",
        "9" * 31, "1.", "1,000.00.0", "TRUE", "NULL", "3;4",
    ],
)  # fmt: skip
def test_anything_else_is_no_number(text: str) -> None:
    assert problem(values.NUMBER, text) == "number-unreadable"


@pytest.mark.parametrize(("text", "kind"), [("2018-05-01", Kind.DATE), ("TRUE", Kind.BOOL), ("1", Kind.BOOL)])
def test_a_date_or_truth_value_is_no_amount_of_money(text: str, kind: Kind) -> None:
    assert problem(values.NUMBER, text, kind) == "number-unreadable"


def test_a_number_is_rounded_once_at_six_decimals_half_to_even() -> None:
    assert [read(values.NUMBER, text) for text in ("0.0000005", "0.0000015", "0.0000025", "2.9999995", "-0.0000015")] == [
        Decimal(text) for text in ("0", "0.000002", "0.000002", "3.000000", "-0.000002")
    ]


@SEARCH
@given(st.decimals(min_value=-(10**10), max_value=10**10, places=6, allow_nan=False, allow_infinity=False))
def test_a_decimal_of_up_to_six_places_comes_back_exactly(value: Decimal) -> None:
    for text in (
        f"{value:f}",
        f"{value:,f}",
        f"￥{value:f}元",
        f"{value:f}".translate(str.maketrans("0123456789.-", "０１２３４５６７８９．-")),
    ):
        assert read(values.NUMBER, text) == value


@SEARCH
@given(st.decimals(min_value=-(10**10), max_value=10**10, places=9, allow_nan=False, allow_infinity=False))
def test_no_number_moves_by_more_than_half_a_millionth(value: Decimal) -> None:
    found = read(values.NUMBER, f"{value:f}")
    assert isinstance(found, Decimal)
    assert abs(found - value) <= Decimal("0.0000005")


@SEARCH
@given(st.text(alphabet="0123456789,.+-eE_ ￥元万NaN٣", max_size=12))
def test_a_text_is_a_number_exactly_when_its_grammar_says_so(text: str) -> None:
    """A second grammar, by hand: optional ￥ and 元, a sign, groups of three or none, decimals after a point."""
    bare = "".join(text.split())
    if "￥" in bare or "元" in bare:
        bare = bare[bare.startswith("￥") :]
        bare = bare[: len(bare) - bare.endswith("元")]
    body = bare[1:] if bare[:1] in ("+", "-") else bare
    whole, point, rest = body.partition(".")
    digits = set("0123456789")
    groups = whole.split(",")
    grouped = len(groups) == 1 or (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))
    fine = (
        bool(whole)
        and set(whole.replace(",", "")) <= digits
        and all(groups)
        and grouped
        and set(rest) <= digits
        and bool(rest) == bool(point)
    )
    try:
        found = read(values.NUMBER, text)
    except PydanticCustomError:
        assert not fine, text
    else:
        assert found is None if not text.strip() else fine, text


# --- counts, years ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["4", "4.0", "4.00", "4人", "4户", "4口", "４", " 4 ", "4\u00a0人", "+4", "04"])
def test_a_count_is_read_in_every_declared_form(text: str) -> None:
    found = read(values.COUNT, text)
    assert (found, type(found)) == (4, int)


@pytest.mark.parametrize("text", ["4.5", "4.5人", "0.000001"])
def test_half_a_person_is_no_count(text: str) -> None:
    assert problem(values.COUNT, text) == "count-not-whole"


@pytest.mark.parametrize("text", ["四", "4个", "人", "4人户", "1_0", "٤", "1e1", "-", "无", "4,5", "④"])
def test_anything_else_is_no_count(text: str) -> None:
    assert problem(values.COUNT, text) in ("number-unreadable", "count-not-whole")


def test_a_count_of_thousands_may_be_grouped() -> None:
    assert read(values.COUNT, "1,234人") == 1234


@pytest.mark.parametrize("text", ["2018", "2018年", "2018年度", "2018.0", "２０１８", " 2018 ", "2018 年"])
def test_a_year_is_read_in_every_declared_form(text: str) -> None:
    assert read(values.YEAR, text) == 2018


@pytest.mark.parametrize(
    "text",
    ["18", "1899", "2100", "20180", "2018-05-01", "201805", "二〇一八", "2018.5", "٢٠١٨", "-2018", "2,018", "2018/2019", "去年"],
)
def test_anything_else_is_no_year(text: str) -> None:
    assert problem(values.YEAR, text) == "year-unreadable"


def test_a_date_cell_is_no_year() -> None:
    assert problem(values.YEAR, "2018", Kind.DATE) == "year-unreadable"


# --- dates --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2018-05-01", "2018-5-1", "2018/05/01", "2018/5/1", "2018.05.01", "2018.5.1", "2018年5月1日", "2018年05月01日", "20180501", "20180501.0",
        "２０１８－０５－０１", "２０１８年５月１日", " 2018-05-01 ", "2018 年 5 月 1 日", "2018-05-01 00:00:00", "2018-05-01T00:00:00", "2018/5/1 00:00",
    ],
)  # fmt: skip
def test_a_date_is_read_in_every_declared_form(text: str) -> None:
    assert read(values.DATE, text) == date(2018, 5, 1)
    assert read(values.DATE, text, Kind.DATE) == date(2018, 5, 1)


def test_a_date_with_points_is_read() -> None:
    assert read(values.DATE, "1990.05.01") == date(1990, 5, 1)


@pytest.mark.parametrize("text", ["1990年5月", "1990年05月", "201912", "2019-12", "2019/12", "2019.12", "1990年5"])
def test_a_month_is_no_day(text: str) -> None:
    assert problem(values.DATE, text) == "date-without-day"


def test_a_month_in_a_number_cell_is_no_serial_number() -> None:
    assert problem(values.DATE, "201912", Kind.NUMBER) == "date-without-day"


@pytest.mark.parametrize(
    "text",
    [
        "2018-02-29", "2018-13-01", "2018-00-10", "2018-05-00", "20181301", "2018-05/01", "2018.5/1", "2018年5月1", "18-5-1", "90.5.1", "1/5/2018",
        "01/05/2018", "May 1 2018", "2018-05-01 10:30:00", "昨天", "长期", "无", "-", "43221", "2018—05—01", "٢٠١٨-٠٥-٠١", "2018-05-01-02", "2018-05-01x",
        "2018年5月1日前", "1_9900501", "2018-5-1e0",
    ],
)  # fmt: skip
def test_anything_else_is_no_date(text: str) -> None:
    assert problem(values.DATE, text) == "date-unreadable"


@pytest.mark.parametrize("text", ["1899-12-31", "2101-01-01", "18991231", "0001-01-01", "9999-12-31", "2101年1月1日"])
def test_a_day_outside_1900_to_2100_is_not_believed_and_said_to_be_outside(text: str) -> None:
    assert problem(values.DATE, text) == "date-out-of-range"


@pytest.mark.parametrize(("text", "day"), [("1900-01-01", date(1900, 1, 1)), ("2100-12-31", date(2100, 12, 31))])
def test_the_first_and_last_day_are_believed(text: str, day: date) -> None:
    assert read(values.DATE, text) == day


@pytest.mark.parametrize("text", ["43221", "43221.75", "2018", "1", "60", "0", "0.5", "73416", "99999"])
def test_a_bare_number_is_no_date_for_it_may_be_a_year_or_count_from_1904(text: str) -> None:
    """A cell that its file shows as a date arrives as a date: the reader knows the format and the calendar."""
    assert problem(values.DATE, text, Kind.NUMBER) == "date-as-number"


@pytest.mark.parametrize("text", ["-1", "-43221", "432210", "1E+10"])
def test_other_numbers_are_no_dates(text: str) -> None:
    assert problem(values.DATE, text, Kind.NUMBER) in ("date-unreadable", "date-without-day")


def test_a_number_of_eight_digits_is_a_written_date() -> None:
    assert read(values.DATE, "19800101", Kind.NUMBER) == date(1980, 1, 1)


def test_a_truth_value_is_no_date() -> None:
    assert problem(values.DATE, "TRUE", Kind.BOOL) == "date-unreadable"


@SEARCH
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_the_same_in_every_form(day: date) -> None:
    forms = [
        day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day.year}.{day.month:02}.{day.day:02}",
        f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}", f"{day:%Y%m%d}.0",
    ]  # fmt: skip
    assert {read(values.DATE, text) for text in forms} == {day}


# --- yes and no ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"), [*((t, True) for t in ("是", "有", "√", "Y", "1")), *((t, False) for t in ("否", "无", "×", "N", "0"))]
)
def test_yes_and_no_are_read_in_every_form_of_the_registers(text: str, value: bool) -> None:
    for written in (text, f" {text} ", f"\u3000{text}\u200b", text.lower()):
        assert read(values.YES_NO, written) is value


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("TRUE", Kind.BOOL, True),
        ("FALSE", Kind.BOOL, False),
        ("1", Kind.NUMBER, True),
        ("0", Kind.NUMBER, False),
        ("Ｙ", Kind.TEXT, True),
        ("１", Kind.TEXT, True),
    ],
)
def test_yes_and_no_are_read_from_cells_of_other_kinds(text: str, kind: Kind, value: bool) -> None:
    assert read(values.YES_NO, text, kind) is value


@pytest.mark.parametrize(
    "text", ["不是", "是否", "否是", "是(否)", "不详", "未知", "2", "-1", "0.5", "-", "/", "NA", "None", "享受", "√×", "对", "①"]
)
def test_anything_else_is_neither_yes_nor_no(text: str) -> None:
    assert problem(values.YES_NO, text) == "yes-no-unreadable"


#: Words of the register exports that say yes or no of one field only.
WORDED = {
    "benefit": (values.BENEFIT, ["农村低保", "城市低保", "农村特困", "城市特困"], ["未享受"]),
    "dangerous house": (values.DANGEROUS_HOUSE, ["危房 C级", "危房D级", "D级"], ["有安全住房"]),
    "safe house": (values.SAFE_HOUSE, ["有安全住房"], ["危房 C级", "危房D级", "C级"]),
}


@pytest.mark.parametrize("name", WORDED)
def test_words_that_say_yes_or_no_of_one_field_are_read_there_and_nowhere_else(name: str) -> None:
    form, yes, no = WORDED[name]
    assert [read(form, text) for text in (*yes, "是", "√", "1")] == [True] * (len(yes) + 3)
    assert [read(form, text) for text in (*no, "否", "×", "0")] == [False] * (len(no) + 3)
    for text in (*yes, *no):
        assert problem(values.YES_NO, text) == "yes-no-unreadable"
    assert problem(form, "不详") == "yes-no-unreadable"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("是", Kind.TEXT, True), ("有", Kind.TEXT, True), ("1", Kind.NUMBER, True), ("2", Kind.NUMBER, True), ("3个", Kind.TEXT, True),
        ("2所", Kind.TEXT, True), ("无", Kind.TEXT, False), ("0", Kind.NUMBER, False), ("0个", Kind.TEXT, False), ("２", Kind.TEXT, True),
    ],
)  # fmt: skip
def test_whether_there_is_one_is_read_from_how_many_there_are(text: str, kind: Kind, value: bool) -> None:
    assert read(values.PRESENCE, text, kind) is value


@pytest.mark.parametrize("text", ["0.5", "若干", "-", "1/2", "①"])
def test_whether_there_is_one_is_not_guessed(text: str) -> None:
    assert problem(values.PRESENCE, text) == "yes-no-unreadable"


# --- months -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["201912", "2019-12", "2019/12", "2019.12", "2019年12月", "2019年12", "201912.0", "2019-12-05", "20191205", "２０１９１２"],
)
def test_a_month_is_read_in_every_form(text: str) -> None:
    assert read(values.MONTH, text) == "2019-12"


@pytest.mark.parametrize("text", ["2019年1月", "2019-1", "201901", "2019/01/31"])
def test_a_month_has_two_digits_so_that_months_compare_as_texts(text: str) -> None:
    assert read(values.MONTH, text) == "2019-01"


@pytest.mark.parametrize("text", ["201913", "201900", "2019", "12月", "20191", "去年", "1899-12", "2019-00"])
def test_what_is_no_month_is_a_problem(text: str) -> None:
    assert problem(values.MONTH, text) in ("date-unreadable", "date-without-day", "date-out-of-range")


def test_a_month_stored_as_a_date_or_a_number_is_read_and_a_serial_is_not() -> None:
    assert read(values.MONTH, "2019-12-01", Kind.DATE) == "2019-12"
    assert read(values.MONTH, "201912", Kind.NUMBER) == "2019-12"
    assert problem(values.MONTH, "43800", Kind.NUMBER) == "date-as-number"


@pytest.mark.parametrize(("text", "value"), [("10", 10), ("10月", 10), ("１月", 1), (" 3 月 ", 3)])
def test_a_months_number_is_read_with_and_without_its_word(text: str, value: int) -> None:
    assert read(values.MONTH_OF_YEAR, text) == value


# --- codes --------------------------------------------------------------------------------------------------------------


def test_a_code_is_folded_before_it_is_looked_up() -> None:
    grade = one_of(codes.HOUSING_GRADE)
    for text in ("C", "c", "Ｃ", "C级", " C ", "\u3000C\u00a0级"):
        assert read(grade, text) == "C"


def test_an_unknown_code_is_a_problem_with_the_nearest() -> None:
    cause = one_of(codes.CAUSE)
    assert problem(cause, "懒") == "code-unknown"
    with pytest.raises(PydanticCustomError) as caught:
        cause(Cell("缺劳动"))
    assert (caught.value.type, caught.value.context) == ("code-unknown-near", {"nearest": "缺劳力"})


@pytest.mark.parametrize(
    "text",
    [
        "残疾,长期慢性病",
        "长期慢性病，残疾",
        "残疾、长期慢性病",
        "残疾；长期慢性病",
        " 残疾 , 长期慢性病 ",
        "残疾,残疾,长期慢性病",
        "慢性病,残疾,",
    ],
)
def test_several_codes_are_one_value_in_whatever_order_they_stand(text: str) -> None:
    assert read(several_of(codes.HEALTH), text) == "长期慢性病,残疾"


def test_one_unknown_item_makes_the_whole_cell_a_problem() -> None:
    assert problem(several_of(codes.HEALTH), "残疾,懒") == "code-unknown"


@pytest.mark.parametrize(
    ("text", "value"),
    [("商品房,小轿车", "商品房,小轿车"), ("小轿车、商品房", "商品房,小轿车"), ("小轿车；小轿车", "小轿车"), ("无", "无")],
)
def test_free_items_are_a_set(text: str, value: str) -> None:
    assert read(values.ITEMS, text) == value


# --- text ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["NA", "None", "null", "NULL", "nan", "NaN", "true", "#", "=1+1", "-", "1e5班", "欧阳·买买提", "ＡＢＣ", "张 三", "O'Neil"],
)
def test_a_name_is_kept_as_it_stands(name: str) -> None:
    assert read(values.TEXT, name) == name


@pytest.mark.parametrize("space", UNSEEN)
def test_unseen_characters_at_the_ends_of_a_text_are_no_part_of_it(space: str) -> None:
    assert read(values.TEXT, f"{space}张{space}三{space}") == f"张{space}三"


def test_a_number_of_fifteen_digits_is_kept_whole_and_a_longer_one_is_not_believed() -> None:
    assert read(values.TEXT, "123456789012345", Kind.NUMBER) == "123456789012345"
    for text in ("1234567890123456", "500113000000000000", "-1234567890123456"):
        assert problem(values.TEXT, text, Kind.NUMBER) == "number-too-long"


@pytest.mark.parametrize("text", ["1.5E+21", "1E+21", "5.00113000000001E+21"])
def test_a_number_too_large_to_be_shown_whole_is_not_believed(text: str) -> None:
    assert problem(values.TEXT, text, Kind.NUMBER) == "number-too-long"


def test_a_long_text_of_digits_is_text() -> None:
    assert read(values.TEXT, "500113000000000001") == "500113000000000001"


@pytest.mark.parametrize("text", ["500113-001", "５００１１３－００１", " 500113 - 001 ", "500113\u3000-001\u200b"])
def test_a_key_is_the_same_in_every_width_and_with_any_spaces(text: str) -> None:
    assert read(values.KEY, text) == "500113-001"


@pytest.mark.parametrize("name", ["household_id", "person_id"])
@pytest.mark.parametrize("text", ["5.00113E+11", "5E+11", "5.00113000000001E+17"])
def test_a_key_in_scientific_form_is_damaged_and_never_taken_for_a_key(name: str, text: str) -> None:
    """A csv saved by a spreadsheet: many keys have become one, and two households would be one."""
    table = "household" if name == "household_id" else "person"
    with pytest.raises(ValidationError):
        fields(table)[name].adapter.validate_python(Cell(text))


# --- identity numbers ---------------------------------------------------------------------------------------------------

# An area code that does not exist, and a checksum that fits.
NUMBER = "99000119491231002"


def with_check(head: str) -> str:
    """GB 11643 once more: the weights are powers of two modulo eleven."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(head))
    return head + "0123456789X"[(12 - total) % 11]


FULL = with_check(NUMBER)


@pytest.mark.parametrize(
    "text",
    [
        FULL,
        FULL.lower(),
        " ".join([FULL[:6], FULL[6:14], FULL[14:]]),
        f"\u00a0{FULL}\u3000",
        "".join(chr(ord(c) + 0xFEE0) for c in FULL),
        FULL + "43",
        FULL + "4312",
    ],
)
def test_an_identity_number_of_18_20_or_22_is_read(text: str) -> None:
    found = read(values.ID_NUMBER, text)
    assert isinstance(found, str)
    assert found[:18] == FULL
    assert len(found) in (18, 20, 22)


def test_a_lower_case_x_is_an_upper_case_one() -> None:
    number = next(with_check(f"9900011949123{n:04}") for n in range(1000) if with_check(f"9900011949123{n:04}").endswith("X"))
    assert read(values.ID_NUMBER, number.lower()) == number
    assert read(values.ID_NUMBER, number[:-1] + "ｘ") == number


@pytest.mark.parametrize("text", [FULL, FULL[:15] + "000", "349900195001012608"])
def test_an_identity_number_in_a_number_cell_is_damaged_whatever_its_digits(text: str) -> None:
    assert problem(values.ID_NUMBER, text, Kind.NUMBER) == "id-as-number"


@pytest.mark.parametrize("text", ["3.49900195001013E+17", "1.10105e+17", "1E17", "3.4990019500101３E+17"])
def test_an_identity_number_in_scientific_form_is_damaged(text: str) -> None:
    assert problem(values.ID_NUMBER, text) == "id-as-number"


def test_an_identity_number_that_ends_in_000_is_taken_for_a_truncated_one() -> None:
    assert problem(values.ID_NUMBER, FULL[:15] + "000") == "id-truncated"
    assert problem(values.ID_NUMBER, FULL[:15] + "00043") == "id-truncated"


@pytest.mark.parametrize(
    "text",
    [
        "123",
        FULL[:15],
        FULL[:17],
        FULL + "4",
        FULL + "43123",
        "护照E12345678",
        "A" * 18,
        FULL[:17] + "Y",
        "X" + FULL[1:],
        "٩" * 18,
        "²" * 18,
    ],
)
def test_anything_else_is_no_identity_number(text: str) -> None:
    assert problem(values.ID_NUMBER, text) == "id-malformed"


@pytest.mark.parametrize("text", ["999999", "999999999999999999", "99999919491231002X", "９９９９９９１９４９１２３１００２"])
def test_999999_marks_that_there_is_no_number(text: str) -> None:
    assert read(values.ID_NUMBER, text) is None


def test_a_wrong_checksum_is_no_reading_problem() -> None:
    """Whether a number is damaged is decided by the kind of its cell; the checksum is for the rules."""
    wrong = FULL[:17] + ("1" if FULL[17] != "1" else "2")
    assert read(values.ID_NUMBER, wrong) == wrong


def test_a_phone_is_read_from_a_number_too() -> None:
    assert read(values.PHONE, "13800000000", Kind.NUMBER) == "13800000000"
    assert read(values.PHONE, " 138 0000 0000 ") == "13800000000"


# --- sensible bounds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "fine", "odd"),
    [
        ("household_size", ["1", "50"], ["0", "-1", "51"]),
        ("wage_income", ["0", "100000000"], ["-0.01", "100000001"]),
        ("income_per_capita", ["-10000000", "10000000"], ["-10000000.01", "10000001"]),
        ("loan_amount", ["0"], ["-1"]),
    ],
)
def test_a_number_outside_its_sensible_bounds_is_not_believed(name: str, fine: list[str], odd: list[str]) -> None:
    adapter = fields("household")[name].adapter
    for text in fine:
        assert adapter.validate_python(Cell(text)) == Decimal(text)
    for text in odd:
        with pytest.raises(ValidationError):
            adapter.validate_python(Cell(text))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2018/5/1 0:00", date(2018, 5, 1)),
        ("2018/5/10 0:00", date(2018, 5, 10)),
        ("2018-05-01 0:00:00", date(2018, 5, 1)),
        ("2018-05-10T00:00:00.000", date(2018, 5, 10)),
    ],
)
def test_midnight_is_no_part_of_the_day(written: str, day: date) -> None:
    assert values.DATE(Cell(written)) == day


@pytest.mark.parametrize(("written", "percent"), [("10.2%", "10.2"), ("10.2", "10.2"), ("-3％", "-3"), ("0", "0")])
def test_a_share_may_carry_its_sign(written: str, percent: str) -> None:
    assert values.PERCENT(Cell(written)) == Decimal(percent)
    with pytest.raises(PydanticCustomError):
        values.NUMBER(Cell("10.2%"))
