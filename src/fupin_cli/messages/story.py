"""What fupin says of the changes between years."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "story-judge-twice": Message(
        "--judge 给了两个管所有年度的规则包：{name} 和 {other}。",
        "--judge names two packs for all years: {name} and {other}.",
        "只留一个；某一年另用规则包，写成 --judge 2018=规则包。",
        "Keep one; for one year alone write --judge 2018=PACK.",
    ),
    "story-judge-year-twice": Message(
        "--judge 给 {year} 年指定了两次规则包。",
        "--judge names two packs for {year}.",
        "每个年度只写一次。",
        "Name each year once.",
    ),
    "story-judge-year-absent": Message(
        "--judge 指定了 {year} 年，但名册里没有这一年（有：{known}）。",
        "--judge names {year}, but there is no roster of that year (there are: {known}).",
        "核对年份，或补上这一年的名册。",
        "Check the year, or give that year's roster, too.",
    ),
}
