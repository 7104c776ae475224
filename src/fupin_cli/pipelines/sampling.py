"""load → draw → field sheet: which households are to be visited, and how many have to be."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

from fupin_cli.errors import InputRefused, UsageRefused
from fupin_cli.evaluate.rates.plan import LARGEST, plan_margin, plan_power
from fupin_cli.evaluate.rates.plan import Design as PlanDesign
from fupin_cli.evaluate.rates.simple import rate
from fupin_cli.load.cells.several import OnStep
from fupin_cli.load.tables.build import load_tables
from fupin_cli.messages import Lang
from fupin_cli.model.problem import Problem, refusal
from fupin_cli.model.rate import MarginPlan, Plan, PowerPlan
from fupin_cli.model.sample import PLACES, Design, Sample, Stratum, Unit
from fupin_cli.model.tables import TABLES, Table, fields
from fupin_cli.pipeline import DISTRIBUTION, read_together
from fupin_cli.prepare.sampling.draw import draw
from fupin_cli.prepare.sampling.frame import frame_of
from fupin_cli.prepare.sampling.sheet import field_sheet
from fupin_cli.report.mask import mask_key
from fupin_cli.report.options import Options
from fupin_cli.report.problems import safe, visible
from fupin_cli.report.samples.telling import how_drawn, strata_rows, warnings
from fupin_cli.tasks import Request

_TABLE = "household"


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    size: int
    seed: str
    by: str | None = None
    cluster: str | None = None
    take: int = 1
    year: int | None = None
    group: str | None = None


def draw_files(request: Request, wanted: Wanted, on_step: OnStep | None = None) -> tuple[Sample, Sequence[InputRefused]]:
    """Draw households from rosters; the second value are the files of a batch that were refused.

    Raises:
        FupinError: the files are refused or have no households, or the design cannot be had from them.
    """
    files, refused = read_together(request, on_step)
    # The members come along because a roster by person says there who belongs to which household.
    data = load_tables(files, request.sheets, (_TABLE, "person"))
    if _TABLE not in data.tables:
        raise InputRefused("tables-missing", command="sample", sheets=TABLES[_TABLE].SHEETS[0])
    table = data.tables[_TABLE]
    if not table.data.num_rows:
        # Said before it is asked for places: of no household there are none.
        aside = sum(sheet.rows.quarantined for one in data.inputs for sheet in one.sheets if _TABLE in sheet.table.split("+"))
        raise InputRefused("sample-nobody-left", quarantined=aside)
    strata, clusters = _places(wanted.by, table), _places(wanted.cluster, table)
    design = Design(wanted.size, visible(wanted.seed), strata, clusters, wanted.take, wanted.group)
    frame, problems = frame_of(table, wanted.year, design)
    told, drawn = draw(frame, design)
    units = [_shown(unit) for unit in drawn]
    away = [*refused, *data.refused]
    found = [*map(refusal, away), *data.problems, *problems, *_short(design, told, drawn), *_masked(drawn, units)]
    sample = Sample(
        version=version(DISTRIBUTION),
        design=design,
        year=frame.year,
        households=len(frame.units),
        sha256=frame.sha256,
        strata=[replace(one, place=tuple(map(_safe, one.place))) for one in told],
        units=units,
        inputs=data.inputs,
        problems=found,
        command=_again(request, wanted, frame.year),
    )
    return sample, away


def sheet_of(sample: Sample, lang: Lang) -> bytes:
    """The workbook for the field."""
    return field_sheet(sample, [*how_drawn(sample, lang), *warnings(sample, lang)], strata_rows(sample, lang), lang)


def _places(level: str | None, table: Table) -> tuple[str, ...]:
    """A level of places with the wider ones that the roster says."""
    if level is None:
        return ()
    there = [name for name in PLACES if table.has(name) and table.data.column(name).null_count < table.data.num_rows]
    if level not in there:
        raise InputRefused("sample-place-missing", label=fields(_TABLE)[level].label)
    return tuple(there[: there.index(level) + 1])


def _shown(unit: Unit) -> Unit:
    """A household as it may be shown: whatever looks like an identity number is masked."""
    return replace(
        unit,
        household_id=visible(mask_key(unit.household_id)),
        place=tuple(map(_safe, unit.place)),
        villager_group=_safe(unit.villager_group),
        head_name=_safe(unit.head_name),
        address=_safe(unit.address),
    )


def _safe(text: str | None) -> str | None:
    return safe(text, Options()) if text is not None else None


def _short(design: Design, strata: Sequence[Stratum], drawn: Sequence[Unit]) -> list[Problem]:
    """What a sample of villages lacks."""
    found = []
    if len(drawn) < design.size:
        found.append(Problem("sample-short", "warning", facts={"size": str(design.size), "drawn": str(len(drawn))}))
    if design.clusters and sum(stratum.drawn_clusters for stratum in strata) == 1:
        found.append(Problem("sample-one-cluster", "warning"))
    return found


def _masked(drawn: Sequence[Unit], shown: Sequence[Unit]) -> list[Problem]:
    count = sum(one.household_id != other.household_id for one, other in zip(drawn, shown, strict=True))
    return [Problem("sample-number-masked", "warning", facts={"count": str(count)})] if count else []


def _again(request: Request, wanted: Wanted, year: int | None) -> str:
    """The command line that draws the same sample: the year is said, because next year's rows may join the roster."""
    words = ["fupin", "sample", *(Path(path).name for path in request.files), "-n", str(wanted.size)]
    words += ["--by", wanted.by] if wanted.by is not None else []
    words += ["--cluster", wanted.cluster, "--take", str(wanted.take)] if wanted.cluster is not None else []
    words += ["--group", wanted.group] if wanted.group is not None else []
    words += ["--seed", visible(wanted.seed)]
    words += ["--year", str(year)] if year is not None else []
    return shlex.join([*words, *(word for sheet in request.sheets for word in ("--sheet", sheet))])


@dataclass(frozen=True)
class Question:
    """What a plan is asked for; None: not asked."""

    margin: Fraction | None
    expected: Fraction
    tell: tuple[Fraction, Fraction] | None
    power: Fraction
    confidence: Fraction
    population: int | None


def make_plan(question: Question) -> Plan:
    """How many have to be asked.

    Raises:
        UsageRefused: so many that nobody would.
    """
    design = PlanDesign(question.population, question.confidence)
    parts: list[MarginPlan | PowerPlan] = []
    if question.margin is not None:
        parts.append(_within(plan_margin(question.margin, question.expected, design)))
    if question.tell is not None:
        parts.append(_within(plan_power(*question.tell, question.power, design)))
    hits = {part: part.hits if isinstance(part, MarginPlan) else _right(part) for part in parts}
    rates = {part: rate(hits[part], part.sampled, question.population, question.confidence) for part in parts}
    return Plan(version(DISTRIBUTION), question.confidence, question.population, parts, rates)


def _within(part: MarginPlan | PowerPlan | None) -> MarginPlan | PowerPlan:
    if part is None:
        raise UsageRefused("sample-plan-too-large", largest=LARGEST)
    return part


def _right(part: PowerPlan) -> int:
    """The count of a sample that is just conclusive."""
    return part.sampled - part.accepted if part.at_least else part.accepted
