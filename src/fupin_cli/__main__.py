"""``python -m fupin_cli`` is ``fupin``."""

import sys

from fupin_cli.cli.main import entry

sys.exit(entry())
