"""`python -m untoc_network`."""

import sys

from untoc_network.cli.main import script

sys.exit(script())
