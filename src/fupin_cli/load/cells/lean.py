"""A lean process: nothing is imported that fupin does not use."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType


class WithoutPandas(MetaPathFinder):
    """Keeps pandas out: pyarrow imports it, where it is installed, at the first list it gets; half a second for nothing."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        """Let every other module be found by others."""
        del path, target
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


def keep_pandas_out() -> None:
    """For a process of ours only: whoever uses fupin as a library may use pandas beside it."""
    sys.meta_path.insert(0, WithoutPandas())
