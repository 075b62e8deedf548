"""Two at the same moment: one proposal for a person, one employment from two settling workers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core import clock as portal_clock
from portal.core.db import db, session_writes
from portal.people.models import Employment
from portal.promotions import operations
from portal.promotions.models import Promotion
from portal.promotions.states import PromotionState
from tests.factories import promotions as make
from tests.interviews.test_two_last_submits import own_app
from tests.page import PageClient

__all__ = ["own_app"]

pytestmark = pytest.mark.usefixtures("clock")


def test_of_two_proposals_one_is_made(own_app: Flask) -> None:
    with own_app.app_context():
        who = make.line()
        url = f"/paths/people/{who.person.id}/promote"
        sent = {
            "role": str(who.role.id), "team": str(who.team.id), "site": str(who.team.site_id),
            "manager": str(who.lead.person_id), "starts_on": "2026-12-24", "pay_period": "year",
            "reason": "Ready.", "version": "0",
        }  # fmt: skip
        both = [who.lead.id, who.hr.id]
        db.session.commit()
    clients, gate = [PageClient(own_app).as_(account) for account in both], Barrier(2)

    def propose(number: int) -> int:
        gate.wait()
        return clients[number].post(url, sent).status

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(propose, range(2))) == [303, 422]
    with own_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Promotion)) == 1


def test_two_workers_start_one_employment(own_app: Flask) -> None:
    with own_app.app_context():
        row = make.accepted(make.line())
        row.starts_on = portal_clock.today()
        key, person_id = row.id, row.person_id
        db.session.commit()
    gate = Barrier(2)

    def settle(_number: int) -> int:
        with own_app.app_context(), session_writes():
            gate.wait()
            done = operations.settle()
            db.session.commit()
            return done

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(settle, range(2))) == [0, 1]
    with own_app.app_context():
        assert db.session.get_one(Promotion, key).state is PromotionState.EFFECTIVE
        held = sa.select(sa.func.count()).where(Employment.person_id == person_id)
        assert db.session.scalar(held) == 2
