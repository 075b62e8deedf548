"""Applause: once a person, taken back by the same button."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from portal.accounts.models import Account
from portal.core.db import db
from portal.recognition import queries
from portal.recognition.models import Thanks, ThanksClap


def clap_thanks(thanks: Thanks, *, by: Account) -> bool:
    """Clap, or stop clapping; says whether the person claps now."""
    known = db.session.scalar(queries.clap_of(thanks.id, by.person_id))
    if known is not None:
        db.session.execute(sa.delete(ThanksClap).where(ThanksClap.id == known.id))
        return False
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(ThanksClap).values(thanks_id=thanks.id, person_id=by.person_id)
    # A second click that comes at the same time finds the first one's row.
    db.session.execute(insert.on_conflict_do_nothing())
    return True
