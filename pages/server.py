"""What the browser gets around Streamlit: a German document, our own files, and no way out of the house.

Streamlit has no translations, hard-codes ``<html lang="en">`` and sets no security headers. Instead of
patching its files, this module replaces the one HTML document it serves and adds a few headers and routes.
"""

import gc
import logging
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from pages.memory import give_back

TITLE = "Jobcenter-Vergleich"
ASSETS = Path(__file__).parent / "assets"

# A folder named "pages" puts Streamlit into its old multipage mode until st.navigation has run once: whoever
# opened a deep link first after a start got the bare page file, without app.py around it. No setting helps.
PagesManager.uses_pages_directory = False

HEADERS = {
    "content-security-policy": "; ".join(
        [
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",  # Streamlit and Plotly write styles from JavaScript
            "img-src 'self' data: blob:",  # downloads of a chart as PNG pass through a blob
            "font-src 'self' data:",  # the icons of the table grid
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        ]
    ),
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
"""Sent with every answer. No outside host is named, so the browser itself refuses to talk to one."""


def german_document() -> bytes:
    """Return Streamlit's start document in German, with our title, font, style and script instead of its own.

    The script must come before Streamlit's own ones: Plotly reads its locales when it is loaded.
    """
    html = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    for pattern, replacement in {
        r'<html lang="en">': '<html lang="de">',
        r"<title>.*?</title>": f"<title>{TITLE}</title>",
        r'href="\./favicon\.png"': 'href="./assets/favicon.png"',
        r'href="\./static/media/SourceSans[^"]*"': 'href="./assets/FiraSans-Regular.woff2"',
        r"<!--.*?-->": "",
        r'<link rel="service-desc"[^>]*>': '<link rel="stylesheet" href="./assets/style.css" />',
        r"<script>.*?</script>": '<script src="./assets/german.js"></script>',
        r"<noscript>.*?</noscript>": "<noscript>Diese Seite braucht JavaScript.</noscript>",
    }.items():
        html = re.sub(pattern, replacement, html, flags=re.DOTALL)
    return html.strip().encode()


def german_script() -> str:
    """Return the script that makes Plotly and Streamlit's own words German, with both dictionaries inside, and accessible.

    It also tells Streamlit where its server is; on /vergleich it would first ask /vergleich/_stcore.
    """
    locale, translations, translate, mend = (
        (ASSETS / name).read_text(encoding="utf-8")
        for name in ("plotly-locale-de.json", "translations.json", "translate.js", "accessible.js")
    )
    return "\n".join(
        [
            'window.__streamlit = { BACKEND_BASE_URL: new URL("..", document.currentScript.src).href };',
            f"window.PlotlyLocales = [{locale}];",
            f"({translate})({translations});",
            f"({mend})();",
        ]
    )


class GermanDocument:
    """Replace Streamlit's HTML document by the German one and send our headers with every answer.

    Streamlit answers every unknown path with its document, because pages live in the browser; hence a
    middleware and not a route. Its ETag goes too: it would keep our old document alive in the browser.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.document = german_document()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        replaced = False

        async def send_german(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update({name: value for name, value in HEADERS.items() if name not in headers})
                replaced = message["status"] == 200 and _is_page(scope["path"], headers)
                if replaced:
                    for name in ("etag", "last-modified", "accept-ranges", "content-encoding"):
                        del headers[name]
                    headers["content-length"] = str(len(self.document))
            elif message["type"] == "http.response.body" and replaced:
                if message.get("more_body"):
                    return
                message = {**message, "body": b"" if scope["method"] == "HEAD" else self.document}
            await send(message)

        await self.app(scope, receive, send_german if scope["type"] == "http" else send)


def _is_page(path: str, headers: MutableHeaders) -> bool:
    is_html = headers.get("content-type", "").startswith("text/html")
    return is_html and not path.startswith(("/component/", "/_stcore/", "/media/", "/praesentation/"))


def say_sorry(error: Exception) -> bool:
    """Show an unforeseen error in German; the details go to the log only, as they may name data."""
    logging.getLogger(__name__).error("Unerwarteter Fehler beim Aufbau einer Seite", exc_info=error)
    st.error(
        "Unerwarteter Fehler: Diese Ansicht konnte nicht aufgebaut werden. Die Daten sind unverändert. "
        "Bitte laden Sie die Seite neu; bleibt der Fehler, melden Sie ihn der Betreuung."
    )
    return True


def _healthz(_: Request) -> Response:
    return PlainTextResponse("ok")


def _german_script(_: Request) -> Response:
    return Response(german_script(), media_type="text/javascript")


def _start_page(request: Request) -> Response:
    """Lead to the start page, which Streamlit serves at the root only; the choices of the link go along."""
    return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/")


def _presentation(request: Request) -> Response:
    """Return the presentation made of a Mappe. What may run in it the file says itself; its own scripts are its only ones."""
    from warehouse.mappen import MappeError, presentation_of
    from warehouse.snapshots import warehouse_folder

    try:
        content = presentation_of(warehouse_folder(), request.path_params["mappe"])
    except MappeError as error:
        return PlainTextResponse(str(error), status_code=404)
    headers = {"content-security-policy": "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
               "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
               "cache-control": "no-store"}  # fmt: skip
    return HTMLResponse(content, headers=headers)


ROUTES: list[BaseRoute] = [
    Route("/praesentation/{mappe}", _presentation),
    Route("/ueberblick", _start_page),
    Route("/healthz", _healthz),
    Route("/assets/german.js", _german_script),
    Mount("/assets", StaticFiles(directory=ASSETS)),
]
MIDDLEWARE = [Middleware(GZipMiddleware, minimum_size=1000, compresslevel=1), Middleware(GermanDocument)]


@asynccontextmanager
async def warm_start(_: object) -> AsyncIterator[None]:
    """Import what the first page needs while its reader's browser is still fetching the frame around it."""
    give_back()
    _answer_at_once()
    Thread(target=_import_pages, daemon=True).start()
    yield


def _answer_at_once() -> None:
    """Send what is written without waiting for more: switch off Nagle's algorithm for all connections to come.

    asyncio does so itself, but only on a socket that was opened naming TCP, and Streamlit's was not. With it every small
    file waits 40 ms for the browser to acknowledge its headers, and the first page asks for a hundred of them.
    """
    for found in gc.get_objects():  # Streamlit hands its socket to nobody
        if isinstance(found, socket.socket) and found.type == socket.SOCK_STREAM and found.fileno() >= 0:
            with suppress(OSError):  # not a socket of the internet
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _import_pages() -> None:
    import pages.components.show  # noqa: F401
    from warehouse.catalog import CatalogError, load_catalog

    with suppress(CatalogError):  # told on the page
        load_catalog()
