"""Two of everything for walks over all pages: what belongs to one team, and to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from portal.accounts import operations as signing_in
from portal.accounts.models import Account, AccountLink, AccountSession, SavedView
from portal.accounts.states import AccountState, LinkPurpose
from portal.certification.badges.public import LIST_SIZE
from portal.certification.models import AwardEvidence, PursuitEvidence
from portal.core import clock, inbox
from portal.core.db import db
from portal.core.documents.operations import note_failure
from portal.core.files import StoredFile, store
from portal.core.imports import SheetImport
from portal.core.mail.attachments import Attachment
from portal.core.mail.models import OutgoingMail
from portal.core.mail.states import MailState
from portal.core.tokens import hash_token, new_token
from portal.hiring.models import ApprovalStep, Requisition
from portal.hiring.states import HiringNotice, PostingState, RequisitionState, Stage, StepState
from portal.interviews import operations as interviewing
from portal.interviews.models import Interview
from portal.interviews.states import Outcome
from portal.metrics.policy import IMPORT_KIND
from portal.metrics.states import MetricState
from portal.offers.models import Offer
from portal.onboarding.models import OnboardingPlan
from portal.onboarding.states import DecisionState, ProbationOutcome
from portal.people.models import Organisation, Person, Role
from portal.training.states import CourseKind, CourseState
from tests.factories import (
    careers,
    certification,
    competencies,
    hiring,
    interviews,
    metrics,
    offers,
    onboarding,
    people,
    programmes,
    training,
)
from tests.factories.people import added
from tests.factories.worlds import SIDES
from tests.factories.worlds.who import Params, People, person_of

FORGED = "Zm9yZ2VkLWZvcmdlZC1mb3JnZWQtZm9yZ2VkLWZvcmdlZA"


@dataclass(frozen=True)
class World:
    """Whom the walk signs in, and the values of both sides."""

    accounts: dict[str, int]
    own: Params
    foreign: Params


def build() -> World:
    """Everything, committed by the caller."""
    logo, cv = _file("logo.png"), _file("cv.pdf")
    added(Organisation(name="Anatolia Contact", logo_file_id=logo.id))
    ours, theirs = _people(), _people()
    own = _side(ours) | {"file_id": logo.id}
    # A stranger's logo is somebody's CV; a forged link is one nobody was ever sent.
    foreign = _side(theirs) | {"file_id": cv.id}
    links = ("token", "status_key", "slug", "code", "uid")
    foreign |= {key: FORGED for key in foreign if key.split()[-1] in links}
    unseen = certification.certification().current.id
    foreign |= {key: unseen for key in foreign if key.startswith("certification.achievement")}
    foreign["list_number"] = 99
    foreign["offers key"] = FORGED
    # A course that is not on offer yet.
    foreign["course_id"] = training.course(state=CourseState.DRAFT).id
    _mails(own, foreign)
    accounts = {
        "associate": ours.hire,
        "interviewer": ours.interviewer,
        "lead": ours.lead,
        "manager": ours.manager,
        "hr": ours.hr,
        "executive": ours.executive,
        "admin": people.account(roles=["admin"]),
    }
    db.session.flush()
    return World({name: account.id for name, account in accounts.items()}, own, foreign)


def _people() -> People:
    """A branch led by its manager, and in it a team with a lead and somebody just hired."""
    lead, chief = people.person("Lale"), people.person("Mete")
    branch = people.team(lead=chief)
    team = people.team(parent=branch, lead=lead)
    role = people.role("Customer Service Associate")
    people.pay_band(role)
    hire = people.account(person=people.person("Ceren"))
    people.employment(lead, team=team, role=role)
    people.employment(people.person("Nil"), team=team, role=role)
    return People(
        team, role, hire,
        interviewer=interviews.interviewer(),
        lead=people.account(person=lead, leads=team),
        manager=people.account(person=chief, leads=branch, roles=["manager", "planner"]),
        hr=people.account(roles=["hr"]),
        executive=people.account(roles=["executive"]),
    )  # fmt: skip


def _side(who: People) -> Params:
    """Rows of every kind that belong to these people."""
    found = (
        _organisation(who) | _competencies(who) | _requisitions(who) | _applications(who)
        | _interviews(who) | _offers(who) | _onboarding(who) | _training(who) | _metrics(who)
        | _careers(who) | _rules(who) | _certificates(who) | _badges(who) | _account(who)
    )  # fmt: skip
    for side in SIDES:
        found |= side(who)
    return found


def _file(name: str) -> StoredFile:
    row = store(b"%PDF-1.7 a file", name=name, media_type="application/pdf")
    return added(row)


def _organisation(who: People) -> Params:
    return {
        "site_id": who.team.site.id,
        "team_id": who.team.id,
        "role_id": who.role.id,
        "band_id": people.pay_band(who.role, country="ES", currency="EUR").id,
    }


def _competencies(who: People) -> Params:
    competency = competencies.competency()
    competencies.requirement(who.role, competency)
    return {"competency_id": competency.id, "version_id": competency.current.id}


def _requisition(who: People, **values: Any) -> Requisition:
    return hiring.requisition(**({
        "team": who.team, "role": who.role, "hiring_manager": person_of(who.manager),
        "created_by_id": who.manager.id, "openings": 20,
    } | values))  # fmt: skip


def _requisitions(who: People) -> Params:
    draft = _requisition(who, state=RequisitionState.DRAFT)
    asked = _requisition(who, state=RequisitionState.IN_APPROVAL)
    added(ApprovalStep(
        requisition=asked, number=1, approver_ids=[who.executive.id], needed=1,
        state=StepState.OPEN,
    ))  # fmt: skip
    plan = interviews.plan(draft, published=False, rounds=2)
    return {
        "requisition_id": draft.id,
        "hiring.decide_step requisition_id": asked.id,
        "hiring.compose_posting requisition_id": _requisition(who).id,
        "interviews plan_id": plan.id,
        "plan_round_id": plan.rounds[1].id,
    }


def _applications(who: People) -> Params:
    requisition = _requisition(who)
    posting = hiring.posting(requisition=requisition)
    draft = hiring.posting(requisition=requisition, state=PostingState.DRAFT, published_at=None)
    application = hiring.application(posting, cv_file=_file("cv.pdf"))
    return {
        "posting_id": posting.id, "slug": posting.slug, "language": "tr", "moment": 1,
        "hiring.publish_posting posting_id": draft.id,
        "application_id": application.id, "status_key": application.status_key,
        "interviews.schedule application_id":
            hiring.application(posting, stage=Stage.INTERVIEW).id,
        "offers.make_offer application_id":
            hiring.application(posting, stage=Stage.DECISION).id,
    }  # fmt: skip


def _interviews(who: People) -> Params:
    requisition = _requisition(who)
    posting = hiring.posting(requisition=requisition)
    interviews.plan(requisition)

    def interview() -> Interview:
        candidate = hiring.application(posting, stage=Stage.INTERVIEW, cv_file=_file("cv.pdf"))
        panel = [who.interviewer, interviews.interviewer("Selin")]
        return interviews.interview(candidate, panel=panel)

    coming, complete, decided = interview(), interview(), interview()
    for card in (*complete.scorecards, *decided.scorecards):
        interviews.submit(card)
    interviewing.decide(decided, outcome=Outcome.ADVANCE, override_reason=None, note="", by=who.hr)
    return {
        "interview_id": coming.id,
        "scorecard_id": coming.scorecards[0].id,
        "interviews.panel interview_id": complete.id,
        "interviews.decide interview_id": complete.id,
        "interviews.print_record interview_id": decided.id,
        "interviews.amend_scorecard scorecard_id": complete.scorecards[0].id,
        "question_id": interviews.question(competencies.competency()).id,
    }


def _offers(who: People) -> Params:
    requisition = _requisition(who)

    def candidate() -> Any:
        return offers.candidate(requisition=requisition)

    def offer(state: Any, **values: Any) -> Offer:
        return state(candidate(), who.hr, **values)

    approved, unprinted = offer(offers.approved), offer(offers.approved, letter=False)
    assert approved.document is not None
    assert unprinted.document is not None
    note_failure(unprinted.document, "no fonts")
    sent, token = offers.sent(candidate(), who.hr)
    return {
        "offer_id": offer(offers.draft).id,
        "offers token": token,
        "offers key": "standard",
        "offers.decide_offer offer_id": offer(offers.in_approval).id,
        "offers.send_offer offer_id": approved.id,
        "offers.withdraw_offer offer_id": sent.id,
        "document_id": approved.document.id,
        "code": approved.document.verify_code,
        "documents.retry_document document_id": unprinted.document.id,
    }


def _onboarding(who: People) -> Params:
    employment = people.employment(
        person_of(who.hire), team=who.team, role=who.role, manager=person_of(who.manager)
    )
    plan = onboarding.plan(employment, probation_ends_on=clock.today() + timedelta(days=10))
    task = onboarding.task(plan)
    proven = onboarding.task(
        plan, needs_evidence=True, done_at=clock.now(), done_by_id=who.hire.id,
        evidence_file=_file("signed.pdf"),
    )  # fmt: skip
    return {
        "person_id": who.hire.person_id,
        "employment_id": employment.id,
        "onboarding plan_id": plan.id,
        "task_id": task.id,
        "onboarding.task_evidence task_id": proven.id,
        "onboarding.reopen_task task_id": proven.id,
        "template_id": onboarding.template(who.role).id,
        "check_in_id": onboarding.check_in(plan).id,
        **_drafted(who.role),
        **_probation(who, plan),
    }


def _drafted(role: Role) -> Params:
    """A version that is being written, for the views that change it."""
    draft = onboarding.draft(role, key=f"draft-{role.key}")
    views = ("change_template", "publish_template", "discard_template", "add_task", "change_task",
             "remove_task", "move_task")  # fmt: skip
    return {f"onboarding.{view} template_id": draft.id for view in views} | {
        "onboarding key": draft.tasks[0]["key"]
    }


def _probation(who: People, plan: OnboardingPlan) -> Params:
    ended = onboarding.decision(
        plan, who.manager, outcome=ProbationOutcome.END, until=clock.today(),
        state=DecisionState.CONFIRMED, decided_at=clock.now(), decided_by_id=who.hr.id,
    )  # fmt: skip
    return {
        "decision_id": onboarding.decision(plan, who.manager).id,
        "onboarding.end_employment decision_id": ended.id,
    }


def _training(who: People) -> Params:
    """The hire has a seat with the interviewer, reads on their own and has a test before them."""
    hire = person_of(who.hire)
    session = training.session(trainer=person_of(who.interviewer))
    alone = training.course(kind=CourseKind.SELF_PACED)
    return {
        "course_id": session.course_id,
        "session_id": session.id,
        "category_id": training.category().id,
        "enrolment_id": training.enrolment(hire, session=session).id,
        "training.offer_course course_id": training.course(state=CourseState.RETIRED).id,
        "training.confirm_completion enrolment_id": training.enrolment(hire, alone).id,
        "training.record_result enrolment_id":
            training.enrolment(hire, training.course(pass_mark=70)).id,
        **_programmes(who, hire),
    }  # fmt: skip


def _programmes(who: People, hire: Person) -> Params:
    """The hire is in a programme by their own wish and claims hours; HR sent a table."""
    programme = programmes.programme("", training.course())
    retired = programmes.programme("", training.course(), state=CourseState.RETIRED)
    table = SheetImport(
        kind="completions", file=_file("completions.csv"), sha256="0" * 64,
        created_at=clock.now(), created_by_id=who.hr.id,
    )  # fmt: skip
    return {
        "programme_id": programme.id,
        "training.offer_programme programme_id": retired.id,
        "programme_enrolment_id": programmes.way(programme, hire).id,
        "training.end_rule rule_id": programmes.rule(course=training.course()).id,
        "completion_id": training.completion(hire).id,
        "credit_id": programmes.claim(hire).id,
        "sheet_import_id": added(table).id,
    }


def _metrics(who: People) -> Params:
    """A metric with a target, a figure of the hire, and a table that was sent."""
    measured = metrics.metric()
    table = SheetImport(
        kind=IMPORT_KIND, file=_file("figures.csv"), sha256="0" * 64, created_at=clock.now(),
        created_by_id=who.hr.id,
    )  # fmt: skip
    return {
        "metric_id": measured.id,
        "metrics.resume_metric metric_id": metrics.metric(state=MetricState.RETIRED).id,
        "target_id": metrics.target(measured).id,
        "value_id": metrics.value(person_of(who.hire), measured).id,
        "metrics sheet_import_id": added(table).id,
    }


def _rules(who: People) -> Params:
    """A certification that is mandatory for the role, and a queue of the team."""
    kept = certification.certification(criteria=[certification.criterion()])
    return {
        "certification_id": kept.id,
        "certification version_id": kept.current.id,
        "mandate_id": certification.mandate(kept, role=who.role).id,
        "queue_id": certification.queue(who.team).id,
    }


def _certificates(who: People) -> Params:
    """What the hire handed in, is on the way to and is released from, each with a file."""
    hire, paper = person_of(who.hire), _file("certificate.pdf")
    known = certification.certification(criteria=[certification.criterion()])
    begun = certification.pursuit(hire, known)
    handed_in = certification.award(
        hire, certification.certification(), clock.today(), needs_check=True
    )
    brought = added(PursuitEvidence(
        pursuit=begun, criterion=known.current.criteria[0], file=paper,
        given_at=clock.now(), given_by=who.hire,
    ))  # fmt: skip
    other = certification.certification()
    return {
        "pursuit_id": begun.id,
        "award_id": handed_in.id,
        "waiver_id": certification.waiver(hire, other, clock.today()).id,
        "certification.pursuit_evidence evidence_id": brought.id,
        "certification.award_evidence evidence_id":
            added(AwardEvidence(award_id=handed_in.id, file=paper)).id,
    }  # fmt: skip


def _badges(who: People) -> Params:
    """An award the hire has shown to the world; of a rule without a badge strangers see nothing."""
    shown = certification.award(person_of(who.hire), certification.certification(), clock.today())
    badge = certification.badge(shown)
    return {
        "certification.issue_certificate award_id": shown.id,
        "certification.publish_badge award_id": shown.id,
        "certification.achievement version_id": shown.version_id,
        "certification.achievement_image version_id": shown.version_id,
        "badge_id": badge.id,
        "uid": badge.uid,
        "list_number": badge.status_index // LIST_SIZE + 1,
    }  # fmt: skip


def _careers(who: People) -> Params:
    """A ladder, and experience that the hire has added and a second person may confirm."""
    step = people.role()
    version = careers.ladder((who.role, step))
    claim = careers.claim(person_of(who.hire), by=who.hire, file=_file("letter.pdf"))
    return {"ladder_version_id": version.id, "claim_id": claim.id}


def _account(who: People) -> Params:
    """The hire's own session, inbox and links."""
    signing_in.open_session(who.hire, address="192.0.2.1", browser="Firefox")
    session = db.session.scalars(sa.select(AccountSession).filter_by(account_id=who.hire.id)).one()
    notice = inbox.tell(who.hire.id, HiringNotice.REQUISITION_APPROVED, "/", role="Associate")
    db.session.flush()
    view = added(SavedView(
        account_id=who.hire.id, place="people.people", name="Mine", query="q=a",
        created_at=clock.now(),
    ))  # fmt: skip
    invited = people.account(state=AccountState.INVITED)
    return {
        "view_id": view.id,
        "account_id": who.hire.id,
        "account_session_id": session.id,
        "notice_id": notice.id,
        "home.calendar_feed token": signing_in.make_feed(who.hire, by=who.hire),
        "accounts.resend_invitation account_id": invited.id,
        "accounts.accept_invitation token": _link(invited, LinkPurpose.INVITATION),
        "accounts.reset_password token": _link(who.hire, LinkPurpose.RESET),
    }


def _link(account: Account, purpose: LinkPurpose) -> str:
    token, now = new_token(), clock.now()
    added(AccountLink(
        account=account, purpose=purpose, token_hash=hash_token(token), created_at=now,
        expires_at=now + timedelta(days=1),
    ))  # fmt: skip
    return token


def _mails(own: Params, foreign: Params) -> None:
    """A mail to a candidate, and one whose link opens an account."""
    for side, kind in ((own, "hiring/received"), (foreign, "accounts/invitation")):
        side["mail_id"] = added(OutgoingMail(
            kind=kind, to_address="ceren@example.com", locale="en", subject="Hello", text="Hello",
            html="<p>Hello</p>", message_id=f"<{kind}@portal>", state=MailState.KEPT,
            attachments=[Attachment.calendar(b"BEGIN:VCALENDAR").to_json()],
            created_at=clock.now(),
        )).id  # fmt: skip
        side["number"] = 0
