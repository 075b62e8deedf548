"""Checks by a second person, revoking, waiving, leaving and coming back: each way out."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

import config
from portal import create_app
from portal.certification.models import Award, AwardLapse, Certification, Reminder
from portal.certification.operations import (
    check_award,
    correct_award,
    end_waiver,
    people_to_remind,
    record_award,
    remind,
    revoke_award,
    start_pursuit,
    waive_certification,
)
from portal.certification.standing import Facts, standing_of_award
from portal.certification.states import AwardSource, ExpiryMode, Standing
from portal.core import audit
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.mail.models import OutgoingMail
from portal.people.models import Employment, Person
from portal.people.operations import end_employment, start_employment
from portal.people.states import EmploymentReason
from tests.databases import NewDatabase
from tests.factories import certification as make
from tests.factories import people
from tests.schema import migrate

TODAY = date(2026, 11, 24)
inside = pytest.mark.usefixtures("db_session", "clock")


def waiting(**values: Any) -> Award:
    return make.award(
        people.person(), make.certification("CFP"), date(2026, 11, 1), date(2028, 11, 1),
        **({"needs_check": True} | values),
    )  # fmt: skip


def standing(award: Award, day: date = TODAY) -> Standing:
    db.session.expire_all()
    return standing_of_award(Facts.of(award), day)


def mails() -> list[OutgoingMail]:
    return list(db.session.scalars(sa.select(OutgoingMail).order_by(OutgoingMail.id)))


@inside
class TestCheck:
    def test_agreed_it_counts_and_the_trail_says_who(self) -> None:
        award, by = waiting(), people.account(roles=["hr"])
        assert standing(award) is Standing.AWAITING_CHECK
        check_award(award, agreed=True, note=" Seen ", by=by)
        assert standing(award) is Standing.VALID
        assert (award.check.note, award.check.checked_by_id) == ("Seen", by.id)
        event = db.session.scalars(audit.of(award)).first()
        assert (event.action, event.after["agreed"]) == ("certification.checked", True)

    def test_refused_it_never_counts_and_the_holder_reads_why(self) -> None:
        award, by = waiting(), people.account(roles=["hr"])
        with pytest.raises(Refused, match="Say what is wrong"):
            check_award(award, agreed=False, note=" ", by=by)
        check_award(award, agreed=False, note="The name differs", by=by)
        assert standing(award) is Standing.NOT_STARTED
        (mail,) = mails()
        assert (mail.kind, mail.subject) == (
            "certification/refused", "Your certificate was not accepted: CFP",
        )  # fmt: skip
        for body in (mail.text, mail.html):
            assert "The name differs" in body
            assert f"/certification/awards/{award.id}" in body

    def test_after_a_refusal_the_way_begins_again(self) -> None:
        award, by = waiting(), people.account(roles=["hr"])
        check_award(award, agreed=False, note="No", by=by)
        assert start_pursuit(award.person, award.certification, by=by).renews is None

    def test_nobody_checks_their_own(self) -> None:
        award = waiting()
        own = people.account(person=award.person, roles=["hr"])
        with pytest.raises(Refused, match="their own"):
            check_award(award, agreed=True, by=own)

    def test_once_checked_or_revoked_or_without_a_rule_to_check_there_is_nothing_to_say(
        self,
    ) -> None:
        by = people.account(roles=["hr"], display_name="Hale Rıza")
        award = waiting()
        check_award(award, agreed=True, by=by)
        with pytest.raises(Refused, match="has checked this already"):
            check_award(award, agreed=False, note="x", by=by)
        with pytest.raises(Refused, match="nothing to check"):
            check_award(waiting(needs_check=False), agreed=True, by=by)
        revoked = waiting()
        make.revocation(revoked, TODAY, by=by)
        with pytest.raises(Refused, match="nothing to check"):
            check_award(revoked, agreed=True, by=by)


@inside
class TestRevoke:
    def test_from_its_day_on_it_counts_no_more_and_the_holder_reads_why(self) -> None:
        award, by = waiting(needs_check=False), people.account(roles=["hr"])
        revoke_award(award, revoked_on=date(2026, 11, 20), reason=" Copied ", by=by)
        assert standing(award, date(2026, 11, 19)) is Standing.VALID
        assert standing(award, date(2026, 11, 20)) is Standing.REVOKED
        (mail,) = mails()
        assert mail.subject == "Your certificate was revoked: CFP"
        assert "The reason: Copied" in mail.text
        with pytest.raises(Refused, match="revoked already"):
            revoke_award(award, revoked_on=TODAY, reason="x", by=by)

    @pytest.mark.parametrize(
        ("day", "reason", "message"),
        [
            (TODAY, " ", "Give the reason"),
            (date(2026, 10, 31), "x", "It counts from Nov 1, 2026"),
            (TODAY + timedelta(days=1), "x", "today or an earlier day"),
        ],
    )
    def test_it_needs_a_reason_and_a_day_on_which_it_counted(
        self, day: date, reason: str, message: str
    ) -> None:
        award, by = waiting(needs_check=False), people.account(roles=["hr"])
        with pytest.raises(Refused, match=message):
            revoke_award(award, revoked_on=day, reason=reason, by=by)

    def test_nobody_revokes_their_own_nor_what_was_refused(self) -> None:
        award, by = waiting(), people.account(roles=["hr"])
        own = people.account(person=award.person, roles=["hr"])
        with pytest.raises(Refused, match="their own"):
            revoke_award(award, revoked_on=TODAY, reason="x", by=own)
        check_award(award, agreed=False, note="No", by=by)
        with pytest.raises(Refused, match="refused or revoked already"):
            revoke_award(award, revoked_on=TODAY, reason="x", by=by)


@inside
class TestWaiver:
    def waive(self, person: Person, series: Any, **values: Any) -> Any:
        defaults = {"starts_on": TODAY, "ends_on": None, "reason": "Back office"}
        by = values.pop("by", None) or people.account(roles=["hr"])
        return waive_certification(person, series, **(defaults | values), by=by)

    def test_it_needs_a_reason_an_order_and_another_person(self) -> None:
        person, series = people.person(), make.certification()
        with pytest.raises(Refused, match="Give the reason"):
            self.waive(person, series, reason=" ")
        with pytest.raises(Refused, match="before the first"):
            self.waive(person, series, ends_on=TODAY - timedelta(days=1))
        with pytest.raises(Refused, match="themself"):
            self.waive(person, series, by=people.account(person=person, roles=["hr"]))

    def test_two_do_not_overlap(self) -> None:
        person, series = people.person(), make.certification()
        self.waive(person, series, ends_on=date(2026, 12, 31))
        self.waive(person, series, starts_on=date(2027, 1, 1))
        self.waive(person, make.certification())
        with pytest.raises(Refused, match="waiver from Jan 1, 2027 already"):
            self.waive(person, series, starts_on=date(2027, 6, 1))
        with pytest.raises(Refused, match="already"):
            self.waive(person, series, starts_on=date(2026, 12, 31), ends_on=date(2026, 12, 31))

    def test_ended_today_is_its_last_day(self) -> None:
        waiver, by = self.waive(people.person(), make.certification()), people.account()
        end_waiver(waiver, by=by)
        assert waiver.ends_on == TODAY
        with pytest.raises(Refused, match="ends on Nov 24, 2026 anyway"):
            end_waiver(waiver, by=by)
        own = people.account(person=waiver.person)
        with pytest.raises(Refused, match="their own"):
            end_waiver(waiver, by=own)


@inside
class TestLeaving:
    def holder(self, **rule: Any) -> tuple[Employment, Award]:
        job = people.employment(people.person())
        rule = {"lapse_months": 24, "mode": ExpiryMode.SEPARATION, "period_months": None} | rule
        return job, make.award(job.person, make.certification(**rule), date(2026, 2, 1))

    def lapses(self) -> list[tuple[date, date, date | None]]:
        db.session.flush()
        rows = db.session.scalars(sa.select(AwardLapse).order_by(AwardLapse.id))
        return [(row.left_on, row.lapses_on, row.returned_on) for row in rows]

    def leave(self, job: Employment, day: date) -> None:
        end_employment(job, ends_on=day, by=None)

    def back(self, job: Employment, day: date) -> Employment:
        return start_employment(
            job.person, role=job.role, team=job.team, site=job.site, manager=None,
            starts_on=day, reason=EmploymentReason.RETURN, by=None,
        )  # fmt: skip

    def test_an_award_lapses_its_months_after_the_last_day(self) -> None:
        job, award = self.holder()
        self.leave(job, date(2026, 8, 31))
        assert self.lapses() == [(date(2026, 8, 31), date(2028, 8, 31), None)]
        assert standing(award, date(2028, 8, 31)) is Standing.EXPIRING
        assert standing(award, date(2028, 9, 1)) is Standing.EXPIRED

    def test_a_new_last_day_corrects_it(self) -> None:
        job, _award = self.holder()
        for day in (date(2026, 8, 31), date(2026, 8, 31), date(2026, 9, 30)):
            self.leave(job, day)
        assert self.lapses() == [(date(2026, 9, 30), date(2028, 9, 30), None)]

    def test_who_comes_back_in_time_keeps_it(self) -> None:
        job, award = self.holder()
        self.leave(job, date(2026, 2, 28))
        self.back(job, date(2028, 2, 29))
        assert self.lapses() == [(date(2026, 2, 28), date(2028, 2, 28), date(2028, 2, 29))]
        assert standing(award, date(2028, 3, 1)) is Standing.VALID

    def test_who_comes_back_too_late_does_not(self) -> None:
        job, award = self.holder()
        self.leave(job, date(2026, 2, 28))
        self.back(job, date(2028, 3, 1))
        assert standing(award, date(2028, 3, 1)) is Standing.EXPIRED

    def test_leaving_again_is_noted_anew(self) -> None:
        job, _award = self.holder()
        self.leave(job, date(2026, 3, 31))
        again = self.back(job, date(2026, 6, 1))
        self.leave(again, date(2026, 10, 31))
        assert self.lapses() == [
            (date(2026, 3, 31), date(2028, 3, 31), date(2026, 6, 1)),
            (date(2026, 10, 31), date(2028, 10, 31), None),
        ]

    def test_another_role_is_no_leaving(self) -> None:
        job, _award = self.holder()
        self.back(job, date(2026, 6, 1))
        assert self.lapses() == []

    def test_an_award_entered_after_leaving_lapses_too(self) -> None:
        job = people.employment(people.person(), ends_on=date(2026, 8, 31))
        series = make.certification(lapse_months=24)
        award = record_award(
            job.person, series, completed_on=date(2026, 7, 1), source=AwardSource.EARNED, by=None
        )
        assert self.lapses() == [(date(2026, 8, 31), date(2028, 8, 31), None)]
        correct_award(
            award, completed_on=date(2026, 7, 2), reference="", reason="Typing mistake",
            by=people.account(roles=["hr"]),
        )  # fmt: skip
        assert self.lapses() == [(date(2026, 8, 31), date(2028, 8, 31), None)] * 2

    def test_what_has_no_such_rule_or_does_not_count_is_left_alone(self) -> None:
        job, award = self.holder(lapse_months=None, mode=ExpiryMode.COMPLETION, period_months=12)
        series = make.certification(lapse_months=24)
        refused = make.award(job.person, series, date(2026, 2, 1), needs_check=True)
        make.check(refused, agreed=False)
        revoked = make.award(job.person, make.certification(lapse_months=24), date(2026, 2, 1))
        make.revocation(revoked, date(2026, 3, 1))
        old = make.award(job.person, make.certification(lapse_months=24), date(2026, 2, 1))
        new = make.award(job.person, old.certification, date(2026, 3, 1), supersedes=old)
        self.leave(job, date(2026, 8, 31))
        rows = db.session.scalars(sa.select(AwardLapse.award_id)).all()
        assert rows == [new.id]
        assert award.lapses == []


@pytest.mark.parametrize("table", ["award", "award_evidence", "award_check", "award_revocation"])
@inside
def test_the_database_refuses_to_change_what_was_decided(table: str) -> None:
    award = record_award(
        people.person(), make.certification(), completed_on=TODAY, source=AwardSource.EARNED,
        by=None,
    )  # fmt: skip
    make.check(award)
    make.revocation(award, TODAY)
    db.session.execute(sa.text(
        f"INSERT INTO award_evidence (award_id, note) VALUES ({award.id}, 'x')"
    ))  # fmt: skip
    column = {"award": "reference", "award_revocation": "reason"}.get(table, "note")
    for statement in (f"UPDATE {table} SET {column} = 'y'", f"DELETE FROM {table}"):
        with pytest.raises(sa.exc.DatabaseError, match="append-only"), db.session.begin_nested():
            db.session.execute(sa.text(statement))


@pytest.fixture
def own_app(new_database: NewDatabase, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own, because both sides must really commit."""
    built = create_app(
        config.Testing(),
        VAR=tmp_path,
        FILES_URL=f"file://{tmp_path / 'files'}",
        SQLALCHEMY_DATABASE_URI=new_database(),
    )
    with built.app_context():
        migrate(db.engine)
    yield built
    with built.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.usefixtures("clock")
