"""Take what a candidate said out of the scorecards; ratings stay for the statistics."""

from __future__ import annotations

import sqlalchemy as sa

from portal.core.db import db
from portal.hiring.models import Application
from portal.interviews import notices, queries
from portal.interviews.models import Amendment, Scorecard, ScorecardAnswer


def erase_interviews(application: Application) -> None:
    """Empty every note about a candidate, and delete the mails and notices that name them."""
    for interview in db.session.scalars(queries.interviews_of(application.id)):
        notices.forget(interview)
        cards = sa.select(Scorecard.id).where(Scorecard.interview_id == interview.id)
        db.session.execute(
            sa.update(ScorecardAnswer)
            .where(ScorecardAnswer.scorecard_id.in_(cards))
            .values(note="")
        )
        db.session.execute(
            sa.update(Amendment)
            .where(Amendment.scorecard_id.in_(cards))
            .values(reason="", before={}, after={})
        )
        if interview.decision is not None:
            interview.decision.note = ""
