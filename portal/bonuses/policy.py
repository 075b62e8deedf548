"""Who keeps plans, runs them, and sees statements: rules about one row, without a query."""

from __future__ import annotations

from portal.bonuses.models import BonusEntry, BonusPlan, BonusRun, BonusStatement
from portal.bonuses.states import RUN_MOVES, RunState
from portal.core.access import Viewer
from portal.people import policy as people


def keep_plans(viewer: Viewer) -> bool:
    """HR keeps plans and runs them."""
    return viewer.has_role("hr")


def keep_plan(viewer: Viewer, plan: BonusPlan) -> bool:  # noqa: ARG001 - any plan
    """Publish a version, retire it, start a run: HR."""
    return keep_plans(viewer)


def see_bonuses(viewer: Viewer) -> bool:
    """Plans and runs: HR, and executives, who read sums and no pay of single people."""
    return viewer.has_role("hr", "executive")


def see_plan(viewer: Viewer, plan: BonusPlan) -> bool:  # noqa: ARG001 - any plan
    """What a plan says: HR and executives."""
    return see_bonuses(viewer)


def see_run(viewer: Viewer, run: BonusRun) -> bool:
    """HR; executives from the moment it is sent for approval."""
    if viewer.has_role("hr"):
        return True
    return viewer.has_role("executive") and run.state is not RunState.DRAFT


def see_pay(viewer: Viewer, run: BonusRun) -> bool:  # noqa: ARG001 - any run
    """The rows of single people: HR."""
    return viewer.has_role("hr")


def prepare_run(viewer: Viewer, run: BonusRun) -> bool:
    """Enter pay, bring people up to date, send it for approval: HR, until it is sent."""
    return viewer.has_role("hr") and run.state is RunState.DRAFT


def approve_run(viewer: Viewer, run: BonusRun) -> bool:
    """Approve it or send it back: an executive who neither started nor sent it."""
    other = viewer.id not in {run.started_by_id, run.proposed_by_id}
    return run.state is RunState.PROPOSED and other and viewer.has_role("executive")


return_run = approve_run


def issue_run(viewer: Viewer, run: BonusRun) -> bool:
    """Issue what is approved: HR."""
    return run.state is RunState.APPROVED and viewer.has_role("hr")


def cancel_run(viewer: Viewer, run: BonusRun) -> bool:
    """Give it up before it is issued: HR."""
    return RunState.CANCELLED in RUN_MOVES.get(run.state, ()) and viewer.has_role("hr")


def enter_pay(viewer: Viewer, entry: BonusEntry) -> bool:
    """Enter the yearly pay of somebody else, or leave them out: HR, until the run is sent."""
    return prepare_run(viewer, entry.run) and viewer.person_id != entry.person_id


def see_statement(viewer: Viewer, statement: BonusStatement) -> bool:
    """HR, and who may agree to a correction; once issued the person, and by the plan their line."""
    if viewer.has_role("hr") or approve_correction(viewer, statement):
        return True
    if statement.issued_at is None:
        return False
    if viewer.person_id == statement.person_id:
        return True
    return statement.run.terms.managers_see and people.answers_for(viewer, statement.person)


def correct_statement(viewer: Viewer, statement: BonusStatement) -> bool:
    """Work an issued one out again: HR, but nobody their own."""
    issued = statement.issued_at is not None
    return issued and viewer.has_role("hr") and viewer.person_id != statement.person_id


def approve_correction(viewer: Viewer, statement: BonusStatement) -> bool:
    """Issue or refuse a correction: an executive or another of HR, and nobody their own."""
    second = viewer.id != statement.created_by_id and viewer.person_id != statement.person_id
    return statement.is_pending_correction and second and viewer.has_role("hr", "executive")


refuse_correction = approve_correction
