"""`python -m untoc_network`."""

import sys

try:
    from untoc_network.cli.main import script

    code = script()
except KeyboardInterrupt:
    code = 130
sys.exit(code)
