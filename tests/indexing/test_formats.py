"""Word, OpenDocument, EPUB, PDF and zip files, made here in a few lines each."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from searchkit.indexing import containers, zip_files
from searchkit.indexing.documents import Document, Problem, find_sources, read_documents
from searchkit.indexing.encodings import NOT_TEXT
from searchkit.indexing.fields import iso_date
from searchkit.indexing.metadata import mended, sane_fields

TITLE = "درس في المدرسة"
LINES = ["يَكْتُبُ الوَلَدُ الدَّرْسَ في المَدْرَسَةِ.", "وقال لافروف إن 12 وفدا وصلوا إلى العاصمة."]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = '<c xmlns:dc="d" xmlns:t="t"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><t:created>{}</t:created></c>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def docx(body: str, core: str = "") -> bytes:
    parts: dict[str, str | bytes] = {
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    }
    return zipped({**parts, **({"docProps/core.xml": core} if core else {})})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def epub(chapters: list[str]) -> bytes:
    items = "".join(f'<item id="c{i}" href="c%20{i}.xhtml" media-type="x/html"/>' for i in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    package = (
        '<package xmlns="o" xmlns:dc="d"><metadata><dc:title>كتاب</dc:title><dc:creator>مؤلف</dc:creator>'
        "<dc:date>2019-05-01T00:00:00Z</dc:date><dc:language>ar</dc:language></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    return zipped({
        "META-INF/container.xml": '<container xmlns="x"><rootfile full-path="O/b.opf"/></container>',
        "O/b.opf": package,
        **{f"O/c {i}.xhtml": text for i, text in enumerate(chapters)},
    })  # fmt: skip


def pdf(lines: list[str], info: str = "") -> bytes:
    """A PDF that draws each line's letters from left to right as they are given, told apart by a ToUnicode map."""
    letters = sorted(set("".join(lines)))
    codes = {letter: number for number, letter in enumerate(letters, 1)}
    rows = "".join(f"<{codes[letter]:04x}> <{letter.encode('utf-16-be').hex()}>\n" for letter in letters)
    cmap = "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange "
    cmap += f"{len(letters)} beginbfchar\n{rows}endbfchar endcmap"
    draw = "".join(
        f"BT /F 12 Tf 1 0 0 1 50 {700 - 20 * at} Tm <{''.join(f'{codes[letter]:04x}' for letter in line)}> Tj ET\n"
        for at, line in enumerate(lines)
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(draw)}>>stream\n{draw}\nendstream",
        "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>/DW 500>>",
        f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
        f"<<{info}>>",
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R/Info 8 0 R>>"
    return data + f"{end}\nstartxref\n{len(data)}\n%%EOF".encode()


def read(folder: Path, name: str, data: bytes) -> list[Document | Problem]:
    (folder / name).write_bytes(data)
    (source,) = find_sources([folder / name], base=str(folder))
    assert not isinstance(source, Problem)
    return list(read_documents(source))


def read_one(folder: Path, name: str, data: bytes) -> Any:
    (item,) = read(folder, name, data)
    return item


