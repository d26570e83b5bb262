"""``python -m benchmarks.versus.analysis`` and ``python benchmarks/versus/analysis`` are the same."""

import os
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), *[os.pardir] * 3))

from benchmarks.versus.analysis.run import main

sys.exit(main())
