"""Which texts are numbers of persons, and which only look like them. Every number is made up; their areas and banks do not exist."""

import re

import pytest

from fupin_cli.report.mask import mask, mask_key

ID, OLD, PHONE, CARD = "349900199001010012", "349900900101001", "13812345678", "6222021234567894"

LANDLINES = [
    "0551-65123456",
    "0551－65123456",
    "0551—6512345",
    "0551 65123456",
    "0551\u300065123456",
    "055165123456",
    "010-65123456",
    "010 6512 3456",
    "(0551)65123456",
    "（0551）6512-3456",
    "（010） 65123456",
    "0551/65123456",
    "0551，65123456",
    "0701-6512345",
    "0991-6512345",
    "+86-551-65123456",
    "+86 10 65123456",
    "+86（0551）65123456",
    "008655165123456",
    "０５５１－６５１２３４５６",
    "0\u200b551-6512\u20603456",
]
SPLIT = [
    "138,1234,5678",
    "138，1234，5678",
    "138/1234/5678",
    "138／12345678",
    "(138)12345678",
    "138（1234）5678",
    "（138）1234-5678",
    "138_1234_5678",
    "138\u30001234\u30005678",
    "138|1234|5678",
    "349900,19900101,0012",
    "349900，19900101，001X",
    "349900/1990/01/01/0012",
    "349900(19900101)0012",
    "349900（19900101）001x",
    "349900\u300019900101\u30000012",
    "3499,0019,9001,0100,12",
    "349900, 19900101, 0012",
    "349900/900101/001",
    "349900（900101）001",
    "6222,0212,3456,7894",
    "6222/0212/3456/7894",
    "6222（0212）3456（7894）",
]
AROUND = ["{}", "电话{}", "样甲{}户主", "{}，{}", "号码：{}（样甲）", "1) {}", "{}/{}", "家里{}转801"]


@pytest.mark.parametrize("number", [*LANDLINES, *SPLIT])
def test_a_number_of_a_person_is_masked_however_it_is_written(number: str) -> None:
    assert re.fullmatch(r"\D*(?:\d\D?){2,4}\*{4}\D*", mask(number)), mask(number)
    for around in AROUND:
        shown = mask(around.replace("{}", number))
        assert shown.count("****") == around.count("{}"), shown
        assert not re.search(r"[\d０-９]{5}", shown), shown
        assert all(part in shown for part in re.findall(r"[\u4e00-\u9fff]{2,}|转801", around)), shown


FIGURES = [
    # Money.
    "12,345,678.90元",
    "1,234,567,890",
    "13,812,345,678",
    "3000,4000,5000,6000",
    "3000 4000 5000 6000",
    "3200.50 2994.99 4100.00 2800.00",
    "2994.99\u30003000.50\u30001234.56",
    "5,000,000、3,000,000、2,100,000",
    "150/2000/3500",
    "补助 150, 2312, 4515 元",
    "6200,4100,2800,5001",
    # Quotients as spreadsheets show them, shares, places on a map.
    "3333.33333333333",
    "0.333333333333333",
    "33.3333333333333%",
    "0.05512345678",
    "13.812345678%",
    "1.3812345678",
    "3.01065123456",
    "1.05%/2.10%",
    "116.397428 39.909230",
    "99.99%",
    # Days, months, years, moments.
    "2016-2018",
    "2016-2017-2018-2019",
    "2016 2017 2018 2019 2020",
    "2016/2017/2018/2019/2020",
    "2016,2017,2018,2019,2020",
    "2018-01 2018-02 2018-03 2018-04",
    "1998-3 1999-12",
    "2018/01/01-2018/12/31",
    "2018/05/01/2018/12/31",
    "2018.1.1-2018.12.31",
    "20180101-20181231",
    "2018010120181231",
    "20180501 12:30:45.678901",
    "20180501123045678",
    "20180501-123045",
    "2018-05-01T12:30:45+08:00",
    "05-01-2018",
    "190/2018/0630",
    "186/20180630",
    "（2018）05-01",
    # Numbers of documents, clauses and rows; codes.
    "皖扶办〔2016〕51号",
    "国开办发〔2016〕16号、皖政〔2018〕78号",
    "中办发[2018]0312号",
    "（2016）皖0123民初1234号",
    "四(三)1.2.3",
    "2016-0312-15",
    "凭证20180501-0001-0023",
    "201805010001023",
    "发改〔2018〕0312-2345号",
    "0001-0002-0003",
    "0203 0405 0607",
    "0000012345678",
    "349900010001",
    "34990001000101",
    "第0312期",
    "3:4:5",
    "00:30-12:45",
    "v1.2.3.4.5.6.7.8.9",
    "户!AA104857、户!AB104857",
]