class TestWord:
    def test_paragraphs_are_lines_and_properties_are_fields(self, tmp_path: Path) -> None:
        body = (
            paragraph(LINES[0])
            + f"<w:tbl><w:tr><w:tc>{paragraph('خلية')}</w:tc><w:tc>{paragraph('أخرى')}</w:tc></w:tr></w:tbl>"
        )
        data = docx(body, CORE.format(TITLE, "كاتبة", "2024-03-01T10:00:00Z"))
        assert read_one(tmp_path, "a.docx", data) == {
            "id": "a.docx", "title": TITLE, "text": f"{LINES[0]}\nخلية\nأخرى",
            "author": "كاتبة", "date": "2024-03-01", "file": "a.docx",
        }  # fmt: skip

    def test_the_first_line_is_the_title_where_the_property_says_nothing(self, tmp_path: Path) -> None:
        data = docx(paragraph(TITLE) + paragraph(LINES[0]), CORE.format("Document1", "user", "soon"))
        assert read_one(tmp_path, "a.docx", data) == {
            "id": "a.docx",
            "title": TITLE,
            "text": LINES[0],
            "file": "a.docx",
        }

    def test_words_in_several_runs_are_whole_and_what_was_deleted_is_gone(self, tmp_path: Path) -> None:
        body = (
            "<w:p><w:r><w:t>مدر</w:t></w:r><w:r><w:t>سة</w:t><w:tab/><w:t>كبيرة</w:t></w:r>"
            "<w:del><w:r><w:delText>قديم</w:delText></w:r></w:del>"
            "<AlternateContent><Choice><w:r><w:t> صورة</w:t></w:r></Choice>"
            "<Fallback><w:r><w:t> صورة</w:t></w:r></Fallback></AlternateContent></w:p>"
        )
        assert read_one(tmp_path, "a.docx", docx(body))["text"] == "مدرسة كبيرة صورة"

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"PK\x03\x04 broken", "is damaged"),
            (zipped({"other.xml": "<a/>"}), "is damaged"),
            (zipped({"word/document.xml": "<a><b></a>"}), "is damaged"),
            (docx("<w:p/>"), "has no text"),
            (b"\xd0\xcf\x11\xe0" + bytes(500), "is protected by a password"),
        ],
    )
    def test_what_cannot_be_read_is_named(self, tmp_path: Path, data: bytes, reason: str) -> None:
        problem = read_one(tmp_path, "a.docx", data)
        assert (problem.where, problem.reason[: len(reason)], "; " in problem.reason) == ("a.docx", reason, True)

    def test_entities_that_grow_without_end_are_refused(self, tmp_path: Path) -> None:
        grow = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
        bomb = f'<!DOCTYPE d [<!ENTITY e0 "{"ا" * 100}">{grow}]><d><t>&e11;</t></d>'
        assert read_one(tmp_path, "a.docx", zipped({"word/document.xml": bomb})).reason.startswith("is damaged")

    def test_a_part_that_unpacks_to_too_much_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(containers, "MAX_PART_BYTES", 1000)
        data = docx(paragraph("كلمة " * 1000))
        assert read_one(tmp_path, "a.docx", data).reason.startswith("unpacks to more than")


def test_opendocument_is_read(tmp_path: Path) -> None:
    content = (
        '<o xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><text:h>رأس</text:h>'
        "<text:p>يَكْتُبُ <text:span>الوَلَدُ</text:span> الدَّرْسَ<text:line-break/>وسطر<text:s/>آخر</text:p></o>"
    )
    meta = "<m><title>عنوان</title><initial-creator>مؤلف</initial-creator>"
    meta += "<creation-date>2020-01-02T03:04:05</creation-date></m>"
    document = read_one(tmp_path, "a.odt", zipped({"content.xml": content, "meta.xml": meta}))
    assert (document["title"], document["author"], document["date"]) == ("عنوان", "مؤلف", "2020-01-02")
    assert document["text"] == "رأس\nيَكْتُبُ الوَلَدُ الدَّرْسَ\nوسطر آخر"


class TestEpub:
    def test_chapters_follow_each_other_in_the_order_of_the_spine(self, tmp_path: Path) -> None:
        data = epub([f"<html><body><h1>{i}</h1><p>{line}</p></body></html>" for i, line in enumerate(LINES)])
        document = read_one(tmp_path, "a.epub", data)
        assert {name: document[name] for name in ("title", "author", "date", "lang")} == {
            "title": "كتاب", "author": "مؤلف", "date": "2019-05-01", "lang": "ar",
        }  # fmt: skip
        assert LINES[0] in document["text"]
        assert document["text"].endswith(LINES[1])

    def test_a_chapter_that_is_encrypted_is_named(self, tmp_path: Path) -> None:
        data = zipfile.ZipFile(io.BytesIO(epub(["x"])))
        parts: dict[str, str | bytes] = {name: data.read(name) for name in data.namelist()}
        parts["O/c 0.xhtml"] = bytes(range(256)) * 10
        assert read_one(tmp_path, "a.epub", zipped(parts)).reason.startswith("has chapters that are encrypted")


