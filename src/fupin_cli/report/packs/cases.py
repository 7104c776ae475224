"""Whether the worked cases of a pack hold."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.text import Text

from fupin_cli.messages import Lang, say
from fupin_cli.model.case import CaseOutcome
from fupin_cli.model.pack import Pack
from fupin_cli.report.layout import indented


def print_cases(pack: Pack, cases: Mapping[str, Sequence[CaseOutcome]], lang: Lang, console: Console) -> None:
    """How many cases of each standard hold, and each one that does not."""
    console.print(Text(f"{pack.name} v{pack.head.version}", style="bold"))
    if not any(cases.values()):
        console.print(indented(Text(say("cases-none", lang), style="yellow"), 2))
    for standard, outcomes in cases.items():
        failed = [outcome for outcome in outcomes if outcome.differences]
        line = say("cases-line", lang, standard=standard, count=len(outcomes), failed=len(failed))
        console.print(indented(Text(line, style="red" if failed else "green"), 2))
        for outcome in failed:
            console.print(indented(Text(say("case-failed", lang, name=outcome.case.name)), 4))
            for what, wanted, found in outcome.differences:
                console.print(indented(Text(say("case-difference", lang, what=what, wanted=wanted, found=found)), 6))
