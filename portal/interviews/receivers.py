"""What happens to interviews when their application ends or is erased."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.core.access import Viewer
from portal.core.db import db
from portal.core.errors import Refused
from portal.hiring import signals
from portal.hiring.models import Application
from portal.hiring.states import Stage
from portal.interviews import operations, queries
from portal.interviews.operations.erasure import erase_interviews


@signals.application_moved.connect
def follow_application(
    _sender: object, *, application: Application, by: Viewer | None, **_other: object
) -> None:
    """A candidate who withdraws has no more interviews; a rejection waits until they are cancelled.

    Raises:
        Refused: if somebody rejects an application whose interview still stands.
    """
    if application.stage not in {Stage.WITHDRAWN, Stage.REJECTED}:
        return
    standing = db.session.scalars(queries.scheduled_interviews(application.id)).all()
    if standing and application.stage is Stage.REJECTED:
        raise Refused(_("An interview is scheduled. Cancel it first, then reject the application."))
    for interview in standing:
        if not db.session.scalar(queries.submitted_scorecards(interview.id)):
            operations.cancel_interview(interview, by=by)


@signals.application_erased.connect
def erase(_sender: object, *, application: Application, **_other: object) -> None:
    """What was heard in the interviews goes with the rest of the personal data."""
    erase_interviews(application)
