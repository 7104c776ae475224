"""A paper as a workbook: the answer and what it rests on first, then a sheet for every table and for the subjects."""

from collections.abc import Iterator, Sequence
from itertools import islice

from fupin_cli.messages import Lang, say
from fupin_cli.model.comparison import Comparison
from fupin_cli.model.reconciled import Reconciliation
from fupin_cli.model.replayed import Replay
from fupin_cli.model.sweep import Sweep
from fupin_cli.model.verification import Verification
from fupin_cli.report.options import Options
from fupin_cli.report.paper.comparisons import comparison_paper
from fupin_cli.report.paper.model import (
    Blanks,
    Cell,
    Chart,
    Column,
    Entry,
    Facts,
    Grid,
    Law,
    Lines,
    Paper,
    Part,
    Section,
    Shades,
    Steps,
    Subjects,
    Tiles,
    Tone,
)
from fupin_cli.report.paper.reconciled import reconciliation_paper
from fupin_cli.report.paper.replayed import replay_paper
from fupin_cli.report.paper.rosters import verification_paper
from fupin_cli.report.paper.swept import sweep_paper
from fupin_cli.report.workbook.book import MOST_ROWS, Book
from fupin_cli.report.workbook.listing import A4, Listing, Value, write_listing

_LOOKS: dict[Tone, str] = {"good": "good", "bad": "fail", "open": "open", "plain": ""}
_WIDTHS = (36, 60, 14)


class _Writer:
    """Writes parts: what is short on the first sheet, each table on its own with a link to it there."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.book, self.row = paper, Book(), 0
        #: Titles of sheets.
        self.used: set[str] = set()
        self.name = self.book.name(say("book-summary", paper.lang))
        self.sheet = self.book.sheet(self.name)
        for place, width in enumerate(_WIDTHS):
            self.sheet.set_column(place, place, width)
        self.sheet.set_paper(A4)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)

    def line(self, *cells: tuple[str, str]) -> None:
        """A line of the first sheet: texts with their looks."""
        for place, (text, look) in enumerate(cells):
            self.book.put(self.sheet, self.row, place, text, look)
        self.row += 1

    def part(self, part: Part, above: str = "") -> None:
        """A part; ``above`` is the heading that it stands under."""
        match part:
            case Section():
                self._heading(part.title)
                for inner in part.parts:
                    self.part(inner, part.title)
            case Blanks() | Grid(rows=[]) | Shades(rows=[]):
                return
            case Grid():
                self._table(part, above, _grid(part))
            case Shades():
                self._table(part, above, _shades(part))
            case Subjects():
                self._table(part, above, _subjects(part, self.paper.lang))
            case _:
                if part.title:
                    self._heading(part.title)
                for line in _short(part):
                    self.line(*line)

    def _heading(self, title: str) -> None:
        self.row += 1
        self.line((title, "section"), ("", "section"), ("", "section"))

    def _table(self, part: Grid | Shades | Subjects, above: str, listing: Listing) -> None:
        """A sheet of its own, and a line that leads there; a title that stands there already has its heading with it."""
        title = part.title or above
        name = write_listing(self.book, f"{above} {title}" if title in self.used else title, listing)
        self.used.add(title)
        self.book.link(self.sheet, self.row, 0, (name, "A1"), name)
        self.line(("", ""), (part.note, "long" if part.note else ""))


def paper_workbook(paper: Paper) -> bytes:
    """An xlsx workbook, the same bytes for the same paper."""
    writer = _Writer(paper)
    writer.line((paper.title, "title"))
    for line in paper.answer.split("\n"):
        writer.line((line, _LOOKS[paper.tone]))
    for line in paper.subtitle:
        writer.line((line, ""))
    for part in paper.parts:
        writer.part(part)
    return writer.book.packed()


def _short(part: Tiles | Facts | Lines | Steps | Chart) -> Iterator[Sequence[tuple[str, str]]]:
    match part:
        case Tiles():
            for tile in part.tiles:
                yield [(tile.label, _LOOKS[tile.tone]), (tile.count, ""), (tile.share, "")]
        case Facts():
            for name, value in part.pairs:
                yield [(name, ""), (value, "long")]
        case Lines():
            for line in part.lines:
                yield [(line, _LOOKS[part.tone])]
        case Steps():
            for step in part.steps:
                state = " ".join(text for text in (step.state, step.note) if text)
                yield [(step.label, _LOOKS[step.tone]), (state, "long"), (step.when, "")]
            yield [(part.note, "")]
        case Chart():
            # Drawn it is in the web page; every number of it is in the text.
            yield [(part.told, "")]
            yield [(part.note, "")]


def _grid(part: Grid) -> Listing:
    toned = ((cell.text, _LOOKS[cell.tone]) for row in part.rows for cell in row if cell.tone != "plain" and cell.number is None)
    return Listing(part.columns, [[_value(cell) for cell in row] for row in part.rows], fills=list(dict.fromkeys(toned)))


def _value(cell: Cell) -> Value:
    return cell.text if cell.number is None else cell.number


def _shades(part: Shades) -> Listing:
    columns = [*map(Column, part.names), *(Column(heading, "number") for heading in part.numbers)]
    return Listing(columns, [[*names, *(shade.text for shade in shades)] for names, shades in part.rows])


def _subjects(part: Subjects, lang: Lang) -> Listing:
    """A row for each subject; all of them, as far as a sheet goes."""
    columns = [Column(part.heading), Column(part.outcome, "status"), *map(Column, part.columns), Column(say("csv-cell", lang))]
    columns += [Column(say(f"csv-{name}", lang), "long") for name in ("reasons", "remedy")]
    fills = {bundle.label: _LOOKS[bundle.tone] for bundle in part.bundles if bundle.tone != "plain"}
    entries = (_row(entry, part) for bundle in part.bundles for entry in bundle.entries())
    return Listing(columns, islice(entries, MOST_ROWS - 1), fills=list(fills.items()))


def _row(entry: Entry, part: Subjects) -> Sequence[Value]:
    told = [f"{reason.mark} {_title(part, reason.law)}{reason.told}" for reason in entry.reasons]
    laws = [part.laws[key] for key in dict.fromkeys(reason.law for reason in entry.reasons) if key in part.laws]
    return [
        entry.known_as,
        entry.outcome,
        *entry.cells,
        entry.where,
        "\n".join([*told, *entry.notes]),
        "\n".join(map(_law, laws)),
    ]


def _title(part: Subjects, key: str) -> str:
    return f"{part.laws[key].title} " if key in part.laws else ""


def _law(law: Law) -> str:
    quote = f"“{law.quote}”" if law.quote else ""
    return " ".join(text for text in (law.title, law.clause + quote, law.remedy) if text)


def verification_workbook(verification: Verification, options: Options) -> bytes:
    """Rosters of successive years."""
    return paper_workbook(verification_paper(verification, options))


def reconciliation_workbook(result: Reconciliation, options: Options) -> bytes:
    """Declared figures and their parts."""
    return paper_workbook(reconciliation_paper(result, options))


def comparison_workbook(comparison: Comparison, options: Options) -> bytes:
    """The same data judged in two ways."""
    return paper_workbook(comparison_paper(comparison, options))


def sweep_workbook(sweep: Sweep, options: Options) -> bytes:
    """Verdicts as a number moves."""
    return paper_workbook(sweep_paper(sweep, options))


def replay_workbook(replay: Replay, options: Options) -> bytes:
    """A run that was run again."""
    return paper_workbook(replay_paper(replay, options))