class TestZip:
    def test_files_are_read_as_if_they_lay_in_a_folder(self, tmp_path: Path) -> None:
        inner = zipped({"c.jsonl": '{"text": "ثالث"}\n'})
        names = {
            "a.txt": LINES[0],
            "d/b.md": "# رأس\nنص",
            "in.zip": inner,
            "x.png": b"\x89",
            "__MACOSX/a.txt": "x",
            ".h.txt": "x",
        }
        found = [item["id"] for item in read(tmp_path, "z.zip", zipped(names)) if isinstance(item, dict)]
        assert found == ["z.zip/a.txt", "z.zip/d/b.md", "z.zip/in.zip/c.jsonl:1"]

    @pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "cp720"])
    def test_names_in_any_encoding_are_read(self, tmp_path: Path, encoding: str) -> None:
        name = "تقرير عن المدارس والعاصمة الجديدة.txt"
        data = zipped({"N" * len(name.encode(encoding)): LINES[0]})
        document = read_one(tmp_path, "z.zip", data.replace(b"N" * len(name.encode(encoding)), name.encode(encoding)))
        assert document["id"] == f"z.zip/{name}"

    def test_names_cannot_leave_the_zip_file(self, tmp_path: Path) -> None:
        document = read_one(tmp_path, "z.zip", zipped({"../../etc/a.txt": LINES[0]}))
        assert document["id"] == "z.zip/etc/a.txt"

    def test_a_bad_member_is_named_and_the_others_are_read(self, tmp_path: Path) -> None:
        items = read(tmp_path, "z.zip", zipped({"a.txt": b"\x00\x01" * 50, "b.txt": LINES[0], "c.zip": b"no zip"}))
        assert [item.where if isinstance(item, Problem) else item["id"] for item in items] == [
            "z.zip/a.txt", "z.zip/b.txt", "z.zip/c.zip",
        ]  # fmt: skip
        assert items[0] == Problem("z.zip/a.txt", NOT_TEXT)

    def test_a_member_with_a_password_is_named(self, tmp_path: Path) -> None:
        data = bytearray(zipped({"a.txt": LINES[0]}))
        data[6] |= 1
        data[data.index(b"PK\x01\x02") + 8] |= 1
        assert read_one(tmp_path, "z.zip", bytes(data)).reason.startswith("is protected by a password")

    def test_bombs_are_bounded(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(zip_files, "MAX_BYTES", 5000)
        monkeypatch.setattr(zip_files, "MAX_MEMBER_BYTES", 2000)
        items = read(tmp_path, "z.zip", zipped({f"{i}.txt": "ا" * (5000 if i == 1 else 500) for i in range(9)}))
        assert isinstance(items[0], dict)
        assert [item.reason[:21] for item in items if isinstance(item, Problem)] == ["unpacks to more than "] * 2
        assert sum(isinstance(item, dict) for item in items) < 5

    def test_zip_files_in_zip_files_end_somewhere(self, tmp_path: Path) -> None:
        data = zipped({"a.txt": LINES[0]})
        for _ in range(6):
            data = zipped({"z.zip": data})
        assert read_one(tmp_path, "z.zip", data).reason.startswith("lies too deep")

    def test_zip_files_in_messages_in_zip_files_end_somewhere(self, tmp_path: Path) -> None:
        data = zipped({"a.txt": LINES[0]})
        for _ in range(3):
            message = EmailMessage()
            message.add_attachment(data, maintype="application", subtype="zip", filename="z.zip")
            data = zipped({"m.eml": bytes(message)})
        problems = [item.reason for item in read(tmp_path, "z.zip", data) if isinstance(item, Problem)]
        assert problems[-1].startswith("lies too deep")

    def test_a_zip_file_that_is_cut_off_is_named(self, tmp_path: Path) -> None:
        assert read_one(tmp_path, "z.zip", zipped({"a.txt": LINES[0]})[:-10]).reason.startswith("is no whole zip file")


class TestPdf:
    @pytest.fixture(autouse=True)
    def needs_pypdf(self) -> None:
        pytest.importorskip("pypdf", reason="the extra searchkit[files] is not installed")

    def test_a_line_drawn_from_the_left_is_read_from_the_right(self, tmp_path: Path) -> None:
        seen = [TITLE[::-1], LINES[0][::-1], ".ةمصاعلا ىلإ اولصو ادفو 12 نإ فورفال لاقو"]
        document = read_one(tmp_path, "a.pdf", pdf(seen))
        assert (document["title"], document["text"]) == (TITLE, "\n".join(LINES))

    def test_shapes_become_letters(self, tmp_path: Path) -> None:
        document = read_one(tmp_path, "a.pdf", pdf(["ﺎﻳﺭﻮﺳ ﻲﻓ ﻡﻼﺴﻟﺍ"]))
        assert document["text"] == "السلام في سوريا"

    def test_letters_stored_in_the_wrong_order_are_turned_round_with_a_note(self, tmp_path: Path) -> None:
        text = "قالت الوزيرة في المدرسة الجديدة إن الدراسة في العاصمة بدأت في الساعة العاشرة 12 مرة"
        note, document = read(tmp_path, "a.pdf", pdf([text]))
        assert note == Problem("a.pdf", "had its letters in visual order; they were turned round", harmless=True)
        assert isinstance(document, dict)
        assert document["text"] == text

    def test_properties_are_fields(self, tmp_path: Path) -> None:
        title = (b"\xfe\xff" + TITLE.encode("utf-16-be")).hex()
        info = f"/Title<{title}>/Author(Microsoft Word)/CreationDate(D:20210304050607Z)"
        document = read_one(tmp_path, "a.pdf", pdf([LINES[0][::-1]], info))
        assert (document["title"], document["date"], "author" in document) == (TITLE, "2021-03-04", False)

    @pytest.mark.parametrize("data", [b"%PDF-1.4\n%%EOF", b"nothing", b"%PDF-1.4\n" + bytes(range(256)) * 9])
    def test_damage_is_named(self, tmp_path: Path, data: bytes) -> None:
        assert read_one(tmp_path, "a.pdf", data).reason.startswith("is damaged")

    def test_a_pdf_of_pictures_is_named(self, tmp_path: Path) -> None:
        assert "OCR" in read_one(tmp_path, "a.pdf", pdf([" "])).reason

    def test_one_with_a_password_is_named(self, tmp_path: Path) -> None:
        import pypdf

        writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([TITLE])))
        writer.encrypt("secret", algorithm="RC4-128")
        buffer = io.BytesIO()
        writer.write(buffer)
        assert read_one(tmp_path, "a.pdf", buffer.getvalue()).reason.startswith("is protected by a password")


