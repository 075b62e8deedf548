"""A portal with two of everything in it, whom one signs in as, and a way to undo each request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.accounts.models import Account
from portal.core.db import Model, db
from portal.hiring.models import Application
from portal.onboarding.models import OnboardingTask
from tests.factories import interviews
from tests.factories import world as factory
from tests.factories.world import World
from tests.page import FreshClient, Page, PageClient

LANGUAGES = {
    "hr": "en", "manager": "es", "lead": "ja", "interviewer": "tr", "associate": "ja",
    "executive": "tr", "admin": "es",
}  # fmt: skip
ROLES = (*LANGUAGES, "stranger")
WRITING = re.compile(r"\b(INSERT|UPDATE|DELETE)\b")


class Visitor:
    """Asks as one person; whatever a request changes is undone at once unless it is kept."""

    def __init__(self, app: Flask, account_id: int | None, language: str) -> None:
        page = PageClient(app).as_(account_id)
        self.app, self.language, self.csrf = app, language, page.csrf()
        name = app.config["SESSION_COOKIE_NAME"]
        cookie = page.http.get_cookie(name)
        assert cookie is not None
        self.headers = {"Cookie": f"{name}={cookie.value}", "Accept-Language": language}
        self.http: FlaskClient = FreshClient(app, app.response_class, use_cookies=False)

    def open(self, url: str, *, method: str = "GET", **kwargs: Any) -> TestResponse:
        headers = self.headers | kwargs.pop("headers", {})
        return self.http.open(url, method=method, headers=headers, **kwargs)

    def get(self, url: str, **kwargs: Any) -> Page:
        return _closed(self.open(url, **kwargs))

    def post(self, url: str, data: Any = None, **kwargs: Any) -> Page:
        headers = {"X-CSRFToken": self.csrf} | kwargs.pop("headers", {})
        return _closed(self.open(url, method="POST", data=data or {}, headers=headers, **kwargs))


def _closed(response: TestResponse) -> Page:
    page = Page(response)
    response.close()
    return page


@dataclass
class Place:
    """The application, the world in it, and its visitors."""

    app: Flask
    world: World
    visitors: dict[str, Visitor]
    counted: dict[str, int] | None = None
    """The rows of every table; ``None`` as soon as somebody writes."""

    @contextmanager
    def watched(self) -> Iterator[Place]:
        """Sees who writes, for counting every table takes longer than most requests."""
        sa.event.listen(sa.Engine, "before_cursor_execute", self._notice)
        try:
            yield self
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", self._notice)

    def _notice(self, _conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if WRITING.search(statement):
            self.counted = None

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Everything done inside is rolled back."""
        before = self.counted
        savepoint = self.connection.begin_nested()
        try:
            yield
        finally:
            savepoint.rollback()
            self.counted = before

    @property
    def connection(self) -> sa.Connection:
        with self.app.app_context():
            return db.engines[None]  # type: ignore[return-value]

    def counts(self) -> dict[str, int]:
        """The rows of every table."""
        if self.counted is None:
            found = self.connection.execute(_COUNTS).all()
            self.counted = {str(name): int(number) for name, number in found}
        return self.counted

    def rows(self, query: sa.Select[Any]) -> list[Any]:
        return list(self.connection.execute(query).all())


def _count_all() -> sa.CompoundSelect[Any]:
    tables = Model.metadata.sorted_tables
    return sa.union_all(*(
        sa.select(sa.literal(table.name), sa.select(sa.func.count()).select_from(table)
                  .scalar_subquery())
        for table in tables
    ))  # fmt: skip


_COUNTS = _count_all()


def build(app: Flask) -> Place:
    with app.app_context():
        world = factory.build()
        for role, key in world.accounts.items():
            db.session.get_one(Account, key).language = LANGUAGES[role]
        db.session.get_one(OnboardingTask, world.own["task_id"]).needs_evidence = True
        coming = db.session.get_one(Application, world.own["interviews.schedule application_id"])
        interviews.plan(coming.posting.requisition)
        db.session.commit()
    visitors = {
        role: Visitor(app, world.accounts.get(role), LANGUAGES.get(role, "en")) for role in ROLES
    }
    return Place(app, world, visitors)
