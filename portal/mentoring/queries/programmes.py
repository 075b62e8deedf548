"""Programmes, who takes part, and mentors to be found, as selects."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from portal.mentoring.models import (
    MentoringEntry,
    MentoringGoal,
    MentoringMatch,
    MentoringPair,
    MentoringProgramme,
    MentoringWish,
    MentorOffer,
    MentorProfile,
)
from portal.mentoring.states import LIVE, PairState, ProgrammeKind, ProgrammeState, Side
from portal.people.models import Employment, Person, Role, Site, Team
from portal.people.queries.employments import covering

ON = (ProgrammeState.OPEN, ProgrammeState.MATCHING, ProgrammeState.RUNNING)


def programmes() -> sa.Select[*tuple[Any, ...]]:
    """All programmes with how many mentors, mentees and live pairs they have."""

    def people(side: Side) -> sa.ScalarSelect[int]:
        return (
            sa.select(sa.func.count())
            .where(
                MentoringEntry.programme_id == MentoringProgramme.id,
                MentoringEntry.side == side,
                MentoringEntry.left_at.is_(None),
            )
            .scalar_subquery()
        )

    live = (
        sa.select(sa.func.count())
        .where(MentoringPair.programme_id == MentoringProgramme.id, MentoringPair.state.in_(LIVE))
        .scalar_subquery()
    )
    return sa.select(
        MentoringProgramme,
        people(Side.MENTOR).label("mentors"),
        people(Side.MENTEE).label("mentees"),
        live.label("pairs"),
    )


def programmes_on() -> sa.Select[MentoringProgramme]:
    """What is on, the next to end its sign-up first."""
    return (
        sa.select(MentoringProgramme)
        .where(MentoringProgramme.state.in_(ON))
        .order_by(MentoringProgramme.join_until, MentoringProgramme.ends_on, MentoringProgramme.id)
    )


def programmes_to_ask_in(day: date) -> sa.Select[MentoringProgramme]:
    """Where one can ask a mentor on a day."""
    return (
        sa.select(MentoringProgramme)
        .where(
            MentoringProgramme.kind == ProgrammeKind.OPEN,
            MentoringProgramme.state == ProgrammeState.RUNNING,
            MentoringProgramme.ends_on >= day,
        )
        .order_by(MentoringProgramme.id)
    )


def entry_of(programme_id: int, person_id: int, side: Side) -> sa.Select[MentoringEntry]:
    """How somebody takes part on one side, signed off or not."""
    return (
        sa.select(MentoringEntry)
        .where(
            MentoringEntry.programme_id == programme_id,
            MentoringEntry.person_id == person_id,
            MentoringEntry.side == side,
        )
        .options(selectinload(MentoringEntry.goals))
    )


def entries_of(person_id: int) -> sa.Select[MentoringEntry]:
    """Everything somebody is signed up for."""
    return (
        sa.select(MentoringEntry)
        .join(MentoringProgramme, MentoringProgramme.id == MentoringEntry.programme_id)
        .where(
            MentoringEntry.person_id == person_id,
            MentoringEntry.left_at.is_(None),
            MentoringProgramme.state != ProgrammeState.CLOSED,
        )
    )


def wishes_of(programme_id: int, person_id: int) -> sa.Select[MentoringWish]:
    """What somebody said of others in a round."""
    return (
        sa.select(MentoringWish)
        .where(MentoringWish.programme_id == programme_id, MentoringWish.person_id == person_id)
        .order_by(MentoringWish.id)
    )


def participants(programme_id: int, day: date) -> sa.Select[*tuple[Any, ...]]:
    """Who takes part in a round: entry, person, role, team and site of the day."""
    job = sa.and_(Employment.person_id == Person.id, covering(day))
    return (
        sa.select(
            MentoringEntry.id,
            MentoringEntry.person_id,
            MentoringEntry.side,
            MentoringEntry.seats,
            MentoringEntry.joined_at,
            Person.given_name,
            Person.family_name,
            Person.language,
            Role.title.label("role"),
            Team.name.label("team"),
            Site.name.label("site"),
            sa.select(sa.func.count())
            .where(MentoringGoal.entry_id == MentoringEntry.id)
            .scalar_subquery()
            .label("goals"),
        )
        .select_from(MentoringEntry)
        .join(Person, Person.id == MentoringEntry.person_id)
        .outerjoin(Employment, job)
        .outerjoin(Role, Role.id == Employment.role_id)
        .outerjoin(Team, Team.id == Employment.team_id)
        .outerjoin(Site, Site.id == Employment.site_id)
        .where(MentoringEntry.programme_id == programme_id, MentoringEntry.left_at.is_(None))
    )


def people_signed_up(programme_id: int, side: Side) -> sa.Select[Person]:
    """The people of one side of a round, by name."""
    return (
        sa.select(Person)
        .join(MentoringEntry, MentoringEntry.person_id == Person.id)
        .where(
            MentoringEntry.programme_id == programme_id,
            MentoringEntry.side == side,
            MentoringEntry.left_at.is_(None),
        )
        .order_by(Person.by_name(), Person.id)
    )


def profile_of(person_id: int) -> sa.Select[MentorProfile]:
    """What somebody offers as a mentor."""
    return (
        sa.select(MentorProfile)
        .where(MentorProfile.person_id == person_id)
        .options(selectinload(MentorProfile.offers))
    )


def taken() -> sa.ScalarSelect[int]:
    """How many mentees the mentor of a profile has now, in all programmes."""
    return (
        sa.select(sa.func.count())
        .where(MentoringPair.mentor_id == MentorProfile.person_id, MentoringPair.state.in_(LIVE))
        .correlate(MentorProfile)
        .scalar_subquery()
    )


def mentors(day: date) -> sa.Select[*tuple[Any, ...]]:
    """Mentors who work on a day and do not pause: profile, employment, and mentees they have."""
    return (
        sa.select(MentorProfile, Employment, taken().label("taken"))
        .join(Person, Person.id == MentorProfile.person_id)
        .join(Employment, sa.and_(Employment.person_id == Person.id, covering(day)))
        .where(MentorProfile.paused.is_(False))
        .options(
            joinedload(MentorProfile.person, innerjoin=True),
            selectinload(MentorProfile.offers),
            joinedload(Employment.role, innerjoin=True),
            joinedload(Employment.site, innerjoin=True),
        )
    )


def offering(competency_id: int) -> sa.ColumnElement[bool]:
    """Profiles that offer a competency."""
    return MentorProfile.offers.any(MentorOffer.competency_id == competency_id)


def latest_match(programme_id: int) -> sa.Select[MentoringMatch]:
    """The last run of a round's matching."""
    return (
        sa.select(MentoringMatch)
        .where(MentoringMatch.programme_id == programme_id)
        .order_by(MentoringMatch.id.desc())
        .limit(1)
    )


