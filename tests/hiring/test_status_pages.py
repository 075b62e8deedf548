"""The candidate's own page: kind words, withdraw, export, erase, and nothing internal."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from markupsafe import Markup

from portal.core import clock as portal_clock
from portal.core.db import db
from portal.hiring import parts
from portal.hiring.models import Application
from portal.hiring.operations import move_application
from portal.hiring.states import RejectionReason, Stage
from tests.factories import hiring
from tests.factories import people as make

KEY = "k" * 43
URL = f"/careers/applications/{KEY}"


@pytest.fixture
def at(app, isolated, clock):
    """Make the application, at a stage."""

    def build(stage=Stage.APPLIED, **values):
        with app.app_context():
            hiring.application(status_key=KEY, stage=stage, **values)
            db.session.commit()

    return build


def the_application():
    return db.session.scalars(sa.select(Application)).one()


@pytest.mark.parametrize("stage", [s for s in Stage if s is not Stage.REJECTED])
@pytest.mark.parametrize("language", ["en", "tr", "es", "ja"])
def test_every_stage_has_its_words(client, at, stage, language):
    at(stage)
    page = client.get(f"{URL}?lang={language}")
    assert page.status == 200
    assert page.h1
    assert page.tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"


def test_a_rejection_shows_no_reason_of_ours(client, at):
    at(Stage.REJECTED, rejection_reason=RejectionReason.BELOW_CUT, screening_score=77)
    page = client.get(URL)
    assert "not going on" in page.h1
    shown = page.tree.find(".//main").text_content().lower()
    for word in ("cut", "score", "77%", "below"):
        assert word not in shown


def test_a_rejection_is_shown_only_once_it_cannot_be_undone(app, client, at, clock):
    at(Stage.SCREENED)
    with app.app_context():
        hr = make.account(roles=["hr"])
        move_application(the_application(), Stage.REJECTED, by=hr, reason=RejectionReason.FILLED)
        db.session.commit()
    assert client.get(URL).h1 == "We have read your application"
    assert client.get(f"{URL}/erase").status == 303
    clock(portal_clock.now() + timedelta(minutes=10, seconds=1))
    assert "not going on" in client.get(URL).h1


@pytest.mark.parametrize("key", ["x" * 43, "short", "k" * 42, "k" * 44, "%00" * 43, "'" * 43])
def test_a_made_up_key_finds_nothing(client, at, key):
    at()
    assert client.get(f"/careers/applications/{key}").status == 404
    assert client.post(f"/careers/applications/{key}/withdraw").status == 404
    assert client.post(f"/careers/applications/{key}/erase").status == 404
    assert client.post(f"/careers/applications/{key}/data.json").status == 404


def test_withdrawing_asks_once_and_then_does_it(app, client, at):
    at(Stage.INTERVIEW)
    question = client.get(f"{URL}/withdraw")
    assert "Withdraw" in question.h1
    done = client.submit(question, follow=True)
    assert done.h1 == "You have withdrawn this application"
    with app.app_context():
        assert the_application().stage is Stage.WITHDRAWN


@pytest.mark.parametrize("stage", [Stage.HIRED, Stage.WITHDRAWN, Stage.REJECTED])
def test_what_has_ended_offers_no_withdrawal(app, client, at, stage):
    at(stage, rejection_reason=RejectionReason.FILLED)
    assert "Withdraw my application" not in client.get(URL).text
    assert client.post(f"{URL}/withdraw").status == 303
    with app.app_context():
        assert the_application().stage is stage


def test_erasing_is_offered_after_the_end_only(app, client, at):
    at()
    assert "Erase my data" not in client.get(URL).text
    assert client.post(f"{URL}/erase").status == 303
    with app.app_context():
        assert the_application().erased_at is None


def test_erasing_asks_once_and_leaves_no_name(app, client, at):
    at(Stage.WITHDRAWN)
    assert "Ceren" in client.get(URL).text
    done = client.submit(client.get(f"{URL}/erase"), follow=True)
    assert "Ceren" not in done.text
    assert "erased" in done.text
    assert client.post(f"{URL}/data.json").status == 404
    with app.app_context():
        assert the_application().erased_at is not None


def test_the_candidate_takes_their_data_along(client, at):
    at(letter="Merhaba 😀")
    answer = client.post(f"{URL}/data.json").response
    assert answer.mimetype == "application/json"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert json.loads(answer.get_data(as_text=True))["basics"]["summary"] == "Merhaba 😀"


@pytest.mark.parametrize("action", ["withdraw", "erase", "data.json"])
def test_a_forged_post_does_nothing(app, client, at, action):
    at(Stage.APPLIED if action == "withdraw" else Stage.WITHDRAWN)
    assert client.http.post(f"{URL}/{action}").status_code == 400
    with app.app_context():
        row = the_application()
        assert row.erased_at is None
        assert row.stage is not Stage.WITHDRAWN or action != "withdraw"


def test_what_was_typed_comes_out_as_text(client, at):
    at(given_name="<img src=x onerror=alert(1)>", family_name="عبد")
    page = client.get(URL)
    assert not page.tree.xpath("//main//img")
    assert "عبد" in page.text


def test_upper_features_add_their_part(app, client, at, monkeypatch):
    at(Stage.INTERVIEW)
    monkeypatch.setitem(app.extensions, "parts", {})
    parts.status_parts.add(app, lambda _row: None)
    parts.status_parts.add(app, lambda _row: Markup("<p>Talk on Thursday</p>"))
    assert "Talk on Thursday" in client.get(URL).text
