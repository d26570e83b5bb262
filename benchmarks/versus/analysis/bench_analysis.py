"""The runner works and every engine that is installed finds its tokens; the figures come from the runner itself."""

import os
import subprocess
import sys


def test_every_installed_engine_finds_the_expected_tokens():
    command = [sys.executable, os.path.dirname(os.path.abspath(__file__)), "--generated"]
    command += ["--tokens", "20000", "--warmups", "0", "--passes", "1"]
    found = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert found.returncode == 0, found.stderr
    assert "searchkit" in found.stdout
