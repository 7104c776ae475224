"""What fupin says about the values of cells, and the units that they are in.

Beside its own facts a problem offers ``label`` (the field) and ``value`` (what stands in the cell, masked where it is personal).
"""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "cell-merged-rows": Message(
        "“{label}”的一个合并单元格跨 {count} 行、不止一户（人），分不清数字属于谁，按未知处理。",
        "{label} is one merged cell over {count} rows of more than one subject; nobody can tell whose number it is.",
        "取消合并，逐行填写。",
        "Unmerge it and fill in every row.",
    ),
    "cell-merged-covers": Message(
        "“{label}”的一个合并单元格（{count} 行）底下盖着别的值，分不清哪个算数，按未知处理。",
        "One merged cell of {label} ({count} rows) covers other values; nobody can tell which counts.",
        "取消合并，逐行核对。",
        "Unmerge it and check every row.",
    ),
    "cell-merged-fields": Message(
        "一个合并单元格横跨几列（{labels}），分不清数值属于哪一列，按未知处理。",
        "One merged cell covers several columns ({labels}); nobody can tell which it belongs to.",
        "取消合并，分列填写。",
        "Unmerge it and fill in each column.",
    ),
    "cell-error": Message(
        "“{label}”是错误值 {value}。",
        "{label} is the error {value}.",
        "修正公式后重新计算并保存。",
        "Mend the formula, recalculate and save.",
    ),
    "formula-uncalculated": Message(
        "“{label}”是没有计算过的公式。",
        "{label} is a formula that was never calculated.",
        "用 Excel 或 WPS 打开、重新计算（F9）并保存。",
        "Open it in Excel or WPS, recalculate (F9) and save.",
    ),
    "cells-folded": Message(
        "“{label}”有 {count} 个单元格含全角字符或看不见的字符，按半角、去掉空格读。",
        "{count} cells of {label} hold full-width or unseen characters; they were read without them.",
    ),
    "number-too-long": Message(
        "“{label}”存成了超过 15 位的数字，末尾已经丢失。",
        "{label} is a number of more than 15 digits; its end is lost.",
        "把这一列设为文本格式，重新录入。",
        "Make the column text and enter it again.",
    ),
    "id-as-number": Message(
        "“{label}”存成了数字，末几位已经不可靠。",
        "{label} is stored as a number; its last digits are unreliable.",
        "把这一列设为文本格式，从原始登记重新录入。",
        "Make the column text and enter it again from the register.",
    ),
    "id-malformed": Message(
        "“{label}”不是 18、20 或 22 位（现为 {length} 位）或含有别的字符。",
        "{label} is not of 18, 20 or 22 characters (it has {length}).",
        "对照证件核对。",
        "Compare with the card.",
    ),
    "id-truncated": Message(
        "“{label}”末三位是 000，像是被电子表格截断过。",
        "{label} ends in 000, as if a spreadsheet had cut it.",
        "把这一列设为文本格式，从原始登记重新录入。",
        "Make the column text and enter it again from the register.",
    ),
    "yes-no-unreadable": Message(
        "“{label}”的“{value}”看不出是或否。", "{label}: “{value}” is neither yes nor no.", "写 是 或 否。", "Write 是 or 否."
    ),
    "number-unreadable": Message(
        "“{label}”的“{value}”不是数字。",
        "{label}: “{value}” is not a number.",
        "检查字母 O 与数字 0、多余的文字；没有就留空。",
        "Check letter O against digit 0 and stray words; leave it blank if unknown.",
    ),
    "count-not-whole": Message(
        "“{label}”的“{value}”不是整数。", "{label}: “{value}” is not a whole number.", "写整数。", "Write a whole number."
    ),
    "year-unreadable": Message(
        "“{label}”的“{value}”不是年份。",
        "{label}: “{value}” is not a year.",
        "写四位年份，如 2018。",
        "Write four digits, such as 2018.",
    ),
    "date-unreadable": Message(
        "“{label}”的“{value}”不是日期。",
        "{label}: “{value}” is not a date.",
        "写 2018-05-01 或 2018年5月1日。",
        "Write 2018-05-01 or 2018年5月1日.",
    ),
    "date-as-number": Message(
        "“{label}”的“{value}”是没有设成日期格式的数字，看不出是哪一天。",
        "{label}: “{value}” is a number that is not formatted as a date.",
        "把这一列设为日期格式，或写成 2018-05-01。",
        "Format the column as a date, or write 2018-05-01.",
    ),
    "date-without-day": Message(
        "“{label}”的“{value}”没有写到日。",
        "{label}: “{value}” has no day.",
        "补上日，如 2019-12-01。",
        "Add the day, such as 2019-12-01.",
    ),
    "date-out-of-range": Message(
        "“{label}”的“{value}”不在 1900 年至 2100 年之间。",
        "{label}: “{value}” lies outside 1900 to 2100.",
        "核对年份。",
        "Check the year.",
    ),
    "code-unknown": Message("“{label}”的“{value}”不在代码表中。", "{label}: “{value}” is not in its code list."),
    "code-unknown-near": Message(
        "“{label}”的“{value}”不在代码表中。",
        "{label}: “{value}” is not in its code list.",
        "最接近的是“{nearest}”。",
        "The nearest is “{nearest}”.",
    ),
    "value-out-of-range": Message(
        "“{label}”的“{value}”超出合理范围，不予采信。",
        "{label}: “{value}” is out of its sensible range and is not believed.",
        "核对数值和单位。",
        "Check the number and its unit.",
    ),
    "value-zero": Message(
        "“{label}”是 {value}，不能作除数，按未知处理。",
        "{label} is {value}; nothing can be divided by it, so it counts as unknown.",
        "核对数值；没有统计的留空，不要填 0。",
        "Check the number; leave it blank where nobody was counted, never 0.",
    ),
    "unit-10k-yuan": Message("万元", "10,000 yuan"),
    "unit-10k-yuan-year": Message("万元/年", "10,000 yuan per year"),
    "unit-percent": Message("%", "%"),
    "unit-percent-growth": Message("%", "%"),
    "unit-household": Message("户", "households"),
    "unit-village": Message("村", "villages"),
    "unit-item": Message("项", "items"),
    "unit-piece": Message("个", "in number"),
    "unit-time": Message("次", "times"),
    "unit-fold": Message("倍", "times as much"),
    "unit-mu": Message("亩", "mu"),
    "unit-square-metre": Message("平方米", "square metres"),
    "unit-kilometre": Message("公里", "kilometres"),
}
