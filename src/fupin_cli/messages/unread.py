"""What the first lines of every report say of files that were refused."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "unread-files": Message(
        "{count} 个文件未能读取，这里的结论和数字不包括其中的内容：{files}",
        "Files that could not be read, so that no verdict and no number here covers them: {count} ({files})",
    ),
    "explain-unknown-unread": Message(
        "读到的文件里没有 {id}，另有 {count} 个文件未能读取：{files}。",
        "The files that could be read do not have {id}; {count} could not be read: {files}.",
        "所找的可能就在其中；用 fupin inspect 看为什么没有读成。",
        "It may be in one of these; fupin inspect says why they could not be read.",
    ),
    "unread-file": Message("文件未能读取", "File not read"),
    "unread-case": Message("读取 {path}", "Reading {path}"),
    "unread-more": Message(
        "还有 {count} 个文件未能读取，没有在这里标出；--format sarif、junit 或 json 列出全部。",
        "{count} more files that could not be read are not shown here; --format sarif, junit or json has all of them.",
    ),
}
