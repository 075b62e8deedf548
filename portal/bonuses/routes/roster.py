"""The yearly pay of people in a run, one by one or many at once."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.viewer import viewer
from portal.bonuses import operations, policy
from portal.bonuses.forms import PayForm, PaysForm, minor
from portal.bonuses.models import BonusEntry, BonusRun
from portal.bonuses.routes import bp
from portal.bonuses.routes.runs import to
from portal.core.access import allowed
from portal.core.forms import check_version, form_page, refusals_to


@bp.route("/bonuses/entries/<int:bonus_entry_id>", methods=["GET", "POST"])
@allowed(policy.enter_pay, on=BonusEntry)
def enter_pay(bonus_entry: BonusEntry) -> ResponseReturnValue:
    """Enter the yearly pay of one person, or leave them out."""
    names = ("version", "pay", "left_out", "reason")
    form = PayForm(data={name: getattr(bonus_entry, name) for name in names})
    form.pay.currency = bonus_entry.run.terms.currency
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, bonus_entry)
            operations.enter_pay(
                bonus_entry, pay=minor(form.pay), left_out=form.left_out.data,
                reason=form.reason.data or "", by=viewer(),
            )  # fmt: skip
            flash(_("Saved."), "ok")
            return to(bonus_entry.run)
    return form_page("bonuses/pay_form.html", form, entry=bonus_entry, run=bonus_entry.run)


@bp.route("/bonuses/runs/<int:bonus_run_id>/pay", methods=["GET", "POST"])
@allowed(policy.prepare_run, on=BonusRun)
def enter_pays(bonus_run: BonusRun) -> ResponseReturnValue:
    """Enter the yearly pay of many, pasted from a table."""
    form = PaysForm()
    if form.validate_on_submit():
        with refusals_to(form):
            count = operations.enter_pays(bonus_run, form.lines.data, by=viewer())
            flash(ngettext("The pay of one person is entered.",
                           "The pay of %(num)s people is entered.", count), "ok")  # fmt: skip
            return to(bonus_run)
    return form_page("bonuses/pays_form.html", form, run=bonus_run)


@bp.post("/bonuses/runs/<int:bonus_run_id>/people")
@allowed(policy.prepare_run, on=BonusRun)
def update_people(bonus_run: BonusRun) -> ResponseReturnValue:
    """Bring the people up to date with who works where."""
    came, went = operations.update_people(bonus_run, by=viewer())
    flash(_("%(came)s came, %(went)s went.", came=came, went=went), "ok")
    return to(bonus_run)
