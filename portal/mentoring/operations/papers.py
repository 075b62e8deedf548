"""The agreement of a pair and the certificates of a programme, printed once for each state."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit
from portal.core.db import db
from portal.core.documents import Document, documents_of
from portal.core.errors import Refused
from portal.mentoring import documents, queries
from portal.mentoring.models import MentoringPair
from portal.mentoring.states import MeetingState, MentoringFact, PairState
from portal.people.models import Person


def print_agreement(pair: MentoringPair, *, by: Account) -> Document:
    """Print what the two agree on, in the language of who asks."""
    document = documents.issue_agreement(pair, locale=by.language, by=by)
    audit.record(MentoringFact.PAPER_ISSUED, pair, by=by, about=pair.mentee_id)
    return document


def print_certificate(pair: MentoringPair, person: Person, *, by: Account) -> Document:
    """Print that one of the two took part, or give the paper there is.

    Raises:
        Refused: if it is not over yet, or the two never met.

    """
    for known in db.session.scalars(documents_of(pair, documents.CERTIFICATE)):
        if documents.holder_of(known) == person.id:
            return known
    if pair.state is not PairState.ENDED:
        raise Refused(_("The certificate comes when mentoring has ended."))
    sessions = db.session.scalars(queries.sessions_of(pair.id)).all()
    held = [one for one in sessions if one.state is MeetingState.HELD]
    if not held:
        raise Refused(_("You have held no session, so there is nothing to certify."))
    document = documents.issue_certificate(pair, person, held, by=by)
    audit.record(MentoringFact.PAPER_ISSUED, pair, by=by, about=person.id)
    return document
