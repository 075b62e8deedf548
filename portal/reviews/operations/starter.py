"""The starter pack's templates."""

from __future__ import annotations

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core.db import Json, db
from portal.reviews.models import ReviewTemplate
from portal.reviews.operations.template import publish_template
from portal.reviews.starter import pack
from portal.reviews.states import TemplateState


def load_templates(*, by: Account | None) -> int:
    """Add the starter templates that are not there yet; returns how many were added."""
    present = set(db.session.scalars(sa.select(ReviewTemplate.key)))
    fresh = [entry for entry in pack()["template"] if entry["key"] not in present]
    for entry in fresh:
        template = ReviewTemplate(
            key=entry["key"],
            name=entry["name"],
            sections=[_section(row) for row in entry["section"]],
            weights=entry["weights"],
            state=TemplateState.DRAFT,
        )
        db.session.add(template)
        db.session.flush()
        publish_template(template, by=by)
    return len(fresh)


def _section(row: Json) -> Json:
    return {
        "key": row["key"],
        "kind": row["kind"],
        "weight": row.get("weight", 0),
        "title": row["title"],
        "hint": row["hint"],
        "parts": row["parts"],
    }
