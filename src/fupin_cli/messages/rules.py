"""What fupin says about rule packs. Every message here is shown behind its file, line and column."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "pack-place": Message("{file}:{line}:{column} {text}", "{file}:{line}:{column} {text}"),
    "did-you-mean": Message("是不是 {nearest}？", "Did you mean {nearest}?"),
    "pack-unknown": Message("没有名为 {name} 的规则包。现有：{known}", "There is no rule pack {name}. Known: {known}"),
    "rules-directory-missing": Message(
        "规则目录不存在：{path}",
        "No such rules directory: {path}",
        "检查路径；按名称找规则包时只写名称，不带斜线。",
        "Check the path; the name of a pack has no slash.",
    ),
    "rules-directory-empty": Message(
        "{path} 里没有规则包：既没有 pack.yaml，也没有文件夹 {name}。",
        "{path} holds no pack: neither pack.yaml nor a folder {name}.",
        "写出规则包所在的文件夹。",
        "Name the folder of the pack.",
    ),
    "pack-file-unreadable": Message(
        "读不到这个文件。", "The file cannot be read.", "检查文件是否存在、是否有权限。", "Check that it exists and may be read."
    ),
    "pack-file-too-large": Message("文件过大，不像规则文件。", "The file is too large for a rule file."),
    "pack-not-utf8": Message("不是 UTF-8 编码。", "It is not UTF-8.", "另存为 UTF-8。", "Save it as UTF-8."),
    "pack-not-yaml": Message(
        "不是合法的 YAML。",
        "It is not valid YAML.",
        "检查缩进、冒号后的空格和引号。",
        "Check indentation, the space after colons, and quotes.",
    ),
    "pack-yaml-alias": Message(
        "规则文件里不能用锚点或别名（& *）。",
        "Anchors and aliases (& *) are not allowed.",
        "把内容直接写出来。",
        "Write the content out.",
    ),
    "pack-yaml-tag": Message("规则文件里不能用标签（!）。", "Tags (!) are not allowed."),
    "pack-yaml-deep": Message("嵌套太深。", "Nested too deep."),
    "pack-yaml-key": Message("键必须是简单的名字。", "A key must be a plain name."),
    "pack-yaml-duplicate": Message("键 {key} 写了两次。", "Key {key} stands twice.", "删掉多余的一个。", "Remove one of them."),
    "pack-key-unknown": Message("不认识的键 {name}。", "Unknown key {name}."),
    "pack-key-missing": Message(
        "缺少 {name}。", "{name} is missing.", "补写 {name}；写法见 rules/README.md。", "Add {name}; rules/README.md shows how."
    ),
    "pack-value-wrong": Message("{name} 的值不对（{reason}）。", "The value of {name} is wrong ({reason})."),
    "pack-number": Message("这里要写普通数字，如 2995 或 0.45。", "A plain number belongs here, such as 2995 or 0.45."),
    "pack-date": Message("这里要写日期，如 2018-09-07。", "A date belongs here, such as 2018-09-07."),
    "pack-empty": Message("这里不能空着。", "This must not be empty."),
    "pack-value-uncited": Message(
        "数值没有出处。",
        "The value has no source.",
        "写 cite（document、clause、quote），没有文件依据的写 status: unconfirmed 和 origin。",
        "Write cite (document, clause, quote); where no document fixes it, status: unconfirmed and origin.",
    ),
    "pack-value-shape": Message(
        "unit: list 的参数每个数值写 items（一项或多项文字），其他参数写 value（一个数）。",
        "A parameter with unit: list has items (one or more texts) in each of its values, every other one has value (a number).",
    ),
    "pack-item": Message(
        "一项里不能有逗号、顿号或分号：它们在单元格里分隔各项。",
        "An item must not hold a comma or semicolon: in a cell these stand between items.",
        "分成几项写。",
        "Write several items.",
    ),
    "pack-dates-reversed": Message("to 早于 from。", "to lies before from."),
    "pack-parameter-valueless": Message(
        "参数要么有 values，要么写 value: required。", "A parameter has either values or value: required."
    ),
    "pack-where-without-by": Message("写了 where，却没有 by 说明按哪个字段取值。", "where needs a by that names the field."),
    "pack-fact-shape": Message(
        "事实要么写 value，要么写 over、by 和 any/all/none/count/sum/min/max/distinct 之一；"
        "on 和 where 只配 over，per 只配 value 和 fills。",
        "A fact has either value, or over, by and one of any/all/none/count/sum/min/max/distinct; on and where go with over, "
        "per with value and fills.",
    ),
    "pack-fact-on-shape": Message(
        "on 要么写一个两个表都有的字段，要么给两个表各写一个，如 household: household_id 和 procedure: subject_id。",
        "on is one field that both tables have, or one for each of the two tables, such as household: household_id and "
        "procedure: subject_id.",
    ),
    "pack-fact-on-missing": Message(
        "{over} 的行按什么归到 {subject}，要用 on 写明：写两个表都有的字段，或给两个表各写一个。",
        "By what do rows of {over} belong to a {subject}? Write on with fields that both tables have, or an entry for each.",
    ),
    "pack-case-subject": Message(
        "案例里没有第 {number} 个（从 0 数起）{subject}。", "The case has no {subject} number {number} (counted from 0)."
    ),
    "pack-case-undecided": Message(
        "这里还是 ???，没有人填写。",
        "Here is still ???: nobody has decided it.",
        "给案例起个名字，按文件原文写出它应有的结论；不要照抄程序的结果。",
        "Give the case a name, and write what it must come to by the words of the document; do not copy what fupin says.",
    ),
    "pack-row-shape": Message(
        "决定表的一行要么写 when，要么写 default: true。", "A decision row has either when or default: true."
    ),
    "pack-name-differs": Message(
        "名称 {name} 与文件夹或文件名 {folder} 不一致。", "Name {name} differs from its folder or file {folder}."
    ),
    "pack-extends-itself": Message("规则包互相继承：{chain}", "Packs extend each other: {chain}"),
    "pack-document-clash": Message(
        "文件代号 {name} 在被继承的规则包里指另一份文件。",
        "Document id {name} means another document in the inherited pack.",
        "换一个代号。",
        "Choose another id.",
    ),
    "pack-document-unknown": Message("documents 里没有 {name}。", "documents has no {name}."),
    "pack-values-overlap": Message(
        "参数 {name} 在 {day} 有两个数值。",
        "Parameter {name} has two values on {day}.",
        "前一个数值的 to 写成后一个 from 的前一天，或删去其中一个。",
        "Let the first end (to) on the day before the second starts (from), or take one of them out.",
    ),
    "pack-values-gap": Message(
        "参数 {name} 在 {day} 之前有一段没有数值。",
        "Parameter {name} has no value for some days before {day}.",
        "前一个数值的 to 写成 {day} 的前一天，或补写这一段的数值。",
        "Let the value before end (to) on the day before {day}, or add one for these days.",
    ),
    "pack-without-nothing": Message(
        "without 里的 {name} 不是被继承的检查项、步骤或比率。", "{name} in without is no inherited check, step or rate."
    ),
    "pack-table-unknown": Message("没有 {name} 这个表。", "There is no table {name}."),
    "pack-name-clash": Message(
        "{name} 已经是{other}的名字。", "{name} is the name of a {other} already.", "换一个名字。", "Choose another name."
    ),
    "pack-fact-by": Message(
        "by 应为本标准的对象 {subject}，而不是 {name}。", "by must be the standard's subject {subject}, not {name}."
    ),
    "pack-no-default": Message("决定表的最后一行必须是 default: true。", "The last decision row must be default: true."),
    "pack-row-after-default": Message("default 之后的行永远用不到。", "A row after the default is never reached."),
    "pack-outcome-unknown": Message("outcomes 里没有 {name}。", "outcomes has no {name}."),
    "pack-outcome-unused": Message("决定表里没有哪一行得出 {name}。", "No decision row gives {name}."),
    "pack-gate-unused": Message(
        "检查项 {name} 是 gate，决定表却没有用它。", "Check {name} is a gate, yet no decision row uses it."
    ),
    "pack-finding-decides": Message(
        "检查项 {name} 不是 gate，不能出现在决定表里。", "Check {name} is no gate and must not decide."
    ),
    "pack-property-shape": Message(
        "性质要写 raise（升高哪个字段）或 lower（降低哪个字段）。",
        "A property has raise (which field goes up) or lower (which goes down).",
        "例如 raise: income_per_capita，keeps: eligible。",
        "For example raise: income_per_capita, keeps: eligible.",
    ),
    "pack-property-order": Message(
        "{name} 是文字，没有高低，不能写在 raise 或 lower 里。",
        "{name} is a text, which has no order, so it cannot be raised or lowered.",
        "写数值、日期或是非字段。",
        "Name a number, a date or a yes/no field.",
    ),
    "pack-property-year": Message(
        "年度说明是哪一年的哪一行，不能写在 raise 或 lower 里。",
        "year says which row it is, so it cannot be raised or lowered.",
        "写数值、日期或是非字段。",
        "Name a number, a date or a yes/no field.",
    ),
    "pack-circle": Message("事实与它要填的字段绕成了圈：{name}", "Facts and the fields they fill run in a circle: {name}"),
    "pack-cases-for-nothing": Message(
        "规则包没有名为 {name} 的标准，案例无从判断。", "The pack has no standard {name} for these cases."
    ),
    "pack-case-undated": Message("案例要写 year 或 as_of。", "A case needs year or as_of."),
    "expression-too-long": Message("条件超过 {most} 个字符。", "The condition is longer than {most} characters."),
    "expression-too-deep": Message("条件嵌套超过 {most} 层。", "The condition is nested deeper than {most}."),
    "expression-not-sql": Message("条件写法不对，在“{near}”附近。", "The condition cannot be read, near “{near}”."),
    "expression-comment": Message("条件里不能写注释。", "A condition must not hold a comment."),
    "expression-not-allowed": Message("条件里不能用 {what}。", "{what} is not allowed in a condition."),
    "expression-name-unknown": Message("不认识的名字 {name}。", "Unknown name {name}."),
    "expression-function-unknown": Message("没有函数 {name}。", "There is no function {name}."),
    "expression-arguments": Message("函数 {name} 要 {wanted} 个参数。", "Function {name} takes {wanted} arguments."),
    "expression-argument-literal": Message(
        "函数 {name} 的最后一个参数要直接写出文字，如 '残疾'。",
        "The last argument of {name} must be written out as a text in quotes.",
    ),
    "expression-list": Message(
        "函数 {name} 的最后一个参数要写一个清单参数（unit: list），如 $exclusions。",
        "The last argument of {name} must be a parameter that is a list (unit: list), such as $exclusions.",
    ),
    "expression-list-alone": Message(
        "{name} 是清单，只能写在 has_any_item 或 only_items 的最后。",
        "{name} is a list and may only be the last argument of has_any_item or only_items.",
    ),
    "expression-number": Message("{value} 不是普通数字。", "{value} is not a plain number."),
    "expression-type": Message("这里要 {wanted}，写的是 {found}。", "{wanted} belongs here, not {found}."),
    "expression-order": Message("{found} 只能比较相等或不等。", "{found} can only be compared for equality."),
    "expression-code-unknown": Message("{value} 不是这个字段的取值。", "{value} is not a value of this field."),
    "expression-null-test": Message("IS NULL 只能用在 applies 和 decide 里。", "IS NULL is allowed in applies and decide only."),
    "expression-quotient": Message(
        "人均值只能单独放在比较的一边。", "A per-person value may only stand alone on one side of a comparison."
    ),
    "expression-always-true": Message(
        "“{text}”永远成立，等于没有写。",
        "“{text}” is always true, so it says nothing.",
        "写出会有不成立的情形的条件；不需要条件的，删掉这一项或它的 applies。",
        "Write a condition that can fail; where none is meant, leave it out.",
    ),
    "expression-never-true": Message(
        "“{text}”永远不会成立。",
        "“{text}” is never true.",
        "检查比较的方向、数值的先后、AND 与 OR。",
        "Check the direction of the comparison, the order of the numbers, and AND against OR.",
    ),
    "parameter-unknown": Message(
        "规则包 {pack} 没有参数 {name}。现有：{known}", "Pack {pack} has no parameter {name}. Known: {known}"
    ),
    "parameter-not-number": Message(
        "--set {name} 的值 {value} 不是普通数字（最多六位小数）。",
        "--set {name}: {value} is not a plain number (at most six decimals).",
    ),
    "parameter-not-share": Message(
        "--set {name} 的值 {value} 不在 0 到 100 之间，它是百分比。",
        "--set {name}: {value} is not between 0 and 100; it is a percentage of a whole.",
        "百分之二写 2。",
        "Two percent is written 2.",
    ),
    "parameter-no-items": Message(
        "--set {name} 没有给出任何一项。",
        "--set {name} names no item.",
        "各项用顿号隔开，写成 --set {name}=甲、乙。",
        "Separate the items by commas, as in --set {name}=A,B.",
    ),
    "parameter-required": Message(
        "参数 {name}（{title}）在文件里没有数值。",
        "Parameter {name} ({title_en}) has no value in the document.",
        "用 --set {name}=数值 给出。",
        "Give it with --set {name}=VALUE.",
    ),
    "case-parameter-unset": Message(
        "标准 {standard} 的案例“{case}”没有写参数 {name} 的值，文件里也没有。",
        "Case “{case}” of {standard} does not say what {name} is, nor does the document.",
        "在这个案例的 set: 里写 {name}: 数值。",
        "Give it under set: in this case, as {name}: VALUE.",
    ),
    "parameter-list-required": Message(
        "清单 {name}（{title}）在文件里没有列出。",
        "The document does not say what is in the list {name} ({title_en}).",
        "用 --set {name}=甲、乙 给出，各项用顿号隔开。",
        "Give it with --set {name}=A,B, the items separated by commas.",
    ),
    "field-unknown": Message("没有字段 {name}。", "There is no field {name}."),
    "assume-identity": Message(
        "不能假设 {name}：它说明是哪一户、哪一年。",
        "{name} cannot be assumed: it says who and when.",
        "年度用 --as-of。",
        "For the year use --as-of.",
    ),
    "assume-unreadable": Message(
        "--assume {name}：{value} 不是“{label}”的取值。", "--assume {name}: {value} is not a value of {label}."
    ),
    "assume-not-listed": Message(
        "--assume {name}：{value} 不是“{label}”的取值。",
        "--assume {name}: {value} is not a value of {label}.",
        "可用：{known}",
        "Possible: {known}",
    ),
    "arithmetic-overflow": Message(
        "规则里的乘积超过 38 位，无法精确计算，没有得出任何结论。",
        "A product in the rules has more than 38 digits and cannot be exact; nothing was judged.",
        "核对 --set 的数值；规则里不要连乘三个以上的金额。",
        "Check the values of --set; a rule should not multiply three amounts.",
    ),
    "as-of-missing": Message(
        "数据里没有 年度，无法确定用哪一年的标准。",
        "The data has no 年度, so no year's standard can be chosen.",
        "加上 --as-of，例如 --as-of 2018-12-31。",
        "Add --as-of, for example --as-of 2018-12-31.",
    ),
}
