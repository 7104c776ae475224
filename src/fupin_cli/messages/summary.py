"""What ``fupin summary`` says: its help and its report."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "help-summary": Message(
        "概况：名册里有多少户、多少人，属性、脱贫年度、致贫原因各占多少，收入与标准相比如何，贫困发生率、贫困距、贫困强度。",
        "What a roster is made of: categories, exit years, causes, incomes against the line, headcount ratio, poverty gap, severity.",
    ),
    "opt-line": Message("标准（元/人·年），代替规则包里的。", "The line in yuan per person and year, instead of the pack's."),
    "opt-by": Message("再按地方分：到县、乡镇、村等哪一级。", "Divide by place, down to this level."),
    "opt-summary-limit": Message("终端最多列出多少个地方（0 为全部）。", "Most places on the terminal (0 for all)."),
    "title-summary": Message("名册概况", "What the roster is made of"),
    "summary-year": Message("{year}年", "{year}"),
    "summary-no-year": Message("年度不知道", "year unknown"),
    "summary-size": Message("{households} 户 {persons} 人", "{households} households, {persons} persons"),
    "summary-unsized": Message("另有 {count} 户不知道几人", "{count} households of unknown size"),
    "summary-households": Message("户", "households"),
    "summary-persons": Message("人", "persons"),
    "summary-share": Message("占户数", "of households"),
    "summary-unknown": Message("不知道", "unknown"),
    "summary-incomes": Message("人均纯收入与标准（{lines}）", "Income per person against the line ({lines})"),
    "summary-line": Message("{line} 元/人·年", "{line} yuan per person and year"),
    "summary-line-given": Message("标准 {line} 元/人·年（用户给出）", "Line {line} yuan per person and year (given by the user)"),
    "summary-band-below": Message("低于 {high}", "under {high}"),
    "summary-band": Message("{low} 至不足 {high}", "{low} to under {high}"),
    "summary-band-above": Message("{low} 及以上", "{low} and over"),
    "summary-band-times": Message("{times} 倍", "{times} lines"),
    "summary-at-line": Message("标准", "line"),
    "summary-no-income": Message("收入不知道", "income unknown"),
    "summary-no-line": Message("没有可用的标准", "no line in force"),
    "summary-no-line-hint": Message(
        "没有可用的标准：用 --line 给出，或用 --as-of 说明年度。",
        "There is no line in force: give one by --line, or the year by --as-of.",
    ),
    "summary-poor": Message(
        "低于标准：{households} 户 {persons} 人", "Below the line: {households} households, {persons} persons"
    ),
    "summary-headcount": Message("贫困发生率（按人）", "headcount ratio (by persons)"),
    "summary-gap": Message("贫困距指数", "poverty gap index"),
    "summary-severity": Message("贫困强度指数", "poverty severity index"),
    "summary-measure": Message("{name} {value}", "{name} {value}"),
    "summary-assumed": Message(
        "幅度的下端：收入不知道的都不低于标准；上端：都没有收入。",
        "Lower ends: nobody of unknown income is below the line; upper ends: all have none.",
    ),
    "summary-by-place": Message("各地（{count}）", "Places ({count})"),
    "summary-place": Message("地方", "Place"),
    "summary-places-left-out": Message(
        "另有 {count} 处没有列出；--limit 0 全部列出，-o 文件.csv 或 -o 文件.json 导出。",
        "{count} places are left out; --limit 0 lists all, -o FILE.csv or -o FILE.json exports.",
    ),
    "summary-section-all": Message("合计", "all"),
    "summary-section-incomes": Message("人均纯收入（元）", "income per person (yuan)"),
    "summary-section-measures": Message("贫困指数", "measures of poverty"),
    "csv-section": Message("部分", "section"),
    "csv-value": Message("值", "value"),
    "csv-households": Message("户", "households"),
    "csv-persons": Message("人", "persons"),
    "csv-unsized": Message("不知道几人的户", "households_of_unknown_size"),
    "csv-share": Message("占户数（%）", "percent_of_households"),
    "csv-low": Message("最低", "low"),
    "csv-high": Message("最高", "high"),
    "csv-line": Message("标准（元/人·年）", "line"),
    "line-missing": Message(
        "规则包 {name} 里没有脱贫标准。", "Pack {name} has no poverty line.", "用 --line 给出。", "Give one by --line."
    ),
    "line-not-positive": Message("--line 要写大于 0 的数，而不是 {value}", "--line takes a number above 0, not {value}"),
}
