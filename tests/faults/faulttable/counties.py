"""Workbooks of a county: figures that cannot be, rows of which nobody says whose they are, and rows of others."""

from collections.abc import Mapping, Sequence
from datetime import date

from faulttable.making import Value, roster, rows_xml, with_sheets, workbook
from faulttable.row import Fault, Group, Make, Proved, Reads

_HEADER: Sequence[Value] = (
    "县名称", "年度", "农村户籍人口", "未脱贫人口", "抽样脱贫人口", "错退人口", "调查户数", "认可户数", "县申请日期",
)  # fmt: skip
_FIELDS = (
    "county", "year", "rural_population", "poor_population", "exited_sampled", "wrongly_exited", "households_surveyed",
    "approving_households", "applied_date",
)  # fmt: skip
_SOUND: Sequence[Value] = ("样县", 2018, 10000, 150, 300, 2, 400, 380, "2018-12-10")
_VILLAGES: Sequence[Sequence[Value]] = (("行政村", "未脱贫人口", "总户数"), ("甲村", 7, 90), ("乙村", 3, 80))
_ANSWERS: Sequence[Sequence[Value]] = (("县", "户编号", "组别", "户人口", "错退人口"), ("样县", "1", "脱贫户", 4, 0))
_QUALITY, _DATA = "tests/rules/test_quality_of_counties.py", "tests/cli/test_check_data.py"


def _county(**changed: Value) -> list[Value]:
    return [changed.get(name, value) for name, value in zip(_FIELDS, _SOUND, strict=True)]


def _book(*counties: Sequence[Value], **sheets: Sequence[Sequence[Value]]) -> Make:
    rows = {"县": [list(_HEADER), *map(list, counties)], **{name: [*map(list, of)] for name, of in sheets.items()}}
    return workbook(with_sheets({name: (rows_xml(of), "visible") for name, of in rows.items()}), "县.xlsx")


def _holds(table: str = "county", **values: Sequence[object]) -> Mapping[tuple[str, str], Sequence[object]]:
    return {(table, name): found for name, found in values.items()}


def _one(identity: str, zh: str, en: str, code: str, cell: str, lost: Sequence[str], **changed: Value) -> Fault:
    """One county with a figure that is not believed; ``lost`` are the fields that are then unknown."""
    expected = Reads({cell: code}, rows=(1, 1, 0, 0), holds=_holds(**{name: [None] for name in lost}))
    return Fault(identity, zh, en, expected, _book(_county(**changed)))


def _whole(identity: str, zh: str, en: str, cell: str, part: str, whole: str, **changed: Value) -> Fault:
    return _one(identity, zh, en, "part-exceeds-whole", cell, (part, whole), **changed)


