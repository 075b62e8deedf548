"""Screening in the browser: the score first, then the decision, then the next one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock as portal_clock
from portal.core.db import db
from portal.hiring.models import Application
from portal.hiring.states import Stage
from tests.factories import hiring
from tests.factories import people as make

GOOD = {"must_0": "True", "must_1": "True", "weighted_0": "4", "weighted_1": "2"}
LOW = GOOD | {"weighted_0": "0"}


@pytest.fixture
def world(app, isolated, clock):
    with app.app_context():
        posting = hiring.posting()
        now = portal_clock.now()
        ids = [
            hiring.application(posting, applied_at=now - timedelta(days=days)).id
            for days in (3, 2, 1)
        ]
        hr = make.account(roles=["hr"]).id
        db.session.commit()
        return {"posting": posting.id, "ids": ids, "hr": hr}


@pytest.fixture
def hr(client, world):
    return client.as_(world["hr"])


def url(world, place=0):
    return f"/hiring/applications/{world['ids'][place]}/screen"


def send(hr, world, decision, answers=GOOD, place=0, **more):
    data = {"version": "1", "decision": decision, **answers, **more}
    return hr.post(url(world, place), data)


def stage(app, world, place=0):
    with app.app_context():
        return db.session.get(Application, world["ids"][place]).stage


def test_criteria_answers_and_weights_stand_in_sight(hr, world):
    page = hr.get(url(world))
    assert "Years in service" in page.text
    assert "Counts 60%" in page.text
    assert "Criteria version 1" in page.text
    assert "3 wait for screening" in page.text
    assert page.tree.xpath("//input[@name='must_0'][@value='True'][@checked]")
    assert not page.tree.xpath("//button[@value='advance']"), "the score comes first"


def test_the_score_is_shown_before_the_decision(app, hr, world):
    page = send(hr, world, "score")
    assert page.status == 200
    assert "80 of 100" in page.text
    assert page.tree.xpath("//button[@value='advance'][contains(@class, 'btn-primary')]")
    assert stage(app, world) is Stage.APPLIED


def test_advancing_goes_on_with_the_next_that_waits(app, hr, world):
    page = send(hr, world, "advance")
    assert (page.status, page.location) == (303, url(world, 1))
    assert stage(app, world) is Stage.SCREENED
    assert "moved to “Screened”" in hr.get(page.location).text


def test_after_the_last_one_comes_the_board(app, hr, world):
    for place in range(3):
        page = send(hr, world, "advance", place=place)
    assert page.location == f"/hiring/postings/{world['posting']}/board"
    after = hr.get(f"/hiring/postings/{world['posting']}/screen-next")
    assert after.location == f"/hiring/postings/{world['posting']}/board"


def test_screening_begins_with_who_waits_longest(hr, world):
    page = hr.get(f"/hiring/postings/{world['posting']}/screen-next")
    assert page.location == url(world, 0)


def test_skipping_leads_to_the_next(hr, world):
    page = hr.get(url(world))
    assert page.tree.xpath("//a[normalize-space()='Skip']/@href") == [url(world, 1)]
    assert not hr.get(url(world, 2)).tree.xpath("//a[normalize-space()='Skip']")


@pytest.mark.parametrize("missing", list(GOOD))
def test_what_is_not_answered_is_asked_again(app, hr, world, missing):
    page = send(hr, world, "advance", {**GOOD, missing: ""})
    assert page.status == 422
    assert page.tree.get_element_by_id(f"{missing}-error") is not None
    assert stage(app, world) is Stage.APPLIED


@pytest.mark.parametrize("value", ["5", "-1", "yes", "4.5"])
def test_a_value_out_of_range_is_refused(app, hr, world, value):
    assert send(hr, world, "advance", {**GOOD, "weighted_0": value}).status == 422
    assert stage(app, world) is Stage.APPLIED


def test_going_against_the_score_asks_why_and_keeps_everything(app, hr, world):
    page = send(hr, world, "advance", LOW)
    assert page.status == 422
    assert "Choose why" in page.text
    assert page.tree.xpath("//input[@name='weighted_0'][@value='0'][@checked]")
    done = send(hr, world, "advance", LOW, override_reason="work_sample", note="Seen at work.")
    assert done.status == 303
    record = hr.get(f"/hiring/applications/{world['ids'][0]}")
    assert "Decided against the score" in record.text
    assert "Seen at work." in record.text


def test_rejecting_offers_undo(app, hr, world):
    page = hr.get(send(hr, world, "reject", LOW).location)
    assert "The mail goes out at" in page.text
    back = hr.submit(page, f"/hiring/applications/{world['ids'][0]}/undo-move")
    assert back.status == 200
    assert stage(app, world) is Stage.APPLIED


def test_a_stale_screening_changes_nothing(app, hr, world):
    send(hr, world, "advance")
    page = hr.post(url(world), {"version": "1", "decision": "reject", **LOW})
    assert page.status == 422
    assert stage(app, world) is Stage.SCREENED


def test_anonymous_review_stays_anonymous_to_the_next(app, hr, world):
    page = hr.get(f"{url(world)}?anonymous=1")
    assert "Ceren" not in page.text
    answer = hr.post(f"{url(world)}?anonymous=1", {"version": "1", "decision": "advance", **GOOD})
    assert answer.location == f"{url(world, 1)}?anonymous=1"
    assert "Ceren" not in hr.get(answer.location).text


def test_what_cannot_be_screened_says_why(app, hr, world):
    with app.app_context():
        db.session.get(Application, world["ids"][0]).stage = Stage.INTERVIEW
        other = hiring.application(hiring.posting(with_criteria=False)).id
        db.session.commit()
    assert "past screening" in hr.get(url(world), follow=True).text
    assert (
        "Fix the screening criteria"
        in hr.get(f"/hiring/applications/{other}/screen", follow=True).text
    )
