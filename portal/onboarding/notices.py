"""Who is told what about onboarding."""

from __future__ import annotations

from datetime import date

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from portal.accounts import queries as accounts
from portal.core import i18n, inbox
from portal.core.db import Words, db
from portal.onboarding.models import OnboardingPlan
from portal.people.models import Person


class OnboardingNotice(inbox.NoticeKind):
    """Notices of onboarding."""

    PLAN_STARTED = (
        "onboarding.plan_started",
        _l("%(who)s starts on %(day)s: the onboarding plan is ready"),
    )
    BUDDY = "onboarding.buddy", _l("You are the buddy of %(who)s, who starts on %(day)s")


def plan_started(plan: OnboardingPlan) -> None:
    """Tell the manager that a plan waits; the hire learns it from the invitation."""
    if plan.employment.manager_id is not None:
        _tell(plan.employment.manager_id, OnboardingNotice.PLAN_STARTED, plan)


def buddy_named(plan: OnboardingPlan, buddy: Person) -> None:
    """Tell the buddy whom they look after."""
    _tell(buddy.id, OnboardingNotice.BUDDY, plan)


def _tell(person_id: int, kind: OnboardingNotice, plan: OnboardingPlan) -> None:
    account = db.session.scalar(accounts.account_of(person_id))
    if account is not None:
        inbox.tell(
            account.id,
            kind,
            f"/onboarding/plans/{plan.id}",
            who=plan.employment.person.display_name,
            day=_in_words(plan.starts_on),
        )


def _in_words(day: date) -> Words:
    """The day as each language writes it: the notice is read later, in the reader's."""
    found = {}
    for locale in i18n.LOCALES:
        with force_locale(locale):
            found[locale] = i18n.date(day, "long")
    return found