@pytest.mark.parametrize("text", FIGURES)
def test_figures_days_and_document_numbers_stay_as_they_are(text: str) -> None:
    assert mask(text) == text
    assert mask(f"共{text}，已核") == f"共{text}，已核"


@pytest.mark.parametrize(
    "text",
    [
        f"20180501 {ID}",
        f"2018 2019 {PHONE}",
        f"3000 4000 {CARD}",
        f"2994.99 {ID}",
        f"3.5{ID}",
        f"1.{OLD}",
        f"12.{CARD}",
        f"1.{PHONE}",
        "1.0551-65123456",
        f"20180501-{PHONE}",
        f"20180501{OLD}",
        "19910101234-8012",
    ],
)
def test_a_figure_beside_a_number_does_not_save_it(text: str) -> None:
    assert "****" in mask(text)
    assert not re.search(r"\d{6}$", mask(text))


@pytest.mark.parametrize("number", ["19915199012", "19901990199", "19920012002"])
def test_a_mobile_number_that_reads_like_years_is_a_mobile_number(number: str) -> None:
    assert mask(number) == f"{number[:3]}****"


def test_a_long_text_of_days_takes_no_longer_than_it_is_long() -> None:
    # A pattern that tries every way to cut it would never end.
    for piece in ("2018-1-1 ", "2018 ", "201801012018", "0551,", "1(3)8/", "349900/1990/"):
        mask(piece * 3_000 + "x1")


@pytest.mark.parametrize("text", [f"{ID}.xlsx", f"{OLD} xls", "34990019900101001X.xlsx", f"{ID}xyz"])
def test_what_a_file_is_ends_no_number(text: str) -> None:
    assert mask(text) == f"3499****{re.search(r'[. ]?[a-z]+$', text)[0]}"  # type: ignore[index]


# --- keys ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        (PHONE, "138****5678"),
        ("138 1234 5678", "138****5678"),
        ("+8613812345678", "+86****5678"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        (ID, "3499****0012"),
        ("34990019900101001X", "3499****001X"),
        (OLD, "3499****1001"),
        (CARD, "6222****7894"),
        (f"户{PHONE}", "户138****5678"),
        ("138/1234/5678", "138****5678"),
        ("0551-65123456", "055****3456"),
        ("055165123456", "055****3456"),
        ("013812345678", "013****5678"),
        (f"{PHONE}/{ID}", "138****5678/3499****0012"),
    ],
)
def test_of_a_number_in_place_of_a_household_number_the_first_and_the_last_digits_stay(key: str, shown: str) -> None:
    assert mask_key(key) == shown


def test_households_known_by_telephones_are_told_apart() -> None:
    keys = [f"138000{number:05d}" for number in range(1_000)]
    assert len({mask_key(key) for key in keys}) == len(keys)


@pytest.mark.parametrize(
    "key",
    [
        "349900010001",
        "34990001000101",
        "H-0001",
        "1",
        "户1",
        "0551-1234567",
        "2018-0001",
        "12812345678",
        "001/0023/0045",
        "012345678901",
        "055100010001",
        "0000000123",
        "3.499E+11",
    ],
)
def test_a_number_of_a_register_stays_readable(key: str) -> None:
    assert mask_key(key) == key
