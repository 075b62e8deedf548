"""Career plans: starting one, its actions, both signatures, and closing it."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy.orm.attributes import flag_modified

from portal.accounts.models import Account
from portal.certification.models import Certification
from portal.core import audit, clock
from portal.core.db import Model, db
from portal.core.errors import Refused
from portal.development import notices, queries
from portal.development.models import CareerPlan, PlanAction
from portal.development.states import DevelopmentFact, PlanActionKind, PlanState
from portal.people.models import Person, Role
from portal.training.models import Course, Programme

REVIEW_AFTER = timedelta(days=90)
SUBJECTS: dict[PlanActionKind, type[Model]] = {
    PlanActionKind.COURSE: Course,
    PlanActionKind.PROGRAMME: Programme,
    PlanActionKind.CERTIFICATION: Certification,
}


def start_plan(
    person: Person, role: Role, *, review_on: date | None = None, by: Account
) -> CareerPlan:
    """Begin a plan towards a role.

    Raises:
        Refused: if there is a plan already, or the review lies behind.
    """
    if db.session.scalar(queries.live_plan(person.id)) is not None:
        raise Refused(_("There is a plan already. Close that one first."))
    day = review_on or clock.today(by.time_zone) + REVIEW_AFTER
    _require_ahead(day, "review_on", by)
    plan = CareerPlan(
        person=person, role=role, review_on=day, created_at=clock.now(), created_by_id=by.id
    )
    db.session.add(plan)
    audit.record(DevelopmentFact.PLAN_STARTED, plan, by=by, about=person.id)
    return plan


def change_plan(plan: CareerPlan, *, role: Role, review_on: date, by: Account) -> None:
    """Lead the plan to another role or review it on another day.

    Another role asks for both names again, another day does not.

    Raises:
        Refused: if the plan is closed, or the day lies behind.
    """
    _require_live(plan)
    if review_on != plan.review_on:
        _require_ahead(review_on, "review_on", by)
    if role.id != plan.role_id:
        plan.role = role
        _ask_anew(plan)
    plan.review_on = review_on
    audit.record(DevelopmentFact.PLAN_CHANGED, plan, by=by, about=plan.person_id)


def add_action(
    person: Person,
    kind: PlanActionKind,
    *,
    due_on: date,
    title: str = "",
    subject_id: int | None = None,
    need: str = "",
    note: str = "",
    role: Role | None = None,
    by: Account,
) -> PlanAction:
    """Put something to do into a person's plan; the first one begins the plan.

    ``role`` is where a new plan leads, the person's own role if none is given. Any action more
    asks for both names again.

    Raises:
        Refused: if the day lies behind, nothing says what to do, or the plan names it already.
    """
    _require_ahead(due_on, "due_on", by)
    _check_subject(kind, subject_id, title)
    plan = db.session.scalar(queries.live_plan(person.id))
    if plan is None:
        plan = start_plan(person, role or _own_role(person), by=by)
    elif _names(plan, kind, subject_id, title):
        raise Refused(_("The plan names this already."), "title")
    action = PlanAction(
        plan=plan, kind=kind, subject_id=subject_id if kind.is_linked else None,
        title="" if kind.is_linked else title.strip(), note=note.strip(), need=need[:60],
        due_on=due_on, created_at=clock.now(), created_by=by,
    )  # fmt: skip
    db.session.add(action)
    _ask_anew(plan)
    audit.record(DevelopmentFact.ACTION_ADDED, action, by=by, about=person.id)
    notices.action_added(plan, by=by)
    return action


def _own_role(person: Person) -> Role:
    job = person.employment_on(clock.today())
    if job is None:
        raise Refused(_("%(who)s does not work here at the moment.", who=person.display_name))
    return job.role


def _check_subject(kind: PlanActionKind, subject_id: int | None, title: str) -> None:
    if not kind.is_linked:
        if not title.strip():
            raise Refused(_("Say what there is to do."), "title")
    elif subject_id is None or db.session.get(SUBJECTS[kind], subject_id) is None:
        raise Refused(_("Choose one of the list."), str(kind))


def _names(plan: CareerPlan, kind: PlanActionKind, subject_id: int | None, title: str) -> bool:
    """Whether the same is in the plan, done or not."""
    live = (one for one in plan.actions if one.dropped_on is None)
    if kind.is_linked:
        return any((one.kind, one.subject_id) == (kind, subject_id) for one in live)
    typed = title.strip().casefold()
    return any(one.kind is kind and one.title.casefold() == typed for one in live)


def change_action(
    action: PlanAction, *, due_on: date, title: str = "", note: str = "", by: Account
) -> None:
    """Change the day, the words or the note; another day or other words ask for both names again.

    Raises:
        Refused: if it is done or dropped, or the new day lies behind.
    """
    _require_open(action)
    if due_on != action.due_on:
        _require_ahead(due_on, "due_on", by)
    _check_subject(action.kind, action.subject_id, title)
    words = "" if action.kind.is_linked else title.strip()
    if (action.due_on, action.title) != (due_on, words):
        _ask_anew(action.plan)
    action.due_on, action.title, action.note = due_on, words, note.strip()
    audit.record(DevelopmentFact.ACTION_CHANGED, action, by=by, about=action.plan.person_id)


def finish_action(action: PlanAction, *, by: Account) -> None:
    """Tick off what no record elsewhere knows of.

    Raises:
        Refused: if its own record tells when it is done, or it is done or dropped.
    """
    _require_open(action)
    if action.kind.is_linked:
        raise Refused(_("This is done once its own record says so."))
    action.done_on = clock.today(by.time_zone)
    audit.record(DevelopmentFact.ACTION_DONE, action, by=by, about=action.plan.person_id)


def drop_action(action: PlanAction, *, by: Account) -> None:
    """Take something out of the plan; it stays to be seen, and both sign again.

    Raises:
        Refused: if it is done or dropped.
    """
    _require_open(action)
    action.dropped_on = clock.today(by.time_zone)
    _ask_anew(action.plan)
    audit.record(DevelopmentFact.ACTION_DROPPED, action, by=by, about=action.plan.person_id)


def sign_plan(plan: CareerPlan, *, by: Account) -> None:
    """Put one's name under the plan; with both names it is agreed.

    Raises:
        Refused: if the plan is closed, has nothing in it, or the name is there already.
    """
    _require_live(plan)
    if not any(one.dropped_on is None for one in plan.actions):
        raise Refused(_("Put something into the plan before you sign it."))
    if by.person_id == plan.person_id:
        _require_unsigned(plan.person_signed_at is None)
        plan.person_signed_at = clock.now()
    else:
        _require_unsigned(plan.manager_signed_at is None)
        plan.manager_signed_at, plan.manager_signed_by = clock.now(), by
    audit.record(DevelopmentFact.PLAN_SIGNED, plan, by=by, about=plan.person_id)
    if plan.state is PlanState.AGREED:
        notices.plan_agreed(plan, by=by)
    else:
        notices.plan_to_sign(plan, by=by)


def close_plan(plan: CareerPlan, *, by: Account) -> None:
    """End the plan; it stays to be read, and another can begin.

    Raises:
        Refused: if it is closed already.
    """
    _require_live(plan)
    plan.closed_at = clock.now()
    audit.record(DevelopmentFact.PLAN_CLOSED, plan, by=by, about=plan.person_id)


def _ask_anew(plan: CareerPlan) -> None:
    """Take both names back, and make known to whoever reads it now that it has changed."""
    flag_modified(plan, "review_on")
    plan.person_signed_at = plan.manager_signed_at = plan.manager_signed_by = None


def _require_unsigned(unsigned: bool) -> None:
    if not unsigned:
        raise Refused(_("This is signed already."))


def _require_live(plan: CareerPlan) -> None:
    if plan.closed_at is not None:
        raise Refused(_("This plan is closed."))


def _require_open(action: PlanAction) -> None:
    _require_live(action.plan)
    if action.done_on is not None or action.dropped_on is not None:
        raise Refused(_("This is done or dropped already."))


def _require_ahead(day: date, field: str, by: Account) -> None:
    if day < clock.today(by.time_zone):
        raise Refused(_("Choose today or a later day."), field)
