"""What the calendar brings by itself: people leave, and feedback falls due."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.core import clock
from portal.core.db import db
from portal.mentoring import notices, queries
from portal.mentoring.models import MentoringPair
from portal.mentoring.operations.feedback import answered
from portal.mentoring.operations.pair import leave
from portal.mentoring.states import LIVE, FeedbackPart, PairState
from portal.people.models import Employment

ASKED_FOR = timedelta(days=30)
"""Nobody is reminded of what was due longer ago."""


def follow_people() -> None:
    """End the pairs of those who no longer work here."""
    present = (PairState.REQUESTED, PairState.PROPOSED, *LIVE)
    part = sa.union(
        *(
            sa.select(column.label("person_id")).where(MentoringPair.state.in_(present))
            for column in (MentoringPair.mentor_id, MentoringPair.mentee_id)
        )
    ).subquery()
    # The day after the last one, everywhere on earth.
    yesterday = clock.today() - timedelta(days=1)
    employed = aliased(Employment)
    stays = sa.exists().where(
        employed.person_id == part.c.person_id,
        sa.or_(employed.ends_on.is_(None), employed.ends_on >= yesterday),
    )
    if gone := list(db.session.scalars(sa.select(part.c.person_id).where(~stays))):
        leave(gone, by=None)


def ask_for_feedback() -> None:
    """Remind each of the two, once, that feedback is due."""
    today = clock.today()
    for part in FeedbackPart:
        rows = queries.feedback_due(part, today).where(
            queries.due_column(part) >= today - ASKED_FOR
        )
        for pair in db.session.scalars(rows).all():
            if str(part) in pair.asked or not pair.programme.questions_of(part):
                continue
            pair.asked = [*pair.asked, str(part)]
            for person in (pair.mentor, pair.mentee):
                if part not in answered(pair, person.id):
                    notices.feedback_due(pair, person, part)
