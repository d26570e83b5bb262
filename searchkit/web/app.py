"""The search page and its JSON, over HTTP."""

from __future__ import annotations

import json
import socket
import sys
from typing import TYPE_CHECKING

from searchkit.backends import connect
from searchkit.config import LIMIT
from searchkit.errors import InputError, QueryError, QuerySyntaxError, SearchkitError
from searchkit.messages import translate
from searchkit.query import UP_TO
from searchkit.search.render import json_text
from searchkit.search.render_quote import json_text as quote_json
from searchkit.web.page import POLICY, document_page, message_page, results_page, start_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    from searchkit.backends import Backend
    from searchkit.search import Results

HOST = "127.0.0.1"
PORT = 8000

_MAX_LIMIT = 1000
_MAX_OFFSET = 100_000
_MAX_PORT = 65535
_LOCAL = ("127.0.0.1", "localhost", "::1", "[::1]")
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Vary": "Accept",
}


def serve(directory: str, host: str = HOST, port: int = PORT) -> None:
    """Answer over HTTP until interrupted.

    Args:
        directory: the index's folder.
        host: the address to listen at; from another machine only one of this machine's other addresses is reached.
        port: the port, 0 for any that is free.

    Raises:
        InputError: the packages of ``searchkit[web]`` are missing, or nothing can listen there.
        IndexMissingError: there is no index.
        IndexFormatError: the index is damaged or of another version.
    """
    try:
        import uvicorn
    except ImportError as error:
        raise _missing(error) from None
    app = application(connect(directory), host)
    listener = _listen(host, port)
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listener.getsockname()[1]}/"
    print(translate(f"{address} searches {directory}; Ctrl-C stops"), file=sys.stderr, flush=True)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off")
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    finally:
        listener.close()


def application(backend: Backend, host: str = HOST) -> Starlette:
    """Return the ASGI application.

    Args:
        backend: what answers.
        host: where it will listen. On this machine only, it answers to this machine's names only, so that no page
            from elsewhere can reach it under a name of its own (DNS rebinding).

    Raises:
        InputError: starlette is missing.
    """
    try:
        from starlette.applications import Starlette
        from starlette.middleware import Middleware
        from starlette.middleware.trustedhost import TrustedHostMiddleware
        from starlette.routing import Route
    except ImportError as error:
        raise _missing(error) from None
    views = _Views(backend)
    return Starlette(
        routes=[
            Route("/", _guarded(views.page), methods=["GET"]),
            Route("/search", _guarded(views.search), methods=["GET"]),
            Route("/quote", _guarded(views.quote), methods=["GET"]),
            Route("/document", _guarded(views.document), methods=["GET"]),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=_LOCAL)] if host in _LOCAL else [],
    )


def _missing(error: ImportError) -> InputError:
    return InputError(f"{error.name}: not installed; run pip install 'searchkit[web]'")


class _Views:
    """What is answered at each address; every method runs in a thread of its own."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def page(self, request: Request) -> Response:
        query = request.query_params.get("q", "")
        asked = query.strip() or request.query_params.get("similar")
        if not asked:
            return _html(start_page())
        given = dict(request.query_params)
        return _html(results_page(self._results(request, query), given, _limit(given.get("limit", str(LIMIT)))))

    def search(self, request: Request) -> Response:
        return _json(json_text(self._results(request, request.query_params.get("q", ""))))

    def quote(self, request: Request) -> Response:
        limit = _limit(request.query_params.get("limit", str(LIMIT)))
        self._backend.refresh()
        return _json(quote_json(self._backend.find_quote(request.query_params.get("q", ""), limit)))

    def document(self, request: Request) -> Response:
        key = request.query_params.get("id", "")
        if not key:
            raise InputError("id: missing; say which document, as in /document?id=1")
        self._backend.refresh()
        document = self._backend.document(key)
        if document is None:
            return _problem(request, f"{key}: no document with this id; search for it", 404)
        return (
            _html(document_page(document)) if _wants_page(request) else _json(json.dumps(document, ensure_ascii=False))
        )

    def _results(self, request: Request, query: str) -> Results:
        given = request.query_params
        limit = _limit(given.get("limit", str(LIMIT)))
        self._backend.refresh()
        similar = given.get("similar")
        if similar is not None:
            return self._backend.similar(similar, limit)
        return self._backend.search(
            query,
            limit=limit,
            offset=_number("offset", given.get("offset", "0"), _MAX_OFFSET),
            level=_choice("level", given.get("level"), tuple(UP_TO)),
            operator=_choice("operator", given.get("operator"), ("any", "all")) or "any",
            collapse=_choice("collapse", given.get("collapse"), ("0", "1")) == "1",
            fallback=_choice("fallback", given.get("fallback"), ("0", "1")) != "0",
            filter=given.get("filter") or None,
            sort=given.get("sort") or None,
            facets=[name for name in given.get("facets", "").split(",") if name],
        )


def _guarded(view: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """Return a view that answers errors instead of raising them."""

    def answer(request: Request) -> Response:
        try:
            return view(request)
        except QuerySyntaxError as error:
            return _problem(request, str(error), 400, start=error.start, end=error.end)
        except (InputError, QueryError) as error:
            return _problem(request, str(error), 400)
        except SearchkitError as error:
            return _problem(request, str(error), 503)

    return answer


def _problem(request: Request, message: str, status: int, **place: int) -> Response:
    if _wants_page(request):
        return _html(message_page(request.query_params.get("q", ""), message), status)
    return _json(json.dumps({"error": message, **place}, ensure_ascii=False), status)


def _wants_page(request: Request) -> bool:
    """Tell whether a person asks, not a program: for the page, or with a browser for a document."""
    path = request.scope["path"]
    return path == "/" or (path == "/document" and "text/html" in request.headers.get("accept", ""))


def _html(text: str, status: int = 200) -> Response:
    from starlette.responses import HTMLResponse

    return HTMLResponse(text.encode("utf-8", "replace"), status, _HEADERS)


def _json(text: str, status: int = 200) -> Response:
    from starlette.responses import Response

    return Response(text.encode("utf-8", "replace"), status, _HEADERS, media_type="application/json")


def _limit(text: str) -> int:
    return _number("limit", text, _MAX_LIMIT)


def _number(name: str, text: str, most: int) -> int:
    if not text.isdecimal() or len(text) > len(str(most)) or int(text) > most:
        raise InputError(f"{name} {text[:20]!r}: not usable; give a number from 0 to {most}")
    return int(text)


def _choice(name: str, text: str | None, choices: tuple[str, ...]) -> str | None:
    if text is not None and text not in choices:
        raise InputError(f"{name} {text[:20]!r}: not usable; give {' or '.join(choices)}")
    return text


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= _MAX_PORT:
        raise InputError(f"port {port}: there is none; choose one up to {_MAX_PORT}")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        reason = str(getattr(error, "strerror", None) or error).partition(" (")[0]
        raise InputError(f"{host}:{port}: {reason}; choose another --host or --port") from None
