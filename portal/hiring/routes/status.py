"""What a candidate sees and may do with the link from the mail."""

from __future__ import annotations

import json

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core.access import public
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.forms.box import Text
from portal.core.i18n import current_locale
from portal.core.web import limiter
from portal.hiring import operations as op
from portal.hiring import parts, queries
from portal.hiring.forms.apply import ConfirmForm
from portal.hiring.models import Application
from portal.hiring.routes.careers import bp
from portal.hiring.states import ENDED, OPEN_STAGES, Stage

WHERE: dict[Stage, tuple[Text, Text]] = {
    Stage.APPLIED: (
        _l("Your application has arrived"),
        _l("Somebody reads it next and compares it with what the job needs."),
    ),
    Stage.SCREENED: (
        _l("We have read your application"),
        _l("It goes on: next we choose a time to talk with you."),
    ),
    Stage.INTERVIEW: (
        _l("You are in the interviews"),
        _l("You get a mail for each talk, with the time and who will be there."),
    ),
    Stage.DECISION: (
        _l("We are deciding"),
        _l("Everybody you talked with gives an opinion before we decide. You hear from us soon."),
    ),
    Stage.OFFER: (
        _l("We are preparing an offer"),
        _l("You get it by mail, with a link to read and answer it in peace."),
    ),
    Stage.HIRED: (
        _l("Welcome: the job is yours"),
        _l("You get a mail about your first day."),
    ),
    Stage.REJECTED: (
        _l("We are not going on with this application"),
        _l("Thank you for your time. You are welcome to apply for another job with us."),
    ),
    Stage.WITHDRAWN: (
        _l("You have withdrawn this application"),
        _l("Nothing more will come about it."),
    ),
}
"""Kind words for each stage: the heading and what comes next."""

THROTTLE = "60 per minute"


@bp.get("/careers/applications/<status_key>")
@public
@limiter.limit(THROTTLE)
def status(status_key: str) -> ResponseReturnValue:
    """Where the application stands; never the reasons of the people who decide."""
    application = application_of(status_key)
    # A rejection is shown once its mail may have gone: until then it can be undone.
    stage = shown_stage(application)
    heading, next_step = WHERE[stage]
    return _page(
        "careers/status.html",
        application,
        heading=heading,
        next_step=next_step,
        stage=stage,
        steps=[*OPEN_STAGES, Stage.HIRED] if stage not in ENDED else [],
        parts=[] if application.erased_at else parts.status_parts.shown(application),
    )


@bp.route("/careers/applications/<status_key>/withdraw", methods=["GET", "POST"])
@public
@limiter.limit(THROTTLE)
def withdraw(status_key: str) -> ResponseReturnValue:
    """Ask once, since a withdrawal can't be undone; then withdraw."""
    application = application_of(status_key)
    if not can_withdraw(application):
        return redirect(_to_status(application), 303)
    if _confirmed():
        op.withdraw_application(application)
        flash(_("You have withdrawn your application."), "ok")
        return redirect(_to_status(application), 303)
    return _page("careers/status_withdraw.html", application)


@bp.route("/careers/applications/<status_key>/erase", methods=["GET", "POST"])
@public
@limiter.limit(THROTTLE)
def erase(status_key: str) -> ResponseReturnValue:
    """Ask once, then forget everything personal."""
    application = application_of(status_key)
    if not can_erase(application):
        return redirect(_to_status(application), 303)
    if _confirmed():
        op.erase_application(application)
        flash(_("Your name, your contact data, your letter and your CV are erased."), "ok")
        return redirect(_to_status(application), 303)
    return _page("careers/status_erase.html", application)


@bp.post("/careers/applications/<status_key>/data.json")
@public
@limiter.limit(THROTTLE)
def export_own_data(status_key: str) -> ResponseReturnValue:
    """All that the candidate sent, as JSON Resume."""
    application = application_of(status_key)
    if application.erased_at is not None:
        raise NotFound
    body = json.dumps(op.export_application(application), ensure_ascii=False, indent=2)
    disposition = {"Content-Disposition": 'attachment; filename="application.json"'}
    return Response(body, mimetype="application/json", headers=_unlisted(disposition))


def application_of(status_key: str) -> Application:
    """The application of a link.

    Raises:
        NotFound: if no application has this key.
    """
    application: Application | None = None
    if len(status_key) == 43:
        application = db.session.scalar(queries.application_of_key(status_key))
    if application is None:
        raise NotFound
    return application


def shown_stage(application: Application) -> Stage:
    """The stage a candidate may know of: a rejection only when it can no longer be undone."""
    recent = op.within_undo_window(application)
    if application.stage is Stage.REJECTED and recent and application.previous_stage:
        return application.previous_stage
    return application.stage


def can_withdraw(application: Application) -> bool:
    """While it goes on, as far as the candidate knows."""
    return application.stage in OPEN_STAGES


def can_erase(application: Application) -> bool:
    """Once it has ended and the candidate knows it."""
    return shown_stage(application) in ENDED and application.erased_at is None


def _confirmed() -> bool:
    return bool(ConfirmForm().validate_on_submit())


def _to_status(application: Application) -> str:
    return url_for("careers.status", status_key=application.status_key)


def _unlisted(headers: dict[str, str]) -> dict[str, str]:
    """Out of search engines, and the key out of the next site's log."""
    return {**headers, "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


def _page(template: str, application: Application, **context: object) -> Response:
    body = render_template(
        template,
        application=application,
        may_withdraw=can_withdraw(application),
        may_erase=can_erase(application),
        title=application.posting.text(current_locale())["title"],
        **context,
    )
    return Response(body, headers=_unlisted({}))
