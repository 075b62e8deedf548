"""Two people begin to meet, change how often, and stop: by themselves or with their work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.meetings import notices, queries
from portal.meetings.models import MeetingSeries
from portal.meetings.operations.meeting import cancel_meeting, plan_next
from portal.meetings.states import (
    LIVE,
    SERIES_MOVES,
    MeetingFact,
    Rhythm,
    SeriesKind,
    SeriesState,
)
from portal.people.models import Employment, Person, Team
from portal.people.policy import answers_for
from portal.people.queries import within
from portal.people.queries.employments import covering


@dataclass(frozen=True)
class Plan:
    """When two people meet, and where."""

    rhythm: Rhythm
    first_at: datetime
    minutes: int
    time_zone: str
    place: str = ""


def start_series(person: Person, plan: Plan, *, by: Account) -> MeetingSeries:
    """Begin to meet somebody: at once between manager and team member, else once they agree.

    Raises:
        Refused: if it is oneself, they meet already, the person has left, or the first meeting
            would lie in the past.

    """
    me = db.session.get_one(Person, by.person_id)
    _require_two(me, person)
    if plan.first_at <= clock.now():
        raise Refused(_("Choose a time that is still to come."), "first_at")
    kind, host, guest = _roles(me, person, by)
    series = MeetingSeries(
        kind=kind,
        host=host,
        guest=guest,
        state=SeriesState.RUNNING if kind is SeriesKind.MANAGER else SeriesState.ASKED,
        created_at=clock.now(),
        created_by_id=by.id,
    )
    _put(series, plan)
    db.session.add(series)
    asked = series.state is SeriesState.ASKED
    audit.record(MeetingFact.SERIES_ASKED if asked else MeetingFact.SERIES_STARTED, series, by=by)
    notices.series_begun(series, by=by)
    plan_next(series, None, by=by)
    return series


def _roles(me: Person, other: Person, by: Account) -> tuple[SeriesKind, Person, Person]:
    """The manager is the host, whoever of the two begins; of two colleagues who asks."""
    if answers_for(by, other):
        return SeriesKind.MANAGER, me, other
    mine = me.employment_on(clock.today())
    if mine is not None and other.id in _answering(mine):
        return SeriesKind.MANAGER, other, me
    return SeriesKind.PAIR, me, other


def _answering(job: Employment) -> set[int | None]:
    """The person ids of an employment's manager, and of who leads its team or one above."""
    found: set[int | None] = {job.manager_id}
    team: Team | None = job.team
    while team is not None:
        found.add(team.lead_id)
        team = team.parent
    return found


def _require_two(me: Person, other: Person) -> None:
    if me.id == other.id:
        raise Refused(_("A 1:1 needs somebody else."), "person")
    if other.employment_on(clock.today()) is None:
        raise Refused(_("Choose somebody who works here."), "person")
    # The lock keeps the two from asking each other at the same moment.
    both = sa.select(Person.id).where(Person.id.in_((me.id, other.id))).order_by(Person.id)
    db.session.execute(both.with_for_update())
    if db.session.scalar(queries.live_series_between(me.id, other.id)) is not None:
        raise Refused(_("The two of you have 1:1s already, or one was asked for."), "person")


def _put(series: MeetingSeries, plan: Plan) -> None:
    series.rhythm, series.first_at, series.minutes = plan.rhythm, plan.first_at, plan.minutes
    series.time_zone, series.place = plan.time_zone, plan.place.strip()


def accept_series(series: MeetingSeries, *, by: Account) -> None:
    """Agree to meet; the first meeting is planned.

    Raises:
        Refused: if nobody asks any more.

    """
    require_move(SERIES_MOVES, series.state, SeriesState.RUNNING)
    series.state = SeriesState.RUNNING
    audit.record(MeetingFact.SERIES_ACCEPTED, series, by=by)
    notices.series_answered(series)
    late = series.first_at <= clock.now()
    plan_next(series, clock.now() if late else None, by=by)


