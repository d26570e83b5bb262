"""Does the interpreted core see in all judged data what the compiled one sees?

    SEARCHKIT_DATA=... python benchmarks/quality/parity.py [--texts N]

Analyses every text of every collection in two processes, one without the compiled core, and compares digests of
tokens, spans and evidence. All of it takes a few minutes; ``--texts`` takes only the first N of each file.
"""

import argparse
import gzip
import hashlib
import json
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path


def texts(path):
    if path.name.endswith(".jsonl.gz"):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                document = json.loads(line)
                yield f"{document['title']}\n{document['text']}"
    else:
        yield from path.open(encoding="utf-8")


def digest(path, limit):
    from searchkit.analysis.stream import TextAnalyzer

    analyzer = TextAnalyzer()
    state = hashlib.sha256()
    tokens = seen = 0
    for text in islice(texts(path), limit):
        count = analyzer.analyze(text)
        tokens += count
        for column in (analyzer.types, analyzer.starts, analyzer.ends):
            state.update(column[:count].tobytes())
        for number in range(seen, analyzer.num_types):
            state.update(repr((analyzer.word(number), *analyzer.evidence(number))).encode())
        seen = analyzer.num_types
    return f"{tokens} tokens {seen} types {state.hexdigest()}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.file:
        from searchkit import _core

        print("compiled" if _core.COMPILED else "interpreted", digest(options.file, options.texts))
        return 0
    different = 0
    for path in sorted(Path(os.environ["SEARCHKIT_DATA"]).rglob("*")):
        if path.suffix not in (".gz", ".tsv"):
            continue
        command = [sys.executable, __file__, "--file", str(path)]
        command += ["--texts", str(options.texts)] if options.texts else []
        results = []
        for switch in ("0", "1"):
            environment = {**os.environ, "SEARCHKIT_NO_EXTENSIONS": switch}
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
            results.append(done.stdout.split(maxsplit=1))
        assert [result[0] for result in results] == ["compiled", "interpreted"]
        same = results[0][1] == results[1][1]
        different += not same
        print(f"{path.parent.name}/{path.name}: {results[0][1].rsplit(' ', 1)[0]}: {'same' if same else 'DIFFERENT'}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
