"""Who is told what about experience and education."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.accounts.readers import account_in_use
from portal.careers.models import CareerClaim
from portal.careers.states import ClaimState
from portal.core import clock, inbox


class CareersNotice(inbox.NoticeKind):
    """Notices of careers."""

    TO_CONFIRM = "careers.to_confirm", _l("Experience or education of %(who)s waits for you")
    CONFIRMED = "careers.claim_agreed", _l("“%(title)s” was confirmed and counts")
    REFUSED = "careers.claim_turned_down", _l("“%(title)s” was not confirmed")


def to_confirm(claim: CareerClaim, *, by: Account) -> None:
    """Tell the person's manager that something waits; HR finds it in the list."""
    present = claim.person.employment_on(clock.today())
    account = account_in_use(present.manager_id) if present else None
    if account is not None and account.id != by.id:
        who = claim.person.display_name
        inbox.tell(account.id, CareersNotice.TO_CONFIRM, f"/paths/claims/{claim.id}", who=who)


def decided(claim: CareerClaim) -> None:
    """Tell the person what the second one said."""
    account = account_in_use(claim.person_id)
    if account is not None:
        agreed = claim.state is ClaimState.CONFIRMED
        kind = CareersNotice.CONFIRMED if agreed else CareersNotice.REFUSED
        inbox.tell(account.id, kind, f"/paths/claims/{claim.id}", title=claim.title)
