"""Hostile values in every field, and every byte of every format searched for them.

The other check commands have the very functions of ``check-exit`` (tests/docs/test_formats.py says so), so that one format of each
is enough.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hostile import BOOK, PERSONAL, figures, workbook

from fupin_cli.cli import check_county, checking, reconcile, replay, verify_roster, what_if
from fupin_cli.cli.main import COMMANDS, main
from fupin_cli.cli.output import Forms
from fupin_cli.report.csvtext import _LIVE

SUFFIXES = {"table": "txt", "markdown": "md", "junit": "xml"}
#: Command → its words, and the formats that it has. A replay is of the run of ``reconcile``.
RUNS: Mapping[str, tuple[Sequence[str], Forms[Any]]] = {
    "check-exit": (("check-exit", BOOK), checking.EXIT_FORMS),
    "check-county": (("check-county", "counties.xlsx"), check_county._FORMS),
    "verify-roster": (("verify-roster", "2017.xlsx", BOOK, "--diff"), verify_roster._FORMS),
    "reconcile": (("reconcile", "figures.xlsx"), reconcile._FORMS),
    "what-if": (("what-if", BOOK, "--assume", "water_safe=是", "--set", "poverty_line=0"), what_if._COMPARISONS),
    "sweep": (("what-if", BOOK, "--sweep", "poverty_line=0:3000:3000"), what_if._SWEEPS),
    "replay": (("replay", "manifest.json"), replay._FORMS),
}
#: The other check commands, each in one format, on one of the workbooks.
OTHERS = {
    "check-identify": "2017.xlsx",
    "check-support": "2017.xlsx",
    "check-village": "villages.xlsx",
    "check-archive": "villages.xlsx",
    "check-data": "villages.xlsx",
    "check-all": "villages.xlsx",
}
#: The run that a replay repeats.
RECORDED = "reconcile"


@dataclass(frozen=True)
class Made:
    """A report as a file."""

    form: str
    data: bytes

    def texts(self) -> Iterator[str]:
        """Everything in it as text: of a packed file every part."""
        if not self.data.startswith(b"PK"):
            yield self.data.decode("utf-8")
            return
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            for name in archive.namelist():
                yield name
                yield archive.read(name).decode("utf-8")

    @property
    def text(self) -> str:
        return self.data.decode("utf-8")

    def parts(self, ending: str) -> Iterator[tuple[str, bytes]]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            yield from ((name, archive.read(name)) for name in archive.namelist() if name.endswith(ending))


Reports = Mapping[str, Mapping[str, Made]]


@pytest.fixture(scope="module")
def reports(reading_here: None, tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """Every format of every command: of each command all of them from one run."""
    folder = tmp_path_factory.mktemp("canaries")
    workbook(folder / BOOK, "household", "person")
    workbook(folder / "2017.xlsx", "household", year=2017)
    workbook(folder / "counties.xlsx", "county", "township", "service")
    workbook(folder / "villages.xlsx", "village")
    figures(folder / "figures.xlsx")
    found: dict[str, dict[str, Made]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("COLUMNS", "100")
        for name, (words, forms) in RUNS.items():
            outputs = {form: folder / f"{name}.{SUFFIXES.get(form, form)}" for form in forms.names}
            files = [word for path in outputs.values() for word in ("-o", path.name)]
            manifest = ("--manifest", "manifest.json") if name == RECORDED else ()
            assert main([*words, *files, *manifest, "--quiet"]) in (0, 1), name
            found[name] = {form: Made(form, path.read_bytes()) for form, path in outputs.items()}
            if name == RECORDED:
                recorded = json.loads(Path("manifest.json").read_text(encoding="utf-8"))
                recorded["assumptions"] = {"water_safe": PERSONAL[0]}
                recorded["outputs"][0]["sha256"] = "0" * 64
                Path("manifest.json").write_text(json.dumps(recorded), encoding="utf-8")
        for name, book in OTHERS.items():
            assert main([name, book, "-o", f"{name}.json", "--quiet"]) == 1, name
            found[name] = {"json": Made("json", Path(f"{name}.json").read_bytes())}
    return found


def every(reports: Reports, *forms: str) -> Iterator[tuple[str, Made]]:
    for name, made in reports.items():
        yield from ((f"{name} {form}", one) for form, one in made.items() if not forms or form in forms)


def leaks(made: Made) -> set[str]:
    """The numbers that stand in a report, however its format spells them."""
    texts = [text for piece in made.texts() for text in (piece, unescape(piece))]
    return {number for number in PERSONAL for text in texts if number in text or number.replace(" ", "%20") in text}


def test_every_command_has_every_format_and_none_is_a_stub(reports: Reports) -> None:
    for name, (_, forms) in RUNS.items():
        assert [*reports[name]] == [*forms.names]
        assert all(len(made.data) > 300 for made in reports[name].values()), name


def test_every_check_command_is_among_them(reports: Reports) -> None:
    assert {name for name in COMMANDS if name.startswith("check-")} <= {*reports}
    assert all("canary" in reports[name]["json"].text for name in OTHERS)


def test_the_canaries_reach_the_reports(reports: Reports) -> None:
    # Else nothing below means anything.
    for name in ("check-exit", "check-county", "verify-roster", "reconcile"):
        assert "canary" in reports[name]["json"].text
        assert "canary" in reports[name]["html"].text
    assert any("canary" in text for text in reports["check-exit"]["xlsx"].texts())
    assert any("canary" in text for text in reports["check-exit"]["docx"].texts())


def test_no_number_of_a_person_stands_in_any_byte(reports: Reports) -> None:
    assert {name: found for name, made in every(reports) if (found := leaks(made))} == {}


def test_a_number_that_leaks_is_found() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", f"<v>{PERSONAL[0]}</v>")
    assert leaks(Made("xlsx", packed.getvalue())) == {PERSONAL[0]}
    assert leaks(Made("html", b"&#49;3912345678")) == {PERSONAL[2]}
    assert leaks(Made("table", b"**** 139****")) == set()


def test_no_cell_of_a_spreadsheet_is_live(reports: Reports) -> None:
    for name, made in every(reports, "csv"):
        rows = list(csv.reader(io.StringIO(made.text.removeprefix("\ufeff"), newline="")))
        live = {cell for row in rows for cell in row if cell.startswith(_LIVE) and not re.fullmatch(r"-?\d+(\.\d+)?", cell)}
        assert live == set(), name


def test_a_workbook_has_neither_formulas_nor_links_out_of_it(reports: Reports) -> None:
    for name, made in every(reports, "xlsx"):
        for part, data in made.parts(".xml"):
            tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(data).iter()}  # noqa: S314  # our own
            assert "f" not in tags, (name, part)
            assert not part.startswith(("xl/externalLinks", "xl/connections")), (name, part)
        assert outward(made) == set(), name


def test_a_draft_has_no_fields_but_page_numbers_and_no_links_out_of_it(reports: Reports) -> None:
    for name, made in every(reports, "docx"):
        asked = [re.findall(rb"<w:instrText[^>]*>([^<]*)|w:instr=\"([^\"]*)", data) for _, data in made.parts(".xml")]
        told = {text.strip() for found in asked for pair in found for text in pair if text.strip()}
        assert {text.split()[0] for text in told} <= {b"PAGE", b"NUMPAGES", b"SECTIONPAGES"}, name
        assert outward(made) == set(), name


def outward(made: Made) -> set[str]:
    """Targets outside of a packed file."""
    targets = (re.findall(r'<Relationship [^>]*TargetMode="External"[^>]*>', data.decode()) for _, data in made.parts(".rels"))
    return {target for found in targets for target in found}


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


#: What our templates and charts are made of.
OURS = set(
    re.findall(
        r"\w+",
        """html head meta title style script body a header main footer nav section article aside h1 h2 h3 h4 h5 h6 p div span strong em b
        small br hr ul ol li dl dt dd table caption thead tbody tfoot tr th td colgroup col details summary button input select option
        label output fieldset legend form figure figcaption blockquote q cite code mark time template abbr i sup sub wbr noscript
        svg g path rect line text tspan desc defs clippath use polyline polygon circle ellipse""",
    )
)


def test_a_page_has_our_elements_only_and_leads_nowhere(reports: Reports) -> None:
    for name, made in every(reports, "html", "svg"):
        # Browsers ask a server for an icon that no page names.
        page = Page(made.text.replace('<link rel="icon" href="data:,">', ""))
        assert {tag for tag, _ in page.elements} <= OURS, name
        attributes = [(tag, key, value or "") for tag, found in page.elements for key, value in found.items()]
        assert {
            key for _, key, _ in attributes if key.startswith("on") or key in ("style", "srcdoc", "action", "formaction")
        } <= ({"style"} if name.endswith("svg") else set()), name
        leading = {value for _, key, value in attributes if key in ("href", "src", "xlink:href", "data", "poster", "background")}
        assert {value for value in leading if not value.startswith("#")} == set(), name
        assert [tag for tag, _ in page.elements].count("script") <= 1, name


def test_what_stands_on_a_page_is_the_text_that_was_there(reports: Reports) -> None:
    words = " ".join(Page(reports["check-exit"]["html"].text).words)
    assert "<script>canary(1)</script>" in words
    assert '"><img src=x onerror=canary(2)>' in words


def test_markdown_has_no_markup_from_the_data(reports: Reports) -> None:
    ours = re.compile(r"<!-- fupin [a-z-]+ -->|</?details>|</?summary>")
    for name, made in every(reports, "markdown"):
        text = ours.sub("", made.text)
        assert not re.search(r"(?<!\\)(?:\\\\)*<", text), name
        assert not re.search(r"(?<!\\)\]\(", text), name
        assert not re.search(r"(?i)https?://|www\.|[a-z]@[a-z]", text), name
        for block in re.findall(r"(?m)^\|(?:.*\n\|)+.*$", text):
            widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
            assert len(widths) == 1, (name, block[:200])


def test_nothing_steers_a_terminal_or_turns_the_direction_of_reading(reports: Reports) -> None:
    steering = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
    for name, made in every(reports, "table", "csv", "json", "markdown", "html", "svg", "junit", "sarif", "github"):
        told = json.dumps(json.loads(made.text), ensure_ascii=False) if made.form in ("json", "sarif") else made.text
        assert steering.findall(told) == [], name


def test_no_line_from_the_data_is_a_command_to_github(reports: Reports) -> None:
    for name, made in every(reports, "github"):
        for line in made.text.splitlines():
            found = re.fullmatch(r"::(error|warning|notice) [^\n]*?::(.*)", line)
            assert found is not None, (name, line)
            assert "\r" not in line


def test_what_machines_read_can_be_read(reports: Reports) -> None:
    for name, made in every(reports, "json", "sarif"):
        assert isinstance(json.loads(made.text), dict), name
    for name, made in every(reports, "junit", "svg"):
        assert ET.fromstring(made.text) is not None, name  # noqa: S314  # our own
