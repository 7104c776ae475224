"""Made-up rosters and second readings of the standards stand with the tests of the rules, packs in memory with those of the evaluation."""

import sys
from pathlib import Path

_TESTS = Path(__file__).resolve().parents[1]
# Test modules are imported one by one, without a package: what they share is found here.
sys.path += [str(Path(__file__).parent), str(_TESTS / "rules" / "oracle"), str(_TESTS / "evaluate")]
