"""What fupin says about sheets, their headers and rows, and whose row each is.

Beside its own facts a problem offers ``label`` (the field), ``value`` (what stands in the cell, masked where it is personal),
``other`` (a second cell).
"""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "sheets-ambiguous": Message(
        "{path} 里有不止一个同类工作表：{sheets}",
        "{path} has more than one sheet of a kind: {sheets}",
        "用 --sheet 指明读哪一个。",
        "Say which with --sheet.",
    ),
    "file-without-rows": Message(
        "{path} 里没有任何内容。", "There is nothing in {path}.", "确认选对了文件。", "Make sure it is the right file."
    ),
    "file-without-known-columns": Message(
        "{path} 的前 20 行里找不到认识的表头。",
        "No known header in the first 20 rows of {path}.",
        "表头至少要有说明是谁的一列（户 户编号，村 行政村，县 县名称）和一列认识的字段，如 人均纯收入。",
        "A header needs the column that says whose rows they are (households 户编号, villages 行政村, counties 县名称) and at least one known "
        "field, such as 人均纯收入.",
    ),
    "header-doubled": Message(
        "{path} {sheet} 第 {row} 行有两列都是“{label}”：{letters} 列。",
        "{path} {sheet} row {row}: columns {letters} are both {label}.",
        "删去或改名其中一列，再检查。",
        "Remove or rename one of them.",
    ),
    "sheet-without-records": Message(
        "{path} {sheet} 的表头（第 {row} 行）下面没有数据行。",
        "{path} {sheet} has no data rows under its header (row {row}).",
        "确认数据没有放在别的工作表。",
        "Make sure the data is not on another sheet.",
    ),
    "sheet-hidden": Message(
        "工作表 {sheet} 是隐藏的，没有读（{rows} 行）。",
        "Sheet {sheet} is hidden and was not read ({rows} rows).",
        "要读它请用 --sheet。",
        "Use --sheet to read it.",
    ),
    "sheet-unknown": Message(
        "工作表 {sheet} 没有认识的表头，没有读（{rows} 行）。",
        "Sheet {sheet} has no known header and was not read ({rows} rows).",
    ),
    "sheet-not-needed": Message(
        "工作表 {sheet} 与这项检查无关，没有读（{rows} 行）。",
        "Sheet {sheet} has nothing that this check looks at and was not read ({rows} rows).",
    ),
    "members-heads-only": Message(
        "工作表 {sheet} 每户只有户主一行，又没有家庭人口数，户里还有没有别人不知道。",
        "Sheet {sheet} has only the head's row of each household and no household size; whether anybody else belongs to it is unknown.",
        "补上家庭人口数，或给出全部成员。",
        "Add the household size, or list all members.",
    ),
    "members-without-key": Message(
        "{path} {sheet} 是成员表，却没有户编号，也没有另一份能用证件号码对上的成员表。",
        "{path} {sheet} lists members without 户编号, and no other file has members whose numbers could tell their household.",
        "补上户编号，或把含户编号的名册一起给出。",
        "Add 户编号, or give the roster that has it as well.",
    ),
    "rows-hidden": Message(
        "工作表 {sheet} 有 {count} 行是隐藏或筛掉的，照样读了。",
        "{count} rows of sheet {sheet} are hidden or filtered out; they were read all the same.",
        "不该算的行请删去。",
        "Remove rows that should not count.",
    ),
    "total-differs": Message(
        "合计行的“{label}”是 {given}，上面 {count} 行加起来是 {summed}。",
        "The total of {label} is {given}, but its {count} rows add up to {summed}.",
        "核对是否漏行、多行或改过数。",
        "Look for rows that are missing, doubled or changed.",
    ),
    "total-households-differ": Message(
        "合计行写的是 {given} 户，上面有 {counted} 户。",
        "The total says {given} households; there are {counted} above it.",
        "核对是否漏行、多行。",
        "Look for rows that are missing or doubled.",
    ),
    "sheet-bare": Message("工作表 {sheet} 的表头下面没有数据行。", "Sheet {sheet} has no data rows under its header."),
    "header-unknown": Message(
        "表头“{value}”不是认识的字段，这一列没有用。", "Header “{value}” is no known field; the column is not used."
    ),
    "header-unknown-near": Message(
        "表头“{value}”不是认识的字段，这一列没有用。",
        "Header “{value}” is no known field; the column is not used.",
        "最接近的是“{nearest}”。",
        "The nearest is “{nearest}”.",
    ),
    "header-two-rows": Message(
        "{path} {sheet} 的表头占两行（第 {first} 行和第 {second} 行），分不清各列是什么。",
        "{path} {sheet} has a header of two rows ({first} and {second}).",
        "把表头合成一行后再检查。",
        "Make the header one row.",
    ),
    "household-columns-unused": Message(
        "工作表 {sheet} 是成员表，其中重复的户信息没有用，以户表为准。",
        "Sheet {sheet} lists members; the household's fields repeated in it were not used, the household sheet counts.",
    ),
    "member-doubled": Message(
        "同一成员在这一户出现不止一次（另一处 {other}），这些行都没有计入。",
        "This member stands more than once in the household (also {other}); none of these rows counts.",
        "核对后删去重复行，或改正证件号码、人编号。",
        "Remove the duplicate, or correct the number.",
    ),
    "header-unit-unknown": Message(
        "表头“{value}”的单位“{unit}”不认识，这一列的数值都按读不出处理。",
        "Header “{value}”: unknown unit “{unit}”; none of its numbers can be read.",
        "改成（元）或（万元）。",
        "Write (元) or (万元).",
    ),
    "row-skipped-title": Message("标题行，跳过。", "A title row, skipped."),
    "row-skipped-total": Message("合计行，跳过。", "A total row, skipped."),
    "row-skipped-note": Message("注释行，跳过。", "A note, skipped."),
    "row-skipped-example": Message("示例行，跳过。", "An example row, skipped."),
    "household-doubled": Message(
        "同一年度里户编号重复（另一处 {other}），无法判断哪一行是这一户。",
        "The household number stands twice in one year (also {other}); neither row can be judged.",
        "核对并改正户编号，或删去重复行。",
        "Correct the number, or remove the duplicate.",
    ),
    "subject-doubled": Message(
        "同一年度里“{label}”重复（另一处 {other}），无法判断哪一行算数。",
        "The same {label} stands twice in one year (also {other}); neither row counts.",
        "核对后删去重复行，或改正名称、编号。",
        "Remove the duplicate, or correct the name or number.",
    ),
    "member-without-household": Message(
        "这个成员的户编号为空，或户表中没有这一户这一年度，没有归到任何一户。",
        "This member's household number is blank, or there is no such household in that year.",
        "补上户编号，或在户表中补这一户。",
        "Fill in the number, or add the household.",
    ),
    "member-without-year": Message(
        "这个成员没有年度，无法归到某一年的户。", "This member has no year.", "补上年度。", "Fill in the year."
    ),
    "sources-disagree": Message(
        "“{label}”有两个来源，说法不一（另一处 {other}），按未知处理。",
        "Two sources disagree about {label} (also {other}); it counts as unknown.",
        "核实后改成一致。",
        "Verify and make them agree.",
    ),
    "said-before-its-day": Message(
        "“{label}”写的是已经办了，日期（{other}）却晚于判定日，按未知处理。",
        "{label} is said to be so, but its day ({other}) lies after the day of judgement; it counts as unknown.",
        "核对日期；已经办了的，用 --as-of 给出办过之后的判定日（没有给出时，是年度的最后一天）；还没有办的，不要写“是”。",
        "Check the date; where it is done, give a later day of judgement with --as-of (without it, it is the last day of the year); where it is not, do not say so.",
    ),
    "planned-after-judgement": Message(
        "“{label}”的日期（{other}）晚于判定日，还是计划，按未知处理。",
        "The day of {label} ({other}) lies after the day of judgement and is only planned; it counts as unknown.",
        "办过以后再判定；已经办了的，用 --as-of 给出办过之后的判定日（没有给出时，是年度的最后一天）。",
        "Judge again when it is done; where it is, give a later day of judgement with --as-of (without it, it is the last day of the year).",
    ),
    "roster-lacks-household": Message(
        "“{label}”写的是“是”，另一份名册中却没有这一户，按未知处理。",
        "{label} says yes, but the other roster does not have the household; it counts as unknown.",
        "核对两份名册。",
        "Compare the two rosters.",
    ),
    "rosters-disagree": Message(
        "两份名册有同一户编号（另一处 {other}），证件号码却没有一个相同，不知道是不是同一户。",
        "Two rosters have this household number (also {other}) and no ID number in common; nobody knows whether they are one household.",
        "核对户编号与证件号码。",
        "Check the household number and the ID numbers.",
    ),
    "rosters-without-key": Message(
        "{path} 与 {other} 没有共同的户：户编号没有一个相同，户主证件号码和成员证件号码也不是两边都有，没法比对。",
        "{path} and {other} have no household in common: no 户编号 is the same, and ID numbers of heads or members are not in both, so they cannot be compared.",
        "在两份名册中都写上“户编号”，或都写上“户主证件号码”或成员的“证件号码”。",
        "Put 户编号 into both, or the ID numbers of heads or members.",
    ),
    "roster-without-households": Message(
        "{path} 中没有“户”或“人”表，不能作为低保名册。",
        "{path} has no sheet of households or members, so it is no roster to compare with.",
        "给出一户一行的名册。",
        "Give a roster with a row per household.",
    ),
    "sources-disagree-rows": Message(
        "“{label}”写的是 {value}，成员却有 {counted} 行，按未知处理。",
        "{label} says {value}, but there are {counted} member rows; it counts as unknown.",
        "核实后改正人口数，或补齐、删去成员行。",
        "Correct the number, or the member rows.",
    ),
    "check-left-out": Message(
        "没有 {sheets} 表，{command} 的标准没有检查。",
        "There is no {sheets} sheet, so the standards of {command} were left out.",
        "要检查时，把这个表一起给出。",
        "To check them, give that sheet, too.",
    ),
    "year-outside-pack": Message(
        "{count} 行的年度 {value} 不在规则包有效期（{first} 至 {last}）内。",
        "{count} rows of {value} lie outside the pack's time ({first} to {last}).",
        "确认是否该用别的规则包（--rules）。",
        "Consider another pack (--rules).",
    ),
    "table-village": Message("村", "villages"),
    "table-county": Message("县", "counties"),
    "table-procedure": Message("程序", "procedure steps"),
    "table-support": Message("帮扶", "support measures"),
    "table-township": Message("乡镇", "townships"),
    "table-team": Message("工作队", "help teams"),
    "table-survey": Message("抽样", "survey"),
    "table-service": Message("公共服务", "public services"),
    "table-archive": Message("档案", "archive"),
    "table-fund": Message("资金", "funds"),
    "table-reconcile": Message("勾稽", "declared figures"),
    "table-totals": Message("年度总数", "totals of the year"),
}
