"""Lists of items in one cell: which have to go, and which has to come, for a condition to come out otherwise."""

from collections.abc import Sequence

from fupin_cli.evaluate.explanation.places import RowPlace, SubjectPlace
from fupin_cli.evaluate.explanation.proposals import Proposer
from fupin_cli.evaluate.explanation.steps import Option
from fupin_cli.model.text import fold
from fupin_cli.model.view import Value
from fupin_cli.rules.conditions import Path
from fupin_cli.rules.expression import Call, Constant, NameKind, Node, Ref

_BETWEEN = ","
#: What a cell says that lists nothing, where a list knows the word.
_NOTHING = "无"


def item_options(
    proposer: Proposer, place: SubjectPlace | RowPlace, key: str, node: Call, path: Path, *, wanted: bool
) -> list[Option]:
    """The changes of a list of items by which a function over it gives what is wanted."""
    text, *lists = node.arguments
    if not (isinstance(text, Ref) and text.kind is NameKind.FIELD):
        return []
    items = _items(place.value(key, (*path, 0), text))
    listed = [_listed(place, key, one, (*path, number)) for number, one in enumerate(lists, start=1)]
    match node.function, wanted:
        case ("has_item", True):
            changed = [*items, *listed[0]]
        case (("has_item" | "has_any_item" | "has_any_known_item"), False):
            # Where a second list says what is known, anything else in the cell leaves it open.
            changed = [one for one in items if one not in listed[0] and (len(listed) == 1 or one in listed[1])]
            if not changed and _NOTHING in (listed[-1] if len(listed) > 1 else [_NOTHING]):
                changed = [_NOTHING]
        case _:
            return []
    return proposer.value(place, text.name, _BETWEEN.join(changed)) if changed else []


def _items(value: Value) -> list[str]:
    return value.split(_BETWEEN) if isinstance(value, str) else []


def _listed(place: SubjectPlace | RowPlace, key: str, node: Node, path: Path) -> Sequence[str]:
    """The items of a literal, or of a list in force, also as a cell has them."""
    value = node.value if isinstance(node, Constant) else _in_force(place, key, node, path)
    items = _items(value)
    return list(dict.fromkeys([*items, *map(fold, items)]))


def _in_force(place: SubjectPlace | RowPlace, key: str, node: Node, path: Path) -> Value:
    if isinstance(node, Ref) and node.kind is NameKind.PARAMETER:
        return (place if isinstance(place, SubjectPlace) else place.subject).listed(node)
    return place.value(key, path, node)
