"""What the page of an award shows of its certificate on paper and its digital badge."""

from __future__ import annotations

from typing import Any

from portal.accounts.models import Account
from portal.certification import policy, queries
from portal.certification.badges import public
from portal.certification.documents.certificate import KIND
from portal.certification.models import Award
from portal.certification.proof import may_be_shown, today_of
from portal.core import documents
from portal.core.db import db


def papers_of(viewer: Account, award: Award) -> dict[str, Any] | None:
    """Paper and badge so far, and what the viewer may still ask for; ``None`` if nothing."""
    may_print = policy.issue_certificate(viewer, award)
    may_publish = policy.publish_badge(viewer, award)
    if not (may_print or may_publish):
        return None
    paper = db.session.scalars(documents.documents_of(award, KIND).limit(1)).first()
    badge = db.session.scalar(queries.badge_of(award))
    if not (paper or badge or may_be_shown(award, today_of(award.person))):
        return None
    return {
        "award": award,
        "paper": paper,
        "badge": badge,
        "badge_url": public.badge_url(badge.uid) if badge else "",
        "own": may_publish,
    }
