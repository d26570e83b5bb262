# ruff: noqa: RUF001
import codecs
import gzip
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.indexing.documents import Problem, Source, find_sources, read_documents
from searchkit.indexing.encodings import CODE_PAGES, code_page, damaged_utf8, decode_text, utf16_of
from searchkit.indexing.lines import read_lines

ARTICLE = (
    "بدأت في العاصمة الكازاخية أستانا جولة جديدة من المباحثات، وقال مصدر مطلع إن الوفود وصلت أمس؟\n"
    "وأضاف أن المشاركين سيبحثون سبل تثبيت وقف إطلاق النار وإيصال المساعدات إلى المدنيين."
)
SHORT_ARABIC = [
    "كتاب",
    "الله",
    "من هو ابن خلدون؟",
    "متى تأسست شركة أمازون ؟",
    "ما هو مؤشر داو جونز ؟",
    "مصطفى حجازي",
    "(بِفِنَاءِ الدَّارِ)",
    "ســـوريا 2024",
    "Lavrov لافروف",
    "قال: «مرحبا» — ثم مضى…",
]

# The same kind of sentence in encodings that Windows-1256 must not be taken for.
OTHERS = {
    "latin-1": "L'été dernier, à Paris, les élèves étaient très contents. ÉCOLE ÉLÉMENTAIRE. État, Noël, Ça va.",
    "cp1252": "Die Straße führt über Köln. Ärzte öffnen Türen für Bürger. GRÖSSE ÜBER ALLES — „schöne Grüße“.",
    "cp1254": "İstanbul'da güneşli bir gün. Çocuklar şarkı söylüyor, öğretmenler ağaç dikti. IŞIK ÜLKESİ.",
    "cp1250": "Příliš žluťoučký kůň úpěl ďábelské ódy. Zażółć gęślą jaźń.",
    "cp1251": "Сегодня в Москве прошла встреча министров. Россия и Сирия подписали договор. МОСКВА.",
    "koi8-r": "Сегодня в Москве прошла встреча министров. Россия и Сирия подписали договор. МОСКВА.",
    "cp866": "Сегодня в Москве прошла встреча министров. Россия и Сирия подписали договор. МОСКВА.",
    "cp1253": "Σήμερα στην Αθήνα έγινε συνάντηση των υπουργών. Η Ελλάδα και η Κύπρος υπέγραψαν συμφωνία.",
    "cp1255": "היום בירושלים נפגשו שרי החוץ. ישראל וירדן חתמו על הסכם. שלום עולם.",
    "gbk": "今天在北京举行了外交部长会议。中国和叙利亚签署了协议。",
    "big5": "今天在台北舉行了外交部長會議。中國和敘利亞簽署了協議。",
    "shift_jis": "今日、東京で外相会談が行われました。日本とシリアは協定に署名しました。",
    "euc-kr": "오늘 서울에서 외교장관 회담이 열렸습니다. 한국과 시리아가 협정에 서명했다.",
    "cp874": "วันนี้ที่กรุงเทพมีการประชุมรัฐมนตรีต่างประเทศ สวัสดีชาวโลก",
}

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso8859-6", "mac_arabic"]
)
def test_reads_arabic_in_every_promised_encoding(encoding: str) -> None:
    assert decode_text(ARTICLE.encode(encoding)) == ARTICLE


def test_reads_utf16_of_either_byte_order() -> None:
    assert decode_text(codecs.BOM_UTF16_LE + ARTICLE.encode("utf-16-le")) == ARTICLE
    assert decode_text(codecs.BOM_UTF16_BE + ARTICLE.encode("utf-16-be")) == ARTICLE


def test_reads_arabic_of_dos() -> None:
    text = ARTICLE.replace("،", ",").replace("؟", "?")
    assert decode_text(text.encode("cp720")) == text


@pytest.mark.parametrize("page", CODE_PAGES)
def test_a_short_line_is_read_by_the_page_of_those_after_it(page: str, tmp_path: Path) -> None:
    lines = ["كتاب", "قاض", *ARTICLE.replace("،", "").replace("؟", "").split("\n")]
    (tmp_path / "a.jsonl").write_bytes("\n".join(lines).encode(page))
    assert [line.text.strip() for line in read_lines(str(tmp_path / "a.jsonl"))] == lines


