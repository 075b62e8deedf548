"""Exact rows of the selects, and the index they go along."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.hiring.states import OverrideReason, RejectionReason, Stage
from portal.interviews import operations, queries
from portal.interviews.models import Interview
from portal.interviews.states import Outcome
from tests.factories import interviews as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def waiting() -> list[Interview]:
    return list(db.session.scalars(queries.awaiting_decision()))


@pytest.mark.parametrize(
    ("stage", "waits"),
    [(stage, stage in {Stage.INTERVIEW, Stage.DECISION}) for stage in Stage],
)
def test_a_complete_panel_waits_while_its_decision_counts(stage: Stage, waits: bool) -> None:
    interview = make.complete()
    interview.application.stage = stage
    if stage is Stage.REJECTED:
        interview.application.rejection_reason = next(iter(RejectionReason))
    assert waiting() == ([interview] if waits else [])


def test_a_panel_that_has_not_scored_or_has_decided_does_not_wait() -> None:
    make.interview()
    decided = make.complete()
    assert waiting() == [decided]
    operations.decide(
        decided, outcome=Outcome.REJECT, override_reason=OverrideReason.RISK, note="Seen twice",
        by=people.account(roles=["hr"]),
    )  # fmt: skip
    assert waiting() == []


def test_complete_panels_are_found_among_the_few_applications_that_far() -> None:
    if db.session.get_bind().dialect.name != "sqlite":
        pytest.skip("reads the plan of SQLite")
    text = str(
        queries.awaiting_decision().compile(
            db.engine, compile_kwargs={"render_postcompile": True, "literal_binds": True}
        )
    )
    plan = db.session.execute(sa.text(f"EXPLAIN QUERY PLAN {text}")).all()
    assert any("ix_application_before_panel" in row.detail for row in plan), plan
