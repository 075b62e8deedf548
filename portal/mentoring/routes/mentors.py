"""Mentors to be found, what one offers, and asking them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import clock, search, tables
from portal.core.access import allowed, row_or_404, signed_in
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.core.i18n import words
from portal.mentoring import operations, policy, queries
from portal.mentoring.forms import competency_offer, goals_of
from portal.mentoring.forms.choices import Goals
from portal.mentoring.forms.joining import AskForForm, AskForm
from portal.mentoring.models import MentoringProgramme, MentorProfile
from portal.mentoring.routes import bp
from portal.mentoring.states import Shift
from portal.people.forms import choices
from portal.people.models import Employment, Person
from portal.people.operations import SEARCH_KIND


def _filters() -> tuple[tables.Filter, ...]:
    return (
        tables.Filter(
            "q", _l("Name"), lambda texts: Person.id.in_(search.matches(SEARCH_KIND, texts[0]))
        ),
        tables.Filter(
            "competency", _l("Can help with"), lambda keys: queries.offering(keys[0]),
            competency_offer(),
        ),
        tables.Filter("site", _l("Site"), lambda keys: Employment.site_id == keys[0],
                      choices.sites()),
        tables.Filter(
            "language", _l("Language"),
            lambda keys: sa.cast(MentorProfile.languages, sa.Text).contains(f'"{keys[0]}"'),
            choices.languages(),
        ),
        tables.Filter(
            "free", _l("Places"), lambda _chosen: queries.taken() < MentorProfile.seats,
            [("yes", _l("With a place left"))],
        ),
    )  # fmt: skip


@bp.get("/mentoring/mentors")
@signed_in
def mentors() -> str:
    """Who can be asked, by what they help with."""
    return _listed(url_for("mentoring.mentors"))


@bp.get("/people/<int:person_id>/mentors")
@allowed(policy.ask_for, on=Person)
def mentors_for(person: Person) -> str:
    """Who can be asked for somebody one answers for."""
    return _listed(url_for("mentoring.mentors_for", person_id=person.id), person)


def _listed(base: str, mentee: Person | None = None) -> str:
    bar = tables.FilterBar(_filters(), request.args)
    page = tables.page(
        bar.narrow(queries.mentors(clock.today())),
        order=((Person.by_name(), False), (Person.id, False)),
        cursor=request.args.get("cursor"),
    )
    return render_template(
        "mentoring/mentors.html",
        bar=bar,
        page=page,
        mentee=mentee,
        names=dict(competency_offer()),
        languages=dict(choices.languages()),
        base=base,
    )


@bp.get("/mentoring/mentors/<int:mentor_id>")
@allowed(policy.see_mentor, on=MentorProfile)
def mentor(mentor: MentorProfile) -> str:
    """What a mentor offers."""
    return render_template("mentoring/mentor.html", **_shown(mentor))


def _shown(profile: MentorProfile) -> dict[str, Any]:
    today = clock.today()
    taken = db.session.scalar(
        sa.select(queries.taken()).select_from(MentorProfile).where(MentorProfile.id == profile.id)
    )
    spoken = dict(choices.languages())
    return {
        "mentor": profile,
        "job": profile.person.employment_on(today),
        "free": max(profile.seats - (taken or 0), 0),
        "names": dict(competency_offer()),
        "spoken": [spoken.get(one, one) for one in profile.languages],
        "works": [Shift(one).label for one in profile.shifts],
        "programmes": db.session.scalars(queries.programmes_to_ask_in(today)).all(),
        "rounds": [one for one in db.session.scalars(queries.programmes_on())
                   if one.open_on(today)],
    }  # fmt: skip


@bp.route("/mentoring/mentors/<int:mentor_id>/ask", methods=["GET", "POST"])
@allowed(policy.ask_mentor, on=MentorProfile)
def ask_mentor(mentor: MentorProfile) -> ResponseReturnValue:
    """Ask them, with goals from one's path."""
    person = db.session.get_one(Person, viewer().person_id)
    sent = _("Asked. You will be told what %(who)s says.", who=mentor.person.display_name)
    return _ask(mentor, person, AskForm(data={}), sent)


@bp.route("/mentoring/mentors/<int:mentor_id>/ask/<int:person_id>", methods=["GET", "POST"])
@allowed(policy.ask_mentor, on=MentorProfile)
def ask_mentor_for(mentor: MentorProfile, person_id: int) -> ResponseReturnValue:
    """Ask them for somebody one answers for, with goals from that person's path."""
    person: Person = row_or_404(Person, person_id)
    if not policy.ask_for(viewer(), person):
        abort(403)
    sent = _("Asked. %(who)s has been told and can take it back.", who=person.display_name)
    return _ask(mentor, person, AskForForm(data={}), sent, mentee=person)


def _ask(
    mentor: MentorProfile, person: Person, form: AskForm, sent: str, mentee: Person | None = None
) -> ResponseReturnValue:
    me, shown = viewer(), _shown(mentor)
    found = goals_of(person, clock.today(me.time_zone))
    _offer(form, found, {one.competency_id for one in mentor.offers}, shown["programmes"])
    if form.validate_on_submit():
        with refusals_to(form):
            programme = db.session.get_one(MentoringProgramme, form.programme.data)
            pair = operations.ask_mentor(
                mentor, programme, person, form.chosen(), form.message.data, by=me
            )
            flash(sent, "ok")
            return redirect(url_for("mentoring.pair", pair_id=pair.id), 303)
    return form_page("mentoring/ask_mentor.html", form, role=found.role, mentee=mentee, **shown)


def _offer(
    form: AskForm, found: Goals, offered: set[int], programmes: Sequence[MentoringProgramme]
) -> None:
    """Goals of the path the mentor helps with are ticked, and the only programme is chosen."""
    form.offer(found)
    form.programme.offer = [(one.id, words(one.title)) for one in programmes]
    if not form.is_submitted():
        form.goals.process_data([key for key, _label in found.gaps if key in offered])
        form.others.process_data([])
        if len(programmes) == 1:
            form.programme.data = programmes[0].id
