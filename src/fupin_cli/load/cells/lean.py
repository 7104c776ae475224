"""A lean process: nothing is imported that fupin does not use."""

import sys
from collections.abc import Sequence
from types import ModuleType

#: pyarrow imports them where they are installed, pandas at the first list that it gets: a tenth and half a second for nothing.
_UNUSED = frozenset({"numpy", "pandas", "pyarrow.dataset"})


class Without:
    """Keeps modules out that others import only because they are there."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        """Let every other module be found by others."""
        del path, target
        if fullname in _UNUSED:
            raise ModuleNotFoundError(fullname)


def stay_lean() -> None:
    """For a process of ours only, before it imports anything heavy: whoever uses fupin as a library may use these beside it."""
    sys.meta_path.insert(0, Without())
