"""One thanks: writing it, reading it, correcting, withdrawing, hiding, clapping."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.core.forms import check_version, form_page, refusals_to
from portal.core.i18n import words
from portal.core.returning import came_from
from portal.people.models import Person
from portal.recognition import operations, policy, queries
from portal.recognition.forms import ChangeForm, HideForm, ThanksForm
from portal.recognition.models import OrganisationValue, Thanks
from portal.recognition.operations.thanks import check_fresh
from portal.recognition.routes import bp
from portal.recognition.routes.wall import applause
from portal.recognition.states import ThanksVisibility

MOST_OFFERED = 20


@bp.route("/recognition/give", methods=["GET", "POST"])
@signed_in
def give_thanks() -> ResponseReturnValue:
    """Thank colleagues. Finding one more keeps what is written."""
    form = ThanksForm(data={"visibility": ThanksVisibility.PUBLIC})
    chosen = _numbers(request.values.getlist("receivers") or request.args.getlist("to"))
    people = _offered(form, chosen)
    values = _offer_values(form)
    if "look" not in request.form and form.validate_on_submit():
        with refusals_to(form):
            thanks = operations.give_thanks(
                [people[key] for key in form.receivers.data],
                form.message.data,
                values=[values[key] for key in form.values.data],
                visibility=form.visibility.data,
                by=viewer(),
            )
            flash(_("Thank you for saying thanks."), "ok")
            return redirect(url_for("recognition.thanks", thanks_id=thanks.id), 303)
    return form_page("recognition/give.html", form)


def _numbers(sent: list[str]) -> list[int]:
    return [int(one) for one in sent[:MOST_OFFERED] if one.isdecimal() and len(one) < 10]


def _offered(form: ThanksForm, chosen: list[int]) -> dict[int, Person]:
    """Those chosen, and those found by name; before anything is looked for, one's team."""
    colleagues, looked_for = queries.colleagues(viewer()), (form.find.data or "").strip()
    some = Person.id.in_(queries.named(looked_for))
    rows = colleagues.where(some) if looked_for else queries.team_mates(viewer())
    picked = db.session.scalars(colleagues.where(Person.id.in_(chosen))) if chosen else ()
    found = {one.id: one for one in picked}
    found |= {one.id: one for one in db.session.scalars(rows.limit(MOST_OFFERED))}
    form.receivers.offer = [(key, one.display_name) for key, one in found.items()]
    form.receivers.data = [key for key in found if key in chosen]
    return found


def _offer_values(
    form: ThanksForm | ChangeForm, kept: list[OrganisationValue] | None = None
) -> dict[int, OrganisationValue]:
    found = {one.id: one for one in [*db.session.scalars(queries.values_in_use()), *(kept or ())]}
    form.values.offer = [(key, words(one.name)) for key, one in found.items()]
    if not form.is_submitted():
        form.values.data = [one.id for one in kept or ()]
    return found


@bp.get("/recognition/<int:thanks_id>")
@allowed(policy.see_thanks, on=Thanks)
def thanks(thanks: Thanks) -> str:
    """One thanks, and what can be done with it."""
    return render_template("recognition/thanks.html", thanks=thanks, applause=applause([thanks]))


@bp.route("/recognition/<int:thanks_id>/edit", methods=["GET", "POST"])
@allowed(policy.change_thanks, on=Thanks)
def change_thanks(thanks: Thanks) -> ResponseReturnValue:
    """Correct it within half an hour."""
    form = ChangeForm(data=_shown(thanks))
    values = _offer_values(form, list(thanks.values))
    if not form.is_submitted():
        check_fresh(thanks)
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, thanks)
            operations.change_thanks(
                thanks,
                message=form.message.data,
                values=[values[key] for key in form.values.data],
                visibility=form.visibility.data,
                by=viewer(),
            )
            flash(_("Saved."), "ok")
            return _to(thanks)
    return form_page("recognition/change_thanks.html", form, thanks=thanks)


def _shown(thanks: Thanks) -> dict[str, Any]:
    return {
        "version": thanks.version,
        "message": thanks.message,
        "visibility": thanks.visibility,
    }


@bp.post("/recognition/<int:thanks_id>/withdraw")
@allowed(policy.withdraw_thanks, on=Thanks)
def withdraw_thanks(thanks: Thanks) -> ResponseReturnValue:
    """Take it back."""
    operations.withdraw_thanks(thanks, by=viewer())
    flash(_("Withdrawn. Nobody reads it any more."), "ok")
    return redirect(url_for("recognition.mine", side="given"), 303)


@bp.route("/recognition/<int:thanks_id>/hide", methods=["GET", "POST"])
@allowed(policy.hide_thanks, on=Thanks)
def hide_thanks(thanks: Thanks) -> ResponseReturnValue:
    """Take it off the wall."""
    form = HideForm(data={"version": thanks.version})
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, thanks)
            operations.hide_thanks(thanks, form.reason.data, by=viewer())
            flash(_("Hidden. The writer is told why."), "ok")
            return _to(thanks)
    card = applause([thanks])
    return form_page("recognition/hide_thanks.html", form, thanks=thanks, applause=card)


@bp.post("/recognition/<int:thanks_id>/clap")
@allowed(policy.clap_thanks, on=Thanks)
def clap_thanks(thanks: Thanks) -> ResponseReturnValue:
    """Clap, or stop clapping, and go back to where one was."""
    operations.clap_thanks(thanks, by=viewer())
    back = came_from() or url_for("recognition.wall")
    return redirect(back, 303)


def _to(thanks: Thanks) -> ResponseReturnValue:
    return redirect(url_for("recognition.thanks", thanks_id=thanks.id), 303)
