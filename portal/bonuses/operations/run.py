"""One period of a plan: started, sent for approval, approved by another, issued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.models import Account
from portal.bonuses import inputs, notices, periods, policy
from portal.bonuses.models import BonusEntry, BonusPlan, BonusRun, BonusStatement
from portal.bonuses.operations.roster import update_people
from portal.bonuses.states import RUN_MOVES, BaseKind, BonusFact, PlanState, RunState
from portal.core import audit, clock, i18n, jobs
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.fingerprints import fingerprint
from portal.core.states import require_move


def start_run(plan: BonusPlan, starts_on: date, *, by: Account) -> BonusRun:
    """Begin the statements of a period that is over, with everybody the plan was for in it.

    Raises:
        Refused: if the plan is retired, the period is not over or has a run, or nobody was there.
    """
    if plan.state is PlanState.RETIRED:
        raise Refused(_("The plan is retired."))
    period = plan.terms.period
    if periods.period_of(period, starts_on)[0] != starts_on:
        raise Refused(_("Choose the first day of a period."), "period")
    ends_on = periods.last_day(period, starts_on)
    if ends_on >= clock.today(by.time_zone):
        raise Refused(
            _("This period is not over before %(day)s.", day=i18n.date(ends_on)), "period"
        )
    same = sa.exists().where(
        BonusRun.plan_id == plan.id,
        BonusRun.starts_on == starts_on,
        BonusRun.state != RunState.CANCELLED,
    )
    if db.session.scalar(sa.select(same)):
        raise Refused(_("There is a run for this period already."), "period")
    run = BonusRun(
        plan=plan, terms=plan.terms, starts_on=starts_on, ends_on=ends_on,
        state=RunState.DRAFT, started_at=clock.now(), started_by=by,
    )  # fmt: skip
    db.session.add(run)
    audit.record(BonusFact.RUN_STARTED, run, by=by)
    came, _gone = update_people(run, by=by)
    if not came:
        raise Refused(_("The plan was for nobody in this period."), "period")
    return run


def propose_run(run: BonusRun, *, by: Account) -> None:
    """Work every statement out, keep it with its inputs, and send the run for approval.

    Raises:
        Refused: if it was sent, nobody is in it, or somebody's yearly pay is missing.
    """
    require_move(RUN_MOVES, run.state, RunState.PROPOSED)
    entries = list(db.session.scalars(sa.select(BonusEntry).where(
        BonusEntry.run_id == run.id, BonusEntry.left_out.is_(False)
    ).order_by(BonusEntry.person_id)))  # fmt: skip
    if not entries:
        raise Refused(_("There is nobody in this run."))
    missing = sum(one.pay is None for one in entries)
    if run.terms.base is BaseKind.PERCENT and missing:
        raise Refused(
            ngettext(
                "The yearly pay of one person is missing. Enter it or leave the person out.",
                "The yearly pay of %(num)s people is missing. Enter it or leave them out.",
                missing,
            )
        )
    hashes: list[str] = []
    for start in range(0, len(entries), inputs.AT_ONCE):
        some = entries[start : start + inputs.AT_ONCE]
        hashes += [one.content_hash for one in _worked_out(run, some, by)]
    run.state, run.note, run.content_hash = RunState.PROPOSED, "", fingerprint(sorted(hashes))
    run.proposed_at, run.proposed_by_id = clock.now(), by.id
    audit.record(BonusFact.RUN_PROPOSED, run, by=by, people=len(entries))
    notices.to_approve(run)


def _worked_out(run: BonusRun, entries: Sequence[BonusEntry], by: Account) -> list[BonusStatement]:
    pays = {one.person_id: one.pay for one in entries}
    known = inputs.inputs_of(run.terms, list(pays), (run.starts_on, run.ends_on), pays)
    found = []
    for key, one in known.items():
        kept = inputs.frozen(run.terms, one, run.starts_on, run.ends_on)
        content, stamp = kept.packed()
        found.append(BonusStatement(
            run_id=run.id, person_id=key, number=1, content=content, content_hash=stamp,
            amount=kept.result.amount or 0, currency=run.terms.currency,
            created_at=clock.now(), created_by_id=by.id,
        ))  # fmt: skip
    db.session.add_all(found)
    return found


def approve_run(run: BonusRun, *, by: Account) -> None:
    """Agree to exactly these statements, as a second person.

    Raises:
        Refused: if it does not wait, or one started or sent it oneself.
    """
    require_move(RUN_MOVES, run.state, RunState.APPROVED)
    _require_second(run, by)
    run.state, run.approved_at, run.approved_by_id = RunState.APPROVED, clock.now(), by.id
    audit.record(BonusFact.RUN_APPROVED, run, by=by, content_hash=run.content_hash)
    notices.approved(run)


def return_run(run: BonusRun, *, note: str, by: Account) -> None:
    """Send it back with a reason; the statements are worked out anew when it is sent again.

    Raises:
        Refused: as ``approve_run``, or without a reason.
    """
    require_move(RUN_MOVES, run.state, RunState.DRAFT)
    _require_second(run, by)
    if not note.strip():
        raise Refused(_("Say what is to be put right."), "note")
    _forget(run)
    run.state, run.note = RunState.DRAFT, note.strip()
    audit.record(BonusFact.RUN_RETURNED, run, by=by)
    notices.returned(run)


def cancel_run(run: BonusRun, *, by: Account) -> None:
    """Give it up; the period can be run again.

    Raises:
        Refused: if it was issued or given up.
    """
    require_move(RUN_MOVES, run.state, RunState.CANCELLED)
    _forget(run)
    run.state = RunState.CANCELLED
    audit.record(BonusFact.RUN_CANCELLED, run, by=by)


def issue_run(run: BonusRun, *, by: Account) -> None:
    """Let people read their statements; papers and mails follow in the background.

    Raises:
        Refused: if it is not approved.
    """
    require_move(RUN_MOVES, run.state, RunState.ISSUED)
    run.state, run.issued_at = RunState.ISSUED, clock.now()
    db.session.execute(
        sa.update(BonusStatement)
        .where(BonusStatement.run_id == run.id)
        .values(issued_at=run.issued_at)
    )
    audit.record(BonusFact.RUN_ISSUED, run, by=by)
    jobs.enqueue("bonuses.hand_out", key=f"bonuses.hand_out:{run.id}:0", run_id=run.id, after=0)


def _forget(run: BonusRun) -> None:
    """Statements nobody was ever shown."""
    db.session.execute(sa.delete(BonusStatement).where(BonusStatement.run_id == run.id))
    run.content_hash = ""


def _require_second(run: BonusRun, by: Account) -> None:
    if not policy.approve_run(by, run):
        raise Refused(_("An executive who did not prepare it has to look at this."))
