"""The table of subjects within the room that a page has: every outcome gets its share, and what has no room is counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from fupin_cli.report.paper.model import Bundle, Entry, Reason, Subjects

#: Mark of a reason → the class that colours it, and marks it where colours are not seen.
_CLASSES = {"✗": "b", "?": "o", "✓": "g", "!": "w"}


@dataclass
class Listing:
    """A table of subjects whose rows are written when it is known how much room they have."""

    subjects: Subjects
    anchor: str
    #: What stands before the rows, one row, and what stands behind them.
    before: Callable[..., str]
    row: Callable[..., str]
    behind: Callable[..., str]
    rows: dict[int, list[str]] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {key: place for place, key in enumerate(self.subjects.laws, start=1)}

    def take(self, place: int, room: int) -> int:
        """Write as many rows of a bundle as there is room for; how many bytes that took."""
        rows: list[str] = []
        taken = 0
        for entry in self.subjects.bundles[place].entries():
            text = self._row(entry)
            size = len(text.encode("utf-8", "replace"))
            if taken + size > room:
                break
            taken += size
            rows.append(text)
            self._used.update(reason.law for reason in entry.reasons)
        self.rows[place] = rows
        return taken

    def pieces(self) -> list[str]:
        """The whole table."""
        listed = [len(self.rows[place]) for place in range(len(self.subjects.bundles))]
        parts = list(zip(self.subjects.bundles, listed, strict=True))
        rows = [row for place in range(len(listed)) for row in self.rows[place]]
        laws = [(self._number(key), law) for key, law in self.subjects.laws.items() if key in self._used]
        left = self.subjects.count - sum(listed)
        before = self.before(bundles=parts, left=self.subjects.left_out(left) if left else "")
        return [before, *rows, self.behind(laws=laws)]

    def _row(self, entry: Entry) -> str:
        return self.row(entry=entry, reasons=[(self._class(one), self._number(one.law), one) for one in entry.reasons])

    def _number(self, key: str) -> str:
        """The id of a check on the page."""
        return f"{self.anchor}-{self._places[key]}" if key else ""

    def _class(self, reason: Reason) -> str:
        return _CLASSES.get(reason.mark, "p")


def fill(listings: Sequence[Listing], room: int) -> None:
    """Write the rows of all tables: small outcomes whole, large ones in equal shares of what is left."""
    bundles: list[tuple[Bundle, int, Listing]] = [
        (bundle, place, listing) for listing in listings for place, bundle in enumerate(listing.subjects.bundles)
    ]
    bundles.sort(key=lambda one: one[0].count)
    for turn, (_, place, listing) in enumerate(bundles):
        room -= listing.take(place, max(room, 0) // (len(bundles) - turn))
