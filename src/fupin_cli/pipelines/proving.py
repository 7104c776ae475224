"""Whether packs are sound: what loading refuses, what nothing uses, and what the solver proves, with subjects that show it."""

import importlib
import importlib.util
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fupin_cli.errors import FupinError
from fupin_cli.evaluate.cases import run_cases
from fupin_cli.model.case import Case, Expected
from fupin_cli.model.pack import UNDETERMINED
from fupin_cli.model.proof import CheckedPack, Place, ProofFinding, StandardProofs, Witness
from fupin_cli.rules.locate import HEAD, Shelf, locate, means_folder, shelf
from fupin_cli.rules.packs import LoadedPack, mistakes
from fupin_cli.rules.parameters import Parameters
from fupin_cli.rules.places import place_of
from fupin_cli.rules.standard import ReadyStandard
from fupin_cli.rules.unused import unused

if TYPE_CHECKING:
    from fupin_cli.prove.checked import Proofs, Shown
    from fupin_cli.prove.household import Household


def can_prove() -> bool:
    """Whether the solver is there: it is an optional part."""
    return importlib.util.find_spec("z3") is not None


def check_packs(asked: Sequence[str], *, prove: bool) -> Iterator[CheckedPack]:
    """Check packs by name or folder, one after the other; all that can be found by name where none is asked for.

    Raises:
        UsageRefused: there is no such pack or folder.
    """
    for folder, found in [one for name in asked for one in _folders(name)] or _known():
        yield check_pack(folder, found, prove=prove)


def check_pack(folder: Path, found: Shelf, *, prove: bool) -> CheckedPack:
    """Check one pack."""
    loaded, refused = mistakes(folder, found)
    if loaded is None:
        return CheckedPack(folder.name, None, refused)
    findings = [
        ProofFinding(one.kind, Place(one.place.file, one.place.line, one.place.column), {"name": one.name}, one.standard)
        for one in unused(loaded)
    ]
    proofs = [_proved(loaded, standard) for standard in loaded.standards.values()] if prove else None
    return CheckedPack(folder.name, loaded.pack.head.version, (), findings, proofs)


def _known() -> list[tuple[Path, Shelf]]:
    found = shelf()
    return [(found.find(name), found) for name in found.names()]


def _folders(name: str) -> list[tuple[Path, Shelf]]:
    """The pack of a name, of a folder, or all packs in a folder."""
    directory = Path(name)
    inside = sorted(head.parent for head in directory.glob(f"*/{HEAD}")) if directory.is_dir() else []
    if inside and not (directory / HEAD).is_file() and means_folder(name):
        return [(folder.resolve(), shelf(directory.resolve())) for folder in inside]
    return [locate(name, name)]


def _proved(loaded: LoadedPack, standard: ReadyStandard) -> StandardProofs:
    """The proofs of one standard, and the engine asked about each subject that shows a finding."""
    module = importlib.import_module("fupin_cli.prove.checked")
    parameters = Parameters(loaded.pack, {})
    proofs: Proofs = module.prove(standard, parameters)
    findings = [_finding(loaded, standard, parameters, one) for one in proofs.shown]
    return StandardProofs(standard.name, findings, proofs.asked, proofs.given_up, proofs.holding)


def _finding(loaded: LoadedPack, standard: ReadyStandard, parameters: Parameters, shown: "Shown") -> ProofFinding:
    found = shown.found
    place = place_of(loaded, standard.name, found.tree, found.offset)
    witnesses = [_witness(standard, parameters, found.kind, subject) for subject in shown.subjects]
    return ProofFinding(
        found.kind, Place(place.file, place.line, place.column), found.facts, standard.name, found.note, witnesses
    )


def _witness(standard: ReadyStandard, parameters: Parameters, name: str, subject: "Household") -> Witness:
    """The subject as a case, judged by the engine where nothing but its own cells is needed."""
    case = Case(
        name=name,
        year=subject.year,
        as_of=subject.as_of if subject.year is not None or subject.as_of is not None else parameters.pack.head.effective.start,
        settings=subject.settings,
        given={standard.subject: dict(subject.cells), **{table: list(rows) for table, rows in subject.rows.items()}},
        expect=Expected(outcome=subject.outcome or UNDETERMINED, checks=subject.checks),
    )
    if subject.facts and not subject.rows:
        return Witness(case)
    try:
        (judged,) = run_cases(standard, parameters, [case])
    except FupinError:
        return Witness(case)
    return Witness(case, not [what for what, *_ in judged.differences if what != "missing"])
