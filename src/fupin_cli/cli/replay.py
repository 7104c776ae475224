"""``fupin replay``: is a run of the past still what its manifest says?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from fupin_cli.cli.later import Later
from fupin_cli.cli.options import FILE, LANG, OUTPUT, QUIET, Option, form, options_of, taking
from fupin_cli.cli.output import Forms, deliver, target_of
from fupin_cli.cli.rerun import outcome
from fupin_cli.cli.speech import SpokenCommand, SpokenOption
from fupin_cli.errors import ExitCode
from fupin_cli.model.manifest import Manifest
from fupin_cli.pipelines.manifests import read_manifest
from fupin_cli.pipelines.replaying import Places, compare, places_of
from fupin_cli.report.naming import called
from fupin_cli.report.replay.csvtext import replay_csv
from fupin_cli.report.replay.jsontext import replay_json
from fupin_cli.report.replay.terminal import print_replay
from fupin_cli.report.write import refuse_input_as_output

_FORMS = Forms(
    print_replay,
    {
        "csv": replay_csv,
        "json": replay_json,
        "markdown": Later("markdownreports", "replay_markdown"),
        "html": Later("html.reports", "replay_html"),
        "junit": Later("bulletins.replayed", "replay_junit"),
        "sarif": Later("bulletins.replayed", "replay_sarif"),
        "github": Later("bulletins.replayed", "replay_github"),
    },
    books={"xlsx": Later("workbook.paper", "replay_workbook")},
)
_INPUTS: Option = click.option("--inputs", cls=SpokenOption, metavar="DIR", help="opt-replay-inputs")


@click.command("replay", cls=SpokenCommand, help="help-replay")
@taking(FILE, _INPUTS, form(_FORMS.names), OUTPUT, LANG, QUIET)
@click.pass_context
def command(context: click.Context, /, **given: Any) -> int:
    """Run the run of a manifest again, and say what differs."""
    options, target = options_of(context, given), target_of(given, _FORMS)
    manifest = read_manifest(given["file"])
    places = places_of(manifest, Path(given["file"]).parent, given["inputs"])
    for report in target.reports:
        if report.output is not None:
            refuse_input_as_output(report.output, [*_kept(manifest, places)])
    root = context.find_root().command
    assert isinstance(root, click.Group)  # noqa: S101  # it has this command
    observed, refusal = outcome(root, manifest, places, given["file"])
    replay = compare(called([given["file"]])[0], manifest, observed, refusal, places)
    deliver(replay, options, _FORMS, target)
    return ExitCode.OK if replay.is_same() else ExitCode.NOT_MET


def _kept(manifest: Manifest, places: Places) -> Iterator[str]:
    """The files that a replay leaves as they are."""
    yield from (places.of(one).at for one in manifest.inputs)
    yield from (places.at(one.path) for one in manifest.outputs if one.path is not None)
