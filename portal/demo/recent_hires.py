"""Recent hires work through their onboarding; the newest have not begun."""

from __future__ import annotations

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.onboarding import operations as onboarding
from portal.onboarding.models import OnboardingPlan

EVIDENCE = {
    "en": "Filed in the personnel record.",
    "tr": "Özlük dosyasına kaldırıldı.",
    "es": "Archivado en el expediente.",
    "ja": "人事記録に保管済み。",
}


def work_through(cast: Cast) -> None:
    """Tick most tasks that are due by now; leave the last two of each plan open."""
    hr = cast.account("hr")
    for plan in db.session.scalars(sa.select(OnboardingPlan).order_by(OnboardingPlan.id)):
        due = [task for task in plan.tasks if task.due_on <= clock.today() and task.done_at is None]
        for task in due[:-2]:
            actor = hr
            if task.owner_id is not None:
                actor = (
                    db.session.scalar(sa.select(Account).where(Account.person_id == task.owner_id))
                    or hr
                )
            age = max((clock.today() - task.due_on).days, 0)
            with days_ago(age):
                onboarding.finish_task(
                    task, evidence=EVIDENCE[actor.language] if task.needs_evidence else "", by=actor
                )
