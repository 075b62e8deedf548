"""Programmes and rules that enrol people, as HR keeps them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import check_version
from portal.core.returning import flash_with_undo
from portal.people.models import Person
from portal.training import operations, policy, queries
from portal.training.forms.programme import EnrolmentRuleForm, programme_form
from portal.training.models import EnrolmentRule, Programme
from portal.training.operations.rule import reason_of
from portal.training.routes import bp
from portal.training.routes.forms import done, form_page

NAMED = 10
"""People a preview names."""


@bp.get("/settings/programmes")
@allowed(policy.keep_catalogue)
def programme_settings() -> ResponseReturnValue:
    """Every programme, retired ones too."""
    rows = db.session.scalars(
        queries.programmes(None).options(*queries.programme_with_courses())
    ).all()
    return render_template("training/programme_settings.html", rows=rows)


@bp.route("/settings/programmes/add", methods=["GET", "POST"])
@allowed(policy.keep_catalogue)
def add_programme() -> ResponseReturnValue:
    """Put a programme on offer."""
    return _programme_page(None)


@bp.route("/settings/programmes/<int:programme_id>", methods=["GET", "POST"])
@allowed(policy.keep_programme, on=Programme, options=queries.programme_with_courses())
def change_programme(programme: Programme) -> ResponseReturnValue:
    """Change a programme; who is in it goes on with the courses it has now."""
    return _programme_page(programme)


def _programme_page(programme: Programme | None) -> ResponseReturnValue:
    courses = db.session.scalars(queries.other_courses(None)).all()
    if programme is not None:
        # One that was retired since stays in its place until somebody takes it out.
        courses = list(dict.fromkeys([*courses, *(row.course for row in programme.courses)]))
    form = programme_form(programme, courses)
    made: list[Programme] = []

    def save() -> None:
        terms = form.terms(courses)
        if programme is None:
            made.append(operations.add_programme(form.key.data, terms, by=viewer()))
        else:
            check_version(form, programme)
            operations.change_programme(programme, terms, by=viewer())

    if done(form, save):
        flash(_("Saved."), "ok")
        saved = programme or made[0]
        return redirect(url_for("training.programme", programme_id=saved.id), 303)
    return form_page("training/programme_form.html", form, programme=programme)


@bp.post("/settings/programmes/<int:programme_id>/retire")
@allowed(policy.keep_programme, on=Programme)
def retire_programme(programme: Programme) -> ResponseReturnValue:
    """Take no more people."""
    operations.retire_programme(programme, by=viewer())
    undo = url_for("training.offer_programme", programme_id=programme.id)
    flash_with_undo(_("The programme is retired. Who is in it goes on."), undo)
    return redirect(url_for("training.programme", programme_id=programme.id), 303)


@bp.post("/settings/programmes/<int:programme_id>/offer")
@allowed(policy.keep_programme, on=Programme)
def offer_programme(programme: Programme) -> ResponseReturnValue:
    """Open a retired programme to people again."""
    operations.offer_programme(programme, by=viewer())
    flash(_("The programme is on offer."), "ok")
    return redirect(url_for("training.programme", programme_id=programme.id), 303)


@bp.get("/settings/training-rules")
@allowed(policy.keep_catalogue)
def training_rules() -> ResponseReturnValue:
    """The rules that enrol people, and those that did."""
    return render_template(
        "training/training_rules.html",
        live=db.session.scalars(queries.rules(live=True)).all(),
        ended=db.session.scalars(queries.rules(live=False)).all(),
        reason_of=reason_of,
    )


@bp.route("/settings/training-rules/add", methods=["GET", "POST"])
@allowed(policy.keep_catalogue)
def set_rule() -> ResponseReturnValue:
    """Say whom to enrol in what; the button "count" only says how many people that is."""
    form = EnrolmentRuleForm()
    if request.form.get("step") == "count":
        return _counted(form)
    if done(form, lambda: operations.set_rule(form.rule(), by=viewer())):
        flash(_("The rule is in force. People are enrolled and told within minutes."), "ok")
        return redirect(url_for("training.training_rules"), 303)
    return form_page("training/rule_form.html", form, counted=None, named=())


def _counted(form: EnrolmentRuleForm) -> ResponseReturnValue:
    if not form.validate():
        return form_page("training/rule_form.html", form, counted=None, named=())
    rule, today = form.rule(), clock.today()
    ids = [key for key, _day in db.session.execute(queries.to_enrol(rule, today).limit(NAMED))]
    return render_template(
        "training/rule_form.html",
        form=form,
        counted=operations.number_to_enrol(rule, today),
        named=[db.session.get_one(Person, key).display_name for key in ids],
    )


@bp.post("/settings/training-rules/<int:rule_id>/end")
@allowed(policy.end_rule, on=EnrolmentRule)
def end_rule(rule: EnrolmentRule) -> ResponseReturnValue:
    """Enrol nobody any more by this rule."""
    operations.end_rule(rule, by=viewer())
    flash(_("The rule has ended. Who is enrolled stays enrolled."), "ok")
    return redirect(url_for("training.training_rules"), 303)
