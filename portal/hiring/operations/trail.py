"""Recording facts without what people wrote, since the trail can't be erased."""

from __future__ import annotations

from typing import Any

from portal.accounts.models import Account
from portal.core import audit
from portal.core.db import Model, db
from portal.hiring.states import HiringFact


def record_without_values(
    fact: HiringFact,
    row: Model,
    *,
    by: Account | None,
    **details: Any,  # noqa: ANN401
) -> None:
    """Record that something happened to ``row``, but no column's value."""
    db.session.flush()
    db.session.info.get("changes", {}).pop(row, None)
    audit.record(fact, row, by=by, **details)
