"""Sheets of declared figures (勾稽) that mean nothing, or not what they seem to: proved by the tests of reconcile."""

from faulttable.row import Fault, Group, Proved

_FORMULAS, _ROSTERS, _COMMAND = (f"tests/reconcile/test_{name}.py" for name in ("formulas", "rosters", "command"))
_nothing = f"{_FORMULAS}::test_what_means_nothing_is_told_with_its_place"
_TOLD = ("写法有误：说明单元格、第几个字符、该是什么", "means nothing: the cell, the character and what is expected are told")


def _proved(identity: str, zh: str, en: str, does: tuple[str, str], *tests: str) -> Fault:
    return Fault(identity, zh, en, Proved(tests, *does))


FIGURES = Group(
    "figures",
    "勾稽表",
    "Declared figures",
    [
        _proved("figures-syntax", "组成不成算式、括号没合上", "Parts that are no formula, an open bracket", _TOLD, _nothing),
        _proved("figures-item", "引用的项目没有", "An item that is not there", _TOLD, _nothing),
        _proved("figures-nothing", "除以 0", "A division by 0", _TOLD, _nothing),
        _proved("figures-deep", "太长、括号太深、数位太多", "Too long, too deep, too many digits", _TOLD, _nothing),
        _proved(
            "figures-condition",
            "名册条件里的字段或代码写错",
            "A field or code misspelt in a condition over a roster",
            _TOLD,
            f"{_ROSTERS}::test_a_condition_that_means_nothing_is_told_with_its_place",
        ),
        _proved(
            "figures-units",
            "单位混在一起：户加人、55万 对 万元",
            "Mixed units: households and persons, 55万 beside 万元",
            _TOLD,
            f"{_FORMULAS}::test_units_that_do_not_fit_are_told_with_the_place",
        ),
        _proved(
            "figures-unit",
            "不认识的单位",
            "An unknown unit",
            _TOLD,
            f"{_FORMULAS}::test_a_unit_that_nobody_knows_is_told_in_its_own_cell",
        ),
        _proved(
            "figures-years",
            "名册有几个年度而条件没有写年度",
            "A roster of several years and a condition that names none",
            _TOLD,
            f"{_ROSTERS}::test_a_roster_of_several_years_is_not_counted_twice",
        ),
        _proved(
            "figures-date",
            "8/22 被表格软件变成日期",
            "8/22 that a spreadsheet has made a date",
            ("读不出，待核实，不当作数", "unreadable, so undetermined; never a figure"),
            f"{_COMMAND}::test_a_date_is_no_figure_and_is_told",
        ),
        _proved(
            "figures-total",
            "项目叫“合计”",
            "An item called 合计",
            ("是申报数，不是要跳过的合计行", "a declared figure, not a total to be skipped"),
            f"{_COMMAND}::test_what_agrees_ends_with_0_and_a_total_is_a_figure_like_any_other",
        ),
    ],
)
