"""A lean process: nothing is imported that fupin does not use."""

import sys
from collections.abc import Sequence
from types import ModuleType

#: pyarrow imports them where they are installed, pandas at the first list that it gets: a tenth and half a second for nothing.
_UNUSED = frozenset({"numpy", "pandas", "pyarrow.dataset"})
#: What is imported for its own sake, and what it needs of these: the distributions behind the intervals of rates.
_NEEDS = {name: frozenset({"numpy"}) for name in ("scipy", "fupin_cli.evaluate.rates", "fupin_cli.evaluate.rosters")}
#: Commands that count with numpy in pyarrow's columns. Settings import pyarrow before their modules are: by then it is too late.
_COUNTED, _COUNTING = ("verify-roster", "replay", "rules"), frozenset({"numpy"})


class Without:
    """Keeps modules out that others import only because they are there."""

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        self._unused = _UNUSED - _COUNTING if any(command in arguments for command in _COUNTED) else _UNUSED

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        """Let every other module be found by others."""
        del path, target
        self._unused -= _NEEDS.get(fullname, frozenset())
        if fullname in self._unused:
            raise ModuleNotFoundError(fullname)


def stay_lean(arguments: Sequence[str] = ()) -> None:
    """For a process of ours only, before it imports anything heavy: whoever uses fupin as a library may use these beside it.

    ``arguments`` are those of the command line: some commands need more than others.
    """
    sys.meta_path.insert(0, Without(arguments))
