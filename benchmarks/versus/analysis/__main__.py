"""``python -m benchmarks.versus.analysis`` and ``python benchmarks/versus/analysis`` are the same."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from run import main

sys.exit(main())
