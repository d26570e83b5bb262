import codecs
import gzip
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.indexing import lines
from searchkit.indexing.documents import Document, Problem, Source, find_sources, read_documents
from searchkit.indexing.encodings import NOT_TEXT
from searchkit.indexing.json_files import document_from_json
from searchkit.indexing.text_files import html_document, markdown_document, split_title

ARTICLE = "أستانا تستضيف المباحثات\n\nبدأت في العاصمة الكازاخية جولة جديدة.\nوقال مصدر مطلع إن الوفود وصلت أمس.\n"
TITLE = "أستانا تستضيف المباحثات"
BODY = "بدأت في العاصمة الكازاخية جولة جديدة.\nوقال مصدر مطلع إن الوفود وصلت أمس."


def read(path: Path) -> list[Document | Problem]:
    """Everything that comes out of one file."""
    return [
        item
        for found in find_sources([path], base=str(path.parent))
        for item in ([found] if isinstance(found, Problem) else read_documents(found))
    ]


def read_bytes(folder: Path, name: str, data: bytes) -> list[Document | Problem]:
    path = folder / name
    path.write_bytes(data)
    return read(path)


def read_one(folder: Path, name: str, data: bytes) -> Document:
    (document,) = read_bytes(folder, name, data)
    assert isinstance(document, dict)
    return document


def read_problem(folder: Path, name: str, data: bytes) -> Problem:
    (problem,) = read_bytes(folder, name, data)
    assert isinstance(problem, Problem)
    return problem


def names(found: list[Source | Problem]) -> list[str]:
    return [item.name if isinstance(item, Source) else f"! {item.reason}" for item in found]


def ids(items: list[Document | Problem]) -> list[str]:
    return [f"! {item.where}" if isinstance(item, Problem) else item["id"] for item in items]


