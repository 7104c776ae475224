"""What ``fupin what-if`` says: its help, its reports, and why there is nothing to compare."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "help-what-if": Message(
        "如果改一改会怎样：同一份数据，换参数、换规则包或补假设，谁的结论会变、由哪一项决定；--sweep 看一个参数变动时多少户符合。",
        "What if: the same data under other parameters, another pack or an assumption: whose verdict changes and which check decides it; --sweep moves one parameter and counts who meets.",
    ),
    "opt-against": Message("与这个规则包（名或目录）相比。", "Compare with this rule pack (name or directory)."),
    "opt-whatif-set": Message("改后一边的参数：名称=数值，可多次。", "Parameter on the second side: NAME=VALUE, repeatable."),
    "opt-whatif-assume": Message(
        "改后一边空白按此值计：字段=值，可多次。", "Blanks on the second side count as: FIELD=VALUE, repeatable."
    ),
    "opt-given": Message(
        "两边都用的参数或假设：名称=数值，可多次。", "Parameter or assumption on both sides: NAME=VALUE, repeatable."
    ),
    "opt-sweep": Message(
        "让一个参数从起到止变动（两端都算）：参数=起:止:步长。", "Move one parameter, both ends included: PARAM=FROM:TO:STEP."
    ),
    "opt-whatif-check": Message(
        "比较哪个检查命令的标准（默认 exit）。", "The check command whose standards are compared (exit by default)."
    ),
    "whatif-title": Message("如果改一改：{question}", "What if: {question}"),
    "whatif-before": Message("原来", "before"),
    "whatif-after": Message("改后", "after"),
    "whatif-parameters": Message("不同的参数", "Parameters that differ"),
    "whatif-parameter-none": Message("不用", "not used"),
    "whatif-assumptions": Message("改后的假设", "Assumed on the second side"),
    "whatif-same-assumed": Message("两边都假设", "Assumed on both sides"),
    "whatif-same-on-both": Message("两边相同", "The same on both sides"),
    "whatif-standard": Message("{title}：{all}，结论改变 {changed}", "{title}: {all}, {changed} change"),
    "whatif-standard-alone": Message("只有一边有（{side}）：{title}", "Only on one side ({side}): {title}"),
    "whatif-checks-alone": Message("只有一边有的检查项（{side}）：{checks}", "Checks on one side only ({side}): {checks}"),
    "whatif-corner": Message("原来 ↓ 改后 →", "before ↓ after →"),
    "whatif-sum": Message("合计", "total"),
    "whatif-from-to": Message("原来 → 改后", "before → after"),
    "whatif-how-many": Message("个数", "number"),
    "whatif-turn": Message("{before} → {after}", "{before} → {after}"),
    "whatif-no-check": Message("没有这一项", "no such check"),
    "whatif-not-for": Message("标准不适用（仅当 {condition}）", "the standard is not for it (only if {condition})"),
    "whatif-row": Message(
        "决定表第 {number} 行（{condition}）：{outcome}", "row {number} of the decision list ({condition}): {outcome}"
    ),
    "whatif-row-open": Message("决定表不能确定：{outcome}", "the decision list leaves it open: {outcome}"),
    "whatif-nothing": Message(
        "没有说明要改什么。",
        "Nothing is to be different.",
        "用 --set 参数=数值、--against 规则包、--assume 字段=值 或 --sweep 参数=起:止:步长。",
        "Use --set PARAM=VALUE, --against PACK, --assume FIELD=VALUE or --sweep PARAM=FROM:TO:STEP.",
    ),
    "whatif-same": Message(
        "两边相同：都是规则包 {name}，参数和假设也一样。",
        "Both sides are the same: pack {name} with the same parameters and assumptions.",
        "换一个数值，或用 --against 给出另一个规则包。",
        "Choose another value, or another pack with --against.",
    ),
    "whatif-given-unknown": Message("没有叫 {name} 的参数或字段。", "There is no parameter or field {name}."),
    "whatif-given-needed": Message(
        "参数 {name} 在文件里没有数值，两边都要用到。",
        "Parameter {name} has no value in the document, and both sides need one.",
        "用 --given {name}=数值 给两边，再用 --set {name}=数值 改后一边。",
        "Give it to both sides with --given {name}=VALUE, then change the second with --set {name}=VALUE.",
    ),
    "whatif-parameter-idle": Message(
        "{command} 的标准不看参数 {name}，改它什么也不会变。",
        "No standard of {command} looks at parameter {name}: nothing can change.",
        "看的是：{used}。别的检查用 --check。",
        "It looks at: {used}. For another check use --check.",
    ),
    "whatif-field-idle": Message(
        "{command} 的标准不看字段 {name}，假设它什么也不会变。",
        "No standard of {command} looks at field {name}: nothing can change.",
        "别的检查用 --check。",
        "For another check use --check.",
    ),
    "whatif-nothing-in-common": Message(
        "规则包 {name} 和 {other} 没有可以比较的 {command} 标准。",
        "Packs {name} and {other} have no standards of {command} that can be compared.",
        "别的检查用 --check。",
        "For another check use --check.",
    ),
    "whatif-problems": Message("数据问题 {count} 个，见检查命令的报告", "{count} data problems, told by the check command"),
    "whatif-csv-standard": Message("标准", "standard"),
    "whatif-csv-before": Message("原来的结论", "outcome_before"),
    "whatif-csv-after": Message("改后的结论", "outcome_after"),
    "whatif-csv-checks": Message("决定的检查项", "deciding_checks"),
    "whatif-csv-reason-before": Message("原来的原因", "reasons_before"),
    "whatif-csv-reason-after": Message("改后的原因", "reasons_after"),
    "whatif-csv-rules-before": Message("原来的规则包、参数和假设", "rules_before"),
    "whatif-csv-rules-after": Message("改后的规则包、参数和假设", "rules_after"),
    "whatif-svg": Message(
        "svg 只画 --sweep 的图。",
        "svg draws --sweep only.",
        "比较用 table、csv、json 或 markdown。",
        "For a comparison use table, csv, json or markdown.",
    ),
    "sweep-range": Message(
        "{parameter}：从 {first} 到 {last}，{count} 个取值", "{parameter}: from {first} to {last}, {count} values"
    ),
    "sweep-standard": Message("《{title}》 {count}", "{title}: {count}"),
    "sweep-others": Message("不变的", "Unmoved"),
    "sweep-mark": Message("现值 {years}", "in force {years}"),
    "sweep-mark-set": Message("现值（用户设定）", "in force (set by the user)"),
    "sweep-thinned": Message(
        "每 {every} 个取值列一行；--limit 0 全部列出，-o 文件.csv 或 -o 文件.json 导出。",
        "Every {every}th value has a line; --limit 0 lists all, -o FILE.csv or -o FILE.json exports.",
    ),
    "sweep-value": Message("取值", "value"),
    "sweep-unit": Message("单位", "unit"),
    "sweep-parameter": Message("参数", "parameter"),
    "sweep-count": Message("个数", "count"),
    "sweep-outcome": Message("结论", "outcome"),
    "sweep-standing": Message("归类", "standing"),
    "sweep-present": Message("现值", "in_force"),
    "sweep-now": Message("按现值：{counts}", "At the values in force: {counts}"),
    "sweep-said": Message("{value} 时：{counts}。", "At {value}: {counts}."),
    "sweep-tally": Message("{outcome} {count}", "{outcome} {count}"),
    "standing-meets": Message("符合", "meets"),
    "standing-not": Message("不符合", "does not meet"),
    "standing-undetermined": Message("待核实", "undetermined"),
    "standing-not_applicable": Message("不适用", "not applicable"),
    "sweep-shape": Message(
        "--sweep 要写成 参数=起:止:步长，而不是 {value}",
        "--sweep takes PARAM=FROM:TO:STEP, not {value}",
        "例如：--sweep poverty_line=2995:4000:50",
        "For example: --sweep poverty_line=2995:4000:50",
    ),
    "sweep-step": Message("--sweep 的步长要大于 0，而不是 {value}", "The step of --sweep must be above 0, not {value}"),
    "sweep-backwards": Message(
        "--sweep {name} 的起点 {first} 大于终点 {last}。",
        "--sweep {name} starts at {first}, above its end {last}.",
        "写成 --sweep {name}={last}:{first}:{step}",
        "Write --sweep {name}={last}:{first}:{step}",
    ),
    "sweep-too-many": Message(
        "--sweep 的取值超过 {most} 个。",
        "--sweep has more than {most} values.",
        "步长用 {step} 或更大。",
        "Use a step of {step} or more.",
    ),
    "sweep-set-too": Message(
        "参数 {name} 不能既固定（--set）又变动（--sweep）。",
        "Parameter {name} cannot be set and moved at once.",
        "去掉其中一个；现值的标记用 --given {name}=数值。",
        "Leave one of them out; to mark a present value use --given {name}=VALUE.",
    ),
    "sweep-list": Message(
        "参数 {name} 是一个清单，不是可以变动的数。",
        "Parameter {name} is a list, not a number that could move.",
        "换清单用 --set {name}=甲、乙",
        "To replace the list use --set {name}=A,B",
    ),
    "sweep-by-place": Message(
        "参数 {name} 各地不同（按 {field}），不能用一个数代替。",
        "Parameter {name} differs from place to place (by {field}); one number cannot stand for it.",
        "用 --set {name}=数值 看一个数对各地的影响。",
        "Use --set {name}=VALUE to see what one number does everywhere.",
    ),
    "sweep-against": Message(
        "--sweep 只看一个规则包，不能和 --against 一起用。",
        "--sweep looks at one pack and does not go with --against.",
        "用 --rules 选规则包。",
        "Choose the pack with --rules.",
    ),
}
