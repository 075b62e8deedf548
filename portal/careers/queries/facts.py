"""The facts of many people at once, in a number of statements that does not grow with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from portal.careers.experience import Spell
from portal.careers.facts import Degree, Figure, PersonFacts, Rated, Shown, Warned
from portal.careers.models import CareerClaim
from portal.careers.readiness import Need
from portal.careers.states import ClaimKind, ClaimState, RequirementKind
from portal.certification import queries as certification
from portal.competencies.models import Evidence
from portal.conduct import queries as conduct
from portal.core.db import db
from portal.metrics import periods
from portal.metrics import queries as metrics
from portal.metrics.models import MetricValue
from portal.people.models import Employment, Role
from portal.reviews import queries as reviews
from portal.training.models import Completion, ProgrammeEnrolment

AT_ONCE = 10_000
"""People in one statement: a database takes some 32,000 values with it."""

REACH = 25
"""Months of figures: a year of the trend, and before its first month the longest requirement."""

Found = dict[int, PersonFacts]


def facts_of(person_ids: Sequence[int], needs: Collection[Need], day: date) -> Found:
    """What is known of these people as far as the needs ask for it: eleven statements at most.

    ``day`` is about certificates that are under way; all else is told with its days.
    """
    found: Found = {key: PersonFacts() for key in person_ids}
    subjects: dict[RequirementKind, set[int]] = {}
    for need in needs:
        subjects.setdefault(need.kind, set()).add(need.subject)
    waiting = iter(person_ids)
    while some := list(islice(waiting, AT_ONCE)):
        for kind, load in _LOADERS.items():
            if kind in subjects:
                load(found, some, subjects[kind], day)
        if subjects.keys() & {RequirementKind.EXPERIENCE, RequirementKind.EDUCATION}:
            _claims(found, some)
    return found


def _levels(found: Found, people: list[int], subjects: set[int], _day: date) -> None:
    row = Evidence
    select = sa.select(row.person_id, row.competency_id, row.observed_on, row.id, row.level).where(
        row.person_id.in_(people), row.competency_id.in_(subjects)
    )
    levels: dict[int, dict[int, list[Shown]]] = {}
    for person_id, competency_id, *shown in db.session.execute(select):
        own = levels.setdefault(person_id, {})
        own.setdefault(competency_id, []).append(Shown._make(shown))
    for person_id, own in levels.items():
        found[person_id].levels = own


def _work(found: Found, people: list[int], _subjects: set[int], _day: date) -> None:
    """Employments; and who reported to somebody makes that time one of leading."""
    job = Employment
    own: sa.Select[*tuple[Any, ...]] = (
        sa.select(job.person_id, job.starts_on, job.ends_on, job.role_id, Role.family)
        .join(Role, Role.id == job.role_id)
        .where(job.person_id.in_(people))
    )
    for row in db.session.execute(own):
        found[row.person_id].spells.append(
            Spell(row.starts_on, row.ends_on, row.role_id, row.family)
        )
    led: sa.Select[*tuple[Any, ...]] = sa.select(job.manager_id, job.starts_on, job.ends_on).where(
        job.manager_id.in_(people)
    )
    for manager_id, first, last in db.session.execute(led.distinct()):
        if last is None or first <= last:
            found[manager_id].spells.append(Spell(first, last, leading=True))


def _claims(found: Found, people: list[int]) -> None:
    row = CareerClaim
    select = sa.select(
        row.person_id, row.kind, row.id, row.starts_on, row.ends_on, row.family, row.leading,
        row.education, row.created_at, row.state, row.decided_at,
    ).where(row.person_id.in_(people))  # fmt: skip
    for one in db.session.execute(select):
        decided = _day_of(one.decided_at)
        confirmed = decided if one.state is ClaimState.CONFIRMED else None
        refused = decided if one.state is ClaimState.REFUSED else None
        facts = found[one.person_id]
        if one.kind is ClaimKind.EDUCATION:
            claimed = one.created_at.date()
            facts.degrees.append(Degree(one.education, one.id, claimed, confirmed, refused))
            continue
        facts.spells.append(Spell(
            one.starts_on, one.ends_on, None, one.family, one.leading, one.id,
            one.created_at.date(), confirmed, refused,
        ))  # fmt: skip


def _day_of(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _certificates(found: Found, people: list[int], subjects: set[int], day: date) -> None:
    for person_id, own in _by_person(certification.known_of(people, subjects, day).items()):
        found[person_id].certificates = own


def _courses(found: Found, people: list[int], subjects: set[int], _day: date) -> None:
    row = Completion
    select: sa.Select[*tuple[Any, ...]] = sa.select(
        row.person_id, row.course_id, row.completed_on, row.id
    ).where(row.person_id.in_(people), row.course_id.in_(subjects))
    for person_id, own in _completed(select):
        found[person_id].courses = own


def _programmes(found: Found, people: list[int], subjects: set[int], _day: date) -> None:
    row = ProgrammeEnrolment
    select: sa.Select[*tuple[Any, ...]] = sa.select(
        row.person_id, row.programme_id, row.completed_on, row.id
    ).where(
        row.person_id.in_(people), row.programme_id.in_(subjects), row.completed_on.is_not(None)
    )
    for person_id, own in _completed(select):
        found[person_id].programmes = own


def _figures(found: Found, people: list[int], subjects: set[int], day: date) -> None:
    """As far back as the trend and the longest requirement look."""
    row = MetricValue
    since = periods.months_back(periods.month_of(day), REACH)
    select: sa.Select[*tuple[Any, ...]] = sa.select(
        row.person_id, row.metric_id, row.period, row.value, row.sample, row.id
    ).where(
        row.person_id.in_(people), row.metric_id.in_(subjects), row.period >= since,
        metrics.current(),
    )  # fmt: skip
    pairs: dict[tuple[int, int], list[Figure]] = {}
    for person_id, metric_id, *figure in db.session.execute(select):
        pairs.setdefault((person_id, metric_id), []).append(Figure._make(figure))
    for person_id, own in _by_person(pairs.items()):
        found[person_id].figures = own


def _warnings(found: Found, people: list[int], _subjects: set[int], _day: date) -> None:
    """Corrective actions with the days they counted on."""
    for row in db.session.execute(conduct.spans_of(people)):
        after = row.expires_on + timedelta(days=1)
        until = min(row.closed_on, after) if row.closed_on else after
        found[row.person_id].warnings.append(Warned(row.confirmed_on, row.id, until))


def _reviews(found: Found, people: list[int], _subjects: set[int], _day: date) -> None:
    """Every signed edition; of those a review had on one day the last."""
    rated: dict[tuple[int, int, date], float] = {}
    for row in db.session.execute(reviews.closed_results(people)):
        rated[row.person_id, row.review_id, row.closed_at.date()] = float(row.rating)
    for (person_id, review_id, day), rating in rated.items():
        found[person_id].reviews.append(Rated(day, review_id, rating))


def _completed(
    select: sa.Select[*tuple[Any, ...]],
) -> Iterator[tuple[int, dict[int, list[tuple[date, int]]]]]:
    pairs: dict[tuple[int, int], list[tuple[date, int]]] = {}
    for person_id, subject, day, key in db.session.execute(select):
        pairs.setdefault((person_id, subject), []).append((day, key))
    return _by_person(pairs.items())


def _by_person(pairs: Iterable[tuple[tuple[int, int], Any]]) -> Iterator[tuple[int, Any]]:
    found: dict[int, dict[int, Any]] = {}
    for (person_id, subject), value in pairs:
        found.setdefault(person_id, {})[subject] = value
    return iter(found.items())


_LOADERS = {
    RequirementKind.COMPETENCY: _levels,
    RequirementKind.EXPERIENCE: _work,
    RequirementKind.CERTIFICATION: _certificates,
    RequirementKind.COURSE: _courses,
    RequirementKind.PROGRAMME: _programmes,
    RequirementKind.METRIC: _figures,
    RequirementKind.CONDUCT: _warnings,
    RequirementKind.REVIEW: _reviews,
}
