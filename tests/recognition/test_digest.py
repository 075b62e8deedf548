"""The monthly digest: to whom, what it says, and never twice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.core.inbox.models import Notice
from portal.core.mail.models import OutgoingMail
from portal.recognition import jobs, operations
from portal.recognition.operations.digest import last_month
from portal.recognition.states import ThanksVisibility
from tests.factories import people
from tests.factories import recognition as make
from tests.waiting import payloads

NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def world(db_session: Any, clock: Any) -> Any:
    """Ada thanks Bob in November; Mate works with Bob, Far with nobody of them."""
    team = people.team()
    ada, bob = make.colleague("Ada"), make.colleague("Bob", team=team, language="tr")
    mate, far = make.colleague("Mate", team=team), make.colleague("Far")
    make.thanks(ada, bob, message="You stayed late for the outage.")
    make.thanks(ada, bob, message="Just between us, you saved me.",
                visibility=ThanksVisibility.PRIVATE)  # fmt: skip
    clock(datetime(2026, 12, 1, 6, tzinfo=UTC))
    return ada, bob, mate, far


def mails() -> list[OutgoingMail]:
    return list(db.session.scalars(sa.select(OutgoingMail).order_by(OutgoingMail.id)))


def test_it_goes_to_who_got_or_gave_something_and_to_their_team(world: Any) -> None:
    ada, bob, mate, _far = world
    ids = [ada.person_id, bob.person_id, mate.person_id]
    assert operations.people_for_digest(last_month()) == sorted(ids)
    assert operations.people_for_digest(date(2026, 10, 1)) == []


def test_a_private_thanks_brings_the_team_nothing(world: Any, clock: Any) -> None:
    clock(datetime(2027, 1, 5, tzinfo=UTC))
    ada, bob, _mate, _far = world
    make.thanks(ada, bob, visibility=ThanksVisibility.PRIVATE)
    found = operations.people_for_digest(date(2027, 1, 1))
    assert found == sorted([ada.person_id, bob.person_id])


def test_private_words_are_in_no_mail_for_mails_lie_in_the_outbox(world: Any) -> None:
    operations.send_digests(operations.people_for_digest(NOVEMBER), NOVEMBER)
    texts = "".join(mail.text + mail.html for mail in mails())
    assert "stayed late" in texts
    assert "saved me" not in texts


def test_running_twice_sends_nothing_twice(world: Any) -> None:
    everyone = [one.person_id for one in world]
    for _time in range(2):
        jobs.digest_some(everyone, NOVEMBER.isoformat())
    assert len(mails()) == 3
    told = sa.select(sa.func.count(Notice.id)).where(Notice.kind == "recognition.digest")
    assert db.session.scalar(told) == 3


def test_who_wants_none_gets_none(world: Any) -> None:
    ada, bob, _mate, _far = world
    operations.take_digest(wanted=False, by=bob)
    operations.take_digest(wanted=False, by=bob)
    assert bob.person_id not in operations.people_for_digest(NOVEMBER)
    operations.take_digest(wanted=True, by=bob)
    assert bob.person_id in operations.people_for_digest(NOVEMBER)
    assert ada.person_id in operations.people_for_digest(NOVEMBER)


def test_who_has_left_gets_none(world: Any) -> None:
    _ada, bob, _mate, _far = world
    make.person_of(bob).employments[0].ends_on = date(2026, 11, 30)
    db.session.flush()
    assert bob.person_id not in operations.people_for_digest(NOVEMBER)


def test_the_job_of_the_month_shares_people_out(world: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(jobs, "SOME", 2)
    jobs.digest()
    db.session.flush()
    ada, bob, mate, _far = (one.person_id for one in world)
    shares = [one["person_ids"] for one in payloads("recognition.digest_some")]
    assert shares == [[ada, bob], [mate]]
