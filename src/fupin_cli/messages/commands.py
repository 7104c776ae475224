"""What fupin says about its own command line: help, usage errors, the end of a run."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "help-fupin": Message(
        "脱贫退出资格核查：读名册，按标准判定，给出依据、数值、单元格和差距。",
        "Poverty-exit eligibility: reads rosters, judges by the standards, and shows clause, values, cells and margin.",
    ),
    "help-check-exit": Message(
        "检查贫困户是否符合退出条件：两不愁三保障、饮水安全、收入；并列出退出程序走到哪一步。",
        "Check households against the exit standard, and show where their exit procedure stands.",
    ),
    "help-check-identify": Message(
        "检查哪些户要纳入建档立卡：三条纳入的路、七不准要复核、已建档的先分出来；并列出识别程序走到哪一步。",
        "Check which households are to be registered, which need a review, and where the procedure of identification stands.",
    ),
    "help-check-all": Message(
        "一次读取，按各检查命令的标准全部检查：识别、退出、帮扶、档案、数据，一份报告。",
        "Check everything in one reading and one report: identification, exit, support, files and the data itself.",
    ),
    "help-check-village": Message(
        "检查行政村是否达到退出（出列、销号）标准，逐项说明条款、数值、单元格和差距；户表在的，由户表算出未脱贫人口并核对。",
        "Check whether villages meet the exit standard: clause, values, cells and margin of each check; where the households are given, the poor are counted from them and compared.",
    ),
    "help-check-support": Message(
        "检查到户帮扶：每户应得哪些措施、得了没有、差多少；与低保名册比对应保尽保。",
        "Check the support of households: what is due, whether it arrived and what is missing; compare with the roster of the minimum living allowance.",
    ),
    "help-check-archive": Message(
        "检查档案：每户、每村、每个工作队应有哪些材料，缺哪些；按村列出齐全情况。",
        "Check the files: what each household, village and help team should have and what is missing; completeness by village.",
    ),
    "help-check-data": Message(
        "检查名册数据：证件号码、家庭成员、教育、劳动、保障、收入等有没有自相矛盾，要改哪个单元格。",
        "Check the data itself: what contradicts itself in identity, household, schooling, work and income, and in which cells.",
    ),
    "help-rules": Message("查看和测试规则包。", "Look at rule packs and test them."),
    "help-rules-list": Message("列出现有规则包。", "List the rule packs."),
    "help-rules-show": Message(
        "显示一个规则包：参数、检查项、条款、决定表。", "Show a pack: parameters, checks, clauses, decision list."
    ),
    "help-rules-schema": Message(
        "输出规则包、案例、fupin.toml 的 JSON 模式，供编辑器补全和检查。",
        "Print the JSON Schema of packs, cases or fupin.toml, for editors to complete and check.",
    ),
    "help-rules-test": Message("运行规则包的案例。", "Run the worked cases of a pack."),
    "help-completion": Message(
        "输出一段脚本，装上以后按 Tab 键补全命令、选项、规则包、标准、参数、字段和取值。",
        "Print a script with which the Tab key completes commands, options, packs, standards, parameters, fields and their values.",
    ),
    "heading-completion": Message(
        "放在哪里（执行一次，再打开一个新的终端）", "Where it belongs (type once, then open a new terminal)"
    ),
    "completion-shell-missing": Message("没有说是哪一种命令行。", "No shell was named.", "可用：{shells}", "Possible: {shells}"),
    "completion-shell-unknown": Message(
        "不会为 {name} 补全。", "There is no completion for {name}.", "可用：{shells}", "Possible: {shells}"
    ),
    "opt-rules": Message("规则包名或目录。", "Rule pack or directory."),
    "opt-rules-several": Message(
        "规则包名或目录，可多次；代替有同样标准的检查所用的规则包。",
        "Rule pack or directory, repeatable: in place of the usual pack of every check that it has standards for.",
    ),
    "opt-exclusions": Message(
        "七不准情形的清单，用逗号隔开；代替规则包里的清单。",
        "What speaks against inclusion, separated by commas, in place of the pack's own list.",
    ),
    "opt-dibao": Message(
        "低保名册：与建档立卡名册比对应保尽保，可多次。",
        "Roster of the minimum living allowance, to compare with that of registered households; repeatable.",
    ),
    "opt-as-of": Message(
        "判定日 YYYY-MM-DD：计算年龄；数据没有年度时也定年度。",
        "Day of judgement YYYY-MM-DD: for ages, and the year where the data has none.",
    ),
    "opt-set": Message("换一个参数值：名称=数值，可多次。", "Set a parameter: NAME=VALUE, repeatable."),
    "opt-assume": Message(
        "空白按此值计：字段=值，可多次；报告会写明。", "Take a blank as: FIELD=VALUE, repeatable; the report says so."
    ),
    "opt-format": Message("输出格式。", "Output format."),
    "opt-output": Message(
        "写入文件（后缀决定格式），可多次：一次运行写出几种报告。",
        "Write to a file (its suffix chooses the format); repeatable: several reports of one run.",
    ),
    "opt-output-once": Message("写入文件。", "Write to a file."),
    "opt-only": Message("只列出：fail 不符合，unknown 待核实，pass 符合。", "List only: fail, unknown or pass."),
    "opt-limit": Message("终端最多列出多少户（0 为全部）。", "Most subjects on the terminal (0 for all)."),
    "opt-sheet": Message("只读这个工作表，可多次。", "Read this sheet only, repeatable."),
    "opt-details": Message("all：通过的检查项也列出。", "all: list checks that pass, too."),
    "opt-lang": Message("语言。", "Language."),
    "opt-mask": Message(
        "遮盖证件号码和电话（默认遮盖；--no-mask 只用于写入 xlsx、csv、json 文件）。",
        "Mask ID and phone numbers (default; --no-mask only for xlsx, csv and json files).",
    ),
    "opt-quiet": Message("不显示提示信息。", "No notes on stderr."),
    "opt-version": Message("显示版本。", "Show the version."),
    "opt-help": Message("显示帮助。", "Show this help."),
    "heading-usage": Message("用法：", "Usage: "),
    "heading-options": Message("选项", "Options"),
    "heading-commands": Message("命令", "Commands"),
    "error-prefix": Message("错误：{text}", "Error: {text}"),
    "hint-prefix": Message("提示：{text}", "Hint: {text}"),
    "usage-command-unknown": Message(
        "没有命令 {name}。",
        "There is no command {name}.",
        "{command} --help 列出全部命令。",
        "{command} --help lists all commands.",
    ),
    "usage-command-missing": Message(
        "缺少命令。", "A command is missing.", "{command} --help 列出全部命令。", "{command} --help lists all commands."
    ),
    "usage-option-unknown": Message(
        "没有选项 {name}。",
        "There is no option {name}.",
        "{command} --help 列出全部选项。",
        "{command} --help lists all options.",
    ),
    "usage-file-missing": Message(
        "没有给出文件。", "No file was given.", "例如：{command} 名册.xlsx", "For example: {command} roster.xlsx"
    ),
    "usage-argument-missing": Message(
        "没有给出 {what}。", "{what} was not given.", "{command} --help 说明要写什么。", "{command} --help says what it takes."
    ),
    "usage-value-missing": Message(
        "{name} 后面没有写值。", "{name} has no value.", "加 --help 看它要写什么。", "--help says what it takes."
    ),
    "usage-value-unwanted": Message("{name} 后面不写值。", "{name} takes no value."),
    "usage-too-much": Message(
        "命令行多出了 {value}。",
        "{value} is one argument too many.",
        "{command} --help 说明要写什么；含空格的名称要加引号。",
        "{command} --help says what it takes; a name with blanks needs quotation marks.",
    ),
    "usage-value-wrong": Message(
        "{name} 的值不对：{value}", "Wrong value for {name}: {value}", "可用：{choices}", "Possible: {choices}"
    ),
    "usage-pair": Message("{name} 要写成 名称=值，而不是 {value}", "{name} takes NAME=VALUE, not {value}"),
    "usage-pair-twice": Message("{name} {value} 写了两次。", "{name} {value} stands twice.", "只留一个。", "Keep one of them."),
    "exclusions-unknown": Message(
        "规则包 {pack} 没有能用 --exclusions 代替的清单。",
        "Pack {pack} has no list that --exclusions could replace.",
        "不加 --rules 就用默认的规则包，它有这个清单。",
        "Leave --rules out: the usual pack has one.",
    ),
    "exclusions-empty": Message(
        "--exclusions 没有给出任何一项。",
        "--exclusions names no item.",
        "各项用顿号隔开，写成 --exclusions 甲、乙。",
        "Separate the items by commas, as in --exclusions A,B.",
    ),
    "exclusions-twice": Message(
        "--exclusions 和 --set 说的是同一个清单。",
        "--exclusions and --set name the same list.",
        "只留一个。",
        "Keep one of them.",
    ),
    "usage-date": Message(
        "--as-of 要写成 2018-12-31 这样的日期，而不是 {value}", "--as-of takes a date such as 2018-12-31, not {value}"
    ),
    "usage-limit": Message("--limit 要写 0 或正整数，而不是 {value}", "--limit takes 0 or a positive number, not {value}"),
    "usage-other": Message("命令行不对：{reason}", "Wrong command line: {reason}"),
    "usage-suffix": Message(
        "看不出 {path} 要什么格式。",
        "{path} does not tell its format.",
        "后缀可用：{suffixes}；或加 --format。",
        "Possible suffixes: {suffixes}; or add --format.",
    ),
    "usage-no-mask": Message(
        "--no-mask 只能用于写入 xlsx、csv 或 json 文件（-o）。", "--no-mask is only for xlsx, csv or json files (-o)."
    ),
    "usage-book-terminal": Message(
        "{form} 是工作簿，终端上显示不了。",
        "{form} is a workbook, which no terminal can show.",
        "写到文件：-o 文件.{form}，或接到管道。",
        "Write it to a file with -o FILE.{form}, or into a pipe.",
    ),
    "file-given-twice": Message(
        "{path} 与前面的一个文件内容完全相同。",
        "{path} has the same content as an earlier file.",
        "每个文件只给一次。",
        "Give each file once.",
    ),
    "pack-for-another-command": Message(
        "规则包 {name} 里没有 {command} 要用的标准 {standards}。",
        "Pack {name} has no standard {standards}, which {command} needs.",
        "不加 --rules 就用默认的规则包。",
        "Leave --rules out for the usual pack.",
    ),
    "tables-missing": Message(
        "给出的文件里没有 {command} 要检查的表：{sheets}。",
        "The files have none of the tables that {command} checks: {sheets}.",
        "用 fupin inspect 看文件被认作什么。",
        "fupin inspect shows what the files were taken for.",
    ),
    "output-is-input": Message(
        "输出文件 {path} 就是输入文件。", "Output {path} is an input.", "换一个文件名。", "Choose another name."
    ),
    "output-unwritable": Message(
        "写不了 {path}：{reason}",
        "Cannot write {path}: {reason}",
        "检查目录和权限，或换一个位置；文件若在 Excel 中打开，请先关闭。",
        "Check the directory and permissions; close the file if it is open elsewhere.",
    ),
    "progress-reading": Message("读取文件 {files}/{all}", "Reading files {files}/{all}"),
    "written": Message("已写入 {path}", "Wrote {path}"),
    "refused-in-batch": Message("{count} 个文件未能读取，其余照常处理。", "{count} files were refused; the others went through."),
    "limits-lacking": Message(
        "本系统不能限制读取进程的内存，来历不明的大文件请先确认。",
        "This system cannot limit the reader's memory; be sure of large files from strangers.",
    ),
    "interrupted": Message("已中断，没有写入任何结果。", "Interrupted; nothing was written."),
    "bug": Message(
        "程序内部错误（{kind}，{place}）。这是我们的错，不是数据的错。",
        "Internal error ({kind} at {place}). This is our fault, not the data's.",
        "请附上这一行和 fupin --version 报告给我们，不要附名册。",
        "Please report this line and fupin --version; do not attach the roster.",
    ),
}
