"""Cycles: prepared, looked at before the launch, begun, closed, called off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.viewer import viewer
from portal.core import clock, search, tables
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import check_version, form_page, refusals_to
from portal.core.i18n import words
from portal.people.models import Person, Role, Site, Team, full_name
from portal.people.operations import SEARCH_KIND
from portal.reviews import operations, policy, queries
from portal.reviews.forms.cycle import CancelForm, CycleForm, NoteForm, data_of, new_cycle
from portal.reviews.models import Review, ReviewCycle, ReviewTemplate
from portal.reviews.routes import bp
from portal.reviews.states import CycleState, PartKind, ReviewState

SHOWN = 50
"""People of a preview that are listed by name."""


@bp.get("/reviews/cycles")
@allowed(policy.see_team_reviews)
def cycles() -> str:
    """Every cycle the viewer may know of."""
    order = ((ReviewCycle.starts_on, True), (ReviewCycle.id, True))
    page = tables.page(queries.cycles(viewer()), order=order, cursor=request.args.get("cursor"))
    return render_template(
        "reviews/cycles.html",
        page=page,
        standing=_standing([cycle.id for cycle in page.rows]),
        states=ReviewState,
    )


def _standing(cycle_ids: Sequence[int]) -> dict[int, dict[ReviewState, int]]:
    found: dict[int, dict[ReviewState, int]] = {key: {} for key in cycle_ids}
    for cycle_id, state, number in db.session.execute(queries.standing_of_cycles(cycle_ids)):
        found[cycle_id][state] = number
    return found


@bp.route("/reviews/cycles/new", methods=["GET", "POST"])
@allowed(policy.keep_reviews)
def add_cycle() -> ResponseReturnValue:
    """Prepare a cycle."""
    templates = db.session.scalars(queries.published_templates()).all()
    # The longest is the yearly one as a rule.
    likely = max(templates, key=lambda one: len(one.sections), default=None)
    form = CycleForm(data=new_cycle(clock.today(viewer().time_zone), likely))
    if form.validate_on_submit():
        with refusals_to(form):
            chosen = db.session.get_one(ReviewTemplate, form.template.data)
            cycle = operations.add_cycle(chosen, form.terms(), by=viewer())
            flash(_("Prepared. Look at whom it is about, then begin it."), "ok")
            return redirect(url_for(".cycle", cycle_id=cycle.id), 303)
    return form_page("reviews/cycle_form.html", form, cycle=None, kinds=PartKind)


@bp.get("/reviews/cycles/<int:cycle_id>")
@allowed(policy.see_cycle, on=ReviewCycle)
def cycle(cycle: ReviewCycle) -> str:
    """How a cycle comes along; while it is prepared, whom it would be about."""
    keeps = policy.keep_cycle(viewer(), cycle)
    waits = cycle.state is CycleState.DRAFT
    return render_template(
        "reviews/cycle.html",
        cycle=cycle,
        preview=operations.preview(cycle) if waits else None,
        standing=_standing([cycle.id])[cycle.id] if keeps else {},
        population=_population(cycle),
        employed_by=data_of(cycle)["employed_by"],
        states=ReviewState,
        cycle_states=CycleState,
        kinds=PartKind,
        calendar=_calendar(cycle),
        full_name=full_name,
        shown=SHOWN,
        today=clock.today(viewer().time_zone),
    )


def _population(cycle: ReviewCycle) -> list[tuple[str, list[Any]]]:
    """Whom a cycle is about: what narrows it, each with names in the languages."""
    wanted = (("team_ids", Team), ("role_ids", Role), ("site_ids", Site))
    labels = {"team_ids": _("Teams"), "role_ids": _("Roles"), "site_ids": _("Sites")}
    found: list[tuple[str, list[Any]]] = []
    for name, model in wanted:
        if keys := cycle.population.get(name):
            rows: Sequence[Any] = db.session.query(model).filter(model.id.in_(keys)).all()
            found.append((labels[name], [getattr(row, "name", None) or row.title for row in rows]))
    return found


def _calendar(cycle: ReviewCycle) -> list[tuple[str, Any]]:
    form = CycleForm
    labels = {name: getattr(form, name).args[0] for name in operations.CALENDAR}
    return [(str(labels[name]), getattr(cycle, name)) for name in operations.CALENDAR]


@bp.route("/reviews/cycles/<int:cycle_id>/edit", methods=["GET", "POST"])
@allowed(policy.keep_cycle, on=ReviewCycle)
def change_cycle(cycle: ReviewCycle) -> ResponseReturnValue:
    """Change a cycle; what is fixed after the launch is not taken."""
    form = CycleForm(data=data_of(cycle))
    if cycle.state is CycleState.RUNNING:
        # The version a cycle began with may be out of use by now.
        form.template.offer = [(cycle.template_id, words(cycle.template.name))]
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, cycle)
            chosen = db.session.get_one(ReviewTemplate, form.template.data)
            operations.change_cycle(cycle, chosen, form.terms(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for(".cycle", cycle_id=cycle.id), 303)
    return form_page("reviews/cycle_form.html", form, cycle=cycle, kinds=PartKind)


@bp.post("/reviews/cycles/<int:cycle_id>/launch")
@allowed(policy.keep_cycle, on=ReviewCycle)
def launch_cycle(cycle: ReviewCycle) -> ResponseReturnValue:
    """Begin a cycle."""
    made = operations.launch_cycle(cycle, by=viewer())
    flash(
        ngettext(
            "The cycle has begun for one person, who is told now.",
            "The cycle has begun for %(num)s people, who are told now.",
            made,
        ),
        "ok",
    )
    return redirect(url_for(".cycle", cycle_id=cycle.id), 303)


@bp.route("/reviews/cycles/<int:cycle_id>/people/add", methods=["GET", "POST"])
@allowed(policy.keep_cycle, on=ReviewCycle)
def add_person(cycle: ReviewCycle) -> ResponseReturnValue:
    """Add somebody who is not in a running cycle."""
    problem = ""
    if request.method == "POST":
        try:
            return _add(cycle)
        except Refused as refused:
            db.session.rollback()
            problem = refused.message
    wanted = request.values.get("q", "").strip()[:100]
    matches = Person.id.in_(search.matches(SEARCH_KIND, wanted))
    found = db.session.execute(queries.people_to_name(matches)).all() if wanted else []
    body = render_template(
        "reviews/add_person.html", cycle=cycle, found=found, wanted=wanted, problem=problem
    )
    return body, 422 if problem else 200


def _add(cycle: ReviewCycle) -> ResponseReturnValue:
    sent = request.form.get("person", "")
    key = int(sent) if sent.isdecimal() and len(sent) < 10 else 0
    person = db.session.get(Person, key)
    if person is None:
        raise Refused(_("Choose somebody from the list."))
    review = operations.add_person(cycle, person, by=viewer())
    flash(_("%(who)s is in the cycle now.", who=person.display_name), "ok")
    return redirect(url_for(".team", cycle=review.cycle_id), 303)


@bp.route("/reviews/cycles/<int:cycle_id>/close", methods=["GET", "POST"])
@allowed(policy.keep_cycle, on=ReviewCycle)
def close_cycle(cycle: ReviewCycle) -> ResponseReturnValue:
    """End a cycle after a look at what is unfinished."""
    if cycle.state is not CycleState.RUNNING:
        raise Refused(_("Only a running cycle can be closed."))
    form = CancelForm(data={"version": cycle.version})
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, cycle)
            operations.close_cycle(cycle, by=viewer())
            flash(_("The cycle is closed."), "ok")
            return redirect(url_for(".cycle", cycle_id=cycle.id), 303)
    page = tables.page(
        queries.unfinished_reviews(cycle.id).order_by(None),
        order=((Review.state, False), (Review.id, False)),
        cursor=request.args.get("cursor"),
    )
    return form_page(
        "reviews/close_cycle.html",
        form,
        cycle=cycle,
        page=page,
        count=tables.count(queries.unfinished_reviews(cycle.id)),
        states=ReviewState,
    )


@bp.route("/reviews/cycles/<int:cycle_id>/cancel", methods=["GET", "POST"])
@allowed(policy.keep_cycle, on=ReviewCycle)
def cancel_cycle(cycle: ReviewCycle) -> ResponseReturnValue:
    """Call a cycle off."""
    if cycle.state not in {CycleState.DRAFT, CycleState.RUNNING}:
        raise Refused(_("This cycle is over and stays as it is."))
    form = CancelForm(data={"version": cycle.version})
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, cycle)
            operations.cancel_cycle(cycle, reason=form.reason.data or "", by=viewer())
            flash(_("The cycle is called off."), "ok")
            return redirect(url_for(".cycles"), 303)
    return form_page("reviews/cancel_cycle.html", form, cycle=cycle)


@bp.route("/reviews/<int:review_id>/cancel", methods=["GET", "POST"])
@allowed(policy.call_off, on=Review)
def cancel_review(review: Review) -> ResponseReturnValue:
    """Take one person out of a running cycle."""
    form = NoteForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.cancel_review(review, note=form.note.data, by=viewer())
            flash(_("The review is called off."), "ok")
            return redirect(url_for(".team", cycle=review.cycle_id), 303)
    return form_page("reviews/cancel_review.html", form, review=review)
