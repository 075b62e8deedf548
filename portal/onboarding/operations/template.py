"""Templates: from the starter pack or added, drafted, published, copied, retired."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Words, db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.onboarding import queries
from portal.onboarding.models import OnboardingTemplate
from portal.onboarding.starter import pack
from portal.onboarding.states import TEMPLATE_MOVES, OnboardingFact, TemplateState
from portal.people.models import Role, Site


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
            state=TemplateState.PUBLISHED,
            finish_within_days=entry["finish_within_days"],
            probation_months=entry["probation_months"],
            published_at=clock.now(),
        )
        db.session.add(template)
        audit.record(OnboardingFact.TEMPLATE_ADDED, template, by=by)
    return len(fresh)


def add_template(
    *,
    role: Role,
    site: Site | None,
    name: Words,
    finish_within_days: int | None,
    probation_months: int,
    source: OnboardingTemplate | None = None,
    by: Account,
) -> OnboardingTemplate:
    """Begin a template for a role, everywhere or at one site, empty or as a copy of ``source``.

    Raises:
        Refused: if there is one for this role and place already.

    """
    key = f"{role.key}-{site.key}"[:60] if site else role.key[:60]
    # The lock keeps two people from both finding the place free.
    db.session.refresh(role, ["key"], with_for_update=True)
    _require_free(role, site)
    newest = db.session.scalar(queries.newest_version(key))
    template = OnboardingTemplate(
        key=key,
        number=newest.number + 1 if newest else 1,
        role=role,
        site=site,
        name=name,
        tasks=list(source.tasks) if source else [],
        state=TemplateState.DRAFT,
        finish_within_days=finish_within_days,
        probation_months=probation_months,
    )
    db.session.add(template)
    audit.record(OnboardingFact.TEMPLATE_ADDED, template, by=by)
    return template


def _require_free(role: Role, site: Site | None) -> None:
    taken = sa.select(OnboardingTemplate.id).where(
        OnboardingTemplate.role_id == role.id,
        OnboardingTemplate.site_id == (site.id if site else None),
        OnboardingTemplate.state.in_((TemplateState.DRAFT, TemplateState.PUBLISHED)),
    )
    if db.session.scalar(taken.limit(1)) is not None:
        raise Refused(
            _("There is a template for this role and place. Write a new version of that one."),
            field="site",
        )


def draft_template(template: OnboardingTemplate, *, by: Account) -> OnboardingTemplate:
    """Begin a new version as a copy of this one; a draft that is there already is returned."""
    # The lock keeps two people from both finding no draft.
    db.session.refresh(template, ["version"], with_for_update=True)
    draft = db.session.scalar(queries.draft_of(template.key))
    if draft is not None:
        return draft
    newest = db.session.scalars(queries.newest_version(template.key)).one()
    draft = OnboardingTemplate(
        key=template.key,
        number=newest.number + 1,
        role=template.role,
        site=template.site,
        name=template.name,
        tasks=list(template.tasks),
        state=TemplateState.DRAFT,
        finish_within_days=template.finish_within_days,
        probation_months=template.probation_months,
    )
    db.session.add(draft)
    audit.record(OnboardingFact.TEMPLATE_DRAFTED, draft, by=by)
    return draft


def change_template(
    draft: OnboardingTemplate,
    *,
    name: Words,
    finish_within_days: int | None,
    probation_months: int,
    by: Account,
) -> None:
    """Change what a draft says beside its tasks.

    Raises:
        Refused: if it is no draft.

    """
    require_draft(draft)
    draft.name = name
    draft.finish_within_days = finish_within_days
    draft.probation_months = probation_months
    audit.record(OnboardingFact.TEMPLATE_CHANGED, draft, by=by)


def require_draft(template: OnboardingTemplate) -> None:
    """Make sure that the version can be changed.

    Raises:
        Refused: if it is no draft.

    """
    if not template.is_draft:
        raise Refused(_("This version was published and stays as it is. Write a new version."))


def publish_template(draft: OnboardingTemplate, *, by: Account) -> None:
    """Let new plans be made from a draft; it replaces the version in use.

    Running plans stay as they are.

    Raises:
        Refused: if it is no draft, or has no tasks.

    """
    require_move(TEMPLATE_MOVES, draft.state, TemplateState.PUBLISHED)
    if not draft.tasks:
        raise Refused(_("Add a task first: a plan without tasks helps nobody."))
    present = db.session.scalar(queries.published_version(draft.key))
    if present is not None:
        present.state = TemplateState.REPLACED
        audit.record(OnboardingFact.TEMPLATE_REPLACED, present, by=by)
    draft.state, draft.published_at = TemplateState.PUBLISHED, clock.now()
    audit.record(OnboardingFact.TEMPLATE_PUBLISHED, draft, by=by)


def retire_template(template: OnboardingTemplate, *, by: Account) -> None:
    """Make no more plans from a template; running plans go on.

    Raises:
        Refused: if it is not the version in use.

    """
    require_move(TEMPLATE_MOVES, template.state, TemplateState.RETIRED)
    template.state = TemplateState.RETIRED
    audit.record(OnboardingFact.TEMPLATE_RETIRED, template, by=by)


def discard_template(draft: OnboardingTemplate, *, by: Account) -> None:
    """Throw a draft away.

    Raises:
        Refused: if it is no draft.

    """
    require_draft(draft)
    audit.record(OnboardingFact.TEMPLATE_DISCARDED, draft, by=by)
    db.session.delete(draft)
