"""Folders of YAML to packs: read strictly, joined with what they extend, every condition parsed and checked."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from fupin_cli.errors import PackRefused, UsageRefused
from fupin_cli.model.case import OPEN, Case
from fupin_cli.model.cited import Citation, Document
from fupin_cli.model.nearest import nearest
from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED, Pack, PackHead, Standard
from fupin_cli.model.parameter import DatedValue, Parameter
from fupin_cli.model.tables import TABLES, fields, is_field
from fupin_cli.rules.joining import droppable, joined, sections
from fupin_cli.rules.locate import HEAD, Shelf
from fupin_cli.rules.origin import Origin
from fupin_cli.rules.ready import ready_standard
from fupin_cli.rules.refusals import Refusals
from fupin_cli.rules.standard import ReadyStandard
from fupin_cli.rules.validated import validated
from fupin_cli.rules.yamltext import Where, YamlText, read_yaml

PARAMETERS, CASES = "parameters.yaml", "cases"
_PARAMETERS: TypeAdapter[Mapping[str, Parameter]] = TypeAdapter(Mapping[str, Parameter])
_CASES: TypeAdapter[Sequence[Case]] = TypeAdapter(Sequence[Case])


@dataclass(frozen=True)
class LoadedPack:
    """A pack that can be evaluated."""

    pack: Pack
    standards: Mapping[str, ReadyStandard]
    #: The folder it came from, for its cases.
    folder: Path
    #: The folders of the packs that it extends, the nearest first.
    above: Sequence[Path] = ()
    #: (Standard, part ...) → where that part is written, be it here or above.
    origins: Mapping[tuple[str, ...], Origin] = field(default_factory=dict)


@dataclass
class _Draft:
    """A pack while it is put together, with the file and place that each of its parts comes from."""

    head: PackHead
    sha256: str
    documents: dict[str, Document] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    standards: dict[str, Standard] = field(default_factory=dict)
    origins: dict[tuple[str, ...], Origin] = field(default_factory=dict)
    above: tuple[Path, ...] = ()
    #: Whether its parameters could be read.
    whole: bool = True


def load_pack(folder: Path, shelf: Shelf) -> LoadedPack:
    """Read a pack and everything it extends.

    Raises:
        PackRefused: anything in it is not as the design says; the facts name file, line and column.
    """
    return _load(folder, shelf, Refusals())


def mistakes(folder: Path, shelf: Shelf) -> tuple[LoadedPack | None, list[PackRefused]]:
    """A pack, or everything that is wrong with it as far as one can tell before the rest is put right; its cases, too."""
    refusals = Refusals(keep=True)
    loaded = None
    with refusals.kept():
        loaded = _load(folder, shelf, refusals)
    for path in sorted((folder / CASES).glob("*.yaml")) if loaded is not None else ():
        # Of a standard that is wrong itself it is not known what its cases may name.
        if loaded is not None and (path.stem in loaded.standards or not refusals.found):
            with refusals.kept():
                read_cases(path, loaded)
    return None if refusals.found else loaded, refusals.found


def _load(folder: Path, shelf: Shelf, refusals: Refusals) -> LoadedPack:
    draft = _draft(folder, shelf, (), refusals)
    pack = Pack.model_construct(
        head=draft.head.model_copy(update={"documents": draft.documents}),
        parameters=draft.parameters,
        standards=draft.standards,
        sha256=draft.sha256,
    )
    ready: dict[str, ReadyStandard] = {}
    # Where a parameter could not be read, every condition that names it would seem wrong.
    for name, standard in draft.standards.items() if draft.whole else ():
        before = len(refusals.found)
        with refusals.kept():
            found = ready_standard(standard, pack, draft.origins, refusals)
            ready |= {name: found} if len(refusals.found) == before else {}
    return LoadedPack(pack, ready, folder, draft.above, draft.origins)


def load_cases(loaded: LoadedPack) -> Mapping[str, Sequence[Case]]:
    """The worked cases of a pack by standard; none where a standard has no file of cases.

    Raises:
        PackRefused: a file of cases is not as the design says, or is for a standard that the pack does not have.
    """
    return {path.stem: read_cases(path, loaded) for path in sorted((loaded.folder / CASES).glob("*.yaml"))}


def read_cases(path: Path, loaded: LoadedPack) -> Sequence[Case]:
    """The cases in one file, for the standard of its name.

    Raises:
        PackRefused: it is not as the design says, or is for a standard that the pack does not have.
    """
    text = read_yaml(path, _shown(path))
    if path.stem not in loaded.standards:
        raise text.refuse("pack-cases-for-nothing", (), name=path.stem, nearest=nearest(path.stem, loaded.standards))
    for where, spot in text.values.items():
        # In a cell it is something that nobody can read.
        if spot.raw.strip("'\"") == OPEN and "given" not in where:
            raise text.refuse("pack-case-undecided", where)
    cases = validated(_CASES, text)
    for index, case in enumerate(cases):
        _known_names(loaded.standards[path.stem], case, index, text)
        for name in case.settings:
            if name not in loaded.pack.parameters:
                near = nearest(name, loaded.pack.parameters)
                raise text.refuse("expression-name-unknown", (index, "set", name), key=True, name=name, nearest=near)
    return cases


def _known_names(standard: ReadyStandard, case: Case, index: int, text: YamlText) -> None:
    """Everything that a case names is there: a misspelt field would make the case test nothing."""
    for table, rows in case.given.items():
        where: Where = (index, "given", table)
        if table not in TABLES:
            raise text.refuse("pack-table-unknown", where, key=True, name=table, nearest=nearest(table, TABLES))
        for number, row in enumerate(case.rows(table)):
            for name in row:
                inner = (*where, name) if isinstance(rows, Mapping) else (*where, number, name)
                if not is_field(name, table):
                    raise text.refuse("expression-name-unknown", inner, key=True, name=name, nearest=nearest(name, fields(table)))
    if case.subject >= len(case.rows(standard.subject)):
        where = (index, "subject") if "subject" in case.model_fields_set else (index, "given")
        raise text.refuse("pack-case-subject", where, number=case.subject, subject=standard.subject)
    _known_expectations(standard, case, index, text)


def _known_expectations(standard: ReadyStandard, case: Case, index: int, text: YamlText) -> None:
    outcomes = (*standard.standard.outcomes, UNDETERMINED, NOT_APPLICABLE)
    for where, name in (
        ((index, "expect", "outcome"), case.expect.outcome),
        *(((index, "expect", "possible", i), outcome) for i, outcome in enumerate(case.expect.possible)),
    ):
        if name not in outcomes:
            raise text.refuse("pack-outcome-unknown", where, name=name, nearest=nearest(name, outcomes))
    for name in case.expect.checks:
        if name not in standard.checks:
            near = nearest(name, standard.checks)
            raise text.refuse("expression-name-unknown", (index, "expect", "checks", name), key=True, name=name, nearest=near)


def _shown(path: Path) -> str:
    """Pack folder and file: enough to find it, and the same on every machine."""
    parts = path.parts[-3:] if path.parent.name == CASES else path.parts[-2:]
    return "/".join(parts)


def _draft(folder: Path, shelf: Shelf, below: tuple[str, ...], refusals: Refusals) -> _Draft:
    head_text = read_yaml(folder / HEAD, _shown(folder / HEAD))
    head = validated(TypeAdapter(PackHead), head_text)
    if head.pack != folder.name:
        raise head_text.refuse("pack-name-differs", ("pack",), name=head.pack, folder=folder.name)
    if head.pack in below:
        raise head_text.refuse("pack-extends-itself", ("extends",), chain=" → ".join((*below, head.pack)))
    digest = hashlib.sha256()
    if head.extends is None:
        draft = _Draft(head, "")
    else:
        try:
            above = shelf.find(head.extends)
        except UsageRefused as error:
            facts: dict[str, Any] = dict(error.facts)
            raise head_text.refuse("pack-unknown", ("extends",), **facts) from None
        parent = _draft(above, shelf, (*below, head.pack), refusals)
        digest.update(parent.sha256.encode())
        inherited = (parent.documents, parent.parameters, parent.standards, parent.origins)
        draft = _Draft(head, "", *inherited, (above, *parent.above), parent.whole)
    for path in sorted(folder.rglob("*.yaml")):
        # Line ends made equal: a checkout on Windows is the same law.
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    draft.sha256 = digest.hexdigest()
    whole, draft.whole = draft.whole, False
    with refusals.kept():
        _add_documents(draft, head_text)
        _add_parameters(draft, folder)
        draft.whole = whole
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in (HEAD, PARAMETERS):
            with refusals.kept():
                _add_standard(draft, path)
    return draft


def _add_documents(draft: _Draft, text: YamlText) -> None:
    for name, document in draft.head.documents.items():
        if draft.documents.get(name, document) != document:
            raise text.refuse("pack-document-clash", ("documents", name), key=True, name=name)
    draft.documents = {**draft.documents, **draft.head.documents}


def _add_parameters(draft: _Draft, folder: Path) -> None:
    path = folder / PARAMETERS
    if not path.is_file():
        return
    text = read_yaml(path, _shown(path))
    found = validated(_PARAMETERS, text)
    for name, parameter in found.items():
        for index, value in enumerate(parameter.values):
            _cited(draft, value.cite, text, (name, "values", index, "cite"))
        _cited(draft, parameter.cite, text, (name, "cite"))
        _without_gaps(parameter, text, name)
        draft.origins[("parameters", name)] = Origin(text, (name,))
    draft.parameters = {**draft.parameters, **found}


def _cited(draft: _Draft, cite: Citation | None, text: YamlText, where: Where) -> None:
    if cite is not None and cite.document not in draft.documents:
        near = nearest(cite.document, draft.documents)
        raise text.refuse("pack-document-unknown", (*where, "document"), name=cite.document, nearest=near)


def _without_gaps(parameter: Parameter, text: YamlText, name: str) -> None:
    """Values that follow one another may neither overlap nor leave a day without one."""
    for where in dict.fromkeys(value.where for value in parameter.values):
        dated: list[tuple[int, DatedValue]] = [(i, v) for i, v in enumerate(parameter.values) if v.where == where]
        dated.sort(key=lambda pair: pair[1].start)
        for (_, earlier), (index, later) in pairwise(dated):
            if later.start == earlier.start or (earlier.end is not None and earlier.end >= later.start):
                raise text.refuse("pack-values-overlap", (name, "values", index, "from"), name=name, day=later.start)
            if earlier.end is not None and earlier.end + timedelta(days=1) != later.start:
                raise text.refuse("pack-values-gap", (name, "values", index, "from"), name=name, day=later.start)


def _add_standard(draft: _Draft, path: Path) -> None:
    text = read_yaml(path, _shown(path))
    standard = validated(TypeAdapter(Standard), text)
    name = standard.standard
    if name != path.stem:
        raise text.refuse("pack-name-differs", ("standard",), name=name, folder=path.stem)
    for check_name, check in standard.checks.items():
        _cited(draft, check.cite, text, ("checks", check_name, "cite"))
    inherited = draft.standards.get(name)
    for index, dropped in enumerate(standard.without):
        known = droppable(inherited) if inherited is not None else []
        if dropped not in known:
            raise text.refuse("pack-without-nothing", ("without", index), name=dropped, nearest=nearest(dropped, known))
    for section, parts in sections(standard).items():
        for part in parts:
            draft.origins[(name, section, part)] = Origin(text, (section, part))
    for section, present in (("applies", standard.applies), ("decide", standard.decide)):
        if present or inherited is None:
            draft.origins[(name, section)] = Origin(text, (section,))
    if inherited is not None:
        standard = joined(inherited, standard)
    draft.standards = {**draft.standards, name: standard}
