"""The access decorators: one stamp a view, the row as an argument, and the way to sign in."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import Forbidden, NotFound

from portal.core import access
from portal.core.access import allowed, public, row_or_404, signed_in
from portal.people.models import Person
from tests.factories import people
from tests.page import PageClient


def test_a_view_has_one_decorator_only() -> None:
    with pytest.raises(TypeError, match="two access decorators"):

        @public
        @signed_in
        def view() -> str:
            return ""


@pytest.mark.parametrize("decorate", [public, signed_in, allowed(lambda viewer: True)])
def test_each_decorator_leaves_its_stamp(decorate) -> None:
    @decorate
    def view() -> str:
        return ""

    assert access.access_of(view).kind in {"public", "signed_in", "allowed"}


def test_a_bare_view_has_no_stamp() -> None:
    assert access.access_of(lambda: "") is None


def guarded(rule):
    @allowed(rule, on=Person)
    def view(person: Person, tab: str = "") -> tuple[Person, str]:
        return person, tab

    return view


@pytest.fixture
def someone(app: Flask, db_session, clock, monkeypatch) -> Person:
    """Somebody whom an account asks about, in a request."""
    monkeypatch.setattr(access, "current_user", people.account(roles=["hr"]))
    return people.person()


def test_the_row_arrives_under_the_name_of_the_first_argument(someone: Person) -> None:
    view = guarded(lambda viewer, row: viewer.has_role("hr") and row is someone)
    assert view(person_id=someone.id, tab="files") == (someone, "files")


def test_a_rule_that_says_no_is_a_403(someone: Person) -> None:
    with pytest.raises(Forbidden):
        guarded(lambda viewer, row: False)(person_id=someone.id)


@pytest.mark.parametrize("key", [0, 2**31 - 1, 2**31, 2**63, 10**40])
def test_a_row_that_is_not_there_is_a_404_before_any_rule(someone: Person, key: int) -> None:
    with pytest.raises(NotFound):
        guarded(lambda viewer, row: pytest.fail("asked"))(person_id=key)
    with pytest.raises(NotFound):
        row_or_404(Person, key)


def test_templates_ask_the_same_rules(someone: Person) -> None:
    assert access.can(lambda viewer, row: row is someone, someone)
    assert not access.can(lambda viewer, row: False, someone)


def test_templates_find_the_rules_by_feature(app: Flask) -> None:
    from portal.people import policy

    policies = app.jinja_env.globals["policy"]
    assert policies.people is policy
    with pytest.raises(AttributeError):
        policies.nothing  # noqa: B018


def test_a_stranger_is_sent_to_sign_in_and_back(client: PageClient) -> None:
    page = client.get("/inbox?cursor=5")
    assert (page.status, page.location) == (303, "/sign-in?next=/inbox?cursor%3D5")


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"Accept": "application/json"}])
def test_a_strangers_script_gets_a_401(client: PageClient, headers: dict[str, str]) -> None:
    http: FlaskClient = client.http
    assert http.get("/inbox", headers=headers).status_code == 401
