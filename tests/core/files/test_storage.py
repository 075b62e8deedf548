"""Keeping bytes: in a folder, in a bucket, and sending them back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.http import parse_options_header

from portal.core.files import FileMissing, StoredFile, open_store, read, respond, store
from portal.core.files.responses import disposition
from portal.core.files.storage import place_of, stream

pytestmark = pytest.mark.usefixtures("db_session")


def stored(
    data: bytes = b"hello", name: str = "a.txt", media_type: str = "text/plain"
) -> StoredFile:
    return store(data, name=name, media_type=media_type)


def test_what_is_stored_can_be_read() -> None:
    file = stored(b"\x00\xff" * 1000, "../x\u202e.bin")
    assert read(file) == b"\x00\xff" * 1000
    assert (file.name, file.size, len(file.key)) == ("x.bin", 2000, 32)
    assert b"".join(stream(file)) == read(file)


def test_names_in_the_store_cannot_be_guessed() -> None:
    assert stored().key != stored().key


def test_a_missing_file_is_an_error_of_its_own() -> None:
    file = stored()
    files, path = place_of(file.key)
    files.rm_file(path)
    with pytest.raises(FileMissing):
        read(file)
    with pytest.raises(FileMissing):
        stream(file)


def test_changed_bytes_are_not_handed_out() -> None:
    file = stored()
    files, path = place_of(file.key)
    files.pipe_file(path, b"other")
    with pytest.raises(FileMissing):
        read(file)


@pytest.mark.parametrize(("url", "options"), [("file:///tmp/x", "not json"), ("nowhere://x", "{}")])
def test_wrong_settings_show_at_the_start(url: str, options: str) -> None:
    other = Flask("other")
    other.config.update(FILES_URL=url, FILES_OPTIONS=options)
    with pytest.raises(ValueError):
        open_store(other)


def test_a_download_is_a_closed_box(app: Flask) -> None:
    file = stored(b"<script>", "a.html", "text/html")
    with app.test_request_context():
        response = respond(file, inline=True)
    headers = response.headers
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"].startswith("private")
    assert headers["Content-Length"] == "8"
    assert response.get_data() == b"<script>"


def test_a_pdf_may_be_shown_in_a_frame_of_ours(app: Flask) -> None:
    with app.test_request_context():
        headers = respond(stored(b"%PDF-", "a.pdf", "application/pdf"), inline=True).headers
    assert headers["Content-Disposition"] == 'inline; filename="a.pdf"'
    assert headers["X-Frame-Options"] == "SAMEORIGIN"


def test_an_unchanged_file_is_not_sent_again(app: Flask) -> None:
    file = stored()
    with app.test_request_context(headers={"If-None-Match": f'"{file.sha256}"'}):
        assert respond(file).status_code == 304


@pytest.mark.parametrize(
    "name", ["Özgeçmiş.pdf", "履歴書.pdf", '"; filename="x.exe', "a;b,c.txt", "🎉.png", "100%.txt"]
)
def test_every_name_survives_the_header(name: str) -> None:
    header = disposition(name)
    assert header.isascii()
    assert "\n" not in header
    kind, options = parse_options_header(header)
    assert kind == "attachment"
    assert options["filename"] == name


@pytest.fixture
def bucket(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The store in a bucket of moto's S3 server, for the time of a test."""
    import boto3
    from moto.server import ThreadedMotoServer

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client = boto3.client("s3", endpoint_url=address)
    client.create_bucket(Bucket="portal")
    before = app.extensions.pop("file_store", None)
    monkeypatch.setitem(app.config, "FILES_URL", "s3://portal/files")
    options = {"key": "test", "secret": "test", "client_kwargs": {"endpoint_url": address}}
    monkeypatch.setitem(app.config, "FILES_OPTIONS", json.dumps(options))
    open_store(app)
    try:
        yield client
    finally:
        app.extensions.pop("file_store")
        if before:
            app.extensions["file_store"] = before
        client.close()
        server.stop()


@pytest.mark.s3
@pytest.mark.filterwarnings("default")
def test_a_bucket_keeps_files_as_a_folder_does(app: Flask, bucket: Any) -> None:
    data = b"x" * 600_000
    file = stored(data, "large.bin", "application/octet-stream")
    listed = bucket.list_objects_v2(Bucket="portal")["Contents"]
    assert [item["Key"] for item in listed] == [f"files/{file.key[:2]}/{file.key}"]
    assert read(file) == data
    assert b"".join(stream(file)) == data
    bucket.delete_object(Bucket="portal", Key=listed[0]["Key"])
    app.extensions["file_store"][0].invalidate_cache()
    with pytest.raises(FileMissing):
        read(file)
