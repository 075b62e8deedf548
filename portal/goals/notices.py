"""Who is told what about goals; never with the words of the goal, which may outlive the right."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.accounts.readers import account_in_use
from portal.core import clock, inbox
from portal.goals.models import Goal, GoalChange
from portal.goals.states import ChangeState, Standing
from portal.people.models import Person


class GoalNotice(inbox.NoticeKind):
    """Notices of goals."""

    PROPOSED_TO_YOU = "goals.proposed_to_you", _l("%(who)s proposes a goal for you")
    PROPOSED_BY = "goals.proposed_by", _l("%(who)s proposes a goal of their own")
    AGREED = "goals.goal_agreed", _l("%(who)s agreed to the goal you proposed")
    RETURNED = "goals.goal_returned", _l("%(who)s sent back the goal you proposed")
    CHANGE = "goals.change", _l("%(who)s would like to change a goal")
    CHANGE_AGREED = "goals.change_agreed", _l("%(who)s agreed to your change of a goal")
    CHANGE_DECLINED = "goals.change_declined", _l("%(who)s declined your change of a goal")
    IN_TROUBLE = "goals.in_trouble", _l("%(who)s says that a goal is at risk")
    CLOSED = "goals.goal_closed", _l("%(who)s closed a goal of yours with a result")
    DROPPED = "goals.goal_dropped", _l("%(who)s dropped a goal of yours")


def proposed(goal: Goal, *, by: Account) -> None:
    """Ask the other side."""
    if goal.person_id == by.person_id:
        _tell(manager_of(goal), GoalNotice.PROPOSED_BY, goal, by)
    else:
        _tell(goal.person_id, GoalNotice.PROPOSED_TO_YOU, goal, by)


def answered(goal: Goal, *, agreed: bool, by: Account) -> None:
    """Tell who proposed it."""
    kind = GoalNotice.AGREED if agreed else GoalNotice.RETURNED
    if goal.proposed_by is not None:
        _tell(goal.proposed_by.person_id, kind, goal, by)


def change_proposed(change: GoalChange, *, by: Account) -> None:
    """Ask the other side."""
    goal = change.goal
    own = goal.person_id == by.person_id
    _tell(manager_of(goal) if own else goal.person_id, GoalNotice.CHANGE, goal, by)


def change_decided(change: GoalChange, *, by: Account) -> None:
    """Tell who suggested it."""
    agreed = change.state is ChangeState.AGREED
    kind = GoalNotice.CHANGE_AGREED if agreed else GoalNotice.CHANGE_DECLINED
    _tell(change.proposed_by.person_id, kind, change.goal, by)


def checked_in(goal: Goal, standing: Standing, *, by: Account) -> None:
    """Tell the manager when the person says that it stands badly."""
    if standing is not Standing.ON_TRACK and goal.person_id == by.person_id:
        _tell(manager_of(goal), GoalNotice.IN_TROUBLE, goal, by)


def closed(goal: Goal, *, by: Account) -> None:
    """Tell the person; they see the result at once."""
    _tell(goal.person_id, GoalNotice.CLOSED, goal, by)


def dropped(goal: Goal, *, by: Account) -> None:
    """Tell the person."""
    _tell(goal.person_id, GoalNotice.DROPPED, goal, by)


def manager_of(goal: Goal) -> int | None:
    """The person id of the present manager of whose goal it is, else of who leads their team."""
    person: Person | None = goal.person
    present = person.employment_on(clock.today()) if person is not None else None
    if present is None:
        return None
    lead = present.team.lead_id if present.team.lead_id != present.person_id else None
    return present.manager_id or lead


def _tell(person_id: int | None, kind: GoalNotice, goal: Goal, by: Account) -> None:
    account = account_in_use(person_id) if person_id != by.person_id else None
    if account is not None:
        inbox.tell(account.id, kind, f"/goals/{goal.id}", who=by.display_name)
