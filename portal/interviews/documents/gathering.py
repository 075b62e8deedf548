"""Gathers what the decision record shows, in the language it is printed in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask_babel import force_locale

from portal.accounts.models import Account
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.i18n import words
from portal.core.mail.models import OutgoingMail
from portal.hiring.models import Application, ScreeningCriteria, ScreeningResult
from portal.hiring.queries.application import screening_results
from portal.hiring.states import HiringFact, RejectionReason, Stage
from portal.interviews import queries
from portal.interviews.documents import record as parts
from portal.interviews.documents.panel import decision_of, rounds_of, shares_of
from portal.interviews.models import Interview
from portal.interviews.sidebyside import side_by_side

LINK = re.compile(r"https?://\S+")


def decision_record(interview: Interview, locale: str) -> parts.DecisionRecord:
    """Everything a decision rests on, ready to be frozen."""
    with force_locale(locale):
        found = queries.panel_of(interview.id).execution_options(populate_existing=True)
        return _record(db.session.scalars(found).one(), locale)


def _record(interview: Interview, locale: str) -> parts.DecisionRecord:
    application, plan, view = interview.application, interview.plan, side_by_side(interview)
    decision = decision_of(interview)
    assert decision is not None
    return parts.DecisionRecord(
        candidate=application.display_name,
        application=application.id,
        applied_at=application.applied_at,
        plan_hash=plan.content_hash,
        plan_pinned_at=plan.published_at,
        job=_job(application, locale),
        approvals=_approvals(application),
        screenings=_screenings(application),
        rounds=rounds_of(view),
        shares=shares_of(view),
        decision=decision,
        messages=_messages(application),
        events=_events([each.interview for each in view.rounds]),
    )


def _job(application: Application, locale: str) -> parts.Job:
    posting = application.posting
    asked = posting.requisition
    return parts.Job(
        title=posting.text(locale)["title"],
        role=words(asked.role.title),
        site=words(asked.site.name),
        team=words(asked.team.name),
        address=posting.slug,
        published_at=posting.published_at,
        closes_on=posting.closes_on,
        openings=asked.openings,
        pay_minimum=asked.pay_minimum,
        pay_maximum=asked.pay_maximum,
        pay_currency=asked.pay_currency,
        pay_period=asked.pay_period,
    )


def _approvals(application: Application) -> tuple[parts.Approval, ...]:
    return tuple(
        parts.Approval(
            step.round,
            step.number,
            decision.account.display_name,
            decision.agreed,
            step.state,
            decision.note,
            decision.decided_at,
        )
        for step in application.posting.requisition.steps
        for decision in step.decisions
    )


def _screenings(application: Application) -> tuple[parts.Screening, ...]:
    rows = db.session.execute(screening_results(application)).all()
    return tuple(_screening(result, who) for result, who in reversed(rows))


def _screening(result: ScreeningResult, who: str) -> parts.Screening:
    criteria = result.criteria
    return parts.Screening(
        version=criteria.number,
        content_hash=criteria.content_hash,
        fixed_at=criteria.fixed_at,
        criteria=_criteria(criteria, result.answers),
        score=result.score,
        cut=criteria.cut,
        passes=result.passes,
        advanced=result.advanced,
        override_reason=result.override_reason,
        note=result.note,
        who=who,
        at=result.screened_at,
    )


def _criteria(criteria: ScreeningCriteria, answers: dict[str, Any]) -> tuple[parts.Criterion, ...]:
    musts = [
        parts.Criterion(words(item["text"]), None, answers.get(item["key"]))
        for item in criteria.must_haves
    ]
    weighted = [
        parts.Criterion(words(item["text"]), item["weight"], answers.get(item["key"]))
        for item in criteria.weighted
    ]
    return (*musts, *weighted)


def _messages(application: Application) -> tuple[parts.Message, ...]:
    about = OutgoingMail.key.startswith(f"application:{application.id}:", autoescape=True)
    mails = db.session.scalars(sa.select(OutgoingMail).where(about).order_by(OutgoingMail.id))
    return tuple(
        parts.Message(mail.subject, mail.created_at, mail.sent_at, mail.locale, _body(mail.text))
        for mail in mails
    )


def _body(text: str) -> str:
    """A mail without its foot; links are left out, because some of them open doors."""
    return LINK.sub("[…]", text.rpartition("\n--\n")[0] or text).strip()


def _events(interviews: Sequence[Interview]) -> tuple[parts.Event, ...]:
    rows = db.session.execute(_trail(interviews)).all()
    return tuple(_event(event, who or "") for event, who in rows)


def _event(event: AuditEvent, who: str) -> parts.Event:
    stage, reason = event.after.get("stage"), event.after.get("rejection_reason")
    moved = event.action in {HiringFact.MOVED, HiringFact.MOVE_UNDONE}
    return parts.Event(
        event.at,
        str(event.label),
        who,
        Stage(stage) if moved and stage else None,
        RejectionReason(reason) if reason else None,
    )


def _trail(interviews: Sequence[Interview]) -> sa.Select[*tuple[Any, ...]]:
    """Everything recorded of the application, its screening, these interviews and the plan."""
    interview = interviews[-1]
    subjects: dict[str, list[int]] = {
        "application": [interview.application_id],
        "interview": [each.id for each in interviews],
        "interview_plan": [interview.plan_id],
        "requisition": [interview.plan.requisition_id],
        "scorecard": [card.id for each in interviews for card in each.scorecards],
        "panel_decision": [each.decision.id for each in interviews if each.decision],
        "screening_result": list(
            db.session.scalars(
                sa.select(ScreeningResult.id).where(
                    ScreeningResult.application_id == interview.application_id
                )
            )
        ),
        "screening_criteria": [row.id for row in interview.application.posting.criteria],
    }
    of_these = [
        sa.and_(AuditEvent.subject_type == kind, AuditEvent.subject_id.in_(ids))
        for kind, ids in subjects.items()
        if ids
    ]
    return (
        sa.select(AuditEvent, Account.display_name)
        .outerjoin(Account, Account.id == AuditEvent.account_id)
        .where(sa.or_(*of_these))
        .order_by(AuditEvent.id)
    )
