"""Who is told what about onboarding."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l

from portal.accounts import queries as accounts
from portal.accounts.models import Account
from portal.accounts.readers import accounts_holding, write_to
from portal.core import i18n, inbox
from portal.core.db import Words, db
from portal.onboarding.models import OnboardingCheckIn, OnboardingPlan, ProbationDecision
from portal.people.models import Person


class OnboardingNotice(inbox.NoticeKind):
    """Notices of onboarding."""

    PLAN_STARTED = (
        "onboarding.plan_started",
        _l("%(who)s starts on %(day)s: the onboarding plan is ready"),
    )
    BUDDY = "onboarding.buddy", _l("You are the buddy of %(who)s, who starts on %(day)s")
    TASKS_GIVEN = "onboarding.tasks_given", _l("You have tasks in the onboarding of %(who)s now")
    TASKS_GONE = (
        "onboarding.tasks_gone",
        _l("Your tasks in the onboarding of %(who)s went to %(to)s"),
    )
    TASKS_TO_HR = "onboarding.tasks_to_hr", _l("HR has your tasks in the onboarding of %(who)s now")
    CHECK_IN = (
        "onboarding.check_in",
        _l("Check-in with %(who)s on %(day)s: note what to talk about"),
    )
    OVERDUE = (
        "onboarding.overdue",
        _l("The onboarding of %(who)s should have been finished by %(day)s"),
    )
    PROBATION_PROPOSED = (
        "onboarding.probation_proposed",
        _l("%(who)s: a decision on the probation waits for HR"),
    )
    PROBATION_RETURNED = (
        "onboarding.probation_returned",
        _l("%(who)s: HR sent your proposal on the probation back"),
    )
    PROBATION_CONFIRMED = (
        "onboarding.probation_confirmed",
        _l("%(who)s: the decision on the probation is confirmed"),
    )
    YOUR_PROBATION = "onboarding.your_probation", _l("There is a letter about your probation")


def plan_started(plan: OnboardingPlan) -> None:
    """Tell the manager that a plan waits; the hire learns it from the invitation."""
    if plan.manager_id is not None:
        _tell_person(plan.manager_id, OnboardingNotice.PLAN_STARTED, plan, day=plan.starts_on)


def buddy_named(plan: OnboardingPlan, buddy: Person) -> None:
    """Tell the buddy whom they look after."""
    _tell_person(buddy.id, OnboardingNotice.BUDDY, plan, day=plan.starts_on)


def tasks_given(plan: OnboardingPlan, to: Person) -> None:
    """Tell the new owner."""
    _tell_person(to.id, OnboardingNotice.TASKS_GIVEN, plan)


def tasks_gone(plan: OnboardingPlan, before: int, to: Person | None) -> None:
    """Tell the old owner who has the tasks now."""
    if to is None:
        _tell_person(before, OnboardingNotice.TASKS_TO_HR, plan)
    else:
        _tell_person(before, OnboardingNotice.TASKS_GONE, plan, to=to.display_name)


def check_in_approaches(check_in: OnboardingCheckIn) -> None:
    """Remind both who talk, each of the other, inside and by mail."""
    plan, task = check_in.task.plan, check_in.task
    url = f"/onboarding/check-ins/{check_in.id}"
    partner = task.owner or plan.manager
    pairs = [(plan.person, partner), (partner, plan.person)]
    for reader, other in pairs:
        account = _account_of(reader.id) if reader else None
        if account is None:
            continue
        who = other.display_name if other else "–"
        inbox.tell(account.id, OnboardingNotice.CHECK_IN, url, who=who, day=_in_words(task.due_on))
        write_to(
            account,
            "onboarding/check_in",
            key=f"check-in:{check_in.id}:{account.id}",
            who=who,
            day=task.due_on,
            check_in=check_in,
        )


def plan_overdue(plan: OnboardingPlan) -> None:
    """Tell hire, manager and HR, each once, that the last day to finish is over."""
    assert plan.finish_by is not None
    readers = [_account_of(plan.person_id)]
    readers += [_account_of(plan.manager_id)] if plan.manager_id is not None else []
    known = {
        account.id: account
        for account in [*readers, *accounts_holding("hr")]
        if account is not None
    }
    for account in known.values():
        _tell(account, OnboardingNotice.OVERDUE, plan, day=plan.finish_by)
        write_to(
            account,
            "onboarding/overdue",
            key=f"onboarding:{plan.id}:overdue:{plan.finish_by}:{account.id}",
            plan=plan,
            who=plan.person.display_name,
        )


def probation_proposed(decision: ProbationDecision) -> None:
    """Ask those in HR who may confirm it."""
    for account in accounts_holding("hr"):
        if account.id != decision.proposed_by_id:
            _tell_of_decision(account, OnboardingNotice.PROBATION_PROPOSED, decision)


def probation_returned(decision: ProbationDecision) -> None:
    """Tell who proposed it."""
    account = db.session.get_one(Account, decision.proposed_by_id)
    _tell_of_decision(account, OnboardingNotice.PROBATION_RETURNED, decision)


def probation_confirmed(decision: ProbationDecision) -> None:
    """Tell who proposed it, the manager, and the person, who also gets a mail."""
    plan = decision.plan
    proposer = db.session.get_one(Account, decision.proposed_by_id)
    manager = _account_of(plan.manager_id) if plan.manager_id is not None else None
    known = {account.id: account for account in (proposer, manager) if account is not None}
    for account in known.values():
        _tell_of_decision(account, OnboardingNotice.PROBATION_CONFIRMED, decision)
    person = _account_of(plan.person_id)
    if person is not None:
        inbox.tell(
            person.id, OnboardingNotice.YOUR_PROBATION, f"/onboarding/plans/{plan.id}#probation"
        )
        write_to(person, "onboarding/probation", key=f"probation:{decision.id}", plan=plan)


def _account_of(person_id: int) -> Account | None:
    return db.session.scalar(accounts.account_of(person_id))


def _tell_person(
    person_id: int, kind: OnboardingNotice, plan: OnboardingPlan, **params: date | str
) -> None:
    account = _account_of(person_id)
    if account is not None:
        _tell(account, kind, plan, **params)


def _tell(
    account: Account, kind: OnboardingNotice, plan: OnboardingPlan, **params: date | str
) -> None:
    shown = {key: _in_words(v) if isinstance(v, date) else v for key, v in params.items()}
    url = f"/onboarding/plans/{plan.id}"
    inbox.tell(account.id, kind, url, who=plan.person.display_name, **shown)


def _tell_of_decision(
    account: Account, kind: OnboardingNotice, decision: ProbationDecision
) -> None:
    url = f"/onboarding/probations/{decision.id}"
    inbox.tell(account.id, kind, url, who=decision.plan.person.display_name)


def _in_words(day: date) -> Words:
    """The day as each language writes it: the notice is read later, in the reader's."""
    return i18n.in_each_language(lambda: i18n.date(day, "long"))
