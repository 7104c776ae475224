"""What the reports of verify-roster for machines and reviewers say."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "ci-who": Message("{who}：", "{who}: "),
    "ci-household": Message("户", "household"),
    "ci-person": Message("人", "member"),
    "ci-clause": Message("依据：《{title}》{clause}“{quote}”", "Clause: 《{title}》 {clause} “{quote}”"),
    "ci-skipped-table": Message("没有“{sheet}”工作表，没有核查。", "There is no sheet {sheet}, so nobody was asked."),
    "ci-skipped-columns": Message(
        "没有这些列，一处也没有查到：{columns}。", "These columns are missing, so nothing could be checked: {columns}."
    ),
    "ci-skipped-unknown": Message(
        "{count}都无法核查：空白、读不了，或者缺上一年度、下一年度的行。",
        "Unknown for all that it is about ({count}): blank or unreadable cells, or no row of the year before or after.",
    ),
    "ci-skipped-nobody": Message("{count}中没有适用的。", "Of {count} none is meant by it."),
    "ci-all-read": Message("所有单元格都读懂了，所有行都有归属", "Every cell could be read, and every row is somebody's"),
    "ci-rows-lost": Message("有的行没有判定，也没有说明", "There are rows that nobody judged and no finding tells of"),
    "ci-broken": Message("{title}：{count} 处", "{title}: {count}"),
    "ci-not-failing": Message("不算不通过的 {count} 处：", "{count} that do not fail:"),
    "ci-accepted": Message("已认可的 {count} 处：", "{count} accepted:"),
    "ci-accepted-one": Message("{text}（已认可到 {until}：{why}）", "{text} (accepted until {until}: {why})"),
    "ci-github-left": Message(
        "还有 {errors} 个错误、{warnings} 个警告没有在这里标出（GitHub 每一步各只显示 10 个）；--format sarif、junit 或 json 列出全部。",
        "{errors} more errors and {warnings} more warnings are not shown here (GitHub shows ten of each in a step); --format sarif, junit or json has all of them.",
    ),
    "ci-github-accepted": Message("另有 {count} 处已认可，没有标出。", "{count} accepted findings are not shown."),
    "ci-nothing-new": Message("没有发现新的问题。", "Nothing new was found."),
    "ci-column-rule": Message("规则", "Rule"),
    "ci-column-level": Message("级别", "Level"),
    "ci-column-new": Message("新问题", "New"),
    "ci-column-accepted": Message("已认可", "Accepted"),
    "ci-column-unknown": Message("无法核查", "Not checked"),
    "ci-rules-skipped": Message("{count} 条规则在这些名册里无法核查。", "{count} rules could not be asked of these rosters."),
    "ci-markdown-rules-left": Message("表中另有 {count} 条规则没有列出。", "{count} more rules are not in the table."),
    "ci-markdown-rule-left": Message("另有 {count} 处没有列出。", "{count} more are not listed."),
    "ci-markdown-left": Message(
        "共有 {count} 处没有列出；全部见 --format json 或 sarif 的报告。",
        "{count} findings are not listed here; the reports of --format json and sarif have all of them.",
    ),
    "ci-basis": Message("依据的规则包、数值和文件", "Packs, numbers and files that this rests on"),
    "ci-basis-left": Message("另有 {count} 项没有列出", "{count} more are not listed"),
    "ci-pack": Message("规则包 {pack} · sha256 {sha}", "Rules {pack} · sha256 {sha}"),
    "ci-notes-more": Message("（同类的另有 {count} 处）", "({count} more of this kind)"),
    "ci-root": Message("运行时所在的文件夹", "The folder in which it was run"),
    "ci-justified": Message("认可到 {until}：{why}", "Accepted until {until}: {why}"),
}
