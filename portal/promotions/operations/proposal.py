"""Propose a promotion, change its terms, take it back, and write the announcement."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.hiring.operations import band_of
from portal.offers.terms import in_band
from portal.people import policy as people
from portal.people import queries as people_queries
from portal.people.models import Person
from portal.promotions import frozen, notices, queries
from portal.promotions.models import Promotion
from portal.promotions.operations import checks, steps
from portal.promotions.states import (
    CHANGEABLE,
    PROMOTION_MOVES,
    PromotionFact,
    PromotionState,
)
from portal.promotions.terms import Terms, terms_hash


def propose(person: Person, terms: Terms, *, by: Account) -> Promotion:
    """Propose a promotion; how far the person is for the role is frozen now, and the first asked.

    Raises:
        Refused: if there is a proposal already, the person does not work here, a term makes no
            sense (``field`` names it), lines are missing without a reason, or nobody could decide.
    """
    # Of two proposals at once the second waits here, and then finds the first.
    db.session.execute(sa.select(Person.id).where(Person.id == person.id).with_for_update())
    present = db.session.scalar(people_queries.employment_of(person.id, clock.today()))
    if present is None or person.id == by.person_id:
        raise Refused(_("Only somebody who works here, and never oneself, can be proposed."))
    if db.session.scalar(queries.live_of(person.id)) is not None:
        raise Refused(_("There is a proposal for %(who)s already.", who=person.display_name))
    promotion = Promotion(
        person=person, person_id=person.id, employment=present, employment_id=present.id,
        by_line=people.answers_for(by, person), proposed_by=by, proposed_by_id=by.id,
        state=PromotionState.IN_APPROVAL, created_at=clock.now(),
    )  # fmt: skip
    with db.session.no_autoflush:
        _set_terms(promotion, terms)
        _insert(promotion)
    audit.record(PromotionFact.PROPOSED, promotion, by=by)
    steps.ask_anew(promotion)
    return promotion


def _insert(promotion: Promotion) -> None:
    """Write the row; should the lock not have held, the database says no to a second one."""
    try:
        with db.session.begin_nested():
            db.session.add(promotion)
    except sa.exc.IntegrityError:
        raise Refused(
            _("Somebody was faster: this person or this position has a proposal already.")
        ) from None


def change_promotion(promotion: Promotion, terms: Terms, *, by: Account) -> None:
    """Change the terms; approvals of other terms no longer count, and the first is asked anew.

    Raises:
        Refused: if the person has been told, or as for proposing.
    """
    if promotion.state not in CHANGEABLE:
        raise Refused(_("The person knows of it. Withdraw it and propose anew."))
    before = promotion.terms_hash
    with db.session.no_autoflush:
        _set_terms(promotion, terms)
    if promotion.terms_hash == before and promotion.state is not PromotionState.RETURNED:
        return
    if promotion.state is not PromotionState.IN_APPROVAL:
        require_move(PROMOTION_MOVES, promotion.state, PromotionState.IN_APPROVAL)
        promotion.state = PromotionState.IN_APPROVAL
    promotion.document, promotion.approved_at = None, None
    audit.record(PromotionFact.CHANGED, promotion, by=by)
    steps.ask_anew(promotion)


def withdraw_promotion(promotion: Promotion, *, note: str, by: Account) -> None:
    """Take it back, with a reason; a person who knows of it is told.

    Raises:
        Refused: if it is over, or the reason is missing.
    """
    if not note.strip():
        raise Refused(_("Say why it is withdrawn."), field="note")
    told = promotion.told_at is not None
    require_move(PROMOTION_MOVES, promotion.state, PromotionState.WITHDRAWN)
    promotion.state, promotion.end_note = PromotionState.WITHDRAWN, note.strip()
    audit.record(PromotionFact.WITHDRAWN, promotion, by=by)
    notices.withdrawn(promotion, by=by, told=told)


def write_announcement(promotion: Promotion, *, text: str, by_mail: bool, by: Account) -> None:
    """Keep the text the team will read once the promotion is in effect; empty means none.

    Raises:
        Refused: if it was announced already.
    """
    if promotion.announced_at is not None:
        raise Refused(_("The team has been told already."))
    promotion.announcement, promotion.announce_by_mail = text.strip(), by_mail
    audit.record(PromotionFact.ANNOUNCEMENT_WRITTEN, promotion, by=by)


def _set_terms(promotion: Promotion, terms: Terms) -> None:
    checks.check(promotion, terms)
    band = band_of(terms.role, terms.site)
    for name in ("role", "team", "site", "manager"):
        row = getattr(terms, name)
        setattr(promotion, name, row)
        setattr(promotion, f"{name}_id", row.id)
    promotion.position = terms.position
    promotion.position_id = terms.position.id if terms.position else None
    promotion.starts_on, promotion.reason = terms.starts_on, terms.reason.strip()
    promotion.leads_team = terms.leads_team
    promotion.pay, promotion.pay_period = terms.pay, terms.pay_period
    promotion.pay_currency = terms.pay_currency if terms.pay is not None else ""
    promotion.in_band = terms.pay is None or in_band(
        terms.pay, terms.pay_currency, terms.pay_period, band
    )
    promotion.readiness = frozen.freeze(promotion.person, terms.role, clock.today())
    missing = frozen.open_lines(frozen.lines_of(promotion.readiness))
    checks.check_gaps(missing, terms)
    promotion.gap_reason = terms.gap_reason if missing else None
    promotion.gap_note = terms.gap_note.strip() if missing else ""
    promotion.terms_hash = terms_hash(promotion)
