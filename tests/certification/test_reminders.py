"""Reminders: who hears what when, and each threshold exactly once whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.certification import jobs, notices
from portal.certification.models import Award, Reminder
from portal.certification.operations import people_to_remind, remind
from portal.certification.states import CertificationState
from portal.core.db import db
from portal.core.inbox import Notice
from portal.core.mail.models import OutgoingMail
from portal.people.models import Employment, Person
from tests.factories import certification as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")
TODAY = date(2026, 11, 24)
Clock = Callable[[datetime], None]


def expiring(left: int, manager: Person | None = None, **values: Any) -> Award:
    """An award of somebody employed whose last day is so many days away."""
    job = people.employment(people.person(), manager=manager or people.person("Mana", "Ger"))
    if job.manager_id is not None and manager is None:
        people.employment(job.manager)
    certification = values.pop("certification", None) or make.certification(period_months=12)
    last = TODAY + timedelta(days=left)
    return make.award(job.person, certification, date(2026, 1, 1), last, **values)


def run(day: date = TODAY) -> int:
    return remind(people_to_remind(day), day)


def told() -> list[tuple[int, int, int]]:
    rows = db.session.execute(
        sa.select(Reminder.award_id, Reminder.person_id, Reminder.days)
        .order_by(Reminder.award_id, Reminder.person_id, Reminder.days.desc())
    )  # fmt: skip
    return [tuple(row) for row in rows]


def mails() -> list[str]:
    return list(db.session.scalars(sa.select(OutgoingMail.kind).order_by(OutgoingMail.id)))


def manager_of(award: Award) -> int:
    job = db.session.scalars(
        sa.select(Employment).where(Employment.person_id == award.person_id)
    ).one()
    assert job.manager_id is not None
    return job.manager_id


@pytest.mark.parametrize(
    ("left", "rows"),
    [(91, []), (90, [90]), (61, [90]), (60, [90, 60]), (30, [90, 60, 30]),
     (8, [90, 60, 30]), (7, [90, 60, 30, 7]), (0, [90, 60, 30, 7]), (-1, [])],
)  # fmt: skip
def test_every_threshold_that_has_passed_is_noted_and_one_mail_goes_to_each(
    left: int, rows: list[int]
) -> None:
    award = expiring(left)
    run()
    both = sorted([award.person_id, manager_of(award)])
    assert told() == [(award.id, person, days) for person in both for days in rows]
    assert sorted(mails()) == (
        ["certification/own_expiring", "certification/team_expiring"] if rows else []
    )


def test_each_threshold_is_told_once_day_by_day(clock: Clock) -> None:
    award = expiring(90)
    for offset in range(95):
        run(TODAY + timedelta(days=offset))
        run(TODAY + timedelta(days=offset))
    assert len(told()) == 8
    assert mails().count("certification/own_expiring") == 4
    assert mails().count("certification/team_expiring") == 4
    assert award.expires_on == TODAY + timedelta(days=90)


def test_after_a_week_off_only_the_most_urgent_is_told() -> None:
    expiring(33)
    run()
    run(TODAY + timedelta(days=27))  # 30 was due in between, 7 is two days off
    assert mails().count("certification/own_expiring") == 2
    run(TODAY + timedelta(days=28))
    assert mails().count("certification/own_expiring") == 2


def test_the_holder_and_the_manager_read_about_all_in_one_mail() -> None:
    boss = people.employment(people.person("Boss", "Kaya")).person
    first, second = expiring(7, boss), expiring(20, boss)
    make.award(first.person, make.certification("CWMA"), date(2026, 1, 1), date(2026, 12, 24))
    run()
    team = db.session.scalars(
        sa.select(OutgoingMail).where(OutgoingMail.person_id == boss.id)
    ).one()
    assert team.subject == "3 certificates in your team expire soon"
    for name in (first.person.display_name, second.person.display_name, "CWMA"):
        assert name in team.text
        assert name in team.html
    assert "December 1, 2026, in 7 days" in team.text
    own = db.session.scalars(
        sa.select(OutgoingMail).where(OutgoingMail.person_id == first.person_id)
    ).one()
    assert own.subject == "2 certificates of yours expire soon"


def test_mail_and_notice_are_in_the_language_of_the_account() -> None:
    award = expiring(7)
    account = people.account(person=award.person, language="tr", email="deniz@work.example.com")
    run()
    own = db.session.scalars(
        sa.select(OutgoingMail).where(OutgoingMail.person_id == award.person_id)
    ).one()
    assert (own.locale, own.to_address) == ("tr", "deniz@work.example.com")
    assert "(tr)" in own.text
    notice = db.session.scalars(sa.select(Notice).where(Notice.account_id == account.id)).one()
    assert notice.url == "/my/certificates"


def test_what_does_not_count_or_has_a_successor_reminds_nobody() -> None:
    hr = people.account(roles=["hr"])
    make.revocation(expiring(7), TODAY, by=hr)
    make.check(expiring(7, needs_check=True), agreed=False, by=hr)
    expiring(7, needs_check=True)
    old = expiring(7)
    make.award(old.person, old.certification, TODAY, date(2028, 1, 1), supersedes=old)
    expiring(7, certification=make.certification(state=CertificationState.RETIRED))
    run()
    assert told() == []


def test_a_renewal_that_waits_or_was_refused_keeps_the_reminder() -> None:
    old, other = expiring(7), expiring(7)
    make.award(
        old.person, old.certification, TODAY, date(2028, 1, 1), supersedes=old, needs_check=True
    )
    refused = make.award(
        other.person, other.certification, TODAY, date(2028, 1, 1), supersedes=other,
        needs_check=True,
    )  # fmt: skip
    make.check(refused, agreed=False)
    run()
    assert {award for award, _person, _days in told()} == {old.id, other.id}


def test_leavers_are_left_alone_and_so_are_managers_who_left() -> None:
    gone = expiring(7)
    db.session.execute(
        sa.update(Employment)
        .where(Employment.person_id == gone.person_id)
        .values(ends_on=TODAY - timedelta(days=1))
    )
    boss = people.employment(people.person(), ends_on=date(2026, 6, 30)).person
    award = expiring(7, boss)
    run()
    assert {(one, person) for one, person, _days in told()} == {(award.id, award.person_id)}


def test_without_a_manager_the_lead_of_the_team_hears_of_it() -> None:
    lead = people.employment(people.person()).person
    team = people.team(lead=lead)
    job = people.employment(people.person(), team=team, manager=None)
    award = make.award(
        job.person, make.certification(), date(2026, 1, 1), TODAY + timedelta(days=7)
    )
    own = make.award(lead, make.certification(), date(2026, 1, 1), TODAY + timedelta(days=7))
    db.session.execute(
        sa.update(Employment).where(Employment.person_id == lead.id).values(team_id=team.id)
    )
    db.session.execute(
        sa.update(Employment).where(Employment.person_id == lead.id).values(manager_id=None)
    )
    run()
    people_told = {(one, person) for one, person, _days in told()}
    assert people_told == {(award.id, job.person_id), (award.id, lead.id), (own.id, lead.id)}


def test_a_rule_that_voids_older_awards_is_a_last_day_too() -> None:
    series = make.certification(void_from=TODAY + timedelta(days=8))
    award = expiring(400, certification=series)
    forever = make.award(award.person, series, date(2025, 1, 1))
    run()
    assert {(one, days) for one, _person, days in told()} == {
        (row.id, days) for row in (award, forever) for days in (90, 60, 30, 7)
    }
    text = db.session.scalars(sa.select(OutgoingMail.text)).first()
    assert "December 1, 2026, in 7 days" in text


def test_a_new_manager_hears_of_it_too() -> None:
    award = expiring(30)
    run()
    fresh = people.employment(people.person()).person
    db.session.execute(
        sa.update(Employment)
        .where(Employment.person_id == award.person_id)
        .values(manager_id=fresh.id)
    )
    run(TODAY + timedelta(days=1))
    assert [person for _award, person, _days in told()].count(fresh.id) == 3
    assert mails().count("certification/own_expiring") == 1


def test_many_awards_are_written_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.certification.operations.reminder.ROWS", 3)
    for left in (7, 8, 30, 90):
        expiring(left)
    run()
    assert len(told()) == 2 * (4 + 3 + 3 + 1)


def test_the_jobs_tell_everybody_in_batches(clock: Clock, monkeypatch: Any) -> None:
    monkeypatch.setattr(jobs, "SOME", 2)
    for _ in range(3):
        expiring(7)
    waiting: list[list[int]] = []
    monkeypatch.setattr(
        jobs.jobs, "enqueue", lambda _name, *, person_ids: waiting.append(person_ids)
    )
    jobs.remind()
    assert [len(some) for some in waiting] == [2, 2, 2]  # three holders, three managers
    for some in waiting:
        jobs.remind_some(some)
    assert len(mails()) == 6


def test_what_fails_in_the_middle_leaves_nothing_and_is_told_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(3):
        expiring(7)
    everyone = people_to_remind(TODAY)
    real, calls = notices.remind_holder, []

    def fail_at_second(*values: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            message = "killed"
            raise RuntimeError(message)
        real(*values)

    monkeypatch.setattr(notices, "remind_holder", fail_at_second)
    with pytest.raises(RuntimeError), db.session.begin_nested():
        remind(everyone, TODAY)
    assert (told(), mails()) == ([], [])
    remind(everyone, TODAY)
    assert len(mails()) == 6
