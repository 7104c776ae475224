"""What fupin says of many county workbooks at once."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "help-check-county": Message(
        "检查贫困县退出：每县结论、不符合的条件、在日程上走到哪一步、下一步做什么；可以给整个文件夹。",
        "Check counties against the standard for withdrawal: outcome, unmet conditions, place in the calendar, next step; takes folders, too.",
    ),
    "title-check-county": Message("贫困县退出检查", "Check of the withdrawal of poor counties"),
    "opt-together": Message(
        "把所有文件当作一个工作簿来读；默认每个文件各自检查。",
        "Read all files as one workbook; by default each is judged by itself.",
    ),
    "opt-jobs": Message(
        "同时用几个进程检查；默认按处理器数，1 为不另开进程。",
        "How many processes judge at once; by default as many as processors, 1 for none but this.",
    ),
    "opt-county-confidence": Message(
        "抽样率的置信水平，默认 95%。", "Confidence of the intervals around sampled rates, 95% by default."
    ),
    "jobs-number": Message(
        "--jobs 的值 {value} 不对。",
        "--jobs has the value {value}.",
        "写 1 到 {most} 的整数。",
        "Give a whole number from 1 to {most}.",
    ),
    "folder-unreadable": Message(
        "文件夹 {path} 打不开：{reason}。",
        "The folder {path} cannot be opened: {reason}.",
        "检查权限，或直接给出文件。",
        "Check its permissions, or name the files.",
    ),
    "folder-without-workbooks": Message(
        "文件夹 {path} 里没有工作簿。",
        "The folder {path} has no workbook.",
        "只看这个文件夹本身里的 xlsx、xls、csv 等文件，不看子文件夹。",
        "Only files such as xlsx, xls and csv in the folder itself are read, none of its subfolders.",
    ),
    "folders-within": Message(
        "{path} 里有 {count} 个子文件夹没有读，例如 {first}。",
        "{path} has {count} subfolders that were not read, for example {first}.",
        "要读时，把子文件夹也写在命令里。",
        "Name the subfolders, too, if they are to be read.",
    ),
    "files-left-out": Message(
        "{path} 里有 {count} 个文件不是工作簿，没有读。", "{path} has {count} files that are no workbooks and were not read."
    ),
    "workbook-tables-missing": Message(
        "{path}：没有要检查的表：{sheets}。",
        "{path}: none of the tables that are checked: {sheets}.",
        "用 fupin inspect 看文件被认作什么。",
        "See with fupin inspect what the file is taken for.",
    ),
    "workbook-year-missing": Message(
        "{path}：没有 年度，无法确定用哪一年的标准。",
        "{path}: no 年度, so no year's standard can be chosen.",
        "填上年度，或加上 --as-of，例如 --as-of 2018-12-31。",
        "Fill in the year, or add --as-of, for example --as-of 2018-12-31.",
    ),
    "workbook-overflow": Message(
        "{path}：规则里的乘积超过 38 位，无法精确计算，没有得出结论。",
        "{path}: a product in the rules has more than 38 digits and cannot be exact; nothing was judged.",
        "核对过大的数值。",
        "Look for numbers that are too large.",
    ),
    "workbook-judge-died": Message(
        "{path}：检查它的进程意外中止，没有得出结论。",
        "{path}: the process that judged it ended unexpectedly; there is no verdict.",
        "单独再检查一次；如果内存不足，用 --jobs 1。",
        "Check it once more by itself; where memory is short, with --jobs 1.",
    ),
    "workbook-copied": Message(
        "{path} 与 {other} 内容完全相同，只检查前一个。",
        "{path} has the same content as {other}; only that one was judged.",
        "删去多余的一份，或换成它本来应有的内容。",
        "Remove one of them, or put in what it should hold.",
    ),
}
