"""What the tests of the documentation share stands beside this file."""

import sys
from pathlib import Path

# Test modules are imported one by one, without a package: what they share is found here.
sys.path.append(str(Path(__file__).parent))
