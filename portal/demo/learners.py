"""Courses with their sessions, and enrolments in every state one can be in."""

from __future__ import annotations

from datetime import timedelta

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.demo import lessons
from portal.demo.awarding import complete
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.people.models import Person
from portal.training import operations as training
from portal.training.models import Course, CourseSession, Enrolment, EnrolmentRule, Programme
from portal.training.queries import course_with_key, programme_with_key
from portal.training.states import Origin


def enrol_all(cast: Cast) -> None:
    """What was held, what is to come, what people do on their own, and programmes under way."""
    _hold_workshop(cast)
    _test_knowledge(cast)
    _plan_sessions(cast)
    _learn_alone(cast)
    _follow_programmes(cast)


def _course(key: str) -> Course:
    return db.session.scalars(course_with_key(key)).one()


def _plan(
    cast: Cast, key: str, days: int, *, site: str = "istanbul", seats: int = 12, trainer: Person
) -> CourseSession:
    """A session that begins at ten by the clock of its site, so many days from now."""
    place, course = cast.site(site), _course(key)
    starts_at = cast.at(place, clock.today() + timedelta(days=days), 10)
    return training.plan_session(
        course,
        training.Plan(
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=course.minutes),
            time_zone=place.time_zone,
            place=lessons.ROOM[place.language],
            seats=seats,
            site=place,
            trainer=trainer,
            language=place.language,
        ),
        by=cast.account("hr"),
    )


def _enrol(
    person: Person,
    key: str,
    by: Account,
    *,
    session: CourseSession | None = None,
    due_in: int | None = None,
) -> Enrolment:
    """By their own wish, or asked by somebody else, who gives a day."""
    own = by.person_id == person.id
    return training.enrol(
        person,
        _course(key),
        session=session,
        origin=Origin.SELF if own else Origin.MANAGER,
        reason=None if own else lessons.ASKED,
        due_on=None if due_in is None else clock.today() + timedelta(days=due_in),
        by=by,
    )


def _hold_workshop(cast: Cast) -> None:
    """A workshop six weeks ago: all but one came; that one is asked again. Another is not noted."""
    lead, *people = cast.members(cast.team(cast.site("istanbul")))
    other, *others = cast.members(cast.team(cast.site("istanbul"), 1))
    me = cast.account_of(lead)
    with days_ago(60):
        session = _plan(cast, lessons.WORKSHOP, 18, trainer=lead)
        rows = [_enrol(one, lessons.WORKSHOP, me, session=session) for one in people[:5]]
        db.session.flush()
    with days_ago(39):
        training.hold_session(session, present=[row.id for row in rows[:-1]], by=me)
        _enrol(people[4], lessons.WORKSHOP, me, due_in=25)
    with days_ago(20):
        unnoted = _plan(cast, lessons.WORKSHOP, 15, trainer=other)
        for person in others[3:5]:
            _enrol(person, lessons.WORKSHOP, cast.account_of(other), session=unnoted)


def _test_knowledge(cast: Cast) -> None:
    """A test passed at once, at the second try, not yet; and one with no try left."""
    lead, *people = cast.members(cast.team(cast.site("istanbul"), 1))
    me = cast.account_of(lead)
    for person, scores in zip(people, ((84,), (58, 76), (61,)), strict=False):
        with days_ago(34):
            row = _enrol(person, lessons.TESTED, me, due_in=50)
            db.session.flush()
        _try(row, scores, me)
    failed = people[0]
    with days_ago(40):
        complete(cast, failed, lessons.BEFORE_LIMITED, score=90)
        row = _enrol(failed, lessons.LIMITED, me)
        db.session.flush()
    _try(row, (66, 72), me)


def _try(row: Enrolment, scores: tuple[int, ...], by: Account) -> None:
    for number, score in enumerate(scores):
        with days_ago(20 - 6 * number):
            training.record_result(row, taken_on=clock.today(), score=score, by=by)


def _plan_sessions(cast: Cast) -> None:
    """To come: one that is full with people waiting, one half empty, one called off."""
    lead, *people = cast.members(cast.team(cast.site("istanbul")))
    hr = cast.account("hr")
    with days_ago(9):
        full = _plan(cast, lessons.WORKSHOP, 14, seats=2, trainer=lead)
        roomy = _plan(cast, lessons.FOLLOW_UP, 34, trainer=lead)
        off = _plan(cast, lessons.WORKSHOP, 25, site="madrid", trainer=lead)
        for person in cast.members(cast.team(cast.site("istanbul"), 1))[:4]:
            _enrol(person, lessons.WORKSHOP, cast.account_of(person), session=full)
            db.session.flush()
        for person in people[1:4]:
            _enrol(person, lessons.FOLLOW_UP, cast.account_of(person), session=roomy)
        for person in cast.members(cast.team(cast.site("madrid")))[1:4]:
            _enrol(person, lessons.WORKSHOP, hr, session=off, due_in=60)
    with days_ago(2):
        training.cancel_session(off, by=hr)


def _learn_alone(cast: Cast) -> None:
    """Asked by the lead and late, begun by oneself, given up."""
    lead, _senior, associate, late, soon, *_others = cast.members(cast.team(cast.site("istanbul")))
    me = cast.account_of(lead)
    with days_ago(30):
        for person, due_in in ((late, 24), (soon, 33), (associate, 35)):
            _enrol(person, lessons.ALONE, me, due_in=due_in)
        given_up = _enrol(soon, lessons.OPTIONAL, cast.account_of(soon))
        _enrol(associate, lessons.OPTIONAL, cast.account_of(associate))
        db.session.flush()
    with days_ago(12):
        training.cancel_enrolment(given_up, by=cast.account_of(soon))


def _follow_programmes(cast: Cast) -> None:
    """One programme completed, one half done, one by a rule."""
    lead, senior, *_others = cast.members(cast.team(cast.site("istanbul")))
    associate, hr, me = cast.person("associate"), cast.account("hr"), cast.account_of(lead)
    with days_ago(200):
        _join(lead, "interviewer", hr)
        _join(senior, "interviewer", me)
    with days_ago(190):
        for person in (lead, senior):
            complete(cast, person, lessons.BEFORE_LIMITED, score=95)
    with days_ago(180):
        complete(cast, lead, lessons.LIMITED, score=88)
    with days_ago(40):
        complete(cast, associate, "written_communication", score=81)
        _join(associate, "path_to_team_lead", me)
    with days_ago(15):
        done = complete(cast, associate, lessons.FOLLOW_UP)
        training.issue_completion_certificate(done, by=cast.account("associate"))
    with days_ago(10):
        target = _programme("first_90_days")
        role, site = cast.role("customer_service_associate"), cast.site("osaka")
        rule = EnrolmentRule(
            programme=target, role=role, site=site, due_days=90, starts_on=clock.today()
        )
        training.set_rule(rule, by=hr)


def _join(person: Person, key: str, by: Account) -> None:
    training.enrol_in_programme(
        person, _programme(key), origin=Origin.MANAGER, reason=lessons.WAY, by=by
    )


def _programme(key: str) -> Programme:
    return db.session.scalars(programme_with_key(key)).one()
