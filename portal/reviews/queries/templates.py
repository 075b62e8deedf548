"""Templates and their versions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.reviews.models import ReviewTemplate
from portal.reviews.states import TemplateState

CURRENT = (TemplateState.PUBLISHED, TemplateState.DRAFT)


def templates(*, retired: bool = False) -> sa.Select[Any]:
    """Templates in use and drafts, or those that no longer are."""
    state = ReviewTemplate.state
    return (
        sa.select(ReviewTemplate)
        .where(state == TemplateState.RETIRED if retired else state.in_(CURRENT))
        .order_by(ReviewTemplate.key, ReviewTemplate.number.desc())
    )


def published_templates() -> sa.Select[Any]:
    """What a new cycle can ask."""
    return (
        sa.select(ReviewTemplate)
        .where(ReviewTemplate.state == TemplateState.PUBLISHED)
        .order_by(ReviewTemplate.key)
    )


def versions_of(key: str) -> sa.Select[Any]:
    """Every version of one template, the newest first."""
    return (
        sa.select(ReviewTemplate)
        .where(ReviewTemplate.key == key)
        .order_by(ReviewTemplate.number.desc())
    )


def newest_version(key: str) -> sa.Select[Any]:
    """The version with the highest number, a draft included."""
    return versions_of(key).limit(1)


def draft_of(key: str) -> sa.Select[Any]:
    """The version that is being written, if there is one."""
    return versions_of(key).where(ReviewTemplate.state == TemplateState.DRAFT)


def published_version(key: str) -> sa.Select[Any]:
    """The version new cycles ask, if there is one."""
    return versions_of(key).where(ReviewTemplate.state == TemplateState.PUBLISHED)
