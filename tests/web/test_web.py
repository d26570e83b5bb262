"""The search page and its JSON."""

import asyncio
import json
import re
import socket
import sys
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

import searchkit
from searchkit.errors import InputError
from searchkit.web import application, serve

pytest.importorskip("starlette", reason="searchkit[web] is not installed")
pytest.importorskip("uvicorn", reason="searchkit[web] is not installed")

EVIL = '<script>alert("1")</script>'

PAGE_ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "form", "input", "button", "main", "script"),
    *("article", "h2", "a", "p", "mark"),
}


class Elements(HTMLParser):
    """Collects the elements and attributes of a page."""

    def __init__(self):
        super().__init__()
        self.names = []
        self.attributes = []

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.attributes += [name for name, _ in attrs]


class Answer:
    def __init__(self, messages):
        start, *bodies = messages
        self.status = start["status"]
        self.headers = {name.decode(): value.decode() for name, value in start["headers"]}
        self.text = b"".join(body.get("body", b"") for body in bodies).decode()

    def json(self):
        assert self.headers["content-type"] == "application/json"
        return json.loads(self.text)


def ask(app, path, *, accept="*/*", host="127.0.0.1:8000", method="GET", query=None, **parameters):
    """Call an ASGI application as a server would."""
    if query is None:
        query = "&".join(f"{name}={quote(value)}" for name, value in parameters.items())
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "root_path": "",
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 1),
        "headers": [(b"host", host.encode()), (b"accept", accept.encode())],
    }
    messages = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        messages.append(message)

    asyncio.run(app(scope, receive, send))
    return Answer(messages)


@pytest.fixture
def directory(tmp_path):
    with searchkit.create(str(tmp_path)) as writer:
        writer.add(id="1", title="سفينة في الميناء", text="رست سفينة صباحا & نزل البحارة", year=1950)
        writer.add(id=EVIL, title=f"عنقاء {EVIL}", text=f"طائر {EVIL} \ud800", file="<b>.txt", note=EVIL)
    return str(tmp_path)


@pytest.fixture
def app(directory):
    return application(searchkit.open(directory))


def test_search_answers_json(app):
    answer = ask(app, "/search", q="سفينة")
    assert answer.status == 200
    value = answer.json()
    assert value["query"] == "سفينة"
    assert value["total"] == 1
    assert value["hits"][0]["id"] == "1"
    assert value["hits"][0]["fields"] == {"year": 1950}


def test_limit_is_obeyed(app):
    value = ask(app, "/search", q="سفينة OR عنقاء", limit="1").json()
    assert (value["total"], len(value["hits"])) == (2, 1)


def test_options_of_search_are_parameters(app):
    value = ask(app, "/search", q="سفينة عنقاء", sort="-year", facets="year:1900/2000", operator="any").json()
    assert [hit["id"] for hit in value["hits"]] == ["1", EVIL]
    assert value["facets"]["year:1900/2000"]
    assert ask(app, "/search", q="سفينة عنقاء", filter="year:1950").json()["total"] == 1
    assert ask(app, "/search", q="سفينة عنقاء", operator="all", fallback="0").json()["total"] == 0
    assert ask(app, "/search", q="سفينة عنقاء", offset="1").json()["hits"][0]["rank"] == 2
    assert ask(app, "/search", q="السفن", level="surface").json()["total"] == 0


def test_the_page_links_to_the_hits_before_and_after_with_the_same_options(app):
    first = ask(app, "/", q="سفينة عنقاء", limit="1", sort="-year").text
    (after,) = re.findall(r'href="/\?([^"]*)" rel="next"', first)
    assert 'rel="prev"' not in first
    second = ask(app, "/", query=after.replace("&amp;", "&")).text
    (before,) = re.findall(r'href="/\?([^"]*)" rel="prev"', second)
    assert 'rel="next"' not in second
    assert re.findall("<h2.*?</h2>", second) != re.findall("<h2.*?</h2>", first)
    again = ask(app, "/", query=before.replace("&amp;", "&")).text
    assert re.findall("<h2.*?</h2>", again) == re.findall("<h2.*?</h2>", first)
    assert 'rel="' not in ask(app, "/", q="سفينة").text
    assert EVIL not in ask(app, "/", q="سفينة عنقاء", limit="1", x=EVIL).text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("offset", "x"), ("level", "roots"), ("operator", "und"), ("collapse", "2"), ("fallback", ""), ("sort", "nope"),
        ("facets", "nope"), ("filter", "nope:سفينة"),
    ],
)  # fmt: skip
def test_an_option_that_cannot_be_used_is_an_error(app, name, value):
    answer = ask(app, "/search", q="سفينة", **{name: value})
    assert answer.status == 400
    assert (value or name).split(":")[0] in answer.json()["error"]


@pytest.mark.parametrize("limit", ["-1", "x", "1.5", "1001", "9" * 5000, "²"])
def test_a_limit_that_is_none_is_an_error(app, limit):
    answer = ask(app, "/search", q="سفينة", limit=limit)
    assert answer.status == 400
    assert answer.json()["error"].startswith("limit")


@pytest.mark.parametrize(
    ("query", "has_place"), [("", False), ("   ", False), ("س" * 20_000, False), ("(مفتوح", True), ("(", True)]
)
def test_a_query_that_cannot_be_answered_is_a_json_error(app, query, has_place):
    answer = ask(app, "/search", q=query, accept="text/html")
    assert answer.status == 400
    assert ("start" in answer.json()) is has_place
    assert "\n" not in answer.json()["error"]


