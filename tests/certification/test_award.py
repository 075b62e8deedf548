"""Awarding and correcting, each way out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from portal.certification import expiry
from portal.certification.models import Award, Certification
from portal.certification.operations import Proof, correct_award, record_award
from portal.certification.standing import Facts, standing_of_award
from portal.certification.states import (
    AwardSource,
    CertificationState,
    ExpiryMode,
    Standing,
)
from portal.core import audit
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Person
from tests.factories import certification as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")
TODAY = date(2026, 11, 24)


def given(person: Person, certification: Certification, day: date, **values: Any) -> Award:
    values = {"source": AwardSource.EARNED, "by": None} | values
    return record_award(person, certification, completed_on=day, **values)


def standing(award: Award, day: date = TODAY) -> Standing:
    db.session.expire_all()
    return standing_of_award(Facts.of(award), day)


def test_an_award_lasts_as_long_as_the_rule_of_its_day_says() -> None:
    series, person = make.certification(period_months=24), people.person()
    make.version(series, period_months=12, effective_from=date(2026, 6, 1))
    award = given(person, series, date(2026, 5, 31), reference="  A   12 ")
    assert (award.certification_version.number, award.expires_on) == (1, date(2028, 5, 31))
    assert award.reference == "A 12"
    later = given(people.person(), series, date(2026, 6, 1))
    assert (later.certification_version.number, later.expires_on) == (2, date(2027, 6, 1))


def test_what_predates_the_first_rule_falls_under_it() -> None:
    series = make.certification(effective_from=date(2026, 1, 1))
    make.version(series, effective_from=date(2026, 3, 1))
    award = given(people.person(), series, date(2025, 12, 1))
    assert award.certification_version.number == 1


def test_a_day_ahead_is_refused_where_the_person_works(clock: Any) -> None:
    series, person = make.certification(), people.person()
    people.employment(person, site=people.site(time_zone="Asia/Tokyo"))
    with pytest.raises(Refused, match="lies ahead"):
        given(person, series, date(2026, 11, 25))
    clock(datetime(2026, 11, 24, 15, 30, tzinfo=UTC))  # half past midnight of the 25th in Tokyo
    assert given(person, series, date(2026, 11, 25)).issued_on == date(2026, 11, 25)


def test_what_is_retired_is_not_awarded() -> None:
    series = make.certification("CCSS", state=CertificationState.RETIRED)
    with pytest.raises(Refused, match="CCSS is retired"):
        given(people.person(), series, TODAY)


def test_a_rule_whose_awards_no_longer_count_gives_none() -> None:
    series = make.certification(void_from=date(2026, 6, 1))
    make.version(series, effective_from=date(2026, 6, 1))
    with pytest.raises(Refused, match="no longer count since Jun 1, 2026"):
        given(people.person(), series, date(2026, 5, 1))
    assert given(people.person(), series, date(2026, 6, 1)).certification_version.number == 2


def test_an_expiry_before_the_first_day_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expiry, "expires_on", lambda *_rule, **_days: date(2021, 1, 1))
    with pytest.raises(Refused, match="expire on Jan 1, 2021, before its first day"):
        given(people.person(), make.certification(), TODAY)


def test_a_second_award_that_renews_nothing_overlaps() -> None:
    series, person = make.certification("CCSS"), people.person()
    given(person, series, date(2026, 1, 10))
    with pytest.raises(Refused, match="CCSS is held already, until Jan 10, 2028"):
        given(person, series, TODAY)


def test_the_same_day_counts_once() -> None:
    series, person = make.certification("CCSS"), people.person()
    given(person, series, TODAY)
    with pytest.raises(Refused, match="of Nov 24, 2026 is recorded already"):
        given(person, series, TODAY)


def test_an_award_does_not_precede_a_later_one() -> None:
    series, person = make.certification("CCSS"), people.person()
    given(person, series, TODAY)
    with pytest.raises(Refused, match="a later CCSS, of Nov 24, 2026"):
        given(person, series, date(2020, 11, 1))


def test_a_renewal_supersedes_from_its_own_first_day() -> None:
    series, person = make.certification(period_months=12, window_days=90), people.person()
    first = given(person, series, date(2025, 12, 1))
    second = given(person, series, date(2026, 11, 20), previous=first)
    assert (second.supersedes, second.expires_on) == (first, date(2027, 11, 20))
    assert standing(first, date(2026, 11, 19)) is Standing.EXPIRING
    assert standing(first, date(2026, 11, 20)) is Standing.SUPERSEDED


def test_a_renewal_in_time_may_count_from_the_expiry_before() -> None:
    rule = {"mode": ExpiryMode.PREVIOUS_EXPIRY, "period_months": 12}
    series, person = make.certification(**rule), people.person()
    first = given(person, series, date(2025, 12, 1))
    second = given(person, series, date(2026, 11, 20), previous=first)
    assert second.expires_on == date(2027, 12, 1)


def test_a_first_award_of_that_mode_counts_from_the_day_it_was_mandatory_by() -> None:
    rule = {"mode": ExpiryMode.PREVIOUS_EXPIRY, "period_months": 12}
    series, someone = make.certification(**rule), people.employment(starts_on=date(2026, 9, 1))
    make.mandate(series, role=someone.role, within_days=91)
    early = given(someone.person, series, date(2026, 10, 5))
    assert early.expires_on == date(2027, 12, 1)
    assert given(people.person(), series, date(2026, 10, 5)).expires_on == date(2027, 10, 5)


def test_a_renewal_before_its_window_is_refused_with_the_day_it_opens() -> None:
    series, person = make.certification("CCSS", window_days=30), people.person()
    first = given(person, series, date(2025, 1, 10))
    with pytest.raises(Refused, match="until Jan 10, 2027 and can be renewed from Dec 11, 2026"):
        given(person, series, TODAY, previous=first)


def test_a_renewal_in_grace_is_one_and_after_it_a_first_award() -> None:
    series, person = make.certification(period_months=12, grace_days=10), people.person()
    first = given(person, series, date(2025, 11, 13))
    with pytest.raises(Refused, match="no longer in force on Nov 24, 2026"):
        given(person, series, TODAY, previous=first)
    in_grace = given(person, series, date(2026, 11, 23), previous=first)
    assert in_grace.expires_on == date(2027, 11, 23)
    other = people.person()
    given(other, series, date(2025, 11, 13))
    assert given(other, series, TODAY).supersedes is None


def test_nobody_renews_what_is_anothers_or_of_another_kind() -> None:
    series, person = make.certification(period_months=12), people.person()
    of_another = given(people.person(), series, date(2025, 12, 1))
    of_another_kind = given(person, make.certification(period_months=12), date(2025, 12, 1))
    for previous in (of_another, of_another_kind):
        with pytest.raises(Refused, match="can't be renewed"):
            given(person, series, TODAY, previous=previous)


def test_what_never_expires_is_not_renewed() -> None:
    series, person = make.certification(mode=ExpiryMode.NONE, period_months=None), people.person()
    first = given(person, series, date(2025, 12, 1))
    with pytest.raises(Refused, match="never expires"):
        given(person, series, TODAY, previous=first)


def test_prerequisites_must_be_in_force_on_the_day() -> None:
    sie, seven = make.certification("SIE"), make.certification("Series 7")
    series, person = make.certification("Series 63", requires=[sie, seven]), people.person()
    given(person, seven, date(2026, 2, 1))
    with pytest.raises(Refused, match="not in force on Mar 1, 2026: SIE"):
        given(person, series, date(2026, 3, 1))
    given(person, sie, date(2026, 3, 2))
    with pytest.raises(Refused, match="not in force on Mar 1, 2026: SIE"):
        given(person, series, date(2026, 3, 1))
    assert given(person, series, date(2026, 3, 2)).issued_on == date(2026, 3, 2)


def test_hr_with_proof_is_the_second_person_but_not_about_themself() -> None:
    series, hr = make.certification(needs_check=True), people.account(roles=["hr"])
    proof = [Proof(note="Letter of the institute seen")]
    award = given(people.person(), series, TODAY, evidence=proof, by=hr)
    assert (award.check.agreed, award.check.checked_by_id) == (True, hr.id)
    assert given(people.person(), series, TODAY, by=hr).check is None
    own = given(db.session.get_one(Person, hr.person_id), series, TODAY, evidence=proof, by=hr)
    assert (own.check, own.needs_check) == (None, True)


def test_while_one_waits_for_its_check_there_is_no_other() -> None:
    series, person = make.certification(needs_check=True), people.person()
    given(person, series, date(2026, 11, 1))
    with pytest.raises(Refused, match="still awaits its check"):
        given(person, series, TODAY)


def test_after_a_refusal_the_same_award_is_renewed_again() -> None:
    series, person = make.certification(period_months=12, needs_check=True), people.person()
    first = given(person, series, date(2025, 12, 1))
    make.check(first)
    refused = given(person, series, date(2026, 11, 2), previous=first)
    make.check(refused, agreed=False)
    db.session.expire_all()
    assert standing(first) is Standing.EXPIRING
    again = given(person, series, date(2026, 11, 2), previous=first)
    assert standing(first) is Standing.EXPIRING
    make.check(again)
    assert standing(first) is Standing.SUPERSEDED
    assert first.superseded_by is again


def test_a_correction_takes_the_place_of_what_was_wrong() -> None:
    series, person = make.certification(period_months=12), people.person()
    hr = people.account(roles=["hr"])
    wrong = given(person, series, date(2026, 10, 2), evidence=[Proof(note="Certificate")])
    right = correct_award(
        wrong, completed_on=date(2026, 2, 10), reference="X", reason="Day and month mixed", by=hr
    )
    assert (right.supersedes, right.expires_on) == (wrong, date(2027, 2, 10))
    assert [row.note for row in right.evidence] == ["Certificate", "Day and month mixed"]
    assert wrong.revocation.revoked_on == wrong.issued_on
    assert standing(wrong) is Standing.REVOKED
    actions = [event.action for event in db.session.scalars(audit.of(wrong))]
    assert actions == ["certification.revoked", "certification.awarded"]


def test_a_correction_needs_a_reason_and_something_that_stands() -> None:
    series, person = make.certification(), people.person()
    hr = people.account(roles=["hr"])
    wrong = given(person, series, date(2026, 10, 2))
    fix: dict[str, Any] = {"completed_on": date(2026, 2, 10), "reference": "", "by": hr}
    with pytest.raises(Refused, match="what was wrong"):
        correct_award(wrong, reason=" ", **fix)
    with pytest.raises(Refused, match="lies ahead"):
        correct_award(wrong, reason="x", **fix | {"completed_on": date(2027, 1, 1)})
    correct_award(wrong, reason="x", **fix)
    with pytest.raises(Refused, match="replaced already"):
        correct_award(wrong, reason="x", **fix)


def test_a_corrected_renewal_stays_after_what_it_renewed() -> None:
    series, person = make.certification(period_months=12), people.person()
    first = given(person, series, date(2025, 12, 1))
    second = given(person, series, date(2026, 11, 20), previous=first)
    hr = people.account(roles=["hr"])
    with pytest.raises(Refused, match="of Dec 1, 2025 is recorded already"):
        correct_award(second, completed_on=first.issued_on, reference="", reason="Wrong day", by=hr)


@pytest.mark.parametrize("statement", ["UPDATE award SET reference = 'x'", "DELETE FROM award"])
def test_the_database_itself_refuses_to_change_an_award(statement: str) -> None:
    given(people.person(), make.certification(), TODAY)
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), db.session.begin_nested():
        db.session.execute(sa.text(statement))
