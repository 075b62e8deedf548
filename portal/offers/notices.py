"""Who is told what about offers."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from portal.accounts import queries as accounts
from portal.accounts.models import Account
from portal.accounts.states import AccountState
from portal.core import inbox, mail
from portal.core.db import db
from portal.core.mail.models import OutgoingMail
from portal.offers.models import Offer


class OfferNotice(inbox.NoticeKind):
    """Notices of offers."""

    TO_APPROVE = "offers.to_approve", _l("The offer to %(who)s waits for your approval")
    APPROVED = "offers.approved", _l("The offer to %(who)s is approved: send it")
    REFUSED = "offers.refused", _l("The offer to %(who)s was refused: %(note)s")
    ACCEPTED = "offers.accepted", _l("%(who)s accepted the offer")
    DECLINED = "offers.declined", _l("%(who)s declined the offer")
    EXPIRED = "offers.expired", _l("The offer to %(who)s expired without an answer")


def ask_approval(offer: Offer, *, by: Account) -> None:
    """Tell those who may approve: directors, and the hiring manager."""
    manager = offer.application.posting.requisition.hiring_manager_id
    for account in db.session.scalars(
        sa.select(Account).where(Account.state == AccountState.ACTIVE, Account.id != by.id)
    ):
        if account.has_role("executive") or account.person_id == manager:
            _tell([account.id], OfferNotice.TO_APPROVE, offer)


def approved(offer: Offer) -> None:
    """Tell the maker that it can be sent."""
    _tell([offer.created_by_id], OfferNotice.APPROVED, offer)


def refused(offer: Offer, *, note: str) -> None:
    """Tell the maker what should change."""
    _tell([offer.created_by_id], OfferNotice.REFUSED, offer, note=note[:200])


def send_letter(offer: Offer, token: str) -> None:
    """Mail the candidate the letter with the link to answer."""
    assert offer.document is not None
    assert offer.document.file is not None
    _mail(
        offer,
        "offers/offer",
        token=token,
        attachments=[mail.Attachment.stored(offer.document.file, name="offer.pdf")],
    )


def accepted(offer: Offer) -> None:
    """Welcome the new colleague, and tell the maker and the manager."""
    _mail(offer, "offers/accepted")
    manager = db.session.scalar(accounts.account_of(offer.manager_id))
    told = {offer.created_by_id, *([manager.id] if manager else [])}
    _tell(told, OfferNotice.ACCEPTED, offer)


def declined(offer: Offer) -> None:
    """Confirm the answer to the candidate and tell the maker."""
    _mail(offer, "offers/declined")
    _tell([offer.created_by_id], OfferNotice.DECLINED, offer)


def withdrawn(offer: Offer) -> None:
    """Tell the candidate that the offer was taken back."""
    _mail(offer, "offers/withdrawn")


def expired(offer: Offer) -> None:
    """Tell the candidate and the maker that the last day is over."""
    _mail(offer, "offers/expired")
    _tell([offer.created_by_id], OfferNotice.EXPIRED, offer)


def forget(offer: Offer) -> None:
    """Delete every mail and notice about an offer, for erasing the application."""
    about = OutgoingMail.key.startswith(f"offer:{offer.id}:", autoescape=True)
    db.session.execute(sa.delete(OutgoingMail).where(about))
    db.session.execute(sa.delete(inbox.Notice).where(inbox.Notice.url == f"/offers/{offer.id}"))


def _tell(account_ids: Iterable[int], kind: OfferNotice, offer: Offer, **params: str) -> None:
    for account_id in account_ids:
        inbox.tell(
            account_id, kind, f"/offers/{offer.id}", who=offer.application.display_name, **params
        )


def _mail(
    offer: Offer, kind: str, *, attachments: Iterable[mail.Attachment] = (), **context: object
) -> None:
    application = offer.application
    mail.send(
        kind,
        to=application.email,
        name=application.display_name,
        locale=offer.language,
        context={"offer": offer, "application": application, **context},
        key=f"offer:{offer.id}:{kind}",
        attachments=tuple(attachments),
    )
