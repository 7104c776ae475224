"""What the pages about packs say: what a pack holds, and how two differ."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "schema-kind-missing": Message(
        "没有写要哪一种文件的模式。", "Say which kind of file the schema is for.", "可用：{kinds}", "Possible: {kinds}"
    ),
    "schema-kind-unknown": Message(
        "没有 {name} 这种文件。", "There is no kind of file {name}.", "可用：{kinds}", "Possible: {kinds}"
    ),
}
