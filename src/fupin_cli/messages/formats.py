"""What is said of reports as files: several at once, and formats for other programs."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "usage-output-twice": Message(
        "输出文件 {path} 写了两次。",
        "Output {path} is given twice.",
        "每份报告用自己的文件名。",
        "Give every report a name of its own.",
    ),
    "usage-format-several": Message(
        "有几个输出文件时各按自己的后缀定格式，--format {form} 与 {path} 不符。",
        "Of several outputs each has the format of its own suffix, and --format {form} is not that of {path}.",
        "去掉 --format（fupin.toml 里的也算），或改后缀。",
        "Leave --format out (also that of fupin.toml), or change the suffix.",
    ),
    "bulletin-verdict": Message("{title}：都有结论", "{title}: everybody has a verdict"),
    "bulletin-doubt": Message("{title}：结论不因数据质量问题而变", "{title}: no verdict rests on values that are in doubt"),
    "bulletin-outcome": Message("{outcome} {count}", "{outcome} {count}"),
    "bulletin-nobody": Message("没有对象", "nobody"),
    "bulletin-all-meet": Message("没有不符合的，也没有待核实的。", "Nobody fails, and nobody is undetermined."),
    "bulletin-same-verdict": Message("{title}：结论不变", "{title}: no verdict changes"),
    "bulletin-same": Message("没有结论改变。", "No verdict changes."),
    "bulletin-agree": Message("申报数与各部分都相符。", "Every declared figure agrees with its parts."),
    "bulletin-replayed": Message("与当时相同。", "The same as then."),
    "bulletin-run-again": Message("这次运行可以重演", "The run could be repeated"),
    "markdown-left": Message(
        "此处放不下，另有 {count} 行没有写出；html、xlsx、json 格式里有全部。",
        "There is no room for {count} more lines; html, xlsx and json have them all.",
    ),
    "markdown-more": Message(
        "另有 {count} 行没有写出；html、xlsx 格式里有。", "{count} more lines are left out; html and xlsx have them."
    ),
}
