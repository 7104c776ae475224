"""Tests of coverage find the tiny packs beside them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
