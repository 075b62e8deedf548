"""Two people who schedule the same round at the same moment invite the candidate once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core.db import db
from portal.hiring.states import Stage
from portal.interviews.models import Interview
from tests.factories import hiring, people
from tests.factories import interviews as make
from tests.interviews.test_two_last_submits import own_app
from tests.page import PageClient

__all__ = ["own_app"]


@pytest.mark.usefixtures("clock")
def test_a_round_is_scheduled_once(own_app: Flask) -> None:
    with own_app.app_context():
        # One in the middle of the interviews: nothing but the round itself is fought over.
        application = hiring.application(stage=Stage.INTERVIEW)
        make.plan(application.posting.requisition)
        both = [people.account(roles=["hr"]).id for _each in range(2)]
        panel = [str(make.interviewer().id) for _each in range(2)]
        url = f"/interviews/schedule/{application.id}"
        db.session.commit()
    clients = [PageClient(own_app).as_(account) for account in both]
    gate = Barrier(2)

    def schedule(number: int) -> int:
        sent = {
            "starts_at": f"2026-11-25T1{number}:00", "minutes": "45", "place": "x", "panel": panel,
        }  # fmt: skip
        gate.wait()
        return clients[number].post(url, sent).status

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(schedule, range(2))) == [303, 422]
    with own_app.app_context():
        count = sa.select(sa.func.count()).select_from(Interview)
        assert db.session.scalar(count) == 1
