"""What verdicts say in the rows of the people's own sheets: outcome, reasons, what to do, by which clause; which cells to mark.

Most subjects of a large sheet say the same as many others. So everything that is alike is made once: the words of a check, the
short verdict of a standard beside, what those say that meet the standard. Only the checks that tell something are looked at.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fupin_cli.model.pack import NOT_APPLICABLE, UNDETERMINED
from fupin_cli.model.problem import Address
from fupin_cli.model.result import StandardResult
from fupin_cli.model.run import Group
from fupin_cli.model.view import STATUSES, CheckView, SubjectView
from fupin_cli.report.csvtext import doubt_text
from fupin_cli.report.options import tells
from fupin_cli.report.subjects import check_mark
from fupin_cli.report.words import Words

#: Reasons, what to do, clauses, notes: of a subject that nothing is to be said of.
_NOTHING = ("", "", "")


class Said(NamedTuple):
    """What stands beside one row: the look of the outcome, and the texts of the columns."""

    look: str
    texts: tuple[str, ...]


@dataclass
class Marks:
    """The cells that a check looks at and is not content with."""

    #: Input and sheet → row → column letter → whether a check surely fails there.
    fails: dict[tuple[int, str], dict[int, dict[str, bool]]] = field(default_factory=lambda: defaultdict(dict))
    #: Input and sheet → row → column letter → what to say there.
    notes: dict[tuple[int, str], dict[int, dict[str, dict[str, None]]]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, cells: Iterable[Address], note: str, *, fails: bool) -> None:
        """Mark cells; what surely fails is not hidden by what is open."""
        for cell in cells:
            if not cell.letter or not cell.row:
                continue
            row = self.fails[cell.input, cell.sheet].setdefault(cell.row, {})
            row[cell.letter] = fails or row.get(cell.letter, False)
            told = self.notes[cell.input, cell.sheet].setdefault(cell.row, {})
            told.setdefault(cell.letter, {})[note] = None


class Speaker:
    """Says what the verdicts of one group are, subject by subject."""

    def __init__(self, words: Words, group: Group) -> None:
        self.words, self.group = words.of(group.main), group
        #: Check → its line in each column, and the note at its cells, by status.
        self._laws: dict[tuple[str, str], tuple[str, str, str, str]] = {}

    @property
    def headings(self) -> list[str]:
        """The headings of the columns, in the order of the texts."""
        say = self.words.say
        found = [say(f"book-{name}") for name in ("outcome", "reasons", "remedies", "clauses")]
        if self.words.result.quality is not None:
            found.append(say("csv-quality"))
        return found + [standard.standard.title.say(self.words.lang) for standard in self.group.beside]

    def said(self, marks: Marks) -> list[Said]:
        """What is said of each subject, in the order of the table; cells to look at are added to the marks."""
        main, words = self.group.main, self.words
        plain = {name: outcome_look(words, name) for name in main.outcome_counts()}
        outcomes = main.data.column("outcome").to_pylist()
        beside = [_shorts(words.of(standard), standard) for standard in self.group.beside]
        quality = words.result.quality
        changes = quality.changes.get(self.group.subject, {}) if quality is not None else {}
        spoken = self._spoken(outcomes, marks)
        answer, shared = [], dict[tuple[str, ...], Said]()
        for index, outcome in enumerate(outcomes):
            look, word = plain[outcome]
            texts: tuple[str, ...] = (word, *spoken.get(index, _NOTHING))
            if quality is not None:
                texts += (doubt_text(words, changes.get(index)),)
            texts += tuple(short[index] for short in beside)
            # Whoever meets the standard says what all others say who do.
            said = shared.get(texts) if index not in spoken else None
            if said is None:
                said = Said(look, texts)
                if index not in spoken:
                    shared[texts] = said
            answer.append(said)
        return answer

    def _spoken(self, outcomes: Sequence[str], marks: Marks) -> dict[int, tuple[str, str, str]]:
        """Subject → reasons, what to do, clauses; only where there is something to say."""
        main = self.group.main
        names = list(main.standard.checks)
        columns = [main.data.column(f"status.{name}").to_pylist() for name in names]
        alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
        known: dict[tuple[object, ...], tuple[str, ...]] = {}
        for index, key in enumerate(zip(outcomes, *columns, strict=True)):
            told = known.get(key)
            if told is None:
                told = known[key] = tuple(self._telling(key[0], names, key[1:]))
            if told or key[0] == UNDETERMINED:
                alike[told].append(index)
        found = {}
        for told, indices in alike.items():
            for view in main.views(indices, told):
                found[view.index] = self._say(view, marks)
        return found

    def _telling(self, outcome: str, names: Sequence[str], statuses: Sequence[int]) -> Iterator[str]:
        """The checks that say why an outcome is what it is."""
        standard = self.group.main.standard
        for name, status in zip(names, statuses, strict=True):
            check = CheckView(name, standard.checks[name], STATUSES[status], {}, {}, {}, {}, None, at_limit=False, unit="")
            if outcome != NOT_APPLICABLE and tells(check, standard.outcomes.get(outcome)):
                yield name

    def _say(self, view: SubjectView, marks: Marks) -> tuple[str, str, str]:
        """Reasons, what to do and clauses, the lines of one check at the same place in each."""
        words = self.words
        reasons, remedies, clauses = [], [], []
        for check in view.checks:
            head, remedy, clause, note = self._law(check)
            reasons.append(head + words.reason(check))
            remedies.append(remedy)
            clauses.append(clause)
            # Where a way to an outcome is gone, nothing is wrong with the cells.
            if check.status in ("fail", "unknown") and not check.check.way:
                cells = [cell for cells in check.cells.values() for cell in cells]
                marks.add(cells, note, fails=check.status == "fail" and check.check.severity == "gate")
        if view.missing:
            for item in view.missing:
                marks.add(item.cells, words.missing_item(item), fails=False)
            remedies.append(words.missing(view.missing))
        lines = dict.fromkeys(line for line in remedies if line)
        return "\n".join(reasons), "\n".join(lines), "\n".join(dict.fromkeys(clauses))

    def _law(self, check: CheckView) -> tuple[str, str, str, str]:
        """The words of a check that are the same for everybody who has this status: how its reason begins, what to do, the
        clause, and the note at its cells.
        """
        key = (check.name, check.status)
        if key not in self._laws:
            words, declared = self.words, check.check
            mark, _, word = check_mark(words, check)
            title = declared.title.say(words.lang)
            head = " ".join(part for part in (mark, word, title) if part) + words.say("colon")
            asks = check.status == "fail" and not declared.way
            remedy = words.say("remedy", remedy=declared.remedy.say(words.lang)) if asks else ""
            clause = words.clause(declared.cite)
            marked = f"{mark} {title}"
            status = words.say("book-note", title=marked, status=words.say(f"status-{check.status}"))
            self._laws[key] = head, remedy, clause, "\n".join(part for part in (status, clause, remedy) if part)
        return self._laws[key]


def _shorts(words: Words, standard: StandardResult) -> Sequence[str]:
    """The verdict of a standard beside on each subject: of those that came to it on the same way, and lack the same, the words
    are the same.
    """
    data = standard.data
    wanted = [name for name in data.column_names if name in ("outcome", "row") or name.startswith(("missing.", "conflict."))]
    first: dict[tuple[object, ...], int] = {}
    places = [
        first.setdefault(key, index) for index, key in enumerate(zip(*(data.column(n).to_pylist() for n in wanted), strict=True))
    ]
    title = standard.standard.title.say(words.lang) + words.say("colon")
    told = {view.index: words.short(view).removeprefix(title) for view in standard.views(list(first.values()), ())}
    return [told[place] for place in places]


def outcomes_by_key(words: Words, group: Group, keys: Sequence[str]) -> Mapping[tuple[object, ...], Said | None]:
    """What a household came to and where that stands, by these fields: for the rows of its members. None where several households
    of different outcomes have them in common, so that nobody can tell.
    """
    subject, own = group.main.subject, words.of(group.main)
    looks = {name: outcome_look(own, name) for name in group.main.outcome_counts()}
    outcomes = group.main.data.column("outcome").to_pylist()
    found: dict[tuple[object, ...], Said | None] = {}
    for index, (key, outcome) in enumerate(
        zip(zip(*(subject.data.column(k).to_pylist() for k in keys), strict=True), outcomes, strict=True)
    ):
        look, word = looks[outcome]
        said = Said(look, (word, own.say("book-see", place=own.place(subject.address(index)))))
        before = found.get(key, said)
        found[key] = said if before is not None and before.texts[0] == word else None
    return found


def outcome_look(words: Words, name: str) -> tuple[str, str]:
    """How an outcome is filled, and its words."""
    declared = words.judged.standard.outcomes.get(name)
    if name == NOT_APPLICABLE:
        return "aside", words.outcome(name)
    return "open" if declared is None else "good" if declared.meets else "fail", words.outcome(name)