def test_without_the_library_a_pdf_is_named_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    problem = read_one(tmp_path, "a.pdf", b"%PDF-1.4")
    assert problem == Problem("a.pdf", "cannot be read without pypdf; pip install 'searchkit[files]'", kind=".pdf")


def test_gzipped_texts_and_tables_are_read(tmp_path: Path) -> None:
    assert read_one(tmp_path, "a.txt.gz", gzip.compress(f"{TITLE}\n{LINES[0]}".encode()))["title"] == TITLE
    table = gzip.compress(f'title\ttext\n{TITLE}\tقال "نعم, لا"\n'.encode())
    assert read_one(tmp_path, "a.tsv.gz", table)["text"] == 'قال "نعم, لا"'
    assert read_one(tmp_path, "b.txt.gz", gzip.compress(b"x" * 500)[:-9]).reason.startswith("is not whole gzip")
    assert read_one(tmp_path, "c.txt.gz", zlib.compress(b"x")).reason.startswith("is not whole gzip")


def test_a_tsv_has_tabs_whatever_else_its_header_has(tmp_path: Path) -> None:
    found = read_one(tmp_path, "a.tsv", "text\ta,b,c\nنص\tx,y\n".encode())
    assert (found["text"], found["a,b,c"]) == ("نص", "x,y")


def test_text_in_visual_order_is_turned_round_with_a_note(tmp_path: Path) -> None:
    text = "قالت الوزيرة في المدرسة الجديدة إن الدراسة في العاصمة بدأت في الساعة 12 (العاشرة)."
    seen = ".(ةرشاعلا) 12 ةعاسلا يف تأدب ةمصاعلا يف ةساردلا نإ ةديدجلا ةسردملا يف ةريزولا تلاق"
    note, document = read(tmp_path, "a.txt", seen.encode())
    assert isinstance(note, Problem)
    assert note.harmless
    assert isinstance(document, dict)
    assert document["text"] == text


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-11-30", "2024-11-30"), ("2024-11-30T10:00:00+03:00", "2024-11-30"), ("30/11/2024", "2024-11-30"),
        ("٣٠/١١/٢٠٢٤", "2024-11-30"), ("D:20241130101010", "2024-11-30"), ("2024-11", "2024-11"), ("2024", ""),
        ("2024-13-01", ""), ("yesterday", ""), ("", ""), ("2024-02-31", ""),
    ],
)  # fmt: skip
def test_dates_are_iso(text: str, date: str) -> None:
    assert iso_date(text) == date


def test_a_title_in_the_wrong_code_page_is_mended() -> None:
    assert mended("وزارة الخارجية".encode("cp1256").decode("cp1252")) == "وزارة الخارجية"
    assert mended("Café à Genève") == "Café à Genève"


@pytest.mark.parametrize("title", ["Microsoft Word - a.doc", "untitled", "report.pdf", "مستند1", "---"])
def test_titles_that_programs_make_up_are_dropped(title: str) -> None:
    assert sane_fields({"title": title}) == {}


def test_a_file_of_an_old_format_is_told_to_be_one_and_not_to_be_saved_as_utf8(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert isinstance(problem, Problem)
    assert problem.reason == "is protected by a password or of an old format; save it in the present format without"