def rounds_to_match(day: date) -> sa.Select[MentoringProgramme]:
    """Rounds whose sign-up is over and that nobody has matched yet."""
    ran = sa.exists().where(MentoringMatch.programme_id == MentoringProgramme.id)
    over = sa.and_(
        MentoringProgramme.state == ProgrammeState.OPEN, MentoringProgramme.join_until < day
    )
    waits = sa.and_(MentoringProgramme.state == ProgrammeState.MATCHING, ~ran)
    return (
        sa.select(MentoringProgramme)
        .where(MentoringProgramme.kind == ProgrammeKind.ROUND, sa.or_(over, waits))
        .order_by(MentoringProgramme.join_until)
    )


_Later = sa.orm.aliased(MentoringMatch)


def matches_to_publish() -> sa.Select[MentoringMatch]:
    """The last run of each round that suggests pairs nobody was told of."""
    newest = ~sa.exists().where(
        _Later.programme_id == MentoringMatch.programme_id, _Later.id > MentoringMatch.id
    )
    suggested = sa.exists().where(
        MentoringPair.match_id == MentoringMatch.id, MentoringPair.state == PairState.PROPOSED
    )
    return (
        sa.select(MentoringMatch)
        .where(newest, suggested)
        .options(joinedload(MentoringMatch.programme, innerjoin=True))
        .order_by(MentoringMatch.ran_at)
    )
