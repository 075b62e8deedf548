"""What is on in mentoring for the reader, and what they offer as a mentor."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import signed_in
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.forms import check_version, form_page, refusals_to
from portal.mentoring import operations, queries
from portal.mentoring.forms import ProfileForm, profile_data
from portal.mentoring.routes import bp
from portal.mentoring.states import KNOWN, PairState, Side
from portal.people.models import Person

AHEAD = timedelta(days=60)


@bp.get("/mentoring")
@signed_in
def mentoring() -> str:
    """One's pairs and requests, what comes next, and what one can take part in."""
    me = viewer()
    today = clock.today(me.time_zone)
    pairs = db.session.scalars(queries.pairs_of(me.person_id, PairState.REQUESTED, *KNOWN)).all()
    soon = queries.sessions_soon(me.person_id, clock.now(), clock.now() + AHEAD)
    entries = db.session.scalars(queries.entries_of(me.person_id)).all()
    return render_template(
        "mentoring/mentoring.html",
        me=me.person_id,
        today=today,
        requests=[one for one in pairs
                  if one.state is PairState.REQUESTED and one.mentor_id == me.person_id],
        asked=[one for one in pairs
               if one.state is PairState.REQUESTED and one.mentee_id == me.person_id],
        live=[one for one in pairs if one.is_live],
        matched={one.programme_id for one in pairs
                 if one.is_live and one.mentee_id == me.person_id},
        ended=[one for one in pairs if one.state is PairState.ENDED],
        sessions=db.session.scalars(soon.limit(5)).all(),
        programmes=db.session.scalars(queries.programmes_on()).all(),
        joined={(one.programme_id, one.side) for one in entries},
        profile=db.session.scalar(queries.profile_of(me.person_id)),
        Side=Side,
    )  # fmt: skip


@bp.route("/mentoring/profile", methods=["GET", "POST"])
@signed_in
def save_profile() -> ResponseReturnValue:
    """Say what one offers as a mentor."""
    me = viewer()
    profile = db.session.scalar(queries.profile_of(me.person_id))
    form = ProfileForm(data=profile_data(profile, me.language))
    if form.validate_on_submit():
        with refusals_to(form):
            if profile is not None:
                check_version(form, profile)
            person = db.session.get_one(Person, me.person_id)
            operations.save_profile(person, form.terms(), by=me)
            flash(_("Saved. Colleagues find you among the mentors."), "ok")
            return redirect(url_for("mentoring.mentoring"), 303)
    return form_page("mentoring/profile_form.html", form, profile=profile)


@bp.post("/mentoring/profile/pause")
@signed_in
def pause_profile() -> ResponseReturnValue:
    """Take no new mentees for now, or take some again."""
    me = viewer()
    profile = db.session.scalar(queries.profile_of(me.person_id))
    if profile is None:
        raise NotFound
    operations.pause_profile(profile, paused=not profile.paused, by=me)
    flash(
        _("You take no new mentees for now. Your pairs go on.") if profile.paused
        else _("Colleagues find you among the mentors again."), "ok",
    )  # fmt: skip
    return redirect(url_for("mentoring.mentoring"), 303)
