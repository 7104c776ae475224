"""What stands behind one verdict: the decision list, the checks, and the conditions of both, down to the cells."""

from decimal import Decimal

from fupin_cli.evaluate.explanation.places import SubjectPlace
from fupin_cli.evaluate.explanation.tree import tree_of
from fupin_cli.model.explanation import Closest, Grounds, Part, Reasons, Row
from fupin_cli.model.pack import NOT_APPLICABLE
from fupin_cli.model.result import StandardResult
from fupin_cli.model.view import CheckView, SubjectView
from fupin_cli.rules.expression import Node
from fupin_cli.rules.standard import ReadyStandard


def grounds_of(standard: ReadyStandard, result: StandardResult, index: int) -> Grounds:
    """The verdict on one subject with everything behind it. The result must have the parts of conditions."""
    place = SubjectPlace(standard, result, index)
    [view] = result.views([index])
    reasons = {
        name: Reasons(name, _tree(place, f"checks.{name}.applies", check.applies), _required(place, name, check.require))
        for name, check in standard.checks.items()
    }
    applies = _tree(place, "applies", standard.applies)
    return Grounds(result, view, applies, _rows(place, view), reasons, closest=closest(view))


def _required(place: SubjectPlace, name: str, node: Node) -> Part:
    return tree_of(place, f"checks.{name}.require", node)


def _tree(place: SubjectPlace, key: str, node: Node | None) -> Part | None:
    return tree_of(place, key, node) if node is not None else None


def _rows(place: SubjectPlace, view: SubjectView) -> tuple[Row, ...]:
    """The decision list: which row gave the outcome, or could."""
    found: list[Row] = []
    reached = view.outcome != NOT_APPLICABLE
    for number, row in enumerate(place.standard.rows):
        when = _tree(place, f"decide.{number}.when", row.when)
        holds = True if when is None else when.value
        if place.standard.is_quality and holds is None:
            # There what is unknown does not hold.
            holds = False
        if not reached:
            found.append(Row(number, row.row.outcome, when, "not_reached"))
            continue
        settled = number == view.row
        found.append(Row(number, row.row.outcome, when, "no" if holds is False else "gave" if settled else "possible"))
        reached = holds is not True
    return tuple(found)


def closest(view: SubjectView) -> Closest | None:
    """The check that decides and is passed with the least to spare, as a share of its threshold."""
    spare = [(share, check) for check in view.checks if (share := _share(check)) is not None]
    if not spare:
        return None
    check = min(spare, key=lambda one: one[0])[1]
    return Closest(check.name, check.margin) if check.margin is not None else None


def _share(check: CheckView) -> Decimal | None:
    """What is left over its threshold, by that; None where it does not pass by a number."""
    limits = [abs(limit) for limit in check.threshold.values() if limit is not None and not isinstance(limit, str)]
    if check.status != "pass" or check.check.severity != "gate" or check.margin is None:
        return None
    return check.margin / max(limits) if any(limits) else check.margin
