"""The page client: fetches pages as an account and inspects the HTML of each."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import lxml.html
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from portal.accounts.models import Account
from portal.core.db import db


class FreshClient(FlaskClient):
    """Gives every request an app context of its own: a shared one would leak who is signed in."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        if has_app_context():
            db.session.expire_all()
        return response


class Page:
    """A fetched page: its response, its tree, and what tests ask of both."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.location = response.headers.get("Location", "")
        self.html = response.get_data(as_text=True) if "html" in (response.mimetype or "") else ""
        self.tree: HtmlElement = lxml.html.fromstring(self.html or "<html><body></body></html>")

    @property
    def text(self) -> str:
        """The visible text, white space folded."""
        return re.sub(r"\s+", " ", self.tree.text_content()).strip()

    @property
    def h1(self) -> str:
        return re.sub(
            r"\s+", " ", self.tree.findtext(".//h1") or self.tree.find(".//h1").text_content()
        ).strip()

    def fields(self, action: str | None = None) -> dict[str, str]:
        """The names and present values of a form (the first, or the one posting to ``action``)."""
        form = self.form(action)
        return {key: value or "" for key, value in form.form_values()}

    def form(self, action: str | None = None) -> Any:
        """The first form of the main part, or the one whose action ends with ``action``."""
        main = self.tree.find(".//main")
        for form in (self.tree if main is None else main).iter("form"):
            if form.method.upper() != "POST":
                continue
            if action is None or (form.action or "").split("?")[0].endswith(action):
                return form
        message = f"no form for {action}"
        raise AssertionError(message)


class PageClient:
    """``as_(account)`` signs in; ``get`` and ``post`` return pages; each HTML page is inspected."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.http: FlaskClient = FreshClient(app, app.response_class, use_cookies=True)

    def as_(self, account: Account | int | None) -> PageClient:
        """A client of its own for this account, by a real session row; ``None`` for a stranger."""
        from portal.accounts.operations import open_session

        fresh = PageClient(self.app)
        if account is None:
            return fresh
        key = account if isinstance(account, int) else account.id
        with self.app.app_context():
            token = open_session(
                db.session.get_one(Account, key), address="127.0.0.1", browser="test"
            )
            db.session.commit()
        with fresh.http.session_transaction() as cookie:
            cookie["token"] = token
        return fresh

    def get(self, url: str, *, follow: bool = False, **kwargs: Any) -> Page:
        """Fetch and inspect a page."""
        return self._page(self.http.get(url, follow_redirects=follow, **kwargs))

    def post(
        self, url: str, data: dict[str, Any] | None = None, *, follow: bool = False, **kwargs: Any
    ) -> Page:
        """Post a form with its CSRF token and inspect the answer."""
        headers = {"X-CSRFToken": self.csrf(), **kwargs.pop("headers", {})}
        return self._page(
            self.http.post(url, data=data or {}, headers=headers, follow_redirects=follow, **kwargs)
        )

    def submit(
        self, page: Page, action: str | None = None, *, follow: bool = True, **changes: Any
    ) -> Page:
        """Fill in a form of a page and send it where it goes."""
        form = page.form(action)
        data = page.fields(action) | {
            key: value for key, value in changes.items() if value is not None
        }
        url = form.action or page.response.request.path
        return self.post(url, data, follow=follow)

    def csrf(self) -> str:
        """A token that fits this client's session."""
        from flask_wtf.csrf import generate_csrf

        with self.app.test_request_context():
            from flask import g, session

            with self.http.session_transaction() as cookie:
                if "csrf_token" in cookie:
                    session["csrf_token"] = cookie["csrf_token"]
                token = generate_csrf()
                cookie["csrf_token"] = session["csrf_token"]
                g.pop("csrf_token", None)
        return token

    def _page(self, response: TestResponse) -> Page:
        page = Page(response)
        if page.html and not response.headers.get("HX-Reswap"):
            inspect(page)
        return page


def inspect(page: Page) -> None:
    """What every page must have; a fragment for htmx is spared the frame."""
    tree = page.tree
    ids = tree.xpath("//@id")
    doubled = [value for value, times in Counter(ids).items() if times > 1]
    assert not doubled, f"id used twice: {doubled}"
    nonce = re.search(r"'nonce-([^']+)'", page.response.headers.get("Content-Security-Policy", ""))
    for inline in tree.xpath("//script[not(@src)] | //style"):
        if inline.get("type") == "application/ld+json":
            continue
        assert nonce, "an inline script or style without a policy"
        assert inline.get("nonce") == nonce[1], "an inline script or style without a nonce"
    assert not tree.xpath("//@style | //@onclick | //@onsubmit"), "inline style or handler"
    labelled = set(tree.xpath("//label/@for"))
    for field in tree.xpath(
        "//input[not(@type='hidden' or @type='submit')] | //select | //textarea"
    ):
        named = field.get("aria-label") or field.get("aria-labelledby")
        by_label = field.get("id") in labelled
        inside = field.xpath("ancestor::label")
        assert named or by_label or inside, f"field without a label: {field.get('name')}"
    if "<html" in page.html:
        assert len(tree.xpath("//h1")) == 1, "a page has exactly one h1"
        assert (tree.findtext(".//title") or "").strip(), "a page has a title"
        assert tree.xpath("//html/@lang"), "a page names its language"
