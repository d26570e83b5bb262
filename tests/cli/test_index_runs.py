"""Runs of ``searchkit index`` that are long, interrupted, watched, dry, or fed from a pipe."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

import searchkit
from searchkit.cli import progress as progress_module
from searchkit.cli.commands.index import amount, refresh_index
from searchkit.cli.progress import Progress
from searchkit.indexing import refresh as refresh_module
from searchkit.indexing.documents import Document, Problem, Source, read_documents
from searchkit.indexing.writer import IndexWriter


def ids(command: Any) -> set[str]:
    return {hit.id for hit in searchkit.open(str(command.folder / "index")).search("-zzzz", limit=10_000)}


def rows(count: int) -> str:
    return "".join(json.dumps({"id": str(number), "text": f"نص {number}"}) + "\n" for number in range(count))


class TestInterruption:
    @pytest.fixture(autouse=True)
    def _interruptible(self) -> Iterator[None]:
        """Heed Ctrl-C, which who starts a test run in the background makes it ignore."""
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        yield
        signal.signal(signal.SIGINT, before)

    def test_what_was_read_stays_and_the_next_run_goes_on_within_the_file(
        self, command: Any, complains: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        command.write("docs/a.jsonl", rows(10))
        command.write("docs/b.txt", "باء")

        def interrupted(source: Source) -> Iterator[Document | Problem]:
            for number, document in enumerate(read_documents(source)):
                if number == 4:
                    signal.raise_signal(signal.SIGINT)
                yield document

        monkeypatch.setattr(refresh_module, "read_documents", interrupted)
        outcome = command("index", "docs")
        complains(outcome, "interrupted; 5 documents were indexed and stay; the same command goes on", status=130)
        assert ids(command) == {"0", "1", "2", "3", "4"}
        monkeypatch.setattr(refresh_module, "read_documents", read_documents)
        outcome = command("index", "docs")
        assert outcome.out.startswith("index: 6 documents added, 5 unchanged; ")
        assert len(ids(command)) == 11
        assert command("index", "docs").out.startswith("index: 0 documents added, 11 unchanged; ")

    def test_a_file_that_changed_meanwhile_is_read_from_its_beginning(
        self, command: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        command.write("a.jsonl", rows(10))

        def interrupted(source: Source) -> Iterator[Document | Problem]:
            yield next(iter(read_documents(source)))
            raise KeyboardInterrupt

        monkeypatch.setattr(refresh_module, "read_documents", interrupted)
        with pytest.raises(KeyboardInterrupt):
            refresh_index(["a.jsonl"], "index", commit_every_s=0)
        monkeypatch.setattr(refresh_module, "read_documents", read_documents)
        assert ids(command) == {"0"}
        command.write("a.jsonl", rows(12).replace("نص 0", "نص جديد"))
        refresh_index(["a.jsonl"], "index")
        document = searchkit.open("index").document("0")
        assert document is not None
        assert document["text"].endswith("0")
        assert len(ids(command)) == 12

    def test_what_was_committed_on_the_way_survives_a_kill(self, command: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        command.write("a.jsonl", rows(10))

        def killed(source: Source) -> Iterator[Document | Problem]:
            for number, document in enumerate(read_documents(source)):
                if number == 7:
                    raise MemoryError
                yield document

        monkeypatch.setattr(refresh_module, "read_documents", killed)
        with pytest.raises(MemoryError):
            refresh_index(["a.jsonl"], "index", commit_every_s=0)
        assert ids(command) == {str(number) for number in range(7)}
        monkeypatch.setattr(refresh_module, "read_documents", read_documents)
        refresh = refresh_index(["a.jsonl"], "index")
        assert (refresh.added, refresh.unchanged, len(ids(command))) == (3, 7, 10)

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
    def test_the_end_of_a_service_or_a_session_keeps_what_was_read(
        self, command: Any, complains: Any, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
    ) -> None:
        command.write("a.jsonl", rows(10))

        def ended(source: Source) -> Iterator[Document | Problem]:
            for document in read_documents(source):
                signal.raise_signal(number)
                yield document

        before = signal.signal(number, lambda *_: None)  # as pytest would not survive a mistake
        monkeypatch.setattr(refresh_module, "read_documents", ended)
        complains(command("index", "a.jsonl"), "interrupted; 1 documents were indexed and stay", status=130)
        assert signal.signal(number, before) is not before
        assert ids(command) == {"0"}

    def test_the_commit_at_the_end_is_not_given_up_for_an_interruption(
        self, command: Any, complains: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        command.write("a.jsonl", rows(10))
        commit = IndexWriter.commit

        def interrupted(writer: IndexWriter) -> None:
            signal.raise_signal(signal.SIGINT)
            commit(writer)

        monkeypatch.setattr(IndexWriter, "commit", interrupted)
        complains(command("index", "a.jsonl"), "interrupted; 10 documents were indexed and stay", status=130)
        assert len(ids(command)) == 10

    def test_a_second_interruption_ends_at_once(self, command: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        command.write("a.jsonl", rows(10))

        def impatient(source: Source) -> Iterator[Document | Problem]:
            yield next(iter(read_documents(source)))
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)

        monkeypatch.setattr(refresh_module, "read_documents", impatient)
        outcome = command("index", "a.jsonl")
        assert outcome.status == 130
        assert "what was indexed before is as it was" in outcome.err
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler

    def test_waiting_for_input_can_be_interrupted(self, command: Any) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "searchkit", "index", "-"],
            stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=command.folder,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
        )  # fmt: skip
        assert process.stdin is not None
        process.stdin.write('{"id": "1", "text": "واحد"}\n'.encode())
        process.stdin.flush()
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        assert process.returncode == 130
        assert err.decode().startswith("searchkit: interrupted; ")
        assert err.count(b"\n") == 1


class TestWhatChanged:
    def test_a_file_that_was_only_touched_is_not_read(self, command: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        path = command.write("a.txt", "ألف")
        command("index", "a.txt")
        path.touch()
        monkeypatch.setattr(refresh_module, "read_documents", lambda _: pytest.fail("was read"))
        assert command("index", "a.txt").out.startswith("index: 0 documents added, 1 unchanged;")

    def test_a_change_that_keeps_size_and_time_is_seen_when_it_is_recent(self, command: Any) -> None:
        import os

        path = command.write("a.txt", "ألف")
        status = path.stat()
        command("index", "a.txt")
        path.write_text("باء", "utf-8")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert command("index", "a.txt").out.startswith("index: 0 documents added, 1 updated;")

    def test_a_run_with_nothing_to_do_commits_nothing(self, command: Any) -> None:
        import os

        path = command.write("a.txt", "ألف")
        os.utime(path, (1_000_000_000, 1_000_000_000))
        command("index", "a.txt")
        before = {entry.name for entry in (command.folder / "index").iterdir()}
        command("index", "a.txt")
        assert {entry.name for entry in (command.folder / "index").iterdir()} == before

    def test_dry_run_names_what_there_is_to_do_and_changes_nothing(self, command: Any) -> None:
        command.write("docs/a.txt", "ألف")
        command.write("docs/b.txt", "باء")
        assert command("index", "docs", "--dry-run").lines == [
            "new\tdocs/a.txt", "new\tdocs/b.txt", "2 files to read, 0 unchanged, 0 gone",
        ]  # fmt: skip
        assert not (command.folder / "index").exists()
        command("index", "docs")
        command.write("docs/a.txt", "ألف أخرى")
        (command.folder / "docs/b.txt").unlink()
        assert command("index", "docs", "--dry-run", "--prune").lines == [
            "changed\tdocs/a.txt", "gone\tdocs/b.txt", "1 files to read, 0 unchanged, 1 gone",
        ]  # fmt: skip
        assert len(ids(command)) == 2

    def test_dry_run_of_nothing_but_a_path_that_is_not_there_is_an_error(self, command: Any) -> None:
        assert command("index", "archive", "--dry-run").status == 2
        command.write("docs/a.txt", "ألف")
        assert command("index", "archive", "docs", "--dry-run").status == 0

    def test_files_of_other_kinds_are_counted_and_not_passed_over_in_silence(self, command: Any) -> None:
        for name in ("a.txt", "b.mp4", "c.MP4", "d.doc", "Makefile", ".hidden.doc", "e.tmp"):
            command.write(f"docs/{name}", "ألف")
        command.write("docs/.searchkitignore", "*.tmp")
        kinds = "2 .mp4, 1 without ending, 1 .doc"
        said = f"searchkit: files of other kinds were passed over: {kinds}; see 'searchkit index --help'\n"
        assert command("index", "docs", "--dry-run").err == said
        assert command("index", "docs").err == said
        assert command("index", "docs", "-q").err == ""
        assert command("index", "docs/a.txt").err == ""

    def test_an_index_that_lies_in_the_folder_is_not_indexed(self, command: Any) -> None:
        command.write("a.txt", "ألف")
        command.write("names.txt", "ألف, باء")
        command("index", ".")
        command("synonyms", "names.txt")
        outcome = command("index", ".")
        assert (outcome.err, ids(command)) == ("", {"a.txt", "names.txt"})
        assert "holds no file to index" in command("index", "index").err


class TestIgnoring:
    def test_rules_hold_for_their_folder_and_below_and_the_nearest_wins(self, command: Any) -> None:
        for name in ("a.txt", "b.log.txt", "private/c.txt", "d/e.txt", "d/f.log.txt", "d/g/private/h.txt"):
            command.write(f"docs/{name}", "نص " + name)
        command.write("docs/.searchkitignore", "# drafts\nprivate/\n*.log.txt\n")
        command.write("docs/d/.searchkitignore", "!f.log.txt\n/e.txt\n")
        command("index", "docs")
        assert ids(command) == {"docs/a.txt", "docs/d/f.log.txt"}

    def test_what_is_left_out_now_goes_when_asked(self, command: Any) -> None:
        command.write("docs/a.txt", "ألف")
        command.write("docs/private/b.txt", "باء")
        command("index", "docs")
        command.write("docs/.searchkitignore", "private\n")
        assert "2 unchanged" not in command("index", "docs").out
        assert len(ids(command)) == 2
        assert ", 1 deleted" in command("index", "docs", "--prune").out
        assert ids(command) == {"docs/a.txt"}

    def test_a_file_named_by_itself_is_taken(self, command: Any) -> None:
        command.write("docs/a.txt", "ألف")
        command.write("docs/.searchkitignore", "*\n")
        assert command("index", "docs/a.txt").status == 0
        assert ids(command) == {"docs/a.txt"}

    def test_a_pattern_that_is_none_is_named_and_nothing_is_indexed(self, command: Any, complains: Any) -> None:
        command.write("docs/a.txt", "ألف")
        command.write("docs/.searchkitignore", "a.txt\n!\n")
        complains(command("index", "docs"), ".searchkitignore: ", "; correct the pattern")


class TestStandardInput:
    def test_lines_are_added_in_place_of_those_with_their_ids(self, command: Any) -> None:
        first = command.process("index", "-", stdin='{"id": "1", "text": "واحد"}\n{"text": "بلا اسم"}\n{bad\n'.encode())
        assert first.status == 0
        assert first.out.startswith("index: 2 documents added, 1 could not be read;")
        assert first.err.startswith("searchkit: stdin:3: is not valid JSON")
        second = command.process("index", "-", stdin='{"text": "بلا اسم"}\n{"id": "2", "text": "اثنان"}\n'.encode())
        assert second.out.startswith("index: 1 documents added, 1 updated;")
        assert len(ids(command)) == 3

    def test_an_id_of_a_file_stays_with_it(self, command: Any) -> None:
        command.write("a.txt", "ألف")
        command("index", "a.txt")
        outcome = command.process("index", "-", stdin=b'{"id": "a.txt", "text": "x"}\n')
        assert "id a.txt is used by a.txt already" in outcome.err

    def test_standard_input_cannot_be_watched(self, command: Any, complains: Any) -> None:
        pytest.importorskip("watchfiles", reason="the extra searchkit[watch] is not installed")
        outcome = command.process("index", "-", "--watch", "-q", stdin=b'{"id": "1", "text": "x"}\n')
        complains(outcome, "--watch: standard input cannot be watched; ")


class TestTelling:
    def test_a_library_that_is_missing_is_told_once(
        self, command: Any, complains: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "pypdf", None)
        for name in "abc":
            command.write(f"docs/{name}.pdf", b"%PDF-1.4 x")
        command.write("docs/d.txt", "دال")
        outcome = command("index", "docs")
        complains(outcome, "docs/a.pdf and 2 more .pdf files: cannot be read without pypdf; pip install", status=0)
        assert "1 documents added, 3 could not be read" in outcome.out

    def test_problems_alike_are_counted_after_ten(self, command: Any) -> None:
        command.write("a.jsonl", '{"id": "1", "text": "x"}\n' + "{bad\n" * 30)
        outcome = command("index", "a.jsonl")
        lines = outcome.err.splitlines()
        assert len(lines) == 11
        assert lines[-1].startswith("searchkit: 20 more like the one that is not valid JSON (")
        assert ", 30 could not be read" in outcome.out

    def test_plain_progress_is_lines(self, command: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(progress_module, "_PLAIN_S", 0.0)
        command.write("a.jsonl", rows(200))
        command.write("b.txt", "باء")
        outcome = command("index", "a.jsonl", "b.txt", "--progress", "plain")
        lines = outcome.err.splitlines()
        assert all(line.startswith("indexing: ") for line in lines)
        assert any(" documents, " in line and line.endswith("a.jsonl") for line in lines)
        assert lines[-1].startswith("indexing: 100 %, 201 documents")

    def test_quiet_says_nothing(self, command: Any) -> None:
        command.write("a.txt", "ألف")
        assert command("index", "a.txt", "-q") == (0, "", "")

    def test_amounts_have_the_unit_that_suits(self) -> None:
        assert [amount(size) for size in (0, 900, 999_000, 1_500_000, 2.5e9, 4e12)] == [
            "0 kB", "1 kB", "999 kB", "1.5 MB", "2.5 GB", "4000.0 GB",
        ]  # fmt: skip


def watching(command: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "searchkit", "index", "docs", "--watch"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=command.folder, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )  # fmt: skip


class TestWatching:
    def test_files_are_indexed_as_they_come_change_and_go(self, command: Any) -> None:
        pytest.importorskip("watchfiles", reason="the extra searchkit[watch] is not installed")
        command.write("docs/a.txt", "ألف")
        process = watching(command)
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("index: 1 documents added;")
            time.sleep(1)  # until it watches
            command.write("docs/b.txt", "باء")
            assert process.stdout.readline().startswith("index: 1 documents added, 1 unchanged;")
            assert ids(command) == {"docs/a.txt", "docs/b.txt"}
            (command.folder / "docs/a.txt").unlink()
            assert process.stdout.readline().startswith("index: 0 documents added, 1 unchanged, 1 deleted;")
        finally:
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=20)
        assert (process.returncode, err) == (130, "searchkit: no longer watched; what was indexed stays\n")

    def test_a_folder_that_is_made_again_is_watched_again(self, command: Any) -> None:
        pytest.importorskip("watchfiles", reason="the extra searchkit[watch] is not installed")
        command.write("docs/a.txt", "ألف")
        process = watching(command)
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            assert process.stdout.readline().startswith("index: 1 documents added;")
            time.sleep(1)  # until it watches
            (command.folder / "docs").rename(command.folder / "old")
            assert process.stderr.readline() == "searchkit: docs: does not exist; check the path\n"
            assert ids(command) == {"docs/a.txt"}
            command.write("docs/b.txt", "باء")
            deadline = time.monotonic() + 30  # it may be seen before there is anything in it, so lines differ
            while ids(command) != {"docs/b.txt"} and time.monotonic() < deadline:
                time.sleep(0.2)
            assert ids(command) == {"docs/b.txt"}
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=20)

    def test_without_the_library_the_remedy_is_named(
        self, command: Any, complains: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "watchfiles", None)
        command.write("a.txt", "ألف")
        complains(command("index", "a.txt", "--watch"), "--watch: needs watchfiles; pip install 'searchkit[watch]'")


def test_a_problem_that_comes_again_is_named_once(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress("none")
    for reason in ("is empty; remove it", "is empty; remove it", "is damaged; copy it again"):
        progress.report(Problem("a.txt", reason))
    assert capsys.readouterr().err.count("a.txt") == 2
