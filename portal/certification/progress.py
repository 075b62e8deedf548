"""How far somebody is on the way to a certificate: criteria met or missing, and hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.certification import queries
from portal.certification.models import (
    Award,
    Certification,
    CertificationVersion,
    Criterion,
    PursuitEvidence,
)
from portal.certification.standing import Facts, standing_of_award
from portal.certification.states import IN_FORCE
from portal.core.db import Words, db
from portal.people.models import Person
from portal.training import queries as training
from portal.training.models import Completion

DAY = timedelta(days=1)
LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion with what meets it: a completed course, or what the person brought."""

    criterion: Criterion
    completion: Completion | None = None
    evidence: PursuitEvidence | None = None

    @property
    def met(self) -> bool:
        """Whether there is something that meets it."""
        return self.completion is not None or self.evidence is not None


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes of continuing education of one category, or of all where ``name`` is empty."""

    name: Words
    have: int
    need: int

    @property
    def met(self) -> bool:
        """Whether there are enough."""
        return self.have >= self.need


@dataclass(frozen=True, slots=True)
class Progress:
    """The way to an award under one version, as of a day; ``renews`` if it is a renewal."""

    version: CertificationVersion
    renews: Award | None
    lines: list[Line]
    hours: list[Hours]

    @property
    def missing(self) -> int:
        """How many criteria and sums of hours are not met yet."""
        return sum(not line.met for line in self.lines) + sum(not sum_.met for sum_ in self.hours)

    @property
    def courses_only(self) -> bool:
        """Whether there are criteria and all of them are courses."""
        return bool(self.lines) and all(line.criterion.course_id for line in self.lines)


def progress_of(
    person: Person,
    certification: Certification,
    day: date,
    *,
    renews: Award | None = None,
    evidence: Iterable[PursuitEvidence] = (),
) -> Progress:
    """How far a person is on a day, under the version in force on it.

    An award whose grace is over by then is not renewed: the way is that to a first one. What was
    brought for a criterion counts for the same criterion of a later version.
    """
    if renews is not None and standing_of_award(Facts.of(renews), day) not in IN_FORCE:
        renews = None
    version = db.session.scalars(queries.version_on(certification, day)).one()
    since = renews.issued_on + DAY if renews else LONG_AGO
    asked = [row for row in version.criteria if (row.at_renewal if renews else row.at_first)]
    done = _completions(person, asked, since, day)
    brought = {_content(row.criterion): row for row in evidence}
    lines = [
        Line(row, done.get(row.course_id), None)
        if row.course_id
        else Line(row, None, brought.get(_content(row)))
        for row in asked
    ]
    hours = _hours(person, version, since, day) if renews else []
    return Progress(version, renews, lines, hours)


def _content(criterion: Criterion) -> tuple[str, tuple[tuple[str, str], ...]]:
    return str(criterion.kind), tuple(sorted(criterion.text.items()))


def _completions(
    person: Person, asked: list[Criterion], since: date, day: date
) -> dict[int | None, Completion]:
    """The newest completion of each course that counts on a day."""
    wanted = {row.course_id for row in asked if row.course_id}
    if not wanted:
        return {}
    select = training.completions_of(person.id).where(
        Completion.course_id.in_(wanted), Completion.completed_on.between(since, day)
    )
    rows = list(db.session.scalars(select))
    return {row.course_id: row for row in reversed(rows)}


def _hours(person: Person, version: CertificationVersion, since: date, day: date) -> list[Hours]:
    """The sum and the minima that a renewal asks for."""
    if not version.renewal_minutes and not version.renewal_minima:
        return []
    have = {
        key: int(minutes)
        for key, minutes in db.session.execute(training.credits_between(person.id, since, day))
    }
    names = dict(db.session.execute(queries.category_names(version.renewal_minima)).all())
    total = Hours({}, sum(have.values()), version.renewal_minutes)
    return [total] + [
        Hours(names.get(key, {"en": key}), have.get(key, 0), need)
        for key, need in version.renewal_minima.items()
    ]
