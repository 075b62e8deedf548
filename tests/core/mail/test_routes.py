"""The outbox pages: who sees them, what they show, and sending again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from portal.core import files
from portal.core.db import db
from portal.core.mail import Attachment, send
from portal.core.mail.models import OutgoingMail
from portal.core.mail.states import MailState
from tests.factories import people
from tests.page import PageClient
from tests.smtp import MailServer

pytestmark = pytest.mark.usefixtures("db_session")


def hello(who: str = "Ayşe", **values: Any) -> OutgoingMail:
    defaults = {"to": "aya@example.com", "locale": "en", "context": {"who": who}}
    mail = send("test/hello", **(defaults | values))
    db.session.commit()
    return mail


@pytest.fixture
def hr(client: PageClient) -> PageClient:
    account = people.account(roles=["hr"])
    db.session.commit()
    return client.as_(account)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("admin", 200),
        ("hr", 200),
        ("executive", 403),
        ("manager", 403),
        ("interviewer", 403),
    ],
)
def test_only_hr_and_administrators_read_the_outbox(
    client: PageClient, role: str, status: int
) -> None:
    mail = hello(attachments=[Attachment("a.txt", "text/plain", b"a")])
    account = people.account(roles=[role])
    db.session.commit()
    reader = client.as_(account)
    for path in ("", f"/{mail.id}"):
        assert reader.get(f"/settings/outbox{path}").status == status
    for path in (f"/{mail.id}/html", f"/{mail.id}/attachments/0"):
        assert reader.http.get(f"/settings/outbox{path}").status_code == status


def test_strangers_are_sent_to_sign_in(client: PageClient) -> None:
    assert client.get("/settings/outbox").status == 303


def test_an_empty_outbox_says_what_it_will_show(hr: PageClient) -> None:
    assert "No mail yet" in hr.get("/settings/outbox").text


def test_the_list_shows_newest_first_and_narrows(hr: PageClient) -> None:
    hello("first")
    hello("second", to="can@example.com")
    text = hr.get("/settings/outbox").text
    assert text.index("second") < text.index("first")
    found = hr.get("/settings/outbox?q=CAN@").text
    assert "second" in found
    assert "Welcome first" not in found
    assert "No mail fits" in hr.get("/settings/outbox?state=sent").text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(
    hr: PageClient, rows: int, count_queries: Callable[[], int]
) -> None:
    for number in range(rows):
        hello(str(number))
    hr.get("/settings/outbox")
    count_queries()
    hr.get("/settings/outbox")
    first = count_queries()
    hello("more")
    count_queries()
    hr.get("/settings/outbox")
    assert count_queries() == first


def test_a_mail_is_shown_with_its_text_and_a_closed_frame(hr: PageClient) -> None:
    page = hr.get(f"/settings/outbox/{hello('<script>').id}")
    assert page.h1 == "Welcome <script>"
    assert "Dear <script>," in page.text
    [frame] = page.tree.xpath("//iframe")
    assert frame.get("sandbox") == ""
    framed = hr.http.get(frame.get("src"))
    assert "sandbox" in framed.headers["Content-Security-Policy"]
    assert "default-src 'none'" in framed.headers["Content-Security-Policy"]
    assert "Dear &lt;script&gt;" in framed.get_data(as_text=True)


def test_attachments_are_downloads(hr: PageClient) -> None:
    letter = files.store(b"%PDF-1.7", name="Mektup.pdf", media_type="application/pdf")
    mail = hello(attachments=[Attachment.calendar(b"BEGIN"), Attachment.stored(letter)])
    page = hr.get(f"/settings/outbox/{mail.id}")
    urls = page.tree.xpath("//a[contains(@href, '/attachments/')]/@href")
    answers = [hr.http.get(url) for url in urls]
    assert [answer.get_data() for answer in answers] == [b"BEGIN", b"%PDF-1.7"]
    for answer in answers:
        assert answer.headers["Content-Disposition"].startswith("attachment")
    assert hr.get(f"/settings/outbox/{mail.id}/attachments/2").status == 404


def test_a_failed_mail_is_sent_again(hr: PageClient, smtp: MailServer) -> None:
    mail = hello()
    mail.state, mail.error = MailState.FAILED, "550 no"
    db.session.commit()
    page = hr.get(f"/settings/outbox/{mail.id}")
    assert "550 no" in page.text
    answer = hr.submit(page, "/resend")
    assert "on its way" in answer.text
    db.session.refresh(mail)
    assert mail.state is MailState.QUEUED


def test_a_sent_mail_offers_nothing_and_refuses_a_forged_request(
    hr: PageClient, smtp: MailServer
) -> None:
    mail = hello()
    mail.state = MailState.SENT
    db.session.commit()
    assert "/resend" not in hr.get(f"/settings/outbox/{mail.id}").html
    assert hr.post(f"/settings/outbox/{mail.id}/resend").status == 409


def test_an_unconfirmed_mail_asks_for_care(hr: PageClient) -> None:
    mail = hello()
    mail.state = MailState.UNCONFIRMED
    db.session.commit()
    assert "It may have arrived" in hr.get(f"/settings/outbox/{mail.id}").text


def test_links_into_accounts_are_for_administrators_only(
    client: PageClient, hr: PageClient
) -> None:
    mail = hello()
    mail.kind, mail.subject = "accounts/invitation", "Choose a password"
    admin = people.account(roles=["admin"])
    db.session.commit()
    address = f"/settings/outbox/{mail.id}"
    assert hr.get(address).status == 403
    assert "Choose a password" not in hr.get("/settings/outbox").text
    assert client.as_(admin).get(address).status == 200


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.SENT, MailState.FAILED])
def test_a_link_that_answers_for_the_recipient_is_hidden_once_a_server_sends(
    hr: PageClient, state: MailState
) -> None:
    mail = hello()
    mail.state, mail.text = state, "Answer: http://localhost/offer/" + "x" * 43
    db.session.commit()
    assert "x" * 20 not in hr.get(f"/settings/outbox/{mail.id}").text


def test_without_a_mail_server_the_outbox_shows_the_link(hr: PageClient) -> None:
    mail = hello()
    mail.state, mail.text = MailState.KEPT, "Answer: http://localhost/offer/" + "x" * 43
    db.session.commit()
    assert "x" * 43 in hr.get(f"/settings/outbox/{mail.id}").text
