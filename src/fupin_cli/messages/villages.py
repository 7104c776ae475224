"""What is said of villages and of the households that belong to them."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "place-not-named": Message(
        "这张表没有“{place}”一列，别的表有：这 {rows} 行属于哪个村说不清，村与户的数字没有互相核对。",
        "This sheet has no column {place} while another has: nobody knows of which village its {rows} rows are, so the figures of villages and households are not compared.",
        "补上这一列；全部是一个地方的，也可以把两张表的这一列都删去。",
        "Add the column; where all is one place, the column may be left out of both sheets.",
    ),
}
