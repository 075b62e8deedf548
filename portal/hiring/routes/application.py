"""One application: its record, its CV, and moving it."""

from __future__ import annotations

import re
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from portal.accounts.models import Account
from portal.accounts.viewer import viewer
from portal.core import audit, files, i18n
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import check_version, refusal_to_field
from portal.core.returning import came_from, flash_with_undo
from portal.hiring import operations as op
from portal.hiring import parts, policy
from portal.hiring.forms.application import MoveForm, moves_from
from portal.hiring.models import Application
from portal.hiring.queries import application as queries
from portal.hiring.routes import bp
from portal.hiring.states import ENDED, HiringFact, Stage


@bp.get("/applications/<int:application_id>")
@allowed(policy.work_on, on=Application, options=queries.WITH_POSTING)
def application(application: Application) -> ResponseReturnValue:
    """All that is known of an application, and what to do next."""
    me = viewer()
    anonymous = is_anonymous()
    others = []
    if policy.search_candidates(me) and not anonymous and application.erased_at is None:
        others = list(db.session.scalars(queries.other_applications(application)))
    return render_template(
        "hiring/application.html",
        application=application,
        posting=application.posting,
        anonymous=anonymous,
        name=shown_name(application, anonymous=anonymous),
        others=others,
        letter=shown_letter(application, anonymous=anonymous),
        answers=answers_of(application),
        moves=moves_from(application.stage),
        results=db.session.execute(queries.screening_results(application)).all(),
        trail=db.session.execute(queries.trail(application)).all(),
        action=next_action(application, me),
        undoable=op.can_undo(application, me),
        parts=parts.application_parts.shown(application, me),
        stage_label=lambda value: Stage(value).label,
        language_name=i18n.NATIVE_NAMES.get(application.language, application.language),
    )


@bp.get("/applications/<int:application_id>/cv")
@allowed(policy.work_on, on=Application)
def open_cv(application: Application) -> ResponseReturnValue:
    """The CV, shown if its kind is harmless; that it was opened is recorded."""
    if application.cv_file is None:
        abort(404)
    audit.record_reading(HiringFact.CV_OPENED, application, by=viewer())
    return files.respond(application.cv_file, inline=True)


@bp.route("/applications/<int:application_id>/move", methods=["GET", "POST"])
@allowed(policy.work_on, on=Application)
def move_application(application: Application) -> ResponseReturnValue:
    """Move by the plain form of a card, or by this page, which also asks for a reason."""
    form = MoveForm(
        data={
            "version": application.version,
            "to": request.args.get("to"),
            "back": request.args.get("back"),
        }
    )
    form.to.offer = moves_from(application.stage)
    if form.is_submitted() and form.to.data is Stage.SCREENED and _unscreened(application):
        flash(_("Screen this application first: the score decides whether it goes on."), "info")
        return redirect(url_for("hiring.screen_application", application_id=application.id), 303)
    if form.validate_on_submit() and _moved(form, application):
        return redirect(way_back(url_for("hiring.application", application_id=application.id)), 303)
    if not form.back.data:
        form.back.data = way_back("")
    return render_template(
        "hiring/application_move.html",
        form=form,
        application=application,
        posting=application.posting,
    ), 422 if form.is_submitted() else 200


@bp.post("/applications/<int:application_id>/undo-move")
@allowed(policy.work_on, on=Application)
def undo_move(application: Application) -> ResponseReturnValue:
    """Put it back; the way back is the page the undo stood on."""
    op.undo_move(application, by=viewer())
    flash(
        _(
            "%(name)s is back at “%(stage)s”.",
            name=shown_name(application),
            stage=application.stage.label,
        ),
        "ok",
    )
    return redirect(way_back(url_for("hiring.application", application_id=application.id)), 303)


def _unscreened(application: Application) -> bool:
    return (
        application.stage is Stage.APPLIED
        and application.screening_score is None
        and bool(application.posting.criteria)
    )


def _moved(form: MoveForm, application: Application) -> bool:
    try:
        check_version(form, application)
        op.move_application(
            application,
            form.to.data,
            by=viewer(),
            reason=form.reason.data if form.to.data is Stage.REJECTED else None,
        )
    except Refused as refused:
        refusal_to_field(form, refused)
        return False
    flash_move(application)
    return True


def flash_move(application: Application, *, anonymous: bool = False) -> None:
    """Say where it went, when the candidate is told, and offer the way back."""
    name = shown_name(application, anonymous=anonymous)
    if application.stage is Stage.REJECTED:
        moment = i18n.time(application.stage_since + op.UNDO_WINDOW)
        text = _("%(name)s is rejected. The mail goes out at %(time)s.", name=name, time=moment)
    else:
        text = _("%(name)s moved to “%(stage)s”.", name=name, stage=application.stage.label)
    undo = url_for("hiring.undo_move", application_id=application.id)
    flash_with_undo(text, undo)


def way_back(default: str) -> str:
    """Where the person came from, if that is a page of hiring; never another site."""
    back = request.form.get("back") or came_from()
    local = re.fullmatch(r"/hiring/[\w/?=&%.+~-]*", back)
    own = "/move" in back or "/screen" in back
    return back if local and not own else default


def is_anonymous() -> bool:
    """Whether the page is to hide who this is."""
    return request.args.get("anonymous") == "1"


def shown_name(application: Application, *, anonymous: bool = False) -> str:
    """The name, or a number in its place."""
    if application.erased_at is not None:
        return _("Erased application %(number)s", number=application.id)
    if anonymous:
        return _("Application %(number)s", number=application.id)
    return application.display_name


def shown_letter(application: Application, *, anonymous: bool) -> str | Markup:
    """The letter; in anonymous review without the candidate's names."""
    if not anonymous:
        return application.letter
    names = [name for name in (application.given_name, application.family_name) if len(name) > 1]
    found = "|".join(re.escape(name) for name in names)
    if not found:
        return application.letter
    return re.sub(found, "…", application.letter, flags=re.IGNORECASE)


def answers_of(application: Application) -> list[tuple[str, bool | None]]:
    """Each must-have in words, with what the candidate answered."""
    return [(i18n.words(text), answer) for text, answer in application.answered]


def next_action(application: Application, me: Account) -> dict[str, Any] | None:
    """The one next thing: what an upper feature says, else screening."""
    if application.stage in ENDED:
        return None
    if application.stage is Stage.APPLIED:
        url = url_for("hiring.screen_application", application_id=application.id)
        return {"label": _("Screen"), "url": url}
    if found := parts.next_actions.first(application, me):
        return {"label": found.label, "url": found.url}
    return None
