"""What the tests of rates share stands in ``exact.py`` beside this file."""

import sys
from pathlib import Path

# Test modules are imported one by one, without a package: what they share is found here.
sys.path.append(str(Path(__file__).parent))
