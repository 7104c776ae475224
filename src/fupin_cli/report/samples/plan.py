"""How many to ask, for people and for machines (``fupin.plan/1``)."""

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from rich.console import Console
from rich.text import Text

from fupin_cli.messages import Lang, say
from fupin_cli.model.rate import MarginPlan, Plan, PowerPlan
from fupin_cli.report.numbers import decimal_text
from fupin_cli.report.options import Options
from fupin_cli.report.rates import percent_text, rate_text

SCHEMA = "fupin.plan/1"


def print_plan(plan: Plan, options: Options, console: Console) -> None:
    """Print each size, and what the sample would show then."""
    lang = options.lang
    console.print(Text(say("title-plan", lang), style="bold"))
    known = say("plan-population", lang, population=plan.population)
    console.print(Text(known if plan.population is not None else say("plan-no-population", lang), style="dim"))
    for part in plan.parts:
        console.print(Text(_line(part, lang)))
        console.print(Text("  " + say("plan-then", lang, rate=rate_text(plan.rates[part], lang)), style="dim"))
    for code in ("plan-exact", "plan-simple"):
        console.print(Text(say(code, lang), style="dim"))


def _line(part: MarginPlan | PowerPlan, lang: Lang) -> str:
    if isinstance(part, MarginPlan):
        rate, margin = percent_text(part.expected), percent_text(part.margin)
        return say("plan-margin", lang, margin=margin, rate=rate, sampled=part.sampled)
    facts = {"good": percent_text(part.good), "bad": percent_text(part.bad), "power": percent_text(part.power)}
    if part.at_least:
        return say("plan-power-reach", lang, sampled=part.sampled, accepted=part.sampled - part.accepted, **facts)
    return say("plan-power", lang, sampled=part.sampled, accepted=part.accepted, **facts)


def plan_json(plan: Plan, _: Options) -> Iterator[str]:
    """The plan as one object."""
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"version": plan.version},
        "command": "sample --plan",
        "confidence": decimal_text(plan.confidence),
        "population": plan.population,
        "margin": None,
        "power": None,
    }
    for part in plan.parts:
        if isinstance(part, MarginPlan):
            shares = {"margin": part.margin, "rate": part.expected}
            found["margin"] = _shares(shares) | {"sampled": part.sampled, "hits": part.hits}
        else:
            shares = {"good": part.good, "bad": part.bad, "power": part.power}
            found["power"] = _shares(shares) | {"sampled": part.sampled, "accepted": part.accepted, "at_least": part.at_least}
    yield json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _shares(shares: dict[str, Fraction]) -> dict[str, Any]:
    return {name: decimal_text(share) for name, share in shares.items()}
