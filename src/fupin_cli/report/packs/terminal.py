"""Packs at a terminal: what there is, and what one says."""

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from fupin_cli.messages import Lang, say
from fupin_cli.model.pack import Check, Fact, Pack, Standard
from fupin_cli.model.parameter import DatedValue, Parameter
from fupin_cli.report.layout import indented
from fupin_cli.report.words import parameter_text


def print_packs(packs: Sequence[Pack], lang: Lang, console: Console) -> None:
    """One line for each pack."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("rules-pack", "rules-version", "rules-in-force", "rules-title", "rules-standards"):
        table.add_column(say(name, lang), overflow="fold")
    for pack in packs:
        table.add_row(pack.name, str(pack.head.version), _effective(pack), pack.head.title.say(lang), "\n".join(pack.standards))
    console.print(table)


def print_pack(pack: Pack, lang: Lang, console: Console) -> None:
    """A pack from its documents to its decision lists."""
    console.print(Text(f"{pack.name} v{pack.head.version}  {pack.head.title.say(lang)}", style="bold"))
    console.print(
        Text(say("rules-effective", lang, first=pack.head.effective.start, last=pack.head.effective.end or "…"), style="dim")
    )
    console.print(Text(f"sha256 {pack.sha256}", style="dim"))
    if pack.head.extends is not None:
        console.print(Text(say("rules-extends", lang, pack=pack.head.extends), style="dim"))
    console.print(Text("\n" + say("heading-documents", lang), style="bold"))
    for name, document in pack.head.documents.items():
        said = " · ".join(
            str(part) for part in (document.title, document.number, document.issuer, document.issued, document.note) if part
        )
        console.print(indented(Text(f"[{name}] {said}"), 2))
    console.print(Text("\n" + say("heading-parameters", lang), style="bold"))
    for name, parameter in pack.parameters.items():
        console.print(indented(Group(*_parameter(name, parameter, lang)), 2))
    for standard in pack.standards.values():
        console.print(Group(*_standard(standard, lang)))


def _effective(pack: Pack) -> str:
    return f"{pack.head.effective.start} – {pack.head.effective.end or ''}"


def _parameter(name: str, parameter: Parameter, lang: Lang) -> Iterator[RenderableType]:
    unit = say(f"unit-{parameter.unit}", lang)
    yield Text(f"{name}  {parameter.title.say(lang)}  {unit}", style="default")
    if parameter.value is not None:
        yield indented(Text(say("rules-required", lang)), 2)
    if parameter.reading is not None:
        yield indented(Text(say("rules-reading", lang, reading=parameter.reading), style="dim"), 2)
    for value in parameter.values:
        yield indented(_dated(value, lang), 2)


def _dated(value: DatedValue, lang: Lang) -> Text:
    period = f"{value.start} – {value.end or ''}".strip()
    line = Text(f"{period}  {value.where or ''}  {parameter_text(value.content)}".replace("    ", "  "))
    if value.status is not None:
        line.append(say("unconfirmed", lang), style="yellow")
    if value.origin is not None:
        line.append("  " + say("rules-origin", lang, origin=value.origin), style="dim")
    if value.cite is not None:
        line.append(f"  [{value.cite.document}] {value.cite.clause} “{value.cite.quote}”", style="dim")
    return line


def _standard(standard: Standard, lang: Lang) -> Iterator[RenderableType]:
    yield Text(f"\n{standard.standard}  {standard.title.say(lang)}", style="bold")
    if standard.applies is not None:
        yield indented(Text(say("rules-applies", lang, condition=standard.applies)), 2)
    for name, fact in standard.facts.items():
        yield indented(_fact(name, fact, lang), 2)
    for name, check in standard.checks.items():
        yield indented(Group(*_check(name, check, lang)), 2, above=1)
    yield indented(Text(say("rules-decision", lang), style="bold"), 2, above=1)
    for number, row in enumerate(standard.decide, start=1):
        title = standard.outcomes[row.outcome].title.say(lang)
        note = f" · {row.note.say(lang)}" if row.note is not None else ""
        yield indented(Text(f"{number}. {row.when or say('rules-otherwise', lang)} → {title}{note}"), 4)


def _fact(name: str, fact: Fact, lang: Lang) -> RenderableType:
    meant = f" ({fact.where})" if fact.where is not None else ""
    fold = f"{fact.member_fold} {fact.over}{meant}: " if fact.member_fold is not None else ""
    per = f" ÷ {fact.per}" if fact.per is not None else ""
    line = Text(f"{name}  {fact.title.say(lang)}  ")
    line.append(f"{fold}{fact.expression}{per}", style="dim")
    if fact.fills is not None:
        line.append("  " + say("rules-fills", lang, field=fact.fills), style="dim")
    if fact.reading is not None:
        line.append("\n  " + say("rules-reading", lang, reading=fact.reading), style="dim")
    return line


def _check(name: str, check: Check, lang: Lang) -> Iterator[RenderableType]:
    yield Text(f"{name}  {check.title.say(lang)}  [{say(f'severity-{check.severity}', lang)}]")
    condition = (
        check.require if check.applies is None else f"{check.require}  ({say('rules-applies', lang, condition=check.applies)})"
    )
    yield indented(Text(condition, style="cyan"), 2)
    yield indented(Text(f"[{check.cite.document}] {check.cite.clause} “{check.cite.quote}”", style="dim"), 2)
    if check.reading is not None:
        yield indented(Text(say("rules-reading", lang, reading=check.reading), style="dim"), 2)
