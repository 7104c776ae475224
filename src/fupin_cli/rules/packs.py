"""Folders of YAML to packs: read strictly, joined with what they extend, every condition parsed and checked."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from fupin_cli.errors import UsageRefused
from fupin_cli.model.case import Case
from fupin_cli.model.cited import Citation, Document
from fupin_cli.model.nearest import nearest
from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED, Pack, PackHead, Standard
from fupin_cli.model.parameter import DatedValue, Parameter
from fupin_cli.model.tables import TABLES, fields
from fupin_cli.rules.locate import HEAD, Shelf
from fupin_cli.rules.ready import Origin, ready_standard
from fupin_cli.rules.standard import ReadyStandard
from fupin_cli.rules.yamltext import Where, YamlText, read_yaml

PARAMETERS, CASES = "parameters.yaml", "cases"
_Model = TypeVar("_Model")
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


def load_pack(folder: Path, shelf: Shelf) -> LoadedPack:
    """Read a pack and everything it extends.

    Raises:
        PackRefused: anything in it is not as the design says; the facts name file, line and column.
    """
    draft = _draft(folder, shelf, ())
    pack = Pack.model_construct(
        head=draft.head.model_copy(update={"documents": draft.documents}),
        parameters=draft.parameters,
        standards=draft.standards,
        sha256=draft.sha256,
    )
    ready = {name: ready_standard(standard, pack, draft.origins) for name, standard in draft.standards.items()}
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
    cases = _validated(_CASES, text)
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
                if name not in fields(table):
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


def _draft(folder: Path, shelf: Shelf, below: tuple[str, ...]) -> _Draft:
    head_text = read_yaml(folder / HEAD, _shown(folder / HEAD))
    head = _validated(TypeAdapter(PackHead), head_text)
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
        parent = _draft(above, shelf, (*below, head.pack))
        digest.update(parent.sha256.encode())
        draft = _Draft(head, "", parent.documents, parent.parameters, parent.standards, parent.origins, (above, *parent.above))
    for path in sorted(folder.rglob("*.yaml")):
        # Line ends made equal: a checkout on Windows is the same law.
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    draft.sha256 = digest.hexdigest()
    _add_documents(draft, head_text)
    _add_parameters(draft, folder)
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in (HEAD, PARAMETERS):
            _add_standard(draft, path)
    return draft


def _validated(adapter: TypeAdapter[_Model], text: YamlText) -> _Model:
    """The file as a model; the first error of pydantic becomes ours, with its place and the nearest known key."""
    try:
        return adapter.validate_python(text.data)
    except ValidationError as error:
        # A misspelt key is unknown and leaves another one missing: the misspelling is what one wants to hear of.
        found = error.errors(include_url=False, include_input=False)
        first = next((one for one in found if one["type"] == "extra_forbidden"), found[0])
        where = tuple(part for part in first["loc"] if part != "[key]")
        is_key = "[key]" in first["loc"]
        kind = first["type"]
        if kind == "extra_forbidden":
            key = str(where[-1])
            known = _known_keys(adapter, where[:-1])
            raise text.refuse("pack-key-unknown", where, key=True, name=key, nearest=nearest(key, known)) from None
        if kind == "missing":
            raise text.refuse("pack-key-missing", where[:-1], name=str(where[-1])) from None
        if kind.startswith("pack-"):
            raise text.refuse(kind, where) from None
        raise text.refuse(
            "pack-value-wrong", where, key=is_key, name=str(where[-1]) if where else "", reason=first["msg"]
        ) from None


def _known_keys(adapter: TypeAdapter[_Model], where: Where) -> list[str]:
    """The keys that the schema allows at a place: walked through pydantic's own JSON Schema."""
    schema: dict[str, Any] = adapter.json_schema()
    node = _resolve(schema, schema)
    for part in where:
        named = node.get("properties", {}).get(part)
        by_pattern = list(node.get("patternProperties", {}).values())
        inner = named or next(iter(by_pattern), None) or node.get("additionalProperties") or node.get("items") or {}
        node = _resolve(schema, inner)
    return list(node.get("properties", {}))


def _resolve(schema: dict[str, Any], node: Any) -> dict[str, Any]:
    """Follow a reference; an optional part is the part itself."""
    if not isinstance(node, dict):
        return {}
    for choice in node.get("anyOf", ()):
        if choice.get("type") != "null":
            return _resolve(schema, choice)
    if "$ref" in node:
        return _resolve(schema, schema["$defs"][node["$ref"].rsplit("/", 1)[-1]])
    return node


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
    found = _validated(_PARAMETERS, text)
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
    standard = _validated(TypeAdapter(Standard), text)
    name = standard.standard
    if name != path.stem:
        raise text.refuse("pack-name-differs", ("standard",), name=name, folder=path.stem)
    for check_name, check in standard.checks.items():
        _cited(draft, check.cite, text, ("checks", check_name, "cite"))
    inherited = draft.standards.get(name)
    for index, dropped in enumerate(standard.without):
        if inherited is None or dropped not in inherited.checks:
            known = inherited.checks if inherited is not None else ()
            raise text.refuse("pack-without-nothing", ("without", index), name=dropped, nearest=nearest(dropped, known))
    for section, parts in _sections(standard).items():
        for part in parts:
            draft.origins[(name, section, part)] = Origin(text, (section, part))
    for section, present in (("applies", standard.applies), ("decide", standard.decide)):
        if present or inherited is None:
            draft.origins[(name, section)] = Origin(text, (section,))
    if inherited is not None:
        standard = _joined(inherited, standard)
    draft.standards = {**draft.standards, name: standard}


def _sections(standard: Standard) -> dict[str, Mapping[str, BaseModel]]:
    return {"facts": standard.facts, "checks": standard.checks, "outcomes": standard.outcomes}


def _joined(inherited: Standard, written: Standard) -> Standard:
    """What is written replaces what is inherited, part by part."""
    kept = {name: check for name, check in inherited.checks.items() if name not in written.without}
    return written.model_copy(
        update={
            "applies": written.applies or inherited.applies,
            "facts": {**inherited.facts, **written.facts},
            "checks": {**kept, **written.checks},
            "outcomes": {**inherited.outcomes, **written.outcomes},
            "decide": written.decide or inherited.decide,
            "kind": written.kind if "kind" in written.model_fields_set else inherited.kind,
        }
    )
