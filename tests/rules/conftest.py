"""What the tests of the rules share stands in ``small_pack.py`` beside this file and in the folder ``oracle``."""

import sys
from pathlib import Path

# Test modules are imported one by one, without a package: what they share is found here.
sys.path += [str(Path(__file__).parent), str(Path(__file__).parent / "oracle")]
