"""What can be asked of rule packs themselves, without anybody to judge: which there are, and whether their cases hold."""

from collections.abc import Mapping, Sequence

from fupin_cli.evaluate.cases import run_cases
from fupin_cli.model.case import CaseOutcome
from fupin_cli.model.pack import Pack
from fupin_cli.rules.inheriting import worked_cases
from fupin_cli.rules.locate import shelf
from fupin_cli.rules.packs import load_pack
from fupin_cli.rules.parameters import Parameters
from fupin_cli.tasks import open_pack


def all_packs() -> list[Pack]:
    """Every pack that can be found by name, in the order of their names."""
    found = shelf()
    return [load_pack(found.find(name), found).pack for name in found.names()]


def run_pack_cases(rules: str | None, default: str) -> tuple[Pack, Mapping[str, Sequence[CaseOutcome]]]:
    """Judge the worked cases of a pack, by standard."""
    loaded = open_pack(rules, default)
    parameters = Parameters(loaded.pack, {})
    cases = {name: found.all for name, found in worked_cases(loaded).items() if found.all}
    return loaded.pack, {name: run_cases(loaded.standards[name], parameters, found) for name, found in cases.items()}
