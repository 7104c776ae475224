"""What stands in and beside charts."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "chart-blocking": Message("什么卡住了多少", "What stops how many"),
    "chart-blocking-bar": Message(
        "{title}：不达标 {fail}，待核实 {unknown}", "{title}: {fail} fail, {unknown} unknown"
    ),
    "chart-cut": Message("图中只画前 {shown} 项，另有 {count} 项见表。", "The first {shown} are drawn; {count} more are in the table."),
    "chart-incomes": Message("{label}与标准", "{label} against the line"),
    "chart-incomes-share": Message("{label}占标准的百分比（%）", "{label} in per cent of the line"),
    "chart-incomes-line": Message("{label} {value}", "{label} {value}"),
    "chart-incomes-lines": Message("标准（100%）：{label} {values}。", "The line (100%): {label} {values}."),
    "chart-incomes-at-line": Message("标准 = 100%", "line = 100%"),
    "chart-incomes-unknown": Message("另有 {count}收入不知道，没有画出。", "Not drawn: {count} of unknown income."),
    "chart-incomes-no-line": Message("另有 {count}没有可用的标准，没有画出。", "Not drawn: {count} for whom no line is in force."),
    "chart-band": Message("{band}：{count}", "{band}: {count}"),
    "chart-band-up-to": Message("不超过 {high}", "up to {high}"),
    "chart-band-over": Message("超过 {low} 至 {high}", "over {low} to {high}"),
    "chart-band-above": Message("超过 {low}", "over {low}"),
}  # fmt: skip
