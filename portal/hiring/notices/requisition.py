"""Who is told that a requisition wants approval, was decided or is filled."""

from __future__ import annotations

from collections.abc import Iterable

from flask import current_app

from portal.accounts.models import Account
from portal.accounts.readers import write_to
from portal.core import i18n, mail
from portal.core.inbox import tell
from portal.hiring.models import Posting, Requisition
from portal.hiring.states import HiringNotice


def approval_wanted(requisition: Requisition, approvers: Iterable[Account], *, by: Account) -> None:
    """Ask each approver of the step that has just opened."""
    for approver in approvers:
        tell(
            approver.id, HiringNotice.APPROVAL_WANTED, _path(requisition),
            who=by.display_name, role=requisition.role.title,
        )  # fmt: skip
        _mail("approval_wanted", approver, requisition, who=by.display_name)


def requisition_approved(requisition: Requisition) -> None:
    """Tell who asked that the role may be posted."""
    asked = requisition.created_by
    tell(
        asked.id, HiringNotice.REQUISITION_APPROVED, _path(requisition),
        role=requisition.role.title,
    )  # fmt: skip
    _mail("requisition_approved", asked, requisition)


def requisition_refused(requisition: Requisition, *, by: Account, note: str) -> None:
    """Tell who asked that it was refused, and why."""
    asked = requisition.created_by
    tell(
        asked.id, HiringNotice.REQUISITION_REFUSED, _path(requisition),
        who=by.display_name, role=requisition.role.title,
    )  # fmt: skip
    _mail("requisition_refused", asked, requisition, who=by.display_name, note=note)


def requisition_filled(requisition: Requisition) -> None:
    """Tell who asked that every opening is taken."""
    tell(
        requisition.created_by_id, HiringNotice.REQUISITION_FILLED, _path(requisition),
        role=requisition.role.title,
    )  # fmt: skip


def posting_closed(posting: Posting) -> None:
    """Tell who asked for the role that the posting's last day is over."""
    requisition = posting.requisition
    url = path_of("hiring.posting", posting_id=posting.id)
    tell(requisition.created_by_id, HiringNotice.POSTING_CLOSED, url, role=requisition.role.title)


def path_of(endpoint: str, **values: object) -> str:
    """The path of a page, also where there is no request."""
    return current_app.url_map.bind("").build(endpoint, values)


def _path(requisition: Requisition) -> str:
    return path_of("hiring.requisition", requisition_id=requisition.id)


def _mail(
    notice: str, account: Account, requisition: Requisition, *, who: str = "", note: str = ""
) -> None:
    write_to(
        account,
        f"hiring/{notice}",
        requisition=requisition,
        role=i18n.words(requisition.role.title, account.language),
        url=mail.link("hiring.requisition", requisition_id=requisition.id),
        who=who,
        note=note,
    )
