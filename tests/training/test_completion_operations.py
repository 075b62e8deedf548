"""Completing a course: once a day, with its hours, its evidence and a closed enrolment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.competencies.models import Evidence
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.training import queries
from portal.training.models import Completion, Credit
from portal.training.operations import complete
from portal.training.signals import course_completed
from portal.training.states import EnrolmentState, Origin
from tests.factories import competencies, people
from tests.factories import training as make

pytestmark = pytest.mark.usefixtures("db_session")


def test_hours_evidence_and_the_signal_follow_from_the_course() -> None:
    course, ethics = make.course(), make.category("ethics")
    make.worth(course, ethics, 90)
    listening = competencies.competency("listening")
    make.teaches(course, listening, 4)
    person, told = people.person(), []

    def listener(_sender, *, completion, by):
        told.append((completion, by))

    course_completed.connect(listener)
    row = complete(
        person=person,
        course=course,
        completed_on=date(2026, 11, 20),
        score=88,
        origin=Origin.IMPORT,
        by=None,
    )
    assert told == [(row, None)]
    [credit] = db.session.scalars(sa.select(Credit)).all()
    assert (credit.minutes, credit.category, credit.earned_on) == (90, ethics, row.completed_on)
    [evidence] = db.session.scalars(sa.select(Evidence)).all()
    assert (evidence.level, str(evidence.source), evidence.source_id) == (4, "course", row.id)


def test_the_same_day_again_returns_the_row_and_gives_nothing_twice() -> None:
    course = make.course()
    make.worth(course, make.category())
    person = people.person()
    day = clock.today()
    rows = {
        complete(person=person, course=course, completed_on=day, origin=Origin.SELF, by=None)
        for _time in range(2)
    }
    assert len(rows) == 1
    assert db.session.scalar(sa.select(sa.func.count(Credit.id))) == 1


def test_the_live_enrolment_is_closed_and_its_seat_goes_to_the_next() -> None:
    session = make.session(seats=1)
    mine = make.enrolment(session=session)
    waiting = make.enrolment(session=session, state=EnrolmentState.WAITING)
    row = complete(
        person=mine.person,
        course=mine.course,
        completed_on=clock.today(),
        origin=Origin.IMPORT,
        by=None,
    )
    assert (mine.state, row.enrolment_id) == (EnrolmentState.COMPLETED, mine.id)
    assert waiting.state is EnrolmentState.ENROLLED


@pytest.mark.parametrize(
    ("day", "score", "message"),
    [
        (date(2026, 11, 26), None, "lies ahead"),
        (date(9999, 12, 31), None, "lies ahead"),
        (date(2026, 11, 24), 101, "from 0 to 100"),
        (date(2026, 11, 24), -1, "from 0 to 100"),
    ],
)
def test_what_cannot_be_is_refused(day, score, message) -> None:
    with pytest.raises(Refused, match=message):
        complete(
            person=people.person(),
            course=make.course(),
            completed_on=day,
            score=score,
            origin=Origin.IMPORT,
            by=None,
        )
    assert db.session.scalar(sa.select(sa.func.count(Completion.id))) == 0


def test_hours_are_summed_by_category_over_the_days_asked_for() -> None:
    course = make.course()
    make.worth(course, make.category("ethics"), 60)
    make.worth(course, make.category("craft"), 30)
    person, today = people.person(), clock.today()
    for ago in (0, 10, 400):
        complete(
            person=person,
            course=course,
            completed_on=today - timedelta(days=ago),
            origin=Origin.IMPORT,
            by=None,
        )
    rows = db.session.execute(queries.credits_between(person.id, today - timedelta(365), today))
    assert [tuple(row) for row in rows] == [("craft", 60), ("ethics", 120)]
    assert len(db.session.scalars(queries.completions_of(person.id)).all()) == 3
