"""Which texts a check allows, for whoever has to be told the nearest one."""

from fupin_cli.model.values import ValueType
from fupin_cli.rules.expression import Among, Call, Constant, Junction, Node, Ref
from fupin_cli.rules.parameters import Parameters


def choices(node: Node, parameters: Parameters) -> tuple[str, ...]:
    """The texts that a requirement asks for: ``x IN (...)``, ``only_items(x, $list)``, or several of these with OR.

    Nothing where it asks for anything else, because then a text may be right and something else wrong.
    """
    match node:
        case Among(item=Ref(type=ValueType.TEXT), options=options):
            return tuple(str(option.value) for option in options if isinstance(option, Constant))
        case Call(function="only_items", arguments=(_, Ref(name=name))):
            periods = parameters.periods(name)
            return tuple(item for period in periods if isinstance(period.value, tuple) for item in period.value)
        case Junction(word="OR", parts=parts):
            found = [choices(part, parameters) for part in parts]
            return tuple(text for texts in found for text in texts) if all(found) else ()
        case _:
            return ()
