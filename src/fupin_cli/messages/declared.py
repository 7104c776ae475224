"""What fupin says about the steps and rates that a standard declares: of mistakes in them, and on pages about packs."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "pack-quality-part": Message(
        "检查数据质量的标准（kind: quality）没有 {section}。",
        "A standard of kind: quality has no {section}.",
        "删掉 {section}，或去掉 kind: quality。",
        "Take {section} out, or kind: quality.",
    ),
    "pack-check-dropped": Message(
        "检查项 {name} 已由 without 去掉，这里却还要用它。",
        "The check {name} is dropped by without, and yet named here.",
        "在 without 里把这个步骤或比率也写上，或在本包重写它。",
        "Name this step or rate in without as well, or write it again in this pack.",
    ),
    "pack-rate-shape": Message(
        "比率要写 hits 和 counted（whole 或 sample），或者写 parts；at_least 要和 limit 一起写。",
        "A rate has hits and counted (whole or sample), or else parts; at_least goes with limit.",
        "例如 hits: wrongly_exited，of: exited_sampled，counted: sample。",
        "For example hits: wrongly_exited, of: exited_sampled, counted: sample.",
    ),
    "pack-rate-sample": Message(
        "population 和 survey 只用于抽样的比率。",
        "population and survey belong to a rate of a sample only.",
        "写 counted: sample，或删掉它们。",
        "Write counted: sample, or take them out.",
    ),
    "pack-rate-of-rate": Message(
        "这里要写本标准另一个有 hits 的比率，没有 {name}。",
        "Another rate of this standard that has hits belongs here; there is no {name}.",
    ),
    "pack-rate-limit": Message(
        "limit 要写单位为 percent 的参数（不带 $），没有 {name}。",
        "limit names a parameter in percent (without $); there is no {name}.",
    ),
    "pack-rate-limit-idle": Message(
        "本标准没有哪个条件用到 ${name}：它没有决定什么，不能作为比率的限值。",
        "No condition of the standard asks ${name}: it decides nothing, and so limits no rate.",
        "写出以 ${name} 为限的检查项，或删掉 limit。",
        "Write the check that asks ${name}, or take limit out.",
    ),
}
