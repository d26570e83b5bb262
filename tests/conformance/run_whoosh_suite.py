"""Runs Whoosh's own tests on searchkit's codec.

    python tests/conformance/run_whoosh_suite.py [--archive FILE] [--w3] [arguments for pytest]

The tests are taken from Whoosh's source archive: FILE, or what ``pip download`` gets from the package index; it is kept
in the folder of temporary files for the next time. ``--w3`` runs them on Whoosh's codec instead, for comparison.
Tests that must fail, and why, are listed in ``whoosh_suite.py`` beside this.
"""

import argparse
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

WHOOSH = "Whoosh==2.7.4"
CACHE = Path(tempfile.gettempdir()) / "searchkit-whoosh-2.7.4"
HERE = Path(__file__).parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--w3", action="store_true")
    options, more = parser.parse_known_args()
    tests = unpack(options.archive or download())
    command = [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", str(tests), "-q", "-rfEx", "-W", "ignore"]
    command += ["-p", "whoosh_suite", "-p", "no:cacheprovider", *more]
    if not any(not argument.startswith("-") for argument in more):
        command.append(".")
    path = os.pathsep.join([str(HERE), str(HERE.parents[1]), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "WHOOSH_SUITE_CODEC": "w3" if options.w3 else "searchkit"}
    return subprocess.run(command, check=False, cwd=tests, env=environment).returncode


def download() -> Path:
    """Return the source archive, from the cache if it is there."""
    CACHE.mkdir(exist_ok=True)
    found = [path for path in CACHE.iterdir() if path.name.endswith((".zip", ".tar.gz"))]
    if not found:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", ":all:", "-d", str(CACHE)]
        subprocess.run([*command, WHOOSH], check=True)
        found = [path for path in CACHE.iterdir() if path.name.endswith((".zip", ".tar.gz"))]
    return found[0]


def unpack(archive: Path) -> Path:
    """Return the folder of the tests, taken out of the archive."""
    CACHE.mkdir(exist_ok=True)
    folder = next(CACHE.glob("*/tests"), None)
    if folder is None:
        if archive.suffix == ".zip":
            with zipfile.ZipFile(archive) as file:
                for name in file.namelist():
                    if "/tests/" in name:
                        file.extract(name, CACHE)
        else:
            with tarfile.open(archive) as file:
                for item in file.getmembers():
                    if "/tests/" in item.name:
                        file.extract(item, CACHE, filter="data")
        folder = next(CACHE.glob("*/tests"))
    return folder


if __name__ == "__main__":
    sys.exit(main())
