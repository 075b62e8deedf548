"""Reminds of what is due, applies the rules that enrol people, and tells those they enrolled."""

from __future__ import annotations

import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db
from portal.core.jobs import enqueue, handler, periodic
from portal.training import notices, operations
from portal.training.models import Completion, Enrolment, EnrolmentRule, Programme
from portal.training.signals import course_completed
from portal.training.states import LIVE


@periodic("training.remind", cron="0 5 * * *")
def remind() -> None:
    """One batch at a time: a job is one transaction, and others want to write too."""
    if operations.remind():
        enqueue("training.remind")


@periodic("training.apply_rules", cron="30 3 * * *")
def apply_rules() -> None:
    """Every morning each rule looks for people who fit it now."""
    operations.apply_rules(clock.today())


@handler("training.apply_rule")
def apply_rule(rule_id: int) -> None:
    """One batch of one rule."""
    rule = db.session.get(EnrolmentRule, rule_id)
    if rule is not None and operations.apply_rule(rule, clock.today()):
        enqueue("training.apply_rule", rule_id=rule_id)


@handler("training.tell_enrolled")
def tell_enrolled(enrolment_ids: list[int]) -> None:
    """Tell people whom a rule enrolled; who left in the meantime hears nothing."""
    rows = sa.select(Enrolment).where(Enrolment.id.in_(enrolment_ids), Enrolment.state.in_(LIVE))
    for row in db.session.scalars(rows.order_by(Enrolment.id)).all():
        notices.enrolled(row, by=None)


@handler("training.follow_programme")
def follow_programme(programme_id: int, after: int) -> None:
    """One batch of those who are in a programme that was changed."""
    programme = db.session.get_one(Programme, programme_id)
    if (last := operations.follow_programme(programme, after)) is not None:
        enqueue("training.follow_programme", programme_id=programme_id, after=last)


@handler("training.announce_completions")
def announce_completions(completion_ids: list[int]) -> None:
    """Let other features answer to completions that were imported."""
    rows = sa.select(Completion).where(Completion.id.in_(completion_ids)).order_by(Completion.id)
    for completion in db.session.scalars(rows).all():
        course_completed.send(completion=completion, by=None)
