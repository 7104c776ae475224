"""What fupin says of accepted findings, and of what makes a run fail."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "opt-baseline": Message(
        "已认可问题的清单：其中写明谁认可、为什么、到哪天为止的，不算不通过。",
        "The list of accepted findings: those with who, why and until when do not fail.",
    ),
    "opt-write-baseline": Message(
        "把本次会导致不通过的问题写成清单，留空的“谁、为什么、到哪天”填好后用 --baseline；原有的照旧保留。",
        "Write down the findings that would fail, with who, why and until when to be filled in for --baseline; those filled in before are kept.",
    ),
    "opt-fail-on": Message(
        "从哪一级起算不通过：error 错误（默认），warning 存疑也算，none 都不算。",
        "The level from which findings fail: error (default), warning, or none.",
    ),
    "opt-max-rate": Message(
        "某条规则允许多大比例的行不符，如 continues=0.5%；超过才算不通过，可写多次。",
        "The share of rows that may break a rule, such as continues=0.5%: only more than that fails; may be given several times.",
    ),
    "opt-today": Message(
        "把这一天当作今天，看清单上哪些已到期（默认：北京时间的今天，或 SOURCE_DATE_EPOCH）。",
        "The day on which entries of the baseline are looked at (default: today in Beijing, or SOURCE_DATE_EPOCH).",
    ),
    "verify-inputs-missing": Message(
        "没有给出名册，fupin.toml 里也没有写。",
        "No roster was given, and fupin.toml names none.",
        '写出文件或文件夹：fupin verify-roster 2017.xlsx 2018.xlsx；或在 fupin.toml 里写 [verify] 和 inputs = ["rosters/*.xlsx"]。',
        'Name files or folders: fupin verify-roster 2017.xlsx 2018.xlsx; or write [verify] and inputs = ["rosters/*.xlsx"] into fupin.toml.',
    ),
    "pattern-without-files": Message(
        "{pattern} 找不到任何名册文件。",
        "No roster file is named {pattern}.",
        "检查文件夹和后缀；下一级文件夹也要找的，写 **/*.xlsx。",
        "Check folder and suffix; **/*.xlsx also looks in the folders below.",
    ),
    "max-rate-share": Message(
        "--max-rate {name} 要写成 0.5% 这样的百分比，而不是 {value}",
        "--max-rate {name} takes a percentage such as 0.5%, not {value}",
    ),
    "max-rate-unknown": Message(
        "--max-rate：没有叫 {name} 的规则。",
        "--max-rate: there is no rule {name}.",
        "规则名见 --format markdown 的报告。",
        "Reports with --format markdown name the rules, as fupin rules show roster does.",
    ),
    "max-rate-several": Message(
        "--max-rate：叫 {name} 的规则不止一条。",
        "--max-rate: there are several rules {name}.",
        "写全名：{rules}",
        "Write one in full: {rules}",
    ),
    "max-rate-twice": Message(
        "--max-rate {name} 写了两次。", "--max-rate {name} stands twice.", "只留一个。", "Keep one of them."
    ),
    "today-wrong": Message(
        "{name} 要写成 {wanted}，而不是 {value}",
        "{name} takes {wanted}, not {value}",
    ),
    "baseline-missing": Message(
        "没有 {path} 这个已认可问题的清单。",
        "There is no baseline {path}.",
        "加 --write-baseline {path} 先写一份，填好谁认可、为什么、到哪天为止。",
        "--write-baseline {path} writes one; then fill in who accepts, why and until when.",
    ),
    "baseline-too-large": Message(
        "清单 {path} 太大。",
        "Baseline {path} is too large.",
        "逐个认可不了这么多：先改数据，或用 --max-rate 给规则定一个允许的比例。",
        "Nobody can accept so many one by one: mend the data first, or give rules a share with --max-rate.",
    ),
    "baseline-other-file": Message(
        "这不是已认可问题的清单（没有 baseline: {kind}）。",
        "This is no baseline (it does not say baseline: {kind}).",
        "用 --write-baseline 写出来的文件。",
        "Use a file that --write-baseline has written.",
    ),
    "baseline-blank": Message(
        "{name} 还没有填。",
        "{name} is still to be filled in.",
        "每一组都要写明谁认可（who）、为什么（why）、到哪天为止（until）；不认可的，把那几行删掉。",
        "Each group says who accepts, why, and until when; lines of what nobody accepts are taken out.",
    ),
    "baseline-fingerprint": Message(
        "这不是指纹：要 32 位小写十六进制数字。",
        "This is no fingerprint: it has 32 hexadecimal digits in lower case.",
        "照 --write-baseline 写出来的抄，不要改动。",
        "Copy it as --write-baseline has written it.",
    ),
    "baseline-part-missing": Message(
        "没有写 {name}。",
        "{name} is missing.",
        "照 --write-baseline 写出来的整行抄。",
        "Copy the whole line as --write-baseline has written it.",
    ),
    "baseline-twice": Message(
        "这个指纹在第 {first} 行已经有了。", "This fingerprint stands in line {first}, too.", "只留一个。", "Keep one of them."
    ),
    "baseline-other-finding": Message(
        "指纹与写的规则或年度不是同一个问题：指纹是 {rule} {year} 的。",
        "The fingerprint is of another finding than rule and year say: of {rule} {year}.",
        "照 --write-baseline 写出来的整行抄。",
        "Copy the whole line as --write-baseline has written it.",
    ),
    "baseline-nothing-fails": Message(
        "--fail-on none 时没有哪个问题会导致不通过，不用写清单。",
        "With --fail-on none no finding fails: there is nothing to accept.",
        "加 --fail-on error 或 --fail-on warning。",
        "Add --fail-on error or --fail-on warning.",
    ),
    "baseline-is-output": Message(
        "清单和报告不能写到同一个文件 {path}。",
        "Baseline and report cannot both be {path}.",
        "换一个文件名。",
        "Choose another name.",
    ),
    "baseline-written": Message(
        "已写入 {path}：保留 {kept} 个，新增 {new} 个，删去 {dropped} 个已不再出现的。",
        "Wrote {path}: {kept} kept, {new} new, {dropped} left out because they are found no more.",
    ),
    "baseline-to-fill": Message(
        "新增的还没有人认可：请打开 {path}，填好 who、why、until。",
        "Nobody has accepted the new ones yet: open {path} and fill in who, why and until.",
    ),
    "baseline-head": Message(
        "已认可的问题。每一组写明：who 谁认可，why 为什么，until 到哪天为止（含当天，如 2027-12-31）。",
        "Accepted findings. Each group says: who accepts them, why, and until which day (2027-12-31: that day included).",
    ),
    "baseline-head-rest": Message(
        "指纹（fingerprint）认的是哪一个问题，不要改动；要分给不同的人或期限，就把行移到另一组。已改好的，下次 --write-baseline 会删去。",
        "The fingerprint says which finding is meant: leave it as it is. Move lines to another group for other people or days. What is mended goes with the next --write-baseline.",
    ),
    "baseline-state": Message(
        "清单 {path}（按 {today}）：已认可 {used} 个，到期 {expired} 个，不再出现 {vanished} 个，本次查不出的 {unseen} 个",
        "Baseline {path} (on {today}): {used} accepted, {expired} expired, {vanished} found no more, {unseen} that this run cannot tell",
    ),
    "baseline-expired-line": Message(
        "已到期（{until}，{who}）：{rule} {subject} {where}", "Expired ({until}, {who}): {rule} {subject} {where}"
    ),
    "baseline-vanished-line": Message(
        "不再出现，可以从清单删去：{rule} {subject} {where}", "Found no more, can be taken out: {rule} {subject} {where}"
    ),
    "gate-passes": Message("通过。", "The run passes."),
    "gate-fails": Message("不通过：", "The run fails:"),
    "gate-errors": Message("错误 {count} 个", "{count} errors"),
    "gate-warnings": Message("存疑 {count} 个", "{count} warnings"),
    "gate-reading": Message("读不了或读不准 {count} 处", "{count} places that cannot be read for sure"),
    "gate-expired": Message("认可已到期的问题 {count} 个", "{count} findings that were accepted until an earlier day"),
    "gate-share": Message(
        "{rule}：{asked} 行中 {broken} 行不符，超过 {most}", "{rule}: {broken} of {asked} rows break it, more than {most}"
    ),
    "gate-share-within": Message(
        "{rule}：{asked} 行中 {broken} 行不符，没有超过 {most}", "{rule}: {broken} of {asked} rows break it, not more than {most}"
    ),
    "gate-refused": Message("读不了、没有核对的文件 {count} 个", "{count} files that could not be read and were not verified"),
    "gate-quarantined": Message("没有判定的行 {count} 行", "{count} rows that nobody judged"),
}
