"""The fault table: every file that fupin must read or refuse, how it is made, and what must happen.

The tests run it (``test_faults.py``), the page "What fupin can read" is written from it (``page.py``), and the limits of time and
memory are measured over it (``limits.py``). ``waiting`` marks what is not there yet.
"""

import sys
from pathlib import Path

# Workbooks written by hand are shared with the tests of the readers.
_LOAD = str(Path(__file__).parents[2] / "load")
if _LOAD not in sys.path:
    sys.path.append(_LOAD)

from faulttable.cells import DATES, ERRORS, FOLDED, IDENTITY, NUMBERS  # noqa: E402
from faulttable.containers import BOMBS, DAMAGED, DECLARATIONS, LIES  # noqa: E402
from faulttable.counties import COUNTIES  # noqa: E402
from faulttable.figures import FIGURES  # noqa: E402
from faulttable.formats import EMPTINESS, FORMATS  # noqa: E402
from faulttable.row import Fault, Group, Proved, Reads, Refused  # noqa: E402
from faulttable.sheets import REGISTERS, SHEETS  # noqa: E402
from faulttable.texts import TEXTS  # noqa: E402
from faulttable.writing import RULES, WRITING  # noqa: E402

GROUPS = (
    FORMATS,
    REGISTERS,
    TEXTS,
    SHEETS,
    EMPTINESS,
    ERRORS,
    IDENTITY,
    FOLDED,
    NUMBERS,
    DATES,
    BOMBS,
    DAMAGED,
    DECLARATIONS,
    LIES,
    WRITING,
    RULES,
    FIGURES,
    COUNTIES,
)
FAULTS: dict[str, Fault] = {fault.id: fault for group in GROUPS for fault in group.faults}

__all__ = ["FAULTS", "GROUPS", "Fault", "Group", "Proved", "Reads", "Refused"]
