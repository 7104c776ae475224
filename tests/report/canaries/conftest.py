"""Finds what stands beside the tests; pytest imports a test from its file alone, so that its name may stand in other folders too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
