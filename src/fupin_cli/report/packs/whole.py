"""What a pack says, from its documents to its decision lists, as a page for people who do not program."""

from collections.abc import Iterator, Mapping, Sequence

from fupin_cli.messages import Lang, say
from fupin_cli.model.parameter import Parameter
from fupin_cli.report.packs.blocks import Block, Cell, Grid, Heading, Line, Prose, cell, without_empty
from fupin_cli.report.packs.standard import of_standard
from fupin_cli.report.packs.telling import amount, basis, ended, source_line
from fupin_cli.rules.lineage import Lineage


def pack_page(kin: Lineage, lang: Lang, standard: str | None = None, *, links: bool = False) -> Iterator[Block]:
    """A pack, or one of its standards with what it needs. ``links``: a page beside those of other packs, to which it points."""
    pack = kin.loaded.pack
    names = [standard] if standard is not None else list(pack.standards)
    yield Heading(1, pack.head.title.say(lang), pack.name)
    yield Prose(list(_head(kin, lang, links=links)))
    used = (
        {name for one in names for name in kin.loaded.standards[one].parameters()} if standard is not None else {*pack.parameters}
    )
    yield Heading(2, say("heading-documents", lang))
    yield _documents(kin, lang)
    if used:
        yield Heading(2, say("heading-parameters", lang))
        yield Prose([Line(say("pack-parameters-how", lang), "quiet")])
        yield _parameters(kin, {name: one for name, one in pack.parameters.items() if name in used}, lang)
    for name in names:
        yield from of_standard(kin, name, lang, links=links)


def _head(kin: Lineage, lang: Lang, *, links: bool) -> Iterator[Line]:
    head = kin.loaded.pack.head
    last = head.effective.end or say("pack-no-end", lang)
    yield Line(say("pack-version", lang, version=head.version, first=head.effective.start, last=last))
    if not links:
        # A page that is kept beside the pack would change with every comment and every case.
        yield Line(f"sha256 {kin.loaded.pack.sha256}", "quiet")
    if head.extends is not None:
        yield Line(say("pack-extends", lang, pack=head.extends))


def _documents(kin: Lineage, lang: Lang) -> Grid:
    columns = [
        say(f"pack-column-{name}", lang) for name in ("id", "document", "issuer", "document-number", "issued", "note", "source")
    ]
    rows = [
        [
            cell(Line(name, "code")),
            cell(document.title),
            cell(document.issuer),
            cell(document.number),
            cell(document.issued.isoformat() if document.issued is not None else None),
            cell(document.note),
            cell(source_line(kin.document(name), kin, lang)),
        ]
        for name, document in kin.loaded.pack.head.documents.items()
    ]
    return without_empty(columns, rows, (2, 6, 3, 3, 2, 4, 3))


def _parameters(kin: Lineage, parameters: Mapping[str, Parameter], lang: Lang) -> Grid:
    columns = [say(f"pack-column-{name}", lang) for name in ("parameter", "from", "to", "place", "value", "basis")]
    rows: list[Sequence[Cell]] = []
    for name, parameter in parameters.items():
        first: Cell = list(_parameter(name, parameter, kin, lang))
        if parameter.value is not None:
            rows.append([first, [], [], [], cell(say("rules-required", lang)), basis(parameter.cite, None, lang)])
        for value, end in ended(parameter):
            place = say("pack-place-of", lang, place=value.where) if value.where is not None else None
            period = cell(value.start.isoformat()), cell(end.isoformat() if end is not None else say("pack-no-end", lang))
            rows.append(
                [first, *period, cell(place), cell(amount(value, parameter, lang)), basis(value.cite, value.origin, lang)]
            )
            first = []
    return without_empty(columns, rows, (5, 2, 2, 2, 3, 7))


def _parameter(name: str, parameter: Parameter, kin: Lineage, lang: Lang) -> Iterator[Line]:
    yield Line(parameter.title.say(lang), "strong")
    yield Line(f"${name}", "code")
    source = source_line(kin.source("parameters", name), kin, lang)
    if source is not None:
        yield source
    if parameter.reading is not None:
        yield Line(say("rules-reading", lang, reading=parameter.reading), "quiet")
