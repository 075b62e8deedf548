"""Certificates on paper: printed once for an award, for as long as it may be shown."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.certification import documents
from portal.certification.models import Award
from portal.certification.operations.badge import require_shown
from portal.certification.operations.conditions import lock
from portal.certification.states import CertificationFact
from portal.core import audit
from portal.core.documents import Document


def issue_certificate(award: Award, *, by: Account) -> Document:
    """Have the certificate of an award printed, or find the one that was.

    Raises:
        Refused: if the award is not in force or nobody has checked it.
    """
    lock(award.person)
    require_shown(award)
    paper = documents.issue_certificate(award, by=by)
    if paper.is_waiting:
        audit.record(CertificationFact.CERTIFICATE_ISSUED, award, by=by)
    return paper
