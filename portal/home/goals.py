"""Goals that wait: to be agreed on, checked in on, closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import clock, i18n
from portal.goals import queries
from portal.goals.models import Goal, GoalChange
from portal.home.need import Need, Source, by_moment, on_the_day

PATIENCE = timedelta(days=3)
"""How long somebody waits for an answer before it counts as late."""

_LAST_WORD = queries.last_word()


def _proposals(viewer: Account) -> Iterator[Source]:
    due = by_moment(viewer, PATIENCE)
    yield Source(queries.goals_waiting_for, Goal.id, due, _proposal, moment=Goal.proposed_at)
    yield Source(
        queries.changes_waiting_for, GoalChange.id, due, _change,
        moment=GoalChange.proposed_at,
    )  # fmt: skip


def _proposal(goal: Goal, due: date) -> Need:
    return Need(
        "bullseye",
        _("Goal to agree on: %(title)s", title=goal.title),
        _("For %(who)s.", who=_whose(goal)),
        due,
        url_for("goals.goal", goal_id=goal.id),
        _("View"),
    )


def _change(change: GoalChange, due: date) -> Need:
    return Need(
        "bullseye",
        _("Goal to change: %(title)s", title=change.goal.title),
        _("For %(who)s.", who=_whose(change.goal)),
        due,
        url_for("goals.goal", goal_id=change.goal_id),
        _("View"),
    )


def _silent(_viewer: Account) -> Iterator[Source]:
    def due(since: date | None, _no_moment: datetime | None) -> date | None:
        return None if since is None else since + queries.SILENT

    yield Source(_silent_goals, Goal.id, due, _check_in, day=_LAST_WORD)


def _silent_goals(asker: Account) -> sa.Select[*tuple[Any, ...]]:
    return queries.silent_goals(asker, clock.today(asker.time_zone))


def _check_in(goal: Goal, since: date, due: date) -> Need:
    return Need(
        "bullseye",
        _("Check in on your goal: %(title)s", title=goal.title),
        _("Nothing was written down since %(day)s.", day=i18n.date(since)),
        due,
        url_for("goals.goal", goal_id=goal.id, _anchor="check-in"),
        _("Check in"),
    )


def _over(_viewer: Account) -> Iterator[Source]:
    yield Source(_goals_over, Goal.id, on_the_day, _close, day=Goal.ends_on)


def _goals_over(asker: Account) -> sa.Select[Goal]:
    return queries.goals_over(asker, clock.today(asker.time_zone))


def _close(goal: Goal, due: date) -> Need:
    return Need(
        "bullseye",
        _("Goal to close: %(title)s", title=goal.title),
        _("For %(who)s. Its time is over.", who=_whose(goal)),
        due,
        url_for("goals.close_goal", goal_id=goal.id),
        _("Close"),
    )


def _whose(goal: Goal) -> str:
    if goal.person is not None:
        return goal.person.display_name
    return i18n.words(goal.team.name) if goal.team is not None else ""


SOURCES: tuple[Callable[[Account], Iterator[Source]], ...] = (_proposals, _silent, _over)
