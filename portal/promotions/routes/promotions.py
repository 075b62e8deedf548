"""The list of promotions, the record of one, and the decision on it."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import audit, clock, search, tables
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import refusal_to_field
from portal.hiring.queries import names_of
from portal.people.forms import choices
from portal.people.models import Person, Site, full_name
from portal.people.operations import SEARCH_KIND
from portal.promotions import frozen, operations, policy, queries
from portal.promotions.forms import StepForm
from portal.promotions.models import Promotion
from portal.promotions.routes import bp
from portal.promotions.states import PromotionState

TRAIL = 50


def _filters() -> tuple[tables.Filter, ...]:
    return (
        tables.Filter(
            "q", _l("Name"), lambda texts: Person.id.in_(search.matches(SEARCH_KIND, texts[0]))
        ),
        tables.Filter(
            "state", _l("State"), lambda states: Promotion.state == states[0], PromotionState
        ),
        tables.Filter("site", _l("Site"), lambda keys: Site.id == keys[0], choices.sites()),
    )


@bp.get("/promotions")
@allowed(policy.see_promotions)
def promotions() -> str:
    """The promotions the viewer may see, newest first."""
    bar = tables.FilterBar(_filters(), request.args)
    select = bar.narrow(queries.promotion_rows(viewer()))
    cursor = request.args.get("cursor")
    return render_template(
        "promotions/promotions.html",
        bar=bar,
        page=tables.page(select, order=[(Promotion.id, True)], cursor=cursor),
        count=tables.count(select),
        full_name=full_name,
        base=url_for("promotions.promotions"),
    )


@bp.get("/promotions/export/<any(csv, xlsx):kind>")
@allowed(policy.see_promotions)
def export_promotions(kind: str) -> Response:
    """Download the list as it is narrowed now."""
    bar = tables.FilterBar(_filters(), request.args)
    select = bar.narrow(queries.promotion_rows(viewer())).order_by(Promotion.id.desc())
    columns = (
        tables.Column(_l("Name"), _name),
        tables.Column(_l("Role until then"), "from_role"),
        tables.Column(_l("New role"), "role"),
        tables.Column(_l("Team in the new role"), "team"),
        tables.Column(_l("Site"), "site"),
        tables.Column(_l("In effect from"), "starts_on"),
        tables.Column(_l("State"), "state"),
        tables.Column(_l("Proposed at"), "created_at"),
    )
    return tables.export(db.session.execute(select), columns, kind, _("Promotions"))


def _name(row: Any) -> str:  # noqa: ANN401 - a row of the list
    return full_name(row.given_name, row.family_name, row.language)


@bp.get("/promotions/<int:promotion_id>")
@allowed(policy.see_promotion, on=Promotion)
def promotion(promotion: Promotion) -> str:
    """The record: terms, frozen readiness, steps, letter, trail and what comes next."""
    return _record(promotion, StepForm())


@bp.post("/promotions/<int:promotion_id>/decide")
@allowed(policy.decide_step, on=Promotion)
def decide_step(promotion: Promotion) -> ResponseReturnValue:
    """Approve exactly the terms on the page, or send them back."""
    form = StepForm()
    if form.validate_on_submit():
        agreed = form.agreed.data == "yes"
        decide = operations.approve_step if agreed else operations.return_promotion
        try:
            decide(promotion, seen_terms=form.terms.data, note=form.note.data or "", by=viewer())
        except Refused as refused:
            refusal_to_field(form, refused)
        else:
            flash(_("You approved the promotion.") if agreed else _("Sent back."), "ok")
            return redirect(_after(promotion), 303)
    return _record(promotion, form), 422


@bp.post("/promotions/<int:promotion_id>/tell")
@allowed(policy.tell_person, on=Promotion)
def tell_person(promotion: Promotion) -> ResponseReturnValue:
    """Let the person know."""
    operations.tell_person(promotion, by=viewer())
    flash(_("%(who)s has been told and can answer now.", who=promotion.person.display_name), "ok")
    return redirect(url_for("promotions.promotion", promotion_id=promotion.id), 303)


def _after(promotion: Promotion) -> str:
    """The record, for who still sees it."""
    if policy.see_promotion(viewer(), promotion):
        return url_for("promotions.promotion", promotion_id=promotion.id)
    return url_for("promotions.promotions")


def _record(promotion: Promotion, form: StepForm) -> str:
    trail = db.session.scalars(audit.of(promotion).limit(TRAIL)).all()
    makers = {event.account_id for event in trail if event.account_id}
    lines = frozen.lines_of(promotion.readiness)
    deciding = promotion.state is PromotionState.IN_APPROVAL
    return render_template(
        "promotions/promotion.html",
        promotion=promotion,
        form=form,
        lines=lines,
        missing=frozen.open_lines(lines),
        changes=_changes(promotion) if deciding else [],
        since=promotion.readiness["day"],
        trail=trail,
        names={key: name for key, name in db.session.execute(names_of(makers))},  # noqa: C416 - rows
    )


def _changes(promotion: Promotion) -> list[frozen.Change]:
    """What stands otherwise since the proposal."""
    now = frozen.freeze(promotion.person, promotion.role, clock.today())
    return frozen.changes(promotion.readiness, now)
