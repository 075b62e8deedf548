"""The one number of people below which no figures of a group are shown."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.discretion import smallest_group
from portal.people.states import PeopleFact
from tests.factories import people as make
from tests.main_form import send, typed
from tests.page import PageClient


def test_it_is_five_until_somebody_says_otherwise(db_session: Any) -> None:
    assert smallest_group() == 5
    make.organisation()
    assert smallest_group() == 5


def test_it_stays_where_a_change_does_not_name_it(db_session: Any) -> None:
    make.organisation(smallest_group=8)
    make.organisation(name="Renamed")
    assert smallest_group() == 8


def test_it_is_never_under_three(db_session: Any) -> None:
    with pytest.raises(Refused, match="Choose 3 or more") as refused:
        make.organisation(smallest_group=2)
    assert refused.value.field == "smallest_group"


def test_hr_sets_it_and_the_trail_says_so(app: Flask, client: PageClient, db_session: Any) -> None:
    office = client.as_(make.account(roles=["hr"]).id)
    db.session.commit()
    page = office.get("/settings/organisation")
    assert typed(page)["smallest_group"] == "5"
    assert send(office, page, name="Acme", smallest_group="2").status == 422
    assert send(office, page, name="Acme", smallest_group="9").status == 200
    with app.app_context():
        assert smallest_group() == 9
        event = db.session.query(AuditEvent).filter_by(
            action=str(PeopleFact.ORGANISATION_CHANGED)
        ).one()  # fmt: skip
        assert event.after["smallest_group"] == 9
