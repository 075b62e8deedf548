"""Rows of mentoring with sensible defaults; flushed, never committed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from portal.competencies.models import Competency
from portal.core import clock
from portal.mentoring.models import (
    MentoringAction,
    MentoringEntry,
    MentoringGoal,
    MentoringPair,
    MentoringProgramme,
    MentoringSession,
    MentorOffer,
    MentorProfile,
    PairGoal,
)
from portal.mentoring.starter import pack
from portal.mentoring.states import (
    MatchMode,
    MeetingState,
    PairState,
    ProgrammeKind,
    ProgrammeState,
    Side,
)
from portal.people.models import Person
from tests.factories import people
from tests.factories.people import added, in_words

_number = count(1)


def programme(title: str = "", **values: Any) -> MentoringProgramme:
    """A round whose sign-up is open for another week, from next month on."""
    today = clock.today()
    kind = values.get("kind", ProgrammeKind.ROUND)
    defaults: dict[str, Any] = {
        "title": in_words(title or f"Programme {next(_number)}"),
        "summary": in_words("Learn from a colleague."),
        "kind": kind,
        "state": ProgrammeState.OPEN,
        "mode": MatchMode.TOTAL,
        "weights": dict(pack()["weights"]),
        "questions": list(pack()["questions"]),
        "sessions_asked": 6,
        "join_until": today + timedelta(days=7) if kind is ProgrammeKind.ROUND else None,
        "starts_on": today,
        "mid_on": today + timedelta(days=90),
        "ends_on": today + timedelta(days=180),
        "created_at": clock.now(),
    }
    return added(MentoringProgramme(**(defaults | values)))


def all_year(**values: Any) -> MentoringProgramme:
    """A programme in which people ask mentors themselves."""
    defaults = {"kind": ProgrammeKind.OPEN, "state": ProgrammeState.RUNNING}
    return programme(**(defaults | values))


def profile(person: Person, *competencies: Competency, **values: Any) -> MentorProfile:
    defaults: dict[str, Any] = {
        "person": person, "about": "Ten years on the phone.", "languages": ["en"], "shifts": [],
        "seats": 1, "created_at": clock.now(),
        "offers": [MentorOffer(competency_id=one.id) for one in competencies],
    }  # fmt: skip
    return added(MentorProfile(**(defaults | values)))


def mentor_in(
    programme: MentoringProgramme, person: Person, *competencies: Competency, seats: int = 1,
    **values: Any,
) -> MentoringEntry:  # fmt: skip
    """Somebody at work with a profile, signed up as a mentor."""
    profile(person, *competencies, seats=seats, **values)
    return added(MentoringEntry(
        programme=programme, person=person, side=Side.MENTOR, seats=seats, joined_at=clock.now(),
    ))  # fmt: skip


def mentee_in(
    programme: MentoringProgramme, person: Person, *goals: Competency, level: int = 3,
    **values: Any,
) -> MentoringEntry:  # fmt: skip
    """Somebody who looks for a mentor in English."""
    defaults: dict[str, Any] = {
        "programme": programme, "person": person, "side": Side.MENTEE, "languages": ["en"],
        "joined_at": clock.now(),
        "goals": [MentoringGoal(competency_id=one.id, level=level) for one in goals],
    }  # fmt: skip
    return added(MentoringEntry(**(defaults | values)))


def pair(
    mentor: Person | None = None, mentee: Person | None = None, *goals: Competency, **values: Any
) -> MentoringPair:
    """A running pair of two people at work in different teams."""
    one = mentor or people.employment().person
    two = mentee or people.employment().person
    state = values.get("state", PairState.RUNNING)
    defaults: dict[str, Any] = {
        "programme": values.pop("programme", None) or all_year(),
        "mentor": one,
        "mentee": two,
        "state": state,
        "starts_on": date(2026, 9, 1) if state is not PairState.REQUESTED else None,
        "created_at": clock.now(),
        "goals": [PairGoal(competency_id=goal.id, level=3) for goal in goals],
    }
    return added(MentoringPair(**(defaults | values)))


def session(pair: MentoringPair, **values: Any) -> MentoringSession:
    """A session tomorrow."""
    defaults: dict[str, Any] = {
        "pair": pair, "starts_at": clock.now() + timedelta(days=1), "minutes": 60,
        "time_zone": "Europe/Istanbul", "place": "Room 3", "uid": f"{next(_number)}@mentoring",
        "state": MeetingState.PLANNED, "agenda": "", "notes": "", "created_at": clock.now(),
    }  # fmt: skip
    return added(MentoringSession(**(defaults | values)))


def action(session: MentoringSession, owner: Person, **values: Any) -> MentoringAction:
    defaults: dict[str, Any] = {"session": session, "owner": owner, "title": "Listen to a call"}
    return added(MentoringAction(**(defaults | values)))
