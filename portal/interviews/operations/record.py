"""Have the decision record of a panel printed."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, documents
from portal.core.documents import Document
from portal.core.errors import Refused
from portal.interviews.documents import KIND, decision_record
from portal.interviews.models import Interview
from portal.interviews.states import InterviewFact


def print_record(interview: Interview, *, locale: str, by: Account) -> Document:
    """Freeze everything the decision rests on and print it in the language ``locale``.

    Raises:
        Refused: if the panel has not decided.
    """
    if interview.decision is None:
        raise Refused(_("The panel has not decided yet, so there is nothing to record."))
    site = interview.application.posting.requisition.site
    document = documents.issue(
        KIND,
        decision_record(interview, locale),
        subject=interview,
        locale=locale,
        by=by,
        country=site.country,
        time_zone=interview.time_zone,
    )
    audit.record(
        InterviewFact.RECORD_PRINTED, interview, by=by, about=interview.application.person_id
    )
    return document
