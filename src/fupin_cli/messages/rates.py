"""What reports say of rates: the fraction, the interval, the limit, the parts; and why there is none."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
    "rate-line": Message(
        "{hits}/{sampled} = {value}，{confidence} 区间 {low} 至 {high}",
        "{hits}/{sampled} = {value}, {confidence} interval {low} to {high}",
    ),
    "rate-design-effect": Message("设计效应 {effect}", "design effect {effect}"),
    "rate-design-unknown": Message("设计效应不知道", "design effect unknown"),
    "no-rate-negative": Message("没有率：有负数。", "No rate: a count is negative."),
    "no-rate-nobody-there": Message("没有率：总体为 0。", "No rate: there is nobody."),
    "no-rate-nobody-asked": Message("没有率：一个也没有抽查。", "No rate: nobody was asked."),
    "no-rate-more-than-asked": Message("没有率：查出的比抽查的多。", "No rate: more were found than were asked."),
    "no-rate-more-asked-than-there": Message("没有率：抽查的比总体多。", "No rate: more were asked than there are."),
    "no-rate-more-than-there": Message("没有率：其中的比全部的还多。", "No rate: a part is larger than the whole."),
    "no-rate-unknown": Message("没有率：有的数不知道。", "No rate: a figure is unknown."),
    "no-rate-part-without-rate": Message("没有率：有一部分没有率。", "No rate: a part has no rate."),
    "no-rate-stratum-not-asked": Message("没有率：有一层没有抽查。", "No rate: in one stratum nobody was asked."),
    "rate-of": Message("{title}：{rate}", "{title}: {rate}"),
    "rate-whole": Message("{hits}/{of} = {value}（全数，没有抽样误差）", "{hits}/{of} = {value} (a full count, no sampling)"),
    "rate-composite": Message("({parts}) / {of} = {value}", "({parts}) / {of} = {value}"),
    "rate-composite-rounded": Message("({parts}) / {of} ≈ {value}", "({parts}) / {of} ≈ {value}"),
    "rate-denominator": Message("分母是{of}", "The denominator is {of}"),
    "rate-figure": Message("{title} {value}", "{title} {value}"),
    "rate-figure-unknown": Message("不知道", "unknown"),
    "rate-part": Message("其中 {title}：{people}", "Of these {title}: {people}"),
    "rate-part-times": Message("其中 {title}：{people} × {rate} {product}", "Of these {title}: {people} × {rate} {product}"),
    "rate-part-without-rate": Message("其中 {title}：{people} × 不知道的率", "Of these {title}: {people} × an unknown rate"),
    "rate-parts-no-interval": Message(
        "没有区间：各部分来自全数和两次不同的抽样，误差看各部分自己的区间。",
        "There is no interval: the parts come from a full count and two different samples; see their own intervals.",
    ),
    "rate-population": Message("总体是{population}", "Drawn from {population}"),
    "rate-design": Message("按{by}计（{clusters} 群）：{rate}", "By {by} ({clusters} clusters): {rate}"),
    "rate-design-strata": Message(
        "按乡镇分层、{by}计（{strata} 层 {clusters} 群）：{rate}",
        "Stratified by township, by {by} ({strata} strata, {clusters} clusters): {rate}",
    ),
    "rate-by-village": Message("行政村", "village"),
    "rate-by-township": Message("乡镇", "township"),
    "rate-by-household": Message("户", "household"),
    "rate-open-rows": Message(
        "{count} 行没有填全，不在率里，也不当作否。", "{count} rows are not filled in; they are in no rate and are no no."
    ),
    "rate-kept-most": Message("不超过 {limit}：达标", "At most {limit}: kept"),
    "rate-kept-least": Message("不低于 {limit}：达标", "At least {limit}: kept"),
    "rate-broken-most": Message("不超过 {limit}：未达标", "At most {limit}: not kept"),
    "rate-broken-least": Message("不低于 {limit}：未达标", "At least {limit}: not kept"),
    "rate-conclusive-pass": Message(
        "样本足以证明达标：整个区间都达标。", "The sample is enough to show it is kept: all of the interval keeps it."
    ),
    "rate-conclusive-fail": Message(
        "样本足以证明未达标：整个区间都未达标。", "The sample is enough to show it is not kept: none of the interval keeps it."
    ),
    "rate-inconclusive": Message(
        "样本不足以证明：限值在区间里。结论仍以率本身为准。",
        "The sample does not settle it: the limit lies within the interval. The rate itself still decides.",
    ),
    "no-rate-figures": Message("没有率：{figures}不知道。", "No rate: {figures} is not known."),
}
