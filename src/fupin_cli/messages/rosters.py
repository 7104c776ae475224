"""What fupin says of the rosters of several years."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "help-verify-roster": Message(
        "核对历年名册：前后年度接得上吗，每处不符在哪个单元格；可以给整个文件夹。",
        "Check the rosters of successive years: do they tell one story, and where do they not, cell by cell; takes folders, too.",
    ),
    "title-verify-roster": Message("历年名册核对", "Check of yearly rosters"),
    "opt-diff": Message(
        "列出每两个年度之间的变化：谁进来、谁出去、谁脱贫、谁返贫，判定因何改变。",
        "Tell the changes between each two years: who entered, left, exited, fell back, and why verdicts changed.",
    ),
    "opt-judge-assume": Message(
        "--diff 判定各年的户时，空白按此值计：字段=值，可多次。",
        "Where --diff judges households, blanks count as: FIELD=VALUE, repeatable.",
    ),
    "opt-judge": Message(
        "--diff 用哪个规则包判定各年的户；YEAR=PACK 指定某一年的，可以写多次。",
        "The pack that judges each year's households for --diff; YEAR=PACK for one year, may be given several times.",
    ),
    "roster-year-unknown": Message(
        "{path} 没有“年度”列，文件名里也没有年份（或不止一个），不知道是哪一年的名册。",
        "{path} has no column 年度, and its name has no year, or more than one: nobody knows of which year it is.",
        "加上“年度”列，或把文件名改成“2018.xlsx”这样只含一个年份的名字。",
        "Add the column 年度, or give the file a name with one year in it, such as 2018.xlsx.",
    ),
    "roster-year-differs": Message(
        "{path} 的文件名写的是 {name} 年，表中的年度有 {said}；以表中的为准。",
        "The name of {path} says {name}, its rows say {said}; the rows count.",
        "核对文件名和“年度”列，改正错的一处。",
        "Compare the file's name with the column 年度 and correct the wrong one.",
    ),
    "rosters-of-one-year": Message(
        "{path} 和 {other} 都有 {year} 年的名册，其中 {count} 户两边都有，不知道以哪个为准。",
        "{path} and {other} are both rosters of {year}: {count} households stand in both, and nobody can tell which counts.",
        "每个年度只留一份名册；一个年度分村、分表的几个文件可以一起给，但同一户只能出现一次。",
        "Give one roster for each year; one year's may be in several files, by villages or tables, but each household only once.",
    ),
    "rosters-of-one-year-unnamed": Message(
        "{path} 和 {other} 在同一年度里有相同的户，共 {count} 户，不知道以哪个为准。",
        "{path} and {other} have the same households in one year, {count} of them, and nobody can tell which counts.",
        "每个年度只留一份名册；一个年度分村、分表的几个文件可以一起给，但同一户只能出现一次。",
        "Give one roster for each year; one year's may be in several files, by villages or tables, but each household only once.",
    ),
    "roster-single-year": Message(
        "只有 {year} 年一个年度的名册，跨年度的规则无从核对。",
        "There is a roster of one year only, {year}: the rules between years have nothing to compare.",
        "把上一年度的名册一起给出；只查一年的，用 check-data。",
        "Give the year before, too; for one year by itself there is check-data.",
    ),
    "roster-year-missing": Message(
        "缺 {years} 年的名册：{before} 年直接与 {after} 年比较，只适用于相邻年度的规则不查。",
        "There is no roster of {years}: {before} is compared with {after}, and rules for neighbouring years are not asked.",
        "有的话，把缺的年度一起给出。",
        "Give the missing year, too, where there is one.",
    ),
}