def test_the_page_works_without_scripts(app):
    answer = ask(app, "/", q="سفينة")
    assert answer.status == 200
    assert 'dir="rtl"' in answer.text
    assert 'value="سفينة"' in answer.text
    assert "رست <mark>سفينة</mark> صباحا &amp; نزل" in answer.text
    assert 'href="/document?id=1"' in answer.text


def test_the_page_without_a_query_has_only_the_form(app):
    answer = ask(app, "/")
    assert answer.status == 200
    assert "<form" in answer.text
    assert "<article" not in answer.text


def test_an_error_is_shown_on_the_page(app):
    answer = ask(app, "/", q="(مفتوح")
    assert answer.status == 400
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(
    "query",
    [EVIL, f'"{EVIL}"', '"><img src=x onerror=alert(1)>', "{main}", f"عنقاء {EVIL}", "'\"<>&", "</title><b>", "<b>:x"],
)
def test_nothing_of_query_or_document_is_markup(app, query):
    for answer in (
        ask(app, "/", q=query),
        ask(app, "/document", id=EVIL, accept="text/html"),
        ask(app, "/document", id=query, accept="text/html", q=query),
    ):
        assert answer.headers["content-type"].startswith("text/html")
        page = Elements()
        page.feed(answer.text)
        assert set(page.names) <= PAGE_ELEMENTS
        assert all(page.names.count(name) == 1 for name in ("html", "head", "body", "title", "main", "script", "style"))
        assert not [name for name in page.attributes if name.startswith("on") or name in ("src", "style")]


def test_a_browser_may_load_and_run_only_what_the_page_holds(app):
    policy = ask(app, "/", q="x").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"(src|href)=.?(https?:)?//", ask(app, "/").text)


def test_a_document_is_json_for_programs_and_a_page_for_people(app):
    value = ask(app, "/document", id="1").json()
    assert value == {"id": "1", "title": "سفينة في الميناء", "text": "رست سفينة صباحا & نزل البحارة", "year": 1950}
    page = ask(app, "/document", id="1", accept="text/html,*/*")
    assert "<h2" in page.text
    assert "year: 1950" in page.text


def test_a_document_that_is_not_there_is_404(app):
    assert ask(app, "/document", id="9").status == 404
    assert ask(app, "/document", id="9").json()["error"].startswith("9: no document")
    assert ask(app, "/document").status == 400


def test_text_that_is_not_unicode_is_replaced(app):
    assert ask(app, "/search", q="عنقاء").json()["total"] == 1
    assert ask(app, "/", q="عنقاء").status == 200
    assert ask(app, "/search", query="q=%FF%FE").status == 200


def test_an_index_rewritten_underneath_is_seen(app, directory):
    with searchkit.create(directory) as writer:
        writer.add(id="2", title="جبل", text="")
    assert ask(app, "/search", q="جبل").json()["total"] == 1


def test_an_index_that_is_gone_is_an_error_in_json(app, tmp_path):
    for path in tmp_path.glob("searchkit_*.json"):
        path.unlink()
    answer = ask(app, "/search", q="سفينة")
    assert answer.status == 503
    assert "no index here" in answer.json()["error"]


def test_only_reading_is_allowed(app):
    assert ask(app, "/search", q="سفينة", method="POST").status == 405
    assert ask(app, "/../etc/passwd").status == 404


def test_another_name_for_this_machine_is_refused(app, directory):
    assert ask(app, "/search", q="سفينة", host="evil.example").status == 400
    assert ask(app, "/search", q="سفينة", host="localhost:80").status == 200
    public = application(searchkit.open(directory), "0.0.0.0")  # noqa: S104 - not listened at
    assert ask(public, "/search", q="سفينة", host="name.example").status == 200


def test_a_port_that_cannot_be_had_is_an_error_in_one_line(directory):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=rf"^127.0.0.1:{port}: .*; choose another --host or --port$"):
            serve(directory, port=port)
    with pytest.raises(InputError, match=r"^port 70000: there is none"):
        serve(directory, port=70000)
    with pytest.raises(InputError, match=r"choose another --host"):
        serve(directory, "203.0.113.1", port=0)
    with pytest.raises(InputError, match=r"choose another --host"):
        serve(directory, "a" * 300, port=0)


def test_without_an_index_nothing_is_served(tmp_path):
    with pytest.raises(searchkit.IndexMissingError):
        serve(str(tmp_path / "none"))


@pytest.mark.parametrize("name", ["uvicorn", "starlette.applications"])
def test_missing_packages_are_named_with_the_remedy(directory, monkeypatch, name):
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(InputError, match=r"not installed; run pip install 'searchkit\[web\]'"):
        serve(directory)


def test_documents_like_one_and_quotations_are_answered(tmp_path):
    with searchkit.create(str(tmp_path / "index")) as writer:
        writer.add(id="1", title="معرض الكتاب", text="افتتح الوزير معرض الكتاب في القاهرة بحضور الناشرين")
        writer.add(id="2", title="الناشرون", text="حضر الناشرون معرض الكتاب في القاهرة")
    app = application(searchkit.open(str(tmp_path / "index")))
    assert [hit["id"] for hit in ask(app, "/search", similar="1").json()["hits"]] == ["2"]
    assert "الناشرون" in ask(app, "/", similar="1").text
    assert ask(app, "/search", similar="3").status == 400
    (hit,) = ask(app, "/quote", q="افتتح الوزير معارض الكتاب في القاهره").json()["hits"]
    assert (hit["id"], hit["differences"][0]["stands"]) == ("1", "معرض")
    assert ask(app, "/quote", q="؟").status == 400
