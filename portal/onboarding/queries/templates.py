"""Templates and their versions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.onboarding.models import OnboardingTemplate
from portal.onboarding.states import TemplateState
from portal.people.models import Role, Site

CURRENT = (TemplateState.PUBLISHED, TemplateState.DRAFT)


def template_for(role_id: int, site_id: int) -> sa.Select[OnboardingTemplate]:
    """The published template of a role, one for the site before one for everywhere."""
    return (
        sa.select(OnboardingTemplate)
        .where(
            OnboardingTemplate.role_id == role_id,
            OnboardingTemplate.state == TemplateState.PUBLISHED,
            sa.or_(OnboardingTemplate.site_id == site_id, OnboardingTemplate.site_id.is_(None)),
        )
        .order_by(OnboardingTemplate.site_id.is_(None), OnboardingTemplate.number.desc())
        .limit(1)
    )


def templates(*, retired: bool = False) -> sa.Select[Any]:
    """Templates in use and drafts, or those that no longer are, with role and site."""
    state = OnboardingTemplate.state
    return (
        sa.select(OnboardingTemplate)
        .where(state == TemplateState.RETIRED if retired else state.in_(CURRENT))
        .options(
            joinedload(OnboardingTemplate.role, innerjoin=True).load_only(Role.title),
            joinedload(OnboardingTemplate.site).load_only(Site.name),
        )
        .order_by(OnboardingTemplate.key, OnboardingTemplate.number.desc())
    )


def versions_of(key: str) -> sa.Select[OnboardingTemplate]:
    """Every version of one template, the newest first."""
    return (
        sa.select(OnboardingTemplate)
        .where(OnboardingTemplate.key == key)
        .order_by(OnboardingTemplate.number.desc())
    )


def newest_version(key: str) -> sa.Select[OnboardingTemplate]:
    """The version with the highest number, a draft included."""
    return versions_of(key).limit(1)


def draft_of(key: str) -> sa.Select[OnboardingTemplate]:
    """The version that is being written, if there is one."""
    return versions_of(key).where(OnboardingTemplate.state == TemplateState.DRAFT)


def published_version(key: str) -> sa.Select[OnboardingTemplate]:
    """The version new plans are made from, if there is one."""
    return versions_of(key).where(OnboardingTemplate.state == TemplateState.PUBLISHED)