class TestFinding:
    def test_walks_folders_in_the_order_of_names(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a/z.md", "a/b/c.HTML", "c.jsonl.gz", "d.csv", "a.jsonl"):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        expected = ["a/b/c.HTML", "a/z.md", "a.jsonl", "b.txt", "c.jsonl.gz", "d.csv"]
        assert names(list(find_sources([tmp_path], base=str(tmp_path)))) == expected

    def test_leaves_out_hidden_and_unknown_files(self, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        for name in (".git/a.txt", ".b.txt", "c.png", "d.gz", "e.txt"):
            (tmp_path / name).touch()
        assert names(list(find_sources([tmp_path], base=str(tmp_path)))) == ["e.txt"]

    def test_takes_a_file_named_explicitly_whatever_it_is_called(self, tmp_path: Path) -> None:
        path = tmp_path / ".notes.log"
        path.write_text(ARTICLE, encoding="utf-8")
        (document,) = read(path)
        assert isinstance(document, dict)
        assert (document["id"], document["title"], document["text"]) == (".notes.log", TITLE, BODY)

    def test_names_are_absolute_outside_the_base(self, tmp_path: Path) -> None:
        (tmp_path / "base").mkdir()
        (tmp_path / "base2.txt").touch()
        found = list(find_sources([tmp_path / "base2.txt"], base=str(tmp_path / "base")))
        assert names(found) == [str(tmp_path / "base2.txt")]

    def test_the_root_can_be_the_base(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").touch()
        assert names(list(find_sources([tmp_path / "a.txt"], base="/"))) == [str(tmp_path / "a.txt")[1:]]

    def test_gives_each_file_once(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "a/x.txt").touch()
        paths = [tmp_path / "a/x.txt", tmp_path / "a", tmp_path, f"{tmp_path}/a/../a/x.txt"]
        assert names(list(find_sources(paths, base=str(tmp_path)))) == ["a/x.txt"]

    def test_knows_size_and_time(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"12345")
        (source,) = find_sources([path], base=str(tmp_path))
        assert source == Source(str(path), "a.txt", 5, path.stat().st_mtime_ns)

    def test_names_a_path_that_does_not_exist(self, tmp_path: Path) -> None:
        missing = str(tmp_path / "missing")
        found = list(find_sources([missing, "", "a\0b"], base=str(tmp_path)))
        assert found[0] == Problem(missing, "does not exist; check the path")
        assert [type(item) for item in found] == [Problem] * 3

    def test_names_a_folder_without_anything_to_index(self, tmp_path: Path) -> None:
        (found,) = find_sources([tmp_path], base=str(tmp_path))
        assert isinstance(found, Problem)
        assert found.reason.startswith("holds no file to index; give some of .txt .md")

    def test_names_a_link_back_to_a_folder_above_and_goes_on(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "a/back").symlink_to(tmp_path)
        (tmp_path / "a/self.txt").symlink_to("self.txt")
        (tmp_path / "b.txt").touch()
        found = names(list(find_sources([tmp_path], base=str(tmp_path))))
        assert found == [
            "! is a link back to a folder above it and was skipped; remove the link",
            "! is a link that leads back to itself; remove the link",
            "b.txt",
        ]

    def test_follows_links_to_a_folder_outside_once(self, tmp_path: Path) -> None:
        for folder in ("in", "out"):
            (tmp_path / folder).mkdir()
        (tmp_path / "out/x.txt").touch()
        (tmp_path / "in/link").symlink_to(tmp_path / "out")
        (tmp_path / "in/other").symlink_to(tmp_path / "out")
        assert names(list(find_sources([tmp_path / "in"], base=str(tmp_path)))) == ["in/link/x.txt"]

    def test_names_a_broken_link(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").symlink_to("gone")
        assert list(find_sources([tmp_path], base=str(tmp_path))) == [
            Problem("a.txt", "does not exist; check the path")
        ]

    def test_does_not_wait_for_a_pipe(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.txt")
        (found,) = find_sources([tmp_path / "pipe.txt"], base=str(tmp_path))
        assert isinstance(found, Problem)
        assert found.reason.startswith("is not a regular file")

    def test_goes_deeper_than_the_calls_of_python(self, tmp_path: Path) -> None:
        deep = tmp_path
        for _ in range(400):
            deep /= "d"
        deep.mkdir(parents=True)
        (deep / "x.txt").touch()
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(300)
        try:
            found = names(list(find_sources([tmp_path], base=str(tmp_path))))
        finally:
            sys.setrecursionlimit(limit)
        assert found == ["d/" * 400 + "x.txt"]

    def test_a_name_that_is_not_utf8_becomes_text(self, tmp_path: Path) -> None:
        path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt")
        try:
            with open(path, "wb") as file:
                file.write(ARTICLE.encode())
        except OSError:
            pytest.skip("the file system refuses names that are not UTF-8")
        (source,) = find_sources([tmp_path], base=str(tmp_path))
        assert isinstance(source, Source)
        assert source.name == "caf\\xe9.txt"
        assert ids(list(read_documents(source))) == ["caf\\xe9.txt"]


class TestReading:
    @pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() == 0,
        reason="root may read everything: run as another user",
    )
    def test_names_what_may_not_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "folder").mkdir()
        (tmp_path / "file.txt").touch()
        (tmp_path / "file.txt").write_text(ARTICLE, encoding="utf-8")
        for name in ("folder", "file.txt"):
            (tmp_path / name).chmod(0)
        try:
            items = read(tmp_path / "file.txt") + list(find_sources([tmp_path / "folder"], base=str(tmp_path)))
        finally:
            (tmp_path / "folder").chmod(0o700)
        assert [type(item) for item in items] == [Problem, Problem]
        assert all("permission denied" in item.reason for item in items if isinstance(item, Problem))

    @pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.jsonl.gz", "a.csv"])
    def test_names_an_error_of_the_system(self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("builtins.open", refuse)
        (problem,) = read_documents(Source(str(tmp_path / name), name, 1, 0))
        assert problem == Problem(name, "may not be read (permission denied); change its permissions", transient=True)

    @pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.jsonl.gz", "a.csv"])
    def test_names_a_file_that_vanished(self, name: str, tmp_path: Path) -> None:
        (problem,) = read_documents(Source(str(tmp_path / name), name, 1, 0))
        assert problem == Problem(name, "has vanished since it was found; index again", transient=True)

    @pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.jsonl.gz", "a.csv"])
    @pytest.mark.parametrize("data", [b"", b" \r\n\n", codecs.BOM_UTF8])
    def test_names_an_empty_file(self, name: str, data: bytes, tmp_path: Path) -> None:
        if name.endswith(".gz") and data:
            data = gzip.compress(data)
        problem = read_problem(tmp_path, name, data)
        assert problem.where == name
        assert problem.reason.startswith("is empty")

    @pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.csv"])
    def test_names_a_binary_file_once(self, name: str, tmp_path: Path) -> None:
        data = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(range(256)) * 40
        assert read_problem(tmp_path, name, data) == Problem(name, NOT_TEXT)

    def test_names_french_in_latin_1(self, tmp_path: Path) -> None:
        data = "L'été dernier, les élèves ont visité le château.\nIls étaient très contents.".encode("latin-1")
        assert read_problem(tmp_path, "a.txt", data) == Problem("a.txt", NOT_TEXT)

    def test_names_a_file_that_is_too_large(self, tmp_path: Path) -> None:
        with open(tmp_path / "a.txt", "wb") as file:
            file.truncate(1_000_000_001)
        (problem,) = read(tmp_path / "a.txt")
        assert problem == Problem("a.txt", "is larger than 1 GB; split it")


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    def test_the_first_line_is_the_title(self, encoding: str, newline: str, tmp_path: Path) -> None:
        data = ("\n  " + ARTICLE).replace("\n", newline).encode(encoding)
        expected = {"id": "a.txt", "title": TITLE, "text": BODY, "file": "a.txt"}
        assert read_one(tmp_path, "a.txt", data) == expected

    def test_a_single_line_is_title_and_text(self) -> None:
        assert split_title("سطر واحد\n") == ("سطر واحد", "سطر واحد")

    def test_a_long_line_is_cut_for_the_title_between_words(self) -> None:
        line = "كلمة " * 100
        title, text = split_title(line)
        assert title == ("كلمة " * 24).strip()
        assert text == line.strip()
        assert split_title("ا" * 500) == ("ا" * 120, "ا" * 500)

    def test_a_paragraph_without_a_title_stays_in_the_text(self) -> None:
        text = "كلمة " * 100 + "\nثم سطر"
        assert split_title(text)[1] == text


class TestMarkdown:
    @pytest.mark.parametrize("heading", ["# عنوان", "### عنوان ###", "#عنوان", "عنوان"])
    def test_the_title_has_no_number_signs(self, heading: str, tmp_path: Path) -> None:
        document = read_one(tmp_path, "a.md", f"\n{heading}\n\nنص # هنا\n".encode())
        assert (document["title"], document["text"]) == ("عنوان", "نص # هنا")

    def test_a_lone_heading_is_title_and_text(self) -> None:
        assert markdown_document("# عنوان") == ("عنوان", "عنوان", {})

    def test_front_matter_gives_the_title(self) -> None:
        assert markdown_document('---\ndate: 2024\ntitle: "عنوان"\n---\n\nنص\n') == ("عنوان", "نص", {})

    def test_front_matter_without_title_is_dropped(self) -> None:
        assert markdown_document("---\ndate: 2024\n---\n# عنوان\nنص") == ("عنوان", "نص", {})

    def test_a_rule_at_the_top_is_not_front_matter(self) -> None:
        assert markdown_document("---\nنص\nآخر") == ("---", "نص\nآخر", {})


class TestHtml:
    def test_the_title_element_is_the_title(self, tmp_path: Path) -> None:
        page = (
            "<!doctype html><html><head><meta charset=windows-1256><title> عنوان\n الصفحة </title>"
            "<style>p{color:red}</style><script>if (a < b) { x('<p>') }</script></head>"
            "<body><h1>رأس</h1><p>فقرة <b>أو</b>لى &amp; &laquo;ثانية&raquo;</p><p>أخرى<br>وسطر</p></body>"
        )
        for encoding in ("utf-8", "cp1256"):
            document = read_one(tmp_path, "a.html", page.encode(encoding))
            assert document["title"] == "عنوان الصفحة"
            assert document["text"] == "رأس\nفقرة أولى & «ثانية»\nأخرى\nوسطر"

    def test_the_first_heading_is_the_title_of_a_page_without_one(self) -> None:
        assert html_document("<p>قبل</p><h2>ر<i>أ</i>س</h2><p>نص</p><h1>آخر</h1>")[:2] == ("رأس", "قبل\nنص\nآخر")

    def test_the_first_line_is_the_title_of_a_page_without_headings(self) -> None:
        assert html_document("<p>سطر</p><p>نص</p>")[:2] == ("سطر", "نص")

    def test_a_title_nobody_closed_ends_at_the_next_element(self) -> None:
        title, text, _ = html_document("<h1>رأس<p>نص")
        assert (title, text) == ("رأس", "نص")

    def test_names_a_page_without_text(self, tmp_path: Path) -> None:
        problem = read_problem(tmp_path, "a.html", b"<html><script>var a</script><img src=x></html>")
        assert problem.reason.startswith("has markup and no text")

    @pytest.mark.parametrize("section", ["<![x]>", "<![abc[x]]>", "<![CDATA[x]]>", "<![endif]-->"])
    def test_passes_over_a_marked_section(self, section: str) -> None:
        assert html_document(f"<p>قبل</p>{section}<p>بعد</p>")[0] == "قبل"

    @given(st.text(st.sampled_from('<>/!?[]-"&;= abhptile1سـ\n#')))
    def test_any_markup_is_read(self, text: str) -> None:
        html_document(text)


class TestJsonLines:
    def test_a_line_is_a_document_with_all_its_fields(self, tmp_path: Path) -> None:
        rows: list[dict[str, Any]] = [
            {"id": "x", "title": "ع", "text": "ن", "date": "2024-11-30", "tags": ["أ", "ب"], "n": 3},
            {"id": 7, "text": "ن"},
            {"title": "ع", "text": None, "file": "elsewhere"},
        ]
        data = "\r\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
        expected = [
            {**rows[0], "file": "a.jsonl"},
            {"id": "7", "title": "", "text": "ن", "file": "a.jsonl"},
            {"id": "a.jsonl:3", "title": "ع", "text": "", "file": "a.jsonl"},
        ]
        assert read_bytes(tmp_path, "a.jsonl", data) == expected
        assert ids(read_bytes(tmp_path, "a.jsonl.gz", gzip.compress(data))) == ["x", "7", "a.jsonl.gz:3"]

    def test_malformed_json_is_named_and_the_rest_goes_on(self, tmp_path: Path) -> None:
        data = b'{"id":1,"text":"a"}\n\n{"id":3,"text":"b"\n{"id":4,"text":"c"}'
        items = read_bytes(tmp_path, "a.jsonl", data)
        assert ids(items) == ["1", "! a.jsonl:3", "4"]
        assert isinstance(items[1], Problem)
        expected = "is not valid JSON (Expecting ',' delimiter at character 20); correct the line"
        assert items[1].reason == expected

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ('["a"]', "is not a JSON object; write"),
            ('"a"', "is not a JSON object; write"),
            ('{"text": 5}', 'has a "text" that is not a string'),
            ('{"title": ["a"], "text": "a"}', 'has a "title" that is not a string'),
            ('{"id": 1, "title": " ", "text": "\\n"}', "has no text; write"),
            ('{"body": "a"}', "has no text; write"),
            ('{"id": [1], "text": "a"}', 'has an "id" that is neither'),
            ('{"id": true, "text": "a"}', 'has an "id" that is neither'),
            ('{"text": "a"} x', "is not valid JSON (Extra data"),
            ('{"n": ' + "1" * 5000 + "}", "is JSON with too long a number"),
            ("[" * 200_000, "is JSON with too long a number or too deep"),
        ],
    )
    def test_says_what_is_wrong_with_a_line(self, line: str, reason: str) -> None:
        found = document_from_json(line, "a.jsonl", 9)
        assert isinstance(found, Problem)
        assert found.where == "a.jsonl:9"
        assert found.reason.startswith(reason)

    def test_not_a_number_is_a_missing_value(self) -> None:
        found = document_from_json('{"id": NaN, "title": NaN, "text": "a", "n": Infinity}', "f", 1)
        assert found == {"id": "f:1", "title": "", "text": "a", "n": None, "file": "f"}

    def test_half_a_surrogate_pair_can_be_stored(self) -> None:
        found = document_from_json('{"text": "a\\ud83d b \\ud83d\\ude00", "n": [{"\\udc00": "\\uD83D"}]}', "f", 1)
        assert isinstance(found, dict)
        assert found["text"] == "a\ufffd b \N{GRINNING FACE}"
        json.dumps(found, ensure_ascii=False).encode()

    def test_a_line_in_another_encoding_is_read_or_named(self, tmp_path: Path) -> None:
        data = (
            '{"id":1,"text":"سوريا ولبنان"}\n'.encode()
            + '{"id":2,"text":"déjà vu"}\n'.encode("latin-1")
            + '{"id":3,"text":"سوريا ولبنان"}\n'.encode("cp1256")
            + '{"id":4,"text":"déjà vu"}\n'.encode("cp1256")
        )
        items = read_bytes(tmp_path, "a.jsonl", data)
        assert ids(items) == ["1", "2", "3", "4"]  # the third tells how to read the second
        assert [item["text"] for item in items if isinstance(item, dict)] == ["سوريا ولبنان", "déjà vu"] * 2

    def test_reads_lines_of_utf16(self, tmp_path: Path) -> None:
        data = '{"id":1,"text":"سوريا"}\r\n{"id":2,"text":"لبنان"}'.encode("utf-16")
        assert ids(read_bytes(tmp_path, "a.jsonl", data)) == ["1", "2"]
        assert ids(read_bytes(tmp_path, "b.jsonl", data + b"\x00")) == ["1", "! b.jsonl"]

    def test_drops_a_byte_order_mark(self, tmp_path: Path) -> None:
        assert ids(read_bytes(tmp_path, "a.jsonl", codecs.BOM_UTF8 + b'{"id":1,"text":"a"}')) == ["1"]

    def test_damaged_gzip_keeps_what_was_read_before(self, tmp_path: Path) -> None:
        data = gzip.compress(
            b"".join(b'{"id":%d,"text":"%s"}\n' % (i, os.urandom(400).hex().encode()) for i in range(99))
        )
        items = read_bytes(tmp_path, "a.jsonl.gz", data[: len(data) // 2])
        assert 20 < len(items) < 80
        assert ids(items) == [*(str(i) for i in range(len(items) - 1)), "! a.jsonl.gz"]
        assert isinstance(items[-1], Problem)
        assert items[-1].reason.startswith(f"has damaged gzip data after line {len(items) - 1};")
        broken = data[:9000] + bytes(200) + data[9200:]
        items = read_bytes(tmp_path, "b.jsonl.gz", broken)
        assert ids(items)[:5] == ["0", "1", "2", "3", "4"]
        assert isinstance(items[-1], Problem)

    def test_names_what_is_not_gzip(self, tmp_path: Path) -> None:
        problem = read_problem(tmp_path, "a.jsonl.gz", b'{"id":1,"text":"a"}')
        assert problem.where == "a.jsonl.gz"
        assert problem.reason.startswith("is not whole gzip data")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_passes_over_a_line_that_is_too_long(
        self, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lines, "MAX_LINE_BYTES", 64)
        text = '{"id":1,"text":"a"}\n{"id":2,"text":"' + "a" * 200 + '"}\n{"id":3,"text":"a"}'
        assert ids(read_bytes(tmp_path, "a.jsonl", text.encode(encoding))) == ["1", "! a.jsonl:2", "3"]

    @given(st.text())
    def test_any_line_is_a_document_or_a_problem(self, line: str) -> None:
        assert isinstance(document_from_json(line, "f", 1), dict | Problem)


class TestCsv:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
    def test_the_first_row_names_the_fields(self, delimiter: str, encoding: str, tmp_path: Path) -> None:
        rows = [
            ["ID", " Title ", "text", "الكاتب"],
            ["7", "عنوان", "نص المقال", "سمير"],
            ["", "آخر", "نص", ""],
        ]
        data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
        assert read_bytes(tmp_path, "a.csv", data) == [
            {"id": "7", "title": "عنوان", "text": "نص المقال", "الكاتب": "سمير", "file": "a.csv"},
            {"id": "a.csv:3", "title": "آخر", "text": "نص", "file": "a.csv"},
        ]

    def test_cells_may_hold_separators_quotation_marks_and_lines(self, tmp_path: Path) -> None:
        data = 'text,title\n"أ, ""ب""\nج",ع\n\n,,,\nد,هـ'.encode()
        items = read_bytes(tmp_path, "a.csv", data)
        assert ids(items) == ["a.csv:2", "a.csv:6"]
        assert isinstance(items[0], dict)
        assert items[0]["text"] == 'أ, "ب"\nج'

    def test_a_long_article_fits_into_a_cell(self, tmp_path: Path) -> None:
        text = "كلمة " * 100_000
        assert read_one(tmp_path, "a.csv", f"text\n{text}\n".encode())["text"] == text

    def test_a_row_with_too_many_cells_is_named(self, tmp_path: Path) -> None:
        items = read_bytes(tmp_path, "a.csv", b"id,text\n1,a,b\n2,c,\n3")
        assert ids(items) == ["! a.csv:2", "2", "! a.csv:4"]
        assert isinstance(items[0], Problem)
        assert items[0].reason.startswith("has 3 cells for 2 columns")

    def test_an_open_quotation_mark_costs_one_row(self, tmp_path: Path) -> None:
        items = read_bytes(tmp_path, "a.csv", b'id,text\n1,a\n2,"b\n3,c\n4,d\n')
        assert ids(items) == ["1", "! a.csv:3", "3", "4"]
        assert isinstance(items[1], Problem)
        assert items[1].reason.startswith("opens a quotation mark that is never closed")

    def test_a_line_that_is_not_text_is_named_once(self, tmp_path: Path) -> None:
        data = b"id,text\n1,a\n" + "2,été\n".encode("latin-1") + b'3,"c\n4,d\n' + "5,é\n6,e".encode("latin-1")
        items = read_bytes(tmp_path, "a.csv", data)
        assert sorted(ids(items)) == ["! a.csv:3", "! a.csv:4", "! a.csv:6", "1", "4", "6"]

    def test_columns_may_be_named_in_arabic(self, tmp_path: Path) -> None:
        document = read_one(
            tmp_path, "a.csv", "الرقم;العنوان;النص;تاريخ;الكاتب\n7;سوريا;خبر;30/11/2024;مها".encode("cp1256")
        )
        assert document == {
            "id": "a.csv:2", "title": "سوريا", "text": "خبر", "الرقم": "7",
            "date": "30/11/2024", "الكاتب": "مها", "file": "a.csv",
        }  # fmt: skip

    def test_an_arabic_name_gives_way_to_the_usual_one(self, tmp_path: Path) -> None:
        document = read_one(tmp_path, "a.csv", "title,العنوان,نص\nأول,ثان,خبر".encode())
        assert (document["title"], document["العنوان"], document["text"]) == ("أول", "ثان", "خبر")

    def test_names_a_file_without_a_text_column(self, tmp_path: Path) -> None:
        problem = read_problem(tmp_path, "a.csv", b"a,b\n1,2\n")
        assert problem.reason.startswith('has no column "title" or "text"')

    def test_a_stray_carriage_return_costs_one_row(self, tmp_path: Path) -> None:
        assert ids(read_bytes(tmp_path, "a.csv", b"id,text\n1,a\rb\n2,c\n")) == ["! a.csv:2", "2"]
