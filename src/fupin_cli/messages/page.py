"""Words of the web page, and of the papers that it and other formats show."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "paper-answer": Message("{total}：{outcomes}。", "{total}: {outcomes}."),
    "paper-answer-one": Message("{total}，全部为“{outcome}”。", "{total}, all: {outcome}."),
    "paper-answer-none": Message("没有一行数据得到结论。", "No row of the data was judged."),
    "paper-answer-findings": Message(
        "{total}，规则发现 {count} 处（错误 {errors}，警告 {warnings}）。",
        "{total}, {count} findings ({errors} errors, {warnings} warnings).",
    ),
    "paper-outcome": Message("{outcome} {count}", "{outcome} {count}"),
    "paper-block": Message(
        "最多的一项是“{check}”（不达标 {fail}，待核实 {unknown}）。",
        "What stops most is “{check}” ({fail} fail, {unknown} unknown).",
    ),
    "paper-lost": Message(
        "另有 {count} 行没有得到结论，原因见数据问题。", "{count} rows were not judged; the data problems say why."
    ),
    "paper-unread": Message("读取时有 {count} 个错误，见数据问题。", "{count} errors of reading, see the data problems."),
    "paper-only": Message("清单{only}；上面的数字是全部的。", "The list: {only}; the figures above are of all."),
    "paper-at-a-glance": Message("结论", "Outcome"),
    "paper-total": Message("总数", "All"),
    "paper-blocks": Message("各项检查与办法", "Checks, and what to do"),
    "paper-tables": Message("各表一览", "The tables"),
    "paper-table": Message("检查", "Check"),
    "paper-meets": Message("达到标准", "Meet"),
    "paper-meets-not": Message("未达标准", "Do not meet"),
    "paper-places": Message("按{place}看", "By {place}"),
    "paper-places-note": Message(
        "括号里是占本行的比例；颜色越深，比例越高。",
        "In parentheses: the share of the row; the deeper the shade, the higher the share.",
    ),
    "paper-places-left-out": Message(
        "另有 {count} 处没有列出；-o 文件.csv 导出每一户。",
        "{count} more places are left out; -o FILE.csv exports every subject.",
    ),
    "paper-subjects": Message("逐个说明", "One by one"),
    "paper-findings": Message("逐条发现", "Findings one by one"),
    "paper-passed": Message(
        "达到标准的只计数，不逐个列出（{counts}）。", "Those that meet the standard are counted, not listed ({counts})."
    ),
    "paper-left-out": Message(
        "本页容纳不下，另有 {count}没有列在这里，筛选和查找也找不到它们；-o 文件.xlsx 或 -o 文件.csv 导出全部。",
        "This page has no room for all: {count} are not listed here and not found by the filter; -o FILE.xlsx or -o FILE.csv exports all.",
    ),
    "paper-findings-left-out": Message(
        "本页容纳不下，另有 {count} 处没有列在这里，筛选和查找也找不到它们；-o 文件.xlsx 或 -o 文件.csv 导出全部。",
        "This page has no room for all: {count} findings are not listed here and not found by the filter; -o FILE.xlsx or -o FILE.csv exports all.",
    ),
    "paper-run": Message("报告依据", "What this rests on"),
    "paper-run-facts": Message("规则与参数", "Rules and numbers"),
    "paper-quality-pack": Message("数据质量规则包", "Rules of data quality"),
    "paper-inputs": Message("输入文件", "Input files"),
    "paper-sheets": Message("各表的行", "Rows of the sheets"),
    "paper-files-left-out": Message(
        "另有 {count} 个文件没有列出；-o 文件.json 导出全部。", "{count} more files are not listed; -o FILE.json exports all."
    ),
    "paper-clauses": Message("条款原文与办法", "Clauses, and what to do"),
    "page-skip": Message("跳到正文", "Skip to the report"),
    "page-contents": Message("目录", "Contents"),
    "page-filter": Message("筛选", "Filter"),
    "page-search": Message("查找编号、姓名、原因、单元格", "Find a number, name, reason or cell"),
    "page-all": Message("全部", "all"),
    "page-reasons": Message("原因", "Reasons"),
    "page-check": Message("检查项", "Check"),
    "page-reset": Message("清除筛选", "Clear the filter"),
    "page-more": Message("再显示 {count} 行", "Show {count} more"),
    "page-every": Message("全部显示", "Show all"),
    "page-open": Message("展开全部原因", "Open all reasons"),
    "page-close": Message("收起全部原因", "Close all reasons"),
    "page-shown": Message(
        "显示 {shown} 行，符合筛选的 {found} 行，本页共 {listed} 行。",
        "{shown} rows shown, {found} fit the filter, {listed} on this page.",
    ),
    "page-nothing": Message("没有符合筛选的行。", "No row fits the filter."),
    "page-sort": Message(
        "点列名可排序，点编号可展开或收起原因。", "A column's name sorts, a number opens or closes the reasons."
    ),
    "page-made": Message(
        "由 fupin 生成。“待核实”既不是达标，也不是不达标。", "Made by fupin. Undetermined is neither met nor failed."
    ),
    "page-part": Message("{count}，列出 {listed}", "{count}, {listed} listed"),
    "page-blank": Message("（待填）", "(to be filled in)"),
}
