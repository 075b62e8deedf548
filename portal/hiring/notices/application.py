"""What candidates are told about their application, in the language they applied in."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core import clock, mail
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms.box import Text
from portal.core.mail.models import OutgoingMail
from portal.core.mail.states import MailState
from portal.hiring.models import Application
from portal.hiring.states import RejectionReason

KIND_WORDS: dict[RejectionReason, Text] = {
    RejectionReason.MUST_HAVE: _l(
        "For this job we need something that we couldn't find in your application."
    ),
    RejectionReason.BELOW_CUT: _l(
        "We compared every application with the same criteria, and others matched them more "
        "closely."
    ),
    RejectionReason.STRONGER: _l(
        "We had more good applications than places, and others fitted this job more closely."
    ),
    RejectionReason.INTERVIEW: _l(
        "Thank you for the time you took to talk with us. In the interviews, others showed more of "
        "what this job needs."
    ),
    RejectionReason.CHECKS: _l(
        "After the last checks before an offer, we can't offer you this job."
    ),
    RejectionReason.FILLED: _l("All places have been filled."),
    RejectionReason.NO_ANSWER: _l(
        "We tried to reach you and had no answer, so we have closed your application."
    ),
    RejectionReason.OFFER_DECLINED: _l(
        "You told us that you don't want to take up our offer, so we have closed your application."
    ),
    RejectionReason.DUPLICATE: _l(
        "You had sent us this application twice. We go on with the other one, so nothing is lost."
    ),
}
"""What a candidate reads in place of the coded reason."""

UNSENT = (MailState.QUEUED, MailState.KEPT)


def received(application: Application) -> None:
    """Confirm that an application has arrived."""
    _tell(application, "received", key="received")


def remind(application: Application) -> None:
    """Send the status link again, at most once an hour, to whoever applies a second time."""
    _tell(application, "applied_already", key=f"link:{clock.now():%Y%m%d%H}")


def withdrawn(application: Application) -> None:
    """Confirm that the candidate has withdrawn."""
    _tell(application, "withdrawn", key="withdrawn")


def rejected(application: Application, send_after: datetime) -> None:
    """Say no kindly, later, so that an undo comes before the mail."""
    assert application.rejection_reason is not None
    words = KIND_WORDS[application.rejection_reason]
    _tell(application, "rejected", key=_rejection(application), send_after=send_after, words=words)


def take_back_rejection(application: Application) -> None:
    """Delete the rejection that waits to be sent; one that has gone out stays in the outbox."""
    unsent = sa.delete(OutgoingMail).where(
        OutgoingMail.key == f"application:{application.id}:{_rejection(application)}",
        OutgoingMail.state.in_(UNSENT),
    )
    db.session.execute(unsent)


def require_rejection_unsent(application: Application) -> None:
    """Make sure that the candidate hasn't been told yet.

    Raises:
        Refused: if the mail has gone out.
    """
    key = f"application:{application.id}:{_rejection(application)}"
    state = db.session.scalar(sa.select(OutgoingMail.state).where(OutgoingMail.key == key))
    if state is not None and state not in UNSENT:
        raise Refused(
            _("The candidate has been told already. Write to them, then move the application back.")
        )


def forget(application: Application) -> None:
    """Delete every mail about an application, for erasing it."""
    about = OutgoingMail.key.startswith(f"application:{application.id}:", autoescape=True)
    db.session.execute(sa.delete(OutgoingMail).where(about))


def _rejection(application: Application) -> str:
    return f"rejected:{application.stage_since.timestamp() * 1_000_000:.0f}"


def _tell(
    application: Application,
    notice: str,
    *,
    key: str,
    send_after: datetime | None = None,
    **context: object,
) -> None:
    mail.send(
        f"hiring/{notice}",
        to=application.email,
        name=application.display_name,
        person_id=application.person_id,
        locale=application.language,
        key=f"application:{application.id}:{key}",
        send_after=send_after,
        context={
            "application": application,
            "title": application.posting.text(application.language)["title"],
            **context,
        },
    )
