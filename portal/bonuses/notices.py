"""Who is told what about bonuses; no notice and no mail names an amount."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.accounts.readers import account_in_use, accounts_holding, write_to
from portal.bonuses import policy
from portal.bonuses.models import BonusRun, BonusStatement
from portal.core import inbox
from portal.core.db import db


class BonusNotice(inbox.NoticeKind):
    """Notices of bonuses."""

    TO_APPROVE = "bonuses.to_approve", _l("%(plan)s: statements wait for your approval")
    APPROVED = "bonuses.approved", _l("%(plan)s: the statements are approved")
    RETURNED = "bonuses.returned", _l("%(plan)s: the statements were sent back")
    ISSUED = "bonuses.issued", _l("Your bonus statement is here: %(plan)s")
    CORRECTION_TO_APPROVE = (
        "bonuses.correction_to_approve",
        _l("%(plan)s: a correction waits for your approval"),
    )
    CORRECTION_REFUSED = "bonuses.correction_refused", _l("%(plan)s: the correction was refused")
    CORRECTED = "bonuses.corrected_for_you", _l("Your bonus statement was corrected: %(plan)s")


def to_approve(run: BonusRun) -> None:
    """Ask the executives who may be the second person."""
    for account in accounts_holding("executive"):
        if policy.approve_run(account, run):
            _tell(account, BonusNotice.TO_APPROVE, run)


def approved(run: BonusRun) -> None:
    """Tell whoever sent it."""
    _tell_sender(run, BonusNotice.APPROVED)


def returned(run: BonusRun) -> None:
    """Tell whoever sent it."""
    _tell_sender(run, BonusNotice.RETURNED)


def correction_to_approve(statement: BonusStatement) -> None:
    """Ask the executives, and HR but for whoever made it."""
    for account in accounts_holding("executive", "hr"):
        if policy.approve_correction(account, statement):
            url = f"/bonuses/statements/{statement.id}"
            plan = statement.run.terms.name
            inbox.tell(account.id, BonusNotice.CORRECTION_TO_APPROVE, url, plan=plan)


def correction_refused(statement: BonusStatement) -> None:
    """Tell whoever made it."""
    maker = db.session.get_one(Account, statement.created_by_id)
    _tell(maker, BonusNotice.CORRECTION_REFUSED, statement.run)


def issued(statement: BonusStatement) -> None:
    """Tell the person, inside and by mail."""
    account = account_in_use(statement.person_id)
    if account is None:
        return
    first = statement.number == 1
    kind = BonusNotice.ISSUED if first else BonusNotice.CORRECTED
    plan = statement.run.terms.name
    inbox.tell(account.id, kind, f"/bonuses/statements/{statement.id}", plan=plan)
    write_to(
        account,
        "bonuses/statement",
        key=f"bonus-statement:{statement.id}",
        statement=statement,
        plan=plan,
        first=first,
    )


def _tell_sender(run: BonusRun, kind: BonusNotice) -> None:
    if run.proposed_by_id is not None:
        _tell(db.session.get_one(Account, run.proposed_by_id), kind, run)


def _tell(account: Account, kind: BonusNotice, run: BonusRun) -> None:
    inbox.tell(account.id, kind, f"/bonuses/runs/{run.id}", plan=run.terms.name)
