"""Rows of programmes, rules and hours with sensible defaults; flushed, never committed."""

from __future__ import annotations

from itertools import count
from typing import Any

from portal.core import clock
from portal.core.files import StoredFile, store
from portal.people.models import Person
from portal.training.models import (
    Course,
    Credit,
    CreditCategory,
    EnrolmentRule,
    Programme,
    ProgrammeCourse,
    ProgrammeEnrolment,
)
from portal.training.states import CreditState, Origin
from tests.factories.people import added, in_words
from tests.factories.people import person as someone
from tests.factories.training import category as some_category

_number = count(1)


def programme(
    title: str = "", *courses: Course, optional: tuple[Course, ...] = (), **values: Any
) -> Programme:
    """A programme in order of these courses; those in ``optional`` are not needed."""
    n = next(_number)
    defaults: dict[str, Any] = {
        "key": f"programme_{n:04}",
        "title": in_words(title or f"Programme {n}"),
        "summary": in_words("What it leads to."),
        "created_at": clock.now(),
        "courses": [
            ProgrammeCourse(course=one, order=order, optional=one in optional)
            for order, one in enumerate(courses, start=1)
        ],
    }
    return added(Programme(**(defaults | values)))


def way(programme: Programme, person: Person | None = None, **values: Any) -> ProgrammeEnrolment:
    """Somebody on the way through a programme by their own wish."""
    defaults: dict[str, Any] = {
        "programme": programme,
        "person": person or someone(),
        "origin": Origin.SELF,
        "created_at": clock.now(),
    }
    return added(ProgrammeEnrolment(**(defaults | values)))


def rule(**values: Any) -> EnrolmentRule:
    """A rule with a month to do it, in force since today."""
    return added(EnrolmentRule(**({"due_days": 30, "starts_on": clock.today()} | values)))


def proof() -> StoredFile:
    return store(b"%PDF-1.7 certificate", name="proof.pdf", media_type="application/pdf")


def claim(
    person: Person | None = None, category: CreditCategory | None = None, **values: Any
) -> Credit:
    """Two hours somebody claims, with a proof."""
    defaults: dict[str, Any] = {
        "person": person or someone(),
        "category": category or some_category(),
        "minutes": 120,
        "earned_on": clock.today(),
        "title": "Webinar",
        "provider": "Example School",
        "file": proof(),
        "state": CreditState.CLAIMED,
        "claimed_at": clock.now(),
    }
    return added(Credit(**(defaults | values)))
