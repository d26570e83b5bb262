"""Messages, rich text, workbooks, slides, subtitles and whole files of JSON, made here in a few lines each."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from searchkit.indexing.documents import Document, Problem, find_sources, read_documents

TITLE = "درس في المدرسة"
LINES = "يكتب الولد الدرس في المدرسة.\nوقال لافروف إن 12 وفدا وصلوا إلى العاصمة."


def read(folder: Path, name: str, data: bytes | str) -> list[Document | Problem]:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return [
        item
        for found in find_sources([str(path)], base=str(folder))
        for item in ([found] if isinstance(found, Problem) else read_documents(found))
    ]


def read_one(folder: Path, name: str, data: bytes | str) -> Document:
    (document,) = read(folder, name, data)
    assert isinstance(document, dict), document
    return document


def zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def mail(body: str = LINES, **headers: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    for name, value in headers.items():
        message["From" if name == "sender" else name.capitalize()] = value
    message.set_content(body)
    return message


class TestMessages:
    def test_subject_sender_and_date_are_fields(self, tmp_path: Path) -> None:
        message = mail(subject=TITLE, sender="محمد علي <m@example.org>", date="Sat, 30 Nov 2024 10:00:00 +0300")
        assert read_one(tmp_path, "a.eml", bytes(message)) == {
            "id": "a.eml", "title": TITLE, "text": LINES, "author": "محمد علي", "date": "2024-11-30T10:00:00+03:00",
            "file": "a.eml",
        }  # fmt: skip

    def test_a_page_is_read_where_there_is_no_plain_text(self, tmp_path: Path) -> None:
        message = EmailMessage(policy=SMTP)
        message["Subject"] = TITLE
        message.set_content("<p>خبر <b>عاجل</b></p><script>x()</script>", subtype="html")
        assert read_one(tmp_path, "a.eml", bytes(message))["text"] == "خبر عاجل"

    def test_attached_files_are_documents_of_their_own(self, tmp_path: Path) -> None:
        message = mail(subject=TITLE)
        message.add_attachment("تقرير\nأول".encode(), maintype="text", subtype="plain", filename="../تقرير.txt")
        message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
        message.add_attachment(mail("نص آخر", subject="رسالة أخرى"), filename="other.eml")
        found = read(tmp_path, "a.eml", bytes(message))
        assert [item["id"] for item in found if isinstance(item, dict)] == [
            "a.eml", "a.eml/تقرير.txt", "a.eml/other.eml",
        ]  # fmt: skip

    def test_headers_may_have_letters_as_they_are_and_names_with_commas(self, tmp_path: Path) -> None:
        for encoding in ("utf-8", "cp1256"):
            data = f"Subject: {TITLE}\nFrom: محمد علي <m@example.org>\n\nx".encode(encoding)
            document = read_one(tmp_path, "a.eml", data)
            assert (document["title"], document["author"]) == (TITLE, "محمد علي")
        name = "=?utf-8?b?2LnZhNmK2Iwg2YXYrdmF2K8=?="  # علي، محمد
        assert (
            read_one(tmp_path, "a.eml", f'Subject: a\nFrom: {name} <m@x>, "B, C" <b@x>\n\nx')["author"]
            == "علي، محمد, B, C"
        )

    @pytest.mark.parametrize(
        "data",
        [
            b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nx",
            b"Subject: a\nFrom: " + b"(" * 100_000 + b"\n\nx",
            b"Subject: a\nFrom: " + b"a <b@c>, " * 20_000 + b"\n\nx",
            b"Subject: a\nContent-Type: text/plain; " + b"a=b;" * 100_000 + b"\n\nx",
            b"Subject: x\n"
            + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)),
        ],
        ids=["words", "comment", "addresses", "parameters", "nested"],
    )
    def test_headers_made_to_take_long_do_not(self, tmp_path: Path, data: bytes) -> None:
        started = time.process_time()
        (item,) = read(tmp_path, "a.eml", data)
        assert time.process_time() - started < 5
        assert isinstance(item, Problem) or len(item["title"]) < 10_000

    @pytest.mark.parametrize("charset", ["windows-1256", "utf-8", "x-unknown", "us-ascii"])
    def test_the_text_tells_its_encoding_whatever_is_declared(self, tmp_path: Path, charset: str) -> None:
        head = f"Subject: a\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        for encoding in ("windows-1256", "utf-8"):
            assert read_one(tmp_path, "a.eml", head.encode() + LINES.encode(encoding))["text"] == LINES

    def test_what_is_no_message_is_named(self, tmp_path: Path) -> None:
        (problem,) = read(tmp_path, "a.eml", b"\x00\x01\x02" * 100)
        assert isinstance(problem, Problem)


class TestRichText:
    @pytest.mark.parametrize(
        "data",
        [
            # By number, as WordPad and Cocoa write it; by bytes of the code page, as Word does.
            r"{\rtf1\ansi\uc1 " + "".join(f"\\u{ord(letter)}?" for letter in "أهلا") + r" \u-10179?\u-8704?\par x}",
            r"{\rtf1\ansi\ansicpg1252\uc0 "
            + "".join(f"\\u{ord(letter)}" for letter in "أهلا")
            + "  \\u-10179\\u-8704\\par x}",
        ],
    )
    def test_letters_are_given_by_number(self, tmp_path: Path, data: str) -> None:
        assert read_one(tmp_path, "a.rtf", data)["title"] == "أهلا \N{GRINNING FACE}"

    @pytest.mark.parametrize(
        ("skipped", "text"), [("", "\\u1587?abc"), ("\\uc2", "\\u1587??abc"), ("\\uc-1", "\\u1587 abc")]
    )
    def test_only_what_stands_for_a_letter_is_skipped(self, tmp_path: Path, skipped: str, text: str) -> None:
        assert read_one(tmp_path, "a.rtf", rf"{{\rtf1{skipped} {text}\par x}}")["title"] == "سabc"

    def test_letters_are_given_by_bytes_of_a_code_page_that_need_not_be_declared(self, tmp_path: Path) -> None:
        text = "".join(f"\\'{byte:02x}" if byte > 127 else chr(byte) for byte in LINES.encode("cp1256"))
        data = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset178 Arial;}}\rtlpar{\rtlch\af1 " + text + r"\par}}"
        assert read_one(tmp_path, "a.rtf", data.replace("\n", "\\par\r\n"))["text"] == LINES.partition("\n")[2]

    def test_what_it_says_of_itself_are_fields_and_the_rest_of_its_head_is_no_text(self, tmp_path: Path) -> None:
        data = (
            r"{\rtf1{\info{\title \u1587?\u1585?}{\author Ali}{\creatim\yr2024\mo11\dy3\hr9}{\revtim\yr2025\mo1\dy1}}"
            r"{\*\generator Riched20 10;}{\stylesheet{\s1 heading;}}{\pict\pngblip 89504e47}\pard one\tab two\line"
            "\r\n{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt three}}\\{4\\}}"
        )
        assert read_one(tmp_path, "a.rtf", data) == {
            "id": "a.rtf", "title": "سر", "text": "one two\nthree{4}", "author": "Ali", "date": "2024-11-03",
            "file": "a.rtf",
        }  # fmt: skip

    def test_what_is_no_rtf_is_named(self, tmp_path: Path) -> None:
        (problem,) = read(tmp_path, "a.rtf", "نص")
        assert isinstance(problem, Problem)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(*sheets: str, strings: tuple[str, ...] = ()) -> bytes:
    names = "".join(f'<sheet name="ورقة {n}" sheetId="{n}" r:id="r{n}"/>' for n in range(len(sheets)))
    targets = "".join(f'<Relationship Id="r{n}" Target="worksheets/s{n}.xml"/>' for n in range(len(sheets)))
    shared = "".join(f"<si><r><t>{text}</t></r></si>" for text in strings)
    return zipped({
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="p">{targets}</Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
        **{f"xl/worksheets/s{n}.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
           for n, rows in enumerate(sheets)},
    })  # fmt: skip


class TestWorkbooks:
    def test_a_row_is_a_document_where_the_first_names_the_fields(self, tmp_path: Path) -> None:
        rows = (
            '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="s"><v>2</v></c></row>'
            '<row r="3"><c r="A3" t="inlineStr"><is><t>سوريا</t></is></c><c r="B3"><v>45626</v></c>'
            '<c r="C3" t="e"><v>#N/A</v></c><c r="D3" t="str"><v>خبر</v></c></row>'
        )
        data = workbook(rows, strings=("العنوان", "التاريخ", "نص"))
        assert read_one(tmp_path, "a.xlsx", data) == {
            "id": "a.xlsx:3", "title": "سوريا", "text": "خبر", "date": "2024-11-30", "file": "a.xlsx",
        }  # fmt: skip

    def test_any_other_sheets_are_one_document(self, tmp_path: Path) -> None:
        data = workbook(
            "<row><c><v>1.5</v></c><c><v>7.0</v></c><c t='str'><v>سوريا</v></c></row>",
            "<row><c t='str'><v>حلب 2.0</v></c></row>",
        )
        document = read_one(tmp_path, "a.xlsx", data)
        assert (document["title"], document["text"]) == ("1.5 7 سوريا", "حلب 2.0")

    @pytest.mark.parametrize("reference", ["ZZZZZZZZ1", "XFE1"])
    def test_a_cell_far_out_costs_nothing(self, tmp_path: Path, reference: str) -> None:
        (problem,) = read(tmp_path, "a.xlsx", workbook(f'<row r="1"><c r="{reference}"><v>1</v></c></row>'))
        assert isinstance(problem, Problem)


def test_a_sheet_that_is_named_a_thousand_times_is_read_once_and_wide_rows_take_no_room(tmp_path: Path) -> None:
    row = '<row><c r="XFD1"><v>1</v></c></row>'
    parts = zipfile.ZipFile(io.BytesIO(workbook(row * 2000)))
    told = {name: parts.read(name).decode() for name in parts.namelist()}
    told["xl/workbook.xml"] = re.sub("<sheet .*/>", lambda sheet: sheet[0] * 1000, told["xl/workbook.xml"])
    started = time.process_time()
    assert read_one(tmp_path, "a.xlsx", zipped(told))["text"].count("1") == 1999  # and the title
    assert time.process_time() - started < 5


def test_slides_are_read_in_their_order(tmp_path: Path) -> None:
    slide = '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>'
    data = zipped(
        {f"ppt/slides/slide{n}.xml": slide.format(text) for n, text in ((10, "ثالثا"), (2, "ثانيا"), (1, "أولا"))}
    )
    document = read_one(tmp_path, "a.pptx", data)
    assert (document["title"], document["text"]) == ("أولا", "ثانيا\nثالثا")


@pytest.mark.parametrize("suffix", [".odp", ".ods"])
def test_open_slides_and_sheets_are_read_as_texts_are(tmp_path: Path, suffix: str) -> None:
    content = '<o xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><t:p>أولا</t:p><t:p>ثانيا</t:p></o>'
    document = read_one(tmp_path, "a" + suffix, zipped({"content.xml": content}))
    assert (document["title"], document["text"]) == ("أولا", "ثانيا")


SRT = """\
1
00:00:01,000 --> 00:00:02,500
- <i>أهلا</i>

