"""A format's function, loaded when it is asked for: a table on the terminal does not wait for charts, workbooks and Word."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Later:
    """Stands for a function of the reports; call it like the function."""

    #: Below ``fupin_cli.report``; a test loads every one.
    module: str
    name: str

    def __call__(self, *given: Any) -> Any:
        """Load the module and call the function."""
        return getattr(import_module(f"fupin_cli.report.{self.module}"), self.name)(*given)
