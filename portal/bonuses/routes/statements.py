"""One statement: read it, and correct it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.bonuses import documents, operations, periods, policy, queries, wording
from portal.bonuses.forms import CorrectionForm, minor
from portal.bonuses.models import BonusStatement
from portal.bonuses.operations.statement import again
from portal.bonuses.routes import bp
from portal.bonuses.states import BonusFact
from portal.core import audit
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to


@bp.get("/bonuses/statements/<int:bonus_statement_id>", endpoint="bonus_statement")
@allowed(policy.see_statement, on=BonusStatement)
def read_statement(bonus_statement: BonusStatement) -> str:
    """A statement step by step; others than the person leave a trace."""
    me = viewer()
    own = me.person_id == bonus_statement.person_id
    if not own:
        about = bonus_statement.person_id
        audit.record_reading(BonusFact.READ, bonus_statement, by=me, about=about)
    chain = [
        row
        for row in db.session.scalars(queries.chain_of(bonus_statement))
        if policy.see_statement(me, row)
    ]
    return render_template(
        "bonuses/statement.html",
        statement=bonus_statement,
        run=bonus_statement.run,
        text=documents.shown(bonus_statement),
        chain=chain,
        newest=chain[0].id == bonus_statement.id,
        replaced=any(
            row.number > bonus_statement.number and row.issued_at is not None for row in chain
        ),
        own=own,
        period_name=periods.name,
        money=wording.money,
    )


@bp.route("/bonuses/statements/<int:bonus_statement_id>/correct", methods=["GET", "POST"])
@allowed(policy.correct_statement, on=BonusStatement)
def correct_statement(bonus_statement: BonusStatement) -> ResponseReturnValue:
    """Work it out again from what is known now, for a second person to agree to."""
    form = CorrectionForm()
    form.pay.currency = bonus_statement.currency
    if form.validate_on_submit():
        with refusals_to(form):
            row = operations.correct_statement(
                bonus_statement, reason=form.reason.data, pay=minor(form.pay), by=viewer()
            )
            flash(_("Sent. A second person lets it take effect."), "ok")
            return redirect(url_for("bonuses.bonus_statement", bonus_statement_id=row.id), 303)
    now = again(bonus_statement, minor(form.pay)).result.amount
    return form_page(
        "bonuses/correct_statement.html",
        form,
        statement=bonus_statement,
        now=wording.money(now, bonus_statement.currency),
        before=wording.money(bonus_statement.amount, bonus_statement.currency),
    )


@bp.post("/bonuses/statements/<int:bonus_statement_id>/approve")
@allowed(policy.approve_correction, on=BonusStatement)
def approve_correction(bonus_statement: BonusStatement) -> ResponseReturnValue:
    """Issue a correction as the second person."""
    operations.approve_correction(bonus_statement, by=viewer())
    flash(_("Corrected. The person has been told."), "ok")
    return _back(bonus_statement)


@bp.post("/bonuses/statements/<int:bonus_statement_id>/refuse")
@allowed(policy.refuse_correction, on=BonusStatement)
def refuse_correction(bonus_statement: BonusStatement) -> ResponseReturnValue:
    """Drop a correction."""
    operations.refuse_correction(bonus_statement, by=viewer())
    flash(_("Refused. The statement stays as it is."), "ok")
    return redirect(url_for("bonuses.bonus_run", bonus_run_id=bonus_statement.run_id), 303)


def _back(statement: BonusStatement) -> ResponseReturnValue:
    """The statement, or for who sees sums only the run."""
    if policy.see_statement(viewer(), statement):
        return redirect(url_for("bonuses.bonus_statement", bonus_statement_id=statement.id), 303)
    return redirect(url_for("bonuses.bonus_run", bonus_run_id=statement.run_id), 303)
