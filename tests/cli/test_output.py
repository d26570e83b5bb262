"""The forms in which results are printed."""

import json
import shutil
import subprocess
import sys

import pytest


def test_fields_choose_the_columns_and_the_names(seeded):
    assert seeded("query", "أستانا", "--tsv", "--fields", "rank,file").lines[0].startswith("1\tseeds/")
    (hit, *_) = json.loads(seeded("query", "أستانا", "--json", "--fields", "id,title,nothing").out)["hits"]
    assert list(hit) == ["id", "title", "nothing"]
    assert hit["nothing"] is None
    assert "   file: seeds/" in seeded("query", "أستانا", "--fields", "file").out


@pytest.mark.parametrize("form", [["--tsv"], ["--jsonl"], ["--kwic"], ["--template", "{id}"]])
def test_what_was_searched_instead_is_said_beside_lines_for_programs(seeded, form):
    outcome = seeded("query", "Lavrov", *form)
    assert outcome.err.startswith("searchkit: Lavrov: in no document; searched instead for لافروف")
    assert "Lavrov" not in outcome.out
    assert seeded("query", "Lavrov", "-q", *form).err == ""
    assert seeded("query", "لافروف", *form).err == ""


def test_a_template_is_a_line_per_hit(seeded):
    out = seeded("query", "أستانا", "--template", r"{rank}\t{id}\t{nothing}{{x}}")
    assert [line.split("\t")[0] for line in out.lines] == ["1", "2", "3"]
    assert out.lines[0].endswith("\t{x}")


@pytest.mark.parametrize("template", ["{", "{title.__class__}", "{0!r}", "}"])
def test_a_template_runs_nothing(seeded, complains, template):
    complains(seeded("query", "أستانا", "--template", template), "--template: a brace without a name at ")


def test_quiet_leaves_the_exit_status(seeded):
    assert seeded("query", "أستانا", "-q") == (0, "", "")
    assert seeded("query", "zzzz", "--quiet") == (1, "", "")


def test_verbose_says_what_is_looked_up(seeded):
    outcome = seeded("query", "وبالإرهابيين", "-v")
    assert "lemma" in outcome.err
    assert "وبالارهابيين" in outcome.err


@pytest.mark.parametrize(("choice", "colored"), [("always", True), ("never", False), ("auto", False)])
def test_colour_is_the_persons_choice(seeded, choice, colored):
    assert ("\033[" in seeded("query", "أستانا", "--color", choice).out) == colored


def test_queries_from_standard_input_are_answered_line_by_line(seeded):
    outcome = seeded.process("query", "-", stdin="أستانا\n\n(\nzzzz\n".encode())
    first, second, third = map(json.loads, outcome.lines)
    assert first["total"] == 3
    assert second["error"].startswith("query: ")
    assert third["hits"] == []
    assert outcome.status == 2
    assert seeded.process("query", "-", stdin=b"zzzz\n").status == 1
    refused = seeded.process("query", "-", "--tsv", stdin=b"zzzz\n")
    assert (refused.status, refused.out) == (2, "")
    assert "leave out --tsv" in refused.err
    assert seeded.process("query", "-", stdin="أستانا\n".encode()).status == 0


def test_a_reader_that_leaves_is_no_error(seeded):
    queries = seeded.write("queries", "أستانا\n" * 2000)
    with queries.open("rb") as source:
        asking = subprocess.Popen(
            [sys.executable, "-m", "searchkit", "query", "-"],
            stdin=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=seeded.folder,
        )  # fmt: skip
        asking.stdout.readline()
        asking.stdout.close()
        assert asking.stderr.read() == b""
        asking.stderr.close()
        assert asking.wait(60) == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_name_every_command(command, shell):
    out = command("completions", shell).out
    for name in ("index", "query", "shell", "doctor"):
        assert name in out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_that_is_here_reads_its_completions(command, tmp_path, shell):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "completions"
    script.write_text(command("completions", shell).out)
    assert subprocess.run([shell, "-n", str(script)], check=False).returncode == 0


def test_the_man_page_is_that_of_the_options():
    import importlib.resources

    from searchkit.cli.manual import manual

    kept = importlib.resources.files("searchkit.cli").joinpath("searchkit.1").read_text("utf-8")
    assert kept == manual(), "run: python -m searchkit.cli.manual > searchkit/cli/searchkit.1"


def test_a_concordance_has_a_line_for_every_place_with_the_words_around_it(command):
    text = "وقف الولد أمام باب البيت\\nثم دخل البيتَ الكبير\\tوخرج من البيت"
    command.write("a.jsonl", f'{{"id":"1","title":"بيت","text":"{text}"}}\n{{"id":"2","text":"بيت"}}')
    command("index", "a.jsonl")
    assert command("query", "=البيت", "--kwic", "--words", "4").lines == [
        "1\ttext\t19\tأمام باب\tالبيت\tثم دخل",
        "1\ttext\t32\tثم دخل\tالبيتَ\tالكبير وخرج",
        "1\ttext\t54\tوخرج من\tالبيت\t",
    ]
    assert command("query", "بيت", "--kwic", "--words", "1").lines[0] == "1\ttitle\t0\t\tبيت\t"
    assert command("query", '"دخل البيت"', "--kwic", "--words", "2").lines == ["1\ttext\t28\tثم\tدخل البيتَ\tالكبير"]
    assert command("query", "زرافة", "--kwic")[:2] == (1, "")
