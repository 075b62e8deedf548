"""A paper reaches nothing but what it was given."""

from __future__ import annotations

import http.server
import io
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pikepdf
import pytest

from portal.core.documents import engine

PASSWD = "file:///etc/passwd"
HOSTILE = (
    '<img src="{url}" alt="x">',
    '<link rel="stylesheet" href="{url}">',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">take</a>',
    '<style>@import url("{url}");</style>',
    '<style>p {{ background: url("{url}") }}</style>',
    '<style>@font-face {{ font-family: X; src: url("{url}") }} p {{ font-family: X }}</style>',
    '<p style="list-style: url({url}); content: url({url})">x</p>',
    '<object data="{url}"></object><embed src="{url}">',
    (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>x</title>'
        '<image href="{url}" width="9" height="9"/><use href="{url}#a"/></svg>'
    ),
    '<base href="{url}"><img src="passwd" alt="x">',
)


class Listener(http.server.BaseHTTPRequestHandler):
    """Notes what is asked for, and answers with a way to a local file."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        """Redirect."""
        self.asked.append(self.path)
        self.send_response(302)
        self.send_header("Location", PASSWD)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Stay silent."""


@pytest.fixture
def trap() -> Iterator[str]:
    """The address of a server on this machine that must not be asked."""
    Listener.asked.clear()
    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/secret"
    server.shutdown()
    server.server_close()
    thread.join()


def contents(pdf: bytes) -> bytes:
    """Everything in the file, unpacked."""
    unpacked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert "/EmbeddedFiles" not in opened.Root.get("/Names", {})
        opened.save(
            unpacked, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False
        )
    return unpacked.getvalue()


def page_with(snippet: str) -> str:
    return f'<html lang="en"><title>x</title><p>Hello</p>{snippet}</html>'


@pytest.mark.parametrize("snippet", HOSTILE)
def test_no_local_file_gets_into_a_paper(snippet: str) -> None:
    pdf = engine.to_pdf(page_with(snippet.format(url=PASSWD)), sheet="a4")

    first_line = Path("/etc/passwd").read_bytes().splitlines()[0]
    assert first_line not in contents(pdf)


@pytest.mark.parametrize("snippet", HOSTILE)
def test_a_paper_asks_no_server_for_anything(snippet: str, trap: str) -> None:
    pdf = engine.to_pdf(page_with(snippet.format(url=trap)), sheet="a4")

    assert Listener.asked == []
    assert b"root:" not in contents(pdf)


def test_data_addresses_are_refused_like_all_others() -> None:
    html = page_with('<link rel="attachment" href="data:text/plain,smuggled">')

    assert b"smuggled" not in contents(engine.to_pdf(html, sheet="a4")).replace(b"Hello", b"")


def test_a_named_resource_is_drawn() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
    html = page_with('<img src="paper:logo" alt="Logo">')

    with_logo = engine.to_pdf(html, sheet="a4", resources={"paper:logo": (svg, "image/svg+xml")})

    assert contents(with_logo) != contents(engine.to_pdf(html, sheet="a4"))
