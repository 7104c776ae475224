"""What is said about how far the conditions of a pack are tried."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "opt-coverage": Message(
        "还要说明：每个条件是否在案例里见过真、假、未知，是否单独决定过结论",
        "Also say of each condition whether a case has shown it true, false and unknown, and deciding alone",
    ),
    "opt-coverage-from": Message(
        "对名册说明同样的事：哪些条款在那里从未起决定作用；可以多次",
        "Say the same of a roster: which clauses were never decisive there; may be given several times",
    ),
    "opt-standard": Message("只看这一个标准", "Only this standard"),
    "coverage-option-alone": Message(
        "{option} 要和 --coverage 或 --coverage-from 一起用。",
        "{option} goes with --coverage or --coverage-from.",
        "--as-of 和 --set 只配 --coverage-from：案例自己写明日期和参数。",
        "--as-of and --set go with --coverage-from alone: cases say their own day and parameters.",
    ),
    "coverage-line": Message(
        "{standard}：{tried} 个案例（沿用上级 {inherited} 个），{conditions} 个条件；见过真 {true}、假 {false}、未知 {unknown}；"
        "单独决定过：真时 {decides_true}、假时 {decides_false}；证明不可能 {impossible}；{done}/{wanted}（{percent}%）",
        "{standard}: {tried} cases ({inherited} of them inherited), {conditions} conditions; seen true {true}, false {false}, "
        "unknown {unknown}; decided alone while true {decides_true}, while false {decides_false}; proved impossible {impossible}; "
        "{done}/{wanted} ({percent} %)",
    ),
    "coverage-whole": Message("合计：{done}/{wanted}（{percent}%）", "In all: {done}/{wanted} ({percent} %)"),
    "coverage-gap": Message("还没有：{goals}", "Not yet: {goals}"),
    "coverage-impossible": Message("证明不可能：{goals}", "Proved impossible: {goals}"),
    "coverage-row-of": Message("（{table} 的每一行）", " (each row of {table})"),
    "coverage-see": Message("可用案例 {numbers}", "See case {numbers}"),
    "coverage-no-case": Message("没有找到能补上的案例", "No case was found that would do"),
    "coverage-cases": Message(
        "可以补上的案例（结论 ??? 要由人按文件填写）：",
        "Cases that would do (what they come to, ???, is for a person to say from the document):",
    ),
    "coverage-made-from": Message("由“{base}”改成", "Made from “{base}”"),
    "coverage-goal-true": Message("为真", "true"),
    "coverage-goal-false": Message("为假", "false"),
    "coverage-goal-unknown": Message("未知", "unknown"),
    "coverage-goal-decides_true": Message("为真时单独决定", "deciding alone while true"),
    "coverage-goal-decides_false": Message("为假时单独决定", "deciding alone while false"),
    "coverage-subjects": Message("{count} 个对象", "{count} subjects"),
    "coverage-column-condition": Message("条件", "Condition"),
    "coverage-column-true": Message("真", "True"),
    "coverage-column-false": Message("假", "False"),
    "coverage-column-unknown": Message("未知", "Unknown"),
    "coverage-column-decided": Message("单独决定", "Alone decided"),
    "coverage-column-open": Message("单独悬着", "Alone left open"),
    "coverage-idle": Message("在这里从未起决定作用的条款：", "Clauses that never decided anything here:"),
    "coverage-none-idle": Message("每一条款都起过决定作用", "Every clause has decided something"),
    "coverage-idle-check": Message("{name} {title}（{severity}，{clause}）", "{name}: {title} ({severity}, {clause})"),
    "coverage-not-proved": Message(
        "没有安装证明用的 z3-solver：{gaps} 处缺口里可能有任何数据都补不上的（其中 {unclosed} 处没有找到能补上的案例）；没有证明，就不算。",
        "The solver z3-solver is not installed: of {gaps} gap(s) some may be out of reach of any data (for {unclosed} no case was found "
        "that would do); what is not proved does not count.",
        "pip install 'fupin-cli[prove]'",
        "pip install 'fupin-cli[prove]'",
    ),
}
