"""What fupin says about ``fupin.toml``."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "opt-no-config": Message("不读取当前目录的 fupin.toml。", "Leave fupin.toml of the working directory unread."),
    "settings-used": Message("按 {file}：{used}", "From {file}: {used}"),
    "settings-unreadable": Message(
        "{file} 读不了。",
        "{file} cannot be read.",
        "要用 UTF-8 编码的文本文件；不用它就加 --no-config。",
        "It must be a text in UTF-8; --no-config leaves it unread.",
    ),
    "settings-not-toml": Message(
        "{file} 第 {line} 行第 {column} 列不是 TOML。",
        "{file}, line {line}, column {column}: this is not TOML.",
        '文字要加引号，例如 rules = "anhui-2018"；不用它就加 --no-config。',
        'Texts stand in quotes, as in rules = "anhui-2018"; --no-config leaves the file unread.',
    ),
    "settings-section-unknown": Message(
        "{file} 第 {line} 行第 {column} 列：没有 [{name}] 这一节。",
        "{file}, line {line}, column {column}: there is no section [{name}].",
        "可用：{known}",
        "Possible: {known}",
    ),
    "settings-option-unknown": Message(
        "{file} 第 {line} 行第 {column} 列：[{section}] 没有 {name} 这一项。",
        "{file}, line {line}, column {column}: [{section}] has no option {name}.",
        "可用：{known}",
        "Possible: {known}",
    ),
    "settings-option-twice": Message(
        "{file} 第 {line} 行第 {column} 列：{name} 和 {other} 是同一项，写了两次。",
        "{file}, line {line}, column {column}: {name} and {other} are one option, which stands twice.",
        "只留一个。",
        "Keep one of them.",
    ),
    "settings-value-wrong": Message(
        "{file} 第 {line} 行第 {column} 列：{name} 的值不对。",
        "{file}, line {line}, column {column}: {name} cannot have this value.",
        "要写成：{wanted}",
        "It is written: {wanted}",
    ),
}
