"""What is said of rosters when their years are tied together."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "village-renamed": Message(
        "{before} 年“{old}”的 {total} 户中有 {count} 户到 {after} 年属于“{new}”，“{old}”不再出现：按村名改了处理，不算换了村。",
        "Of {total} households of {old} in {before}, {count} are of {new} in {after}, and {old} is no more: taken as one village that got another name.",
        "村名没有改的，核对 {after} 年的“行政村”一列。",
        "If the village has kept its name, check the column of villages of {after}.",
    ),
    "households-untraced": Message(
        "{before} 年有 {gone} 户、{after} 年有 {come} 户说不清在另一个年度里是哪一户、还在不在：户编号、成员或证件号码不全，与这些户的来去有关的规则不判。",
        "Nobody can tell what became of {gone} households of {before} in {after}, nor where {come} of {after} come from: numbers of households, members or identity numbers are lacking. Rules about their coming and going are not decided for them.",
        "补全户编号，列全各户的成员和证件号码（同村其他户的也要列全）；被隔离的行也会使这些户查不到，先改正它们。",
        "Fill in 户编号, and list all members with their identity numbers, those of other households of the village, too; rows that were quarantined may be these households, so correct them first.",
    ),
}
