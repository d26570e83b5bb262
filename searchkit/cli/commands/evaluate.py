"""``searchkit eval``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.cli.report import report
from searchkit.evaluation.experiment import run_experiment

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Print the measures."""
    evaluation = run_experiment(options.corpus, options.queries, options.qrels, run_file=options.run, report=report)
    if options.json:
        import json

        print(json.dumps(evaluation.means, indent=1))
    else:
        for name, value in evaluation.means.items():
            print(f"{name}\t{value:.4f}")
    return 0
