"""At which values of a number or a day a condition may turn."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from fupin_cli.evaluate.explanation.numbers import Sum
from fupin_cli.evaluate.explanation.places import RowPlace, SubjectPlace
from fupin_cli.evaluate.explanation.proposals import Proposer
from fupin_cli.evaluate.explanation.search import Search
from fupin_cli.rules.conditions import parts, trees
from fupin_cli.rules.expression import Compare


def bounds(place: SubjectPlace | RowPlace, name: str) -> Iterator[Fraction]:
    """The values of a field at which some comparison of its standard is just equal, everything else as it is."""
    subject = place if isinstance(place, SubjectPlace) else place.subject
    search = Search(subject, Proposer({}, date.min))
    for tree in trees(subject.standard):
        if tree.over != ("" if place is subject else place.table.name):
            continue
        for path, node in parts(tree.node):
            if isinstance(node, Compare):
                for difference in search.differences(place, tree.key, node, path):
                    yield from _of(difference, place, name)


def _of(difference: Sum, place: SubjectPlace | RowPlace, name: str) -> Iterator[Fraction]:
    for term in difference.terms:
        if term.name == name and term.place.at == place.at and term.place.table is place.table:
            rest = difference.without(term)
            if rest is not None and term.factor:
                yield -rest / term.factor
