"""What a workbook consists of: its sheets, their parts, its formats and its shared texts."""

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass

from fupin_cli.errors import InputRefused
from fupin_cli.load.cells.archive import Archive
from fupin_cli.load.cells.formats import Shown, shown
from fupin_cli.load.cells.markup import Attributes, LocalNames, parse
from fupin_cli.load.cells.places import plain_text
from fupin_cli.load.cells.wanted import MAX_SHEETS

_ROOT_RELATIONS = "_rels/.rels"
_USUAL_WORKBOOK = "xl/workbook.xml"
_BINARY_WORKBOOK = "xl/workbook.bin"
_OPEN_DOCUMENT = "content.xml"
_MACROS = "vbaproject.bin"
#: Macros of Excel 4, which are sheets.
_MACRO_SHEETS = frozenset({"xlMacrosheet", "xlIntlMacrosheet"})
#: What XML of an office program writes for yes.
TRUE = frozenset({"1", "true", "on"})


@dataclass(frozen=True)
class SheetPart:
    """A worksheet and the part that holds it."""

    name: str
    hidden: bool
    part: str


@dataclass(frozen=True)
class Book:
    """A workbook without its cells."""

    sheets: Sequence[SheetPart]
    date1904: bool
    #: Excel was asked to calculate on opening: whoever wrote the formulas did not, and a value of 0 says nothing.
    recalculates: bool
    #: What each cell style makes of a number, by style index.
    styles: Sequence[Shown]
    shared_strings: str | None
    warnings: Sequence[str]


@dataclass
class _Relation:
    kind: str
    target: str


def read_book(archive: Archive) -> Book:
    """The structure of a workbook. Raises :class:`InputRefused` for what is no workbook, or one of another format."""
    workbook = _workbook_part(archive)
    relations = _relations(archive, workbook)
    sheets: list[SheetPart] = []
    flags = {"date1904": False, "recalculates": False}
    names = LocalNames()

    def start(name: str, attributes: Attributes) -> None:
        tag = names[name]
        if tag == "workbookPr":
            flags["date1904"] = attributes.get("date1904", "") in TRUE
        elif tag == "calcPr":
            flags["recalculates"] = attributes.get("fullCalcOnLoad", "") in TRUE
        elif tag == "sheet" and len(sheets) <= MAX_SHEETS:
            relation = relations.get(next((value for key, value in attributes.items() if names[key] == "id"), ""))
            if relation is not None and relation.kind == "worksheet":
                sheets.append(
                    SheetPart(
                        plain_text(attributes.get("name", "")), attributes.get("state", "visible") != "visible", relation.target
                    )
                )

    parse([archive.whole(workbook)], workbook, start=start)
    if not sheets:
        raise InputRefused("workbook-without-sheets")
    if len({sheet.name for sheet in sheets}) != len(sheets) or len({sheet.part for sheet in sheets}) != len(sheets):
        raise InputRefused("workbook-damaged", where=workbook)
    for sheet in sheets:
        if sheet.part not in archive:
            raise InputRefused("workbook-damaged", where=sheet.part)
    styles = _first_target(relations, "styles")
    return Book(
        sheets=sheets,
        date1904=flags["date1904"],
        recalculates=flags["recalculates"],
        styles=_styles(archive, styles) if styles in archive else (),
        shared_strings=_first_target(relations, "sharedStrings"),
        warnings=_warnings(archive, relations),
    )


def _workbook_part(archive: Archive) -> str:
    lowered = {name.lower() for name in archive.names}
    if _BINARY_WORKBOOK in lowered:
        raise InputRefused("format-xlsb")
    part = _first_target(_relations_of(archive, _ROOT_RELATIONS, ""), "officeDocument") or _USUAL_WORKBOOK
    if part in archive and part.startswith("xl/"):
        return part
    if _OPEN_DOCUMENT in lowered:
        raise InputRefused("format-ods")
    if any(name.endswith((".xlsx", ".xls", ".csv", ".xlsm", ".et")) for name in lowered):
        raise InputRefused("format-zip")
    if any(name.startswith("word/") for name in lowered):
        raise InputRefused("format-document")
    if _ROOT_RELATIONS in archive and any(name.startswith("xl/") for name in lowered):
        raise InputRefused("workbook-damaged", where=part)
    raise InputRefused("format-unknown")


def _relations(archive: Archive, part: str) -> dict[str, _Relation]:
    folder, name = posixpath.split(part)
    return _relations_of(archive, f"{folder}/_rels/{name}.rels", folder)


def _relations_of(archive: Archive, part: str, folder: str) -> dict[str, _Relation]:
    relations: dict[str, _Relation] = {}
    if part not in archive:
        return relations
    names = LocalNames()

    def start(name: str, attributes: Attributes) -> None:
        if names[name] == "Relationship":
            target = attributes.get("Target", "")
            kind = attributes.get("Type", "").rpartition("/")[2]
            if attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            relations[attributes.get("Id", "")] = _Relation(kind, target)

    parse([archive.whole(part)], part, start=start)
    return relations


def _first_target(relations: dict[str, _Relation], kind: str) -> str | None:
    return next((relation.target for relation in relations.values() if relation.kind == kind), None)


def _warnings(archive: Archive, relations: dict[str, _Relation]) -> list[str]:
    warnings = []
    old_macros = any(relation.kind in _MACRO_SHEETS for relation in relations.values())
    if old_macros or any(posixpath.basename(name).lower() == _MACROS for name in archive.names):
        warnings.append("macros-ignored")
    if any(relation.kind == "externalLink" for relation in relations.values()):
        warnings.append("external-links-ignored")
    return warnings


def _styles(archive: Archive, part: str | None) -> list[Shown]:
    if part is None:
        return []
    codes: dict[int, str] = {}
    used: list[int] = []
    names = LocalNames()
    inside = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside
        tag = names[name]
        if tag == "numFmt" and not inside:
            codes[_number(attributes.get("numFmtId"), part)] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            used.append(_number(attributes.get("numFmtId", "0"), part))

    def end(name: str) -> None:
        nonlocal inside
        if names[name] == "cellXfs":
            inside = False

    parse([archive.whole(part)], part, start=start, end=end)
    return [shown(number, codes.get(number)) for number in used]


def _number(text: str | None, part: str) -> int:
    if text is None or not (text.isascii() and text.isdigit()):
        raise InputRefused("workbook-damaged", where=part)
    return int(text)
