"""What ``fupin explain`` says: its help, its errors and its report."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "help-explain": Message(
        "逐步说明一户的结论：每项检查的条款、数值、单元格、标准、条件的每一部分成立与否；补齐什么可以判定，改变什么可以符合。",
        "Explain the verdict on a household: clause, values, cells, thresholds and the truth of each part; what would settle or change it.",
    ),
    "opt-explain-id": Message(
        "要说明的户（编号与文件名分不清时用），可多次：户编号、位置如 户!7、成员证件号码、户主姓名。",
        "Whom to explain, where an ID looks like a file; repeatable: a number, a place such as 户!7, a member's ID number, a name.",
    ),
    "opt-explain-year": Message("只说明这一年度。", "Only this year."),
    "opt-explain-check": Message("说明哪个检查的标准：exit 即 check-exit。", "Whose standards: exit stands for check-exit."),
    "explain-nobody": Message(
        "没有说明要看哪一户。",
        "Nobody was asked about.",
        "例如：fupin explain 名册.xlsx 户编号；位置写 户!7，成员证件号码、户主姓名也可以。",
        "For example: fupin explain roster.xlsx ID; a place such as 户!7, a member's ID number or a head's name will do.",
    ),
    "explain-unknown": Message("文件里没有 {id}。", "The files do not have {id}."),
    "explain-unknown-lost": Message(
        "判定了的户里没有 {id}。",
        "None of those who were judged is {id}.",
        "有 {count} 行编号空白、重复或对不上，没有判定，所找的可能就在其中：{places}；用 fupin inspect 看各行的原因。",
        "{count} rows were not judged, their numbers being blank, doubled or unmatched; it may be one of these: {places}."
        " fupin inspect says why.",
    ),
    "explain-lost": Message(
        "{places} 这一行的编号空白、重复或对不上，没有判定。",
        "Row {places} was not judged: its number is blank, doubled or matches nothing.",
        "改正编号后再问；用 fupin inspect 看这一行的原因。",
        "Correct the number; fupin inspect says what is wrong with the row.",
    ),
    "explain-unknown-far": Message(
        "文件里没有 {id}。",
        "The files do not have {id}.",
        "可写户编号、位置（户!7）、成员证件号码或户主姓名；用 fupin inspect 看文件被认作什么。",
        "Give a number, a place (户!7), a member's ID number or a head's name; fupin inspect shows what the files were taken for.",
    ),
    "explain-several": Message(
        "叫 {id} 的有 {count} 户。", "{count} households have the name {id}.", "请用位置：{places}", "Give the place: {places}"
    ),
    "explain-year": Message(
        "{id} 没有 {year} 年的记录。", "There is no {year} for {id}.", "有的年度：{years}", "Years that are there: {years}"
    ),
    "explain-year-number": Message(
        "--year 要写 2018 这样的年度，而不是 {value}", "--year takes a year such as 2018, not {value}"
    ),
    "explain-title": Message("为什么是这个结论", "Why the verdict is what it is"),
    "explain-verdict": Message("{standard}：{outcome}", "{standard}: {outcome}"),
    "explain-decision": Message("结论由来", "How it was decided"),
    "explain-decision-applies": Message("标准适用于", "The standard is for"),
    "explain-row-gave": Message("第 {number} 条成立 → {outcome}", "Row {number} holds → {outcome}"),
    "explain-row-default": Message("以上各条都不成立 → {outcome}", "None of the above holds → {outcome}"),
    "explain-row-possible": Message("第 {number} 条可能成立 → {outcome}", "Row {number} may hold → {outcome}"),
    "explain-row-default-possible": Message("以上各条都不成立的话 → {outcome}", "If none of the above holds → {outcome}"),
    "explain-row-no": Message("第 {number} 条不成立（{outcome}）", "Row {number} does not hold ({outcome})"),
    "explain-checks": Message("各项检查", "The checks"),
    "explain-check": Message("{title}：{status}", "{title}: {status}"),
    "explain-values": Message("数值：{values}", "Values: {values}"),
    "explain-limit": Message("标准：{label} {value}，{since}{source}", "Threshold: {label} {value}, {since}{source}"),
    "explain-limit-since": Message("{first} 起", "from {first}"),
    "explain-limit-chosen": Message("用户设定", "set by the user"),
    "explain-limit-none": Message("标准：这一年没有适用的{label}", "Threshold: no {label} in force in that year"),
    "explain-origin": Message("（来历：{origin}）", " (origin: {origin})"),
    "explain-cited": Message("（{clause}）", " ({clause})"),
    "explain-reading": Message("理解：{reading}", "Reading: {reading}"),
    "explain-applies": Message("适用条件", "It is meant for"),
    "explain-all": Message("都要成立", "all must hold"),
    "explain-any": Message("有一个成立即可", "one must hold"),
    "explain-not": Message("下面不成立才行", "what follows must not hold"),
    "explain-word": Message("{word}（{meaning}）", "{word} ({meaning})"),
    "explain-worked": Message("〔{text}〕", " [{text}]"),
    "explain-equals": Message("{text} = {value}", "{text} = {value}"),
    "explain-fold-any": Message("有一行成立", "any row"),
    "explain-fold-all": Message("每一行都成立", "all rows"),
    "explain-fold-none": Message("没有一行成立", "no row"),
    "explain-fold-count": Message("成立的行数", "number of rows"),
    "explain-fold-sum": Message("各行之和", "sum over the rows"),
    "explain-fold-min": Message("各行中最小的", "smallest of the rows"),
    "explain-fold-max": Message("各行中最大的", "largest of the rows"),
    "explain-fold-distinct": Message("不同的值有几个", "number of different values"),
    "explain-divided": Message("{value} ÷ {by}", "{value} ÷ {by}"),
    "explain-per": Message("除以 {label} {value}{cells}", "divided by {label} {value}{cells}"),
    "explain-rows-others": Message("另有 {count} 行不影响它", "{count} further rows make no difference to it"),
    "explain-rows-none": Message("没有行", "no rows"),
    "explain-questions": Message("补齐或核实什么可以判定", "What would settle it"),
    "explain-answer": Message("{value} → {outcome}", "{value} → {outcome}"),
    "explain-any-value": Message("无论填什么", "whatever it is"),
    "explain-between": Message("{low} 至 {high}", "{low} to {high}"),
    "explain-answer-is": Message("填“{value}”", "“{value}”"),
    "explain-answer-found": Message("查明为“{value}”", "found to be “{value}”"),
    "explain-answer->": Message("超过 {value}", "over {value}"),
    "explain-answer->=": Message("{value} 或以上", "{value} or more"),
    "explain-answer-<": Message("低于 {value}", "under {value}"),
    "explain-answer-<=": Message("{value} 或以下", "{value} or less"),
    "explain-answer-from": Message("{value} 当天或以后", "{value} or later"),
    "explain-answer-after": Message("晚于 {value}", "after {value}"),
    "explain-answer-until": Message("{value} 当天或以前", "{value} or earlier"),
    "explain-answer-before": Message("早于 {value}", "before {value}"),
    "explain-answer-open": Message("{outcome}（可能：{possible}）", "{outcome} (possible: {possible})"),
    "explain-or": Message(" 或 ", " or "),
    "explain-and-more": Message("{values} 等 {count} 种之一", "{values} or another of {count}"),
    "explain-ways": Message("改变什么就会符合", "What would have to change"),
    "explain-ways-fill": Message("怎样填写或更正就会符合", "What would make it meet the standard"),
    "explain-ways-none": Message(
        "没有找到改变几处就能符合的办法：先要补上年度，或要补的不在这几张表的单元格里，或要改的太多。",
        "No small set of changes was found: the year comes first, what is lacking is in no cell of these sheets, or it is too much.",
    ),
    "explain-way": Message("（{number}）{turns} → {outcome}", "({number}) {turns} → {outcome}"),
    "explain-and": Message("；并且 ", "; and "),
    "explain-verified": Message(
        "说的是实际情况要怎样变，表要照实填写；每一种都已在改过的数据上重新判定过。",
        "What would have to become true, not what to write; each was judged again on changed data.",
    ),
    "explain-turn-more": Message("{label}多 {by}（{before} → {after}）{cells}", "{label} up by {by} ({before} → {after}){cells}"),
    "explain-turn-less": Message(
        "{label}少 {by}（{before} → {after}）{cells}", "{label} down by {by} ({before} → {after}){cells}"
    ),
    "explain-turn-through-more": Message(
        "{label}多 {by}，例如{part} {before} → {after}{cells}", "{label} up by {by}, for example {part} {before} → {after}{cells}"
    ),
    "explain-turn-through-less": Message(
        "{label}少 {by}，例如{part} {before} → {after}{cells}",
        "{label} down by {by}, for example {part} {before} → {after}{cells}",
    ),
    "explain-turn-each": Message("{by}（人均 {each}）", "{by} ({each} per person)"),
    "explain-turn-set": Message("{label}由 {before} 改为 {after}{cells}", "{label} from {before} to {after}{cells}"),
    "explain-turn-fill": Message("{label}填 {after}{cells}", "{label} filled in as {after}{cells}"),
    "explain-turn-of": Message("{who}：{turn}", "{who}: {turn}"),
    "explain-turn-fixed": Message("{turn}（只有原来填错了才能改）", "{turn} (only if what stands there is wrong)"),
    "explain-member": Message("成员 {name}", "member {name}"),
    "explain-closest": Message("余地最小的一项：{title}，余 {margin}", "Least to spare: {title}, {margin}"),
    "explain-closest-cent": Message(
        "余地最小的一项：{title}，余不足 0.01 {unit}", "Least to spare: {title}, less than 0.01 {unit}"
    ),
    "explain-problems": Message("这一户的数据问题", "Data problems in its rows"),
    "explain-quality": Message("数据质量（规则包 {pack} v{version}）", "Data quality (rules {pack} v{version})"),
    "explain-quality-same": Message("即使不采信这些数值，结论也不变。", "Without these values the verdict would be the same."),
    "explain-quality-turn": Message("不采信这些数值的话：{before} → {after}", "Without these values: {before} → {after}"),
    "explain-quality-none": Message("没有发现矛盾。", "No contradiction was found."),
}
