"""``python -m searchkit`` is the command ``searchkit``."""

import sys

from searchkit.cli import main

sys.exit(main())
