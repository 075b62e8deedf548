"""Programmes: what everybody reads of them, and what HR keeps."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import clock, search, tables
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import check_version, form_page, refusals_to
from portal.core.i18n import words
from portal.mentoring import operations, policy, queries
from portal.mentoring.forms import programme_form
from portal.mentoring.models import MentoringEntry, MentoringPair, MentoringProgramme
from portal.mentoring.report import report_of
from portal.mentoring.routes import bp
from portal.mentoring.states import KNOWN, PairState, ProgrammeState, Side
from portal.people.forms import choices
from portal.people.models import Person, Site, full_name
from portal.people.operations import SEARCH_KIND


@bp.get("/mentoring/programmes")
@allowed(policy.keep_programmes)
def programmes() -> str:
    """Every programme, the newest first."""
    bar = tables.FilterBar(
        (tables.Filter("state", _l("State"), lambda keys: MentoringProgramme.state == keys[0],
                       ProgrammeState),),
        request.args,
    )  # fmt: skip
    page = tables.page(
        bar.narrow(queries.programmes()),
        order=((MentoringProgramme.starts_on, True), (MentoringProgramme.id, True)),
        cursor=request.args.get("cursor"),
    )
    today = clock.today(viewer().time_zone)
    return render_template("mentoring/programmes.html", bar=bar, page=page, today=today)


@bp.route("/mentoring/programmes/add", methods=["GET", "POST"])
@allowed(policy.keep_programmes)
def add_programme() -> ResponseReturnValue:
    """Add a programme."""
    form = programme_form(None)
    if form.validate_on_submit():
        with refusals_to(form):
            programme = operations.save_programme(None, form.terms(), by=viewer())
            db.session.flush()
            flash(_("Saved. Nobody sees it before you announce it."), "ok")
            return redirect(url_for("mentoring.programme", programme_id=programme.id), 303)
    return form_page("mentoring/programme_form.html", form, programme=None)


@bp.route("/mentoring/programmes/<int:programme_id>/change", methods=["GET", "POST"])
@allowed(policy.keep_programme, on=MentoringProgramme)
def change_programme(programme: MentoringProgramme) -> ResponseReturnValue:
    """Change a programme."""
    form = programme_form(programme)
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, programme)
            operations.save_programme(programme, form.terms(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("mentoring.programme", programme_id=programme.id), 303)
    return form_page("mentoring/programme_form.html", form, programme=programme)


@bp.get("/mentoring/programmes/<int:programme_id>")
@allowed(policy.see_programme, on=MentoringProgramme)
def programme(programme: MentoringProgramme) -> str:
    """What it is, when, and how one takes part; for HR also how it stands."""
    me = viewer()
    entries = db.session.scalars(queries.entries_of(me.person_id)).all()
    hr = policy.keep_programmes(me)
    pairs = queries.pairs_in(programme.id, PairState.REQUESTED, *KNOWN)
    if not hr:
        own = sa.or_(
            MentoringPair.mentor_id == me.person_id, MentoringPair.mentee_id == me.person_id
        )
        pairs = pairs.where(own)
    held = db.session.execute(queries.held_by_pair(programme.id)).all() if hr else []
    rows = db.session.scalars(pairs.limit(tables.COUNTED)).all()
    return render_template(
        "mentoring/programme.html",
        programme=programme,
        hr=hr,
        me=me.person_id,
        today=clock.today(me.time_zone),
        sides={one.side for one in entries if one.programme_id == programme.id},
        pairs=rows,
        in_line=_in_line(rows) if hr else set(),
        held={row.pair_id: row for row in held},
        counts=db.session.execute(
            queries.programmes().where(MentoringProgramme.id == programme.id)
        ).one() if hr else None,
        Side=Side,
    )  # fmt: skip


def _in_line(rows: object) -> set[int]:
    """The live pairs one of whom leads the other by now."""
    live = [one for one in rows if one.is_live]  # type: ignore[attr-defined]
    if not live:
        return set()
    above = queries.above({key for one in live for key in one.both}, clock.today())
    return {
        one.id for one in live
        if one.mentor_id in above.get(one.mentee_id, ())
        or one.mentee_id in above.get(one.mentor_id, ())
    }  # fmt: skip


@bp.post("/mentoring/programmes/<int:programme_id>/move")
@allowed(policy.keep_programme, on=MentoringProgramme)
def move_programme(programme: MentoringProgramme) -> ResponseReturnValue:
    """Announce it, close or reopen its sign-up, end it."""
    sent = request.form.get("to", "")
    to = next((state for state in ProgrammeState if str(state) == sent), None)
    if to is None:
        abort(422)
    operations.move_programme(programme, to, by=viewer())
    flash(_("“%(title)s”: %(state)s", title=words(programme.title),
            state=programme.state.label), "ok")  # fmt: skip
    then = "match" if request.form.get("then") == "match" else "programme"
    return redirect(url_for(f"mentoring.{then}", programme_id=programme.id), 303)


def _bar() -> tables.FilterBar:
    return tables.FilterBar(
        (
            tables.Filter(
                "q", _l("Name"), lambda texts: Person.id.in_(search.matches(SEARCH_KIND, texts[0]))
            ),
            tables.Filter("side", _l("Side"), lambda keys: MentoringEntry.side == keys[0], Side),
            tables.Filter("site", _l("Site"), lambda keys: Site.id == keys[0], choices.sites()),
        ),
        request.args,
    )


@bp.get("/mentoring/programmes/<int:programme_id>/people")
@allowed(policy.keep_programme, on=MentoringProgramme)
def participants(programme: MentoringProgramme) -> str:
    """Who takes part on which side."""
    bar = _bar()
    select = bar.narrow(queries.participants(programme.id, clock.today()))
    page = tables.page(
        select,
        order=((Person.by_name(), False), (MentoringEntry.id, False)),
        cursor=request.args.get("cursor"),
    )
    return render_template(
        "mentoring/participants.html", programme=programme, bar=bar, page=page,
        full_name=full_name,
        base=url_for("mentoring.participants", programme_id=programme.id),
    )  # fmt: skip


@bp.get("/mentoring/programmes/<int:programme_id>/people/export/<any(csv, xlsx):kind>")
@allowed(policy.keep_programme, on=MentoringProgramme)
def export_participants(programme: MentoringProgramme, kind: str) -> Response:
    """Download the list as it is narrowed now."""
    select = _bar().narrow(queries.participants(programme.id, clock.today()))
    rows = db.session.execute(select.order_by(Person.by_name(), MentoringEntry.id)).all()
    columns = (
        tables.Column(_l("Name"),
                      lambda row: full_name(row.given_name, row.family_name, row.language)),
        tables.Column(_l("Side"), lambda row: row.side.label),
        tables.Column(_l("Role"), lambda row: row.role),
        tables.Column(_l("Team"), lambda row: row.team),
        tables.Column(_l("Site"), lambda row: row.site),
        tables.Column(_l("Places"), lambda row: row.seats),
        tables.Column(_l("Goals"), lambda row: row.goals),
        tables.Column(_l("Signed up"), lambda row: row.joined_at),
    )  # fmt: skip
    return tables.export(rows, columns, kind, _("Mentoring"))


@bp.get("/mentoring/programmes/<int:programme_id>/pairs/export/<any(csv, xlsx):kind>")
@allowed(policy.keep_programme, on=MentoringProgramme)
def export_pairs(programme: MentoringProgramme, kind: str) -> Response:
    """Download the pairs with what they held; nothing of what they say."""
    pairs = db.session.scalars(queries.pairs_in(programme.id, *KNOWN)).all()
    held = {row.pair_id: row for row in db.session.execute(queries.held_by_pair(programme.id))}
    columns = (
        tables.Column(_l("Mentee"), lambda one: one.mentee.display_name),
        tables.Column(_l("Mentor"), lambda one: one.mentor.display_name),
        tables.Column(_l("State"), lambda one: one.state.label),
        tables.Column(_l("From"), lambda one: one.starts_on),
        tables.Column(_l("Ended on"), lambda one: one.ended_on),
        tables.Column(_l("Sessions held"),
                      lambda one: held[one.id].held if one.id in held else 0),
        tables.Column(_l("Last session"),
                      lambda one: held[one.id].last if one.id in held else None),
    )  # fmt: skip
    return tables.export(pairs, columns, kind, _("Mentoring pairs"))


@bp.get("/mentoring/programmes/<int:programme_id>/report")
@allowed(policy.see_report, on=MentoringProgramme)
def report(programme: MentoringProgramme) -> str:
    """The figures of a programme."""
    today = clock.today(viewer().time_zone)
    return render_template(
        "mentoring/report.html", programme=programme, today=today,
        report=report_of(programme, today),
    )  # fmt: skip
