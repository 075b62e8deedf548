"""Writing down how a goal stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.goals import notices
from portal.goals.models import Goal, GoalCheckIn
from portal.goals.states import GoalFact, GoalState, Measure, Standing


def check_in(
    goal: Goal,
    *,
    on_day: date,
    standing: Standing,
    value: Decimal | None = None,
    note: str = "",
    by: Account,
) -> GoalCheckIn:
    """Write down how an agreed goal stands on a day; what was written is never changed.

    Raises:
        Refused: if the goal is not agreed, the day lies before it or ahead, the value does not
            fit the measure, or nothing is said about why it stands badly.

    """
    if goal.state is not GoalState.AGREED:
        raise Refused(_("Check-ins belong to agreed goals that are not closed."))
    _require_day(goal, on_day, by)
    _require_value(goal, value)
    if standing is not Standing.ON_TRACK and not note.strip():
        raise Refused(_("Say in a sentence what is in the way."), "note")
    row = GoalCheckIn(
        goal=goal,
        on_day=on_day,
        value=value,
        standing=standing,
        note=note.strip(),
        created_at=clock.now(),
        created_by=by,
        created_by_id=by.id,
    )
    db.session.add(row)
    audit.record(GoalFact.CHECKED_IN, row, by=by, about=goal.person_id)
    notices.checked_in(goal, standing, by=by)
    return row


def _require_day(goal: Goal, on_day: date, by: Account) -> None:
    if on_day > clock.today(by.time_zone):
        raise Refused(_("Choose today or an earlier day."), "on_day")
    if on_day < goal.starts_on:
        raise Refused(_("The goal begins on %(day)s.", day=i18n.date(goal.starts_on)), "on_day")


def _require_value(goal: Goal, value: Decimal | None) -> None:
    if goal.measure is Measure.METRIC:
        if value is not None:
            raise Refused(_("The figure of a metric is read by itself."), "value")
        return
    if value is None:
        raise Refused(_("Write down how far it is."), "value")
    if goal.measure is Measure.STEPS and not (
        0 <= value <= goal.target and value == value.to_integral_value()
    ):
        raise Refused(
            _("Write a whole number from 0 to %(total)s.", total=i18n.number(goal.target)), "value"
        )
