"""What an editor says of the keys of a pack's files."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "schema-title": Message("给人看的名称，中英文都要写。", "The name for people, in both languages."),
    "schema-cite": Message("依据：哪份文件、哪一条、原文。", "Where it stands: document, clause and its words."),
    "schema-reading": Message("文件留有余地时，本包怎样理解。", "What the pack chose where the words leave a choice."),
    "schema-standard-applies": Message("对谁适用；其余不判。", "For whom it is meant; all others are not judged."),
    "schema-check-applies": Message("对谁适用；不适用的算作符合。", "For whom it is meant; where it is not, it counts as met."),
    "schema-from": Message("从这一天起。", "From this day on."),
    "schema-to": Message("到这一天为止（含）；不写就一直有效。", "Up to this day, included; without it until further notice."),
    "schema-packhead-pack": Message("规则包名，与目录同名。", "The pack's id, the name of its folder."),
    "schema-packhead-version": Message("版本号，整数。", "A whole number."),
    "schema-packhead-documents": Message("引用的文件，各有一个代号。", "The documents that are cited, each under an id."),
    "schema-packhead-effective": Message("从哪天到哪天有效。", "From when to when the pack is in force."),
    "schema-packhead-extends": Message("继承哪个规则包。", "The pack whose parts are inherited."),
    "schema-document-title": Message("文件标题。", "The document's own title."),
    "schema-document-issuer": Message("发文单位。", "Who issued it."),
    "schema-document-number": Message("文号。", "Its number."),
    "schema-document-issued": Message("文件自己写的日期。", "The day that the document itself bears."),
    "schema-document-note": Message("手里不是全文时，有的是什么。", "What is held of it, where that is not the whole."),
    "schema-citation-document": Message("pack.yaml 里的文件代号。", "The document's id in pack.yaml."),
    "schema-citation-clause": Message("条款。", "The clause."),
    "schema-citation-quote": Message("原文，一字不改。", "The words exactly as they stand there."),
    "schema-parameter-unit": Message("单位；清单写 list。", "The unit; list for items."),
    "schema-parameter-by": Message("数值按哪个字段的取值不同。", "The field whose value chooses among the values."),
    "schema-parameter-value": Message(
        "写 required：文件没有数，由使用者用 --set 给。", "required: the document gives no number, the user does with --set."
    ),
    "schema-parameter-values": Message("各时期的数值。", "The values, each with its dates."),
    "schema-datedvalue-value": Message("数值，照写。", "The number, in plain digits."),
    "schema-datedvalue-items": Message("清单的各项。", "The items of a list."),
    "schema-datedvalue-where": Message("by 字段取这个值时。", "Where the field of by has this value."),
    "schema-datedvalue-status": Message("unconfirmed：没有文件依据。", "unconfirmed: no document says so."),
    "schema-datedvalue-origin": Message("没有文件依据的数是哪里来的。", "Where an unconfirmed value comes from."),
    "schema-standard-standard": Message("标准名，与文件同名。", "The standard's id, the name of its file."),
    "schema-standard-kind": Message(
        "quality：检查数据自身有没有矛盾，空白不算错。",
        "quality: looks for contradictions in the data; a blank creates no error.",
    ),
    "schema-standard-subject": Message("判的是哪个表的行。", "The table whose rows are judged."),
    "schema-standard-without": Message("不采用的继承检查项、步骤、比率。", "Inherited checks, steps and rates that are dropped."),
    "schema-standard-facts": Message("由其他数值得出的数值。", "Values worked out from others."),
    "schema-standard-checks": Message("检查项：文件要求的一件事。", "Checks: each one thing that the document asks."),
    "schema-standard-outcomes": Message("可能的结论。", "What the verdict can be."),
    "schema-standard-decide": Message(
        "决定表：第一条成立的给出结论。", "The decision list: the first row that holds gives the outcome."
    ),
    "schema-standard-steps": Message(
        "程序的各个步骤，按先后；由检查项看出办得怎样。", "The steps of a calendar, in their order; checks tell how each stands."
    ),
    "schema-standard-rates": Message(
        "标准所用的比率：报告列出分子、分母和区间。", "The rates it decides on; reports show counts and interval."
    ),
    "schema-step-date": Message("办理日期的字段或事实。", "The field or fact that is its day."),
    "schema-step-window": Message("检查项：办了的，在不在期限内。", "The check that passes where it was done in its window."),
    "schema-step-order": Message("检查项：办了的，在不在前面各步之后。", "The check that passes where no earlier step is later."),
    "schema-step-deadline": Message("检查项：没办的，还没逾期。", "The check that passes while it is not overdue."),
    "schema-step-opening": Message("检查项：没办的，还没到时候。", "The check that passes before its window opens."),
    "schema-rateof-hits": Message("分子：字段或事实。", "The numerator: a field or fact."),
    "schema-rateof-parts": Message("代替 hits：各部分之和作分子。", "In place of hits: the numerator is the sum of these."),
    "schema-rateof-of": Message("分母：字段或事实。", "The denominator: a field or fact."),
    "schema-rateof-counted": Message("whole：全部清点；sample：抽样。", "whole: everybody was counted; sample: some were asked."),
    "schema-rateof-population": Message("样本取自多少人：字段或事实。", "Of how many the sample was drawn: a field or fact."),
    "schema-rateof-limit": Message("限值：单位为 percent 的参数，不带 $。", "The limit: a parameter in percent, without $."),
    "schema-rateof-at_least": Message("限值是下限。", "Whether the limit has to be reached."),
    "schema-rateof-survey": Message("抽样表里数的是什么。", "What is counted in the survey sheet."),
    "schema-rateof-check": Message("由哪个检查项决定。", "The check that decides on it."),
    "schema-ratepart-people": Message("多少人：字段或事实。", "How many people: a field or fact."),
    "schema-ratepart-rate": Message("再乘以哪个比率。", "Times which rate of this standard."),
    "schema-fact-value": Message("由本行字段算出。", "Worked out from the row's own fields."),
    "schema-fact-per": Message(
        "除以哪个字段（按人均比较，不真的相除）。", "The field to divide by; the quotient is never formed."
    ),
    "schema-fact-over": Message("看哪个表的行。", "The table whose rows are looked at."),
    "schema-fact-by": Message("这些行归哪个表的对象。", "The table of the subject that they belong to."),
    "schema-fact-any": Message("有一行成立。", "One row at least holds."),
    "schema-fact-all": Message("每一行都成立。", "Every row holds."),
    "schema-fact-none": Message("没有一行成立。", "No row holds."),
    "schema-fact-count": Message("成立的行数。", "How many rows hold."),
    "schema-fact-sum": Message("各行合计。", "The sum over the rows."),
    "schema-fact-min": Message("各行中最小的。", "The smallest of the rows."),
    "schema-fact-max": Message("各行中最大的。", "The largest of the rows."),
    "schema-fact-distinct": Message("不同取值的个数。", "How many different values."),
    "schema-fact-on": Message("凭什么认作这个对象的行。", "By what a row belongs to a subject."),
    "schema-fact-where": Message("只看这样的行。", "Which of the rows are meant."),
    "schema-fact-fills": Message("这个字段空白时由它补上。", "The field that takes this value where it is blank."),
    "schema-check-why": Message("为什么要紧。", "Why it matters."),
    "schema-check-severity": Message("门槛决定结论；发现和提示只说明。", "A gate decides; findings and warnings are only shown."),
    "schema-check-way": Message("几条路之一，没走这条不算不符合。", "One of several ways; not to go it is no failure."),
    "schema-check-require": Message("要求。", "What is asked."),
    "schema-check-remedy": Message("不符合时怎么办。", "What to do where it is not met."),
    "schema-outcome-meets": Message("这个结论算不算符合标准。", "Whether the standard is then met."),
    "schema-outcome-listed": Message("符合也要列出名单。", "Reports list its subjects although they meet the standard."),
    "schema-decisionrow-outcome": Message("结论。", "The outcome."),
    "schema-decisionrow-when": Message("条件。", "The condition."),
    "schema-decisionrow-default": Message("以上都不成立时。", "Where nothing above holds."),
    "schema-decisionrow-note": Message(
        "结论之外还说什么，例如下一步。", "What is said beyond the outcome, such as the next step."
    ),
    "schema-case-name": Message("这个案例说明什么。", "What the case shows."),
    "schema-case-year": Message("年度。", "The year."),
    "schema-case-as_of": Message("判定日。", "The day of judgement."),
    "schema-case-set": Message("替换的参数值，同 --set。", "Parameters, as --set gives them."),
    "schema-case-given": Message(
        "各表的行，照名册的写法；'' 是空白。", "Rows of tables as a sheet would say them; '' is a blank."
    ),
    "schema-case-subject": Message("判第几行（从 0 数）。", "Which row is judged, counted from 0."),
    "schema-case-expect": Message("应得的结果。", "What must come out."),
    "schema-expected-outcome": Message("结论。", "The outcome."),
    "schema-expected-possible": Message("待核实时还可能的结论。", "The outcomes that are still possible."),
    "schema-expected-missing": Message("缺哪些字段。", "The fields that are missing."),
    "schema-expected-checks": Message("各检查项的结果。", "What each check comes to."),
    "schema-properties": Message(
        "整个标准应有的性质，由 rules check 证明。", "What holds of the standard as a whole; rules check proves it."
    ),
    "schema-raise": Message(
        "数值变大、日期变晚、否变成是的字段或事实（逐个）。",
        "Fields or facts whose number grows, whose day is later, or that turn from no to yes, each by itself.",
    ),
    "schema-lower": Message("反过来变小、变早、是变成否的字段或事实。", "Fields or facts that change the other way."),
    "schema-verifying-inputs": Message(
        "各年度的名册：文件、文件夹，或 rosters/*.xlsx 这样的模式；命令行写了文件时不用它。",
        "The rosters of all years: files, folders, or patterns such as rosters/*.xlsx; files on the command line take its place.",
    ),
    "schema-keeps": Message("不会因此失去的结论。", "Outcomes that are not lost by it."),
}
