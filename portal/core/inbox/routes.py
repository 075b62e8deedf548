"""One's own inbox: reading it and ticking it off."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from portal.core import tables
from portal.core.access import allowed, asker, signed_in
from portal.core.inbox import operations, policy, queries
from portal.core.inbox.models import Notice, sentence

bp = Blueprint("inbox", __name__, url_prefix="/inbox")


@bp.get("")
@signed_in
def inbox() -> ResponseReturnValue:
    """What the reader was told, newest first."""
    page = tables.page(
        queries.inbox(asker().id),
        order=[(Notice.created_at, True), (Notice.id, True)],
        cursor=request.args.get("cursor"),
    )
    unread = queries.unread_count(asker().id)
    return render_template("inbox/inbox.html", page=page, unread=unread, sentence=sentence)


@bp.post("/<int:notice_id>/open")
@allowed(policy.open_notice, on=Notice)
def open_notice(notice: Notice) -> ResponseReturnValue:
    """Tick the notice off and go where it leads."""
    operations.mark_read(notice, by=asker())
    return redirect(request.script_root + notice.url, 303)


@bp.post("/<int:notice_id>/read")
@allowed(policy.open_notice, on=Notice)
def mark_read(notice: Notice) -> ResponseReturnValue:
    """Tick the notice off and stay."""
    operations.mark_read(notice, by=asker())
    return redirect(url_for("inbox.inbox"), 303)


@bp.post("/read")
@signed_in
def mark_all_read() -> ResponseReturnValue:
    """Tick everything off."""
    count = operations.mark_all_read(by=asker())
    message = ngettext("%(num)s notice marked as read.", "%(num)s notices marked as read.", count)
    flash(message, "ok")
    return redirect(url_for("inbox.inbox"), 303)
