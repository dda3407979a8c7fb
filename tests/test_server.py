"""What surrounds Streamlit: the German document, headers, our own files, and the dictionary."""

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from pages.server import ASSETS, HEADERS, MIDDLEWARE, ROUTES, german_document, warm_start
from tests.ask import ask

REPOSITORY = Path(__file__).parents[1]
CONFIG = tomllib.loads((REPOSITORY / ".streamlit/config.toml").read_text(encoding="utf-8"))
TRANSLATIONS = json.loads((ASSETS / "translations.json").read_text(encoding="utf-8"))


def english(_: Request) -> Response:
    """Stand in for Streamlit, which answers every unknown path with English HTML."""
    return HTMLResponse('<html lang="en">', headers={"etag": "english"})


APP = Starlette(routes=[*ROUTES, Route("/{path:path}", english)], middleware=MIDDLEWARE)


def test_document_is_german_and_has_no_inline_script() -> None:
    html = german_document().decode()
    assert html.startswith("<!DOCTYPE html>")
    assert '<html lang="de">' in html
    assert "<title>Jobcenter-Vergleich</title>" in html
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert html.index("./assets/german.js") < html.index("./static/js/index.")
    for leftover in ("Streamlit</title>", "SourceSans", "You need to enable", "<!--"):
        assert leftover not in html


@pytest.mark.parametrize("path", ["/", "/vergleich", "/vergleich?jobcenter=halle"])
def test_every_address_of_a_page_answers_with_the_german_document(path: str) -> None:
    answer = ask(APP, path)
    assert answer.content == german_document()
    assert "etag" not in answer.headers
    assert ask(APP, path, "HEAD").content == b""


def test_html_of_components_is_left_alone() -> None:
    assert ask(APP, "/component/x.html").text == '<html lang="en">'


@pytest.mark.parametrize("path", ["/", "/healthz", "/assets/german.js", "/nirgends"])
def test_every_answer_carries_the_headers(path: str) -> None:
    answer = ask(APP, path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_content_security_policy_names_no_host_and_no_eval() -> None:
    policy = HEADERS["content-security-policy"]
    assert "://" not in policy
    assert "*" not in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self';" in policy


def test_health_answers_ok() -> None:
    assert ask(APP, "/healthz").text == "ok"


def test_the_name_of_the_start_page_leads_to_it_with_the_choices_of_the_link() -> None:
    answer = ask(APP, "/ueberblick?genannt=2+Jobcentern")
    assert answer.headers["location"] == "/?genannt=2+Jobcentern"


def test_script_carries_both_dictionaries_compressed() -> None:
    answer = ask(APP, "/assets/german.js", accept_encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "Donnerstag" in answer.text
    assert "Als CSV herunterladen" in answer.text


def test_fonts_of_the_theme_are_served_from_our_own_route() -> None:
    faces = CONFIG["theme"]["fontFaces"]
    assert {face["weight"] for face in faces} == {400, 500, 600}
    for face in faces:
        answer = ask(APP, face["url"])
        assert answer.content[:4] == b"wOF2"
        assert answer.headers["content-type"] == "font/woff2"


def test_configuration_makes_no_connection_to_the_outside() -> None:
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["server"]["enableStaticServing"] is False
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["runner"]["magicEnabled"] is False
    assert "http" not in json.dumps(CONFIG)


def test_dictionary_says_everything_in_other_words_and_no_answer_is_translated_again() -> None:
    texts, patterns = TRANSLATIONS["texts"], TRANSLATIONS["patterns"]
    assert [english for english, german in texts.items() if english == german] == []
    assert set(texts.values()) & set(texts) == set()
    again = [german for german in texts.values() for pattern in patterns if re.fullmatch(pattern, german)]
    assert again == []


@pytest.mark.parametrize(
    ("english", "german"), [("123.0B", "123 Byte"), ("8.9KB", "8,9 KB"), ("1.5MB", "1,5 MB"), ("1.5", None)]
)
def test_sizes_of_files_are_german(english: str, german: str | None) -> None:
    found = {
        re.sub(pattern, told.replace("$", "\\"), english)
        for pattern, told in TRANSLATIONS["patterns"].items()
        if re.fullmatch(pattern, english)
    }
    assert found == ({german} if german else set())


def test_patterns_use_only_groups_that_exist() -> None:
    for pattern, german in TRANSLATIONS["patterns"].items():
        used = {int(number) for number in re.findall(r"\$(\d)", german)}
        assert used <= set(range(1, re.compile(pattern).groups + 1)), pattern


def test_a_server_that_is_open_answers_without_waiting_for_more_to_send() -> None:
    async def start() -> None:
        async with warm_start(None):
            pass

    with socket.socket() as server:  # opened as Streamlit opens it: TCP is not named
        server.bind(("127.0.0.1", 0))
        server.listen()
        asyncio.run(start())
        with socket.create_connection(server.getsockname()) as _, server.accept()[0] as connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_page_with_a_table_does_not_import_pandas(warehouse: Path) -> None:
    """The first page would wait for it; nothing here needs it."""
    script = """
import sys
import polars as pl
from pages.components.show import twin
twin(pl.DataFrame({"Jobcenter": ["Halle (Saale)"], "Wert": [1.5]}), title="t", notes={}, key="k")
print("pandas" in sys.modules)
"""
    command = [sys.executable, "-W", "ignore", "-c", script]
    environment = {**os.environ, "JOBCENTER_WAREHOUSE": str(warehouse)}
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"
