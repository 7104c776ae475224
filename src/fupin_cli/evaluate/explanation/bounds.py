"""At which values of a number or a day a condition may turn."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from fupin_cli.evaluate.explanation.numbers import Sum, sum_of
from fupin_cli.evaluate.explanation.places import RowPlace, SubjectPlace
from fupin_cli.evaluate.explanation.proposals import Proposer
from fupin_cli.evaluate.explanation.search import Search
from fupin_cli.model.household import MEMBER_COUNT
from fupin_cli.rules.conditions import Path, parts, trees
from fupin_cli.rules.expression import Compare, NameKind, Ref


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
                if place is subject:
                    yield from _divided(subject, name, tree.key, node, path)
    if place is subject and name == MEMBER_COUNT:
        yield from _complete(subject)


def _of(difference: Sum, place: SubjectPlace | RowPlace, name: str) -> Iterator[Fraction]:
    for term in difference.terms:
        if term.name == name and term.place.at == place.at and term.place.table is place.table:
            rest = difference.without(term)
            if rest is not None and term.factor:
                yield -rest / term.factor


def _divided(place: SubjectPlace, name: str, key: str, node: Compare, path: Path) -> Iterator[Fraction]:
    """The values of a divisor at which a quotient that nobody has written down is just what it is compared with."""
    for ref, other, side in ((node.left, node.right, 1), (node.right, node.left, 0)):
        if not (isinstance(ref, Ref) and ref.kind is NameKind.FIELD) or place.row.get(f"given.{ref.name}") is not None:
            continue
        ready = place.standard.quotient(ref.name)
        if ready is not None and ready.fact.per == name:
            dividend = sum_of(place, f"facts.{ready.name}.value", ready.node)
            limit = sum_of(place, key, other, (*path, side))
            if dividend is not None and dividend.total is not None and limit is not None and limit.total:
                yield dividend.total / limit.total


def _complete(place: SubjectPlace) -> Iterator[Fraction]:
    """The number of members of whom there are rows: with more than that some are lacking."""
    for ready in place.standard.facts.values():
        if ready.fact.over == "person" and not ready.counts_rows:
            yield Fraction(len(place.rows_of(ready)))
