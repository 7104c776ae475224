"""Values and cells in JSON: what every part of a report says in the same way."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from fupin_cli.model.problem import Address
from fupin_cli.model.view import Value
from fupin_cli.report.numbers import number_text
from fupin_cli.report.words import Words


def value_json(words: Words, value: Value) -> str | int | bool | None:
    """A value of any type: a decimal as a string, so that no reader makes a float of it."""
    match value:
        case None | bool() | int():
            return value
        case Decimal():
            return number_text(value)
        case date():
            return value.isoformat()
        case str():
            return words.safe(value)


def places_json(words: Words, addresses: Sequence[Address]) -> dict[str, Any] | list[dict[str, Any]]:
    """One cell as an object, several as a list."""
    places = [place_json(words, address) for address in addresses]
    return places[0] if len(places) == 1 else places


def place_json(words: Words, address: Address) -> dict[str, Any]:
    """A cell, with the number of its file."""
    return {"input": address.input, "cell": words.safe(str(address))}
