"""One run: what it would pay, approval, issuing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import aliased, joinedload

from portal.accounts.viewer import viewer
from portal.bonuses import operations, periods, policy, queries, wording
from portal.bonuses.forms import NoteForm
from portal.bonuses.models import BonusEntry, BonusRun, BonusStatement
from portal.bonuses.preview import Preview, previews
from portal.bonuses.routes import bp
from portal.bonuses.states import RunState
from portal.core import i18n, search, tables
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import Form, form_page, refusals_to
from portal.people.discretion import smallest_group
from portal.people.models import Employment, Person, full_name
from portal.people.operations import SEARCH_KIND

LOADED = [joinedload(BonusRun.terms, innerjoin=True).options(*queries.in_full())]


def _asked(run: BonusRun) -> tuple[tables.FilterBar, sa.Select[Any]]:
    shows: dict[str, sa.ColumnElement[bool]] = {
        "no_pay": sa.and_(BonusEntry.pay.is_(None), BonusEntry.left_out.is_(False)),
        "left_out": BonusEntry.left_out.is_(True),
        "moved": _moved(run),
    }
    bar = tables.FilterBar(
        (
            tables.Filter(
                "q",
                _l("Name"),
                lambda texts: Person.id.in_(search.matches(SEARCH_KIND, texts[0])),
            ),
            tables.Filter(
                "show",
                _l("What to look at"),
                lambda found: shows[found[0]],
                [
                    ("no_pay", _l("No yearly pay")),
                    ("moved", _l("Came, left or moved in the period")),
                    ("left_out", _l("Left out")),
                ],
            ),
        ),
        request.args,
    )
    return bar, bar.narrow(queries.people_listed(run.id, run.ends_on))


def _moved(run: BonusRun) -> sa.ColumnElement[bool]:
    """People with a first or a last day of work inside the period."""
    first, last, job = run.starts_on, run.ends_on, aliased(Employment)
    return sa.exists().where(
        job.person_id == BonusEntry.person_id,
        sa.or_(
            sa.and_(job.starts_on > first, job.starts_on <= last),
            sa.and_(job.ends_on >= first, job.ends_on < last),
        ),
    )


@bp.get("/bonuses/runs/<int:bonus_run_id>", endpoint="bonus_run")
@allowed(policy.see_run, on=BonusRun, options=LOADED)
def read_run(bonus_run: BonusRun) -> ResponseReturnValue:
    """The run: every person for HR, sums for executives."""
    return _page(bonus_run, NoteForm(formdata=None))


def _page(run: BonusRun, form: Form) -> ResponseReturnValue:
    shown: dict[str, Any] = {"bar": None, "page": None, "lines": [], "statements": {}}
    if policy.see_pay(viewer(), run):
        bar, select = _asked(run)
        order = ((Person.by_name(), False), (BonusEntry.id, False))
        page = tables.page(select, order=order, cursor=request.args.get("cursor"))
        shown = {"bar": bar, "page": page, "count": tables.count(select)}
        shown |= _rows(run, page.rows)
    return form_page(
        "bonuses/run.html",
        form,
        run=run,
        version=run.terms,
        sums=(sums := db.session.execute(queries.sums(run.id)).one()),
        few=sums.people < smallest_group() and not policy.see_pay(viewer(), run),
        full_name=full_name,
        language=i18n.current_locale(),
        money=wording.money,
        period_name=periods.name,
        base=url_for("bonuses.bonus_run", bonus_run_id=run.id),
        **shown,
    )


def _rows(run: BonusRun, rows: Any) -> dict[str, Any]:  # noqa: ANN401 - rows of a page
    """A preview until it is sent, afterwards what was kept."""
    if run.state in {RunState.DRAFT, RunState.CANCELLED}:
        return {"lines": previews(run, rows), "statements": {}}
    people = [row.person_id for row in rows]
    kept = db.session.scalars(queries.newest_statements(run.id, people))
    return {"lines": [], "statements": {row.person_id: row for row in kept}}


@bp.get("/bonuses/runs/<int:bonus_run_id>/export/<any(csv, xlsx):kind>")
@allowed(policy.see_pay, on=BonusRun, options=LOADED)
def export_run(bonus_run: BonusRun, kind: str) -> Response:
    """Download the people of a run with their amounts."""
    _bar, select = _asked(bonus_run)
    rows = db.session.execute(select.order_by(Person.by_name(), BonusEntry.id)).all()
    amounts = _amounts(bonus_run, rows)
    currency = bonus_run.terms.currency
    digits = i18n.currency_digits(currency)

    def major(minor: int | None) -> Any:  # noqa: ANN401 - a cell
        return None if minor is None else Decimal(minor).scaleb(-digits)

    columns = (
        tables.Column(
            _l("Name"), lambda row: full_name(row.given_name, row.family_name, row.language)
        ),
        tables.Column(_l("Role"), "role"),
        tables.Column(_l("Team"), "team"),
        tables.Column(_l("Yearly pay"), lambda row: major(row.pay)),
        tables.Column(_l("Bonus"), lambda row: major(amounts.get(row.person_id))),
        tables.Column(_l("Currency"), lambda _row: currency),
        tables.Column(_l("Left out"), lambda row: row.reason if row.left_out else ""),
    )
    return tables.export(rows, columns, kind, _("Bonuses"))


def _amounts(run: BonusRun, rows: Any) -> dict[int, int | None]:  # noqa: ANN401 - rows
    if run.state in {RunState.DRAFT, RunState.CANCELLED}:
        found: list[Preview] = []
        for start in range(0, len(rows), tables.COUNTED):
            found += previews(run, rows[start : start + tables.COUNTED])
        return {one.row.person_id: one.result.amount for one in found if not one.row.left_out}
    kept = sa.select(BonusStatement).where(
        BonusStatement.run_id == run.id, ~queries.pending_correction()
    )
    ordered = db.session.scalars(kept.order_by(BonusStatement.number))
    return {row.person_id: row.amount for row in ordered}


@bp.post("/bonuses/runs/<int:bonus_run_id>/propose")
@allowed(policy.prepare_run, on=BonusRun, options=LOADED)
def propose_run(bonus_run: BonusRun) -> ResponseReturnValue:
    """Keep every statement and send the run for approval."""
    form = NoteForm(formdata=None)
    with refusals_to(form):
        operations.propose_run(bonus_run, by=viewer())
        flash(_("Sent. The executives have been told."), "ok")
        return to(bonus_run)
    return _page(bonus_run, form)


@bp.post("/bonuses/runs/<int:bonus_run_id>/approve")
@allowed(policy.approve_run, on=BonusRun)
def approve_run(bonus_run: BonusRun) -> ResponseReturnValue:
    """Agree as the second person."""
    operations.approve_run(bonus_run, by=viewer())
    flash(_("Approved. HR issues the statements."), "ok")
    return to(bonus_run)


@bp.post("/bonuses/runs/<int:bonus_run_id>/return")
@allowed(policy.return_run, on=BonusRun, options=LOADED)
def return_run(bonus_run: BonusRun) -> ResponseReturnValue:
    """Send it back to HR."""
    form = NoteForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.return_run(bonus_run, note=form.note.data, by=viewer())
            flash(_("Sent back. HR has been told."), "ok")
            return redirect(url_for("bonuses.bonuses"), 303)
    return _page(bonus_run, form)


@bp.post("/bonuses/runs/<int:bonus_run_id>/issue")
@allowed(policy.issue_run, on=BonusRun)
def issue_run(bonus_run: BonusRun) -> ResponseReturnValue:
    """Let people read their statements."""
    operations.issue_run(bonus_run, by=viewer())
    flash(_("Issued. Papers and mails follow in the background."), "ok")
    return to(bonus_run)


@bp.post("/bonuses/runs/<int:bonus_run_id>/cancel")
@allowed(policy.cancel_run, on=BonusRun)
def cancel_run(bonus_run: BonusRun) -> ResponseReturnValue:
    """Give it up."""
    operations.cancel_run(bonus_run, by=viewer())
    flash(_("Cancelled. The period can be run again."), "ok")
    return redirect(url_for("bonuses.bonuses"), 303)


def to(run: BonusRun) -> ResponseReturnValue:
    """Back to its page."""
    return redirect(url_for("bonuses.bonus_run", bonus_run_id=run.id), 303)