@pytest.mark.parametrize("text", SHORT_ARABIC)
def test_recognises_short_arabic_in_windows_1256(text: str) -> None:
    assert decode_text(text.encode("cp1256")) == text


def test_recognises_arabic_with_french_in_windows_1256() -> None:
    text = ARTICLE + "\nDéclaration du ministère à Genève : « très bientôt »."
    assert decode_text(text.encode("cp1256")) == text


def test_escapes_of_json_do_not_count_as_letters_of_the_word() -> None:
    line = '{"id": "1", "title": "\\nمصر", "text": "\\tقال الوزير\\nأمس"}'
    assert decode_text(line.encode("cp1256")) == line


def test_finds_the_arabic_after_a_long_stretch_of_ascii() -> None:
    text = "<div class='x'></div>\n" * 20_000 + ARTICLE
    assert decode_text(text.encode("cp1256")) == text


@pytest.mark.parametrize("encoding", OTHERS)
def test_other_encodings_are_not_text(encoding: str) -> None:
    assert decode_text(OTHERS[encoding].encode(encoding)) is None


def test_a_french_line_is_read_where_windows_1256_was_recognised_before() -> None:
    line = "un café à Tunis".encode("cp1256")
    assert decode_text(line) is None
    assert decode_text(line, expected="cp1256") == "un café à Tunis"


def test_a_broken_byte_does_not_turn_utf8_into_windows_1256() -> None:
    data = ARTICLE.encode()
    for cut in (1, 57, len(data) // 2, len(data) - 1):
        assert decode_text(data[:cut] + b"\xff" + data[cut:]) is None
    assert decode_text(data[:-2] + data[-2:-1].replace(b"\x86", b"") + b"\xd9") is None


@pytest.mark.parametrize(
    "data",
    [
        PNG,
        b"text\0text",
        bytes(range(1, 32)) * 4,
        gzip.compress(ARTICLE.encode()),
    ],
    ids=["png", "nul", "controls", "gzip"],
)
def test_binary_is_not_text(data: bytes) -> None:
    assert decode_text(data) is None


def test_utf32_is_not_taken_for_utf16() -> None:
    assert decode_text(ARTICLE.encode("utf-32")) is None


def test_half_a_utf16_character_is_not_text() -> None:
    assert utf16_of(ARTICLE.encode("utf-16")) == "utf-16"
    assert decode_text(ARTICLE.encode("utf-16")[:-1]) is None


def test_random_bytes_are_not_arabic() -> None:
    source = random.Random(1)  # noqa: S311
    taken = [code_page(bytes(source.choices(range(0xA1, 256), k=40))) for _ in range(500)]
    assert not any(taken)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode_text(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary())
def test_decoding_never_fails(data: bytes) -> None:
    text = decode_text(data)
    assert text is None or "\0" not in text


def test_utf8_that_was_cut_off_or_has_a_few_wrong_bytes_is_still_read() -> None:
    data = ARTICLE.encode()
    assert damaged_utf8(data[:-2]) == (ARTICLE[:-2] + "\ufffd", 1)
    assert damaged_utf8(data[:40] + b"\xff" + data[40:]) is not None
    assert damaged_utf8(data[:-2] + b"\0") is None


@pytest.mark.parametrize("page", [*CODE_PAGES, *OTHERS])
def test_no_code_page_is_taken_for_damaged_utf8(page: str) -> None:
    assert damaged_utf8(OTHERS.get(page, ARTICLE).encode(page, "ignore")) is None


def test_a_text_with_wrong_bytes_is_indexed_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "cut.txt"
    path.write_bytes(ARTICLE.encode()[:-2])
    (source,) = find_sources([str(path)], base=str(tmp_path))
    assert isinstance(source, Source)
    note, document = read_documents(source)
    assert note == Problem(
        "cut.txt", "has bytes that are no UTF-8, in so many places: 1; the rest is read", harmless=True
    )
    assert isinstance(document, dict)
    assert document["title"] == ARTICLE.partition("\n")[0]
