"""What no list has, and the nearest name that one has."""

from collections.abc import Sequence

from fupin_cli.model.nearest import nearest


def not_allowed(texts: Sequence[str], allowed: Sequence[str]) -> list[tuple[str, str]]:
    """Each item of the texts that is not allowed, with the nearest one that is; empty where none is like it."""
    items = [item for text in texts for item in (text.split(",") if text not in allowed else ()) if item not in allowed]
    return [(item, nearest(item, allowed)) for item in dict.fromkeys(items)]
