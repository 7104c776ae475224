"""Texts as numbers: each that the rules name has its own, any other text has some other number; and what items a text holds."""

from collections.abc import Iterable, Sequence

import z3

from fupin_cli.model.text import fold
from fupin_cli.prove.truth import all_of, any_of, none_of

#: Stands for every item that no rule names.
OTHER = "其他"
_ITEMS = z3.Function("holds", z3.IntSort(), z3.IntSort(), z3.BoolSort())


def spellings(items: Iterable[str]) -> list[str]:
    """The items as they may stand in a cell: as written, and folded."""
    return list(dict.fromkeys(spelling for item in items for spelling in (item, fold(item))))


class Texts:
    """The texts that the rules of one standard name, and the items of lists that they look for."""

    def __init__(self, facts: list[z3.BoolRef], named: Iterable[str], written: Iterable[str], items: Iterable[str]) -> None:
        self.facts = facts
        #: Every text with a number of its own; of an open field only those that the rules write can matter.
        self.named, self.written = list(dict.fromkeys(named)), list(dict.fromkeys(written))
        self.numbers = {text: number for number, text in enumerate(self.named)}
        self.items = list(dict.fromkeys([*spellings(items), OTHER]))
        self.places = {item: number for number, item in enumerate(self.items)}
        #: Terms with the codes that they are made of, and those of which it was asked what they hold.
        self.codes: dict[int, tuple[z3.ArithRef, Sequence[str]]] = {}
        self.asked: dict[int, z3.ArithRef] = {}
        self.alone: dict[tuple[int, frozenset[str]], z3.BoolRef] = {}

    def only(self, term: z3.ArithRef, codes: Sequence[str]) -> None:
        """Note that a text is made of codes."""
        self.codes[term.get_id()] = (term, codes)

    def number(self, text: str) -> z3.ArithRef:
        """The number of a text that the rules name."""
        return z3.IntVal(self.numbers[text])

    def one_of(self, term: z3.ArithRef, texts: Iterable[str]) -> z3.BoolRef:
        """Whether a text is one of these."""
        return any_of(term == self.number(text) for text in texts)

    def is_other(self, term: z3.ArithRef) -> z3.BoolRef:
        """Whether a text is none that the rules name."""
        return term >= len(self.named)

    def holds(self, term: z3.ArithRef, item: str) -> z3.BoolRef:
        """Whether an item stands in a text."""
        self._ask(term)
        place = self.places.get(item)
        return _ITEMS(term, z3.IntVal(place)) if place is not None else z3.BoolVal(False)

    def holds_any(self, term: z3.ArithRef, items: Sequence[str]) -> z3.BoolRef:
        """Whether one of the items stands in a text."""
        return any_of(self.holds(term, item) for item in spellings(items))

    def holds_only(self, term: z3.ArithRef, items: Sequence[str]) -> z3.BoolRef:
        """Whether nothing else stands in a text."""
        key = (term.get_id(), frozenset(spellings(items)))
        if key not in self.alone:
            self.alone[key] = all_of(none_of(self.holds(term, item)) for item in self.items if item not in key[1])
        return self.alone[key]

    def _ask(self, term: z3.ArithRef) -> None:
        if term.get_id() in self.asked:
            return
        self.asked[term.get_id()] = term
        _, codes = self.codes.get(term.get_id(), (term, self.written))
        for text in codes:
            held = set(text.split(","))
            inside = {item: item in held for item in self.items} | {OTHER: not held <= set(self.items)}
            here = [_ITEMS(term, z3.IntVal(self.places[item])) == there for item, there in inside.items()]
            self.facts.append(z3.Implies(term == self.number(text), all_of(here)))
