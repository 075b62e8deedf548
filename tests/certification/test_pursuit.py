"""The way to a certificate: begun, met step by step, handed in, and what courses do alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from portal.certification.models import Award, Certification, Criterion, Pursuit
from portal.certification.operations import (
    add_certificate,
    enrol_for_pursuit,
    give_evidence,
    give_up_pursuit,
    hand_in,
    progress_on,
    start_pursuit,
)
from portal.certification.states import AwardSource, CertificationState, CriterionKind, ExpiryMode
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.files import StoredFile, store
from portal.core.inbox import Notice
from portal.people.models import Person
from portal.training.models import Credit, Enrolment
from portal.training.operations import complete
from portal.training.states import Origin
from tests.factories import certification as make
from tests.factories import people, training

pytestmark = pytest.mark.usefixtures("db_session", "clock")
TODAY = date(2026, 11, 24)


def someone() -> tuple[Person, Any]:
    account = people.account()
    return db.session.get_one(Person, account.person_id), account


def paper() -> StoredFile:
    return store(b"proof", name="proof.txt", media_type="text/plain")


def done(person: Person, course: Any, day: date = TODAY) -> Any:
    return complete(person=person, course=course, completed_on=day, origin=Origin.MANAGER, by=None)


def awards() -> list[Award]:
    db.session.flush()
    return list(db.session.scalars(sa.select(Award).order_by(Award.id)))


def notices() -> list[str]:
    return list(db.session.scalars(sa.select(Notice.kind).order_by(Notice.id)))


def test_begun_twice_is_begun_once() -> None:
    person, by = someone()
    series = make.certification()
    first = start_pursuit(person, series, by=by)
    assert start_pursuit(person, series, by=by) is first
    assert first.renews is None


def test_what_is_retired_is_not_begun() -> None:
    person, by = someone()
    with pytest.raises(Refused, match="is retired"):
        start_pursuit(person, make.certification(state=CertificationState.RETIRED), by=by)


def test_while_an_award_waits_for_its_check_nothing_is_begun() -> None:
    person, by = someone()
    series = make.certification()
    make.award(person, series, TODAY, needs_check=True)
    with pytest.raises(Refused, match="still awaits its check"):
        start_pursuit(person, series, by=by)


@pytest.mark.parametrize(
    ("last", "renewal", "message"),
    [
        (date(2027, 3, 1), None, "can be renewed from Dec 1, 2026"),
        (date(2027, 2, 22), True, ""),
        (date(2026, 11, 24), True, ""),
        (date(2026, 11, 14), True, ""),
        (date(2026, 11, 13), False, ""),
        (None, None, "never expires"),
    ],
)
def test_renewal_is_open_from_the_window_to_the_end_of_grace(
    last: date | None, renewal: bool | None, message: str
) -> None:
    person, by = someone()
    series = make.certification(window_days=90, grace_days=10)
    held = make.award(person, series, date(2025, 1, 1), last)
    if renewal is None:
        with pytest.raises(Refused, match=message):
            start_pursuit(person, series, by=by)
    else:
        assert start_pursuit(person, series, by=by).renews is (held if renewal else None)


def test_criteria_of_four_kinds_are_met_by_a_course_words_or_a_file() -> None:
    person, by = someone()
    course = training.course()
    exam, school, work, ethics = (
        make.criterion(CriterionKind.EXAM, course=course),
        make.criterion(CriterionKind.EDUCATION, needs_file=True),
        make.criterion(CriterionKind.EXPERIENCE),
        make.criterion(CriterionKind.ETHICS, at_first=False, at_renewal=True),
    )
    series = make.certification(criteria=[exam, school, work, ethics], needs_check=True)
    pursuit = start_pursuit(person, series, by=by)
    assert progress_on(pursuit, TODAY).missing == 3
    with pytest.raises(Refused, match="Completing the course"):
        give_evidence(pursuit, exam, note="Passed", by=by)
    with pytest.raises(Refused, match="Add the file"):
        give_evidence(pursuit, school, note="University", by=by)
    with pytest.raises(Refused, match="Say what shows it"):
        give_evidence(pursuit, work, note="  ", by=by)
    with pytest.raises(Refused, match="3 things were still missing"):
        hand_in(pursuit, completed_on=TODAY, by=by)
    first = paper()
    give_evidence(pursuit, school, file=first, by=by)
    give_evidence(pursuit, school, note="University of Ankara", by=by)
    give_evidence(pursuit, work, note="Six years", by=by)
    done(person, course, date(2026, 11, 20))
    with pytest.raises(Refused, match="One thing was still missing on Nov 19"):
        hand_in(pursuit, completed_on=date(2026, 11, 19), by=by)
    award = hand_in(pursuit, completed_on=TODAY, reference="X 1", by=by)
    assert [(row.criterion_id, row.note, row.file_id) for row in award.evidence] == [
        (exam.id, "", None), (school.id, "University of Ankara", first.id),
        (work.id, "Six years", None),
    ]  # fmt: skip
    assert award.evidence[0].completion is not None
    assert (award.check, award.needs_check, pursuit.award_id) == (None, True, award.id)
    with pytest.raises(Refused, match="handed in or given up already"):
        hand_in(pursuit, completed_on=TODAY, by=by)


def test_evidence_is_of_the_same_certification() -> None:
    person, by = someone()
    foreign = make.criterion()
    make.certification(criteria=[foreign])
    pursuit = start_pursuit(person, make.certification(), by=by)
    with pytest.raises(Refused, match="another certification"):
        give_evidence(pursuit, foreign, note="x", by=by)


def test_what_was_brought_counts_for_the_same_criterion_of_a_later_version() -> None:
    person, by = someone()
    kept, dropped = make.criterion(), make.criterion()
    series = make.certification(criteria=[kept, dropped])
    pursuit = start_pursuit(person, series, by=by)
    give_evidence(pursuit, kept, note="Passed", by=by)
    give_evidence(pursuit, dropped, note="Worked", by=by)
    same = Criterion(kind=kept.kind, text=kept.text, order=1)
    make.version(series, criteria=[same, make.criterion()], effective_from=TODAY)
    progress = progress_on(pursuit, TODAY)
    assert [line.met for line in progress.lines] == [True, False]


def test_a_renewal_asks_for_hours_since_the_award_with_minima() -> None:
    person, by = someone()
    ethics, law = training.category(key="ethics"), training.category(key="law")
    series = make.certification(
        period_months=12, renewal_minutes=600, renewal_minima={"ethics": 120}
    )
    make.award(person, series, date(2025, 12, 10), date(2026, 12, 10))
    for category, minutes, day in (
        (ethics, 300, date(2025, 12, 10)), (ethics, 60, date(2025, 12, 11)), (law, 540, TODAY),
    ):  # fmt: skip
        db.session.add(
            Credit(
                person_id=person.id, category_id=category.id, minutes=minutes, earned_on=day,
                claimed_at=datetime(2026, 1, 1, tzinfo=UTC),
            )
        )  # fmt: skip
    pursuit = start_pursuit(person, series, by=by)
    hours = progress_on(pursuit, TODAY).hours
    assert [(row.have, row.need, row.met) for row in hours] == [(600, 600, True), (60, 120, False)]
    with pytest.raises(Refused, match="still missing"):
        hand_in(pursuit, completed_on=TODAY, by=by)


def test_a_renewal_not_handed_in_within_grace_becomes_a_first_award(clock: Any) -> None:
    person, by = someone()
    again = make.criterion(at_first=False, at_renewal=True)
    series = make.certification(criteria=[make.criterion(), again], period_months=12, grace_days=5)
    make.award(person, series, date(2025, 11, 30), date(2026, 11, 30))
    pursuit = start_pursuit(person, series, by=by)
    assert [line.criterion for line in progress_on(pursuit, TODAY).lines] == [again]
    clock(datetime(2026, 12, 6, 9, tzinfo=UTC))
    late = progress_on(pursuit, date(2026, 12, 6))
    assert (late.renews, [line.criterion.at_first for line in late.lines]) == (None, [True])


def test_a_renewal_handed_in_takes_the_place_of_the_award() -> None:
    person, by = someone()
    series = make.certification(period_months=12, mode=ExpiryMode.PREVIOUS_EXPIRY)
    held = make.award(person, series, date(2025, 12, 10), date(2026, 12, 10))
    award = hand_in(start_pursuit(person, series, by=by), completed_on=TODAY, by=by)
    assert (award.supersedes, award.expires_on) == (held, date(2027, 12, 10))


def test_giving_up_leaves_room_to_begin_again() -> None:
    person, by = someone()
    series = make.certification()
    pursuit = start_pursuit(person, series, by=by)
    give_up_pursuit(pursuit, by=by)
    with pytest.raises(Refused, match="already"):
        give_up_pursuit(pursuit, by=by)
    assert start_pursuit(person, series, by=by) is not pursuit


def test_a_course_is_one_click_away_and_says_why_when_somebody_else_clicks() -> None:
    person, by = someone()
    course = training.course()
    series = make.certification("CCSS", criteria=[make.criterion(course=course)])
    pursuit = start_pursuit(person, series, by=by)
    own = enrol_for_pursuit(pursuit, course, by=by)
    assert (own.origin, own.reason) == (Origin.SELF, {})
    other, _ = someone()
    theirs = start_pursuit(other, series, by=by)
    asked = enrol_for_pursuit(theirs, course, by=people.account(roles=["hr"]))
    assert (asked.origin, asked.reason["en"]) == (Origin.CERTIFICATION, "Needed for CCSS")
    assert set(asked.reason) == {"en", "tr", "es", "ja"}
    assert db.session.scalar(sa.select(sa.func.count(Enrolment.id))) == 2


def of_courses(*courses: Any, **values: Any) -> Certification:
    criteria = [make.criterion(course=course, at_renewal=True) for course in courses]
    return make.certification(criteria=criteria, **values)


def test_courses_alone_award_by_themselves() -> None:
    person, _by = someone()
    one, two = training.course(), training.course()
    series = of_courses(one, two)
    done(person, two, date(2026, 11, 10))
    assert awards() == []
    done(person, one, date(2026, 11, 2))
    (award,) = awards()
    assert (award.certification, award.issued_on) == (series, date(2026, 11, 10))
    assert (award.source, award.awarded_by_id) == (AwardSource.EARNED, None)
    assert notices() == ["certification.award_given"]


def test_the_same_completion_again_awards_nothing_more() -> None:
    person, _by = someone()
    course = training.course()
    of_courses(course)
    done(person, course, date(2026, 11, 2))
    done(person, course, date(2026, 11, 2))
    done(person, course, date(2026, 11, 20))  # before the window: learnt again for nothing
    assert len(awards()) == 1


def test_courses_alone_renew_in_the_window() -> None:
    person, by = someone()
    course = training.course()
    series = of_courses(course, period_months=12)
    held = make.award(person, series, date(2025, 12, 1), date(2026, 12, 1))
    pursuit = start_pursuit(person, series, by=by)
    done(person, course)
    renewal = awards()[-1]
    assert (renewal.supersedes, pursuit.award_id) == (held, renewal.id)
    assert pursuit.closed_at is not None


def test_a_missing_prerequisite_holds_the_award_back_but_not_the_completion() -> None:
    person, _by = someone()
    course = training.course()
    of_courses(course, requires=[make.certification()])
    completion = done(person, course)
    assert (completion.id is not None, awards()) == (True, [])


def test_with_words_or_a_check_still_to_come_the_last_course_only_says_so() -> None:
    person, by = someone()
    course = training.course()
    checked = of_courses(course, needs_check=True)
    words = make.criterion()
    mixed = make.certification(criteria=[make.criterion(course=course), words])
    first, second = (start_pursuit(person, one, by=by) for one in (checked, mixed))
    done(person, course, date(2026, 11, 1))
    assert (awards(), notices()) == ([], ["certification.ready"])
    give_evidence(second, words, note="Yes", by=by)
    done(person, course, date(2026, 11, 2))
    assert notices().count("certification.ready") == 3
    assert first.award_id is None


def test_a_certificate_brought_along_is_always_checked_and_ends_the_way_to_one_here() -> None:
    person, by = someone()
    series = make.certification(needs_check=False, period_months=12)
    pursuit = start_pursuit(person, series, by=by)
    award = add_certificate(
        person, series, completed_on=date(2026, 3, 1), file=paper(), note="CFP Board", by=by
    )
    assert (award.needs_check, award.check, award.source) == (True, None, AwardSource.UPLOADED)
    assert pursuit.award_id == award.id
    assert db.session.get_one(Pursuit, pursuit.id).closed_at is not None


def test_a_certificate_brought_along_renews_what_can_be_renewed() -> None:
    person, _by = someone()
    series = make.certification(period_months=12)
    held = make.award(person, series, date(2025, 12, 1), date(2026, 12, 1))
    hr = people.account(roles=["hr"])
    award = add_certificate(person, series, completed_on=TODAY, file=paper(), by=hr)
    assert award.supersedes is held
    assert award.check.checked_by_id == hr.id
