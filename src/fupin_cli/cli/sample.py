"""``fupin sample``: which households are to be visited, and how many have to be?"""

import os
from collections.abc import Mapping, Sequence
from typing import Any

import click

from fupin_cli.cli.options import LANG, MANIFEST, OUTPUT, QUIET, SHEET, Option, limit, options_of, taking
from fupin_cli.cli.output import Forms, answer, deliver, form_of, target_of
from fupin_cli.cli.planning import question_of
from fupin_cli.cli.speech import SpokenCommand, SpokenOption
from fupin_cli.errors import ExitCode, FupinError, UsageRefused
from fupin_cli.load.cells.several import OnStep
from fupin_cli.model.sample import GROUPS, Sample
from fupin_cli.pipelines.sampling import Wanted, draw_files, make_plan, sheet_of
from fupin_cli.report.samples.plan import plan_json, print_plan
from fupin_cli.report.samples.terminal import print_sample
from fupin_cli.report.samples.text import sample_csv, sample_json
from fupin_cli.tasks import Request

_SHEET = "xlsx"
#: Of a workbook for the field the terminal still says how it was drawn, and what was left out of the frame.
_SAMPLES = Forms(
    print_sample,
    {"csv": sample_csv, "json": sample_json},
    {_SHEET: lambda sample, options: sheet_of(sample, options.lang)},
    shown_beside_book=True,
)
_PLANS = Forms(print_plan, {"json": plan_json})
#: What people write for a level of places.
_LEVELS = {"township": "township", "乡镇": "township", "village": "village", "村": "village"}
_VILLAGE = "village"
#: What people write for 组别.
_GROUPS = {"exited": "脱贫户", "poor": "贫困户", "unregistered": "未建档立卡户"}
_GROUPS |= {group: group for group in GROUPS}
#: Households in each drawn village, unless told otherwise: a day's work of two interviewers.
_TAKE = 20

_FILES: Option = click.argument("files", nargs=-1, metavar="[FILE...]")
_SIZE: Option = click.option("-n", "--size", cls=SpokenOption, metavar="N", help="opt-sample-size")
_BY: Option = click.option("--by", cls=SpokenOption, type=click.Choice([*_LEVELS]), help="opt-sample-by")
_CLUSTER: Option = click.option(
    "--cluster", cls=SpokenOption, type=click.Choice([word for word, level in _LEVELS.items() if level == _VILLAGE]),
    help="opt-cluster",
)  # fmt: skip
_GROUP: Option = click.option("--group", cls=SpokenOption, type=click.Choice([*_GROUPS]), help="opt-group")
_FORM: Option = click.option("--format", "form", cls=SpokenOption, type=click.Choice(_SAMPLES.names), help="opt-sample-format")
#: Options that draw, and that plan, by their names in Python: one kind is no use to the other.
_DRAWING = ("size", "by", "cluster", "take", "group", "seed", "year", "sheets", "manifest")
_PLANNING = ("margin", "confidence", "population", "rate", "power", "tell")


def _text(name: str, metavar: str, words: str) -> Option:
    return click.option(name, cls=SpokenOption, metavar=metavar, help=words)


def _flag(name: str, words: str) -> Option:
    return click.option(name, cls=SpokenOption, is_flag=True, help=words)


@click.command("sample", cls=SpokenCommand, help="help-sample")
@taking(
    _FILES, _SIZE, _BY, _CLUSTER, _text("--take", "N", "opt-take"), _GROUP, _text("--seed", "TEXT", "opt-seed"),
    _text("--year", "YEAR", "opt-year"), _flag("--plan", "opt-plan"), _text("--margin", "PERCENT", "opt-margin"),
    _text("--confidence", "PERCENT", "opt-confidence"), _text("--population", "N", "opt-population"),
    _text("--rate", "PERCENT", "opt-rate"), _text("--tell", "PERCENT:PERCENT", "opt-tell"),
    _text("--power", "PERCENT", "opt-power"), _FORM, OUTPUT, _flag("--force", "opt-force"), limit("opt-sample-limit"), SHEET,
    MANIFEST, LANG, QUIET,
)  # fmt: skip
@click.pass_context
def command(context: click.Context, /, **given: Any) -> int:
    """Draw a sample, or say how large it has to be."""
    if given["plan"]:
        return _plan(context, given)
    _refuse_given("sample-only-plan", given, _PLANNING)
    wanted = _wanted(given)
    for report in target_of(given, _SAMPLES).reports:
        if report.form == _SHEET and report.output is not None:
            _refuse_filled_in(report.output, force=given["force"])

    def ask(request: Request, on_step: OnStep | None) -> tuple[Sample, Sequence[FupinError]]:
        return draw_files(request, wanted, on_step)

    return answer(context, given, _SAMPLES, ask, lambda _: ExitCode.OK)


def _plan(context: click.Context, given: Mapping[str, Any]) -> ExitCode:
    _refuse_given("sample-not-plan", given, _DRAWING)
    if given["files"]:
        raise UsageRefused("sample-not-plan", name="FILE")
    for output in given["output"] or (None,):
        chosen = form_of(given["form"], output, _SAMPLES.names)
        if chosen not in _PLANS.names:
            raise UsageRefused("sample-plan-format", form=chosen, forms=" ".join(_PLANS.names))
    target = target_of(given, _PLANS)
    deliver(make_plan(question_of(given)), options_of(context, given), _PLANS, target)
    return ExitCode.OK


def _refuse_given(code: str, given: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in names:
        if given[name]:
            raise UsageRefused(code, name={"size": "-n", "sheets": "--sheet"}.get(name, f"--{name}"))


def _refuse_filled_in(output: str, *, force: bool) -> None:
    """Refuse to replace a sheet for the field that somebody may have filled in."""
    if os.path.lexists(output) and not force:
        raise UsageRefused("template-target-exists", path=output)


def _wanted(given: Mapping[str, Any]) -> Wanted:
    """What is to be drawn.

    Raises:
        UsageRefused: a part of it is missing, or is no number, or two parts contradict each other.
    """
    for name, code in (("files", "sample-files-missing"), ("size", "sample-size-missing"), ("seed", "sample-seed-missing")):
        if not given[name]:
            raise UsageRefused(code)
    by, cluster = (_LEVELS[given[name]] if given[name] else None for name in ("by", "cluster"))
    if cluster is None and given["take"]:
        raise UsageRefused("sample-take-alone")
    if by is not None and by == cluster:
        raise UsageRefused("sample-village-twice")
    return Wanted(
        size=_number("-n", given["size"]),
        seed=given["seed"],
        by=by,
        cluster=cluster,
        take=_number("--take", given["take"]) if given["take"] else _TAKE,
        year=_number("--year", given["year"]) if given["year"] else None,
        group=_GROUPS[given["group"]] if given["group"] else None,
    )


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text)):
        raise UsageRefused("sample-number", name=name, value=text)
    return int(text)
