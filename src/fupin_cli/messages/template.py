"""What templates say: their command, the notes on their headers, the warnings of their cells."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "help-template": Message(
        "生成填报模板：户、人、村、县等各种表，或全部放在一个工作簿里。",
        "Make a workbook to fill in: households, persons, villages, counties or other tables, or all of them in one.",
    ),
    "template-kinds": Message("{kinds}、all（全部）。", "{kinds}, all."),
    "opt-template-output": Message("写入这个 .xlsx 文件。", "Write to this .xlsx file."),
    "opt-force": Message("文件已存在时覆盖它。", "Replace the file if it exists."),
    "template-kind-missing": Message("没有说要哪种模板。", "Which template is not said.", "可用：{kinds}", "Possible: {kinds}"),
    "template-kind-unknown": Message("没有模板 {name}。", "There is no template {name}.", "可用：{kinds}", "Possible: {kinds}"),
    "template-output-missing": Message(
        "没有说写到哪个文件。",
        "The file to write is not given.",
        "用 -o 指明，例如：fupin template {kind} -o {kind}.xlsx",
        "Name it with -o, for example: fupin template {kind} -o {kind}.xlsx",
    ),
    "template-suffix": Message(
        "模板只能写成 .xlsx 文件，而不是 {path}",
        "A template is an .xlsx file, not {path}",
        "把后缀改成 .xlsx。",
        "Let the name end in .xlsx.",
    ),
    "template-target-exists": Message(
        "{path} 已经存在，没有覆盖。",
        "{path} exists and was not replaced.",
        "换一个文件名；确定要覆盖就加 --force。",
        "Choose another name, or add --force to replace it.",
    ),
    "template-heading": Message("{label}（{name}）", "{label} ({name})"),
    "template-key": Message("靠这一列认出这一行说的是谁，请填写。", "This column says what the row is about; please fill it in."),
    "template-blank": Message(
        "不知道就留空：空白按未知处理，不当作 0 或 否。", "Leave it blank if unknown: a blank is neither 0 nor no."
    ),
    "template-unit": Message("单位：{unit}", "Unit: {unit}"),
    "template-codes": Message("可填：{codes}", "Possible: {codes}"),
    "template-range": Message("范围：{smallest} 至 {largest}", "Range: {smallest} to {largest}"),
    "template-form-text": Message("文字。", "Text."),
    "template-form-key": Message(
        "编号或名称，按文本保存，前面的 0 不会丢。", "A number or name, kept as text with its leading zeros."
    ),
    "template-form-id-number": Message(
        "18、20 或 22 位证件号码，按文本保存；没有号码就留空。",
        "An ID number of 18, 20 or 22 characters, kept as text; blank if there is none.",
    ),
    "template-form-phone": Message("电话号码，按文本保存。", "A telephone number, kept as text."),
    "template-form-yes-no": Message("填 是 或 否；√ × 有 无 Y N 1 0 也认识。", "是 or 否; √ × Y N 1 0 are read, too."),
    "template-form-number": Message("数字，可以有小数。", "A number, with decimals if need be."),
    "template-form-count": Message("整数。", "A whole number."),
    "template-form-year": Message("四位年份，如 2018。", "Four digits of a year, such as 2018."),
    "template-form-month": Message("年月，如 2018-12 或 201812。", "A month, such as 2018-12 or 201812."),
    "template-form-date": Message("日期，如 2018-12-31。", "A date, such as 2018-12-31."),
    "template-form-code": Message("从下拉列表中选一项。", "One item of the list."),
    "template-form-codes": Message("可填几项，用逗号分开，顺序不限。", "One or more items, separated by commas, in any order."),
    "template-form-items": Message("可填几项，用逗号分开；没有就填 无。", "One or more items, separated by commas; 无 for none."),
    "template-warning-title": Message("请核对", "Please check"),
    "template-warning": Message(
        "这个值不在常用的取值或范围之内。确认无误可以保留，核查时会再检查一遍。",
        "This value is not among the usual ones. Keep it if it is right; it will be checked again.",
    ),
}
