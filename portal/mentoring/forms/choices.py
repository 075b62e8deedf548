"""What can be chosen in mentoring: competencies, goals, and people on the other side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.competencies import queries as competencies
from portal.competencies.models import Competency
from portal.core import i18n
from portal.core.db import db
from portal.mentoring import queries
from portal.mentoring.models import MentoringProgramme, MentorProfile
from portal.mentoring.states import Side
from portal.people.models import Person, Role

UNKNOWN = 3
"""The level to aim at where nobody has observed any."""

HIGHEST = 5

Offer = list[tuple[int, str]]


@dataclass(frozen=True)
class Goals:
    """What a mentee may work on: gaps of their path, everything else, and the level of each."""

    role: Role | None
    gaps: Offer
    others: Offer
    levels: dict[int, int]


def library() -> list[Competency]:
    """All competencies that have a wording."""
    found = db.session.scalars(competencies.library())
    return [one for one in found if one.current is not None]


def competency_offer() -> Offer:
    """All competencies by name."""
    return [(one.id, i18n.words(one.current.name)) for one in library() if one.current]


def goals_of(person: Person, day: date) -> Goals:
    """The goals somebody may choose from; those of their path come first."""
    role, gaps = queries.gaps_of(person, day)
    known = {one.id: one for one in library()}
    ledger = queries.ledger_of([person.id], known, day)
    levels: dict[int, int] = {}
    for key in known:
        has = queries.level_on(ledger, person.id, key, day)
        levels[key] = UNKNOWN if has is None else min(int(has) + 1, HIGHEST)
    levels |= {gap.competency_id: gap.wanted for gap in gaps}
    on_path = {gap.competency_id for gap in gaps}
    offer = [(key, _goal(one, levels[key])) for key, one in known.items()]
    return Goals(
        role,
        [pair for pair in offer if pair[0] in on_path],
        [pair for pair in offer if pair[0] not in on_path],
        levels,
    )


def _goal(competency: Competency, level: int) -> str:
    name = i18n.words(competency.current.name) if competency.current else competency.key
    return _("%(competency)s: reach level %(level)s", competency=name, level=level)


def other_side(programme: MentoringProgramme, person: Person, side: Side) -> Offer:
    """Whom somebody may wish for or exclude: people who may be on the other side."""
    if side is Side.MENTOR:
        rows = queries.people_signed_up(programme.id, Side.MENTEE)
    else:
        active = sa.select(MentorProfile.person_id).where(MentorProfile.paused.is_(False))
        rows = sa.select(Person).where(Person.id.in_(active)).order_by(Person.by_name(), Person.id)
    found = db.session.scalars(rows.where(Person.id != person.id))
    return [(one.id, one.display_name) for one in found]
