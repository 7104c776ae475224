"""What the comments of a printed query say, and what is wrong where none can be printed."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "help-rules-sql": Message(
        "把一个标准打印成一条 SQL 查询，可在已有的系统里运行；注释写明条款。",
        "Print a standard as one SQL query, to be run inside an existing register; comments name the clauses.",
    ),
    "opt-dialect": Message("数据库：duckdb 或 postgres。", "Database: duckdb or postgres."),
    "opt-columns": Message(
        "系统里这个表有哪些列：TABLE=a,b,c，可多次；不写的表视为所需的列都有，“TABLE=”是没有这个表。",
        "Which columns the register's table has: TABLE=a,b,c, repeatable; a table not named has all that are needed, TABLE= is not there.",
    ),
    "sql-standard-missing": Message(
        "没有写明规则包和标准。",
        "No pack and standard are named.",
        "规则包 {pack} 的标准：{known}",
        "Standards of {pack}: {known}",
    ),
    "sql-dialect-missing": Message(
        "没有写明数据库：--dialect", "No database is named: --dialect", "可用：{known}", "Possible: {known}"
    ),
    "sql-dialect-unknown": Message(
        "不能为 {name} 打印查询。", "No query can be printed for {name}.", "可用：{known}", "Possible: {known}"
    ),
    "standard-unknown": Message(
        "规则包 {pack} 里没有标准 {name}。", "Pack {pack} has no standard {name}.", "可用：{known}", "Possible: {known}"
    ),
    "sql-columns-shape": Message("--columns 要写成 TABLE=a,b,c，而不是 {value}", "--columns takes TABLE=a,b,c, not {value}"),
    "sql-table-unknown": Message("没有 {name} 这个表。", "There is no table {name}."),
    "sql-column-unknown": Message(
        "表 {table} 没有字段 {name}。",
        "Table {table} has no field {name}.",
        "只写标准认得的列；不加 --columns 打印一次，注释里列出全部。",
        "Name only columns that fupin knows; printed without --columns, the comments list all that are needed.",
    ),
    "sql-key-missing": Message(
        "表 {table} 缺少能说明是谁的列。",
        "Table {table} has no column that says who a row is.",
        "至少要有一列：{names}",
        "At least one is needed: {names}",
    ),
    "sql-pack": Message("规则包 {pack} v{version} {title}", "Pack {pack} v{version} {title}"),
    "sql-standard": Message("标准 {standard} {title}", "Standard {standard} {title}"),
    "sql-day": Message(
        "判定日 {day}；没有年度的表按这一天的年份。", "Day of judgement {day}; it gives the year where a table has none."
    ),
    "sql-day-year-end": Message("判定日：每行年度的 12 月 31 日。", "Day of judgement: 31 December of each row's year."),
    "sql-for": Message(
        "用于 {title} 或更新的版本，数据库编码为 UTF-8。", "For {title} or newer; the database's encoding is UTF-8."
    ),
    "sql-tables": Message("需要的表和列：", "Tables and columns that it reads:"),
    "sql-codes": Message("（只能是：{values}）", "(only: {values})"),
    "sql-bounds": Message("（{smallest} 至 {largest}，此外不予采信）", "({smallest} to {largest}; any other is not believed)"),
    "sql-part": Message("{part} 大于 {whole} 的，两个数都不予采信。", "Where {part} is more than {whole}, neither is believed."),
    "sql-lacking": Message("系统里没有的列，按未知处理：{names}", "Columns that the register lacks, so unknown: {names}"),
    "sql-view": Message(
        '系统里的名称不同时，先建视图，例如：CREATE VIEW "{table}" AS SELECT "{label}" AS "{column}", ... FROM "..."；空白必须是 NULL，金额不能是浮点数。',
        'Where the register has other names make a view first: CREATE VIEW "{table}" AS SELECT "{label}" AS "{column}", ... FROM "..."; a blank must be NULL, and no amount a float.',
    ),
    "sql-columns": Message(
        "没有的列不要用 NULL 代替，用 --columns {table}=... 重新打印：没有这一列，与有这一列而空白，结论可能不同。",
        "Put no NULL for a column that is not there, print again with --columns {table}=...: not to have it is not the same as a blank.",
    ),
    "sql-once": Message("{table} 的每个键（{names}）只能有一行。", "{table} has one row for each key ({names})."),
    "sql-years": Message(
        "{table} 的来历、去向和“上年”各列不在任何表里：先比较各年度名册得出（verify-roster 自己会做），再放进这个视图。",
        "The columns of {table} that say where it came from, where it went, and last year's are in no register: comparing the rosters of the years gives them (verify-roster does it itself).",
    ),
    "sql-parameters": Message("参数：", "Parameters:"),
    "sql-chosen": Message("{value}（由使用者给定）", "{value} (set by the user)"),
    "sql-documents": Message("文件：", "Documents:"),
    "sql-result": Message(
        "结果每个对象一行：outcome 是结论，possible_outcomes 是还可能的结论，missing 是待核实时要补的字段（$ 开头的是参数，表.rows 是缺的行），disagreeing 是来源不一致的字段，check_ 开头的是各检查项，margin_ 开头的是差距，rows_with_this_key 大于 1 的行键重复、结论不可用。",
        "One row for each subject: outcome; possible_outcomes still open; missing, what would settle an undetermined one ($ marks a parameter, TABLE.rows rows that are not there); disagreeing, fields whose sources differ; check_ for each check and margin_ for how much; where rows_with_this_key is over 1 the key stands twice and the verdict must not be used.",
    ),
    "sql-unknown": Message(
        "undetermined 是待核实，既不是符合也不是不符合；not_applicable 是标准不适用。检查项：pass 达标，fail 不达标，unknown 待核实，not_applicable 不适用。",
        "undetermined is neither yes nor no; not_applicable: the standard is not for this subject. A check is pass, fail, unknown or not_applicable.",
    ),
    "sql-of-table": Message(
        "系统自己的表；表名和列名可以在这里换。", "The register's own tables; other names of theirs can be put in here."
    ),
    "sql-of-base": Message(
        "每个对象给出的值、年度和判定日。", "What is given of each subject, its year and the day of judgement."
    ),
    "sql-of-members": Message(
        "属于每个对象的其他表的行，以及合起来是什么。",
        "The rows of other tables that belong to a subject, and what they come to.",
    ),
    "sql-of-joined": Message("对象和它的行合在一起。", "The subjects with what their rows come to."),
    "sql-of-step": Message(
        "一步步到结论：参数、字段、检查项、决定表；NULL 是未知。",
        "Step by step to the outcome: parameters, fields, checks, decision list; NULL is unknown.",
    ),
    "sql-of-need": Message("从结论往回：哪些空白使它待核实。", "Back from the outcome: which blanks leave it open."),
    "sql-of-verdict": Message("每项检查，标题、条件、条款。", "Each check with its title, condition and clause."),
    "sql-check": Message("检查 {name}：{condition}", "Check {name}: {condition}"),
    "sql-row": Message("决定表第 {number} 行：{condition} → {title}", "Row {number} of the decision list: {condition} → {title}"),
    "sql-fact": Message("事实 {name}（{title}）：{expression}", "Fact {name} ({title}): {expression}"),
}
