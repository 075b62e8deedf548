"""Who is told what about corrective actions; the notices name no reason."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.accounts.readers import account_in_use, accounts_holding, write_to
from portal.conduct import policy
from portal.conduct.models import CorrectiveAction
from portal.core import clock, inbox
from portal.core.db import db


class ConductNotice(inbox.NoticeKind):
    """Notices of corrective actions."""

    TO_CONFIRM = "conduct.to_confirm", _l("%(who)s: a corrective action waits for a second person")
    RETURNED = "conduct.sent_back", _l("%(who)s: the corrective action was sent back to you")
    AGREED = "conduct.agreed", _l("%(who)s: the corrective action is confirmed")
    YOURS = "conduct.yours", _l("There is a corrective action for you to read")
    STATED = "conduct.statement", _l("%(who)s wrote a statement on the corrective action")
    ENDED = "conduct.ended", _l("Your corrective action has ended")


def proposed(action: CorrectiveAction) -> None:
    """Ask those who may be the second person: HR, and executives where HR opened it."""
    roles = ("hr", "executive") if action.by_hr else ("hr",)
    for account in accounts_holding(*roles):
        if policy.confirm_action(account, action):
            _tell(account, ConductNotice.TO_CONFIRM, action)


def returned(action: CorrectiveAction) -> None:
    """Tell who proposed it."""
    account = db.session.get_one(Account, action.proposed_by_id)
    if policy.in_charge(account, action.person):
        _tell(account, ConductNotice.RETURNED, action)


def confirmed(action: CorrectiveAction, *, by: Account) -> None:
    """Tell the person, also by mail, and whoever proposed it and the manager."""
    account = account_in_use(action.person_id)
    if account is not None:
        inbox.tell(account.id, ConductNotice.YOURS, address(action))
        write_to(account, "conduct/yours", key=f"corrective-action:{action.id}", action=action)
    for other in _those_in_charge(action):
        if other.id != by.id:
            _tell(other, ConductNotice.AGREED, action)


def stated(action: CorrectiveAction) -> None:
    """Tell whoever proposed it and the manager that the person wrote something."""
    for account in _those_in_charge(action):
        _tell(account, ConductNotice.STATED, action)


def ended(action: CorrectiveAction) -> None:
    """Tell the person, if they ever knew of it."""
    account = account_in_use(action.person_id)
    if account is not None and action.was_told:
        inbox.tell(account.id, ConductNotice.ENDED, address(action))


def address(action: CorrectiveAction) -> str:
    """The page of an action."""
    return f"/conduct/{action.id}"


def _those_in_charge(action: CorrectiveAction) -> list[Account]:
    """The proposer and the present manager, as long as they are in charge."""
    present = action.person.employment_on(clock.today())
    manager = account_in_use(present.manager_id) if present else None
    known = {one.id: one for one in (action.proposed_by, manager) if one is not None}
    return [one for one in known.values() if policy.in_charge(one, action.person)]


def _tell(account: Account, kind: ConductNotice, action: CorrectiveAction) -> None:
    inbox.tell(account.id, kind, address(action), who=action.person.display_name)
