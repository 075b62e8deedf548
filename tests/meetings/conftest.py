"""A manager and a member who have met, with every kind of text in their meeting."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db
from portal.people.models import Person
from tests.factories import meetings as make
from tests.goals.conftest import staff
from tests.page import PageClient

NAMES = ("member", "peer", "lead", "manager", "former", "stranger", "hr")


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """Accounts by name, and the rows of one meeting."""
    with app.app_context():
        who = staff()
        lead, member = who.person("lead"), who.person("member")
        series = make.series(lead, member, place="Place-x1")
        meeting = make.meeting(series, notes="Shared-x1", place="Place-x1")
        found = {name: getattr(who, name).id for name in NAMES}
        found |= {
            "series": series.id,
            "meeting": meeting.id,
            "item": make.item(meeting, member, "Agenda-x1").id,
            "action": make.action(meeting, member, "Action-x1", due_on=date(2026, 11, 30)).id,
            "person": member.id,
            "lead_person": lead.id,
            "team": who.team.id,
        }
        make.private_notes(meeting, lead, "Private-of-lead")
        make.private_notes(meeting, member, "Private-of-member")
        db.session.commit()
        return found


def person(key: int) -> Person:
    return db.session.get_one(Person, key)
