"""How small a group may be whose figures are shown: one setting for the whole organisation."""

from __future__ import annotations

from flask import has_request_context

from portal.core.db import db
from portal.people import queries
from portal.people.brand import shown
from portal.people.models import USUAL_GROUP


def smallest_group() -> int:
    """Figures of fewer people than this are hidden; a request reads it once."""
    if has_request_context():
        return shown().smallest_group
    found = db.session.scalar(queries.organisation())
    return found.smallest_group if found else USUAL_GROUP
