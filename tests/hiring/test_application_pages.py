"""The record of an application: what it shows to whom, the CV, moving and undoing."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from markupsafe import Markup

from portal.core import files
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.mail.models import OutgoingMail
from portal.hiring import parts
from portal.hiring.models import Application
from portal.hiring.states import RejectionReason, Stage
from tests.factories import hiring
from tests.factories import people as make


class World:
    """One application and the people around it, by id."""

    def __init__(self, app, **values):
        with app.app_context():
            team = make.team()
            above = make.account(leads=team)
            posting = hiring.posting(requisition=hiring.requisition(team=team))
            cv = files.store(b"%PDF-1.4 x", name="Ceren Arslan.pdf", media_type="application/pdf")
            row = hiring.application(
                posting,
                family_name="Arslan",
                cv_file=cv,
                letter="I am Ceren.\n\n<b>Hi</b> ערב 😀",
                **({"phone": "+905321234567"} | values),
            )
            self.id, self.posting_id, self.person_id = row.id, posting.id, row.person_id
            self.email = row.email
            self.hr = make.account(roles=["hr"]).id
            self.manager = hiring.hiring_manager_of(posting).id
            self.lead = above.id
            self.others = {
                "associate": make.account().id,
                "interviewer": make.account(roles=["interviewer"]).id,
                "foreign manager": make.account(roles=["manager"]).id,
                "foreign lead": make.account(leads=make.team()).id,
                "executive": make.account(roles=["executive"]).id,
                "admin": make.account(roles=["admin"]).id,
                "candidate": make.account(person=row.person).id,
            }
            db.session.commit()
        self.url = f"/hiring/applications/{self.id}"


@pytest.fixture
def world(app, isolated, clock):
    return World(app)


@pytest.fixture
def hr(client, world):
    return client.as_(world.hr)


def row_of(app, world):
    return db.session.get(Application, world.id)


PATHS = ["", "/cv", "/move", "/screen"]


@pytest.mark.parametrize("path", PATHS)
def test_those_who_work_on_it_may_open_it(client, world, path):
    for account in (world.hr, world.manager, world.lead):
        assert client.as_(account).get(world.url + path).status == 200


@pytest.mark.parametrize("path", PATHS)
def test_nobody_else_may(client, world, path):
    for name, account in world.others.items():
        assert client.as_(account).get(world.url + path).status == 403, name
    assert client.get(world.url + path).status in {302, 303}


@pytest.mark.parametrize("path", ["/move", "/undo-move", "/screen"])
def test_nobody_else_may_change_it(app, client, world, path):
    for name, account in world.others.items():
        assert client.as_(account).post(world.url + path, {"to": "rejected"}).status == 403, name
    with app.app_context():
        assert row_of(app, world).stage is Stage.APPLIED


@pytest.mark.parametrize("path", ["/999999", "/99999999999999999999"])
def test_an_application_that_does_not_exist_is_not_found(hr, path):
    assert hr.get(f"/hiring/applications{path}").status == 404


def test_the_record_shows_what_was_sent_as_text(hr, world):
    page = hr.get(world.url)
    assert page.h1 == "Ceren Arslan"
    assert "Speaks English" in page.text
    assert "<b>Hi</b> ערב 😀" in page.text
    assert "Ceren Arslan.pdf" in page.text
    assert "Application received" in page.text or "What happened" in page.text
    assert page.tree.xpath("//a[normalize-space()='Screen']")


def test_anonymous_review_hides_who_it_is(hr, world):
    for path in ("", "/screen"):
        page = hr.get(f"{world.url}{path}?anonymous=1")
        assert "Ceren" not in page.text
        assert "Arslan" not in page.text
        assert world.email not in page.text
        assert "+905321234567" not in page.text
        assert f"Application {world.id}" in page.h1


def test_opening_the_cv_is_recorded(app, hr, world):
    answer = hr.get(f"{world.url}/cv").response
    assert answer.get_data() == b"%PDF-1.4 x"
    assert answer.headers["Content-Disposition"].startswith("inline")
    with app.app_context():
        event = db.session.scalars(
            sa.select(AuditEvent).where(AuditEvent.action == "application.cv_opened")
        ).one()
        assert (event.account_id, event.about_person_id) == (world.hr, world.person_id)


def test_no_cv_is_not_found(app, hr, world):
    with app.app_context():
        row_of(app, world).cv_file_id = None
        db.session.commit()
    assert hr.get(f"{world.url}/cv").status == 404


def test_hr_alone_sees_what_else_the_person_applied_for(app, client, world):
    with app.app_context():
        person = row_of(app, world).person
        hiring.application(hiring.posting(title="Team Lead"), person=person)
        db.session.commit()
    assert "Team Lead" in client.as_(world.hr).get(world.url).text
    assert "Team Lead" not in client.as_(world.manager).get(world.url).text


def test_upper_features_add_parts_for_this_viewer_and_the_next_action(app, hr, world, monkeypatch):
    with app.app_context():
        row_of(app, world).stage = Stage.SCREENED
        db.session.commit()
    seen = []

    def part(application, viewer):
        seen.append((application.id, viewer.id))
        return Markup("<p>Plan of interviews</p>")

    invite = parts.NextAction("Invite", "/x")
    monkeypatch.setitem(app.extensions, "parts", {})
    parts.application_parts.add(app, part)
    parts.application_parts.add(app, lambda *_: None)
    parts.next_actions.add(app, lambda *_: invite)
    page = hr.get(world.url)
    assert "Plan of interviews" in page.text
    assert page.tree.xpath("//a[@href='/x']")
    assert seen == [(world.id, world.hr)]


def screened(app, world):
    with app.app_context():
        row = row_of(app, world)
        row.stage, row.screening_score = Stage.SCREENED, 80
        db.session.commit()


def test_moving_goes_by_a_plain_form_and_offers_undo(app, hr, world):
    screened(app, world)
    page = hr.submit(hr.get(f"{world.url}/move"), "/move", to="interview")
    assert "moved to “Interview”" in page.text
    back = hr.submit(page, f"{world.url}/undo-move")
    assert "is back at “Screened”" in back.text
    with app.app_context():
        assert row_of(app, world).stage is Stage.SCREENED


def test_a_rejection_without_a_reason_asks_for_it(app, hr, world):
    page = hr.post(f"{world.url}/move", {"to": "rejected", "version": "1"})
    assert page.status == 422
    assert "Choose why" in page.text
    done = hr.submit(page, "/move", reason="filled")
    assert "The mail goes out at" in done.text
    with app.app_context():
        row = row_of(app, world)
        assert (row.stage, row.rejection_reason) == (Stage.REJECTED, RejectionReason.FILLED)


def test_undoing_a_rejection_sends_nothing(app, hr, world):
    page = hr.submit(hr.get(f"{world.url}/move?to=rejected"), "/move", reason="filled")
    hr.submit(page, f"{world.url}/undo-move")
    with app.app_context():
        assert db.session.scalars(sa.select(OutgoingMail)).all() == []


def test_a_stale_move_changes_nothing_and_says_so(app, hr, world):
    screened(app, world)
    old = hr.get(f"{world.url}/move")
    hr.submit(hr.get(f"{world.url}/move"), "/move", to="interview")
    page = hr.submit(old, "/move", to="rejected", reason="filled", follow=False)
    assert page.status == 422
    assert "changed this while you had it open" in page.text
    with app.app_context():
        assert row_of(app, world).stage is Stage.INTERVIEW


def test_an_unscreened_card_dropped_on_screened_leads_to_its_screening(hr, world):
    page = hr.post(f"{world.url}/move", {"to": "screened", "version": "1"})
    assert (page.status, page.location) == (303, f"{world.url}/screen")


@pytest.mark.parametrize("to", ["hired", "withdrawn", "offer", "nonsense", ""])
def test_only_moves_on_offer_are_taken(app, hr, world, to):
    assert hr.post(f"{world.url}/move", {"to": to, "version": "1"}).status == 422
    with app.app_context():
        assert row_of(app, world).stage is Stage.APPLIED


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example/hiring/",
        "/hiring/../admin\n",
        "javascript:alert(1)",
    ],
)
def test_the_way_back_never_leads_away(app, hr, world, back):
    screened(app, world)
    with app.app_context():
        version = row_of(app, world).version
    page = hr.post(f"{world.url}/move", {"to": "interview", "version": version, "back": back})
    assert page.location == world.url


def test_an_undo_that_is_too_late_says_so(hr, world):
    assert hr.post(f"{world.url}/undo-move").status == 409


def test_an_erased_application_shows_no_name(app, hr, world):
    with app.app_context():
        row = row_of(app, world)
        from portal.hiring.operations import erase_application, withdraw_application

        withdraw_application(row)
        erase_application(row)
        db.session.commit()
    page = hr.get(world.url)
    assert page.h1 == f"Erased application {world.id}"
    assert "Arslan" not in page.text


def test_the_record_costs_nine_statements(hr, world, count_queries):
    hr.get(f"/hiring/applications/{world.id}")
    count_queries()
    assert hr.get(f"/hiring/applications/{world.id}").status == 200
    # Account, application with its posting, the person's others, criteria, results, trail,
    # interviews, offers, organisation.
    assert count_queries() == 9
