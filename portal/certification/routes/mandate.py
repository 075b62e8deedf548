"""For whom certifications are mandatory, and the client queues."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa
from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.viewer import viewer
from portal.certification import operations, policy, queries, wording
from portal.certification.forms.mandate import (
    ChangeQueueForm,
    EndMandateForm,
    MandateForm,
    NewQueueForm,
    QueueForm,
)
from portal.certification.models import Certification, ClientQueue, Mandate
from portal.certification.routes import bp
from portal.core import clock
from portal.core.access import allowed
from portal.core.db import Model, db
from portal.core.errors import Refused
from portal.core.forms import Form, refusal_to_field
from portal.people.models import Role, Site, Team

Row = TypeVar("Row", bound=Model)


@bp.route("/settings/certifications/<int:certification_id>/mandates/add", methods=["GET", "POST"])
@allowed(policy.keep_certification, on=Certification)
def set_mandate(certification: Certification) -> ResponseReturnValue:
    """Make a certification mandatory, and say for how many people that is."""
    form = MandateForm()
    mandate = _done(
        form,
        lambda: operations.set_mandate(
            certification,
            role=_row(Role, form.role.data),
            team=_row(Team, form.team.data),
            site=_row(Site, form.site.data),
            queue=_row(ClientQueue, form.queue.data),
            within_days=form["within_days"].data,
            starts_on=form["starts_on"].data,
            by=viewer(),
        ),
    )
    if mandate is not None:
        people = db.session.scalar(queries.people_under(mandate, clock.today())) or 0
        flash(
            ngettext(
                "Mandatory for %(num)s person who works here today.",
                "Mandatory for %(num)s people who work here today.",
                people,
            ),
            "ok",
        )
        return _back_to(certification)
    return _form_page("certification/mandate_form.html", form, certification=certification)


@bp.route("/settings/certifications/mandates/<int:mandate_id>/end", methods=["GET", "POST"])
@allowed(policy.end_mandate, on=Mandate)
def end_mandate(mandate: Mandate) -> ResponseReturnValue:
    """Choose the last day on which it is mandatory."""
    form = EndMandateForm()

    def end() -> Mandate:
        operations.end_mandate(mandate, ends_on=form["ends_on"].data, by=viewer())
        return mandate

    if _done(form, end) is not None:
        flash(_("Saved."), "ok")
        return _back_to(mandate.certification)
    return _form_page(
        "certification/end_mandate.html", form, mandate=mandate, whom=wording.whom(mandate)
    )


@bp.get("/settings/queues")
@allowed(policy.keep_definitions)
def client_queues() -> str:
    """List the queues with who serves them and what is mandatory."""
    mandates: dict[int | None, list[Mandate]] = {}
    for mandate in db.session.scalars(queries.mandates_on(clock.today(viewer().time_zone))):
        mandates.setdefault(mandate.queue_id, []).append(mandate)
    return render_template(
        "certification/client_queues.html",
        queues=db.session.scalars(queries.queues()).all(),
        mandates=mandates,
    )


@bp.route("/settings/queues/add", methods=["GET", "POST"])
@allowed(policy.keep_definitions)
def add_queue() -> ResponseReturnValue:
    """Add a queue."""
    form = NewQueueForm()
    queue = _done(
        form,
        lambda: operations.add_queue(
            key=form.key.data,
            name=form.name.data,
            minimum=form["minimum"].data,
            teams=_teams(form),
            by=viewer(),
        ),
    )
    if queue is not None:
        flash(_("The queue is there."), "ok")
        return redirect(url_for("certification.client_queues"), 303)
    return _form_page("certification/queue_form.html", form, queue=None)


@bp.route("/settings/queues/<int:queue_id>", methods=["GET", "POST"])
@allowed(policy.change_queue, on=ClientQueue)
def change_queue(queue: ClientQueue) -> ResponseReturnValue:
    """Rename a queue, change who serves it, or serve it no longer."""
    form = ChangeQueueForm(data={
        "name": queue.name, "minimum": queue.minimum, "is_active": queue.is_active,
        "teams": [row.team_id for row in queue.teams],
    })  # fmt: skip

    def change() -> ClientQueue:
        operations.change_queue(
            queue,
            name=form.name.data,
            minimum=form["minimum"].data,
            teams=_teams(form),
            is_active=form.is_active.data,
            by=viewer(),
        )
        return queue

    if _done(form, change) is not None:
        flash(_("Saved."), "ok")
        return redirect(url_for("certification.client_queues"), 303)
    return _form_page("certification/queue_form.html", form, queue=queue)


def _done(form: Form, action: Callable[[], Row]) -> Row | None:
    """What the operation made, once the form was sent and right; a refusal stands at its field."""
    if not form.validate_on_submit():
        return None
    try:
        return action()
    except Refused as refused:
        refusal_to_field(form, refused)
        return None


def _form_page(template: str, form: Form, **context: object) -> ResponseReturnValue:
    body = render_template(template, form=form, **context)
    return body, 422 if form.errors else 200


def _row(model: type[Row], key: int | None) -> Row | None:
    return db.session.get(model, key) if key is not None else None


def _teams(form: QueueForm) -> list[Team]:
    return list(db.session.scalars(
        sa.select(Team).where(Team.id.in_(form.teams.data)).order_by(Team.path)
    ))  # fmt: skip


def _back_to(certification: Certification) -> ResponseReturnValue:
    address = url_for("certification.certification", certification_id=certification.id)
    return redirect(f"{address}#mandates", 303)
