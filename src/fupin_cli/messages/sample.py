"""What ``fupin sample`` says: its help, its plan, its field sheet."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "help-sample": Message(
        "抽样：从名册抽取要入户调查的户，同一种子、同一名单在任何机器上抽出同样的户；或用 --plan 算要抽多少。",
        "Draw households to be visited: the same seed and roster give the same ones on every machine; or --plan how many.",
    ),
    "opt-sample-size": Message("抽多少户。", "How many households."),
    "opt-sample-by": Message(
        "分层：township（乡镇）或 village（行政村），按户数分配。", "Strata, in proportion to size: township or village."
    ),
    "opt-cluster": Message("整群：先抽行政村，再在村内抽户。", "Clusters: villages are drawn first, then households in them."),
    "opt-take": Message("整群抽样时每村抽多少户。", "Households in each drawn village."),
    "opt-group": Message("只从一个组别的户中抽。", "Draw from the households of one group (组别) only."),
    "opt-seed": Message(
        "种子：任意文字，请公开抽定，例如由监督人当场写下。", "Seed: any text; let a witness choose it in public."
    ),
    "opt-year": Message("从哪一年的户中抽；默认最近一年。", "The year whose households are drawn; the latest unless given."),
    "opt-sample-format": Message("输出格式；xlsx 为入户调查表。", "Output format; xlsx is the sheet for the field."),
    "opt-plan": Message("不抽样，只算要抽多少。", "Draw nothing; say how many to ask."),
    "opt-margin": Message("区间离率最多多远，如 1%。", "How far the interval may reach from the rate, such as 1%."),
    "opt-confidence": Message("置信水平，如 95%。", "Confidence, such as 95%."),
    "opt-population": Message(
        "总体有多少；抽中比例高时可以少抽。", "How many there are in all; a large part of them needs fewer."
    ),
    "opt-rate": Message(
        "预计的率；默认用 --tell 的限值，没有 --tell 用 50%。",
        "The rate that is expected; the limit of --tell unless given, else 50%.",
    ),
    "opt-power": Message("把好的率认出来的把握，如 80%。", "How likely a good rate is shown to be one, such as 80%."),
    "opt-tell": Message(
        "把哪个率和限值分开，如 1%:2%；认可度写作 95%:90%。",
        "Which rate to tell from which limit, such as 1%:2%, or 95%:90% for a rate to be reached.",
    ),
    "sample-files-missing": Message(
        "没有给出名册。",
        "No roster was given.",
        "例如：fupin sample 名册.xlsx -n 100 --seed 种子",
        "For example: fupin sample roster.xlsx -n 100 --seed SEED",
    ),
    "sample-size-missing": Message(
        "没有说抽多少户。",
        "How many households is not said.",
        "加上 -n；不知道该抽多少，用 fupin sample --plan",
        "Add -n; fupin sample --plan says how many",
    ),
    "sample-seed-missing": Message(
        "没有给出种子。",
        "There is no seed.",
        "加上 --seed 和任意文字；写下它，别人就能抽出同样的户。",
        "Add --seed and any text; whoever knows it can draw the same households.",
    ),
    "sample-number": Message("{name} 要写正整数，而不是 {value}", "{name} takes a positive number, not {value}"),
    "sample-share": Message(
        "{name} 要写 {low} 到 {high} 之间的百分数，而不是 {value}",
        "{name} takes a percentage between {low} and {high}, not {value}",
    ),
    "sample-tell": Message(
        "--tell 要写成 1%:2% 这样的两个百分数，而不是 {value}", "--tell takes two percentages such as 1%:2%, not {value}"
    ),
    "sample-only-plan": Message(
        "{name} 只能和 --plan 一起用。",
        "{name} goes with --plan only.",
        "加上 --plan，或去掉 {name}。",
        "Add --plan, or leave {name} out.",
    ),
    "sample-not-plan": Message(
        "{name} 不能和 --plan 一起用：--plan 不抽样。",
        "{name} does not go with --plan, which draws nothing.",
        "去掉 --plan 就抽样。",
        "Leave --plan out to draw.",
    ),
    "sample-plan-format": Message(
        "--plan 的结果不能写成 {form}。", "A plan cannot be written as {form}.", "可用：{forms}", "Possible: {forms}"
    ),
    "sample-plan-too-large": Message(
        "要抽的可能超过 {largest}，不再往下算。",
        "More than {largest} may be needed; that is not computed.",
        "放宽 --margin，让 --tell 的两个率离得远些，或给出 --population。",
        "Allow a wider --margin, let the rates of --tell differ more, or give the --population.",
    ),
    "sample-take-alone": Message(
        "--take 只能和 --cluster 一起用。",
        "--take goes with --cluster only.",
        "加上 --cluster village。",
        "Add --cluster village.",
    ),
    "sample-village-twice": Message(
        "行政村不能既是层又是群。",
        "A village cannot be both a stratum and a cluster.",
        "分层用 --by township，或去掉 --cluster。",
        "Take --by township, or leave --cluster out.",
    ),
    "sample-too-large": Message(
        "名单里只有 {households} 户，抽不出 {size} 户。",
        "There are {households} households to draw from; {size} cannot be drawn.",
        "把 -n 减到 {households} 以内。",
        "Let -n be at most {households}.",
    ),
    "sample-too-small": Message(
        "分成 {strata} 层，每层至少一户，{size} 户不够分。",
        "There are {strata} strata; {size} households are not one for each.",
        "-n 至少 {strata}，或改用更大的层。",
        "Let -n be at least {strata}, or take wider strata.",
    ),
    "sample-year-unknown": Message(
        "名册里没有 {year} 年的户。", "The roster has no households of {year}.", "有的年度：{years}", "Years that it has: {years}"
    ),
    "sample-nobody-named": Message(
        "名册里没有一户有 户编号，抽中了也无从指明。",
        "No household of the roster has a number (户编号), so none can be drawn by name.",
        "先填 户编号；用 fupin inspect 看文件被认作什么。",
        "Fill in 户编号 first; fupin inspect shows what the file was taken for.",
    ),
    "sample-nobody-left": Message(
        "名册里没有一户可以抽：隔离 {quarantined} 行（如户编号重复），没有采用的户。",
        "There is no household to draw: {quarantined} rows are quarantined (a number used twice, for example), none is left.",
        "用 fupin inspect 看是哪几行，改正后再抽。",
        "fupin inspect shows which rows; correct them first.",
    ),
    "sample-place-missing": Message(
        "名册里没有{label}，不能按它抽。",
        "The roster has no {label} to draw by.",
        "补上这一列，或换一种抽法。",
        "Add the column, or draw in another way.",
    ),
    "sample-cluster-unknown": Message(
        "有 {count} 户不知道在哪个行政村（{cells}），不能先抽村。",
        "The village of {count} households is unknown ({cells}), so villages cannot be drawn.",
        "补上行政村，或改用 --by township。",
        "Fill the village in, or take --by township.",
    ),
    "sample-other-years": Message(
        "其他年度（{years}）的 {count} 行不在抽样名单里。",
        "{count} rows of other years ({years}) are not in the frame.",
        "要抽别的年度，用 --year。",
        "Choose another year with --year.",
    ),
    "sample-without-year": Message(
        "{count} 户没有年度（{cells}），不在抽样名单里。",
        "{count} households without a year ({cells}) are not in the frame.",
        "补上年度再抽。",
        "Fill in the year and draw again.",
    ),
    "sample-without-group": Message(
        "{count} 户看不出组别（{cells}），不在抽样名单里。",
        "The group of {count} households is unknown ({cells}); they are not in the frame.",
        "补上脱贫属性或建档立卡，再抽。",
        "Fill in 脱贫属性 or 建档立卡 and draw again.",
    ),
    "sample-group-empty": Message(
        "名册里没有{group}。",
        "The roster has no households of the group {group}.",
        "有的组别：{groups}",
        "Groups that it has: {groups}",
    ),
    "sample-group": Message("组别：只从{group}中抽", "Group: drawn from {group} only"),
    "sample-without-number": Message(
        "{count} 户没有户编号（{cells}），不在抽样名单里。",
        "{count} households without a number ({cells}) are not in the frame.",
        "补上户编号再抽。",
        "Fill in the number and draw again.",
    ),
    "sample-place-unknown": Message(
        "{count} 户不知道{label}（{cells}），自成一层。",
        "The {label} of {count} households is unknown ({cells}); they are a stratum of their own.",
        "补上以后再抽，分层才准。",
        "Fill it in and draw again for proper strata.",
    ),
    "sample-short": Message(
        "有的村户数不够，应抽 {size} 户，只抽到 {drawn} 户。",
        "Some villages are too small: {drawn} of {size} households were drawn.",
        "减小 --take，让更多的村被抽到。",
        "Let --take be smaller, so that more villages are drawn.",
    ),
    "sample-one-cluster": Message(
        "只抽到一个村：看不出村与村的差别，算不出设计效应。",
        "Only one village was drawn: nothing tells villages apart, and there is no design effect.",
        "减小 --take，让更多的村被抽到。",
        "Let --take be smaller, so that more villages are drawn.",
    ),
    "sample-number-masked": Message(
        "{count} 户的户编号像证件号码或电话，已遮盖，交回后可能认不出是哪户。",
        "The numbers of {count} households look like ID or telephone numbers and are masked; the sheet may not say whose answers come back.",
        "在名册里改用真正的户编号。",
        "Give these households numbers of their own in the roster.",
    ),
    "title-sample": Message("入户调查抽样", "Households to be visited"),
    "sample-method": Message("方法：{method}", "Method: {method}"),
    "sample-method-simple": Message("简单随机抽样", "simple random sample"),
    "sample-method-stratified": Message("分层随机抽样，按户数分配", "stratified random sample, proportional allocation"),
    "sample-method-simple-clusters": Message(
        "整群抽样：行政村按户数成比例抽取，每抽中一次取至多 {take} 户",
        "clusters: villages in proportion to size, up to {take} households each time one is drawn",
    ),
    "sample-method-stratified-clusters": Message(
        "分层整群抽样：各层按户数分配，行政村按户数成比例抽取，每抽中一次取至多 {take} 户",
        "stratified clusters: proportional allocation, villages in proportion to size, up to {take} households each time one is drawn",
    ),
    "sample-seed": Message("种子：{seed}", "Seed: {seed}"),
    "sample-frame": Message(
        "抽样名单：{households} 户，{year}，sha256 {sha}", "Frame: {households} households, {year}, sha256 {sha}"
    ),
    "sample-year": Message("{year} 年度", "{year}"),
    "sample-no-year": Message("名册没有年度", "no year in the roster"),
    "sample-drawn": Message("抽到 {drawn} 户", "{drawn} households drawn"),
    "sample-again": Message("重抽一次：{command}", "To draw it again: {command}"),
    "sample-stratum": Message("层", "Stratum"),
    "sample-everybody": Message("全部", "all"),
    "sample-unknown": Message("不知道", "unknown"),
    "sample-in-frame": Message("名单户数", "In frame"),
    "sample-allotted": Message("应抽", "Allotted"),
    "sample-drawn-column": Message("抽到", "Drawn"),
    "sample-villages": Message("村数", "Villages"),
    "sample-drawn-villages": Message("抽到的村", "Villages drawn"),
    "sample-left-out": Message(
        "另有 {count} 户没有列出；--limit 0 全部列出，-o 文件.xlsx 写成入户调查表。",
        "{count} households are left out; --limit 0 lists all, -o FILE.xlsx makes the sheet for the field.",
    ),
    "opt-sample-limit": Message("终端最多列出多少户（0 为全部）。", "Most households on the terminal (0 for all)."),
    "sample-field-sheet": Message("入户调查表", "Household survey"),
    "sample-method-sheet": Message("抽样说明", "How it was drawn"),
    "sample-title": Message(
        "{title}　种子 {seed}　名单 {households} 户　sha256 {sha}",
        "{title}, seed {seed}, frame of {households} households, sha256 {sha}",
    ),
    "sample-page": Message("第 &P 页，共 &N 页", "Page &P of &N"),
    "sample-input": Message("文件：{path}　sha256 {sha}", "File: {path}, sha256 {sha}"),
    "sample-version": Message("fupin {version}", "fupin {version}"),
    "sample-how": Message(
        "每户的签是“fupin.sample/1”、种类、种子和户编号的 SHA-256（以 U+001F 隔开），签小的抽中；名单的 sha256 由户编号和分层、分群所用的地名逐户排序后算出。",
        "A household's lot is the SHA-256 of fupin.sample/1, the kind, the seed and its number, separated by U+001F; the lowest lots are drawn. The sha256 of the frame is that of the sorted lines of numbers and of the places that make strata and clusters.",
    ),
    "sample-order": Message("序号", "Number"),
    "sample-visited": Message("调查日期", "Date of visit"),
    "sample-interviewer": Message("调查员", "Interviewer"),
    "sample-remarks": Message("备注", "Remarks"),
    "title-plan": Message("要抽多少", "How many to ask"),
    "plan-margin": Message(
        "率为 {rate} 时区间不超出 ±{margin}：至少 {sampled}",
        "For an interval within ±{margin} of a rate of {rate}: at least {sampled}",
    ),
    "plan-power": Message(
        "真实的率是 {good} 时，有 {power} 的把握证明不超过 {bad}：至少 {sampled}，其中不合格的最多 {accepted}",
        "To show that a rate of {good} keeps {bad}, with probability {power}: at least {sampled}, of these at most {accepted} wrong",
    ),
    "plan-power-reach": Message(
        "真实的率是 {good} 时，有 {power} 的把握证明不低于 {bad}：至少 {sampled}，其中至少 {accepted} 合格",
        "To show that a rate of {good} reaches {bad}, with probability {power}: at least {sampled}, of these at least {accepted} right",
    ),
    "plan-then": Message("那时：{rate}", "Then: {rate}"),
    "plan-population": Message("总体 {population}，按超几何分布", "Population {population}, hypergeometric distribution"),
    "plan-no-population": Message("总体很大，按二项分布", "Large population, binomial distribution"),
    "plan-exact": Message(
        "用精确分布逐个试出，不是正态近似；抽得更多也都满足。",
        "Found by trying sizes with the exact distribution, not by the normal curve; every larger sample does as well.",
    ),
    "plan-simple": Message(
        "这是简单随机抽样的个数。整群抽样要乘以设计效应；错退率、漏评率按人计，同一户的人答案相同，请按户数抽。",
        "These are numbers of a simple random sample. Multiply by the design effect for clusters; rates by person need as many households, because a household's members share one answer.",
    ),
}
