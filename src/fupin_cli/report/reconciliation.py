"""Declared figures beside their parts, for people at a terminal."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from rich.console import Console, Group, RenderableType
from rich.text import Text

from fupin_cli.messages import hint
from fupin_cli.model.reconciled import Agreement, Compared, Fault, Gap, Reconciled, Reconciliation
from fupin_cli.model.tables import fields
from fupin_cli.report.layout import indented
from fupin_cli.report.numbers import amount_text, fraction_text, is_decimal
from fupin_cli.report.options import Only, Options
from fupin_cli.report.page import Page

_MARKS = {"agrees": ("✓", "green"), "differs": ("✗", "red"), "undetermined": ("?", "yellow"), "invalid": ("!", "red")}
_MEANT: dict[Only, tuple[Agreement, ...]] = {
    "fail": ("differs", "invalid"),
    "unknown": ("undetermined",),
    "pass": ("agrees",),
}
_PROBLEMS = 20
#: A formula may fill its cell; what is longer is cut in a sentence.
_LONGEST = 120
_HUNDRED = 100
_BETWEEN = re.compile("[;；]")


def print_reconciliation(result: Reconciliation, options: Options, console: Console) -> None:
    """Print each row with both sides and the difference."""
    for part in _report(result, Page(result.inputs, options)):
        console.print(part)


def listed(result: Reconciliation, options: Options) -> list[Reconciled]:
    """The rows that ``--only`` means."""
    meant = _MEANT[options.only] if options.only is not None else None
    return [row for row in result.rows if meant is None or row.agreement in meant]


def _report(result: Reconciliation, page: Page) -> Iterator[RenderableType]:
    yield Text(page.say("title-reconcile"), style="bold")
    yield from page.unread(result.problems)
    yield from page.sources()
    line = Text("\n")
    for agreement, count in result.counts().items():
        line.append(page.say(f"agreement-{agreement}") + " ", style="bold")
        line.append(f"{count}   ", style=f"bold {_MARKS[agreement][1] if count else 'dim'}")
    line.append(page.say("subjects-total", count=page.say("count-reconcile", count=len(result.rows))))
    yield line
    yield Text("")
    rows = listed(result, page.options)
    limit = page.options.limit
    for row in rows[: limit or None]:
        yield _row(row, page)
    if limit and len(rows) > limit:
        yield Text(page.say("left-out", count=page.say("count-reconcile", count=len(rows) - limit)), style="bold")
    yield from page.problems(result.problems, _PROBLEMS)


def _row(row: Reconciled, page: Page) -> RenderableType:
    mark, colour = _MARKS[row.agreement]
    head = Text(f"{mark} ", style=colour)
    head.append(page.safe(row.item) or page.place(row.where), style="bold")
    head.append(f"  {page.place(row.where)}  {page.say(f'agreement-{row.agreement}')}", style="dim")
    parts: list[RenderableType] = [indented(head, 2)]
    parts += [indented(Text(sentence(row, one, page)), 6) for one in row.compared]
    if row.gaps:
        parts.append(indented(Text(gaps_text(row.gaps, page), style="yellow"), 6))
    if row.fault is not None:
        parts.append(indented(Text(fault_text(row.fault, page), style="red"), 6))
    return Group(*parts)


def sentence(row: Reconciled, one: Compared, page: Page) -> str:
    """Both sides of a comparison and what lies between them."""
    text = row.given.get("parts", "")
    if len(each := _BETWEEN.split(text)) > one.place:
        text = each[one.place].strip()
    text = page.safe(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")
    said = [
        page.say(
            "reconcile-sides",
            declared=amount_text(one.declared, one.unit),
            sign=row.given.get("comparison", ""),
            parts=text,
            computed=span_text(one, page),
        )
    ]
    if row.given.get("tolerance") is not None:
        said.append(page.say("reconcile-tolerance", tolerance=amount_text(Fraction(row.given["tolerance"]), one.unit)))
    if one.rounded_low is not None and one.rounded_high is not None:
        low, high = (amount_text(end, one.unit) for end in (one.rounded_low, one.rounded_high))
        said.append(page.say("reconcile-rounding", low=low, high=high))
    if one.difference is not None:
        amount = amount_text(abs(one.difference), one.unit)
        if one.difference == 0:
            said.append(page.say("reconcile-equal"))
        else:
            said.append(page.say("reconcile-more" if one.difference > 0 else "reconcile-less", difference=amount))
    return page.say("comma").join(said)


def span_text(one: Compared, page: Page) -> str:
    """What the parts come to: one number, or the ends between which it lies."""
    if one.exact is not None:
        text = amount_text(one.exact, one.unit)
        whole = one.exact / _HUNDRED if one.unit == "%" else one.exact
        # Of a share people want to see what was divided by what.
        shows = whole.denominator > 1 if one.unit == "%" else not is_decimal(one.exact)
        return text + (page.say("in-parentheses", text=fraction_text(whole)) if shows else "")
    low, high = (None if end is None else amount_text(end, one.unit) for end in (one.low, one.high))
    if low is None:
        return page.say("span-open") if high is None else page.say("span-to", high=high)
    return page.say("span-from", low=low) if high is None else page.say("span-between", low=low, high=high)


def gaps_text(gaps: Sequence[Gap], page: Page) -> str:
    """What would settle a row."""
    found = [
        page.say(
            f"gap-{gap.reason}",
            table=page.table(gap.table),
            label=fields(gap.table)[gap.name].title(page.lang) if gap.name else "",
            count=gap.count,
            cells=page.cells(gap.cells, gap.count),
        )
        for gap in gaps
    ]
    return page.say("reconcile-missing", items=page.say("semicolon").join(dict.fromkeys(found)))


def fault_text(fault: Fault, page: Page) -> str:
    """Why a row means nothing, at which character, and what to do."""
    facts = {name: page.safe(fact) for name, fact in fault.facts.items()}
    if fault.code == "units-mixed":
        facts = {name: fact or page.say("unit-none") for name, fact in facts.items()}
    step = hint(fault.code, page.lang, **facts)
    near = page.say("did-you-mean", nearest=facts["nearest"]) if facts.get("nearest") else ""
    where = page.say("fault-position", position=fault.position) if fault.position else ""
    said = page.say("fault", place=page.place(fault.where), where=where, text=page.say(fault.code, **facts))
    further = " ".join(part for part in (near, step) if part)
    return said + (" " + page.say("hint-prefix", text=further) if further else "")
