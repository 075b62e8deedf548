"""Proposing a promotion, changing it, and taking it back."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.careers.routes.path import asked_role
from portal.core import clock
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import check_version, form_page, refusals_to
from portal.hiring.operations import band_of
from portal.people.models import Person, Role, Site
from portal.promotions import frozen, operations, policy, queries
from portal.promotions.forms import PromotionForm, WithdrawForm
from portal.promotions.models import Promotion
from portal.promotions.routes import bp


@bp.route("/paths/people/<int:person_id>/promote", methods=["GET", "POST"])
@allowed(policy.propose, on=Person)
def propose(person: Person) -> ResponseReturnValue:
    """Propose a promotion, beside what the role asks for."""
    live = db.session.scalar(queries.live_of(person.id))
    form = PromotionForm.fresh(person, asked_role())
    if form.validate_on_submit():
        with refusals_to(form):
            made = operations.propose(person, form.terms(), by=viewer())
            flash(_("Proposed. Who decides first has been told; the person has not."), "ok")
            return redirect(_url(made), 303)
    return _form_page(form, person, None, live)


@bp.route("/promotions/<int:promotion_id>/edit", methods=["GET", "POST"])
@allowed(policy.change_promotion, on=Promotion)
def change_promotion(promotion: Promotion) -> ResponseReturnValue:
    """Change the terms; approvals of other terms no longer count."""
    form = PromotionForm.of(promotion)
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, promotion)
            operations.change_promotion(promotion, form.terms(), by=viewer())
            flash(_("Saved. Changed terms go through approval from the start."), "ok")
            return redirect(_url(promotion), 303)
    return _form_page(form, promotion.person, promotion, None)


@bp.route("/promotions/<int:promotion_id>/withdraw", methods=["GET", "POST"])
@allowed(policy.withdraw_promotion, on=Promotion)
def withdraw_promotion(promotion: Promotion) -> ResponseReturnValue:
    """Take it back, with a reason."""
    form = WithdrawForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.withdraw_promotion(promotion, note=form.note.data, by=viewer())
            flash(_("Promotion withdrawn."), "ok")
            return redirect(_url(promotion), 303)
    return form_page("promotions/withdraw.html", form, promotion=promotion)


def _url(promotion: Promotion) -> str:
    return url_for("promotions.promotion", promotion_id=promotion.id)


def _form_page(
    form: PromotionForm, person: Person, promotion: Promotion | None, live: Promotion | None
) -> ResponseReturnValue:
    role = db.session.get(Role, form.role.data) if form.role.data else None
    site = db.session.get(Site, form.site.data) if form.site.data else None
    with db.session.no_autoflush:
        kept = frozen.freeze(person, role, clock.today()) if role else {"lines": []}
    return form_page(
        "promotions/promotion_form.html",
        form,
        person=person,
        promotion=promotion,
        live=live,
        role=role,
        lines=frozen.lines_of(kept),
        band=band_of(role, site) if role and site else None,
    )
