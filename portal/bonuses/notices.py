"""Who is told what about bonuses; no notice and no mail names an amount."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from portal.accounts import queries as accounts
from portal.accounts.models import Account
from portal.accounts.states import AccountState
from portal.bonuses import policy
from portal.bonuses.models import BonusRun, BonusStatement
from portal.core import inbox, mail
from portal.core.db import db


class BonusNotice(inbox.NoticeKind):
    """Notices of bonuses."""

    TO_APPROVE = "bonuses.to_approve", _l("%(plan)s: statements wait for your approval")
    APPROVED = "bonuses.approved", _l("%(plan)s: the statements are approved")
    RETURNED = "bonuses.returned", _l("%(plan)s: the statements were sent back")
    ISSUED = "bonuses.issued", _l("Your bonus statement is here: %(plan)s")
    CORRECTED = "bonuses.corrected_for_you", _l("Your bonus statement was corrected: %(plan)s")


def to_approve(run: BonusRun) -> None:
    """Ask the executives who may be the second person."""
    for account in _holding("executive"):
        if policy.approve_run(account, run):
            _tell(account, BonusNotice.TO_APPROVE, run)


def approved(run: BonusRun) -> None:
    """Tell whoever sent it."""
    _tell_sender(run, BonusNotice.APPROVED)


def returned(run: BonusRun) -> None:
    """Tell whoever sent it."""
    _tell_sender(run, BonusNotice.RETURNED)


def issued(statement: BonusStatement) -> None:
    """Tell the person, inside and by mail."""
    account = db.session.scalar(accounts.account_of(statement.person_id))
    if account is None or account.state is not AccountState.ACTIVE:
        return
    first = statement.number == 1
    kind = BonusNotice.ISSUED if first else BonusNotice.CORRECTED
    plan = statement.run.terms.name
    inbox.tell(account.id, kind, f"/bonuses/statements/{statement.id}", plan=plan)
    mail.send(
        "bonuses/statement",
        to=account.email,
        name=account.display_name,
        locale=account.language,
        person_id=account.person_id,
        key=f"bonus-statement:{statement.id}",
        context={"account": account, "statement": statement, "plan": plan, "first": first},
    )


def _tell_sender(run: BonusRun, kind: BonusNotice) -> None:
    if run.proposed_by_id is not None:
        _tell(db.session.get_one(Account, run.proposed_by_id), kind, run)


def _tell(account: Account, kind: BonusNotice, run: BonusRun) -> None:
    inbox.tell(account.id, kind, f"/bonuses/runs/{run.id}", plan=run.terms.name)


def _holding(role: str) -> Iterator[Account]:
    held = accounts.holding(role)
    found = sa.select(Account).where(held, Account.state == AccountState.ACTIVE)
    return iter(db.session.scalars(found.order_by(Account.id)))
