"""Becoming a mentor, and taking part in a round on either side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.mentoring import queries
from portal.mentoring.models import (
    MentoringEntry,
    MentoringGoal,
    MentoringPair,
    MentoringProgramme,
    MentoringWish,
    MentorOffer,
    MentorProfile,
)
from portal.mentoring.states import MentoringFact, PairState, Side, WishKind
from portal.people.models import Person

MOST_GOALS = 5


@dataclass(frozen=True)
class Offer:
    """What a mentor says of themself."""

    about: str
    languages: Sequence[str]
    shifts: Sequence[str]
    seats: int
    competency_ids: Sequence[int]


@dataclass(frozen=True)
class Said:
    """With whom somebody would like to be, and with whom not, by person id."""

    wishes: Sequence[int] = ()
    not_with: Sequence[int] = ()


@dataclass(frozen=True)
class Hopes:
    """What a mentee says: levels to reach by competency, and what makes meeting possible."""

    goals: Mapping[int, int]
    languages: Sequence[str] = ()
    shifts: Sequence[str] = ()
    text: str = ""
    role_id: int | None = None
    said: Said = field(default_factory=Said)


def save_profile(person: Person, offer: Offer, *, by: Account) -> MentorProfile:
    """Offer to be a mentor, or change what is offered.

    Raises:
        Refused: if no competency or language is named.

    """
    if not offer.competency_ids:
        raise Refused(_("Choose at least one competency you can help with."), "competencies")
    if not offer.languages:
        raise Refused(_("Choose at least one language."), "languages")
    profile = db.session.scalar(queries.profile_of(person.id))
    if profile is None:
        profile = MentorProfile(person=person, created_at=clock.now(), paused=False)
        db.session.add(profile)
    profile.about, profile.seats = offer.about, offer.seats
    profile.languages, profile.shifts = list(offer.languages), list(map(str, offer.shifts))
    known = {one.competency_id: one for one in profile.offers}
    profile.offers = [
        known.get(key) or MentorOffer(competency_id=key) for key in offer.competency_ids
    ]
    audit.record(MentoringFact.PROFILE_SAVED, profile, by=by, competencies=offer.competency_ids)
    return profile


def pause_profile(profile: MentorProfile, *, paused: bool, by: Account) -> None:
    """Take no new mentees for now, or take some again; present pairs go on."""
    profile.paused = paused
    audit.record(MentoringFact.PROFILE_SAVED, profile, by=by)


def join_as_mentee(
    programme: MentoringProgramme, person: Person, hopes: Hopes, *, by: Account
) -> MentoringEntry:
    """Look for a mentor in a round; a second time changes what was said.

    Raises:
        Refused: if the sign-up is over, there is no goal or too many, or one wish excludes another.

    """
    if not hopes.goals:
        raise Refused(_("Choose at least one goal."), "goals")
    if len(hopes.goals) > MOST_GOALS:
        raise Refused(
            _("Choose %(most)s goals at most: a mentor can't help with everything.",
              most=MOST_GOALS), "goals",
        )  # fmt: skip
    entry = _entry(programme, person, Side.MENTEE)
    entry.languages, entry.shifts = list(hopes.languages), list(map(str, hopes.shifts))
    entry.hopes, entry.role_id = hopes.text, hopes.role_id
    set_goals(entry.goals, hopes.goals, MentoringGoal)
    audit.record(MentoringFact.JOINED, entry, by=by)
    _say(programme, person, hopes.said, by=by)
    return entry


def join_as_mentor(
    programme: MentoringProgramme, person: Person, seats: int, said: Said, *, by: Account
) -> MentoringEntry:
    """Take mentees in a round; a second time changes what was said.

    Raises:
        Refused: if the sign-up is over, there is no profile, or it has fewer seats.

    """
    profile = db.session.scalar(queries.profile_of(person.id))
    if profile is None or profile.paused:
        raise Refused(_("Say first what you offer as a mentor."))
    if seats > profile.seats:
        raise Refused(
            _("Your profile says %(number)s at most.", number=profile.seats), "seats"
        )  # fmt: skip
    entry = _entry(programme, person, Side.MENTOR)
    entry.seats = seats
    audit.record(MentoringFact.JOINED, entry, by=by)
    _say(programme, person, said, by=by)
    return entry


def sign_off(programme: MentoringProgramme, person: Person, side: Side, *, by: Account) -> None:
    """No longer take part on a side; a suggestion nobody was told of goes with it.

    Raises:
        Refused: if the person does not take part.

    """
    entry = db.session.scalar(queries.entry_of(programme.id, person.id, side))
    if entry is None or entry.left_at is not None:
        raise Refused(_("You don't take part in this."))
    entry.left_at = clock.now()
    audit.record(MentoringFact.SIGNED_OFF, entry, by=by)
    own = MentoringPair.mentor_id if side is Side.MENTOR else MentoringPair.mentee_id
    rows = sa.select(MentoringPair).where(
        MentoringPair.programme_id == programme.id,
        MentoringPair.state == PairState.PROPOSED,
        own == person.id,
    )
    for pair in db.session.scalars(rows).all():
        db.session.delete(pair)


def _entry(programme: MentoringProgramme, person: Person, side: Side) -> MentoringEntry:
    if not programme.open_on(clock.today()):
        raise Refused(_("The sign-up is over."))
    if person.employment_on(clock.today()) is None:
        raise Refused(_("Mentoring is for people who work here."))
    entry = db.session.scalar(queries.entry_of(programme.id, person.id, side))
    if entry is None:
        entry = MentoringEntry(
            programme=programme, person=person, side=side, joined_at=clock.now(),
            seats=1 if side is Side.MENTOR else None, languages=[], shifts=[],
        )  # fmt: skip
        db.session.add(entry)
    entry.left_at = None
    return entry


def set_goals(rows: list, wanted: Mapping[int, int], kind: type) -> None:  # type: ignore[type-arg]
    """Make the goals of an entry or a pair those that are wanted, with their levels."""
    known = {row.competency_id: row for row in rows}
    for key, row in known.items():
        if key not in wanted:
            rows.remove(row)
    for key, level in wanted.items():
        if key in known:
            known[key].level = level
        else:
            rows.append(kind(competency_id=key, level=level))


def _say(programme: MentoringProgramme, person: Person, said: Said, *, by: Account) -> None:
    """Replace what somebody said of others; the trail learns only that they did."""
    both = set(said.wishes) & set(said.not_with)
    if both:
        raise Refused(_("You can't wish for somebody and exclude them."), "not_with_1")
    for row in db.session.scalars(queries.wishes_of(programme.id, person.id)).all():
        db.session.delete(row)
    db.session.flush()
    kinds = ((WishKind.WISH, said.wishes), (WishKind.NOT_WITH, said.not_with))
    for kind, keys in kinds:
        for key in dict.fromkeys(keys):
            if key != person.id:
                db.session.add(MentoringWish(
                    programme_id=programme.id, person_id=person.id, other_id=key, kind=kind,
                ))  # fmt: skip
    audit.record(MentoringFact.WISHED, programme, by=by, about=person.id)
