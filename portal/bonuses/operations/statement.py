"""Statements once they are issued: papers and mails, and corrections as the next number."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from portal.accounts.models import Account
from portal.bonuses import documents, inputs, notices, policy, queries
from portal.bonuses.models import BonusRun, BonusStatement
from portal.bonuses.states import BonusFact
from portal.core import audit, clock, jobs
from portal.core.db import db
from portal.core.errors import Refused

AT_ONCE = 200
"""Papers ordered in one transaction."""


def hand_out(run: BonusRun, *, after: int) -> None:
    """Order the papers of some statements and tell their people; then go on with the next."""
    found = (
        sa.select(BonusStatement)
        .where(
            BonusStatement.run_id == run.id,
            BonusStatement.id > after,
            BonusStatement.document_id.is_(None),
        )
        .options(joinedload(BonusStatement.person, innerjoin=True))
        .order_by(BonusStatement.id)
        .limit(AT_ONCE)
    )
    rows: list[BonusStatement] = list(db.session.scalars(found))
    for row in rows:
        row.document = documents.issue_paper(row, by=None)
        notices.issued(row)
    if len(rows) == AT_ONCE:
        last = rows[-1].id
        jobs.enqueue(
            "bonuses.hand_out", key=f"bonuses.hand_out:{run.id}:{last}", run_id=run.id, after=last
        )


def correct_statement(
    statement: BonusStatement, *, reason: str, pay: int | None, by: Account
) -> BonusStatement:
    """Work a statement out again from what is known now, for a second person to agree to.

    ``pay`` is yearly pay in minor units; ``None`` takes that of the statement.

    Raises:
        Refused: if it is one's own, replaced already, a correction waits, nothing is different, or
            there is no reason.
    """
    if not policy.correct_statement(by, statement):
        raise Refused(_("Nobody corrects their own statement."))
    newest = db.session.scalars(queries.chain_of(statement).with_for_update()).first()
    if newest is not None and newest.is_pending_correction:
        raise Refused(_("A correction waits for a second person already."))
    if newest is None or newest.id != statement.id:
        raise Refused(_("There is a newer statement. Correct that one."))
    if not reason.strip():
        raise Refused(_("Say why. The person reads it."), "reason")
    kept = again(statement, pay)
    content, stamp = kept.packed()
    if stamp == statement.content_hash:
        raise Refused(_("Nothing is different: the figures and the pay are those of before."))
    row = BonusStatement(
        run=statement.run, person=statement.person, person_id=statement.person_id,
        number=statement.number + 1, content=content, content_hash=stamp,
        amount=kept.result.amount or 0, currency=statement.currency, reason=reason.strip(),
        created_at=clock.now(), created_by_id=by.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    audit.record(BonusFact.CORRECTION_PROPOSED, row, by=by, about=row.person_id)
    notices.correction_to_approve(row)
    return row


def approve_correction(statement: BonusStatement, *, by: Account) -> None:
    """Issue a correction as the second person; the one before stays, and the person is told why.

    Raises:
        Refused: if it does not wait, or one is not a second person.
    """
    _require_second(statement, by)
    statement.issued_at = clock.now()
    audit.record(BonusFact.CORRECTED, statement, by=by, about=statement.person_id)
    statement.document = documents.issue_paper(statement, by=by)
    notices.issued(statement)


def refuse_correction(statement: BonusStatement, *, by: Account) -> None:
    """Drop a correction that nobody was shown; the issued statement holds on.

    Raises:
        Refused: as ``approve_correction``.
    """
    _require_second(statement, by)
    audit.record(BonusFact.CORRECTION_REFUSED, statement, by=by, about=statement.person_id)
    notices.correction_refused(statement)
    db.session.delete(statement)


def _require_second(statement: BonusStatement, by: Account) -> None:
    db.session.refresh(statement, with_for_update=True)
    if not policy.approve_correction(by, statement):
        raise Refused(_("An executive, or another of HR, has to look at this correction."))


def again(statement: BonusStatement, pay: int | None) -> inputs.Frozen:
    """The statement as today's figures make it, by the plan of its run."""
    run = statement.run
    before: inputs.Frozen = documents.unpacked(statement)
    version = db.session.scalars(queries.version_in_full(run.version_id)).one()
    pays = {statement.person_id: before.inputs.pay if pay is None else pay}
    found = inputs.inputs_of(version, list(pays), (run.starts_on, run.ends_on), pays)
    return inputs.frozen(version, found[statement.person_id], run.starts_on, run.ends_on)
