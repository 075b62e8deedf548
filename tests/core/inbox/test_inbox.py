"""Telling people things, and their inbox page."""

from __future__ import annotations

import pytest
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.core.db import db
from portal.core.inbox import Notice, NoticeKind, mark_all_read, mark_read, tell, unread_count
from portal.core.inbox.models import sentence
from tests.factories import people
from tests.page import PageClient

pytestmark = pytest.mark.usefixtures("db_session", "clock")


class Kind(NoticeKind):
    """Notices of the tests alone."""

    APPLIED = "test.applied", _l("%(who)s applied for %(role)s")


@pytest.fixture
def me() -> Account:
    return people.account()


def told(account: Account, who: str = "Ayşe", url: str = "/people") -> Notice:
    role = {"en": "Lead", "tr": "Ekip lideri", "es": "Líder", "ja": "リーダー"}
    notice = tell(account.id, Kind.APPLIED, url, who=who, role=role)
    db.session.commit()
    return notice


def test_a_notice_speaks_its_readers_language(me: Account) -> None:
    notice = told(me)
    assert notice.sentence == "Ayşe applied for Lead"
    with force_locale("ja"):
        assert "リーダー" in notice.sentence


def test_a_percent_sign_in_a_name_does_no_harm(me: Account) -> None:
    assert told(me, "100%(who)s").sentence == "100%(who)s applied for Lead"


def test_a_kind_no_feature_knows_any_more_still_shows() -> None:
    assert "can't describe" in sentence("gone.kind", {})


@pytest.mark.parametrize("url", ["https://evil.example", "//evil.example", "/\\evil.example", ""])
def test_a_notice_never_leads_out_of_the_portal(me: Account, url: str) -> None:
    with pytest.raises(ValueError, match="leads out"):
        tell(me.id, Kind.APPLIED, url, who="x", role="y")


def test_a_notice_with_a_missing_parameter_is_not_written(me: Account) -> None:
    with pytest.raises(ValueError, match="needs the parameter 'role'"):
        tell(me.id, Kind.APPLIED, "/people", who="x")


def test_reading_counts_down_once(me: Account) -> None:
    first, _second = told(me), told(me)
    assert unread_count(me.id) == 2
    mark_read(first, by=me)
    at = first.read_at
    mark_read(first, by=me)
    assert first.read_at == at
    assert unread_count(me.id) == 1


def test_reading_everything_touches_only_ones_own(me: Account) -> None:
    other = people.account()
    told(me)
    told(me)
    told(other)
    assert mark_all_read(by=me) == 2
    assert mark_all_read(by=me) == 0
    assert unread_count(other.id) == 1


def test_an_empty_inbox_says_what_it_will_show(client: PageClient, me: Account) -> None:
    db.session.commit()
    assert "Nothing here yet" in client.as_(me).get("/inbox").text


def test_the_page_shows_ones_own_newest_first(client: PageClient, me: Account) -> None:
    told(me, "First")
    told(me, "Second <b>")
    told(people.account(), "Foreign")
    page = client.as_(me).get("/inbox")
    assert page.h1 == "Inbox"
    assert page.text.index("Second <b>") < page.text.index("First")
    assert "Foreign" not in page.text
    assert "2 unread" in page.text


def test_opening_ticks_off_and_leads_on(client: PageClient, me: Account) -> None:
    notice = told(me, url="/people?q=1")
    answer = client.as_(me).post(f"/inbox/{notice.id}/open")
    assert (answer.status, answer.location) == (303, "/people?q=1")
    db.session.expire_all()
    assert unread_count(me.id) == 0


def test_ticking_off_stays_in_the_inbox(client: PageClient, me: Account) -> None:
    notice = told(me)
    told(me)
    mine = client.as_(me)
    assert mine.post(f"/inbox/{notice.id}/read").location == "/inbox"
    assert "1 notice marked as read." in mine.post("/inbox/read", follow=True).text


@pytest.mark.parametrize("what", ["open", "read"])
def test_notices_of_others_stay_closed(client: PageClient, me: Account, what: str) -> None:
    notice = told(people.account())
    assert client.as_(me).post(f"/inbox/{notice.id}/{what}").status == 403


def test_strangers_are_sent_to_sign_in(client: PageClient) -> None:
    assert client.get("/inbox").status == 303
    assert client.post("/inbox/read").status == 303
