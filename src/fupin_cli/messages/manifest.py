"""What fupin says of the manifest of a run, and of running it again."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "opt-manifest": Message(
        "另写一份运行记录（JSON）：选项、输入、规则包、参数、版本、输出的校验和；用 fupin replay 重演。",
        "Write a manifest beside the report (JSON): options, inputs, packs, parameters, versions, hashes of the outputs; for fupin replay.",
    ),
    "manifest-names-persons": Message(
        "运行记录里有 {count} 个路径含证件号码或电话：重演要按原名找文件，所以照写。",
        "{count} paths in the manifest have an identity or telephone number in them: a replay finds files by their names.",
        "像名册一样保管运行记录，或者先给文件改名再运行。",
        "Keep the manifest as you keep the rosters, or give the files other names and run again.",
    ),
    "manifest-is-output": Message(
        "运行记录和报告写的是同一个文件 {path}。",
        "The manifest and the report would be one file, {path}.",
        "给 --manifest 换一个文件名。",
        "Choose another name for --manifest.",
    ),
    "manifest-of-change": Message(
        "用了 {name} 的运行不能写运行记录：它会改动自己要读的文件，以后无法重演。",
        "A run with {name} has no manifest: it changes what it reads, so nobody could repeat it.",
        "先用 {name} 运行一次，再不带它运行并写运行记录。",
        "Run once with {name}, then without it and with --manifest.",
    ),
    "manifest-personal": Message(
        "{name} 的值像证件号码或电话号码，不能写进运行记录。",
        "The value of {name} looks like an identity or telephone number, which no manifest may hold.",
        "换一个值，或不加 --manifest。",
        "Use another value, or leave --manifest out.",
    ),
    "manifest-unreadable": Message(
        "运行记录 {path} 读不了。",
        "The manifest {path} cannot be read.",
        "要给出 --manifest 写出的 JSON 文件。",
        "It must be a JSON file that --manifest wrote.",
    ),
    "manifest-not-json": Message(
        "{path} 第 {line} 行第 {column} 列不是 JSON。",
        "{path}, line {line}, column {column}: this is not JSON.",
        "要给出 --manifest 写出的文件，不要手工改动。",
        "It must be a file that --manifest wrote, as it was written.",
    ),
    "manifest-other-file": Message(
        "{path} 不是运行记录（{schema}）。",
        "{path} is no manifest ({schema}).",
        "要给出 --manifest 写出的文件。",
        "It must be a file that --manifest wrote.",
    ),
    "manifest-key-twice": Message(
        "运行记录 {path} 里 {name} 写了两次。",
        "The manifest {path} has {name} twice.",
        "要用 --manifest 写出的原件。",
        "Use the file as --manifest wrote it.",
    ),
    "manifest-key-unknown": Message(
        "运行记录 {path} 里没有 {name} 这一项。",
        "A manifest has no {name}, as {path} has.",
        "可用：{known}",
        "Possible: {known}",
    ),
    "manifest-value-wrong": Message(
        "运行记录 {path} 里 {name} 的值不对。",
        "In the manifest {path}, {name} cannot have this value.",
        "要用 --manifest 写出的原件。",
        "Use the file as --manifest wrote it.",
    ),
    "manifest-command-unknown": Message(
        "运行记录 {path} 里的命令 {name} 不能重演。",
        "The command {name} of the manifest {path} cannot be replayed.",
        "要用 --manifest 写出的原件；别的版本写的，请用那个版本重演。",
        "Use the file as --manifest wrote it; one of another version needs that version.",
    ),
    "manifest-option-unknown": Message(
        "运行记录 {path} 里的 {name} 不是 {command} 能重演的选项。",
        "{name} in the manifest {path} is no option of {command} that can be replayed.",
        "要用 --manifest 写出的原件；别的版本写的，请用那个版本重演。",
        "Use the file as --manifest wrote it; one of another version needs that version.",
    ),
    "manifest-option-wrong": Message(
        "运行记录 {path} 里选项 {name} 的值不对。",
        "In the manifest {path}, the option {name} cannot have this value.",
        "要用 --manifest 写出的原件；别的版本写的，请用那个版本重演。",
        "Use the file as --manifest wrote it; one of another version needs that version.",
    ),
    "help-replay": Message(
        "重演一次运行：按运行记录再算一遍，说明输入、规则包、输出、退出码有没有变；不改动任何文件。",
        "Run the run of a manifest again and say what differs: inputs, packs, outputs, exit code; no file is changed.",
    ),
    "opt-replay-inputs": Message(
        "到这个目录里按文件名和校验和找输入文件。", "Look for the inputs in this folder, by name and hash."
    ),
    "replay-input-missing": Message(
        "找不到当时读的 {path}（在 {place}）。",
        "{path}, which the run read, cannot be read at {place}.",
        "文件移动过的，用 --inputs 目录 说明现在在哪里。",
        "If the files were moved, say where they are: --inputs DIR.",
    ),
    "replay-folder-missing": Message(
        "没有目录 {path}。", "There is no folder {path}.", "--inputs 后面写存放输入文件的目录。", "--inputs takes a folder."
    ),
    "replay-folder-scattered": Message(
        "当时在 {path} 目录里的文件，现在不在同一个目录。",
        "Files that were in {path} are now in several folders.",
        "把它们放回一个目录再重演。",
        "Put them into one folder and replay again.",
    ),
    "title-replay": Message("重演 {path}：{command}（{day}）", "Replay of {path}: {command} ({day})"),
    "replay-is-same": Message(
        "相同：输入 {inputs} 个、规则包 {packs} 个、输出 {outputs} 个，退出码 {code}。",
        "The same: {inputs} inputs, {packs} packs, {outputs} outputs, exit code {code}.",
    ),
    "replay-differs": Message("有 {count} 处不同：", "Differences: {count}"),
    "replay-column-what": Message("项目", "What"),
    "replay-column-name": Message("名称", "Name"),
    "replay-column-then": Message("当时", "Then"),
    "replay-column-now": Message("现在", "Now"),
    "replay-column-differs": Message("算不同", "Is a difference"),
    "replay-column-manifest": Message("清单", "Manifest"),
    "replay-column-manifest-sha256": Message("清单SHA-256", "Manifest SHA-256"),
    "replay-input": Message("输入文件变了", "input changed"),
    "replay-input-new": Message("多读了文件", "input added"),
    "replay-input-gone": Message("少读了文件", "input gone"),
    "replay-refused": Message("未能读取的文件", "refused file"),
    "replay-pack": Message("规则包变了", "pack changed"),
    "replay-parameters": Message("参数值变了", "parameter changed"),
    "replay-assumption": Message("假定变了", "assumption changed"),
    "replay-run": Message("现在不能运行", "refused now"),
    "replay-output": Message("输出变了", "output changed"),
    "replay-kept": Message("写出的文件后来被改动", "written file was changed since"),
    "replay-exit-code": Message("退出码变了", "exit code changed"),
    "replay-notes": Message("环境的变化（本身不算不同）：", "Changes of the environment (no difference by themselves):"),
    "replay-fupin": Message("fupin 的版本", "version of fupin"),
    "replay-python": Message("Python 的版本", "version of Python"),
    "replay-package": Message("程序库的版本", "version of a library"),
    "replay-system": Message("操作系统", "operating system"),
    "replay-machine": Message("机器类型", "kind of machine"),
    "replay-kept-absent": Message("写出的文件不在原处，没有核对", "written file not there, not compared"),
}
