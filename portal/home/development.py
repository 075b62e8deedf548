"""What waits for someone around growth: assessments, feedback, plans to sign and to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import clock, i18n
from portal.development import queries
from portal.development.models import (
    Assessment,
    AssessmentSheet,
    CareerPlan,
    FeedbackReply,
    FeedbackRequest,
    PlanAction,
)
from portal.development.reading import names_of
from portal.development.states import Side
from portal.home.need import HORIZON, Need, Source, by_moment, on_the_day

PATIENCE = timedelta(days=7)
"""How long an answer or a signature waits before it counts as late."""


def _sheets(_viewer: Account) -> Iterator[Source]:
    yield Source(queries.sheets_to_fill, AssessmentSheet.id, on_the_day, _sheet,
                 day=Assessment.due_on)  # fmt: skip


def _sheet(sheet: AssessmentSheet, due: date) -> Need:
    row = sheet.assessment
    own = sheet.side is Side.SELF
    return Need(
        "clipboard-check",
        _("Your self-assessment") if own
        else _("%(who)s: your side of the assessment", who=row.person.display_name),
        _("Held against %(role)s. Nobody sees it before both sides are in.",
          role=i18n.words(row.role.title)),
        due,
        url_for("development.sheet", sheet_id=sheet.id),
        _("Fill in"),
    )  # fmt: skip


def _talks(viewer: Account) -> Iterator[Source]:
    yield Source(queries.talks_to_hold, Assessment.id, _of_talk(viewer), _talk,
                 day=Assessment.talk_on, moment=Assessment.created_at)  # fmt: skip


def _of_talk(viewer: Account) -> Callable[..., date | None]:
    """On its day; without one it should be set now."""
    today = clock.today(viewer.time_zone)
    return lambda day, _moment: day or today


def _talk(row: Assessment, due: date) -> Need:
    return Need(
        "chat-square-text",
        _("%(who)s: talk about the assessment", who=row.person.display_name),
        _("Both sides are in. Agree on levels after the talk."),
        due,
        url_for("development.assessment", assessment_id=row.id),
        _("View"),
    )


def _answers(_viewer: Account) -> Iterator[Source]:
    yield Source(queries.replies_to_give, FeedbackReply.id, on_the_day, _answer,
                 day=FeedbackRequest.closes_on)  # fmt: skip


def _answer(reply: FeedbackReply, due: date) -> Need:
    return Need(
        "chat-square-text",
        _("%(who)s: your feedback", who=reply.person.display_name),
        _("A few minutes, on the phone too. You may say no."),
        due,
        url_for("development.reply", reply_id=reply.id),
        _("Answer now"),
    )


def _confirmations(viewer: Account) -> Iterator[Source]:
    yield Source(queries.replies_to_confirm, FeedbackReply.id,
                 by_moment(viewer, PATIENCE), _confirmation,
                 moment=FeedbackReply.answered_at)  # fmt: skip


def _confirmation(reply: FeedbackReply, due: date) -> Need:
    return Need(
        "person-check",
        _("%(who)s: feedback to confirm", who=reply.person.display_name),
        _("%(giver)s saw levels that could count as evidence.", giver=reply.giver.display_name),
        due,
        url_for("development.feedback", feedback_request_id=reply.request_id,
                _anchor=f"reply-{reply.id}"),
        _("View"),
    )  # fmt: skip


def _actions(_viewer: Account) -> Iterator[Source]:
    yield Source(_actions_due, PlanAction.id, on_the_day, _action, day=PlanAction.due_on)


def _actions_due(asker: Account) -> sa.Select[PlanAction]:
    return queries.actions_due(asker, clock.today(asker.time_zone) + HORIZON)


def _action(action: PlanAction, due: date) -> Need:
    return Need(
        "list-check",
        names_of([action])[action.id],
        _("Your career plan: %(kind)s", kind=action.kind.label),
        due,
        url_for("development.plan", career_plan_id=action.plan_id,
                _anchor=f"action-{action.id}"),
        _("View"),
    )  # fmt: skip


def _signatures(viewer: Account) -> Iterator[Source]:
    yield Source(queries.plans_to_sign, CareerPlan.id, by_moment(viewer, PATIENCE),
                 _signature(viewer), moment=queries.SIGNED_AT)  # fmt: skip


def _signature(viewer: Account) -> Callable[[CareerPlan, date], Need]:
    def write(plan: CareerPlan, due: date) -> Need:
        own = plan.person_id == viewer.person_id
        return Need(
            "pencil-square",
            _("Your career plan waits for your name") if own
            else _("%(who)s: career plan to sign", who=plan.person.display_name),
            _("Towards %(role)s", role=i18n.words(plan.role.title)),
            due,
            url_for("development.plan", career_plan_id=plan.id),
            _("Sign"),
        )  # fmt: skip

    return write


def _reviews(viewer: Account) -> Iterator[Source]:
    yield Source(_plans_to_review, CareerPlan.id, on_the_day, _review(viewer),
                 day=CareerPlan.review_on)  # fmt: skip


def _plans_to_review(asker: Account) -> sa.Select[CareerPlan]:
    return queries.plans_to_review(asker, clock.today(asker.time_zone) + HORIZON)


def _review(viewer: Account) -> Callable[[CareerPlan, date], Need]:
    def write(plan: CareerPlan, due: date) -> Need:
        own = plan.person_id == viewer.person_id
        return Need(
            "calendar-event",
            _("Review your career plan") if own
            else _("%(who)s: review the career plan", who=plan.person.display_name),
            _("Look at what is done, and set the next day."),
            due,
            url_for("development.plan", career_plan_id=plan.id),
            _("View"),
        )  # fmt: skip

    return write


SOURCES: tuple[Callable[[Account], Iterator[Source]], ...] = (
    _sheets, _talks, _answers, _confirmations, _actions, _signatures, _reviews,
)  # fmt: skip
