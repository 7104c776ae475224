"""How far the conditions of packs are tried: by their worked cases, or by rosters; what is left, and how to try it."""

import importlib
import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fupin_cli.errors import InputRefused, UsageRefused
from fupin_cli.evaluate.coverage.suggestions import suggest
from fupin_cli.evaluate.coverage.tally import Counted, counts
from fupin_cli.evaluate.coverage.values import Asked, asked, values_of_cases, values_of_roster
from fupin_cli.load.cells.several import OnStep
from fupin_cli.load.tables.build import load_tables
from fupin_cli.model.case import Case
from fupin_cli.model.coverage import GOALS, ConditionCoverage, Goal, PackCoverage, RosterCoverage, StandardCoverage
from fupin_cli.model.nearest import nearest
from fupin_cli.model.problem import refusal
from fupin_cli.model.tables import TABLES
from fupin_cli.pipeline import read_together
from fupin_cli.rules.inheriting import WorkedCases, worked_cases
from fupin_cli.rules.packs import LoadedPack
from fupin_cli.rules.parameters import Parameters, choose
from fupin_cli.rules.places import place_of
from fupin_cli.rules.standard import ReadyStandard
from fupin_cli.rules.wording import text_of
from fupin_cli.tasks import Request, open_pack

if TYPE_CHECKING:
    from fupin_cli.prove.prover import Prover


def cover_pack(loaded: LoadedPack, only: str | None = None) -> PackCoverage:
    """How far the worked cases of a pack try its standards, with what no case can reach proved where the solver is there."""
    cases = worked_cases(loaded)
    everybody = [case for found in cases.values() for case in found.all]
    names = [name for name in loaded.standards if only in (None, name)]
    standards = [_suggested(loaded, cover_standard(loaded, name, cases[name]), cases[name], everybody) for name in names]
    return PackCoverage(loaded.pack.name, loaded.pack.head.version, standards, can_prove())


def cover_roster(
    request: Request, default: str, only: str | None, on_step: OnStep | None = None
) -> tuple[RosterCoverage, Sequence[InputRefused]]:
    """How far a roster tries the conditions of a pack's standards; the second value are the files that were refused.

    Raises:
        FupinError: the pack or every file is refused, the files have no subject of any standard, or there is no such standard.
    """
    loaded = open_pack(request.rules, default)
    known_standard(loaded, only)
    files, refused = read_together(request, on_step)
    wanted = {name: standard for name, standard in loaded.standards.items() if only in (None, name)}
    data = load_tables(files, request.sheets, {table for standard in wanted.values() for table in standard.tables})
    there = {name: standard for name, standard in wanted.items() if standard.subject in data.tables}
    if not there:
        sheets = "、".join(dict.fromkeys(TABLES[standard.subject].SHEETS[0] for standard in wanted.values()))
        raise InputRefused("tables-missing", command="rules test", sheets=sheets)
    parameters, standards = choose(loaded.pack, request.settings or {}), []
    for name, standard in there.items():
        counted = counts(standard, values_of_roster(standard, parameters, data.tables, request.as_of))
        conditions = [_covered(loaded, standard, one, counted[one.key, one.path], {}) for one in asked(standard)]
        standards.append(StandardCoverage(name, data.tables[standard.subject].data.num_rows, 0, conditions))
    away = [*refused, *data.refused]
    return RosterCoverage(loaded.pack, standards, [*map(refusal, away)]), away


def known_standard(loaded: LoadedPack, name: str | None) -> None:
    """Refuse a standard that a pack does not have.

    Raises:
        UsageRefused: it has none of this name.
    """
    if name is not None and name not in loaded.standards:
        known = ", ".join(loaded.standards)
        raise UsageRefused(
            "standard-unknown", name=name, pack=loaded.pack.name, nearest=nearest(name, loaded.standards), known=known
        )


def cover_standard(loaded: LoadedPack, name: str, cases: WorkedCases) -> StandardCoverage:
    """How far its worked cases try one standard."""
    standard, parameters = loaded.standards[name], Parameters(loaded.pack, {})
    counted = counts(standard, values_of_cases(standard, parameters, cases.all))
    impossible = _impossible(standard, parameters, counted)
    conditions = [_covered(loaded, standard, one, counted[one.key, one.path], impossible) for one in asked(standard)]
    return StandardCoverage(name, len(cases.all), len(cases.inherited), conditions, can_prove())


def _suggested(loaded: LoadedPack, covered: StandardCoverage, cases: WorkedCases, others: Sequence[Case]) -> StandardCoverage:
    """With cases that would close the gaps."""
    standard = loaded.standards[covered.standard]
    known = {(one.key, one.path): one for one in asked(standard)}
    gaps = [(known[one.key, one.path], goal) for one, goal in covered.gaps]
    if not gaps or not cases.own:
        # A standard that is inherited as it is gets its cases where it is written.
        return covered
    return replace(covered, suggestions=suggest(standard, Parameters(loaded.pack, {}), cases.all, gaps, others))


def can_prove() -> bool:
    """Whether the solver is there: it is an optional part."""
    return importlib.util.find_spec("z3") is not None


def _covered(
    loaded: LoadedPack, standard: ReadyStandard, one: Asked, counted: Counted, impossible: Mapping[tuple[str, Goal], bool]
) -> ConditionCoverage:
    place = place_of(loaded, standard.name, one.key, one.node.offset)
    return ConditionCoverage(
        one.key,
        one.path,
        text_of(one.node),
        one.over,
        place.file,
        place.line,
        place.column,
        counted.goals,
        counted.open,
        frozenset(goal for goal in GOALS if impossible.get((one.column, goal))),
    )


def _impossible(
    standard: ReadyStandard, parameters: Parameters, counted: Mapping[tuple[str, tuple[int, ...]], Counted]
) -> dict[tuple[str, Goal], bool]:
    """Of what was not reached: what is proved to be out of reach."""
    left = [(one, goal) for one in asked(standard) for goal in GOALS if not counted[one.key, one.path].goals[goal]]
    if not left or not can_prove():
        return {}
    module = importlib.import_module("fupin_cli.prove.prover")
    prover: Prover = module.Prover(standard, parameters)
    return {(one.column, goal): _proved(prover, one, goal) for one, goal in left}


def _proved(prover: "Prover", one: Asked, goal: Goal) -> bool:
    """Whether a goal cannot be reached by any subject."""
    match goal:
        case "true" | "false" | "unknown":
            return prover.impossible_to_see(one.key, one.path, {"true": True, "false": False, "unknown": None}[goal])
        case _:
            value = goal == "decides_true"
            # Of a fact it is asked whether it makes a difference to the fact, as Deciding counts it.
            return prover.impossible_to_see(one.key, one.path, value) or prover.impossible_to_decide(one.key, one.path, value)
