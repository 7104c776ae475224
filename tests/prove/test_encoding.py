"""The encoding against the engine: for made-up subjects every check and the outcome come to the same."""

import random
from datetime import date
from decimal import Decimal

import pytest
import z3
from random_subjects import BAD, Said, cells, told

from fupin_cli.evaluate.cases import run_cases
from fupin_cli.evaluate.query import used_fields
from fupin_cli.model.case import Case, Expected
from fupin_cli.model.pack import UNDETERMINED
from fupin_cli.prove.prover import Prover
from fupin_cli.prove.rows import Row
from fupin_cli.prove.terms import Terms
from fupin_cli.rules.expression import NameKind, names
from fupin_cli.rules.locate import shelf
from fupin_cli.rules.packs import load_pack
from fupin_cli.rules.parameters import Parameters

YEAR, MADE_UP = 2018, 4
SHELF = shelf()
PACKS = {name: load_pack(SHELF.find(name), SHELF) for name in SHELF.names()}
#: Those that are inherited as they are once: together they have every part of the language that a pack uses.
STANDARDS = [
    (pack, name)
    for pack, loaded in PACKS.items()
    for name in loaded.standards
    if not loaded.above or (loaded.folder / f"{name}.yaml").is_file()
]
#: What the user has to say.
SETTINGS = {"local_income_per_capita": "9000"}


def expected(prover: Prover, model: z3.ModelRef) -> Expected:
    """What the encoding says of a subject."""

    def holds(condition: z3.BoolRef) -> bool:
        return z3.is_true(model.eval(condition, model_completion=True))

    checks = {}
    for name in prover.standard.checks:
        (checks[name],) = (status for status, when in prover.subject.status(name).items() if holds(when))
    settled = [name for name, when in prover.subject.outcomes().items() if holds(when)]
    possible = [name for name, when in prover.subject.possible().items() if holds(when)]
    return Expected(outcome=settled[0] if settled else UNDETERMINED, possible=possible, checks=checks)


def one_member(prover: Prover, choose: random.Random) -> tuple[dict[str, str], list[z3.BoolRef], set[str]]:
    """A member of a household, what it makes of the facts about members, and which these are."""
    standard, row = prover.standard, Row(prover.world, prover.standard.subject, "person")
    facts = {name: ready for name, ready in standard.facts.items() if ready.fact.over == "person"}
    if any(ready.on is not None or ready.condition is None for ready in facts.values()):
        return {}, [], set()
    looked = {ref.name for ready in facts.values() for ref in names(ready.node) if ref.kind is NameKind.FIELD}
    said = {name: cell for name, cell in cells(prover, "person", choose, sorted(looked)).items() if cell != Said(BAD)}
    told_of = [part for name in sorted(looked) for part in told(prover, row.cell(name), said.get(name))]
    for name, ready in facts.items():
        found = Terms(prover.world, row).three(ready.condition, name)
        content = prover.subject.fact(name).content
        told_of.append(content.known == found.known)
        match ready.fact.member_fold:
            case "count":
                told_of.append(z3.Implies(found.known, content.term == z3.If(found.true, 1, 0)))
            case "none":
                told_of.append(z3.Implies(found.known, content.false == found.true))
            case _:
                told_of.append(z3.Implies(found.known, content.true == found.true))
    return {name: cell.text for name, cell in said.items() if cell is not None}, told_of, set(facts)


def days(prover: Prover, facts: list[z3.BoolRef]) -> list[z3.BoolRef]:
    """Year, month and day of each day of a subject, as Python has them: to search for those of twenty days takes long."""
    model = prover.model(facts, days=frozenset())
    assert model is not None
    found = []
    for term, parts in prover.world.calendar.parts.values():
        day = date.fromordinal(model.eval(term, model_completion=True).as_long())
        found += [term == day.toordinal(), parts.year == day.year, parts.month == day.month, parts.day == day.day]
    return found


def made_up(prover: Prover, choose: random.Random, number: int) -> Case:
    """A subject for whom no other table was given but perhaps one member, with what the encoding says of it."""
    standard = prover.standard
    used = [name for name in used_fields(standard, prover.parameters) if name not in ("year", "household_id")]
    said = cells(prover, standard.subject, choose, used)
    member, told_of, settled = one_member(prover, choose) if number % 2 and standard.subject == "household" else ({}, [], set())
    if settled:
        # How many members there should be would leave open what one of them says.
        said.pop("household_size", None)
    facts = [part for name in used for part in told(prover, prover.world.cell(standard.subject, name), said.get(name))]
    facts += told_of
    for name, ready in standard.facts.items():
        if ready.fact.over is not None and name in settled:
            facts.append(z3.Not(prover.subject.fact(name).tainted))
        elif ready.fact.over is not None:
            fact = prover.subject.fact(name)
            facts += [z3.Not(fact.content.known), z3.Not(fact.tainted), *([fact.silent.unknown] if fact.silent else [])]
    year = prover.subject.year()
    facts += [year.known, year.term == YEAR, z3.Not(prover.world.dated)]
    # What is asked of the solution has to be named before it is found.
    assert all(prover.subject.status(name) for name in standard.checks)
    assert prover.subject.outcomes()
    model = prover.model([*facts, *days(prover, facts)])
    assert model is not None, said
    given = ({"person": member} if settled else {}) | {
        standard.subject: {name: cell.text for name, cell in said.items() if cell is not None}
    }
    settings = {name: value for name, value in SETTINGS.items() if name in standard.parameters()}
    return Case(name=str(number), year=YEAR, set=settings, given=given, expect=expected(prover, model))


@pytest.mark.parametrize(("pack", "name"), STANDARDS)
def test_every_check_of_made_up_subjects_is_what_the_engine_says(pack: str, name: str) -> None:
    loaded = PACKS[pack]
    settings = {name: value for name, value in SETTINGS.items() if name in loaded.pack.parameters}
    parameters = Parameters(loaded.pack, {name: Decimal(value) for name, value in settings.items()})
    prover = Prover(loaded.standards[name], parameters)
    choose = random.Random(f"{pack} {name}")
    cases = [made_up(prover, choose, number) for number in range(MADE_UP)]
    wrong = {
        outcome.case.name: (found, outcome.case.given)
        for outcome in run_cases(loaded.standards[name], Parameters(loaded.pack, {}), cases)
        if (found := [one for one in outcome.differences if one[0] != "missing"])
    }
    assert not wrong