class TestAtOnce:
    def both(self, app: Flask, work: Any) -> list[Any]:
        gate = Barrier(2)

        def run(number: int) -> Any:
            with app.app_context():
                gate.wait()
                try:
                    found = work(number)
                    db.session.commit()
                except Refused as refused:
                    db.session.rollback()
                    return refused.message
                finally:
                    db.session.remove()
                return found

        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(run, range(2)))

    def test_two_workers_remind_everybody_once(self, own_app: Flask) -> None:
        with own_app.app_context():
            boss = people.employment(people.person()).person
            series = make.certification()
            for _ in range(5):
                job = people.employment(people.person(), manager=boss)
                make.award(job.person, series, date(2026, 1, 1), TODAY + timedelta(days=7))
            db.session.commit()
            everyone = people_to_remind(TODAY)
            db.session.rollback()
        self.both(own_app, lambda _number: remind(everyone, TODAY))
        with own_app.app_context():
            assert db.session.scalar(sa.select(sa.func.count(Reminder.id))) == 5 * 2 * 4
            kinds = [mail.kind for mail in mails()]
            assert sorted(kinds) == ["certification/own_expiring"] * 5 + [
                "certification/team_expiring"
            ]

    def test_two_who_award_the_same_make_one_award(self, own_app: Flask) -> None:
        with own_app.app_context():
            person, series = people.person().id, make.certification().id
            db.session.commit()

        def award(_number: int) -> str:
            record_award(
                db.session.get_one(Person, person),
                db.session.get_one(Certification, series),
                completed_on=TODAY, source=AwardSource.EARNED, by=None,
            )  # fmt: skip
            return "awarded"

        answers = self.both(own_app, award)
        assert sorted(answer == "awarded" for answer in answers) == [False, True]
        with own_app.app_context():
            assert db.session.scalar(sa.select(sa.func.count(Award.id))) == 1
