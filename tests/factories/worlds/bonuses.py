"""Bonuses of the walks: a draft, one that waits, one that is approved, and issued statements."""

from __future__ import annotations

from datetime import date

from portal.bonuses import operations
from portal.bonuses.models import BonusEntry, BonusRun
from portal.core.db import db
from tests.factories import bonuses, people
from tests.factories.worlds.who import Params, People, person_of


def side(who: People) -> Params:
    """Plans for a role of this side alone, whose only person is the hire."""
    role, person = people.role("Bonus associate"), person_of(who.hire)
    people.employment(
        person, role=role, team=who.team, starts_on=date(2025, 1, 1), ends_on=date(2026, 10, 31)
    )
    draft = bonuses.run(bonuses.plan(role, managers_see=True))
    entry = db.session.query(BonusEntry).filter_by(run_id=draft.id).one()
    waits = bonuses.proposed(bonuses.plan(role))
    approved = bonuses.proposed(bonuses.plan(role))
    operations.approve_run(approved, by=people.account(roles=["executive"]))
    plan = bonuses.plan(role, managers_see=True)
    (statement,) = bonuses.issued(plan)
    (wrong,) = bonuses.issued(bonuses.plan(role, managers_see=True))
    correction = operations.correct_statement(
        wrong, reason="Pay was raised", pay=99_000_000, by=people.account(roles=["hr"])
    )
    retired = bonuses.plan(role)
    operations.retire_plan(retired, by=who.hr)
    return {
        "bonus_plan_id": plan.id,
        "bonuses.resume_plan bonus_plan_id": retired.id,
        "bonus_entry_id": entry.id,
        "bonus_statement_id": statement.id,
        "bonuses.approve_correction bonus_statement_id": correction.id,
        "bonuses.refuse_correction bonus_statement_id": correction.id,
        "bonus_run_id": draft.id,
        **_steps(waits, approved),
    }


def _steps(waits: BonusRun, approved: BonusRun) -> Params:
    return {
        "bonuses.bonus_run bonus_run_id": waits.id,
        "bonuses.approve_run bonus_run_id": waits.id,
        "bonuses.return_run bonus_run_id": waits.id,
        "bonuses.issue_run bonus_run_id": approved.id,
    }
