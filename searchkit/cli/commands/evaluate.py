"""``searchkit eval``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from searchkit.evaluation.experiment import run_experiment

if TYPE_CHECKING:
    from argparse import Namespace

    from searchkit.indexing.documents import Problem


def run(options: Namespace) -> int:
    """Print the measures."""
    evaluation = run_experiment(options.corpus, options.queries, options.qrels, run_file=options.run, report=_report)
    if options.json:
        import json

        print(json.dumps(evaluation.means, indent=1))
    else:
        for name, value in evaluation.means.items():
            print(f"{name}\t{value:.4f}")
    return 0


def _report(problem: Problem) -> None:
    print(f"searchkit: {problem.where}: {problem.reason}", file=sys.stderr)
