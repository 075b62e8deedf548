"""The paper about a panel's decision."""

from flask_babel import lazy_gettext as _l

from portal.core.documents import register_kind
from portal.interviews import policy
from portal.interviews.documents.gathering import decision_record
from portal.interviews.documents.record import DecisionRecord

KIND = "decision_record"

__all__ = ["KIND", "DecisionRecord", "decision_record", "register"]


def register() -> None:
    """Make the paper and the rule who may open it known."""
    register_kind(KIND, _l("Decision record"), policy.read_record)
