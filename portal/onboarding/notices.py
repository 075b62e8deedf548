"""Who is told what about onboarding."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.core import inbox
from portal.core.db import db
from portal.onboarding.models import OnboardingPlan


class OnboardingNotice(inbox.NoticeKind):
    """Notices of onboarding."""

    PLAN_STARTED = "onboarding.plan_started", _l(
        "%(who)s starts on %(day)s: the onboarding plan is ready"
    )


def plan_started(plan: OnboardingPlan) -> None:
    """Tell the manager that a plan waits; the hire learns it from the invitation."""
    manager = db.session.scalar(
        sa.select(Account).where(Account.person_id == plan.employment.manager_id)
    )
    if manager is not None:
        inbox.tell(
            manager.id,
            OnboardingNotice.PLAN_STARTED,
            f"/onboarding/plans/{plan.id}",
            who=plan.employment.person.display_name,
            day=plan.starts_on.isoformat(),
        )
