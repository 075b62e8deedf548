"""Who is told what about succession; no notice names a nominee to anybody."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.accounts import queries as accounts
from portal.accounts.models import Account
from portal.core import inbox
from portal.core.db import db
from portal.succession import policy, queries
from portal.succession.models import Nomination
from portal.succession.states import NominationState


class SuccessionNotice(inbox.NoticeKind):
    """Notices of succession."""

    TO_APPROVE = "succession.to_approve", _l("%(role)s: a nomination waits for approval")
    APPROVED = "succession.approved", _l("%(role)s: your nomination was approved")
    REFUSED = "succession.refused", _l("%(role)s: your nomination was not approved")
    NAMED = "succession.named", _l("You are seen as a possible successor: %(role)s")


def to_approve(nomination: Nomination, *, by: Account) -> None:
    """Tell those who may approve: HR and directors, the proposer and the nominee left out."""
    for account in db.session.scalars(queries.approvers()):
        if account.id != by.id and policy.decide_nomination(account, nomination):
            inbox.tell(
                account.id, SuccessionNotice.TO_APPROVE, _url(nomination), role=_role(nomination)
            )


def decided(nomination: Nomination, *, by: Account, tell_nominee: bool) -> None:
    """Tell the proposer; the nominee only where the organisation wants it."""
    agreed = nomination.state is NominationState.APPROVED
    kind = SuccessionNotice.APPROVED if agreed else SuccessionNotice.REFUSED
    if nomination.proposed_by_id != by.id:
        inbox.tell(nomination.proposed_by_id, kind, _url(nomination), role=_role(nomination))
    if agreed and tell_nominee:
        account = db.session.scalar(accounts.account_of(nomination.nominee_id))
        if account is not None and account.is_active:
            inbox.tell(account.id, SuccessionNotice.NAMED, "/my/path", role=_role(nomination))


def _role(nomination: Nomination) -> dict[str, str]:
    return nomination.key_position.position.role.title


def _url(nomination: Nomination) -> str:
    return f"/succession/positions/{nomination.key_position_id}"