2
00:00:03,000 --> 00:00:04,000
{\\an8}1990
وداعا
"""
VTT = """\
WEBVTT - x
Kind: captions

NOTE x

1
00:01.000 --> 00:02.500 align:start
- <v Ali>أهلا</v>

00:03.000 --> 00:04.000
1990
<00:03.500><c>وداعا</c>"""


@pytest.mark.parametrize(("name", "data"), [("a.srt", SRT), ("b.srt", SRT.replace("\n", "\r\n")), ("a.vtt", VTT)])
def test_subtitles_are_what_is_said(tmp_path: Path, name: str, data: str) -> None:
    document = read_one(tmp_path, name, data)
    assert (document["title"], document["text"]) == ("- أهلا", "1990\nوداعا")


class TestJson:
    @pytest.mark.parametrize("data", ['[{"id":1,"text":"أ"},\n{"text":"ب"}]', '{"id":1,"text":"أ"}\n{"text":"ب"}\n'])
    def test_an_array_or_lines(self, tmp_path: Path, data: str) -> None:
        assert [(item["id"], item["text"]) for item in read(tmp_path, "a.json", data) if isinstance(item, dict)] == [
            ("1", "أ"), ("a.json:2", "ب"),
        ]  # fmt: skip

    @pytest.mark.parametrize("data", ['{"title":"ت","text":"أ"}', '{\n "title": "ت",\n "text": "أ"\n}\n'])
    def test_one_object(self, tmp_path: Path, data: str) -> None:
        assert read_one(tmp_path, "a.json", data) == {"id": "a.json", "title": "ت", "text": "أ", "file": "a.json"}

    @pytest.mark.parametrize("data", ["[", '{\n"text":', "[1]", "7", "[]", "[" * 100_000, "\ufeff"])
    def test_anything_else_is_one_problem(self, tmp_path: Path, data: str) -> None:
        (problem,) = read(tmp_path, "a.json", data)
        assert isinstance(problem, Problem)


SAMPLES: dict[str, Any] = {
    ".eml": bytes(mail(subject=TITLE, sender="a <b@c>", date="Sat, 30 Nov 2024 10:00:00 +0000")),
    ".rtf": rb"{\rtf1\ansi{\info{\title a}{\creatim\yr2024\mo13}}\uc2\u1587??\'c7\'e1\bin3 \par{\*\x}}",
    ".xlsx": workbook(
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>', strings=("text",)
    ),
    ".srt": "1\n00:00:01,000 --> 00:00:02,500\nأهلا".encode(),
    ".json": '[{"text":"أ"}]'.encode(),
}


@pytest.mark.parametrize("suffix", SAMPLES)
def test_damage_is_named_and_never_raised(tmp_path: Path, suffix: str) -> None:
    chance = random.Random(7)  # noqa: S311
    for _ in range(150):
        data = bytearray(SAMPLES[suffix])
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 3)] = bytes(
                chance.choices(b"\0\xff{}\\'<>:=\r\n-0 a", k=chance.randint(0, 3))
            )
        for item in read(tmp_path, "a" + suffix, bytes(data)):
            assert isinstance(item, Problem) or (item["title"] + item["text"]).encode()
