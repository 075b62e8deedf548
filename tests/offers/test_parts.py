"""What offers add to hiring's pages after the panel has decided."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.core import clock
from portal.core.db import db
from portal.hiring import parts
from portal.hiring.models import Application
from portal.hiring.states import OverrideReason, Stage
from portal.interviews.models import PanelDecision
from portal.interviews.states import InterviewState, Outcome
from portal.offers.states import OfferState
from tests.factories import interviews, people
from tests.factories import offers as make
from tests.factories.people import added

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def decided(application: Application, outcome: Outcome) -> None:
    row = interviews.interview(application, state=InterviewState.COMPLETE, revealed_at=clock.now())
    added(PanelDecision(
        interview=row, score=400, cut=340, mechanical=Outcome.ADVANCE, outcome=outcome,
        override_reason=None if outcome is Outcome.ADVANCE else OverrideReason.RISK,
        decided_at=clock.now(), decided_by_id=make.hr().id,
    ))  # fmt: skip


def label(app: Flask, application: Application, viewer: Any) -> str | None:
    with app.test_request_context():
        action = parts.next_actions.first(application, viewer)
        return str(action.label) if action else None


def test_an_offer_comes_next_once_the_panel_says_so(app: Flask) -> None:
    row, hr = make.candidate(), make.hr()
    assert label(app, row, hr) != "Make offer"
    decided(row, Outcome.REJECT)
    assert label(app, row, hr) != "Make offer"
    decided(row, Outcome.ADVANCE)
    assert label(app, row, hr) == "Make offer"
    boss = people.account(person=row.posting.requisition.hiring_manager)
    assert label(app, row, boss) != "Make offer", "HR makes offers"


def test_only_the_last_round_opens_the_offer(app: Flask) -> None:
    row, hr = make.candidate(), make.hr()
    interviews.plan(row.posting.requisition, rounds=2)
    decided(row, Outcome.ADVANCE)
    assert label(app, row, hr) != "Make offer", "the second round is still to come"
    decided(row, Outcome.ADVANCE)
    assert label(app, row, hr) == "Make offer"


def test_the_offer_there_is_comes_next_until_it_is_over(app: Flask) -> None:
    row, hr = make.candidate(), make.hr()
    offer = make.draft(row, hr)
    boss = people.account(person=row.posting.requisition.hiring_manager)
    lead = people.account(leads=row.posting.requisition.team)
    assert (label(app, row, hr), label(app, row, boss)) == ("Open offer", "Open offer")
    assert label(app, row, lead) is None, "an offer shows pay"
    offer.state = OfferState.WITHDRAWN
    db.session.flush()
    assert label(app, row, hr) == "Make offer"
    row.stage = Stage.HIRED
    assert label(app, row, hr) is None
