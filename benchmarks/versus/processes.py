"""Engines at work, each in a process of its own that answers a line of JSON to each line it is given."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

from benchmarks.versus.child import NOT_INSTALLED

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

HERE = os.path.dirname(os.path.abspath(__file__))
LUCENE = "9.12.3"  # the last line that runs on Java 17


class Process:
    """An engine at work."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        self.hello = self._answer()
        self.kinds: list[str] = self.hello.get("kinds", [])

    def ask(self, *words: str) -> dict[str, Any]:
        """Send a line of words parted by tabs and return the answer."""
        assert self._process.stdin
        self._process.stdin.write("\t".join(words) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def memory(self) -> dict[str, int]:
        """Return bytes that are resident, were so at most, and belong to no file (Linux only)."""
        sizes: dict[str, int] = {}
        with open(f"/proc/{self._process.pid}/status", encoding="ascii") as file:
            for line in file:
                name, _, value = line.partition(":")
                if name in ("VmRSS", "VmHWM", "RssAnon"):
                    sizes[name] = int(value.split()[0]) << 10
        return {"resident": sizes["VmRSS"], "peak": sizes["VmHWM"], "anonymous": sizes["RssAnon"]}

    def end(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        if self._process.wait() == NOT_INSTALLED:
            return {}
        raise SystemExit(f"{self.name}: failed with status {self._process.returncode}")


def module_command(python: str, module: str) -> list[str]:
    """Return the command that starts a module of the benchmarks."""
    return [python, "-P", os.path.join(HERE, "start.py"), f"benchmarks.versus.{module}"]


def add_lucene_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say where Lucene is."""
    lucene = parser.add_mutually_exclusive_group()
    lucene.add_argument("--lucene-jars", metavar="FOLDER", help="where lucene-core and lucene-analysis-common lie")
    lucene.add_argument("--fetch-lucene", action="store_true", help=f"get Lucene {LUCENE} with mvn")


def lucene_jars(options: argparse.Namespace, folder: str) -> str | None:
    """Return the folder of Lucene's jars, if they were given or fetched."""
    if not options.fetch_lucene:
        jars: str | None = options.lucene_jars
        return jars
    for artifact in ("lucene-core", "lucene-analysis-common"):
        coordinates = f"-Dartifact=org.apache.lucene:{artifact}:{LUCENE}"
        subprocess.run(["mvn", "-q", "-B", "dependency:copy", coordinates, f"-DoutputDirectory={folder}"], check=True)
    return folder


def lucene_command(source: str, jars: str | None, folder: str) -> list[str]:
    """Compile a program for Lucene, unless that was done, and return the command that starts it; empty without Java."""
    if jars is None or shutil.which("javac") is None:
        return []
    if not os.path.exists(os.path.join(folder, "Lucene.class")):
        subprocess.run(["javac", "-cp", os.path.join(jars, "*"), "-d", folder, source], check=True)
    return ["java", "-Xmx2g", "-cp", os.pathsep.join((os.path.join(jars, "*"), folder)), "Lucene"]
