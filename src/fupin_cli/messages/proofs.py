"""What fupin says when it checks packs: what nothing uses, what proofs have found, and subjects that show it."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "help-rules-check": Message(
        "检查规则包：写法、引文、年份空缺、没有用到的参数；并证明每个条件都能起作用、声明的性质成立。",
        "Check packs: wording, citations, gaps in years, unused parameters; and prove that every condition can matter and each declared property holds.",
    ),
    "opt-no-proofs": Message("不做证明。", "Leave the proofs out."),
    "check-clean": Message("没有发现问题。", "Nothing is wrong."),
    "check-findings": Message("{count} 处问题。", "{count} finding(s)."),
    "check-refused": Message(
        "{count} 处错误，规则包不能使用；改好以后再证明。", "{count} mistake(s); the pack cannot be used, and nothing was proved."
    ),
    "check-proved": Message(
        "证明：{standards} 个标准，{asked} 个问题，{held} 条性质成立。",
        " Proofs of {standards} standard(s): {asked} questions, {held} properties hold.",
    ),
    "check-given-up": Message("其中 {count} 个问题太复杂，没有得出答案。", " {count} question(s) were too hard to decide."),
    "proofs-not-made": Message(
        "没有安装证明用的 z3-solver，只检查了写法，没有做证明。",
        "The solver z3-solver is not installed: packs were read and looked through, and nothing was proved.",
        "pip install 'fupin-cli[prove]'；不需要证明的，加上 --no-proofs。",
        "pip install 'fupin-cli[prove]'; where no proofs are wanted, add --no-proofs.",
    ),
    "proof-note": Message("提示：{text}", "Note: {text}"),
    "proof-witness": Message("例如这一户（案例写法）", "For example (as a worked case)"),
    "proof-before": Message("改变以前", "Before the change"),
    "proof-after": Message("改变以后", "After the change"),
    "proof-confirmed": Message("，实际判定与此一致：", ", and the engine judges it so:"),
    "proof-contradicted": Message(
        "。证明把其他表算出的事实当作任意值，实际判定与此不同，请人核对：",
        ". The proof takes facts over other tables as free, and the engine judges it otherwise; somebody should look:",
    ),
    "proof-not-asked": Message("，还要有其他表的行才能判定：", "; rows of other tables are needed to judge it:"),
    "finding-parameter-unused": Message(
        "参数 {name} 没有用到。",
        "Parameter {name} is not used.",
        "删掉它，或在条件里写 ${name}。",
        "Remove it, or write ${name} in a condition.",
    ),
    "finding-fact-unused": Message(
        "{standard} 的事实 {name} 没有用到。",
        "Fact {name} of {standard} is not used.",
        "删掉它，或在条件里用它，或用它要填（fills）的字段。",
        "Remove it, or use it, or the field that it fills, in a condition.",
    ),
    "finding-standard-never-applies": Message(
        "标准 {standard} 对谁都不适用：applies 从不成立。",
        "Standard {standard} applies to nobody: its applies never holds.",
        "改正 applies。",
        "Put applies right.",
    ),
    "finding-check-never-applies": Message(
        "检查项 {name} 对谁都不适用：applies 从不成立。",
        "Check {name} applies to nobody: its applies never holds.",
        "改正 applies，或删掉这一项。",
        "Put applies right, or remove the check.",
    ),
    "finding-check-never-passes": Message(
        "检查项 {name} 谁都达不到。",
        "Nobody can meet check {name}.",
        "检查 require 里互相矛盾的部分，以及参数是否有效。",
        "Look for parts of require that contradict each other, and whether its parameters are in force.",
    ),
    "finding-check-never-fails": Message(
        "检查项 {name} 谁都不会不达标，等于没有检查。",
        "Nobody can fail check {name}, so it checks nothing.",
        "检查 require 是否写反，是否被字段的取值范围所包含，参数是否有效。",
        "Look whether require is reversed, always within what a cell may hold, or its parameters are not in force.",
    ),
    "finding-part-never-true": Message(
        "“{text}”在这里从不成立。",
        "“{text}” never holds here.",
        "删掉这一部分，或改正它。",
        "Remove this part, or put it right.",
    ),
    "finding-part-never-false": Message(
        "“{text}”在这里从不为假，等于没有写。",
        "“{text}” is never false here, so it says nothing.",
        "删掉这一部分，或改正它。",
        "Remove this part, or put it right.",
    ),
    "finding-row-never-reached-never-holds": Message(
        "决定表第 {number} 行（{outcome}）永远用不到：它的条件从不成立。",
        "Row {number} of the decision list ({outcome}) is never reached: its condition never holds.",
        "改正条件，或删掉这一行。",
        "Put the condition right, or remove the row.",
    ),
    "finding-row-never-reached-one-row": Message(
        "决定表第 {number} 行（{outcome}）永远用不到：它成立时第 {before} 行已经成立。",
        "Row {number} of the decision list ({outcome}) is never reached: whenever it holds, row {before} has held already.",
        "把这一行移到第 {before} 行之前，或改正条件。",
        "Move it before row {before}, or put the condition right.",
    ),
    "finding-row-never-reached-rows-before": Message(
        "决定表第 {number} 行（{outcome}）永远用不到：前面各行已经包括了所有情形。",
        "Row {number} of the decision list ({outcome}) is never reached: the rows before it take everybody.",
        "检查前面各行的条件是否过宽。",
        "Look whether the rows before it take too many.",
    ),
    "finding-no-outcome": Message(
        "{standard} 有的对象什么都填了，仍得不出结论。",
        "{standard}: somebody of whom everything is known still has no outcome.",
        "常见原因：规则包有效的某一年，参数没有数值。",
        "Usually a parameter has no value in a year in which the pack is in force.",
    ),
    "finding-same-requirement": Message(
        "检查项 {name} 与 {other} 对谁都得出同样的结果。",
        "Checks {name} and {other} come to the same for everybody.",
        "如果是同一要求，删掉一个。",
        "Where they are one requirement, remove one.",
    ),
    "finding-property-broken-up": Message(
        "性质 {property} 不成立：{name} 升高，结论反而变了。",
        "Property {property} does not hold: when {name} is raised, the outcome is lost.",
        "改正条件，或改正性质。",
        "Put the conditions right, or the property.",
    ),
    "finding-property-broken-down": Message(
        "性质 {property} 不成立：{name} 降低，结论反而变了。",
        "Property {property} does not hold: when {name} is lowered, the outcome is lost.",
        "改正条件，或改正性质。",
        "Put the conditions right, or the property.",
    ),
    "finding-property-broken-undecided": Message(
        "性质 {property}（{name}）太复杂，没有得到证明。",
        "Property {property} ({name}) was too hard to prove.",
        "把条件写得简单一些，例如避免两个字段相乘。",
        "Make the conditions simpler; a product of two fields is hard.",
    ),
}
