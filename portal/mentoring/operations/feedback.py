"""What both say half-way and at the end."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Json, db
from portal.core.errors import Refused
from portal.mentoring import queries
from portal.mentoring.models import MentoringFeedback, MentoringPair
from portal.mentoring.states import FeedbackPart, MentoringFact


def due_on(pair: MentoringPair, part: FeedbackPart) -> date | None:
    """From which day on the two are asked; ``None`` if the programme asks nothing then."""
    if not pair.programme.questions_of(part):
        return None
    if part is FeedbackPart.MID:
        return pair.programme.mid_on
    return pair.ended_on or pair.programme.ends_on


def give_feedback(
    pair: MentoringPair, part: FeedbackPart, answers: Json, *, by: Account
) -> MentoringFeedback:
    """Keep what one of the two answers; a second time replaces it.

    Raises:
        Refused: if it is too early.

    """
    day = due_on(pair, part)
    if day is None or day > clock.today():
        raise Refused(_("You will be asked later."))
    row = db.session.scalar(
        queries.feedback_of(pair.id, by.person_id).where(MentoringFeedback.part == part)
    )
    if row is None:
        row = MentoringFeedback(pair=pair, person_id=by.person_id, part=part)
        db.session.add(row)
    row.answers, row.sent_at = dict(answers), clock.now()
    audit.record(MentoringFact.FEEDBACK_SENT, row, by=by)
    return row


def answered(pair: MentoringPair, person_id: int) -> set[FeedbackPart]:
    """What one of the two has answered already."""
    rows = sa.select(MentoringFeedback.part).where(
        MentoringFeedback.pair_id == pair.id, MentoringFeedback.person_id == person_id
    )
    return set(db.session.scalars(rows))