def decline_series(series: MeetingSeries, *, by: Account) -> None:
    """Say no.

    Raises:
        Refused: if nobody asks any more.

    """
    require_move(SERIES_MOVES, series.state, SeriesState.DECLINED)
    series.state = SeriesState.DECLINED
    audit.record(MeetingFact.SERIES_DECLINED, series, by=by)
    notices.series_answered(series)


def change_series(series: MeetingSeries, plan: Plan, *, by: Account) -> None:
    """Meet in another rhythm from a moment on; the planned meeting goes there.

    Raises:
        Refused: if they do not meet any more, or the moment lies in the past.

    """
    if series.state not in LIVE:
        raise Refused(_("These 1:1s have ended."))
    if plan.first_at <= clock.now():
        raise Refused(_("Choose a time that is still to come."), "first_at")
    _put(series, plan)
    audit.record(MeetingFact.SERIES_CHANGED, series, by=by)
    planned = db.session.scalar(queries.planned_meeting(series.id))
    if planned is None:
        plan_next(series, None, by=by)
        return
    planned.starts_at, planned.minutes, planned.place = plan.first_at, plan.minutes, series.place
    planned.sequence += 1
    audit.record(MeetingFact.MOVED, planned, by=by)
    notices.moved(planned, by=by)


def end_series(series: MeetingSeries, *, by: Account | None) -> None:
    """Stop meeting, from now on; what was written stays with the two.

    Raises:
        Refused: if they do not meet any more.

    """
    require_move(SERIES_MOVES, series.state, SeriesState.ENDED)
    today = clock.today(series.time_zone)
    series.last_on = min(series.last_on or today, today)
    series.state = SeriesState.ENDED
    audit.record(MeetingFact.SERIES_ENDED, series, by=by)
    planned = db.session.scalar(queries.planned_meeting(series.id))
    if planned is not None:
        cancel_meeting(planned, by=by, go_on=False)
    notices.series_ended(series, by=by)


def end_on(series: MeetingSeries, last_on: date) -> None:
    """Let a series end with a day; if that is over, at once. A later day is set anew.

    A meeting that would come after that day is called off.
    """
    series.last_on = last_on
    if last_on < clock.today(series.time_zone):
        end_series(series, by=None)
        return
    audit.record(MeetingFact.SERIES_CHANGED, series, by=None)
    planned = db.session.scalar(queries.planned_meeting(series.id))
    if planned is not None and planned.starts_at.date() > last_on:
        cancel_meeting(planned, by=None, go_on=False)


def follow_manager(employment: Employment) -> None:
    """A person gets another manager: 1:1s with who answers for them no longer end before."""
    mine = sa.select(MeetingSeries).where(
        MeetingSeries.kind == SeriesKind.MANAGER,
        MeetingSeries.state.in_(LIVE),
        MeetingSeries.guest_id == employment.person_id,
    )
    staying = _answering(employment)
    for series in db.session.scalars(mine).all():
        if series.host_id not in staying:
            end_on(series, employment.starts_on - timedelta(days=1))


def follow_leaver(employment: Employment) -> None:
    """Somebody leaves: all their 1:1s end with their last day."""
    if employment.ends_on is None:
        return
    theirs = sa.select(MeetingSeries).where(
        MeetingSeries.state.in_(LIVE), queries.of_person(employment.person_id)
    )
    for series in db.session.scalars(theirs).all():
        end_on(series, employment.ends_on)


def follow_lead(team: Team, before: int | None) -> None:
    """A team gets another lead: 1:1s of the one before with its people end today.

    Unless they lead a team above as well. Whom an employment names as manager does not count:
    it was written down when the person came.
    """
    if before is None:
        return
    present = sa.select(Employment).join(Team, Team.id == Employment.team_id)
    present = present.where(
        within(Team.path, team.path), covering(clock.today(team.site.time_zone))
    )
    members = present.with_only_columns(Employment.person_id)
    led = db.session.scalars(queries.managed_by(before, members)).all()
    guests = present.where(Employment.person_id.in_({series.guest_id for series in led}))
    jobs = {job.person_id: job for job in db.session.scalars(guests)}
    for series in led:
        job = jobs[series.guest_id]
        if before not in _answering(job) - {job.manager_id}:
            end_series(series, by=None)
