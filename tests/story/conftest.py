"""Packs in memory stand with the tests of the evaluation."""

import sys
from pathlib import Path

_TESTS = Path(__file__).resolve().parents[1]
# Test modules are imported one by one, without a package: what they share is found here.
sys.path += [str(Path(__file__).parent), str(_TESTS / "evaluate")]
