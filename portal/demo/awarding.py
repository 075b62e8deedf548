"""What people of the demo do for certificates: earn, bring along, begin, hand in."""

from __future__ import annotations

from portal.certification import operations as certification
from portal.certification.models import Award, Pursuit
from portal.certification.operations import Proof
from portal.certification.states import AwardSource
from portal.core import clock, files
from portal.core.db import db
from portal.core.files import StoredFile
from portal.core.i18n import words
from portal.demo import licences
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.demo.certifications import DATA_PROTECTION_COURSE, known
from portal.people.models import Person
from portal.training import operations as training
from portal.training.models import Completion
from portal.training.queries import course_with_key
from portal.training.states import Origin


def give(
    cast: Cast, person: Person, key: str, days: float, *, renews: Award | None = None
) -> Award:
    """HR records what somebody earned here so many days ago."""
    with days_ago(days):
        return certification.record_award(
            person,
            known(key),
            completed_on=clock.today(),
            source=AwardSource.EARNED,
            evidence=[Proof(note=words(licences.FILED, person.language))],
            previous=renews,
            by=cast.account("hr"),
        )


def bring(cast: Cast, person: Person, key: str, days: float, reference: str = "") -> Award:
    """Somebody adds a certificate from elsewhere; HR looks at it on the next day."""
    with days_ago(days):
        award = certification.add_certificate(
            person,
            known(key),
            completed_on=clock.today(),
            reference=reference,
            file=paper_of(person),
            by=cast.account_of(person),
        )
    with days_ago(days - 1):
        certification.check_award(award, agreed=True, by=cast.account("hr"))
    return award


def paper_of(person: Person, name: str = "exam.txt") -> StoredFile:
    """What somebody hands in as proof."""
    text = words(licences.PAPER, person.language)
    return files.store(text.encode(), name=name, media_type="text/plain")


def begin(cast: Cast, person: Person, key: str, days: float, *, leave_open: int = 0) -> Pursuit:
    """Somebody starts the way to a certificate and shows all or most of what it asks for."""
    with days_ago(days):
        me, certificate = cast.account_of(person), known(key)
        pursuit = certification.start_pursuit(person, certificate, by=me)
        db.session.flush()
        lines = certification.progress_on(pursuit, clock.today()).lines
        for line in lines[: len(lines) - leave_open]:
            if line.met:
                continue
            if line.criterion.course is not None:
                complete(cast, person, line.criterion.course.key)
                continue
            certification.give_evidence(
                pursuit,
                line.criterion,
                note=words(licences.SHOWN, person.language),
                file=paper_of(person) if line.criterion.needs_file else None,
                by=me,
            )
    return pursuit


def hand_in(cast: Cast, pursuit: Pursuit, days: float) -> Award:
    """Somebody hands in what they have shown."""
    with days_ago(days):
        return certification.hand_in(
            pursuit, completed_on=clock.today(), by=cast.account_of(pursuit.person)
        )


def complete(cast: Cast, person: Person, key: str, *, score: int | None = None) -> Completion:
    """Somebody completes a course today."""
    return training.complete(
        person=person,
        course=db.session.scalars(course_with_key(key)).one(),
        completed_on=clock.today(),
        score=score,
        origin=Origin.RULE,
        by=cast.account("hr"),
    )


def protect(cast: Cast, person: Person, *days: float) -> None:
    """The yearly course on so many days; the certificate follows by itself."""
    for one in days:
        with days_ago(one):
            complete(cast, person, DATA_PROTECTION_COURSE, score=80 + person.id % 20)
