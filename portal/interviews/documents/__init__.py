"""The paper about a panel's decision."""

from flask_babel import lazy_gettext as _l

from portal.core.access import Viewer
from portal.core.db import db
from portal.core.documents import Document, register_kind
from portal.interviews import policy
from portal.interviews.documents.gathering import decision_record
from portal.interviews.documents.record import DecisionRecord
from portal.interviews.models import Interview

KIND = "decision_record"

__all__ = ["KIND", "DecisionRecord", "decision_record", "register"]


def may_read(viewer: Viewer, document: Document) -> bool:
    """HR, except for the record of one's own interview."""
    interview = db.session.get(Interview, document.subject_id)
    about = interview is not None and interview.application.person_id == viewer.person_id
    return policy.read_record(viewer, document) and not about


def register() -> None:
    """Make the paper and the rule who may open it known."""
    register_kind(KIND, _l("Decision record"), may_read)
