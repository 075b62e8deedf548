"""Onboarding templates: the starter pack."""

from __future__ import annotations

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import audit
from portal.core.db import db
from portal.onboarding.models import OnboardingTemplate
from portal.onboarding.starter import pack
from portal.onboarding.states import OnboardingFact
from portal.people.models import Role


def load_templates(*, by: Account | None) -> int:
    """Add the starter templates that are not there yet; returns how many were added.

    A template whose role the organisation does not have is left out.
    """
    present = set(db.session.scalars(sa.select(OnboardingTemplate.key)))
    roles = {role.key: role for role in db.session.scalars(sa.select(Role))}
    fresh = [
        entry
        for entry in pack()["template"]
        if entry["key"] not in present and entry["role"] in roles
    ]
    for entry in fresh:
        template = OnboardingTemplate(
            key=entry["key"],
            role=roles[entry["role"]],
            name=entry["name"],
            tasks=entry["tasks"],
        )
        db.session.add(template)
        audit.record(OnboardingFact.TEMPLATE_ADDED, template, by=by)
    return len(fresh)
