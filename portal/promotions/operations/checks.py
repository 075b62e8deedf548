"""What terms of a promotion make sense, when they are proposed and again before they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.core import clock, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Position, Site
from portal.promotions import queries
from portal.promotions.frozen import FrozenLine
from portal.promotions.models import Promotion
from portal.promotions.terms import Terms

HIGHEST_PAY = 10**13
FURTHEST = timedelta(days=366)


def check(promotion: Promotion, terms: Terms) -> None:
    """Check the terms of a proposal.

    Raises:
        Refused: naming the field.
    """
    present = promotion.employment
    if terms.role.id == present.role_id:
        raise Refused(_("That is the role held now. Choose another."), "role")
    if terms.manager.id == promotion.person_id:
        raise Refused(_("Nobody can be their own manager. Choose someone else."), "manager")
    if terms.pay is not None and not 0 < terms.pay < HIGHEST_PAY:
        raise Refused(_("Enter the pay as an amount above zero."), "pay")
    if not terms.reason.strip():
        raise Refused(_("Say in your own words why."), "reason")
    require_day_ahead(terms.starts_on, terms.site)
    if terms.starts_on <= present.starts_on:
        message = _("The day must come after %(day)s, when the present role began.",
                    day=i18n.date(present.starts_on))  # fmt: skip
        raise Refused(message, "starts_on")
    if terms.position is not None:
        _check_position(promotion, terms.position, terms)


def require_day_ahead(day: date, site: Site) -> None:
    """Check that a day is not over where the new place of work is.

    Raises:
        Refused: if it is, or lies too far ahead.
    """
    today = clock.today(site.time_zone)
    if day < today:
        raise Refused(_("This day lies in the past. Choose today or a later one."), "starts_on")
    if day > today + FURTHEST:
        raise Refused(_("Choose a day within the next year."), "starts_on")


def _check_position(promotion: Promotion, position: Position, terms: Terms) -> None:
    if position.role_id != terms.role.id or position.team_id != terms.team.id:
        raise Refused(_("This position belongs to another role or team."), "position")
    require_free(promotion, position, terms.starts_on)


def require_free(promotion: Promotion, position: Position, day: date) -> None:
    """Check that a seat is still to be had.

    Raises:
        Refused: if somebody else holds it or is to be promoted into it.
    """
    taken = queries.position_holder(position.id, day, promotion.person_id)
    if db.session.scalar(taken):
        raise Refused(
            _("Position %(code)s is taken meanwhile. Choose another, or none.",
              code=position.code),
            "position",
        )  # fmt: skip


def check_gaps(missing: Sequence[FrozenLine], terms: Terms) -> None:
    """Check that what is missing has a reason.

    Raises:
        Refused: if it has none.
    """
    if not missing:
        return
    if terms.gap_reason is None:
        raise Refused(
            ngettext(
                "One requirement is not met. Say why the promotion is right all the same.",
                "%(num)s requirements are not met. Say why the promotion is right all the same.",
                len(missing),
            ),
            "gap_reason",
        )
    if not terms.gap_note.strip():
        raise Refused(_("Explain it in a sentence or two."), "gap_note")
