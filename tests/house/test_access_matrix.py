"""Every view × method × role × own or foreign row answers as access_matrix.csv says.

``own`` rows belong to the team of the lead, under the branch of the manager, who is the hiring
manager of its requisition; the interviewer sits on its panels, the associate is its new hire and
the owner of its notice, session and account; the executive is its named approver and HR made its
offer. ``foreign`` rows belong to another team with people of its own. Of what nobody owns the
foreign one is what should stay shut: a forged link, a file that is no logo, a mail that opens an
account. ``-`` stands for views without a row. POST is sent with a CSRF token and no fields, so
whoever is let in gets 303, 409 or 422; ``sign-in`` is the way to the sign-in page.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from portal.core.db import db
from tests.factories import world as factory
from tests.factories.world import Params, World
from tests.page import FreshClient, PageClient

MATRIX = Path(__file__).with_name("access_matrix.csv")
ROLES = (
    "stranger", "associate", "interviewer", "lead", "manager", "hr", "executive", "admin",
)  # fmt: skip
NO_ROW = {"kind": "csv", "language": "tr", "number": 0, "moment": 1}
"""Parameters that name no record."""

Key = tuple[str, str, str]


@functools.cache
def expected() -> dict[Key, dict[str, str]]:
    with MATRIX.open(newline="") as lines:
        return {
            (row["endpoint"], row["method"], row["row"]): {role: row[role] for role in ROLES}
            for row in csv.DictReader(lines)
        }


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def keys_of(rule: Rule) -> list[Key]:
    rows = ("own", "foreign") if rule.arguments - NO_ROW.keys() else ("-",)
    methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    return [(rule.endpoint, method, row) for method in methods for row in rows]


def arguments(rule: Rule, side: Params) -> Params:
    """The value of each parameter: the view's own, the feature's, or everybody's."""
    feature = rule.endpoint.split(".")[0]
    found = {}
    for name in rule.arguments:
        keys = (f"{rule.endpoint} {name}", f"{feature} {name}", name)
        found[name] = next((side[key] for key in keys if key in side), None)
        assert found[name] is not None, f"say in tests/factories/world.py what {name} stands for"
    return found


class Walker:
    """Asks as one role; whatever a request changes is undone at once."""

    def __init__(self, app: Flask, account_id: int | None) -> None:
        page = PageClient(app).as_(account_id)
        self.app = app
        self.csrf = page.csrf()
        name = app.config["SESSION_COOKIE_NAME"]
        cookie = page.http.get_cookie(name)
        assert cookie is not None
        self.cookie = f"{name}={cookie.value}"
        self.http: FlaskClient = FreshClient(app, app.response_class, use_cookies=False)

    def ask(self, method: str, url: str) -> str:
        headers, data = {"Cookie": self.cookie}, {}
        if method == "POST":
            data["csrf_token"] = self.csrf
        with undone(self.app):
            response = self.http.open(url, method=method, headers=headers, data=data)
            response.close()
        if response.headers.get("Location", "").startswith("/sign-in"):
            return "sign-in"
        return str(response.status_code)


@contextmanager
def undone(app: Flask) -> Iterator[None]:
    with app.app_context():
        connection = db.engines[None]
    savepoint = connection.begin_nested()  # type: ignore[attr-defined]
    try:
        yield
    finally:
        savepoint.rollback()


@pytest.fixture
def world(app: Flask, isolated: None, clock: object) -> World:
    with app.app_context():
        built = factory.build()
        db.session.commit()
    return built


def walk(app: Flask, world: World) -> dict[Key, dict[str, str]]:
    """What every view really answers."""
    walkers = {role: Walker(app, world.accounts.get(role)) for role in ROLES}
    sides = {"own": world.own, "foreign": world.foreign, "-": world.own}
    addresses = app.url_map.bind("localhost")
    found = {}
    for rule in rules(app):
        for key in keys_of(rule):
            _, method, row = key
            values = arguments(rule, NO_ROW | sides[row])
            url = addresses.build(rule.endpoint, values, method=method)
            found[key] = {role: walker.ask(method, url) for role, walker in walkers.items()}
    return found


def test_the_matrix_lists_exactly_the_views_there_are(app: Flask) -> None:
    there = {key for rule in rules(app) for key in keys_of(rule)}
    assert sorted(there - expected().keys()) == [], "not in the matrix"
    assert sorted(expected().keys() - there) == [], "in the matrix, but no such view"


def test_the_matrix_is_sorted_and_names_each_row_once() -> None:
    lines = [line.split(",")[:3] for line in MATRIX.read_text().splitlines()[1:]]
    order = {"own": 0, "foreign": 1, "-": 0}
    assert lines == sorted(lines, key=lambda line: (line[0], line[1], order[line[2]]))
    assert len({tuple(line) for line in lines}) == len(lines)


@pytest.mark.slow
def test_every_view_answers_every_role_as_the_matrix_says(app: Flask, world: World) -> None:
    wrong = [
        f"{' '.join(key)} as {role}: {status}, not {expected()[key][role]}"
        for key, statuses in walk(app, world).items()
        for role, status in statuses.items()
        if key in expected() and status != expected()[key][role]
    ]
    assert wrong == []
