"""The signed review as a paper, in the person's language."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.accounts import queries as accounts
from portal.core import documents
from portal.core.access import Viewer
from portal.core.db import db
from portal.core.documents import Document
from portal.people.models import Person
from portal.reviews import policy
from portal.reviews.models import ReviewRecord
from portal.reviews.packet import Packet
from portal.reviews.states import PAPER

KIND = PAPER


def issue_review(record: ReviewRecord, packet: Packet, *, by: Viewer | None) -> Document:
    """Have a signed edition printed once."""
    site = record.review.team.site
    return documents.issue(
        KIND,
        packet,
        subject=record,
        locale=language_of(record.review.person),
        by=by,
        country=site.country,
        time_zone=site.time_zone,
    )


def language_of(person: Person) -> str:
    """What a person reads."""
    account = db.session.scalar(accounts.account_of(person.id))
    return account.language if account is not None else person.language


def may_read(viewer: Viewer, document: Document) -> bool:
    """Whoever may read the signed edition it was printed from."""
    record = db.session.get(ReviewRecord, document.subject_id)
    return record is not None and policy.see_record(viewer, record)


documents.register_kind(KIND, _l("Review"), may_read)
