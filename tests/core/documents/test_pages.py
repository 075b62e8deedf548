"""Opening a paper, and checking one without signing in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from portal.core import files, jobs
from portal.core.db import db
from portal.core.documents import issue, register_kind
from portal.core.documents.codes import ALPHABET, new_code, normalised
from portal.core.documents.kinds import KINDS
from portal.core.documents.models import Document
from portal.core.documents.operations import require_file
from tests.core.documents import demo
from tests.core.documents.printing import add_templates
from tests.factories import people
from tests.page import PageClient


@pytest.fixture(autouse=True)
def letters(app: Flask) -> Iterator[None]:
    """Registers a kind that only the account that issued it may open."""
    add_templates(app)
    register_kind("test_letter", "Test letter", lambda viewer, row: viewer.id == row.issued_by)
    yield
    del KINDS["test_letter"]


class Paper:
    """An issued letter, with what tests need of it outside the session."""

    def __init__(self, app: Flask, *, ready: bool = True) -> None:
        with app.app_context():
            by, stranger = people.account(), people.account(roles=["hr"])
            document = issue(
                "demo_letter",
                demo.TURKISH,
                kind="test_letter",
                subject=people.person(),
                locale="tr",
                by=by,
            )
            db.session.commit()
            self.owner, self.stranger = by.id, stranger.id
            self.id, self.code, self.issuer = document.id, document.verify_code, document.issuer
            self.url = f"/documents/{document.id}"
        if ready:
            jobs.run_pending(app)
            with app.app_context():
                document = db.session.get_one(Document, self.id)
                self.pdf, self.sha256 = files.read(require_file(document)), document.sha256 or ""


@pytest.fixture
def paper(app: Flask, isolated: None) -> Paper:
    return Paper(app)


def test_its_reader_opens_and_downloads_it(client: PageClient, paper: Paper) -> None:
    reader = client.as_(paper.owner)

    page = reader.get(paper.url)
    shown = reader.http.get(f"{paper.url}/file")
    taken = reader.http.get(f"{paper.url}/file?download=1")

    assert page.h1 == "Test letter"
    assert shown.data == taken.data == paper.pdf
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert taken.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("path", ["", "/file"])
def test_others_are_kept_out_whatever_their_role(
    client: PageClient, paper: Paper, path: str
) -> None:
    assert client.as_(paper.stranger).get(paper.url + path).status == 403
    assert "/sign-in" in client.get(paper.url + path).location


def test_a_paper_of_a_kind_nobody_registered_opens_for_nobody(
    client: PageClient, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(KINDS, "test_letter")

    assert client.as_(paper.owner).get(paper.url).status == 403
    monkeypatch.undo()


def test_until_it_is_ready_the_page_asks_again_by_itself(app: Flask, client: PageClient) -> None:
    paper = Paper(app, ready=False)
    reader = client.as_(paper.owner)

    page = reader.get(paper.url)
    part = reader.get(paper.url, headers={"HX-Request": "true"})

    assert "http-equiv" in page.html
    assert f'hx-get="{paper.url}"' in page.html
    assert "<html" not in part.html
    assert reader.get(f"{paper.url}/file").status == 404

    jobs.run_pending(app)
    again = reader.http.get(paper.url, headers={"HX-Request": "true"})
    assert again.headers["HX-Redirect"] == paper.url


def test_only_a_failed_paper_is_tried_again(client: PageClient, paper: Paper) -> None:
    assert client.as_(paper.owner).post(f"{paper.url}/retry").status == 403


def test_anyone_can_check_a_paper_and_learns_no_name(client: PageClient, paper: Paper) -> None:
    page = client.get(f"/verify/{paper.code}")

    assert page.status == 200
    assert paper.issuer in page.h1
    assert "Test letter" in page.text
    assert paper.sha256[:12] in page.text
    assert paper.sha256 not in page.html
    for secret in ("Çağlayan", "Şükrü", "31.500", "Temsilci", "Elif", demo.TURKISH.title):
        assert secret not in page.html


@pytest.mark.parametrize("spoil", [str.lower, lambda code: code.replace("-", " ")])
def test_a_code_may_be_typed_as_people_type(client: PageClient, paper: Paper, spoil: Any) -> None:
    page = client.get("/verify", query_string={"code": spoil(paper.code)})

    assert page.location.endswith(f"/verify/{paper.code}")


def test_without_a_code_the_page_asks_for_one(client: PageClient) -> None:
    assert client.get("/verify").status == 200
    assert "code" in client.get("/verify?code=").html


@pytest.mark.parametrize(
    "code", ["RDRY-1AEA-34TN-ZM5C-YHZX-F1RF", "x", "%00", "é" * 50, "../../etc"]
)
def test_a_code_of_nobody_is_said_to_be_ours_by_no_means(
    client: PageClient, paper: Paper, code: str
) -> None:
    page = client.get(f"/verify/{code}")

    assert page.status == 404
    assert paper.issuer not in page.h1


def test_the_very_file_is_recognised_and_a_changed_one_is_not(
    client: PageClient, paper: Paper
) -> None:
    url = f"/verify/{paper.code}"

    same = client.post(url, {"pdf": (io.BytesIO(paper.pdf), "letter.pdf")})
    changed = client.post(url, {"pdf": (io.BytesIO(paper.pdf + b" "), "letter.pdf")})
    nothing = client.post(url, {})

    assert "exactly the file" in same.text
    assert "differs" in changed.text
    assert "exactly" not in nothing.text
    assert nothing.status == 422


def test_codes_read_well_and_survive_misreading() -> None:
    code = new_code()

    assert set(code) <= set(ALPHABET) | {"-"}
    assert normalised(code) == code
    assert normalised(code.lower().replace("0", "o").replace("1", "ı")) == code
    assert normalised("".join(chr(ord(c) + 0xFEE0) for c in code)) == code
    assert normalised(code[:-1]) is None
