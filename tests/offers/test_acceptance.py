"""Accepting hires exactly once: by two clicks, by two at the same moment, and after a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Account
from portal.core import audit
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.mail.models import OutgoingMail
from portal.hiring.states import RequisitionState, Stage
from portal.offers.states import OfferState
from portal.onboarding.models import OnboardingPlan
from portal.people.models import Employment
from portal.people.states import EmploymentReason
from tests.databases import NewDatabase
from tests.factories import offers as make
from tests.factories import onboarding, people
from tests.offers import hiring_app

ROOT = Path(__file__).parents[2]
ONCE = dict.fromkeys(hiring_app.COUNTS, 1)
NONE = dict.fromkeys(hiring_app.COUNTS, 0)


def employments(offer: Any) -> list[Employment]:
    found = sa.select(Employment).where(Employment.person_id == offer.application.person_id)
    return list(db.session.scalars(found.order_by(Employment.starts_on)))


@pytest.mark.usefixtures("db_session", "clock")
class TestWhatFollows:
    def test_employment_account_invitation_and_plan_follow_from_the_offer(self) -> None:
        row = make.candidate(openings=1)
        onboarding.template(row.posting.requisition.role)
        offer, token = make.sent(row, shift="Nights")
        make.accept(token, row.display_name, address="192.0.2.9", browser="Firefox " * 50)
        (job,) = employments(offer)
        assert (job.role, job.team, job.site, job.manager) == (
            offer.role, offer.team, offer.site, offer.manager,
        )  # fmt: skip
        assert (job.starts_on, job.shift, job.reason) == (
            date(2027, 1, 4), "Nights", EmploymentReason.HIRE,
        )  # fmt: skip
        assert (job.source_type, job.source_id) == ("offer", offer.id)
        account = db.session.scalars(
            sa.select(Account).where(Account.person_id == row.person_id)
        ).one()
        assert (account.email, account.roles) == (row.email, [])
        mails = db.session.scalars(
            sa.select(OutgoingMail.kind).where(OutgoingMail.to_address == row.email)
        ).all()
        assert sorted(mails) == ["accounts/invitation", "offers/accepted", "offers/offer"]
        plan = db.session.scalars(sa.select(OnboardingPlan)).one()
        assert plan.employment is job
        requisition = row.posting.requisition
        assert (row.stage, requisition.hired) == (Stage.HIRED, 1)
        assert requisition.state is RequisitionState.FILLED

    def test_the_answer_is_kept_as_proof(self) -> None:
        offer, token = make.sent()
        name = offer.application.display_name
        make.accept(token, f"  {name} ", address="2001:db8::1")
        proof = offer.acceptance
        assert proof is not None
        assert (proof.accepted, proof.typed_name, proof.address) == (True, name, "2001:db8::1")
        assert proof.consent_text.startswith(f"I, {name}, have read this offer")
        assert offer.document is not None
        assert proof.document_sha256 == offer.document.sha256
        event = db.session.scalars(audit.of(offer)).first()
        assert (event.action, event.account_id) == ("offer.accepted", None)

    def test_accepting_twice_changes_nothing_the_second_time(self) -> None:
        offer, token = make.sent()
        name = offer.application.display_name
        make.accept(token, name)
        before = offer.version
        assert make.accept(token, "somebody else") is offer
        assert offer.version == before
        assert len(employments(offer)) == 1
        assert offer.application.posting.requisition.hired == 1

    @pytest.mark.parametrize(
        ("given", "family", "typed"),
        [
            ("Ceren", "Arslan", "ceren arslan"),
            ("Ceren", "Arslan", "ARSLAN, Ceren".replace(",", "")),
            ("Işıl", "Ağaoğlu", "isil agaoglu"),
            ("Işıl", "Ağaoğlu", "IŞIL AĞAOĞLU"),
            ("İpek", "Çelik", "ipek çelik"),
            ("María José", "Peña Núñez", "maria jose pena nunez"),
            ("María José", "Peña Núñez", "Peña Núñez  María José"),
            ("真弓", "髙﨑", "髙﨑真弓"),
            ("真弓", "髙﨑", "髙﨑　真弓"),
        ],
    )
    def test_a_name_counts_whatever_its_case_accents_and_order(
        self, given: str, family: str, typed: str
    ) -> None:
        _offer, token = make.sent(make.candidate(given_name=given, family_name=family))
        assert make.accept(token, typed).state is OfferState.ACCEPTED

    @pytest.mark.parametrize("typed", ["", "Ceren", "Ceren Arslan Yılmaz", "Mete Arslan", "x"])
    def test_another_name_is_refused_at_its_field(self, typed: str) -> None:
        offer, token = make.sent(make.candidate(given_name="Ceren", family_name="Arslan"))
        with pytest.raises(Refused, match="Ceren Arslan") as refused:
            make.accept(token, typed)
        assert refused.value.field == "typed_name"
        assert offer.state is OfferState.SENT
        assert employments(offer) == []

    def test_the_last_opening_goes_to_whoever_accepts_first(self) -> None:
        first = make.candidate(openings=1)
        offer, token = make.sent(first)
        second = make.candidate(requisition=first.posting.requisition)
        _other, late = make.sent(second)
        make.accept(token, first.display_name)
        with pytest.raises(Refused), db.session.begin_nested():
            make.accept(late, second.display_name)
        assert offer.application.posting.requisition.hired == 1

    def test_a_colleague_who_applied_is_transferred_and_keeps_the_account(self) -> None:
        inside = people.employment(people.person("Deniz", "Inside"))
        account = people.account(person=inside.person, roles=["interviewer"])
        row = make.candidate(person=inside.person, given_name="Deniz", family_name="Inside")
        onboarding.template(row.posting.requisition.role)
        offer, token = make.sent(row)
        make.accept(token, "Deniz Inside")
        before, now = employments(offer)
        assert (before.ends_on, now.reason) == (date(2027, 1, 3), EmploymentReason.TRANSFER)
        assert account.roles == ["interviewer"]
        assert db.session.scalar(sa.select(sa.func.count()).select_from(OnboardingPlan)) == 0

    def test_who_comes_back_returns_and_is_onboarded(self) -> None:
        gone = people.employment(people.person("Geri", "Dönen"), ends_on=date(2026, 6, 30))
        row = make.candidate(person=gone.person, given_name="Geri", family_name="Dönen")
        onboarding.template(row.posting.requisition.role)
        offer, token = make.sent(row)
        make.accept(token, "Geri Dönen")
        assert employments(offer)[-1].reason is EmploymentReason.RETURN
        assert db.session.scalar(sa.select(sa.func.count()).select_from(OnboardingPlan)) == 1


@pytest.fixture
def database(new_database: NewDatabase) -> str:
    return new_database()


@pytest.fixture
def office(database: str, tmp_path: Path) -> Iterator[Flask]:
    """The whole portal on a database that really commits."""
    app = hiring_app.build(database, tmp_path)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.slow
def test_two_clicks_at_the_same_moment_hire_once(office: Flask) -> None:
    token = hiring_app.prepare(office)
    start, failures = threading.Barrier(2), []

    def click() -> None:
        start.wait()
        try:
            hiring_app.accept(office, token)
        except Exception as error:  # noqa: BLE001 - told below
            failures.append(error)

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join(30)
    assert failures == [], "the second finds the answer there"
    assert hiring_app.counted(office) == ONCE


@pytest.mark.slow
def test_a_crash_before_the_commit_hires_nobody_and_the_next_try_hires_once(
    office: Flask, database: str, tmp_path: Path
) -> None:
    token = hiring_app.prepare(office)
    environment = os.environ | {
        "ACCEPT_DATABASE": database, "ACCEPT_FOLDER": str(tmp_path), "ACCEPT_TOKEN": token,
        "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.offers.hiring_app"]
    child = subprocess.Popen(command, env=environment | {"ACCEPT_HOLD": "1"}, cwd=ROOT)
    try:
        end = time.monotonic() + 30
        while not (tmp_path / "notes").exists():
            assert child.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < end
            time.sleep(0.05)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert hiring_app.counted(office) == NONE
    subprocess.run(command, env=environment, cwd=ROOT, check=True)
    assert hiring_app.counted(office) == ONCE
    subprocess.run(command, env=environment, cwd=ROOT, check=True)
    assert hiring_app.counted(office) == ONCE
