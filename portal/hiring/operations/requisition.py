"""Asking for head-count, changing and cancelling it, and counting who was hired on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.hiring import notices, queries
from portal.hiring.models import Posting, Requisition
from portal.hiring.operations.closing import end_posting
from portal.hiring.states import (
    REQUISITION_MOVES,
    HiringFact,
    PostingState,
    RequisitionReason,
    RequisitionState,
)
from portal.people.models import PayBand, Person, Role, Site, Team
from portal.people.states import PayPeriod


@dataclass(frozen=True)
class Pay:
    """A pay range in minor units of a currency."""

    minimum: int
    maximum: int
    currency: str
    period: PayPeriod


def open_requisition(
    *,
    role: Role,
    site: Site,
    team: Team,
    hiring_manager: Person,
    openings: int,
    reason: RequisitionReason,
    by: Account,
    pay_minimum: int | None = None,
    pay_maximum: int | None = None,
    note: str = "",
    wanted_start: date | None = None,
) -> Requisition:
    """Ask for head-count; pay left out is the role's band in the site's country.

    Raises:
        Refused: if the pay range or the number of openings can't be.
    """
    pay = pay_range(role, site, pay_minimum, pay_maximum)
    _check_openings(openings, hired=0)
    requisition = Requisition(
        role=role,
        site=site,
        team=team,
        hiring_manager=hiring_manager,
        openings=openings,
        pay_minimum=pay.minimum,
        pay_maximum=pay.maximum,
        pay_currency=pay.currency,
        pay_period=pay.period,
        reason=reason,
        note=note,
        wanted_start=wanted_start,
        created_at=clock.now(),
        created_by=by,
    )
    db.session.add(requisition)
    audit.record(HiringFact.REQUISITION_OPENED, requisition, by=by)
    return requisition


def change_requisition(
    requisition: Requisition,
    *,
    role: Role,
    site: Site,
    team: Team,
    hiring_manager: Person,
    openings: int,
    reason: RequisitionReason,
    by: Account,
    pay_minimum: int | None = None,
    pay_maximum: int | None = None,
    note: str = "",
    wanted_start: date | None = None,
) -> None:
    """Change the terms; a refused requisition becomes a draft again.

    Raises:
        Refused: if it was sent for approval, or the terms can't be.
    """
    if not requisition.is_changeable:
        raise Refused(_("The terms can't change any more: they were sent for approval."))
    pay = pay_range(role, site, pay_minimum, pay_maximum)
    _check_openings(openings, hired=requisition.hired)
    requisition.role, requisition.site, requisition.team = role, site, team
    requisition.hiring_manager, requisition.openings = hiring_manager, openings
    requisition.pay_minimum, requisition.pay_maximum = pay.minimum, pay.maximum
    requisition.pay_currency, requisition.pay_period = pay.currency, pay.period
    requisition.reason, requisition.note = reason, note
    requisition.wanted_start = wanted_start
    if requisition.state is RequisitionState.REFUSED:
        requisition.state = RequisitionState.DRAFT
    audit.record(HiringFact.REQUISITION_CHANGED, requisition, by=by)


def cancel_requisition(requisition: Requisition, *, by: Account) -> None:
    """Give a requisition up; its open postings close.

    Raises:
        Refused: if it is over already.
    """
    require_move(REQUISITION_MOVES, requisition.state, RequisitionState.CANCELLED)
    requisition.state = RequisitionState.CANCELLED
    audit.record(HiringFact.REQUISITION_CANCELLED, requisition, by=by)
    _close_postings(requisition, by=by)


def note_hire(requisition: Requisition, *, by: Account | None) -> None:
    """Count one person hired; the last opening fills the requisition and closes its postings.

    Raises:
        Refused: if it is not approved, or every opening is taken.
    """
    db.session.execute(queries.requisition_for_update(requisition.id)).scalar_one()
    if requisition.state is RequisitionState.FILLED or requisition.openings_left < 1:
        raise Refused(_("All openings of this requisition are filled."))
    if requisition.state is not RequisitionState.APPROVED:
        raise Refused(_("The requisition is not approved, so nobody can be hired on it."))
    requisition.hired += 1
    audit.record(HiringFact.HEAD_COUNTED, requisition, by=by)
    if requisition.openings_left:
        return
    requisition.state = RequisitionState.FILLED
    audit.record(HiringFact.REQUISITION_FILLED, requisition, by=by)
    _close_postings(requisition, by=by)
    notices.requisition_filled(requisition)


def band_of(role: Role, site: Site) -> PayBand | None:
    """The band of a role in the country of a site."""
    return db.session.scalar(
        sa.select(PayBand).where(PayBand.role_id == role.id, PayBand.country == site.country)
    )


def pay_range(role: Role, site: Site, minimum: int | None, maximum: int | None) -> Pay:
    """The range given, completed from the band.

    Raises:
        Refused: if something is missing and there is no band, or the range is upside down.
    """
    band = band_of(role, site)
    currency, period = (band.currency, band.period) if band else (site.currency, PayPeriod.YEAR)
    low = minimum if minimum is not None else band.minimum if band else None
    high = maximum if maximum is not None else band.maximum if band else None
    if low is None or high is None:
        raise Refused(
            _("This role has no pay band in the country of this site. Write the pay range."),
            field="pay_minimum" if low is None else "pay_maximum",
        )
    if low > high:
        raise Refused(_("The highest pay is below the lowest."), field="pay_maximum")
    return Pay(low, high, currency, period)


def _check_openings(openings: int, *, hired: int) -> None:
    if not max(1, hired) <= openings <= 500:
        raise Refused(
            _("Write a number of openings from %(least)s to 500.", least=max(1, hired)),
            field="openings",
        )


def _close_postings(requisition: Requisition, *, by: Account | None) -> None:
    still_open = sa.select(Posting).where(
        Posting.requisition_id == requisition.id, Posting.state == PostingState.OPEN
    )
    for posting in db.session.scalars(still_open):
        end_posting(posting, by=by)