_BESIDE = [
    Fault(
        "county-only",
        "没有写县的行，县表只有一个县",
        "Rows that name no county, and one county in the file",
        Reads(
            told=("rows-of-one-county",),
            rows=(5, 5, 0, 0),
            holds={("village", "county"): ["样县", "样县"], ("household", "county"): ["样县", "样县"]},
        ),
        _book(_county(), 村=_VILLAGES, 户=roster()),
    ),
    Fault(
        "counties-two",
        "没有写县的行，县表有两个县",
        "Rows that name no county, and two counties in the file",
        Reads(told=("rows-of-no-county",), rows=(4, 4, 0, 0), holds=_holds("village", poor_population=[7, 3])),
        _book(_county(), _county(county="另县"), 村=_VILLAGES),
    ),
    Fault(
        "counties-years",
        "没有年度的表，县表有几个年度",
        "A sheet without years, and counties of several",
        Reads(
            told=("rows-of-no-year", "rows-of-one-county"),
            rows=(4, 4, 0, 0),
            holds=_holds("village", poor_population=[7, 3]),
        ),
        _book(_county(), _county(year=2019), 村=_VILLAGES),
    ),
    Fault(
        "county-misspelt",
        "县名称与县表写得不一样",
        "A county written in another way than in its sheet",
        Reads(
            told=("rows-of-another-county-near", "sheet-of-other-counties"),
            rows=(2, 2, 0, 0),
            holds=_holds("survey", county=["样"]),
        ),
        _book(_county(), 抽样=(_ANSWERS[0], ("样", *_ANSWERS[1][1:]))),
    ),
    Fault(
        "county-of-others",
        "抽样表是别的县的",
        "A survey of another county",
        Reads(
            told=("rows-of-another-county", "sheet-of-other-counties"),
            rows=(2, 2, 0, 0),
            holds=_holds("survey", county=["别处"]),
        ),
        _book(_county(), 抽样=(_ANSWERS[0], ("别处", *_ANSWERS[1][1:]))),
    ),
    Fault(
        "county-alone",
        "只有县表，没有村、户、抽样",
        "The sheet of counties alone",
        Reads(rows=(1, 1, 0, 0), holds=_holds(applied_date=[date(2018, 12, 10)], poor_population=[150])),
        _book(_county()),
    ),
    Fault(
        "county-village-twice",
        "一个村一次写了县、一次没有写",
        "A village once with and once without its county",
        Reads(
            {"村!B2": "subject-doubled", "村!B3": "subject-doubled"},
            ("rows-of-one-county",),
            rows=(4, 2, 2, 0),
            holds=_holds("village", village=["乙村"]),
        ),
        _book(_county(), 村=(("县", "行政村", "贫困村"), ("样县", "甲村", "是"), (None, "甲村", "是"), ("样县", "乙村", "是"))),
    ),
]
_FIGURES = [
    _one("county-nobody", "农村户籍人口 0", "A rural population of 0", "value-zero", "县!C2", ["rural_population"], rural_population=0),
    _one("county-no-sample", "抽样脱贫人口 0", "A sample of 0", "value-zero", "县!E2", ["exited_sampled"], exited_sampled=0),
    _one(
        "county-nobody-asked", "调查户数 0", "0 households asked", "value-zero", "县!G2", ["households_surveyed"], households_surveyed=0
    ),
    _whole(
        "county-poor", "未脱贫人口多于农村户籍人口", "More poor than people", "县!D2", "poor_population", "rural_population", poor_population=10001,
    ),
    _whole(
        "county-wrong", "错退人口多于抽样人口", "More wrong exits than sampled", "县!F2", "wrongly_exited", "exited_sampled", wrongly_exited=301,
    ),
    _whole(
        "county-approving",
        "认可户数多于调查户数",
        "More households approve than were asked",
        "县!H2",
        "approving_households",
        "households_surveyed",
        approving_households=401,
    ),
    Fault(
        "county-all",
        "未脱贫人口等于农村户籍人口",
        "As many poor as people",
        Reads(rows=(1, 1, 0, 0), holds=_holds(poor_population=[10000], rural_population=[10000])),
        _book(_county(poor_population=10000)),
    ),
    Fault(
        "survey-wrong",
        "抽样表一户错退人口多于户人口",
        "A sampled household with more wrong exits than people",
        Reads(
            {"抽样!E2": "part-exceeds-whole"},
            rows=(2, 2, 0, 0),
            holds=_holds("survey", household_size=[None], wrongly_exited=[None]),
        ),
        _book(_county(), 抽样=(_ANSWERS[0], (*_ANSWERS[1][:4], 5))),
    ),
    *(
        Fault(
            f"county-twice-{what}",
            f"同一县同一年度两行，数{zh}",
            f"A county twice in a year, with {what} figures",
            Reads(
                {"县!A2": "subject-doubled", "县!A3": "subject-doubled"},
                rows=(3, 1, 2, 0),
                holds=_holds(county=["另县"]),
            ),
            _book(_county(), _county(poor_population=poor), _county(county="另县")),
        )
        for what, zh, poor in (("equal", "相同", 150), ("different", "不同", 10))
    ),
    Fault(
        "county-date-year",
        "县申请在别的年份",
        "An application in another year",
        Proved(
            (f"{_DATA}::test_an_application_of_another_year_is_told", f"{_QUALITY}::*"),
            "照读；check-data 报“县申请在数据年度当年”，check-county 按未在期限内处理",
            "read as it stands; check-data tells it, check-county takes it as not in time",
        ),
    ),
]  # fmt: skip

COUNTIES = Group("counties", "县的工作簿", "Workbooks of a county", [*_BESIDE, *_FIGURES])
