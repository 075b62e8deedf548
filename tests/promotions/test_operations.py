"""Proposing, deciding, telling, answering, and what the day brings: each way out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import clock as portal_clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.i18n import LOCALES
from portal.core.inbox.models import Notice
from portal.core.mail.models import OutgoingMail
from portal.hiring.states import StepState
from portal.people.models import Employment, Person, Position
from portal.people.operations import end_employment, start_employment
from portal.people.states import EmploymentReason
from portal.promotions import frozen, operations, queries
from portal.promotions.states import GapReason, PromotionState, StepKind
from tests.factories import careers, competencies, people
from tests.factories import promotions as make
from tests.factories.people import added

pytestmark = pytest.mark.usefixtures("db_session", "clock")

LONG_AFTER = datetime(2026, 12, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def who() -> make.Line:
    return make.line()


def told(account: Any) -> list[str]:
    found = sa.select(Notice.kind).where(Notice.account_id == account.id).order_by(Notice.id)
    return list(db.session.scalars(found))


def kinds(row: Any) -> list[StepKind]:
    return [step.kind for step in row.present_steps]


def approve(row: Any, by: Any) -> None:
    operations.approve_step(row, seen_terms=row.terms_hash, note="", by=by)


def test_a_proposal_freezes_the_lines_and_asks_the_next_manager_up(who: make.Line) -> None:
    careers.requirements(who.role, careers.experience(careers.option(2)))
    row = make.proposed(who)
    assert row.state is PromotionState.IN_APPROVAL
    assert (row.readiness["day"], len(row.readiness["lines"])) == ("2026-11-24", 1)
    assert set(row.readiness["lines"][0]["title"]) == {"en", "tr", "es", "ja"}
    assert kinds(row) == [StepKind.MANAGER, StepKind.HR]
    assert told(who.chief) == ["promotions.to_approve"]
    assert told(who.own) == told(who.hr) == []


def test_what_is_missing_needs_a_reason_in_words(who: make.Line) -> None:
    competencies.requirement(who.role, competencies.competency())
    for values, field in (({}, "gap_reason"), ({"gap_reason": GapReason.SOON}, "gap_note")):
        with pytest.raises(Refused) as refused:
            make.proposed(who, **values)
        assert refused.value.field == field
    row = make.proposed(who, gap_reason=GapReason.SOON, gap_note="The course ends in May.")
    assert (row.gap_reason, row.gap_note) == (GapReason.SOON, "The course ends in May.")


def test_a_reason_for_gaps_is_dropped_where_there_is_none(who: make.Line) -> None:
    row = make.proposed(who, gap_reason=GapReason.SOON, gap_note="Soon.")
    assert (row.gap_reason, row.gap_note) == (None, "")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts_on": date(2026, 11, 23)}, "starts_on"),
        ({"starts_on": date(2028, 1, 1)}, "starts_on"),
        ({"reason": "  "}, "reason"),
        ({"pay": 0, "pay_currency": "TRY"}, "pay"),
    ],
)
def test_terms_that_make_no_sense_are_refused(
    who: make.Line, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        make.proposed(who, **values)
    assert refused.value.field == field


def test_the_role_held_now_and_oneself_as_manager_are_refused(who: make.Line) -> None:
    job = who.person.employment_on(portal_clock.today())
    for values, field in (({"role": job.role}, "role"), ({"manager": who.person}, "manager")):
        with pytest.raises(Refused) as refused:
            make.proposed(who, **values)
        assert refused.value.field == field


def test_a_second_proposal_for_the_same_person_is_refused(who: make.Line) -> None:
    make.proposed(who)
    with pytest.raises(Refused, match="already"):
        make.proposed(who, by=who.hr)


def test_should_two_slip_through_the_database_says_no(
    who: make.Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.proposed(who)
    monkeypatch.setattr("portal.promotions.queries.live_of", lambda _key: sa.select(sa.null()))
    with pytest.raises(Refused, match="faster"):
        make.proposed(who, by=who.hr)


def test_nobody_proposes_themself(who: make.Line) -> None:
    with pytest.raises(Refused, match="oneself"):
        make.proposed(who, by=who.own)


def test_pay_outside_the_band_and_high_roles_ask_a_director_too(who: make.Line) -> None:
    people.pay_band(who.role)
    inside = {"pay": 50_000_000, "pay_currency": "TRY"}
    row = make.proposed(who, **inside)
    assert kinds(row) == [StepKind.MANAGER, StepKind.HR]
    operations.change_promotion(
        row, make.terms(who, pay=90_000_000, pay_currency="TRY"), by=who.lead
    )
    assert kinds(row) == [StepKind.MANAGER, StepKind.HR, StepKind.DIRECTOR]
    who.role.level = 4
    operations.change_promotion(row, make.terms(who, **inside), by=who.lead)
    assert kinds(row) == [StepKind.MANAGER, StepKind.HR, StepKind.DIRECTOR]


def test_hr_alone_that_proposes_asks_the_line(who: make.Line) -> None:
    row = make.proposed(who, by=who.hr)
    assert (row.by_line, kinds(row)) == (False, [StepKind.MANAGER])
    assert told(who.lead) == ["promotions.to_approve"]


def test_the_top_of_the_line_asks_hr_and_a_director_where_the_role_is_high(who: make.Line) -> None:
    assert kinds(make.proposed(who, by=who.chief)) == [StepKind.HR]


def test_without_anybody_in_hr_it_is_refused(who: make.Line) -> None:
    who.hr.roles = []
    with pytest.raises(Refused, match="HR"):
        make.proposed(who)


def test_the_last_step_makes_the_letter_and_nobody_tells_the_person(who: make.Line) -> None:
    row = make.proposed(who)
    approve(row, who.chief)
    assert (row.state, told(who.hr)) == (PromotionState.IN_APPROVAL, ["promotions.to_approve"])
    approve(row, who.hr)
    assert row.state is PromotionState.APPROVED
    assert row.document is not None
    assert told(who.lead) == ["promotions.approved"]
    assert told(who.own) == []
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutgoingMail)) == 0


def test_nobody_decides_twice_out_of_turn_or_on_their_own(who: make.Line) -> None:
    who.chief.roles = ["manager", "hr"]
    row = make.proposed(who)
    for account in (who.lead, who.hr, who.director, who.own):
        with pytest.raises(Refused, match="somebody else"):
            approve(row, account)
    approve(row, who.chief)
    with pytest.raises(Refused, match="somebody else"):
        approve(row, who.chief)


def test_an_approval_holds_for_the_terms_that_were_seen(who: make.Line) -> None:
    row = make.proposed(who)
    seen = row.terms_hash
    operations.change_promotion(row, make.terms(who, starts_on=date(2026, 12, 28)), by=who.lead)
    with pytest.raises(Refused, match="changed"):
        operations.approve_step(row, seen_terms=seen, note="", by=who.chief)


def test_changed_terms_void_what_was_approved(who: make.Line) -> None:
    row = make.approved(who)
    operations.change_promotion(row, make.terms(who, reason="Another reason."), by=who.lead)
    assert (row.state, row.document, row.approved_at) == (PromotionState.IN_APPROVAL, None, None)
    assert [step.round for step in row.steps] == [1, 1, 2, 2]
    assert [step.state for step in row.present_steps] == [StepState.OPEN, StepState.WAITING]
    approve(row, who.chief)


def test_saving_the_same_terms_changes_nothing(who: make.Line) -> None:
    row = make.approved(who)
    operations.change_promotion(row, make.terms(who), by=who.lead)
    assert row.state is PromotionState.APPROVED


def test_sending_back_needs_a_reason_and_can_be_put_right(who: make.Line) -> None:
    row = make.proposed(who)
    with pytest.raises(Refused) as refused:
        operations.return_promotion(row, seen_terms=row.terms_hash, note=" ", by=who.chief)
    assert refused.value.field == "note"
    operations.return_promotion(row, seen_terms=row.terms_hash, note="Too soon", by=who.chief)
    assert (row.state, told(who.lead)) == (PromotionState.RETURNED, ["promotions.returned"])
    with pytest.raises(Refused, match="not waiting"):
        approve(row, who.chief)
    operations.change_promotion(row, make.terms(who), by=who.lead)
    assert (row.state, len(row.steps)) == (PromotionState.IN_APPROVAL, 4)


def test_the_day_must_not_be_over_when_a_step_is_approved(who: make.Line, clock: Any) -> None:
    row = make.proposed(who)
    clock(LONG_AFTER)
    with pytest.raises(Refused, match="past"):
        approve(row, who.chief)


def seat(who: make.Line, code: str = "IST-1") -> Position:
    return added(Position(code=code, role_id=who.role.id, team_id=who.team.id))


def test_a_position_that_is_taken_meanwhile_is_refused(who: make.Line) -> None:
    row = make.proposed(who, position=seat(who))
    other = people.employment(team=who.team, role=who.role)
    other.position_id = row.position_id
    with pytest.raises(Refused, match="IST-1") as refused:
        approve(row, who.chief)
    assert refused.value.field == "position"


def test_a_position_of_another_team_is_refused(who: make.Line) -> None:
    place = seat(who)
    place.team_id = who.branch.id
    with pytest.raises(Refused) as refused:
        make.proposed(who, position=place)
    assert refused.value.field == "position"


def test_a_manager_who_comes_meanwhile_decides(who: make.Line) -> None:
    row = make.proposed(who)
    new = people.account(person=people.person("Yeni"), leads=who.branch)
    who.chief.led_paths = []
    job = db.session.get_one(Person, who.lead.person_id).employment_on(portal_clock.today())
    job.manager_id = new.person_id
    db.session.flush()
    db.session.expire_all()
    with pytest.raises(Refused, match="somebody else"):
        approve(row, who.chief)
    approve(row, new)


def test_telling_writes_mail_and_notice_once_the_letter_is_there(who: make.Line) -> None:
    row = make.approved(who, letter=False)
    with pytest.raises(Refused, match="still being made"):
        operations.tell_person(row, by=who.lead)
    row = make.offered(make.line())
    account = db.session.scalars(
        sa.select(OutgoingMail).where(OutgoingMail.kind == "promotions/offered")
    ).one()
    assert "Senior Associate" in account.text
    assert row.told_at is not None


def test_yes_waits_for_the_day_and_then_holds_once(who: make.Line, clock: Any) -> None:
    row = make.accepted(who)
    assert row.state is PromotionState.ACCEPTED
    assert operations.settle() == 0
    clock(LONG_AFTER)
    assert operations.settle() == 1
    assert operations.settle() == 0
    assert not operations.effect_promotion(row.id)
    assert row.state is PromotionState.EFFECTIVE
    jobs = db.session.scalars(
        sa.select(Employment).where(Employment.person_id == who.person.id).order_by(Employment.id)
    ).all()
    assert [job.ends_on for job in jobs] == [date(2026, 12, 23), None]
    assert (jobs[1].reason, jobs[1].role, jobs[1].source_id) == (
        EmploymentReason.PROMOTION, who.role, row.id,
    )  # fmt: skip
    assert told(who.own) == ["promotions.yours", "promotions.yours_effective"]


def test_yes_on_the_day_itself_holds_at_once(who: make.Line) -> None:
    row = make.accepted(who, starts_on=portal_clock.today(), position=seat(who))
    assert row.state is PromotionState.EFFECTIVE
    job = who.person.employment_on(portal_clock.today())
    assert (job.role, job.position_id) == (who.role, row.position_id)
    assert who.own.subtitle == "Senior Associate"


def test_a_second_click_changes_nothing(who: make.Line) -> None:
    row = make.accepted(who, starts_on=portal_clock.today())
    operations.accept_promotion(row, by=who.own)
    with pytest.raises(Refused):
        operations.decline_promotion(row, note="", by=who.own)


def test_only_the_person_answers(who: make.Line) -> None:
    row = make.offered(who)
    with pytest.raises(Refused, match="Only the person"):
        operations.accept_promotion(row, by=who.lead)


def test_no_ends_it_and_the_lead_reads_why(who: make.Line) -> None:
    row = make.offered(who)
    operations.decline_promotion(row, note=" Not now ", by=who.own)
    assert (row.state, row.answer_note) == (PromotionState.DECLINED, "Not now")
    assert "promotions.declined" in told(who.lead)
    make.proposed(who)


def test_what_nobody_answers_lapses_after_its_day(who: make.Line, clock: Any) -> None:
    row = make.offered(who)
    clock(datetime(2026, 12, 24, 9, 0, tzinfo=UTC))
    assert operations.settle() == 0
    clock(LONG_AFTER)
    assert operations.settle() == 1
    assert row.state is PromotionState.LAPSED
    assert "promotions.yours_lapsed" in told(who.own)


def test_what_was_approved_and_never_told_lapses_in_silence(who: make.Line, clock: Any) -> None:
    row = make.approved(who)
    clock(LONG_AFTER)
    operations.settle()
    assert (row.state, told(who.own)) == (PromotionState.LAPSED, [])


def test_withdrawing_needs_a_reason_and_tells_only_who_knows(who: make.Line) -> None:
    row = make.approved(who)
    with pytest.raises(Refused) as refused:
        operations.withdraw_promotion(row, note="", by=who.lead)
    assert refused.value.field == "note"
    operations.withdraw_promotion(row, note="The budget is gone", by=who.lead)
    assert told(who.own) == []
    row = make.offered(who)
    operations.withdraw_promotion(row, note="The budget is gone", by=who.lead)
    assert told(who.own) == ["promotions.yours", "promotions.taken_back"]


def test_who_leaves_is_not_promoted(who: make.Line) -> None:
    row = make.proposed(who)
    job = who.person.employment_on(portal_clock.today())
    end_employment(job, ends_on=portal_clock.today() + timedelta(days=5), by=who.hr)
    assert row.state is PromotionState.ENDED
    assert row.ended_why["en"].endswith("leaves on Nov 29, 2026.")
    assert row.ended_why["ja"].count("2026/11/29") == 1
    assert len(set(row.ended_why.values())) == len(LOCALES)
    assert "promotions.ended" in told(who.lead)
    assert told(who.own) == []


def moved(who: make.Line, **values: Any) -> None:
    start_employment(
        who.person,
        **({"role": who.role, "team": who.team, "site": who.team.site, "manager": None,
            "starts_on": date(2026, 12, 1), "reason": EmploymentReason.TRANSFER, "by": who.hr}
           | values),
    )  # fmt: skip


def test_who_gets_the_role_another_way_needs_no_promotion(who: make.Line) -> None:
    row = make.proposed(who)
    moved(who)
    assert row.state is PromotionState.ENDED


def test_a_move_in_between_leaves_it_alone(who: make.Line) -> None:
    row = make.proposed(who)
    moved(who, role=people.role())
    assert row.state is PromotionState.IN_APPROVAL


def test_a_position_lost_before_the_day_ends_it_with_the_reason(who: make.Line, clock: Any) -> None:
    row = make.accepted(who, position=seat(who))
    people.employment(team=who.team, role=who.role).position_id = row.position_id
    clock(LONG_AFTER)
    assert operations.settle() == 1
    assert row.state is PromotionState.ENDED
    assert all("IST-1" in text for text in row.ended_why.values())
    assert len(set(row.ended_why.values())) == len(LOCALES)
    assert "promotions.ended" in told(who.lead)
    assert len(who.person.employments) == 1


def test_the_teams_read_the_announcement_on_the_day_and_not_before(
    who: make.Line, clock: Any
) -> None:
    colleague = people.account(person=people.employment(team=who.team).person)
    row = make.accepted(who)
    operations.write_announcement(row, text=" Welcome! ", by_mail=True, by=who.lead)
    with pytest.raises(Refused, match="after it has taken effect"):
        operations.announce(row, by=who.lead)
    assert told(colleague) == []
    clock(LONG_AFTER)
    operations.settle()
    assert (row.announcement, told(colleague)) == ("Welcome!", ["promotions.news"])
    mails = sa.select(OutgoingMail.to_address).where(OutgoingMail.kind == "promotions/news")
    found = list(db.session.scalars(mails))
    assert colleague.email in found
    assert who.own.email not in found
    with pytest.raises(Refused, match="once"):
        operations.announce(row, by=who.hr)
    with pytest.raises(Refused, match="already"):
        operations.write_announcement(row, text="Again", by_mail=False, by=who.hr)


def test_an_announcement_needs_words(who: make.Line) -> None:
    row = make.accepted(who, starts_on=portal_clock.today())
    with pytest.raises(Refused) as refused:
        operations.announce(row, by=who.hr)
    assert refused.value.field == "text"


def test_what_stands_otherwise_since_the_proposal_is_named(who: make.Line) -> None:
    asked = competencies.competency()
    competencies.requirement(who.role, asked)
    row = make.proposed(who, gap_reason=GapReason.SOON, gap_note="Soon.")
    before = row.readiness
    competencies.evidence(who.person, asked, level=5)
    now = frozen.freeze(who.person, who.role, portal_clock.today())
    [change] = frozen.changes(before, now)
    assert (str(change.before), str(change.now)) == ("unknown", "met")
    assert [str(one.now) for one in frozen.changes({"lines": []}, now)] == ["met"]
    assert [one.now for one in frozen.changes(now, {"lines": []})] == [None]


def test_openness_is_kept_and_changed(who: make.Line) -> None:
    first = operations.set_wish(is_open=True, role_ids=[who.role.id], site_ids=[], by=who.own)
    again = operations.set_wish(is_open=False, role_ids=[], site_ids=[3, 1], by=who.own)
    assert first is again
    assert (again.is_open, again.role_ids, again.site_ids) == (False, [], [1, 3])


def test_the_day_makes_the_person_lead_of_the_team(who: make.Line, clock: Any) -> None:
    row = make.accepted(who, leads_team=True)
    assert row.replaced_lead is not None
    assert row.replaced_lead.id == who.lead.person_id
    clock(LONG_AFTER)
    operations.settle()
    assert row.state is PromotionState.EFFECTIVE
    assert who.team.lead_id == who.person.id
    assert (who.own.led_paths, who.lead.led_paths) == ([who.team.path], [])
    assert row.replaced_lead is None


def test_leading_the_team_is_a_term_that_approvals_hold_for(who: make.Line) -> None:
    row = make.proposed(who)
    seen = row.terms_hash
    operations.change_promotion(row, make.terms(who, leads_team=True), by=who.lead)
    assert row.terms_hash != seen


def test_a_role_as_high_as_that_of_the_lead_is_expected_to_lead(who: make.Line) -> None:
    today = portal_clock.today()
    lead = people.role("Team Lead", level=3)
    job = db.session.scalars(
        sa.select(Employment).where(Employment.person_id == who.lead.person_id)
    ).one()
    job.role = lead
    db.session.flush()
    assert queries.would_lead(who.person, lead, who.team, today)
    assert not queries.would_lead(who.person, who.role, who.team, today)
    who.team.lead = None
    db.session.flush()
    assert not queries.would_lead(who.person, lead, who.team, today)
