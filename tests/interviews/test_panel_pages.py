"""The panel side by side, the decision, and the record on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.documents import Document
from portal.interviews.models import Interview
from tests.factories import interviews as make
from tests.factories import people
from tests.page import PageClient

Saved = Callable[[Callable[[], Any]], Any]


def complete(*ratings: Sequence[int | None]) -> dict[str, Any]:
    made = make.complete(*(ratings or ((5, 4), (3, 3))))
    return {
        "id": made.id,
        "url": f"/interviews/{made.id}",
        "hr": people.account(roles=["hr"]).id,
        "panel": [card.account_id for card in made.scorecards],
        "names": [card.account.display_name for card in made.scorecards],
        "application": made.application_id,
    }


def test_notes_ratings_and_the_formula_stand_side_by_side(client: PageClient, saved: Saved) -> None:
    found = saved(complete)
    page = client.as_(found["hr"]).get(f"{found['url']}/panel")
    for name in found["names"]:
        assert name in page.text
    # 60 × 4.00 + 40 × 3.50 = 380 of 100.
    for wanted in ("Heard it", "240.00", "140.00", "380.00 ÷ 100 = 3.80", "the cut is 3.40"):
        assert wanted in page.text
    assert page.tree.xpath("//figure/*[local-name()='svg']")
    assert "Far apart" in page.tree.xpath("//tr[@id='question-1']")[0].text_content()
    assert "Far apart" not in page.tree.xpath("//tr[@id='question-2']")[0].text_content()


def test_what_nobody_observed_leaves_the_formula(client: PageClient, saved: Saved) -> None:
    found = saved(lambda: complete((4, None), (3, None)))
    page = client.as_(found["hr"]).get(f"{found['url']}/panel")
    assert "210.00 ÷ 60 = 3.50" in page.text
    assert "not observed" in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_panel_costs_the_same_for_one_and_three_interviewers(
    client: PageClient, saved: Saved, count_queries: Callable[[], int], rows: int
) -> None:
    found = saved(lambda: complete(*[(4, 4)] * rows))
    signed_in = client.as_(found["hr"])
    count_queries()
    signed_in.get(f"{found['url']}/panel")
    assert count_queries() == 12


def test_opening_the_panel_is_recorded(client: PageClient, saved: Saved) -> None:
    found = saved(complete)
    client.as_(found["panel"][0]).get(f"{found['url']}/panel")

    def opened() -> list[tuple[int, int]]:
        events = sa.select(AuditEvent).where(AuditEvent.action == "interview.panel_opened")
        return [(each.account_id, each.subject_id) for each in db.session.scalars(events)]

    assert saved(opened) == [(found["panel"][0], found["id"])]


def test_the_panel_sees_the_ratings_but_hr_decides(client: PageClient, saved: Saved) -> None:
    found = saved(complete)
    interviewer = client.as_(found["panel"][0])
    page = interviewer.get(f"{found['url']}/panel")
    assert page.status == 200
    assert not page.tree.xpath("//section[@aria-labelledby='decide']")
    assert interviewer.post(f"{found['url']}/decision", {"outcome": "advance"}).status == 403
    stranger = client.as_(saved(lambda: make.interviewer().id))
    assert stranger.get(f"{found['url']}/panel").status == 403


def test_a_decision_with_the_score_needs_one_click(client: PageClient, saved: Saved) -> None:
    found = saved(complete)
    hr = client.as_(found["hr"])
    page = hr.submit(hr.get(f"{found['url']}/panel"), "/decision", outcome="advance")
    assert "Decided: the application advances." in page.text
    assert hr.post(f"{found['url']}/decision", {"outcome": "reject"}).status == 403


def test_a_decision_against_the_score_asks_for_reason_and_note_at_their_fields(
    client: PageClient, saved: Saved
) -> None:
    found = saved(complete)
    hr = client.as_(found["hr"])
    url = f"{found['url']}/decision"
    page = hr.post(url, {})
    assert page.status == 422
    page = hr.post(url, {"outcome": "reject", "note": "Kept <b>"})
    assert page.status == 422
    [error] = page.tree.xpath("//*[@id='override_reason-error']")
    assert "choose the reason" in error.text_content()
    assert page.tree.xpath("//textarea[@name='note']")[0].value.strip() == "Kept <b>"
    page = hr.post(url, {"outcome": "reject", "override_reason": "risk"})
    assert "explain it" in page.tree.xpath("//*[@id='note-error']")[0].text_content()
    fields = {"outcome": "reject", "override_reason": "risk", "note": "Seen twice"}
    page = hr.post(url, fields, follow=True)
    assert "A risk the score doesn't show" in page.text
    assert "Seen twice" in page.text


def decided() -> dict[str, Any]:
    from portal.interviews import operations as op
    from portal.interviews.states import Outcome

    found = complete()
    op.decide(
        db.session.get_one(Interview, found["id"]),
        outcome=Outcome.ADVANCE,
        override_reason=None,
        note="",
        by=people.account(roles=["hr"]),
    )
    return found


def test_hr_prints_the_record_in_the_language_they_choose(client: PageClient, saved: Saved) -> None:
    found = saved(decided)
    hr = client.as_(found["hr"])
    page = hr.submit(hr.get(f"{found['url']}/panel"), "/record", follow=False, language="ja")
    assert page.status == 303
    assert page.location.startswith("/documents/")
    assert hr.get(page.location).status == 200
    assert client.as_(found["panel"][0]).get(page.location).status == 403
    assert saved(lambda: db.session.scalars(sa.select(Document.locale)).all()) == ["ja"]
    assert page.location in hr.get(f"{found['url']}/panel").html


def test_nobody_but_hr_prints_the_record(client: PageClient, saved: Saved) -> None:
    found = saved(decided)
    refused = client.as_(found["panel"][0]).post(f"{found['url']}/record", {"language": "en"})
    assert refused.status == 403
    undecided = saved(complete)
    early = client.as_(undecided["hr"]).post(f"{undecided['url']}/record", {"language": "en"})
    assert early.status == 403


@pytest.mark.parametrize("language", ["en", "tr", "es", "ja"])
def test_the_panel_opens_in_every_language(client: PageClient, saved: Saved, language: str) -> None:
    def scene() -> dict[str, Any]:
        found = decided()
        return found | {"me": people.account(roles=["hr"], language=language).id}

    found = saved(scene)
    assert client.as_(found["me"]).get(f"{found['url']}/panel").status == 200
