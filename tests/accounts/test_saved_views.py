"""Saved views: keeping a narrowed list as a tab of one's own, and forgetting it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.accounts import operations, policy
from portal.accounts.models import Account, SavedView
from portal.accounts.operations import MOST_VIEWS
from portal.accounts.states import AccountFact
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Refused
from tests.factories import hiring, people
from tests.factories.people import account as member
from tests.page import Page, PageClient

LIST = "people.people"


def saved(by: Account, name: str = "Working now", **values: str) -> SavedView:
    return operations.save_view(
        values.get("place", LIST), name=name, query=values.get("query", "q=a"), by=by
    )


def test_a_view_is_kept_and_removed_with_a_trail(db_session: Any, clock: Any) -> None:
    me = member()
    view = saved(me)
    key = view.id
    operations.remove_view(view, by=me)
    db_session.flush()
    assert db_session.get(SavedView, key) is None
    events = db_session.scalars(
        db.select(AuditEvent).filter_by(subject_type="saved_view").order_by(AuditEvent.id)
    ).all()
    assert [event.action for event in events] == [
        AccountFact.VIEW_SAVED.value,
        AccountFact.VIEW_REMOVED.value,
    ]
    assert "Working now" not in str(events[0].after)


def test_a_name_is_taken_once_a_list_and_an_account(db_session: Any, clock: Any) -> None:
    me = member()
    saved(me)
    with pytest.raises(Refused, match="view of this name") as refused:
        saved(me)
    assert refused.value.field == "name"
    saved(me, place="hiring.candidates")
    saved(member())


def test_a_list_that_is_not_narrowed_has_nothing_to_save(db_session: Any, clock: Any) -> None:
    with pytest.raises(Refused, match="Narrow the list first"):
        saved(member(), query="")


def test_there_is_an_end_to_tabs(db_session: Any, clock: Any) -> None:
    me = member()
    for number in range(MOST_VIEWS):
        saved(me, f"View {number}")
    with pytest.raises(Refused, match="Remove one first"):
        saved(me, "One more")


def test_only_its_owner_removes_a_view(db_session: Any, clock: Any) -> None:
    me = member()
    view = saved(me)
    assert policy.remove_view(me, view)
    assert not policy.remove_view(member(roles=["admin", "hr"]), view)


@pytest.fixture
def office(app: Flask, isolated: None, clock: object) -> dict[str, Any]:
    with app.app_context():
        posting = hiring.posting()
        hiring.application(posting, given_name="Ceren")
        found = {
            "hr": people.account(roles=["hr"]).id,
            "other": people.account(roles=["hr"]).id,
            "posting": posting.id,
        }
        db.session.commit()
        return found


def tabs(page: Page) -> list[str]:
    return [str(one) for one in page.tree.xpath("//nav[@class='views']/a/@href")]


def test_each_list_keeps_its_own_views(client: PageClient, office: dict[str, Any]) -> None:
    me = client.as_(office["hr"])
    table = f"/hiring/postings/{office['posting']}/table"
    for path, query in (
        ("/people", "q=a"),
        ("/hiring/candidates", "q=ceren"),
        ("/hiring/requisitions", "state=approved"),
        (table, "source=careers"),
    ):
        assert "Save this view" not in me.get(path).text
        page = me.submit(me.get(f"{path}?{query}"), "/views", name="Mine")
        assert tabs(page)[-1] == f"{path}?{query}"
        current = page.tree.xpath("//nav[@class='views']/a[@aria-current='page']")
        assert [one.text_content() for one in current] == ["Mine"]
        assert "Save this view" not in page.text
        assert "Mine" not in client.as_(office["other"]).get(path).text


def test_a_view_is_recognised_whatever_the_order_of_its_address(
    client: PageClient, office: dict[str, Any]
) -> None:
    me = client.as_(office["hr"])
    table = f"/hiring/postings/{office['posting']}/table"
    me.submit(me.get(f"{table}?source=careers&wait=&q=ceren&lang=en"), "/views", name="Mine")
    page = me.get(f"{table}?q=ceren&source=careers&cursor=")
    assert "Remove this view" in page.text
    page = me.submit(page, "/remove")
    assert "is removed" in page.text
    assert not [url for url in tabs(page) if "ceren" in url]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "Mine"])
def test_a_name_that_is_missing_or_taken_is_asked_for_again(
    client: PageClient, office: dict[str, Any], name: str
) -> None:
    me = client.as_(office["hr"])
    page = me.get("/people?q=a")
    fields = page.fields("/views") | {"name": "Mine"}
    assert me.post("/views", fields).status == 303
    page = me.post("/views", fields | {"name": name, "query": "q=b"})
    assert page.status == 422
    assert page.tree.xpath("//a[@href='/people?q=b']")
    page = me.submit(page, "/views", name="Another")
    assert tabs(page)[-2:] == ["/people?q=a", "/people?q=b"]


def test_strange_addresses_lead_nowhere(client: PageClient, office: dict[str, Any]) -> None:
    me = client.as_(office["hr"])
    fields = {"name": "Mine", "place": LIST, "query": "q=a", "back": "//evil.example/"}
    assert me.post("/views", fields).location == "/"
    assert me.post("/views", fields | {"place": "no.list"}).status == 422
    assert me.post("/views", fields | {"query": ""}).status == 422
    assert me.post("/views", fields | {"name": "Long", "query": "q=" + "a" * 1000}).status == 422


def test_nobody_removes_anothers_view(
    app: Flask, client: PageClient, office: dict[str, Any], seen: Callable[[Any], Any]
) -> None:
    me = client.as_(office["hr"])
    me.submit(me.get("/people?q=a"), "/views", name="Mine")
    key = seen(lambda: db.session.scalars(db.select(SavedView)).one().id)
    assert client.as_(office["other"]).post(f"/views/{key}/remove").status == 403
    assert client.as_(None).post("/views").status == 303
    assert client.as_(None).post(f"/views/{key}/remove").status == 303
