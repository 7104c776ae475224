"""A paper as Markdown for a pull request or a chat: the answer first, no longer than GitHub takes, what is left out told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from fupin_cli.messages import Lang, say
from fupin_cli.report.ci.shares import shared_out
from fupin_cli.report.markdown import MOST, Room, plain, short, table
from fupin_cli.report.options import Options
from fupin_cli.report.paper.model import (
    Blanks,
    Bundle,
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

#: What is kept for what the report rests on, which stands last, and for the words that say what was left out.
_ASIDE, _END = 10_000, 2_000
#: Most rows of a table, most lines of a list, most subjects where nobody said how many.
_ROWS, _LINES, _SUBJECTS = 50, 50, 50
_DEEPEST = 6
_MARKS: dict[Tone, str] = {"good": "✓ ", "bad": "✗ ", "open": "? ", "plain": ""}


def paper_markdown(paper: Paper, options: Options) -> Iterator[str]:
    """The text in pieces."""
    writer = _Writer(paper.lang, options, Room(MOST - _ASIDE - _END))
    answer, *further = paper.answer.split("\n")
    writer.add(f"# {short(paper.title)}\n", f"\n**{_MARKS[paper.tone]}{short(answer)}**\n")
    writer.add(*(f"\n**{short(line)}**\n" for line in further))
    writer.add("\n", *(f"- {short(line)}\n" for line in paper.subtitle))
    asides = [part for part in paper.parts if isinstance(part, Section) and part.aside]
    for part in paper.parts:
        if part not in asides:
            writer.part(part, 2)
    yield from writer.ended()
    if asides:
        behind = _Writer(paper.lang, options, Room(_ASIDE))
        for section in asides:
            for part in section.parts:
                behind.part(part, 3)
        yield f"\n<details><summary>{short(asides[0].title)}</summary>\n"
        yield from behind.ended()
        yield "\n</details>\n"


class _Writer:
    """Writes parts into the room that there is."""

    def __init__(self, lang: Lang, options: Options, room: Room) -> None:
        self.lang, self.options, self.room = lang, options, room
        #: Lines for which there was no room.
        self.left = 0

    def add(self, *pieces: str) -> bool:
        """Add these together; once something had no room nothing else gets in, because a report with holes misleads."""
        if not self.left and self.room.add(*pieces):
            return True
        self.left += len(pieces)
        return False

    def ended(self) -> Iterator[str]:
        """Everything, and how much is missing."""
        yield from self.room.pieces
        if self.left:
            yield f"\n**{short(say('markdown-left', self.lang, count=self.left))}**\n"

    def part(self, part: Part, level: int) -> None:
        """A part under a heading of this level."""
        match part:
            case Section():
                self._heading(part.title, level)
                for inner in part.parts:
                    self.part(inner, level + 1)
            case Subjects():
                self._heading(part.title, level)
                self._subjects(part, level + 1)
            case Blanks() | Grid(rows=[]) | Shades(rows=[]):
                # Nobody signs a comment, and there is nothing in the others.
                return
            case _:
                if part.title:
                    self._heading(part.title, level)
                self._short(part)

    def _heading(self, title: str, level: int) -> None:
        self.add(f"\n{'#' * min(level, _DEEPEST)} {short(title)}\n")

    def _short(self, part: Tiles | Facts | Lines | Grid | Shades | Steps | Chart) -> None:
        match part:
            case Tiles():
                told = (
                    f"{_MARKS[tile.tone]}{plain(tile.label)} **{plain(tile.count)}** {plain(tile.share)}" for tile in part.tiles
                )
                self._bullets(told)
            case Facts():
                self._bullets(f"**{short(name)}** {short(value)}" for name, value in part.pairs)
            case Lines():
                self._bullets(_MARKS[part.tone] + short(line) for line in part.lines)
            case Grid():
                rows = [[_MARKS[cell.tone] + cell.text for cell in row] for row in part.rows]
                self._table(part.columns, rows, part.note)
            case Shades():
                columns = [*map(Column, part.names), *(Column(heading, "number") for heading in part.numbers)]
                shades = [[*names, *(shade.text for shade in shades)] for names, shades in part.rows]
                self._table(columns, shades, part.note)
            case Steps():
                self._bullets(
                    f"{_MARKS[step.tone]}{short(step.when)} **{short(step.label)}** {short(step.state)} {short(step.note)}"
                    for step in part.steps
                )
                self._note(part.note)
            case Chart():
                self.add(f"\n{short(part.told)}\n")
                self._note(part.note)

    def _bullets(self, lines: Iterable[str]) -> None:
        known = list(lines)
        if known:
            self.add("\n")
        for line in known[:_LINES]:
            self.add(f"- {line.rstrip()}\n")
        self._more(len(known) - _LINES)

    def _table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], note: str) -> None:
        numbers = {place for place, column in enumerate(columns) if column.kind == "number"}
        heading, line, *lines = table([column.heading for column in columns], rows[:_ROWS], numbers)
        self.add("\n", heading, line)
        for one in lines:
            self.add(one)
        self._more(len(rows) - _ROWS)
        self._note(note)

    def _more(self, count: int) -> None:
        """How many lines stand in other formats alone."""
        if count > 0:
            self._note(say("markdown-more", self.lang, count=count))

    def _note(self, note: str) -> None:
        if note:
            self.add(f"\n{short(note)}\n")

    def _subjects(self, part: Subjects, level: int) -> None:
        """The same number of every outcome, as far as it goes; then the clauses of the checks that stop them."""
        shares = shared_out([bundle.count for bundle in part.bundles], self.options.limit or _SUBJECTS)
        cited: dict[str, None] = {}
        listed = 0
        for bundle, share in zip(part.bundles, shares, strict=True):
            listed += self._bundle(part, bundle, share, level, cited)
        if listed < part.count:
            self._note(part.left_out(part.count - listed))
        self._note(part.note)
        self._bullets(_law(part.laws[key]) for key in cited)

    def _bundle(self, part: Subjects, bundle: Bundle, share: int, level: int, cited: dict[str, None]) -> int:
        if not share:
            return 0
        self._heading(f"{_MARKS[bundle.tone]}{bundle.label} ({bundle.count})", level)
        self.add("\n")
        for number, entry in enumerate(bundle.entries()):
            if number == share or self.left or not self.room.add(*self._entry(entry, bundle, part.laws)):
                return number
            cited.update(dict.fromkeys(reason.law for reason in entry.reasons if reason.law in part.laws))
        return bundle.count

    def _entry(self, entry: Entry, bundle: Bundle, laws: Mapping[str, Law]) -> Iterator[str]:
        outcome = entry.outcome if entry.outcome != bundle.label else ""
        about = " · ".join(part for part in (*entry.cells, entry.where, outcome) if part)
        yield f"- **{short(entry.known_as)}** {short(about)}".rstrip() + "\n"
        for reason in entry.reasons:
            title = laws[reason.law].title + say("colon", self.lang) if reason.law in laws else ""
            yield f"  - {plain(reason.mark)} {short(title + reason.told)}\n"
        for note in entry.notes:
            yield f"  - {short(note)}\n"


def _law(law: Law) -> str:
    quote = f"“{law.quote}”" if law.quote else ""
    return f"**{short(law.title)}** " + " ".join(short(part) for part in (law.clause + quote, law.why, law.remedy) if part)
