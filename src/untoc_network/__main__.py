"""`python -m untoc_network`."""

import sys

from untoc_network.cli.main import main

sys.exit(main())
