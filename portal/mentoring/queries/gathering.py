"""Everything a match of a round is about, in a number of statements that does not grow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from portal.core.db import db
from portal.mentoring.fit import Mentee, Mentor
from portal.mentoring.models import (
    MentoringEntry,
    MentoringPair,
    MentoringProgramme,
    MentoringWish,
    MentorProfile,
)
from portal.mentoring.queries.ledger import Ledger, ledger_of, level_on
from portal.mentoring.queries.lines import above
from portal.mentoring.states import LIVE, PairState, Side, WishKind
from portal.people.models import Employment
from portal.people.queries.employments import covering

STEP = 1
"""Levels a mentor must be ahead."""


@dataclass
class Gathered:
    """Both sides of a round, and the pairs that stay as they are."""

    mentees: list[Mentee] = field(default_factory=list)
    mentors: list[Mentor] = field(default_factory=list)
    locked: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class _Known:
    """What is looked up for everybody."""

    day: date
    sites: dict[int, int]
    above: dict[int, frozenset[int]]
    ledger: Ledger
    wishes: dict[int, set[int]]
    not_with: dict[int, set[int]]


def gather(programme: MentoringProgramme, day: date) -> Gathered:
    """Who looks for a mentor and who has a place, without those who meet already."""
    entries = db.session.scalars(_entries(programme.id)).all()
    pairs = db.session.execute(_pairs(programme.id, {one.person_id for one in entries})).all()
    busy = {one.mentee_id for one in pairs
            if one.state in LIVE and one.programme_id == programme.id}  # fmt: skip
    taking = [one for one in entries if one.side is Side.MENTOR]
    looking = [one for one in entries if one.side is Side.MENTEE and one.person_id not in busy]
    profiles = _profiles({one.person_id for one in taking})
    known = _known(programme.id, day, looking, taking, profiles)
    found = Gathered()
    found.mentees = [_mentee(one, known) for one in looking]
    for entry in taking:
        profile = profiles.get(entry.person_id)
        taken = [one for one in pairs if one.mentor_id == entry.person_id and one.state in LIVE]
        here = sum(one.programme_id == programme.id for one in taken)
        seats = min((entry.seats or 0) - here, profile.seats - len(taken)) if profile else 0
        found.mentors.append(_mentor(entry, profile, max(seats, 0), known))
    found.locked = [(one.mentee_id, one.mentor_id) for one in pairs
                    if one.locked and one.state is PairState.PROPOSED
                    and one.programme_id == programme.id]  # fmt: skip
    return found


def _entries(programme_id: int) -> sa.Select[MentoringEntry]:
    return (
        sa.select(MentoringEntry)
        .where(MentoringEntry.programme_id == programme_id, MentoringEntry.left_at.is_(None))
        .options(selectinload(MentoringEntry.goals))
        .order_by(MentoringEntry.person_id)
    )


def _pairs(programme_id: int, person_ids: set[int]) -> sa.Select[*tuple[Any, ...]]:
    """Present pairs of this round, and live ones of its people elsewhere."""
    row = MentoringPair
    here = row.programme_id == programme_id
    elsewhere = sa.and_(row.state.in_(LIVE), row.mentor_id.in_(person_ids))
    return sa.select(row.programme_id, row.mentor_id, row.mentee_id, row.state, row.locked).where(
        row.state.in_((PairState.PROPOSED, *LIVE)), sa.or_(here, elsewhere)
    )


def _profiles(person_ids: set[int]) -> dict[int, MentorProfile]:
    rows = sa.select(MentorProfile).where(
        MentorProfile.person_id.in_(person_ids), MentorProfile.paused.is_(False)
    )
    found = db.session.scalars(rows.options(selectinload(MentorProfile.offers)))
    return {one.person_id: one for one in found}


def _known(
    programme_id: int, day: date, looking: list[MentoringEntry], taking: list[MentoringEntry],
    profiles: dict[int, MentorProfile],
) -> _Known:  # fmt: skip
    people = {one.person_id for one in (*looking, *taking)}
    skills = {goal.competency_id for one in looking for goal in one.goals}
    skills |= {offer.competency_id for one in profiles.values() for offer in one.offers}
    wishes: dict[WishKind, dict[int, set[int]]] = {kind: {} for kind in WishKind}
    said = sa.select(MentoringWish.kind, MentoringWish.person_id, MentoringWish.other_id)
    for kind, person_id, other_id in db.session.execute(
        said.where(MentoringWish.programme_id == programme_id)
    ):
        wishes[kind].setdefault(person_id, set()).add(other_id)
    return _Known(
        day, sites_of(people, day), above(people, day), ledger_of(people, skills, day),
        wishes[WishKind.WISH], wishes[WishKind.NOT_WITH],
    )  # fmt: skip


def sites_of(person_ids: Iterable[int], day: date) -> dict[int, int]:
    """Where those of them who work on a day do so."""
    row = Employment
    found = sa.select(row.person_id, row.site_id).where(
        row.person_id.in_(list(person_ids)), covering(day)
    )
    return dict(db.session.execute(found).all())


def least_level(has: float | None, wanted: int) -> float:
    """The level a mentor must hold: one above the mentee's, or the wanted one if none is known."""
    return wanted if has is None else min(has + STEP, 5)


def _mentee(entry: MentoringEntry, known: _Known) -> Mentee:
    key = entry.person_id
    goals = {
        goal.competency_id: least_level(
            level_on(known.ledger, key, goal.competency_id, known.day), goal.level
        )
        for goal in entry.goals
    }
    return Mentee(
        key, goals, frozenset(entry.languages), frozenset(entry.shifts), known.sites.get(key),
        frozenset(known.wishes.get(key, ())), frozenset(known.not_with.get(key, ())),
        known.above.get(key, frozenset()), key in known.sites,
    )  # fmt: skip


def _mentor(
    entry: MentoringEntry, profile: MentorProfile | None, seats: int, known: _Known
) -> Mentor:
    key = entry.person_id
    offers = {
        offer.competency_id: level_on(known.ledger, key, offer.competency_id, known.day) or 0
        for offer in (profile.offers if profile else ())
    }
    return Mentor(
        key, seats, offers,
        frozenset(profile.languages if profile else ()),
        frozenset(profile.shifts if profile else ()), known.sites.get(key),
        frozenset(known.wishes.get(key, ())), frozenset(known.not_with.get(key, ())),
        known.above.get(key, frozenset()), key in known.sites,
    )  # fmt: skip
