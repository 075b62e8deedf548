"""Hours of continuing education: one's own, those claimed from elsewhere, and their check."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import NotFound

from portal.accounts.viewer import viewer
from portal.core import audit, files, i18n, tables
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.people.models import Person
from portal.training import operations, policy, queries
from portal.training.forms.credit import ClaimForm, DecideForm
from portal.training.models import Credit, CreditCategory
from portal.training.routes import bp
from portal.training.routes.forms import done, form_page
from portal.training.routes.mine import hours_of
from portal.training.states import TrainingFact


@bp.get("/my/training/hours")
@signed_in
def my_hours() -> ResponseReturnValue:
    """One's own hours by category and year, and where each comes from."""
    return _page(db.session.get_one(Person, viewer().person_id))


@bp.get("/training/people/<int:person_id>/hours")
@allowed(policy.see_training, on=Person)
def person_hours(person: Person) -> ResponseReturnValue:
    """The hours of somebody one answers for."""
    return _page(person)


def _page(person: Person) -> ResponseReturnValue:
    return render_template(
        "training/hours.html",
        person=person,
        own=person.id == viewer().person_id,
        hours=hours_of(person.id),
        rows=db.session.scalars(queries.credits_of(person.id)).all(),
    )


@bp.get("/training/people/<int:person_id>/hours/export/<any(csv, xlsx):kind>")
@allowed(policy.see_training, on=Person)
def export_hours(person: Person, kind: str) -> Response:
    """Download somebody's hours."""
    columns = (
        tables.Column(_l("Day"), "earned_on"),
        tables.Column(_l("Category"), lambda row: row.category.name),
        tables.Column(_l("Hours"), lambda row: round(row.minutes / 60, 2)),
        tables.Column(_l("What it was"), _source),
        tables.Column(_l("Provider"), "provider"),
        tables.Column(_l("State"), "state"),
    )
    rows = db.session.scalars(queries.credits_of(person.id))
    name = _("Hours of %(who)s", who=person.display_name)
    return tables.export(rows, columns, kind, name)


def _source(row: Credit) -> str:
    return i18n.words(row.completion.course.title) if row.completion else row.title


@bp.route("/my/training/hours/claim", methods=["GET", "POST"])
@signed_in
def claim_hours() -> ResponseReturnValue:
    """Claim hours from elsewhere."""
    me, form = viewer(), ClaimForm()
    if done(form, lambda: _claim(form)):
        flash(_("Thank you. A second person checks it; until then it does not count."), "ok")
        return redirect(url_for("training.my_hours"), 303)
    return form_page("training/claim_hours.html", form, me=me)


def _claim(form: ClaimForm) -> None:
    me = viewer()
    operations.claim_credit(
        db.session.get_one(Person, me.person_id),
        category=db.session.get_one(CreditCategory, form.category.data),
        minutes=form.length,
        earned_on=form["earned_on"].data,
        title=form.title.data,
        provider=form.provider.data,
        file=form.stored_file(),
        by=me,
    )


@bp.get("/training/hours")
@signed_in
def check_hours() -> ResponseReturnValue:
    """Hours that wait for the reader's check, oldest first; or those that were checked."""
    past = request.args.get("show") == "past"
    order = ((Credit.id, past),)
    return render_template(
        "training/check_hours.html",
        page=tables.page(
            queries.claims(viewer(), open_=not past), order=order, cursor=request.args.get("cursor")
        ),
        past=past,
    )


@bp.route("/training/hours/<int:credit_id>", methods=["GET", "POST"])
@allowed(policy.decide_hours, on=Credit)
def decide_hours(credit: Credit) -> ResponseReturnValue:
    """Say whether claimed hours count."""
    form = DecideForm()
    if done(
        form,
        lambda: operations.decide_credit(
            credit, counts=bool(form.counts.data), note=form.note.data or "", by=viewer()
        ),
    ):
        flash(_("Decided. The person is told."), "ok")
        return redirect(url_for("training.check_hours"), 303)
    return form_page("training/decide_hours.html", form, credit=credit)


@bp.get("/training/hours/<int:credit_id>/file")
@allowed(policy.read_credit_file, on=Credit)
def credit_file(credit: Credit) -> Response:
    """The proof of hours; others than the person leave a trace."""
    if credit.file is None:
        raise NotFound
    if viewer().person_id != credit.person_id:
        audit.record_reading(
            TrainingFact.CREDIT_FILE_READ, credit, by=viewer(), about=credit.person_id
        )
    return files.respond(credit.file)
