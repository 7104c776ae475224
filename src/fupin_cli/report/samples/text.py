"""A drawn sample for machines (``fupin.sample/1``) and spreadsheets."""

import json
from collections.abc import Iterator
from typing import Any

from fupin_cli.model.fieldsheet import COLUMNS, header, values
from fupin_cli.model.sample import PLACES, Sample, Stratum, Unit
from fupin_cli.report.csvtext import BOM, csv_row
from fupin_cli.report.options import Options
from fupin_cli.report.page import Page
from fupin_cli.report.unread import unread_json

SCHEMA = "fupin.sample/1"
#: Columns of numbers.
_NUMBERS = [place for place, name in enumerate(COLUMNS) if name in ("sample-order", "year", "household_size")]


def sample_csv(sample: Sample, _: Options) -> Iterator[str]:
    """The rows of the field sheet, each with the seed and the fingerprint of the frame behind it."""
    yield BOM + csv_row([*map(header, COLUMNS), "seed", "frame_sha256"])
    for number, unit in enumerate(sample.units, start=1):
        row = ["" if value is None else str(value) for value in values(sample, number, unit)]
        yield csv_row([*row, sample.design.seed, sample.sha256], _NUMBERS)


def sample_json(sample: Sample, options: Options) -> Iterator[str]:
    """The sample in pieces: one household per line."""
    page = Page(sample.inputs, options)
    design = sample.design
    head = {
        "schema": SCHEMA,
        "tool": {"version": sample.version},
        "command": "sample",
        "method": sample.method,
        "seed": design.seed,
        "size": design.size,
        "by": list(design.strata),
        "cluster": list(design.clusters),
        "take": design.take if design.clusters else None,
        "group": design.group,
        "year": sample.year,
        "frame": {"households": sample.households, "sha256": sample.sha256},
        "inputs": page.sources_json(),
        **unread_json(sample.problems, options),
        "problems": [page.problem_json(problem) for problem in sample.problems],
        "strata": [_stratum(stratum, sample) for stratum in sample.strata],
    }
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "households": ['
    separator = "\n  "
    for unit in sample.units:
        yield separator + json.dumps(_unit(unit, page), ensure_ascii=False)
        separator = ",\n  "
    yield "\n ]\n}\n"


def _stratum(stratum: Stratum, sample: Sample) -> dict[str, Any]:
    found: dict[str, Any] = {
        "place": dict(zip(sample.design.strata, stratum.place, strict=True)),
        "households": stratum.households,
        "allotted": stratum.allotted,
        "drawn": stratum.drawn,
    }
    clusters = {"clusters": stratum.clusters, "drawn_clusters": stratum.drawn_clusters}
    return found | (clusters if sample.design.clusters else {})


def _unit(unit: Unit, page: Page) -> dict[str, Any]:
    return {
        "id": unit.household_id,
        **dict(zip(PLACES, unit.place, strict=True)),
        "villager_group": unit.villager_group,
        "head_name": unit.head_name,
        "address": unit.address,
        "household_size": unit.household_size,
        "sample_group": unit.group,
        "where": page.place_json(unit.where),
    }
