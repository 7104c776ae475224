"""What fupin says about the sheets of a county: whose their rows are, and figures that cannot be."""

from fupin_cli.messages.entry import Message

_OTHER_ZH = "改成与县表一致的县名称，或在县表中补上这个县。"
_OTHER_EN = "Write the county as the sheet of counties does, or add it there."

MESSAGES: dict[str, Message] = {
    "rows-of-one-county": Message(
        "本表有 {rows} 行没有写县，按 {county} 计：县表中只有这一个县。",
        "{rows} rows of this sheet name no county; they count as {county}'s, the only one in the sheet of counties.",
        "不是这个县的，请写上县。",
        "Where they are another's, write its name.",
    ),
    "rows-of-no-county": Message(
        "本表有 {rows} 行没有写县，不知道是哪个县的，没有算给任何县。",
        "{rows} rows of this sheet name no county; nobody knows whose they are, so they count for none.",
        "写上县名称，与县表一致。",
        "Write the county's name as the sheet of counties does.",
    ),
    "rows-of-another-county": Message(
        "本表有 {rows} 行写的是“{county}”，县表中没有这个县，没有算给任何县。",
        "{rows} rows of this sheet name “{county}”, which is not in the sheet of counties; they count for none.",
        _OTHER_ZH,
        _OTHER_EN,
    ),
    "rows-of-another-county-near": Message(
        "本表有 {rows} 行写的是“{county}”，县表中没有这个县，没有算给任何县。",
        "{rows} rows of this sheet name “{county}”, which is not in the sheet of counties; they count for none.",
        "县表中最接近的是“{nearest}”；若是同一个县，改成一致。",
        "The nearest there is “{nearest}”; if it is the same county, write it alike.",
    ),
    "rows-of-further-counties": Message(
        "本表另有 {rows} 行，写的是县表中没有的其他 {count} 个县。",
        "{rows} more rows of this sheet name {count} further counties that are not in the sheet of counties.",
        _OTHER_ZH,
        _OTHER_EN,
    ),
    "sheet-of-other-counties": Message(
        "本表 {rows} 行没有一行属于县表中的县，这个表等于没有。",
        "None of the {rows} rows of this sheet belongs to a county of the sheet of counties; it counts as if it were not there.",
        _OTHER_ZH,
        _OTHER_EN,
    ),
    "rows-of-no-year": Message(
        "本表 {rows} 行都没有写年度，县表有几个年度（{years}），不知道是哪一年的，没有算给任何一年。",
        "None of the {rows} rows of this sheet states a year, and the sheet of counties has several ({years}); they count for none.",
        "加上一列年度。",
        "Add a column 年度.",
    ),
    "part-exceeds-whole": Message(
        "“{label}”是 {value}，比包含它的总数 {whole}（{other}）还多，两个数都按未知处理。",
        "{label} is {value}, more than the whole of {whole} ({other}) that it is a part of; both count as unknown.",
        "核对这两格，改正填错的一个。",
        "Check both cells and correct the wrong one.",
    ),
}
