"""One session: who takes part, who came, how they did."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.core.access import allowed
from portal.training import policy
from portal.training.models import CourseSession
from portal.training.routes import bp


@bp.get("/training/sessions/<int:session_id>")
@allowed(policy.run_session, on=CourseSession)
def session(session: CourseSession) -> ResponseReturnValue:
    """Participants, waiting list, attendance and results of a session."""
    return render_template("training/session.html", session=session)
