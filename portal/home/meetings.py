"""1:1s: the next one, actions that are due, invitations to answer, and goals to talk about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from flask import Flask, url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import clock, i18n
from portal.core.db import db
from portal.goals import policy as goals
from portal.goals.figures import progress_of
from portal.goals.queries import goals_of
from portal.goals.states import GoalState
from portal.home.need import HORIZON, Need, Source, by_moment, from_now, on_the_day
from portal.meetings import queries
from portal.meetings.models import Meeting, MeetingAction, MeetingSeries
from portal.meetings.parts import TalkingPoints, talking_points
from portal.meetings.states import SeriesKind

SOON = timedelta(days=3)
PATIENCE = timedelta(days=3)
"""How long somebody waits for an answer before it counts as late."""


def connect(app: Flask) -> None:
    """Suggest the goals of a team member for the talk with their manager."""
    talking_points.add(app, _goals_of_the_guest)


def _goals_of_the_guest(viewer: Account, meeting: Meeting) -> TalkingPoints | None:
    """Running goals, as long as both of the two may see them."""
    series = meeting.series
    if series.kind is not SeriesKind.MANAGER or not goals.see_goals(viewer, series.guest):
        return None
    found = db.session.scalars(goals_of(series.guest_id, viewer))
    running = [goal for goal in found if goal.state is GoalState.AGREED]
    if not running:
        return None
    day = clock.today(viewer.time_zone)
    data = {"goals": running, "progress": progress_of(running, day)}
    return TalkingPoints("goals/_talking_points.html", data)


def _meetings(viewer: Account) -> Iterator[Source]:
    def write(meeting: Meeting, due: date) -> Need:
        return Need(
            "chat-dots",
            _("1:1 with %(who)s", who=meeting.series.other(viewer.person_id).display_name),
            i18n.datetime(meeting.starts_at),
            due,
            url_for("meetings.meeting", meeting_id=meeting.id),
            _("Prepare"),
        )

    yield Source(_coming, Meeting.id, by_moment(viewer), write, moment=Meeting.starts_at)


def _coming(asker: Account) -> sa.Select[Meeting]:
    return queries.coming_meetings(asker.person_id, from_now(SOON))


def _actions(viewer: Account) -> Iterator[Source]:
    def write(action: MeetingAction, due: date) -> Need:
        other = action.meeting.series.other(viewer.person_id)
        return Need(
            "check2-square",
            action.title,
            _("Agreed in the 1:1 with %(who)s.", who=other.display_name),
            due,
            url_for("meetings.meeting", meeting_id=action.meeting_id, _anchor="actions"),
            _("View"),
        )

    yield Source(_open_actions, MeetingAction.id, on_the_day, write, day=MeetingAction.due_on)


def _open_actions(asker: Account) -> sa.Select[MeetingAction]:
    until = clock.today(asker.time_zone) + HORIZON
    return queries.open_actions(asker.person_id).where(MeetingAction.due_on <= until)


def _invitations(viewer: Account) -> Iterator[Source]:
    yield Source(
        _open_invitations,
        MeetingSeries.id,
        by_moment(viewer, PATIENCE),
        _invitation,
        moment=MeetingSeries.created_at,
    )


def _open_invitations(asker: Account) -> sa.Select[MeetingSeries]:
    return queries.invitations_for(asker.person_id)


def _invitation(series: MeetingSeries, due: date) -> Need:
    return Need(
        "chat-dots",
        _("%(who)s would like to meet you regularly", who=series.host.display_name),
        str(series.rhythm.label),
        due,
        url_for("meetings.series", meeting_series_id=series.id),
        _("Answer now"),
    )


SOURCES: tuple[Callable[[Account], Iterator[Source]], ...] = (_meetings, _actions, _invitations)
