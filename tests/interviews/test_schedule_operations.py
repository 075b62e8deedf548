"""Scheduling, moving and cancelling interviews."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import clock as portal_clock
from portal.core.audit import AuditEvent
from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.core.mail.models import OutgoingMail
from portal.hiring import operations as hiring_operations
from portal.hiring.states import RejectionReason, Stage
from portal.interviews import operations as op
from portal.interviews.models import Interview
from portal.interviews.states import InterviewState
from tests.factories import hiring, people
from tests.factories import interviews as make

pytestmark = pytest.mark.usefixtures("clock")


def scene(**plan: Any) -> tuple[Any, list[Any], Any]:
    """A screened application with a pinned plan, a panel of two, and HR."""
    application = hiring.application(stage=Stage.SCREENED)
    make.plan(application.posting.requisition, **plan)
    panel = [make.interviewer("Mert"), make.interviewer("Selin")]
    return application, panel, people.account(roles=["hr"])


def schedule(application: Any, panel: Any, by: Any, **values: Any) -> Interview:
    terms: dict[str, Any] = {
        "starts_at": portal_clock.now() + timedelta(days=1),
        "minutes": 45,
        "time_zone": "Europe/Istanbul",
        "place": "Room 4",
    }
    made = op.schedule_interview(application, panel=panel, by=by, **(terms | values))
    made.id  # noqa: B018
    return made


def mails(session: Any) -> list[tuple[str, str]]:
    found = sa.select(OutgoingMail.kind, OutgoingMail.to_address).order_by(OutgoingMail.id)
    return [tuple(row) for row in session.execute(found)]


def test_an_invitation_goes_to_the_candidate_and_each_of_the_panel(db_session: Any) -> None:
    application, panel, hr = scene()
    made = schedule(application, panel, hr)
    assert application.stage is Stage.INTERVIEW
    assert [card.account for card in made.scorecards] == panel
    assert mails(db_session) == [
        ("interviews/invitation", application.email),
        ("interviews/panel_invitation", panel[0].email),
        ("interviews/panel_invitation", panel[1].email),
    ]
    told = db_session.scalars(sa.select(Notice.account_id)).all()
    assert sorted(told) == sorted(account.id for account in panel)


def test_the_candidate_reads_both_clocks_the_place_and_how_to_ask_for_another_time(
    db_session: Any,
) -> None:
    application, panel, hr = scene()
    application.consent_country = "JP"
    schedule(application, panel, hr, starts_at=datetime(2026, 11, 25, 8, 30, tzinfo=UTC))
    mail = db_session.scalars(sa.select(OutgoingMail)).first()
    for part in (mail.text, mail.html):
        for wanted in ("11:30", "Istanbul", "5:30", "Tokyo", "Room 4", "45", "Answer this mail"):
            assert wanted in part
    assert application.status_key in mail.text


@pytest.mark.parametrize("language", ["en", "tr", "es", "ja"])
def test_every_mail_can_be_written_in_every_language(db_session: Any, language: str) -> None:
    application, panel, hr = scene()
    application.language = panel[0].language = language
    made = schedule(application, panel, hr)
    op.reschedule_interview(
        made, starts_at=made.starts_at + timedelta(days=1), minutes=30, place="Room 5", by=hr
    )
    op.cancel_interview(made, by=hr)
    kinds = db_session.scalars(
        sa.select(OutgoingMail.kind)
        .where(OutgoingMail.to_address == panel[0].email)
        .order_by(OutgoingMail.id)
    ).all()
    assert kinds == [f"interviews/panel_{kind}" for kind in ("invitation", "moved", "cancelled")]


def test_no_interview_without_a_pinned_plan(db_session: Any) -> None:
    application, panel, hr = scene(published=False)
    with pytest.raises(Refused, match="pin the interview plan"):
        schedule(application, panel, hr)


def test_a_panel_that_is_too_small_is_refused_at_its_field(db_session: Any) -> None:
    application, panel, hr = scene()
    with pytest.raises(Refused) as refused:
        schedule(application, [panel[0], panel[0]], hr)
    assert refused.value.field == "panel"


def test_nobody_interviews_themselves(db_session: Any) -> None:
    application, panel, hr = scene()
    own = people.account(person=application.person, roles=["interviewer"])
    with pytest.raises(Refused) as refused:
        schedule(application, [*panel, own], hr)
    assert refused.value.field == "panel"


def test_a_time_in_the_past_is_refused_at_its_field(db_session: Any) -> None:
    application, panel, hr = scene()
    with pytest.raises(Refused) as refused:
        schedule(application, panel, hr, starts_at=portal_clock.now())
    assert refused.value.field == "starts_at"


@pytest.mark.parametrize("stage", [Stage.APPLIED, Stage.DECISION, Stage.OFFER, Stage.HIRED])
def test_only_screened_applications_are_interviewed(db_session: Any, stage: Stage) -> None:
    application, panel, hr = scene()
    application.stage = stage
    with pytest.raises(Refused, match="passed screening"):
        schedule(application, panel, hr)


def test_moving_keeps_the_identity_and_counts_the_sequence_up(db_session: Any) -> None:
    application, panel, hr = scene()
    made = schedule(application, panel, hr)
    uid = made.uid
    for number in (1, 2):
        later = made.starts_at + timedelta(days=1)
        op.reschedule_interview(made, starts_at=later, minutes=30, place="Room 5", by=hr)
        assert (made.uid, made.sequence) == (uid, number)
    assert [kind for kind, _to in mails(db_session)].count("interviews/moved") == 2
    db_session.flush()
    moved = db_session.scalars(
        sa.select(AuditEvent).where(AuditEvent.action == "interview.rescheduled")
    ).all()
    assert moved[0].before["place"] == "Room 4"
    assert moved[0].after["sequence"] == 1


def test_moving_into_the_past_is_refused(db_session: Any) -> None:
    made = make.interview()
    with pytest.raises(Refused) as refused:
        op.reschedule_interview(
            made,
            starts_at=portal_clock.now() - timedelta(minutes=1),
            minutes=45,
            place="X",
            by=people.account(roles=["hr"]),
        )
    assert refused.value.field == "starts_at"


def test_nothing_moves_once_a_scorecard_is_in(db_session: Any) -> None:
    made, hr = make.interview(), people.account(roles=["hr"])
    make.submit(made.scorecards[0])
    with pytest.raises(Refused, match="A scorecard is in"):
        op.cancel_interview(made, by=hr)
    with pytest.raises(Refused, match="A scorecard is in"):
        op.reschedule_interview(
            made, starts_at=made.starts_at + timedelta(days=1), minutes=45, place="X", by=hr
        )


def test_cancelling_takes_the_entry_out_of_every_calendar(db_session: Any) -> None:
    application, panel, hr = scene()
    made = schedule(application, panel, hr)
    op.cancel_interview(made, by=hr)
    assert (made.state, made.sequence) == (InterviewState.CANCELLED, 1)
    assert [kind for kind, _to in mails(db_session)][-3:] == [
        "interviews/cancelled",
        "interviews/panel_cancelled",
        "interviews/panel_cancelled",
    ]
    with pytest.raises(Refused):
        op.cancel_interview(made, by=hr)


def test_an_interview_nobody_came_to_is_cancelled_without_mail(
    db_session: Any, clock: Callable[[datetime], None]
) -> None:
    made = make.interview()
    clock(made.starts_at + timedelta(hours=2))
    op.cancel_interview(made, by=people.account(roles=["hr"]))
    assert made.state is InterviewState.CANCELLED
    assert mails(db_session) == []


def test_withdrawing_cancels_the_interviews_that_lie_ahead(db_session: Any) -> None:
    made = make.interview()
    hiring_operations.withdraw_application(made.application)
    assert made.state is InterviewState.CANCELLED


def test_nobody_is_rejected_while_an_interview_stands(db_session: Any) -> None:
    made, hr = make.interview(), people.account(roles=["hr"])
    with pytest.raises(Refused, match="Cancel it first"):
        hiring_operations.move_application(
            made.application, Stage.REJECTED, by=hr, reason=RejectionReason.STRONGER
        )


def test_erasing_an_application_empties_the_notes_and_deletes_what_names_the_candidate(
    db_session: Any,
) -> None:
    made = make.complete((1, 5), (4, 4))
    application, hr = made.application, people.account(roles=["hr"])
    from portal.interviews.states import Outcome

    op.decide(made, outcome=Outcome.REJECT, override_reason=None, note="Too early", by=hr)
    hiring_operations.erase_application(application)
    db_session.expire_all()
    assert {answer.note for card in made.scorecards for answer in card.answers} == {""}
    assert made.scorecards[0].answers[0].rating == 1
    assert made.decision.note == ""
    naming = sa.select(Notice).where(Notice.url.startswith("/interviews"))
    assert db_session.scalars(naming).all() == []
