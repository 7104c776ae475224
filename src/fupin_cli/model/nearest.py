"""The nearest known name to a misspelt one."""

import difflib
from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like ``name``, whatever the letter case; empty when none is like it at all."""
    folded = {one.casefold().replace("_", "-"): one for one in reversed([*known])}
    found = difflib.get_close_matches(name.casefold().replace("_", "-"), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else ""
