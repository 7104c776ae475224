"""Whether what a standard promises holds: a change of one value never loses its subject an outcome."""

from collections.abc import Iterator
from dataclasses import replace

import z3

from fupin_cli.model.household import MEMBER_COUNT
from fupin_cli.prove.findings import Findings, Found
from fupin_cli.prove.folded import Folded, folded
from fupin_cli.prove.household import without_conflicts
from fupin_cli.prove.prover import Prover
from fupin_cli.prove.subject import Change, Subject
from fupin_cli.prove.truth import Three, all_of, any_of, none_of
from fupin_cli.prove.value import Value
from fupin_cli.rules.standard import ReadyFact, joined_by

_AFTER = "after "


def broken(findings: Findings) -> Iterator[Found | str]:
    """Each property that does not hold, as a finding; of one that holds its name."""
    for name, promised in findings.standard.standard.properties.items():
        holds = True
        for changed, upwards in promised.changes():
            found = _change(findings, name, changed, promised.kept, upwards=upwards)
            if found is not None:
                holds = False
                yield found
        if holds:
            yield name


def _change(findings: Findings, label: str, name: str, keeps: tuple[str, ...], *, upwards: bool) -> Found | None:
    """A subject that loses its outcome when one value is raised or lowered; nothing where it is proved that there is none."""
    prover, before, known = findings.prover, findings.subject, len(findings.prover.world.guards)
    after, moved = _moved(prover, name, upwards=upwards)
    had, has = before.outcomes(), after.outcomes()
    # Where two sources of a field disagree the change is not the reason.
    agreed = [without_conflicts(prover, before), without_conflicts(prover, after)]
    # Nor is it where it leads to what a rule means to leave open: more who approve than were asked.
    agreed += prover.world.guards[known:]
    lost = [*moved, *agreed, any_of(had[outcome] for outcome in keeps), none_of(any_of(has[outcome] for outcome in keeps))]
    findings.asked += 1
    undecided = prover.given_up
    if prover.impossible(lost):
        return None
    facts = {"property": label, "name": name, "variant": "up" if upwards else "down"}
    if prover.given_up > undecided:
        return Found("property-broken", f"properties.{label}", facts=facts | {"variant": "undecided"})
    return Found("property-broken", f"properties.{label}", facts=facts, show=[lost], after=after)


def _moved(prover: Prover, name: str, *, upwards: bool) -> tuple[Subject, list[z3.BoolRef]]:
    """The subject with another value of a field or fact, and that it is another one in the direction meant."""
    standard, world, subject = prover.standard, prover.world, prover.subject
    if name in standard.facts:
        fact, other = subject.fact(name), folded(world, standard, standard.facts[name], _AFTER)
        known = Folded(other.content, z3.BoolVal(False), other.silent)
        changed = Subject(standard, world, Change(facts={name: known}), subject)
        return changed, _direction(fact.content, other.content, upwards=upwards)
    cell, elsewhere = subject.cell(name), world.cell(standard.subject, name, _AFTER)
    other_cell = replace(elsewhere, bad=z3.BoolVal(False), absent=z3.BoolVal(False))
    facts, kept = _rows_again(prover, name, upwards=upwards)
    changed = Subject(standard, world, Change(cells={name: other_cell}, facts=facts), subject)
    return changed, [*_direction(cell.content, elsewhere.content, upwards=upwards), *kept]


def _rows_again(prover: Prover, name: str, *, upwards: bool) -> tuple[dict[str, Folded], list[z3.BoolRef]]:
    """The facts over rows that a field has a say in: it says which rows are meant, or how many there should be."""
    standard, found, kept = prover.standard, dict[str, Folded](), list[z3.BoolRef]()
    for ready in standard.facts.values():
        counted = name == MEMBER_COUNT and ready.on is None and (standard.subject, ready.fact.over) == ("household", "person")
        if ready.fact.over is None or not (counted or name in joined_by(ready)):
            continue
        found[ready.name] = folded(prover.world, standard, ready, _AFTER)
        kept += _same_rows(ready, prover.subject.fact(ready.name), found[ready.name], upwards=upwards) if counted else []
    return found, kept


def _same_rows(ready: ReadyFact, before: Folded, after: Folded, *, upwards: bool) -> list[z3.BoolRef]:
    """The rows stay as they are, and more or fewer of them are lacking: what is known can only be lost, or only be found."""
    more, less = (before.content, after.content) if upwards else (after.content, before.content)
    fold, same = ready.fact.member_fold, [after.tainted == before.tainted]
    if isinstance(more, Three) and isinstance(less, Three):
        # One row is enough for any, and against all and none.
        same += [more.true == less.true] if fold == "any" else [more.false == less.false] if fold in ("all", "none") else []
        return [*same, z3.Implies(less.true, more.true), z3.Implies(less.false, more.false)]
    if isinstance(more, Value) and isinstance(less, Value):
        always = ready.counts_rows or fold == "distinct"
        same.append(less.known == more.known if always else z3.Implies(less.known, more.known))
        return [*same, z3.Implies(less.known, more.term == less.term)]
    raise TypeError(before)


def _direction(before: Value | Three, after: Value | Three, *, upwards: bool) -> list[z3.BoolRef]:
    low, high = (before, after) if upwards else (after, before)
    if isinstance(low, Three) and isinstance(high, Three):
        return [low.false, high.true]
    if isinstance(low, Value) and isinstance(high, Value):
        return [all_of([low.known, high.known]), low.term < high.term]
    raise TypeError(before)
