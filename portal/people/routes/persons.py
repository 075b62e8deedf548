"""The directory, and the record of one person."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.saved_views import saved_views
from portal.accounts.viewer import viewer
from portal.core import audit, clock, search, tables
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.core.i18n import current_locale
from portal.people import operations, parts, policy, queries
from portal.people.forms import PersonForm, choices
from portal.people.models import Person, Role, Site, Team, full_name
from portal.people.routes.blueprint import bp
from portal.people.states import PeopleFact, Standing

READINGS = 20


def _filters() -> tuple[tables.Filter, ...]:
    return (
        tables.Filter(
            "q",
            _l("Name or e-mail"),
            lambda texts: Person.id.in_(search.matches(operations.SEARCH_KIND, texts[0])),
        ),
        tables.Filter("team", _l("Team"), _in_team, choices.upper_teams(_asked_team())),
        tables.Filter("site", _l("Site"), lambda keys: Site.id == keys[0], choices.sites()),
        tables.Filter("role", _l("Role"), lambda keys: Role.id == keys[0], choices.roles()),
        tables.Filter("standing", _l("Standing"), lambda _standing: sa.true(), Standing),
    )


def _asked_team() -> str:
    return request.args.get("team", "").strip()


def _teams_below(bar: tables.FilterBar) -> list[tuple[str, str]]:
    """Where to look further: the teams below the chosen one, unless the filter offers them."""
    if not (chosen := bar.value("team")):
        return []
    offered = dict(bar.options("team"))
    further = [pair for pair in choices.teams_below(int(chosen)) if str(pair[0]) not in offered]
    kept: dict[str, Any] = bar.arguments(team=None)
    return [(url_for("people.people", **kept, team=key), name) for key, name in further]


def _in_team(keys: list[int]) -> Any:  # noqa: ANN401 - a condition
    team = db.session.get(Team, keys[0])
    return queries.within(Team.path, team.path) if team else sa.true()


def _directory() -> tuple[tables.FilterBar, Any]:
    """What the address asks for, of what the viewer may see."""
    bar = tables.FilterBar(_filters(), request.args)
    standing = bar.value("standing") or Standing.WORKING
    select = queries.people_listed(Standing[str(standing).upper()])
    return bar, bar.narrow(select.where(queries.visible_to(viewer())))


@bp.get("/people")
@allowed(policy.see_people)
def people() -> ResponseReturnValue:
    """List who works here."""
    bar, select = _directory()
    order = ((Person.by_name(), False), (Person.id, False))
    everyone = not bar and queries.sees_everyone(viewer())
    listed = queries.everyone_listed() if everyone else select
    return render_template(
        "people/people.html",
        bar=bar,
        page=tables.page(listed, order=order, cursor=request.args.get("cursor")),
        count=tables.count(select),
        full_name=full_name,
        language=current_locale(),
        base=url_for("people.people"),
        below=_teams_below(bar),
        saved=saved_views("people.people", narrowed=bool(bar)),
    )


@bp.get("/people/export/<any(csv, xlsx):kind>")
@allowed(policy.see_people)
def export_people(kind: str) -> Response:
    """Download the list as it is narrowed now."""
    _bar, select = _directory()
    rows = db.session.execute(select.order_by(Person.by_name(), Person.id))
    columns = (
        tables.Column(_l("Given name"), "given_name"),
        tables.Column(_l("Family name"), "family_name"),
        tables.Column(_l("E-mail"), "email"),
        tables.Column(_l("Role"), "role"),
        tables.Column(_l("Team"), "team"),
        tables.Column(_l("Site"), "site"),
        tables.Column(_l("First day"), "starts_on"),
        tables.Column(_l("Last day"), "ends_on"),
    )
    return tables.export(rows, columns, kind, _("People"))


@bp.get("/people/<int:person_id>", endpoint="person")
@allowed(policy.see_person, on=Person, options=queries.TIMELINE)
def read_person(person: Person) -> ResponseReturnValue:
    """Show a person's record; the person sees who else opened it."""
    me = viewer()
    own = me.person_id == person.id
    if not own:
        audit.record_reading(PeopleFact.PERSON_READ, person, by=me, about=person.id)
    readings = queries.readings_about(person.id, me.id).limit(READINGS)
    return render_template(
        "people/person.html",
        person=person,
        present=person.employment_on(clock.today()),
        timeline=person.employments,
        readings=db.session.execute(readings).all() if own else None,
        labels=audit.labels(),
        parts=parts.parts_of(me, person),
        today=clock.today(),
    )


@bp.route("/people/add", methods=["GET", "POST"])
@allowed(policy.add_person)
def add_person() -> ResponseReturnValue:
    """Add somebody who was not hired through the portal."""
    form = PersonForm(data={"language": "en"})
    if form.validate_on_submit():
        with refusals_to(form):
            added = operations.add_person(**_sent(form), by=viewer())
            flash(_("Added. Now say what they do here."), "ok")
            return redirect(url_for("people.start_employment", person_id=added.id), 303)
    return form_page("people/person_form.html", form, person=None)


@bp.route("/people/<int:person_id>/edit", methods=["GET", "POST"])
@allowed(policy.change_person, on=Person)
def change_person(person: Person) -> ResponseReturnValue:
    """Correct what is known of a person."""
    form = PersonForm(obj=person)
    if form.validate_on_submit():
        with refusals_to(form):
            operations.change_person(person, **_sent(form), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("people.person", person_id=person.id), 303)
    return form_page("people/person_form.html", form, person=person)


def _sent(form: PersonForm) -> dict[str, Any]:
    names = ("given_name", "family_name", "reading", "email", "phone", "language")
    return {name: form[name].data or "" for name in names}
